/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-recurrence-walk.h"

TrkRecurrence *
trk_recurrence_new (TrkFrequency freq)
{
  TrkRecurrence *rule = g_new0 (TrkRecurrence, 1);

  rule->freq = freq;
  rule->interval = 1;
  rule->week_start = 1;
  rule->month_days = g_array_new (FALSE, FALSE, sizeof (gint16));
  rule->year_days = g_array_new (FALSE, FALSE, sizeof (gint16));
  rule->week_numbers = g_array_new (FALSE, FALSE, sizeof (gint16));
  rule->days = g_array_new (FALSE, FALSE, sizeof (TrkByDay));
  rule->positions = g_array_new (FALSE, FALSE, sizeof (gint16));
  return rule;
}

void
trk_recurrence_free (TrkRecurrence *rule)
{
  if (rule == NULL)
    return;
  g_array_unref (rule->month_days);
  g_array_unref (rule->year_days);
  g_array_unref (rule->week_numbers);
  g_array_unref (rule->days);
  g_array_unref (rule->positions);
  g_free (rule);
}

gboolean
trk_walk_step (TrkWalk *walk)
{
  if (*walk->budget == 0)
    return FALSE;
  --*walk->budget;
  return TRUE;
}

/* -- What a period gives ----------------------------------------------------------------------- */

static void
take (TrkWalk *walk, TrkInstant at)
{
  const TrkRecurrence *rule = walk->rule;

  if (at < walk->earliest || walk->done)
    return;
  if (at >= walk->to || (rule->has_until && at > rule->until))
    {
      walk->done = TRUE;
      return;
    }
  if (at >= walk->from)
    g_array_append_val (walk->out, at);
  if (rule->count > 0 && ++walk->counted >= rule->count)
    walk->done = TRUE;
}

gboolean
trk_walk_candidate (TrkWalk *walk, TrkInstant at)
{
  if (!trk_walk_step (walk))
    return FALSE;
  if (walk->rule->positions->len > 0)
    g_array_append_val (walk->set, at);
  else
    take (walk, at);
  return TRUE;
}

static gint
compare_numbers (gconstpointer a, gconstpointer b)
{
  return *(const int *) a - *(const int *) b;
}

/* BYSETPOS: those at its places, in order; a place that two numbers name (1 and -1 of one) counts
 * once. */
static void
take_positions (TrkWalk *walk)
{
  const GArray *positions = walk->rule->positions;
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (int));
  int length = (int) walk->set->len, last = -1;

  for (guint i = 0; i < positions->len; i++)
    {
      int position = g_array_index (positions, gint16, i);
      int place = position > 0 ? position - 1 : length + position;

      if (place >= 0 && place < length)
        g_array_append_val (places, place);
    }
  g_array_sort (places, compare_numbers);
  for (guint i = 0; i < places->len && !walk->done; i++)
    {
      int place = g_array_index (places, int, i);

      if (place != last)
        take (walk, g_array_index (walk->set, TrkInstant, place));
      last = place;
    }
}

gboolean
trk_walk_period_end (TrkWalk *walk)
{
  if (walk->rule->positions->len > 0)
    take_positions (walk);
  g_array_set_size (walk->set, 0);
  return trk_walk_step (walk);
}

gboolean
trk_walk_minute (TrkWalk *walk, TrkInstant minute)
{
  for (guint64 seconds = walk->seconds; seconds != 0 && !walk->done; seconds &= seconds - 1)
    if (!trk_walk_candidate (walk, minute + trk_lowest_bit (seconds) * TRK_SECOND))
      return FALSE;
  return TRUE;
}

gboolean
trk_walk_hour (TrkWalk *walk, TrkInstant hour)
{
  for (guint64 minutes = walk->minutes; minutes != 0 && !walk->done; minutes &= minutes - 1)
    if (!trk_walk_minute (walk, hour + trk_lowest_bit (minutes) * TRK_MINUTE))
      return FALSE;
  return TRUE;
}

/* -- The whole --------------------------------------------------------------------------------- */

/* Fills in from DTSTART what the rule does not say. */
static void
complete (TrkWalk *walk)
{
  const TrkRecurrence *rule = walk->rule;
  gboolean no_days = rule->month_days->len == 0 && rule->year_days->len == 0
                     && rule->week_numbers->len == 0 && rule->days->len == 0;
  int year, month, mday;

  trk_day_to_ymd (walk->first.day, &year, &month, &mday);
  walk->months = rule->months;
  if (rule->freq == TRK_FREQ_YEARLY && no_days && rule->months == 0)
    walk->months = 1u << month;
  if (rule->freq >= TRK_FREQ_MONTHLY && no_days)
    walk->month_day = mday;
  if ((rule->freq == TRK_FREQ_WEEKLY && no_days)
      || (rule->freq == TRK_FREQ_YEARLY && rule->week_numbers->len > 0 && rule->days->len == 0
          && rule->month_days->len == 0 && rule->year_days->len == 0))
    walk->weekday = trk_day_weekday (walk->first.day);
  walk->hours =
      rule->hours != 0 ? rule->hours : G_GUINT64_CONSTANT (1) << (walk->first.time / TRK_HOUR);
  walk->minutes = rule->minutes != 0
                      ? rule->minutes
                      : G_GUINT64_CONSTANT (1) << (walk->first.time / TRK_MINUTE % 60);
  walk->seconds = rule->seconds != 0
                      ? rule->seconds
                      : G_GUINT64_CONSTANT (1) << (walk->first.time / TRK_SECOND % 60);
}

/* Where an expansion begins, and what is known then. */
static TrkWalk
walk_from (const TrkRecurrence *rule, TrkInstant start, TrkInstant from, TrkInstant to)
{
  TrkWalk walk = { .rule = rule,
                   .first = trk_local_from_wall (start),
                   .start = start,
                   .earliest = start,
                   .from = from,
                   .to = rule->has_until ? MIN (to, rule->until + 1) : to };

  complete (&walk);
  return walk;
}

static gboolean
expand (TrkWalk *walk, guint *budget, GArray *out)
{
  g_autoptr (GArray) set = g_array_new (FALSE, FALSE, sizeof (TrkInstant));

  walk->budget = budget;
  walk->out = out;
  walk->set = set;
  if (walk->start >= walk->to)
    return TRUE;
  return walk->rule->freq >= TRK_FREQ_DAILY ? trk_walk_days (walk) : trk_walk_hours (walk);
}

gboolean
trk_recurrence_expand (const TrkRecurrence *rule,
                       TrkInstant start,
                       TrkInstant from,
                       TrkInstant to,
                       guint *budget,
                       GArray *out)
{
  TrkWalk walk = walk_from (rule, start, from, to);

  if (start >= from && start < to)
    g_array_append_val (out, start);
  walk.earliest = start + 1;
  walk.counted = 1;
  return rule->count == 1 || expand (&walk, budget, out);
}

gboolean
trk_recurrence_expand_named (const TrkRecurrence *rule,
                             TrkInstant start,
                             TrkInstant from,
                             TrkInstant to,
                             guint *budget,
                             GArray *out)
{
  TrkWalk walk = walk_from (rule, start, from, to);

  return expand (&walk, budget, out);
}
