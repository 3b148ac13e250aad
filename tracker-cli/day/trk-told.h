/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-almanac.h"
#include "trk-json.h"
#include "trk-store.h"

G_BEGIN_DECLS

/* What the user was told and asked of one block, and why not, as the log knows it. */
typedef struct
{
  const TrkBlockRecord *record; /* borrowed */
  GPtrArray *notices;           /* of TrkNoticeRecord, by time (owned) */
  GPtrArray *asked;             /* of TrkInterruption, by time: the focus guard's (owned) */
  TrkPeriod absence;      /* no daemon is known to have run around its start; empty: one ran */
  TrkInstant first_trace; /* of anybody keeping time; TRK_NEVER none */
} TrkTold;

/* NULL with @error when the log cannot be read. @store NULL: nothing was logged yet. */
TrkTold *trk_told_new (TrkStore *store, const TrkBlockRecord *record, GError **error);
void trk_told_free (TrkTold *told);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrkTold, trk_told_free)

/* "09:55 lead, shown by dunst 1.9.0; snooze at 09:56 — [policy focus] lead = 5m". Owned by the
 * caller. */
char *
trk_told_notice_words (const TrkNoticeRecord *notice, const TrkBlock *block, const TrkZone *zone);

/* "away 10:35–10:50": by that the break was taken whose notice @record was not given; NULL: it is
 * about something else. Borrowed. */
const char *trk_told_rest (const TrkNoticeRecord *record);

/* Why a notice that is withheld was not given. Owned by the caller. */
char *trk_told_withheld_words (const TrkNoticeRecord *record);

/* Why its start was not told ("trackerd was not running 09:40–10:20"), NULL when it was. Owned by
 * the caller. */
char *trk_told_why_not (const TrkTold *told, const TrkAlmanac *almanac, TrkInstant now);

/* An object, as the help of `tracker history` documents it. */
void
trk_told_to_json (const TrkTold *told, const TrkAlmanac *almanac, TrkInstant now, TrkJson *json);

G_END_DECLS
