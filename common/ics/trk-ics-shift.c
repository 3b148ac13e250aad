/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-ics-change.h"

#include "trk-error.h"
#include "trk-ics-times.h"

#include <string.h>

/* A whole series moved: all that names its instances moves with them. */

typedef struct
{
  const TrkIcsSeries *series;
  TrkIcsEdit *edit;
  TrkDuration by; /* of the wall clock */
  TrkDay days;    /* how many midnights it passes */
  TrkDuration old_length, new_length;
} Shift;

/* @text, a time by @clock, moved; NULL when it cannot be. Owned by the caller. */
static char *
shifted (const Shift *shift, const TrkIcsClock *clock, const char *text)
{
  const TrkIcsClock *master = shift->series->clock;
  TrkIcsTime time;
  TrkInstant instant;
  TrkLocal local;

  if (!trk_ics_time_read (text, &time))
    return NULL;
  if (time.form == TRK_ICS_DATE)
    {
      time.local.day += shift->days;
      return trk_ics_time_write (time.local, TRK_ICS_DATE);
    }
  if (time.form == TRK_ICS_FLOATING && g_strcmp0 (clock->tzid, master->tzid) == 0)
    {
      local = trk_local_from_wall (trk_local_to_wall (time.local) + shift->by);
      return trk_ics_time_write (local, TRK_ICS_FLOATING);
    }
  if (master->zone == NULL || !trk_ics_clock_read (clock, text, &instant))
    return NULL;
  local =
      trk_local_from_wall (trk_local_to_wall (trk_zone_local (master->zone, instant)) + shift->by);
  return trk_ics_clock_write (clock, trk_zone_instant (master->zone, local));
}

/* The same of @text, one of the times on @line. */
static char *
shifted_on (const Shift *shift, const TrkContentLine *line, const char *text)
{
  g_autoptr (TrkIcsClock) clock = trk_ics_clock_of_value (line, text, shift->series->home);

  return clock != NULL ? shifted (shift, clock, text) : NULL;
}

/* A list of dates, times or periods on @line; of a period the start moves, and its end too. */
static gboolean
shift_line (const Shift *shift, const TrkIcsLine *line)
{
  g_auto (GStrv) values = g_strsplit (line->content->value, ",", -1);
  g_autofree char *joined = NULL;

  for (char **value = values; *value != NULL; value++)
    {
      g_auto (GStrv) ends = g_strsplit (*value, "/", 2);

      for (char **end = ends; *end != NULL; end++)
        if (**end != 'P' || end == ends) /* else a length */
          {
            char *moved = shifted_on (shift, line->content, *end);

            if (moved == NULL)
              return FALSE;
            g_free (*end);
            *end = moved;
          }
      g_free (*value);
      *value = g_strjoinv ("/", ends);
    }
  joined = g_strjoinv (",", values);
  return trk_ics_set_value (shift->series, shift->edit, line, joined);
}

/* -- Rules ------------------------------------------------------------------------------------- */

/* May instances of this rule be had by moving its start? */
static const char *
obstacle (const char *rule, TrkDay days)
{
  static const char *const clock_parts[] = { "BYHOUR=", "BYMINUTE=", "BYSECOND=" };

  for (guint i = 0; i < G_N_ELEMENTS (clock_parts); i++)
    if (strstr (rule, clock_parts[i]) != NULL)
      return "its rule names hours: change it in a calendar program";
  if (days != 0
      && (strstr (rule, ";BY") != NULL || g_str_has_prefix (rule, "BY")
          || strstr (rule, "FREQ=MONTHLY") != NULL || strstr (rule, "FREQ=YEARLY") != NULL))
    return "its rule names days, so that --all moves it within its day only: remove it and add it "
           "anew";
  return NULL;
}

static gboolean
shift_until (const Shift *shift, const TrkIcsMember *master, const TrkIcsLine *line, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (line->content->value, ";", -1);
  g_autoptr (TrkIcsClock) local =
      trk_ics_clock_new (TRK_ICS_ZONED, shift->series->clock->tzid, shift->series->clock->zone);
  g_autoptr (TrkZone) utc_zone = trk_zone_new_utc ();
  g_autoptr (TrkIcsClock) utc = trk_ics_clock_new (TRK_ICS_UTC, NULL, utc_zone);
  g_autofree char *joined = NULL;

  for (char **part = parts; *part != NULL; part++)
    if (g_ascii_strncasecmp (*part, "UNTIL=", 6) == 0)
      {
        const TrkIcsClock *clock = g_str_has_suffix (*part, "Z") ? utc : local;
        g_autofree char *moved = shifted (shift, clock, *part + 6);

        if (moved == NULL)
          return trk_ics_refuse (master, "the end of its rule cannot be moved", error);
        g_free (*part);
        *part = g_strconcat ("UNTIL=", moved, NULL);
      }
  joined = g_strjoinv (";", parts);
  if (g_str_equal (joined, line->content->value))
    return TRUE;
  return trk_ics_set_value (shift->series, shift->edit, line, joined)
         || trk_ics_refuse (master, "its rule cannot be changed", error);
}

static gboolean
shift_rule (const Shift *shift, const TrkIcsMember *master, const TrkIcsLine *line, GError **error)
{
  g_autofree char *rule = g_ascii_strup (line->content->value, -1);
  const char *why = obstacle (rule, shift->days);

  if (why != NULL)
    {
      g_set_error_literal (error, TRK_ERROR, TRK_ERROR_STATE, why);
      return FALSE;
    }
  return shift_until (shift, master, line, error);
}

/* -- The series -------------------------------------------------------------------------------- */

static gboolean
shift_master (const Shift *shift, const TrkIcsMember *master, GError **error)
{
  for (guint i = 0; i < master->lines->len; i++)
    {
      const TrkIcsLine *line = g_ptr_array_index (master->lines, i);
      const char *name = line->content != NULL ? line->content->name : "";

      if ((g_str_equal (name, "RRULE") || g_str_equal (name, "EXRULE"))
          && !shift_rule (shift, master, line, error))
        return FALSE;
      if ((g_str_equal (name, "RDATE") || g_str_equal (name, "EXDATE"))
          && !shift_line (shift, line))
        return trk_ics_refuse (master, "one of its dates cannot be moved", error);
    }
  return TRUE;
}

/* What @line says, by its own clock. */
static gboolean
read_line (const TrkIcsSeries *series, const TrkIcsLine *line, TrkInstant *instant)
{
  g_autoptr (TrkIcsClock) clock =
      line != NULL ? trk_ics_clock_of_line (line->content, series->home) : NULL;

  return clock != NULL && trk_ics_clock_read (clock, line->content->value, instant);
}

/* How long the override is, as far as that can change with the series: by its end, or by the same
 * DURATION. */
static TrkDuration
length_of (const Shift *shift, const TrkIcsMember *member, TrkInstant start)
{
  const TrkIcsLine *own = trk_ics_line_named (member->lines, "DURATION");
  const TrkIcsLine *theirs = trk_ics_line_named (shift->series->master->lines, "DURATION");
  TrkInstant end;

  if (read_line (shift->series, trk_ics_line_named (member->lines, "DTEND"), &end))
    return end - start;
  return own != NULL && theirs != NULL && g_str_equal (own->content->value, theirs->content->value)
             ? shift->old_length
             : 0;
}

/* An override that stands where the rule put it has other words, not another time: it moves too,
 * and is as long as the series when it was. */
static gboolean
shift_unmoved (const Shift *shift, const TrkIcsMember *member, GError **error)
{
  const TrkIcsSeries *series = shift->series;
  const TrkZone *zone = series->clock->zone;
  TrkInstant original;
  TrkPeriod old, wanted;
  TrkDuration length;

  if (!read_line (series, member->id, &original)
      || !read_line (series, trk_ics_line_named (member->lines, "DTSTART"), &old.start)
      || original != old.start)
    return TRUE;
  length = length_of (shift, member, old.start);
  old.end = old.start + length;
  wanted.start = trk_zone_instant (
      zone, trk_local_from_wall (trk_local_to_wall (trk_zone_local (zone, old.start)) + shift->by));
  wanted.end = wanted.start + (length == shift->old_length ? shift->new_length : length);
  return trk_ics_set_times (series, shift->edit, member, old, wanted, error);
}

static gboolean
shift_names (const Shift *shift, GError **error)
{
  const GPtrArray *members = shift->series->members;

  for (guint i = 0; i < members->len; i++)
    {
      const TrkIcsMember *member = g_ptr_array_index (members, i);

      if (member->id == NULL)
        continue;
      if (trk_content_line_param (member->id->content, "RANGE") != NULL)
        return trk_ics_refuse (member, "it changes all that follow (RANGE=THISANDFUTURE)", error);
      if (!shift_line (shift, member->id))
        return trk_ics_refuse (member, "its RECURRENCE-ID cannot be moved", error);
      if (!shift_unmoved (shift, member, error))
        return FALSE;
      trk_ics_set_stamps (shift->series, shift->edit, member);
    }
  return TRUE;
}

/* The first instance, and how long each is: that of @occurrence, which stands where the rule puts
 * it, unless another is wanted. */
static gboolean
shift_start (const Shift *shift,
             const TrkIcsMember *master,
             const TrkOccurrence *occurrence,
             TrkPeriod wanted,
             GError **error)
{
  const TrkIcsSeries *series = shift->series;
  const TrkIcsLine *start = trk_ics_line_named (master->lines, "DTSTART");
  g_autofree char *moved = shifted (shift, series->clock, start->content->value);
  TrkPeriod first, target;

  if (moved == NULL || !trk_ics_clock_read (series->clock, start->content->value, &first.start)
      || !trk_ics_clock_read (series->clock, moved, &target.start))
    return trk_ics_refuse (master, "its DTSTART cannot be moved", error);
  first.end = first.start + trk_period_length (occurrence->period);
  target.end = target.start + trk_period_length (wanted);
  if (occurrence->all_day)
    {
      TrkLocal day = trk_zone_local (series->home, target.start);
      TrkDay days = trk_zone_local (series->home, wanted.end).day
                    - trk_zone_local (series->home, wanted.start).day;

      target.end = trk_zone_instant (series->home, (TrkLocal){ .day = day.day + days });
    }
  return trk_ics_set_times (series, shift->edit, master, first, target, error);
}

/* Is @occurrence where its rule puts it? */
static gboolean
stands_by_rule (const TrkIcsSeries *series, const TrkOccurrence *occurrence)
{
  TrkInstant instant;

  return occurrence->recurrence_id != NULL
         && trk_ics_series_instance (series, occurrence->recurrence_id) == NULL
         && trk_ics_clock_read (series->clock, occurrence->recurrence_id, &instant)
         && instant == occurrence->period.start;
}

static gboolean
may_move_all (const TrkIcsSeries *series, const TrkOccurrence *occurrence, GError **error)
{
  const char *problem = NULL;

  if (series->master == NULL)
    problem = "the file does not hold the series that this belongs to";
  else if (series->clock->zone == NULL)
    problem = "the system does not know the time zone of the series; move one of it, without --all";
  else if (!stands_by_rule (series, occurrence))
    problem = "this one of the series was moved already: name one that was not";
  if (problem != NULL)
    g_set_error_literal (error, TRK_ERROR, TRK_ERROR_STATE, problem);
  return problem == NULL;
}

/* By as much as @occurrence goes to @wanted. */
static void
set_shift (Shift *shift, const TrkOccurrence *occurrence, TrkPeriod wanted)
{
  const TrkZone *zone = shift->series->clock->zone;
  TrkLocal from =
      trk_ics_local_meant (zone, occurrence->period.start, trk_ics_series_time (shift->series));
  TrkLocal to = trk_zone_local (zone, wanted.start);

  shift->by = trk_local_to_wall (to) - trk_local_to_wall (from);
  shift->days = to.day - from.day;
  shift->old_length = trk_period_length (occurrence->period);
  shift->new_length = trk_period_length (wanted);
}

GString *
trk_ics_move_all (const TrkIcsSeries *series,
                  const TrkOccurrence *occurrence,
                  TrkPeriod wanted,
                  GError **error)
{
  g_autoptr (TrkIcsEdit) edit = trk_ics_edit_new (series->file->bytes, series->file->length);
  Shift shift = { .series = series, .edit = edit };

  if (!may_move_all (series, occurrence, error))
    return NULL;
  set_shift (&shift, occurrence, wanted);
  if (!shift_master (&shift, series->master, error)
      || !shift_start (&shift, series->master, occurrence, wanted, error)
      || !shift_names (&shift, error))
    return NULL;
  trk_ics_set_stamps (series, edit, series->master);
  return trk_ics_finish (series, edit, error);
}
