/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-engine-private.h"
#include "trk-error.h"

G_BEGIN_DECLS

/* What the files of the verbs share. A verb checks that it is possible now, changes facts, and
 * settles; FALSE with @error: it was not possible, and nothing changed. */
typedef gboolean TrkActionVerb (TrkEngine *engine, const TrkAction *action, GError **error);

TrkActionVerb trk_action_start;                                     /* trk-action-start.c */
TrkActionVerb trk_action_stop, trk_action_pause, trk_action_resume; /* trk-action-stop.c */
TrkActionVerb trk_action_skip, trk_action_done, trk_action_release; /* trk-action-stop.c */
/* The last entry of what done means where nothing runs; borrowed, NULL: nothing. The same file. */
const TrkEntry *trk_action_just_kept (const TrkEngine *engine);
TrkActionVerb trk_action_extend, trk_action_snooze; /* trk-action-move.c */
TrkActionVerb trk_action_break, trk_action_answer;  /* trk-action-break.c */
TrkActionVerb trk_action_postpone, trk_action_seen; /* trk-action-postpone.c */
TrkActionVerb trk_action_guard;                     /* trk-engine-guard.c */

/* Always FALSE. */
gboolean trk_action_refuse (GError **error, TrkErrorCode code, const char *message);
char *trk_action_clock (const TrkEngine *engine, TrkInstant at); /* "09:05" */
void trk_action_rearrange (TrkEngine *engine, TrkInstant at, TrkReason why);

/* What holds the time or is paused; NULL: nothing. */
TrkTrack *trk_action_holder (const TrkEngine *engine);
/* The block of the plan that a notification or a command names; keys such as "gap" and "hand" name
 * none: TRUE with NULL. NOT_FOUND: it names one that is not there (any more). */
gboolean trk_action_named (const TrkEngine *engine,
                           const TrkAction *action,
                           TrkTrack **track,
                           GError **error);
/* The named one, else what runs, else the planned block that is on. */
gboolean trk_action_running (const TrkEngine *engine,
                             const TrkAction *action,
                             TrkTrack **track,
                             GError **error);
/* The same, else the next planned block. */
gboolean trk_action_running_or_next (const TrkEngine *engine,
                                     const TrkAction *action,
                                     TrkTrack **track,
                                     GError **error);
/* May @track begin later than it did? One that the calendar does not have any more never comes
 * again. */
gboolean trk_action_may_come (const TrkTrack *track, GError **error);
/* The block that ended last, when it is not too long ago. */
TrkTrack *trk_action_just_ended (const TrkEngine *engine);
/* An overrun that was told late: nothing else was written since @track ended, so it went on all the
 * time that somebody was there. Else now. */
TrkInstant trk_action_went_on_since (const TrkEngine *engine, const TrkTrack *track);
/* Moves the break @rest as a whole to @until. */
gboolean
trk_action_postpone_to (TrkEngine *engine, TrkTrack *rest, TrkInstant until, GError **error);
/* How often breaks of the day of @at were postponed, and how often they still may be. */
guint trk_action_postponed (const TrkEngine *engine, TrkInstant at);
guint trk_action_postpones_left (const TrkEngine *engine, const TrkTrack *track);
/* Whoever commands is there, whatever the presence source says. */
void trk_action_be_present (TrkEngine *engine);

G_END_DECLS
