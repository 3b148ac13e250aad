/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-median.h"

static gint
ascending (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

gboolean
trk_median (GArray *values, double *median)
{
  guint half = values->len / 2;

  if (values->len == 0)
    return FALSE;
  g_array_sort (values, ascending);
  *median = g_array_index (values, double, half);
  if (values->len % 2 == 0)
    *median = (*median + g_array_index (values, double, half - 1)) / 2;
  return TRUE;
}
