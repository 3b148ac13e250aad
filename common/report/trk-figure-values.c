/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-figure-values.h"

static const char *const names[] = { "focus",          "shallow",    "meeting",
                                     "break",          "routine",    "off",
                                     "work",           "unverified", "planned",
                                     "planned_by_now", "on_plan",    "off_plan",
                                     "deep_work",      "overtime",   "unknown" };

G_STATIC_ASSERT (G_N_ELEMENTS (names) == TRK_N_TIMES);
G_STATIC_ASSERT ((int) TRK_TIME_OFF == (int) TRK_KIND_OFF);

const char *
trk_time_to_string (TrkTime time)
{
  return (gsize) time < TRK_N_TIMES ? names[time] : "unknown";
}

gboolean
trk_time_from_string (const char *text, TrkTime *time)
{
  for (guint i = 0; i < TRK_N_TIMES; i++)
    if (g_str_equal (names[i], text))
      {
        *time = (TrkTime) i;
        return TRUE;
      }
  return FALSE;
}

TrkPeriod
trk_figures_reach (TrkPeriod period)
{
  return (TrkPeriod){ trk_instant_add (period.start, -24 * TRK_HOUR),
                      trk_instant_add (period.end, 24 * TRK_HOUR) };
}

TrkRatio
trk_ratio (double part, double whole)
{
  if (whole <= 0)
    return (TrkRatio){ FALSE, 0 };
  return (TrkRatio){ TRUE, part / whole };
}

void
trk_figures_free (TrkFigures *figures)
{
  if (figures == NULL)
    return;
  g_clear_pointer (&figures->interruptions_by, g_array_unref);
  g_clear_pointer (&figures->days, g_array_unref);
  g_clear_pointer (&figures->projects, g_ptr_array_unref);
  g_clear_pointer (&figures->metrics, g_ptr_array_unref);
  g_free (figures);
}

guint
trk_figures_outcome (const TrkFigures *figures, TrkOutcome outcome)
{
  guint count = 0;

  for (guint kind = 0; kind < TRK_N_KINDS; kind++)
    if (kind != TRK_KIND_OFF)
      count += figures->outcomes[kind][outcome];
  return count;
}
