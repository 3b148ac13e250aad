/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A bus that lies, breaks off or says nothing: the client says so in words, and ends. */

#include "trk-bus-address.h"
#include "trk-bus-client.h"
#include "trk-error.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

/* -- What the bus says ------------------------------------------------------------------------- */

typedef struct
{
  int fd;
  GByteArray *in; /* came from the client and was not looked at */
} Peer;

static gboolean
say (Peer *peer, const void *bytes, gsize length)
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

static gboolean
say_text (Peer *peer, const char *text)
{
  return say (peer, text, strlen (text));
}

/* FALSE: the client is gone. */
static gboolean
hear (Peer *peer, gsize length)
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

/* The next line without its end; NULL: the client is gone. */
static char *
hear_line (Peer *peer)
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
  while (hear (peer, peer->in->len + 1));
  return NULL;
}

/* The next call; NULL: the client is gone. */
static GDBusMessage *
hear_call (Peer *peer)
{
  gssize length;
  GDBusMessage *message;

  if (!hear (peer, 16))
    return NULL;
  length = g_dbus_message_bytes_needed (peer->in->data, peer->in->len, NULL);
  g_assert_cmpint (length, >, 0);
  if (!hear (peer, (gsize) length))
    return NULL;
  message = g_dbus_message_new_from_blob (peer->in->data, (gsize) length, 0, NULL);
  g_assert_nonnull (message);
  g_byte_array_remove_range (peer->in, 0, (guint) length);
  return message;
}

static GBytes *
bytes_of (GDBusMessage *message)
{
  gsize length;
  guint8 *bytes;

  g_dbus_message_set_serial (message, 1);
  bytes = g_dbus_message_to_blob (message, &length, 0, NULL);
  g_assert_nonnull (bytes);
  return g_bytes_new_take (bytes, length);
}

static gboolean
say_message (Peer *peer, GDBusMessage *message)
{
  g_autoptr (GBytes) bytes = bytes_of (message);

  return say (peer, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

static GDBusMessage *
answer_to (GDBusMessage *call, GVariant *body)
{
  GDBusMessage *answer = g_dbus_message_new_method_reply (call);

  g_dbus_message_set_body (answer, body);
  return answer;
}

static void
answer (Peer *peer, GDBusMessage *call, GVariant *body)
{
  g_autoptr (GDBusMessage) message = answer_to (call, body);

  say_message (peer, message);
}

static GVariant *
status (void)
{
  return g_variant_new_parsed ("({'State': <'running'>, 'Title': <'Write·'>, 'Task': <int64 7>},)");
}

/* The client introduces itself; TRUE once it said who it is. */
static gboolean
hear_introduction (Peer *peer)
{
  g_autofree char *user = g_strdup_printf ("%u", (guint) geteuid ());
  g_autoptr (GString) expected = g_string_new ("AUTH EXTERNAL ");
  g_autofree char *line = NULL;

  if (!hear (peer, 1))
    return FALSE;
  g_assert_cmpint (peer->in->data[0], ==, 0);
  g_byte_array_remove_index (peer->in, 0);
  for (const char *digit = user; *digit != '\0'; digit++)
    g_string_append_printf (expected, "%02x", (guint) *digit);
  line = hear_line (peer);
  g_assert_cmpstr (line, ==, expected->str);
  return TRUE;
}

static void
hear_begin (Peer *peer)
{
  g_autofree char *line = hear_line (peer);

  g_assert_cmpstr (line, ==, "BEGIN");
}

/* Lets the client in; returns its hello. */
static GDBusMessage *
let_in (Peer *peer)
{
  GDBusMessage *hello;

  hear_introduction (peer);
  say_text (peer, "OK 0123456789abcdef0123456789abcdef\r\n");
  hear_begin (peer);
  hello = hear_call (peer);
  g_assert_cmpstr (g_dbus_message_get_member (hello), ==, "Hello");
  return hello;
}

/* Lets it in, answers its hello, and returns the first call that it makes. */
static GDBusMessage *
welcome (Peer *peer)
{
  g_autoptr (GDBusMessage) hello = let_in (peer);

  answer (peer, hello, g_variant_new ("(s)", ":1.1"));
  return hear_call (peer);
}

/* -- Buses that keep nobody -------------------------------------------------------------------- */

static void
cut_at_once (Peer *peer)
{
}

static void
cut_introduction (Peer *peer)
{
  hear_introduction (peer);
  say_text (peer, "OK 01234");
}

static void
refuse (Peer *peer)
{
  hear_introduction (peer);
  say_text (peer, "REJECTED DBUS_COOKIE_SHA1 ANONYMOUS\r\n");
}

static void
complain (Peer *peer)
{
  hear_introduction (peer);
  say_text (peer, "ERROR \"not understood\"\r\n");
}

static void
be_another_server (Peer *peer)
{
  say_text (peer, "220 mail.example.org ESMTP\r\n");
}

static void
say_zeroes (Peer *peer)
{
  static const char zeroes[4096] = { 0 };

  say (peer, zeroes, sizeof zeroes);
  hear (peer, G_MAXUINT);
}

static void
never_end_line (Peer *peer)
{
  while (say_text (peer, "OK OK OK "))
    continue;
}

static void
ask_for_ever (Peer *peer)
{
  hear_introduction (peer);
  for (;;)
    {
      g_autofree char *line = NULL;

      if (!say_text (peer, "DATA\r\n"))
        return;
      line = hear_line (peer);
      if (line == NULL)
        return;
      g_assert_cmpstr (line, ==, "DATA");
    }
}

/* -- Buses that let in, and go wrong then ------------------------------------------------------ */

static void
cut_after_ok (Peer *peer)
{
  hear_introduction (peer);
  say_text (peer, "OK 0123456789abcdef0123456789abcdef\r\n");
  hear_begin (peer);
}

static void
be_full (Peer *peer)
{
  g_autoptr (GDBusMessage) hello = let_in (peer);
  g_autoptr (GDBusMessage) full = g_dbus_message_new_method_error_literal (
      hello, "org.freedesktop.DBus.Error.LimitsExceeded", "too many connections");

  say_message (peer, full);
  hear (peer, G_MAXUINT);
}

static void
cut_message (Peer *peer)
{
  g_autoptr (GDBusMessage) call = welcome (peer);
  g_autoptr (GDBusMessage) message = answer_to (call, status ());
  g_autoptr (GBytes) bytes = bytes_of (message);

  say (peer, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes) - 1);
}

static void
say_nonsense (Peer *peer)
{
  g_autoptr (GDBusMessage) call = welcome (peer);

  say_text (peer, "HTTP/1.1 400 Bad Request\r\n\r\n");
  hear (peer, G_MAXUINT);
}

/* Right at its head, and nothing but ones then. */
static void
say_broken_message (Peer *peer)
{
  g_autoptr (GDBusMessage) call = welcome (peer);
  g_autoptr (GDBusMessage) message = answer_to (call, status ());
  g_autoptr (GBytes) bytes = bytes_of (message);
  gsize length = g_bytes_get_size (bytes);
  g_autofree guint8 *copy = g_memdup2 (g_bytes_get_data (bytes, NULL), length);

  memset (copy + 16, 0xff, length - 16);
  say (peer, copy, length);
  hear (peer, G_MAXUINT);
}

static void
announce_too_much (Peer *peer)
{
  static const guint8 head[] = { 'l', 2, 0, 1, 0, 0, 0, 8, 1, 0, 0, 0, 0, 0, 0, 0 };
  g_autoptr (GDBusMessage) call = welcome (peer);

  say (peer, head, sizeof head);
  hear (peer, G_MAXUINT);
}

static void
be_silent (Peer *peer)
{
  g_autoptr (GDBusMessage) call = welcome (peer);

  hear (peer, G_MAXUINT);
}

static void
signal_for_ever (Peer *peer)
{
  g_autoptr (GDBusMessage) call = welcome (peer);
  g_autoptr (GDBusMessage) signal = g_dbus_message_new_signal ("/a", "a.b", "Noise");

  while (say_message (peer, signal))
    continue;
}

static void
answer_with_text (Peer *peer)
{
  g_autoptr (GDBusMessage) call = welcome (peer);

  answer (peer, call, g_variant_new ("(s)", "hello"));
  hear (peer, G_MAXUINT);
}

static void
answer_with_error (Peer *peer)
{
  g_autoptr (GDBusMessage) call = welcome (peer);
  g_autoptr (GDBusMessage) error =
      g_dbus_message_new_method_error_literal (call, "com.example.Odd", "odd");

  g_dbus_message_set_body (error, g_variant_new ("(u)", 1)); /* not even words */
  say_message (peer, error);
  hear (peer, G_MAXUINT);
}

/* -- One that is only odd ---------------------------------------------------------------------- */

static void
say_slowly (Peer *peer, GDBusMessage *message)
{
  g_autoptr (GBytes) bytes = bytes_of (message);
  const guint8 *all = g_bytes_get_data (bytes, NULL);

  for (gsize i = 0; i < g_bytes_get_size (bytes); i++)
    say (peer, all + i, 1);
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

  hear_introduction (peer);
  say_text (peer, "DATA\r\n");
  data = hear_line (peer);
  g_assert_cmpstr (data, ==, "DATA");
  say_text (peer, "OK\r\n");
  hear_begin (peer);
  hello = hear_call (peer);
  call = hear_call (peer);
  late = answer_to (call, g_variant_new ("(s)", "late"));
  g_dbus_message_set_reply_serial (late, 4711);
  right = answer_to (call, status ());
  g_dbus_message_set_byte_order (right, G_BYTE_ORDER == G_LITTLE_ENDIAN
                                            ? G_DBUS_MESSAGE_BYTE_ORDER_BIG_ENDIAN
                                            : G_DBUS_MESSAGE_BYTE_ORDER_LITTLE_ENDIAN);
  say_message (peer, late);
  say_slowly (peer, right);
  answer (peer, hello, g_variant_new ("(s)", ":1.1"));
  say_message (peer, right);
  hear (peer, G_MAXUINT);
}

static void
answer_at_once (Peer *peer)
{
  g_autoptr (GDBusMessage) call = welcome (peer);

  answer (peer, call, status ());
  hear (peer, G_MAXUINT);
}

/* -- The client -------------------------------------------------------------------------------- */

typedef struct
{
  const char *path;
  void (*behave) (Peer *peer);
  gboolean lets_in;     /* the client is connected at first */
  int code;             /* of the error, -1 none */
  const char *words;    /* of it */
  gboolean over;        /* and nothing is asked over that connection any more */
  gboolean late;        /* the client does something else for long before it hears the answer */
  gboolean enters_late; /* and before it hears whether it is let in */
} Case;

#define NO_BUS "what answers there is no session bus"
#define GONE "the session bus went away"

static const Case cases[] = {
  { "cut-at-once", cut_at_once, FALSE, TRK_ERROR_UNREACHABLE, GONE, TRUE },
  { "cut-introduction", cut_introduction, FALSE, TRK_ERROR_UNREACHABLE, GONE, TRUE },
  { "refuse", refuse, FALSE, TRK_ERROR_UNREACHABLE, "does not let user", TRUE },
  { "complain", complain, FALSE, TRK_ERROR_UNREACHABLE, NO_BUS, TRUE },
  { "be-another-server", be_another_server, FALSE, TRK_ERROR_UNREACHABLE, NO_BUS, TRUE },
  { "say-zeroes", say_zeroes, FALSE, TRK_ERROR_UNREACHABLE, NO_BUS, TRUE },
  { "never-end-line", never_end_line, FALSE, TRK_ERROR_UNREACHABLE, NO_BUS, TRUE },
  { "ask-for-ever", ask_for_ever, FALSE, TRK_ERROR_UNREACHABLE, NO_BUS, TRUE },
  { "cut-after-ok", cut_after_ok, TRUE, TRK_ERROR_UNREACHABLE, GONE, TRUE },
  { "be-full", be_full, TRUE, TRK_ERROR_UNREACHABLE, "let us in: too many connections", TRUE },
  { "cut-message", cut_message, TRUE, TRK_ERROR_UNREACHABLE, GONE, TRUE },
  { "say-nonsense", say_nonsense, TRUE, TRK_ERROR_UNREACHABLE, NO_BUS, TRUE },
  { "say-broken-message", say_broken_message, TRUE, TRK_ERROR_UNREACHABLE, NO_BUS, TRUE },
  { "announce-too-much", announce_too_much, TRUE, TRK_ERROR_UNREACHABLE, NO_BUS, TRUE },
  { "be-silent", be_silent, TRUE, TRK_ERROR_UNREACHABLE, "the daemon does not answer", FALSE },
  { "signal-for-ever", signal_for_ever, TRUE, TRK_ERROR_UNREACHABLE, "does not answer", FALSE },
  { "answer-with-text", answer_with_text, TRUE, TRK_ERROR_FAILED, "not this program's daemon",
    FALSE },
  { "answer-with-error", answer_with_error, TRUE, TRK_ERROR_FAILED, "com.example.Odd", FALSE },
  { "be-odd", be_odd, TRUE, -1, NULL, FALSE },
  { "heard-late", answer_at_once, TRUE, -1, NULL, FALSE, TRUE },
  { "entered-late", answer_at_once, TRUE, -1, NULL, FALSE, FALSE, TRUE },
};

typedef struct
{
  const Case *behaviour;
  int listener;
} Bus;

static gpointer
serve (gpointer data)
{
  const Bus *bus = data;
  Peer peer = { accept (bus->listener, NULL, NULL), g_byte_array_new () };

  g_assert_cmpint (peer.fd, >=, 0);
  bus->behaviour->behave (&peer);
  shutdown (peer.fd, SHUT_WR);
  hear (&peer, G_MAXUINT); /* what the client still says is no reason to cut it off */
  close (peer.fd);
  g_byte_array_unref (peer.in);
  return NULL;
}

static int
listen_at (const char *path)
{
  struct sockaddr_un address = { .sun_family = AF_UNIX };
  int fd = socket (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

  g_strlcpy (address.sun_path, path, sizeof address.sun_path);
  g_assert_cmpint (bind (fd, (struct sockaddr *) &address, sizeof address), ==, 0);
  g_assert_cmpint (listen (fd, 1), ==, 0);
  return fd;
}

static void
expect (const Case *behaviour, const GError *error)
{
  g_assert_error (error, TRK_ERROR, behaviour->code);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, behaviour->words));
}

static void
do_something_else (void)
{
  g_usleep ((TRK_BUS_TIMEOUT + 100) * 1000);
}

static TrkBusClient *
enter (const Case *behaviour, GError **error)
{
  g_autoptr (TrkBusClient) client = NULL;

  if (!behaviour->enters_late)
    return trk_bus_client_new (error);
  client = trk_bus_client_begin (error);
  g_assert_nonnull (client);
  do_something_else ();
  return trk_bus_client_enter (client, error) ? g_steal_pointer (&client) : NULL;
}

/* As a command asks. */
static void
ask (const Case *behaviour)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TrkBusClient) client = enter (behaviour, &error);
  g_autoptr (TrkDaemonStatus) status = NULL;

  g_assert_true ((client != NULL) == behaviour->lets_in);
  if (client == NULL)
    {
      expect (behaviour, error);
      return;
    }
  trk_bus_client_begin_status (client);
  if (behaviour->late)
    do_something_else ();
  status = trk_bus_client_end_status (client, &error);
  g_assert_true ((status != NULL) == (behaviour->code < 0));
  if (behaviour->code >= 0)
    expect (behaviour, error);
  else
    g_assert_cmpstr (status->title, ==, "Write·");
  if (behaviour->over)
    g_assert_false (trk_bus_client_daemon_runs (client));
}

/* An order that went and was not answered may have been done; one that did not go was not. */
static void
order (const Case *behaviour)
{
  static const char *const unheard[] = { "be-full", "answer-with-error" };
  g_autoptr (TrkBusClient) client = trk_bus_client_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) done =
      client != NULL ? trk_bus_client_call (client, "Stop", NULL, &error) : NULL;
  gboolean heard = TRUE;

  for (gsize i = 0; i < G_N_ELEMENTS (unheard); i++)
    heard = heard && !g_str_equal (behaviour->path, unheard[i]);
  if (client == NULL || done != NULL)
    return;
  g_assert_error (error, TRK_ERROR, behaviour->code);
  g_assert_true ((strstr (error->message, "may have been done") != NULL) == heard);
}

static void
run (const Case *behaviour, void (*use) (const Case *behaviour))
{
  g_autofree char *folder = g_dir_make_tmp ("trk-bus-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "bus", NULL);
  g_autofree char *address = g_strconcat ("unix:path=", path, NULL);
  Bus bus = { behaviour, listen_at (path) };
  GThread *thread = g_thread_new ("bus", serve, &bus);

  g_setenv ("DBUS_SESSION_BUS_ADDRESS", address, TRUE);
  use (behaviour);
  g_thread_join (thread);
  close (bus.listener);
  g_unlink (path);
  g_rmdir (folder);
}

static void
test_case (gconstpointer data)
{
  run (data, ask);
}

static void
test_order (gconstpointer data)
{
  run (data, order);
}

/* The first that takes connections is taken. */
static void
test_list (void)
{
  static const Case odd = { "list", be_odd, TRUE, -1, NULL, FALSE };
  g_autofree char *folder = g_dir_make_tmp ("trk-bus-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "b,us", NULL);
  g_autofree char *address =
      g_strconcat ("unix:path=/nonexistent;unix:path=", folder, "/b%2cus,guid=0", NULL);
  Bus bus = { &odd, listen_at (path) };
  GThread *thread = g_thread_new ("bus", serve, &bus);

  g_setenv ("DBUS_SESSION_BUS_ADDRESS", address, TRUE);
  ask (&odd);
  g_thread_join (thread);
  close (bus.listener);
  g_unlink (path);
  g_rmdir (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/bus-socket/", cases[i].path, NULL);

      g_autofree char *ordered = g_strconcat ("/bus-socket/order/", cases[i].path, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
      if (!cases[i].late)
        g_test_add_data_func (ordered, &cases[i], test_order);
    }
  g_test_add_func ("/bus-socket/list", test_list);
  return g_test_run ();
}
