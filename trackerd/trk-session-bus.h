/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The session bus, and our name on it. Where there is none, or when it dies, it is looked for again
 * with growing pauses; nobody waits for it. */
typedef struct _TrkSessionBus TrkSessionBus;

typedef struct
{
  /* A connection is there (again): what others may call is put on it. FALSE with @error: it is of
   * no use, and the next one is looked for. */
  gboolean (*arrived) (GDBusConnection *connection, gpointer data, GError **error);
  /* It serves, and our name is asked for. */
  void (*usable) (GDBusConnection *connection, gpointer data);
  /* It went away. Not told at the end. */
  void (*left) (gpointer data);
  /* Another process has the name; only before we ever had it. @owner: its process number, 0
   * unknown. */
  void (*taken) (gint64 owner, gpointer data);
} TrkSessionBusEvents;

/* Begins to look for the bus. @events is borrowed. */
TrkSessionBus *trk_session_bus_new (const TrkSessionBusEvents *events, gpointer data);
/* Takes half a second at most, also when the bus does not take what is said last. */
void trk_session_bus_free (TrkSessionBus *bus);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrkSessionBus, trk_session_bus_free)

/* From now on the name is wanted, on this connection and those that follow. */
void trk_session_bus_own_name (TrkSessionBus *bus);

/* NULL when there is none now. Borrowed; gone when it dies. */
GDBusConnection *trk_session_bus_connection (TrkSessionBus *bus);

G_END_DECLS
