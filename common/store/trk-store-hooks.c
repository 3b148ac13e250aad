/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-store-private.h"

#define KEPT 10000   /* runs; whatever the clock says, it does not decide what goes */
#define TOLD "hook " /* rows of meta: and what was told */

/* What is too old goes first: a run that is there is never tried again, which would double it. */
gboolean
trk_store_add_hook_run (TrkStore *store, TrkHookRun *run, GError **error)
{
  if (!trk_db_run (store->db, error,
                   "DELETE FROM hook_run WHERE number < ?1 + (SELECT max (number) FROM hook_run)",
                   "i", (gint64) 2 - KEPT)
      || !trk_db_run (
          store->db, error,
          "INSERT INTO hook_run (at, hook, program, block, length, ended, status, output)"
          " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
          "isssisis", run->at, run->hook, run->program, run->block_id, run->length,
          trk_hook_end_to_string (run->ended), (gint64) run->status, run->output))
    return FALSE;
  run->number = trk_db_last_rowid (store->db);
  return TRUE;
}

static gboolean
read_end (TrkQuery *query, int column, TrkHookEnd *end, GError **error)
{
  const char *word = trk_query_text (query, column);

  return trk_hook_end_from_string (word, end) || trk_store_bad_word ("end of a hook", word, error);
}

static TrkHookRun *
read_run (TrkQuery *query, GError **error)
{
  g_autoptr (TrkHookRun) run = g_new0 (TrkHookRun, 1);

  run->number = trk_query_int (query, 0);
  run->at = trk_query_int (query, 1);
  run->hook = trk_query_dup (query, 2);
  run->program = trk_query_dup (query, 3);
  run->block_id = trk_query_dup (query, 4);
  run->length = trk_query_int (query, 5);
  run->status = (int) trk_query_int (query, 7);
  run->output = trk_query_dup (query, 8);
  return read_end (query, 6, &run->ended, error) ? g_steal_pointer (&run) : NULL;
}

static GPtrArray *
read_runs (TrkQuery *query, GError **error)
{
  g_autoptr (GPtrArray) runs = g_ptr_array_new_with_free_func ((GDestroyNotify) trk_hook_run_free);

  if (query == NULL)
    return NULL;
  while (trk_query_next (query))
    {
      TrkHookRun *run = read_run (query, error);

      if (run == NULL)
        {
          trk_query_free (query);
          return NULL;
        }
      g_ptr_array_add (runs, run);
    }
  return trk_query_end (query, error) ? g_steal_pointer (&runs) : NULL;
}

#define COLUMNS "number, at, hook, program, block, length, ended, status, output"

GPtrArray *
trk_store_hook_runs (TrkStore *store, TrkPeriod period, GError **error)
{
  return read_runs (trk_db_query (store->db, error,
                                  "SELECT " COLUMNS " FROM hook_run"
                                  " WHERE at >= ?1 AND at < ?2 ORDER BY at, number",
                                  "ii", period.start, period.end),
                    error);
}

GPtrArray *
trk_store_last_hook_runs (TrkStore *store, GError **error)
{
  return read_runs (trk_db_query (store->db, error,
                                  "SELECT " COLUMNS " FROM hook_run WHERE number IN"
                                  " (SELECT max (number) FROM hook_run GROUP BY hook, program)"
                                  " ORDER BY at, number",
                                  ""),
                    error);
}

/* -- What was told ----------------------------------------------------------------------------- */

gboolean
trk_store_tell_hook (TrkStore *store, const char *what, gboolean begins, GError **error)
{
  static const char insert[] = "INSERT INTO meta SELECT '" TOLD "' || ?1,"
                               " CAST (1 + ifnull (max (CAST (value AS INTEGER)), 0) AS TEXT)"
                               " FROM meta WHERE name GLOB '" TOLD "*'"
                               " ON CONFLICT (name) DO NOTHING";

  /* One day takes the place of the other. */
  if (begins && g_str_has_prefix (what, "day ")
      && !trk_db_run (store->db, error, "DELETE FROM meta WHERE name GLOB '" TOLD "day *'", ""))
    return FALSE;
  return trk_db_run (store->db, error,
                     begins ? insert : "DELETE FROM meta WHERE name = '" TOLD "' || ?1", "s", what);
}

GPtrArray *
trk_store_told_hooks (TrkStore *store, GError **error)
{
  g_autoptr (GPtrArray) told = g_ptr_array_new_with_free_func (g_free);
  TrkQuery *query = trk_db_query (store->db, error,
                                  "SELECT substr (name, 1 + length ('" TOLD "')) FROM meta"
                                  " WHERE name GLOB '" TOLD "*' ORDER BY CAST (value AS INTEGER)",
                                  "");

  if (query == NULL)
    return NULL;
  while (trk_query_next (query))
    g_ptr_array_add (told, trk_query_dup (query, 0));
  return trk_query_end (query, error) ? g_steal_pointer (&told) : NULL;
}
