/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-store-private.h"

#include "trk-error.h"

static TrkGap *
read_gap (TrkQuery *query, GError **error)
{
  g_autoptr (TrkGap) gap = trk_gap_new ();

  gap->number = trk_query_int (query, 0);
  gap->id = trk_query_dup (query, 1);
  gap->period.start = trk_query_int (query, 2);
  gap->period.end = trk_query_int (query, 3);
  gap->block_id = trk_query_dup (query, 6);
  if (!trk_reason_from_string (trk_query_text (query, 4), &gap->reason))
    {
      trk_store_bad_word ("reason", trk_query_text (query, 4), error);
      return NULL;
    }
  if (!trk_answer_from_string (trk_query_text (query, 5), &gap->answer))
    {
      trk_store_bad_word ("answer", trk_query_text (query, 5), error);
      return NULL;
    }
  return g_steal_pointer (&gap);
}

static gint
compare_starts (gconstpointer a, gconstpointer b)
{
  const TrkGap *x = *(const TrkGap *const *) a, *y = *(const TrkGap *const *) b;

  if (x->period.start != y->period.start)
    return x->period.start < y->period.start ? -1 : 1;
  return x->number < y->number ? -1 : x->number > y->number;
}

/* A gap that reaches into the period begins at most the longest gap's length before it; the ones
 * that last are found by an index of their own (+: not by their start), and end as
 * TRK_STORE_END() has it. */
#define GAPS                                                                                       \
  "SELECT number, id, start, end, reason, answer, block FROM gap"                                  \
  " WHERE end < 9223372036854775807 AND start < ?3"                                                \
  " AND start > ?2 - (SELECT max (end - start) FROM gap WHERE end < 9223372036854775807)"          \
  " UNION ALL SELECT number, gap.id, start,"                                                       \
  " CASE machine WHEN ?1 THEN end ELSE max (start, mark) END, reason, answer, block"               \
  " FROM gap CROSS JOIN machine ON machine.id = machine"                                           \
  " WHERE end = 9223372036854775807 AND +start < ?3"

GPtrArray *
trk_store_gaps (TrkStore *store, TrkPeriod period, GError **error)
{
  g_autoptr (GPtrArray) gaps = g_ptr_array_new_with_free_func ((GDestroyNotify) trk_gap_free);
  const char *machine = trk_store_machine (store, FALSE, error);
  TrkQuery *query = machine == NULL ? NULL
                                    : trk_db_query (store->db, error, GAPS, "sii", machine,
                                                    period.start, period.end);

  if (query == NULL)
    return NULL;
  while (trk_query_next (query))
    {
      g_autoptr (TrkGap) gap = read_gap (query, error);

      if (gap == NULL)
        {
          trk_query_free (query);
          return NULL;
        }
      if (gap->period.end > MAX (gap->period.start, period.start))
        g_ptr_array_add (gaps, g_steal_pointer (&gap));
    }
  g_ptr_array_sort (gaps, compare_starts);
  return trk_query_end (query, error) ? g_steal_pointer (&gaps) : NULL;
}

static gboolean
refuse_second_open (TrkStore *store, const TrkGap *gap, GError **error)
{
  gboolean found;
  TrkQuery *query;

  if (gap->period.end != TRK_NEVER)
    return TRUE;
  query = trk_db_query (store->db, error,
                        "SELECT 1 FROM gap WHERE machine = ?1 AND number <> ?2"
                        " AND end = 9223372036854775807",
                        "si", store->machine, gap->number);
  if (query == NULL)
    return FALSE;
  found = trk_query_next (query);
  if (!trk_query_end (query, error))
    return FALSE;
  if (found)
    g_set_error_literal (error, TRK_ERROR, TRK_ERROR_CONFLICT, "a gap lasts already");
  return !found;
}

gboolean
trk_store_add_gap (TrkStore *store, TrkGap *gap, GError **error)
{
  g_autofree char *id = NULL;

  gap->number = 0;
  if (!trk_store_ready (store, "gap", error) || !trk_store_add_machine (store, error)
      || !refuse_second_open (store, gap, error))
    return FALSE;
  id = trk_store_id_for (store, gap->id);
  if (!trk_db_run (store->db, error,
                   "INSERT INTO gap (id, machine, start, end, reason, answer, block)"
                   " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                   "ssiisss", id, store->machine, gap->period.start, gap->period.end,
                   trk_reason_to_string (gap->reason), trk_answer_to_string (gap->answer),
                   gap->block_id))
    return FALSE;
  trk_store_take_id (store, g_steal_pointer (&id), &gap->id, &gap->number);
  return TRUE;
}

gboolean
trk_store_update_gap (TrkStore *store, const TrkGap *gap, GError **error)
{
  return trk_store_ready (store, "gap", error) && trk_store_add_machine (store, error)
         && refuse_second_open (store, gap, error)
         && trk_db_run (store->db, error,
                        "UPDATE gap SET start = ?2, end = ?3, reason = ?4, answer = ?5, block = ?6"
                        " WHERE number = ?1",
                        "iiisss", gap->number, gap->period.start, gap->period.end,
                        trk_reason_to_string (gap->reason), trk_answer_to_string (gap->answer),
                        gap->block_id)
         && trk_store_changed (store, "gap", gap->number, error);
}

gboolean
trk_store_remove_gap (TrkStore *store, gint64 number, GError **error)
{
  return trk_store_ready (store, "gap", error)
         && trk_db_run (store->db, error, "DELETE FROM gap WHERE number = ?1", "i", number)
         && trk_store_changed (store, "gap", number, error);
}

/* -- Marks ------------------------------------------------------------------------------------- */

/* The mark itself is overwritten by the next one. */
static gboolean
keep_first_mark (TrkStore *store, TrkInstant now, GError **error)
{
  return trk_db_run (store->db, error,
                     "INSERT INTO meta SELECT 'first-mark', CAST (?1 AS TEXT)"
                     " WHERE NOT EXISTS (SELECT 1 FROM machine WHERE mark <> 0)"
                     " ON CONFLICT DO NOTHING",
                     "i", now);
}

gboolean
trk_store_mark (TrkStore *store, TrkInstant now, GError **error)
{
  const char *machine = trk_store_machine (store, TRUE, error);

  return machine != NULL && keep_first_mark (store, now, error)
         && trk_db_run (store->db, error,
                        "INSERT INTO machine (id, mark) VALUES (?1, ?2)"
                        " ON CONFLICT (id) DO UPDATE SET mark = excluded.mark",
                        "si", machine, now);
}

gboolean
trk_store_last_mark (TrkStore *store, TrkInstant *mark, GError **error)
{
  const char *machine = trk_store_machine (store, FALSE, error);
  TrkQuery *query;

  *mark = 0;
  if (machine == NULL)
    return FALSE;
  query = trk_db_query (store->db, error, "SELECT mark FROM machine WHERE id = ?1", "s", machine);
  if (query == NULL)
    return FALSE;
  if (trk_query_next (query))
    *mark = trk_query_int (query, 0);
  return trk_query_end (query, error);
}

/* -- The first trace --------------------------------------------------------------------------- */

#define FIRST_MARK "SELECT CAST (value AS INTEGER) FROM meta WHERE name = 'first-mark'"
/* A log whose first mark nobody kept has the blocks that were copied into it first. Where a daemon
 * runs that has marked nothing yet, blocks say what it found, not since when. */
#define FIRST_BLOCK                                                                                \
  "SELECT min (start) FROM block WHERE NOT EXISTS (SELECT 1 FROM daemon_run)"                      \
  " OR EXISTS (SELECT 1 FROM machine WHERE mark <> 0)"
#define FIRST_RUN "SELECT start FROM daemon_run ORDER BY number LIMIT 1"
/* What changed files alone (a calendar was added) says nothing of time that was kept. */
#define FIRST_COMMAND                                                                              \
  "SELECT at FROM command WHERE EXISTS (SELECT 1 FROM journal WHERE command = command.number"      \
  " AND source <> '" TRK_STORE_FILE "') ORDER BY number LIMIT 1"
/* By machine, as the index has them. What was written down by hand afterwards speaks for its own
 * time only: nobody kept what lies between it and the command that wrote it. */
#define FIRST_ENTRIES                                                                              \
  "SELECT (SELECT start FROM entry WHERE entry.machine = machine.id AND evidence <> 'manual'"      \
  " ORDER BY start LIMIT 1) FROM machine"

/* Moves @trace back to the earliest that @sql selects, if any. Several short statements: SQLite
 * takes twice as long to prepare the one that they would make. */
static gboolean
move_back (TrkStore *store, const char *sql, TrkInstant *trace, GError **error)
{
  TrkQuery *query = trk_db_query (store->db, error, sql, "");

  if (query == NULL)
    return FALSE;
  while (trk_query_next (query))
    if (!trk_query_is_null (query, 0))
      *trace = MIN (*trace, trk_query_int (query, 0));
  return trk_query_end (query, error);
}

gboolean
trk_store_first_trace (TrkStore *store, TrkInstant *trace, GError **error)
{
  *trace = TRK_NEVER;
  return move_back (store, FIRST_MARK, trace, error)
         && (*trace != TRK_NEVER || move_back (store, FIRST_BLOCK, trace, error))
         && move_back (store, FIRST_COMMAND, trace, error)
         && move_back (store, FIRST_ENTRIES, trace, error)
         && move_back (store, FIRST_RUN, trace, error);
}
