/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-charsets.h"

#include <string.h>
#include <unicode/ucnv.h>

enum
{
  MAX_NAMES = 20, /* of one file; looking a name up that is none is slow */
  MAX_NAME = 60
};

struct _TrkCharsets
{
  GHashTable *converters; /* of char* → UConverter (NULL: looked for, not there); (owned) */
};

static void
close_converter (gpointer converter)
{
  if (converter != NULL)
    ucnv_close (converter);
}

TrkCharsets *
trk_charsets_new (void)
{
  TrkCharsets *charsets = g_new0 (TrkCharsets, 1);

  charsets->converters = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, close_converter);
  return charsets;
}

void
trk_charsets_free (TrkCharsets *charsets)
{
  g_hash_table_unref (charsets->converters);
  g_free (charsets);
}

/* NULL: there is none of that name. */
static UConverter *
converter_named (TrkCharsets *charsets, const char *name)
{
  gpointer known = NULL;
  UErrorCode status = U_ZERO_ERROR;

  if (g_hash_table_lookup_extended (charsets->converters, name, NULL, &known))
    return known;
  if (g_hash_table_size (charsets->converters) >= MAX_NAMES || strlen (name) > MAX_NAME
      || strpbrk (name, "/\\,=") != NULL) /* ICU takes options, and in the end a file's name */
    return NULL;
  known = ucnv_open (name, &status);
  g_hash_table_insert (charsets->converters, g_strdup (name), known);
  return known;
}

/* @bytes as UTF-8; what is none of the encoding's becomes U+FFFD. NULL: they cannot be read. */
static char *
convert (UConverter *converter, GBytes *bytes)
{
  gsize length = 0;
  const char *from = g_bytes_get_data (bytes, &length);
  g_autofree UChar *units = g_new (UChar, length + 1); /* none is shorter than a byte */
  UErrorCode status = U_ZERO_ERROR;
  int32_t n = ucnv_toUChars (converter, units, (int32_t) length, from, (int32_t) length, &status);

  if (U_FAILURE (status))
    return NULL;
  return g_utf16_to_utf8 ((const gunichar2 *) units, n, NULL, NULL, NULL);
}

static gboolean
read_line (TrkCharsets *charsets, TrkContentLine *line)
{
  UConverter *converter = converter_named (charsets, trk_content_line_param (line, "CHARSET"));
  char *value = converter != NULL ? convert (converter, line->bytes) : NULL;

  if (value == NULL)
    return FALSE;
  trk_content_line_set_value (line, value);
  return TRUE;
}

const TrkContentLine *
trk_charsets_read (TrkCharsets *charsets, const TrkComponent *component)
{
  const TrkContentLine *unknown = NULL;

  for (guint i = 0; i < component->lines->len; i++)
    {
      TrkContentLine *line = g_ptr_array_index (component->lines, i);

      if (line->bytes != NULL && !read_line (charsets, line) && unknown == NULL)
        unknown = line;
    }
  return unknown;
}
