/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-task-find.h"

#include "trk-error.h"
#include "trk-parse.h"
#include "trk-text.h"

#include <string.h>

static gboolean
begins_with (const char *title, const char *beginning)
{
  g_autofree char *a = trk_text_folded (title);
  g_autofree char *b = trk_text_folded (beginning);

  return g_str_has_prefix (a, b);
}

/* The one open task whose title begins with @words; 0: none or several. */
static gint64
only_match (const GPtrArray *tasks, const char *words)
{
  gint64 number = 0;

  for (guint i = 0; i < tasks->len; i++)
    {
      const TrkTask *task = g_ptr_array_index (tasks, i);

      if (!trk_task_is_open (task) || !begins_with (task->title, words))
        continue;
      if (number != 0)
        return 0;
      number = task->number;
    }
  return number;
}

/* @words is its number. @store NULL: nothing was logged yet. */
static gboolean
check_is_there (TrkStore *store, gint64 number, const char *words, GError **error)
{
  g_autoptr (TrkTask) task = NULL;

  if (store != NULL)
    task = trk_store_task (store, number, error);
  else
    g_set_error (error, TRK_ERROR, TRK_ERROR_NOT_FOUND,
                 "there is no task %s; to add one: tracker task add TITLE", words);
  return task != NULL;
}

gboolean
trk_task_find_by_words (TrkSession *session, const char *words, gint64 *number, GError **error)
{
  g_autoptr (GPtrArray) tasks = NULL;
  TrkStore *store;

  *number = 0;
  if (!trk_session_read_log (session, &store, error))
    return FALSE;
  if (trk_parse_number (words, "a task", number, NULL))
    return check_is_there (store, *number, words, error);
  if (store == NULL)
    return TRUE;
  tasks = trk_store_tasks (store, error);
  if (tasks == NULL)
    return FALSE;
  *number = only_match (tasks, words);
  return TRUE;
}

TrkTask *
trk_task_find (TrkStore *store, const char *word, GError **error)
{
  gint64 number;

  if (!trk_parse_number (word, "a task; tracker task shows them", &number, error))
    return NULL;
  return trk_store_task (store, number, error);
}
