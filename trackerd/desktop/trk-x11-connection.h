/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>
#include <xcb/xcb.h>

G_BEGIN_DECLS

/* A connection to an X server, through xcb: Xlib would end the program when the server goes.
 * Connecting, which blocks, happens on a thread that ends with it; afterwards nothing waits for the
 * server. One question at a time is out, whose answer comes beside the events. */
typedef struct _TrkX11Connection TrkX11Connection;

/* What the owner does. All but learn() are called on the main context of the thread that opened it,
 * never from inside a call, and not after it has failed or was ended. */
typedef struct
{
  /* On the thread, where it may wait for the server: what must be known first, of g_malloc(). NULL
   * with @error: this server is of no use. */
  gpointer (*learn) (xcb_connection_t *server, int screen, GError **error);
  void (*begin) (gpointer owner, gconstpointer learned); /* it is open now */
  void (*take_event) (gpointer owner, const xcb_generic_event_t *event);
  void (*take_answer) (gpointer owner, gconstpointer reply); /* NULL: the server said no */
  /* @never: there is no such server, so that trying again would be of no use. */
  void (*fail) (gpointer owner, const char *why, gboolean never);
} TrkX11Calls;

/* @owner: frees it when it is finalized, and so outlives it; kept while it connects. @calls:
 * static. @display: ":0"; NULL takes $DISPLAY. */
TrkX11Connection *
trk_x11_connection_new (GObject *owner, const TrkX11Calls *calls, const char *display);
void trk_x11_connection_free (TrkX11Connection *self);

/* The first time; nothing happens later. */
void trk_x11_connection_open (TrkX11Connection *self);
gboolean trk_x11_connection_is_open (const TrkX11Connection *self);

/* Nothing is called any more. */
void trk_x11_connection_end (TrkX11Connection *self);

/* From begin() until it is freed; borrowed. */
xcb_connection_t *trk_x11_connection_server (const TrkX11Connection *self);

/* Sends the requests that were put; what came meanwhile is taken soon. While it is open, and not
 * from take_event() and take_answer(), whose requests are sent after them. */
void trk_x11_connection_send (TrkX11Connection *self);

/* @sequence: of the request that is the question now. */
void trk_x11_connection_await (TrkX11Connection *self, unsigned int sequence);
gboolean trk_x11_connection_awaits (const TrkX11Connection *self);

G_END_DECLS
