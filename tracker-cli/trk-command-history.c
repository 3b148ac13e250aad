/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-columns.h"
#include "trk-commands.h"
#include "trk-error.h"
#include "trk-format.h"
#include "trk-json-print.h"
#include "trk-parse.h"

/* tracker undo, redo, history: every change of the log can be taken back. */

enum
{
  SHOWN = 20 /* changes that history shows without --all */
};

typedef TrkChange *(*Step) (TrkStore *store, TrkInstant now, GError **error);

static gboolean
count_of (const TrkArgs *args, gint64 *count, GError **error)
{
  *count = 1;
  return trk_args_count (args) == 0
         || trk_parse_number (trk_args_word (args, 0), "changes", count, error);
}

/* Does @step @count times. What was done before one fails stays done, and was told. */
static gboolean
repeat (TrkSession *session,
        Step step,
        const char *word,
        const char *back,
        gint64 count,
        GError **error)
{
  g_autoptr (GError) local = NULL;
  TrkStore *store = trk_session_store (session, TRK_STORE_READ, &local);
  gint64 done = 0;

  if (store != NULL)
    store = trk_session_store (session, TRK_STORE_WRITE, &local);
  while (store != NULL && done < count)
    {
      g_autoptr (TrkChange) change = step (store, trk_session_now (session), &local);

      if (change == NULL)
        break;
      trk_session_say (session, "%s: %s — tracker %s %s", word, change->text, back,
                       g_str_equal (back, "undo") ? "takes it back" : "brings it back");
      done++;
    }
  if (done > 0)
    trk_session_tell_daemon (session);
  if (local == NULL && store == NULL)
    g_set_error (&local, TRK_ERROR, TRK_ERROR_STATE, "nothing was logged yet");
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
run_undo (TrkSession *session, const TrkArgs *args, GError **error)
{
  gint64 count;

  return count_of (args, &count, error)
         && repeat (session, trk_store_undo, "undone", "redo", count, error);
}

static gboolean
run_redo (TrkSession *session, const TrkArgs *args, GError **error)
{
  gint64 count;

  return count_of (args, &count, error)
         && repeat (session, trk_store_redo, "done again", "undo", count, error);
}

static void
print_json (TrkSession *session, const GPtrArray *changes)
{
  g_autoptr (TrkJson) builder = trk_json_new ();

  trk_json_begin_array (builder);
  for (guint i = 0; i < changes->len; i++)
    {
      const TrkChange *change = g_ptr_array_index (changes, i);

      trk_json_begin_object (builder);
      trk_json_int (builder, "number", change->number);
      trk_json_instant (builder, "at", change->at);
      trk_json_string (builder, "by", change->actor == TRK_ACTOR_USER ? "user" : "daemon");
      trk_json_string (builder, "command", change->text);
      trk_json_int (builder, "changes", change->changes);
      trk_json_bool (builder, "undone", change->undone);
      trk_json_end_object (builder);
    }
  trk_json_end_array (builder);
  trk_json_print (session, builder);
}

static void
print_text (TrkSession *session, const GPtrArray *changes)
{
  g_autoptr (TrkColumns) columns = trk_columns_new ("llfo");
  TrkAlmanac almanac = trk_session_almanac (session);
  TrkDay today = trk_almanac_day (&almanac, trk_session_now (session));

  for (guint i = 0; i < changes->len; i++)
    {
      const TrkChange *change = g_ptr_array_index (changes, i);
      g_autofree char *at = trk_format_moment (&almanac, change->at, today);
      g_autofree char *rows = trk_format_count (change->changes, "change", NULL);

      trk_columns_add (columns, change->undone ? TRK_PAINT_DIM : TRK_PAINT_PLAIN, at,
                       change->actor == TRK_ACTOR_DAEMON ? "daemon" : NULL, change->text,
                       change->undone ? "undone" : rows);
    }
  trk_columns_print (columns, session);
}

static gboolean
run_history (TrkSession *session, const TrkArgs *args, GError **error)
{
  gboolean all = trk_args_has (args, "all");
  g_autoptr (GPtrArray) changes = NULL;
  g_autoptr (GError) local = NULL;
  TrkStore *store = trk_session_store (session, TRK_STORE_READ, &local);

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  changes =
      store != NULL ? trk_store_history (store, all ? 0 : SHOWN, all, error) : g_ptr_array_new ();
  if (changes == NULL)
    return FALSE;
  if (trk_session_json (session))
    print_json (session, changes);
  else if (changes->len == 0)
    trk_session_say (session, "Nothing was changed yet.");
  else
    print_text (session, changes);
  return TRUE;
}

static const TrkOption history_options[] = {
  { "all", 'a', NULL, "Everything, also what the daemon did by itself" },
  TRK_OPTION_JSON,
  { NULL },
};

const TrkCommand trk_commands_history[] = {
  { "undo", "[COUNT]", 0, 1, "Take back the last change, or the last few",
    "Takes back whole commands of yours, the newest first: an entry, a task, a sprint, a metric. "
    "What the daemon logs by itself is not undone, only corrected (tracker log edit).",
    NULL, run_undo },
  { "redo", "[COUNT]", 0, 1, "Do again what was undone", NULL, NULL, run_redo },
  { "history", "", 0, 0, "Show the changes, the newest first",
    "JSON: an array of number, at, by (user or daemon), command, changes (rows), undone.",
    history_options, run_history },
  { NULL },
};
