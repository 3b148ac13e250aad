/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-bus-message.h"

#include "trk-bus-value.h"

#include <string.h>

/* Order of bytes, type, flags, version, length of the body, serial, fields. */
#define HEADER "(yyyyuua(yv))"

enum
{
  CALL = 1,
  RETURN = 2,
  ERROR = 3,
  NO_AUTO_START = 2, /* flag */
  VERSION = 1,
  FIELD_PATH = 1,
  FIELD_INTERFACE = 2,
  FIELD_MEMBER = 3,
  FIELD_ERROR_NAME = 4,
  FIELD_REPLY_SERIAL = 5,
  FIELD_DESTINATION = 6,
  FIELD_SIGNATURE = 8,
};

void
trk_bus_message_clear (TrkBusMessage *message)
{
  g_clear_pointer (&message->error, g_free);
  g_clear_pointer (&message->body, g_variant_unref);
}

/* -- Writing ----------------------------------------------------------------------------------- */

/* Without the parentheses of the tuple. */
static char *
signature_of (GVariant *arguments)
{
  const char *type = g_variant_get_type_string (arguments);

  return g_strndup (type + 1, strlen (type) - 2);
}

static GVariant *
header_of (const TrkBusCall *call, GVariant *arguments, gsize length, guint32 serial)
{
  g_autofree char *signature = signature_of (arguments);
  GVariantBuilder fields = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a(yv)"));

  g_variant_builder_add (&fields, "(yv)", FIELD_PATH, g_variant_new_object_path (call->path));
  g_variant_builder_add (&fields, "(yv)", FIELD_DESTINATION, g_variant_new_string (call->name));
  g_variant_builder_add (&fields, "(yv)", FIELD_INTERFACE, g_variant_new_string (call->interface));
  g_variant_builder_add (&fields, "(yv)", FIELD_MEMBER, g_variant_new_string (call->method));
  if (*signature != '\0')
    g_variant_builder_add (&fields, "(yv)", FIELD_SIGNATURE, g_variant_new_signature (signature));
  return g_variant_new (HEADER, G_BYTE_ORDER == G_LITTLE_ENDIAN ? 'l' : 'B', CALL,
                        call->start ? 0 : NO_AUTO_START, VERSION, (guint32) length, serial,
                        &fields);
}

void
trk_bus_message_put (GByteArray *bytes, const TrkBusCall *call, guint32 serial)
{
  g_autoptr (GVariant) arguments =
      g_variant_ref_sink (call->arguments != NULL ? call->arguments : g_variant_new ("()"));
  g_autoptr (GByteArray) message = g_byte_array_new ();
  g_autoptr (GByteArray) body = g_byte_array_new ();
  g_autoptr (GVariant) header = NULL;

  trk_bus_put_value (body, arguments);
  header = g_variant_ref_sink (header_of (call, arguments, body->len, serial));
  trk_bus_put_value (message, header);
  trk_bus_put_padding (message, 8);
  g_byte_array_append (bytes, message->data, message->len);
  g_byte_array_append (bytes, body->data, body->len);
}

/* -- Reading ----------------------------------------------------------------------------------- */

static guint64
number_at (const guint8 *bytes, gsize at, gboolean little)
{
  guint32 number;

  memcpy (&number, bytes + at, sizeof number);
  return little ? GUINT32_FROM_LE (number) : GUINT32_FROM_BE (number);
}

gsize
trk_bus_message_length (const guint8 *head)
{
  gboolean little = head[0] == 'l';
  guint64 body = number_at (head, 4, little);
  guint64 fields = number_at (head, 12, little);
  guint64 length = TRK_BUS_HEAD + fields + (8 - fields % 8) % 8 + body;

  if ((!little && head[0] != 'B') || head[3] != VERSION || length > TRK_BUS_LONGEST)
    return 0;
  return (gsize) length;
}

/* The field of that code and type (owned); NULL: none. */
static GVariant *
find_field (GVariant *fields, guint8 code, const char *type)
{
  gsize n = g_variant_n_children (fields);

  for (gsize i = 0; i < n; i++)
    {
      g_autoptr (GVariant) value = NULL;
      guint8 found;

      g_variant_get_child (fields, i, "(yv)", &found, &value);
      if (found == code && g_variant_is_of_type (value, G_VARIANT_TYPE (type)))
        return g_steal_pointer (&value);
    }
  return NULL;
}

static GVariant *
read_body (TrkBusReader *reader, GVariant *fields)
{
  g_autoptr (GVariant) signature = find_field (fields, FIELD_SIGNATURE, "g");
  g_autofree char *type =
      g_strconcat ("(", signature != NULL ? g_variant_get_string (signature, NULL) : "", ")", NULL);
  GVariant *body;

  /* Signatures may be as deep as types of GLib, which are one deeper in a tuple. */
  if (!g_variant_type_string_is_valid (type) || !trk_bus_read_padding (reader, 8))
    return NULL;
  body = trk_bus_read_value (reader, G_VARIANT_TYPE (type));
  return body != NULL ? g_variant_ref_sink (body) : NULL;
}

/* What it answers, and whether that is an error. FALSE: an answer to nothing, or without a name. */
static gboolean
read_meaning (guint8 type, GVariant *fields, TrkBusMessage *message)
{
  g_autoptr (GVariant) serial = find_field (fields, FIELD_REPLY_SERIAL, "u");
  g_autoptr (GVariant) name = find_field (fields, FIELD_ERROR_NAME, "s");

  if (serial == NULL || (type == ERROR && name == NULL))
    return FALSE;
  message->reply_to = g_variant_get_uint32 (serial);
  message->error = type == ERROR ? g_variant_dup_string (name, NULL) : NULL;
  return TRUE;
}

gboolean
trk_bus_message_read (const guint8 *bytes, gsize length, TrkBusMessage *message)
{
  TrkBusReader reader = { .bytes = bytes, .length = length, .little = bytes[0] == 'l' };
  GVariant *header = trk_bus_read_value (&reader, G_VARIANT_TYPE (HEADER));
  g_autoptr (GVariant) owned = header != NULL ? g_variant_ref_sink (header) : NULL;
  g_autoptr (GVariant) fields = header != NULL ? g_variant_get_child_value (header, 6) : NULL;
  guint8 type;

  if (header == NULL)
    return FALSE;
  g_variant_get_child (header, 1, "y", &type);
  if (type != RETURN && type != ERROR)
    return TRUE; /* a signal that nobody asked for */
  message->body = read_body (&reader, fields);
  return message->body != NULL && reader.at == length && read_meaning (type, fields, message);
}
