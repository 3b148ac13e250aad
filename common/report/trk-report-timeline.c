/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-report.h"
#include "trk-times.h"

/* What a cell can show, the stronger first when several take the same share of it. */
typedef enum
{
  CELL_FOCUS,
  CELL_WORK,
  CELL_BREAK,
  CELL_PLANNED,
  N_CELLS,
} Cell;

static const struct
{
  const char *unicode, *ascii;
  TrkPaint paint;
} cells[] = {
  { "█", "#", TRK_PAINT_FOCUS },
  { "▓", "=", TRK_PAINT_MEETING },
  { "▒", "~", TRK_PAINT_BREAK },
  { "░", "-", TRK_PAINT_DIM },
};

typedef struct
{
  TrkPeriodSet *of[N_CELLS];
} Layers;

static void
clear_layers (Layers *layers)
{
  for (guint i = 0; i < N_CELLS; i++)
    g_clear_pointer (&layers->of[i], trk_period_set_free);
}

static void
fill_layers (Layers *layers, const TrkFigureInput *input)
{
  g_autoptr (TrkTimes) times = trk_times_new (input);

  layers->of[CELL_FOCUS] = trk_period_set_copy (times->of[TRK_TIME_FOCUS]);
  layers->of[CELL_WORK] =
      trk_period_set_subtract (times->of[TRK_TIME_WORK], times->of[TRK_TIME_FOCUS]);
  layers->of[CELL_BREAK] = trk_period_set_copy (times->of[TRK_TIME_BREAK]);
  layers->of[CELL_PLANNED] = trk_period_set_new ();
  for (guint i = 0; input->blocks != NULL && i < input->blocks->len; i++)
    {
      const TrkBlockRecord *record = g_ptr_array_index (input->blocks, i);
      TrkPeriod period = trk_period_intersect (record->block->period, input->period);

      if (trk_record_is_planned (record) && trk_kind_is_work (record->block->kind))
        trk_period_set_add (layers->of[CELL_PLANNED], period);
    }
}

/* From the first full hour to the last around everything that is shown; empty when nothing is. */
static TrkPeriod
extent (const Layers *layers, const TrkZone *zone)
{
  TrkPeriod all = { TRK_NEVER, G_MININT64 };
  TrkDuration before, after;

  for (guint i = 0; i < N_CELLS; i++)
    if (layers->of[i]->len > 0)
      {
        all.start = MIN (all.start, trk_period_set_nth (layers->of[i], 0).start);
        all.end = MAX (all.end, trk_period_set_nth (layers->of[i], layers->of[i]->len - 1).end);
      }
  if (trk_period_is_empty (all))
    return (TrkPeriod){ 0, 0 };
  before = trk_zone_local (zone, all.start).time % TRK_HOUR;
  after = trk_zone_local (zone, all.end).time % TRK_HOUR;
  return (TrkPeriod){ all.start - before, all.end + (after > 0 ? TRK_HOUR - after : 0) };
}

/* Is the cell planned? By more than half of it, so that a free half hour shows; and by what is
 * shorter than a cell, and begins in it, so that nothing planned is missing. */
static gboolean
is_planned (const TrkPeriodSet *planned, TrkPeriod cell)
{
  for (guint i = 0; i < planned->len; i++)
    {
      TrkPeriod period = trk_period_set_nth (planned, i);

      if (trk_period_length (period) < trk_period_length (cell)
          && trk_period_contains (cell, period.start))
        return TRUE;
    }
  return 2 * trk_length_within (planned, cell) > trk_period_length (cell);
}

static void
append_cell (GString *out, const TrkStyle *style, const Layers *layers, TrkPeriod period)
{
  TrkDuration most = 0;
  Cell shown = N_CELLS;
  g_autofree char *painted = NULL;

  for (guint i = 0; i < CELL_PLANNED; i++)
    {
      TrkDuration length = trk_length_within (layers->of[i], period);

      if (length > most)
        most = length, shown = (Cell) i;
    }
  /* What was done is shown before what was planned. */
  if (shown == N_CELLS && is_planned (layers->of[CELL_PLANNED], period))
    shown = CELL_PLANNED;
  if (shown == N_CELLS)
    {
      g_string_append (out, style->unicode ? "·" : ".");
      return;
    }
  painted = trk_style_paint (style, cells[shown].paint,
                             style->unicode ? cells[shown].unicode : cells[shown].ascii);
  g_string_append (out, painted);
}

char *
trk_report_timeline (const TrkFigureInput *input, const TrkStyle *style, guint width)
{
  const TrkZone *zone = input->almanac.zone;
  GString *out = g_string_new (NULL);
  Layers layers;
  TrkPeriod all;

  fill_layers (&layers, input);
  all = extent (&layers, zone);
  if (!trk_period_is_empty (all) && width > 0)
    {
      g_autofree char *from = trk_zone_format_time (zone, all.start);
      g_autofree char *to = trk_zone_format_time (zone, all.end);
      TrkDuration length = trk_period_length (all);

      g_string_append_printf (out, "%.2s %s", from, style->unicode ? "▕" : "|");
      for (guint i = 0; i < width; i++)
        append_cell (
            out, style, &layers,
            (TrkPeriod){ all.start + length * i / width, all.start + length * (i + 1) / width });
      g_string_append_printf (out, "%s %.2s", style->unicode ? "▏" : "|", to);
    }
  clear_layers (&layers);
  return g_string_free (out, FALSE);
}
