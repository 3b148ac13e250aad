/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-calendar-show.h"
#include "trk-columns.h"
#include "trk-commands.h"
#include "trk-error.h"
#include "trk-format.h"
#include "trk-index-update.h"
#include "trk-json-print.h"
#include "trk-loose-index.h"
#include "trk-parse.h"
#include "trk-paths.h"
#include "trk-text.h"

#include <glib/gstdio.h>
#include <string.h>

/* tracker calendar: which calendars are read, and what is in them. */

static GPtrArray *
calendars_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) trk_calendar_free);
}

/* The absolute path of a word: a leading ~ is the home folder. */
static char *
absolute (const char *word)
{
  g_autofree char *expanded = trk_path_expand (word);

  return g_canonicalize_filename (expanded, NULL);
}

static gboolean
has_path (const GPtrArray *calendars, const char *path)
{
  for (guint i = 0; i < calendars->len; i++)
    if (g_str_equal (((TrkCalendar *) g_ptr_array_index (calendars, i))->path, path))
      return TRUE;
  return FALSE;
}

/* The words of the call as calendars that are named as they were written. */
static GPtrArray *
calendars_of_words (const TrkArgs *args)
{
  GPtrArray *calendars = calendars_new ();

  for (guint i = 0; i < trk_args_count (args); i++)
    {
      g_autofree char *path = absolute (trk_args_word (args, i));

      if (!has_path (calendars, path))
        g_ptr_array_add (calendars, trk_calendar_new (trk_args_word (args, i), path));
    }
  return calendars;
}

/* -- show -------------------------------------------------------------------------------------- */

static TrkZone *
zone_of (TrkSession *session, const TrkArgs *args, GError **error)
{
  const char *name = trk_args_option (args, "tz");

  if (name == NULL)
    return trk_zone_ref ((TrkZone *) trk_session_zone (session));
  return trk_zone_new (name, error);
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

static gboolean
print_shown (TrkSession *session,
             TrkLooseIndex *loose,
             TrkPeriod period,
             const TrkZone *zone,
             GError **error)
{
  g_autoptr (GPtrArray) occurrences =
      trk_index_occurrences (trk_loose_index_get (loose), period, zone, error);

  if (occurrences == NULL)
    return FALSE;
  trk_calendar_show_diagnostics (trk_session_err (session), trk_loose_index_get (loose), NULL);
  if (trk_session_json (session))
    trk_calendar_show_json (session, occurrences);
  else
    trk_calendar_show_text (session, occurrences, zone);
  if (!trk_loose_index_is_useless (loose))
    return TRUE;
  g_set_error (error, TRK_ERROR, TRK_ERROR_FAILED, "there is no event that can be used");
  return FALSE;
}

static gboolean
run_show (TrkSession *session, const TrkArgs *args, GError **error)
{
  g_autoptr (GPtrArray) calendars = calendars_of_words (args);
  g_autoptr (TrkZone) zone = zone_of (session, args, error);
  g_autoptr (TrkLooseIndex) loose = NULL;
  TrkPeriod period;

  if (zone == NULL || !period_of (session, args, zone, &period, error))
    return FALSE;
  loose = trk_loose_index_new (calendars, period, error);
  return loose != NULL && print_shown (session, loose, period, zone, error);
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
      TrkConfig *config = trk_session_config (session, NULL);
      const TrkCalendar *known = config != NULL ? trk_config_calendar (config, word) : NULL;
      g_autofree char *path = known != NULL ? g_strdup (known->path) : absolute (word);

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

static gboolean
run_check (TrkSession *session, const TrkArgs *args, GError **error)
{
  g_autoptr (GPtrArray) calendars = calendars_to_check (session, args, error);
  g_autoptr (TrkLooseIndex) loose = NULL;
  g_autofree char *found = NULL;
  guint count;

  if (calendars == NULL)
    return FALSE;
  loose = trk_loose_index_new (calendars, usual_window (session), error);
  if (loose == NULL)
    return FALSE;
  count =
      trk_calendar_show_diagnostics (trk_session_out (session), trk_loose_index_get (loose), NULL);
  found = trk_format_count (count, "thing to tell", "things to tell");
  trk_session_say (session, "%s", count > 0 ? found : "Nothing is wrong.");
  return TRUE;
}

/* -- list -------------------------------------------------------------------------------------- */

/* What the index knows of @name; NULL: nothing. Borrowed from @summaries. */
static const TrkIndexSummary *
summary_of (const GPtrArray *summaries, const char *name)
{
  for (guint i = 0; summaries != NULL && i < summaries->len; i++)
    {
      const TrkIndexSummary *summary = g_ptr_array_index (summaries, i);

      if (g_str_equal (summary->calendar, name))
        return summary;
    }
  return NULL;
}

static void
list_json (TrkSession *session, const GPtrArray *calendars, const GPtrArray *summaries)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_array (builder);
  for (guint i = 0; i < calendars->len; i++)
    {
      const TrkCalendar *calendar = g_ptr_array_index (calendars, i);
      const TrkIndexSummary *summary = summary_of (summaries, calendar->name);

      json_builder_begin_object (builder);
      trk_json_string (builder, "name", calendar->name);
      trk_json_string (builder, "path", calendar->path);
      trk_json_string (builder, "kind",
                       calendar->has_kind ? trk_kind_to_string (calendar->kind) : NULL);
      trk_json_int (builder, "events", summary != NULL ? summary->events : 0);
      trk_json_int (builder, "left_out", summary != NULL ? summary->left_out : 0);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  trk_json_print (session, builder);
}

static void
list_text (TrkSession *session, const GPtrArray *calendars, const GPtrArray *summaries)
{
  g_autoptr (TrkColumns) columns = trk_columns_new ("llrrf");

  for (guint i = 0; i < calendars->len; i++)
    {
      const TrkCalendar *calendar = g_ptr_array_index (calendars, i);
      const TrkIndexSummary *summary = summary_of (summaries, calendar->name);
      g_autofree char *path = trk_path_display (calendar->path);
      g_autofree char *events =
          trk_format_count (summary != NULL ? summary->events : 0, "event", NULL);
      g_autofree char *left_out = summary != NULL && summary->left_out > 0
                                      ? g_strdup_printf ("%u left out", summary->left_out)
                                      : NULL;

      trk_columns_add (columns, TRK_PAINT_PLAIN, calendar->name,
                       calendar->has_kind ? trk_kind_to_string (calendar->kind) : NULL,
                       summary != NULL ? events : NULL, left_out, path);
    }
  trk_columns_print (columns, session);
}

static gboolean
run_list (TrkSession *session, const TrkArgs *args, GError **error)
{
  TrkConfig *config = trk_session_config (session, error);
  g_autofree char *path = trk_path_index ();
  g_autoptr (TrkIndex) index = NULL;
  g_autoptr (GPtrArray) summaries = NULL;

  if (config == NULL)
    return FALSE;
  index = trk_index_open (path, NULL); /* without one, only names and paths are known */
  summaries = index != NULL ? trk_index_summaries (index, NULL) : NULL;
  if (trk_session_json (session))
    list_json (session, config->calendars, summaries);
  else if (config->calendars->len == 0)
    trk_session_say (session, "There are no calendars yet. To add one: tracker calendar add work "
                              "~/calendar.ics, or: tracker calendar add --template "
                              "time-blocked-day");
  else
    list_text (session, config->calendars, summaries);
  return TRUE;
}

/* -- add and remove ---------------------------------------------------------------------------- */

static gboolean
is_template_name (const char *name)
{
  return *name != '\0' && strspn (name, "abcdefghijklmnopqrstuvwxyz0123456789-") == strlen (name);
}

/* Copies the shipped schedule @name to the user's calendars; the path of the copy. One that is
 * there already is kept, for the user may have changed it. */
static char *
copy_template (const char *name, GError **error)
{
  g_autofree char *file = g_strconcat ("schedules/", name, ".ics", NULL);
  g_autofree char *from = trk_path_shared (file);
  g_autofree char *folder = trk_path_calendars ();
  g_autofree char *base = g_strconcat (name, ".ics", NULL);
  g_autofree char *to = g_build_filename (folder, base, NULL);
  g_autofree char *bytes = NULL;
  g_autoptr (GError) failure = NULL;
  gsize length = 0;

  if (!is_template_name (name) || !g_file_get_contents (from, &bytes, &length, NULL))
    {
      g_autofree char *shown = trk_text_line (name, 60);

      g_set_error (error, TRK_ERROR, TRK_ERROR_NOT_FOUND,
                   "there is no template '%s'; there are time-blocked-day, daily-routine, "
                   "meals-and-breaks and pomodoro",
                   shown);
      return NULL;
    }
  if (!trk_path_ensure_dir (folder, error))
    return NULL;
  if (!g_file_test (to, G_FILE_TEST_EXISTS)
      && !g_file_set_contents_full (to, bytes, (gssize) length, G_FILE_SET_CONTENTS_CONSISTENT,
                                    0600, &failure))
    {
      g_set_error (error, TRK_ERROR, TRK_ERROR_STORAGE, "%s", failure->message);
      return NULL;
    }
  g_chmod (to, 0600); /* whatever the umask took away */
  return g_steal_pointer (&to);
}

/* What is to be added: NAME PATH, or --template NAME (and a name for it). */
static TrkCalendar *
calendar_of_words (const TrkArgs *args, GError **error)
{
  const char *template = trk_args_option (args, "template");
  const char *kind = trk_args_option (args, "kind");
  guint words = trk_args_count (args);
  g_autoptr (TrkCalendar) calendar = NULL;
  g_autofree char *path = NULL;

  if (words != (template != NULL ? MIN (words, 1) : 2))
    {
      g_set_error (error, TRK_ERROR, TRK_ERROR_USAGE,
                   "a calendar needs a name and a path: tracker calendar add work ~/calendar.ics");
      return NULL;
    }
  path = template != NULL ? copy_template (template, error) : absolute (trk_args_word (args, 1));
  if (path == NULL)
    return NULL;
  calendar = trk_calendar_new (words > 0 ? trk_args_word (args, 0) : template, path);
  if (kind != NULL && !trk_parse_kind (kind, &calendar->kind, error))
    return NULL;
  calendar->has_kind = kind != NULL;
  return g_steal_pointer (&calendar);
}

/* Looks into the calendar before it is added: one that gives nothing but trouble is refused. */
static gboolean
look_into (TrkSession *session, const TrkCalendar *calendar, guint *events, GError **error)
{
  g_autoptr (GPtrArray) one = g_ptr_array_new ();
  g_autoptr (TrkLooseIndex) loose = NULL;
  g_autoptr (GPtrArray) summaries = NULL;

  g_ptr_array_add (one, (gpointer) calendar);
  loose = trk_loose_index_new (one, usual_window (session), error);
  if (loose == NULL)
    return FALSE;
  trk_calendar_show_diagnostics (trk_session_err (session), trk_loose_index_get (loose), NULL);
  if (trk_loose_index_is_useless (loose))
    {
      g_set_error (error, TRK_ERROR, TRK_ERROR_INVALID,
                   "there is no event in it that can be used; it was not added");
      return FALSE;
    }
  summaries = trk_index_summaries (trk_loose_index_get (loose), error);
  if (summaries == NULL)
    return FALSE;
  *events = summaries->len > 0 ? ((TrkIndexSummary *) g_ptr_array_index (summaries, 0))->events : 0;
  return TRUE;
}

static gboolean
run_add (TrkSession *session, const TrkArgs *args, GError **error)
{
  g_autoptr (TrkCalendar) calendar = calendar_of_words (args, error);
  g_autofree char *file = trk_path_config_file ();
  g_autofree char *found = NULL;
  g_autofree char *path = NULL;
  guint events = 0;

  if (calendar == NULL || !look_into (session, calendar, &events, error)
      || !trk_config_add_calendar (file, calendar, error))
    return FALSE;
  trk_session_tell_daemon (session);
  found = trk_format_count (events, "event", NULL);
  path = trk_path_display (calendar->path);
  trk_session_say (session, "Added %s: %s in %s", calendar->name, found, path);
  return TRUE;
}

static gboolean
run_remove (TrkSession *session, const TrkArgs *args, GError **error)
{
  const char *name = trk_args_word (args, 0);
  TrkConfig *config = trk_session_config (session, error);
  const TrkCalendar *calendar = config != NULL ? trk_config_calendar (config, name) : NULL;
  g_autofree char *file = trk_path_config_file ();
  g_autofree char *shown = trk_text_line (name, 60);
  g_autofree char *path = NULL;

  if (config == NULL)
    return FALSE;
  if (calendar == NULL)
    {
      g_set_error (error, TRK_ERROR, TRK_ERROR_NOT_FOUND,
                   "there is no calendar '%s'. See: tracker calendar list", shown);
      return FALSE;
    }
  path = g_shell_quote (calendar->path);
  if (!trk_config_remove_calendar (file, name, error))
    return FALSE;
  trk_session_tell_daemon (session);
  trk_session_say (session,
                   "Removed %s; its file stays. To add it again: tracker calendar add %s %s", shown,
                   shown, path);
  return TRUE;
}

/* -- The table --------------------------------------------------------------------------------- */

static const TrkOption list_options[] = { TRK_OPTION_JSON, { NULL } };
static const TrkOption show_options[] = {
  { "from", 'f', "WHEN", "First moment, ISO 8601: 2026-11-23, 2026-11-23T09:00:00Z; else today" },
  { "to", 't', "WHEN", "First moment after; else a week later" },
  { "tz", 'z', "ZONE", "Read floating times and days in this zone; else in yours" },
  TRK_OPTION_JSON,
  { NULL },
};
static const TrkOption add_options[] = {
  { "kind", 'k', "KIND", "Kind of its events that nothing else decides" },
  { "template", 0, "NAME",
    "Copy a shipped schedule: time-blocked-day, daily-routine, meals-and-breaks, pomodoro" },
  { NULL },
};

#define SHOW_HELP                                                                                  \
  "Occurrences that overlap the time from --from to --to, of files or folders that need not be "   \
  "configured. What could not be used is told on standard error; when nothing could, the exit "    \
  "status is 1.\n\n"                                                                               \
  "JSON: an array by start of uid, recurrence_id, summary, start, end (UTC), all_day, status, "    \
  "kind (null: it makes no block), calendar. Cancelled ones are left out."

const TrkCommand trk_commands_calendar[] = {
  { "calendar", "", 0, 0, "Show the calendars that are read",
    "JSON: an array of name, path, kind, events, left_out.", list_options, run_list },
  { "calendar list", "", 0, 0, "Show the calendars that are read",
    "JSON: an array of name, path, kind, events, left_out.", list_options, run_list },
  { "calendar add", "NAME PATH", 0, 2, "Read a calendar file or folder from now on",
    " tracker calendar add work ~/.calendars/work\n"
    " tracker calendar add --template time-blocked-day",
    add_options, run_add },
  { "calendar remove", "NAME", 1, 1, "Read a calendar no longer", NULL, NULL, run_remove },
  { "calendar check", "[NAME|FILE…]", 0, G_MAXUINT, "Tell what is wrong in calendars",
    "A line for each: file, line, property, reason.", NULL, run_check },
  { "calendar show", "FILE|FOLDER…", 1, G_MAXUINT, "Show what is in calendar files", SHOW_HELP,
    show_options, run_show },
  { NULL },
};
