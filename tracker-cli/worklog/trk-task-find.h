/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-session.h"

G_BEGIN_DECLS

/* The task that people mean by some words. */

/* @number gets the task that @words name: its number (TRK_ERROR_NOT_FOUND when there is none such),
 * or the beginning of the title of just one open task, without regard to case. 0 without error: the
 * words name no task. */
gboolean
trk_task_find_by_words (TrkSession *session, const char *words, gint64 *number, GError **error);

/* The task with the number @word. Owned by the caller. */
TrkTask *trk_task_find (TrkStore *store, const char *word, GError **error);

G_END_DECLS
