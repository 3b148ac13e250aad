/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-vevent-parse.h"

#include "trk-about.h"
#include "trk-vcal-alarm.h"

void
trk_vevent_tell (const TrkVeventParse *parse,
                 const TrkContentLine *line,
                 gboolean left_out,
                 const char *reason)
{
  trk_file_findings_add (parse->file->findings, line->line, line->name, left_out, "%s", reason);
}

/* -- Moments ----------------------------------------------------------------------------------- */

/* The zone of a value on @line: UTC by its Z, TZID, else the user's. X-WR-TIMEZONE says how a
 * calendar likes to be shown; RFC 5545 3.3.5 leaves a time without a zone to its reader. */
static TrkTimezone *
zone_of (const TrkVeventParse *parse, const TrkContentLine *line, const TrkDateValue *value)
{
  const char *tzid = trk_content_line_param (line, "TZID");

  if (value->is_date)
    return trk_zone_names_floating (parse->names);
  if (value->is_utc)
    return trk_zone_names_utc (parse->names);
  if (tzid != NULL && *tzid != '\0')
    return trk_file_zone (parse->file, parse->names, parse->calendar, tzid, line);
  return trk_file_home_zone (parse->file, parse->names, parse->calendar);
}

void
trk_vevent_tell_long (const TrkVeventParse *parse, const TrkContentLine *line, const char *text)
{
  g_autofree char *reason =
      g_strdup_printf ("“%.40s” is not how RFC 5545 3.3.5 writes times; read all the same", text);

  trk_vevent_tell (parse, line, FALSE, reason);
}

gboolean
trk_vevent_moment (const TrkVeventParse *parse,
                   const TrkContentLine *line,
                   const char *text,
                   TrkMoment *moment,
                   GError **error)
{
  TrkDateValue value;

  if (!trk_date_value_parse (text, &value, error))
    return FALSE;
  if (value.is_long)
    trk_vevent_tell_long (parse, line, text);
  moment->wall = value.wall;
  moment->is_date = value.is_date;
  moment->is_utc = value.is_utc;
  moment->zone = zone_of (parse, line, &value);
  return TRUE;
}

gboolean
trk_vevent_required_moment (const TrkVeventParse *parse,
                            const TrkContentLine *line,
                            TrkMoment *moment)
{
  g_autoptr (GError) error = NULL;

  if (trk_vevent_moment (parse, line, line->value, moment, &error))
    return TRUE;
  trk_vevent_tell (parse, line, TRUE, error->message);
  return FALSE;
}

/* -- The whole --------------------------------------------------------------------------------- */

static void
clear_rule (gpointer rule)
{
  trk_recurrence_free (((TrkRule *) rule)->recurrence);
}

static GArray *
rules_new (void)
{
  GArray *rules = g_array_new (FALSE, FALSE, sizeof (TrkRule));

  g_array_set_clear_func (rules, clear_rule);
  return rules;
}

static TrkVevent *
vevent_new (const TrkFile *file, const TrkEventRange *range, const char *hash)
{
  TrkVevent *event = g_new0 (TrkVevent, 1);

  event->about = trk_occurrence_new ();
  event->about->uid = g_strdup (range->uid);
  event->hash = g_strdup (hash);
  event->line = range->line;
  event->file = file;
  event->rules = rules_new ();
  event->exceptions = rules_new ();
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
  g_array_unref (event->rules);
  g_array_unref (event->exceptions);
  g_array_unref (event->dates);
  g_array_unref (event->excluded);
  g_free (event);
}

static void
tell_strange_lines (const TrkVeventParse *parse, const TrkComponent *component)
{
  if (component->strange->len > 0)
    trk_file_findings_add (parse->file->findings, g_array_index (component->strange, guint, 0),
                           NULL, FALSE, "no content line (RFC 5545 3.1); it is passed over");
}

/* What an event has once only (RFC 5545 3.6.1): the first counts. */
static void
tell_second_times (const TrkVeventParse *parse, const TrkComponent *component)
{
  static const char *const once[] = { "DTSTART", "DTEND" };

  for (guint n = 0; n < G_N_ELEMENTS (once); n++)
    {
      const TrkContentLine *first = trk_component_line (component, once[n]);

      for (guint i = 0; first != NULL && i < component->lines->len; i++)
        {
          const TrkContentLine *line = g_ptr_array_index (component->lines, i);

          if (line == first || !g_str_equal (line->name, once[n]))
            continue;
          trk_vevent_tell (parse, line, FALSE,
                           "it stands there a second time (RFC 5545 3.6.1); the first counts");
          break;
        }
    }
}

/* Some programs give each of their series a RECURRENCE-ID that names nothing, and Lotus Notes
 * sends what was moved without its series. RFC 5545 3.8.4.4 makes it one instance: what is lost by
 * that must be told. */
static void
tell_rule_of_instance (const TrkVeventParse *parse, const TrkComponent *component)
{
  const TrkVevent *event = parse->event;

  if (event->has_id && !event->and_future && event->rules->len > 0)
    trk_vevent_tell (parse, trk_component_line (component, "RRULE"), FALSE,
                     "RECURRENCE-ID makes this one instance (RFC 5545 3.8.4.4); its rule is passed "
                     "over");
  if (event->has_id && event->dates->len > 0)
    trk_vevent_tell (parse, trk_component_line (component, "RDATE"), FALSE,
                     "RECURRENCE-ID makes this one instance (RFC 5545 3.8.4.4); its dates are "
                     "passed over");
}

static gboolean
take_component (const TrkVeventParse *parse, const TrkComponent *component)
{
  const TrkContentLine *start = trk_component_line (component, "DTSTART");

  if (component->too_long)
    {
      trk_file_findings_add (parse->file->findings, parse->event->line, NULL, TRUE,
                             "more than 30,000 lines, or 200,000 parameters");
      return FALSE;
    }
  if (start == NULL)
    {
      trk_file_findings_add (parse->file->findings, parse->event->line, "DTSTART", TRUE,
                             "this VEVENT has no DTSTART (RFC 5545 3.6.1)");
      return FALSE;
    }
  if (!trk_vevent_required_moment (parse, start, &parse->event->start))
    return FALSE;
  trk_vevent_set_length (parse, trk_component_line (component, "DTEND"),
                         trk_component_line (component, "DURATION"));
  for (guint i = 0; i < component->lines->len; i++)
    if (!trk_vevent_take_line (parse, g_ptr_array_index (component->lines, i)))
      return FALSE;
  tell_second_times (parse, component);
  tell_rule_of_instance (parse, component);
  tell_strange_lines (parse, component);
  return TRUE;
}

/* The event is planned all the same: other things say of what kind it is. */
static void
tell_unknown_kind (const TrkVeventParse *parse, const TrkContentLine *line)
{
  TrkKind kind;

  if (line != NULL && !trk_kind_from_string (parse->event->about->kind, &kind))
    trk_vevent_tell (
        parse, line, FALSE,
        "no kind; one of focus, shallow, meeting, break, routine, off. It is passed over");
}

/* Lists that were cut (trk_about_fill()). */
static void
tell_cut (const TrkVeventParse *parse, const TrkComponent *component, const char *name, GStrv list)
{
  if (list != NULL && g_strv_length (list) >= TRK_ABOUT_MAX_LIST)
    trk_vevent_tell (parse, trk_component_line (component, name), FALSE,
                     "the first 1,000 are kept; others are passed over");
}

static void
read_charsets (const TrkVeventParse *parse, const TrkComponent *component)
{
  const TrkContentLine *unknown = trk_charsets_read (parse->file->charsets, component);
  g_autofree char *reason = NULL;

  if (unknown == NULL)
    return;
  reason = g_strdup_printf ("CHARSET “%.40s” is not known; read as ISO 8859-1",
                            trk_content_line_param (unknown, "CHARSET"));
  trk_vevent_tell (parse, unknown, FALSE, reason);
}

/* The one instant at which @event starts; TRK_NEVER: it recurs, or its reader's zone decides. */
static TrkInstant
only_start (const TrkVevent *event)
{
  if (event->rules->len > 0 || event->dates->len > 0 || event->and_future
      || trk_moment_is_floating (&event->start))
    return TRK_NEVER;
  return trk_moment_key (&event->start);
}

TrkVevent *
trk_vevent_parse (TrkFile *file, const TrkEventRange *range, const char *hash, TrkZoneNames *names)
{
  g_autoptr (TrkVevent) event = vevent_new (file, range, hash);
  g_autoptr (TrkComponent) component = NULL;
  TrkVeventParse parse = {
    .file = file, .names = names, .calendar = range->calendar, .event = event
  };

  if (!range->whole)
    return NULL;
  component = trk_component_parse (file->bytes + range->offset, range->length, range->line);
  if (!take_component (&parse, component))
    return NULL;
  read_charsets (&parse, component);
  trk_about_fill (event->about, component, event->length, only_start (event));
  if (g_array_index (file->calendars, TrkVcalendar, range->calendar).is_first_version)
    trk_vcal_alarms_add (&parse, component);
  tell_cut (&parse, component, "CATEGORIES", event->about->categories);
  tell_cut (&parse, component, "ATTENDEE", event->about->attendees);
  tell_unknown_kind (&parse, trk_component_line (component, "X-TRACKERD-KIND"));
  event->about->all_day = event->start.is_date;
  event->about->floating = trk_moment_is_floating (&event->start);
  if (g_array_index (file->calendars, TrkVcalendar, range->calendar).cancel)
    event->about->status = TRK_STATUS_CANCELLED;
  return g_steal_pointer (&event);
}
