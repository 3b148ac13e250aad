/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-calendar-edit.h"

#include "trk-calendar-show.h"
#include "trk-error.h"
#include "trk-format.h"
#include "trk-index-update.h"
#include "trk-loose-index.h"
#include "trk-parse.h"
#include "trk-paths.h"
#include "trk-text.h"

#include <glib/gstdio.h>
#include <string.h>

char *
trk_calendar_path (const char *word)
{
  g_autofree char *expanded = trk_path_expand (word);

  return g_canonicalize_filename (expanded, NULL);
}

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

/* A name for what lies at @path: "work" for /home/me/work.ics. */
static char *
name_of_path (const char *path)
{
  static const char *const suffixes[] = { ".ics", ".ical", ".vcs" };
  char *name = g_path_get_basename (path);

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    if (g_str_has_suffix (name, suffixes[i]) && strlen (name) > strlen (suffixes[i]))
      name[strlen (name) - strlen (suffixes[i])] = '\0';
  return name;
}

/* The name of what is to be added: the first of two words, or it goes by its path or template. */
static char *
wanted_name (const TrkArgs *args, GError **error)
{
  const char *template = trk_args_option (args, "template");
  guint words = trk_args_count (args);
  g_autofree char *path = NULL;

  if (words > (template != NULL ? 1 : 2) || (words == 0 && template == NULL))
    {
      g_set_error (error, TRK_ERROR, TRK_ERROR_USAGE,
                   "a calendar needs a path, and may have a name: tracker calendar add work "
                   "~/calendar.ics");
      return NULL;
    }
  if (words == 2 || (words == 1 && template != NULL))
    return g_strdup (trk_args_word (args, 0));
  if (template != NULL)
    return g_strdup (template);
  path = trk_calendar_path (trk_args_word (args, 0));
  return name_of_path (path);
}

/* Before anything is read or copied: can a calendar have that name? */
static gboolean
is_free (TrkSession *session, const char *name, GError **error)
{
  TrkConfig *config = trk_session_config (session, error);
  g_autofree char *shown = trk_text_line (name, 60);

  if (config == NULL)
    return FALSE;
  if (trk_config_calendar (config, name) == NULL)
    return TRUE;
  g_set_error (error, TRK_ERROR, TRK_ERROR_CONFLICT,
               "there is a calendar '%s' already; remove it first or choose another name: tracker "
               "calendar add NAME PATH",
               shown);
  return FALSE;
}

/* What is to be added: [NAME] PATH, or --template NAME (and a name for it). */
static TrkCalendar *
calendar_of_words (TrkSession *session, const TrkArgs *args, GError **error)
{
  const char *template = trk_args_option (args, "template");
  const char *kind = trk_args_option (args, "kind");
  g_autofree char *name = wanted_name (args, error);
  g_autoptr (TrkCalendar) calendar = NULL;
  g_autofree char *path = NULL;
  TrkKind its_kind = TRK_KIND_SHALLOW;

  if (name == NULL || (kind != NULL && !trk_parse_kind (kind, &its_kind, error))
      || !is_free (session, name, error))
    return NULL;
  path = template != NULL ? copy_template (template, error)
                          : trk_calendar_path (trk_args_word (args, trk_args_count (args) - 1));
  if (path == NULL)
    return NULL;
  calendar = trk_calendar_new (name, path);
  calendar->kind = its_kind;
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
  loose = trk_loose_index_new (one, trk_index_usual_window (trk_session_now (session)), error);
  if (loose == NULL)
    return FALSE;
  trk_calendar_show_diagnostics (trk_session_err (session), trk_loose_index_get (loose), NULL);
  if (trk_loose_index_is_useless (loose, calendar->name))
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

gboolean
trk_calendar_run_add (TrkSession *session, const TrkArgs *args, GError **error)
{
  g_autoptr (TrkCalendar) calendar = calendar_of_words (session, args, error);
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

/* The command, for a shell, that undoes the removal of @calendar. */
static char *
how_to_add (const TrkCalendar *calendar)
{
  g_autofree char *name = g_shell_quote (calendar->name);
  g_autofree char *path = g_shell_quote (calendar->path);

  return g_strdup_printf ("tracker calendar add%s%s -- %s %s", calendar->has_kind ? " --kind " : "",
                          calendar->has_kind ? trk_kind_to_string (calendar->kind) : "", name,
                          path);
}

gboolean
trk_calendar_run_remove (TrkSession *session, const TrkArgs *args, GError **error)
{
  const char *name = trk_args_word (args, 0);
  TrkConfig *config = trk_session_config (session, error);
  const TrkCalendar *calendar = config != NULL ? trk_config_calendar (config, name) : NULL;
  g_autofree char *file = trk_path_config_file ();
  g_autofree char *shown = trk_text_line (name, 60);
  g_autofree char *again = NULL;

  if (config == NULL)
    return FALSE;
  if (calendar == NULL)
    {
      g_set_error (error, TRK_ERROR, TRK_ERROR_NOT_FOUND,
                   "there is no calendar '%s'. See: tracker calendar list", shown);
      return FALSE;
    }
  again = how_to_add (calendar);
  if (!trk_config_remove_calendar (file, name, error))
    return FALSE;
  trk_session_tell_daemon (session);
  trk_session_say (session, "Removed %s; its file stays. To add it again: %s", shown, again);
  return TRUE;
}
