/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Where the demo's daemon speaks. The user's session bus only when a notification server is there
 * and no trackerd: a daemon that the user runs is never touched. Else a bus of the demo's own. */
typedef struct
{
  char *address;               /* (owned) */
  const char *why_own;         /* why it is a bus of its own; NULL: it is the user's (static) */
  GSubprocess *daemon;         /* dbus-daemon, only when it is ours (owned) (nullable) */
  GDBusConnection *connection; /* (owned) (nullable) only when it is ours */
} TrkDemoBus;

/* @dir: an existing folder for the configuration and socket of an own bus. */
TrkDemoBus *trk_demo_bus_new (const char *dir, GError **error);
void trk_demo_bus_end (TrkDemoBus *bus);

/* A child that ends with this process and does not get the terminal's signals. */
GSubprocessLauncher *trk_demo_launcher (GStrv env, GSubprocessFlags flags);

/* SIGTERM, and SIGKILL when it has not ended within three seconds. Frees it; NULL is ignored. */
void trk_demo_end_process (GSubprocess *process);

G_END_DECLS
