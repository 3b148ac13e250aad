/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-vevent.h"

#include "trk-about.h"

#include <string.h>

static const TrkDuration one_day = 24 * TRK_HOUR;

enum
{
  MAX_DATES = 20000 /* of one event's RDATE and EXDATE */
};

TrkInstant
trk_moment_key (const TrkMoment *moment)
{
  return moment->is_date ? moment->wall : trk_timezone_instant (moment->zone, moment->wall);
}

TrkInstant
trk_moment_end (const TrkMoment *start, TrkLength length)
{
  TrkMoment end = *start;

  if (length.days == 0)
    return trk_moment_key (start) + length.exact;
  end.wall += length.days * one_day;
  return trk_moment_key (&end) + length.exact;
}

/* What parsing one event carries. */
typedef struct
{
  TrkFile *file;
  TrkZoneNames *names;
  const TrkVcalendar *calendar;
  TrkVevent *event;
} Parse;

static void
tell (const Parse *parse, const TrkContentLine *line, gboolean left_out, const char *reason)
{
  trk_file_findings_add (parse->file->findings, line->line, line->name, left_out, "%s", reason);
}

/* -- Moments ----------------------------------------------------------------------------------- */

/* The zone of a value on @line: UTC by its Z, TZID, else the user's. X-WR-TIMEZONE says how a
 * calendar likes to be shown; RFC 5545 3.3.5 leaves a time without a zone to its reader. */
static TrkTimezone *
zone_of (const Parse *parse, const TrkContentLine *line, const TrkDateValue *value)
{
  const char *tzid = trk_content_line_param (line, "TZID");

  if (value->is_date)
    return trk_zone_names_floating (parse->names);
  if (value->is_utc)
    return trk_zone_names_utc (parse->names);
  if (tzid != NULL && *tzid != '\0')
    return trk_file_zone (parse->file, parse->names, tzid, line->line, line->name);
  return trk_zone_names_floating (parse->names);
}

static gboolean
parse_moment (const Parse *parse,
              const TrkContentLine *line,
              const char *text,
              TrkMoment *moment,
              GError **error)
{
  TrkDateValue value;

  if (!trk_date_value_parse (text, &value, error))
    return FALSE;
  moment->wall = value.wall;
  moment->is_date = value.is_date;
  moment->zone = zone_of (parse, line, &value);
  return TRUE;
}

/* The moment of a line that the event cannot do without. */
static gboolean
required_moment (const Parse *parse, const TrkContentLine *line, TrkMoment *moment)
{
  g_autoptr (GError) error = NULL;

  if (parse_moment (parse, line, line->value, moment, &error))
    return TRUE;
  tell (parse, line, TRUE, error->message);
  return FALSE;
}

/* -- Length ------------------------------------------------------------------------------------ */

static TrkLength
whole_days (TrkDuration length)
{
  return (TrkLength){ .days = (int) (length / one_day) };
}

static gboolean
is_bound (const TrkMoment *moment)
{
  return !moment->is_date && !trk_timezone_is_floating (moment->zone);
}

/* From the start to DTEND. */
static TrkLength
length_to (const Parse *parse, const TrkMoment *end)
{
  const TrkMoment *start = &parse->event->start;
  TrkMoment reading = *end;

  if (start->is_date)
    {
      if (!end->is_date)
        reading.wall -= reading.wall % one_day;
      return whole_days (reading.wall - start->wall);
    }
  if (end->is_date || trk_timezone_is_floating (end->zone))
    {
      reading.is_date = FALSE;
      reading.zone = start->zone; /* “until the 24th” is its midnight where the event begins */
    }
  return (TrkLength){ .exact = trk_moment_key (&reading) - trk_moment_key (start) };
}

static void
set_end (const Parse *parse, const TrkContentLine *line)
{
  TrkVevent *event = parse->event;
  g_autoptr (GError) error = NULL;
  TrkMoment end;

  if (!parse_moment (parse, line, line->value, &end, &error))
    {
      g_autofree char *reason = g_strdup_printf ("%s; the event has no end", error->message);

      tell (parse, line, FALSE, reason);
      return;
    }
  event->length = length_to (parse, &end);
  event->ends_by_date = TRUE;
  if (is_bound (&event->start) != is_bound (&end) && !(is_bound (&event->start) && end.is_date))
    {
      event->end_is_apart = TRUE;
      event->end = end;
      tell (parse, line, FALSE, "one of start and end has a time zone, the other has none");
    }
  if (event->length.days < 0 || event->length.exact < 0)
    tell (parse, line, FALSE, "the end is before the start (RFC 5545 3.6.1); no time is planned");
}

static void
set_duration (const Parse *parse, const TrkContentLine *line)
{
  TrkVevent *event = parse->event;
  g_autoptr (GError) error = NULL;

  if (!trk_length_parse (line->value, &event->length, &error))
    tell (parse, line, FALSE, error->message);
  else if (event->length.days < 0 || event->length.exact < 0)
    tell (parse, line, FALSE, "a negative DURATION (RFC 5545 3.8.2.5); no time is planned");
  if (event->start.is_date)
    event->length = whole_days (event->length.days * one_day + event->length.exact + one_day - 1);
}

/* RFC 5545 3.6.1: without an end a timed event has no length, an all-day one lasts its day. */
static void
set_length (const Parse *parse, const TrkContentLine *end, const TrkContentLine *duration)
{
  TrkVevent *event = parse->event;

  if (end != NULL)
    set_end (parse, end);
  else if (duration != NULL)
    set_duration (parse, duration);
  if (event->start.is_date && event->length.days == 0)
    event->length.days = 1;
}

/* -- Recurrence -------------------------------------------------------------------------------- */

/* UNTIL in the wall clock of the start, inclusive. A date means all of that day. */
static TrkInstant
until_wall (const TrkMoment *start, const TrkDateValue *until)
{
  if (start->is_date)
    return until->wall - until->wall % one_day;
  if (until->is_date)
    return until->wall + one_day - TRK_SECOND;
  return until->is_utc ? trk_timezone_wall (start->zone, until->wall) : until->wall;
}

static gboolean
add_rule (const Parse *parse, const TrkContentLine *line, GPtrArray *rules)
{
  TrkDateValue until = { 0 };
  g_autofree char *unknown = NULL;
  g_autoptr (GError) error = NULL;
  TrkRecurrence *rule = trk_rule_parse (line->value, &until, &unknown, &error);

  if (rule == NULL)
    {
      tell (parse, line, TRUE, error->message);
      return FALSE;
    }
  if (unknown != NULL)
    trk_file_findings_add (
        parse->file->findings, line->line, line->name, FALSE,
        "the part %s is not known (RFC 5545 3.3.10); the rule is used without it", unknown);
  if (rule->has_until)
    rule->until = until_wall (&parse->event->start, &until);
  g_ptr_array_add (rules, rule);
  return TRUE;
}

/* "start/end" or "start/duration" (3.3.9); @text is changed. */
static gboolean
parse_period (
    const Parse *parse, const TrkContentLine *line, char *text, TrkExtraDate *date, GError **error)
{
  char *slash = strchr (text, '/');
  TrkMoment end;

  if (slash != NULL)
    *slash++ = '\0';
  if (!parse_moment (parse, line, text, &date->at, error))
    return FALSE;
  if (slash == NULL)
    return TRUE;
  date->has_length = TRUE;
  if (strchr ("Pp+-", *slash) != NULL && *slash != '\0')
    return trk_length_parse (slash, &date->length, error);
  if (!parse_moment (parse, line, slash, &end, error))
    return FALSE;
  date->length.exact = trk_moment_key (&end) - trk_moment_key (&date->at);
  return TRUE;
}

/* Is a list of dates too long to be taken? */
static gboolean
too_long (const Parse *parse, const TrkContentLine *line, guint taken)
{
  if (taken < MAX_DATES && !line->cut)
    return FALSE;
  tell (parse, line, TRUE, "more than 20,000 dates");
  return TRUE;
}

static gboolean
add_dates (const Parse *parse, const TrkContentLine *line)
{
  GArray *dates = parse->event->dates;
  g_auto (GStrv) words = g_strsplit (line->value, ",", -1);

  for (char **word = words; *word != NULL; word++)
    {
      TrkExtraDate date = { 0 };
      g_autoptr (GError) error = NULL;

      if (too_long (parse, line, dates->len))
        return FALSE;
      if (*g_strstrip (*word) == '\0')
        continue;
      if (parse_period (parse, line, *word, &date, &error))
        g_array_append_val (dates, date);
      else
        tell (parse, line, FALSE, error->message);
    }
  return TRUE;
}

static gboolean
add_excluded (const Parse *parse, const TrkContentLine *line)
{
  GArray *excluded = parse->event->excluded;
  g_auto (GStrv) words = g_strsplit (line->value, ",", -1);

  for (char **word = words; *word != NULL; word++)
    {
      TrkMoment moment;
      g_autoptr (GError) error = NULL;

      if (too_long (parse, line, excluded->len))
        return FALSE;
      if (*g_strstrip (*word) == '\0')
        continue;
      if (parse_moment (parse, line, *word, &moment, &error))
        g_array_append_val (excluded, moment);
      else
        tell (parse, line, FALSE, error->message);
    }
  return TRUE;
}

static gboolean
set_id (const Parse *parse, const TrkContentLine *line)
{
  const char *range = trk_content_line_param (line, "RANGE");
  TrkVevent *event = parse->event;

  if (!required_moment (parse, line, &event->id))
    return FALSE;
  event->has_id = TRUE;
  event->and_future = range != NULL && g_ascii_strcasecmp (range, "THISANDFUTURE") == 0;
  return TRUE;
}

static void
set_stamp (const Parse *parse, const TrkContentLine *line)
{
  TrkDateValue value;
  gboolean modified = g_str_equal (line->name, "LAST-MODIFIED");

  if (trk_date_value_parse (line->value, &value, NULL) && (modified || parse->event->stamp == 0))
    parse->event->stamp = value.wall;
}

/* One line of what decides when the event is. FALSE: the event cannot be used. */
static gboolean
take_line (const Parse *parse, const TrkContentLine *line)
{
  TrkVevent *event = parse->event;

  if (g_str_equal (line->name, "RRULE"))
    return add_rule (parse, line, event->rules);
  if (g_str_equal (line->name, "EXRULE"))
    return add_rule (parse, line, event->exceptions);
  if (g_str_equal (line->name, "RDATE"))
    return add_dates (parse, line);
  if (g_str_equal (line->name, "EXDATE"))
    return add_excluded (parse, line);
  if (g_str_equal (line->name, "RECURRENCE-ID") && *line->value != '\0')
    return set_id (parse, line);
  if (g_str_equal (line->name, "SEQUENCE"))
    event->sequence = g_ascii_strtoll (line->value, NULL, 10);
  if (g_str_equal (line->name, "LAST-MODIFIED") || g_str_equal (line->name, "DTSTAMP"))
    set_stamp (parse, line);
  return TRUE;
}

/* -- The whole --------------------------------------------------------------------------------- */

static TrkVevent *
vevent_new (const TrkFile *file, const TrkEventRange *range, const char *hash)
{
  TrkVevent *event = g_new0 (TrkVevent, 1);

  event->about = trk_occurrence_new ();
  event->about->uid = g_strdup (range->uid);
  event->hash = g_strdup (hash);
  event->line = range->line;
  event->file = file;
  event->rules = g_ptr_array_new_with_free_func ((GDestroyNotify) trk_recurrence_free);
  event->exceptions = g_ptr_array_new_with_free_func ((GDestroyNotify) trk_recurrence_free);
  event->dates = g_array_new (FALSE, FALSE, sizeof (TrkExtraDate));
  event->excluded = g_array_new (FALSE, FALSE, sizeof (TrkMoment));
  return event;
}

void
trk_vevent_free (TrkVevent *event)
{
  if (event == NULL)
    return;
  trk_occurrence_unref (event->about);
  g_free (event->hash);
  g_ptr_array_unref (event->rules);
  g_ptr_array_unref (event->exceptions);
  g_array_unref (event->dates);
  g_array_unref (event->excluded);
  g_free (event);
}

static void
tell_strange_lines (const Parse *parse, const TrkComponent *component)
{
  if (component->strange->len > 0)
    trk_file_findings_add (parse->file->findings, g_array_index (component->strange, guint, 0),
                           NULL, FALSE, "no content line (RFC 5545 3.1); it is passed over");
}

static gboolean
take_component (const Parse *parse, const TrkComponent *component)
{
  const TrkContentLine *start = trk_component_line (component, "DTSTART");

  if (component->too_long)
    {
      trk_file_findings_add (parse->file->findings, parse->event->line, NULL, TRUE,
                             "more than 30,000 lines");
      return FALSE;
    }
  if (start == NULL)
    {
      trk_file_findings_add (parse->file->findings, parse->event->line, "DTSTART", TRUE,
                             "this VEVENT has no DTSTART (RFC 5545 3.6.1)");
      return FALSE;
    }
  if (!required_moment (parse, start, &parse->event->start))
    return FALSE;
  set_length (parse, trk_component_line (component, "DTEND"),
              trk_component_line (component, "DURATION"));
  for (guint i = 0; i < component->lines->len; i++)
    if (!take_line (parse, g_ptr_array_index (component->lines, i)))
      return FALSE;
  tell_strange_lines (parse, component);
  return TRUE;
}

/* The event is planned all the same: other things say of what kind it is. */
static void
tell_unknown_kind (const Parse *parse, const TrkContentLine *line)
{
  TrkKind kind;

  if (line != NULL && !trk_kind_from_string (parse->event->about->kind, &kind))
    tell (parse, line, FALSE,
          "no kind; one of focus, shallow, meeting, break, routine, off. It is passed over");
}

/* The one instant at which @event starts; TRK_NEVER: it recurs, or its reader's zone decides. */
static TrkInstant
only_start (const TrkVevent *event)
{
  if (event->rules->len > 0 || event->dates->len > 0 || event->and_future
      || !is_bound (&event->start))
    return TRK_NEVER;
  return trk_moment_key (&event->start);
}

TrkVevent *
trk_vevent_parse (TrkFile *file, const TrkEventRange *range, const char *hash, TrkZoneNames *names)
{
  g_autoptr (TrkVevent) event = vevent_new (file, range, hash);
  g_autoptr (TrkComponent) component = NULL;
  Parse parse = { .file = file,
                  .names = names,
                  .calendar = &g_array_index (file->calendars, TrkVcalendar, range->calendar),
                  .event = event };

  if (!range->whole)
    return NULL;
  component = trk_component_parse (file->bytes + range->offset, range->length, range->line);
  if (!take_component (&parse, component))
    return NULL;
  trk_about_fill (event->about, component, event->length, only_start (event));
  tell_unknown_kind (&parse, trk_component_line (component, "X-TRACKERD-KIND"));
  event->about->all_day = event->start.is_date;
  event->about->floating = event->start.is_date || trk_timezone_is_floating (event->start.zone);
  if (parse.calendar->cancel)
    event->about->status = TRK_STATUS_CANCELLED;
  return g_steal_pointer (&event);
}
