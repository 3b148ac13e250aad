/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-daemon-status.h"
#include "trk-zone.h"

#include <glib.h>

/* A day of a real home: calendars as files that change while it goes on, the indexer, the log on
 * disk, and the engine that writes it as the daemon does. What is asked of it is asked by the
 * commands, at the day's own time. */
typedef struct LivedDay LivedDay;

LivedDay *lived_day_new (void);
void lived_day_free (LivedDay *day);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LivedDay, lived_day_free)

/* Steps are named, with a number that says how long, how far or which: "meeting(7)". */
guint lived_day_steps (void);
const char *lived_day_step_name (guint step);
void lived_day_do (LivedDay *day, guint step, guint number);
const char *lived_day_story (const LivedDay *day);

TrkInstant lived_day_now (const LivedDay *day);
TrkZone *lived_day_zone (const LivedDay *day);

/* What the daemon would tell of what runs, as far as the commands count with it. */
TrkDaemonStatus *lived_day_status (LivedDay *day);
