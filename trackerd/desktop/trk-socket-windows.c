/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-socket-windows.h"

#include <gio/gunixsocketaddress.h>

typedef struct
{
  GStrv paths;
  guint next;                    /* of them */
  GSocketConnection *connection; /* (owned) (nullable) */
  GCancellable *ending;          /* (owned) */
  guint patience;                /* ms */
  guint silence;                 /* a timer while something is owed; 0 none */
  gboolean began;
  gboolean over;
} TrkSocketWindowsPrivate;

static void window_source_init (TrkWindowSourceInterface *iface);
G_DEFINE_ABSTRACT_TYPE_WITH_CODE (TrkSocketWindows,
                                  trk_socket_windows,
                                  G_TYPE_OBJECT,
                                  G_ADD_PRIVATE (TrkSocketWindows)
                                      G_IMPLEMENT_INTERFACE (TRK_TYPE_WINDOW_SOURCE,
                                                             window_source_init))

static TrkSocketWindowsPrivate *
private_of (TrkSocketWindows *self)
{
  return trk_socket_windows_get_instance_private (self);
}

static void
fail (TrkSocketWindows *self, const char *why, gboolean never)
{
  TrkSocketWindowsPrivate *private = private_of (self);

  if (private->over)
    return;
  private->over = TRUE;
  g_clear_handle_id (&private->silence, g_source_remove);
  trk_window_source_emit_failed (self, why, never);
}

/* -- Connecting -------------------------------------------------------------------------------- */

static void try_next (TrkSocketWindows *self);

static void
on_tried (GObject *client, GAsyncResult *result, gpointer data)
{
  g_autoptr (TrkSocketWindows) self = data;
  TrkSocketWindowsPrivate *private = private_of (self);
  g_autoptr (GSocketConnection) connection =
      g_socket_client_connect_finish (G_SOCKET_CLIENT (client), result, NULL);

  if (private->over)
    return;
  if (connection == NULL)
    {
      try_next (self);
      return;
    }
  private->connection = g_steal_pointer (&connection);
  TRK_SOCKET_WINDOWS_GET_CLASS (self)->on_connected (self);
}

static gboolean
on_nobody (gpointer data)
{
  TrkSocketWindows *self = data;
  g_autofree char *why =
      g_strdup_printf ("%s is not there", TRK_SOCKET_WINDOWS_GET_CLASS (self)->compositor);

  fail (self, why, TRUE);
  return G_SOURCE_REMOVE;
}

static void
try_next (TrkSocketWindows *self)
{
  TrkSocketWindowsPrivate *private = private_of (self);

  if (private->paths[private->next] == NULL)
    g_idle_add_full (G_PRIORITY_DEFAULT, on_nobody, g_object_ref (self), g_object_unref);
  else
    trk_socket_windows_connect (self, private->paths[private->next++], on_tried,
                                g_object_ref (self));
}

/* -- For implementations ----------------------------------------------------------------------- */

TrkWindowSource *
trk_socket_windows_new (GType type, GStrv paths, guint patience)
{
  TrkSocketWindows *self = g_object_new (type, NULL);

  private_of (self)->paths = paths;
  private_of (self)->patience = patience;
  return TRK_WINDOW_SOURCE (self);
}

const char *
trk_socket_windows_path (TrkSocketWindows *self)
{
  TrkSocketWindowsPrivate *private = private_of (self);

  return private->paths[private->next - 1];
}

GSocketConnection *
trk_socket_windows_connection (TrkSocketWindows *self)
{
  return private_of (self)->connection;
}

GCancellable *
trk_socket_windows_ending (TrkSocketWindows *self)
{
  return private_of (self)->ending;
}

gboolean
trk_socket_windows_is_over (TrkSocketWindows *self)
{
  return private_of (self)->over;
}

void
trk_socket_windows_fail (TrkSocketWindows *self, const char *why)
{
  fail (self, why, FALSE);
}

static gboolean
on_silent (gpointer data)
{
  TrkSocketWindows *self = data;
  g_autofree char *why = g_strdup_printf ("%s's socket fell silent before it had answered",
                                          TRK_SOCKET_WINDOWS_GET_CLASS (self)->compositor);

  private_of (self)->silence = 0;
  fail (self, why, FALSE);
  return G_SOURCE_REMOVE;
}

void
trk_socket_windows_await (TrkSocketWindows *self, gboolean owed)
{
  TrkSocketWindowsPrivate *private = private_of (self);

  g_clear_handle_id (&private->silence, g_source_remove);
  if (!owed || private->over)
    return;
  private->silence = g_timeout_add (private->patience, on_silent, self);
}

void
trk_socket_windows_connect (TrkSocketWindows *self,
                            const char *path,
                            GAsyncReadyCallback done,
                            gpointer data)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketAddress) address = g_unix_socket_address_new (path);

  g_socket_client_connect_async (client, G_SOCKET_CONNECTABLE (address), private_of (self)->ending,
                                 done, data);
}

gboolean
trk_socket_windows_send (GSocketConnection *connection, gconstpointer bytes, gsize length)
{
  GOutputStream *stream = g_io_stream_get_output_stream (G_IO_STREAM (connection));

  return g_pollable_output_stream_write_nonblocking (G_POLLABLE_OUTPUT_STREAM (stream), bytes,
                                                     length, NULL, NULL)
         == (gssize) length;
}

/* -- Life -------------------------------------------------------------------------------------- */

static const char *
name (TrkWindowSource *source)
{
  return TRK_SOCKET_WINDOWS_GET_CLASS (source)->compositor;
}

static void
watch (TrkWindowSource *source)
{
  TrkSocketWindows *self = TRK_SOCKET_WINDOWS (source);
  TrkSocketWindowsPrivate *private = private_of (self);

  if (private->began)
    return;
  private->began = TRUE;
  try_next (self);
}

static void
window_source_init (TrkWindowSourceInterface *iface)
{
  iface->name = name;
  iface->watch = watch;
}

static void
trk_socket_windows_dispose (GObject *object)
{
  TrkSocketWindowsPrivate *private = private_of (TRK_SOCKET_WINDOWS (object));

  private->over = TRUE;
  g_clear_handle_id (&private->silence, g_source_remove);
  g_cancellable_cancel (private->ending);
  G_OBJECT_CLASS (trk_socket_windows_parent_class)->dispose (object);
}

static void
trk_socket_windows_finalize (GObject *object)
{
  TrkSocketWindowsPrivate *private = private_of (TRK_SOCKET_WINDOWS (object));

  g_clear_object (&private->connection);
  g_object_unref (private->ending);
  g_strfreev (private->paths);
  G_OBJECT_CLASS (trk_socket_windows_parent_class)->finalize (object);
}

static void
trk_socket_windows_class_init (TrkSocketWindowsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = trk_socket_windows_dispose;
  G_OBJECT_CLASS (klass)->finalize = trk_socket_windows_finalize;
}

static void
trk_socket_windows_init (TrkSocketWindows *self)
{
  private_of (self)->ending = g_cancellable_new ();
}
