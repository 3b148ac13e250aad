/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-file-zones.h"

#include <string.h>

static void
free_range (gpointer data)
{
  TrkZoneRange *range = data;

  trk_timezone_unref (range->timezone);
  g_free (range);
}

TrkFileZones *
trk_file_zones_new (void)
{
  TrkFileZones *zones = g_new0 (TrkFileZones, 1);

  zones->ranges = g_ptr_array_new_with_free_func (free_range);
  zones->by_name = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return zones;
}

void
trk_file_zones_free (TrkFileZones *zones)
{
  if (zones == NULL)
    return;
  g_hash_table_unref (zones->by_name);
  g_ptr_array_unref (zones->ranges);
  g_free (zones);
}

char *
trk_file_zones_name (const char *written)
{
  GString *name = g_string_new (NULL);
  const char *more;

  for (const char *p = written; *p != '\0'; p++)
    if (*p != '\\' && *p != '"')
      g_string_append_c (name, *p);
  if ((more = strstr (name->str, ";VALUE=")) != NULL) /* the quote ends too late */
    g_string_truncate (name, (gsize) (more - name->str));
  g_strstrip (name->str);
  return g_string_free (name, FALSE);
}

/* What a name is found by: of one calendar, or (-1) of any. */
static char *
key_of (const char *tzid, int calendar)
{
  g_autofree char *folded = g_utf8_casefold (tzid, -1);

  return g_strdup_printf ("%d %s", calendar, folded);
}

static void
insert (TrkFileZones *zones, char *key, TrkZoneRange *range)
{
  if (g_hash_table_contains (zones->by_name, key))
    g_free (key);
  else
    g_hash_table_insert (zones->by_name, key, range);
}

void
trk_file_zones_add (TrkFileZones *zones, const char *tzid, const TrkZoneRange *range)
{
  TrkZoneRange *added = g_memdup2 (range, sizeof *range);

  g_ptr_array_add (zones->ranges, added);
  insert (zones, key_of (tzid, (int) range->calendar), added);
  insert (zones, key_of (tzid, -1), added);
}

TrkZoneRange *
trk_file_zones_find (const TrkFileZones *zones, const char *tzid, guint calendar)
{
  g_autofree char *here = NULL;
  g_autofree char *anywhere = NULL;
  TrkZoneRange *range;

  if (zones->ranges->len == 0)
    return NULL;
  here = key_of (tzid, (int) calendar);
  anywhere = key_of (tzid, -1);
  range = g_hash_table_lookup (zones->by_name, here);
  return range != NULL ? range : g_hash_table_lookup (zones->by_name, anywhere);
}
