/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-task-figures.h"

#include "trk-times.h"

gboolean
trk_task_is_done_in (const TrkTask *task, TrkPeriod period)
{
  return task->state == TRK_TASK_COMPLETED && trk_period_contains (period, task->completed);
}

static void
add_entry (TrkTaskFact *fact, const TrkEntry *entry, TrkInstant now)
{
  TrkPeriod period = trk_period_until (entry->period, now);

  if (trk_period_is_empty (period) || !trk_kind_is_work (entry->kind))
    return;
  fact->first = fact->first == 0 ? period.start : MIN (fact->first, period.start);
  fact->worked += trk_period_length (period);
}

static GArray *
facts_of (const GPtrArray *tasks,
          gboolean (*wanted) (const TrkTask *task, gconstpointer data),
          gconstpointer data)
{
  GArray *facts = g_array_new (FALSE, TRUE, sizeof (TrkTaskFact));

  for (guint i = 0; tasks != NULL && i < tasks->len; i++)
    {
      TrkTask *task = g_ptr_array_index (tasks, i);

      if (wanted (task, data))
        g_array_append_vals (facts, &(TrkTaskFact){ .task = task }, 1);
    }
  return facts;
}

static void
add_entries (GArray *facts, const GPtrArray *entries, TrkInstant now)
{
  g_autoptr (GHashTable) index = g_hash_table_new (g_int64_hash, g_int64_equal);

  for (guint i = 0; i < facts->len; i++)
    {
      TrkTaskFact *fact = &g_array_index (facts, TrkTaskFact, i);

      g_hash_table_insert (index, (gpointer) &fact->task->number, fact);
    }
  for (guint i = 0; entries != NULL && i < entries->len; i++)
    {
      const TrkEntry *entry = g_ptr_array_index (entries, i);
      TrkTaskFact *fact = g_hash_table_lookup (index, &entry->task);

      if (fact != NULL)
        add_entry (fact, entry, now);
    }
}

GArray *
trk_task_facts_new (const GPtrArray *tasks,
                    const GPtrArray *entries,
                    TrkInstant now,
                    gboolean (*wanted) (const TrkTask *task, gconstpointer data),
                    gconstpointer data)
{
  GArray *facts = facts_of (tasks, wanted, data);

  add_entries (facts, entries, now);
  for (guint i = 0; i < facts->len; i++)
    {
      TrkTaskFact *fact = &g_array_index (facts, TrkTaskFact, i);

      if (fact->worked > 0)
        fact->ratio = trk_ratio ((double) fact->worked, (double) fact->task->estimate);
    }
  return facts;
}

static gboolean
is_done (const TrkTask *task, gconstpointer data)
{
  const TrkFigureInput *input = data;

  return trk_task_is_done_in (task, trk_period_until (input->period, input->now + 1));
}

GArray *
trk_task_facts_done (const TrkFigureInput *input)
{
  const GPtrArray *entries = input->task_entries != NULL ? input->task_entries : input->entries;

  return trk_task_facts_new (input->tasks, entries, input->now, is_done, input);
}

TrkRatio
trk_task_facts_ratio (const GArray *facts)
{
  double worked = 0, estimated = 0;

  for (guint i = 0; i < facts->len; i++)
    {
      const TrkTaskFact *fact = &g_array_index (facts, TrkTaskFact, i);

      if (!fact->ratio.known)
        continue;
      worked += (double) fact->worked;
      estimated += (double) fact->task->estimate;
    }
  return trk_ratio (worked, estimated);
}

void
trk_task_figures (const TrkFigureInput *input, TrkFigures *figures)
{
  g_autoptr (GArray) facts = trk_task_facts_done (input);

  figures->tasks_done = facts->len;
  for (guint i = 0; i < facts->len; i++)
    figures->points_done += g_array_index (facts, TrkTaskFact, i).task->points;
  figures->estimate_ratio = trk_task_facts_ratio (facts);
}
