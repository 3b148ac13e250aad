/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-ics-times.h"

#include "trk-error.h"

#include <string.h>

#define DAY (24 * TRK_HOUR)

gboolean
trk_ics_refuse (const TrkIcsMember *member, const char *why, GError **error)
{
  g_set_error (error, TRK_ERROR, TRK_ERROR_INVALID, "line %u: %s; nothing was changed",
               member->event->line, why);
  return FALSE;
}

GString *
trk_ics_finish (const TrkIcsSeries *series, const TrkIcsEdit *edit, GError **error)
{
  GString *text = trk_ics_edit_apply (edit, 0, series->file->length);
  g_autoptr (TrkIcsFile) again = trk_ics_file_new (text->str, text->len, NULL);

  if (again != NULL)
    return text;
  g_string_free (text, TRUE);
  g_set_error_literal (error, TRK_ERROR, TRK_ERROR_INVALID,
                       "the file's line ends are mixed, and it would not be whole; nothing was "
                       "changed");
  return NULL;
}

/* The line says @instant from now on: in its own form, or, when its clock cannot say it and the
 * event is one that happens once, in UTC. */
static gboolean
set_instant (const TrkIcsSeries *series,
             TrkIcsEdit *edit,
             const TrkIcsMember *member,
             const TrkIcsLine *line,
             TrkInstant instant,
             GError **error)
{
  g_autoptr (TrkIcsClock) clock = trk_ics_clock_of_line (line->content, series->home);
  g_autofree char *value = clock != NULL ? trk_ics_clock_write (clock, instant) : NULL;
  g_autofree char *utc = trk_ics_time_write (trk_local_from_wall (instant), TRK_ICS_UTC);
  g_autofree char *text = g_strconcat (line->content->name, ":", utc, NULL);

  if (value != NULL && trk_ics_set_value (series, edit, line, value))
    return TRUE;
  if (clock == NULL || clock->form != TRK_ICS_ZONED)
    return trk_ics_refuse (member, "its time cannot be changed to that", error);
  if (member->id == NULL && trk_ics_line_named (member->lines, "RRULE") != NULL)
    return trk_ics_refuse (member, "the time zone of the series does not say that time", error);
  trk_ics_set_line (series, edit, line, NULL, text);
  return TRUE;
}

static gboolean
is_date (const TrkIcsSeries *series, const TrkIcsMember *member)
{
  const TrkIcsLine *start = trk_ics_line_named (member->lines, "DTSTART");
  g_autoptr (TrkIcsClock) clock = trk_ics_clock_of_line (start->content, series->home);

  return clock != NULL && clock->form == TRK_ICS_DATE;
}

/* How many days from one local midnight to another. */
static TrkDuration
whole_days (const TrkIcsSeries *series, TrkPeriod period)
{
  return (trk_zone_local (series->home, period.end).day
          - trk_zone_local (series->home, period.start).day)
         * DAY;
}

/* A length for an event that had none of its own: by DTEND, in the form of its start. */
static gboolean
add_end (const TrkIcsSeries *series,
         TrkIcsEdit *edit,
         const TrkIcsMember *member,
         TrkPeriod wanted,
         GError **error)
{
  const TrkIcsLine *start = trk_ics_line_named (member->lines, "DTSTART");
  gboolean days = is_date (series, member);
  g_autofree char *length = trk_ics_duration_write (
      days ? whole_days (series, wanted) : trk_period_length (wanted), days);
  g_autofree char *text = g_strconcat ("DURATION:", length, NULL);

  trk_ics_set_line (series, edit, NULL, start, text);
  return TRUE;
}

static gboolean
set_length (const TrkIcsSeries *series,
            TrkIcsEdit *edit,
            const TrkIcsMember *member,
            const TrkIcsLine *line,
            TrkPeriod wanted,
            GError **error)
{
  gboolean days = is_date (series, member);
  g_autofree char *length = trk_ics_duration_write (
      days ? whole_days (series, wanted) : trk_period_length (wanted), days);

  return trk_ics_set_value (series, edit, line, length)
         || trk_ics_refuse (member, "its DURATION cannot be changed", error);
}

gboolean
trk_ics_set_times (const TrkIcsSeries *series,
                   TrkIcsEdit *edit,
                   const TrkIcsMember *member,
                   TrkPeriod old,
                   TrkPeriod wanted,
                   GError **error)
{
  const TrkIcsLine *start = trk_ics_line_named (member->lines, "DTSTART");
  const TrkIcsLine *end = trk_ics_line_named (member->lines, "DTEND");
  const TrkIcsLine *length = trk_ics_line_named (member->lines, "DURATION");
  gboolean days = is_date (series, member);
  gboolean same = days ? whole_days (series, old) == whole_days (series, wanted)
                       : trk_period_length (old) == trk_period_length (wanted);

  if (!set_instant (series, edit, member, start, wanted.start, error))
    return FALSE;
  if (end != NULL)
    return set_instant (series, edit, member, end, wanted.end, error);
  if (same)
    return TRUE;
  return length != NULL ? set_length (series, edit, member, length, wanted, error)
                        : add_end (series, edit, member, wanted, error);
}
