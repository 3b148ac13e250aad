/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A notification server of paper with its own connection and thread, so that it answers (or not)
 * independently of the code under test. Notify calls are kept for the test to take. */
typedef struct _FakeServer FakeServer;

/* @capabilities: words with spaces between. IDs begin at 1. */
FakeServer *fake_server_new (const char *address, const char *capabilities);
void fake_server_free (FakeServer *server); /* leaves the bus */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FakeServer, fake_server_free)

/* The next Notify call, (susssasa{sv}i); waits up to 20 s; NULL: none came. */
GVariant *fake_server_take (FakeServer *server);
guint fake_server_closed (FakeServer *server); /* CloseNotification calls so far */

void fake_server_click (FakeServer *server, guint id, const char *action);
void fake_server_close (FakeServer *server, guint id, guint reason);

/* While TRUE no method is answered; FALSE answers those that wait. */
void fake_server_hang (FakeServer *server, gboolean hang);

G_END_DECLS
