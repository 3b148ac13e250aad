/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-period.h"

#define NTH(set, n) g_array_index ((set), TrkPeriod, (n))

TrkPeriodSet *
trk_period_set_new (void)
{
  return g_array_new (FALSE, FALSE, sizeof (TrkPeriod));
}

void
trk_period_set_free (TrkPeriodSet *set)
{
  if (set != NULL)
    g_array_unref (set);
}

TrkPeriodSet *
trk_period_set_copy (const TrkPeriodSet *set)
{
  TrkPeriodSet *copy = g_array_sized_new (FALSE, FALSE, sizeof (TrkPeriod), set->len);

  if (set->len > 0)
    g_array_append_vals (copy, set->data, set->len);
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

      if (NTH (set, middle).end < instant)
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
  if (set->len == 0 || NTH (set, set->len - 1).end < period.start)
    {
      g_array_append_val (set, period); /* in the order of time, as most are */
      return;
    }
  first = last = first_reaching (set, period.start);
  for (; last < set->len && NTH (set, last).start <= period.end; last++)
    {
      period.start = MIN (period.start, NTH (set, last).start);
      period.end = MAX (period.end, NTH (set, last).end);
    }
  if (last > first)
    g_array_remove_range (set, first, last - first);
  g_array_insert_val (set, first, period);
}

void
trk_period_set_remove (TrkPeriodSet *set, TrkPeriod period)
{
  guint i;

  if (trk_period_is_empty (period))
    return;
  for (i = first_reaching (set, period.start); i < set->len && NTH (set, i).start < period.end;)
    {
      TrkPeriod left = { NTH (set, i).start, MIN (NTH (set, i).end, period.start) };
      TrkPeriod right = { MAX (NTH (set, i).start, period.end), NTH (set, i).end };

      g_array_remove_index (set, i);
      if (!trk_period_is_empty (left))
        g_array_insert_val (set, i++, left);
      if (!trk_period_is_empty (right))
        g_array_insert_val (set, i++, right);
    }
}

void
trk_period_set_clip (TrkPeriodSet *set, TrkPeriod period)
{
  guint first = first_reaching (set, period.start), last = set->len;

  while (last > first && NTH (set, last - 1).start >= period.end)
    last--;
  g_array_set_size (set, last);
  if (first > 0)
    g_array_remove_range (set, 0, first);
  if (set->len == 0)
    return;
  NTH (set, 0) = trk_period_intersect (NTH (set, 0), period);
  NTH (set, set->len - 1) = trk_period_intersect (NTH (set, set->len - 1), period);
  if (trk_period_is_empty (NTH (set, 0))) /* it ended where @period starts */
    g_array_remove_index (set, 0);
}

/* Room for @most periods, to be filled in the order of time. */
static TrkPeriodSet *
room_for (guint most)
{
  TrkPeriodSet *set = g_array_sized_new (FALSE, FALSE, sizeof (TrkPeriod), most);

  return g_array_set_size (set, most);
}

/* Both are sorted: one walk along the two. */
TrkPeriodSet *
trk_period_set_union (const TrkPeriodSet *a, const TrkPeriodSet *b)
{
  TrkPeriodSet *result = room_for (a->len + b->len);
  guint n = 0;

  for (guint i = 0, j = 0; i < a->len || j < b->len;)
    {
      gboolean from_a = j == b->len || (i < a->len && NTH (a, i).start <= NTH (b, j).start);
      TrkPeriod next = from_a ? NTH (a, i++) : NTH (b, j++);

      if (n > 0 && next.start <= NTH (result, n - 1).end)
        NTH (result, n - 1).end = MAX (NTH (result, n - 1).end, next.end);
      else
        NTH (result, n++) = next;
    }
  return g_array_set_size (result, n);
}

/* Both are sorted: one walk along the two, in which each step ends one of theirs. */
TrkPeriodSet *
trk_period_set_intersect (const TrkPeriodSet *a, const TrkPeriodSet *b)
{
  TrkPeriodSet *result = room_for (a->len + b->len);
  guint n = 0;

  for (guint i = 0, j = 0; i < a->len && j < b->len;)
    {
      TrkPeriod common = trk_period_intersect (NTH (a, i), NTH (b, j));

      if (!trk_period_is_empty (common))
        NTH (result, n++) = common;
      if (NTH (a, i).end < NTH (b, j).end)
        i++;
      else
        j++;
    }
  return g_array_set_size (result, n);
}

TrkPeriodSet *
trk_period_set_subtract (const TrkPeriodSet *a, const TrkPeriodSet *b)
{
  TrkPeriodSet *result = trk_period_set_new ();
  guint j = 0;

  for (guint i = 0; i < a->len; i++)
    {
      TrkPeriod rest = NTH (a, i);

      while (j < b->len && NTH (b, j).end <= rest.start)
        j++;
      for (guint k = j; k < b->len && NTH (b, k).start < rest.end; k++)
        {
          TrkPeriod left = { rest.start, NTH (b, k).start };

          if (!trk_period_is_empty (left))
            g_array_append_val (result, left);
          rest.start = MIN (rest.end, NTH (b, k).end);
        }
      if (!trk_period_is_empty (rest))
        g_array_append_val (result, rest);
    }
  return result;
}

TrkDuration
trk_period_set_length (const TrkPeriodSet *set)
{
  TrkDuration length = 0;

  for (guint i = 0; i < set->len; i++)
    {
      TrkDuration one = trk_period_length (NTH (set, i));

      if (one == TRK_NEVER || __builtin_add_overflow (length, one, &length))
        return TRK_NEVER;
    }
  return length;
}
