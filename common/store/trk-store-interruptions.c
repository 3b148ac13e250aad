/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-store-private.h"

static TrkInterruption *
read_interruption (TrkQuery *query, GError **error)
{
  g_autoptr (TrkInterruption) interruption = trk_interruption_new ();

  interruption->number = trk_query_int (query, 0);
  interruption->id = trk_query_dup (query, 1);
  interruption->at = trk_query_int (query, 2);
  interruption->program = trk_query_dup (query, 3);
  interruption->block_id = trk_query_dup (query, 4);
  interruption->answered = trk_query_int (query, 6);
  interruption->note = trk_query_dup (query, 7);
  interruption->until = trk_query_int (query, 8);
  if (trk_guard_answer_from_string (trk_query_text (query, 5), &interruption->answer))
    return g_steal_pointer (&interruption);
  trk_store_bad_word ("answer", trk_query_text (query, 5), error);
  return NULL;
}

#define COLUMNS                                                                                    \
  "SELECT number, id, at, program, block, answer, answered, note, until FROM interruption "

/* Takes @query. */
static GPtrArray *
collect (TrkQuery *query, GError **error)
{
  g_autoptr (GPtrArray) found =
      g_ptr_array_new_with_free_func ((GDestroyNotify) trk_interruption_free);

  if (query == NULL)
    return NULL;
  while (trk_query_next (query))
    {
      TrkInterruption *interruption = read_interruption (query, error);

      if (interruption == NULL)
        {
          trk_query_free (query);
          return NULL;
        }
      g_ptr_array_add (found, interruption);
    }
  return trk_query_end (query, error) ? g_steal_pointer (&found) : NULL;
}

GPtrArray *
trk_store_interruptions (TrkStore *store, TrkPeriod period, GError **error)
{
  return collect (trk_db_query (store->db, error,
                                COLUMNS "WHERE at >= ?1 AND at < ?2 ORDER BY at, number", "ii",
                                period.start, period.end),
                  error);
}

GPtrArray *
trk_store_block_interruptions (TrkStore *store, const char *block_id, GError **error)
{
  return collect (trk_db_query (store->db, error, COLUMNS "WHERE block = ?1 ORDER BY at, number",
                                "s", block_id),
                  error);
}

gboolean
trk_store_add_interruption (TrkStore *store, TrkInterruption *interruption, GError **error)
{
  g_autofree char *id = NULL;

  if (!trk_store_ready (store, "interruption", error) || !trk_store_add_machine (store, error))
    return FALSE;
  id = trk_store_id_for (store, interruption->id);
  if (!trk_db_run (store->db, error,
                   "INSERT INTO interruption (id, machine, at, program, block, answer, answered,"
                   " note, until) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
                   "ssisssisi", id, store->machine, interruption->at, interruption->program,
                   interruption->block_id, trk_guard_answer_to_string (interruption->answer),
                   interruption->answered, interruption->note, interruption->until))
    return FALSE;
  trk_store_take_id (store, g_steal_pointer (&id), &interruption->id, &interruption->number);
  return TRUE;
}

/* The one that began at @asked->at with that program, on this machine; 0: there is none. */
static gboolean
find_interruption (TrkStore *store, const TrkInterruption *asked, gint64 *number, GError **error)
{
  const char *machine = trk_store_machine (store, FALSE, error);
  TrkQuery *query = machine != NULL
                        ? trk_db_query (store->db, error,
                                        "SELECT number FROM interruption"
                                        " WHERE at = ?1 AND program = ?2 AND machine = ?3"
                                        " ORDER BY number DESC LIMIT 1",
                                        "iss", asked->at, asked->program, machine)
                        : NULL;

  *number = 0;
  if (query == NULL)
    return FALSE;
  *number = trk_query_next (query) ? trk_query_int (query, 0) : 0;
  return trk_query_end (query, error);
}

gboolean
trk_store_answer_interruption (TrkStore *store, const TrkInterruption *answered, GError **error)
{
  gint64 number = answered->number;

  if (!trk_store_ready (store, "interruption", error)
      || (number == 0 && !find_interruption (store, answered, &number, error)))
    return FALSE;
  return trk_db_run (store->db, error,
                     "UPDATE interruption SET answer = ?2, answered = ?3, note = ?4, until = ?5"
                     " WHERE number = ?1",
                     "isisi", number, trk_guard_answer_to_string (answered->answer),
                     answered->answered, answered->note, answered->until)
         && trk_store_changed (store, "interruption", number, error);
}
