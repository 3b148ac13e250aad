/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-daemon-private.h"

#include "trk-link.h"

/* -- Shown ------------------------------------------------------------------------------------- */

void
trk_daemon_shown (guint64 ticket, gboolean worked, const char *backend, gpointer data)
{
  TrkDaemon *daemon = data;
  TrkSnapshot snapshot;

  trk_engine_snapshot (daemon->engine, &snapshot);
  trk_recorder_confirm (daemon->recorder, ticket, worked ? trk_daemon_now (daemon) : 0, backend,
                        worked && snapshot.focus);
}

/* A start stays true while its block runs, a warning until it begins; everything else is news only
 * for a while. */
gboolean
trk_daemon_is_due (const TrkNotice *notice, TrkInstant at, gpointer data)
{
  TrkDaemon *daemon = data;
  TrkSnapshot snapshot;

  trk_engine_snapshot (daemon->engine, &snapshot);
  if (notice->kind == TRK_NOTICE_START && snapshot.block != NULL)
    return g_str_equal (snapshot.block->id, notice->key);
  if (notice->kind == TRK_NOTICE_LEAD)
    return snapshot.next != NULL && g_str_equal (snapshot.next->id, notice->key);
  return trk_daemon_now (daemon) - at <= daemon->config->policies.late;
}

void
trk_daemon_test_notice (TrkTestAnswer answer, gpointer call, gpointer data)
{
  TrkDaemon *daemon = data;

  trk_notice_board_test (daemon->board, trk_daemon_now (daemon), answer, call, trk_daemon_now);
}

/* -- Answered ---------------------------------------------------------------------------------- */

static void
join (TrkDaemon *daemon, const TrkNotice *notice)
{
  if (trk_link_is_web (notice->link))
    trk_link_open (trk_service_connection (daemon->service), notice->link, trk_daemon_warn);
  else
    g_warning ("Join: the link is no web address, it is not opened");
}

/* On the question about a gap the same words are answers. */
static TrkAction
action_of (const TrkNotice *notice, TrkButton button)
{
  static const TrkVerb verbs[] = {
    [TRK_BUTTON_SNOOZE] = TRK_VERB_SNOOZE, [TRK_BUTTON_SKIP] = TRK_VERB_SKIP,
    [TRK_BUTTON_STOP] = TRK_VERB_STOP,     [TRK_BUTTON_EXTEND] = TRK_VERB_EXTEND,
    [TRK_BUTTON_DONE] = TRK_VERB_DONE,     [TRK_BUTTON_BREAK] = TRK_VERB_BREAK,
    [TRK_BUTTON_WORKED] = TRK_VERB_ANSWER, [TRK_BUTTON_DISCARD] = TRK_VERB_ANSWER,
    [TRK_BUTTON_BACK] = TRK_VERB_GUARD,    [TRK_BUTTON_ALLOW] = TRK_VERB_GUARD,
    [TRK_BUTTON_WORK] = TRK_VERB_GUARD,
  };
  TrkAction action = { .verb = verbs[button], .block_id = notice->key };

  if (notice->kind == TRK_NOTICE_GAP && button == TRK_BUTTON_BREAK)
    action.verb = TRK_VERB_ANSWER;
  if (action.verb == TRK_VERB_ANSWER)
    action.answer = button == TRK_BUTTON_WORKED    ? TRK_ANSWER_WORKED
                    : button == TRK_BUTTON_DISCARD ? TRK_ANSWER_DISCARD
                                                   : TRK_ANSWER_BREAK;
  if (action.verb == TRK_VERB_GUARD)
    action.guard = button == TRK_BUTTON_BACK    ? TRK_GUARD_BACK
                   : button == TRK_BUTTON_ALLOW ? TRK_GUARD_ALLOW
                                                : TRK_GUARD_WORK;
  return action;
}

/* Only what must not be missed asks for an answer; for the rest being seen is nothing to note. */
void
trk_daemon_see (const TrkNotice *notice, gpointer data)
{
  TrkDaemon *daemon = data;
  TrkAction action = { .verb = TRK_VERB_SEEN, .block_id = notice->key };
  TrkInstant now = trk_daemon_now (daemon);
  GPtrArray *effects;

  /* After a button this is not the first answer any more, and nothing. */
  trk_recorder_answer (daemon->recorder, notice->key, now, TRK_NOTICE_DISMISSED);
  if (daemon->plan == NULL)
    return;
  effects = trk_engine_act (daemon->engine, &action, now, NULL);
  if (effects != NULL)
    trk_daemon_apply (daemon, TRK_ACTOR_USER, "seen", effects, NULL, NULL);
  else
    trk_daemon_advance (daemon, TRK_REASON_SLEEP); /* what elapsed before it */
}

void
trk_daemon_press (const TrkNotice *notice, TrkButton button, gpointer data)
{
  g_autoptr (GError) error = NULL;
  TrkDaemon *daemon = data;
  TrkAction action;

  trk_recorder_answer (daemon->recorder, notice->key, trk_daemon_now (daemon),
                       trk_button_to_string (button));
  if (button == TRK_BUTTON_JOIN)
    {
      join (data, notice);
      trk_daemon_see (notice, data);
      return;
    }
  action = action_of (notice, button);
  if (!trk_daemon_act (&action, data, &error))
    g_message ("%s: %s", trk_button_to_string (button), error->message);
}

/* -- Not shown before a restart ---------------------------------------------------------------- */

/* The last one of each key: what came before it was replaced by it. */
static GHashTable *
last_notices (GPtrArray *records)
{
  GHashTable *last = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; records != NULL && i < records->len; i++)
    {
      TrkNoticeRecord *record = g_ptr_array_index (records, i);

      if (record->withheld)
        continue;
      g_hash_table_replace (last, record->notice->key, record);
    }
  return last;
}

/* Of a block that is over (skipped, stopped, missed) only the end is still news. */
static void
drop_finished (GHashTable *last, GPtrArray *blocks)
{
  for (guint i = 0; blocks != NULL && i < blocks->len; i++)
    {
      const TrkBlockRecord *block = g_ptr_array_index (blocks, i);
      const TrkNoticeRecord *record = g_hash_table_lookup (last, block->block->id);

      if (record != NULL && record->notice->kind != TRK_NOTICE_END
          && block->state->outcome != TRK_OUTCOME_NONE)
        g_hash_table_remove (last, block->block->id);
    }
}

void
trk_daemon_resume_notices (TrkDaemon *daemon)
{
  TrkInstant now = trk_daemon_now (daemon);
  TrkPeriod recent = { trk_instant_add (now, -daemon->config->policies.late), now };
  g_autoptr (GPtrArray) records = trk_store_notices (daemon->store, recent, NULL);
  g_autoptr (GPtrArray) blocks = trk_store_blocks (daemon->store, daemon->plan->period, NULL);
  g_autoptr (GHashTable) last = last_notices (records);
  GHashTableIter iter;
  gpointer value;

  drop_finished (last, blocks);
  g_hash_table_iter_init (&iter, last);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const TrkNoticeRecord *record = value;

      if (record->shown == 0 && record->answered == 0 && !record->withheld
          && !trk_notice_board_has (daemon->board, record->notice->key)
          && trk_daemon_is_due (record->notice, record->at, daemon))
        trk_notice_board_show (daemon->board, record->notice,
                               trk_recorder_adopt (daemon->recorder, record->number), record->at);
    }
}
