/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-worked.h"

#include "trk-unkept.h"

struct _TrkWorked
{
  GHashTable *by_task; /* number → TrkDuration, both owned */
  gint64 running;      /* the task of the open entry; 0 none */
};

/* What is open counts no further than it is known when nobody keeps time. */
static void
take_unknown (TrkWorked *worked, const TrkEntry *entry, TrkInstant now)
{
  TrkDuration *length = g_hash_table_lookup (worked->by_task, &entry->task);

  if (length != NULL && entry->unkept && trk_kind_is_work (entry->kind))
    *length -= MAX (0, now - entry->period.end);
}

/* A log that is only read may not know this machine yet: then nothing runs on it. */
static gboolean
find_running (TrkWorked *worked, TrkSession *session, TrkStore *store, GError **error)
{
  TrkInstant now = trk_session_now (session);
  g_autoptr (GPtrArray) entries = trk_unkept_end (
      store, trk_store_entries (store, (TrkPeriod){ now, TRK_NEVER }, error), error);

  for (guint i = 0; entries != NULL && i < entries->len; i++)
    {
      const TrkEntry *entry = g_ptr_array_index (entries, i);

      if (trk_entry_is_open (entry))
        worked->running = entry->task;
      take_unknown (worked, entry, now);
    }
  return entries != NULL;
}

TrkWorked *
trk_worked_new (TrkSession *session, TrkStore *store, const GPtrArray *tasks, GError **error)
{
  g_autoptr (TrkWorked) worked = g_new0 (TrkWorked, 1);

  worked->by_task = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  for (guint i = 0; i < tasks->len; i++)
    {
      const TrkTask *task = g_ptr_array_index (tasks, i);
      TrkDuration length;

      if (!trk_store_worked_on (store, task->number, trk_session_now (session), &length, error))
        return NULL;
      g_hash_table_insert (worked->by_task, g_memdup2 (&task->number, sizeof task->number),
                           g_memdup2 (&length, sizeof length));
    }
  if (store != NULL && !find_running (worked, session, store, error))
    return NULL;
  return g_steal_pointer (&worked);
}

gboolean
trk_worked_runs (const TrkWorked *worked, gint64 task)
{
  return task != 0 && worked->running == task;
}

void
trk_worked_free (TrkWorked *worked)
{
  if (worked == NULL)
    return;
  g_hash_table_unref (worked->by_task);
  g_free (worked);
}

TrkDuration
trk_worked_on (const TrkWorked *worked, gint64 task)
{
  const TrkDuration *sum = g_hash_table_lookup (worked->by_task, &task);

  return sum != NULL ? *sum : 0;
}
