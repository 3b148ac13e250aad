/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A bus that a test speaks for, word by word. What is handed out is the caller's. */

typedef struct
{
  int fd;
  GByteArray *in; /* came from the client and was not looked at */
} Peer;

/* FALSE: the client is gone. */
gboolean peer_say (Peer *peer, const void *bytes, gsize length);
gboolean peer_say_text (Peer *peer, const char *text);
gboolean peer_say_message (Peer *peer, GDBusMessage *message);

/* Until @length bytes came that were not looked at; of G_MAXUINT: until the client is gone, which
 * FALSE tells. */
gboolean peer_hear (Peer *peer, gsize length);

/* The next line without its end; NULL: the client is gone. */
char *peer_hear_line (Peer *peer);

/* The next call; NULL: the client is gone. */
GDBusMessage *peer_hear_call (Peer *peer);

/* @message on the wire, as number 1. */
GBytes *peer_bytes_of (GDBusMessage *message);

/* @body is taken over. */
GDBusMessage *peer_answer_to (GDBusMessage *call, GVariant *body);
void peer_answer (Peer *peer, GDBusMessage *call, GVariant *body);

/* What the daemon answers when it is asked for its status. */
GVariant *peer_status (void);

/* The client introduces itself; TRUE once it said who it is. */
gboolean peer_hear_introduction (Peer *peer);
void peer_hear_begin (Peer *peer);

/* Lets the client in; returns its hello. */
GDBusMessage *peer_let_in (Peer *peer);

/* Lets it in, answers its hello, and returns the first call that it makes. */
GDBusMessage *peer_welcome (Peer *peer);

G_END_DECLS
