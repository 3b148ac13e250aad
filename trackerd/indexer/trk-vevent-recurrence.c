/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-vcal-rule.h"
#include "trk-vevent-parse.h"

#include <string.h>

/* When else an event is (RFC 5545 3.8.5). */

static const TrkDuration one_day = 24 * TRK_HOUR;

enum
{
  MAX_DATES = 20000 /* of one event's RDATE and EXDATE */
};

/* The second in vCalendar 1.0, the third before commas that were escaped as in a text. */
static const char separators[] = ",;\\";

/* UNTIL in the wall clock of the start, inclusive. A date means all of that day. */
static TrkInstant
until_wall (const TrkMoment *start, const TrkDateValue *until)
{
  if (start->is_date)
    return trk_wall_midnight (until->wall);
  if (until->is_date)
    return until->wall + one_day - TRK_SECOND;
  return until->is_utc ? trk_timezone_wall (start->zone, until->wall) : until->wall;
}

/* FALSE: the rule ends before @start. */
static gboolean
set_until (const TrkMoment *start, const TrkDateValue *until, TrkRule *rule)
{
  rule->recurrence->until = until_wall (start, until);
  if (!until->is_utc || trk_moment_is_floating (start))
    return start->wall <= rule->recurrence->until;
  rule->recurrence->until += one_day; /* more than enough; @last decides */
  rule->last = until->wall;
  return trk_moment_key (start) <= rule->last;
}

/* A rule as RFC 5545 or, by its form, as vCalendar 1.0 writes it. */
static TrkRecurrence *
read_rule (const char *text, TrkDateValue *until, char **unknown, GError **error)
{
  g_autofree char *translated = NULL;

  if (!trk_vcal_rule_is (text))
    return trk_rule_parse (text, until, unknown, error);
  translated = trk_vcal_rule_translate (text, error);
  return translated != NULL ? trk_rule_parse (translated, until, unknown, error) : NULL;
}

/* What a rule says and must not (3.3.10): hours of whole days "MUST be ignored"; what COUNT and
 * UNTIL say together is read by all as the first that ends it. */
static void
mend_rule (const TrkVeventParse *parse, const TrkContentLine *line, TrkRecurrence *rule)
{
  if (rule->count > 0 && rule->has_until)
    trk_vevent_tell (
        parse, line, FALSE,
        "it has COUNT and UNTIL, of which RFC 5545 3.3.10 allows one; the first counts "
        "that ends it");
  if (!parse->event->start.is_date || (rule->hours | rule->minutes | rule->seconds) == 0)
    return;
  rule->hours = rule->minutes = rule->seconds = 0;
  trk_vevent_tell (
      parse, line, FALSE,
      "times of day in the rule of an all-day event are passed over (RFC 5545 3.3.10)");
}

/* The rule on @line, behind its name when that stands there again ("RRULE:RRULE:FREQ=DAILY"). */
static const char *
rule_of (const TrkContentLine *line)
{
  const char *text = line->value + strspn (line->value, " \t");
  gsize n = strlen (line->name);

  return g_ascii_strncasecmp (text, line->name, n) == 0 && text[n] == ':' ? text + n + 1 : text;
}

static gboolean
add_rule (const TrkVeventParse *parse, const TrkContentLine *line, GArray *rules)
{
  TrkDateValue until = { 0 };
  g_autofree char *unknown = NULL;
  g_autoptr (GError) error = NULL;
  TrkRule rule = { .last = TRK_NEVER };

  if (strspn (line->value, " \t") == strlen (line->value))
    {
      trk_vevent_tell (parse, line, FALSE, "no rule is in it; it is passed over");
      return TRUE;
    }
  rule.recurrence = read_rule (rule_of (line), &until, &unknown, &error);
  if (rule.recurrence == NULL)
    {
      trk_vevent_tell (parse, line, TRUE, error->message);
      return FALSE;
    }
  if (unknown != NULL)
    trk_file_findings_add (
        parse->file->findings, line->line, line->name, FALSE,
        "the part %s is not known (RFC 5545 3.3.10); the rule is used without it", unknown);
  mend_rule (parse, line, rule.recurrence);
  if (until.is_long)
    trk_vevent_tell_long (parse, line, line->value);
  if (rule.recurrence->has_until && !set_until (&parse->event->start, &until, &rule))
    {
      parse->event->ended |= rules == parse->event->rules;
      trk_recurrence_free (rule.recurrence);
      trk_vevent_tell (parse, line, FALSE,
                       "the rule ends before the event begins, it names no day");
      return TRUE;
    }
  g_array_append_val (rules, rule);
  return TRUE;
}

/* "start/end" or "start/duration" (3.3.9); @text is changed. */
static gboolean
parse_period (const TrkVeventParse *parse,
              const TrkContentLine *line,
              char *text,
              TrkExtraDate *date,
              GError **error)
{
  char *slash = strchr (text, '/');
  TrkMoment end;

  if (slash != NULL)
    *slash++ = '\0';
  if (!trk_vevent_moment (parse, line, text, &date->at, error))
    return FALSE;
  if (slash == NULL)
    return TRUE;
  date->has_length = TRUE;
  if (strchr ("Pp+-", *slash) != NULL && *slash != '\0')
    return trk_length_parse (slash, &date->length, error);
  if (!trk_vevent_moment (parse, line, slash, &end, error))
    return FALSE;
  date->length.exact = trk_moment_key (&end) - trk_moment_key (&date->at);
  return TRUE;
}

/* Is a list of dates too long to be taken? */
static gboolean
too_long (const TrkVeventParse *parse, const TrkContentLine *line, guint taken)
{
  if (taken < MAX_DATES && !line->cut)
    return FALSE;
  trk_vevent_tell (parse, line, TRUE, "more than 20,000 dates");
  return TRUE;
}

static gboolean
add_dates (const TrkVeventParse *parse, const TrkContentLine *line)
{
  GArray *dates = parse->event->dates;
  g_auto (GStrv) words = g_strsplit_set (line->value, separators, -1);

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
        trk_vevent_tell (parse, line, FALSE, error->message);
    }
  return TRUE;
}

static gboolean
add_excluded (const TrkVeventParse *parse, const TrkContentLine *line)
{
  GArray *excluded = parse->event->excluded;
  g_auto (GStrv) words = g_strsplit_set (line->value, separators, -1);

  for (char **word = words; *word != NULL; word++)
    {
      TrkMoment moment;
      g_autoptr (GError) error = NULL;

      if (too_long (parse, line, excluded->len))
        return FALSE;
      if (*g_strstrip (*word) == '\0')
        continue;
      if (trk_vevent_moment (parse, line, *word, &moment, &error))
        g_array_append_val (excluded, moment);
      else
        trk_vevent_tell (parse, line, FALSE, error->message);
    }
  return TRUE;
}

static gboolean
set_id (const TrkVeventParse *parse, const TrkContentLine *line)
{
  const char *range = trk_content_line_param (line, "RANGE");
  TrkVevent *event = parse->event;

  if (!trk_vevent_required_moment (parse, line, &event->id))
    return FALSE;
  event->has_id = TRUE;
  event->and_future = range != NULL && g_ascii_strcasecmp (range, "THISANDFUTURE") == 0;
  return TRUE;
}

static void
set_stamp (const TrkVeventParse *parse, const TrkContentLine *line)
{
  TrkDateValue value;
  gboolean modified = g_str_equal (line->name, "LAST-MODIFIED");

  if (trk_date_value_parse (line->value, &value, NULL) && (modified || parse->event->stamp == 0))
    parse->event->stamp = value.wall;
}

/* One line of what decides when the event is. FALSE: the event cannot be used. */
gboolean
trk_vevent_take_line (const TrkVeventParse *parse, const TrkContentLine *line)
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
