/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "engine-play.h"

#include "trk-duration.h"

#include <stdio.h>

#define DAY_START (G_GINT64_CONSTANT (1795392000) * TRK_SECOND) /* 2026-11-23T00:00:00Z */

typedef struct
{
  TrkEngine *engine;
  EngineLog *log;
  TrkZone *zone;
  TrkAlmanac almanac;
  TrkPolicies policies;
  GPtrArray *blocks; /* of TrkBlock */
  GArray *squeezed;  /* of TrkSqueeze, in the next plan */
  TrkPresence presence;
  gboolean notices; /* those given and those withheld, and nothing else */
  gboolean brief;   /* hooks, and states of blocks that are not over, are left out */
  GString *effects; /* lines of the last command */
  char *error;      /* of the last command */
} Play;

/* -- Reading ----------------------------------------------------------------------------------- */

/* "09:05", "09:05:30", and "+1 09:05" of the next day as "33:05". */
static TrkInstant
read_time (const char *text)
{
  int hour = 0, minute = 0, second = 0;

  g_assert_cmpint (sscanf (text, "%d:%d:%d", &hour, &minute, &second), >=, 2);
  return DAY_START + hour * TRK_HOUR + minute * TRK_MINUTE + second * TRK_SECOND;
}

static TrkPeriod
read_period (const char *text)
{
  const char *dash = strchr (text, '-');

  g_assert_nonnull (dash);
  return (TrkPeriod){ read_time (text), read_time (dash + 1) };
}

static char *
show_time (TrkInstant at)
{
  gint64 seconds = (at - DAY_START) / TRK_SECOND;
  int rest = (int) (seconds % 60);

  return rest != 0
             ? g_strdup_printf ("%02d:%02d:%02d", (int) (seconds / 3600), (int) (seconds / 60 % 60),
                                rest)
             : g_strdup_printf ("%02d:%02d", (int) (seconds / 3600), (int) (seconds / 60 % 60));
}

/* -- The plan ---------------------------------------------------------------------------------- */

static TrkBlock *
block_named (const Play *play, const char *title)
{
  for (guint i = 0; i < play->blocks->len; i++)
    if (g_str_equal (((TrkBlock *) play->blocks->pdata[i])->title, title))
      return play->blocks->pdata[i];
  g_error ("the script has no block '%s'", title);
}

static TrkBlock *
new_block (const char *kind, const char *period, const char *title)
{
  TrkBlock *block = trk_block_new ();

  g_assert_true (trk_kind_from_string (kind, &block->kind));
  block->id = g_strdup (title);
  block->calendar = g_strdup ("work");
  block->title = g_strdup (title);
  block->kind_why = g_strdup ("script");
  block->period = block->planned = read_period (period);
  return block;
}

static void
remove_block (Play *play, const char *title)
{
  for (guint i = 0; i < play->blocks->len; i++)
    if (g_str_equal (((TrkBlock *) play->blocks->pdata[i])->title, title))
      g_ptr_array_remove_index (play->blocks, i--);
}

static void
add_owed (Play *play, char **words)
{
  g_autoptr (TrkBlock) block = new_block ("break", words[2], words[1]);

  trk_squeezes_add (play->squeezed, (TrkSqueeze){
                                        .block = block,
                                        .by = block_named (play, words[4]),
                                        .lost = block->period,
                                        .whole = TRUE,
                                        .owed = TRUE,
                                    });
}

static void
add_leads (TrkBlock *block, char **minutes)
{
  block->leads = g_array_new (FALSE, FALSE, sizeof (TrkDuration));
  for (; *minutes != NULL; minutes++)
    {
      TrkDuration lead = atoi (*minutes) * TRK_MINUTE;

      g_array_append_val (block->leads, lead);
    }
}

static void
set_policy (Play *play, char **words)
{
  TrkKind kind;

  if (g_str_equal (words[1], "limit"))
    {
      g_assert_true (trk_duration_parse (words[2], &play->policies.work_limit, NULL));
      return;
    }
  if (g_str_equal (words[1], "day-end"))
    {
      play->policies.day_end = TRUE;
      return;
    }
  g_assert_true (trk_kind_from_string (words[2], &kind));
  if (g_str_equal (words[1], "dnd"))
    play->policies.of[kind].do_not_disturb = TRUE;
  else if (g_str_equal (words[1], "auto"))
    play->policies.of[kind].auto_start = TRUE;
  else if (g_str_equal (words[1], "no-auto"))
    play->policies.of[kind].auto_start = FALSE;
  else if (g_str_equal (words[1], "strict"))
    play->policies.of[kind].strict = TRUE;
  else if (g_str_equal (words[1], "unmissable"))
    play->policies.of[kind].unmissable = TRUE;
  else
    g_assert_not_reached ();
}

/* Another block of the plan takes what is outside @period. */
static void
cut_block (Play *play, const char *title, TrkPeriod period)
{
  TrkBlock *block = block_named (play, title);
  TrkBlock *cut = trk_block_with_period (block, period);

  remove_block (play, title);
  engine_log_moved (play->log, title);
  g_ptr_array_add (play->blocks, cut);
}

/* The planner must find in the log when a block was left. */
static void
expect_left (const Play *play, const char *id, TrkInstant at)
{
  const TrkBlockState *state = g_hash_table_lookup (play->log->states, id);

  g_assert_nonnull (state);
  g_assert_cmpint (state->end, ==, at);
}

static void
expect_note (const Play *play, const char *id, const char *note)
{
  const TrkBlockState *state = g_hash_table_lookup (play->log->states, id);

  g_assert_nonnull (state);
  g_assert_cmpstr (state->note, ==, note);
}

/* What done means while nothing runs. */
static void
expect_ended (const Play *play, const char *title)
{
  TrkSnapshot snapshot;

  trk_engine_snapshot (play->engine, &snapshot);
  g_assert_nonnull (snapshot.ended);
  g_assert_cmpstr (snapshot.ended->title, ==, title);
}

/* What the daemon tells of what runs. */
static void
expect_since (const Play *play, const char *id, TrkInstant at)
{
  TrkSnapshot snapshot;

  trk_engine_snapshot (play->engine, &snapshot);
  g_assert_nonnull (snapshot.block);
  g_assert_cmpstr (snapshot.block->id, ==, id);
  g_assert_cmpint (snapshot.since, ==, at);
}

/* TRUE: the line tells something about the plan. */
static gboolean
describe (Play *play, char **words)
{
  if (g_str_equal (words[0], "block"))
    {
      remove_block (play, words[3]);
      engine_log_moved (play->log, words[3]);
      g_ptr_array_add (play->blocks, new_block (words[1], words[2], words[3]));
    }
  else if (g_str_equal (words[0], "link"))
    block_named (play, words[1])->link = g_strdup (words[2]);
  else if (g_str_equal (words[0], "list"))
    block_named (play, words[1])->checklist = g_strjoinv (" ", words + 2);
  else if (g_str_equal (words[0], "leads"))
    add_leads (block_named (play, words[1]), words + 2);
  else if (g_str_equal (words[0], "cut"))
    cut_block (play, words[1], read_period (words[2]));
  else if (g_str_equal (words[0], "event"))
    block_named (play, words[1])->planned = read_period (words[2]);
  else if (g_str_equal (words[0], "left"))
    expect_left (play, words[1], read_time (words[2]));
  else if (g_str_equal (words[0], "note"))
    expect_note (play, words[1], words[2]);
  else if (g_str_equal (words[0], "ended"))
    expect_ended (play, words[1]);
  else if (g_str_equal (words[0], "since"))
    expect_since (play, words[1], read_time (words[2]));
  else if (g_str_equal (words[0], "gone"))
    remove_block (play, words[1]);
  else if (g_str_equal (words[0], "owed"))
    add_owed (play, words);
  else if (g_str_equal (words[0], "brief"))
    play->brief = TRUE;
  else if (g_str_equal (words[0], "notices"))
    play->notices = TRUE;
  else if (g_str_equal (words[0], "policy"))
    set_policy (play, words);
  else
    return FALSE;
  return TRUE;
}

static TrkPlan *
make_plan (Play *play)
{
  TrkPlan *plan = trk_plan_new_for_blocks (
      play->blocks, (TrkPeriod){ DAY_START - 24 * TRK_HOUR, DAY_START + 72 * TRK_HOUR });

  for (guint i = 0; i < play->squeezed->len; i++)
    trk_squeezes_add (plan->squeezed, g_array_index (play->squeezed, TrkSqueeze, i));
  return plan;
}

/* -- Commands ---------------------------------------------------------------------------------- */

static void
take (Play *play, GPtrArray *effects, TrkInstant now)
{
  for (guint i = 0; i < effects->len; i++)
    {
      const TrkEffect *effect = effects->pdata[i];
      g_autofree char *line = trk_effect_to_line (effect);
      g_autofree char *at = show_time (effect->at);

      if (play->notices ? effect->type != TRK_EFFECT_WITHHOLD && effect->type != TRK_EFFECT_NOTIFY
                        : effect->type == TRK_EFFECT_WITHHOLD || effect->type == TRK_EFFECT_ABSENCE)
        continue;
      if (play->brief
          && (effect->type == TRK_EFFECT_HOOK
              || (effect->type == TRK_EFFECT_BLOCK_STATE
                  && effect->state->outcome == TRK_OUTCOME_NONE)))
        continue;
      g_string_append_printf (play->effects, "%s %s\n", at, line);
    }
  engine_log_apply (play->log, effects, &play->policies, now);
  g_ptr_array_unref (effects);
}

static void
plan_now (Play *play, TrkInstant now)
{
  g_autoptr (TrkPlan) plan = make_plan (play);

  if (play->engine == NULL)
    play->engine = trk_engine_new (&play->policies, &play->almanac, NULL);
  engine_log_plan (play->log, plan);
  take (play, trk_engine_set_plan (play->engine, plan, now), now);
}

static void
restart (Play *play, const char *mark, TrkInstant now)
{
  trk_engine_free (play->engine);
  play->engine = engine_log_restart (play->log, &play->policies, &play->almanac,
                                     mark != NULL ? read_time (mark) : 0, NULL);
  play->log->stopped = FALSE;
  engine_log_lose_desktop (play->log);
  play->log->focus = FALSE; /* lifted at the start */
  take (play, trk_engine_presence (play->engine, play->presence, now, TRK_REASON_BACK, now), now);
  plan_now (play, now);
}

static void
shut_down (Play *play, TrkInstant now)
{
  take (play, trk_engine_shut_down (play->engine, now), now);
  play->log->stopped = TRUE;
}

/* What the log of an older version does not have. */
static void
forget_words (Play *play)
{
  GHashTableIter iter;
  gpointer state;

  g_hash_table_iter_init (&iter, play->log->states);
  while (g_hash_table_iter_next (&iter, NULL, &state))
    ((TrkBlockState *) state)->taken = FALSE;
}

/* Others changed the log. */
static void
reload (Play *play, TrkInstant now)
{
  TrkEngine *before = play->engine;

  play->engine = engine_log_restart (play->log, &play->policies, &play->almanac, now, before);
  trk_engine_free (before);
  plan_now (play, now);
}

/* The clock's zone changed; the plan of the new one comes next. */
static void
move_to (Play *play, const char *id)
{
  trk_zone_unref (play->zone);
  play->zone = trk_zone_new (id, NULL);
  g_assert_nonnull (play->zone);
  play->almanac.zone = play->zone;
  trk_engine_set_almanac (play->engine, &play->almanac);
}

static void
run (Play *play, TrkInstant now)
{
  TrkInstant due;

  while ((due = trk_engine_next_deadline (play->engine)) <= now)
    take (play, trk_engine_step (play->engine, due), due);
  take (play, trk_engine_step (play->engine, now), now);
}

static void
be (Play *play, TrkPresence presence, const char *since, TrkReason why, TrkInstant now)
{
  play->presence = presence;
  if (play->engine == NULL)
    play->engine = trk_engine_new (&play->policies, &play->almanac, NULL);
  take (play,
        trk_engine_presence (play->engine, presence, since != NULL ? read_time (since) : now, why,
                             now),
        now);
}

static void
sleep_for (Play *play, char **words, TrkInstant now)
{
  TrkReason why;

  g_assert_true (trk_reason_from_string (words[1], &why));
  take (play, trk_engine_slept (play->engine, read_period (words[0]), why, now), now);
}

static void
read_options (TrkAction *action, char **words)
{
  for (; words[0] != NULL; words += 2)
    {
      g_assert_nonnull (words[1]);
      if (g_str_equal (words[0], "for"))
        g_assert_true (trk_duration_parse (words[1], &action->length, NULL));
      else if (g_str_equal (words[0], "for-us")) /* any number, as the bus takes it */
        action->length = g_ascii_strtoll (words[1], NULL, 10);
      else if (g_str_equal (words[0], "at"))
        action->at = read_time (words[1]);
      else if (g_str_equal (words[0], "until"))
        action->until = read_time (words[1]);
      else if (g_str_equal (words[0], "task"))
        action->task = atoi (words[1]);
      else if (g_str_equal (words[0], "kind"))
        action->kind_given = trk_kind_from_string (words[1], &action->kind);
      else if (g_str_equal (words[0], "block"))
        action->block_id = words[1];
      else
        g_error ("unknown option '%s'", words[0]);
    }
}

static void
act (Play *play, char **words, TrkInstant now)
{
  TrkAction action = { 0 };
  g_autoptr (GError) error = NULL;
  GPtrArray *effects;
  char **rest = words + 1;

  g_assert_true (trk_verb_from_string (words[0], &action.verb));
  if (action.verb == TRK_VERB_ANSWER)
    g_assert_true (trk_answer_from_string (*rest++, &action.answer));
  else if (action.verb == TRK_VERB_GUARD)
    g_assert_true (trk_guard_answer_from_string (*rest++, &action.guard));
  else if (action.verb == TRK_VERB_SKIP && *rest != NULL && !g_str_equal (*rest, "block"))
    action.note = *rest++;
  else if (action.verb == TRK_VERB_START && *rest != NULL
           && trk_kind_from_string (*rest, &action.kind))
    {
      rest++;
      if (*rest != NULL && !g_str_equal (*rest, "task"))
        action.title = *rest++;
    }
  read_options (&action, rest);
  effects = trk_engine_act (play->engine, &action, now, &error);
  if (effects == NULL)
    {
      play->error = g_strdup (error->message);
      return;
    }
  if (action.verb == TRK_VERB_SNOOZE || action.verb == TRK_VERB_EXTEND
      || action.verb == TRK_VERB_POSTPONE)
    for (guint i = 0; i < play->blocks->len; i++)
      engine_log_moved (play->log, ((TrkBlock *) play->blocks->pdata[i])->id);
  take (play, effects, now);
}

/* As tracker log add writes it. */
static void
log_by_hand (Play *play, char **words)
{
  TrkEntry *entry = trk_entry_new ();

  entry->period = read_period (words[0]);
  entry->title = g_strdup (words[1]);
  entry->evidence = TRK_EVIDENCE_MANUAL;
  entry->start_reason = entry->end_reason = TRK_REASON_BY_HAND;
  g_ptr_array_add (play->log->entries, entry);
}

/* As another program may write it: an entry of that block of the plan, or by hand until then. */
static void
open_by_others (Play *play, char **words)
{
  TrkEntry *entry = trk_entry_new ();

  entry->period = (TrkPeriod){ read_time (words[0]), TRK_NEVER };
  entry->title = g_strdup (words[1]);
  entry->kind = TRK_KIND_FOCUS;
  entry->evidence = words[2] == NULL ? TRK_EVIDENCE_OBSERVED : TRK_EVIDENCE_MANUAL;
  entry->start_reason = words[2] == NULL ? TRK_REASON_BLOCK_START : TRK_REASON_BY_HAND;
  if (words[2] == NULL)
    entry->block_id = g_strdup (words[1]);
  else
    entry->until = read_time (words[2]);
  g_ptr_array_add (play->log->entries, entry);
}

/* As the undo of an extension leaves what runs by hand. */
static void
end_by_others (Play *play, const char *until)
{
  for (guint i = 0; i < play->log->entries->len; i++)
    {
      TrkEntry *entry = play->log->entries->pdata[i];

      if (trk_entry_is_open (entry))
        entry->until = read_time (until);
    }
}

/* As tracker log edit --kind leaves what is over. */
static void
correct_kind (Play *play, char **words)
{
  for (guint i = 0; i < play->log->entries->len; i++)
    {
      TrkEntry *entry = play->log->entries->pdata[i];

      if (!trk_entry_is_open (entry) && g_str_equal (entry->title, words[0]))
        g_assert_true (trk_kind_from_string (words[1], &entry->kind));
    }
}

static void
command (Play *play, TrkInstant now, char **words)
{
  if (g_str_equal (words[0], "kind"))
    {
      correct_kind (play, words + 1);
      return;
    }
  if (g_str_equal (words[0], "until"))
    {
      end_by_others (play, words[1]);
      return;
    }
  if (g_str_equal (words[0], "log"))
    {
      log_by_hand (play, words + 1);
      return;
    }
  if (g_str_equal (words[0], "open"))
    {
      open_by_others (play, words + 1);
      return;
    }
  if (g_str_equal (words[0], "plan"))
    plan_now (play, now);
  else if (g_str_equal (words[0], "step"))
    take (play, trk_engine_step (play->engine, now), now);
  else if (g_str_equal (words[0], "run"))
    run (play, now);
  else if (g_str_equal (words[0], "active") || g_str_equal (words[0], "back"))
    be (play, TRK_PRESENCE_ACTIVE, words[1], TRK_REASON_BACK, now);
  else if (g_str_equal (words[0], "untold"))
    play->presence = TRK_PRESENCE_UNKNOWN;
  else if (g_str_equal (words[0], "unknown"))
    be (play, TRK_PRESENCE_UNKNOWN, words[1], TRK_REASON_CLOCK, now);
  else if (g_str_equal (words[0], "away"))
    be (play, TRK_PRESENCE_AWAY, words[1], TRK_REASON_AWAY, now);
  else if (g_str_equal (words[0], "lock"))
    be (play, TRK_PRESENCE_AWAY, words[1], TRK_REASON_LOCK, now);
  else if (g_str_equal (words[0], "switched"))
    be (play, TRK_PRESENCE_AWAY, words[1], TRK_REASON_SWITCHED, now);
  else if (g_str_equal (words[0], "busy") || g_str_equal (words[0], "free"))
    take (play,
          trk_engine_engage (
              play->engine,
              g_str_equal (words[0], "busy") ? "The microphone was in use by Firefox" : NULL, now),
          now);
  else if (g_str_equal (words[0], "front"))
    take (play, trk_engine_front (play->engine, g_str_equal (words[1], "-") ? NULL : words[1], now),
          now);
  else if (g_str_equal (words[0], "started"))
    take (play, trk_engine_started (play->engine, words[1], now), now);
  else if (g_str_equal (words[0], "slept"))
    sleep_for (play, words + 1, now);
  else if (g_str_equal (words[0], "restart"))
    restart (play, words[1], now);
  else if (g_str_equal (words[0], "upgrade"))
    forget_words (play);
  else if (g_str_equal (words[0], "zone"))
    move_to (play, words[1]);
  else if (g_str_equal (words[0], "reload"))
    reload (play, now);
  else if (g_str_equal (words[0], "shutdown"))
    shut_down (play, now);
  else
    act (play, words, now);
  g_assert_cmpint (trk_engine_next_deadline (play->engine), >, now);
}

/* -- The script -------------------------------------------------------------------------------- */

/* What the last command did must have been expected to the last line. */
static void
compare (Play *play, const char *asked, const char *expected)
{
  if (!g_str_equal (play->effects->str, expected))
    g_error ("after '%s'\nexpected:\n%sgot:\n%s", asked, expected, play->effects->str);
  if (play->error != NULL)
    g_error ("after '%s': refused: %s", asked, play->error);
  if (play->log->broken != NULL)
    g_error ("after '%s': %s", asked, play->log->broken);
  g_string_truncate (play->effects, 0);
}

static void
expect_refusal (Play *play, const char *words)
{
  if (play->error == NULL || strstr (play->error, words) == NULL)
    g_error ("expected a refusal with '%s', got '%s'", words, play->error);
  g_clear_pointer (&play->error, g_free);
}

static void
play_line (Play *play, const char *line)
{
  g_auto (GStrv) words = g_strsplit (line, " ", -1);

  if (!describe (play, words))
    command (play, read_time (words[0]), words + 1);
}

void
engine_play (const char *const *script)
{
  Play play = { .log = engine_log_new (), .zone = trk_zone_new_utc () };
  g_autoptr (GString) expected = g_string_new (NULL);
  const char *asked = "the beginning";

  play.almanac = (TrkAlmanac){ play.zone, TRK_DEFAULT_START_OF_DAY, 1 };
  trk_policies_init (&play.policies);
  play.blocks = g_ptr_array_new_with_free_func ((GDestroyNotify) trk_block_unref);
  play.squeezed = trk_squeezes_new ();
  play.effects = g_string_new (NULL);
  for (; *script != NULL; script++)
    {
      if (g_str_has_prefix (*script, "! "))
        expect_refusal (&play, *script + 2);
      else if (g_str_has_prefix (*script, "= "))
        g_string_append_printf (expected, "%s\n", *script + 2);
      else
        {
          compare (&play, asked, expected->str);
          g_string_truncate (expected, 0);
          asked = *script;
          play_line (&play, asked);
        }
    }
  compare (&play, asked, expected->str);

  trk_engine_free (play.engine);
  engine_log_free (play.log);
  g_ptr_array_unref (play.blocks);
  g_array_unref (play.squeezed);
  g_string_free (play.effects, TRUE);
  trk_zone_unref (play.zone);
}

static void
play_test (gconstpointer script)
{
  engine_play (script);
}

void
engine_play_add (const EngineScript *scripts, gsize n)
{
  for (gsize i = 0; i < n; i++)
    {
      g_autofree char *path = g_strconcat ("/engine/", scripts[i].name, NULL);

      g_test_add_data_func (path, scripts[i].script, play_test);
    }
}
