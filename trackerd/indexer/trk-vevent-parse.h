/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-vevent.h"

G_BEGIN_DECLS

/* The parts of taking a VEVENT apart, of use to trk_vevent_parse() alone. */

/* What it carries; all borrowed. */
typedef struct
{
  TrkFile *file;
  TrkZoneNames *names;
  guint calendar; /* the VCALENDAR it is in */
  TrkVevent *event;
} TrkVeventParse;

/* Tells @reason about @line. */
void trk_vevent_tell (const TrkVeventParse *parse,
                      const TrkContentLine *line,
                      gboolean left_out,
                      const char *reason);

/* Tells that @text of @line is a time of another form than RFC 5545's. */
void
trk_vevent_tell_long (const TrkVeventParse *parse, const TrkContentLine *line, const char *text);

/* @text, a value of @line, as a moment: its zone is UTC by its Z, that of TZID, else the user's. */
gboolean trk_vevent_moment (const TrkVeventParse *parse,
                            const TrkContentLine *line,
                            const char *text,
                            TrkMoment *moment,
                            GError **error);

/* The same of the whole value, which the event cannot do without: FALSE is told. */
gboolean trk_vevent_required_moment (const TrkVeventParse *parse,
                                     const TrkContentLine *line,
                                     TrkMoment *moment);

/* The event's length from its @end (DTEND) or @duration, either or both NULL. The start is
 * known. */
void trk_vevent_set_length (const TrkVeventParse *parse,
                            const TrkContentLine *end,
                            const TrkContentLine *duration);

/* One line of those that say when else the event is, and which version of it this is; others are
 * passed over. FALSE: the event cannot be used, which is told. */
gboolean trk_vevent_take_line (const TrkVeventParse *parse, const TrkContentLine *line);

G_END_DECLS
