/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-daemon-private.h"

#define DAY (24 * TRK_HOUR)
#define LONGEST_ABSENCE (31 * DAY) /* days before that are not asked about any more */

void
trk_daemon_find_start (TrkDaemon *daemon)
{
  TrkInstant now = trk_daemon_now (daemon);
  TrkAlmanac almanac = trk_daemon_almanac (daemon);
  TrkInstant last = daemon->marked;

  daemon->today = trk_almanac_day_period (&almanac, trk_almanac_day (&almanac, now));
  daemon->from = daemon->today.start;
  if (last > 0 && last < daemon->from)
    last = MAX (last, trk_instant_add (now, -LONGEST_ABSENCE));
  if (last > 0 && last < daemon->from)
    daemon->from = trk_almanac_day_period (&almanac, trk_almanac_day (&almanac, last)).start;
}

/* Two days suffice for the engine; a block that runs over midnight is among them. */
static TrkPeriod
remembered (TrkDaemon *daemon)
{
  TrkInstant now = trk_daemon_now (daemon);

  return (TrkPeriod){ trk_instant_add (MIN (daemon->from, now), -2 * DAY), TRK_NEVER };
}

/* It had begun in the time of a block that was left early, and that one has its time back. */
static gboolean
lies_ahead_again (const TrkDaemon *daemon, const TrkBlockRecord *record, TrkInstant now)
{
  const TrkBlock *block =
      daemon->plan != NULL ? trk_plan_block (daemon->plan, record->block->id) : NULL;

  return block != NULL && block->period.start > now && record->block->period.start <= now
         && record->state->outcome == TRK_OUTCOME_NONE && record->state->start == 0;
}

static GPtrArray *
blocks_of (GPtrArray *records)
{
  GPtrArray *blocks = g_ptr_array_new ();

  for (guint i = 0; i < records->len; i++)
    g_ptr_array_add (blocks, ((TrkBlockRecord *) g_ptr_array_index (records, i))->block);
  return blocks;
}

/* Only what the log really knows: a block without a word about it is as new. */
static GPtrArray *
states_of (TrkDaemon *daemon, GPtrArray *records, TrkInstant now)
{
  GPtrArray *states = g_ptr_array_new ();

  for (guint i = 0; i < records->len; i++)
    {
      const TrkBlockRecord *record = g_ptr_array_index (records, i);

      if (!lies_ahead_again (daemon, record, now))
        g_ptr_array_add (states, record->state);
    }
  return states;
}

/* When the last notice was given, as far as it matters now: they come one a minute. */
static TrkInstant
last_notice (TrkDaemon *daemon, TrkInstant now)
{
  TrkPeriod recent = { trk_instant_add (now, -TRK_MINUTE), trk_instant_add (now, 1) };
  g_autoptr (GPtrArray) records = trk_store_notices (daemon->store, recent, NULL);
  TrkInstant last = 0;

  for (guint i = 0; records != NULL && i < records->len; i++)
    {
      const TrkNoticeRecord *record = g_ptr_array_index (records, i);

      if (!record->withheld)
        last = MAX (last, record->at);
    }
  return last;
}

/* What the log has of the time that an engine remembers. */
typedef struct
{
  GPtrArray *entries, *gaps, *records, *told_hooks, *interruptions; /* (owned) */
  GPtrArray *states, *blocks; /* those of the records (the arrays alone are owned) */
} Logged;

static void
logged_clear (Logged *logged)
{
  g_clear_pointer (&logged->states, g_ptr_array_unref);
  g_clear_pointer (&logged->blocks, g_ptr_array_unref);
  g_clear_pointer (&logged->entries, g_ptr_array_unref);
  g_clear_pointer (&logged->gaps, g_ptr_array_unref);
  g_clear_pointer (&logged->records, g_ptr_array_unref);
  g_clear_pointer (&logged->told_hooks, g_ptr_array_unref);
  g_clear_pointer (&logged->interruptions, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Logged, logged_clear)

static gboolean
read_log (TrkDaemon *daemon, Logged *logged, GError **error)
{
  TrkPeriod period = remembered (daemon);

  logged->entries = trk_store_entries (daemon->store, period, error);
  if (logged->entries != NULL)
    logged->gaps = trk_store_gaps (daemon->store, period, error);
  if (logged->gaps != NULL)
    logged->records = trk_store_blocks (daemon->store, period, error);
  if (logged->records != NULL)
    logged->told_hooks = trk_store_told_hooks (daemon->store, error);
  if (logged->told_hooks != NULL)
    logged->interruptions = trk_store_interruptions (daemon->store, period, error);
  if (logged->interruptions == NULL)
    return FALSE;
  logged->states = states_of (daemon, logged->records, trk_daemon_now (daemon));
  logged->blocks = blocks_of (logged->records);
  return TRUE;
}

static void
replace_engine (TrkDaemon *daemon, const TrkEngineMemory *memory)
{
  TrkAlmanac almanac = trk_daemon_almanac (daemon);
  TrkEngine *before = daemon->engine;

  daemon->engine = trk_engine_new (&daemon->config->policies, &almanac, memory);
  trk_engine_free (before);
  g_free (daemon->zone);
  daemon->zone = g_strdup (trk_zone_id (trk_clock_zone (daemon->parts.clock)));
}

static gboolean
build (TrkDaemon *daemon, TrkInstant mark, GError **error)
{
  g_auto (Logged) logged = { 0 };
  TrkEngineMemory memory = { .last_mark = mark, .before = daemon->engine };

  if (!read_log (daemon, &logged, error)
      || !trk_store_absence (daemon->store, &memory.absence, error)
      || (daemon->engine == NULL
          && !trk_store_ended_in_order (daemon->store, mark, &memory.stopped, error)))
    return FALSE;
  memory.entries = logged.entries;
  memory.gaps = logged.gaps;
  memory.states = logged.states;
  memory.blocks = logged.blocks;
  memory.interruptions = logged.interruptions;
  memory.told_hooks = logged.told_hooks;
  memory.last_notice = last_notice (daemon, trk_daemon_now (daemon));
  replace_engine (daemon, &memory);
  return TRUE;
}

/* What others write from now on is not in it. */
gboolean
trk_daemon_build_engine (TrkDaemon *daemon, TrkInstant mark, GError **error)
{
  gint64 others;

  if (!trk_store_others (daemon->store, &others, error) || !build (daemon, mark, error))
    return FALSE;
  daemon->others = others;
  return TRUE;
}

/* -- Changes by others ------------------------------------------------------------------------- */

static void
describe_entries (GString *text, const GPtrArray *entries)
{
  for (guint i = 0; i < entries->len; i++)
    {
      const TrkEntry *entry = g_ptr_array_index (entries, i);

      g_string_append_printf (text,
                              "%" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %d %s %s %" G_GINT64_FORMAT
                              " %" G_GINT64_FORMAT " %s %s\n",
                              entry->period.start, entry->period.end, entry->kind, entry->title,
                              entry->block_id != NULL ? entry->block_id : "", entry->task,
                              entry->until, entry->project != NULL ? entry->project : "",
                              entry->note != NULL ? entry->note : "");
    }
}

static void
describe_gaps (GString *text, const GPtrArray *gaps)
{
  for (guint i = 0; i < gaps->len; i++)
    {
      const TrkGap *gap = g_ptr_array_index (gaps, i);

      g_string_append_printf (text, "%" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %d\n",
                              gap->period.start, gap->period.end, gap->answer);
    }
}

static void
describe_states (GString *text, const GPtrArray *records)
{
  for (guint i = 0; i < records->len; i++)
    {
      const TrkBlockState *state = ((TrkBlockRecord *) g_ptr_array_index (records, i))->state;

      g_string_append_printf (text, "%s %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %d %d %u %u %u",
                              state->block_id, state->start, state->end, state->outcome,
                              state->outcome_reason, state->notices, state->reminders,
                              state->postponed);
      g_string_append_printf (text, " %d %d %d %d %d %d\n", state->begun_early,
                              state->runs_unplanned, state->taken, state->kept_on, state->stopped,
                              state->left);
    }
}

static void
describe_interruptions (GString *text, const GPtrArray *interruptions)
{
  for (guint i = 0; i < interruptions->len; i++)
    {
      const TrkInterruption *asked = g_ptr_array_index (interruptions, i);

      g_string_append_printf (
          text, "%" G_GINT64_FORMAT " %s %d %" G_GINT64_FORMAT " %" G_GINT64_FORMAT "\n", asked->at,
          asked->program, asked->answer, asked->answered, asked->until);
    }
}

/* All that a new engine would be told; NULL when the log cannot be read. */
static char *
describe_log (TrkDaemon *daemon)
{
  TrkPeriod period = remembered (daemon);
  g_autoptr (GPtrArray) entries = trk_store_entries (daemon->store, period, NULL);
  g_autoptr (GPtrArray) gaps = trk_store_gaps (daemon->store, period, NULL);
  g_autoptr (GPtrArray) records = trk_store_blocks (daemon->store, period, NULL);
  g_autoptr (GPtrArray) interruptions = trk_store_interruptions (daemon->store, period, NULL);
  g_autoptr (GString) text = g_string_new (NULL);

  if (entries == NULL || gaps == NULL || records == NULL || interruptions == NULL)
    return NULL;
  describe_entries (text, entries);
  describe_gaps (text, gaps);
  describe_states (text, records);
  describe_interruptions (text, interruptions);
  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, text->str, (gssize) text->len);
}

/* While batches wait, the log does not say what we know, and what others write is still to be found
 * out; so is what they wrote before this, and it is no word of ours. */
void
trk_daemon_note_log (TrkDaemon *daemon)
{
  gint64 others;

  g_clear_handle_id (&daemon->noting, g_source_remove);
  if (trk_recorder_is_behind (daemon->recorder))
    return;
  g_clear_pointer (&daemon->noted, g_free);
  if (!trk_store_hold (daemon->store, NULL))
    return;
  if (trk_store_others (daemon->store, &others, NULL) && others == daemon->others)
    daemon->noted = describe_log (daemon);
  trk_store_release (daemon->store);
}

static gboolean
on_to_note (gpointer data)
{
  TrkDaemon *daemon = data;

  daemon->noting = 0;
  trk_daemon_note_log (daemon);
  return G_SOURCE_REMOVE;
}

void
trk_daemon_note_log_later (TrkDaemon *daemon)
{
  if (trk_recorder_is_behind (daemon->recorder))
    return;
  g_clear_pointer (&daemon->noted, g_free);
  if (daemon->noting == 0)
    daemon->noting = g_idle_add (on_to_note, daemon);
}

/* What the log says now, followed up to @absence, which is over by now, and from there on: what
 * @why is to any engine it is to this one. */
static GPtrArray *
follow_from (TrkDaemon *daemon, TrkPeriod absence, TrkReason why, TrkInstant now)
{
  GPtrArray *effects = trk_engine_set_plan (daemon->engine, daemon->plan, absence.start);

  if (!trk_period_is_empty (absence))
    g_ptr_array_extend_and_steal (effects, trk_engine_slept (daemon->engine, absence, why, now));
  return effects;
}

/* @absence: nobody looked then; empty at now: somebody did all the time. */
static gboolean
take_up (TrkDaemon *daemon, TrkPeriod absence, TrkReason why)
{
  TrkInstant now = trk_daemon_now (daemon);
  g_autoptr (GError) error = NULL;

  trk_daemon_mend_plan (daemon, now);
  if (!trk_daemon_build_engine (daemon, absence.start, &error))
    {
      g_warning ("what others changed in the log cannot be read: %s", error->message);
      return FALSE;
    }
  trk_daemon_apply (daemon, TRK_ACTOR_DAEMON, "reload", follow_from (daemon, absence, why, now),
                    NULL, NULL);
  trk_daemon_note_log (daemon);
  return TRUE;
}

static gboolean
take_up_now (TrkDaemon *daemon)
{
  TrkInstant now = trk_daemon_now (daemon);

  return take_up (daemon, (TrkPeriod){ now, now }, 0);
}

/* While batches wait for the disk, the engine knows more than the log. */
static gboolean
says_else (TrkDaemon *daemon, const char *said)
{
  return said != NULL && g_strcmp0 (said, daemon->noted) != 0
         && !trk_recorder_is_behind (daemon->recorder);
}

void
trk_daemon_follow_log (TrkDaemon *daemon)
{
  gint64 others = daemon->others;
  g_autofree char *said = NULL;

  if (daemon->noting != 0)
    trk_daemon_note_log (daemon);
  trk_store_others (daemon->store, &others, NULL);
  said = describe_log (daemon);
  if (says_else (daemon, said))
    take_up_now (daemon);
  else if (said != NULL && !trk_recorder_is_behind (daemon->recorder))
    daemon->others = others;
}

gboolean
trk_daemon_heed_log (TrkDaemon *daemon, TrkPeriod absence, TrkReason why)
{
  gint64 others = daemon->others;
  g_autofree char *said = NULL;

  if (daemon->ended || daemon->plan == NULL || trk_recorder_is_behind (daemon->recorder)
      || !trk_store_others (daemon->store, &others, NULL) || others == daemon->others)
    return FALSE;
  said = describe_log (daemon);
  if (said == NULL)
    return FALSE; /* it cannot be read now: the next step asks again */
  if (!says_else (daemon, said))
    {
      daemon->others = others; /* a task, a metric */
      return FALSE;
    }
  if (!take_up (daemon, absence, why))
    return FALSE;
  trk_daemon_replan (daemon);
  return TRUE;
}

/* The log has our batches now, and perhaps something else: what it says differs from what was noted
 * either way. */
void
trk_daemon_catch_up (TrkDaemon *daemon)
{
  gint64 others = daemon->others;

  if (daemon->ended || daemon->plan == NULL || trk_recorder_is_behind (daemon->recorder))
    return;
  if (trk_store_others (daemon->store, &others, NULL) && others != daemon->others)
    {
      take_up_now (daemon);
      trk_daemon_replan (daemon);
    }
  else
    trk_daemon_note_log (daemon);
}
