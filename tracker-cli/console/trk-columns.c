/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-columns.h"

#include "trk-format.h"
#include "trk-text.h"

#include <string.h>

enum
{
  MOST_COLUMNS = 12,
  SPACE = 2,        /* between columns */
  LEAST_FILL = 24,  /* narrower than this, optional columns go */
  SMALLEST_FILL = 8 /* what a title keeps at least */
};

typedef struct
{
  char *heading; /* (nullable): then no cells */
  TrkPaint paint;
  GStrv cells;
} Row;

struct _TrkColumns
{
  char *letters;
  guint n;
  GPtrArray *rows; /* of Row */
};

/* How one printing lays out: width 0 is a column left out. */
typedef struct
{
  guint width[MOST_COLUMNS];
  gboolean below; /* notes are on lines of their own */
} Layout;

static void
row_free (gpointer data)
{
  Row *row = data;

  g_free (row->heading);
  g_strfreev (row->cells);
  g_free (row);
}

TrkColumns *
trk_columns_new (const char *letters)
{
  TrkColumns *columns = g_new0 (TrkColumns, 1);

  g_return_val_if_fail (strlen (letters) <= MOST_COLUMNS, columns);
  columns->letters = g_strdup (letters);
  columns->n = (guint) strlen (letters);
  columns->rows = g_ptr_array_new_with_free_func (row_free);
  return columns;
}

void
trk_columns_free (TrkColumns *columns)
{
  if (columns == NULL)
    return;
  g_free (columns->letters);
  g_ptr_array_unref (columns->rows);
  g_free (columns);
}

void
trk_columns_add (TrkColumns *columns, TrkPaint paint, ...)
{
  Row *row = g_new0 (Row, 1);
  va_list list;

  row->paint = paint;
  row->cells = g_new0 (char *, columns->n + 1);
  va_start (list, paint);
  for (guint i = 0; i < columns->n; i++)
    {
      const char *cell = va_arg (list, const char *);

      row->cells[i] = g_strdup (cell != NULL ? cell : "");
    }
  va_end (list);
  g_ptr_array_add (columns->rows, row);
}

void
trk_columns_add_heading (TrkColumns *columns, const char *heading)
{
  Row *row = g_new0 (Row, 1);

  row->heading = g_strdup (heading);
  g_ptr_array_add (columns->rows, row);
}

static void
measure (const TrkColumns *columns, const TrkStyle *style, Layout *layout)
{
  memset (layout, 0, sizeof *layout);
  for (guint r = 0; r < columns->rows->len; r++)
    {
      const Row *row = g_ptr_array_index (columns->rows, r);

      for (guint i = 0; row->cells != NULL && i < columns->n; i++)
        {
          g_autofree char *shown = trk_style_text (style, row->cells[i]);

          layout->width[i] = MAX (layout->width[i], (guint) trk_text_width (shown));
        }
    }
}

/* Columns that all but the filling one take. */
static guint
taken (const TrkColumns *columns, const Layout *layout)
{
  guint sum = 1;

  for (guint i = 0; i < columns->n; i++)
    if (layout->width[i] > 0)
      sum += SPACE + (columns->letters[i] == 'f' ? 0 : layout->width[i]);
  return sum - SPACE;
}

static void
fit (const TrkColumns *columns, guint available, Layout *layout)
{
  for (guint i = columns->n; i > 0; i--)
    if (strchr ("on", columns->letters[i - 1]) != NULL
        && taken (columns, layout) + LEAST_FILL > available)
      {
        layout->below =
            layout->below || (columns->letters[i - 1] == 'n' && layout->width[i - 1] > 0);
        layout->width[i - 1] = 0;
      }
  for (guint i = 0; i < columns->n; i++)
    if (columns->letters[i] == 'f')
      {
        guint others = taken (columns, layout);
        guint rest = available > others + SMALLEST_FILL ? available - others : SMALLEST_FILL;

        layout->width[i] = MIN (layout->width[i], rest);
      }
}

static void
append_cell (GString *line, const TrkStyle *style, char letter, const char *cell, guint width)
{
  g_autofree char *shown = trk_style_text (style, cell);
  guint length = (guint) trk_text_width (shown);
  g_autofree char *fitted = NULL;

  if (letter == 'r' && length < width)
    g_string_append_printf (line, "%*s", (int) (width - length), "");
  fitted = trk_format_fit (style, shown, letter == 'r' && length < width ? length : width);
  g_string_append (line, fitted);
}

static char *
row_line (const TrkColumns *columns, const TrkStyle *style, const Layout *layout, const Row *row)
{
  GString *line = g_string_new (" ");

  for (guint i = 0; i < columns->n; i++)
    {
      if (layout->width[i] == 0)
        continue;
      if (line->len > 1)
        g_string_append_printf (line, "%*s", SPACE, "");
      append_cell (line, style, columns->letters[i], row->cells[i], layout->width[i]);
    }
  return g_strchomp (g_string_free (line, FALSE));
}

/* Where the filling column begins. */
static guint
fill_at (const TrkColumns *columns, const Layout *layout)
{
  guint at = 1;

  for (guint i = 0; i < columns->n && columns->letters[i] != 'f'; i++)
    at += layout->width[i] > 0 ? layout->width[i] + SPACE : 0;
  return at;
}

/* The note of @row under its title, in as many lines as it takes, with line ends; NULL when it has
 * none or it stands in the row. */
static char *
note_lines (const TrkColumns *columns, const TrkStyle *style, const Layout *layout, const Row *row)
{
  const char *note = row->cells != NULL && layout->below ? row->cells[columns->n - 1] : "";
  guint at = fill_at (columns, layout);
  guint room = style->columns > at + SMALLEST_FILL ? style->columns - at : SMALLEST_FILL;
  g_auto (GStrv) lines = NULL;
  GString *out;

  if (*note == '\0')
    return NULL;
  lines = trk_format_lines (style, note, room);
  out = g_string_new (NULL);
  for (char **line = lines; *line != NULL; line++)
    g_string_append_printf (out, "%*s%s\n", (int) at, "", *line);
  return g_string_free (out, FALSE);
}

void
trk_columns_print (const TrkColumns *columns, TrkSession *session)
{
  const TrkStyle *style = trk_session_style (session);
  Layout layout;

  measure (columns, style, &layout);
  fit (columns, style->columns, &layout);
  for (guint r = 0; r < columns->rows->len; r++)
    {
      const Row *row = g_ptr_array_index (columns->rows, r);
      g_autofree char *line = row->heading != NULL ? trk_style_text (style, row->heading)
                                                   : row_line (columns, style, &layout, row);
      g_autofree char *note = note_lines (columns, style, &layout, row);
      g_autofree char *painted =
          trk_style_paint (style, row->heading != NULL ? TRK_PAINT_BOLD : row->paint, line);

      fprintf (trk_session_out (session), "%s\n", painted);
      if (note != NULL)
        fputs (note, trk_session_out (session));
    }
}
