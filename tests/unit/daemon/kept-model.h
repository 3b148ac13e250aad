/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-entry.h"

/* What may be in the log as kept, and why: by evidence, or by the user's word. It never gets less:
 * what is taken back may be done again. And what must be there, kept or named as a gap: what was
 * open and seen, until the user takes it out. */
typedef struct KeptModel KeptModel;

KeptModel *kept_model_new (void);
void kept_model_free (KeptModel *model);

/* @entry was open in @period, seen by a daemon on a machine that was awake. @watched: and it would
 * have ended had the user been away. */
void kept_model_keep (KeptModel *model, const TrkEntry *entry, TrkPeriod period, gboolean watched);
/* A daemon was there in @period, and the user too, whatever was open. */
void kept_model_see (KeptModel *model, TrkPeriod period);
/* What was over goes on: the user was at it since, as far as somebody was there. */
void kept_model_went_on (KeptModel *model, TrkPeriod period);
/* It turns out that nobody was there. */
void kept_model_away (KeptModel *model, TrkPeriod period);
/* The user says so. */
void kept_model_hear (KeptModel *model, TrkPeriod period);
/* So many changes were taken back or done again: each may bring an end back as if it had never
 * been, within the minutes that the manual names. */
void kept_model_excuse (KeptModel *model, guint changes);
/* The user takes @period out of the log, by a word that says so. */
void kept_model_drop (KeptModel *model, TrkPeriod period);
/* A change was taken back or done again, and the user was told that so much kept time is in the log
 * no more. An absence of what was taken back needs no word, and what was taken out before goes out
 * again. */
void kept_model_tell_gone (KeptModel *model, TrkDuration gone);

/* Is all of @entries (of TrkEntry) kept or said, and all that was kept in them or in @gaps (of
 * TrkGap), but for what the user took out or was told of? What is open reaches to @known, the last
 * moment at which a daemon was there. */
void kept_model_check (KeptModel *model,
                       const GPtrArray *entries,
                       const GPtrArray *gaps,
                       TrkInstant known);
void kept_model_break (KeptModel *model, const char *format, ...) G_GNUC_PRINTF (2, 3);
const char *kept_model_broken (const KeptModel *model);
