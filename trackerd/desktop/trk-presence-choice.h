/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-presence-candidate.h"

G_BEGIN_DECLS

/* Which source tells whether the user types: the best of those that answer and are to be believed.
 * They are looked for when the session changes, and again for a while when one went away. */
typedef struct _TrkPresenceChoice TrkPresenceChoice;

typedef struct
{
  /* One of the getters may say something else. */
  void (*changed) (gpointer data);
  /* There was input after a rest, as a source that perhaps is not the best one told. Before
   * changed(). */
  void (*input) (gpointer data);
} TrkPresenceChoiceEvents;

/* @clock gets a reference; @events is borrowed. */
TrkPresenceChoice *
trk_presence_choice_new (TrkClock *clock, const TrkPresenceChoiceEvents *events, gpointer data);
void trk_presence_choice_free (TrkPresenceChoice *choice);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrkPresenceChoice, trk_presence_choice_free)

/* Looks afresh for Mutter: the session bus is there, or (NULL) it went away. */
void trk_presence_choice_set_bus (TrkPresenceChoice *choice, GDBusConnection *bus);
/* @limit: ms without input that each source watches for; looks for sources when first called. */
void trk_presence_choice_set_limit (TrkPresenceChoice *choice, guint limit);
/* Asks those that answered for their idle time, and looks for one that stayed away for long. */
void trk_presence_choice_check (TrkPresenceChoice *choice);

/* Who is believed. Borrowed, until the next change; NULL: nobody. */
const TrkPresenceCandidate *trk_presence_choice_best (const TrkPresenceChoice *choice);
/* With nobody to be believed: from when on that is so, when it was found out at @now. */
TrkInstant trk_presence_choice_doubted_since (const TrkPresenceChoice *choice, TrkInstant now);
/* The best one's name, or "none: " and why. Owned by the caller. */
char *trk_presence_choice_describe (const TrkPresenceChoice *choice);
/* A fresh source of the best one's kind, for a probe; NULL: there is none. Owned by the caller. */
TrkPresenceSource *trk_presence_choice_make_another (const TrkPresenceChoice *choice);

G_END_DECLS
