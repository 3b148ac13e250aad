/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-store-private.h"

gboolean
trk_store_begin_run (TrkStore *store, TrkInstant now, gint64 *number, GError **error)
{
  if (!trk_db_run (store->db, error, "INSERT INTO daemon_run (start, last) VALUES (?1, ?1)", "i",
                   now))
    return FALSE;
  *number = trk_db_last_rowid (store->db);
  return TRUE;
}

/* Set back, the clock takes no sign of life away. */
gboolean
trk_store_touch_run (TrkStore *store, gint64 number, TrkInstant now, GError **error)
{
  return trk_db_run (store->db, error,
                     "UPDATE daemon_run SET last = max (last, ?2) WHERE number = ?1", "ii", number,
                     now);
}

gboolean
trk_store_end_run (TrkStore *store, gint64 number, TrkInstant now, GError **error)
{
  return trk_db_run (store->db, error,
                     "UPDATE daemon_run SET last = max (last, ?2), ended = 1 WHERE number = ?1",
                     "ii", number, now);
}

/* A mark may be later than the last batch of a run that crashed, not than one that ended. */
gboolean
trk_store_ended_in_order (TrkStore *store, TrkInstant mark, gboolean *ended, GError **error)
{
  TrkQuery *query =
      trk_db_query (store->db, error,
                    "SELECT coalesce (min (ended), 0) FROM daemon_run WHERE last >= ?1", "i", mark);

  *ended = FALSE;
  if (query == NULL)
    return FALSE;
  if (trk_query_next (query))
    *ended = trk_query_int (query, 0) != 0;
  return trk_query_end (query, error);
}

GArray *
trk_store_runs (TrkStore *store, TrkPeriod period, GError **error)
{
  TrkQuery *query = trk_db_query (store->db, error,
                                  "SELECT start, last FROM daemon_run"
                                  " WHERE start < ?2 AND last >= ?1 ORDER BY start",
                                  "ii", period.start, period.end);
  g_autoptr (GArray) runs = g_array_new (FALSE, FALSE, sizeof (TrkPeriod));

  if (query == NULL)
    return NULL;
  while (trk_query_next (query))
    {
      TrkPeriod run = { trk_query_int (query, 0), trk_query_int (query, 1) };

      g_array_append_val (runs, run);
    }
  return trk_query_end (query, error) ? g_steal_pointer (&runs) : NULL;
}

/* The instant that @sql selects for @at, 0 none. */
static gboolean
read_instant (TrkStore *store, const char *sql, TrkInstant at, TrkInstant *instant, GError **error)
{
  TrkQuery *query = trk_db_query (store->db, error, sql, "i", at);

  *instant = 0;
  if (query == NULL)
    return FALSE;
  if (trk_query_next (query))
    *instant = trk_query_int (query, 0);
  return trk_query_end (query, error);
}

/* An entry that was open at the last batch was closed later at the last mark; one that began after
 * that batch is the work of the next daemon. */
gboolean
trk_store_daemon_absence (TrkStore *store, TrkInstant at, TrkPeriod *absence, GError **error)
{
  TrkInstant before, entry, after;

  if (!read_instant (store, "SELECT max (last) FROM daemon_run WHERE start <= ?1", at, &before,
                     error)
      || !read_instant (store, "SELECT min (start) FROM daemon_run WHERE start > ?1", at, &after,
                        error)
      || !read_instant (store,
                        "SELECT coalesce (max (end), 0) FROM entry WHERE start <= ?1"
                        " AND end < 9223372036854775807",
                        before, &entry, error))
    return FALSE;
  *absence = (TrkPeriod){ 0, 0 };
  if (after == 0 || before > at || (before != 0 && entry > at))
    return TRUE;
  *absence = (TrkPeriod){ before != 0 ? MAX (before, MIN (entry, after)) : 0, after };
  return TRUE;
}
