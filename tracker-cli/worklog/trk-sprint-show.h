/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-session.h"

G_BEGIN_DECLS

/* Sprints for people and as JSON (trk_session_json() decides). */

/* The sprint of @name or number (NULL: the one that runs, else the last) with its tasks and how far
 * it is. TRK_ERROR_NOT_FOUND. */
gboolean trk_sprint_show (TrkSession *session, const char *name, GError **error);

/* All sprints, a row each. */
gboolean trk_sprint_show_list (TrkSession *session, GError **error);

G_END_DECLS
