/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-store-private.h"

#include "trk-error.h"

void
trk_change_free (TrkChange *change)
{
  if (change == NULL)
    return;
  g_clear_pointer (&change->left, g_ptr_array_unref);
  g_free (change->text);
  g_free (change);
}

#define CHANGE_COLUMNS                                                                             \
  "SELECT number, actor, text, at, state,"                                                         \
  " (SELECT count (*) FROM journal WHERE command = command.number) FROM command "

static TrkChange *
read_change (TrkQuery *query)
{
  TrkChange *change = g_new0 (TrkChange, 1);

  change->number = trk_query_int (query, 0);
  change->actor =
      g_str_equal (trk_query_text (query, 1), "user") ? TRK_ACTOR_USER : TRK_ACTOR_DAEMON;
  change->text = trk_query_dup (query, 2);
  change->at = trk_query_int (query, 3);
  change->undone = !g_str_equal (trk_query_text (query, 4), "done");
  change->changes = (guint) trk_query_int (query, 5);
  return change;
}

GPtrArray *
trk_store_history (TrkStore *store, guint limit, gboolean with_daemon, GError **error)
{
  const char *all = CHANGE_COLUMNS "WHERE act = 'do' ORDER BY number DESC LIMIT ?1";
  const char *own =
      CHANGE_COLUMNS "WHERE actor = 'user' AND act = 'do' ORDER BY number DESC LIMIT ?1";
  g_autoptr (GPtrArray) changes = g_ptr_array_new_with_free_func ((GDestroyNotify) trk_change_free);
  TrkQuery *query = trk_db_query (store->db, error, with_daemon ? all : own, "i",
                                  limit == 0 ? (gint64) -1 : (gint64) limit);

  if (query == NULL)
    return NULL;
  while (trk_query_next (query))
    g_ptr_array_add (changes, read_change (query));
  return trk_query_end (query, error) ? g_steal_pointer (&changes) : NULL;
}

/* The command that an undo (a redo) is about; NULL without @error when there is none. */
static TrkChange *
candidate (TrkStore *store, gboolean forward, GError **error)
{
  const char *newest = CHANGE_COLUMNS "WHERE actor = 'user' AND act = 'do' AND state = 'done'"
                                      " ORDER BY number DESC LIMIT 1";
  const char *undone = CHANGE_COLUMNS "WHERE state = 'undone' ORDER BY number LIMIT 1";
  g_autoptr (TrkChange) change = NULL;
  TrkQuery *query = trk_db_query (store->db, error, forward ? undone : newest, "");

  if (query == NULL)
    return NULL;
  if (trk_query_next (query))
    change = read_change (query);
  return trk_query_end (query, error) ? g_steal_pointer (&change) : NULL;
}

/* The undo is a command of its own, so that its changes stand in the journal too. */
static gboolean
write_command (TrkStore *store, const TrkChange *change, gboolean forward, GError **error)
{
  if (!trk_db_run (store->db, error,
                   "INSERT INTO command (actor, act, of, text, at)"
                   " VALUES ('user', ?1, ?2, ?3, ?4)",
                   "sisi", forward ? "redo" : "undo", change->number, store->text, store->now))
    return FALSE;
  store->command = trk_db_last_rowid (store->db);
  return trk_db_run (store->db, error, "UPDATE command SET state = ?1 WHERE number = ?2", "si",
                     forward ? "done" : "undone", change->number);
}

/* SQLite's own words about references say nothing to a person. */
static void
explain (const TrkChange *change, gboolean forward, GError **error)
{
  g_autoptr (GError) cause = g_steal_pointer (error);

  if (!g_error_matches (cause, TRK_ERROR, TRK_ERROR_CONFLICT))
    g_propagate_error (error, g_steal_pointer (&cause));
  else
    g_set_error (error, TRK_ERROR, TRK_ERROR_CONFLICT, "cannot %s “%s”: %s; nothing was changed",
                 forward ? "redo" : "undo", change->text,
                 !g_str_has_prefix (cause->message, "FOREIGN KEY") ? cause->message
                 : forward                                         ? "what it belongs to is gone"
                           : "something that came later belongs to it");
}

/* The files have followed, and the log has not: another try finds them as they should be. */
static void
explain_files (gboolean forward, GError **error)
{
  g_autoptr (GError) cause = g_steal_pointer (error);
  const char *word = forward ? "redo" : "undo";

  g_set_error (
      error, cause->domain, cause->code,
      "the calendar's file is as after the %s, the history is not; once it can be written, "
      "tracker %s again brings it there. In the log: %s",
      word, word, cause->message);
}

/* The newest of the command itself and what was undone and redone of it: that is what the log shows
 * of it now, and taking it back brings back what was before, with all that the daemon had done. */
static gboolean
newest_of (TrkStore *store, const TrkChange *change, gint64 *command, GError **error)
{
  TrkQuery *query = trk_db_query (store->db, error,
                                  "SELECT number FROM command WHERE number >= ?1"
                                  " AND (number = ?1 OR of = ?1) ORDER BY number DESC LIMIT 1",
                                  "i", change->number);

  if (query == NULL)
    return FALSE;
  *command = trk_query_next (query) ? trk_query_int (query, 0) : change->number;
  return trk_query_end (query, error);
}

static gboolean
replay_command (TrkStore *store, TrkChange *change, gboolean forward, GError **error)
{
  g_autoptr (GPtrArray) left = g_ptr_array_new_with_free_func (g_free);
  gint64 command;

  if (newest_of (store, change, &command, error) && write_command (store, change, forward, error)
      && trk_store_take_back (store, command, left, error)
      && trk_store_reopen_questions (store, error)
      && trk_store_time_gone (store, change->number, forward, &change->gone, error))
    {
      change->left = left->len > 0 ? g_steal_pointer (&left) : NULL;
      return TRUE;
    }
  explain (change, forward, error);
  return FALSE;
}

static void
refuse_count (guint count, guint there, gboolean forward, GError **error)
{
  const char *word = forward ? "redo" : "undo";

  if (there == 0)
    g_set_error (error, TRK_ERROR, TRK_ERROR_STATE, "there is nothing to %s", word);
  else
    g_set_error (error, TRK_ERROR, TRK_ERROR_STATE,
                 "there %s only %u to %s, not %u; nothing was changed", there == 1 ? "is" : "are",
                 there, word, count);
}

/* All in the transaction that is open; NULL with @error. */
static GPtrArray *
replay_commands (TrkStore *store, guint count, gboolean forward, GError **error)
{
  g_autoptr (GPtrArray) changes = g_ptr_array_new_with_free_func ((GDestroyNotify) trk_change_free);
  g_autoptr (GError) failure = NULL;

  while (changes->len < count)
    {
      TrkChange *change = candidate (store, forward, &failure);

      if (change == NULL)
        {
          if (failure == NULL)
            refuse_count (count, changes->len, forward, &failure);
          g_propagate_error (error, g_steal_pointer (&failure));
          return NULL;
        }
      g_ptr_array_add (changes, change);
      if (!replay_command (store, change, forward, error))
        return NULL;
      change->undone = !forward;
    }
  return g_steal_pointer (&changes);
}

/* Files first: they stay as they are when the log fails then, and are found so. */
static gboolean
commit_replay (TrkStore *store, const TrkChange *last, gboolean forward, GError **error)
{
  gboolean wrote;

  if (!trk_store_write_files (store, error))
    {
      explain (last, forward, error);
      return FALSE;
    }
  wrote = store->files != NULL;
  if (trk_db_commit (store->db, error))
    return TRUE;
  if (wrote)
    explain_files (forward, error);
  else
    explain (last, forward, error);
  return FALSE;
}

static GPtrArray *
undo_or_redo (TrkStore *store, guint count, gboolean forward, TrkInstant now, GError **error)
{
  g_autoptr (GPtrArray) changes = NULL;

  if (!trk_store_begin (store, TRK_ACTOR_USER, forward ? "redo" : "undo", now, error))
    return NULL;
  if (trk_store_begin_replay (store, error))
    changes = replay_commands (store, count, forward, error);
  if (changes != NULL
      && commit_replay (store, g_ptr_array_index (changes, changes->len - 1), forward, error))
    store->journaled_before = store->journaled;
  else
    g_clear_pointer (&changes, g_ptr_array_unref);
  trk_store_end_replay (store);
  trk_store_rollback (store); /* nothing is left to roll back after a commit */
  return g_steal_pointer (&changes);
}

GPtrArray *
trk_store_undo (TrkStore *store, guint count, TrkInstant now, GError **error)
{
  return undo_or_redo (store, count, FALSE, now, error);
}

GPtrArray *
trk_store_redo (TrkStore *store, guint count, TrkInstant now, GError **error)
{
  return undo_or_redo (store, count, TRUE, now, error);
}
