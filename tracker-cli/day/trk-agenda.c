/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-agenda.h"

#include "trk-agenda-free.h"
#include "trk-block-figures.h"
#include "trk-counted.h"
#include "trk-places.h"
#include "trk-times.h"

/* What is known of one block: its rows, one a day, and what was worked on it in all. */
typedef struct
{
  const TrkBlockRecord *record;
  TrkInstant end;  /* where it ends as things are */
  GPtrArray *rows; /* of TrkAgendaRow, borrowed, by day (owned array) */
  TrkDuration worked, counts;
  TrkInstant first;
} Known;

typedef struct
{
  TrkAgenda *agenda;
  TrkDay first, last;        /* of the period */
  GHashTable *blocks;        /* ID → Known */
  GHashTable *unplanned;     /* day, kind, task and title → TrkAgendaRow */
  const TrkPeriodSet *focus; /* planned */
} Filling;

static void
row_free (gpointer data)
{
  TrkAgendaRow *row = data;

  g_clear_pointer (&row->gaps, g_ptr_array_unref);
  g_clear_pointer (&row->cuts, g_ptr_array_unref);
  g_free (row);
}

/* To @list, which most rows have not. */
static void
add_to (GPtrArray **list, gpointer what)
{
  if (*list == NULL)
    *list = g_ptr_array_new ();
  g_ptr_array_add (*list, what);
}

static TrkAgendaRow *
add_row (TrkAgenda *agenda, const char *title, TrkKind kind, TrkPeriod period, TrkDay day)
{
  TrkAgendaRow *row = g_new0 (TrkAgendaRow, 1);

  row->title = title;
  row->kind = kind;
  row->period = period;
  row->end = period.end;
  row->part = trk_day_part (&agenda->almanac, period, day);
  g_ptr_array_add (agenda->rows, row);
  return row;
}

void
trk_agenda_clear (TrkAgenda *agenda)
{
  g_clear_pointer (&agenda->rows, g_ptr_array_unref);
  g_clear_pointer (&agenda->free, g_ptr_array_unref);
}

gboolean
trk_agenda_is_begun (const TrkAgendaRow *row)
{
  return row->part.day == row->part.first;
}

TrkOutcome
trk_agenda_outcome (const TrkAgenda *agenda, const TrkAgendaRow *row)
{
  if (row->record == NULL || !trk_agenda_is_begun (row))
    return TRK_OUTCOME_NONE;
  return trk_block_outcome (row->record, row->counts, agenda->now, agenda->kept_since);
}

static TrkPeriod
day_period (const Filling *filling, TrkDay day)
{
  return trk_almanac_day_period (&filling->agenda->almanac, day);
}

/* The days of the agenda in which @period lies: none when @first is after @last. A moment lies in
 * its day. */
static void
days_of (const Filling *filling, TrkPeriod period, TrkDay *first, TrkDay *last)
{
  const TrkAlmanac *almanac = &filling->agenda->almanac;

  *first = MAX (filling->first, trk_almanac_day (almanac, period.start));
  *last = MIN (filling->last, trk_almanac_day (almanac, MAX (period.start, period.end - 1)));
}

/* -- Rows of the plan ------------------------------------------------------------------------- */

static void
known_free (gpointer data)
{
  Known *known = data;

  g_ptr_array_unref (known->rows);
  g_free (known);
}

/* The row of the block in @day, made when there is none. */
static TrkAgendaRow *
row_in (const Filling *filling, Known *known, TrkDay day)
{
  const TrkBlock *block = known->record->block;
  TrkAgendaRow *row;

  for (guint i = 0; i < known->rows->len; i++)
    {
      row = g_ptr_array_index (known->rows, i);
      if (row->part.day == day)
        return row;
    }
  row = add_row (filling->agenda, block->title, block->kind, block->period, day);
  row->record = known->record;
  row->end = known->end;
  if (trk_record_is_planned (known->record))
    row->planned = trk_period_length (row->part.inside);
  row->all_day =
      block->kind == TRK_KIND_OFF
      && trk_period_length (row->part.inside) == trk_period_length (day_period (filling, day));
  g_ptr_array_add (known->rows, row);
  return row;
}

/* When the block is or was meant to go on: its plan, and the time by which it was extended. */
static TrkPeriod
meant (const Known *known)
{
  TrkPeriod period = known->record->block->period;

  if (known->record->state->outcome == TRK_OUTCOME_NONE)
    period.end = MAX (period.end, known->end);
  return period;
}

/* Where the blocks lie, as the daemon has them: one for each record (owned). */
static TrkPlace *
places_of (const GPtrArray *records)
{
  TrkPlace *places = g_new (TrkPlace, records->len);

  for (guint i = 0; i < records->len; i++)
    {
      const TrkBlockRecord *record = g_ptr_array_index (records, i);

      places[i] = (TrkPlace){ .block = record->block, .state = record->state };
    }
  trk_places_arrange (places, records->len);
  return places;
}

/* What left the calendar stands where time was kept of it: its entries make those rows. */
static void
add_days (const Filling *filling, Known *known)
{
  TrkDay day, last;

  if (known->record->state->outcome == TRK_OUTCOME_CANCELLED)
    return;
  for (days_of (filling, meant (known), &day, &last); day <= last; day++)
    row_in (filling, known, day);
}

static void
add_blocks (const Filling *filling)
{
  const GPtrArray *records = filling->agenda->records;
  g_autofree TrkPlace *places = places_of (records);

  for (guint i = 0; i < records->len; i++)
    {
      Known *known = g_new0 (Known, 1);

      known->record = g_ptr_array_index (records, i);
      known->end = places[i].span.end;
      known->rows = g_ptr_array_new ();
      g_hash_table_insert (filling->blocks, known->record->block->id, known);
      add_days (filling, known);
    }
}

/* -- Overlaps --------------------------------------------------------------------------------- */

/* Rows by their block's ID without a piece's number. */
static GHashTable *
rows_by_whole (const TrkAgenda *agenda)
{
  GHashTable *table =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);

  for (guint i = 0; i < agenda->rows->len; i++)
    {
      TrkAgendaRow *row = g_ptr_array_index (agenda->rows, i);
      g_autofree char *whole = trk_block_id_whole (row->record->block->id);
      GPtrArray *rows = g_hash_table_lookup (table, whole);

      if (rows == NULL)
        g_hash_table_insert (table, g_steal_pointer (&whole), rows = g_ptr_array_new ());
      g_ptr_array_add (rows, row);
    }
  return table;
}

/* The row on which a partial loss is told: the piece before it, else the one after it. */
static TrkAgendaRow *
row_beside (GHashTable *by_whole, const TrkSqueeze *squeeze)
{
  g_autofree char *whole = trk_block_id_whole (squeeze->block->id);
  const GPtrArray *rows = g_hash_table_lookup (by_whole, whole);
  TrkAgendaRow *beside = NULL;

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      TrkAgendaRow *row = g_ptr_array_index (rows, i);
      const TrkBlock *block = row->record->block;

      if (block->planned.start != squeeze->block->planned.start
          || !trk_block_id_is_of (block->id, squeeze->block->id))
        continue;
      if (beside == NULL || row->part.inside.start < squeeze->lost.start)
        beside = row;
    }
  return beside;
}

/* A part that was lost is told where it is nearest; what was lost whole has no row. */
static void
add_cuts (const Filling *filling)
{
  const GArray *squeezed = filling->agenda->squeezed;
  g_autoptr (GHashTable) by_whole = rows_by_whole (filling->agenda);

  for (guint i = 0; i < squeezed->len; i++)
    {
      TrkSqueeze *squeeze = &g_array_index (squeezed, TrkSqueeze, i);
      TrkAgendaRow *row = squeeze->whole ? NULL : row_beside (by_whole, squeeze);

      if (row != NULL)
        add_to (&row->cuts, squeeze);
    }
}

/* -- What really happened --------------------------------------------------------------------- */

/* The time of all planned focus: what the reports measure against. */
static TrkPeriodSet *
planned_focus (const TrkAgenda *agenda)
{
  g_autoptr (TrkCounting) counting =
      trk_counting_new (agenda->records, agenda->entries, MIN (agenda->kept_since, agenda->now));
  const GPtrArray *records = agenda->records;
  TrkPeriodSet *set = trk_period_set_new ();

  for (guint i = 0; i < records->len; i++)
    {
      const TrkBlockRecord *record = g_ptr_array_index (records, i);

      if (record->block->kind == TRK_KIND_FOCUS && trk_record_is_planned (record)
          && trk_counting_has (counting, record->block))
        trk_period_set_add (set, record->block->period);
    }
  return set;
}

static TrkAgendaRow *
unplanned_row (const Filling *filling, const TrkEntry *entry, TrkPeriod worked, TrkDay day)
{
  g_autofree char *key = g_strdup_printf ("%d %d %" G_GINT64_FORMAT " %s", day, (int) entry->kind,
                                          entry->task, entry->title);
  TrkDayPart part = trk_day_part (&filling->agenda->almanac, worked, day);
  TrkAgendaRow *row = g_hash_table_lookup (filling->unplanned, key);

  if (row == NULL)
    {
      row = add_row (filling->agenda, entry->title, entry->kind, worked, day);
      g_hash_table_insert (filling->unplanned, g_steal_pointer (&key), row);
      return row;
    }
  trk_day_part_join (&row->part, &part);
  row->period.start = MIN (row->period.start, worked.start);
  row->period.end = MAX (row->period.end, worked.end);
  return row;
}

static void
count_for_block (Known *known, const TrkEntry *entry, TrkPeriod worked)
{
  known->worked += trk_period_length (worked);
  if (!trk_kind_counts_for (entry->kind, known->record->block->kind))
    return;
  known->counts += trk_period_length (worked);
  if (known->first == 0 || worked.start < known->first)
    known->first = worked.start;
}

/* @known NULL: it belongs to no block that is shown. */
static void
count_entry (const Filling *filling, Known *known, const TrkEntry *entry)
{
  TrkInstant now = filling->agenda->now;
  TrkPeriod worked = { entry->period.start,
                       MAX (entry->period.start, MIN (entry->period.end, now)) };
  TrkDay day, last;

  for (days_of (filling, worked, &day, &last); day <= last; day++)
    {
      TrkPeriod bounds = day_period (filling, day);
      TrkAgendaRow *row = known != NULL ? row_in (filling, known, day)
                                        : unplanned_row (filling, entry, worked, day);

      row->actual += trk_period_length (trk_period_intersect (worked, bounds));
      if (entry->kind == TRK_KIND_FOCUS)
        row->on_plan += trk_length_within (filling->focus, trk_period_intersect (worked, bounds));
      row->open = row->open || (trk_entry_is_open (entry) && trk_period_contains (bounds, now));
      row->worked += known == NULL ? trk_period_length (worked) : 0;
      if (row->first == 0 || worked.start < row->first)
        row->first = worked.start;
    }
  if (known != NULL)
    count_for_block (known, entry, worked);
}

/* What all entries of a block came to, to each of its rows. */
static void
share_counts (const Filling *filling)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, filling->blocks);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const Known *known = value;

      for (guint i = 0; i < known->rows->len; i++)
        {
          TrkAgendaRow *row = g_ptr_array_index (known->rows, i);

          row->worked = known->worked;
          row->counts = known->counts;
          row->first = known->first;
        }
    }
}

static void
add_entries (const Filling *filling)
{
  const GPtrArray *entries = filling->agenda->entries;

  for (guint i = 0; i < entries->len; i++)
    {
      const TrkEntry *entry = g_ptr_array_index (entries, i);
      Known *known =
          entry->block_id != NULL ? g_hash_table_lookup (filling->blocks, entry->block_id) : NULL;

      count_entry (filling, known, entry);
    }
  share_counts (filling);
}

/* Time that was answered for as work, or as a break, is in the log as that. */
static gboolean
is_filled (const TrkGap *gap)
{
  return gap->answer == TRK_ANSWER_WORKED || gap->answer == TRK_ANSWER_BREAK;
}

static void
add_gaps (const Filling *filling)
{
  const GPtrArray *gaps = filling->agenda->gaps;

  for (guint i = 0; i < gaps->len; i++)
    {
      TrkGap *gap = g_ptr_array_index (gaps, i);
      const Known *known =
          gap->block_id != NULL ? g_hash_table_lookup (filling->blocks, gap->block_id) : NULL;

      for (guint n = 0; known != NULL && !is_filled (gap) && n < known->rows->len; n++)
        {
          TrkAgendaRow *row = g_ptr_array_index (known->rows, n);

          if (trk_period_overlaps (gap->period, day_period (filling, row->part.day)))
            add_to (&row->gaps, gap);
        }
    }
}

/* By time, whatever was planned: at one time what was planned comes first. */
static gint
compare_rows (gconstpointer a, gconstpointer b)
{
  const TrkAgendaRow *x = *(const TrkAgendaRow *const *) a;
  const TrkAgendaRow *y = *(const TrkAgendaRow *const *) b;

  if (x->part.day != y->part.day)
    return x->part.day < y->part.day ? -1 : 1;
  if (x->period.start != y->period.start)
    return x->period.start < y->period.start ? -1 : 1;
  if ((x->record == NULL) != (y->record == NULL))
    return x->record == NULL ? 1 : -1;
  return g_strcmp0 (x->title, y->title);
}

void
trk_agenda_fill (TrkAgenda *agenda)
{
  g_autoptr (GHashTable) blocks = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, known_free);
  g_autoptr (GHashTable) unplanned = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (TrkPeriodSet) focus = planned_focus (agenda);
  const Filling filling = {
    .agenda = agenda,
    .first = trk_almanac_day (&agenda->almanac, agenda->period.start),
    .last = trk_almanac_day (&agenda->almanac, agenda->period.end - 1),
    .blocks = blocks,
    .unplanned = unplanned,
    .focus = focus,
  };

  agenda->rows = g_ptr_array_new_with_free_func (row_free);
  add_blocks (&filling);
  add_cuts (&filling);
  add_entries (&filling);
  add_gaps (&filling);
  g_ptr_array_sort (agenda->rows, compare_rows);
  agenda->free = trk_agenda_free_new (agenda);
}

/* The first of them, which come by time, that was lost at @instant or later. */
static guint
first_lost (const GArray *squeezed, TrkInstant instant)
{
  guint low = 0, high = squeezed->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (squeezed, TrkSqueeze, middle).lost.start < instant)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

/* Was @block to have all of its event? Else it is a piece beside one that the user left. */
static gboolean
is_whole_event (const TrkBlock *block)
{
  return block->period.start == block->planned.start && block->period.end == block->planned.end;
}

GPtrArray *
trk_agenda_lost (const TrkAgenda *agenda, TrkDay day)
{
  const TrkPeriod period = trk_almanac_day_period (&agenda->almanac, day);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *lost = g_ptr_array_new ();

  for (guint i = first_lost (agenda->squeezed, period.start); i < agenda->squeezed->len; i++)
    {
      TrkSqueeze *squeeze = &g_array_index (agenda->squeezed, TrkSqueeze, i);

      if (squeeze->lost.start >= period.end)
        break;
      /* The first loss of each. */
      if (squeeze->whole && !squeeze->duplicate
          && squeeze->lost.start == squeeze->block->period.start
          && (is_whole_event (squeeze->block) || g_hash_table_add (seen, squeeze->block->id)))
        g_ptr_array_add (lost, squeeze);
    }
  return lost;
}
