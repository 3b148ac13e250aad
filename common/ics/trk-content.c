/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-content.h"

#include <string.h>

/* What a byte that is not of UTF-8 most probably is: ISO 8859-1, but where that has control
 * characters that no text holds, Windows' 1252 has letters, dashes and quotes. */
static gunichar
character_of (guchar byte)
{
  static const guint16 of_windows[32] = {
    0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0x8D,   0x017D, 0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178,
  };

  return byte >= 0x80 && byte < 0xA0 ? of_windows[byte - 0x80] : byte;
}

/* Eight bytes at a time. */
static gboolean
is_ascii (const char *bytes, gsize length)
{
  guint64 high = 0, eight = 0;
  gsize i = 0;

  for (; i + sizeof eight <= length; i += sizeof eight)
    {
      memcpy (&eight, bytes + i, sizeof eight);
      high |= eight;
    }
  eight = 0;
  memcpy (&eight, bytes + i, length - i);
  return ((high | eight) & G_GUINT64_CONSTANT (0x8080808080808080)) == 0;
}

gboolean
trk_content_is_text (const char *raw, gsize length)
{
  return memchr (raw, '\0', length) == NULL
         && (is_ascii (raw, length) || g_utf8_validate_len (raw, length, NULL));
}

char *
trk_content_make_text (const char *raw, gsize length, gboolean *foreign)
{
  GString *out;

  if (trk_content_is_text (raw, length))
    return g_strndup (raw, length);
  *foreign = TRUE;
  out = g_string_sized_new (length + length / 4);
  if (g_utf8_validate_len (raw, length, NULL) || memchr (raw, '\0', length) == NULL)
    {
      for (gsize i = 0; i < length; i++)
        g_string_append_unichar (out, character_of ((guchar) raw[i]));
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
  g_clear_pointer (&line->params, g_ptr_array_unref);
  g_clear_pointer (&line->bytes, g_bytes_unref);
  g_free (line->made);
  g_free (line);
}

void
trk_content_line_set_value (TrkContentLine *line, char *value)
{
  g_free (line->made);
  line->value = line->made = value;
}

/* Copies @length letters to @to, in upper case; points behind the end of what is there then. */
static char *
copy_upper (char *to, const char *from, gsize length)
{
  for (gsize i = 0; i < length; i++)
    to[i] = from[i] >= 'a' && from[i] <= 'z' ? (char) (from[i] - 'a' + 'A') : from[i];
  to[length] = '\0';
  return to + length + 1;
}

/* Where the value of a parameter ends that begins at @p; with @quotes FALSE a quote is a letter
 * like any. */
static const char *
param_end (const char *p, gboolean quotes)
{
  gboolean quoted = FALSE;

  for (; *p != '\0' && (quoted || (*p != ';' && *p != ':')); p++)
    if (*p == '"' && quotes)
      quoted = !quoted;
  return p;
}

static char *
without_quotes (const char *text, gsize length)
{
  char *value = g_malloc (length + 1), *to = value;

  for (gsize i = 0; i < length; i++)
    if (text[i] != '"')
      *to++ = text[i];
  *to = '\0';
  return value;
}

/* Reads ";NAME=value" at @p, a quoted value without its quotes (several joined by commas). Points
 * behind it, or NULL when it is not one. */
static const char *
parse_param (const char *p, gboolean quotes, GPtrArray *params)
{
  const char *name = ++p, *value, *end;
  char *upper;

  while (*p != '\0' && *p != '=' && *p != ';' && *p != ':')
    p++;
  upper = g_malloc ((gsize) (p - name) + 1);
  copy_upper (upper, name, (gsize) (p - name));
  g_ptr_array_add (params, g_strstrip (upper));
  value = *p == '=' ? p + 1 : p;
  end = *p == '=' ? param_end (value, quotes) : p;
  g_ptr_array_add (params, g_strstrip (without_quotes (value, (gsize) (end - value))));
  return *end != '\0' ? end : NULL;
}

/* The parameters at @p; points at the colon behind them, NULL when there is none, or when they are
 * so many that somebody means harm. Most lines have none, and no list is made for them. */
static const char *
parse_params (const char *p, gboolean quotes, TrkContentLine *line)
{
  g_clear_pointer (&line->params, g_ptr_array_unref);
  if (*p == ';')
    line->params = g_ptr_array_new_with_free_func (g_free);
  while (p != NULL && *p == ';' && line->params->len < 2 * TRK_CONTENT_MAX_PARAMS)
    p = parse_param (p, quotes, line->params);
  return p != NULL && *p == ':' ? p : NULL;
}

/* "2026-11-22T10:00:00": the colons are the time's. */
static gboolean
is_long_date (const char *value)
{
  return strspn (value, "0123456789") == 4 && value[4] == '-';
}

/* A TZID that holds a colon must be quoted, and is not by everyone ("TZID=(UTC+01:00) Berlin:…");
 * a date holds none, so the last colon ends the parameters. */
static void
mend_tzid (TrkContentLine *line)
{
  char *colon = strrchr (line->value, ':');
  guint n = line->params != NULL ? line->params->len : 0;
  char *joined, *more;

  if (colon == NULL || n < 2 || !g_str_equal (g_ptr_array_index (line->params, n - 2), "TZID")
      || is_long_date (line->value))
    return;
  joined = g_strdup_printf ("%s:%.*s", (char *) g_ptr_array_index (line->params, n - 1),
                            (int) (colon - line->value), line->value);
  g_free (g_ptr_array_index (line->params, n - 1));
  g_ptr_array_index (line->params, n - 1) = joined;
  line->value = colon + 1;
  more = strchr (joined, ';'); /* other parameters behind it */
  for (const char *p = more; p != NULL && *p == ';';)
    p = parse_param (p, TRUE, line->params);
  if (more != NULL)
    *more = '\0';
}

static gboolean
is_quoted_printable (const TrkContentLine *line)
{
  const char *encoding = trk_content_line_param (line, "ENCODING");

  return (encoding != NULL && g_ascii_strcasecmp (encoding, "QUOTED-PRINTABLE") == 0)
         || trk_content_line_param (line, "QUOTED-PRINTABLE") != NULL;
}

/* "=C3=A9" → the two bytes (RFC 2045 6.7); line ends become "\n". What cannot be decoded stays as
 * it is. */
static GString *
decode_quoted_printable (const char *value)
{
  GString *bytes = g_string_new (NULL);

  for (const char *p = value; *p != '\0'; p++)
    if (p[0] == '=' && g_ascii_isxdigit (p[1]) && g_ascii_isxdigit (p[2]))
      {
        int byte = g_ascii_xdigit_value (p[1]) * 16 + g_ascii_xdigit_value (p[2]);

        if (byte != '\r')
          g_string_append_c (bytes, (char) byte);
        p += 2;
      }
    else
      g_string_append_c (bytes, *p);
  return bytes;
}

/* Does a text of @charset look like ASCII before it is read? */
static gboolean
hides_in_ascii (const char *charset)
{
  return g_ascii_strncasecmp (charset, "ISO-2022", 8) == 0
         || g_ascii_strncasecmp (charset, "UTF-7", 5) == 0
         || g_ascii_strncasecmp (charset, "HZ", 2) == 0;
}

/* Keeps the bytes of a value that says to be of another CHARSET (vCalendar 1.0), for a reader who
 * knows that one. What is no ASCII and yet UTF-8 is UTF-8, whatever it says. */
static void
keep_bytes (TrkContentLine *line, const char *bytes, gsize length)
{
  const char *charset = trk_content_line_param (line, "CHARSET");

  if (charset == NULL || *charset == '\0' || g_ascii_strcasecmp (charset, "UTF-8") == 0)
    return;
  if (is_ascii (bytes, length) ? hides_in_ascii (charset)
                               : !g_utf8_validate_len (bytes, length, NULL))
    line->bytes = g_bytes_new (bytes, length);
}

/* The value's bytes, @length of them at @raw, by the line's ENCODING and CHARSET. */
static void
decode (TrkContentLine *line, const char *raw, gsize length)
{
  g_autoptr (GString) bytes = NULL;
  gboolean foreign = FALSE;

  if (!is_quoted_printable (line))
    {
      keep_bytes (line, raw, length);
      return;
    }
  bytes = decode_quoted_printable (line->value);
  trk_content_line_set_value (line, trk_content_make_text (bytes->str, bytes->len, &foreign));
  keep_bytes (line, bytes->str, bytes->len);
}

/* Some programs put spaces around what separates. */
static const char *
skip_spaces (const char *p)
{
  while (*p == ' ')
    p++;
  return p;
}

/* Where the colon stands that ends the parameters at @p; NULL: it is no content line. TRUE in
 * @open: a quote was not closed, or behind the value only. */
static const char *
find_value (TrkContentLine *line, const char *p, gboolean *open)
{
  const char *colon = *p == ':' ? p : parse_params (p, TRUE, line);

  *open = colon == NULL;
  return colon != NULL ? colon : parse_params (p, FALSE, line);
}

/* Takes @text, of that length, apart; NULL: it is no content line. What stands behind its colon in
 * @behind. */
static TrkContentLine *
take_apart (const char *text, gsize length, const char **behind)
{
  g_autoptr (TrkContentLine) line = g_malloc (sizeof (TrkContentLine) + length + 2);
  const char *name_end = text, *colon;
  gboolean open;

  *line = (TrkContentLine){ .name = line->text };
  while (trk_content_is_name_char (*name_end))
    name_end++;
  if (name_end == text)
    return NULL;
  colon = find_value (line, skip_spaces (name_end), &open);
  if (colon == NULL)
    return NULL;
  line->value = copy_upper (line->text, text, (gsize) (name_end - text));
  memcpy (line->value, colon + 1, (gsize) (text + length - colon)); /* with its end */
  if (open && text[length - 1] == '"' && text + length - 1 > colon)
    line->value[text + length - 1 - (colon + 1)] = '\0';
  *behind = colon + 1;
  return g_steal_pointer (&line);
}

TrkContentLine *
trk_content_line_parse (const GString *raw, guint number, gboolean cut)
{
  static const char mark[] = "\xef\xbb\xbf"; /* of a file that was put behind another */
  const gsize skip =
      memcmp (raw->str, mark, MIN (raw->len + 1, strlen (mark))) == 0 ? strlen (mark) : 0;
  g_autoptr (TrkContentLine) line = NULL;
  g_autofree char *made = NULL;
  const char *text = raw->str + skip, *value = NULL;
  gsize length = raw->len - skip;
  gboolean foreign = FALSE;

  if (!trk_content_is_text (text, length))
    {
      text = made = trk_content_make_text (text, length, &foreign);
      length = strlen (made);
    }
  line = take_apart (text, length, &value);
  if (line == NULL)
    return NULL;
  line->line = number;
  line->cut = cut;
  mend_tzid (line);
  if (line->params != NULL && is_ascii (text, (gsize) (value - text)))
    {
      gsize head = skip + (gsize) (value - text); /* else the bytes of it stand elsewhere */

      decode (line, raw->str + head, raw->len - head);
    }
  return g_steal_pointer (&line);
}

const char *
trk_content_line_param (const TrkContentLine *line, const char *name)
{
  for (guint i = 0; line->params != NULL && i + 1 < line->params->len; i += 2)
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
