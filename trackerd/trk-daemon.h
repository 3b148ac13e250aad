/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-clock.h"
#include "trk-notifier.h"
#include "trk-presence-monitor.h"

G_BEGIN_DECLS

/* The composition root: clock, configuration, log, engine, notifier, bus and monitor wired
 * together.
 *
 * Everything that happens takes one path: ask the engine, record its effects in one transaction,
 * act on the desktop, publish, arm the one alarm. */
typedef struct _TrkDaemon TrkDaemon;

/* What it is made of, and who is told; the objects get a reference. */
typedef struct
{
  TrkClock *clock;
  TrkNotifier *notifier;
  TrkPresenceMonitor *presence;
  const char *quiet_file;       /* where it is written down that do-not-disturb is ours */
  void (*quit) (gpointer data); /* another daemon serves this bus: there is nothing to do */
  gpointer data;
} TrkDaemonParts;

/* Opens the log; a log that cannot be read is an error and stays as it is. Nothing runs yet. */
TrkDaemon *trk_daemon_new (const TrkDaemonParts *parts, GError **error);

/* Reads the calendars (on a thread) and begins to keep time when they are read. */
void trk_daemon_start (TrkDaemon *daemon);

/* Reads configuration, calendars and log again. */
void trk_daemon_reload (TrkDaemon *daemon);

/* The end in order: the open entry is closed now, what is on the desktop is put back. */
void trk_daemon_stop (TrkDaemon *daemon);

void trk_daemon_free (TrkDaemon *daemon);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrkDaemon, trk_daemon_free)

G_END_DECLS
