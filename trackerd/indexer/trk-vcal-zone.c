/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-vcal-zone.h"

#include "trk-value.h"

static gboolean
parse_daylight (const char *text, TrkDaylight *period)
{
  g_auto (GStrv) words = g_strsplit (text, ";", 6);
  TrkDateValue start, end;

  if (g_strv_length (words) < 4 || g_ascii_strcasecmp (words[0], "TRUE") != 0
      || !trk_utc_offset_parse (words[1], &period->offset)
      || !trk_date_value_parse (words[2], &start, NULL)
      || !trk_date_value_parse (words[3], &end, NULL))
    return FALSE;
  period->start = start.wall;
  period->end = end.wall;
  return period->start < period->end;
}

static gint
compare_periods (gconstpointer a, gconstpointer b)
{
  const TrkDaylight *x = a, *y = b;

  return x->start < y->start ? -1 : x->start > y->start;
}

TrkTimezone *
trk_vcal_zone_new (const char *home, const GPtrArray *daylight)
{
  g_autoptr (GArray) periods = g_array_new (FALSE, FALSE, sizeof (TrkDaylight));
  TrkDuration standard;

  if (!trk_utc_offset_parse (home, &standard))
    return NULL;
  for (guint i = 0; daylight != NULL && i < daylight->len; i++)
    {
      TrkDaylight period;

      if (parse_daylight (g_ptr_array_index (daylight, i), &period))
        g_array_append_val (periods, period);
    }
  g_array_sort (periods, compare_periods);
  return trk_timezone_new_daylight (standard, periods);
}
