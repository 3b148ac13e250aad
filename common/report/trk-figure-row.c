/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-figure-row.h"

#include "trk-error.h"
#include "trk-text.h"

static void
row_free (gpointer data)
{
  TrkFigureRow *row = data;

  g_free (row->id);
  g_free (row->label);
  g_free (row->detail);
  g_free (row);
}

GPtrArray *
trk_figure_rows_new (void)
{
  return g_ptr_array_new_with_free_func (row_free);
}

TrkFigureRow *
trk_figure_rows_add (GPtrArray *rows, const char *type, const char *label, TrkPeriod period)
{
  TrkFigureRow *row = g_new0 (TrkFigureRow, 1);

  row->type = type;
  row->label = trk_text_line (label, 200);
  row->period = period;
  g_ptr_array_add (rows, row);
  return row;
}

TrkFigureRow *
trk_figure_rows_add_block (GPtrArray *rows, const TrkBlockRecord *record)
{
  TrkFigureRow *row =
      trk_figure_rows_add (rows, "block", record->block->title, record->block->period);

  row->id = g_strdup (record->block->id);
  return row;
}

/* NULL: none is near. */
static const char *
nearest (const char *typed, const char *const *names, const char *const *words)
{
  const char *name = trk_text_nearest (typed, names);
  const char *word = trk_text_nearest (typed, words);
  const char *const both[] = { name != NULL ? name : word, word, NULL };

  return trk_text_nearest (typed, both);
}

void
trk_figure_set_unknown (const char *figure,
                        const char *const *names,
                        const char *const *words,
                        GError **error)
{
  g_autofree char *shown = trk_text_line (figure, 60);
  g_autofree char *all = g_strjoinv (", ", (GStrv) names);
  const char *near = nearest (shown, names, words);

  if (near != NULL)
    g_set_error (error, TRK_ERROR, TRK_ERROR_USAGE,
                 "'%s' is not a figure. Nearest: %s; tracker help report has them all", shown,
                 near);
  else
    g_set_error (error, TRK_ERROR, TRK_ERROR_USAGE, "'%s' is not a figure. They are: %s", shown,
                 all);
}
