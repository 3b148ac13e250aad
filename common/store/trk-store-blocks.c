/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-store-private.h"

#include "trk-error.h"

#include <string.h>

#define BLOCK_COLUMNS                                                                              \
  "block.id, calendar, title, checklist, location, link, kind, kind_why, block.start, block.end,"  \
  " planned_start, planned_end, leads, state.start, state.end, outcome, outcome_reason, note,"     \
  " notices, reminders, postponed, known"

/* "300000000 60000000"; NULL when the block has no alarms of its own, "" when it has none left. */
static char *
join_leads (const GArray *leads)
{
  GString *text;

  if (leads == NULL)
    return NULL;
  text = g_string_new (NULL);
  for (guint i = 0; i < leads->len; i++)
    g_string_append_printf (text, "%s%" G_GINT64_FORMAT, i > 0 ? " " : "",
                            g_array_index (leads, TrkDuration, i));
  return g_string_free (text, FALSE);
}

static GArray *
split_leads (const char *text)
{
  g_auto (GStrv) words = NULL;
  GArray *leads;

  if (text == NULL)
    return NULL;
  words = g_strsplit (text, " ", -1);
  leads = g_array_new (FALSE, FALSE, sizeof (TrkDuration));
  for (guint i = 0; words[i] != NULL; i++)
    {
      TrkDuration lead = g_ascii_strtoll (words[i], NULL, 10);

      if (words[i][0] != '\0')
        g_array_append_val (leads, lead);
    }
  return leads;
}

static TrkBlock *
read_block (TrkQuery *query, GError **error)
{
  g_autoptr (TrkBlock) block = trk_block_new ();

  block->id = trk_query_dup (query, 0);
  block->calendar = trk_query_dup (query, 1);
  block->title = trk_query_dup (query, 2);
  block->checklist = trk_query_dup (query, 3);
  block->location = trk_query_dup (query, 4);
  block->link = trk_query_dup (query, 5);
  block->kind_why = trk_query_dup (query, 7);
  block->period.start = trk_query_int (query, 8);
  block->period.end = trk_query_int (query, 9);
  block->planned.start = trk_query_int (query, 10);
  block->planned.end = trk_query_int (query, 11);
  block->leads = split_leads (trk_query_text (query, 12));
  block->known = trk_query_int (query, 21);
  if (trk_kind_from_string (trk_query_text (query, 6), &block->kind))
    return g_steal_pointer (&block);
  trk_store_bad_word ("kind", trk_query_text (query, 6), error);
  return NULL;
}

/* What the column of notices holds above those: the log is older than their names. */
enum
{
  BEGUN_EARLY = 1 << 24,
  RUNS_UNPLANNED = 1 << 25,
  TAKEN = 1 << 26,
  STOPPED = 1 << 27,
  LEFT = 1 << 28,
  KEPT_ON = 1 << 29,
  FLAGS = BEGUN_EARLY | RUNS_UNPLANNED | TAKEN | STOPPED | LEFT | KEPT_ON
};

static void
read_notices (TrkBlockState *state, gint64 column)
{
  state->notices = (guint) column & ~(guint) FLAGS;
  state->begun_early = (column & BEGUN_EARLY) != 0;
  state->runs_unplanned = (column & RUNS_UNPLANNED) != 0;
  state->taken = (column & TAKEN) != 0;
  state->stopped = (column & STOPPED) != 0;
  state->left = (column & LEFT) != 0;
  state->kept_on = (column & KEPT_ON) != 0;
}

static gint64
notices_column (const TrkBlockState *state)
{
  return (gint64) state->notices | (state->begun_early ? BEGUN_EARLY : 0)
         | (state->runs_unplanned ? RUNS_UNPLANNED : 0) | (state->taken ? TAKEN : 0)
         | (state->stopped ? STOPPED : 0) | (state->left ? LEFT : 0)
         | (state->kept_on ? KEPT_ON : 0);
}

/* The columns are NULL when nothing is known of the block. */
static gboolean
read_state (TrkQuery *query, TrkBlockState *state, GError **error)
{
  if (trk_query_is_null (query, 15))
    return TRUE;
  state->start = trk_query_int (query, 13);
  state->end = trk_query_int (query, 14);
  state->note = trk_query_dup (query, 17);
  read_notices (state, trk_query_int (query, 18));
  state->reminders = (guint) trk_query_int (query, 19);
  state->postponed = (guint) trk_query_int (query, 20);
  if (!trk_outcome_from_string (trk_query_text (query, 15), &state->outcome))
    return trk_store_bad_word ("outcome", trk_query_text (query, 15), error);
  if (!trk_reason_from_string (trk_query_text (query, 16), &state->outcome_reason))
    return trk_store_bad_word ("reason", trk_query_text (query, 16), error);
  return TRUE;
}

static TrkBlockRecord *
read_record (TrkQuery *query, GError **error)
{
  g_autoptr (TrkBlock) block = read_block (query, error);
  g_autoptr (TrkBlockRecord) record = NULL;

  if (block == NULL)
    return NULL;
  record = trk_block_record_new (block, NULL);
  return read_state (query, record->state, error) ? g_steal_pointer (&record) : NULL;
}

static gint
compare_records (gconstpointer a, gconstpointer b)
{
  const TrkBlock *x = (*(const TrkBlockRecord *const *) a)->block;
  const TrkBlock *y = (*(const TrkBlockRecord *const *) b)->block;

  if (x->period.start != y->period.start)
    return x->period.start < y->period.start ? -1 : 1;
  return strcmp (x->id, y->id);
}

/* A block that reaches into the period begins at most the longest block's length before it, which
 * an index of lengths tells: the cost does not grow with the log. */
#define BLOCKS                                                                                     \
  "SELECT " BLOCK_COLUMNS " FROM block LEFT JOIN block_state AS state ON state.block = block.id"   \
  " WHERE block.start < ?2 AND block.start > ?1 - (SELECT max (end - start) FROM block)"

/* What @query finds, but blocks that end by @after. */
static GPtrArray *
read_records (TrkQuery *query, TrkInstant after, GError **error)
{
  g_autoptr (GPtrArray) records =
      g_ptr_array_new_with_free_func ((GDestroyNotify) trk_block_record_free);

  if (query == NULL)
    return NULL;
  while (trk_query_next (query))
    {
      TrkBlockRecord *record;

      if (trk_query_int (query, 9) <= after)
        continue;
      record = read_record (query, error);
      if (record == NULL)
        {
          trk_query_free (query);
          return NULL;
        }
      g_ptr_array_add (records, record);
    }
  g_ptr_array_sort (records, compare_records);
  return trk_query_end (query, error) ? g_steal_pointer (&records) : NULL;
}

GPtrArray *
trk_store_blocks (TrkStore *store, TrkPeriod period, GError **error)
{
  return read_records (trk_db_query (store->db, error, BLOCKS, "ii", period.start, period.end),
                       period.start, error);
}

/* Few blocks have an end of their own, and an index has those alone. */
#define LEFT_BLOCKS                                                                                \
  "SELECT " BLOCK_COLUMNS " FROM block_state AS state JOIN block ON block.id = state.block"        \
  " WHERE state.end <> 0 AND state.end >= ?1 AND state.end < ?2"                                   \
  " AND outcome NOT IN ('none', 'cancelled')"

GPtrArray *
trk_store_blocks_left (TrkStore *store, TrkPeriod period, GError **error)
{
  return read_records (trk_db_query (store->db, error, LEFT_BLOCKS, "ii", period.start, period.end),
                       G_MININT64, error);
}

gboolean
trk_store_block_is_kept (TrkStore *store, const char *block_id)
{
  g_autoptr (TrkQuery) query = trk_db_query (
      store->db, NULL, "SELECT NOT EXISTS (SELECT 1 FROM entry WHERE block = ?1)", "s", block_id);

  return query == NULL || !trk_query_next (query) || trk_query_int (query, 0) == 0;
}

gboolean
trk_store_put_block (TrkStore *store, const TrkBlock *block, GError **error)
{
  g_autofree char *leads = join_leads (block->leads);

  return trk_store_writing (store, error)
         && trk_db_run (store->db, error,
                        "INSERT INTO block (id, calendar, title, checklist, location, link, kind,"
                        " kind_why, start, end, planned_start, planned_end, leads, known)"
                        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)"
                        " ON CONFLICT (id) DO UPDATE SET calendar = excluded.calendar,"
                        " title = excluded.title, checklist = excluded.checklist,"
                        " location = excluded.location, link = excluded.link,"
                        " kind = excluded.kind, kind_why = excluded.kind_why,"
                        " start = excluded.start, end = excluded.end,"
                        " planned_start = excluded.planned_start,"
                        " planned_end = excluded.planned_end, leads = excluded.leads,"
                        " known = excluded.known",
                        "ssssssssiiiisi", block->id, block->calendar,
                        block->title != NULL ? block->title : "", block->checklist, block->location,
                        block->link, trk_kind_to_string (block->kind), block->kind_why,
                        block->period.start, block->period.end, block->planned.start,
                        block->planned.end, leads, block->known);
}

gboolean
trk_store_forget_block (TrkStore *store, const char *block_id, GError **error)
{
  return trk_store_writing (store, error)
         && trk_db_run (store->db, error,
                        "DELETE FROM block WHERE id = ?1"
                        " AND NOT EXISTS (SELECT 1 FROM block_state WHERE block = ?1)"
                        " AND NOT EXISTS (SELECT 1 FROM entry WHERE block = ?1)"
                        " AND NOT EXISTS (SELECT 1 FROM gap WHERE block = ?1)",
                        "s", block_id);
}

static gboolean
refuse_unknown (TrkStore *store, const char *block_id, GError **error)
{
  TrkQuery *query =
      trk_db_query (store->db, error, "SELECT 1 FROM block WHERE id = ?1", "s", block_id);
  gboolean found;

  if (query == NULL)
    return FALSE;
  found = trk_query_next (query);
  if (!trk_query_end (query, error))
    return FALSE;
  if (!found)
    g_set_error (error, TRK_ERROR, TRK_ERROR_NOT_FOUND, "there is no block “%s” in the log",
                 block_id);
  return found;
}

gboolean
trk_store_set_block_state (TrkStore *store, const TrkBlockState *state, GError **error)
{
  return trk_store_ready (store, "block_state", error)
         && refuse_unknown (store, state->block_id, error)
         && trk_db_run (store->db, error,
                        "INSERT INTO block_state (block, start, end, outcome, outcome_reason, note,"
                        " notices, reminders, postponed)"
                        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)"
                        " ON CONFLICT (block) DO UPDATE SET start = excluded.start,"
                        " end = excluded.end, outcome = excluded.outcome,"
                        " outcome_reason = excluded.outcome_reason, note = excluded.note,"
                        " notices = excluded.notices, reminders = excluded.reminders,"
                        " postponed = excluded.postponed",
                        "siisssiii", state->block_id, state->start, state->end,
                        trk_outcome_to_string (state->outcome),
                        trk_reason_to_string (state->outcome_reason), state->note,
                        notices_column (state), (gint64) state->reminders,
                        (gint64) state->postponed);
}
