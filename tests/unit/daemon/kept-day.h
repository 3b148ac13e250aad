/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

/* A day of the engine and its log on disk, with a user who takes commands back and does them again,
 * and writes into the log, also while no daemon is there. Beside it stands a model of what may be
 * in the log as kept: the time during which an entry was open while the daemon ran, the machine was
 * awake and nobody was told to be away; and what the user said by hand. After each step the log may
 * hold no more than that, but for the minutes within which an end is taken back as if it had never
 * been. And all of that is there, as an entry or as a gap, but for what the user took out or was
 * told of. */
typedef struct KeptDay KeptDay;

KeptDay *kept_day_new (void);
void kept_day_free (KeptDay *day);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KeptDay, kept_day_free)

/* Steps are named, with a number of minutes where that matters: "pause(0)", "minutes(12)". */
guint kept_day_steps (void);
const char *kept_day_step_name (guint step);
void kept_day_do (KeptDay *day, guint step, guint minutes);
const char *kept_day_broken (const KeptDay *day); /* NULL: no rule was broken */
const char *kept_day_story (const KeptDay *day);
