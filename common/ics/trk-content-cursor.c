/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-content-cursor.h"

#include <string.h>

/* Finds the line end at or behind the cursor. */
static void
find_line_end (TrkContentCursor *cursor)
{
  const char *end =
      memchr (cursor->text + cursor->at, cursor->cr ? '\r' : '\n', cursor->length - cursor->at);

  cursor->line_end = end != NULL ? (gsize) (end - cursor->text) : cursor->length;
}

void
trk_content_cursor_init (TrkContentCursor *cursor, const char *text, gsize length, guint first_line)
{
  cursor->text = text;
  cursor->length = length;
  cursor->at = 0;
  cursor->line = first_line;
  cursor->cr = memchr (text, '\n', length) == NULL;
  find_line_end (cursor);
}

void
trk_content_cursor_go_back (TrkContentCursor *cursor, gsize at, guint line)
{
  if (at > cursor->at)
    return;
  cursor->at = at;
  cursor->line = line;
  find_line_end (cursor);
}

/* Does a content line begin here: "NAME:" or "NAME;"? */
static gboolean
begins_content (const char *text, gsize length)
{
  gsize n = 0;

  while (n < length && trk_content_is_name_char (text[n]))
    n++;
  return n > 0 && n < length && (text[n] == ':' || text[n] == ';');
}

/* Where a line of @length bytes ends that some program ended by CR alone, in a file of other line
 * ends; @length when it does not. */
static gsize
bare_cr (const char *text, gsize length)
{
  const char *end = text + length;

  for (const char *p = text; (p = memchr (p, '\r', (gsize) (end - p))) != NULL; p++)
    if (begins_content (p + 1, (gsize) (end - p - 1)))
      return (gsize) (p - text);
  return length;
}

/* One physical line at the cursor: its bytes without the line end; the cursor moves behind it. */
static const char *
physical_line (TrkContentCursor *cursor, gsize *length)
{
  const char *start = cursor->text + cursor->at;
  gsize whole, n;

  if (cursor->line_end < cursor->at) /* else it is known: of many CRs before one LF, say */
    find_line_end (cursor);
  whole = cursor->line_end - cursor->at;
  n = cursor->cr ? whole : bare_cr (start, whole);
  cursor->at = MIN (cursor->at + n + 1, cursor->length);
  cursor->line++;
  while (n > 0 && start[n - 1] == '\r')
    n--;
  *length = n;
  return start;
}

static void
append (GString *out, const char *bytes, gsize length, gsize max, gboolean *cut)
{
  gsize room = max > out->len ? max - out->len : 0;

  if (length > room)
    *cut = TRUE;
  g_string_append_len (out, bytes, (gssize) MIN (length, room));
}

/* Where the line behind the one at @at begins when that is empty; else @at. */
static gsize
behind_empty (const TrkContentCursor *cursor, gsize at)
{
  gsize end = at;

  if (cursor->cr)
    return at < cursor->length && cursor->text[at] == '\r' ? at + 1 : at;
  while (end < cursor->length && cursor->text[end] == '\r')
    end++;
  return end < cursor->length && cursor->text[end] == '\n' ? end + 1 : at;
}

/* Does what was begun go on in the next line? Empty lines before that (Mozilla's first calendar
 * wrote them) are passed over with it. */
static gboolean
at_fold (TrkContentCursor *cursor)
{
  gsize at = cursor->at;
  guint empty = 0;

  for (gsize next; (next = behind_empty (cursor, at)) > at; at = next)
    empty++;
  if (at >= cursor->length || (cursor->text[at] != ' ' && cursor->text[at] != '\t'))
    return FALSE;
  cursor->at = at;
  cursor->line += empty;
  return TRUE;
}

/* Does the line so far end with a soft break of quoted-printable (RFC 2045 6.7), which
 * vCalendar 1.0 allows? Then it goes on in the next, fold or not. */
static gboolean
at_soft_break (const GString *out)
{
  g_autofree char *head = NULL;
  const char *colon;

  if (out->len == 0 || out->str[out->len - 1] != '=')
    return FALSE;
  colon = memchr (out->str, ':', out->len);
  if (colon == NULL)
    return FALSE;
  head = g_ascii_strup (out->str, colon - out->str);
  return strstr (head, "QUOTED-PRINTABLE") != NULL;
}

/* The next physical line when the one in @out goes on in it; FALSE: it is at its end. */
static gboolean
unfold (TrkContentCursor *cursor, gsize max, GString *out, gboolean *cut)
{
  gboolean soft = cursor->at < cursor->length && at_soft_break (out);
  gsize length = 0;
  const char *bytes;

  if (!soft && !at_fold (cursor))
    return FALSE;
  bytes = physical_line (cursor, &length);
  if (soft)
    {
      g_string_truncate (out, out->len - 1);
      append (out, bytes, length, max, cut);
    }
  else if (length > 0)
    append (out, bytes + 1, length - 1, max, cut);
  return TRUE;
}

gboolean
trk_content_next (
    TrkContentCursor *cursor, gsize max, GString *out, guint *line, gsize *offset, gboolean *cut)
{
  g_string_truncate (out, 0);
  *cut = FALSE;
  while (out->len == 0 && cursor->at < cursor->length)
    {
      gsize length = 0;
      const char *bytes;

      if (line != NULL)
        *line = cursor->line;
      if (offset != NULL)
        *offset = cursor->at;
      bytes = physical_line (cursor, &length);
      append (out, bytes, length, max, cut);
    }
  if (out->len == 0)
    return FALSE;
  while (unfold (cursor, max, out, cut))
    continue;
  return TRUE;
}

gboolean
trk_content_skip (TrkContentCursor *cursor)
{
  const TrkContentCursor before = *cursor;

  do
    {
      gsize length = 0;
      const char *bytes = physical_line (cursor, &length);

      if (length > 0 && bytes[length - 1] == '=') /* a soft break, perhaps */
        {
          *cursor = before;
          return FALSE;
        }
    }
  while (at_fold (cursor));
  return TRUE;
}
