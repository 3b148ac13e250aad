/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-db-private.h"

#include <string.h>

/* SQLite 3.40 marks its own JSON functions as unsafe in triggers when the schema is not trusted,
 * and its json_object() writes a number with 15 digits, which is not always the same number. So
 * triggers that keep rows as JSON use this one; reading needs nothing of ours. */

/* A JSON string (RFC 8259, 7): quote, backslash and control characters are escaped. */
static void
append_string (GString *json, const char *text, int length)
{
  g_string_append_c (json, '"');
  for (int i = 0; i < length; i++)
    {
      guchar byte = (guchar)text[i];

      if (byte == '"' || byte == '\\')
        g_string_append_printf (json, "\\%c", byte);
      else if (byte < 0x20)
        g_string_append_printf (json, "\\u%04x", byte);
      else
        g_string_append_c (json, (char)byte);
    }
  g_string_append_c (json, '"');
}

static void
append_value (GString *json, sqlite3_value *value)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];

  switch (sqlite3_value_type (value))
    {
    case SQLITE_INTEGER:
      g_string_append_printf (json, "%" G_GINT64_FORMAT, (gint64)sqlite3_value_int64 (value));
      break;
    case SQLITE_FLOAT:
      g_ascii_dtostr (digits, sizeof digits, sqlite3_value_double (value));
      g_string_append (json, digits);
      if (strpbrk (digits, ".en") == NULL)
        g_string_append (json, ".0"); /* stays a REAL when it is read */
      break;
    case SQLITE_TEXT:
      append_string (json, (const char *)sqlite3_value_text (value), sqlite3_value_bytes (value));
      break;
    default:
      g_string_append (json, "null");
    }
}

/* trk_json_object (name, value, …) */
static void
json_object (sqlite3_context *context, int n_values, sqlite3_value **values)
{
  GString *json = g_string_new ("{");
  gssize length;

  for (int i = 0; i + 1 < n_values; i += 2)
    {
      if (i > 0)
        g_string_append_c (json, ',');
      append_value (json, values[i]);
      g_string_append_c (json, ':');
      append_value (json, values[i + 1]);
    }
  g_string_append_c (json, '}');
  length = (gssize)json->len;
  sqlite3_result_text64 (context, g_string_free (json, FALSE), (sqlite3_uint64)length, g_free,
                         SQLITE_UTF8);
}

int
trk_db_add_functions (sqlite3 *handle)
{
  return sqlite3_create_function_v2 (handle, "trk_json_object", -1,
                                     SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS, NULL,
                                     json_object, NULL, NULL, NULL);
}
