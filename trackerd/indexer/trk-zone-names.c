/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-zone-names.h"

#include "trk-iso.h"
#include "trk-windows-names.h"

#include <string.h>
#include <unicode/ucal.h>
#include <unicode/uenum.h>

enum
{
  MAX_NAME = 200,
  MAX_IANA = 64 /* of a name of IANA's, the longest of which has 32 */
};

struct _TrkZoneNames
{
  TrkTimezone *floating; /* (owned) */
  TrkTimezone *utc;      /* (owned) */
  GHashTable *system;    /* of char* → TrkTimezone (NULL: looked for, not there); (owned) */
  GHashTable *foreign;   /* the same */
  GHashTable *spellings; /* of char*, folded → char*, IANA's; (owned) (nullable) */
  GHashTable *cities;    /* the same, but of what stands behind the last slash */
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
  g_clear_pointer (&names->spellings, g_hash_table_unref);
  g_clear_pointer (&names->cities, g_hash_table_unref);
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
lookup (TrkZoneNames *names,
        GHashTable *table,
        const char *tzid,
        TrkTimezone *(*find) (TrkZoneNames *, const char *) )
{
  gpointer known = NULL;

  if (strlen (tzid) > MAX_NAME)
    return NULL;
  if (!g_hash_table_lookup_extended (table, tzid, NULL, &known))
    {
      known = find (names, tzid);
      g_hash_table_insert (table, g_strdup (tzid), known);
    }
  return known;
}

/* What a name is found by: without case, and a space is an underscore. */
static char *
folded (const char *name)
{
  char *lower = g_ascii_strdown (name, -1);

  return g_strdelimit (lower, " ", '_');
}

/* ICU's list of IANA names, read once: by name, and by the city that ends it. */
static void
read_spellings (TrkZoneNames *names)
{
  UErrorCode status = U_ZERO_ERROR;
  UEnumeration *all = ucal_openTimeZones (&status);
  const char *id;

  names->spellings = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  names->cities = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  while (U_SUCCESS (status) && (id = uenum_next (all, NULL, &status)) != NULL)
    {
      const char *slash = strrchr (id, '/');

      g_hash_table_insert (names->spellings, folded (id), g_strdup (id));
      if (slash != NULL)
        g_hash_table_insert (names->cities, folded (slash + 1), g_strdup (id));
    }
  uenum_close (all);
}

/* The zone that @name leads to in one of these tables. NULL: none. */
static TrkTimezone *
find_spelling (TrkZoneNames *names, GHashTable *const *table, const char *name)
{
  g_autofree char *key = NULL;
  const char *id;

  if (strlen (name) > MAX_IANA)
    return NULL;
  if (names->spellings == NULL)
    read_spellings (names);
  key = folded (name);
  id = g_hash_table_lookup (*table, key);
  return id != NULL ? trk_timezone_new_system (id) : NULL;
}

static TrkTimezone *
find_iana (TrkZoneNames *names, const char *tzid)
{
  TrkTimezone *timezone = NULL;

  if (*tzid != '\0' && strlen (tzid) <= MAX_IANA)
    timezone = trk_timezone_new_system (tzid);
  return timezone != NULL ? timezone : find_spelling (names, &names->spellings, tzid);
}

/* The last three parts of a name between slashes, more than which none of IANA's has
 * ("America/Argentina/Salta"); the whole when it has no more. */
static const char *
last_three (const char *name)
{
  const char *begin = name + strlen (name);

  for (guint slashes = 0; begin > name; begin--)
    if (begin[-1] == '/' && ++slashes == 3)
      break;
  return begin;
}

/* IANA, or IANA behind a prefix that begins with a slash or a host's name. */
static TrkTimezone *
find_system (TrkZoneNames *names, const char *tzid)
{
  TrkTimezone *timezone = find_iana (names, tzid);
  const char *rest = strchr (tzid, '/');
  const char *dot = strchr (tzid, '.');

  if (*tzid != '/' && (dot == NULL || rest == NULL || dot > rest))
    return timezone;
  if (rest != NULL && last_three (rest) > rest)
    rest = last_three (rest) - 1;
  for (; rest != NULL && timezone == NULL; rest = strchr (rest + 1, '/'))
    timezone = strchr (rest + 1, '/') != NULL ? find_iana (names, rest + 1) : NULL;
  return timezone;
}

TrkTimezone *
trk_zone_names_system (TrkZoneNames *names, const char *tzid)
{
  return lookup (names, names->system, tzid, find_system);
}

TrkTimezone *
trk_zone_names_listed (TrkZoneNames *names, const char *tzid)
{
  TrkTimezone *timezone = g_hash_table_lookup (names->system, tzid);

  if (timezone == NULL)
    timezone = g_hash_table_lookup (names->foreign, tzid);
  if (timezone != NULL || strlen (tzid) > MAX_NAME)
    return timezone;
  timezone = find_spelling (names, &names->spellings, tzid);
  if (timezone != NULL)
    g_hash_table_insert (names->system, g_strdup (tzid), timezone);
  return timezone;
}

/* Windows' names of hours that the places which ICU 72 has for them left in 2022 and 2024; newer
 * ones have these (CLDR 43 and 45). NULL: no such name. */
static const char *
moved (const char *tzid)
{
  static const char *const zones[][2] = {
    { "Mountain Standard Time (Mexico)", "America/Mazatlan" },
    { "Central Asia Standard Time", "Asia/Bishkek" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (zones); i++)
    if (g_str_equal (zones[i][0], tzid))
      return zones[i][1];
  return NULL;
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

  if (moved (tzid) != NULL)
    return trk_timezone_new_system (moved (tzid));
  if (name == NULL)
    return NULL;
  n = ucal_getTimeZoneIDForWindowsID ((const UChar *) name, (int32_t) length, NULL, id, MAX_NAME,
                                      &status);
  if (U_FAILURE (status) || n <= 0 || n >= MAX_NAME)
    return NULL;
  iana = g_utf16_to_utf8 ((const gunichar2 *) id, n, NULL, NULL, NULL);
  return iana != NULL ? trk_timezone_new_system (iana) : NULL;
}

/* A Windows name that lost or changed what it ends in: "W. Europe" (Lotus Notes), "Eastern Time",
 * "Eastern Daylight Time". */
static TrkTimezone *
find_stem (const char *tzid)
{
  static const char *const ends[] = { " Daylight Time", " Summer Time", " Time" };
  g_autofree char *stem = g_strdup (tzid);
  g_autofree char *whole = NULL;
  const char *known;

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    if (g_str_has_suffix (stem, ends[i]))
      stem[strlen (stem) - strlen (ends[i])] = '\0';
  whole = g_strconcat (stem, " Standard Time", NULL);
  known = trk_windows_name (whole);
  return find_windows (known != NULL ? known : whole);
}

/* "1", "01", "0130", "01:30", "1:30". */
static gboolean
read_offset (const char *text, TrkDuration *offset)
{
  int hours, minutes = 0;

  if (!trk_iso_digits (&text, 2, &hours) && !trk_iso_digits (&text, 1, &hours))
    return FALSE;
  if (*text != '\0')
    {
      text += *text == ':';
      if (!trk_iso_digits (&text, 2, &minutes))
        return FALSE;
    }
  *offset = hours * TRK_HOUR + minutes * TRK_MINUTE;
  return *text == '\0' && hours <= 15 && minutes <= 59;
}

/* "UTC+01:00", "GMT-0330", "UTC+2", "+0100", "(GMT +01:00)". */
static TrkTimezone *
find_offset (const char *tzid)
{
  g_autofree char *bare = g_strdup (tzid);
  const char *p = g_strstrip (g_strdelimit (bare, "()", ' '));
  TrkDuration offset;

  if (g_str_has_prefix (p, "UTC") || g_str_has_prefix (p, "GMT"))
    p += 3;
  p += strspn (p, " ");
  if ((*p != '+' && *p != '-') || !read_offset (p + 1, &offset))
    return NULL;
  return trk_timezone_new_fixed (*p == '-' ? -offset : offset);
}

/* A city's name alone. What only some land knows ("Brazil/West", "Australia/North") is no city. */
static TrkTimezone *
find_city (TrkZoneNames *names, const char *tzid)
{
  static const char *const lands[] = {
    "Brazil/",
    "Canada/",
    "Chile/",
    "Etc/",
    "Mexico/",
    "US/",
    "SystemV/",
    "Australia/ACT",
    "Australia/LHI",
    "Australia/NSW",
    "Australia/North",
    "Australia/Queensland",
    "Australia/South",
    "Australia/Tasmania",
    "Australia/Victoria",
    "Australia/West",
    "Australia/Yancowinna",
  };
  TrkTimezone *timezone = find_spelling (names, &names->cities, tzid);
  g_autofree char *key = folded (tzid);
  const char *id = timezone != NULL ? g_hash_table_lookup (names->cities, key) : NULL;

  for (guint i = 0; timezone != NULL && i < G_N_ELEMENTS (lands); i++)
    if (g_str_has_prefix (id, lands[i]))
      g_clear_pointer (&timezone, trk_timezone_unref);
  return timezone;
}

/* "(GMT+01:00) Amsterdam, Belgrade, Berlin", or with slashes between: cities of one time, as
 * Windows listed them in its early versions; the first of them that has a zone of its name. */
static TrkTimezone *
find_cities (TrkZoneNames *names, const char *tzid)
{
  const char *list = *tzid == '(' && strchr (tzid, ')') != NULL ? strchr (tzid, ')') + 1 : tzid;
  g_auto (GStrv) cities = g_strsplit_set (list, list > tzid ? ",/" : ",", -1);
  TrkTimezone *timezone = NULL;

  if (g_strv_length (cities) == 1)
    return find_city (names, g_strstrip (cities[0]));
  for (char **city = cities; *city != NULL && timezone == NULL; city++)
    timezone = find_spelling (names, &names->cities, g_strstrip (*city));
  return timezone;
}

static TrkTimezone *
find_foreign (TrkZoneNames *names, const char *tzid)
{
  const char *windows = trk_windows_name (tzid);
  TrkTimezone *timezone = find_windows (windows != NULL ? windows : tzid);

  if (timezone == NULL && g_ascii_strcasecmp (tzid, "tzone://Microsoft/Utc") == 0) /* Exchange */
    timezone = trk_timezone_new_fixed (0);
  if (timezone == NULL)
    timezone = find_offset (tzid);
  if (timezone == NULL)
    timezone = find_stem (tzid);
  return timezone != NULL ? timezone : find_cities (names, tzid);
}

TrkTimezone *
trk_zone_names_foreign (TrkZoneNames *names, const char *tzid)
{
  return lookup (names, names->foreign, tzid, find_foreign);
}

guint
trk_zone_names_looked_for (const TrkZoneNames *names)
{
  return g_hash_table_size (names->foreign);
}
