/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-ics-new.h"

#include "trk-build.h"
#include "trk-error.h"
#include "trk-ics-edit.h"
#include "trk-ics-text.h"
#include "trk-ics-time.h"
#include "trk-ics-timezone.h"

static gboolean
is_utc (const TrkZone *zone)
{
  static const char *const names[] = { "UTC",      "Etc/UTC",       "Etc/UCT",   "UCT", "Zulu",
                                       "Etc/Zulu", "Etc/Universal", "Universal", NULL };

  return g_strv_contains (names, trk_zone_id (zone));
}

static gboolean
has_name (const TrkZone *zone)
{
  g_autoptr (TrkZone) known = trk_zone_new (trk_zone_id (zone), NULL);

  return known != NULL;
}

/* Whether the clock means that very instant when it is written. */
static gboolean
is_said_by (const TrkZone *zone, TrkInstant instant)
{
  return trk_zone_instant (zone, trk_zone_local (zone, instant)) == instant;
}

/* What the times of @event are written by. One that is once, and that the local clock cannot say
 * (the second of an hour that exists twice, a zone without a name), is in UTC. */
static TrkIcsClock *
clock_for (const TrkIcsNewEvent *event, const TrkZone *home)
{
  gboolean said = has_name (home) && is_said_by (home, event->period.start);
  g_autoptr (TrkZone) utc = trk_zone_new_utc ();

  if (is_utc (home) || (event->weekdays == 0 && !said))
    return trk_ics_clock_new (TRK_ICS_UTC, NULL, utc);
  return trk_ics_clock_new (TRK_ICS_ZONED, has_name (home) ? trk_zone_id (home) : "trackerd-local",
                            home);
}

static void
append (GString *out, const char *eol, const char *name, const char *value)
{
  g_autofree char *line = g_strconcat (name, ":", value, NULL);

  trk_ics_append_line (out, line, eol);
}

/* What the clock shows then: of a weekly one that is what is meant, were it twice on that day. */
static void
append_time (
    GString *out, const char *eol, const char *name, const TrkIcsClock *clock, TrkInstant instant)
{
  g_autofree char *head = trk_ics_clock_head (clock, name);
  g_autofree char *value = trk_ics_time_write (trk_zone_local (clock->zone, instant), clock->form);

  append (out, eol, head, value);
}

static void
append_end (GString *out, const char *eol, const TrkIcsNewEvent *event, const TrkIcsClock *clock)
{
  TrkDuration length = trk_period_length (event->period);
  g_autofree char *text = trk_ics_duration_write (length, FALSE);

  if (is_said_by (clock->zone, event->period.start) && is_said_by (clock->zone, event->period.end))
    append_time (out, eol, "DTEND", clock, event->period.end);
  else
    append (out, eol, "DURATION", text);
}

static void
append_rule (GString *out, const char *eol, guint weekdays)
{
  static const char *const days[] = { "MO", "TU", "WE", "TH", "FR", "SA", "SU" };
  g_autoptr (GString) rule = g_string_new ("FREQ=WEEKLY;BYDAY=");
  const char *between = "";

  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    if (weekdays & (1u << i))
      {
        g_string_append_printf (rule, "%s%s", between, days[i]);
        between = ",";
      }
  if (weekdays != 0)
    append (out, eol, "RRULE", rule->str);
}

static void
append_event (GString *out,
              const char *eol,
              const TrkIcsNewEvent *event,
              const TrkIcsClock *clock,
              TrkInstant now)
{
  g_autofree char *stamp = trk_ics_time_write (trk_local_from_wall (now), TRK_ICS_UTC);
  g_autofree char *uid = trk_ics_escape (event->uid);
  g_autofree char *summary = trk_ics_escape (event->summary);

  append (out, eol, "BEGIN", "VEVENT");
  append (out, eol, "UID", uid);
  append (out, eol, "DTSTAMP", stamp);
  append (out, eol, "CREATED", stamp);
  append (out, eol, "LAST-MODIFIED", stamp);
  append (out, eol, "SEQUENCE", "0");
  append_time (out, eol, "DTSTART", clock, event->period.start);
  append_end (out, eol, event, clock);
  append_rule (out, eol, event->weekdays);
  append (out, eol, "SUMMARY", summary);
  if (event->kind != NULL)
    append (out, eol, "X-TRACKERD-KIND", event->kind);
  append (out, eol, "END", "VEVENT");
}

static void
append_zone (GString *out, const char *eol, const TrkIcsNewEvent *event, const TrkIcsClock *clock)
{
  int year, month, mday;
  g_autofree char *zone = NULL;

  if (clock->form != TRK_ICS_ZONED)
    return;
  trk_day_to_ymd (trk_zone_local (clock->zone, event->period.start).day, &year, &month, &mday);
  zone = trk_ics_timezone_text (clock->zone, clock->tzid, year, eol);
  g_string_append (out, zone);
}

GString *
trk_ics_new_file (const TrkIcsNewEvent *event, const TrkZone *home, TrkInstant now)
{
  static const char eol[] = "\r\n";
  g_autoptr (TrkIcsClock) clock = clock_for (event, home);
  GString *out = g_string_new (NULL);

  append (out, eol, "BEGIN", "VCALENDAR");
  append (out, eol, "VERSION", "2.0");
  append (out, eol, "PRODID", "-//trackerd//trackerd " TRK_VERSION "//EN");
  append_zone (out, eol, event, clock);
  append_event (out, eol, event, clock, now);
  append (out, eol, "END", "VCALENDAR");
  return out;
}

GString *
trk_ics_add (const TrkIcsFile *file,
             const TrkIcsNewEvent *event,
             const TrkZone *home,
             TrkInstant now,
             GError **error)
{
  const TrkIcsCalendar *last =
      &g_array_index (file->calendars, TrkIcsCalendar, file->calendars->len - 1);
  g_autoptr (TrkIcsClock) clock = clock_for (event, home);
  g_autoptr (TrkIcsEdit) edit = trk_ics_edit_new (file->bytes, file->length);
  g_autoptr (GString) text = g_string_new (NULL);

  if (last->cancels)
    {
      g_set_error_literal (error, TRK_ERROR, TRK_ERROR_INVALID,
                           "the calendar is a cancellation (METHOD:CANCEL); it takes no events");
      return NULL;
    }
  if (clock->tzid != NULL && !g_hash_table_contains (last->zones, clock->tzid))
    append_zone (text, file->eol, event, clock);
  append_event (text, file->eol, event, clock, now);
  trk_ics_edit_replace (edit, last->end_line, 0, text->str);
  return trk_ics_edit_apply (edit, 0, file->length);
}
