/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-calendar-edit.h"
#include "trk-calendar-list.h"
#include "trk-calendar-show.h"
#include "trk-calendar-subscribe.h"
#include "trk-commands.h"
#include "trk-error.h"
#include "trk-format.h"
#include "trk-index-update.h"
#include "trk-json-print.h"
#include "trk-loose-index.h"
#include "trk-parse.h"
#include "trk-paths.h"
#include "trk-schedule.h"
#include "trk-text.h"

/* tracker calendar: which calendars are read, and what is in them. */

static GPtrArray *
calendars_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) trk_calendar_free);
}

static gboolean
has_path (const GPtrArray *calendars, const char *path)
{
  for (guint i = 0; i < calendars->len; i++)
    if (g_str_equal (((TrkCalendar *) g_ptr_array_index (calendars, i))->path, path))
      return TRUE;
  return FALSE;
}

/* The configured calendar of that name; NULL: there is none, or no configuration can be read. */
static const TrkCalendar *
configured_as (TrkSession *session, const char *name)
{
  TrkConfig *config = trk_session_config (session, NULL);

  return config != NULL ? trk_config_calendar (config, name) : NULL;
}

/* The configured calendar whose file or folder that is; NULL. */
static const TrkCalendar *
configured_at (TrkSession *session, const char *path)
{
  TrkConfig *config = trk_session_config (session, NULL);

  for (guint i = 0; config != NULL && i < config->calendars->len; i++)
    {
      const TrkCalendar *calendar = g_ptr_array_index (config->calendars, i);

      if (g_str_equal (calendar->path, path))
        return calendar;
    }
  return NULL;
}

/* The words of the call as calendars: a file or folder by its configured name when it has one, else
 * as it was written; where there is no such file, a word may be the name of one that is
 * configured. */
static GPtrArray *
calendars_of_words (TrkSession *session, const TrkArgs *args)
{
  GPtrArray *calendars = calendars_new ();

  for (guint i = 0; i < trk_args_count (args); i++)
    {
      const char *word = trk_args_word (args, i);
      g_autofree char *path = trk_calendar_path (word);
      const TrkCalendar *known = g_file_test (path, G_FILE_TEST_EXISTS)
                                     ? configured_at (session, path)
                                     : configured_as (session, word);
      const char *at = known != NULL ? known->path : path;

      if (!has_path (calendars, at))
        g_ptr_array_add (calendars, trk_calendar_new (known != NULL ? known->name : word, at));
    }
  return calendars;
}

/* -- show -------------------------------------------------------------------------------------- */

static TrkZone *
zone_of (TrkSession *session, const TrkArgs *args, GError **error)
{
  const char *name = trk_args_option (args, "tz");
  g_autoptr (GError) why = NULL;
  TrkZone *zone;

  if (name == NULL)
    return trk_zone_ref ((TrkZone *) trk_session_zone (session));
  zone = trk_zone_new (name, &why);
  if (zone == NULL) /* a word that is wrong, nothing that was looked for */
    g_set_error (error, TRK_ERROR, TRK_ERROR_USAGE, "--tz: %s", why->message);
  return zone;
}

/* --from and --to; a week from today on when they are not given. */
static gboolean
period_of (TrkSession *session,
           const TrkArgs *args,
           const TrkZone *zone,
           TrkPeriod *period,
           GError **error)
{
  const char *from = trk_args_option (args, "from"), *to = trk_args_option (args, "to");
  TrkLocal today = trk_zone_local (zone, trk_session_now (session));

  period->start = trk_zone_instant (zone, (TrkLocal){ .day = today.day });
  if (from != NULL && !trk_zone_parse (zone, from, &period->start, error))
    return FALSE;
  today = trk_zone_local (zone, period->start);
  period->end = trk_zone_instant (zone, (TrkLocal){ .day = today.day + 7, .time = today.time });
  if (to != NULL && !trk_zone_parse (zone, to, &period->end, error))
    return FALSE;
  if (period->start < period->end)
    return TRUE;
  g_set_error (error, TRK_ERROR, TRK_ERROR_USAGE, "--to %s is not after the start",
               to != NULL ? to : from);
  return FALSE;
}

/* Gave each of the words something that can be used? What the others gave is printed anyway. */
static gboolean
all_useful (TrkLooseIndex *loose, const GPtrArray *calendars, GError **error)
{
  for (guint i = 0; i < calendars->len; i++)
    {
      const TrkCalendar *calendar = g_ptr_array_index (calendars, i);
      g_autofree char *shown = trk_text_line (calendar->name, 200);

      if (!trk_loose_index_is_useless (loose, calendar->name))
        continue;
      g_set_error (error, TRK_ERROR, TRK_ERROR_FAILED, "%s: there is no event that can be used",
                   shown);
      return FALSE;
    }
  return TRUE;
}

/* What decides kinds: the configuration, as in the plan. What is shown need not be configured, and
 * without one that can be read it is shown all the same. */
static TrkPlanInput
deciders (TrkSession *session, TrkAlmanac *almanac, const TrkZone *zone)
{
  g_autoptr (GError) why = NULL;
  TrkConfig *config = trk_session_config (session, &why);

  if (config == NULL)
    {
      trk_session_warn (session, "%s; kinds are told without it", why->message);
      return (TrkPlanInput){ 0 };
    }
  *almanac = trk_config_almanac (config, zone);
  return trk_schedule_plan_input (config, almanac);
}

static gboolean
print_shown (TrkSession *session,
             TrkLooseIndex *loose,
             const GPtrArray *calendars,
             TrkPeriod period,
             const TrkZone *zone,
             GError **error)
{
  g_autoptr (GPtrArray) occurrences =
      trk_index_occurrences (trk_loose_index_get (loose), period, zone, error);
  TrkPlanInput input;
  TrkAlmanac almanac;

  if (occurrences == NULL)
    return FALSE;
  input = deciders (session, &almanac, zone);
  trk_calendar_show_diagnostics (trk_session_err (session), trk_loose_index_get (loose), NULL);
  if (trk_session_json (session))
    trk_calendar_show_json (session, occurrences, &input);
  else
    trk_calendar_show_text (session, occurrences, zone, &input);
  return all_useful (loose, calendars, error);
}

static gboolean
run_show (TrkSession *session, const TrkArgs *args, GError **error)
{
  g_autoptr (GPtrArray) calendars = calendars_of_words (session, args);
  g_autoptr (TrkZone) zone = zone_of (session, args, error);
  g_autoptr (TrkLooseIndex) loose = NULL;
  TrkPeriod period;

  if (zone == NULL || !period_of (session, args, zone, &period, error))
    return FALSE;
  loose = trk_loose_index_new (calendars, period, trk_session_err (session), error);
  return loose != NULL && print_shown (session, loose, calendars, period, zone, error);
}

/* -- check ------------------------------------------------------------------------------------- */

static GPtrArray *
configured (TrkSession *session, GError **error)
{
  TrkConfig *config = trk_session_config (session, error);

  return config != NULL ? g_ptr_array_ref (config->calendars) : NULL;
}

/* What is to be checked: all that is configured, or the words: names of calendars, else files. */
static GPtrArray *
calendars_to_check (TrkSession *session, const TrkArgs *args, GError **error)
{
  g_autoptr (GPtrArray) calendars = calendars_new ();

  if (trk_args_count (args) == 0)
    return configured (session, error);
  for (guint i = 0; i < trk_args_count (args); i++)
    {
      const char *word = trk_args_word (args, i);
      const TrkCalendar *known = configured_as (session, word);
      g_autofree char *path = known != NULL ? g_strdup (known->path) : trk_calendar_path (word);

      if (!has_path (calendars, path))
        g_ptr_array_add (calendars, trk_calendar_new (word, path));
    }
  return g_steal_pointer (&calendars);
}

static TrkPeriod
usual_window (TrkSession *session)
{
  return trk_index_usual_window (trk_session_now (session));
}

/* As of a compiler: a warning leaves the exit status alone, an event that cannot be used does
 * not. */
static gboolean
nothing_left_out (TrkLooseIndex *loose, GError **error)
{
  g_autoptr (GPtrArray) summaries = trk_index_summaries (trk_loose_index_get (loose), error);
  g_autofree char *events = NULL, *left_out = NULL;
  guint used = 0, lost = 0;

  for (guint i = 0; summaries != NULL && i < summaries->len; i++)
    {
      used += ((TrkIndexSummary *) g_ptr_array_index (summaries, i))->events;
      lost += ((TrkIndexSummary *) g_ptr_array_index (summaries, i))->left_out;
    }
  if (summaries == NULL || lost == 0)
    return summaries != NULL;
  events = trk_format_count (used, "other is used", "others are used");
  left_out = trk_format_count (lost, "event or file is left out", "events or files are left out");
  g_set_error (error, TRK_ERROR, TRK_ERROR_FAILED, "%s, %s", left_out, events);
  return FALSE;
}

static gboolean
print_diagnostics (TrkSession *session, TrkIndex *index, GError **error)
{
  g_autoptr (GPtrArray) diagnostics = NULL;

  if (!trk_session_json (session))
    {
      if (trk_calendar_show_diagnostics (trk_session_out (session), index, NULL) == 0)
        trk_session_say (session, "Nothing is wrong.");
      return TRUE;
    }
  diagnostics = trk_index_diagnostics (index, NULL, error);
  if (diagnostics != NULL)
    trk_calendar_show_diagnostics_json (session, diagnostics);
  return diagnostics != NULL;
}

static gboolean
run_check (TrkSession *session, const TrkArgs *args, GError **error)
{
  g_autoptr (GPtrArray) calendars = calendars_to_check (session, args, error);
  g_autoptr (TrkLooseIndex) loose = NULL;

  if (calendars == NULL)
    return FALSE;
  loose = trk_loose_index_new (calendars, usual_window (session), trk_session_err (session), error);
  return loose != NULL && print_diagnostics (session, trk_loose_index_get (loose), error)
         && nothing_left_out (loose, error);
}

/* -- The table --------------------------------------------------------------------------------- */

static const TrkOption list_options[] = { TRK_OPTION_JSON, { NULL } };
static const TrkOption check_options[] = { TRK_OPTION_JSON, { NULL } };
static const TrkOption show_options[] = {
  { "from", 'f', "WHEN", "First moment, ISO 8601: 2026-11-23, 2026-11-23T09:00:00Z; else today" },
  { "to", 't', "WHEN", "First moment after; else a week later" },
  { "tz", 'z', "ZONE", "Read floating times and days in this zone; else in yours" },
  TRK_OPTION_JSON,
  { NULL },
};
static const TrkOption add_options[] = {
  { "every", 0, "LENGTH",
    "How often an address is asked for changes, at least 5m; else every hour" },
  { "user", 'u', "NAME",
    "Log in with this name; the password is asked for, and goes into the secret "
    "store" },
  { "password-file", 0, "FILE",
    "Read the password from this file, which only you may read (0600)" },
  { "ca-file", 0, "FILE", "Trust these certificate authorities (PEM) instead of the system's" },
  { "kind", 'k', "KIND", "Kind of its events that nothing else decides" },
  { "writable", 'w', NULL, "Let tracker block change its files; one that is missing is made" },
  { "template", 0, "NAME",
    "Copy a shipped schedule: time-blocked-day, daily-routine, meals-and-breaks, pomodoro" },
  { NULL },
};

#define SHOW_HELP                                                                                  \
  "Occurrences that overlap the time from --from to --to, of files or folders that need not be "   \
  "configured, else of calendars by their names. Kinds are those that the plan gives them, by "    \
  "your rules too. What could not be used is told on standard "                                    \
  "error; when nothing could, the exit "                                                           \
  "status is 1.\n\n"                                                                               \
  "JSON: an array by start of uid, recurrence_id, summary, start, end (UTC), all_day, status, "    \
  "kind (null: it makes no block), calendar. Cancelled ones are left out."

#define LIST_HELP                                                                                  \
  "Those that tracker block may change are called writable. Of a calendar that is elsewhere: "     \
  "from which host our copy is and how old, and what went wrong "                                  \
  "at the last attempt.\n\n"                                                                       \
  "JSON: an array of name, path, kind, writable, events, left_out (null: not read yet), title, "   \
  "color (as a "                                                                                   \
  "folder's displayname and color files say), source (host; null: it is here), fetched (when the " \
  "copy was last known to be the newest), next (not asked before), problem."

#define ADD_HELP                                                                                   \
  "PATH is a file, or a folder of files as vdirsyncer and khal keep them; of a folder of such "    \
  "folders each is added. URL (https://, webcal://, and http:// to localhost) is fetched into a "  \
  "copy of ours, at once and "                                                                     \
  "then by a timer of its own; - reads the address from standard input, where no process list "    \
  "shows it. tracker undo takes the calendar out again; files stay.\n\n"                           \
  " tracker calendar add work ~/.calendars/work\n"                                                 \
  " tracker calendar add team https://example.org/t.ics --every 15m\n"                             \
  " tracker calendar add --template time-blocked-day"

const TrkCommand trk_commands_calendar[] = {
  { "calendar", "", 0, 0, "Show the calendars that are read", LIST_HELP, list_options,
    trk_calendar_run_list },
  { "calendar list", "", 0, 0, "Show the calendars that are read", LIST_HELP, list_options,
    trk_calendar_run_list },
  { "calendar add", "[NAME] PATH|URL", 0, 2, "Read a calendar file, folder or address from now on",
    ADD_HELP, add_options, trk_calendar_run_add },
  { "calendar remove", "NAME", 1, 1, "Read a calendar no longer",
    "Its section of trackerd.conf goes, with the comments in it; its files stay. What runs from it "
    "ends, or goes on by hand when you began it or went on with it: that is told. tracker undo "
    "puts "
    "it back as it was, tracker redo takes it out again.",
    NULL, trk_calendar_run_remove },
  { "calendar sync", "[NAME…]", 0, G_MAXUINT, "Fetch calendars that are elsewhere, now",
    "All of them, or those that are named. What cannot be fetched keeps its last good copy; the "
    "exit "
    "status is 1 then. Where there is no systemd to do it every few minutes, cron can run this.",
    NULL, trk_calendar_run_sync },
  { "calendar check", "[NAME|FILE…]", 0, G_MAXUINT, "Tell what is wrong in calendars",
    "A line for each: file, line, property, reason. Exit status 1 when an event or a file cannot "
    "be "
    "used, 0 when there are only warnings.\n\n"
    "JSON: an array of calendar, file, line (null: not known), property (null: of none), reason, "
    "left_out (how many events or files are not used for it; 0: a warning).",
    check_options, run_check },
  { "calendar show", "NAME|FILE|FOLDER…", 1, G_MAXUINT, "Show what is in calendar files", SHOW_HELP,
    show_options, run_show },
  { NULL },
};
