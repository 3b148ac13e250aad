/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-index-private.h"

/* What doctor and the list of calendars tell of each of them. */

void
trk_index_summary_free (TrkIndexSummary *summary)
{
  if (summary == NULL)
    return;
  g_free (summary->calendar);
  g_free (summary);
}

static TrkInstant
newest_file (TrkQuery *query, int column)
{
  g_autoptr (TrkListing) listing = trk_index_read_listing (query, column);
  gint64 newest = 0;

  for (guint i = 0; listing != NULL && i < listing->names->len; i++)
    newest = MAX (newest, listing->stamps[i].mtime);
  return newest / 1000;
}

#define SUMMARIES                                                                                  \
  "SELECT name, (SELECT coalesce (sum (left_out), 0) FROM diagnostics WHERE calendar = c.name),"   \
  " names, stamps FROM calendars c ORDER BY name"

static gboolean
read_calendars (TrkIndex *index, GPtrArray *summaries, GError **error)
{
  TrkQuery *query = trk_db_query (index->db, error, SUMMARIES, "");

  if (query == NULL)
    return FALSE;
  while (trk_query_next (query))
    {
      TrkIndexSummary *summary = g_new0 (TrkIndexSummary, 1);

      summary->calendar = trk_query_dup (query, 0);
      summary->left_out = (guint) trk_query_int (query, 1);
      summary->newest = newest_file (query, 2);
      g_ptr_array_add (summaries, summary);
    }
  return trk_query_end (query, error);
}

/* Sources whose numbers follow each other, all of one calendar: nearly always a calendar is one
 * run, and its events are counted at once and not file by file. */
typedef struct
{
  TrkIndexSummary *summary; /* NULL: of no calendar that is known */
  gint64 first, last;
} Run;

static TrkIndexSummary *
summary_of (const GPtrArray *summaries, const char *calendar)
{
  for (guint i = 0; i < summaries->len; i++)
    {
      TrkIndexSummary *summary = g_ptr_array_index (summaries, i);

      if (g_str_equal (summary->calendar, calendar))
        return summary;
    }
  return NULL;
}

/* Adds a source to the last of @runs when it has the same calendar, else to a new one. */
static void
take_source (GArray *runs, const GPtrArray *summaries, gint64 source, const char *calendar)
{
  Run *run = runs->len > 0 ? &g_array_index (runs, Run, runs->len - 1) : NULL;

  if (run == NULL || run->summary == NULL || !g_str_equal (run->summary->calendar, calendar))
    {
      g_array_set_size (runs, runs->len + 1);
      run = &g_array_index (runs, Run, runs->len - 1);
      *run = (Run){ .summary = summary_of (summaries, calendar), .first = source };
    }
  run->last = source;
  if (run->summary != NULL)
    run->summary->files++;
}

static GArray *
read_runs (TrkIndex *index, const GPtrArray *summaries, GError **error)
{
  g_autoptr (GArray) runs = g_array_new (FALSE, FALSE, sizeof (Run));
  TrkQuery *query =
      trk_db_query (index->db, error, "SELECT id, calendar FROM sources ORDER BY id", "");

  if (query == NULL)
    return NULL;
  while (trk_query_next (query))
    take_source (runs, summaries, trk_query_int (query, 0), trk_query_text (query, 1));
  return trk_query_end (query, error) ? g_steal_pointer (&runs) : NULL;
}

static gboolean
count_events (TrkIndex *index, const Run *run, GError **error)
{
  TrkQuery *query;

  if (run->summary == NULL)
    return TRUE;
  query = trk_db_query (index->db, error,
                        "SELECT count (*) FROM " TRK_INDEX_EVENTS_FROM ("?1", "?2") " WHERE used",
                        "ii", run->first, run->last);
  if (query == NULL)
    return FALSE;
  if (trk_query_next (query))
    run->summary->events += (guint) trk_query_int (query, 0);
  return trk_query_end (query, error);
}

GPtrArray *
trk_index_summaries (TrkIndex *index, GError **error)
{
  g_autoptr (GPtrArray) summaries =
      g_ptr_array_new_with_free_func ((GDestroyNotify) trk_index_summary_free);
  g_autoptr (GArray) runs = NULL;

  if (!read_calendars (index, summaries, error))
    return NULL;
  runs = read_runs (index, summaries, error);
  if (runs == NULL)
    return NULL;
  for (guint i = 0; i < runs->len; i++)
    if (!count_events (index, &g_array_index (runs, Run, i), error))
      return NULL;
  return g_steal_pointer (&summaries);
}
