/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-answered.h"

#include "trk-duration.h"
#include "trk-format.h"
#include "trk-gap-left.h"
#include "trk-reason-words.h"
#include "trk-text.h"

#define LONGEST_ABSENCE (32 * 24 * TRK_HOUR)

/* NULL with @error: the log cannot be read. */
static GPtrArray *
gaps_of (TrkSession *session, GError **error)
{
  TrkInstant now = trk_session_now (session);
  TrkStore *store;

  if (!trk_session_read_log (session, &store, error))
    return NULL;
  if (store == NULL)
    return g_ptr_array_new_with_free_func ((GDestroyNotify) trk_gap_free);
  return trk_store_gaps (store, (TrkPeriod){ now - LONGEST_ABSENCE, TRK_NEVER }, error);
}

/* The entries in the time of @gaps; NULL with @error. */
static GPtrArray *
written_in (TrkSession *session, const GPtrArray *gaps, GError **error)
{
  TrkStore *store = trk_session_store (session, TRK_STORE_READ, NULL); /* opened for the gaps */
  TrkPeriod period = { TRK_NEVER, 0 };

  for (guint i = 0; i < gaps->len; i++)
    {
      TrkPeriod gap = ((const TrkGap *) gaps->pdata[i])->period;

      period = (TrkPeriod){ MIN (period.start, gap.start), MAX (period.end, gap.end) };
    }
  return gaps->len > 0 ? trk_store_entries (store, period, error) : g_ptr_array_new ();
}

GPtrArray *
trk_unanswered (TrkSession *session, GError **error)
{
  g_autoptr (GPtrArray) gaps = gaps_of (session, error);
  g_autoptr (GPtrArray) written = NULL;

  for (guint i = gaps != NULL ? gaps->len : 0; i > 0; i--)
    if (((const TrkGap *) gaps->pdata[i - 1])->answer != TRK_ANSWER_NONE)
      g_ptr_array_remove_index (gaps, i - 1);
  written = gaps != NULL ? written_in (session, gaps, error) : NULL;
  if (written == NULL)
    return NULL;
  trk_gaps_leave_free (gaps, written);
  return g_steal_pointer (&gaps);
}

/* What was booked in its place, @title NULL nothing. */
static gboolean
find_booked (TrkSession *session, TrkPeriod period, TrkAnswer answer, char **title, GError **error)
{
  TrkStore *store = trk_session_store (session, TRK_STORE_READ, NULL); /* opened for the gaps */
  g_autoptr (GPtrArray) entries =
      store != NULL ? trk_store_entries (store, period, error) : g_ptr_array_new ();

  if (entries == NULL)
    return FALSE;
  if (entries->len > 0 && answer == TRK_ANSWER_WORKED)
    *title = trk_text_line (((const TrkEntry *) entries->pdata[0])->title, 200);
  return TRUE;
}

static gboolean
say (TrkSession *session, TrkPeriod period, TrkAnswer answer, GError **error)
{
  TrkAlmanac almanac = trk_session_almanac (session);
  g_autofree char *span = trk_format_span (almanac.zone, period);
  g_autofree char *length = trk_duration_format (trk_period_length (period));
  g_autofree char *title = NULL;

  if (!find_booked (session, period, answer, &title, error))
    return FALSE;
  trk_session_say (session, "%s  %s %s%s%s", span, length, trk_answer_said (answer),
                   title != NULL ? ", " : "", title != NULL ? title : "");
  return TRUE;
}

static gboolean
say_all (TrkSession *session, const GPtrArray *asked, GError **error)
{
  g_autoptr (GPtrArray) gaps = gaps_of (session, error);

  if (gaps == NULL)
    return FALSE;
  for (guint i = 0; i < asked->len; i++)
    for (guint j = 0; j < gaps->len; j++)
      {
        const TrkGap *before = asked->pdata[i], *gap = gaps->pdata[j];

        if (gap->number == before->number && gap->answer != TRK_ANSWER_NONE
            && !say (session, before->period, gap->answer, error))
          return FALSE;
      }
  return TRUE;
}

/* The answer itself is safe by now, so that a failure here is a warning. */
void
trk_answered_say (TrkSession *session, const GPtrArray *asked)
{
  g_autoptr (GError) error = NULL;

  if (!say_all (session, asked, &error))
    trk_session_warn (session, "answered, but what became of it cannot be read: %s",
                      error->message);
}
