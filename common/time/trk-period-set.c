/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-period.h"

#include <string.h>

enum
{
  LEAST_ROOM = 16
};

/* Not a GArray: figures append one period after another, which costs a call and a copy there. */

TrkPeriodSet *
trk_period_set_new (void)
{
  return g_new0 (TrkPeriodSet, 1);
}

void
trk_period_set_free (TrkPeriodSet *set)
{
  if (set == NULL)
    return;
  g_free (set->periods);
  g_free (set);
}

static void
make_room (TrkPeriodSet *set, guint least)
{
  if (set->room >= least)
    return;
  set->room = MAX (LEAST_ROOM, MAX (least, 2 * set->room));
  set->periods = g_renew (TrkPeriod, set->periods, set->room);
}

/* Room for @most periods, to be filled in the order of time. */
static TrkPeriodSet *
room_for (guint most)
{
  TrkPeriodSet *set = trk_period_set_new ();

  make_room (set, most);
  return set;
}

/* What comes after all that is there. */
static void
append (TrkPeriodSet *set, TrkPeriod period)
{
  make_room (set, set->len + 1);
  set->periods[set->len++] = period;
}

/* Puts @n periods, none of them in @set, in the place of @gone from @first on. */
static void
replace (TrkPeriodSet *set, guint first, guint gone, const TrkPeriod *with, guint n)
{
  guint after = set->len - first - gone;

  make_room (set, set->len - gone + n);
  if (after > 0)
    memmove (set->periods + first + n, set->periods + first + gone, after * sizeof (TrkPeriod));
  for (guint i = 0; i < n; i++)
    set->periods[first + i] = with[i];
  set->len = first + n + after;
}

TrkPeriodSet *
trk_period_set_copy (const TrkPeriodSet *set)
{
  TrkPeriodSet *copy = room_for (set->len);

  replace (copy, 0, 0, set->periods, set->len);
  return copy;
}

/* The first period that ends at or after @instant; the set's length when there is none. */
static guint
first_reaching (const TrkPeriodSet *set, TrkInstant instant)
{
  guint low = 0, high = set->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (set->periods[middle].end < instant)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

void
trk_period_set_add (TrkPeriodSet *set, TrkPeriod period)
{
  guint first, last;

  if (trk_period_is_empty (period))
    return;
  if (set->len == 0 || set->periods[set->len - 1].end < period.start)
    {
      append (set, period); /* in the order of time, as most are */
      return;
    }
  first = last = first_reaching (set, period.start);
  for (; last < set->len && set->periods[last].start <= period.end; last++)
    {
      period.start = MIN (period.start, set->periods[last].start);
      period.end = MAX (period.end, set->periods[last].end);
    }
  replace (set, first, last - first, &period, 1);
}

void
trk_period_set_remove (TrkPeriodSet *set, TrkPeriod period)
{
  guint i;

  if (trk_period_is_empty (period))
    return;
  for (i = first_reaching (set, period.start); i < set->len && set->periods[i].start < period.end;)
    {
      TrkPeriod old = set->periods[i], rest[2];
      TrkPeriod left = { old.start, MIN (old.end, period.start) };
      TrkPeriod right = { MAX (old.start, period.end), old.end };
      guint n = 0;

      if (!trk_period_is_empty (left))
        rest[n++] = left;
      if (!trk_period_is_empty (right))
        rest[n++] = right;
      replace (set, i, 1, rest, n);
      i += n;
    }
}

void
trk_period_set_clip (TrkPeriodSet *set, TrkPeriod period)
{
  guint first = first_reaching (set, period.start);

  while (set->len > first && set->periods[set->len - 1].start >= period.end)
    set->len--;
  replace (set, 0, first, NULL, 0);
  if (set->len == 0)
    return;
  set->periods[0] = trk_period_intersect (set->periods[0], period);
  set->periods[set->len - 1] = trk_period_intersect (set->periods[set->len - 1], period);
  if (trk_period_is_empty (set->periods[0])) /* it ended where @period starts */
    replace (set, 0, 1, NULL, 0);
}

/* Both are sorted: one walk along the two. */
TrkPeriodSet *
trk_period_set_union (const TrkPeriodSet *a, const TrkPeriodSet *b)
{
  TrkPeriodSet *result = room_for (a->len + b->len);

  for (guint i = 0, j = 0; i < a->len || j < b->len;)
    {
      gboolean from_a = j == b->len || (i < a->len && a->periods[i].start <= b->periods[j].start);
      TrkPeriod next = from_a ? a->periods[i++] : b->periods[j++];
      TrkPeriod *last = result->len > 0 ? &result->periods[result->len - 1] : NULL;

      if (last != NULL && next.start <= last->end)
        last->end = MAX (last->end, next.end);
      else
        append (result, next);
    }
  return result;
}

/* Both are sorted: one walk along the two, in which each step ends one of theirs. */
TrkPeriodSet *
trk_period_set_intersect (const TrkPeriodSet *a, const TrkPeriodSet *b)
{
  TrkPeriodSet *result = room_for (MIN (a->len, b->len));

  for (guint i = 0, j = 0; i < a->len && j < b->len;)
    {
      TrkPeriod common = trk_period_intersect (a->periods[i], b->periods[j]);

      if (!trk_period_is_empty (common))
        append (result, common);
      if (a->periods[i].end < b->periods[j].end)
        i++;
      else
        j++;
    }
  return result;
}

TrkPeriodSet *
trk_period_set_subtract (const TrkPeriodSet *a, const TrkPeriodSet *b)
{
  TrkPeriodSet *result = room_for (a->len);
  guint j = 0;

  for (guint i = 0; i < a->len; i++)
    {
      TrkPeriod rest = a->periods[i];

      while (j < b->len && b->periods[j].end <= rest.start)
        j++;
      for (guint k = j; k < b->len && b->periods[k].start < rest.end; k++)
        {
          TrkPeriod left = { rest.start, b->periods[k].start };

          if (!trk_period_is_empty (left))
            append (result, left);
          rest.start = MIN (rest.end, b->periods[k].end);
        }
      if (!trk_period_is_empty (rest))
        append (result, rest);
    }
  return result;
}

TrkDuration
trk_period_set_length (const TrkPeriodSet *set)
{
  TrkDuration length = 0;

  for (guint i = 0; i < set->len; i++)
    {
      TrkDuration one = trk_period_length (set->periods[i]);

      if (one == TRK_NEVER || __builtin_add_overflow (length, one, &length))
        return TRK_NEVER;
    }
  return length;
}
