/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-calendar.h"

G_BEGIN_DECLS

/* What is known of a copy; kept beside it, in a key file of the same name that ends in ".state". */
typedef struct
{
  char *from;          /* a hash of the address that it came from; (owned) (nullable) */
  char *etag;          /* the server's words for this copy, sent back as they are; (owned) */
  char *last_modified; /* (nullable) both */
  char *hash;          /* SHA-256 of the copy, hexadecimal; (owned) (nullable) */
  char *stamp;         /* how the copy's file looked when it was written; (owned) (nullable) */
  TrkInstant fetched;  /* when the server last said that this is the newest; 0: never */
  TrkInstant changed;  /* when it last brought something new; 0: never */
  TrkInstant tried;    /* the last attempt, whatever came of it; 0: never */
  TrkInstant next;     /* not before; 0: at once */
  guint failures;      /* attempts since the last success */
  char *problem;       /* of the last attempt, in words without secrets; (owned) (nullable): none */
} TrkSubscriptionState;

/* What stands beside the copy at @copy; one that is missing or cannot be understood is empty. */
TrkSubscriptionState *trk_subscription_state_load (const char *copy);
gboolean
trk_subscription_state_save (const TrkSubscriptionState *state, const char *copy, GError **error);
void trk_subscription_state_free (TrkSubscriptionState *state);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrkSubscriptionState, trk_subscription_state_free)

/* Is the file at @copy still the one that etag and last_modified are about? */
gboolean trk_subscription_state_fits (const TrkSubscriptionState *state, const char *copy);

/* Notes the stamp of the file that is at @copy now. */
void trk_subscription_state_stamp (TrkSubscriptionState *state, const char *copy);

/* May the timer ask again? TRUE also when the clock stands before the last attempt, and when @every
 * was made shorter since. */
gboolean
trk_subscription_state_due (const TrkSubscriptionState *state, TrkInstant now, TrkDuration every);

/* The server answered at @now, with something new or not: ask again after @every. */
void trk_subscription_state_succeed (TrkSubscriptionState *state,
                                     TrkInstant now,
                                     TrkDuration every,
                                     gboolean changed);

/* It did not work. Asked again after 15 minutes or @every, the shorter, and after each further
 * failure twice as long, at most 6 hours or @every, the longer; but not before @retry_after (0: the
 * server did not ask for more), of which at most a day counts. */
void trk_subscription_state_fail (TrkSubscriptionState *state,
                                  TrkInstant now,
                                  TrkDuration every,
                                  TrkDuration retry_after,
                                  const char *problem);

G_END_DECLS
