/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "engine-state.h"

#include "trk-engine-private.h"

static void
add (GString *text, gint64 number)
{
  g_string_append_len (text, (const char *) &number, sizeof number);
}

static void
add_text (GString *text, const char *word)
{
  g_string_append (text, word != NULL ? word : "-");
  g_string_append_c (text, ' ');
}

static void
add_period (GString *text, TrkPeriod period)
{
  add (text, period.start);
  add (text, period.end);
}

static void
add_set (GString *text, const TrkPeriodSet *set)
{
  for (guint i = 0; i < set->len; i++)
    add_period (text, trk_period_set_nth (set, i));
  g_string_append (text, "; ");
}

static void
add_entry (GString *text, const TrkEntry *entry)
{
  if (entry == NULL)
    {
      g_string_append (text, "- ");
      return;
    }
  add_text (text, entry->title);
  add_text (text, entry->block_id);
  add_period (text, entry->period);
  add (text, entry->kind);
  add (text, entry->task);
  add (text, entry->evidence);
  add (text, entry->start_reason);
  add (text, entry->end_reason);
  add (text, entry->until);
}

static void
add_gap (GString *text, const TrkGap *gap)
{
  if (gap == NULL)
    {
      g_string_append (text, "- ");
      return;
    }
  add_text (text, gap->block_id);
  add_period (text, gap->period);
  add (text, gap->reason);
  add (text, gap->answer);
}

static void
add_interruption (GString *text, const TrkInterruption *asked)
{
  if (asked == NULL)
    {
      g_string_append (text, "- ");
      return;
    }
  add_text (text, asked->program);
  add_text (text, asked->block_id);
  add (text, asked->at);
  add (text, asked->answer);
  add (text, asked->answered);
  add (text, asked->until);
}

static void
add_guarded (GString *text, const GPtrArray *guarded)
{
  for (guint i = 0; guarded != NULL && i < guarded->len; i++)
    {
      const TrkGuarded *program = guarded->pdata[i];

      add_text (text, program->program);
      add (text, program->until);
      add (text, program->length);
    }
}

static void
add_state (GString *text, const TrkBlockState *state)
{
  add (text, state->start);
  add (text, state->end);
  add (text, state->outcome);
  add (text, state->outcome_reason);
  add (text, state->notices);
  add (text, state->begun_early);
  add (text, state->runs_unplanned);
  add (text, state->taken);
  add (text, state->stopped);
  add (text, state->left);
  add (text, state->reminders);
  add (text, state->postponed);
}

static void
add_track (GString *text, const TrkTrack *track)
{
  if (track == NULL)
    {
      g_string_append (text, "-\n");
      return;
    }
  add_text (text, track->block->id);
  add_period (text, track->block->period);
  add_period (text, track->block->planned);
  add_period (text, track->span);
  add_state (text, track->state);
  add_set (text, track->worked);
  add_entry (text, track->last);
  add (text, track->hold);
  add (text, track->by_hand | track->planned << 2 | track->live << 3 | track->dirty << 4
                 | track->answered << 5);
  add (text, track->waits_for != NULL);
  add (text, track->lock_at);
  add (text, track->quiet_from);
  add_guarded (text, track->guarded);
  g_string_append_c (text, '\n');
}

static void
add_waiting (GString *text, const TrkEngine *engine)
{
  for (guint i = 0; i < engine->waiting->len; i++)
    {
      const TrkWaiting *waiting = engine->waiting->pdata[i];

      add (text, waiting->kind);
      add (text, waiting->at);
      add (text, waiting->why);
      add_text (text, waiting->track != NULL ? waiting->track->block->id : NULL);
      add_text (text, waiting->guard);
      add_text (text, waiting->said != NULL ? waiting->said->title : NULL);
      add_text (text, waiting->said != NULL ? waiting->said->body : NULL);
    }
}

static const char *
id_of (const TrkTrack *track)
{
  return track != NULL ? track->block->id : "-";
}

static void
add_flags (GString *text, const TrkEngine *engine)
{
  add (text, engine->presence);
  add (text, engine->presence_why);
  add (text, engine->absent | engine->zone_changed << 1 | engine->quiet << 3 | engine->question << 4
                 | engine->told << 5 | engine->gap_live << 6 | (engine->engaged != NULL) << 7
                 | engine->hand_cut << 8 | engine->stopped << 9 | engine->brief << 10
                 | engine->gone_off << 11);
  add (text, engine->absent_why);
  add (text, engine->back_why);
  add (text, engine->written);
  add (text, engine->written_gap);
  add (text, engine->given);
  add (text, engine->limit_told);
  add (text, engine->now);
  add (text, engine->there);
  add (text, engine->away_from);
  add (text, engine->called);
  add (text, engine->gone_from);
  add_period (text, engine->rested);
  add_text (text, engine->given_key);
  add_text (text, trk_zone_id (engine->almanac.zone));
  add_text (text, id_of (engine->entry_of));
  add_text (text, id_of (engine->gap_of));
  add_text (text, id_of (engine->closed_of));
  add_text (text, id_of (engine->owed_by));
  add_text (text, engine->owed != NULL ? engine->owed->id : NULL);
}

static void
add_guard (GString *text, const TrkEngine *engine)
{
  add_text (text, engine->front);
  add (text, engine->front_since);
  add_interruption (text, engine->asked_about);
  add_text (text, id_of (engine->asked_in));
  add_text (text, engine->asking);
  {
    GHashTableIter iter;
    gpointer id, all;

    g_hash_table_iter_init (&iter, engine->guarded);
    while (g_hash_table_iter_next (&iter, &id, &all))
      {
        add_text (text, id);
        add_guarded (text, all);
      }
  }
}

void
engine_state_describe (const TrkEngine *engine, GString *text)
{
  for (guint i = 0; i < engine->tracks->len; i++)
    add_track (text, engine->tracks->pdata[i]);
  add_track (text, engine->hand);
  add_track (text, engine->rest);
  add_track (text, engine->ended);
  add_entry (text, engine->entry);
  add_entry (text, engine->closed);
  add_gap (text, engine->gap);
  for (guint i = 0; i < engine->asked->len; i++)
    add_gap (text, engine->asked->pdata[i]);
  add_set (text, engine->worked);
  add_waiting (text, engine);
  for (guint i = 0; i < engine->told_hooks->len; i++)
    add_text (text, engine->told_hooks->pdata[i]);
  add_flags (text, engine);
  add_guard (text, engine);
}

void
engine_state_describe_log (const EngineLog *log, GString *text)
{
  GHashTableIter iter;
  gpointer key, value;

  for (guint i = 0; i < log->entries->len; i++)
    add_entry (text, log->entries->pdata[i]);
  for (guint i = 0; i < log->gaps->len; i++)
    add_gap (text, log->gaps->pdata[i]);
  for (guint i = 0; i < log->interruptions->len; i++)
    add_interruption (text, log->interruptions->pdata[i]);
  add_text (text, log->asking);
  add_period (text, log->absence.rested);
  add (text, log->absence.asked);
  add (text, log->notified);
  add (text, log->focus);
  for (guint i = 0; i < log->told->len; i++)
    add_text (text, log->told->pdata[i]);
  {
    guint64 sum = 0; /* whatever the order of a table is */

    g_hash_table_iter_init (&iter, log->given);
    while (g_hash_table_iter_next (&iter, &key, &value))
      sum += (guint64) g_str_hash (key) * 2654435761u * (1 + GPOINTER_TO_UINT (value));
    g_hash_table_iter_init (&iter, log->live);
    while (g_hash_table_iter_next (&iter, &key, NULL))
      sum += (guint64) g_str_hash (key) * 40503u;
    add (text, (gint64) sum);
  }
}
