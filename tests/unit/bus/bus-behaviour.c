/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "bus-behaviour.h"

#include "trk-bus-address.h"
#include "trk-bus-client.h"
#include "trk-error.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

typedef struct
{
  const Behaviour *behaviour;
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
  peer_hear (&peer, G_MAXUINT); /* what the client still says is no reason to cut it off */
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
expect (const Behaviour *behaviour, const GError *error)
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
enter (const Behaviour *behaviour, GError **error)
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
void
behaviour_ask (const Behaviour *behaviour)
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

/* As who only wants to know whether there is a bus: the words are not asked for. */
static void
look (const Behaviour *behaviour)
{
  g_autoptr (TrkBusClient) client = trk_bus_client_new (NULL);

  g_assert_true ((client != NULL) == behaviour->lets_in);
}

/* An order that went and was not answered may have been done; one that did not go was not. */
static void
order (const Behaviour *behaviour)
{
  g_autoptr (TrkBusClient) client = trk_bus_client_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) done = NULL;

  g_assert_nonnull (client);
  done = trk_bus_client_call (client, "Stop", NULL, &error);
  g_assert_true ((done != NULL) == (behaviour->code == NO_ERROR || behaviour->answers));
  if (done != NULL)
    return;
  g_assert_error (error, TRK_ERROR, behaviour->code);
  g_assert_true ((strstr (error->message, "may have been done") != NULL) == !behaviour->undone);
}

void
behaviour_run (const Behaviour *behaviour,
               void (*use) (const Behaviour *behaviour),
               const char *name,
               const char *before,
               const char *after)
{
  g_autofree char *folder = g_dir_make_tmp ("trk-bus-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *address = g_strconcat (before, folder, after, NULL);
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
test_ask (gconstpointer behaviour)
{
  behaviour_run (behaviour, behaviour_ask, "bus", "unix:path=", "/bus");
}

static void
test_look (gconstpointer behaviour)
{
  behaviour_run (behaviour, look, "bus", "unix:path=", "/bus");
}

static void
test_order (gconstpointer behaviour)
{
  behaviour_run (behaviour, order, "bus", "unix:path=", "/bus");
}

void
behaviours_add (const Behaviour *behaviours, gsize n)
{
  for (gsize i = 0; i < n; i++)
    {
      g_autofree char *asked = g_strconcat ("/bus/", behaviours[i].name, NULL);
      g_autofree char *looked = g_strconcat ("/bus/look/", behaviours[i].name, NULL);
      g_autofree char *ordered = g_strconcat ("/bus/order/", behaviours[i].name, NULL);

      g_test_add_data_func (asked, &behaviours[i], test_ask);
      if (!behaviours[i].lets_in)
        g_test_add_data_func (looked, &behaviours[i], test_look);
      if (behaviours[i].lets_in && !behaviours[i].late)
        g_test_add_data_func (ordered, &behaviours[i], test_order);
    }
}
