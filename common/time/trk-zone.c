/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-zone.h"

#include "trk-error.h"
#include "trk-iso.h"
#include "trk-text.h"
#include "trk-tzif.h"

#include <string.h>

#define DAY (24 * TRK_HOUR)
#define LOCALTIME "/etc/localtime"

struct _TrkZone
{
  TrkTzif *rules; /* (owned) */
  char *id;       /* (owned) */
};

static TrkZone *
zone_of (TrkTzif *rules, const char *id)
{
  TrkZone *zone = g_atomic_rc_box_new0 (TrkZone);

  zone->rules = rules;
  zone->id = g_strdup (id);
  return zone;
}

/* What can be an IANA name: neither a path out of the zone data, nor an offset, nor an option. */
static gboolean
is_name (const char *id)
{
  if (!g_ascii_isalpha (id[0]) || strlen (id) > 64 || strstr (id, "..") != NULL)
    return FALSE;
  for (const char *p = id; *p != '\0'; p++)
    if (!g_ascii_isalnum (*p) && strchr ("/_+-", *p) == NULL)
      return FALSE;
  return TRUE;
}

static TrkZone *
named_zone (const char *id)
{
  const char *dir = g_getenv ("TZDIR");
  g_autofree char *path = NULL;
  TrkTzif *rules;

  if (g_str_equal (id, "UTC"))
    return trk_zone_new_utc ();
  if (!is_name (id))
    return NULL;
  path = g_build_filename (dir != NULL ? dir : "/usr/share/zoneinfo", id, NULL);
  rules = trk_tzif_new_from_file (path);
  return rules != NULL ? zone_of (rules, id) : NULL;
}

/* The IANA name in a path into the zone data, or NULL. */
static const char *
name_in_path (const char *path)
{
  const char *name = path != NULL ? strstr (path, "/zoneinfo/") : NULL;

  if (name == NULL)
    return NULL;
  name += strlen ("/zoneinfo/");
  return is_name (name) ? name : NULL;
}

/* A link tells the name by its target; a copy of the data has none, and is called by its path. */
static TrkZone *
zone_of_file (const char *path)
{
  g_autofree char *target = g_file_read_link (path, NULL);
  const char *name = name_in_path (target != NULL ? target : path);
  TrkTzif *rules = trk_tzif_new_from_file (path);

  return rules != NULL ? zone_of (rules, name != NULL ? name : path) : NULL;
}

/* TZ as POSIX and tzset(3) have it: empty is UTC, a leading colon is dropped, a path is a file, the
 * rest is a name or a rule such as "CET-1CEST,M3.5.0,M10.5.0/3". NULL when it is none of these. */
static TrkZone *
zone_of_variable (const char *value)
{
  TrkTzif *rules;
  TrkZone *zone;

  if (*value == ':')
    value++;
  if (*value == '\0')
    return trk_zone_new_utc ();
  if (g_path_is_absolute (value))
    return zone_of_file (value);
  zone = named_zone (value);
  if (zone != NULL)
    return zone;
  rules = trk_tzif_new_from_rule (value);
  return rules != NULL ? zone_of (rules, value) : NULL;
}

/* What is said of a zone that cannot be had; NULL when none was asked for. */
static char *
problem_of (const char *variable)
{
  g_autofree char *shown = NULL;

  if (variable == NULL)
    return g_file_test (LOCALTIME, G_FILE_TEST_EXISTS)
               ? g_strdup (LOCALTIME " is no time zone (TZif) file")
               : NULL;
  shown = trk_text_line (variable, 40);
  return g_strdup_printf ("TZ is '%s', which is no time zone of this system", shown);
}

TrkZone *
trk_zone_new_system (char **problem)
{
  const char *variable = g_getenv ("TZ");
  TrkZone *zone = variable != NULL ? zone_of_variable (variable) : zone_of_file (LOCALTIME);

  if (problem != NULL)
    *problem = zone == NULL ? problem_of (variable) : NULL;
  if (zone == NULL && variable != NULL)
    zone = zone_of_file (LOCALTIME);
  return zone != NULL ? zone : trk_zone_new_utc ();
}

TrkZone *
trk_zone_new_from_file (const char *path, GError **error)
{
  TrkZone *zone = zone_of_file (path);

  if (zone == NULL)
    g_set_error (error, TRK_ERROR, TRK_ERROR_NOT_FOUND, "%s is no time zone (TZif) file", path);
  return zone;
}

char *
trk_zone_system_file (void)
{
  const char *variable = g_getenv ("TZ");
  g_autoptr (TrkZone) zone = NULL;

  if (variable == NULL)
    return g_strdup (LOCALTIME);
  if (*variable == ':')
    variable++;
  if (g_path_is_absolute (variable))
    return g_strdup (variable);
  zone = zone_of_variable (variable);
  return zone == NULL ? g_strdup (LOCALTIME) : NULL;
}

TrkZone *
trk_zone_new (const char *id, GError **error)
{
  g_autofree char *shown = NULL;
  TrkZone *zone = id == NULL ? trk_zone_new_system (NULL) : named_zone (id);

  if (zone != NULL)
    return zone;
  shown = trk_text_line (id, 40);
  g_set_error (error, TRK_ERROR, TRK_ERROR_NOT_FOUND,
               "'%s' is not a time zone of this system; try a name like Europe/Berlin", shown);
  return NULL;
}

TrkZone *
trk_zone_new_utc (void)
{
  return zone_of (trk_tzif_new_from_rule ("UTC0"), "UTC");
}

TrkZone *
trk_zone_ref (TrkZone *zone)
{
  return g_atomic_rc_box_acquire (zone);
}

static void
clear (gpointer data)
{
  TrkZone *zone = data;

  trk_tzif_free (zone->rules);
  g_free (zone->id);
}

void
trk_zone_unref (TrkZone *zone)
{
  if (zone != NULL)
    g_atomic_rc_box_release_full (zone, clear);
}

const char *
trk_zone_id (const TrkZone *zone)
{
  return zone->id;
}

TrkLocal
trk_zone_local (const TrkZone *zone, TrkInstant instant)
{
  return trk_local_from_wall (trk_instant_add (instant, trk_tzif_offset (zone->rules, instant)));
}

/* With the offset of a day before the reading is right, unless the offset changed since; then that
 * of a day after is. When neither leads back to the reading, no clock ever showed it. Of two that
 * do, the one of the day before is the first. */
TrkInstant
trk_zone_instant (const TrkZone *zone, TrkLocal local)
{
  TrkInstant wall = trk_local_to_wall (local);
  TrkPeriod around = { trk_instant_add (wall, -DAY), trk_instant_add (wall, DAY) };
  TrkDuration before, after;
  TrkInstant early, late;

  if (trk_tzif_is_steady (zone->rules, around, &before))
    return trk_instant_add (wall, -before);
  after = trk_tzif_offset (zone->rules, around.end);
  early = trk_instant_add (wall, -before);
  late = trk_instant_add (wall, -after);
  if (before == after || trk_tzif_offset (zone->rules, early) == before)
    return early;
  return trk_tzif_offset (zone->rules, late) == after ? late : early;
}

gboolean
trk_zone_is_steady (const TrkZone *zone, TrkPeriod period, TrkDuration *offset)
{
  return trk_tzif_is_steady (zone->rules, period, offset);
}

char *
trk_zone_format_iso (const TrkZone *zone, TrkInstant instant)
{
  TrkLocal local = trk_zone_local (zone, instant);
  int offset = (int) (trk_tzif_offset (zone->rules, instant) / TRK_MINUTE);
  int year, month, mday, seconds = (int) (local.time / TRK_SECOND);

  if (instant == TRK_NEVER)
    return g_strdup ("never");
  trk_day_to_ymd (local.day, &year, &month, &mday);
  return g_strdup_printf ("%04d-%02d-%02dT%02d:%02d:%02d%c%02d:%02d", year, month, mday,
                          seconds / 3600, seconds / 60 % 60, seconds % 60, offset < 0 ? '-' : '+',
                          ABS (offset) / 60, ABS (offset) % 60);
}

gboolean
trk_zone_parse (const TrkZone *zone, const char *text, TrkInstant *instant, GError **error)
{
  g_autofree char *shown = NULL;
  TrkIso iso;

  if (trk_iso_scan (text, &iso))
    {
      *instant = iso.has_offset ? trk_iso_instant (&iso) : trk_zone_instant (zone, iso.local);
      return TRUE;
    }
  shown = trk_text_line (text, 40);
  g_set_error (error, TRK_ERROR, TRK_ERROR_USAGE,
               "'%s' is not a date or time: write it like 2026-11-23, 2026-11-23T09:00 or "
               "2026-11-23T09:00:00+01:00",
               shown);
  return FALSE;
}

char *
trk_zone_format_time (const TrkZone *zone, TrkInstant instant)
{
  int minutes = (int) (trk_zone_local (zone, instant).time / TRK_MINUTE);
  char *text = g_strdup ("00:00"); /* an agenda has hundreds of them: printf() would be slow */

  text[0] = (char) (text[0] + minutes / 600);
  text[1] = (char) (text[1] + minutes / 60 % 10);
  text[3] = (char) (text[3] + minutes % 60 / 10);
  text[4] = (char) (text[4] + minutes % 10);
  return text;
}
