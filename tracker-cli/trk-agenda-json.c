/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-agenda.h"
#include "trk-json.h"

static void
add_cuts (TrkJson *builder, const TrkAgendaRow *row)
{
  trk_json_name (builder, "squeezed_by");
  trk_json_begin_array (builder);
  for (guint i = 0; i < row->cuts->len; i++)
    {
      const TrkSqueeze *squeeze = g_ptr_array_index (row->cuts, i);

      trk_json_begin_object (builder);
      trk_json_string (builder, "id", squeeze->by->id);
      trk_json_string (builder, "title", squeeze->by->title);
      trk_json_instant (builder, "start", squeeze->lost.start);
      trk_json_instant (builder, "end", squeeze->lost.end);
      trk_json_end_object (builder);
    }
  trk_json_end_array (builder);
}

static void
add_takes (TrkJson *builder, const TrkAgendaRow *row)
{
  trk_json_name (builder, "squeezes");
  trk_json_begin_array (builder);
  for (guint i = 0; i < row->takes->len; i++)
    {
      const TrkSqueeze *squeeze = g_ptr_array_index (row->takes, i);

      trk_json_begin_object (builder);
      trk_json_string (builder, "id", squeeze->block->id);
      trk_json_string (builder, "title", squeeze->block->title);
      trk_json_string (builder, "kind", trk_kind_to_string (squeeze->block->kind));
      trk_json_instant (builder, "start", squeeze->lost.start);
      trk_json_instant (builder, "end", squeeze->lost.end);
      trk_json_bool (builder, "whole", squeeze->whole);
      trk_json_bool (builder, "owed", squeeze->owed);
      trk_json_bool (builder, "duplicate", squeeze->duplicate);
      trk_json_end_object (builder);
    }
  trk_json_end_array (builder);
}

static void
add_row (TrkJson *builder, const TrkAgendaRow *row)
{
  const TrkBlock *block = row->record != NULL ? row->record->block : NULL;
  TrkOutcome outcome =
      row->record != NULL ? trk_block_record_outcome (row->record, row->actual) : TRK_OUTCOME_NONE;

  trk_json_begin_object (builder);
  trk_json_string (builder, "type", block != NULL ? "block" : "unplanned");
  trk_json_string (builder, "id", block != NULL ? block->id : NULL);
  trk_json_string (builder, "title", row->title);
  trk_json_string (builder, "kind", trk_kind_to_string (row->kind));
  trk_json_instant (builder, "start", row->period.start);
  trk_json_instant (builder, "end", row->period.end);
  trk_json_instant (builder, "planned_start", block != NULL ? block->planned.start : 0);
  trk_json_instant (builder, "planned_end", block != NULL ? block->planned.end : 0);
  trk_json_instant (builder, "actual_start", row->first);
  trk_json_length (builder, "actual_seconds", row->actual);
  trk_json_bool (builder, "running", row->open);
  trk_json_string (builder, "outcome",
                   outcome != TRK_OUTCOME_NONE ? trk_outcome_to_string (outcome) : NULL);
  add_cuts (builder, row);
  add_takes (builder, row);
  trk_json_string (builder, "calendar", block != NULL ? block->calendar : NULL);
  trk_json_string (builder, "location", block != NULL ? block->location : NULL);
  trk_json_string (builder, "link", block != NULL ? block->link : NULL);
  trk_json_string (builder, "why", block != NULL ? block->kind_why : NULL);
  trk_json_end_object (builder);
}

static gint
compare_starts (gconstpointer a, gconstpointer b)
{
  const TrkAgendaRow *x = *(const TrkAgendaRow *const *) a;
  const TrkAgendaRow *y = *(const TrkAgendaRow *const *) b;

  return (x->period.start > y->period.start) - (x->period.start < y->period.start);
}

void
trk_agenda_to_json (const TrkAgenda *agenda, TrkJson *builder)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_copy (agenda->rows, NULL, NULL);

  g_ptr_array_set_free_func (rows, NULL);
  g_ptr_array_sort (rows, compare_starts);
  trk_json_begin_array (builder);
  for (guint i = 0; i < rows->len; i++)
    add_row (builder, g_ptr_array_index (rows, i));
  trk_json_end_array (builder);
}
