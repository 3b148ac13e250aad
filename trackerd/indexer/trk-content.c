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
  while (at_fold (cursor))
    {
      const char *bytes = physical_line (cursor, &length);

      if (length > 0)
        append (out, bytes + 1, length - 1, max, cut);
    }
  return TRUE;
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

/* Reads ";NAME=value" at @p, a quoted value without its quotes (several joined by commas). Points
 * behind it, or NULL when it is not one. */
static const char *
parse_param (const char *p, GPtrArray *params)
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
        if (*p == '"')
          quoted = !quoted;
        else
          g_string_append_c (value, *p);
      }
  g_ptr_array_add (params, g_strdup (value->str));
  return *p != '\0' ? p : NULL;
}

/* A TZID that holds a colon must be quoted, and is not by everyone ("TZID=(UTC+01:00) Berlin:…");
 * a date holds none, so the last colon ends the parameters. */
static void
mend_tzid (TrkContentLine *line)
{
  char *colon = strrchr (line->value, ':');
  guint n = line->params->len;
  g_autofree char *joined = NULL;
  char *rest;

  if (colon == NULL || n < 2 || !g_str_equal (g_ptr_array_index (line->params, n - 2), "TZID"))
    return;
  joined = g_strdup_printf ("%s:%.*s", (char *) g_ptr_array_index (line->params, n - 1),
                            (int) (colon - line->value), line->value);
  rest = g_strdup (colon + 1);
  g_free (g_ptr_array_index (line->params, n - 1));
  g_ptr_array_index (line->params, n - 1) = g_steal_pointer (&joined);
  g_free (line->value);
  line->value = rest;
}

TrkContentLine *
trk_content_line_parse (const GString *raw, guint number, gboolean cut)
{
  g_autoptr (TrkContentLine) line = g_new0 (TrkContentLine, 1);
  gboolean foreign = FALSE;
  g_autofree char *text = trk_content_make_text (raw->str, raw->len, &foreign);
  const char *p = text;

  line->line = number;
  line->cut = cut;
  line->params = g_ptr_array_new_with_free_func (g_free);
  while (is_name_char (*p))
    p++;
  line->name = g_ascii_strup (text, p - text);
  while (p != NULL && *p == ';')
    p = parse_param (p, line->params);
  if (p == NULL || *p != ':' || *line->name == '\0')
    return NULL;
  line->value = g_strdup (p + 1);
  mend_tzid (line);
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

/* Unescapes from @p up to an unescaped comma (when @list) or the end; points behind what was read.
 */
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
trk_content_unescape_list (const char *value)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GString) item = g_string_new (NULL);
  const char *p = value;

  while (*p != '\0')
    {
      g_string_truncate (item, 0);
      p = unescape_until (p, TRUE, item);
      if (*p == ',')
        p++;
      g_strstrip (item->str);
      if (*item->str != '\0')
        g_strv_builder_add (builder, item->str);
    }
  return g_strv_builder_end (builder);
}
