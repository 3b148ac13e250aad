/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-columns.h"

#include "trk-format.h"
#include "trk-text.h"
#include "trk-wrap.h"

#include <string.h>

enum
{
  MOST_COLUMNS = 12,
  SPACE = 2,         /* between columns */
  LEAST_FILL = 24,   /* narrower than this, optional columns go */
  SMALLEST_FILL = 8, /* what a title keeps at least */
  LEAST_BELOW = 16,  /* narrower, what stands below a row begins … */
  BELOW = 4          /* … here */
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

static gboolean
is_filling (char letter)
{
  return letter == 'f' || letter == 'p' || letter == 't';
}

/* Columns that all but the filling one take. */
static guint
taken (const TrkColumns *columns, const Layout *layout)
{
  guint sum = 1;

  for (guint i = 0; i < columns->n; i++)
    if (layout->width[i] > 0)
      sum += SPACE + (is_filling (columns->letters[i]) ? 0 : layout->width[i]);
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
    if (is_filling (columns->letters[i]))
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

/* What must be whole and has no room in the row stands below it. */
static gboolean
stands_below (
    const TrkColumns *columns, const TrkStyle *style, const Layout *layout, const Row *row, guint i)
{
  g_autofree char *shown = trk_style_text (style, row->cells[i]);

  return columns->letters[i] == 'p' && trk_text_width (shown) > layout->width[i];
}

/* Of row_line(): what stands in the row of its @i-th cell. */
static char *
cell_of (
    const TrkColumns *columns, const TrkStyle *style, const Layout *layout, const Row *row, guint i)
{
  g_auto (GStrv) lines = NULL;

  if (stands_below (columns, style, layout, row, i))
    return g_strdup ("");
  if (columns->letters[i] != 't')
    return g_strdup (row->cells[i]);
  lines = trk_format_title (style, row->cells[i], layout->width[i]);
  return g_strdup (lines[0] != NULL ? lines[0] : "");
}

static char *
row_line (const TrkColumns *columns, const TrkStyle *style, const Layout *layout, const Row *row)
{
  GString *line = g_string_new (" ");

  for (guint i = 0; i < columns->n; i++)
    {
      g_autofree char *cell = cell_of (columns, style, layout, row, i);

      if (layout->width[i] == 0)
        continue;
      if (line->len > 1)
        g_string_append_printf (line, "%*s", SPACE, "");
      append_cell (line, style, columns->letters[i], cell, layout->width[i]);
    }
  return g_strchomp (g_string_free (line, FALSE));
}

/* Where the filling column begins. */
static guint
fill_at (const TrkColumns *columns, const Layout *layout)
{
  guint at = 1;

  for (guint i = 0; i < columns->n && !is_filling (columns->letters[i]); i++)
    at += layout->width[i] > 0 ? layout->width[i] + SPACE : 0;
  return at;
}

/* A path is what somebody copies: it is not cut, and where it stands alone, not broken either. */
static gboolean
is_path (const char *text)
{
  return *text == '/' || g_str_has_prefix (text, "~/");
}

static void
append_below (GString *out, const TrkStyle *style, const char *text, guint at)
{
  gsize room = style->columns > at + SMALLEST_FILL ? style->columns - at : SMALLEST_FILL;
  g_autofree char *shown = trk_style_text (style, text);
  g_autofree char *wrapped = is_path (text) ? g_strdup (shown) : trk_wrap (shown, (guint) room, 0);
  g_auto (GStrv) lines = g_strsplit (g_strchomp (wrapped), "\n", -1);

  for (char **line = lines; *line != NULL; line++)
    {
      g_autofree char *cut =
          is_path (*line) ? NULL
                          : trk_format_fit (style, *line, MIN (room, trk_text_width (*line)));

      g_string_append_printf (out, "%*s%s\n", (int) at, "", cut != NULL ? cut : *line);
    }
}

/* The rest of a title, under what the row has of it. */
static void
append_title (GString *out, const TrkStyle *style, const char *title, guint at, guint width)
{
  g_auto (GStrv) lines = trk_format_title (style, title, width);

  for (guint i = 1; i < g_strv_length (lines); i++)
    g_string_append_printf (out, "%*s%s\n", (int) at, "", lines[i]);
}

/* What of @row stands below it, with line ends: the rest of a title, a path that is too wide, a
 * note. */
static char *
lines_below (const TrkColumns *columns, const TrkStyle *style, const Layout *layout, const Row *row)
{
  guint at = fill_at (columns, layout);
  GString *out = g_string_new (NULL);

  for (guint i = 0; row->cells != NULL && i < columns->n; i++)
    if (columns->letters[i] == 't')
      append_title (out, style, row->cells[i], at, layout->width[i]);
  if (at + LEAST_BELOW > style->columns)
    at = BELOW;
  for (guint i = 0; row->cells != NULL && i < columns->n; i++)
    if (stands_below (columns, style, layout, row, i))
      append_below (out, style, row->cells[i], BELOW);
    else if (layout->below && i == columns->n - 1 && *row->cells[i] != '\0')
      append_below (out, style, row->cells[i], at);
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
      g_autofree char *below = lines_below (columns, style, &layout, row);
      g_autofree char *painted =
          trk_style_paint (style, row->heading != NULL ? TRK_PAINT_BOLD : row->paint, line);

      fprintf (trk_session_out (session), "%s\n%s", painted, below);
    }
}
