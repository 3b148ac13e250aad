/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "report-fixture.h"

#include <stdio.h>

Fixture *
fixture_new (const char *zone)
{
  Fixture *fixture = g_new0 (Fixture, 1);

  fixture->zone = trk_zone_new (zone, NULL);
  g_assert_nonnull (fixture->zone);
  fixture->entries = g_ptr_array_new_with_free_func ((GDestroyNotify) trk_entry_free);
  fixture->gaps = g_ptr_array_new_with_free_func ((GDestroyNotify) trk_gap_free);
  fixture->blocks = g_ptr_array_new_with_free_func ((GDestroyNotify) trk_block_record_free);
  fixture->tasks = g_ptr_array_new_with_free_func ((GDestroyNotify) trk_task_free);
  fixture->metrics = g_ptr_array_new_with_free_func ((GDestroyNotify) trk_metric_free);
  fixture->input = (TrkFigureInput){
    .almanac = { fixture->zone, TRK_DEFAULT_START_OF_DAY, 1 },
    .entries = fixture->entries,
    .gaps = fixture->gaps,
    .blocks = fixture->blocks,
    .tasks = fixture->tasks,
    .metrics = fixture->metrics,
  };
  return fixture;
}

void
fixture_free (Fixture *fixture)
{
  g_ptr_array_unref (fixture->entries);
  g_ptr_array_unref (fixture->gaps);
  g_ptr_array_unref (fixture->blocks);
  g_ptr_array_unref (fixture->tasks);
  g_ptr_array_unref (fixture->metrics);
  trk_zone_unref (fixture->zone);
  g_free (fixture);
}

TrkInstant
fixture_at (const Fixture *fixture, const char *local)
{
  int year, month, day, hour, minute;

  g_assert_cmpint (sscanf (local, "%d-%d-%d %d:%d", &year, &month, &day, &hour, &minute), ==, 5);
  return trk_zone_instant (fixture->zone, (TrkLocal){ trk_day_from_ymd (year, month, day),
                                                      hour * TRK_HOUR + minute * TRK_MINUTE });
}

TrkPeriod
fixture_period (const Fixture *fixture, const char *from, const char *to)
{
  return (TrkPeriod){ fixture_at (fixture, from),
                      to != NULL ? fixture_at (fixture, to) : TRK_NEVER };
}

TrkEntry *
fixture_entry (Fixture *fixture, const char *from, const char *to, TrkKind kind, const char *block)
{
  TrkEntry *entry = trk_entry_new ();

  g_ptr_array_add (fixture->entries, entry);
  entry->number = fixture->entries->len;
  entry->period = fixture_period (fixture, from, to);
  entry->kind = kind;
  entry->title = g_strdup (block != NULL ? block : "by hand");
  entry->block_id = g_strdup (block);
  entry->end_reason = TRK_REASON_BLOCK_END;
  return entry;
}

TrkBlockRecord *
fixture_block (Fixture *fixture, const char *id, const char *from, const char *to, TrkKind kind)
{
  g_autoptr (TrkBlock) block = trk_block_new ();
  TrkBlockRecord *record;

  block->id = g_strdup (id);
  block->calendar = g_strdup ("work");
  block->title = g_strdup (id);
  block->kind = kind;
  block->kind_why = g_strdup ("test");
  block->period = block->planned = fixture_period (fixture, from, to);
  record = trk_block_record_new (block, NULL);
  g_ptr_array_add (fixture->blocks, record);
  return record;
}

TrkGap *
fixture_gap (Fixture *fixture, const char *from, const char *to, TrkReason reason)
{
  TrkGap *gap = trk_gap_new ();

  g_ptr_array_add (fixture->gaps, gap);
  gap->number = fixture->gaps->len;
  gap->period = fixture_period (fixture, from, to);
  gap->reason = reason;
  return gap;
}

TrkTask *
fixture_task (Fixture *fixture, gint64 number, TrkDuration estimate, double points)
{
  TrkTask *task = trk_task_new ();

  g_ptr_array_add (fixture->tasks, task);
  task->number = number;
  task->title = g_strdup_printf ("task %d", (int) number);
  task->estimate = estimate;
  task->points = points;
  return task;
}

TrkFigures *
fixture_figures (Fixture *fixture, const char *from, const char *to, const char *now)
{
  fixture->input.period = fixture_period (fixture, from, to);
  fixture->input.now = fixture_at (fixture, now);
  return trk_figures_new (&fixture->input);
}
