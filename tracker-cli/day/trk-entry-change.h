/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-command.h"

G_BEGIN_DECLS

/* Corrections of entries by hand: what log add and log edit share. All of them leave the running
 * entry alone: it is the daemon's. */

/* The entry named by @word: its number, or "@2" for the second of today. TRK_ERROR_STATE when it
 * is the running one. */
TrkEntry *
trk_entry_change_find (TrkSession *session, TrkStore *store, const char *word, GError **error);

/* Takes --start and --end, read on the entry's own day; "-10m" and "+10m" count from the old time,
 * an end not after the start is the next day's. */
gboolean
trk_entry_change_times (TrkSession *session, TrkEntry *entry, const TrkArgs *args, GError **error);

/* Takes --kind, --task, --project, --tag, --note, and @title or --title (nullable: as it is, else
 * the task's title). What is still without a title is TRK_ERROR_USAGE. */
gboolean trk_entry_change_describe (TrkSession *session,
                                    TrkStore *store,
                                    TrkEntry *entry,
                                    const TrkArgs *args,
                                    const char *title,
                                    GError **error);

/* Gives the entry the block among @records (of TrkBlockRecord) in which it lies and whose title it
 * has, if there is one: then that block was not missed. The kind is the block's too, unless @args
 * say another. */
void trk_entry_change_take_block (TrkEntry *entry, const GPtrArray *records, const TrkArgs *args);

/* Ties the entry to the block among @records that overlaps it and that @text means: by its ID, its
 * title or a part of it; "none" unties it. Its kind becomes the block's, unless @args say another.
 * TRK_ERROR_NOT_FOUND names what there is. */
gboolean trk_entry_change_tie (TrkEntry *entry,
                               const GPtrArray *records,
                               const char *text,
                               const TrkArgs *args,
                               GError **error);

/* Checks that the entry lies in the past and overlaps no other; with @adjust the others make room.
 * TRK_ERROR_CONFLICT names the other entry and the ways out. Returns those that made room, as they
 * were (of TrkEntry, owned by the caller); NULL with @error. */
GPtrArray *trk_entry_change_make_room (
    TrkSession *session, TrkStore *store, TrkEntry *entry, gboolean adjust, GError **error);

/* "added 482: 09:10–10:00 (50 min) focus, Payment retries". */
void trk_entry_change_say (TrkSession *session, const char *what, const TrkEntry *entry);

/* "  the block of the plan, 09:00–10:30: Payment retries", of that among @records to which @entry
 * is tied; nothing when it is to none. */
void
trk_entry_change_say_block (TrkSession *session, const TrkEntry *entry, const GPtrArray *records);

/* What became of @others, which made room for @entry: a line for each. */
void
trk_entry_change_say_room (TrkSession *session, const TrkEntry *entry, const GPtrArray *others);

G_END_DECLS
