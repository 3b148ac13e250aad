/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-json.h"

#include "trk-iso.h"

#include <math.h>
#include <string.h>

void
trk_json_string (JsonBuilder *builder, const char *key, const char *value)
{
  g_autofree char *valid = value != NULL ? g_utf8_make_valid (value, -1) : NULL;

  json_builder_set_member_name (builder, key);
  if (valid != NULL)
    json_builder_add_string_value (builder, valid);
  else
    json_builder_add_null_value (builder);
}

void
trk_json_instant (JsonBuilder *builder, const char *key, TrkInstant at)
{
  g_autofree char *text = at == 0 || at == TRK_NEVER ? NULL : trk_instant_to_iso (at);

  trk_json_string (builder, key, text);
}

void
trk_json_length (JsonBuilder *builder, const char *key, TrkDuration length)
{
  trk_json_int (builder, key, length / TRK_SECOND);
}

void
trk_json_day (JsonBuilder *builder, const char *key, TrkDay day)
{
  g_autofree char *text = trk_day_to_iso (day);

  trk_json_string (builder, key, text);
}

void
trk_json_int (JsonBuilder *builder, const char *key, gint64 value)
{
  json_builder_set_member_name (builder, key);
  json_builder_add_int_value (builder, value);
}

void
trk_json_number (JsonBuilder *builder, const char *key, gint64 value)
{
  if (value != 0)
    trk_json_int (builder, key, value);
  else
    trk_json_string (builder, key, NULL);
}

void
trk_json_double (JsonBuilder *builder, const char *key, double value)
{
  json_builder_set_member_name (builder, key);
  if (isfinite (value))
    json_builder_add_double_value (builder, value);
  else
    json_builder_add_null_value (builder);
}

void
trk_json_bool (JsonBuilder *builder, const char *key, gboolean value)
{
  json_builder_set_member_name (builder, key);
  json_builder_add_boolean_value (builder, value);
}

void
trk_json_strings (JsonBuilder *builder, const char *key, const char *const *values)
{
  json_builder_set_member_name (builder, key);
  json_builder_begin_array (builder);
  for (guint i = 0; values != NULL && values[i] != NULL; i++)
    {
      g_autofree char *valid = g_utf8_make_valid (values[i], -1);

      json_builder_add_string_value (builder, valid);
    }
  json_builder_end_array (builder);
}

/* -- The document's text ---------------------------------------------------------------------- */

/* How a double is written with the fewest digits that read back as it. */
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

/* A quoted string with its escapes. */
static gsize
string_length (const char *text)
{
  gsize i = 1;

  while (text[i] != '"' && text[i] != '\0')
    i += text[i] == '\\' && text[i + 1] != '\0' ? 2 : 1;
  return text[i] == '"' ? i + 1 : i;
}

/* JSON-GLib writes all 17 digits, 83.200000000000003 for 83.2, and lets nobody else write a number;
 * so its text is gone through once more. Numbers stand outside of quotes only. */
char *
trk_json_text (JsonBuilder *builder)
{
  g_autoptr (JsonNode) root = json_builder_get_root (builder);
  g_autofree char *text = json_to_string (root, TRUE);
  GString *out = g_string_sized_new (strlen (text) + 1);

  for (const char *rest = text; *rest != '\0';)
    {
      gboolean number = g_ascii_isdigit (*rest) || *rest == '-';
      gsize length = number         ? strspn (rest, "0123456789+-.eE")
                     : *rest == '"' ? string_length (rest)
                                    : 1;

      if (number && strcspn (rest, ".eE") < length)
        append_shortest (out, g_ascii_strtod (rest, NULL));
      else
        g_string_append_len (out, rest, (gssize) length);
      rest += length;
    }
  return g_string_free (out, FALSE);
}
