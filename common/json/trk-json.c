/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-json.h"

#include "trk-text.h"

#include <math.h>
#include <string.h>

struct _TrkJson
{
  GString *out;
  guint depth;    /* of open containers */
  gboolean flat;  /* all on one line */
  gboolean first; /* nothing stands in the innermost one yet */
  gboolean named; /* a key was written and waits for its value */
};

TrkJson *
trk_json_new (void)
{
  TrkJson *json = g_new0 (TrkJson, 1);

  json->out = g_string_new (NULL);
  json->first = TRUE;
  return json;
}

TrkJson *
trk_json_new_line (void)
{
  TrkJson *json = trk_json_new ();

  json->flat = TRUE;
  return json;
}

void
trk_json_free (TrkJson *json)
{
  if (json == NULL)
    return;
  g_string_free (json->out, TRUE);
  g_free (json);
}

char *
trk_json_text (const TrkJson *json)
{
  return g_strdup (json->out->str);
}

const char *
trk_json_borrow_text (const TrkJson *json)
{
  return json->out->str;
}

/* -- The form ---------------------------------------------------------------------------------- */

static void
begin_line (TrkJson *json)
{
  if (json->flat)
    return;
  g_string_append_c (json->out, '\n');
  for (guint i = 0; i < json->depth; i++)
    g_string_append (json->out, "  ");
}

/* A comma behind what stands before, and a line of its own. */
static void
begin_element (TrkJson *json)
{
  if (json->depth > 0)
    {
      if (!json->first)
        g_string_append_c (json->out, ',');
      begin_line (json);
    }
  json->first = FALSE;
}

static void
begin_value (TrkJson *json)
{
  if (!json->named)
    begin_element (json);
  json->named = FALSE;
}

static void
begin (TrkJson *json, char bracket)
{
  begin_value (json);
  g_string_append_c (json->out, bracket);
  json->depth++;
  json->first = TRUE;
}

static void
end (TrkJson *json, char bracket)
{
  json->depth--;
  if (!json->first)
    begin_line (json);
  json->first = FALSE;
  g_string_append_c (json->out, bracket);
}

void
trk_json_begin_object (TrkJson *json)
{
  begin (json, '{');
}

void
trk_json_end_object (TrkJson *json)
{
  end (json, '}');
}

void
trk_json_begin_array (TrkJson *json)
{
  begin (json, '[');
}

void
trk_json_end_array (TrkJson *json)
{
  end (json, ']');
}

/* -- Texts ------------------------------------------------------------------------------------- */

/* What RFC 8259 section 7 wants escaped, and what no terminal should get. */
static void
append_character (GString *out, gunichar c)
{
  static const char plain[] = "\"\\\b\f\n\r\t", escaped[] = "\"\\bfnrt";
  const char *found = c < 0x80 ? strchr (plain, (char) c) : NULL;

  if (found != NULL)
    g_string_append_printf (out, "\\%c", escaped[found - plain]);
  else if (trk_text_is_control (c))
    g_string_append_printf (out, "\\u%04x", c);
  else
    g_string_append_unichar (out, c);
}

/* How long @text is printable ASCII that is written as it is: most of most texts. */
static gsize
plain_length (const char *text)
{
  gsize n = 0;

  while (text[n] >= ' ' && text[n] <= '~' && text[n] != '"' && text[n] != '\\')
    n++;
  return n;
}

static void
append_text (GString *out, const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);

  g_string_append_c (out, '"');
  for (const char *p = valid; *p != '\0';)
    {
      gsize plain = plain_length (p);

      g_string_append_len (out, p, (gssize) plain);
      p += plain;
      if (plain > 0)
        continue;
      append_character (out, g_utf8_get_char (p));
      p = g_utf8_next_char (p);
    }
  g_string_append_c (out, '"');
}

void
trk_json_name (TrkJson *json, const char *key)
{
  begin_element (json);
  append_text (json->out, key);
  g_string_append (json->out, " : ");
  json->named = TRUE;
}

/* -- Values ------------------------------------------------------------------------------------ */

void
trk_json_add_null (TrkJson *json)
{
  begin_value (json);
  g_string_append (json->out, "null");
}

void
trk_json_add_string (TrkJson *json, const char *value)
{
  if (value == NULL)
    {
      trk_json_add_null (json);
      return;
    }
  begin_value (json);
  append_text (json->out, value);
}

void
trk_json_add_int (TrkJson *json, gint64 value)
{
  begin_value (json);
  g_string_append_printf (json->out, "%" G_GINT64_FORMAT, value);
}

void
trk_json_add_bool (TrkJson *json, gboolean value)
{
  begin_value (json);
  g_string_append (json->out, value ? "true" : "false");
}

/* With the fewest digits that read back as @value. */
static void
append_shortest (GString *out, double value)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  for (guint digits = 15; digits <= 17; digits++)
    {
      char format[] = { '%', '.', '1', (char) ('0' + digits % 10), 'g', '\0' };

      g_ascii_formatd (buffer, sizeof buffer, format, value);
      if (g_ascii_strtod (buffer, NULL) == value)
        break;
    }
  g_string_append (out, buffer);
  if (strpbrk (buffer, ".e") == NULL)
    g_string_append (out, ".0");
}

void
trk_json_add_double (TrkJson *json, double value)
{
  if (!isfinite (value))
    {
      trk_json_add_null (json);
      return;
    }
  begin_value (json);
  append_shortest (json->out, value);
}

/* -- Members ----------------------------------------------------------------------------------- */

void
trk_json_string (TrkJson *json, const char *key, const char *value)
{
  trk_json_name (json, key);
  trk_json_add_string (json, value);
}

void
trk_json_instant (TrkJson *json, const char *key, TrkInstant at)
{
  g_autofree char *text = at == 0 || at == TRK_NEVER ? NULL : trk_instant_to_iso (at);

  trk_json_string (json, key, text);
}

void
trk_json_length (TrkJson *json, const char *key, TrkDuration length)
{
  trk_json_int (json, key, length / TRK_SECOND);
}

void
trk_json_day (TrkJson *json, const char *key, TrkDay day)
{
  g_autofree char *text = trk_day_to_iso (day);

  trk_json_string (json, key, text);
}

void
trk_json_int (TrkJson *json, const char *key, gint64 value)
{
  trk_json_name (json, key);
  trk_json_add_int (json, value);
}

void
trk_json_number (TrkJson *json, const char *key, gint64 value)
{
  if (value != 0)
    trk_json_int (json, key, value);
  else
    trk_json_string (json, key, NULL);
}

void
trk_json_double (TrkJson *json, const char *key, double value)
{
  trk_json_name (json, key);
  trk_json_add_double (json, value);
}

void
trk_json_bool (TrkJson *json, const char *key, gboolean value)
{
  trk_json_name (json, key);
  trk_json_add_bool (json, value);
}

void
trk_json_strings (TrkJson *json, const char *key, const char *const *values)
{
  trk_json_name (json, key);
  trk_json_begin_array (json);
  for (guint i = 0; values != NULL && values[i] != NULL; i++)
    trk_json_add_string (json, values[i]);
  trk_json_end_array (json);
}
