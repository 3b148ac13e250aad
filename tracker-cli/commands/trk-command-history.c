/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-calendar-journal.h"
#include "trk-calendar-leave.h"
#include "trk-columns.h"
#include "trk-commands.h"
#include "trk-duration.h"
#include "trk-error.h"
#include "trk-format.h"
#include "trk-history-why.h"
#include "trk-json-print.h"
#include "trk-parse.h"
#include "trk-text.h"

/* tracker undo, redo, history: every change of the log can be taken back. */

enum
{
  SHOWN = 20,        /* changes that history shows without --all */
  RECENT_MINUTES = 5 /* in which one knows what one did */
};

typedef GPtrArray *(*Step) (TrkStore *store, guint count, TrkInstant now, GError **error);

static gboolean
count_of (const TrkArgs *args, gint64 *count, GError **error)
{
  *count = 1;
  return trk_args_count (args) == 0
         || trk_parse_number (trk_args_word (args, 0), "changes", count, error);
}

/* The log for undo; NULL with @error, also when there is none. */
static TrkStore *
existing_log (TrkSession *session, GError **error)
{
  TrkStore *store;

  if (!trk_session_read_log (session, &store, error))
    return NULL;
  if (store != NULL)
    return trk_session_store (session, TRK_STORE_WRITE, error);
  g_set_error (error, TRK_ERROR, TRK_ERROR_STATE, "nothing was logged yet");
  return NULL;
}

/* What is not as it was is no success, though the rest is done. */
static gboolean
say_left (const GPtrArray *changes, GError **error)
{
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; i < changes->len; i++)
    {
      const TrkChange *change = g_ptr_array_index (changes, i);

      for (guint n = 0; change->left != NULL && n < change->left->len; n++)
        g_string_append_printf (words, "%s%s", words->len > 0 ? "; " : "",
                                (const char *) g_ptr_array_index (change->left, n));
    }
  if (words->len == 0)
    return TRUE;
  g_set_error (error, TRK_ERROR, TRK_ERROR_FAILED,
               "not put back: %s. The rest is done, and all of it stays in the history",
               words->str);
  return FALSE;
}

/* ", with the 25m kept since": what reports would miss. */
static char *
gone_words (const TrkChange *change)
{
  g_autofree char *length = NULL;

  if (change->gone < TRK_MINUTE)
    return g_strdup ("");
  length = trk_duration_format (change->gone);
  return g_strdup_printf (", with the %s kept since", length);
}

/* "undone in part, of 16:11: resume, with the 25m kept since — tracker redo brings it back". When
 * it was is told of what is not of just now: who undoes one step too many sees it. */
static void
say_change (TrkSession *session, const TrkChange *change, const char *word, const char *back)
{
  TrkAlmanac almanac = trk_session_almanac (session);
  TrkDay today = trk_almanac_day (&almanac, trk_session_now (session));
  g_autofree char *at = trk_format_moment (&almanac, change->at, today);
  g_autofree char *gone = gone_words (change);
  gboolean recent = trk_session_now (session) - change->at < RECENT_MINUTES * TRK_MINUTE;

  trk_session_say (session, "%s%s%s%s: %s%s — tracker %s", word,
                   change->left != NULL ? " in part" : "", recent ? "" : ", of ", recent ? "" : at,
                   change->text, gone, back);
}

/* Does @step for that many changes: all or none. @back: the command for the other way. */
static gboolean
run_step (TrkSession *session,
          const TrkArgs *args,
          Step step,
          const char *word,
          const char *back,
          GError **error)
{
  g_autoptr (GPtrArray) changes = NULL;
  g_autofree char *runs = NULL;
  g_auto (GStrv) other = g_strsplit (back, " ", 2);
  g_autofree char *command = g_strconcat ("tracker ", other[0], NULL);
  TrkConfig *config = trk_session_config (session, NULL);
  gint64 count;
  TrkStore *store;

  if (!count_of (args, &count, error))
    return FALSE;
  store = existing_log (session, error);
  if (store != NULL)
    trk_store_set_files (store, trk_calendar_journal_follow, NULL);
  if (store != NULL)
    changes = step (store, (guint) MIN (count, G_MAXUINT), trk_session_now (session), error);
  if (changes == NULL)
    return FALSE;
  for (guint i = 0; i < changes->len; i++)
    say_change (session, g_ptr_array_index (changes, i), word, back);
  runs = trk_calendar_leave_words (session, config, command);
  trk_session_tell_daemon (session);
  if (runs != NULL)
    trk_session_say (session, "%s", runs);
  return say_left (changes, error);
}

static gboolean
run_undo (TrkSession *session, const TrkArgs *args, GError **error)
{
  return run_step (session, args, trk_store_undo, "undone", "redo brings it back", error);
}

static gboolean
run_redo (TrkSession *session, const TrkArgs *args, GError **error)
{
  return run_step (session, args, trk_store_redo, "done again", "undo takes it back", error);
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

/* What made the daemon write, in words; its own word is in the JSON. */
static const char *
words_of (const TrkChange *change)
{
  static const char *const rows[][2] = {
    { "step", "what was due" },
    { "plan", "the plan changed" },
    { "presence", "you came or went" },
    { "guard", "the focus guard asked" },
    { "call", "a call or a presentation began" },
    { "call over", "a call or a presentation ended" },
    { "reload", "taken up again: back up, or changed by others" },
    { "shutdown", "trackerd was ended" },
  };

  for (gsize i = 0; change->actor == TRK_ACTOR_DAEMON && i < G_N_ELEMENTS (rows); i++)
    if (g_str_equal (change->text, rows[i][0]))
      return rows[i][1];
  return change->text;
}

static void
print_text (TrkSession *session, const GPtrArray *changes)
{
  g_autoptr (TrkColumns) columns = trk_columns_new ("llto");
  TrkAlmanac almanac = trk_session_almanac (session);
  TrkDay today = trk_almanac_day (&almanac, trk_session_now (session));

  for (guint i = 0; i < changes->len; i++)
    {
      const TrkChange *change = g_ptr_array_index (changes, i);
      g_autofree char *at = trk_format_moment (&almanac, change->at, today);
      g_autofree char *rows = trk_format_count (change->changes, "change", NULL);

      trk_columns_add (columns, change->undone ? TRK_PAINT_DIM : TRK_PAINT_PLAIN, at,
                       change->actor == TRK_ACTOR_DAEMON ? "daemon" : NULL, words_of (change),
                       change->undone ? "undone" : rows);
    }
  trk_columns_print (columns, session);
}

/* Of which changes is told: those of @period, all of them; without one the newest. */
typedef struct
{
  TrkPeriod period; /* empty: without one */
  TrkSpan span;
  gboolean all; /* also what the daemon did by itself */
} Asked;

static void
keep_those_of (GPtrArray *changes, TrkPeriod period)
{
  for (guint i = changes->len; i > 0; i--)
    if (!trk_period_contains (period, ((const TrkChange *) changes->pdata[i - 1])->at))
      g_ptr_array_remove_index (changes, i - 1);
}

/* The newest SHOWN stay; TRUE: there were more. */
static gboolean
drop_older (GPtrArray *changes)
{
  if (changes->len <= SHOWN)
    return FALSE;
  g_ptr_array_set_size (changes, SHOWN);
  return TRUE;
}

/* The changes that are asked for; NULL with @error. */
static GPtrArray *
find_changes (TrkSession *session, const Asked *asked, GError **error)
{
  gboolean bounded = !trk_period_is_empty (asked->period);
  GPtrArray *changes;
  TrkStore *store;

  if (!trk_session_read_log (session, &store, error))
    return NULL;
  if (store == NULL)
    return g_ptr_array_new ();
  changes = trk_store_history (store, asked->all || bounded ? 0 : SHOWN + 1, asked->all, error);
  if (changes != NULL && bounded)
    keep_those_of (changes, asked->period);
  return changes;
}

static void
say_nothing (TrkSession *session, const Asked *asked)
{
  TrkAlmanac almanac = trk_session_almanac (session);
  g_autofree char *when =
      trk_format_empty (&almanac, asked->period, asked->span, trk_session_now (session));

  if (trk_period_is_empty (asked->period))
    trk_session_say (session, "Nothing was changed yet.");
  else
    trk_session_say (session, "Nothing was changed %s.", when);
}

static gboolean
show_changes (TrkSession *session, const Asked *asked, GError **error)
{
  g_autoptr (GPtrArray) changes = find_changes (session, asked, error);
  gboolean more;

  if (changes == NULL)
    return FALSE;
  more = !asked->all && trk_period_is_empty (asked->period) && drop_older (changes);
  if (trk_session_json (session))
    print_json (session, changes);
  else if (changes->len == 0)
    say_nothing (session, asked);
  else
    print_text (session, changes);
  if (more && !trk_session_json (session))
    trk_session_say (session, "Older ones, and what the daemon did: tracker history --all");
  return TRUE;
}

/* What is no day is, of all that history knows, the name of a block. */
static gboolean
understand (TrkSession *session, const char *what, Asked *asked, GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autofree char *typed = NULL, *line = NULL;

  if (*what == '\0' || trk_session_when (session, what, &asked->period, &asked->span, &problem))
    return TRUE;
  line = trk_text_line (what, 60);
  typed = g_shell_quote (line);
  g_set_error (error, TRK_ERROR, TRK_ERROR_USAGE,
               "%s; what was told of a block: tracker history --why %s", problem->message, typed);
  return FALSE;
}

static gboolean
run_history (TrkSession *session, const TrkArgs *args, GError **error)
{
  Asked asked = { .all = trk_args_has (args, "all") };
  g_autofree char *what = trk_args_join (args, 0);

  if (trk_args_has (args, "why"))
    return trk_history_why (session, what, error);
  return understand (session, what, &asked, error) && show_changes (session, &asked, error);
}

static const TrkOption history_options[] = {
  { "why", 'w', NULL, "Tell what was announced of blocks, what came of it, and why not" },
  { "all", 'a', NULL, "Everything, also what the daemon did by itself" },
  TRK_OPTION_JSON,
  { NULL },
};

const TrkCommand trk_commands_history[] = {
  { "undo", "[COUNT]", 0, 1, "Take back the last change, or the last few",
    "Takes back whole commands of yours, the newest first: an entry, a task, a sprint, a metric, "
    "a calendar's event (tracker block) as long as its file has not changed since, a calendar that "
    "was added or removed as long as its section of trackerd.conf has not. "
    "Several are taken back together or not at all. "
    "What has no place any more, because trackerd has written there since, is named, and the exit "
    "status is 1; the rest is done. What is over does not go on again, and what has ended by "
    "itself since keeps its time (tracker log edit corrects it). An end of what was observed is "
    "taken back as if it had never been within 2 minutes, of what you began by hand within 5; "
    "later the time since is a gap that is asked about (tracker gaps), and what you began by hand "
    "goes on from now. How much time goes that was kept since the change is told. "
    "What the daemon logs by itself is not undone, only corrected (tracker log edit).",
    NULL, run_undo },
  { "redo", "[COUNT]", 0, 1, "Do again what was undone",
    "Several are done again together or not at all.", NULL, run_redo },
  { "history", "[WHEN|BLOCK]", 0, G_MAXUINT, "Show the changes, the newest first",
    "Your last 20 commands that changed something, or all of a day or a period: tracker history "
    "yesterday. With --all all of them, and what the daemon did by itself.\n\n"
    "With --why it answers for every block of today, or of that day, that moment (10:00) or that "
    "name: what was announced and when, who showed it or why nobody did, or did not yet, what you "
    "did with it, "
    "which rule decided, and which programs the focus guard asked about. \"Why was I not told at "
    "10:00?\" is tracker history --why 10:00.\n\n"
    "JSON: an array of number, at, by (user or daemon), command, changes (rows), undone. With "
    "--why: an array of block, title, kind, kind_why, start, end, outcome, outcome_reason, "
    "postponed (times), told (whether its start was shown), why_not, notices (at, kind, title, "
    "withheld, reason, rule, shown, backend, quiet: do-not-disturb was wanted, answered, answer: "
    "a button, a command, dismissed or withdrawn), asked (as in tracker guard); what the guard "
    "asked in focus begun by hand stands last, with block null.",
    history_options, run_history },
  { NULL },
};
