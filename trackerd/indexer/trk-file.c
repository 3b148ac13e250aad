/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-file.h"

#include "trk-file-format.h"
#include "trk-file-scan.h"
#include "trk-vcal-zone.h"

enum
{
  ZONE_STEPS = 1000000, /* what the rules of all VTIMEZONEs of a file may cost */
  UNKNOWN_ZONES = 1000  /* names of no zone, before names are looked for in tables only */
};

static void
clear_event (gpointer event)
{
  g_free (((TrkEventRange *) event)->uid);
}

static void
clear_calendar (gpointer data)
{
  TrkVcalendar *calendar = data;

  g_free (calendar->home);
  g_clear_pointer (&calendar->daylight, g_ptr_array_unref);
  trk_timezone_unref (calendar->home_zone);
}

static void
read_bytes (TrkFile *file)
{
  gsize skip = 0;

  if (!trk_file_format_check (file, &skip))
    return;
  trk_file_scan (file, skip);
  if (file->calendars->len == 0)
    trk_file_findings_add (file->findings, 0, NULL, TRUE, "no iCalendar data in this file");
}

TrkFile *
trk_file_new (const char *calendar, const char *path, char *bytes, gsize length)
{
  TrkFile *file = g_new0 (TrkFile, 1);

  file->path = g_strdup (path);
  file->bytes = bytes;
  file->length = length;
  file->zone_budget = ZONE_STEPS;
  file->events = g_array_new (FALSE, FALSE, sizeof (TrkEventRange));
  g_array_set_clear_func (file->events, clear_event);
  file->calendars = g_array_new (FALSE, TRUE, sizeof (TrkVcalendar));
  g_array_set_clear_func (file->calendars, clear_calendar);
  file->zones = trk_file_zones_new ();
  file->charsets = trk_charsets_new ();
  file->findings = trk_file_findings_new (calendar, path);
  if (bytes != NULL)
    read_bytes (file);
  return file;
}

void
trk_file_free (TrkFile *file)
{
  if (file == NULL)
    return;
  g_free (file->path);
  g_free (file->bytes);
  g_array_unref (file->events);
  g_array_unref (file->calendars);
  trk_file_zones_free (file->zones);
  trk_charsets_free (file->charsets);
  trk_file_findings_free (file->findings);
  g_free (file);
}

gboolean
trk_file_is_calendar (const TrkFile *file)
{
  return file->calendars->len > 0;
}

static TrkTimezone *
system_zone (const TrkFile *file, TrkZoneNames *names, const char *tzid)
{
  return file->unknown_zones >= UNKNOWN_ZONES ? trk_zone_names_listed (names, tzid)
                                              : trk_zone_names_system (names, tzid);
}

/* The zone where a VTIMEZONE without usable rules says to lie (libical's X-LIC-LOCATION), told
 * with the reason @why; NULL: it says nothing that is known, and only the reason is told. */
static TrkTimezone *
zone_of_location (TrkFile *file,
                  TrkZoneNames *names,
                  const char *tzid,
                  const TrkZoneRange *range,
                  const TrkComponent *vtimezone,
                  const char *why)
{
  const TrkContentLine *line = trk_component_line (vtimezone, "X-LIC-LOCATION");
  g_autofree char *location = line != NULL ? trk_file_zones_name (line->value) : NULL;
  TrkTimezone *timezone = location != NULL ? system_zone (file, names, location) : NULL;

  trk_file_findings_add (file->findings, range->line, "VTIMEZONE", FALSE,
                         timezone != NULL ? "“%s”: %s; X-LIC-LOCATION:%.80s is used" : "“%s”: %s",
                         tzid, why, location);
  return timezone != NULL ? trk_timezone_ref (timezone) : NULL;
}

/* The rules of a VTIMEZONE beside a name that the system knows; what is broken there is told, as it
 * might have said other hours. */
static TrkTimezone *
rules_or_system (TrkFile *file,
                 const char *tzid,
                 const TrkZoneRange *range,
                 const TrkComponent *vtimezone,
                 TrkTimezone *system)
{
  g_autoptr (GError) error = NULL;
  TrkTimezone *rules = trk_timezone_new_rules (vtimezone, &file->zone_budget, &error);

  if (rules != NULL)
    return rules;
  if (vtimezone->children->len > 0)
    trk_file_findings_add (file->findings, range->line, "VTIMEZONE", FALSE,
                           "“%s”: %s; the system's zone of that name is used", tzid,
                           error->message);
  return trk_timezone_ref (system);
}

/* The zone of the file's own VTIMEZONE of that name. When that is unusable (told) it is @system,
 * what the name itself says; NULL: neither says anything. */
static TrkTimezone *
own_zone (TrkFile *file, TrkZoneNames *names, const char *tzid, guint calendar, TrkTimezone *system)
{
  TrkZoneRange *range = trk_file_zones_find (file->zones, tzid, calendar);
  g_autoptr (TrkComponent) component = NULL;
  g_autoptr (GError) error = NULL;

  if (range == NULL)
    return system;
  if (range->tried)
    return range->timezone;
  range->tried = TRUE;
  component = trk_component_parse (file->bytes + range->offset, range->length, range->line);
  if (system != NULL)
    return range->timezone = rules_or_system (file, tzid, range, component, system);
  range->timezone = trk_timezone_new_rules (component, &file->zone_budget, &error);
  if (range->timezone == NULL)
    range->timezone = zone_of_location (file, names, tzid, range, component, error->message);
  return range->timezone;
}

/* Does a global name name one state of a zone's rules ("/mozilla.org/20050126_1/America/Chicago"),
 * by a date of eight digits? Then the VTIMEZONE beside it says what was meant. */
static gboolean
names_a_version (const char *tzid)
{
  gsize digits = 0;

  if (*tzid != '/')
    return FALSE;
  for (const char *at = tzid; *at != '\0' && digits < 8; at++)
    digits = g_ascii_isdigit (*at) ? digits + 1 : 0;
  return digits == 8;
}

/* Does it name hours of the clock that no place keeps, as "GMT" and "EST" do? Lotus Notes calls
 * London's rules GMT, and a VTIMEZONE beside such a name is what the file has to say of it. */
static gboolean
names_hours (const char *tzid)
{
  static const char *const names[] = { "GMT",  "GMT0",      "GMT+0",     "GMT-0", "UTC", "UCT",
                                       "Zulu", "Universal", "Greenwich", "EST",   "MST", "HST" };

  if (g_ascii_strncasecmp (tzid, "Etc/", 4) == 0)
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_ascii_strcasecmp (tzid, names[i]) == 0)
      return TRUE;
  return FALSE;
}

TrkTimezone *
trk_file_zone (TrkFile *file,
               TrkZoneNames *names,
               guint calendar,
               const char *written,
               const TrkContentLine *line)
{
  g_autofree char *tzid = trk_file_zones_name (written);
  gboolean known_only = file->unknown_zones >= UNKNOWN_ZONES;
  guint looked_for = trk_zone_names_looked_for (names);
  TrkTimezone *timezone = system_zone (file, names, tzid);

  if (timezone == NULL || names_a_version (tzid) || names_hours (tzid))
    timezone = own_zone (file, names, tzid, calendar, timezone);
  if (timezone == NULL && !known_only)
    timezone = trk_zone_names_foreign (names, tzid);
  if (timezone != NULL)
    return timezone;
  if (trk_zone_names_looked_for (names) > looked_for)
    file->unknown_zones++;
  trk_file_findings_add (file->findings, line->line, line->name, FALSE,
                         known_only ? "the time zone “%.80s” is not looked for, as 1,000 others of "
                                      "this file are not known; read as your own"
                                    : "the time zone “%.80s” is not known; read as your own",
                         tzid);
  return trk_zone_names_floating (names);
}

TrkTimezone *
trk_file_home_zone (TrkFile *file, TrkZoneNames *names, guint calendar)
{
  TrkVcalendar *found = &g_array_index (file->calendars, TrkVcalendar, calendar);

  if (!found->is_first_version || found->home == NULL)
    return trk_zone_names_floating (names);
  if (found->home_zone == NULL)
    found->home_zone = trk_vcal_zone_new (found->home, found->daylight);
  return found->home_zone != NULL ? found->home_zone : trk_zone_names_floating (names);
}

char *
trk_file_event_hash (const TrkFile *file, const TrkEventRange *range)
{
  return g_compute_checksum_for_data (G_CHECKSUM_SHA256,
                                      (const guchar *) file->bytes + range->offset, range->length);
}
