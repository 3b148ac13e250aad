/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-session.h"

G_BEGIN_DECLS

/* A home that the demo makes for itself: a folder of its own with configuration, log, index and
 * sockets, so that nothing of the user's is read or changed. */
typedef struct
{
  char *dir;    /* (owned) */
  char *config; /* the configuration's file (owned) */
  char *log;    /* (owned) */
  GStrv env;    /* of this program, with the folders of this home (owned) */
} TrkDemoHome;

TrkDemoHome *trk_demo_home_new (GError **error);

/* Frees it; removes its folder unless @keep. */
void trk_demo_home_end (TrkDemoHome *home, gboolean keep);

/* Configuration and calendar "demo": @calendar (absolute), with an empty log, because nobody kept
 * time by it; or NULL for the shipped day, moved so that it is around @now, with the shipped
 * history and what of the shipped day is over. */
gboolean trk_demo_home_fill (
    TrkDemoHome *home, const char *calendar, const TrkZone *zone, TrkInstant now, GError **error);

/* @text with every UTC date-time of an iCalendar line moved by @by. Owned by the caller. */
char *trk_demo_move_calendar (const char *text, TrkDuration by);

G_END_DECLS
