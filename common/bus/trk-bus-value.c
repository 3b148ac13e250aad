/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-bus-value.h"

#include <string.h>

enum
{
  DEEPEST = 64 /* arrays, structures and variants in one another, as the specification has it */
};

gboolean
trk_bus_is_signature (const char *text)
{
  return g_variant_is_signature (text) && strstr (text, "()") == NULL;
}

/* Also the size of those of fixed size; strings and arrays begin with a length of that size. */
static gsize
alignment_of (const GVariantType *type)
{
  switch (*g_variant_type_peek_string (type))
    {
    case 'n':
    case 'q':
      return 2;
    case 'b':
    case 'i':
    case 'u':
    case 'h':
    case 's':
    case 'o':
    case 'a':
      return 4;
    case 'x':
    case 't':
    case 'd':
    case '(':
    case '{':
      return 8;
    default: /* y, g, v */
      return 1;
    }
}

/* -- Reading ----------------------------------------------------------------------------------- */

static gsize
left (const TrkBusReader *reader)
{
  return reader->length - reader->at;
}

gboolean
trk_bus_read_padding (TrkBusReader *reader, gsize alignment)
{
  while (reader->at % alignment != 0)
    if (left (reader) == 0 || reader->bytes[reader->at++] != 0)
      return FALSE;
  return TRUE;
}

static gboolean
read_number (TrkBusReader *reader, gsize size, guint64 *number)
{
  if (!trk_bus_read_padding (reader, size) || left (reader) < size)
    return FALSE;
  *number = 0;
  for (gsize i = 0; i < size; i++)
    {
      gsize place = reader->little ? i : size - 1 - i;

      *number |= (guint64) reader->bytes[reader->at + i] << (8 * place);
    }
  reader->at += size;
  return TRUE;
}

/* A length of @size bytes, that many characters, and the zero at their end. */
static const char *
read_text (TrkBusReader *reader, gsize size)
{
  guint64 length;
  const char *text;

  if (!read_number (reader, size, &length) || left (reader) <= length)
    return NULL;
  text = (const char *) reader->bytes + reader->at;
  if (text[length] != '\0' || strlen (text) != length)
    return NULL;
  reader->at += length + 1;
  return text;
}

static GVariant *
read_string (TrkBusReader *reader, char type)
{
  const char *text = read_text (reader, type == 'g' ? 1 : 4);

  if (text == NULL)
    return NULL;
  if (type == 'g')
    return trk_bus_is_signature (text) ? g_variant_new_signature (text) : NULL;
  if (type == 'o')
    return g_variant_is_object_path (text) ? g_variant_new_object_path (text) : NULL;
  return g_utf8_validate (text, -1, NULL) ? g_variant_new_string (text) : NULL;
}

static GVariant *
read_fixed (TrkBusReader *reader, char type, gsize size)
{
  guint64 number;
  double real;

  if (!read_number (reader, size, &number))
    return NULL;
  switch (type)
    {
    case 'y':
      return g_variant_new_byte ((guint8) number);
    case 'b':
      return number <= 1 ? g_variant_new_boolean (number != 0) : NULL;
    case 'n':
      return g_variant_new_int16 ((gint16) number);
    case 'q':
      return g_variant_new_uint16 ((guint16) number);
    case 'i':
      return g_variant_new_int32 ((gint32) number);
    case 'u':
      return g_variant_new_uint32 ((guint32) number);
    case 'h':
      return g_variant_new_handle ((gint32) number);
    case 'x':
      return g_variant_new_int64 ((gint64) number);
    case 't':
      return g_variant_new_uint64 (number);
    default:
      memcpy (&real, &number, sizeof real);
      return g_variant_new_double (real);
    }
}

static GVariant *
read_variant (TrkBusReader *reader)
{
  const char *type = read_text (reader, 1);
  GVariant *value;

  if (type == NULL || !trk_bus_is_signature (type) || !g_variant_type_string_is_valid (type))
    return NULL;
  value = trk_bus_read_value (reader, G_VARIANT_TYPE (type));
  return value != NULL ? g_variant_new_variant (value) : NULL;
}

static gboolean
read_elements (TrkBusReader *reader, GVariantBuilder *builder, const GVariantType *element)
{
  guint64 length;
  gsize end;

  if (!read_number (reader, 4, &length) || !trk_bus_read_padding (reader, alignment_of (element))
      || left (reader) < length)
    return FALSE;
  end = reader->at + length;
  while (reader->at < end)
    {
      GVariant *value = trk_bus_read_value (reader, element);

      if (value == NULL)
        return FALSE;
      g_variant_builder_add_value (builder, value);
    }
  return reader->at == end;
}

/* Of a structure or an entry of a dictionary. */
static gboolean
read_members (TrkBusReader *reader, GVariantBuilder *builder, const GVariantType *type)
{
  if (!trk_bus_read_padding (reader, 8))
    return FALSE;
  for (type = g_variant_type_first (type); type != NULL; type = g_variant_type_next (type))
    {
      GVariant *value = trk_bus_read_value (reader, type);

      if (value == NULL)
        return FALSE;
      g_variant_builder_add_value (builder, value);
    }
  return TRUE;
}

static GVariant *
read_container (TrkBusReader *reader, const GVariantType *type)
{
  g_auto (GVariantBuilder) builder = G_VARIANT_BUILDER_INIT (type);
  gboolean worked = g_variant_type_is_array (type)
                        ? read_elements (reader, &builder, g_variant_type_element (type))
                        : read_members (reader, &builder, type);

  return worked ? g_variant_builder_end (&builder) : NULL;
}

GVariant *
trk_bus_read_value (TrkBusReader *reader, const GVariantType *type)
{
  char first = *g_variant_type_peek_string (type);
  GVariant *value = NULL;

  if (++reader->depth > DEEPEST)
    return NULL;
  if (strchr ("sog", first) != NULL)
    value = read_string (reader, first);
  else if (first == 'v')
    value = read_variant (reader);
  else if (strchr ("a({", first) != NULL)
    value = read_container (reader, type);
  else
    value = read_fixed (reader, first, alignment_of (type));
  reader->depth--;
  return value;
}

/* -- Writing ----------------------------------------------------------------------------------- */

void
trk_bus_put_padding (GByteArray *bytes, gsize alignment)
{
  static const guint8 zeroes[8] = { 0 };

  g_byte_array_append (bytes, zeroes, -bytes->len % alignment);
}

static void
put_length (GByteArray *bytes, gsize length)
{
  guint32 number = (guint32) length;

  trk_bus_put_padding (bytes, sizeof number);
  g_byte_array_append (bytes, (const guint8 *) &number, sizeof number);
}

static void
put_signature (GByteArray *bytes, const char *text)
{
  guint8 length = (guint8) strlen (text);

  g_byte_array_append (bytes, &length, 1);
  g_byte_array_append (bytes, (const guint8 *) text, length + 1U);
}

static void
put_string (GByteArray *bytes, GVariant *value)
{
  gsize length;
  const char *text = g_variant_get_string (value, &length);

  if (g_variant_is_of_type (value, G_VARIANT_TYPE_SIGNATURE))
    {
      put_signature (bytes, text);
      return;
    }
  put_length (bytes, length);
  g_byte_array_append (bytes, (const guint8 *) text, (guint) length + 1);
}

static void
put_children (GByteArray *bytes, GVariant *value)
{
  gsize n = g_variant_n_children (value);

  for (gsize i = 0; i < n; i++)
    {
      g_autoptr (GVariant) child = g_variant_get_child_value (value, i);

      trk_bus_put_value (bytes, child);
    }
}

/* Its length is that of its elements, without the padding before the first. */
static void
put_array (GByteArray *bytes, GVariant *value)
{
  const GVariantType *element = g_variant_type_element (g_variant_get_type (value));
  guint length_at, begin;
  guint32 length;

  put_length (bytes, 0);
  length_at = bytes->len - (guint) sizeof length;
  trk_bus_put_padding (bytes, alignment_of (element));
  begin = bytes->len;
  put_children (bytes, value);
  length = bytes->len - begin;
  memcpy (bytes->data + length_at, &length, sizeof length);
}

static void
put_variant (GByteArray *bytes, GVariant *value)
{
  g_autoptr (GVariant) inner = g_variant_get_variant (value);

  put_signature (bytes, g_variant_get_type_string (inner));
  trk_bus_put_value (bytes, inner);
}

/* GVariant keeps numbers as D-Bus does. */
static void
put_fixed (GByteArray *bytes, GVariant *value)
{
  g_byte_array_append (bytes, g_variant_get_data (value), (guint) g_variant_get_size (value));
}

void
trk_bus_put_value (GByteArray *bytes, GVariant *value)
{
  const GVariantType *type = g_variant_get_type (value);

  trk_bus_put_padding (bytes, alignment_of (type));
  switch (g_variant_classify (value))
    {
    case G_VARIANT_CLASS_BOOLEAN:
      put_length (bytes, g_variant_get_boolean (value));
      return;
    case G_VARIANT_CLASS_STRING:
    case G_VARIANT_CLASS_OBJECT_PATH:
    case G_VARIANT_CLASS_SIGNATURE:
      put_string (bytes, value);
      return;
    case G_VARIANT_CLASS_VARIANT:
      put_variant (bytes, value);
      return;
    case G_VARIANT_CLASS_ARRAY:
      put_array (bytes, value);
      return;
    case G_VARIANT_CLASS_TUPLE:
    case G_VARIANT_CLASS_DICT_ENTRY:
      put_children (bytes, value);
      return;
    default:
      put_fixed (bytes, value);
    }
}
