/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-store-private.h"

#include <stdio.h>
#include <stdlib.h>

/* Writes commands to a log and says on standard output what it was told is saved, so that somebody
 * who kills it or takes its disk away can compare.
 *
 * store-writer PATH LANE COUNT [undo]: COUNT commands (0: until it is killed) named "LANE-1" …,
 * each a task and an entry of that title; with "undo" each second is undone again, with "retry" a
 * command that failed is tried again, by the same connection, after a line on standard input.
 * store-writer PATH version N: an empty log as programs of version N made it.
 * store-writer PATH check: opens for writing and checks.   store-writer PATH read: reads only. */

#define LANE_MINUTES 1000000

static int
fail (const GError *error)
{
  fprintf (stderr, "%s\n", error->message);
  return 1;
}

static void
say (const char *what, int lane, int i)
{
  printf ("%s %d-%d\n", what, lane, i);
  fflush (stdout);
}

/* Two rows: half of it would show. */
static gboolean
write_rows (TrkStore *store, int lane, int i, GError **error)
{
  g_autoptr (TrkTask) task = trk_task_new ();
  g_autoptr (TrkEntry) entry = trk_entry_new ();

  task->title = g_strdup_printf ("%d-%d", lane, i);
  entry->title = g_strdup (task->title);
  entry->period.start = ((gint64) lane * LANE_MINUTES + i) * TRK_MINUTE;
  entry->period.end = entry->period.start + TRK_MINUTE;
  entry->start_reason = TRK_REASON_BY_HAND;
  entry->end_reason = TRK_REASON_STOP;
  if (!trk_store_add_task (store, task, error))
    return FALSE;
  entry->task = task->number;
  return trk_store_add_entry (store, entry, error);
}

static gboolean
write_command (TrkStore *store, int lane, int i, GError **error)
{
  g_autofree char *text = g_strdup_printf ("%d-%d", lane, i);

  if (!trk_store_begin (store, TRK_ACTOR_USER, text, i, error))
    return FALSE;
  if (write_rows (store, lane, i, error))
    return trk_store_commit (store, error);
  trk_store_rollback (store);
  return FALSE;
}

static gboolean
undo_command (TrkStore *store, int lane, int i, GError **error)
{
  g_autoptr (GPtrArray) changes = NULL;

  say ("undoing", lane, i);
  changes = trk_store_undo (store, 1, i, error);
  if (changes != NULL)
    say ("undone", lane, i);
  return changes != NULL;
}

static gboolean
may_try_again (GError **error)
{
  char line[8];

  fprintf (stderr, "%s\n", (*error)->message);
  fflush (stderr);
  g_clear_error (error);
  return fgets (line, sizeof line, stdin) != NULL;
}

static int
write_commands (TrkStore *store, int lane, int count, const char *how)
{
  gboolean with_undo = g_strcmp0 (how, "undo") == 0;
  gboolean with_retry = g_strcmp0 (how, "retry") == 0;
  g_autoptr (GError) error = NULL;

  for (int i = 1; count == 0 || i <= count; i++)
    {
      while (!write_command (store, lane, i, &error))
        if (!with_retry || !may_try_again (&error))
          return error != NULL ? fail (error) : 1;
      say ("saved", lane, i);
      if (with_undo && i % 2 == 0 && !undo_command (store, lane, i, &error))
        return fail (error);
    }
  return 0;
}

static int
check (TrkStore *store)
{
  g_autoptr (GError) error = NULL;
  gint64 entries, tasks;

  if (!trk_store_check (store, &error) || !trk_store_counts (store, &entries, &tasks, &error))
    return fail (error);
  printf ("%" G_GINT64_FORMAT " entries, %" G_GINT64_FORMAT " tasks\n", entries, tasks);
  return entries == tasks ? 0 : 1;
}

static int
make_version (const char *path, int version)
{
  TrkDbSchema schema = trk_store_schema;
  g_autoptr (GError) error = NULL;
  g_autoptr (TrkDb) db = NULL;

  schema.n_migrations = (guint) version;
  db = trk_db_open (path, TRK_DB_WRITE, &schema, &error);
  return db != NULL ? 0 : fail (error);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TrkStore) store = NULL;
  gboolean reading = argc == 3 && g_str_equal (argv[2], "read");

  if (argc < 3)
    return 2;
  if (argc == 4 && g_str_equal (argv[2], "version"))
    return make_version (argv[1], atoi (argv[3]));
  store = trk_store_open (argv[1], reading ? TRK_STORE_READ : TRK_STORE_WRITE, &error);
  if (store == NULL)
    return fail (error);
  if (argc == 3)
    return check (store);
  return write_commands (store, atoi (argv[2]), atoi (argv[3]), argv[4]);
}
