/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-json.h"

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
  json_builder_add_double_value (builder, value);
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

void
trk_json_print (TrkSession *session, JsonBuilder *builder)
{
  g_autoptr (JsonNode) root = json_builder_get_root (builder);
  g_autofree char *text = json_to_string (root, TRUE);

  fputs (text, trk_session_out (session));
  fputc ('\n', trk_session_out (session));
}
