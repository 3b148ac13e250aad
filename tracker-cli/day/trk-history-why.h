/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-session.h"

G_BEGIN_DECLS

/* tracker history --why: what was told of the blocks that @what means, and why not. @what: a day or
 * a period, a moment, an ID or a part of a title; "" is today. NOT_FOUND when it means none. */
gboolean trk_history_why (TrkSession *session, const char *what, GError **error);

G_END_DECLS
