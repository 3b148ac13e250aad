/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-bus-wire.h"

G_BEGIN_DECLS

#define TRK_BUS_HEAD 16                   /* bytes of a message that tell its length */
#define TRK_BUS_LONGEST (2 * 1024 * 1024) /* of a message that is read: a thousand times ours */

/* A message as it came (D-Bus specification, "Message Protocol"): what callers want to know. */
typedef struct
{
  guint32 reply_to; /* the serial of the call that it answers; 0: it is no answer, nor read on */
  char *error;      /* the error's name (owned); NULL: it is none */
  GVariant *body;   /* a tuple (owned) */
} TrkBusMessage;

void trk_bus_message_clear (TrkBusMessage *message);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TrkBusMessage, trk_bus_message_clear)

/* Appends @call as a message of that @serial, not 0, to what is to be sent. */
void trk_bus_message_put (GByteArray *bytes, const TrkBusCall *call, guint32 serial);

/* How long the message is that begins with these TRK_BUS_HEAD bytes; 0 when they begin none, or one
 * of more than TRK_BUS_LONGEST. */
gsize trk_bus_message_length (const guint8 *head);

/* Reads one whole message into @message, which is all zeroes. FALSE when it is none. */
gboolean trk_bus_message_read (const guint8 *bytes, gsize length, TrkBusMessage *message);

G_END_DECLS
