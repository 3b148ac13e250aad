/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "engine-shown.h"

#include "engine-world-private.h"

/* -- Words ------------------------------------------------------------------------------------- */

static void
add_time (GString *text, const char *what, TrkInstant at)
{
  gint64 seconds = (at - ENGINE_DAY_START) / TRK_SECOND;

  if (at == TRK_NEVER || at == 0)
    g_string_append_printf (text, " %s %s", what, at == 0 ? "none" : "never");
  else
    g_string_append_printf (text, " %s %d:%02d:%02d", what, (int) (seconds / 3600),
                            (int) (seconds / 60 % 60), (int) (seconds % 60));
}

static const char *
word (const char *text)
{
  return text != NULL ? text : "-";
}

/* -- Entries and gaps -------------------------------------------------------------------------- */

static gboolean
is_same_work (const TrkEntry *a, const TrkEntry *b)
{
  return a->kind == b->kind && a->task == b->task && a->evidence == b->evidence
         && a->until == b->until && g_strcmp0 (a->title, b->title) == 0
         && g_strcmp0 (a->block_id, b->block_id) == 0 && g_strcmp0 (a->project, b->project) == 0
         && g_strcmp0 (a->note, b->note) == 0;
}

/* What ends with the daemon and goes on with the next one is one entry for who looks at time. */
static gboolean
goes_on (const TrkEntry *entry, const TrkEntry *next, TrkInstant stopped)
{
  return stopped != 0 && entry->period.end == stopped && next->period.start == stopped
         && is_same_work (entry, next);
}

/* What ends or begins with the stop says that it does. */
static const char *
reason_at (TrkInstant at, TrkReason why, TrkInstant stopped)
{
  return at == TRK_NEVER                 ? "open"
         : stopped != 0 && at == stopped ? "the stop"
                                         : trk_reason_to_string (why);
}

static void
add_entries (GString *text, const GPtrArray *entries, TrkInstant stopped)
{
  for (guint i = 0; i < entries->len; i++)
    {
      const TrkEntry *first = entries->pdata[i];
      const TrkEntry *last = first;

      while (i + 1 < entries->len && goes_on (last, entries->pdata[i + 1], stopped))
        last = entries->pdata[++i];
      g_string_append_printf (text, "entry '%s' of %s, %s, %s, task %d, %s to %s,", first->title,
                              word (first->block_id), trk_kind_to_string (first->kind),
                              trk_evidence_to_string (first->evidence), (int) first->task,
                              reason_at (first->period.start, first->start_reason, stopped),
                              reason_at (last->period.end, last->end_reason, stopped));
      add_time (text, "until", first->until);
      add_time (text, "from", first->period.start);
      add_time (text, "to", last->period.end);
      g_string_append_c (text, '\n');
    }
}

static gboolean
lasts_on (const TrkGap *gap, const TrkGap *next, TrkInstant stopped)
{
  return stopped != 0 && gap->period.end == stopped && next->period.start == stopped
         && gap->reason == next->reason && g_strcmp0 (gap->block_id, next->block_id) == 0;
}

static void
add_gaps (GString *text, const GPtrArray *gaps, TrkInstant stopped)
{
  for (guint i = 0; i < gaps->len; i++)
    {
      const TrkGap *first = gaps->pdata[i];
      const TrkGap *last = first;

      while (i + 1 < gaps->len && lasts_on (last, gaps->pdata[i + 1], stopped))
        last = gaps->pdata[++i];
      g_string_append_printf (text, "gap of %s, %s, %s,", word (first->block_id),
                              trk_reason_to_string (first->reason),
                              trk_answer_to_string (last->answer));
      add_time (text, "from", first->period.start);
      add_time (text, "to", last->period.end);
      g_string_append_c (text, '\n');
    }
}

/* -- Blocks, questions, hooks ------------------------------------------------------------------ */

static void
add_block (GString *text, const World *world, const char *id)
{
  const TrkBlockState *state = g_hash_table_lookup (world->log->states, id);

  if (state == NULL)
    return;
  g_string_append_printf (text, "block '%s', %s for %s, postponed %u,%s%s", id,
                          trk_outcome_to_string (state->outcome),
                          trk_reason_to_string (state->outcome_reason), state->postponed,
                          trk_block_state_began (state) ? " began," : "",
                          trk_block_state_is_over (state) ? " over," : "");
  add_time (text, "start", state->start);
  add_time (text, "end", state->end);
  g_string_append_c (text, '\n');
}

static void
add_blocks (GString *text, const World *world)
{
  for (guint i = 0; i < ENGINE_DAY_BLOCKS; i++)
    add_block (text, world, engine_day_ids[i]);
  add_block (text, world, "new");
}

static gint
by_name (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static void
add_told (GString *text, const EngineLog *log)
{
  g_autoptr (GPtrArray) told = g_ptr_array_new ();

  for (guint i = 0; i < log->told->len; i++)
    g_ptr_array_add (told, log->told->pdata[i]);
  g_ptr_array_sort (told, by_name);
  for (guint i = 0; i < told->len; i++)
    g_string_append_printf (text, "hooks know that '%s' began\n", (char *) told->pdata[i]);
}

/* -- Status ------------------------------------------------------------------------------------ */

/* Time that is kept of what runs, the open entry included. */
static TrkDuration
kept (const World *world, const TrkSnapshot *now)
{
  return now->kept + (now->entry != NULL ? world->now - now->entry->period.start : 0);
}

/* What runs keeps the name under which it was worked on, also while it is paused. */
static void
add_work (GString *text, const TrkSnapshot *now)
{
  const TrkEntry *entry = now->entry != NULL ? now->entry : now->gap != NULL ? now->paused : NULL;

  if (entry != NULL)
    g_string_append_printf (text, "work: '%s', %s, task %d\n", entry->title,
                            trk_kind_to_string (entry->kind), (int) entry->task);
  else if (now->block != NULL)
    g_string_append_printf (text, "work: '%s', %s, task 0\n", now->block->title,
                            trk_kind_to_string (now->block->kind));
}

static void
add_status (GString *text, const World *world)
{
  TrkSnapshot now;

  trk_engine_snapshot (world->engine, &now);
  g_string_append_printf (text, "status: %s, %s, of %s,", trk_state_to_string (now.state),
                          trk_presence_to_string (now.presence),
                          now.block != NULL ? now.block->id : "-");
  add_time (text, "since", now.since);
  add_time (text, "until", now.until);
  g_string_append_printf (text, ", %d s kept%s%s, postponed %u\n",
                          (int) (kept (world, &now) / TRK_SECOND), now.focus ? ", focus" : "",
                          now.busy ? ", busy" : "", now.postponed);
  add_work (text, &now);
  g_string_append_printf (text, "next: %s,", now.next != NULL ? now.next->id : "-");
  add_time (text, "at", now.next_start);
  g_string_append_printf (text, "\nthe last command was %s\n",
                          world->refused != NULL ? world->refused : "not refused");
}

char *
engine_shown (const World *world, TrkInstant stopped)
{
  g_autoptr (GString) text = g_string_new (NULL);

  add_status (text, world);
  add_entries (text, world->log->entries, stopped);
  add_gaps (text, world->log->gaps, stopped);
  add_blocks (text, world);
  add_told (text, world->log);
  return g_string_free (g_steal_pointer (&text), FALSE);
}
