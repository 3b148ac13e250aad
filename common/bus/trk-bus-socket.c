/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-bus-socket.h"

#include "trk-bus-address.h"
#include "trk-bus-error-name.h"
#include "trk-bus-message.h"
#include "trk-system-time.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

#define MILLISECOND ((gint64) 1000)
#define NO_BUS "what answers there is no session bus"
#define GONE "the session bus went away"

enum
{
  AT_ONCE = 4096,      /* bytes that are taken from the socket at a time */
  LONGEST_LINE = 1024, /* of what is said before messages */
  MOST_LINES = 4,      /* of an answer to who we are */
  HELLO = 1            /* the serial of the first message */
};

struct _TrkBusSocket
{
  int fd;           /* -1: it is over */
  gint64 deadline;  /* of what is being done, as trk_system_elapsed() has it */
  gint64 left;      /* µs until then when something was last sent: for the answers */
  GByteArray *in;   /* came and was not read yet */
  guint32 serial;   /* of the last message that was sent; 0: none */
  gboolean greeted; /* the bus has answered our first one */
  gboolean refused; /* or said that it does not let us in: it hands on none of ours */
  GError *problem;  /* with what is being asked (owned) (nullable) */
};

static gboolean G_GNUC_PRINTF (2, 3) fail (GError **error, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_propagate_error (error,
                     g_error_new_valist (TRK_ERROR, TRK_ERROR_UNREACHABLE, format, arguments));
  va_end (arguments);
  return FALSE;
}

static void
hang_up (TrkBusSocket *socket)
{
  if (socket->fd >= 0)
    close (socket->fd);
  socket->fd = -1;
}

/* Nothing sensible comes after this. */
static gboolean
break_off (TrkBusSocket *socket, const char *why, GError **error)
{
  hang_up (socket);
  return fail (error, "%s", why);
}

/* -- Bytes ------------------------------------------------------------------------------------- */

static void
set_deadline (TrkBusSocket *socket)
{
  socket->deadline = trk_system_elapsed () + TRK_BUS_TIMEOUT * MILLISECOND;
}

/* What the caller does between what is sent and its answers is no time that others took. */
static void
stop_the_clock (TrkBusSocket *socket)
{
  socket->left = socket->deadline - trk_system_elapsed ();
}

static void
start_the_clock (TrkBusSocket *socket)
{
  socket->deadline = trk_system_elapsed () + socket->left;
}

/* Whoever never stops to speak comes to an end here, too. */
static gboolean
wait_for (TrkBusSocket *socket, short events, GError **error)
{
  struct pollfd fd = { .fd = socket->fd, .events = events };
  int ready;

  do
    {
      gint64 left = (socket->deadline - trk_system_elapsed ()) / MILLISECOND;

      ready = left > 0 ? poll (&fd, 1, (int) left) : 0;
    }
  while (ready < 0 && errno == EINTR);
  return ready > 0
         || fail (error, "the %s does not answer", socket->greeted ? "daemon" : "session bus");
}

static gboolean
send_bytes (TrkBusSocket *socket, const guint8 *bytes, gsize length, GError **error)
{
  while (length > 0)
    {
      gssize sent = send (socket->fd, bytes, length, MSG_NOSIGNAL | MSG_DONTWAIT);

      if (sent >= 0)
        {
          bytes += sent;
          length -= (gsize) sent;
        }
      else if (errno != EAGAIN && errno != EINTR)
        return fail (error, GONE);
      else if (!wait_for (socket, POLLOUT, error))
        return FALSE;
    }
  return TRUE;
}

/* Some more of what comes. */
static gboolean
receive (TrkBusSocket *socket, GError **error)
{
  guint8 bytes[AT_ONCE];
  gssize length;

  do
    {
      if (!wait_for (socket, POLLIN, error))
        return FALSE;
      length = recv (socket->fd, bytes, sizeof bytes, MSG_DONTWAIT);
    }
  while (length < 0 && (errno == EAGAIN || errno == EINTR));
  if (length <= 0)
    return break_off (socket, GONE, error);
  g_byte_array_append (socket->in, bytes, (guint) length);
  return TRUE;
}

/* -- Who we are (D-Bus specification, "Authentication Protocol") ------------------------------- */

/* Where the line ends that has come; NULL: it goes on. */
static const char *
find_end (const GByteArray *in)
{
  return in->len > 0 ? g_strstr_len ((const char *) in->data, in->len, "\r\n") : NULL;
}

/* Without its end (owned); NULL with @error. */
static char *
read_line (TrkBusSocket *socket, GError **error)
{
  const char *end;
  char *line;

  while ((end = find_end (socket->in)) == NULL)
    {
      if (socket->in->len > LONGEST_LINE)
        fail (error, NO_BUS);
      if (socket->in->len > LONGEST_LINE || !receive (socket, error))
        return NULL;
    }
  line =
      g_strndup ((const char *) socket->in->data, (gsize) (end - (const char *) socket->in->data));
  g_byte_array_remove_range (socket->in, 0, (guint) (strlen (line) + strlen ("\r\n")));
  return line;
}

static gboolean
send_text (TrkBusSocket *socket, const char *text, GError **error)
{
  return send_bytes (socket, (const guint8 *) text, strlen (text), error);
}

/* The user's number as text, in hexadecimal digits. */
static char *
identity (void)
{
  g_autofree char *user = g_strdup_printf ("%u", (guint) geteuid ());
  GString *text = g_string_new (NULL);

  for (const char *digit = user; *digit != '\0'; digit++)
    g_string_append_printf (text, "%02x", (guint) *digit);
  return g_string_free (text, FALSE);
}

static gboolean
is_word (const char *line, const char *word)
{
  gsize length = strlen (word);

  return strncmp (line, word, length) == 0 && (line[length] == '\0' || line[length] == ' ');
}

/* All that is to be said was said with the first line: to whoever wants more, nothing is added. */
static gboolean
hear_verdict (TrkBusSocket *socket, GError **error)
{
  for (guint i = 0; i < MOST_LINES; i++)
    {
      g_autofree char *line = read_line (socket, error);

      if (line == NULL)
        return FALSE;
      if (is_word (line, "OK"))
        return TRUE;
      if (is_word (line, "REJECTED"))
        return fail (error, "the session bus does not let user %u in", (guint) geteuid ());
      if (!is_word (line, "DATA"))
        break;
      if (!send_text (socket, "DATA\r\n", error))
        return FALSE;
    }
  return fail (error, NO_BUS);
}

/* The zero is the byte with which the kernel's word about us could go along. */
static gboolean
introduce (TrkBusSocket *socket, GError **error)
{
  g_autofree char *user = identity ();
  g_autofree char *line = g_strconcat ("AUTH EXTERNAL ", user, "\r\n", NULL);
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  g_byte_array_append (bytes, (const guint8 *) "", 1);
  g_byte_array_append (bytes, (const guint8 *) line, (guint) strlen (line));
  return send_bytes (socket, bytes->data, bytes->len, error);
}

/* -- Opening ----------------------------------------------------------------------------------- */

/* The descriptor; -1 with errno. A peer that takes nobody must not hold us, either: @patience, in
 * µs, is all there is. */
static int
reach (const TrkBusEndpoint *endpoint, gint64 patience)
{
  const struct timeval most = { .tv_sec = patience / TRK_SECOND, .tv_usec = patience % TRK_SECOND };
  int fd, problem;

  if (patience <= 0)
    {
      errno = EAGAIN;
      return -1;
    }
  fd = socket (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (fd < 0)
    return -1;
  if (setsockopt (fd, SOL_SOCKET, SO_SNDTIMEO, &most, sizeof most) == 0
      && connect (fd, (const struct sockaddr *) &endpoint->name, endpoint->length) == 0)
    return fd;
  problem = errno;
  close (fd);
  errno = problem;
  return -1;
}

/* However many there are, they share the time until @deadline. */
static int
reach_any (const GArray *endpoints, gint64 deadline, GError **error)
{
  int fd = -1;

  for (guint i = 0; i < endpoints->len && fd < 0; i++)
    fd = reach (&g_array_index (endpoints, TrkBusEndpoint, i), deadline - trk_system_elapsed ());
  if (fd < 0 && errno == EAGAIN)
    fail (error, "the session bus does not answer");
  else if (fd < 0)
    fail (error, "no session bus (%s)", g_strerror (errno));
  return fd;
}

TrkBusSocket *
trk_bus_socket_open (const GArray *endpoints, GError **error)
{
  g_autoptr (GError) problem = NULL;
  TrkBusSocket *socket = g_new0 (TrkBusSocket, 1);

  socket->in = g_byte_array_new ();
  set_deadline (socket);
  socket->fd = reach_any (endpoints, socket->deadline, &problem);
  if (socket->fd >= 0 && introduce (socket, &problem))
    {
      stop_the_clock (socket);
      return socket;
    }
  trk_bus_socket_close (socket);
  g_propagate_error (error, g_steal_pointer (&problem));
  return NULL;
}

gboolean
trk_bus_socket_enter (TrkBusSocket *socket, GError **error)
{
  start_the_clock (socket);
  return hear_verdict (socket, error);
}

void
trk_bus_socket_close (TrkBusSocket *socket)
{
  hang_up (socket);
  g_clear_error (&socket->problem);
  g_byte_array_unref (socket->in);
  g_free (socket);
}

/* -- Calls ------------------------------------------------------------------------------------- */

/* The bus wants to be told hello before anything else. */
static void
put_hello (GByteArray *bytes, TrkBusSocket *socket)
{
  static const TrkBusCall hello = { .name = "org.freedesktop.DBus",
                                    .path = "/org/freedesktop/DBus",
                                    .interface = "org.freedesktop.DBus",
                                    .method = "Hello" };

  g_byte_array_append (bytes, (const guint8 *) "BEGIN\r\n", strlen ("BEGIN\r\n"));
  trk_bus_message_put (bytes, &hello, ++socket->serial);
}

/* Takes the arguments, whatever becomes of them. */
static gboolean
send_calls (TrkBusSocket *socket, const TrkBusCall *calls, guint n, GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  if (socket->serial == 0)
    put_hello (bytes, socket);
  for (guint i = 0; i < n; i++)
    trk_bus_message_put (bytes, &calls[i], ++socket->serial);
  if (socket->fd < 0)
    return fail (error, GONE);
  if (send_bytes (socket, bytes->data, bytes->len, error))
    return TRUE;
  hang_up (socket); /* a part of a message may be on its way */
  return FALSE;
}

static gboolean
receive_all (TrkBusSocket *socket, gsize length, GError **error)
{
  while (socket->in->len < length)
    if (!receive (socket, error))
      return FALSE;
  return TRUE;
}

static gboolean
read_message (TrkBusSocket *socket, TrkBusMessage *message, GError **error)
{
  gboolean valid;
  gsize length;

  if (!receive_all (socket, TRK_BUS_HEAD, error))
    return FALSE;
  length = trk_bus_message_length (socket->in->data);
  if (length == 0)
    return break_off (socket, NO_BUS, error);
  if (!receive_all (socket, length, error))
    return FALSE;
  valid = trk_bus_message_read (socket->in->data, length, message);
  g_byte_array_remove_range (socket->in, 0, (guint) length);
  return valid || break_off (socket, NO_BUS, error);
}

/* What is told with an error, if anything is. */
static char *
words_of (const TrkBusMessage *message)
{
  g_autoptr (GVariant) first = g_variant_n_children (message->body) > 0
                                   ? g_variant_get_child_value (message->body, 0)
                                   : NULL;

  if (first == NULL || !g_variant_is_of_type (first, G_VARIANT_TYPE_STRING))
    return g_strdup (message->error);
  return g_variant_dup_string (first, NULL);
}

static void
take_answer (TrkBusAnswer *answer, TrkBusMessage *message)
{
  g_autofree char *words = message->error != NULL ? words_of (message) : NULL;
  const char *why;

  answer->came = TRUE;
  if (message->error != NULL)
    {
      answer->reply = trk_bus_error_reply (message->error, &why);
      answer->why = g_strdup (why);
      answer->error = trk_bus_error_from_name (message->error, words);
    }
  else
    answer->results = g_steal_pointer (&message->body);
}

static gboolean
greet (TrkBusSocket *socket, const TrkBusMessage *message, GError **error)
{
  g_autofree char *words = message->error != NULL ? words_of (message) : NULL;

  if (words != NULL)
    {
      hang_up (socket);
      socket->refused = TRUE;
      return fail (error, "the session bus does not let us in: %s", words);
    }
  socket->greeted = TRUE;
  return TRUE;
}

/* Fills @answers, the first of which answers the message of serial @first, until all have come.
 * What answers something else is late, or nothing of ours. */
static gboolean
receive_answers (
    TrkBusSocket *socket, guint32 first, guint n, TrkBusAnswer *answers, GError **error)
{
  for (guint missing = n; missing > 0;)
    {
      g_auto (TrkBusMessage) message = { 0 };
      guint32 nth;

      if (!read_message (socket, &message, error))
        return FALSE;
      nth = message.reply_to - first;
      if (message.reply_to == HELLO && !socket->greeted && !greet (socket, &message, error))
        return FALSE;
      if (message.reply_to == 0 || nth >= n || answers[nth].came)
        continue;
      take_answer (&answers[nth], &message);
      missing--;
    }
  return TRUE;
}

static void
give_up (TrkBusAnswer *answers, guint n, const char *why, TrkBusReply reply)
{
  for (guint i = 0; i < n; i++)
    if (!answers[i].came)
      {
        answers[i].came = TRUE;
        answers[i].error = trk_bus_error_nobody (why);
        answers[i].reply = reply;
        answers[i].why = g_strdup (why);
      }
}

void
trk_bus_socket_send (TrkBusSocket *socket, const TrkBusCall *calls, guint n)
{
  set_deadline (socket);
  g_clear_error (&socket->problem);
  send_calls (socket, calls, n, &socket->problem);
  stop_the_clock (socket);
}

void
trk_bus_socket_receive (TrkBusSocket *socket, guint n, TrkBusAnswer *answers)
{
  gboolean sent = socket->problem == NULL;

  start_the_clock (socket);
  if (!sent || !receive_answers (socket, socket->serial - n + 1, n, answers, &socket->problem))
    give_up (answers, n, socket->problem->message,
             sent && !socket->refused ? TRK_BUS_LOST : TRK_BUS_UNHEARD);
}
