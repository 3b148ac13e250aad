/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-window-source.h"

G_BEGIN_DECLS

#define TRK_TYPE_SOCKET_WINDOWS (trk_socket_windows_get_type ())
G_DECLARE_DERIVABLE_TYPE (TrkSocketWindows, trk_socket_windows, TRK, SOCKET_WINDOWS, GObject)

/* A compositor that tells on a socket of the file system which window is in front. Of its paths,
 * best first, the first that somebody listens on is taken, since a compositor that crashed leaves
 * its own behind. What is said there is the implementation's. */
struct _TrkSocketWindowsClass
{
  GObjectClass parent_class;

  const char *compositor;                        /* "sway" */
  void (*on_connected) (TrkSocketWindows *self); /* there is a connection now */
};

/* -- For implementations ----------------------------------------------------------------------- */

/* @type: the implementation's. @paths: taken over; may be empty. @patience: ms, for await(). */
TrkWindowSource *trk_socket_windows_new (GType type, GStrv paths, guint patience);

/* From on_connected() on; borrowed. */
const char *trk_socket_windows_path (TrkSocketWindows *self);
GSocketConnection *trk_socket_windows_connection (TrkSocketWindows *self);

/* Cancelled when the source is disposed of: for all that waits. Borrowed. */
GCancellable *trk_socket_windows_ending (TrkSocketWindows *self);

/* It has failed or was disposed of: nothing may be told any more. */
gboolean trk_socket_windows_is_over (TrkSocketWindows *self);

/* Trying again may be of use. Nothing happens when it is over already. */
void trk_socket_windows_fail (TrkSocketWindows *self, const char *why);

/* @owed: an answer, or the rest of a message, that nobody waits for for ever: unless it is called
 * again before the patience is at its end, the source fails. Else silence is what is to be
 * expected. */
void trk_socket_windows_await (TrkSocketWindows *self, gboolean owed);

/* Another connection, to @path; @done ends it with g_socket_client_connect_finish(). */
void trk_socket_windows_connect (TrkSocketWindows *self,
                                 const char *path,
                                 GAsyncReadyCallback done,
                                 gpointer data);

/* What we send is so short that it finds room; FALSE: not at once, and who lets it not is not to be
 * listened to any longer. */
gboolean trk_socket_windows_send (GSocketConnection *connection, gconstpointer bytes, gsize length);

G_END_DECLS
