/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-agenda-note.h"
#include "trk-duration.h"
#include "trk-format.h"
#include "trk-text.h"

#include <string.h>

enum
{
  TIME = 7,        /* marker, "09:00" and a space */
  PLAN = 6,        /* a space and "24:00" */
  ACTUAL = 7,      /* a space and "actual" */
  GAP = 2,         /* before a note */
  LEAST = 8,       /* of a title */
  USUAL = 20,      /* of a title: so much it keeps where a usual note needs room */
  LEAST_NOTE = 12, /* narrower, it stands on a line of its own */
  USUAL_NOTE = 28, /* "✓ +12 late, away 10:05–10:12" */
  LEAST_WORD = 4,
  LISTED = 3, /* squeezed blocks that the line below a day names */
};

/* A row as text, not yet fitted. */
typedef struct
{
  char *time, *kind, *title, *planned, *actual, *note;
  char *address; /* the title with what is to be joined behind it, shown where it fits (nullable) */
  TrkPaint paint, note_paint;
  gboolean now;
  TrkDay day;
} Line;

typedef struct
{
  const TrkAgenda *agenda;
  const TrkStyle *style;
  GPtrArray *lines;        /* of Line */
  gsize kind, title, note; /* widths */
  gsize spare;             /* what is left of the terminal's */
  GString *out;
} Page;

static void
line_free (gpointer data)
{
  Line *line = data;

  g_free (line->time);
  g_free (line->kind);
  g_free (line->title);
  g_free (line->address);
  g_free (line->planned);
  g_free (line->actual);
  g_free (line->note);
  g_free (line);
}

/* -- Cells ------------------------------------------------------------------------------------- */

static TrkPaint
paint_of (TrkKind kind)
{
  switch (kind)
    {
    case TRK_KIND_FOCUS:
      return TRK_PAINT_FOCUS;
    case TRK_KIND_MEETING:
      return TRK_PAINT_MEETING;
    case TRK_KIND_BREAK:
      return TRK_PAINT_BREAK;
    case TRK_KIND_OFF:
      return TRK_PAINT_DIM;
    default:
      return TRK_PAINT_PLAIN;
    }
}

/* The title with the address of what is still to be joined; else NULL. */
static char *
address_of (const TrkAgenda *agenda, const TrkAgendaRow *row)
{
  const char *link = row->record != NULL ? row->record->block->link : NULL;
  const char *address = link != NULL ? strstr (link, "://") : NULL;

  if (address == NULL || row->period.end <= agenda->now)
    return NULL;
  return g_strdup_printf ("%s  (%s)", row->title, address + 3);
}

static char *
actual_of (const TrkAgendaRow *row)
{
  if (row->actual > 0)
    return trk_duration_format_clock (row->actual);
  return g_strdup (row->kind == TRK_KIND_OFF ? "" : "–");
}

static char *
planned_of (const TrkAgendaRow *row)
{
  if (row->kind == TRK_KIND_OFF && row->record != NULL)
    return g_strdup ("");
  return row->record != NULL ? trk_duration_format_clock (trk_period_length (row->period))
                             : g_strdup ("–");
}

static Line *
line_of (const TrkAgenda *agenda, const TrkAgendaRow *row)
{
  Line *line = g_new0 (Line, 1);

  line->time = trk_zone_format_time (agenda->almanac.zone, row->period.start);
  line->kind = g_strdup (row->record != NULL ? trk_kind_to_string (row->kind) : "unplanned");
  line->title = g_strdup (row->title);
  line->address = address_of (agenda, row);
  line->planned = planned_of (row);
  line->actual = actual_of (row);
  line->note = trk_agenda_note (agenda, row, &line->note_paint);
  line->paint = row->record != NULL ? paint_of (row->kind) : TRK_PAINT_PLAIN;
  line->now = trk_agenda_is_now (agenda, row);
  line->day = row->day;
  return line;
}

/* -- Widths ------------------------------------------------------------------------------------ */

static gsize
shown_width (const Page *page, const char *text)
{
  g_autofree char *shown = trk_style_text (page->style, text);

  return trk_text_width (shown);
}

static gsize
width_without_title (const Page *page)
{
  return TIME + page->kind + 1 + PLAN + ACTUAL + (page->note > 0 ? GAP + page->note : 0);
}

/* What @taken leaves of @rest for a note. */
static gsize
left_of (gsize rest, gsize taken)
{
  return rest > taken + GAP ? rest - taken - GAP : 0;
}

/* Titles and notes share what the fixed columns leave: first the note gives way, down to what is
 * usual, then the title, down to what is usual, then both. Where a note has no room, the sign of
 * the outcome stands alone and the rest below. */
static void
share_width (Page *page)
{
  gsize note = page->note, rest, room;

  page->note = 0;
  rest = page->style->columns > width_without_title (page) + LEAST
             ? page->style->columns - width_without_title (page)
             : LEAST;
  room = MAX (left_of (rest, page->title), MIN (left_of (rest, USUAL), USUAL_NOTE));
  if (note > 0 && rest > LEAST + GAP + LEAST_NOTE)
    page->note = MIN (note, MAX (room, MAX (rest / 3, LEAST_NOTE)));
  else if (note > 0 && rest > LEAST + GAP + LEAST_WORD)
    page->note = MIN (note, LEAST_WORD);
  if (page->note > 0)
    rest -= GAP + page->note;
  page->title = MIN (page->title, rest);
  page->spare = rest - page->title;
}

static void
measure (Page *page)
{
  for (guint i = 0; i < page->lines->len; i++)
    {
      const Line *line = g_ptr_array_index (page->lines, i);

      page->kind = MAX (page->kind, shown_width (page, line->kind));
      page->title = MAX (page->title, shown_width (page, line->title));
      page->note = MAX (page->note, shown_width (page, line->note));
    }
  page->title = MAX (page->title, USUAL);
  share_width (page);
}

/* Addresses get what is left when everything else has its width. */
static void
widen_for_addresses (Page *page)
{
  for (guint i = 0; i < page->lines->len; i++)
    {
      const Line *line = g_ptr_array_index (page->lines, i);
      gsize width = line->address != NULL ? shown_width (page, line->address) : 0;

      if (width > page->title && width <= page->title + page->spare)
        {
          page->spare -= width - page->title;
          page->title = width;
        }
    }
}

/* -- Printing ---------------------------------------------------------------------------------- */

static void
add_left (Page *page, const char *text, gsize width, TrkPaint paint)
{
  g_autofree char *cell = trk_format_fit (page->style, text, width);
  g_autofree char *painted = trk_style_paint (page->style, paint, cell);

  g_string_append (page->out, painted);
}

static void
add_right (Page *page, const char *text, gsize width)
{
  g_autofree char *shown = trk_style_text (page->style, text);
  gsize used = trk_text_width (shown);

  g_string_append_printf (page->out, "%*s%s", (int) (used < width ? width - used : 0), "", shown);
}

static void
end_line (Page *page)
{
  while (page->out->len > 0 && page->out->str[page->out->len - 1] == ' ')
    g_string_truncate (page->out, page->out->len - 1);
  g_string_append_c (page->out, '\n');
}

static gboolean
fits (const Page *page, const char *address)
{
  return address != NULL && shown_width (page, address) <= page->title;
}

/* The length of the sign that a note may begin with, and of the blank behind it. */
static gsize
sign_length (const char *note)
{
  gsize word = strcspn (note, " ");
  gboolean sign = word > 0 && !g_ascii_isalnum (*note) && *note != '+';

  return sign ? word + (note[word] == ' ' ? 1 : 0) : 0;
}

static gboolean
stands_below (const Page *page, const Line *line)
{
  return page->note < LEAST_NOTE && shown_width (page, line->note) > page->note;
}

static void
add_note (Page *page, const Line *line)
{
  g_autofree char *note = stands_below (page, line)
                              ? g_strchomp (g_strndup (line->note, sign_length (line->note)))
                              : g_strdup (line->note);

  if (page->note == 0 || *note == '\0')
    return;
  g_string_append (page->out, "  ");
  add_left (page, note, MIN (page->note, shown_width (page, note)), line->note_paint);
}

static void
add_note_below (Page *page, const Line *line)
{
  const char *rest = line->note + (page->note > 0 ? sign_length (line->note) : 0);
  gsize at = TIME + page->kind + 1;
  gsize room = page->style->columns > at + LEAST ? page->style->columns - at : LEAST;

  if (!stands_below (page, line) || *rest == '\0')
    return;
  g_string_append_printf (page->out, "%*s", (int) at, "");
  add_left (page, rest, MIN (room, shown_width (page, rest)), line->note_paint);
  g_string_append_c (page->out, '\n');
}

static void
add_line (Page *page, const Line *line)
{
  g_string_append (page->out, line->now ? trk_style_sign (page->style, TRK_SIGN_NOW) : " ");
  g_string_append_printf (page->out, "%s ", line->time);
  add_left (page, line->kind, page->kind, line->paint);
  g_string_append_c (page->out, ' ');
  add_left (page, fits (page, line->address) ? line->address : line->title, page->title,
            line->now ? TRK_PAINT_BOLD : TRK_PAINT_PLAIN);
  add_right (page, line->planned, PLAN);
  add_right (page, line->actual, ACTUAL);
  add_note (page, line);
  end_line (page);
  add_note_below (page, line);
}

static void
add_heading (Page *page, TrkDay day)
{
  g_autofree char *name =
      trk_format_day (day, trk_almanac_day (&page->agenda->almanac, page->agenda->now));

  add_left (page, name, TIME + page->kind + 1 + page->title, TRK_PAINT_BOLD);
  g_string_append_printf (page->out, "%*s%*s\n", PLAN, "plan", ACTUAL, "actual");
}

/* -- What was squeezed ------------------------------------------------------------------------- */

static void
add_lost_line (Page *page, TrkDay day)
{
  g_autoptr (GPtrArray) lost = trk_agenda_lost (page->agenda, day);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *shown = NULL;

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
  shown = trk_style_text (page->style, text->str);
  g_string_append_printf (page->out, "%s\n", shown);
}

static void
add_squeeze (Page *page, const TrkSqueeze *squeeze)
{
  g_autofree char *span = trk_format_span (page->agenda->almanac.zone, squeeze->lost);
  g_autofree char *reason = trk_agenda_squeeze_reason (squeeze);
  g_autofree char *text = NULL, *shown = NULL;

  text = g_strdup_printf (" %s  %s %s: %s (%s)%s", span, squeeze->block->title,
                          squeeze->whole ? "gave way" : "was cut", squeeze->by->title, reason,
                          squeeze->owed ? ", owed when it ends" : "");
  shown = trk_style_text (page->style, text);
  g_string_append_printf (page->out, "%s\n", shown);
}

static void
add_squeezes (Page *page, TrkDay day)
{
  guint n = 0;

  for (guint i = 0; i < page->agenda->squeezed->len; i++)
    {
      const TrkSqueeze *squeeze = g_ptr_array_index (page->agenda->squeezed, i);

      if (trk_almanac_day (&page->agenda->almanac, squeeze->block->period.start) != day)
        continue;
      if (n++ == 0)
        g_string_append (page->out, "Squeezed\n");
      add_squeeze (page, squeeze);
    }
}

char *
trk_agenda_to_text (const TrkAgenda *agenda, const TrkStyle *style, gboolean why)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (line_free);
  Page page = { .agenda = agenda, .style = style, .lines = lines, .out = g_string_new (NULL) };

  for (guint i = 0; i < agenda->rows->len; i++)
    g_ptr_array_add (lines, line_of (agenda, g_ptr_array_index (agenda->rows, i)));
  measure (&page);
  widen_for_addresses (&page);
  for (guint i = 0; i < lines->len; i++)
    {
      const Line *line = g_ptr_array_index (lines, i);
      const Line *before = i > 0 ? g_ptr_array_index (lines, i - 1) : NULL;
      const Line *after = i + 1 < lines->len ? g_ptr_array_index (lines, i + 1) : NULL;

      if (before != NULL && before->day != line->day)
        g_string_append_c (page.out, '\n');
      if (before == NULL || before->day != line->day)
        add_heading (&page, line->day);
      add_line (&page, line);
      if (after == NULL || after->day != line->day)
        (why ? add_squeezes : add_lost_line) (&page, line->day);
    }
  return g_string_free (page.out, FALSE);
}
