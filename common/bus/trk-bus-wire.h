/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-bus-error-name.h"
#include "trk-daemon-status.h"

G_BEGIN_DECLS

/* A call of a method. */
typedef struct
{
  const char *name, *path, *interface, *method;
  GVariant *arguments; /* a tuple, taken when floating; NULL: none */
  gboolean start;      /* let the bus start who owns @name */
} TrkBusCall;

/* What came back. */
typedef struct
{
  GVariant *results; /* a tuple (owned), NULL with @error */
  GError *error;     /* (owned) */
  gboolean came;
  TrkBusReply reply;
  char *why; /* nobody answered (owned); NULL: somebody did */
} TrkBusAnswer;

/* Somebody who follows the daemon. */
typedef struct
{
  /* What the daemon says, NULL when none answers: once at first, at each change, and when the time
   * has come. Returns when it wants to be told again although nothing changed, TRK_NEVER: not at
   * all, 0: the end. */
  TrkInstant (*told) (const TrkDaemonStatus *status, TrkInstant now, gpointer data);
  gpointer data;
  int reader; /* file descriptor: when nobody reads from it any more, that is the end too */
} TrkBusFollower;

/* What the client needs of GIO, as the module tracker-bus.so hands it over: to follow the daemon,
 * and to reach a bus that is not behind a local socket. Loading GIO takes most of a millisecond; so
 * only commands that need it do, when they do. The functions are those of one thread. Every error
 * is TRK_ERROR, in words. */
typedef struct
{
  const char *version; /* of the build: a module of another one is refused */
  gsize layout;        /* TRK_BUS_WIRE_LAYOUT: and one of the same release with other structures */

  /* A private connection to the session bus (trk_bus_connect()). */
  gpointer (*connect) (GError **error);
  void (*disconnect) (gpointer connection);

  /* Makes @n calls, each whatever becomes of those before it, and fills @answers, which are all
   * zeroes. The daemon gets them at once and in that order: several cost one way there and back.
   * Waits for TRK_BUS_TIMEOUT at most. */
  void (*call) (gpointer connection, const TrkBusCall *calls, guint n, TrkBusAnswer *answers);

  /* trk_bus_client_follow() */
  gboolean (*follow) (const TrkBusFollower *follower, GError **error);
} TrkBusWire;

/* Of all that travels between program and module by value or by pointer. */
#define TRK_BUS_WIRE_LAYOUT                                                                        \
  (sizeof (TrkBusWire) + 1000 * sizeof (TrkBusCall) + 1000000 * sizeof (TrkBusFollower)            \
   + 1000000000 * (sizeof (TrkDaemonStatus) + 1000 * sizeof (TrkBusAnswer)))

/* The module's one symbol is a TrkBusWire of this name. */
#define TRK_BUS_WIRE "trk_bus_wire"
extern const TrkBusWire trk_bus_wire;

G_END_DECLS
