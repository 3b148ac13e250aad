/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-agenda-table.h"

#include "trk-agenda-note.h"
#include "trk-duration.h"
#include "trk-format.h"
#include "trk-text.h"

#include <string.h>

enum
{
  TIME = 7,        /* marker, "09:00" and a space */
  CLOCK = 6,       /* "09:00" and a space */
  PLAN = 6,        /* a space and "24:00" */
  ACTUAL = 7,      /* a space and "actual" */
  GAP = 2,         /* before a note */
  LEAST = 8,       /* of a title */
  USUAL = 20,      /* of a title: so much it keeps where a usual note needs room */
  LEAST_NOTE = 12, /* narrower, it stands on a line of its own */
  USUAL_NOTE = 28, /* "✓ +12 late, away 10:05–10:12" */
  LEAST_WORD = 4,
};

/* The time and the kind of what fills the day: of time off alone that is known. */
#define ALL_DAY "all day off"

/* A row as text that the style can show, measured, not yet fitted. */
typedef struct
{
  char *time, *title, *planned, *actual; /* (owned) */
  const char *kind;
  char *sign;    /* what the note begins with, with the blank behind it, or nothing (owned) */
  char *words;   /* the rest of the note (owned) */
  char *address; /* the title with what is to be joined behind it, shown where it fits (owned)
                    (nullable) */
  gsize title_width, sign_width, note_width;
  TrkPaint paint, note_paint;
  gboolean now, runs, all_day;
} Line;

struct _TrkAgendaTable
{
  const TrkAgenda *agenda;
  const TrkStyle *style;
  GPtrArray *lines;        /* of Line (owned) */
  gsize kind, title, note; /* widths */
  gsize spare;             /* what is left of the terminal's */
  GString *out;            /* borrowed */
};

static void
line_free (gpointer data)
{
  Line *line = data;

  g_free (line->time);
  g_free (line->title);
  g_free (line->address);
  g_free (line->planned);
  g_free (line->actual);
  g_free (line->sign);
  g_free (line->words);
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
actual_of (const TrkStyle *style, const TrkAgendaRow *row)
{
  if (row->actual > 0)
    return trk_duration_format_clock (row->actual);
  return g_strdup (row->kind == TRK_KIND_OFF ? "" : trk_style_sign (style, TRK_SIGN_DASH));
}

static char *
planned_of (const TrkStyle *style, const TrkAgendaRow *row)
{
  if (row->kind == TRK_KIND_OFF && row->record != NULL)
    return g_strdup ("");
  return row->planned > 0 ? trk_duration_format_clock (row->planned)
                          : g_strdup (trk_style_sign (style, TRK_SIGN_DASH));
}

/* The length of the sign that a note may begin with, and of the blank behind it. */
static gsize
sign_length (const char *note)
{
  gsize word = strcspn (note, " ");
  gboolean sign = word > 0 && !g_ascii_isalnum (*note) && *note != '+';

  return sign ? word + (note[word] == ' ' ? 1 : 0) : 0;
}

static void
take_note (Line *line, const TrkStyle *style, const char *note)
{
  gsize length = sign_length (note);
  g_autofree char *sign = g_strndup (note, length);

  line->sign = trk_style_text (style, sign);
  line->words = trk_style_text (style, note + length);
  line->sign_width = trk_text_width (line->sign);
  line->note_width = line->sign_width + trk_text_width (line->words);
}

static Line *
line_of (const TrkAgenda *agenda, const TrkStyle *style, const TrkAgendaRow *row)
{
  Line *line = g_new0 (Line, 1);
  g_autofree char *address = address_of (agenda, row);
  g_autofree char *note = trk_agenda_note (agenda, row, &line->note_paint);

  line->all_day = row->all_day;
  line->time = trk_zone_format_time (agenda->almanac.zone, row->period.start);
  line->kind = trk_kind_to_string (row->kind);
  line->title = trk_style_text (style, row->title);
  line->title_width = trk_text_width (line->title);
  line->address = address != NULL ? trk_style_text (style, address) : NULL;
  line->planned = planned_of (style, row);
  line->actual = actual_of (style, row);
  take_note (line, style, note);
  line->paint = trk_agenda_is_unplanned (row) ? TRK_PAINT_PLAIN : paint_of (row->kind);
  line->now = trk_agenda_is_now (agenda, row);
  line->runs = row->open;
  return line;
}

/* -- Widths ------------------------------------------------------------------------------------ */

static gsize
width_without_title (const TrkAgendaTable *table)
{
  return TIME + table->kind + 1 + PLAN + ACTUAL + (table->note > 0 ? GAP + table->note : 0);
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
share_width (TrkAgendaTable *table)
{
  gsize note = table->note, rest, room;

  table->note = 0;
  rest = table->style->columns > width_without_title (table) + LEAST
             ? table->style->columns - width_without_title (table)
             : LEAST;
  room = MAX (left_of (rest, table->title), MIN (left_of (rest, USUAL), USUAL_NOTE));
  if (note > 0 && rest > LEAST + GAP + LEAST_NOTE)
    table->note = MIN (note, MAX (room, MAX (rest / 3, LEAST_NOTE)));
  else if (note > 0 && rest > LEAST + GAP + LEAST_WORD)
    table->note = MIN (note, LEAST_WORD);
  if (table->note > 0)
    rest -= GAP + table->note;
  table->title = MIN (table->title, rest);
  table->spare = rest - table->title;
}

static void
measure (TrkAgendaTable *table)
{
  for (guint i = 0; i < table->lines->len; i++)
    {
      const Line *line = g_ptr_array_index (table->lines, i);

      table->kind =
          MAX (table->kind, line->all_day ? strlen (ALL_DAY) - CLOCK : strlen (line->kind));
      table->title = MAX (table->title, line->title_width);
      table->note = MAX (table->note, line->note_width);
    }
  table->title = MAX (table->title, USUAL);
  share_width (table);
}

/* Addresses get what is left when everything else has its width. */
static void
widen_for_addresses (TrkAgendaTable *table)
{
  for (guint i = 0; i < table->lines->len; i++)
    {
      const Line *line = g_ptr_array_index (table->lines, i);
      gsize width = line->address != NULL ? trk_text_width (line->address) : 0;

      if (width > table->title && width <= table->title + table->spare)
        {
          table->spare -= width - table->title;
          table->title = width;
        }
    }
}

/* -- Printing ---------------------------------------------------------------------------------- */

static void
add_left (TrkAgendaTable *table, const char *text, gsize width, TrkPaint paint)
{
  g_autofree char *cell = trk_format_shown_fit (table->style, text, width);

  trk_style_add (table->style, table->out, paint, cell);
}

static void
add_blanks (GString *out, gsize n)
{
  for (; n > 0; n--)
    g_string_append_c (out, ' ');
}

static void
add_right (TrkAgendaTable *table, const char *text, gsize width)
{
  gsize used = trk_text_width (text);

  add_blanks (table->out, width > used ? width - used : 0);
  g_string_append (table->out, text);
}

static void
end_line (TrkAgendaTable *table)
{
  while (table->out->len > 0 && table->out->str[table->out->len - 1] == ' ')
    g_string_truncate (table->out, table->out->len - 1);
  g_string_append_c (table->out, '\n');
}

static gboolean
fits (const TrkAgendaTable *table, const char *address)
{
  return address != NULL && trk_text_width (address) <= table->title;
}

static gboolean
stands_below (const TrkAgendaTable *table, const Line *line)
{
  return table->note < LEAST_NOTE && line->note_width > table->note;
}

void
trk_agenda_add_lines (GString *out, const TrkStyle *style, char **lines, gsize at, TrkPaint paint)
{
  for (char **line = lines; *line != NULL; line++)
    {
      add_blanks (out, at);
      trk_style_add (style, out, paint, *line);
      g_string_append_c (out, '\n');
    }
}

/* What goes on below a row: the rest of its title, and beside it from column @at on that of its
 * note. */
static void
add_rest (TrkAgendaTable *table, const Line *line, char **titles, char **notes, gsize at)
{
  while (*titles != NULL || *notes != NULL)
    {
      gsize from = trk_agenda_table_title_at (table);

      add_blanks (table->out, from);
      add_left (table, *titles != NULL ? *titles : "", table->title,
                line->now ? TRK_PAINT_BOLD : TRK_PAINT_PLAIN);
      if (*notes != NULL)
        {
          add_blanks (table->out, at - from - table->title);
          trk_style_add (table->style, table->out, line->note_paint, *notes);
        }
      end_line (table);
      titles += *titles != NULL;
      notes += *notes != NULL;
    }
}

/* Behind the row, what does not fit on a second line below. FALSE: that is not enough. */
static gboolean
add_note_beside (TrkAgendaTable *table, const Line *line, char **titles)
{
  gsize mark_width = MIN (line->sign_width, table->note - 1);
  gsize at = width_without_title (table) + table->title - table->note + mark_width;
  g_auto (GStrv) lines =
      trk_format_shown_lines (table->style, line->words, table->note - mark_width);
  g_autofree char *first = g_strchomp (g_strconcat (line->sign, lines[0], NULL));

  if (g_strv_length (lines) > 2)
    return FALSE;
  g_string_append (table->out, "  ");
  trk_style_add (table->style, table->out, line->note_paint, first);
  end_line (table);
  add_rest (table, line, titles, lines[0] != NULL ? lines + 1 : lines, at);
  return TRUE;
}

/* Alone, the sign stands behind the row; one that words belong to stays with them, under the
 * title. */
static void
add_note_below (TrkAgendaTable *table, const Line *line, char **titles)
{
  static char *none[] = { NULL };
  gboolean alone = table->note > 0 && *line->words == '\0';
  gsize at = trk_agenda_table_title_at (table);
  gsize room = table->style->columns > at + LEAST ? table->style->columns - at : LEAST;
  g_autofree char *note = g_strconcat (line->sign, line->words, NULL);
  g_auto (GStrv) lines = NULL;

  g_string_append (table->out, "  ");
  if (alone)
    trk_style_add (table->style, table->out, line->note_paint, line->sign);
  end_line (table);
  add_rest (table, line, titles, none, at);
  if (alone || *note == '\0')
    return;
  lines = trk_format_shown_lines (table->style, note, room);
  trk_agenda_add_lines (table->out, table->style, lines, at, line->note_paint);
}

/* The note of a row, and what is left of its title (@titles). */
static void
add_note (TrkAgendaTable *table, const Line *line, char **titles)
{
  if (line->note_width == 0 || stands_below (table, line) || !add_note_beside (table, line, titles))
    add_note_below (table, line, titles);
}

/* -- The table --------------------------------------------------------------------------------- */

TrkAgendaTable *
trk_agenda_table_new (const TrkAgenda *agenda, const TrkStyle *style, GString *out)
{
  TrkAgendaTable *table = g_new0 (TrkAgendaTable, 1);

  table->agenda = agenda;
  table->style = style;
  table->out = out;
  table->lines = g_ptr_array_new_with_free_func (line_free);
  for (guint i = 0; i < agenda->rows->len; i++)
    g_ptr_array_add (table->lines, line_of (agenda, style, g_ptr_array_index (agenda->rows, i)));
  measure (table);
  widen_for_addresses (table);
  return table;
}

void
trk_agenda_table_free (TrkAgendaTable *table)
{
  if (table == NULL)
    return;
  g_ptr_array_unref (table->lines);
  g_free (table);
}

gsize
trk_agenda_table_title_at (const TrkAgendaTable *table)
{
  return TIME + table->kind + 1;
}

/* "Tuesday 17 November, 5 days ago", where there is room: whoever meant another Tuesday sees it. */
static char *
day_name (const TrkAgendaTable *table, TrkDay day, gsize room)
{
  const TrkAgenda *agenda = table->agenda;
  TrkDay today = trk_almanac_day (&agenda->almanac, agenda->now);
  TrkDay first = trk_almanac_day (&agenda->almanac, agenda->period.start);
  gboolean alone = trk_almanac_day (&agenda->almanac, agenda->period.end - 1) == first;
  g_autofree char *distance = trk_format_distance (day, today);
  g_autofree char *name = trk_format_day (day, today);
  g_autofree char *both = g_strdup_printf ("%s, %s", name, distance);

  if (day == today || !alone || trk_text_width (both) > room)
    return g_steal_pointer (&name);
  return g_steal_pointer (&both);
}

void
trk_agenda_table_add_heading (TrkAgendaTable *table, TrkDay day)
{
  gsize room = trk_agenda_table_title_at (table) + table->title;
  g_autofree char *name = day_name (table, day, room);

  add_left (table, name, room, TRK_PAINT_BOLD);
  g_string_append_printf (table->out, "%*s%*s\n", PLAN, "plan", ACTUAL, "actual");
}

static void
add_head (TrkAgendaTable *table, const Line *line)
{
  if (line->all_day)
    {
      add_left (table, ALL_DAY, CLOCK + table->kind, line->paint);
      return;
    }
  g_string_append (table->out, line->time);
  g_string_append_c (table->out, ' ');
  add_left (table, line->kind, table->kind, line->paint);
}

void
trk_agenda_table_add_row (TrkAgendaTable *table, guint row)
{
  const Line *line = g_ptr_array_index (table->lines, row);
  gboolean with_address = fits (table, line->address);
  g_auto (GStrv) titles = trk_format_shown_title (table->style, line->title, table->title);

  g_string_append (table->out, line->runs ? trk_style_sign (table->style, TRK_SIGN_NOW) : " ");
  add_head (table, line);
  g_string_append_c (table->out, ' ');
  add_left (table,
            with_address        ? line->address
            : titles[0] != NULL ? titles[0]
                                : "",
            table->title, line->now ? TRK_PAINT_BOLD : TRK_PAINT_PLAIN);
  add_right (table, line->planned, PLAN);
  add_right (table, line->actual, ACTUAL);
  add_note (table, line,
            with_address || titles[0] == NULL ? titles + g_strv_length (titles) : titles + 1);
}
