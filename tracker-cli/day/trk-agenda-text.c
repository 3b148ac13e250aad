/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-agenda-free.h"
#include "trk-agenda-note.h"
#include "trk-agenda-table.h"
#include "trk-format.h"
#include "trk-text.h"

enum
{
  LEAST = 8,        /* of a text beside something */
  SPAN = 11,        /* "12:02–12:45" */
  GAP = 2,          /* behind it */
  LEAST_QUIET = 10, /* " all day  " */
  LISTED = 3,       /* squeezed blocks that the line below a day names, events without a block */
};

typedef struct
{
  const TrkAgenda *agenda;
  const TrkStyle *style;
  TrkAgendaTable *table;
  GString *out;
} Page;

/* @text in as many lines as it takes. */
static void
add_paragraph (Page *page, const char *text)
{
  g_auto (GStrv) lines = trk_format_lines (page->style, text, MAX (page->style->columns, LEAST));

  trk_agenda_add_lines (page->out, page->style, lines, 0, TRK_PAINT_PLAIN);
}

/* -- Events without a block -------------------------------------------------------------------- */

static gboolean
is_free_on (const Page *page, TrkDay day)
{
  for (guint i = 0; i < page->agenda->free->len; i++)
    if (((const TrkAgendaFree *) g_ptr_array_index (page->agenda->free, i))->day == day)
      return TRUE;
  return FALSE;
}

/* " LABEL   text", the text from column @at on, or behind a label that is longer, in as many lines
 * as it takes. */
static void
add_labelled (Page *page, const char *label, gsize at, const char *text, TrkPaint paint)
{
  g_autofree char *shown = trk_style_text (page->style, label);
  const gsize width = 1 + trk_text_width (shown);
  g_auto (GStrv) lines = NULL;
  g_autofree char *first = NULL;
  gsize room;

  if (width >= at)
    at = width + GAP;
  room = page->style->columns > at + LEAST ? page->style->columns - at : LEAST;
  lines = trk_format_lines (page->style, text, room);
  first = g_strdup_printf (" %s%*s%s", shown, (int) (at - width), "", lines[0]);
  trk_style_add (page->style, page->out, paint, first);
  g_string_append_c (page->out, '\n');
  trk_agenda_add_lines (page->out, page->style, lines + 1, at, paint);
}

static void
add_quiet_line (Page *page, const char *label, const char *text)
{
  add_labelled (page, label, MAX (trk_agenda_table_title_at (page->table), LEAST_QUIET), text,
                TRK_PAINT_DIM);
}

static void
add_free_event (Page *page, const TrkAgendaFree *event, gboolean why)
{
  g_autofree char *label = trk_agenda_free_label (page->agenda, event);
  g_autofree char *words = trk_agenda_free_words (page->agenda, event);
  g_autofree char *text =
      why ? g_strdup_printf ("%s: %s — tracker why", event->title, event->why) : NULL;

  add_quiet_line (page, label, why ? text : words);
}

static void
add_free_events (Page *page, TrkDay day, gboolean why)
{
  guint n = 0;

  for (guint i = 0; i < page->agenda->free->len; i++)
    {
      const TrkAgendaFree *event = g_ptr_array_index (page->agenda->free, i);

      if (event->day == day && (n++ < LISTED || why))
        add_free_event (page, event, why);
    }
  if (n > LISTED && !why)
    {
      g_autofree char *more =
          g_strdup_printf ("and %u more without a block — tracker agenda --why", n - LISTED);

      add_quiet_line (page, "", more);
    }
}

/* -- What was squeezed ------------------------------------------------------------------------- */

static void
add_lost_line (Page *page, TrkDay day)
{
  g_autoptr (GPtrArray) lost = trk_agenda_lost (page->agenda, day);
  g_autoptr (GString) text = g_string_new (NULL);

  if (lost->len == 0)
    return;
  g_string_append_printf (text, "%u squeezed: ", lost->len);
  for (guint i = 0; i < MIN (lost->len, LISTED); i++)
    {
      const TrkSqueeze *squeeze = g_ptr_array_index (lost, i);
      g_autofree char *title = trk_text_line (squeeze->block->title, 30);
      g_autofree char *by = trk_text_line (squeeze->by->title, 30);

      g_string_append_printf (text, "%s%s (by %s)", i > 0 ? ", " : "", title, by);
    }
  if (lost->len > LISTED)
    g_string_append_printf (text, " and %u more", lost->len - LISTED);
  g_string_append (text, " — tracker agenda --why");
  add_paragraph (page, text->str);
}

static void
add_squeeze (Page *page, TrkDay day, const TrkSqueeze *squeeze)
{
  g_autofree char *span = trk_agenda_squeeze_span (&page->agenda->almanac, squeeze, day);
  g_autofree char *reason = trk_agenda_squeeze_reason (squeeze);
  g_autofree char *text = NULL;

  text = g_strdup_printf ("%s %s: %s (%s)%s", squeeze->block->title,
                          squeeze->whole ? "gave way" : "was cut", squeeze->by->title, reason,
                          squeeze->owed ? ", owed when it ends" : "");
  add_labelled (page, span, 1 + SPAN + GAP, text, TRK_PAINT_PLAIN);
}

static void
add_squeezes (Page *page, TrkDay day)
{
  const TrkPeriod period = trk_almanac_day_period (&page->agenda->almanac, day);
  guint n = 0;

  for (guint i = 0; i < page->agenda->squeezed->len; i++)
    {
      const TrkSqueeze *squeeze = &g_array_index (page->agenda->squeezed, TrkSqueeze, i);

      if (!trk_period_contains (period, squeeze->block->period.start))
        continue;
      if (n++ == 0)
        g_string_append (page->out, "Squeezed\n");
      add_squeeze (page, day, squeeze);
    }
}

static gboolean
is_row_on (const Page *page, guint row, TrkDay day)
{
  const GPtrArray *rows = page->agenda->rows;

  return row < rows->len && ((const TrkAgendaRow *) rows->pdata[row])->part.day == day;
}

static void
add_day (Page *page, TrkDay day, guint *next, gboolean why)
{
  if (!is_row_on (page, *next, day) && !is_free_on (page, day))
    return;
  if (page->out->len > 0)
    g_string_append_c (page->out, '\n');
  trk_agenda_table_add_heading (page->table, day);
  add_free_events (page, day, why);
  for (; is_row_on (page, *next, day); (*next)++)
    trk_agenda_table_add_row (page->table, *next);
  (why ? add_squeezes : add_lost_line) (page, day);
}

char *
trk_agenda_to_text (const TrkAgenda *agenda, const TrkStyle *style, gboolean why)
{
  GString *out = g_string_new (NULL);
  g_autoptr (TrkAgendaTable) table = trk_agenda_table_new (agenda, style, out);
  Page page = { .agenda = agenda, .style = style, .table = table, .out = out };
  TrkDay last = trk_almanac_day (&agenda->almanac, agenda->period.end - 1);
  guint next = 0;

  for (TrkDay day = trk_almanac_day (&agenda->almanac, agenda->period.start); day <= last; day++)
    add_day (&page, day, &next, why);
  return g_string_free (out, FALSE);
}
