/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-daemon-status.h"
#include "trk-engine.h"
#include "trk-presence-monitor.h"
#include "trk-program-probe.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* org.trackerd.Tracker1 on the session bus. Without a bus, or when it dies, it is looked for again
 * with growing pauses; nobody waits for it. */
typedef struct _TrkService TrkService;

/* Answers a TestNotice: to be called once, later. */
typedef void (*TrkTestAnswer) (gpointer call, const char *backend, guint milliseconds);

/* What a postponed break is told as. */
typedef struct
{
  guint used, allowed; /* breaks of today were postponed, so often of so often */
  char *title;         /* of the one that was moved (owned) */
  TrkInstant start;    /* when it begins now */
} TrkPostponed;

typedef struct
{
  gboolean (*act) (const TrkAction *action, gpointer data, GError **error);
  gboolean (*reload) (gpointer data, GError **error);
  void (*test_notice) (TrkTestAnswer answer, gpointer call, gpointer data);
  void (*probe_presence) (TrkPresenceAnswer answer, gpointer call, gpointer data);
  void (*probe_programs) (TrkProgramAnswer answer, gpointer call, gpointer data);
  /* Another daemon has the name; only before we ever had it. @owner: its process number, 0
   * unknown. */
  void (*taken) (gint64 owner, gpointer data);
  /* Moves a break by @length (0 as configured). */
  gboolean (*postpone) (gpointer data, TrkDuration length, TrkPostponed *told, GError **error);
  /* What runs is done, or what has just ended: @title, @block_id ("" none), @task (0 none). */
  gboolean (*done) (gpointer data, char **title, char **block_id, gint64 *task, GError **error);
  /* The session bus is there (again); NULL: it went away. */
  void (*bus) (GDBusConnection *bus, gpointer data);
} TrkServiceVerbs;

/* Begins to look for the bus. @verbs is borrowed. The name is asked for when trk_service_ready()
 * has been called: before that nothing could be answered. */
TrkService *trk_service_new (const TrkServiceVerbs *verbs, gpointer data);
/* Takes half a second at most, also when the bus does not take what is said last. */
void trk_service_free (TrkService *service);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrkService, trk_service_free)

void trk_service_ready (TrkService *service);

/* The session bus, NULL when there is none now. Borrowed; gone when it dies. */
GDBusConnection *trk_service_connection (TrkService *service);

/* What is now; only differences travel. */
void trk_service_publish (TrkService *service, const TrkDaemonStatus *status);
void trk_service_happened (TrkService *service, const TrkEffect *effect);

G_END_DECLS
