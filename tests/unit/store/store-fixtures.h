/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-store.h"

/* Values for the tests of the log. All times are minutes after an arbitrary instant. */

#define MONDAY (G_GINT64_CONSTANT (1795392000) * TRK_SECOND) /* 2026-11-23T00:00:00Z */
#define AT(minute) (MONDAY + (minute) *TRK_MINUTE)

TrkStore *open_memory (void);

/* A closed entry of [AT (start), AT (end)); an end of G_MAXINT leaves it open. */
TrkEntry *make_entry (int start, int end);
#define OPEN G_MAXINT

void begin (TrkStore *store, const char *text);
void commit (TrkStore *store);

/* Each is a command of its own. */
gint64 add_entry (TrkStore *store, int start, int end);
gint64 add_task (TrkStore *store, const char *title);

/* A focus block that was cut a little by another. */
TrkBlock *make_block (const char *id, int start, int end);
void put_block (TrkStore *store, const TrkBlock *block);

/* Everything in the journaled tables as one text, for comparing; owned by the caller. */
char *dump (TrkStore *store);

/* An undo or redo that must work. */
void undo (TrkStore *store);
void redo (TrkStore *store);
