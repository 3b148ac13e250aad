/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "bus-peer.h"

G_BEGIN_DECLS

/* What a command meets at a bus that behaves in one way. */

enum
{
  NO_ERROR = -1,
  KEEPS_OUT = FALSE,
  LETS_IN = TRUE
};

typedef struct
{
  const char *name;
  void (*behave) (Peer *peer);
  gboolean lets_in;     /* the client is connected at first */
  int code;             /* of the error, or NO_ERROR */
  const char *words;    /* of it */
  gboolean over;        /* and nothing is asked over that connection any more */
  gboolean answers;     /* nonsense, which is as good as any answer to an order */
  gboolean undone;      /* an order was certainly not carried out */
  gboolean late;        /* the client does something else for long before it hears the answer */
  gboolean enters_late; /* and before it hears whether it is let in */
} Behaviour;

/* A test for each in which the client asks, "/bus/NAME", and where it is let in one in which it
 * gives an order, "/bus/order/NAME", else one in which it does not ask why, "/bus/look/NAME".
 * @behaviours must outlive them. */
void behaviours_add (const Behaviour *behaviours, gsize n);

/* Asks for the status as a command does. */
void behaviour_ask (const Behaviour *behaviour);

/* Lets @use meet such a bus, a socket @name in a folder of its own; the client finds it by the
 * address @before, that folder, @after. */
void behaviour_run (const Behaviour *behaviour,
                    void (*use) (const Behaviour *behaviour),
                    const char *name,
                    const char *before,
                    const char *after);

G_END_DECLS
