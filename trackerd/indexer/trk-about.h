/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-component.h"
#include "trk-occurrence.h"
#include "trk-value.h"

G_BEGIN_DECLS

enum
{
  TRK_ABOUT_MAX_ALARMS = 20,
  TRK_ABOUT_MAX_LIST = 1000 /* categories, attendees: the first of them are kept */
};

/* What an event is about, beside its times: texts, people, alarms, the address of a conference.
 * Nothing here can make an event unusable; what cannot be read is passed over. @length is needed
 * for alarms that count from the end, and @start for those that are due at an instant: TRK_NEVER
 * when the event has no single one (it recurs, or is floating), and such alarms are passed over. */
void trk_about_fill (TrkOccurrence *about,
                     const TrkComponent *component,
                     TrkLength length,
                     TrkInstant start);

/* @line's TEXT, cut to what is kept; NULL when there is none. Owned by the caller. */
char *trk_about_text (const TrkContentLine *line);

G_END_DECLS
