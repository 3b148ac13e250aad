/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-session.h"

G_BEGIN_DECLS

/* Prints the entries and gaps of @when (NULL: today) by day, or as JSON, as the help of `tracker
 * log` documents it. What crosses start_of_day stands in each of its days. */
gboolean trk_log_list (TrkSession *session, const char *when, GError **error);

G_END_DECLS
