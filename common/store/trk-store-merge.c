/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-store-private.h"

#include "trk-error.h"

/* Undo of a command whose rows the daemon has changed since. Nothing is lost by it: each change is
 * in the journal, under the undo, and redo takes the undo back. */

/* -- What goes --------------------------------------------------------------------------------- */

#define NOT_BY_COMMAND_SINCE                                                                       \
  "number IN (SELECT row FROM journal JOIN command ON command.number = journal.command"            \
  "           WHERE journal.command > ?1 AND before IS NULL AND (actor = 'daemon' OR act <> 'do')" \
  "           AND source = "

/* What was started by hand went on after each absence, and when its end was taken back, in a new
 * entry: all of them are that start's, and so are the absences between. */
static gboolean
drop_continuation (TrkStore *store, gint64 command, const TrkStep *step, GError **error)
{
  return trk_db_run (store->db, error,
                     "DELETE FROM entry WHERE block IS NULL"
                     " AND json_extract (?2, '$.block') IS NULL AND json_extract (?2, '$.end') = ?3"
                     " AND title = json_extract (?2, '$.title')"
                     " AND kind = json_extract (?2, '$.kind')"
                     " AND task IS json_extract (?2, '$.task')"
                     " AND " NOT_BY_COMMAND_SINCE "'entry')",
                     "isi", command, step->expected, TRK_NEVER)
         && trk_db_run (store->db, error,
                        "DELETE FROM gap WHERE block IS NULL"
                        " AND json_extract (?2, '$.block') IS NULL"
                        " AND json_extract (?2, '$.end') = ?3"
                        " AND start >= json_extract (?2, '$.start')"
                        " AND " NOT_BY_COMMAND_SINCE "'gap')",
                        "isi", command, step->expected, TRK_NEVER);
}

/* The time that the daemon kept for a task stays, without it. */
static gboolean
remove_row (TrkStore *store, gint64 command, const TrkStep *step, GError **error)
{
  if (g_str_equal (step->table, "entry") && !drop_continuation (store, command, step, error))
    return FALSE;
  if (g_str_equal (step->table, "task")
      && !trk_db_run (store->db, error, "UPDATE entry SET task = NULL WHERE task = ?1", "i",
                      step->row))
    return FALSE;
  return trk_store_delete_row (store, step, error);
}

/* -- What comes back --------------------------------------------------------------------------- */

/* What @step changes, without what it leaves as it was: that may have got another value since. */
static char *
difference (TrkStore *store, const TrkStep *step, GError **error)
{
  TrkQuery *query =
      trk_db_query (store->db, error,
                    "SELECT json_group_object (key, wanted.value) FROM json_each (?2) AS wanted"
                    " LEFT JOIN json_each (?1) AS expected USING (key)"
                    " WHERE expected.value IS NOT wanted.value",
                    "ss", step->expected, step->wanted);
  g_autofree char *changes = NULL;

  if (query == NULL)
    return NULL;
  if (trk_query_next (query))
    changes = trk_query_dup (query, 0);
  return trk_query_end (query, error) ? g_steal_pointer (&changes) : NULL;
}

/* The time of an entry with what @step makes of it, and whether it is of this machine: only ours
 * are in each other's way. One that would be open again although something else of its machine has
 * begun meanwhile ends there. */
static gboolean
period_of (TrkStore *store, const TrkStep *step, TrkPeriod *period, gboolean *ours, GError **error)
{
  const char *machine = trk_store_machine (store, TRUE, error);
  TrkQuery *query;

  if (machine == NULL)
    return FALSE;
  query = trk_db_query (
      store->db, error,
      "WITH now AS (SELECT ifnull (json_extract (?2, '$.start'), entry.start) AS start,"
      "                    ifnull (json_extract (?2, '$.end'), entry.end) AS end,"
      "                    ifnull (json_extract (?2, '$.machine'), entry.machine) AS machine"
      "             FROM (SELECT 1) LEFT JOIN entry ON number = ?1)"
      "SELECT start, CASE WHEN end < ?3 THEN end ELSE ifnull ((SELECT min (other.start)"
      "  FROM entry AS other WHERE other.machine = now.machine AND other.start >= now.start"
      "  AND number <> ?1), ?3) END, machine = ?4 FROM now",
      "isis", step->row, step->wanted, TRK_NEVER, machine);
  if (query == NULL)
    return FALSE;
  if (trk_query_next (query))
    {
      *period = (TrkPeriod){ trk_query_int (query, 0), trk_query_int (query, 1) };
      *ours = trk_query_int (query, 2) != 0;
    }
  return trk_query_end (query, error);
}

/* An entry has a reason for its end when it has one, and only then. */
static gboolean
set_period (TrkStore *store, TrkStep *step, TrkPeriod period, GError **error)
{
  TrkQuery *query =
      trk_db_query (store->db, error,
                    "SELECT json_set (?2, '$.end', ?3, '$.end_reason', CASE WHEN ?3 < ?4 THEN"
                    " coalesce (json_extract (?2, '$.end_reason'),"
                    "           (SELECT end_reason FROM entry WHERE number = ?1), 'edit') END)",
                    "isii", step->row, step->wanted, period.end, TRK_NEVER);
  g_autofree char *wanted = NULL;

  if (query == NULL)
    return FALSE;
  if (trk_query_next (query))
    wanted = trk_query_dup (query, 0);
  if (!trk_query_end (query, error))
    return FALSE;
  g_free (step->wanted);
  step->wanted = g_steal_pointer (&wanted);
  return TRUE;
}

/* What the user takes back has the place; what the daemon wrote there meanwhile yields. */
static gboolean
make_room (TrkStore *store, TrkStep *step, GError **error)
{
  TrkPeriod period = { 0, 0 };
  gboolean ours = TRUE;

  if (g_str_equal (step->table, "block_state"))
    return trk_db_run (store->db, error,
                       "DELETE FROM block_state WHERE number <> ?1"
                       " AND block = json_extract (?2, '$.block')",
                       "is", step->row, step->wanted);
  if (!g_str_equal (step->table, "entry"))
    return TRUE;
  return period_of (store, step, &period, &ours, error) && set_period (store, step, period, error)
         && (!ours || trk_store_clear_period (store, period, step->row, error));
}

static gboolean
is_there (TrkStore *store, const TrkStep *step, gboolean *there, GError **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT 1 FROM %s WHERE number = ?1", step->table);
  TrkQuery *query = trk_db_query (store->db, error, sql, "i", step->row);

  if (query == NULL)
    return FALSE;
  *there = trk_query_next (query);
  return trk_query_end (query, error);
}

static gboolean
bring_back (TrkStore *store, const TrkStep *step, gboolean there, GError **error)
{
  TrkStep changed = { step->table, step->row, step->expected, NULL };
  gboolean done;

  changed.wanted = there ? difference (store, step, error) : g_strdup (step->wanted);
  done = changed.wanted != NULL && make_room (store, &changed, error)
         && (there ? trk_store_update_row (store, &changed, error)
                   : trk_store_insert_row (store, &changed, error));
  g_free (changed.wanted);
  return done;
}

/* -- Both -------------------------------------------------------------------------------------- */

/* What a person calls the row of @step: by its title, where it has one. */
static char *
name_of (TrkStore *store, const TrkStep *step, GError **error)
{
  TrkQuery *query =
      trk_db_query (store->db, error,
                    "SELECT coalesce (json_extract (?1, '$.title'), json_extract (?1, '$.name'))",
                    "s", step->wanted != NULL ? step->wanted : step->expected);
  g_autofree char *title = NULL;
  const char *what = g_str_equal (step->table, "block_state")   ? "the state of a block"
                     : g_str_equal (step->table, "sprint_task") ? "the task of a sprint"
                     : g_str_equal (step->table, "gap")         ? "the time away"
                                                                : step->table;

  if (query == NULL)
    return NULL;
  if (trk_query_next (query))
    title = trk_query_dup (query, 0);
  if (!trk_query_end (query, error))
    return NULL;
  if (title == NULL || *title == '\0')
    return g_strdup_printf ("%s %" G_GINT64_FORMAT, what, step->row);
  return g_strdup_printf ("%s %" G_GINT64_FORMAT " (%s)", what, step->row, title);
}

/* A step that could not be taken. */
typedef struct
{
  const TrkStep *step;
  char *why; /* (owned) */
} Left;

static void
left_clear (gpointer data)
{
  g_free (((Left *) data)->why);
}

/* A step that makes or removes the whole row makes good what steps of it before could not. */
static void
forget_left (GArray *left, const TrkStep *step)
{
  if (step->wanted != NULL && step->expected != NULL)
    return;
  for (guint i = left->len; i > 0; i--)
    {
      const TrkStep *other = g_array_index (left, Left, i - 1).step;

      if (other->row == step->row && g_str_equal (other->table, step->table))
        g_array_remove_index (left, i - 1);
    }
}

/* A later step may have brought it about all the same: what it put back took the time that was to
 * be free. */
static gboolean
came_about (TrkStore *store, const TrkStep *step, gboolean *came, GError **error)
{
  TrkQuery *query;

  *came = FALSE;
  if (step->wanted == NULL || !g_str_equal (step->table, "entry"))
    return TRUE;
  query = trk_db_query (store->db, error,
                        "SELECT 1 FROM entry WHERE number = ?1"
                        " AND start = json_extract (?2, '$.start')"
                        " AND end = json_extract (?2, '$.end')",
                        "is", step->row, step->wanted);
  if (query == NULL)
    return FALSE;
  *came = trk_query_next (query);
  return trk_query_end (query, error);
}

/* SQLite's own words about a unique row say nothing to a person. */
static gboolean
tell_left (TrkStore *store, const GArray *left, GPtrArray *words, GError **error)
{
  for (guint i = 0; i < left->len; i++)
    {
      const Left *one = &g_array_index (left, Left, i);
      g_autofree char *name = name_of (store, one->step, error);
      gboolean came;

      if (name == NULL || !came_about (store, one->step, &came, error))
        return FALSE;
      if (came)
        continue;
      g_ptr_array_add (words, g_strdup_printf ("%s: %s", name,
                                               g_str_has_prefix (one->why, "UNIQUE")
                                                   ? "another one has its place"
                                                   : one->why));
    }
  return TRUE;
}

/* A row that the daemon has removed since is gone, unless it was this command that removed it. */
static gboolean
merge_row (TrkStore *store, gint64 command, const TrkStep *step, GError **error)
{
  gboolean there;

  if (!is_there (store, step, &there, error) || !trk_store_may_change (store, step, error))
    return FALSE;
  if (step->wanted == NULL)
    return remove_row (store, command, step, error);
  if (there || step->expected == NULL)
    return bring_back (store, step, there, error);
  g_set_error_literal (error, TRK_ERROR, TRK_ERROR_CONFLICT, "it is not there any more");
  return FALSE;
}

/* A row for which there is no place any more stays as it is, and that is said: better than that
 * nothing before it could ever be undone. */
static gboolean
merge_step (TrkStore *store, gint64 command, const TrkStep *step, GArray *left, GError **error)
{
  g_autoptr (GError) failure = NULL;
  Left one = { step, NULL };

  if (g_str_equal (step->table, TRK_STORE_FILE))
    return trk_store_take_file (store, step->expected, step->wanted, error);
  if (!trk_db_exec (store->db, "SAVEPOINT step", error))
    return FALSE;
  if (merge_row (store, command, step, &failure))
    {
      forget_left (left, step);
      return trk_db_exec (store->db, "RELEASE step", error);
    }
  if (g_error_matches (failure, TRK_ERROR, TRK_ERROR_CONFLICT))
    {
      one.why = g_strdup (failure->message);
      g_array_append_val (left, one);
      return trk_db_exec (store->db, "ROLLBACK TO step; RELEASE step", error);
    }
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

gboolean
trk_store_merge (
    TrkStore *store, gint64 command, const GPtrArray *steps, GPtrArray *left, GError **error)
{
  g_autoptr (GArray) not_taken = g_array_new (FALSE, FALSE, sizeof (Left));

  g_array_set_clear_func (not_taken, left_clear);
  /* Before the first savepoint, which would take the triggers away. */
  if (!trk_store_journal_table (store, "entry", error)
      || !trk_store_journal_table (store, "gap", error))
    return FALSE;
  for (guint i = 0; i < steps->len; i++)
    if (!merge_step (store, command, steps->pdata[i], not_taken, error))
      return FALSE;
  return tell_left (store, not_taken, left, error);
}
