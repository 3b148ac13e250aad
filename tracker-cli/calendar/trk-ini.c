/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-ini.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

enum
{
  MAX_FILE = 1 << 20
};

static void
section_free (gpointer data)
{
  TrkIniSection *section = data;

  g_free (section->section);
  g_hash_table_unref (section->values);
  g_free (section);
}

static void
begin_section (GPtrArray *sections, char *name)
{
  TrkIniSection *section = g_new0 (TrkIniSection, 1);

  section->section = name;
  section->values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_ptr_array_add (sections, section);
}

/* "[[work]]" inside "calendars" → "calendars/work"; @outer remembers the outer one. */
static void
read_header (GPtrArray *sections, const char *line, char **outer)
{
  gsize depth = strspn (line, "[");
  g_autofree char *name = g_strndup (line + depth, strcspn (line + depth, "]"));

  g_strstrip (name);
  if (depth == 1)
    {
      g_free (*outer);
      *outer = g_strdup (name);
      begin_section (sections, g_steal_pointer (&name));
    }
  else
    begin_section (sections, g_strconcat (*outer != NULL ? *outer : "", "/", name, NULL));
}

/* Without its quotes, or without a comment behind it. */
static char *
plain_value (const char *text)
{
  const char *end = *text == '"' || *text == '\'' ? strchr (text + 1, *text) : NULL;
  g_autofree char *value = NULL;

  if (end != NULL)
    return g_strndup (text + 1, (gsize) (end - text - 1));
  end = strstr (text, " #");
  value = end != NULL ? g_strndup (text, (gsize) (end - text)) : g_strdup (text);
  return g_strdup (g_strstrip (value));
}

static void
read_line (GPtrArray *sections, char *line, char **outer)
{
  const TrkIniSection *last =
      sections->len > 0 ? g_ptr_array_index (sections, sections->len - 1) : NULL;
  char *sign = strchr (g_strstrip (line), '=');

  if (*line == '[')
    read_header (sections, line, outer);
  else if (*line != '#' && *line != ';' && sign != NULL && last != NULL)
    {
      char *key = g_strndup (line, (gsize) (sign - line));

      g_hash_table_replace (last->values, g_strchomp (key), plain_value (g_strchug (sign + 1)));
    }
}

GPtrArray *
trk_ini_read (const char *path)
{
  GPtrArray *sections = g_ptr_array_new_with_free_func (section_free);
  g_autofree char *text = NULL;
  g_autofree char *outer = NULL;
  g_auto (GStrv) lines = NULL;
  GStatBuf status;

  if (g_stat (path, &status) != 0 || !S_ISREG (status.st_mode) || status.st_size > MAX_FILE
      || !g_file_get_contents (path, &text, NULL, NULL) || !g_utf8_validate (text, -1, NULL))
    return sections;
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    read_line (sections, lines[i], &outer);
  return sections;
}

const char *
trk_ini_value (const TrkIniSection *section, const char *key)
{
  return g_hash_table_lookup (section->values, key);
}
