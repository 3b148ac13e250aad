/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-store-private.h"

static const char *const ends[] = { "exit", "signal", "timeout", "refused" };

void
trk_hook_run_free (TrkHookRun *run)
{
  if (run == NULL)
    return;
  g_free (run->hook);
  g_free (run->program);
  g_free (run->block_id);
  g_free (run->output);
  g_free (run);
}

gboolean
trk_store_add_hook_run (TrkStore *store, TrkHookRun *run, GError **error)
{
  if (!trk_db_run (store->db, error,
                   "INSERT INTO hook_run (at, hook, program, block, length, ended, status, output)"
                   " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                   "isssisis", run->at, run->hook, run->program, run->block_id, run->length,
                   ends[run->ended], (gint64) run->status, run->output))
    return FALSE;
  run->number = trk_db_last_rowid (store->db);
  return TRUE;
}

static gboolean
read_end (TrkQuery *query, int column, TrkHookEnd *end, GError **error)
{
  const char *word = trk_query_text (query, column);

  for (guint i = 0; word != NULL && i < G_N_ELEMENTS (ends); i++)
    if (g_str_equal (word, ends[i]))
      {
        *end = (TrkHookEnd) i;
        return TRUE;
      }
  return trk_store_bad_word ("end of a hook", word, error);
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

GPtrArray *
trk_store_hook_runs (TrkStore *store, TrkPeriod period, GError **error)
{
  g_autoptr (GPtrArray) runs = g_ptr_array_new_with_free_func ((GDestroyNotify) trk_hook_run_free);
  TrkQuery *query =
      trk_db_query (store->db, error,
                    "SELECT number, at, hook, program, block, length, ended, status, output"
                    " FROM hook_run WHERE at >= ?1 AND at < ?2 ORDER BY at, number",
                    "ii", period.start, period.end);

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
