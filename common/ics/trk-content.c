/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-content.h"

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

static gboolean
is_name_char (char c)
{
  return g_ascii_isalnum (c) || c == '-' || c == '_' || c == '.';
}

/* Does a content line begin here: "NAME:" or "NAME;"? */
static gboolean
begins_content (const char *text, gsize length)
{
  gsize n = 0;

  while (n < length && is_name_char (text[n]))
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

static gboolean
at_fold (const TrkContentCursor *cursor)
{
  return cursor->at < cursor->length
         && (cursor->text[cursor->at] == ' ' || cursor->text[cursor->at] == '\t');
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

gboolean
trk_content_next (
    TrkContentCursor *cursor, gsize max, GString *out, guint *line, gsize *offset, gboolean *cut)
{
  gsize length = 0;

  g_string_truncate (out, 0);
  *cut = FALSE;
  while (out->len == 0 && cursor->at < cursor->length)
    {
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
  for (;;)
    {
      gboolean soft = cursor->at < cursor->length && at_soft_break (out);
      const char *bytes;

      if (!soft && !at_fold (cursor))
        return TRUE;
      bytes = physical_line (cursor, &length);
      if (soft)
        {
          g_string_truncate (out, out->len - 1);
          append (out, bytes, length, max, cut);
        }
      else if (length > 0)
        append (out, bytes + 1, length - 1, max, cut);
    }
}

char *
trk_content_make_text (const char *raw, gsize length, gboolean *foreign)
{
  GString *out;

  if (memchr (raw, '\0', length) == NULL && g_utf8_validate_len (raw, length, NULL))
    return g_strndup (raw, length);
  *foreign = TRUE;
  out = g_string_sized_new (length + length / 4);
  if (g_utf8_validate_len (raw, length, NULL) || memchr (raw, '\0', length) == NULL)
    {
      for (gsize i = 0; i < length; i++)
        g_string_append_unichar (out, (guchar) raw[i]);
    }
  else
    {
      g_autofree char *valid = g_utf8_make_valid (raw, (gssize) length);

      g_string_append (out, valid);
    }
  return g_string_free (out, FALSE);
}

void
trk_content_line_free (TrkContentLine *line)
{
  if (line == NULL)
    return;
  g_free (line->name);
  g_clear_pointer (&line->params, g_ptr_array_unref);
  g_free (line->value);
  g_free (line);
}

/* Reads ";NAME=value" at @p, a quoted value without its quotes (several joined by commas; with
 * @quotes FALSE a quote is a letter like any). Points behind it, or NULL when it is not one. */
static const char *
parse_param (const char *p, gboolean quotes, GPtrArray *params)
{
  const char *name = ++p;
  g_autoptr (GString) value = g_string_new (NULL);
  gboolean quoted = FALSE;

  while (*p != '\0' && *p != '=' && *p != ';' && *p != ':')
    p++;
  g_ptr_array_add (params, g_ascii_strup (name, p - name));
  if (*p == '=')
    for (p++; *p != '\0' && (quoted || (*p != ';' && *p != ':')); p++)
      {
        if (*p == '"' && quotes)
          quoted = !quoted;
        else if (*p != '"')
          g_string_append_c (value, *p);
      }
  g_ptr_array_add (params, g_strdup (value->str));
  return *p != '\0' ? p : NULL;
}

/* The parameters at @p; points at the colon behind them, NULL when there is none. */
static const char *
parse_params (const char *p, gboolean quotes, GPtrArray *params)
{
  g_ptr_array_set_size (params, 0);
  while (p != NULL && *p == ';')
    p = parse_param (p, quotes, params);
  return p != NULL && *p == ':' ? p : NULL;
}

/* A TZID that holds a colon must be quoted, and is not by everyone ("TZID=(UTC+01:00) Berlin:…");
 * a date holds none, so the last colon ends the parameters. */
static void
mend_tzid (TrkContentLine *line)
{
  char *colon = strrchr (line->value, ':');
  guint n = line->params->len;
  char *joined, *rest, *more;

  if (colon == NULL || n < 2 || !g_str_equal (g_ptr_array_index (line->params, n - 2), "TZID"))
    return;
  joined = g_strdup_printf ("%s:%.*s", (char *) g_ptr_array_index (line->params, n - 1),
                            (int) (colon - line->value), line->value);
  rest = g_strdup (colon + 1);
  g_free (g_ptr_array_index (line->params, n - 1));
  g_ptr_array_index (line->params, n - 1) = joined;
  g_free (line->value);
  line->value = rest;
  more = strchr (joined, ';'); /* other parameters behind it */
  for (const char *p = more; p != NULL && *p == ';';)
    p = parse_param (p, TRUE, line->params);
  if (more != NULL)
    *more = '\0';
}

/* "=C3=A9" → "é" (RFC 2045 6.7), by the line's CHARSET; line ends become "\n". What cannot be
 * decoded stays as it is. */
static void
decode_quoted_printable (TrkContentLine *line)
{
  const char *encoding = trk_content_line_param (line, "ENCODING");
  const char *charset = trk_content_line_param (line, "CHARSET");
  g_autoptr (GString) bytes = NULL;
  g_autofree char *converted = NULL;
  gboolean foreign = FALSE;

  if ((encoding == NULL || g_ascii_strcasecmp (encoding, "QUOTED-PRINTABLE") != 0)
      && trk_content_line_param (line, "QUOTED-PRINTABLE") == NULL)
    return;
  bytes = g_string_new (NULL);
  for (const char *p = line->value; *p != '\0'; p++)
    if (p[0] == '=' && g_ascii_isxdigit (p[1]) && g_ascii_isxdigit (p[2]))
      {
        int byte = g_ascii_xdigit_value (p[1]) * 16 + g_ascii_xdigit_value (p[2]);

        if (byte != '\r')
          g_string_append_c (bytes, (char) byte);
        p += 2;
      }
    else
      g_string_append_c (bytes, *p);
  if (charset != NULL)
    converted = g_convert (bytes->str, (gssize) bytes->len, "UTF-8", charset, NULL, NULL, NULL);
  g_free (line->value);
  line->value = converted != NULL && g_utf8_validate (converted, -1, NULL)
                    ? g_steal_pointer (&converted)
                    : trk_content_make_text (bytes->str, bytes->len, &foreign);
}

TrkContentLine *
trk_content_line_parse (const GString *raw, guint number, gboolean cut)
{
  static const char mark[] = "\xef\xbb\xbf"; /* of a file that was put behind another */
  gsize skip = g_str_has_prefix (raw->str, mark) ? strlen (mark) : 0;
  g_autoptr (TrkContentLine) line = g_new0 (TrkContentLine, 1);
  gboolean foreign = FALSE;
  g_autofree char *text = trk_content_make_text (raw->str + skip, raw->len - skip, &foreign);
  const char *name_end = text, *colon;

  line->line = number;
  line->cut = cut;
  line->params = g_ptr_array_new_with_free_func (g_free);
  while (is_name_char (*name_end))
    name_end++;
  line->name = g_ascii_strup (text, name_end - text);
  colon = parse_params (name_end, TRUE, line->params);
  if (colon == NULL) /* a quote that nobody closed, or behind the value only? */
    {
      colon = parse_params (name_end, FALSE, line->params);
      if (colon != NULL && g_str_has_suffix (text, "\""))
        text[strlen (text) - 1] = '\0';
    }
  if (colon == NULL || *line->name == '\0')
    return NULL;
  line->value = g_strdup (colon + 1);
  mend_tzid (line);
  decode_quoted_printable (line);
  return g_steal_pointer (&line);
}

const char *
trk_content_line_param (const TrkContentLine *line, const char *name)
{
  for (guint i = 0; i + 1 < line->params->len; i += 2)
    if (g_str_equal (g_ptr_array_index (line->params, i), name))
      return g_ptr_array_index (line->params, i + 1);
  return NULL;
}

/* Unescapes from @p up to an unescaped comma (when @list) or the end; points behind what was
 * read. */
static const char *
unescape_until (const char *p, gboolean list, GString *out)
{
  for (; *p != '\0' && !(list && *p == ','); p++)
    {
      if (*p == '\\' && p[1] != '\0')
        {
          p++;
          g_string_append_c (out, *p == 'n' || *p == 'N' ? '\n' : *p);
        }
      else
        g_string_append_c (out, *p);
    }
  return p;
}

char *
trk_content_unescape (const char *value)
{
  GString *out = g_string_sized_new (strlen (value));

  unescape_until (value, FALSE, out);
  return g_string_free (out, FALSE);
}

GStrv
trk_content_unescape_list (const char *value, guint max)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GString) item = g_string_new (NULL);
  const char *p = value;
  guint n = 0;

  while (*p != '\0' && n < max)
    {
      g_string_truncate (item, 0);
      p = unescape_until (p, TRUE, item);
      if (*p == ',')
        p++;
      g_strstrip (item->str);
      if (*item->str == '\0')
        continue;
      g_strv_builder_add (builder, item->str);
      n++;
    }
  return g_strv_builder_end (builder);
}
