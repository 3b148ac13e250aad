/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-config-line.h"

#include <string.h>

/* "[calendar work]" → "calendar", "work". */
static void
parse_section (TrkConfigLine *line, char *text)
{
  gsize length = strlen (text);
  char *space;

  if (length < 3 || text[length - 1] != ']')
    return;
  text[length - 1] = '\0';
  text = g_strstrip (text + 1);
  if (*text == '\0' || strpbrk (text, "[]") != NULL)
    return;
  line->type = TRK_CONFIG_LINE_SECTION;
  space = strpbrk (text, " \t");
  line->first = space != NULL ? g_strndup (text, space - text) : g_strdup (text);
  line->second = space != NULL ? g_strdup (g_strchug (space)) : NULL;
}

static void
parse_key (TrkConfigLine *line, char *text)
{
  char *sign = strchr (text, '=');

  if (sign == NULL || sign == text)
    return;
  line->type = TRK_CONFIG_LINE_KEY;
  line->first = g_strchomp (g_strndup (text, sign - text));
  line->second = g_strdup (g_strchug (sign + 1));
}

TrkConfigLine *
trk_config_line_new (const char *text)
{
  TrkConfigLine *line = g_new0 (TrkConfigLine, 1);
  g_autofree char *copy = g_strdup (text);
  char *trimmed = g_strstrip (copy);

  line->type = TRK_CONFIG_LINE_BAD;
  if (*trimmed == '\0' || *trimmed == '#' || *trimmed == ';')
    line->type = TRK_CONFIG_LINE_NOTHING;
  else if (*trimmed == '[')
    parse_section (line, trimmed);
  else
    parse_key (line, trimmed);
  return line;
}

void
trk_config_line_free (TrkConfigLine *line)
{
  if (line == NULL)
    return;
  g_free (line->first);
  g_free (line->second);
  g_free (line);
}
