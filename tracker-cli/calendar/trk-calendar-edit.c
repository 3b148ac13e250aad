/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-calendar-edit.h"

#include "trk-atomic-file.h"
#include "trk-build.h"
#include "trk-calendar-config.h"
#include "trk-calendar-leave.h"
#include "trk-calendar-show.h"
#include "trk-calendar-subscribe.h"
#include "trk-error.h"
#include "trk-format.h"
#include "trk-index-update.h"
#include "trk-loose-index.h"
#include "trk-parse.h"
#include "trk-paths.h"
#include "trk-text.h"
#include "trk-vdir.h"

#include <errno.h>
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
  if (g_file_test (to, G_FILE_TEST_EXISTS) || trk_atomic_file_save (to, bytes, length, error))
    return g_steal_pointer (&to);
  return NULL;
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
  return trk_vdir_name (path);
}

gboolean
trk_calendar_name_is_free (TrkSession *session, const char *name, GError **error)
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

/* Options that only an address has. */
static gboolean
has_no_strays (const TrkArgs *args, GError **error)
{
  static const char *const options[] = { "every", "user", "password-file", "ca-file" };

  for (guint i = 0; i < G_N_ELEMENTS (options); i++)
    if (trk_args_has (args, options[i]))
      {
        g_set_error (
            error, TRK_ERROR, TRK_ERROR_USAGE,
            "--%s is for an address: tracker calendar add team https://example.org/team.ics",
            options[i]);
        return FALSE;
      }
  return TRUE;
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

  if (name == NULL || !has_no_strays (args, error)
      || (kind != NULL && !trk_parse_kind (kind, &its_kind, error))
      || !trk_calendar_name_is_free (session, name, error))
    return NULL;
  path = template != NULL ? copy_template (template, error)
                          : trk_calendar_path (trk_args_word (args, trk_args_count (args) - 1));
  if (path == NULL)
    return NULL;
  calendar = trk_calendar_new (name, path);
  calendar->kind = its_kind;
  calendar->has_kind = kind != NULL;
  calendar->writable = trk_args_has (args, "writable");
  return g_steal_pointer (&calendar);
}

gboolean
trk_calendar_look_into (TrkSession *session,
                        const TrkCalendar *calendar,
                        guint *events,
                        GError **error)
{
  g_autoptr (GPtrArray) one = g_ptr_array_new ();
  g_autoptr (TrkLooseIndex) loose = NULL;
  g_autoptr (GPtrArray) summaries = NULL;

  g_ptr_array_add (one, (gpointer) calendar);
  loose = trk_loose_index_new (one, trk_index_usual_window (trk_session_now (session)),
                               trk_session_err (session), error);
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

/* One that commands may write can begin as nothing: then the file is made. */
static gboolean
ensure_writable (const TrkCalendar *calendar, GError **error)
{
  static const char empty[] =
      "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//trackerd//trackerd " TRK_VERSION
      "//EN\r\nEND:VCALENDAR\r\n";

  return !calendar->writable || g_file_test (calendar->path, G_FILE_TEST_EXISTS)
         || trk_atomic_file_save (calendar->path, empty, strlen (empty), error);
}

/* A file that is to be begun is one that commands write. */
static gboolean
is_there (const TrkCalendar *calendar, GError **error)
{
  g_autofree char *shown = NULL;
  GStatBuf about;

  if (calendar->writable || g_lstat (calendar->path, &about) == 0 || errno != ENOENT)
    return TRUE;
  shown = trk_path_display (calendar->path);
  g_set_error (error, TRK_ERROR, TRK_ERROR_FAILED,
               "there is no %s, and nothing was added; to begin an empty calendar of your own "
               "there: tracker calendar add --writable %s %s",
               shown, calendar->name, shown);
  return FALSE;
}

/* Are both there, and one file or folder, be it by a link? */
static gboolean
is_same_file (const char *path, const char *other)
{
  GStatBuf a, b;

  return g_stat (path, &a) == 0 && g_stat (other, &b) == 0 && a.st_dev == b.st_dev
         && a.st_ino == b.st_ino;
}

/* The calendar that reads @place, a path or an address; NULL: none. Borrowed. */
static const TrkCalendar *
reader_of (const TrkConfig *config, const char *place)
{
  for (guint i = 0; i < config->calendars->len; i++)
    {
      const TrkCalendar *calendar = g_ptr_array_index (config->calendars, i);

      if (g_str_equal (calendar->path, place) || g_strcmp0 (calendar->url, place) == 0
          || is_same_file (calendar->path, place))
        return calendar;
    }
  return NULL;
}

gboolean
trk_calendar_is_read (const TrkConfig *config, const char *place)
{
  return reader_of (config, place) != NULL;
}

char *
trk_calendar_other_reader (TrkSession *session, const char *place)
{
  TrkConfig *config = trk_session_config (session, NULL);
  const TrkCalendar *other = config != NULL ? reader_of (config, place) : NULL;

  return g_strdup (other != NULL ? other->name : NULL);
}

void
trk_calendar_say_other_reader (TrkSession *session, const char *other)
{
  if (other != NULL)
    trk_session_say (session,
                     "%s reads the same, so that each of its events stands twice and one of them "
                     "gives way. tracker undo takes it back",
                     other);
}

gboolean
trk_calendar_add (TrkSession *session, const TrkCalendar *calendar, GError **error)
{
  g_autofree char *other = trk_calendar_other_reader (session, calendar->path);
  g_autofree char *found = NULL;
  g_autofree char *path = NULL;
  guint events = 0;

  if (!is_there (calendar, error) || !ensure_writable (calendar, error)
      || !trk_calendar_look_into (session, calendar, &events, error)
      || !trk_calendar_config_add (session, calendar, error))
    return FALSE;
  trk_session_tell_daemon (session);
  found = trk_format_count (events, "event", NULL);
  path = trk_path_display (calendar->path);
  trk_session_say (session, "Added %s: %s in %s", calendar->name, found, path);
  trk_calendar_say_other_reader (session, other);
  return TRUE;
}

/* The collections of the folder that is to be added, when it holds nothing but them. */
static GPtrArray *
collections_of_words (const TrkArgs *args)
{
  g_autofree char *path = trk_args_count (args) == 1 && !trk_args_has (args, "template")
                              ? trk_calendar_path (trk_args_word (args, 0))
                              : NULL;

  return path != NULL ? trk_vdir_collections (path) : g_ptr_array_new ();
}

char *
trk_calendar_free_name (const TrkConfig *config, GHashTable *taken, const char *wanted)
{
  char *name = g_strdup (wanted);

  for (guint i = 2;
       trk_config_calendar (config, name) != NULL || g_hash_table_contains (taken, name); i++)
    {
      g_free (name);
      name = g_strdup_printf ("%s %u", wanted, i);
    }
  g_hash_table_add (taken, g_strdup (name));
  return name;
}

static gboolean
add_collections (TrkSession *session,
                 const GPtrArray *paths,
                 const TrkCalendar *pattern,
                 GError **error)
{
  TrkConfig *config = trk_session_config (session, error);
  g_autoptr (GHashTable) taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < paths->len; i++)
    {
      const char *path = g_ptr_array_index (paths, i);
      g_autofree char *title = trk_vdir_name (path);
      g_autofree char *name = trk_calendar_free_name (config, taken, title);
      g_autoptr (TrkCalendar) calendar = trk_calendar_new (name, path);

      calendar->kind = pattern->kind;
      calendar->has_kind = pattern->has_kind;
      calendar->writable = pattern->writable;
      if (trk_calendar_is_read (config, path))
        trk_session_say (session, "%s is read already", title);
      else if (!trk_calendar_add (session, calendar, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
trk_calendar_run_add (TrkSession *session, const TrkArgs *args, GError **error)
{
  g_autoptr (TrkCalendar) calendar = NULL;
  g_autoptr (GPtrArray) collections = NULL;

  if (trk_calendar_is_subscription (args))
    return trk_calendar_run_subscribe (session, args, error);
  calendar = calendar_of_words (session, args, error);
  if (calendar == NULL)
    return FALSE;
  collections = collections_of_words (args);
  if (collections->len > 0)
    return add_collections (session, collections, calendar, error);
  return trk_calendar_add (session, calendar, error);
}

static void
append_option (GString *out, const char *option, const char *value)
{
  g_autofree char *quoted = value != NULL ? g_shell_quote (value) : NULL;

  if (quoted != NULL)
    g_string_append_printf (out, " --%s %s", option, quoted);
}

/* The command, for a shell, that adds @calendar again when undo is about other things by then. */
static char *
how_to_add (const TrkCalendar *calendar)
{
  g_autofree char *name = g_shell_quote (calendar->name);
  g_autofree char *place = g_shell_quote (calendar->url != NULL ? calendar->url : calendar->path);
  g_autofree char *every =
      calendar->every > 0 ? g_strdup_printf ("%" G_GINT64_FORMAT "m", calendar->every / TRK_MINUTE)
                          : NULL;
  GString *out = g_string_new ("tracker calendar add");

  if (calendar->writable)
    g_string_append (out, " --writable");
  if (calendar->has_kind)
    g_string_append_printf (out, " --kind %s", trk_kind_to_string (calendar->kind));
  if (every != NULL)
    g_string_append_printf (out, " --every %s", every);
  append_option (out, "user", calendar->user);
  append_option (out, "password-file", calendar->password_file);
  append_option (out, "ca-file", calendar->ca_file);
  g_string_append_printf (out, " -- %s %s", name, place);
  return g_string_free (out, FALSE);
}

gboolean
trk_calendar_run_remove (TrkSession *session, const TrkArgs *args, GError **error)
{
  const char *name = trk_args_word (args, 0);
  TrkConfig *config = trk_session_config (session, error);
  const TrkCalendar *calendar = config != NULL ? trk_config_calendar (config, name) : NULL;
  g_autofree char *shown = trk_text_line (name, 60);
  g_autofree char *again = NULL;
  g_autofree char *runs = NULL;
  gboolean is_elsewhere;

  if (config == NULL)
    return FALSE;
  if (calendar == NULL)
    {
      g_set_error (error, TRK_ERROR, TRK_ERROR_NOT_FOUND,
                   "there is no calendar '%s'. See: tracker calendar list", shown);
      return FALSE;
    }
  again = how_to_add (calendar);
  is_elsewhere = calendar->url != NULL;
  if (!trk_calendar_config_remove (session, name, error))
    return FALSE;
  runs = trk_calendar_leave_words (session, config, "tracker undo");
  trk_session_tell_daemon (session);
  trk_session_say (session,
                   "Removed %s; its %s stays — tracker undo takes it back. To add it again: %s",
                   shown, is_elsewhere ? "last copy" : "file", again);
  if (runs != NULL)
    trk_session_say (session, "%s", runs);
  return TRUE;
}
