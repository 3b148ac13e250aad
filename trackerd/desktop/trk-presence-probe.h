/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-clock.h"
#include "trk-presence-monitor.h"
#include "trk-presence-source.h"

G_BEGIN_DECLS

/* One proof that a source moves: it has to tell a short idleness and the input that ends it. Frees
 * itself after its answer. @source is a fresh one that nobody watches; a reference is taken. */
typedef struct _TrkPresenceProbe TrkPresenceProbe;

/* @done is called with @data after the answer, so that nobody keeps it longer than it is. */
TrkPresenceProbe *trk_presence_probe_new (TrkPresenceSource *source,
                                          TrkClock *clock,
                                          guint limit,
                                          TrkPresenceAnswer answer,
                                          gpointer call,
                                          void (*done) (TrkPresenceProbe *probe, gpointer data),
                                          gpointer data);

/* Answers FALSE now. */
void trk_presence_probe_end (TrkPresenceProbe *probe);

G_END_DECLS
