/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Messages as GIO has them, the other well-known reader and writer of them: what one writes the
 * other reads. And whatever was done to the bytes on the way, reading them does no harm. */

#include "trk-bus-message.h"
#include "trk-bus-value.h"

#include <gio/gio.h>
#include <string.h>

/* -- Any value --------------------------------------------------------------------------------- */

static GVariant *any_value (guint depth);

static char *
any_text (void)
{
  static const char *const pieces[] = { "", "a", "ä", "·", "\xf0\x9f\x8d\x85", "tracker", "\n" };
  GString *text = g_string_new (NULL);

  for (int i = g_test_rand_int_range (0, 6); i > 0; i--)
    g_string_append (text, pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))]);
  return g_string_free (text, FALSE);
}

static GVariant *
any_basic (char type)
{
  guint64 number = (guint64) (guint32) g_test_rand_int () << 32 | (guint32) g_test_rand_int ();
  g_autofree char *text = any_text ();

  switch (type)
    {
    case 'y':
      return g_variant_new_byte ((guint8) number);
    case 'b':
      return g_variant_new_boolean (number % 2 == 0);
    case 'n':
      return g_variant_new_int16 ((gint16) number);
    case 'q':
      return g_variant_new_uint16 ((guint16) number);
    case 'i':
      return g_variant_new_int32 ((gint32) number);
    case 'u':
      return g_variant_new_uint32 ((guint32) number);
    case 'x':
      return g_variant_new_int64 ((gint64) number);
    case 't':
      return g_variant_new_uint64 (number);
    case 'd':
      return g_variant_new_double ((double) (gint64) number);
    case 'o':
      return g_variant_new_object_path (number % 2 == 0 ? "/" : "/org/trackerd/Tracker1");
    case 'g':
      return g_variant_new_signature (number % 2 == 0 ? "" : "a{sv}(xx)");
    default:
      return g_variant_new_string (text);
    }
}

static GVariant *
any_of_these_types (void)
{
  static const char types[] = "ybnqiuxtdosg";

  return any_basic (types[g_test_rand_int_range (0, sizeof types - 1)]);
}

static GVariant *
any_structure (guint depth)
{
  GVariantBuilder builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE_TUPLE);

  for (int i = g_test_rand_int_range (1, 5); i > 0; i--)
    g_variant_builder_add_value (&builder, any_value (depth));
  return g_variant_builder_end (&builder);
}

/* Of basic values, or of entries; all elements have one type. */
static GVariant *
any_array (guint depth)
{
  static const char types[] = "ybnqiuxtdosg";
  char type = types[g_test_rand_int_range (0, sizeof types - 1)];
  gboolean entries = g_test_rand_bit ();
  g_autofree char *string = g_strdup_printf (entries ? "a{%cv}" : "a%c", type);
  GVariantBuilder builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE (string));

  for (int i = g_test_rand_int_range (0, 5); i > 0; i--)
    g_variant_builder_add_value (
        &builder, entries ? g_variant_new_dict_entry (any_basic (type),
                                                      g_variant_new_variant (any_value (depth)))
                          : any_basic (type));
  return g_variant_builder_end (&builder);
}

static GVariant *
any_value (guint depth)
{
  switch (depth > 0 ? g_test_rand_int_range (0, 6) : 0)
    {
    case 1:
      return g_variant_new_variant (any_value (depth - 1));
    case 2:
      return any_structure (depth - 1);
    case 3:
      return any_array (depth - 1);
    case 4:
      return g_variant_new_array (G_VARIANT_TYPE ("(xa{sv})"), NULL, 0);
    default:
      return any_of_these_types ();
    }
}

/* -- Both ways --------------------------------------------------------------------------------- */

static void
test_calls_are_read_by_gio (void)
{
  for (guint i = 0; i < 3000; i++)
    {
      g_autoptr (GVariant) arguments = g_variant_ref_sink (any_structure (3));
      TrkBusCall call = {
        "org.trackerd.Tracker1", "/org/trackerd", "org.trackerd.Face", "Do", arguments,
        g_test_rand_bit ()
      };
      g_autoptr (GByteArray) bytes = g_byte_array_new ();
      g_autoptr (GError) error = NULL;
      g_autoptr (GDBusMessage) message = NULL;

      trk_bus_message_put (bytes, &call, i + 1);
      g_assert_cmpuint (trk_bus_message_length (bytes->data), ==, bytes->len);
      message = g_dbus_message_new_from_blob (bytes->data, bytes->len, 0, &error);
      g_assert_no_error (error);
      g_assert_cmpint (g_dbus_message_get_message_type (message), ==,
                       G_DBUS_MESSAGE_TYPE_METHOD_CALL);
      g_assert_cmpint (g_dbus_message_get_flags (message), ==,
                       call.start ? 0 : G_DBUS_MESSAGE_FLAGS_NO_AUTO_START);
      g_assert_cmpuint (g_dbus_message_get_serial (message), ==, i + 1);
      g_assert_cmpstr (g_dbus_message_get_destination (message), ==, call.name);
      g_assert_cmpstr (g_dbus_message_get_path (message), ==, call.path);
      g_assert_cmpstr (g_dbus_message_get_interface (message), ==, call.interface);
      g_assert_cmpstr (g_dbus_message_get_member (message), ==, call.method);
      g_assert_true (g_variant_equal (g_dbus_message_get_body (message), arguments));
    }
}

static void
test_no_arguments (void)
{
  TrkBusCall call = { "a.b", "/a", "a.b", "Stop", NULL, TRUE };
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autoptr (GDBusMessage) message = NULL;

  trk_bus_message_put (bytes, &call, 1);
  message = g_dbus_message_new_from_blob (bytes->data, bytes->len, 0, NULL);
  g_assert_nonnull (message);
  g_assert_null (g_dbus_message_get_body (message));
}

static GDBusMessage *
new_answer (GVariant *body, guint32 reply_to, const char *error)
{
  GDBusMessage *message = g_dbus_message_new ();

  g_dbus_message_set_message_type (message, error != NULL ? G_DBUS_MESSAGE_TYPE_ERROR
                                                          : G_DBUS_MESSAGE_TYPE_METHOD_RETURN);
  g_dbus_message_set_byte_order (message, g_test_rand_bit ()
                                              ? G_DBUS_MESSAGE_BYTE_ORDER_BIG_ENDIAN
                                              : G_DBUS_MESSAGE_BYTE_ORDER_LITTLE_ENDIAN);
  g_dbus_message_set_reply_serial (message, reply_to);
  g_dbus_message_set_sender (message, ":1.7");
  g_dbus_message_set_serial (message, 99);
  if (error != NULL)
    g_dbus_message_set_error_name (message, error);
  if (body != NULL)
    g_dbus_message_set_body (message, body);
  return message;
}

static guint8 *
bytes_of (GDBusMessage *message, gsize *length)
{
  g_autoptr (GError) error = NULL;
  guint8 *bytes = g_dbus_message_to_blob (message, length, 0, &error);

  g_assert_no_error (error);
  return bytes;
}

static void
test_answers_of_gio_are_read (void)
{
  for (guint i = 0; i < 3000; i++)
    {
      g_autoptr (GVariant) body = g_variant_ref_sink (any_structure (3));
      const char *name = g_test_rand_bit () ? "org.trackerd.Error.State" : NULL;
      g_autoptr (GDBusMessage) sent = new_answer (body, i + 1, name);
      gsize length;
      g_autofree guint8 *bytes = bytes_of (sent, &length);
      g_auto (TrkBusMessage) message = { 0 };

      g_assert_cmpuint (trk_bus_message_length (bytes), ==, length);
      g_assert_true (trk_bus_message_read (bytes, length, &message));
      g_assert_cmpuint (message.reply_to, ==, i + 1);
      g_assert_cmpstr (message.error, ==, name);
      g_assert_true (g_variant_equal (message.body, body));
    }
}

static void
test_empty_answer (void)
{
  g_autoptr (GDBusMessage) sent = new_answer (NULL, 5, NULL);
  gsize length;
  g_autofree guint8 *bytes = bytes_of (sent, &length);
  g_auto (TrkBusMessage) message = { 0 };

  g_assert_true (trk_bus_message_read (bytes, length, &message));
  g_assert_cmpstr (g_variant_get_type_string (message.body), ==, "()");
}

/* -- What is no message ------------------------------------------------------------------------ */

/* Cut anywhere, it is none. */
static void
test_cut (void)
{
  g_autoptr (GVariant) body = g_variant_ref_sink (any_structure (3));
  g_autoptr (GDBusMessage) sent = new_answer (body, 1, "a.b");
  gsize length;
  g_autofree guint8 *bytes = bytes_of (sent, &length);

  for (gsize cut = TRK_BUS_HEAD; cut < length; cut++)
    {
      g_auto (TrkBusMessage) message = { 0 };
      g_autofree guint8 *copy = g_memdup2 (bytes, cut); /* so that a byte too many is seen */

      g_assert_false (trk_bus_message_read (copy, cut, &message));
    }
}

static void
test_changed (void)
{
  for (guint i = 0; i < 20000; i++)
    {
      g_autoptr (GVariant) body = g_variant_ref_sink (any_structure (3));
      g_autoptr (GDBusMessage) sent = new_answer (body, 1, g_test_rand_bit () ? "a.b" : NULL);
      gsize length;
      g_autofree guint8 *bytes = bytes_of (sent, &length);
      g_auto (TrkBusMessage) message = { 0 };

      for (int n = g_test_rand_int_range (1, 6); n > 0; n--)
        bytes[g_test_rand_int_range (0, (int) length)] = (guint8) g_test_rand_int ();
      if (trk_bus_message_read (bytes, length, &message) && message.reply_to != 0)
        g_assert_true (g_variant_is_normal_form (message.body));
      trk_bus_message_length (bytes);
    }
}

static void
test_length (void)
{
  static const struct
  {
    guint8 head[TRK_BUS_HEAD];
    gsize length;
  } lengths[] = {
    { { 'l', 2, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0 }, 16 },
    { { 'l', 2, 0, 1, 5, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0 }, 29 },
    { { 'B', 2, 0, 1, 0, 0, 0, 5, 0, 0, 0, 1, 0, 0, 0, 8 }, 29 },
    { { 'l', 2, 0, 1, 0xf0, 0xff, 0x1f, 0, 1, 0, 0, 0, 0, 0, 0, 0 }, TRK_BUS_LONGEST },
    { { 'l', 2, 0, 1, 0xf1, 0xff, 0x1f, 0, 1, 0, 0, 0, 0, 0, 0, 0 }, 0 },
    { { 'l', 2, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0xff, 0xff, 0xff, 0xff }, 0 },
    { { 'l', 2, 0, 1, 0xff, 0xff, 0xff, 0xff, 1, 0, 0, 0, 0xff, 0xff, 0xff, 0xff }, 0 },
    { { 'l', 2, 0, 2, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0 }, 0 },
    { { 'L', 2, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0 }, 0 },
    { { 'H', 'T', 'T', 'P' }, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (lengths); i++)
    g_assert_cmpuint (trk_bus_message_length (lengths[i].head), ==, lengths[i].length);
}

/* -- What is no value -------------------------------------------------------------------------- */

static void
test_no_values (void)
{
  static const struct
  {
    const char *type;
    gsize length;
    const char *bytes; /* little-endian */
  } wrong[] = {
    { "b", 4, "\2\0\0\0" },
    { "u", 3, "\1\0\0" },
    { "s", 6, "\1\0\0\0ab" },                /* no zero at its end */
    { "s", 7, "\2\0\0\0a\0\0" },             /* one before it */
    { "s", 6, "\1\0\0\0\xff\0" },            /* no UTF-8 */
    { "s", 5, "\xff\xff\xff\xff\0" },        /* longer than all there is */
    { "o", 6, "\1\0\0\0a\0" },               /* no path */
    { "g", 3, "\1m\0" },                     /* no signature of D-Bus */
    { "g", 4, "\2()\0" },                    /* nothing can be of it */
    { "v", 3, "\0\0\0" },                    /* of no type */
    { "v", 4, "\2yy\0" },                    /* of two */
    { "v", 4, "\2()\0" },                    /* would be no bytes long */
    { "au", 8, "\3\0\0\0\1\0\0\0" },         /* ends within an element */
    { "au", 8, "\xff\xff\xff\x7f\1\0\0\0" }, /* or behind all */
    { "(yu)", 8, "\1\0\1\0\1\0\0\0" },       /* padding that says something */
    { "ax", 8, "\0\0\0\0\0\1\0\0" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autofree guint8 *bytes = g_memdup2 (wrong[i].bytes, wrong[i].length);
      TrkBusReader reader = { .bytes = bytes, .length = wrong[i].length, .little = TRUE };

      g_test_message ("%" G_GSIZE_FORMAT ": %s", i, wrong[i].type);
      g_assert_null (trk_bus_read_value (&reader, G_VARIANT_TYPE (wrong[i].type)));
    }
}

/* Variants in variants: a stack is finite. */
static void
test_too_deep (void)
{
  for (guint depth = 1; depth < 200; depth++)
    {
      g_autoptr (GByteArray) bytes = g_byte_array_new ();
      TrkBusReader reader = { .little = TRUE };
      g_autoptr (GVariant) value = NULL;

      for (guint i = 1; i < depth; i++)
        g_byte_array_append (bytes, (const guint8 *) "\1v", 3);
      g_byte_array_append (bytes, (const guint8 *) "\1y\0\7", 4);
      reader.bytes = bytes->data;
      reader.length = bytes->len;
      value = trk_bus_read_value (&reader, G_VARIANT_TYPE_VARIANT);
      if (value != NULL)
        g_variant_ref_sink (value);
      g_assert_true ((value != NULL) == (depth < 64));
    }
}

/* A body of arrays in arrays, none of which has an element: as deep as a signature may say, and
 * deeper than GLib's types may be. */
static void
test_deep_signature (void)
{
  for (guint depth = 1; depth < 230; depth++)
    {
      static const guint8 head[] = { 'l', 2, 0, 1, 0, 0, 0, 0, 9, 0, 0, 0, 0, 0, 0, 0 };
      static const guint8 reply_to[] = { 5, 1, 'u', 0, 1, 0, 0, 0 };
      static const guint8 signature[] = { 8, 1, 'g', 0 };
      static const guint8 body[4] = { 0 };
      g_autoptr (GByteArray) bytes = g_byte_array_new ();
      g_auto (TrkBusMessage) message = { 0 };
      guint8 length = (guint8) depth + 1;

      g_byte_array_append (bytes, head, sizeof head);
      g_byte_array_append (bytes, reply_to, sizeof reply_to);
      g_byte_array_append (bytes, signature, sizeof signature);
      g_byte_array_append (bytes, &length, 1);
      for (guint i = 0; i < depth; i++)
        g_byte_array_append (bytes, (const guint8 *) "a", 1);
      g_byte_array_append (bytes, (const guint8 *) "y", 2);
      bytes->data[4] = sizeof body;
      bytes->data[12] = (guint8) (bytes->len - sizeof head);
      trk_bus_put_padding (bytes, 8);
      g_byte_array_append (bytes, body, sizeof body);
      g_assert_cmpuint (trk_bus_message_length (bytes->data), ==, bytes->len);
      g_assert_true (trk_bus_message_read (bytes->data, bytes->len, &message) == (depth < 128));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, test) g_test_add_func ("/bus-message/" path, test)
  ADD ("calls-are-read-by-gio", test_calls_are_read_by_gio);
  ADD ("no-arguments", test_no_arguments);
  ADD ("answers-of-gio-are-read", test_answers_of_gio_are_read);
  ADD ("empty-answer", test_empty_answer);
  ADD ("cut", test_cut);
  ADD ("changed", test_changed);
  ADD ("length", test_length);
  ADD ("no-values", test_no_values);
  ADD ("too-deep", test_too_deep);
  ADD ("deep-signature", test_deep_signature);
  return g_test_run ();
}
