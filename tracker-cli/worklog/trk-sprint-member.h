/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-session.h"

G_BEGIN_DECLS

/* How tasks come into a sprint and leave it. The store stands in a transaction but for
 * trk_sprint_member_current(). */

/* The number of the sprint that runs; @store may be NULL (no log). TRK_ERROR_NOT_FOUND: none. */
gboolean trk_sprint_member_current (TrkStore *store, gint64 *number, GError **error);

/* Puts the stored @task into the current sprint: committed on the sprint's first day, else added.
 * Updates @task and writes it. Nothing when it is in it already. */
gboolean
trk_sprint_member_join (TrkSession *session, TrkStore *store, TrkTask *task, GError **error);

/* Takes @task out of its sprint (it was dropped from it). Updates @task and writes it. */
gboolean
trk_sprint_member_leave (TrkSession *session, TrkStore *store, TrkTask *task, GError **error);

/* @sprint closes: its open tasks leave it, to be carried over. @carried (nullable) counts them. */
gboolean trk_sprint_member_release_open (
    TrkSession *session, TrkStore *store, gint64 sprint, guint *carried, GError **error);

/* @sprint has just started: the open tasks that the last closed sprint left over come into it. */
gboolean trk_sprint_member_take_carried (
    TrkSession *session, TrkStore *store, gint64 sprint, guint *carried, GError **error);

G_END_DECLS
