/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-ics-time.h"

#include "trk-ics-text.h"
#include "trk-iso.h"

#include <string.h>

#define DAY (24 * TRK_HOUR)

/* -- Values ------------------------------------------------------------------------------------ */

gboolean
trk_ics_time_read (const char *text, TrkIcsTime *time)
{
  int year, month, mday, hour, minute, second;

  if (!trk_iso_digits (&text, 4, &year) || !trk_iso_digits (&text, 2, &month)
      || !trk_iso_digits (&text, 2, &mday) || !trk_day_valid (year, month, mday))
    return FALSE;
  time->local = (TrkLocal){ .day = trk_day_from_ymd (year, month, mday) };
  time->form = TRK_ICS_DATE;
  if (*text == '\0')
    return TRUE;
  if (*text++ != 'T' || !trk_iso_digits (&text, 2, &hour) || !trk_iso_digits (&text, 2, &minute)
      || !trk_iso_digits (&text, 2, &second) || hour > 23 || minute > 59 || second > 59)
    return FALSE;
  time->local.time = hour * TRK_HOUR + minute * TRK_MINUTE + second * TRK_SECOND;
  time->form = *text == 'Z' ? TRK_ICS_UTC : TRK_ICS_FLOATING;
  return text[time->form == TRK_ICS_UTC] == '\0';
}

char *
trk_ics_time_write (TrkLocal local, TrkIcsForm form)
{
  int year, month, mday, seconds = (int) (local.time / TRK_SECOND);

  trk_day_to_ymd (local.day, &year, &month, &mday);
  if (form == TRK_ICS_DATE)
    return g_strdup_printf ("%04d%02d%02d", year, month, mday);
  return g_strdup_printf ("%04d%02d%02dT%02d%02d%02d%s", year, month, mday, seconds / 3600,
                          seconds / 60 % 60, seconds % 60, form == TRK_ICS_UTC ? "Z" : "");
}

char *
trk_ics_duration_write (TrkDuration length, gboolean days)
{
  GString *out = g_string_new ("PT");
  gint64 seconds = length / TRK_SECOND;

  if (days)
    {
      g_string_printf (out, "P%" G_GINT64_FORMAT "D", length / DAY);
      return g_string_free (out, FALSE);
    }
  if (seconds >= 3600)
    g_string_append_printf (out, "%" G_GINT64_FORMAT "H", seconds / 3600);
  if (seconds / 60 % 60 > 0 || (seconds >= 3600 && seconds % 60 > 0))
    g_string_append_printf (out, "%" G_GINT64_FORMAT "M", seconds / 60 % 60);
  if (seconds % 60 > 0 || seconds == 0)
    g_string_append_printf (out, "%" G_GINT64_FORMAT "S", seconds % 60);
  return g_string_free (out, FALSE);
}

/* -- Clocks ------------------------------------------------------------------------------------ */

TrkIcsClock *
trk_ics_clock_new (TrkIcsForm form, const char *tzid, const TrkZone *zone)
{
  TrkIcsClock *clock = g_new0 (TrkIcsClock, 1);

  clock->form = form;
  clock->tzid = g_strdup (tzid);
  clock->zone = zone != NULL ? trk_zone_ref ((TrkZone *) zone) : NULL;
  return clock;
}

void
trk_ics_clock_free (TrkIcsClock *clock)
{
  if (clock == NULL)
    return;
  g_free (clock->tzid);
  if (clock->zone != NULL)
    trk_zone_unref (clock->zone);
  g_free (clock);
}

/* The zone by its own name, or by what stands behind one of its slashes. */
static TrkZone *
zone_named (const char *tzid)
{
  TrkZone *zone = trk_zone_new (tzid, NULL);

  for (const char *slash = strchr (tzid, '/'); zone == NULL && slash != NULL;
       slash = strchr (slash + 1, '/'))
    if (strchr (slash + 1, '/') != NULL) /* not "Lindau" of "Other/Lindau" */
      zone = trk_zone_new (slash + 1, NULL);
  return zone;
}

TrkIcsClock *
trk_ics_clock_of_line (const TrkContentLine *line, const TrkZone *home)
{
  g_auto (GStrv) values = g_strsplit_set (line->value, ",/", 2);

  return values[0] != NULL ? trk_ics_clock_of_value (line, values[0], home) : NULL;
}

TrkIcsClock *
trk_ics_clock_of_value (const TrkContentLine *line, const char *text, const TrkZone *home)
{
  const char *tzid = trk_content_line_param (line, "TZID");
  g_autoptr (TrkZone) zone = NULL;
  TrkIcsTime time;

  if (!trk_ics_time_read (text, &time))
    return NULL;
  if (time.form == TRK_ICS_UTC)
    {
      zone = trk_zone_new_utc ();
      return trk_ics_clock_new (TRK_ICS_UTC, NULL, zone);
    }
  if (time.form == TRK_ICS_DATE || tzid == NULL)
    return trk_ics_clock_new (time.form, NULL, home);
  zone = zone_named (tzid);
  return trk_ics_clock_new (TRK_ICS_ZONED, tzid, zone);
}

char *
trk_ics_clock_write (const TrkIcsClock *clock, TrkInstant instant)
{
  TrkLocal local;

  if (clock->zone == NULL)
    return NULL;
  local = trk_zone_local (clock->zone, instant);
  if (clock->form != TRK_ICS_DATE && trk_zone_instant (clock->zone, local) != instant)
    return NULL;
  return trk_ics_time_write (local, clock->form);
}

char *
trk_ics_clock_head (const TrkIcsClock *clock, const char *name)
{
  g_autofree char *tzid = clock->tzid != NULL ? trk_ics_param (clock->tzid) : NULL;

  if (clock->form == TRK_ICS_DATE)
    return g_strconcat (name, ";VALUE=DATE", NULL);
  return tzid != NULL ? g_strconcat (name, ";TZID=", tzid, NULL) : g_strdup (name);
}

gboolean
trk_ics_clock_read (const TrkIcsClock *clock, const char *text, TrkInstant *instant)
{
  TrkIcsTime time;

  if (!trk_ics_time_read (text, &time))
    return FALSE;
  if (time.form == TRK_ICS_UTC)
    {
      *instant = trk_local_to_wall (time.local);
      return TRUE;
    }
  if (clock->zone == NULL)
    return FALSE;
  *instant = trk_zone_instant (clock->zone, time.local);
  return TRUE;
}

TrkLocal
trk_ics_local_meant (const TrkZone *zone, TrkInstant instant, TrkDuration time)
{
  TrkLocal shown = trk_zone_local (zone, instant);
  TrkLocal meant = { .day = shown.day, .time = time };

  return trk_zone_instant (zone, meant) == instant ? meant : shown;
}
