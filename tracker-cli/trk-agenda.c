/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-agenda.h"

static void
row_free (gpointer data)
{
  TrkAgendaRow *row = data;

  g_ptr_array_unref (row->gaps);
  g_ptr_array_unref (row->cuts);
  g_ptr_array_unref (row->takes);
  g_free (row);
}

static TrkAgendaRow *
row_new (const char *title, TrkKind kind, TrkPeriod period, TrkDay day)
{
  TrkAgendaRow *row = g_new0 (TrkAgendaRow, 1);

  row->title = title;
  row->kind = kind;
  row->period = period;
  row->day = day;
  row->gaps = g_ptr_array_new ();
  row->cuts = g_ptr_array_new ();
  row->takes = g_ptr_array_new ();
  return row;
}

void
trk_agenda_clear (TrkAgenda *agenda)
{
  g_clear_pointer (&agenda->rows, g_ptr_array_unref);
}

/* -- Rows of the plan -------------------------------------------------------------------------- */

/* Adds a row for each block that starts in the period; @by_id gets every block's row, NULL for one
 * that belongs to the day before. */
static void
add_blocks (TrkAgenda *agenda, GHashTable *by_id)
{
  for (guint i = 0; i < agenda->records->len; i++)
    {
      const TrkBlockRecord *record = g_ptr_array_index (agenda->records, i);
      const TrkBlock *block = record->block;
      TrkAgendaRow *row = NULL;

      if (trk_period_contains (agenda->period, block->period.start))
        {
          row = row_new (block->title, block->kind, block->period,
                         trk_almanac_day (&agenda->almanac, block->period.start));
          row->record = record;
          g_ptr_array_add (agenda->rows, row);
        }
      g_hash_table_insert (by_id, block->id, row);
    }
}

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
      if (beside == NULL || row->period.start < squeeze->lost.start)
        beside = row;
    }
  return beside;
}

static void
add_squeezes (TrkAgenda *agenda, GHashTable *by_id)
{
  g_autoptr (GHashTable) by_whole = rows_by_whole (agenda);

  for (guint i = 0; i < agenda->squeezed->len; i++)
    {
      TrkSqueeze *squeeze = g_ptr_array_index (agenda->squeezed, i);
      TrkAgendaRow *winner = g_hash_table_lookup (by_id, squeeze->by->id);
      TrkAgendaRow *loser = squeeze->whole ? NULL : row_beside (by_whole, squeeze);

      if (winner != NULL)
        g_ptr_array_add (winner->takes, squeeze);
      if (loser != NULL)
        g_ptr_array_add (loser->cuts, squeeze);
    }
}

/* -- What really happened ---------------------------------------------------------------------- */

static TrkAgendaRow *
unplanned_row (TrkAgenda *agenda, GHashTable *unplanned, const TrkEntry *entry, TrkPeriod worked)
{
  TrkDay day = trk_almanac_day (&agenda->almanac, worked.start);
  g_autofree char *key = g_strdup_printf ("%d %d %" G_GINT64_FORMAT " %s", day, (int) entry->kind,
                                          entry->task, entry->title);
  TrkAgendaRow *row = g_hash_table_lookup (unplanned, key);

  if (row == NULL)
    {
      row = row_new (entry->title, entry->kind, worked, day);
      g_ptr_array_add (agenda->rows, row);
      g_hash_table_insert (unplanned, g_steal_pointer (&key), row);
    }
  row->period.start = MIN (row->period.start, worked.start);
  row->period.end = MAX (row->period.end, worked.end);
  return row;
}

static void
count_entry (TrkAgendaRow *row, const TrkEntry *entry, TrkPeriod worked)
{
  row->actual += trk_period_length (worked);
  row->open = row->open || trk_entry_is_open (entry);
  if (row->first == 0 || worked.start < row->first)
    row->first = worked.start;
}

static void
add_entries (TrkAgenda *agenda, GHashTable *by_id)
{
  g_autoptr (GHashTable) unplanned = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < agenda->entries->len; i++)
    {
      const TrkEntry *entry = g_ptr_array_index (agenda->entries, i);
      TrkPeriod worked = { entry->period.start, MIN (entry->period.end, agenda->now) };
      gpointer row = NULL;

      if (entry->block_id == NULL
          || !g_hash_table_lookup_extended (by_id, entry->block_id, NULL, &row))
        {
          worked.start = MAX (worked.start, agenda->period.start);
          if (trk_period_contains (agenda->period, worked.start))
            row = unplanned_row (agenda, unplanned, entry, worked);
        }
      if (row != NULL)
        count_entry (row, entry, worked);
    }
}

static void
add_gaps (TrkAgenda *agenda, GHashTable *by_id)
{
  for (guint i = 0; i < agenda->gaps->len; i++)
    {
      TrkGap *gap = g_ptr_array_index (agenda->gaps, i);
      TrkAgendaRow *row = gap->block_id != NULL ? g_hash_table_lookup (by_id, gap->block_id) : NULL;

      if (row != NULL)
        g_ptr_array_add (row->gaps, gap);
    }
}

static gint
compare_rows (gconstpointer a, gconstpointer b)
{
  const TrkAgendaRow *x = *(const TrkAgendaRow *const *) a;
  const TrkAgendaRow *y = *(const TrkAgendaRow *const *) b;

  if (x->day != y->day)
    return x->day < y->day ? -1 : 1;
  if ((x->record == NULL) != (y->record == NULL))
    return x->record == NULL ? 1 : -1;
  if (x->period.start != y->period.start)
    return x->period.start < y->period.start ? -1 : 1;
  return g_strcmp0 (x->title, y->title);
}

void
trk_agenda_fill (TrkAgenda *agenda)
{
  g_autoptr (GHashTable) by_id = g_hash_table_new (g_str_hash, g_str_equal);

  agenda->rows = g_ptr_array_new_with_free_func (row_free);
  add_blocks (agenda, by_id);
  add_squeezes (agenda, by_id);
  add_entries (agenda, by_id);
  add_gaps (agenda, by_id);
  g_ptr_array_sort (agenda->rows, compare_rows);
}

GPtrArray *
trk_agenda_lost (const TrkAgenda *agenda, TrkDay day)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *lost = g_ptr_array_new ();

  for (guint i = 0; i < agenda->squeezed->len; i++)
    {
      TrkSqueeze *squeeze = g_ptr_array_index (agenda->squeezed, i);

      if (squeeze->whole && !squeeze->duplicate
          && trk_almanac_day (&agenda->almanac, squeeze->block->period.start) == day
          && g_hash_table_add (seen, squeeze->block->id))
        g_ptr_array_add (lost, squeeze);
    }
  return lost;
}
