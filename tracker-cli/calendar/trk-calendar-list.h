/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-args.h"
#include "trk-session.h"

G_BEGIN_DECLS

/* tracker calendar list: which calendars are read, and how those that are elsewhere stand. */
gboolean trk_calendar_run_list (TrkSession *session, const TrkArgs *args, GError **error);

G_END_DECLS
