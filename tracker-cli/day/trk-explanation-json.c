/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-day-part.h"
#include "trk-explanation.h"
#include "trk-json.h"
#include "trk-moved-json.h"
#include "trk-times.h"

static void
begin_array (TrkJson *builder, const char *key)
{
  trk_json_name (builder, key);
  trk_json_begin_array (builder);
}

static void
begin_period (TrkJson *builder, TrkPeriod period)
{
  trk_json_begin_object (builder);
  trk_json_instant (builder, "start", period.start);
  trk_json_instant (builder, "end", period.end);
}

static void
add_days (const TrkAlmanac *almanac, TrkPeriod period, TrkJson *builder)
{
  TrkDay last = trk_almanac_day (almanac, period.end - 1);

  begin_array (builder, "days");
  for (TrkDay day = trk_almanac_day (almanac, period.start); day <= last; day++)
    {
      trk_json_begin_object (builder);
      trk_json_day (builder, "day", day);
      trk_json_length (builder, "seconds",
                       trk_period_length (trk_day_part (almanac, period, day).inside));
      trk_json_end_object (builder);
    }
  trk_json_end_array (builder);
}

static void
add_pieces (const TrkExplanation *explanation, const TrkKnowledge *knowledge, TrkJson *builder)
{
  begin_array (builder, "pieces");
  for (guint i = 0; i < explanation->pieces->len; i++)
    {
      const TrkBlockRecord *record = g_ptr_array_index (explanation->pieces, i);
      const TrkBlockState *state = record->state;
      TrkOutcome outcome = trk_explanation_outcome (explanation, knowledge, record);
      gboolean over = outcome != TRK_OUTCOME_NONE;
      const char *before;
      TrkInstant end = trk_explanation_end (knowledge, record, &before);

      begin_period (builder, record->block->period);
      add_days (&knowledge->almanac, record->block->period, builder);
      trk_json_string (builder, "id", record->block->id);
      trk_moved_json_add (builder, record, end, knowledge->now);
      trk_json_string (builder, "outcome", over ? trk_outcome_to_string (outcome) : NULL);
      trk_json_string (
          builder, "outcome_reason",
          outcome == state->outcome && over ? trk_reason_to_string (state->outcome_reason) : NULL);
      trk_json_string (builder, "note", state->note);
      trk_json_bool (builder, "in_calendar", trk_record_is_planned (record));
      trk_json_end_object (builder);
    }
  trk_json_end_array (builder);
}

static void
add_squeezes (const TrkExplanation *explanation, TrkJson *builder)
{
  begin_array (builder, "squeezed_by");
  for (guint i = 0; i < explanation->squeezes->len; i++)
    {
      const TrkSqueeze *squeeze = g_ptr_array_index (explanation->squeezes, i);

      begin_period (builder, squeeze->lost);
      trk_json_string (builder, "id", squeeze->by->id);
      trk_json_string (builder, "title", squeeze->by->title);
      trk_json_bool (builder, "whole", squeeze->whole);
      trk_json_bool (builder, "owed", squeeze->owed);
      trk_json_bool (builder, "duplicate", squeeze->duplicate);
      trk_json_end_object (builder);
    }
  trk_json_end_array (builder);
}

static void
add_notices (const TrkExplanation *explanation, TrkJson *builder)
{
  begin_array (builder, "notices");
  for (guint i = 0; i < explanation->notices->len; i++)
    {
      const TrkNoticeRecord *record = g_ptr_array_index (explanation->notices, i);

      trk_json_begin_object (builder);
      trk_json_instant (builder, "at", record->at);
      trk_json_instant (builder, "shown", record->shown);
      trk_json_string (builder, "kind", trk_notice_kind_to_string (record->notice->kind));
      trk_json_string (builder, "title", record->notice->title);
      trk_json_string (builder, "reason", trk_reason_to_string (record->reason));
      trk_json_string (builder, "backend", record->backend);
      trk_json_end_object (builder);
    }
  trk_json_end_array (builder);
}

static void
add_entries (const TrkExplanation *explanation, TrkJson *builder)
{
  begin_array (builder, "entries");
  for (guint i = 0; i < explanation->entries->len; i++)
    {
      const TrkEntry *entry = g_ptr_array_index (explanation->entries, i);

      begin_period (builder, entry->period);
      trk_json_int (builder, "number", entry->number);
      trk_json_string (builder, "evidence", trk_evidence_to_string (entry->evidence));
      trk_json_string (builder, "start_reason", trk_reason_to_string (entry->start_reason));
      trk_json_string (builder, "end_reason",
                       trk_entry_is_open (entry) ? NULL : trk_reason_to_string (entry->end_reason));
      trk_json_end_object (builder);
    }
  trk_json_end_array (builder);
}

static void
add_gaps (const TrkExplanation *explanation, TrkJson *builder)
{
  begin_array (builder, "gaps");
  for (guint i = 0; i < explanation->gaps->len; i++)
    {
      const TrkGap *gap = g_ptr_array_index (explanation->gaps, i);

      begin_period (builder, gap->period);
      trk_json_string (builder, "reason", trk_reason_to_string (gap->reason));
      trk_json_string (builder, "answer",
                       gap->answer == TRK_ANSWER_NONE ? NULL : trk_answer_to_string (gap->answer));
      trk_json_end_object (builder);
    }
  trk_json_end_array (builder);
}

void
trk_explanation_to_json (const TrkExplanation *explanation,
                         const TrkKnowledge *knowledge,
                         TrkJson *builder)
{
  begin_period (builder, explanation->period);
  trk_json_string (builder, "id", explanation->id);
  trk_json_string (builder, "title", explanation->title);
  trk_json_string (builder, "calendar", explanation->calendar);
  trk_json_bool (builder, "all_day", explanation->all_day);
  trk_json_bool (builder, "makes_block", explanation->makes_block);
  trk_json_string (builder, "kind",
                   explanation->makes_block ? trk_kind_to_string (explanation->kind) : NULL);
  trk_json_string (builder, "why", explanation->why);
  trk_json_string (builder, "to_make_it_off", explanation->to_make_it_off);
  add_pieces (explanation, knowledge, builder);
  add_squeezes (explanation, builder);
  trk_json_string (builder, "rest", explanation->rest);
  add_notices (explanation, builder);
  add_entries (explanation, builder);
  add_gaps (explanation, builder);
  trk_json_end_object (builder);
}
