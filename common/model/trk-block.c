/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-block.h"

#include "trk-notice.h"

#include <string.h>

TrkBlock *
trk_block_new (void)
{
  return g_rc_box_new0 (TrkBlock);
}

/* The texts that an event has and its occurrences share. */
static const gsize texts[] = {
  G_STRUCT_OFFSET (TrkBlock, calendar),  G_STRUCT_OFFSET (TrkBlock, title),
  G_STRUCT_OFFSET (TrkBlock, checklist), G_STRUCT_OFFSET (TrkBlock, location),
  G_STRUCT_OFFSET (TrkBlock, link),      G_STRUCT_OFFSET (TrkBlock, kind_why),
};

TrkBlock *
trk_block_new_with_texts (const TrkBlock *like)
{
  gsize sizes[G_N_ELEMENTS (texts)], room = 0;
  TrkBlock *block;
  char *at;

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      const char *text = G_STRUCT_MEMBER (const char *, like, texts[i]);

      sizes[i] = text != NULL ? strlen (text) + 1 : 0;
      room += sizes[i];
    }
  block = g_rc_box_alloc (sizeof *block + room);
  *block = *like;
  block->in_one_piece = TRUE;
  at = (char *) (block + 1);
  for (gsize i = 0; i < G_N_ELEMENTS (texts); at += sizes[i++])
    if (sizes[i] > 0)
      G_STRUCT_MEMBER (char *, block, texts[i]) =
          memcpy (at, G_STRUCT_MEMBER (const char *, like, texts[i]), sizes[i]);
  return block;
}

TrkBlock *
trk_block_ref (TrkBlock *block)
{
  return g_rc_box_acquire (block);
}

static void
free_texts (TrkBlock *block)
{
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (G_STRUCT_MEMBER (char *, block, texts[i]));
}

static void
clear (gpointer data)
{
  TrkBlock *block = data;

  g_free (block->id);
  g_clear_pointer (&block->leads, g_array_unref);
  if (block->texts_of != NULL)
    trk_block_unref (block->texts_of);
  else if (!block->in_one_piece)
    free_texts (block);
}

void
trk_block_unref (TrkBlock *block)
{
  if (block != NULL)
    g_rc_box_release_full (block, clear);
}

TrkBlock *
trk_block_again (TrkBlock *block)
{
  TrkBlock *again = g_rc_box_dup (sizeof *block, block);

  again->id = NULL;
  again->leads = block->leads != NULL ? g_array_ref (block->leads) : NULL;
  again->texts_of = trk_block_ref (block->texts_of != NULL ? block->texts_of : block);
  return again;
}

TrkBlock *
trk_block_with_period (TrkBlock *block, TrkPeriod period)
{
  TrkBlock *copy = trk_block_again (block);

  copy->id = g_strdup (block->id);
  copy->period = period;
  return copy;
}

gboolean
trk_block_came_late (const TrkBlock *block)
{
  return block->known != 0 && block->known >= block->period.end;
}

gboolean
trk_block_is_fixed (const TrkBlock *block)
{
  return block->kind == TRK_KIND_MEETING || block->kind == TRK_KIND_OFF;
}

gboolean
trk_block_reaches (const TrkBlock *block, TrkPeriod period)
{
  return trk_period_overlaps (block->period, period)
         || trk_period_overlaps (block->planned, period);
}

gint
trk_block_compare (gconstpointer a, gconstpointer b)
{
  const TrkBlock *x = *(const TrkBlock *const *) a;
  const TrkBlock *y = *(const TrkBlock *const *) b;

  if (x->period.start != y->period.start)
    return x->period.start < y->period.start ? -1 : 1;
  return g_strcmp0 (x->id, y->id);
}

TrkBlockState *
trk_block_state_new (const char *block_id)
{
  TrkBlockState state = { .block_id = g_strdup (block_id) };

  return g_memdup2 (&state, sizeof state);
}

TrkBlockState *
trk_block_state_copy (const TrkBlockState *state)
{
  TrkBlockState *copy = g_memdup2 (state, sizeof *state);

  copy->block_id = g_strdup (state->block_id);
  copy->note = g_strdup (state->note);
  return copy;
}

void
trk_block_state_free (TrkBlockState *state)
{
  if (state == NULL)
    return;
  g_free (state->block_id);
  g_free (state->note);
  g_free (state);
}

gboolean
trk_block_state_was_handled (const TrkBlockState *state)
{
  return state->notices != 0 || state->begun_early || state->runs_unplanned || state->taken
         || state->kept_on || state->stopped || state->left;
}

void
trk_block_state_forget_handled (TrkBlockState *state)
{
  state->notices = 0;
  state->begun_early = state->runs_unplanned = state->taken = FALSE;
  state->kept_on = state->stopped = state->left = FALSE;
}

gboolean
trk_block_state_began (const TrkBlockState *state)
{
  return (state->notices & (1u << TRK_NOTICE_START)) != 0;
}

gboolean
trk_block_state_is_over (const TrkBlockState *state)
{
  return state->outcome != TRK_OUTCOME_NONE || (state->notices & (1u << TRK_NOTICE_END)) != 0;
}

gboolean
trk_block_state_goes_on (const TrkBlockState *state,
                         const TrkBlock *before,
                         const TrkBlock *block,
                         TrkInstant now)
{
  if (state->outcome == TRK_OUTCOME_NONE || block->period.end <= now)
    return FALSE;
  return state->outcome_reason == TRK_REASON_PLAN
         || (state->outcome_reason == TRK_REASON_BLOCK_END && state->end == 0
             && block->period.end > before->period.end);
}

void
trk_block_state_take_back (TrkBlockState *state)
{
  state->outcome = TRK_OUTCOME_NONE;
  state->outcome_reason = state->stopped ? TRK_REASON_STOP : state->left ? TRK_REASON_BY_HAND : 0;
  state->notices &= ~(1u << TRK_NOTICE_ENDING | 1u << TRK_NOTICE_END);
}

gboolean
trk_block_state_outlives_event (const TrkBlockState *state)
{
  return trk_block_state_began (state) && !trk_block_state_is_over (state)
         && (state->taken || state->kept_on) && !state->stopped && !state->left;
}

gboolean
trk_block_state_is_unplanned (const TrkBlockState *state)
{
  return state->runs_unplanned || state->outcome == TRK_OUTCOME_CANCELLED;
}

TrkBlockRecord *
trk_block_record_new (TrkBlock *block, const TrkBlockState *state)
{
  TrkBlockRecord *record = g_new (TrkBlockRecord, 1);

  record->block = trk_block_ref (block);
  record->state = state != NULL ? trk_block_state_copy (state) : trk_block_state_new (block->id);
  return record;
}

void
trk_block_record_free (TrkBlockRecord *record)
{
  if (record == NULL)
    return;
  trk_block_unref (record->block);
  trk_block_state_free (record->state);
  g_free (record);
}

TrkOutcome
trk_outcome_of_work (TrkDuration planned, TrkDuration worked)
{
  if (worked <= 0)
    return TRK_OUTCOME_MISSED;
  return worked >= planned / 10 * 8 ? TRK_OUTCOME_DONE : TRK_OUTCOME_PARTIAL;
}

TrkOutcome
trk_block_record_outcome (const TrkBlockRecord *record, TrkDuration worked)
{
  TrkOutcome held = record->state->outcome;

  if (held != TRK_OUTCOME_MISSED || worked <= 0)
    return held;
  return trk_outcome_of_work (trk_period_length (record->block->period), worked);
}

TrkPeriod
trk_block_record_left (const TrkBlockRecord *record)
{
  const TrkBlockState *state = record->state;
  TrkPeriod period = record->block->period;

  if (state->outcome == TRK_OUTCOME_NONE || state->outcome == TRK_OUTCOME_CANCELLED
      || state->end == 0 || state->end >= period.end)
    return (TrkPeriod){ period.end, period.end };
  return (TrkPeriod){ MAX (state->end, period.start), period.end };
}
