/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "bus-peer.h"

#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

gboolean
peer_say (Peer *peer, const void *bytes, gsize length)
{
  while (length > 0)
    {
      gssize sent = send (peer->fd, bytes, length, MSG_NOSIGNAL);

      if (sent <= 0)
        return FALSE;
      bytes = (const char *) bytes + sent;
      length -= (gsize) sent;
    }
  return TRUE;
}

gboolean
peer_say_text (Peer *peer, const char *text)
{
  return peer_say (peer, text, strlen (text));
}

gboolean
peer_hear (Peer *peer, gsize length)
{
  guint8 bytes[1024];

  while (peer->in->len < length)
    {
      gssize came = recv (peer->fd, bytes, sizeof bytes, 0);

      if (came <= 0)
        return FALSE;
      g_byte_array_append (peer->in, bytes, (guint) came);
    }
  return TRUE;
}

char *
peer_hear_line (Peer *peer)
{
  const char *end = NULL;

  do
    {
      char *line;

      for (guint i = 0; i + 1 < peer->in->len && end == NULL; i++)
        if (memcmp (peer->in->data + i, "\r\n", 2) == 0)
          end = (const char *) peer->in->data + i;
      if (end == NULL)
        continue;
      line =
          g_strndup ((const char *) peer->in->data, (gsize) (end - (const char *) peer->in->data));
      g_byte_array_remove_range (peer->in, 0, (guint) (end + 2 - (const char *) peer->in->data));
      return line;
    }
  while (peer_hear (peer, peer->in->len + 1));
  return NULL;
}

GDBusMessage *
peer_hear_call (Peer *peer)
{
  gssize length;
  GDBusMessage *message;

  if (!peer_hear (peer, 16))
    return NULL;
  length = g_dbus_message_bytes_needed (peer->in->data, peer->in->len, NULL);
  g_assert_cmpint (length, >, 0);
  if (!peer_hear (peer, (gsize) length))
    return NULL;
  message = g_dbus_message_new_from_blob (peer->in->data, (gsize) length, 0, NULL);
  g_assert_nonnull (message);
  g_byte_array_remove_range (peer->in, 0, (guint) length);
  return message;
}

GBytes *
peer_bytes_of (GDBusMessage *message)
{
  gsize length;
  guint8 *bytes;

  g_dbus_message_set_serial (message, 1);
  bytes = g_dbus_message_to_blob (message, &length, 0, NULL);
  g_assert_nonnull (bytes);
  return g_bytes_new_take (bytes, length);
}

gboolean
peer_say_message (Peer *peer, GDBusMessage *message)
{
  g_autoptr (GBytes) bytes = peer_bytes_of (message);

  return peer_say (peer, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

GDBusMessage *
peer_answer_to (GDBusMessage *call, GVariant *body)
{
  GDBusMessage *answer = g_dbus_message_new_method_reply (call);

  g_dbus_message_set_body (answer, body);
  return answer;
}

void
peer_answer (Peer *peer, GDBusMessage *call, GVariant *body)
{
  g_autoptr (GDBusMessage) message = peer_answer_to (call, body);

  peer_say_message (peer, message);
}

GVariant *
peer_status (void)
{
  return g_variant_new_parsed ("({'State': <'running'>, 'Title': <'Write·'>, 'Task': <int64 7>},)");
}

gboolean
peer_hear_introduction (Peer *peer)
{
  g_autofree char *user = g_strdup_printf ("%u", (guint) geteuid ());
  g_autoptr (GString) expected = g_string_new ("AUTH EXTERNAL ");
  g_autofree char *line = NULL;

  if (!peer_hear (peer, 1))
    return FALSE;
  g_assert_cmpint (peer->in->data[0], ==, 0);
  g_byte_array_remove_index (peer->in, 0);
  for (const char *digit = user; *digit != '\0'; digit++)
    g_string_append_printf (expected, "%02x", (guint) *digit);
  line = peer_hear_line (peer);
  g_assert_cmpstr (line, ==, expected->str);
  return TRUE;
}

void
peer_hear_begin (Peer *peer)
{
  g_autofree char *line = peer_hear_line (peer);

  g_assert_cmpstr (line, ==, "BEGIN");
}

GDBusMessage *
peer_let_in (Peer *peer)
{
  GDBusMessage *hello;

  peer_hear_introduction (peer);
  peer_say_text (peer, "OK 0123456789abcdef0123456789abcdef\r\n");
  peer_hear_begin (peer);
  hello = peer_hear_call (peer);
  g_assert_cmpstr (g_dbus_message_get_member (hello), ==, "Hello");
  return hello;
}

GDBusMessage *
peer_welcome (Peer *peer)
{
  g_autoptr (GDBusMessage) hello = peer_let_in (peer);

  peer_answer (peer, hello, g_variant_new ("(s)", ":1.1"));
  return peer_hear_call (peer);
}
