/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-metric-figures.h"

static void
metric_free (gpointer data)
{
  TrkMetricFigures *figures = data;

  g_free (figures->name);
  g_free (figures->unit);
  g_free (figures);
}

static TrkMetricFigures *
figures_named (GPtrArray *all, const TrkMetric *metric)
{
  TrkMetricFigures *figures;

  for (guint i = 0; i < all->len; i++)
    {
      figures = g_ptr_array_index (all, i);
      if (g_str_equal (figures->name, metric->name))
        return figures;
    }
  figures = g_new0 (TrkMetricFigures, 1);
  figures->name = g_strdup (metric->name);
  figures->unit = g_strdup (metric->unit);
  g_ptr_array_add (all, figures);
  return figures;
}

static void
add_value (TrkMetricFigures *figures, double value)
{
  if (figures->count++ == 0)
    figures->first = figures->least = figures->most = value;
  figures->last = value;
  figures->least = MIN (figures->least, value);
  figures->most = MAX (figures->most, value);
  figures->sum += value;
}

static gint
by_name (gconstpointer a, gconstpointer b)
{
  const TrkMetricFigures *x = *(const TrkMetricFigures *const *) a;
  const TrkMetricFigures *y = *(const TrkMetricFigures *const *) b;

  return g_strcmp0 (x->name, y->name);
}

GPtrArray *
trk_metric_figures_new (const TrkFigureInput *input)
{
  GPtrArray *all = g_ptr_array_new_with_free_func (metric_free);

  for (guint i = 0; input->metrics != NULL && i < input->metrics->len; i++)
    {
      const TrkMetric *metric = g_ptr_array_index (input->metrics, i);
      TrkMetricFigures *figures;

      if (metric->at >= input->period.end || metric->at > input->now)
        continue;
      figures = figures_named (all, metric);
      if (metric->at >= input->period.start)
        add_value (figures, metric->value);
      else
        figures->before = metric->value, figures->has_before = TRUE;
    }
  for (guint i = all->len; i > 0; i--)
    if (((TrkMetricFigures *) g_ptr_array_index (all, i - 1))->count == 0)
      g_ptr_array_remove_index (all, i - 1);
  g_ptr_array_sort (all, by_name);
  return all;
}
