/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-action.h"

gboolean
trk_action_refuse (GError **error, TrkErrorCode code, const char *message)
{
  g_set_error_literal (error, TRK_ERROR, code, message);
  return FALSE;
}

char *
trk_action_clock (const TrkEngine *engine, TrkInstant at)
{
  return trk_zone_format_time (engine->almanac.zone, at);
}

void
trk_action_rearrange (TrkEngine *engine, TrkInstant at, TrkReason why)
{
  trk_engine_arrange (engine);
  trk_engine_settle (engine, at, why);
}

/* -- Who is meant ------------------------------------------------------------------------------ */

TrkTrack *
trk_action_holder (const TrkEngine *engine)
{
  return engine->entry_of != NULL ? engine->entry_of : engine->gap_of;
}

gboolean
trk_action_named (const TrkEngine *engine,
                  const TrkAction *action,
                  TrkTrack **track,
                  GError **error)
{
  static const char *const keys[] = { "hand", "break", "gap", "digest", NULL };

  *track = NULL;
  if (action->block_id == NULL || g_strv_contains (keys, action->block_id))
    return TRUE;
  *track = trk_engine_find (engine, action->block_id);
  if (*track == NULL)
    g_set_error (error, TRK_ERROR, TRK_ERROR_NOT_FOUND, "no block '%s' in the plan",
                 action->block_id);
  return *track != NULL;
}

gboolean
trk_action_running (const TrkEngine *engine,
                    const TrkAction *action,
                    TrkTrack **track,
                    GError **error)
{
  if (!trk_action_named (engine, action, track, error))
    return FALSE;
  if (*track == NULL)
    *track = trk_action_holder (engine);
  if (*track == NULL)
    *track = trk_engine_current (engine, engine->called);
  return *track != NULL || trk_action_refuse (error, TRK_ERROR_STATE, "nothing runs now");
}

gboolean
trk_action_running_or_next (const TrkEngine *engine,
                            const TrkAction *action,
                            TrkTrack **track,
                            GError **error)
{
  if (trk_action_running (engine, action, track, NULL))
    return TRUE;
  if (!trk_action_named (engine, action, track, error))
    return FALSE;
  *track = trk_engine_upcoming (engine, engine->called);
  return *track != NULL
         || trk_action_refuse (error, TRK_ERROR_STATE, "nothing runs now and nothing is next");
}

gboolean
trk_action_may_come (const TrkTrack *track, GError **error)
{
  return track->planned
         || trk_action_refuse (error, TRK_ERROR_STATE,
                               "that block has left the calendar and cannot begin later; "
                               "tracker skip leaves it");
}

TrkTrack *
trk_action_just_ended (const TrkEngine *engine)
{
  TrkTrack *last = NULL;

  for (guint i = 0; i < engine->tracks->len; i++)
    {
      TrkTrack *track = engine->tracks->pdata[i];

      if (trk_track_is_over (track) && track->block->kind != TRK_KIND_OFF
          && track->state->outcome != TRK_OUTCOME_SKIPPED
          && track->state->outcome != TRK_OUTCOME_CANCELLED
          && track->state->outcome_reason != TRK_REASON_DONE && track->span.end <= engine->called
          && track->span.end >= engine->called - engine->policies.late)
        last = track;
    }
  return last;
}

void
trk_action_be_present (TrkEngine *engine)
{
  engine->commanded = engine->called;
  engine->said_untold = engine->presence == TRK_PRESENCE_UNKNOWN || engine->untold != 0;
  if (engine->touched != 0)
    engine->touched = engine->called;
  if (engine->presence != TRK_PRESENCE_AWAY)
    return;
  if (engine->untold == 0)
    {
      engine->touched = engine->called;
      engine->touched_why = engine->presence_why;
    }
  engine->untold = 0;
  engine->presence = TRK_PRESENCE_ACTIVE;
  engine->presence_why = TRK_REASON_BACK;
  engine->there = engine->called;
}
