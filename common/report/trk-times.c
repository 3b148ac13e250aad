/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-times.h"

TrkPeriod
trk_period_until (TrkPeriod period, TrkInstant now)
{
  return (TrkPeriod){ period.start, MIN (period.end, now) };
}

TrkDuration
trk_length_within (const TrkPeriodSet *set, TrkPeriod period)
{
  TrkDuration length = 0;
  guint low = 0, high = set->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (trk_period_set_nth (set, middle).end <= period.start)
        low = middle + 1;
      else
        high = middle;
    }
  for (; low < set->len && trk_period_set_nth (set, low).start < period.end; low++)
    length += trk_period_length (trk_period_intersect (trk_period_set_nth (set, low), period));
  return length;
}

gboolean
trk_record_is_planned (const TrkBlockRecord *record)
{
  return record->block->calendar != NULL && !trk_block_state_is_unplanned (record->state);
}

gboolean
trk_reason_is_deed (TrkReason reason)
{
  return reason == TRK_REASON_PAUSE || reason == TRK_REASON_STOP || reason == TRK_REASON_BREAK
         || reason == TRK_REASON_SKIP || reason == TRK_REASON_BY_HAND || reason == TRK_REASON_SWITCH
         || reason == TRK_REASON_DONE;
}

/* Adds the time of each entry to that of its kind and, when it is work, to all work and to what
 * only the plan tells of. Of focus all is taken, because stretches are seen whole; of the rest what
 * the period has. */
static void
add_entries (const TrkFigureInput *input, TrkPeriodSet *const *of)
{
  for (guint i = 0; i < input->entries->len; i++)
    {
      const TrkEntry *entry = g_ptr_array_index (input->entries, i);
      TrkPeriod period = trk_period_until (entry->period, input->now);
      gboolean inside = trk_period_overlaps (period, input->period);

      if (!inside && entry->kind != TRK_KIND_FOCUS)
        continue;
      trk_period_set_add (of[entry->kind], period);
      if (!trk_kind_is_work (entry->kind))
        continue;
      trk_period_set_add (of[TRK_TIME_WORK], period);
      if (inside && entry->evidence == TRK_EVIDENCE_PLAN)
        trk_period_set_add (of[TRK_TIME_UNVERIFIED], period);
    }
}

/* Planned time of the blocks for which @wanted holds, as far as the period has any of it. */
static TrkPeriodSet *
planned_time (const TrkFigureInput *input, gboolean (*wanted) (TrkKind kind))
{
  TrkPeriodSet *set = trk_period_set_new ();

  for (guint i = 0; input->blocks != NULL && i < input->blocks->len; i++)
    {
      const TrkBlockRecord *record = g_ptr_array_index (input->blocks, i);

      if (trk_period_overlaps (record->block->period, input->period)
          && trk_record_is_planned (record) && wanted (record->block->kind))
        trk_period_set_add (set, record->block->period);
    }
  return set;
}

static gboolean
is_focus (TrkKind kind)
{
  return kind == TRK_KIND_FOCUS;
}

static gboolean
is_off (TrkKind kind)
{
  return kind == TRK_KIND_OFF;
}

static TrkPeriodSet *
stretches_of (const TrkPeriodSet *focus, TrkDuration least)
{
  TrkPeriodSet *set = trk_period_set_new ();

  for (guint i = 0; i < focus->len; i++)
    if (trk_period_length (trk_period_set_nth (focus, i)) >= least)
      trk_period_set_add (set, trk_period_set_nth (focus, i));
  return set;
}

/* Planned blocks of work as far as figures reach: a day's last one may lie after the period. */
static TrkPeriodSet *
work_hours (const TrkFigureInput *input)
{
  TrkPeriodSet *set = trk_period_set_new ();
  TrkPeriod reach = trk_figures_reach (input->period);

  for (guint i = 0; input->blocks != NULL && i < input->blocks->len; i++)
    {
      const TrkBlockRecord *record = g_ptr_array_index (input->blocks, i);

      if (trk_period_overlaps (record->block->period, reach) && trk_record_is_planned (record)
          && trk_kind_is_work (record->block->kind))
        trk_period_set_add (set, record->block->period);
    }
  return set;
}

/* From the end of each day's last planned block of work to the end of that day. A block of the
 * night counts on the day in which it ends, too. */
static TrkPeriodSet *
after_hours (const TrkFigureInput *input)
{
  TrkPeriodSet *set = trk_period_set_new ();
  g_autoptr (TrkPeriodSet) hours = work_hours (input);
  TrkInstant end = G_MININT64; /* of the day in which the last one ended */

  for (guint i = 0; i < hours->len; i++)
    {
      TrkInstant last = trk_period_set_nth (hours, i).end;

      if (last > end)
        {
          TrkDay day = trk_almanac_day (&input->almanac, last - 1);

          end = trk_almanac_day_period (&input->almanac, day).end;
        }
      if (i + 1 == hours->len || trk_period_set_nth (hours, i + 1).start >= end)
        trk_period_set_add (set, (TrkPeriod){ last, end });
    }
  return set;
}

static TrkPeriodSet *
overtime (const TrkFigureInput *input, const TrkPeriodSet *work)
{
  g_autoptr (TrkPeriodSet) late = after_hours (input);
  g_autoptr (TrkPeriodSet) off = planned_time (input, is_off);
  g_autoptr (TrkPeriodSet) blocks = planned_time (input, trk_kind_is_work);
  g_autoptr (TrkPeriodSet) free_time = trk_period_set_union (late, off);
  g_autoptr (TrkPeriodSet) worked = trk_period_set_intersect (work, free_time);

  return trk_period_set_subtract (worked, blocks);
}

/* Adds @period when @input's period has any of it: what is clipped afterwards needs no more. */
static void
add_inside (TrkPeriodSet *set, TrkPeriod period, const TrkFigureInput *input)
{
  if (trk_period_overlaps (period, input->period))
    trk_period_set_add (set, period);
}

/* The times in which work was meant to be going on: each block as planned and as it was snoozed or
 * extended. @ids gets the blocks that are on record. */
static TrkPeriodSet *
meant_for_work (const TrkFigureInput *input, GHashTable *ids)
{
  TrkPeriodSet *set = trk_period_set_new ();

  for (guint i = 0; input->blocks != NULL && i < input->blocks->len; i++)
    {
      const TrkBlockRecord *record = g_ptr_array_index (input->blocks, i);
      const TrkBlockState *state = record->state;
      TrkPeriod period = record->block->period;

      g_hash_table_add (ids, record->block->id);
      if (!trk_kind_is_work (record->block->kind))
        continue;
      add_inside (set, period, input);
      add_inside (set,
                  (TrkPeriod){ state->start != 0 ? state->start : period.start,
                               state->end != 0 ? state->end : period.end },
                  input);
    }
  return set;
}

/* The time that any entry covers. */
static TrkPeriodSet *
known_time (const TrkFigureInput *input)
{
  TrkPeriodSet *set = trk_period_set_new ();

  for (guint i = 0; i < input->entries->len; i++)
    {
      const TrkEntry *entry = g_ptr_array_index (input->entries, i);

      add_inside (set, trk_period_until (entry->period, input->now), input);
    }
  return set;
}

gboolean
trk_gap_is_unanswered (const TrkGap *gap)
{
  return gap->answer == TRK_ANSWER_NONE && !trk_reason_is_deed (gap->reason);
}

static TrkPeriodSet *
unanswered_time (const TrkFigureInput *input)
{
  TrkPeriodSet *set = trk_period_set_new ();

  for (guint i = 0; input->gaps != NULL && i < input->gaps->len; i++)
    {
      const TrkGap *gap = g_ptr_array_index (input->gaps, i);

      if (trk_gap_is_unanswered (gap))
        add_inside (set, trk_period_until (gap->period, input->now), input);
    }
  return set;
}

/* Gaps that nobody answered for, as far as work was meant to go on and no entry covers them. A gap
 * in what was started by hand has no block on record: all of it counts. */
static TrkPeriodSet *
unknown_time (const TrkFigureInput *input)
{
  g_autoptr (TrkPeriodSet) open = unanswered_time (input);
  g_autoptr (GHashTable) ids = NULL;
  g_autoptr (TrkPeriodSet) meant = NULL;
  g_autoptr (TrkPeriodSet) inside = NULL;
  g_autoptr (TrkPeriodSet) known = NULL;

  if (open->len == 0)
    return g_steal_pointer (&open);
  ids = g_hash_table_new (g_str_hash, g_str_equal);
  meant = meant_for_work (input, ids);
  for (guint i = 0; i < input->gaps->len; i++)
    {
      const TrkGap *gap = g_ptr_array_index (input->gaps, i);

      if (trk_gap_is_unanswered (gap)
          && (gap->block_id == NULL || !g_hash_table_contains (ids, gap->block_id)))
        add_inside (meant, trk_period_until (gap->period, input->now), input);
    }
  inside = trk_period_set_intersect (open, meant);
  known = known_time (input);
  return trk_period_set_subtract (inside, known);
}

static TrkPeriodSet *
clip (const TrkPeriodSet *set, TrkPeriod period)
{
  TrkPeriodSet *part = trk_period_set_copy (set);

  trk_period_set_clip (part, period);
  return part;
}

TrkDuration
trk_planned_ahead (const TrkFigureInput *input, const TrkTimes *times)
{
  g_autoptr (TrkPeriodSet) ahead =
      clip (times->of[TRK_TIME_PLANNED], (TrkPeriod){ input->now, G_MAXINT64 });
  g_autoptr (TrkPeriodSet) open = trk_period_set_new ();
  g_autoptr (TrkPeriodSet) left = NULL;

  /* Not what is settled is taken out: something else may be planned in its time since. */
  for (guint i = 0; input->blocks != NULL && i < input->blocks->len; i++)
    {
      const TrkBlockRecord *record = g_ptr_array_index (input->blocks, i);

      if (record->state->outcome == TRK_OUTCOME_NONE && record->block->kind == TRK_KIND_FOCUS
          && trk_record_is_planned (record))
        trk_period_set_add (open, record->block->period);
    }
  left = trk_period_set_intersect (ahead, open);
  return trk_period_set_length (left);
}

static void
derive (TrkTimes *times, const TrkFigureInput *input)
{
  TrkPeriodSet **of = times->of;

  of[TRK_TIME_PLANNED] = planned_time (input, is_focus);
  of[TRK_TIME_PLANNED_BY_NOW] = clip (of[TRK_TIME_PLANNED], (TrkPeriod){ G_MININT64, input->now });
  of[TRK_TIME_ON_PLAN] = trk_period_set_intersect (of[TRK_TIME_FOCUS], of[TRK_TIME_PLANNED]);
  of[TRK_TIME_OFF_PLAN] = trk_period_set_subtract (of[TRK_TIME_FOCUS], of[TRK_TIME_PLANNED]);
  of[TRK_TIME_DEEP_WORK] = stretches_of (of[TRK_TIME_FOCUS], TRK_DEEP_STRETCH);
  of[TRK_TIME_OVERTIME] = overtime (input, of[TRK_TIME_WORK]);
  of[TRK_TIME_UNKNOWN] = unknown_time (input);
}

TrkTimes *
trk_times_new (const TrkFigureInput *input)
{
  TrkTimes *times = g_new0 (TrkTimes, 1);

  for (guint time = 0; time <= TRK_TIME_UNVERIFIED; time++)
    times->of[time] = trk_period_set_new ();
  add_entries (input, times->of);
  times->focus_whole = trk_period_set_copy (times->of[TRK_TIME_FOCUS]);
  derive (times, input);
  for (guint i = 0; i < TRK_N_TIMES; i++)
    trk_period_set_clip (times->of[i], input->period);
  return times;
}

void
trk_times_free (TrkTimes *times)
{
  if (times == NULL)
    return;
  for (guint i = 0; i < TRK_N_TIMES; i++)
    g_clear_pointer (&times->of[i], trk_period_set_free);
  g_clear_pointer (&times->focus_whole, trk_period_set_free);
  g_free (times);
}
