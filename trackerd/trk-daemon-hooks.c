/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-daemon-private.h"

/* The user's programs are told what the engine said of it, once the log has it (or cannot). */

#define LAST_PATIENCE (2 * TRK_SECOND) /* for programs at the end of the daemon */

/* -- What came of it --------------------------------------------------------------------------- */

/* One line, once, until it works again: the log and tracker doctor have the rest. */
static void
tell (TrkDaemon *daemon, const TrkHookRun *run)
{
  g_autofree char *what = g_strconcat (run->hook, ".d/", run->program, NULL);
  g_autofree char *outcome = trk_hook_run_describe (run);

  if (trk_hook_run_worked (run))
    {
      if (g_hash_table_remove (daemon->failing_hooks, what))
        g_message ("hook %s works again", what);
      else
        g_debug ("hook %s %s", what, outcome);
    }
  else if (g_hash_table_add (daemon->failing_hooks, g_strdup (what)))
    g_message ("hook %s: %s; tracker hook log shows what it said", what, outcome);
  else
    g_debug ("hook %s: %s", what, outcome);
}

static void
on_ran (TrkHookRun *run, gpointer data)
{
  TrkDaemon *daemon = data;

  tell (daemon, run);
  trk_recorder_add_hook_run (daemon->recorder, run);
}

/* -- What they are told ------------------------------------------------------------------------ */

static void
run_for (TrkDaemon *daemon, const TrkEffect *effect)
{
  TrkSnapshot snapshot;
  TrkHookEvent event = {
    .hook = effect->hook,
    .at = effect->at,
    .reason = effect->reason,
    .block = daemon->plan != NULL && effect->block_id != NULL
                 ? trk_plan_block (daemon->plan, effect->block_id)
                 : NULL,
    .entry = effect->entry,
  };

  trk_engine_snapshot (daemon->engine, &snapshot);
  if (effect->hook == TRK_HOOK_FOCUS_START || effect->hook == TRK_HOOK_BREAK_START)
    event.until = snapshot.until;
  trk_hook_queue_add (daemon->hooks, &event, daemon->config->hook_limit);
}

void
trk_daemon_run_hooks (TrkDaemon *daemon, const GPtrArray *effects)
{
  for (guint i = 0; i < effects->len; i++)
    {
      const TrkEffect *effect = g_ptr_array_index (effects, i);

      if (effect->type == TRK_EFFECT_HOOK)
        run_for (daemon, effect);
    }
}

/* -- Life -------------------------------------------------------------------------------------- */

void
trk_daemon_begin_hooks (TrkDaemon *daemon)
{
  static const TrkHookQueueEvents events = { .now = trk_daemon_now, .ran = on_ran };

  daemon->failing_hooks = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  daemon->hooks = trk_hook_queue_new (trk_hook_is_confined (), &events, daemon);
}

void
trk_daemon_end_hooks (TrkDaemon *daemon)
{
  if (daemon->hooks != NULL)
    trk_hook_queue_drain (daemon->hooks, LAST_PATIENCE);
  g_clear_pointer (&daemon->hooks, trk_hook_queue_free);
  g_clear_pointer (&daemon->failing_hooks, g_hash_table_unref);
}
