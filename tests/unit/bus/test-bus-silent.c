/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A bus that breaks off, or keeps the client waiting: it says so in words, and ends. */

#include "bus-behaviour.h"
#include "trk-error.h"

static void
cut_at_once (Peer *peer)
{
}

static void
cut_introduction (Peer *peer)
{
  peer_hear_introduction (peer);
  peer_say_text (peer, "OK 01234");
}

static void
never_end_line (Peer *peer)
{
  while (peer_say_text (peer, "OK OK OK "))
    continue;
}

static void
ask_for_ever (Peer *peer)
{
  peer_hear_introduction (peer);
  for (;;)
    {
      g_autofree char *line = NULL;

      if (!peer_say_text (peer, "DATA\r\n"))
        return;
      line = peer_hear_line (peer);
      if (line == NULL)
        return;
      g_assert_cmpstr (line, ==, "DATA");
    }
}

static void
cut_after_ok (Peer *peer)
{
  peer_hear_introduction (peer);
  peer_say_text (peer, "OK 0123456789abcdef0123456789abcdef\r\n");
  peer_hear_begin (peer);
}

static void
cut_message (Peer *peer)
{
  g_autoptr (GDBusMessage) call = peer_welcome (peer);
  g_autoptr (GDBusMessage) message = peer_answer_to (call, peer_status ());
  g_autoptr (GBytes) bytes = peer_bytes_of (message);

  peer_say (peer, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes) - 1);
}

static void
be_silent (Peer *peer)
{
  g_autoptr (GDBusMessage) call = peer_welcome (peer);

  peer_hear (peer, G_MAXUINT);
}

static void
signal_for_ever (Peer *peer)
{
  g_autoptr (GDBusMessage) call = peer_welcome (peer);
  g_autoptr (GDBusMessage) signal = g_dbus_message_new_signal ("/a", "a.b", "Noise");

  while (peer_say_message (peer, signal))
    continue;
}

static void
answer_at_once (Peer *peer)
{
  g_autoptr (GDBusMessage) call = peer_welcome (peer);

  peer_answer (peer, call, peer_status ());
  peer_hear (peer, G_MAXUINT);
}

#define GONE "the session bus went away"
#define MUTE "the daemon does not answer"
#define NO_BUS "what answers there is no session bus"

static const Behaviour behaviours[] = {
  { "cut-at-once", cut_at_once, KEEPS_OUT, TRK_ERROR_UNREACHABLE, GONE, .over = TRUE },
  { "cut-introduction", cut_introduction, KEEPS_OUT, TRK_ERROR_UNREACHABLE, GONE, .over = TRUE },
  { "never-end-line", never_end_line, KEEPS_OUT, TRK_ERROR_UNREACHABLE, NO_BUS, .over = TRUE },
  { "ask-for-ever", ask_for_ever, KEEPS_OUT, TRK_ERROR_UNREACHABLE, NO_BUS, .over = TRUE },
  { "cut-after-ok", cut_after_ok, LETS_IN, TRK_ERROR_UNREACHABLE, GONE, .over = TRUE },
  { "cut-message", cut_message, LETS_IN, TRK_ERROR_UNREACHABLE, GONE, .over = TRUE },
  { "be-silent", be_silent, LETS_IN, TRK_ERROR_UNREACHABLE, MUTE },
  { "signal-for-ever", signal_for_ever, LETS_IN, TRK_ERROR_UNREACHABLE, MUTE },
  { "heard-late", answer_at_once, LETS_IN, NO_ERROR, .late = TRUE },
  { "entered-late", answer_at_once, LETS_IN, NO_ERROR, .enters_late = TRUE },
};

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  behaviours_add (behaviours, G_N_ELEMENTS (behaviours));
  return g_test_run ();
}
