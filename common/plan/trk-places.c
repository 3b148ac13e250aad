/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-places.h"

static TrkInstant
start_of (const TrkPlace *place)
{
  return place->state->start != 0 ? place->state->start : place->block->period.start;
}

/* What is over is in nobody's way any more; but where it took place, it was in the way of what was
 * over before. */
static gboolean
is_in_the_way (const TrkBlockState *of, const TrkBlockState *state)
{
  return !trk_block_state_is_over (state)
         || (trk_block_state_is_over (of) && state->outcome != TRK_OUTCOME_SKIPPED
             && state->outcome != TRK_OUTCOME_CANCELLED);
}

/* The first of the @n @places that waits for nobody and begins at @from or later; TRK_NEVER. */
static TrkInstant
next_fixed_start (const TrkPlace *places, gsize n, const TrkBlockState *of, TrkInstant from)
{
  for (gsize i = 0; i < n; i++)
    if (trk_block_is_fixed (places[i].block) && is_in_the_way (of, places[i].state)
        && places[i].block->period.start >= from)
      return start_of (&places[i]);
  return TRK_NEVER;
}

/* Nobody waits for what left the calendar, whatever end it had; it keeps that, should it come
 * back. */
static gboolean
is_gone (const TrkBlockState *state)
{
  return state->outcome != TRK_OUTCOME_NONE && state->outcome_reason == TRK_REASON_PLAN;
}

/* Does @place wait for what is extended before it until @busy? What has begun began when that was
 * over; but not what the user began before its time, nor what was over itself by then. */
static gboolean
waits (const TrkPlace *place, TrkInstant busy)
{
  const TrkBlockState *state = place->state;

  if (trk_block_is_fixed (place->block))
    return FALSE;
  return !trk_block_state_began (state)
         || (!state->begun_early && !trk_block_state_is_over (state) && busy < place->span.end);
}

void
trk_places_arrange (TrkPlace *places, gsize n)
{
  TrkInstant busy = G_MININT64;

  for (gsize i = 0; i < n; i++)
    {
      TrkPlace *place = &places[i];
      const TrkBlockState *state = place->state;
      TrkInstant planned_end = place->block->period.end;

      place->span.start = start_of (place);
      place->span.end = state->end != 0 ? state->end : planned_end;
      if (waits (place, busy))
        place->span.start = MAX (place->span.start, busy);
      if (state->end > planned_end && !is_gone (state))
        {
          place->span.end =
              MIN (state->end, next_fixed_start (place + 1, n - i - 1, state, planned_end));
          busy = MAX (busy, place->span.end);
        }
    }
}

gboolean
trk_place_comes (const TrkPlace *place, TrkInstant now)
{
  return !trk_block_state_began (place->state) && !trk_block_state_is_over (place->state)
         && place->span.end > MAX (now, place->span.start);
}

gint
trk_place_compare (gconstpointer a, gconstpointer b)
{
  const TrkPlace *x = a, *y = b;

  if (x->span.start != y->span.start)
    return x->span.start < y->span.start ? -1 : 1;
  return trk_block_compare (&x->block, &y->block);
}
