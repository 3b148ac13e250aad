/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-wrap.h"

#include "trk-text.h"

#include <string.h>

typedef struct
{
  GPtrArray *lines; /* of char * */
  GString *line;    /* the one that is being filled */
  gsize columns, used;
} Wrapping;

static void
end_line (Wrapping *wrapping)
{
  if (wrapping->line->len > 0)
    g_ptr_array_add (wrapping->lines, g_strndup (wrapping->line->str, wrapping->line->len));
  g_string_truncate (wrapping->line, 0);
  wrapping->used = 0;
}

/* Adds @word, behind @spaces, on a new line when it does not fit. */
static void
wrap_word (Wrapping *wrapping, gsize spaces, const char *word, gsize length)
{
  gsize width = trk_text_width_of (word, length);

  if (wrapping->line->len > 0 && wrapping->used + spaces + width > wrapping->columns)
    end_line (wrapping);
  if (wrapping->line->len > 0)
    {
      g_string_append_printf (wrapping->line, "%*s", (int) spaces, "");
      wrapping->used += spaces;
    }
  g_string_append_len (wrapping->line, word, (gssize) length);
  wrapping->used += width;
}

/* Two spaces tell parts of a line apart, and stay. */
static void
wrap_words (Wrapping *wrapping, const char *line, const char *end)
{
  gsize spaces = 1;

  while (line < end)
    {
      gsize length = strcspn (line, " \n");

      if (length > 0)
        wrap_word (wrapping, spaces, line, length);
      spaces = CLAMP (strspn (line + length, " "), 1, 2);
      line += length + strspn (line + length, " ");
    }
}

GStrv
trk_wrap_lines (const char *text, guint columns)
{
  Wrapping wrapping = { g_ptr_array_new (), g_string_sized_new (columns), columns, 0 };

  for (const char *line = text, *next; line != NULL; line = next)
    {
      gsize length = strcspn (line, "\n");

      next = line[length] == '\n' ? line + length + 1 : NULL;
      if (*line != ' ' && length > 0)
        {
          wrap_words (&wrapping, line, line + length);
          continue;
        }
      end_line (&wrapping);
      if (*line == ' ' || next != NULL)
        g_ptr_array_add (wrapping.lines, g_strndup (line, length));
    }
  end_line (&wrapping);
  g_string_free (wrapping.line, TRUE);
  g_ptr_array_add (wrapping.lines, NULL);
  return (GStrv) g_ptr_array_free (wrapping.lines, FALSE);
}

char *
trk_wrap (const char *text, guint columns, guint indent)
{
  g_auto (GStrv) lines = trk_wrap_lines (text, columns > indent ? columns - indent : 0);
  GString *out = g_string_sized_new (strlen (text) + 1);

  for (char **line = lines; *line != NULL; line++)
    g_string_append_printf (out, "%*s%s\n", **line != '\0' ? (int) indent : 0, "", *line);
  return g_string_free (out, FALSE);
}
