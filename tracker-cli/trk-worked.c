/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-worked.h"

struct _TrkWorked
{
  GHashTable *by_task; /* number → TrkDuration, both owned */
};

static void
add (GHashTable *by_task, gint64 task, TrkDuration length)
{
  TrkDuration *sum = g_hash_table_lookup (by_task, &task);

  if (sum == NULL)
    {
      sum = g_new0 (TrkDuration, 1);
      g_hash_table_insert (by_task, g_memdup2 (&task, sizeof task), sum);
    }
  *sum += length;
}

TrkWorked *
trk_worked_new (TrkSession *session, TrkStore *store, GError **error)
{
  TrkInstant now = trk_session_now (session);
  TrkPeriod ever = { 0, TRK_NEVER };
  g_autoptr (GPtrArray) entries = trk_store_entries (store, ever, error);
  TrkWorked *worked;

  if (entries == NULL)
    return NULL;
  worked = g_new0 (TrkWorked, 1);
  worked->by_task = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  for (guint i = 0; i < entries->len; i++)
    {
      const TrkEntry *entry = g_ptr_array_index (entries, i);
      TrkPeriod period = { entry->period.start, MIN (entry->period.end, now) };

      if (entry->task != 0 && trk_kind_is_work (entry->kind))
        add (worked->by_task, entry->task, trk_period_length (period));
    }
  return worked;
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
