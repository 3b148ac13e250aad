/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-x11-connection.h"
#include "trk-x11-presence.h"
#include "trk-x11-windows.h"

#include <gio/gunixsocketaddress.h>
#include <string.h>

/* No X server has such a name, so that none is asked. */
#define NO_DISPLAY "no display"

static void
on_failed (gpointer source, const char *why, gboolean never, gpointer data)
{
  g_string_append_printf (data, "%s %s\n", never ? "never" : "failed", why);
}

/* Owned by the caller. */
static GObject *
watch_presence (void)
{
  TrkPresenceSource *source = trk_x11_presence_new (NO_DISPLAY);

  trk_presence_source_watch (source, 1000);
  trk_presence_source_watch (source, 2000); /* it is connecting already */
  g_assert_false (trk_presence_source_ask (source));
  return G_OBJECT (source);
}

static GObject *
watch_windows (void)
{
  TrkWindowSource *source = trk_x11_windows_new (NO_DISPLAY);

  trk_window_source_watch (source);
  trk_window_source_watch (source);
  return G_OBJECT (source);
}

static GObject *(*const sources[]) (void) = { watch_presence, watch_windows };

static void
test_no_server (gconstpointer data)
{
  g_autoptr (GString) told = g_string_new (NULL);
  g_autoptr (GObject) source = sources[GPOINTER_TO_UINT (data)]();

  g_signal_connect (source, "failed", G_CALLBACK (on_failed), told);
  while (told->len == 0)
    g_main_context_iteration (NULL, TRUE);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpstr (told->str, ==, "never no X server\n");
}

static void
on_finalized (gpointer gone)
{
  *(gboolean *) gone = TRUE;
}

/* Connecting keeps it until that has ended; then it goes. */
static void
test_disposed_while_connecting (gconstpointer data)
{
  gboolean gone = FALSE;
  GObject *source = sources[GPOINTER_TO_UINT (data)]();

  g_object_set_data_full (source, "gone", &gone, on_finalized);
  g_object_run_dispose (source);
  g_object_unref (source);
  while (!gone)
    g_main_context_iteration (NULL, TRUE);
}

/* -- A server that says what it is told to ----------------------------------------------------- */

typedef enum
{
  BEGIN,
  EVENT,
  ANSWER,
  REFUSAL,
  FAILURE,
  N_CALLS,
} Call;

static const char *const call_names[N_CALLS] = { "begin", "event", "answer", "refusal", "failure" };

typedef struct
{
  GSocket *listener;
  GSocket *server; /* its end of the connection */
  GObject *owner;  /* (owned) (nullable) */
  TrkX11Connection *connection;
  void (*on_begin) (gpointer fixture);
  Call leaves; /* which ends it, and the owner goes; N_CALLS: none */
  gboolean gone;
  GString *told;
} Fixture;

static void
tell (gpointer owner, Call call)
{
  Fixture *fixture = g_object_get_data (owner, "fixture");

  g_string_append_printf (fixture->told, "%s\n", call_names[call]);
  if (call != fixture->leaves)
    return;
  trk_x11_connection_end (fixture->connection);
  g_clear_object (&fixture->owner);
}

static gpointer
learn (xcb_connection_t *server, int screen, GError **error)
{
  return g_strdup ("learned");
}

static void
begin (gpointer owner, gconstpointer learned)
{
  Fixture *fixture = g_object_get_data (owner, "fixture");

  g_assert_cmpstr (learned, ==, "learned");
  if (fixture->on_begin != NULL)
    fixture->on_begin (fixture);
  tell (owner, BEGIN);
}

static void
take_event (gpointer owner, const xcb_generic_event_t *event)
{
  g_assert_cmpint (event->response_type, ==, XCB_KEY_PRESS);
  tell (owner, EVENT);
}

static void
take_answer (gpointer owner, gconstpointer reply)
{
  tell (owner, reply != NULL ? ANSWER : REFUSAL);
}

static void
fail_call (gpointer owner, const char *why, gboolean never)
{
  g_assert_cmpstr (why, ==, "the X server went away");
  g_assert_false (never);
  tell (owner, FAILURE);
}

static void
say (Fixture *fixture, gconstpointer bytes, gsize length)
{
  g_assert_cmpint (g_socket_send (fixture->server, bytes, length, NULL, NULL), ==, (gssize) length);
}

static void
say_event (Fixture *fixture)
{
  const xcb_key_press_event_t event = { .response_type = XCB_KEY_PRESS };

  say (fixture, &event, sizeof event);
}

/* To the first request. */
static void
say_answer (Fixture *fixture)
{
  const struct
  {
    xcb_get_input_focus_reply_t reply;
    guint8 pad[32 - sizeof (xcb_get_input_focus_reply_t)];
  } answer = { .reply = { .response_type = 1, .sequence = 1 } };

  say (fixture, &answer, sizeof answer);
}

static void
say_refusal (Fixture *fixture)
{
  const struct
  {
    xcb_request_error_t error;
    guint8 pad[32 - sizeof (xcb_request_error_t)];
  } refusal = { .error = { .error_code = XCB_WINDOW, .sequence = 1 } };

  say (fixture, &refusal, sizeof refusal);
}

static void
owner_gone (gpointer data)
{
  Fixture *fixture = data;

  trk_x11_connection_free (fixture->connection);
  fixture->gone = TRUE;
}

/* A name without a file, which every client tries first. FALSE: somebody has it. */
static gboolean
bind_display (GSocket *listener, guint number)
{
  g_autofree char *name = g_strdup_printf ("/tmp/.X11-unix/X%u", number);
  g_autoptr (GSocketAddress) address = g_unix_socket_address_new_with_type (
      name, (int) strlen (name), G_UNIX_SOCKET_ADDRESS_ABSTRACT);

  return g_socket_bind (listener, address, FALSE, NULL);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  static const TrkX11Calls calls = { learn, begin, take_event, take_answer, fail_call };
  g_autofree char *display = NULL;
  guint number = 1000;

  fixture->listener =
      g_socket_new (G_SOCKET_FAMILY_UNIX, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_DEFAULT, NULL);
  while (!bind_display (fixture->listener, number))
    number++;
  g_assert_true (g_socket_listen (fixture->listener, NULL));
  fixture->told = g_string_new (NULL);
  fixture->leaves = N_CALLS;
  fixture->owner = g_object_new (G_TYPE_OBJECT, NULL);
  display = g_strdup_printf (":%u", number);
  fixture->connection = trk_x11_connection_new (fixture->owner, &calls, display);
  g_object_set_data (fixture->owner, "fixture", fixture);
  g_object_weak_ref (fixture->owner, (GWeakNotify) (void (*) (void)) owner_gone, fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->owner);
  g_assert_true (fixture->gone);
  g_clear_object (&fixture->server);
  g_object_unref (fixture->listener);
  g_string_free (fixture->told, TRUE);
}

/* Takes whoever connects for a client. */
static void
serve (Fixture *fixture)
{
  const struct
  {
    xcb_setup_t setup;
    xcb_screen_t screen;
  } welcome = {
    .setup = { .status = 1,
               .protocol_major_version = 11,
               .length = (sizeof welcome - 8) / 4,
               .resource_id_mask = 0x1fffff,
               .maximum_request_length = 0xffff,
               .roots_len = 1 },
  };
  char request[sizeof (xcb_setup_request_t)];

  trk_x11_connection_open (fixture->connection);
  fixture->server = g_socket_accept (fixture->listener, NULL, NULL);
  g_assert_nonnull (fixture->server);
  g_assert_cmpint (g_socket_receive (fixture->server, request, sizeof request, NULL, NULL), ==,
                   sizeof request);
  say (fixture, &welcome, sizeof welcome);
}

static void
wait_for (Fixture *fixture, const char *told)
{
  while (fixture->told->len < strlen (told))
    g_main_context_iteration (NULL, TRUE);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpstr (fixture->told->str, ==, told);
}

static void
put_question (gpointer data)
{
  Fixture *fixture = data;
  xcb_connection_t *server = trk_x11_connection_server (fixture->connection);

  trk_x11_connection_await (fixture->connection, xcb_get_input_focus (server).sequence);
  trk_x11_connection_send (fixture->connection);
}

/* What comes while something is sent is read by xcb, and nothing more comes. */
static void
say_event_and_put_question (gpointer fixture)
{
  say_event (fixture);
  put_question (fixture);
}

static void
test_event_while_sending (Fixture *fixture, gconstpointer data)
{
  fixture->on_begin = say_event_and_put_question;
  serve (fixture);
  wait_for (fixture, "begin\nevent\n");
  g_assert_true (trk_x11_connection_awaits (fixture->connection));
}

static void
test_answer (Fixture *fixture, gconstpointer data)
{
  fixture->on_begin = put_question;
  serve (fixture);
  wait_for (fixture, "begin\n");
  say_event (fixture);
  say_answer (fixture);
  say_event (fixture);
  wait_for (fixture, "begin\nevent\nevent\nanswer\n");
  g_assert_false (trk_x11_connection_awaits (fixture->connection));
}

static void
test_refusal (Fixture *fixture, gconstpointer data)
{
  fixture->on_begin = put_question;
  serve (fixture);
  wait_for (fixture, "begin\n");
  say_refusal (fixture);
  wait_for (fixture, "begin\nrefusal\n");
  g_assert_false (trk_x11_connection_awaits (fixture->connection));
}

/* What it still said is taken; that it is gone is no answer. */
static void
test_server_goes (Fixture *fixture, gconstpointer data)
{
  fixture->on_begin = put_question;
  serve (fixture);
  wait_for (fixture, "begin\n");
  say_event (fixture);
  g_clear_object (&fixture->server);
  wait_for (fixture, "begin\nevent\nfailure\n");
  g_assert_false (trk_x11_connection_is_open (fixture->connection));
}

static void
say_all (gpointer data)
{
  put_question (data);
  say_event (data);
  say_answer (data);
}

static void
say_event_and_refusal (gpointer data)
{
  put_question (data);
  say_event (data);
  say_refusal (data);
}

/* Inside any call, after which there is none. */
static void
test_owner_goes (Fixture *fixture, gconstpointer data)
{
  static const char *const told[N_CALLS] = {
    "begin\n",
    "begin\nevent\n",
    "begin\nevent\nanswer\n",
    "begin\nevent\nrefusal\n",
    "begin\nevent\nanswer\nfailure\n",
  };
  Call call = GPOINTER_TO_UINT (data);

  fixture->leaves = call;
  fixture->on_begin = call == REFUSAL ? say_event_and_refusal : say_all;
  serve (fixture);
  if (call == FAILURE)
    {
      wait_for (fixture, told[ANSWER]);
      g_clear_object (&fixture->server);
    }
  wait_for (fixture, told[call]);
  g_assert_true (fixture->gone);
}

static void
add_served_tests (void)
{
  g_test_add ("/x11/connection/event-while-sending", Fixture, NULL, set_up,
              test_event_while_sending, tear_down);
  g_test_add ("/x11/connection/answer", Fixture, NULL, set_up, test_answer, tear_down);
  g_test_add ("/x11/connection/refusal", Fixture, NULL, set_up, test_refusal, tear_down);
  g_test_add ("/x11/connection/server-goes", Fixture, NULL, set_up, test_server_goes, tear_down);
  for (guint i = 0; i < N_CALLS; i++)
    {
      g_autofree char *path = g_strconcat ("/x11/connection/owner-goes/", call_names[i], NULL);

      g_test_add (path, Fixture, GUINT_TO_POINTER (i), set_up, test_owner_goes, tear_down);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/x11/presence/no-server", GUINT_TO_POINTER (0), test_no_server);
  g_test_add_data_func ("/x11/windows/no-server", GUINT_TO_POINTER (1), test_no_server);
  g_test_add_data_func ("/x11/presence/disposed-while-connecting", GUINT_TO_POINTER (0),
                        test_disposed_while_connecting);
  g_test_add_data_func ("/x11/windows/disposed-while-connecting", GUINT_TO_POINTER (1),
                        test_disposed_while_connecting);
  add_served_tests ();
  return g_test_run ();
}
