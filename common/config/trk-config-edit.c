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

/* What @text says; NULL with @error. */
static TrkConfig *
read_text (const char *text, const char *path, GError **error)
{
  return trk_config_read (text, strlen (text), path, error);
}

/* Without a byte order mark, which would hide the first line. */
static const char *
without_mark (const char *text)
{
  return g_str_has_prefix (text, "\xEF\xBB\xBF") ? text + 3 : text;
}

/* -- Adding ------------------------------------------------------------------------------------ */

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
  g_autoptr (TrkConfig) config = read_text (text, path, NULL);
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

/* @text with @section behind it, and an empty line between them. */
static char *
append_section (const char *text, const char *section)
{
  const char *gap = "";

  if (*text != '\0')
    gap = g_str_has_suffix (text, "\n") ? "\n" : "\n\n";
  return g_strconcat (text, gap, section, NULL);
}

static gboolean
is_free (const TrkConfig *config, const char *name, GError **error)
{
  g_autofree char *shown = trk_text_line (name, 40);

  if (!trk_config_name_valid (name))
    g_set_error (error, TRK_ERROR, TRK_ERROR_USAGE,
                 "'%s' cannot name a calendar: at most 64 characters, no / and no brackets", shown);
  else if (trk_config_calendar (config, name) != NULL)
    g_set_error (error, TRK_ERROR, TRK_ERROR_CONFLICT,
                 "there is a calendar '%s' already; remove it first or choose another name", shown);
  else
    return TRUE;
  return FALSE;
}

char *
trk_config_with_calendar (const char *text,
                          const char *path,
                          const TrkCalendar *calendar,
                          GError **error)
{
  g_autoptr (TrkConfig) config = read_text (text, path, error);
  g_autofree char *section = NULL;
  g_autofree char *after = NULL;

  if (config == NULL || !is_free (config, calendar->name, error))
    return NULL;
  section = trk_config_calendar_text (calendar);
  after = append_section (without_mark (text), section);
  return says (after, path, calendar, error) ? g_steal_pointer (&after) : NULL;
}

gboolean
trk_config_add_calendar (const char *path, const TrkCalendar *calendar, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  gsize length;

  if (!trk_path_ensure_dir (folder, error) || !trk_config_read_file (path, &before, &length, error))
    return FALSE;
  after = trk_config_with_calendar (before, path, calendar, error);
  return after != NULL && trk_atomic_file_save (path, after, strlen (after), error);
}

/* -- Removing ---------------------------------------------------------------------------------- */

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

/* Where a section stands: from its header to its last key. Comments behind that belong to what
 * follows. */
typedef struct
{
  guint first, end;
} Lines;

static Lines
find_section (const GStrv lines, const char *name)
{
  Lines found = { 0, 0 };

  while (!is_header (lines[found.first], name)) /* it is there: the text was read */
    found.first++;
  for (found.end = found.first + 1;
       lines[found.end] != NULL && !is_header (lines[found.end], NULL);)
    found.end++;
  while (found.end > found.first + 1 && is_nothing (lines[found.end - 1]))
    found.end--;
  return found;
}

/* @text without the section; of the blank lines around it one is enough. */
static char *
without_section (const char *text, const char *name)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  GString *out = g_string_new (NULL);
  Lines section = find_section (lines, name);

  if (section.first > 0 && *lines[section.first - 1] == '\0' && lines[section.end] != NULL
      && *lines[section.end] == '\0')
    section.first--;
  for (guint i = 0; lines[i] != NULL; i++)
    if (i < section.first || i >= section.end)
      g_string_append_printf (out, "%s%s", lines[i], lines[i + 1] != NULL ? "\n" : "");
  return g_string_free (out, FALSE);
}

char *
trk_config_without_calendar (const char *text, const char *path, const char *name, GError **error)
{
  g_autoptr (TrkConfig) config = read_text (text, path, error);
  g_autoptr (TrkConfig) changed = NULL;
  g_autofree char *after = NULL;

  if (config == NULL)
    return NULL;
  if (trk_config_calendar (config, name) == NULL)
    {
      g_autofree char *shown = trk_text_line (name, 40);

      g_set_error (error, TRK_ERROR, TRK_ERROR_NOT_FOUND,
                   "there is no calendar '%s'; tracker calendar list names them", shown);
      return NULL;
    }
  after = without_section (without_mark (text), name);
  changed = read_text (after, path, error);
  return changed != NULL ? g_steal_pointer (&after) : NULL;
}

/* -- Putting back ------------------------------------------------------------------------------ */

/* The section as it stands in @text, with what the user wrote between its keys. */
static char *
section_of (const char *text, const char *name)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  GString *out = g_string_new (NULL);
  Lines section = find_section (lines, name);

  for (guint i = section.first; i < section.end; i++)
    g_string_append_printf (out, "%s\n", lines[i]);
  return g_string_free (out, FALSE);
}

/* The one calendar that @lines of a configuration are about; NULL: they are no section. */
static char *
name_in (const char *lines, const char *path)
{
  g_autoptr (TrkConfig) config = read_text (lines, path, NULL);
  const TrkCalendar *calendar = config != NULL && config->calendars->len == 1
                                    ? g_ptr_array_index (config->calendars, 0)
                                    : NULL;

  return calendar != NULL ? g_strdup (calendar->name) : NULL;
}

static char *
refuse (const char *path, const char *name, GError **error)
{
  g_autofree char *shown = trk_path_display (path);

  g_set_error (error, TRK_ERROR, TRK_ERROR_CONFLICT, "[calendar %s] in %s has changed since", name,
               shown);
  return NULL;
}

/* Has @config the section of @lines as they are: 1; another one of that name: 0; none: -1. */
static int
compare (const TrkConfig *config, const char *text, const char *lines, const char *name)
{
  g_autofree char *now = NULL;
  g_autofree char *then = NULL;

  if (trk_config_calendar (config, name) == NULL)
    return -1;
  now = section_of (text, name);
  then = section_of (lines, name);
  return g_str_equal (now, then);
}

static char *
take_out (
    const TrkConfig *config, const char *text, const char *path, const char *gone, GError **error)
{
  g_autofree char *name = name_in (gone, path);
  int there = name != NULL ? compare (config, text, gone, name) : 0;

  if (name == NULL || there == 0)
    return refuse (path, name != NULL ? name : "…", error);
  return there < 0 ? g_strdup (text) : without_section (text, name);
}

static char *
put_in (
    const TrkConfig *config, const char *text, const char *path, const char *come, GError **error)
{
  g_autofree char *name = name_in (come, path);
  int there = name != NULL ? compare (config, text, come, name) : 0;
  g_autofree char *section = NULL;

  if (name == NULL || there == 0)
    return refuse (path, name != NULL ? name : "…", error);
  section = section_of (come, name);
  return there > 0 ? g_strdup (text) : append_section (text, section);
}

char *
trk_config_follow (
    const char *text, const char *path, const char *gone, const char *come, GError **error)
{
  const char *bare = without_mark (text);
  g_autoptr (TrkConfig) config = read_text (text, path, error);
  g_autoptr (TrkConfig) changed = NULL;
  g_autofree char *after = NULL;

  if (config == NULL)
    return NULL;
  if ((*gone == '\0') == (*come == '\0')) /* commands add a section, or take one out */
    return refuse (path, "…", error);
  after = *gone != '\0' ? take_out (config, bare, path, gone, error)
                        : put_in (config, bare, path, come, error);
  changed = after != NULL ? read_text (after, path, error) : NULL;
  return changed != NULL ? g_steal_pointer (&after) : NULL;
}
