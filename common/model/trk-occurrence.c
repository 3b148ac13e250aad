/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-occurrence.h"

#include <string.h>

TrkOccurrence *
trk_occurrence_new (void)
{
  return g_rc_box_new0 (TrkOccurrence);
}

TrkOccurrence *
trk_occurrence_new_with_room (gsize room, gpointer *memory)
{
  TrkOccurrence *occurrence = g_rc_box_alloc (sizeof *occurrence + room);

  memset (occurrence, 0, sizeof *occurrence);
  occurrence->in_one_piece = TRUE;
  *memory = occurrence + 1;
  return occurrence;
}

TrkOccurrence *
trk_occurrence_again (TrkOccurrence *occurrence, const char *recurrence_id)
{
  gsize room = recurrence_id != NULL ? strlen (recurrence_id) + 1 : 0;
  TrkOccurrence *again = g_rc_box_alloc (sizeof *again + room);

  *again = *occurrence;
  again->recurrence_id = room > 0 ? memcpy (again + 1, recurrence_id, room) : NULL;
  again->texts_of =
      trk_occurrence_ref (occurrence->texts_of != NULL ? occurrence->texts_of : occurrence);
  return again;
}

TrkOccurrence *
trk_occurrence_ref (TrkOccurrence *occurrence)
{
  return g_rc_box_acquire (occurrence);
}

static void
free_texts (TrkOccurrence *occurrence)
{
  g_free (occurrence->calendar);
  g_free (occurrence->uid);
  g_free (occurrence->recurrence_id);
  g_free (occurrence->summary);
  g_free (occurrence->description);
  g_free (occurrence->location);
  g_free (occurrence->link);
  g_free (occurrence->kind);
  g_strfreev (occurrence->categories);
  g_strfreev (occurrence->attendees);
  g_strfreev (occurrence->declined);
}

static void
clear (gpointer data)
{
  TrkOccurrence *occurrence = data;

  if (occurrence->texts_of != NULL)
    {
      trk_occurrence_unref (occurrence->texts_of);
      return;
    }
  g_clear_pointer (&occurrence->leads, g_array_unref);
  if (!occurrence->in_one_piece)
    free_texts (occurrence);
}

void
trk_occurrence_unref (TrkOccurrence *occurrence)
{
  if (occurrence != NULL)
    g_rc_box_release_full (occurrence, clear);
}

gboolean
trk_occurrence_is_in (const TrkOccurrence *occurrence, TrkPeriod period)
{
  return trk_period_is_empty (occurrence->period)
             ? trk_period_contains (period, occurrence->period.start)
             : trk_period_overlaps (occurrence->period, period);
}

TrkPeriod
trk_occurrence_time (const TrkOccurrence *occurrence, const TrkAlmanac *almanac)
{
  TrkPeriod period = occurrence->period;

  if (!occurrence->all_day || trk_period_is_empty (period))
    return period;
  return trk_almanac_days_period (almanac, trk_zone_local (almanac->zone, period.start).day,
                                  trk_zone_local (almanac->zone, period.end - 1).day);
}

gint
trk_occurrence_compare (gconstpointer a, gconstpointer b)
{
  const TrkOccurrence *x = *(const TrkOccurrence *const *) a;
  const TrkOccurrence *y = *(const TrkOccurrence *const *) b;
  gint order;

  if (x->period.start != y->period.start)
    return x->period.start < y->period.start ? -1 : 1;
  if (x->period.end != y->period.end)
    return x->period.end < y->period.end ? -1 : 1;
  order = g_strcmp0 (x->calendar, y->calendar);
  return order != 0 ? order : g_strcmp0 (x->uid, y->uid);
}
