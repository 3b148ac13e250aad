/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-named.h"

TrkNamed *
trk_named_new (void)
{
  TrkNamed *named = g_new0 (TrkNamed, 1);

  named->keys = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  named->days = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  return named;
}

void
trk_named_free (TrkNamed *named)
{
  g_hash_table_unref (named->keys);
  g_hash_table_unref (named->days);
  g_free (named);
}

static void
insert (GHashTable *table, TrkInstant number, gpointer what)
{
  g_hash_table_insert (table, g_memdup2 (&number, sizeof number), what);
}

/* The day of a series of dates that @moment names. Servers write them in UTC: then it is the
 * midnight next to it, wherever within twelve hours of Greenwich that was one. */
static TrkInstant
day_named (const TrkMoment *start, const TrkMoment *moment)
{
  const TrkDuration half = 12 * TRK_HOUR - TRK_SECOND;

  return trk_wall_midnight (moment->wall + (start->is_date && moment->is_utc ? half : 0));
}

void
trk_named_add (TrkNamed *named, const TrkMoment *start, const TrkMoment *moment, gpointer what)
{
  TrkMoment reading = *moment;

  if (start->is_date || moment->is_date)
    {
      insert (named->days, day_named (start, moment), what);
      return;
    }
  if (trk_timezone_is_floating (moment->zone) || trk_timezone_is_floating (start->zone))
    reading.zone = start->zone;
  insert (named->keys, trk_moment_key (&reading), what);
}

gpointer
trk_named_lookup (const TrkNamed *named, TrkInstant key, TrkInstant wall)
{
  TrkInstant day = trk_wall_midnight (wall);
  gpointer found = g_hash_table_lookup (named->keys, &key);

  return found != NULL ? found : g_hash_table_lookup (named->days, &day);
}
