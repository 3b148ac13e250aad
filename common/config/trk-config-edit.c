/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-config.h"

#include "trk-atomic-file.h"
#include "trk-config-line.h"
#include "trk-config-read.h"
#include "trk-error.h"
#include "trk-paths.h"
#include "trk-text.h"

#include <string.h>

/* The configuration's file, its folder made where it is missing; whoever holds it is the only
 * editor. */
static TrkAtomicFile *
open_file (const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);

  return trk_path_ensure_dir (folder, error) ? trk_atomic_file_open (path, error) : NULL;
}

static gboolean
replace (TrkAtomicFile *file, const char *text, GError **error)
{
  return trk_atomic_file_begin (file, error)
         && trk_atomic_file_append (file, text, strlen (text), error)
         && trk_atomic_file_finish (file, TRK_ATOMIC_PRIVATE, error)
         && trk_atomic_file_commit (file, FALSE, error);
}

/* The text, without a byte order mark, which would hide the first line, and what it says; a file
 * that cannot be read is not edited either. */
static TrkConfig *
load_text (const char *path, char **text, GError **error)
{
  gsize length;
  TrkConfig *config;

  if (!trk_config_read_file (path, text, &length, error))
    return NULL;
  config = trk_config_read (*text, length, path, error);
  if (g_str_has_prefix (*text, "\xEF\xBB\xBF"))
    memmove (*text, *text + 3, length - 3 + 1);
  return config;
}

static void
append_path (GString *out, const char *key, const char *path)
{
  g_autofree char *shown = path != NULL ? trk_path_display (path) : NULL;

  if (shown != NULL)
    g_string_append_printf (out, "%s = %s\n", key, shown);
}

char *
trk_config_calendar_text (const TrkCalendar *calendar)
{
  GString *out = g_string_new (NULL);

  g_string_append_printf (out, "[calendar %s]\n", calendar->name);
  if (calendar->url != NULL)
    g_string_append_printf (out, "url = %s\n", calendar->url);
  else
    append_path (out, "path", calendar->path);
  if (calendar->every > 0)
    g_string_append_printf (out, "every = %" G_GINT64_FORMAT "m\n", calendar->every / TRK_MINUTE);
  if (calendar->user != NULL)
    g_string_append_printf (out, "user = %s\n", calendar->user);
  append_path (out, "password_file", calendar->password_file);
  append_path (out, "ca_file", calendar->ca_file);
  if (calendar->has_kind)
    g_string_append_printf (out, "kind = %s\n", trk_kind_to_string (calendar->kind));
  if (calendar->writable)
    g_string_append (out, "writable = yes\n");
  return g_string_free (out, FALSE);
}

/* Does @text say what was meant? A path with a line break or blanks at its ends cannot be
 * written. */
static gboolean
says (const char *text, const char *path, const TrkCalendar *wanted, GError **error)
{
  g_autoptr (TrkConfig) config = trk_config_read (text, strlen (text), path, NULL);
  const TrkCalendar *found = config != NULL ? trk_config_calendar (config, wanted->name) : NULL;

  if (found != NULL && g_str_equal (found->path, wanted->path)
      && g_strcmp0 (found->user, wanted->user) == 0
      && g_strcmp0 (found->password_file, wanted->password_file) == 0
      && g_strcmp0 (found->ca_file, wanted->ca_file) == 0)
    return TRUE;
  g_set_error (error, TRK_ERROR, TRK_ERROR_USAGE,
               "a path or name of the calendar '%s' cannot be written in %s: move or rename it",
               wanted->name, path);
  return FALSE;
}

gboolean
trk_config_add_calendar (const char *path, const TrkCalendar *calendar, GError **error)
{
  g_autofree char *before = NULL;
  g_autofree char *section = NULL;
  g_autofree char *after = NULL;
  g_autofree char *shown = trk_text_line (calendar->name, 40);
  g_autoptr (TrkAtomicFile) file = open_file (path, error);
  g_autoptr (TrkConfig) config = file != NULL ? load_text (path, &before, error) : NULL;
  const char *gap = "";

  if (config == NULL)
    return FALSE;
  if (!trk_config_name_valid (calendar->name))
    return g_set_error (error, TRK_ERROR, TRK_ERROR_USAGE,
                        "'%s' cannot name a calendar: at most 64 characters, no / and no brackets",
                        shown),
           FALSE;
  if (trk_config_calendar (config, calendar->name) != NULL)
    return g_set_error (error, TRK_ERROR, TRK_ERROR_CONFLICT,
                        "there is a calendar '%s' already; remove it first or choose another name",
                        shown),
           FALSE;
  if (*before != '\0')
    gap = g_str_has_suffix (before, "\n") ? "\n" : "\n\n";
  section = trk_config_calendar_text (calendar);
  after = g_strconcat (before, gap, section, NULL);
  return says (after, path, calendar, error) && replace (file, after, error);
}

/* Is @line the header of that calendar's section (@name given), or of any section? */
static gboolean
is_header (const char *line, const char *name)
{
  g_autoptr (TrkConfigLine) parsed = trk_config_line_new (line);

  if (parsed->type != TRK_CONFIG_LINE_SECTION || name == NULL)
    return parsed->type == TRK_CONFIG_LINE_SECTION;
  return g_str_equal (parsed->first, "calendar") && g_strcmp0 (parsed->second, name) == 0;
}

static gboolean
is_nothing (const char *line)
{
  g_autoptr (TrkConfigLine) parsed = trk_config_line_new (line);

  return parsed->type == TRK_CONFIG_LINE_NOTHING;
}

/* @text without the section: from its header to its last key. Comments behind that belong to what
 * follows, and of the blank lines around it one is enough. */
static char *
without_section (const char *text, const char *name)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  GString *out = g_string_new (NULL);
  guint first = 0, end;

  while (!is_header (lines[first], name)) /* it is there: the text was read */
    first++;
  for (end = first + 1; lines[end] != NULL && !is_header (lines[end], NULL);)
    end++;
  while (end > first + 1 && is_nothing (lines[end - 1]))
    end--;
  if (first > 0 && *lines[first - 1] == '\0' && lines[end] != NULL && *lines[end] == '\0')
    first--;
  for (guint i = 0; lines[i] != NULL; i++)
    if (i < first || i >= end)
      g_string_append_printf (out, "%s%s", lines[i], lines[i + 1] != NULL ? "\n" : "");
  return g_string_free (out, FALSE);
}

gboolean
trk_config_remove_calendar (const char *path, const char *name, GError **error)
{
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (TrkAtomicFile) file = open_file (path, error);
  g_autoptr (TrkConfig) config = file != NULL ? load_text (path, &before, error) : NULL;
  g_autoptr (TrkConfig) changed = NULL;

  if (config == NULL)
    return FALSE;
  if (trk_config_calendar (config, name) == NULL)
    {
      g_autofree char *shown = trk_text_line (name, 40);

      g_set_error (error, TRK_ERROR, TRK_ERROR_NOT_FOUND,
                   "there is no calendar '%s'; tracker calendar list names them", shown);
      return FALSE;
    }
  after = without_section (before, name);
  changed = trk_config_read (after, strlen (after), path, error);
  return changed != NULL && replace (file, after, error);
}
