/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-zone-names.h"

#include "trk-windows-names.h"

#include <stdio.h>
#include <string.h>
#include <unicode/ucal.h>
#include <unicode/uenum.h>

enum
{
  MAX_NAME = 200
};

struct _TrkZoneNames
{
  TrkTimezone *floating; /* (owned) */
  TrkTimezone *utc;      /* (owned) */
  GHashTable *system;    /* of char* → TrkTimezone (NULL: looked for, not there); (owned) */
  GHashTable *foreign;   /* the same */
};

static void
unref_zone (gpointer timezone)
{
  trk_timezone_unref (timezone);
}

TrkZoneNames *
trk_zone_names_new (void)
{
  TrkZoneNames *names = g_new0 (TrkZoneNames, 1);

  names->floating = trk_timezone_new_floating ();
  names->utc = trk_timezone_new_fixed (0);
  names->system = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, unref_zone);
  names->foreign = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, unref_zone);
  return names;
}

void
trk_zone_names_free (TrkZoneNames *names)
{
  if (names == NULL)
    return;
  trk_timezone_unref (names->floating);
  trk_timezone_unref (names->utc);
  g_hash_table_unref (names->system);
  g_hash_table_unref (names->foreign);
  g_free (names);
}

TrkTimezone *
trk_zone_names_floating (TrkZoneNames *names)
{
  return names->floating;
}

TrkTimezone *
trk_zone_names_utc (TrkZoneNames *names)
{
  return names->utc;
}

/* Looks @tzid up in @table, else by @find, whose answer is kept (none, too). */
static TrkTimezone *
lookup (GHashTable *table, const char *tzid, TrkTimezone *(*find) (const char *) )
{
  gpointer known = NULL;

  if (strlen (tzid) > MAX_NAME)
    return NULL;
  if (!g_hash_table_lookup_extended (table, tzid, NULL, &known))
    {
      known = find (tzid);
      g_hash_table_insert (table, g_strdup (tzid), known);
    }
  return known;
}

/* Do both name one zone? Case does not matter, and a space is an underscore. */
static gboolean
same_name (const char *a, const char *b)
{
  for (; *a != '\0' && *b != '\0'; a++, b++)
    if (g_ascii_tolower (*a == ' ' ? '_' : *a) != g_ascii_tolower (*b))
      return FALSE;
  return *a == *b;
}

/* The IANA name that @tzid is a misspelling of, by ICU's list. NULL: none. Owned by the caller. */
static char *
respell (const char *tzid)
{
  UErrorCode status = U_ZERO_ERROR;
  UEnumeration *all = ucal_openTimeZones (&status);
  const char *name;
  char *found = NULL;

  while (U_SUCCESS (status) && found == NULL && (name = uenum_next (all, NULL, &status)) != NULL)
    if (same_name (tzid, name))
      found = g_strdup (name);
  uenum_close (all);
  return found;
}

static TrkTimezone *
find_iana (const char *tzid)
{
  TrkTimezone *timezone = *tzid != '\0' ? trk_timezone_new_system (tzid) : NULL;
  g_autofree char *name = timezone == NULL ? respell (tzid) : NULL;

  return name != NULL ? trk_timezone_new_system (name) : timezone;
}

/* IANA, or IANA behind a prefix that begins with a slash or a host's name. */
static TrkTimezone *
find_system (const char *tzid)
{
  TrkTimezone *timezone = find_iana (tzid);
  const char *rest = strchr (tzid + (*tzid == '/'), '/');
  const char *dot = strchr (tzid, '.');

  if (*tzid != '/' && (dot == NULL || rest == NULL || dot > rest))
    return timezone;
  for (; rest != NULL && timezone == NULL; rest = strchr (rest + 1, '/'))
    timezone = strchr (rest + 1, '/') != NULL ? find_iana (rest + 1) : NULL;
  return timezone;
}

TrkTimezone *
trk_zone_names_system (TrkZoneNames *names, const char *tzid)
{
  return lookup (names->system, tzid, find_system);
}

static TrkTimezone *
find_windows (const char *tzid)
{
  UErrorCode status = U_ZERO_ERROR;
  glong length = 0;
  g_autofree gunichar2 *name = g_utf8_to_utf16 (tzid, -1, NULL, &length, NULL);
  UChar id[MAX_NAME];
  int32_t n;
  g_autofree char *iana = NULL;

  if (name == NULL)
    return NULL;
  n = ucal_getTimeZoneIDForWindowsID ((const UChar *) name, (int32_t) length, NULL, id, MAX_NAME,
                                      &status);
  if (U_FAILURE (status) || n <= 0 || n >= MAX_NAME)
    return NULL;
  iana = g_utf16_to_utf8 ((const gunichar2 *) id, n, NULL, NULL, NULL);
  return iana != NULL ? trk_timezone_new_system (iana) : NULL;
}

/* "UTC+01:00", "GMT-0330", "UTC+2", "+0100". */
static TrkTimezone *
find_offset (const char *tzid)
{
  const char *p = tzid;
  int hours, minutes = 0, n = 0;
  char sign;

  if (g_str_has_prefix (p, "UTC") || g_str_has_prefix (p, "GMT"))
    p += 3;
  sign = *p;
  if ((sign != '+' && sign != '-') || strspn (p + 1, "0123456789:") != strlen (p + 1))
    return NULL;
  if (sscanf (p + 1, "%2d:%2d%n", &hours, &minutes, &n) != 2
      && sscanf (p + 1, "%2d%2d%n", &hours, &minutes, &n) != 2
      && sscanf (p + 1, "%2d%n", &hours, &n) != 1)
    return NULL;
  if (p[1 + n] != '\0' || hours > 15 || minutes > 59)
    return NULL;
  return trk_timezone_new_fixed ((sign == '-' ? -1 : 1)
                                 * (hours * TRK_HOUR + minutes * TRK_MINUTE));
}

static TrkTimezone *
find_foreign (const char *tzid)
{
  const char *windows = trk_windows_name (tzid);
  TrkTimezone *timezone = find_windows (windows != NULL ? windows : tzid);

  if (timezone == NULL && g_ascii_strcasecmp (tzid, "tzone://Microsoft/Utc") == 0) /* Exchange */
    timezone = trk_timezone_new_fixed (0);
  return timezone != NULL ? timezone : find_offset (tzid);
}

TrkTimezone *
trk_zone_names_foreign (TrkZoneNames *names, const char *tzid)
{
  return lookup (names->foreign, tzid, find_foreign);
}
