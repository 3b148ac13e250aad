/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-lost-lines.h"

#include <string.h>

static gboolean
is_line_end (char c)
{
  return c == '\r' || c == '\n';
}

gsize
trk_lost_first_piece (const char *raw)
{
  const char *value = strchr (raw, ':'), *begin, *end;

  if (value == NULL || strchr (value + 1, ':') == NULL
      || (g_ascii_strncasecmp (raw, "BEGIN:", strlen ("BEGIN:")) != 0
          && g_ascii_strncasecmp (raw, "END:", strlen ("END:")) != 0))
    return 0;
  begin = strstr (value, "BEGIN:");
  end = strstr (value, "END:");
  if (begin == NULL || (end != NULL && end < begin))
    begin = end;
  return begin != NULL ? (gsize) (begin - raw) : 0;
}

const char *
trk_lost_begin (const char *from, const char *to)
{
  static const char begin[] = "BEGIN:VEVENT";
  const gssize n = strlen (begin);

  if (to - from < n + 2)
    return NULL;
  for (const char *at = to - n - 1; at > from; at--)
    if (*at == *begin && memcmp (at, begin, (gsize) n) == 0 && !is_line_end (at[-1])
        && is_line_end (at[n]))
      return at;
  return NULL;
}

guint
trk_lost_lines_in (const char *from, const char *to)
{
  char end = memchr (from, '\n', (gsize) (to - from)) != NULL ? '\n' : '\r';
  guint n = 0;

  for (; from < to; from++)
    n += *from == end;
  return n;
}

gboolean
trk_lost_fold (const char *bytes, gsize length, gsize offset, const char *name)
{
  gsize behind = offset + strlen ("BEGIN:VEVENT");

  return g_ascii_strncasecmp (name, "VEVENT", strlen ("VEVENT")) == 0 && behind < length
         && is_line_end (bytes[behind]);
}
