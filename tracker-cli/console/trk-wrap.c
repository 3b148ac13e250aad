/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-wrap.h"

#include "trk-text.h"

#include <string.h>

typedef struct
{
  GString *out;
  guint columns, indent;
  guint used; /* columns of the line so far */
} Wrapping;

static void
indent_line (Wrapping *wrapping)
{
  for (guint i = 0; i < wrapping->indent; i++)
    g_string_append_c (wrapping->out, ' ');
}

static void
end_line (Wrapping *wrapping)
{
  if (wrapping->used > 0)
    g_string_append_c (wrapping->out, '\n');
  wrapping->used = 0;
}

/* Adds @word, on a new line when it does not fit. */
static void
wrap_word (Wrapping *wrapping, const char *word, gsize length)
{
  guint width = (guint) trk_text_width_of (word, length);

  if (wrapping->used > wrapping->indent && wrapping->used + 1 + width > wrapping->columns)
    end_line (wrapping);
  if (wrapping->used == 0)
    {
      indent_line (wrapping);
      wrapping->used = wrapping->indent;
    }
  else
    {
      g_string_append_c (wrapping->out, ' ');
      wrapping->used += 1;
    }
  g_string_append_len (wrapping->out, word, (gssize) length);
  wrapping->used += width;
}

/* A line that begins with a space. */
static void
keep_line (Wrapping *wrapping, const char *line, gsize length)
{
  indent_line (wrapping);
  g_string_append_len (wrapping->out, line, (gssize) length);
  g_string_append_c (wrapping->out, '\n');
}

static void
wrap_line (Wrapping *wrapping, const char *line)
{
  while (*line != '\n' && *line != '\0')
    {
      gsize length = strcspn (line, " \n");

      if (length > 0)
        wrap_word (wrapping, line, length);
      line += length + strspn (line + length, " ");
    }
}

char *
trk_wrap (const char *text, guint columns, guint indent)
{
  Wrapping wrapping = { g_string_new (NULL), columns, indent, 0 };

  for (const char *line = text, *next; line != NULL; line = next)
    {
      gsize length = strcspn (line, "\n");

      next = line[length] == '\n' ? line + length + 1 : NULL;
      if (*line != ' ' && length > 0)
        {
          wrap_line (&wrapping, line);
          continue;
        }
      end_line (&wrapping);
      if (*line == ' ')
        keep_line (&wrapping, line, length);
      else if (next != NULL)
        g_string_append_c (wrapping.out, '\n');
    }
  end_line (&wrapping);
  return g_string_free (wrapping.out, FALSE);
}
