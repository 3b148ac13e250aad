/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-wrap.h"

#include "trk-text.h"

/* Appends @word, on a new line when it does not fit. @used: columns of the line so far. */
static void
wrap_word (GString *out, const char *word, guint columns, guint indent, guint *used)
{
  guint width = (guint) trk_text_width (word);

  if (*used > indent && *used + 1 + width > columns)
    {
      g_string_append_c (out, '\n');
      *used = 0;
    }
  if (*used == 0)
    {
      g_string_append_printf (out, "%*s", (int) indent, "");
      *used = indent;
    }
  else
    {
      g_string_append_c (out, ' ');
      *used += 1;
    }
  g_string_append (out, word);
  *used += width;
}

static void
wrap_line (GString *out, const char *line, guint columns, guint indent, guint *used)
{
  g_auto (GStrv) words = g_strsplit (line, " ", -1);

  for (guint i = 0; words[i] != NULL; i++)
    if (*words[i] != '\0')
      wrap_word (out, words[i], columns, indent, used);
}

char *
trk_wrap (const char *text, guint columns, guint indent)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  GString *out = g_string_new (NULL);
  guint used = 0;

  for (guint i = 0; lines[i] != NULL; i++)
    {
      gboolean literal = lines[i][0] == ' ' || lines[i][0] == '\0';

      if (literal && used > 0)
        g_string_append_c (out, '\n');
      if (literal)
        used = 0;
      if (lines[i][0] == ' ')
        g_string_append_printf (out, "%*s%s\n", (int) indent, "", lines[i]);
      else if (literal && lines[i + 1] != NULL)
        g_string_append_c (out, '\n');
      else if (!literal)
        wrap_line (out, lines[i], columns, indent, &used);
    }
  if (used > 0)
    g_string_append_c (out, '\n');
  return g_string_free (out, FALSE);
}
