/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-notice.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* org.freedesktop.Notifications through libnotify. It blocks while a server thinks (libnotify: up
 * to 25 s), and so belongs to a thread of its own: every call, and every event, on the thread whose
 * thread-default context was current when it was made. At most one at a time in a process, because
 * libnotify keeps its state in the process. */
typedef struct _TrkNotificationServer TrkNotificationServer;

typedef struct
{
  void (*pressed) (const char *key, TrkButton button, gpointer data);
  void (*dismissed) (const char *key, gpointer data);
  void (*lost) (gpointer data);                       /* with its live notifications */
  void (*found) (const char *backend, gpointer data); /* there, and it answers */
} TrkNotificationServerEvents;

/* @events is borrowed and must outlive the server. @screen_file: where it is written down what is
 * on the screen, so that the next daemon takes away what a killed one left (nullable: nowhere). */
TrkNotificationServer *trk_notification_server_new (const TrkNotificationServerEvents *events,
                                                    gpointer data,
                                                    const char *screen_file);
void trk_notification_server_free (TrkNotificationServer *server);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrkNotificationServer, trk_notification_server_free)

/* Who showed it ("dunst 1.9.0"), or "failed: …" (owned by the caller). */
char *trk_notification_server_show (TrkNotificationServer *server, const TrkNotice *notice);

/* Closes the live notification of @key; nothing when there is none. */
void trk_notification_server_withdraw (TrkNotificationServer *server, const char *key);

G_END_DECLS
