/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-day-bar.h"

/* What a character can say, the later the stronger where both take as long. */
typedef enum
{
  CELL_NOTHING,
  CELL_PLANNED,
  CELL_BREAK,
  CELL_WORK,
  CELL_FOCUS,
} Cell;

static const struct
{
  const char *unicode, *ascii;
} signs[] = { { "·", "." }, { "░", "-" }, { "▒", "~" }, { "▓", "=" }, { "█", "#" } };

static TrkPeriod
kept_period (const TrkEntry *entry, TrkInstant now)
{
  TrkPeriod period = { entry->period.start, MIN (entry->period.end, now) };

  return period;
}

static void
widen (TrkPeriod *hours, TrkPeriod period, TrkPeriod day)
{
  TrkPeriod inside = trk_period_intersect (period, day);

  if (trk_period_is_empty (inside))
    return;
  hours->start = MIN (hours->start, inside.start);
  hours->end = MAX (hours->end, inside.end);
}

/* The full hour of the wall clock at or before @instant. */
static TrkInstant
hour_before (const TrkZone *zone, TrkInstant instant)
{
  TrkLocal local = trk_zone_local (zone, instant);

  return instant - local.time % TRK_HOUR;
}

TrkPeriod
trk_day_bar_hours (TrkPeriod day,
                   const GPtrArray *records,
                   const GPtrArray *entries,
                   TrkInstant now,
                   const TrkZone *zone)
{
  TrkPeriod hours = { day.end, day.start };

  for (guint i = 0; i < records->len; i++)
    {
      const TrkBlock *block = ((TrkBlockRecord *)g_ptr_array_index (records, i))->block;

      if (block->kind != TRK_KIND_OFF)
        widen (&hours, block->period, day);
    }
  for (guint i = 0; i < entries->len; i++)
    widen (&hours, kept_period (g_ptr_array_index (entries, i), now), day);
  if (trk_period_is_empty (hours))
    return hours;
  hours.start = hour_before (zone, hours.start);
  hours.end = hour_before (zone, hours.end + TRK_HOUR - 1);
  return hours;
}

static Cell
cell_of_kind (TrkKind kind)
{
  if (kind == TRK_KIND_FOCUS)
    return CELL_FOCUS;
  return trk_kind_is_work (kind) ? CELL_WORK : CELL_BREAK;
}

/* Time that was kept takes a character when it fills a third of it, so that short entries show. */
static Cell
cell_at (TrkPeriod cell, const GPtrArray *records, const GPtrArray *entries, TrkInstant now)
{
  TrkDuration times[G_N_ELEMENTS (signs)] = { 0 };
  TrkDuration kept = 0;
  Cell most = CELL_BREAK;

  for (guint i = 0; i < entries->len; i++)
    {
      const TrkEntry *entry = g_ptr_array_index (entries, i);
      TrkPeriod part = trk_period_intersect (kept_period (entry, now), cell);

      times[cell_of_kind (entry->kind)] += trk_period_length (part);
      kept += trk_period_length (part);
    }
  for (guint i = 0; i < records->len; i++)
    {
      const TrkBlock *block = ((TrkBlockRecord *)g_ptr_array_index (records, i))->block;

      if (block->kind != TRK_KIND_OFF)
        times[CELL_PLANNED] += trk_period_length (trk_period_intersect (block->period, cell));
    }
  for (Cell c = CELL_BREAK; c <= CELL_FOCUS; c++)
    most = times[c] >= times[most] ? c : most;
  if (kept * 3 >= trk_period_length (cell))
    return most;
  return times[CELL_PLANNED] * 2 >= trk_period_length (cell) ? CELL_PLANNED : CELL_NOTHING;
}

char *
trk_day_bar_new (const TrkStyle *style,
                 TrkPeriod period,
                 guint width,
                 const GPtrArray *records,
                 const GPtrArray *entries,
                 TrkInstant now)
{
  GString *out = g_string_new (NULL);
  TrkDuration length = trk_period_length (period);

  for (guint i = 0; i < width; i++)
    {
      TrkPeriod cell = { period.start + length * i / width,
                         period.start + length * (i + 1) / width };
      Cell shown = cell_at (cell, records, entries, now);

      g_string_append (out, style->unicode ? signs[shown].unicode : signs[shown].ascii);
    }
  return g_string_free (out, FALSE);
}
