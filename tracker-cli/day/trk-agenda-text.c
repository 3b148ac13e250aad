/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-agenda-free.h"
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
  SPAN = 11,        /* "12:02–12:45" */
  LEAST_QUIET = 10, /* " all day  " */
  LISTED = 3, /* squeezed blocks that the line below a day names, and events without a block */
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
  return row->planned > 0 ? trk_duration_format_clock (row->planned) : g_strdup ("–");
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
  line->day = row->part.day;
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
add_painted (Page *page, const char *text, TrkPaint paint)
{
  g_autofree char *painted = trk_style_paint (page->style, paint, text);

  g_string_append (page->out, painted);
}

/* Lines from @first on, each at column @at. */
static void
add_lines_below (Page *page, char **first, gsize at, TrkPaint paint)
{
  for (char **line = first; *line != NULL; line++)
    {
      g_string_append_printf (page->out, "%*s", (int) at, "");
      add_painted (page, *line, paint);
      g_string_append_c (page->out, '\n');
    }
}

static gsize
title_at (const Page *page)
{
  return TIME + page->kind + 1;
}

/* Behind the row, what does not fit on a second line below. FALSE: that is not enough. */
static gboolean
add_note_beside (Page *page, const Line *line)
{
  gsize sign = sign_length (line->note);
  g_autofree char *mark = g_strndup (line->note, sign);
  gsize mark_width = MIN (shown_width (page, mark), page->note - 1);
  gsize at = width_without_title (page) + page->title - page->note + mark_width;
  g_auto (GStrv) lines = trk_format_lines (page->style, line->note + sign, page->note - mark_width);
  g_autofree char *shown = trk_style_text (page->style, mark);
  g_autofree char *first = g_strchomp (g_strconcat (shown, lines[0], NULL));

  if (g_strv_length (lines) > 2)
    return FALSE;
  g_string_append (page->out, "  ");
  add_painted (page, first, line->note_paint);
  end_line (page);
  if (lines[0] != NULL)
    add_lines_below (page, lines + 1, at, line->note_paint);
  return TRUE;
}

/* The sign behind the row, all else under its title. */
static void
add_note_below (Page *page, const Line *line)
{
  gsize sign = page->note > 0 ? sign_length (line->note) : 0;
  gsize at = title_at (page);
  gsize room = page->style->columns > at + LEAST ? page->style->columns - at : LEAST;
  g_autofree char *mark = g_strchomp (g_strndup (line->note, sign));
  g_autofree char *shown = trk_style_text (page->style, mark);
  g_auto (GStrv) lines = trk_format_lines (page->style, line->note + sign, room);

  g_string_append (page->out, "  ");
  add_painted (page, shown, line->note_paint);
  end_line (page);
  if (line->note[sign] != '\0')
    add_lines_below (page, lines, at, line->note_paint);
}

static void
add_note (Page *page, const Line *line)
{
  if (*line->note == '\0')
    end_line (page);
  else if (stands_below (page, line) || !add_note_beside (page, line))
    add_note_below (page, line);
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
}

static void
add_heading (Page *page, TrkDay day)
{
  g_autofree char *name =
      trk_format_day (day, trk_almanac_day (&page->agenda->almanac, page->agenda->now));

  add_left (page, name, TIME + page->kind + 1 + page->title, TRK_PAINT_BOLD);
  g_string_append_printf (page->out, "%*s%*s\n", PLAN, "plan", ACTUAL, "actual");
}

/* @text from column @indent on, in as many lines as it takes. */
static void
add_paragraph (Page *page, const char *text, gsize indent)
{
  gsize columns = page->style->columns;
  g_auto (GStrv) lines =
      trk_format_lines (page->style, text, columns > indent + LEAST ? columns - indent : LEAST);

  add_lines_below (page, lines, indent, TRK_PAINT_PLAIN);
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

/* " LABEL   text", the text from column @at on in as many lines as it takes. */
static void
add_labelled (Page *page, const char *label, gsize at, const char *text, TrkPaint paint)
{
  gsize room = page->style->columns > at + LEAST ? page->style->columns - at : LEAST;
  g_auto (GStrv) lines = trk_format_lines (page->style, text, room);
  g_autofree char *shown = trk_style_text (page->style, label);
  g_autofree char *first = g_strdup_printf (
      " %s%*s%s", shown, (int) (at - 1 - MIN (at - 1, trk_text_width (shown))), "", lines[0]);

  add_painted (page, first, paint);
  g_string_append_c (page->out, '\n');
  add_lines_below (page, lines + 1, at, paint);
}

static void
add_quiet_line (Page *page, const char *label, const char *text)
{
  add_labelled (page, label, MAX (title_at (page), LEAST_QUIET), text, TRK_PAINT_DIM);
}

static void
add_free_event (Page *page, const TrkAgendaFree *event, gboolean why)
{
  g_autofree char *words = trk_agenda_free_words (event);
  g_autofree char *text =
      why ? g_strdup_printf ("%s: %s — tracker why", event->title, event->why) : NULL;

  add_quiet_line (page, "all day", why ? text : words);
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
  add_paragraph (page, text->str, 0);
}

static void
add_squeeze (Page *page, const TrkSqueeze *squeeze)
{
  g_autofree char *span = trk_format_span (page->agenda->almanac.zone, squeeze->lost);
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

static void
add_day (Page *page, TrkDay day, guint *next, gboolean why)
{
  guint first = *next;

  while (*next < page->lines->len && ((const Line *) page->lines->pdata[*next])->day == day)
    (*next)++;
  if (*next == first && !is_free_on (page, day))
    return;
  if (page->out->len > 0)
    g_string_append_c (page->out, '\n');
  add_heading (page, day);
  add_free_events (page, day, why);
  for (guint i = first; i < *next; i++)
    add_line (page, g_ptr_array_index (page->lines, i));
  (why ? add_squeezes : add_lost_line) (page, day);
}

char *
trk_agenda_to_text (const TrkAgenda *agenda, const TrkStyle *style, gboolean why)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (line_free);
  Page page = { .agenda = agenda, .style = style, .lines = lines, .out = g_string_new (NULL) };
  TrkDay last = trk_almanac_day (&agenda->almanac, agenda->period.end - 1);
  guint next = 0;

  for (guint i = 0; i < agenda->rows->len; i++)
    g_ptr_array_add (lines, line_of (agenda, g_ptr_array_index (agenda->rows, i)));
  measure (&page);
  widen_for_addresses (&page);
  for (TrkDay day = trk_almanac_day (&agenda->almanac, agenda->period.start); day <= last; day++)
    add_day (&page, day, &next, why);
  return g_string_free (page.out, FALSE);
}
