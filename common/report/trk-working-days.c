/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-working-days.h"

#include "trk-times.h"

struct _TrkWorkingDays
{
  const TrkAlmanac *almanac; /* borrowed */
  GHashTable *planned;       /* of TrkDay: work is planned on it */
  GHashTable *told;          /* of TrkDay: first days of the weeks in which anything is planned */
};

static gboolean
is_weekday (TrkDay day)
{
  return trk_day_weekday (day) <= 5;
}

TrkWorkingDays *
trk_working_days_new (const GPtrArray *blocks, const TrkAlmanac *almanac)
{
  TrkWorkingDays *days = g_new0 (TrkWorkingDays, 1);
  TrkPeriod period = { 0, 0 };
  TrkDay day = 0;

  days->almanac = almanac;
  days->planned = g_hash_table_new (NULL, NULL);
  days->told = g_hash_table_new (NULL, NULL);
  for (guint i = 0; blocks != NULL && i < blocks->len; i++)
    {
      const TrkBlockRecord *record = g_ptr_array_index (blocks, i);

      if (!trk_record_is_planned (record))
        continue;
      if (!trk_period_contains (period, record->block->period.start)) /* they come by start */
        {
          day = trk_almanac_day (almanac, record->block->period.start);
          period = trk_almanac_day_period (almanac, day);
          g_hash_table_add (days->told, GINT_TO_POINTER (trk_almanac_week_first (almanac, day)));
        }
      if (trk_kind_is_work (record->block->kind))
        g_hash_table_add (days->planned, GINT_TO_POINTER (day));
    }
  return days;
}

void
trk_working_days_free (TrkWorkingDays *days)
{
  if (days == NULL)
    return;
  g_hash_table_unref (days->planned);
  g_hash_table_unref (days->told);
  g_free (days);
}

gboolean
trk_working_days_is_told (const TrkWorkingDays *days, TrkDay day)
{
  TrkDay week = trk_almanac_week_first (days->almanac, day);

  return g_hash_table_contains (days->told, GINT_TO_POINTER (week));
}

gboolean
trk_working_days_is_planned (const TrkWorkingDays *days, TrkDay day)
{
  return g_hash_table_contains (days->planned, GINT_TO_POINTER (day));
}

gboolean
trk_working_days_has (const TrkWorkingDays *days, TrkDay day)
{
  return trk_working_days_is_planned (days, day)
         || (is_weekday (day) && !trk_working_days_is_told (days, day));
}

TrkDay
trk_weekdays_last (TrkDay first, guint count)
{
  TrkDay day = first;

  count -= is_weekday (day);
  while (count > 0)
    count -= is_weekday (++day);
  return day;
}

guint
trk_weekdays_count (TrkDay first, TrkDay last)
{
  guint count = 0;

  for (TrkDay day = first; day <= last; day++)
    count += is_weekday (day);
  return count;
}
