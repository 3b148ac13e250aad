/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-guard.h"

G_BEGIN_DECLS

/* Brings the index up to date with @job: files that did not change are not read again, and what
 * changed is expanded together with everything that shares a UID with it. One transaction; FALSE:
 * the old index stands. */
gboolean trk_indexing_run (const TrkIndexerJob *job, TrkGuard *guard, GError **error);

G_END_DECLS
