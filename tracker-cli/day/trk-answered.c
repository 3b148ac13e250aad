/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-answered.h"

#include "trk-duration.h"
#include "trk-format.h"
#include "trk-text.h"

#define LONGEST_ABSENCE (32 * 24 * TRK_HOUR)

static GPtrArray *
gaps_of (TrkSession *session)
{
  TrkStore *store = trk_session_store (session, TRK_STORE_READ, NULL);
  TrkInstant now = trk_session_now (session);
  GPtrArray *gaps = NULL;

  if (store != NULL)
    gaps = trk_store_gaps (store, (TrkPeriod){ now - LONGEST_ABSENCE, TRK_NEVER }, NULL);
  return gaps != NULL ? gaps : g_ptr_array_new_with_free_func ((GDestroyNotify) trk_gap_free);
}

GPtrArray *
trk_unanswered (TrkSession *session)
{
  GPtrArray *gaps = gaps_of (session);

  for (guint i = gaps->len; i > 0; i--)
    if (((const TrkGap *) gaps->pdata[i - 1])->answer != TRK_ANSWER_NONE)
      g_ptr_array_remove_index (gaps, i - 1);
  return gaps;
}

/* What was booked in its place, NULL nothing. */
static char *
booked (TrkSession *session, const TrkGap *gap)
{
  TrkStore *store = trk_session_store (session, TRK_STORE_READ, NULL);
  g_autoptr (GPtrArray) entries =
      store != NULL ? trk_store_entries (store, gap->period, NULL) : NULL;

  if (entries == NULL || entries->len == 0 || gap->answer != TRK_ANSWER_WORKED)
    return NULL;
  return trk_text_line (((const TrkEntry *) entries->pdata[0])->title, 200);
}

static void
say (TrkSession *session, const TrkGap *gap)
{
  TrkAlmanac almanac = trk_session_almanac (session);
  g_autofree char *span = trk_format_span (almanac.zone, gap->period);
  g_autofree char *length = trk_duration_format (trk_period_length (gap->period));
  g_autofree char *title = booked (session, gap);

  trk_session_say (session, "%s  %s %s%s%s", span, length, trk_answer_to_string (gap->answer),
                   title != NULL ? ", " : "", title != NULL ? title : "");
}

void
trk_answered_say (TrkSession *session, const GPtrArray *asked)
{
  g_autoptr (GPtrArray) gaps = gaps_of (session);

  for (guint i = 0; i < asked->len; i++)
    for (guint j = 0; j < gaps->len; j++)
      {
        const TrkGap *before = asked->pdata[i], *gap = gaps->pdata[j];

        if (gap->number == before->number && gap->answer != TRK_ANSWER_NONE)
          say (session, gap);
      }
}
