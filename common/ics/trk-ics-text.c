/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-ics-text.h"

#include <string.h>

enum
{
  LONGEST_LINE = 75 /* octets without the line end */
};

char *
trk_ics_escape (const char *text)
{
  GString *out = g_string_sized_new (strlen (text));

  for (const char *p = text; *p != '\0'; p++)
    if (strchr ("\\;,", *p) != NULL)
      g_string_append_printf (out, "\\%c", *p);
    else if (*p == '\n')
      g_string_append (out, "\\n");
    else if (!g_ascii_iscntrl (*p) || *p == '\t')
      g_string_append_c (out, *p);
  return g_string_free (out, FALSE);
}

char *
trk_ics_param (const char *text)
{
  g_autofree char *plain = g_strdelimit (g_strdup (text), "\"", '\'');

  for (char *p = plain; *p != '\0'; p++)
    if (g_ascii_iscntrl (*p))
      *p = ' ';
  return strpbrk (plain, ":;,") != NULL ? g_strconcat ("\"", plain, "\"", NULL)
                                        : g_steal_pointer (&plain);
}

/* How much of the @length bytes at @text fits into @room without cutting a character in two. */
static gsize
fitting (const char *text, gsize length, gsize room)
{
  gsize n = room;

  if (length <= room)
    return length;
  while (n > 0 && ((guchar) text[n] & 0xC0) == 0x80)
    n--;
  return n > 0 ? n : room; /* no UTF-8: cut anywhere */
}

void
trk_ics_append_line (GString *out, const char *line, const char *eol)
{
  gsize left = strlen (line), room = LONGEST_LINE;

  for (;;)
    {
      gsize n = fitting (line, left, room);

      g_string_append_len (out, line, (gssize) n);
      g_string_append (out, eol);
      line += n;
      left -= n;
      if (left == 0)
        return;
      g_string_append_c (out, ' ');
      room = LONGEST_LINE - 1;
    }
}
