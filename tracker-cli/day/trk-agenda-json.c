/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-agenda.h"
#include "trk-json.h"
#include "trk-moved-json.h"

static void
add_cuts (TrkJson *builder, const TrkAgendaRow *row)
{
  trk_json_name (builder, "squeezed_by");
  trk_json_begin_array (builder);
  for (guint i = 0; row->cuts != NULL && i < row->cuts->len; i++)
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

/* What each block took of others, by its ID: arrays of TrkSqueeze. */
static GHashTable *
takes_by_winner (const TrkAgenda *agenda)
{
  GHashTable *takes =
      g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_ptr_array_unref);

  for (guint i = 0; i < agenda->squeezed->len; i++)
    {
      TrkSqueeze *squeeze = &g_array_index (agenda->squeezed, TrkSqueeze, i);
      GPtrArray *taken = g_hash_table_lookup (takes, squeeze->by->id);

      if (taken == NULL)
        g_hash_table_insert (takes, squeeze->by->id, taken = g_ptr_array_new ());
      g_ptr_array_add (taken, squeeze);
    }
  return takes;
}

/* Each is told in the day in which the loss begins; @taken (nullable): by the row's block. */
static void
add_takes (TrkJson *builder,
           const TrkAgenda *agenda,
           const TrkAgendaRow *row,
           const GPtrArray *taken)
{
  TrkPeriod day = trk_almanac_day_period (&agenda->almanac, row->part.day);

  trk_json_name (builder, "squeezes");
  trk_json_begin_array (builder);
  for (guint i = 0; taken != NULL && i < taken->len; i++)
    {
      const TrkSqueeze *squeeze = g_ptr_array_index (taken, i);

      if (!trk_period_contains (day, squeeze->lost.start))
        continue;
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
add_row (TrkJson *builder, const TrkAgenda *agenda, const TrkAgendaRow *row, GHashTable *takes)
{
  const TrkBlock *block = row->record != NULL ? row->record->block : NULL;
  gboolean begun = trk_agenda_is_begun (row);
  TrkOutcome outcome = trk_agenda_outcome (agenda, row);

  trk_json_begin_object (builder);
  trk_json_string (builder, "type", block != NULL ? "block" : "unplanned");
  trk_json_string (builder, "id", block != NULL ? block->id : NULL);
  trk_json_string (builder, "title", row->title);
  trk_json_string (builder, "kind", trk_kind_to_string (row->kind));
  trk_json_instant (builder, "start", row->period.start);
  trk_json_instant (builder, "end", row->period.end);
  trk_json_instant (builder, "planned_start", block != NULL ? block->planned.start : 0);
  trk_json_instant (builder, "planned_end", block != NULL ? block->planned.end : 0);
  trk_moved_json_add (builder, row->record, row->end, agenda->now);
  trk_json_day (builder, "day", row->part.day);
  trk_json_day (builder, "begun", row->part.first);
  trk_json_bool (builder, "all_day", row->all_day);
  trk_json_length (builder, "planned_seconds", row->planned);
  trk_json_instant (builder, "actual_start", begun ? row->first : 0);
  trk_json_length (builder, "actual_seconds", row->actual);
  trk_json_length (builder, "on_plan_seconds", row->on_plan);
  trk_json_length (builder, "worked_seconds", row->worked);
  trk_json_bool (builder, "running", row->open);
  trk_json_string (builder, "outcome",
                   outcome != TRK_OUTCOME_NONE ? trk_outcome_to_string (outcome) : NULL);
  trk_json_bool (builder, "in_calendar",
                 block != NULL && block->calendar != NULL
                     && !trk_block_state_is_unplanned (row->record->state));
  add_cuts (builder, row);
  add_takes (builder, agenda, row, block != NULL ? g_hash_table_lookup (takes, block->id) : NULL);
  trk_json_string (builder, "calendar", block != NULL ? block->calendar : NULL);
  trk_json_string (builder, "location", block != NULL ? block->location : NULL);
  trk_json_string (builder, "link", block != NULL ? block->link : NULL);
  trk_json_string (builder, "why", block != NULL ? block->kind_why : NULL);
  trk_json_end_object (builder);
}

/* The same keys as a block has: what is not planned has no kind and no outcome. */
static void
add_free (TrkJson *builder, const TrkAgendaFree *event)
{
  static const char *const none[] = { "planned_start", "planned_end", "actual_start" };
  const TrkOccurrence *occurrence = event->occurrence;
  g_autofree char *id = trk_block_id_for (occurrence);

  trk_json_begin_object (builder);
  trk_json_string (builder, "type", "free");
  trk_json_string (builder, "id", id);
  trk_json_string (builder, "title", event->title);
  trk_json_string (builder, "kind", NULL);
  trk_json_instant (builder, "start", occurrence->period.start);
  trk_json_instant (builder, "end", occurrence->period.end);
  trk_moved_json_add (builder, NULL, 0, 0);
  trk_json_day (builder, "day", event->day);
  trk_json_day (builder, "begun", event->begun);
  trk_json_bool (builder, "all_day", occurrence->all_day);
  for (gsize i = 0; i < G_N_ELEMENTS (none); i++)
    trk_json_string (builder, none[i], NULL);
  trk_json_length (builder, "planned_seconds", 0);
  trk_json_length (builder, "actual_seconds", 0);
  trk_json_length (builder, "on_plan_seconds", 0);
  trk_json_length (builder, "worked_seconds", 0);
  trk_json_bool (builder, "running", FALSE);
  trk_json_string (builder, "outcome", NULL);
  trk_json_bool (builder, "in_calendar", TRUE);
  trk_json_strings (builder, "squeezed_by", NULL);
  trk_json_strings (builder, "squeezes", NULL);
  trk_json_string (builder, "calendar", occurrence->calendar);
  trk_json_string (builder, "location", NULL);
  trk_json_string (builder, "link", NULL);
  trk_json_string (builder, "why", event->why);
  trk_json_end_object (builder);
}

/* A row, or an event without a block, by day and start. */
typedef struct
{
  TrkDay day;
  TrkInstant start;
  const TrkAgendaRow *row;    /* (nullable): */
  const TrkAgendaFree *event; /* then this */
} Element;

static gint
compare_elements (gconstpointer a, gconstpointer b)
{
  const Element *x = a, *y = b;

  if (x->day != y->day)
    return x->day < y->day ? -1 : 1;
  return (x->start > y->start) - (x->start < y->start);
}

static GArray *
elements_of (const TrkAgenda *agenda)
{
  GArray *elements = g_array_new (FALSE, FALSE, sizeof (Element));

  for (guint i = 0; i < agenda->rows->len; i++)
    {
      const TrkAgendaRow *row = g_ptr_array_index (agenda->rows, i);

      g_array_append_vals (elements, &(Element){ row->part.day, row->period.start, row, NULL }, 1);
    }
  for (guint i = 0; i < agenda->free->len; i++)
    {
      const TrkAgendaFree *event = g_ptr_array_index (agenda->free, i);
      TrkInstant start = event->occurrence->period.start;

      g_array_append_vals (elements, &(Element){ event->day, start, NULL, event }, 1);
    }
  g_array_sort (elements, compare_elements);
  return elements;
}

void
trk_agenda_to_json (const TrkAgenda *agenda, TrkJson *builder)
{
  g_autoptr (GArray) elements = elements_of (agenda);
  g_autoptr (GHashTable) takes = takes_by_winner (agenda);

  trk_json_begin_array (builder);
  for (guint i = 0; i < elements->len; i++)
    {
      const Element *element = &g_array_index (elements, Element, i);

      if (element->row != NULL)
        add_row (builder, agenda, element->row, takes);
      else
        add_free (builder, element->event);
    }
  trk_json_end_array (builder);
}
