/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A bus that answers at once, and nothing that holds: the client says so in words, and ends. */

#include "bus-behaviour.h"
#include "trk-error.h"

#include <string.h>

static void
refuse (Peer *peer)
{
  peer_hear_introduction (peer);
  peer_say_text (peer, "REJECTED DBUS_COOKIE_SHA1 ANONYMOUS\r\n");
}

static void
complain (Peer *peer)
{
  peer_hear_introduction (peer);
  peer_say_text (peer, "ERROR \"not understood\"\r\n");
}

static void
be_another_server (Peer *peer)
{
  peer_say_text (peer, "220 mail.example.org ESMTP\r\n");
}

static void
say_zeroes (Peer *peer)
{
  static const char zeroes[4096] = { 0 };

  peer_say (peer, zeroes, sizeof zeroes);
  peer_hear (peer, G_MAXUINT);
}

static void
be_full (Peer *peer)
{
  g_autoptr (GDBusMessage) hello = peer_let_in (peer);
  g_autoptr (GDBusMessage) full = g_dbus_message_new_method_error_literal (
      hello, "org.freedesktop.DBus.Error.LimitsExceeded", "too many connections");

  peer_say_message (peer, full);
  peer_hear (peer, G_MAXUINT);
}

static void
say_nonsense (Peer *peer)
{
  g_autoptr (GDBusMessage) call = peer_welcome (peer);

  peer_say_text (peer, "HTTP/1.1 400 Bad Request\r\n\r\n");
  peer_hear (peer, G_MAXUINT);
}

/* Right at its head, and nothing but ones then. */
static void
say_broken_message (Peer *peer)
{
  g_autoptr (GDBusMessage) call = peer_welcome (peer);
  g_autoptr (GDBusMessage) message = peer_answer_to (call, peer_status ());
  g_autoptr (GBytes) bytes = peer_bytes_of (message);
  gsize length = g_bytes_get_size (bytes);
  g_autofree guint8 *copy = g_memdup2 (g_bytes_get_data (bytes, NULL), length);

  memset (copy + 16, 0xff, length - 16);
  peer_say (peer, copy, length);
  peer_hear (peer, G_MAXUINT);
}

static void
announce_too_much (Peer *peer)
{
  static const guint8 head[] = { 'l', 2, 0, 1, 0, 0, 0, 8, 1, 0, 0, 0, 0, 0, 0, 0 };
  g_autoptr (GDBusMessage) call = peer_welcome (peer);

  peer_say (peer, head, sizeof head);
  peer_hear (peer, G_MAXUINT);
}

static void
answer_with_text (Peer *peer)
{
  g_autoptr (GDBusMessage) call = peer_welcome (peer);

  peer_answer (peer, call, g_variant_new ("(s)", "hello"));
  peer_hear (peer, G_MAXUINT);
}

static void
answer_with_error (Peer *peer)
{
  g_autoptr (GDBusMessage) call = peer_welcome (peer);
  g_autoptr (GDBusMessage) error =
      g_dbus_message_new_method_error_literal (call, "com.example.Odd", "odd");

  g_dbus_message_set_body (error, g_variant_new ("(u)", 1)); /* not even words */
  peer_say_message (peer, error);
  peer_hear (peer, G_MAXUINT);
}

/* -- One that is only odd ---------------------------------------------------------------------- */

static void
say_slowly (Peer *peer, GDBusMessage *message)
{
  g_autoptr (GBytes) bytes = peer_bytes_of (message);
  const guint8 *all = g_bytes_get_data (bytes, NULL);

  for (gsize i = 0; i < g_bytes_get_size (bytes); i++)
    peer_say (peer, all + i, 1);
}

/* Asks for what was said already, answers what was not asked, in another order of bytes, in pieces,
 * and twice. */
static void
be_odd (Peer *peer)
{
  g_autoptr (GDBusMessage) hello = NULL;
  g_autoptr (GDBusMessage) call = NULL;
  g_autoptr (GDBusMessage) late = NULL;
  g_autoptr (GDBusMessage) right = NULL;
  g_autofree char *data = NULL;

  peer_hear_introduction (peer);
  peer_say_text (peer, "DATA\r\n");
  data = peer_hear_line (peer);
  g_assert_cmpstr (data, ==, "DATA");
  peer_say_text (peer, "OK\r\n");
  peer_hear_begin (peer);
  hello = peer_hear_call (peer);
  call = peer_hear_call (peer);
  late = peer_answer_to (call, g_variant_new ("(s)", "late"));
  g_dbus_message_set_reply_serial (late, 4711);
  right = peer_answer_to (call, peer_status ());
  g_dbus_message_set_byte_order (right, G_BYTE_ORDER == G_LITTLE_ENDIAN
                                            ? G_DBUS_MESSAGE_BYTE_ORDER_BIG_ENDIAN
                                            : G_DBUS_MESSAGE_BYTE_ORDER_LITTLE_ENDIAN);
  peer_say_message (peer, late);
  say_slowly (peer, right);
  peer_answer (peer, hello, g_variant_new ("(s)", ":1.1"));
  peer_say_message (peer, right);
  peer_hear (peer, G_MAXUINT);
}

#define NO_BUS "what answers there is no session bus"

static const Behaviour behaviours[] = {
  { "refuse", refuse, KEEPS_OUT, TRK_ERROR_UNREACHABLE, "does not let user", .over = TRUE },
  { "complain", complain, KEEPS_OUT, TRK_ERROR_UNREACHABLE, NO_BUS, .over = TRUE },
  { "be-another-server", be_another_server, KEEPS_OUT, TRK_ERROR_UNREACHABLE, NO_BUS,
    .over = TRUE },
  { "say-zeroes", say_zeroes, KEEPS_OUT, TRK_ERROR_UNREACHABLE, NO_BUS, .over = TRUE },
  { "be-full", be_full, LETS_IN, TRK_ERROR_UNREACHABLE, "let us in: too many connections",
    .over = TRUE, .undone = TRUE },
  { "say-nonsense", say_nonsense, LETS_IN, TRK_ERROR_UNREACHABLE, NO_BUS, .over = TRUE },
  { "say-broken-message", say_broken_message, LETS_IN, TRK_ERROR_UNREACHABLE, NO_BUS,
    .over = TRUE },
  { "announce-too-much", announce_too_much, LETS_IN, TRK_ERROR_UNREACHABLE, NO_BUS, .over = TRUE },
  { "answer-with-text", answer_with_text, LETS_IN, TRK_ERROR_FAILED, "not this program's daemon",
    .answers = TRUE },
  { "answer-with-error", answer_with_error, LETS_IN, TRK_ERROR_FAILED, "com.example.Odd",
    .undone = TRUE },
  { "be-odd", be_odd, LETS_IN, NO_ERROR },
};

/* The first that takes connections is taken. */
static void
test_list (void)
{
  static const Behaviour odd = { "list", be_odd, LETS_IN, NO_ERROR };

  behaviour_run (&odd, behaviour_ask, "b,us",
                 "unix:path=/nonexistent;unix:path=", "/b%2cus,guid=0");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  behaviours_add (behaviours, G_N_ELEMENTS (behaviours));
  g_test_add_func ("/bus/list", test_list);
  return g_test_run ();
}
