/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "store-fixtures.h"

#include "trk-store-private.h"

TrkStore *
open_memory (void)
{
  g_autoptr (GError) error = NULL;
  TrkStore *store = trk_store_open (NULL, TRK_STORE_MEMORY, &error);

  g_assert_no_error (error);
  return store;
}

TrkEntry *
make_entry (int start, int end)
{
  TrkEntry *entry = trk_entry_new ();

  entry->period.start = AT (start);
  entry->period.end = end == OPEN ? TRK_NEVER : AT (end);
  entry->title = g_strdup ("work");
  entry->start_reason = TRK_REASON_BY_HAND;
  entry->end_reason = TRK_REASON_STOP;
  entry->evidence = TRK_EVIDENCE_MANUAL;
  return entry;
}

void
begin (TrkStore *store, const char *text)
{
  g_autoptr (GError) error = NULL;

  trk_store_begin (store, TRK_ACTOR_USER, text, MONDAY, &error);
  g_assert_no_error (error);
}

void
commit (TrkStore *store)
{
  g_autoptr (GError) error = NULL;

  trk_store_commit (store, &error);
  g_assert_no_error (error);
}

gint64
add_entry (TrkStore *store, int start, int end)
{
  g_autoptr (TrkEntry) entry = make_entry (start, end);
  g_autoptr (GError) error = NULL;

  begin (store, "log add");
  trk_store_add_entry (store, entry, &error);
  g_assert_no_error (error);
  commit (store);
  return entry->number;
}

gint64
add_task (TrkStore *store, const char *title)
{
  g_autoptr (TrkTask) task = trk_task_new ();
  g_autoptr (GError) error = NULL;

  task->title = g_strdup (title);
  begin (store, "task add");
  trk_store_add_task (store, task, &error);
  g_assert_no_error (error);
  commit (store);
  return task->number;
}

TrkBlock *
make_block (const char *id, int start, int end)
{
  TrkBlock *block = trk_block_new ();

  block->id = g_strdup (id);
  block->title = g_strdup ("Focus");
  block->kind_why = g_strdup ("rule 1");
  block->period = (TrkPeriod){ AT (start), AT (end) };
  block->planned = (TrkPeriod){ AT (start) - 1, AT (end) + 1 };
  return block;
}

void
put_block (TrkStore *store, const TrkBlock *block)
{
  g_autoptr (GError) error = NULL;

  begin (store, "plan");
  trk_store_put_block (store, block, &error);
  g_assert_no_error (error);
  commit (store);
}

/* Every column of every row of @table, by number. Values are quoted as SQL has them, so that NULL,
 * '' and 0 differ, and numbers come with all their digits. */
static void
dump_table (TrkStore *store, const char *table, GString *text)
{
  g_autoptr (GString) columns = g_string_new (NULL);
  g_autofree char *sql = NULL;
  TrkQuery *query =
      trk_db_query (store->db, NULL, "SELECT name FROM pragma_table_info (?1)", "s", table);

  while (trk_query_next (query))
    g_string_append_printf (columns, " || ' ' || quote (\"%s\")", trk_query_text (query, 0));
  g_assert_true (trk_query_end (query, NULL));
  sql = g_strdup_printf ("SELECT '%s'%s FROM %s ORDER BY number", table, columns->str, table);
  query = trk_db_query (store->db, NULL, sql, "");
  g_assert_nonnull (query);
  while (trk_query_next (query))
    g_string_append_printf (text, "%s\n", trk_query_text (query, 0));
  g_assert_true (trk_query_end (query, NULL));
}

char *
dump (TrkStore *store)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; trk_store_journaled[i] != NULL; i++)
    dump_table (store, trk_store_journaled[i], text);
  return g_string_free (text, FALSE);
}

void
undo (TrkStore *store)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) changes = trk_store_undo (store, 1, MONDAY, &error);

  g_assert_no_error (error);
  g_assert_true (((TrkChange *) changes->pdata[0])->undone);
}

void
redo (TrkStore *store)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) changes = trk_store_redo (store, 1, MONDAY, &error);

  g_assert_no_error (error);
  g_assert_false (((TrkChange *) changes->pdata[0])->undone);
}
