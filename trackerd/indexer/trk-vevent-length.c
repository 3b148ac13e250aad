/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-vevent-parse.h"

/* How long an event is. */

static const TrkDuration one_day = 24 * TRK_HOUR;

static TrkLength
whole_days (TrkDuration length)
{
  return (TrkLength){ .days = (int) (length / one_day) };
}

/* From the start to DTEND. */
static TrkLength
length_to (const TrkVeventParse *parse, const TrkMoment *end)
{
  const TrkMoment *start = &parse->event->start;
  TrkMoment reading = *end;

  if (start->is_date)
    {
      TrkLength length = whole_days (reading.wall - start->wall);

      length.exact = (reading.wall - start->wall) % one_day;
      return length;
    }
  if (end->is_date || trk_timezone_is_floating (end->zone))
    {
      reading.is_date = FALSE;
      reading.zone = start->zone; /* “until the 24th” is its midnight where the event begins */
    }
  return (TrkLength){ .exact = trk_moment_key (&reading) - trk_moment_key (start) };
}

static void
set_end (const TrkVeventParse *parse, const TrkContentLine *line)
{
  TrkVevent *event = parse->event;
  g_autoptr (GError) error = NULL;
  TrkMoment end;

  if (!trk_vevent_moment (parse, line, line->value, &end, &error))
    {
      g_autofree char *reason = g_strdup_printf ("%s; the event has no end", error->message);

      trk_vevent_tell (parse, line, FALSE, reason);
      return;
    }
  event->length = length_to (parse, &end);
  event->ends_by_date = TRUE;
  if (trk_moment_is_floating (&event->start) != trk_moment_is_floating (&end)
      && (trk_moment_is_floating (&event->start) || !end.is_date))
    {
      event->end_is_apart = TRUE;
      event->end = end;
      trk_vevent_tell (parse, line, FALSE,
                       "one of start and end has a time zone, the other has none");
    }
  if (event->length.days < 0 || event->length.exact < 0)
    trk_vevent_tell (parse, line, FALSE,
                     "the end is before the start (RFC 5545 3.6.1); no time is planned");
}

static void
set_duration (const TrkVeventParse *parse, const TrkContentLine *line)
{
  TrkVevent *event = parse->event;
  g_autoptr (GError) error = NULL;

  if (!trk_length_parse (line->value, &event->length, &error))
    trk_vevent_tell (parse, line, FALSE, error->message);
  else if (event->length.days < 0 || event->length.exact < 0)
    trk_vevent_tell (parse, line, FALSE,
                     "a negative DURATION (RFC 5545 3.8.2.5); no time is planned");
  if (event->start.is_date)
    event->length = whole_days (event->length.days * one_day + event->length.exact + one_day - 1);
}

/* RFC 5545 3.6.1: without an end a timed event has no length, an all-day one lasts its day. */
void
trk_vevent_set_length (const TrkVeventParse *parse,
                       const TrkContentLine *end,
                       const TrkContentLine *duration)
{
  TrkVevent *event = parse->event;

  if (end != NULL)
    set_end (parse, end);
  else if (duration != NULL)
    set_duration (parse, duration);
  if (event->start.is_date && event->length.days == 0 && event->length.exact == 0)
    event->length.days = 1;
}
