/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-answered.h"
#include "trk-commands.h"
#include "trk-duration.h"
#include "trk-ended.h"
#include "trk-error.h"
#include "trk-given.h"
#include "trk-now.h"
#include "trk-parse.h"
#include "trk-task-find.h"

#include <string.h>

/* The live verbs: what the buttons of a notification do, by hand. The daemon does them; afterwards
 * one line says what is now. */

/* What a narrow terminal has no room for stands on lines below. */
static void G_GNUC_PRINTF (2, 3) say (TrkSession *session, const char *format, ...)
{
  g_autofree char *line = NULL;
  va_list list;

  va_start (list, format);
  line = g_strdup_vprintf (format, list);
  va_end (list);
  trk_session_say_indented (session, 0, line);
}

/* Calls @method with @arguments (taken when floating) and shows the outcome. */
static gboolean
call (TrkSession *session, const char *method, GVariant *arguments, GError **error)
{
  g_autoptr (TrkDaemonStatus) status = NULL;
  g_autofree char *line = NULL;

  if (!trk_session_act (session, method, arguments, NULL, &status, error))
    return FALSE;
  if (status == NULL)
    return TRUE;
  line = trk_now_line (session, status);
  say (session, "%s", line);
  return TRUE;
}

/* Calls @method and says what it ended, and why (@why nullable), then what runs now or comes
 * next. */
static gboolean
end (TrkSession *session,
     const char *did,
     const char *method,
     GVariant *arguments,
     const char *why,
     GError **error)
{
  g_autoptr (TrkDaemonStatus) before = NULL;
  g_autoptr (TrkDaemonStatus) after = NULL;
  g_autofree char *ended = NULL, *next = NULL, *now = NULL;
  g_autofree char *reason =
      why != NULL && *why != '\0' ? g_strconcat (" · reason: ", why, NULL) : g_strdup ("");

  if (!trk_session_act (session, method, arguments, &before, &after, error))
    return FALSE;
  ended = before != NULL ? trk_ended_line (session, did, before) : g_strdup_printf ("· %s", did);
  next = after != NULL ? trk_now_next (session, after) : NULL;
  if (after != NULL && trk_now_runs (after))
    {
      now = trk_now_line (session, after);
      say (session, "%s%s", ended, reason);
      say (session, "%s", now);
    }
  else
    say (session, "%s%s%s%s", ended, reason, next != NULL ? "   next: " : "",
         next != NULL ? next : "");
  return TRUE;
}

/* All words as one length; none is 0, the default of the daemon. */
static gboolean
length_of (const TrkArgs *args, TrkDuration *length, GError **error)
{
  g_autofree char *text = trk_args_join (args, 0);

  *length = 0;
  return *text == '\0' || trk_duration_parse (text, length, error);
}

typedef struct
{
  char *title; /* (owned) */
  gint64 task;
  const char *kind;
  TrkDuration length;
  TrkInstant at;
} Start;

static void
start_clear (Start *start)
{
  g_clear_pointer (&start->title, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Start, start_clear)

/* A number or the beginning of one task's title is that task; anything else is a title. */
static gboolean
take_subject (TrkSession *session, const TrkArgs *args, Start *start, GError **error)
{
  g_autofree char *text = trk_args_join (args, 0);

  start->title = g_strdup ("");
  if (trk_args_count (args) == 0)
    return TRUE;
  if (*text == '\0')
    {
      g_autofree char *refused = trk_parse_text (text, "title", error);

      return refused != NULL;
    }
  if (!trk_task_find_by_words (session, text, &start->task, error))
    return FALSE;
  if (start->task != 0)
    return TRUE;
  g_free (start->title);
  start->title = trk_parse_text (text, "title", error);
  return start->title != NULL;
}

static gboolean
take_options (TrkSession *session, const TrkArgs *args, Start *start, GError **error)
{
  const char *kind = trk_args_option (args, "kind");
  const char *length = trk_args_option (args, "for");
  const char *at = trk_args_option (args, "at");
  TrkAlmanac almanac;
  TrkKind parsed;

  start->kind = "";
  if (kind != NULL && !trk_parse_kind (kind, &parsed, error))
    return FALSE;
  if (kind != NULL)
    start->kind = trk_kind_to_string (parsed);
  if (length != NULL && !trk_duration_parse (length, &start->length, error))
    return FALSE;
  if (at == NULL)
    return TRUE;
  almanac = trk_session_almanac (session);
  if (!trk_when_parse_instant (at, &almanac, trk_session_now (session), &start->at, error))
    return FALSE;
  if (start->at <= trk_session_now (session))
    return TRUE;
  g_set_error (error, TRK_ERROR, TRK_ERROR_USAGE,
               "start: --at %s is still to come; time is kept from a moment that has passed", at);
  return FALSE;
}

/* What now runs; of a title whether it is a block of the plan, where it may have meant one. */
static gboolean
call_start (TrkSession *session, const Start *start, GError **error)
{
  g_autoptr (TrkDaemonStatus) status = NULL;
  g_autofree char *line = NULL, *meant = NULL;

  if (!trk_session_act (session, "Start",
                        g_variant_new ("(sxsxx)", start->title, start->task, start->kind,
                                       start->length, start->at),
                        NULL, &status, error))
    return FALSE;
  if (status == NULL)
    return TRUE;
  line = trk_now_line (session, status);
  if (*start->title != '\0')
    meant = *status->block_id != '\0' ? trk_now_planned (session, status)
                                      : trk_given_own (session, start->title);
  say (session, "%s", line);
  if (meant != NULL)
    trk_session_say_indented (session, 2, meant);
  return TRUE;
}

static gboolean
run_start (TrkSession *session, const TrkArgs *args, GError **error)
{
  g_auto (Start) start = { 0 };

  if (!take_options (session, args, &start, error))
    return FALSE;
  trk_session_reach_daemon (session); /* the bus has its part to do while the log is read */
  if (!take_subject (session, args, &start, error))
    return FALSE;
  return call_start (session, &start, error);
}

static gboolean
run_task_start (TrkSession *session, const TrkArgs *args, GError **error)
{
  gint64 number;

  return trk_parse_number (trk_args_word (args, 0), "a task; tracker task shows them", &number,
                           error)
         && run_start (session, args, error);
}

static gboolean
run_stop (TrkSession *session, const TrkArgs *args, GError **error)
{
  return end (session, "Stopped", "Stop", NULL, NULL, error);
}

static gboolean
run_pause (TrkSession *session, const TrkArgs *args, GError **error)
{
  return call (session, "Pause", NULL, error);
}

static gboolean
run_resume (TrkSession *session, const TrkArgs *args, GError **error)
{
  return call (session, "Resume", NULL, error);
}

static gboolean
run_extend (TrkSession *session, const TrkArgs *args, GError **error)
{
  g_autoptr (TrkDaemonStatus) before = NULL, after = NULL;
  g_autofree char *line = NULL, *less = NULL;
  TrkDuration length;

  if (!length_of (args, &length, error)
      || !trk_session_act (session, "Extend", g_variant_new ("(x)", length), &before, &after,
                           error))
    return FALSE;
  if (after == NULL)
    return TRUE;
  line = trk_now_line (session, after);
  less = before != NULL ? trk_given_end (session, before, after, length) : NULL;
  say (session, "%s", line);
  if (less != NULL)
    trk_session_say_indented (session, 2, less);
  return TRUE;
}

/* Without anything that runs it is the next block that comes later: that is said. */
static gboolean
snooze (TrkSession *session, TrkDuration length, TrkInstant until, GError **error)
{
  g_autoptr (TrkDaemonStatus) before = NULL;
  g_autoptr (TrkDaemonStatus) after = NULL;
  g_autofree char *line = NULL;
  g_autofree char *next = NULL;
  const char *meant;

  if (!trk_session_act (session, "Snooze", g_variant_new ("(xx)", length, until), &before, &after,
                        error))
    return FALSE;
  if (after == NULL)
    return TRUE;
  meant = before == NULL ? "" : *before->title != '\0' ? before->title : before->next_title;
  next = *meant != '\0' && strcmp (meant, after->next_title) == 0 ? trk_now_next (session, after)
                                                                  : NULL;
  if (next != NULL)
    say (session, "Snoozed to %s", next);
  line = trk_now_line (session, after);
  if (next == NULL || trk_now_runs (after))
    say (session, "%s", line);
  return TRUE;
}

/* "snooze", "snooze 10m", "snooze until 10:20". */
static gboolean
run_snooze (TrkSession *session, const TrkArgs *args, GError **error)
{
  g_autofree char *words = trk_args_join (args, 0);
  TrkDuration length = 0;
  TrkInstant until = 0;

  if (g_str_has_prefix (words, "until "))
    {
      TrkAlmanac almanac = trk_session_almanac (session);

      if (!trk_when_parse_instant (words + strlen ("until "), &almanac, trk_session_now (session),
                                   &until, error))
        return FALSE;
    }
  else if (!length_of (args, &length, error))
    {
      g_prefix_error (error, "snooze takes a length (5m) or a moment (until 10:20): ");
      return FALSE;
    }
  return snooze (session, length, until, error);
}

static gboolean
run_skip (TrkSession *session, const TrkArgs *args, GError **error)
{
  g_autofree char *text = trk_args_join (args, 0);
  g_autofree char *reason = *text != '\0' ? trk_parse_text (text, "reason", error) : g_strdup ("");

  return reason != NULL
         && end (session, "Skipped", "Skip", g_variant_new ("(s)", reason), reason, error);
}

static gboolean
run_break (TrkSession *session, const TrkArgs *args, GError **error)
{
  TrkDuration length;

  return length_of (args, &length, error)
         && call (session, "Break", g_variant_new ("(x)", length), error);
}

/* One that still runs from before an upgrade answers only how often, or less. */
static void
say_postponed (TrkSession *session, GVariant *told)
{
  g_autofree char *to = NULL;
  const char *title;
  TrkInstant start;
  guint used, allowed;

  if (g_variant_is_of_type (told, G_VARIANT_TYPE ("(uusx)")))
    {
      g_variant_get (told, "(uu&sx)", &used, &allowed, &title, &start);
      to = trk_now_coming (session, title, start);
      say (session, "Postponed to %s   %u of %u times today", to, used, allowed);
    }
  else if (g_variant_is_of_type (told, G_VARIANT_TYPE ("(uu)")))
    {
      g_variant_get (told, "(uu)", &used, &allowed);
      say (session, "Postponed   %u of %u times today", used, allowed);
    }
  else
    say (session, "Postponed");
}

static gboolean
run_postpone (TrkSession *session, const TrkArgs *args, GError **error)
{
  g_autoptr (GVariant) result = NULL;
  TrkDuration length;

  if (!length_of (args, &length, error))
    return FALSE;
  result = trk_session_call (session, "Postpone", g_variant_new ("(x)", length), error);
  if (result == NULL)
    return FALSE;
  say_postponed (session, result);
  return TRUE;
}

static gboolean
run_done (TrkSession *session, const TrkArgs *args, GError **error)
{
  g_autoptr (GVariant) told = trk_session_call (session, "Done", NULL, error);
  g_autoptr (TrkDaemonStatus) after = NULL;
  g_autofree char *done = NULL;
  g_autofree char *now = NULL;

  if (told == NULL)
    return FALSE;
  after = trk_session_status (session, NULL);
  done = trk_ended_done (session, told);
  now = after != NULL ? trk_now_line (session, after) : g_strdup ("");
  say (session, "%s", done);
  if (*now != '\0')
    say (session, "%s", now);
  return TRUE;
}

static gboolean
run_release (TrkSession *session, const TrkArgs *args, GError **error)
{
  return call (session, "Release", NULL, error);
}

static gboolean
run_answer (TrkSession *session, const TrkArgs *args, GError **error)
{
  const char *word = trk_args_word (args, 0);
  g_autoptr (GPtrArray) asked = NULL;
  TrkAnswer answer;

  if (!trk_answer_from_string (word, &answer) || answer == TRK_ANSWER_NONE)
    {
      g_set_error (error, TRK_ERROR, TRK_ERROR_USAGE,
                   "answer: say what it was: break, worked or discard");
      return FALSE;
    }
  asked = trk_unanswered (session, error);
  word = trk_answer_to_string (answer);
  if (asked == NULL || !call (session, "Answer", g_variant_new ("(s)", word), error))
    return FALSE;
  trk_answered_say (session, asked);
  return TRUE;
}

static const TrkOption start_options[] = {
  { "kind", 'k', "KIND", "focus (default), shallow, meeting, break, routine or off" },
  { "for", 'f', "LENGTH", "End by itself after this long: 50m, 1h30" },
  { "at", 'a', "MOMENT", "It began earlier: 09:10, -10m" },
  { NULL },
};

const TrkCommand trk_commands_live[] = {
  { "start", "[TASK|TITLE]", 0, G_MAXUINT, "Keep time for a task, a title or the block due",
    "A number, or the beginning of the title of just one open task, is that task; anything else is "
    "a title. The title of a block that is on, or comes today, is that block, and so are the "
    "first words of the one that is on; this is said. With --for, or another --kind, it is work of "
    "its own, and first words are with any --kind. The title of a break that is "
    "not about to come is refused: tracker break takes one now, and with --kind it is work. "
    "Without a title it is the planned work that is due, or the next of today early; the plan "
    "says of which kind, so that --kind needs a title, a task or --for.\n\n"
    " tracker start 12\n"
    " tracker start fix login --for 50m\n"
    " tracker start stand-up --kind meeting --at 09:10",
    start_options, run_start },
  { "task start", "TASK", 1, 1, "Keep time for a task", NULL, start_options, run_task_start },
  { "stop", "", 0, 0, "Stop what runs",
    "The block that runs is not taken up again; the next one starts by itself.", NULL, run_stop },
  { "pause", "", 0, 0, "Stop counting for a moment", NULL, NULL, run_pause },
  { "resume", "", 0, 0, "Go on after a pause", NULL, NULL, run_resume },
  { "extend", "[15m]", 0, 3, "Move the end of what runs",
    "Else of work that has just ended, which goes on. Meetings and off time begin all the same: "
    "when that leaves less than was asked for, it is said how much, and why. The calendar is not "
    "changed.",
    NULL, run_extend },
  { "snooze", "[5m|until 10:20]", 0, 4, "Move the start of the block that is due",
    "Of the one that runs, else of the next. The calendar is not changed.", NULL, run_snooze },
  { "skip", "[WHY]", 0, G_MAXUINT, "Do not do this block",
    "Skips the block that runs, else the next one. No reason is asked for; one that is given is "
    "kept with the block. Of an event that others cut in pieces, what is skipped is all that is "
    "still to come; it claims no time any more, also when what cut it goes. What it had displaced "
    "gets its time back, and tracker undo takes the skip back. stop leaves the one piece alone.",
    NULL, run_skip },
  { "break", "[10m]", 0, 3, "Take a break now", "What ran goes on afterwards.", NULL, run_break },
  { "break postpone", "[5m]", 0, 3, "Put the planned break off for a while",
    "The break that is on, or the next one, moves as a whole, and what went before it goes on. So "
    "often a day as the configuration says (postpones, three times). In a break that you began "
    "with tracker break the next one stays where it is.",
    NULL, run_postpone },
  { "done", "", 0, 0, "The running block and its task are done",
    "When nothing runs, it is what has just ended: work by hand that was stopped, or a block. What "
    "is done is named, with the time that was kept of it. For a task that does not run: tracker "
    "task done NUMBER.",
    NULL, run_done },
  { "answer", "break|worked|discard", 1, 1, "Say what the time away was",
    "What is not answered stays unknown and never counts as work.", NULL, run_answer },
  { "release", "", 0, 0, "Lift everything that holds you",
    "Do-not-disturb ends, reminders cease, the clock stops.", NULL, run_release },
  { NULL },
};
