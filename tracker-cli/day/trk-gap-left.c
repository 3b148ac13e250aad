/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-gap-left.h"

#include "trk-reason-words.h"

/* Entries that end before the next gap begins, as nearly all do, are passed once for all gaps. */
typedef struct
{
  const GPtrArray *entries;
  guint passed; /* so many of them end before the gaps that are still to come */
} Reader;

static TrkPeriod
entry_period (const Reader *reader, guint i)
{
  return ((const TrkEntry *) g_ptr_array_index (reader->entries, i))->period;
}

static TrkPeriodSet *
left_of (Reader *reader, const TrkGap *gap)
{
  const guint n = reader->entries->len;
  TrkPeriodSet *left = trk_period_set_new ();

  trk_period_set_add (left, gap->period);
  while (reader->passed < n && entry_period (reader, reader->passed).end <= gap->period.start)
    reader->passed++;
  for (guint i = reader->passed; i < n; i++)
    {
      TrkPeriod period = entry_period (reader, i);

      if (period.start >= gap->period.end)
        break;
      if (trk_period_overlaps (period, gap->period))
        trk_period_set_remove (left, period);
    }
  return left;
}

gboolean
trk_gap_is_left (const TrkGap *gap, const GPtrArray *entries)
{
  Reader reader = { entries, 0 };
  g_autoptr (TrkPeriodSet) left = left_of (&reader, gap);

  return left->len > 0;
}

void
trk_gaps_leave_free (GPtrArray *gaps, const GPtrArray *entries)
{
  Reader reader = { entries, 0 };
  gsize n;
  g_autofree gpointer *whole = g_ptr_array_steal (gaps, &n);

  for (gsize i = 0; i < n; i++)
    {
      g_autoptr (TrkGap) gap = whole[i];
      g_autoptr (TrkPeriodSet) left = NULL;

      if (gap->answer != TRK_ANSWER_NONE)
        {
          g_ptr_array_add (gaps, g_steal_pointer (&gap));
          continue;
        }
      left = left_of (&reader, gap);
      for (guint k = 0; k < left->len; k++)
        {
          TrkGap *piece = trk_gap_copy (gap);

          piece->period = trk_period_set_nth (left, k);
          g_ptr_array_add (gaps, piece);
        }
    }
}

const char *
trk_gap_cause (const TrkGap *gap)
{
  return trk_reason_short (gap->reason);
}

const char *
trk_gap_unanswered (const TrkGap *gap)
{
  if (gap->period.end == TRK_NEVER)
    return "not over";
  return gap->answer == TRK_ANSWER_NONE ? "not answered" : NULL;
}

const char *
trk_gap_answered (const TrkGap *gap)
{
  const char *none = trk_gap_unanswered (gap);

  return none != NULL ? none : trk_answer_said (gap->answer);
}
