/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-record.h"

G_BEGIN_DECLS

/* Writes what the engine decided into the log: each batch in one transaction, in order, all or
 * nothing. When the disk is full or somebody else holds the log, batches stay in memory and are
 * tried again with growing pauses; the engine goes on meanwhile, and what the notification server
 * answered and the mark wait behind them. A lock is waited for a tenth of a second. What the log
 * refuses for ever (a rule, not a disk) is left out with a warning, so that it cannot hold up the
 * rest. */
typedef struct _TrkRecorder TrkRecorder;

typedef struct
{
  void (*failed) (const char *message, gpointer data); /* once, until it works again */
  void (*recovered) (gpointer data);
  void (*lost) (guint changes, gpointer data); /* at the end, when that many never could be */
} TrkRecorderEvents;

/* @store and @events are borrowed and must outlive the recorder. */
TrkRecorder *trk_recorder_new (TrkStore *store, const TrkRecorderEvents *events, gpointer data);
/* Tries once more to write what waits, and is patient then; what still waits is lost, and told. */
void trk_recorder_free (TrkRecorder *recorder);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrkRecorder, trk_recorder_free)

/* The first of the tickets that the batch's NOTIFY effects get, one each, in order. */
guint64 trk_recorder_record (TrkRecorder *recorder, const TrkBatch *batch);

/* The server showed the notice of that ticket (@shown > 0), or could not (0); @quiet:
 * do-not-disturb was wanted then. */
void trk_recorder_confirm (
    TrkRecorder *recorder, guint64 ticket, TrkInstant shown, const char *backend, gboolean quiet);

/* What became of the notice of @key: behind all that was recorded before, ahead of what comes. */
void
trk_recorder_answer (TrkRecorder *recorder, const char *key, TrkInstant at, const char *answer);

/* What a program of the user's did; takes @run. */
void trk_recorder_add_hook_run (TrkRecorder *recorder, TrkHookRun *run);

/* The daemon begins: a run of which the batches are signs of life, ahead of all of them. */
void trk_recorder_begin (TrkRecorder *recorder, TrkInstant now);
/* It is stopped in order: behind all that was recorded. */
void trk_recorder_end (TrkRecorder *recorder, TrkInstant now);

/* A notice that was recorded before a restart gets a ticket of its own. */
guint64 trk_recorder_adopt (TrkRecorder *recorder, gint64 number);

/* The last moment known awake. */
void trk_recorder_mark (TrkRecorder *recorder, TrkInstant now);

gboolean trk_recorder_is_behind (const TrkRecorder *recorder); /* something waits */

G_END_DECLS
