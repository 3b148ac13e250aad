/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-session.h"

G_BEGIN_DECLS

/* Sprints for people and as JSON (trk_session_json() decides). */

/* One sprint with its tasks and how far it is. */
gboolean
trk_sprint_show (TrkSession *session, TrkStore *store, const TrkSprint *sprint, GError **error);

/* All sprints, a row each; @store may be NULL (no log). */
gboolean trk_sprint_show_list (TrkSession *session, TrkStore *store, GError **error);

/* Working days (Monday to Friday) from @first to @last, both included. */
guint trk_sprint_working_days (TrkDay first, TrkDay last);

/* The day on which @count working days from @first on are complete. */
TrkDay trk_sprint_last_day (TrkDay first, guint count);

G_END_DECLS
