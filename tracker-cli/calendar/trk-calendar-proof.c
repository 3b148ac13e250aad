/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-calendar-proof.h"

#include "trk-calendar.h"
#include "trk-error.h"
#include "trk-ics-time.h"
#include "trk-index-update.h"
#include "trk-loose-index.h"

#define DAY (24 * TRK_HOUR)
#define BEFORE "before"
#define AFTER "after"

typedef struct
{
  const TrkBlockIntent *intent;
  const TrkZone *home;
  TrkPeriod inner; /* what is compared */
  TrkPeriod outer; /* what is looked at: what moves into the inner one is in it */
} Proof;

/* -- What is expected -------------------------------------------------------------------------- */

/* All that must be the same, as one text. The name of an instance follows its series' start, and
 * is told by that. */
static char *
key_of (const TrkOccurrence *occurrence, TrkPeriod period, gboolean named)
{
  const char *id = occurrence->recurrence_id;

  return g_strdup_printf ("%" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %d%d%d%d %s %s %s %s %s",
                          period.start, period.end, occurrence->all_day, occurrence->floating,
                          occurrence->transparent, (int) occurrence->status, occurrence->uid,
                          named && id != NULL ? id : "", occurrence->summary,
                          occurrence->kind != NULL ? occurrence->kind : "",
                          occurrence->location != NULL ? occurrence->location : "");
}

static gboolean
is_compared (const Proof *proof, TrkPeriod period)
{
  return trk_period_overlaps (period, proof->inner)
         || trk_period_contains (proof->inner, period.start);
}

static void
expect (const Proof *proof,
        GPtrArray *keys,
        const TrkOccurrence *occurrence,
        TrkPeriod period,
        gboolean named)
{
  if (is_compared (proof, period))
    g_ptr_array_add (keys, key_of (occurrence, period, named));
}

static gboolean
is_target (const TrkBlockIntent *intent, const TrkOccurrence *occurrence)
{
  return g_str_equal (occurrence->uid, intent->occurrence->uid)
         && g_strcmp0 (occurrence->recurrence_id, intent->occurrence->recurrence_id) == 0;
}

static gboolean
is_of_series (const TrkBlockIntent *intent, const TrkOccurrence *occurrence)
{
  return g_str_equal (occurrence->uid, intent->occurrence->uid);
}

/* Does it stand where its rule puts it? */
static gboolean
stands_by_rule (const Proof *proof, const TrkOccurrence *occurrence)
{
  TrkLocal local = trk_zone_local (proof->home, occurrence->period.start);
  g_autofree char *date = NULL;
  g_autofree char *id = g_strdup (occurrence->recurrence_id);
  int year, month, mday, seconds;

  if (id == NULL)
    return TRUE;
  if (!occurrence->floating)
    local = trk_local_from_wall (occurrence->period.start);
  trk_day_to_ymd (local.day, &year, &month, &mday);
  seconds = (int) (local.time / TRK_SECOND);
  date = occurrence->all_day
             ? g_strdup_printf ("%04d%02d%02d", year, month, mday)
             : g_strdup_printf ("%04d%02d%02dT%02d%02d%02d%s", year, month, mday, seconds / 3600,
                                seconds / 60 % 60, seconds % 60, occurrence->floating ? "" : "Z");
  return g_str_equal (date, id);
}

/* What the clock shows at @instant, or would show if it did not skip the series' time. */
static TrkInstant
wall_of (const TrkBlockIntent *intent, TrkInstant instant)
{
  return trk_local_to_wall (trk_ics_local_meant (intent->zone, instant, intent->time));
}

static TrkInstant
at_wall (const TrkBlockIntent *intent, TrkInstant wall)
{
  return trk_zone_instant (intent->zone, trk_local_from_wall (wall));
}

/* By the clock: of whole days the number. */
static TrkDuration
wall_length (const TrkZone *zone, TrkPeriod period)
{
  return trk_local_to_wall (trk_zone_local (zone, period.end))
         - trk_local_to_wall (trk_zone_local (zone, period.start));
}

/* Where an instance of the series is after all of it moved. */
static TrkPeriod
moved (const Proof *proof, const TrkOccurrence *occurrence)
{
  const TrkBlockIntent *intent = proof->intent;
  const TrkPeriod from = intent->occurrence->period, to = intent->wanted;
  const TrkPeriod is = occurrence->period;
  const TrkZone *zone = intent->zone;
  TrkInstant wall = wall_of (intent, is.start) - wall_of (intent, from.start)
                    + trk_local_to_wall (trk_zone_local (zone, to.start));
  TrkPeriod period = { .start = at_wall (intent, wall) };
  gboolean alike = trk_period_length (is) == trk_period_length (from);

  if (!stands_by_rule (proof, occurrence))
    return is;
  if (occurrence->all_day) /* whose length by the clock is another in a night that is changed */
    alike = wall_length (zone, is) == wall_length (zone, from);
  if (occurrence->all_day)
    period.end = at_wall (intent, wall + wall_length (zone, alike ? to : is));
  else
    period.end = period.start + trk_period_length (alike ? to : is);
  return period;
}

static void
expect_one (const Proof *proof, GPtrArray *keys, const TrkOccurrence *occurrence)
{
  const TrkBlockIntent *intent = proof->intent;

  switch (intent->act)
    {
    case TRK_BLOCK_REMOVE:
      if (!is_target (intent, occurrence))
        expect (proof, keys, occurrence, occurrence->period, TRUE);
      break;
    case TRK_BLOCK_REMOVE_ALL:
      if (!is_of_series (intent, occurrence))
        expect (proof, keys, occurrence, occurrence->period, TRUE);
      break;
    case TRK_BLOCK_MOVE:
      expect (proof, keys, occurrence,
              is_target (intent, occurrence) ? intent->wanted : occurrence->period, TRUE);
      break;
    case TRK_BLOCK_MOVE_ALL:
      if (is_of_series (intent, occurrence))
        expect (proof, keys, occurrence, moved (proof, occurrence), FALSE);
      else
        expect (proof, keys, occurrence, occurrence->period, TRUE);
      break;
    default:
      expect (proof, keys, occurrence, occurrence->period, TRUE);
    }
}

/* What is added: every week on its days, by the user's clock. */
static void
expect_new (const Proof *proof, GPtrArray *keys)
{
  const TrkBlockIntent *intent = proof->intent;
  const TrkOccurrence *first = intent->occurrence;
  TrkDuration length = trk_period_length (first->period);
  TrkLocal local = trk_zone_local (proof->home, first->period.start);

  if (intent->weekdays == 0)
    {
      expect (proof, keys, first, first->period, FALSE);
      return;
    }
  for (TrkInstant start = first->period.start; start < proof->inner.end; local.day++)
    {
      start = trk_zone_instant (proof->home, local);
      if (intent->weekdays & (1u << (trk_day_weekday (local.day) - 1)))
        expect (proof, keys, first, (TrkPeriod){ start, start + length }, FALSE);
    }
}

/* -- Comparing --------------------------------------------------------------------------------- */

static gint
compare_keys (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (*(const char *const *) a, *(const char *const *) b);
}

/* Is the instance's name part of what is compared? */
static gboolean
is_named (const Proof *proof, const TrkOccurrence *occurrence)
{
  TrkBlockAct act = proof->intent->act;

  return (act != TRK_BLOCK_MOVE_ALL && act != TRK_BLOCK_ADD)
         || !is_of_series (proof->intent, occurrence);
}

static GPtrArray *
expected_keys (const Proof *proof, TrkIndex *index, GError **error)
{
  g_autoptr (GPtrArray) keys = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) all = trk_index_occurrences (index, proof->outer, proof->home, error);

  if (all == NULL)
    return NULL;
  for (guint i = 0; i < all->len; i++)
    {
      const TrkOccurrence *occurrence = g_ptr_array_index (all, i);

      if (g_str_equal (occurrence->calendar, BEFORE))
        expect_one (proof, keys, occurrence);
    }
  if (proof->intent->act == TRK_BLOCK_ADD)
    expect_new (proof, keys);
  g_ptr_array_sort (keys, compare_keys);
  return g_steal_pointer (&keys);
}

static GPtrArray *
actual_keys (const Proof *proof, TrkIndex *index, GError **error)
{
  g_autoptr (GPtrArray) keys = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) all = trk_index_occurrences (index, proof->outer, proof->home, error);

  if (all == NULL)
    return NULL;
  for (guint i = 0; i < all->len; i++)
    {
      const TrkOccurrence *occurrence = g_ptr_array_index (all, i);

      if (g_str_equal (occurrence->calendar, AFTER))
        expect (proof, keys, occurrence, occurrence->period, is_named (proof, occurrence));
    }
  g_ptr_array_sort (keys, compare_keys);
  return g_steal_pointer (&keys);
}

static gboolean
are_equal (const GPtrArray *a, const GPtrArray *b)
{
  gboolean equal = a->len == b->len;

  for (guint i = 0; equal && i < a->len; i++)
    equal = g_str_equal (g_ptr_array_index (a, i), g_ptr_array_index (b, i));
  return equal;
}

static gboolean
differs (GError **error)
{
  g_set_error_literal (error, TRK_ERROR, TRK_ERROR_FAILED,
                       "the calendar would not be read as it was meant, as its event is written in "
                       "a way that this cannot change; nothing was changed");
  return FALSE;
}

static gboolean
loses_nothing (TrkIndex *index, GError **error)
{
  g_autoptr (GPtrArray) summaries = trk_index_summaries (index, error);
  guint lost = 0, was_lost = 0;

  if (summaries == NULL)
    return FALSE;
  for (guint i = 0; i < summaries->len; i++)
    {
      const TrkIndexSummary *summary = g_ptr_array_index (summaries, i);

      if (g_str_equal (summary->calendar, BEFORE))
        was_lost = summary->left_out;
      else
        lost = summary->left_out;
    }
  return lost <= was_lost || differs (error);
}

static gboolean
compare (const Proof *proof, TrkIndex *index, GError **error)
{
  g_autoptr (GPtrArray) expected = expected_keys (proof, index, error);
  g_autoptr (GPtrArray) actual = expected != NULL ? actual_keys (proof, index, error) : NULL;

  if (actual == NULL || !loses_nothing (index, error))
    return FALSE;
  return are_equal (expected, actual) || differs (error);
}

/* -- The whole --------------------------------------------------------------------------------- */

/* The usual window and what the change is about, with room for what moves over its borders. */
static void
find_periods (Proof *proof, TrkInstant now)
{
  const TrkBlockIntent *intent = proof->intent;
  TrkPeriod period = trk_index_usual_window (now), is = intent->occurrence->period;
  TrkDuration room = 2 * DAY;

  period.start = MIN (period.start, is.start - DAY);
  period.end = MAX (period.end, is.end + DAY);
  if (intent->act == TRK_BLOCK_MOVE || intent->act == TRK_BLOCK_MOVE_ALL)
    {
      period.start = MIN (period.start, intent->wanted.start - DAY);
      period.end = MAX (period.end, intent->wanted.end + DAY);
      room += ABS (intent->wanted.start - is.start) + trk_period_length (intent->wanted);
    }
  proof->inner = period;
  proof->outer = (TrkPeriod){ period.start - room, period.end + room };
}

gboolean
trk_calendar_proof (const TrkBlockIntent *intent,
                    const char *before,
                    const char *after,
                    const TrkZone *home,
                    TrkInstant now,
                    FILE *err,
                    GError **error)
{
  Proof proof = { .intent = intent, .home = home };
  g_autoptr (GPtrArray) calendars =
      g_ptr_array_new_with_free_func ((GDestroyNotify) trk_calendar_free);
  g_autoptr (TrkLooseIndex) loose = NULL;

  find_periods (&proof, now);
  if (before != NULL)
    g_ptr_array_add (calendars, trk_calendar_new (BEFORE, before));
  g_ptr_array_add (calendars, trk_calendar_new (AFTER, after));
  loose = trk_loose_index_new (calendars, proof.outer, err, error);
  return loose != NULL && compare (&proof, trk_loose_index_get (loose), error);
}
