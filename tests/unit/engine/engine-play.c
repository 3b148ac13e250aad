/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "engine-play.h"

#include "engine-stage.h"
#include "trk-duration.h"

#include <stdio.h>

/* -- Reading ----------------------------------------------------------------------------------- */

/* "09:05", "09:05:30", and "+1 09:05" of the next day as "33:05". */
static TrkInstant
read_time (const char *text)
{
  int hour = 0, minute = 0, second = 0;

  g_assert_cmpint (sscanf (text, "%d:%d:%d", &hour, &minute, &second), >=, 2);
  return ENGINE_DAY_START + hour * TRK_HOUR + minute * TRK_MINUTE + second * TRK_SECOND;
}

static TrkPeriod
read_period (const char *text)
{
  const char *dash = strchr (text, '-');

  g_assert_nonnull (dash);
  return (TrkPeriod){ read_time (text), read_time (dash + 1) };
}

static TrkKind
read_kind (const char *word)
{
  TrkKind kind;

  g_assert_true (trk_kind_from_string (word, &kind));
  return kind;
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

/* An answer, a reason or a kind and a title stand before the options. Borrows of @words. */
static TrkAction
read_action (char **words)
{
  TrkAction action = { 0 };
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
  return action;
}

/* -- The plan ---------------------------------------------------------------------------------- */

static TrkBlock *
new_block (const char *kind, const char *period, const char *title)
{
  TrkBlock *block = trk_block_new ();

  block->kind = read_kind (kind);
  block->id = g_strdup (title);
  block->calendar = g_strdup ("work");
  block->title = g_strdup (title);
  block->kind_why = g_strdup ("script");
  block->period = block->planned = read_period (period);
  return block;
}

static void
add_owed (EngineStage *stage, char **words)
{
  g_autoptr (TrkBlock) block = new_block ("break", words[2], words[1]);

  trk_squeezes_add (stage->squeezed, (TrkSqueeze){
                                         .block = block,
                                         .by = engine_stage_block (stage, words[4]),
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
set_policy (EngineStage *stage, char **words)
{
  TrkKind kind;

  if (g_str_equal (words[1], "limit"))
    {
      g_assert_true (trk_duration_parse (words[2], &stage->policies.work_limit, NULL));
      return;
    }
  if (g_str_equal (words[1], "day-end"))
    {
      stage->policies.day_end = TRUE;
      return;
    }
  kind = read_kind (words[2]);
  if (g_str_equal (words[1], "dnd"))
    stage->policies.of[kind].do_not_disturb = TRUE;
  else if (g_str_equal (words[1], "auto"))
    stage->policies.of[kind].auto_start = TRUE;
  else if (g_str_equal (words[1], "no-auto"))
    stage->policies.of[kind].auto_start = FALSE;
  else if (g_str_equal (words[1], "strict"))
    stage->policies.of[kind].strict = TRUE;
  else if (g_str_equal (words[1], "unmissable"))
    stage->policies.of[kind].unmissable = TRUE;
  else
    g_assert_not_reached ();
}

/* TRUE: the line tells something about the plan. */
static gboolean
describe (EngineStage *stage, char **words)
{
  if (g_str_equal (words[0], "block"))
    engine_stage_put (stage, new_block (words[1], words[2], words[3]));
  else if (g_str_equal (words[0], "link"))
    engine_stage_block (stage, words[1])->link = g_strdup (words[2]);
  else if (g_str_equal (words[0], "list"))
    engine_stage_block (stage, words[1])->checklist = g_strjoinv (" ", words + 2);
  else if (g_str_equal (words[0], "leads"))
    add_leads (engine_stage_block (stage, words[1]), words + 2);
  else if (g_str_equal (words[0], "cut"))
    engine_stage_cut (stage, words[1], read_period (words[2]));
  else if (g_str_equal (words[0], "renamed"))
    engine_stage_rename (stage, words[1], words[2]);
  else if (g_str_equal (words[0], "event"))
    engine_stage_block (stage, words[1])->planned = read_period (words[2]);
  else if (g_str_equal (words[0], "gone"))
    engine_stage_remove (stage, words[1]);
  else if (g_str_equal (words[0], "owed"))
    add_owed (stage, words);
  else if (g_str_equal (words[0], "brief"))
    stage->brief = TRUE;
  else if (g_str_equal (words[0], "notices"))
    stage->notices = TRUE;
  else if (g_str_equal (words[0], "rules"))
    stage->notices = stage->rules = TRUE;
  else if (g_str_equal (words[0], "policy"))
    set_policy (stage, words);
  else
    return FALSE;
  return TRUE;
}

/* -- What must be so --------------------------------------------------------------------------- */

/* The planner must find in the log when a block was left. */
static void
expect_left (const EngineStage *stage, const char *id, TrkInstant at)
{
  const TrkBlockState *state = g_hash_table_lookup (stage->log->states, id);

  g_assert_nonnull (state);
  g_assert_cmpint (state->end, ==, at);
}

static void
expect_note (const EngineStage *stage, const char *id, const char *note)
{
  const TrkBlockState *state = g_hash_table_lookup (stage->log->states, id);

  g_assert_nonnull (state);
  g_assert_cmpstr (state->note, ==, note);
}

/* What done means while nothing runs. */
static void
expect_ended (const EngineStage *stage, const char *title)
{
  TrkSnapshot snapshot;

  trk_engine_snapshot (stage->engine, &snapshot);
  g_assert_nonnull (snapshot.ended);
  g_assert_cmpstr (snapshot.ended->title, ==, title);
}

/* What the daemon tells of what runs. */
static void
expect_since (const EngineStage *stage, const char *id, TrkInstant at)
{
  TrkSnapshot snapshot;

  trk_engine_snapshot (stage->engine, &snapshot);
  g_assert_nonnull (snapshot.block);
  g_assert_cmpstr (snapshot.block->id, ==, id);
  g_assert_cmpint (snapshot.since, ==, at);
}

/* TRUE: the line tells what must be so. */
static gboolean
expect (const EngineStage *stage, char **words)
{
  if (g_str_equal (words[0], "left"))
    expect_left (stage, words[1], read_time (words[2]));
  else if (g_str_equal (words[0], "note"))
    expect_note (stage, words[1], words[2]);
  else if (g_str_equal (words[0], "ended"))
    expect_ended (stage, words[1]);
  else if (g_str_equal (words[0], "since"))
    expect_since (stage, words[1], read_time (words[2]));
  else
    return FALSE;
  return TRUE;
}

/* -- What happens ------------------------------------------------------------------------------ */

/* TRUE: the line is of somebody who writes into the log, of which the engine hears later. */
static gboolean
write_log (EngineStage *stage, char **words)
{
  if (g_str_equal (words[0], "kind"))
    engine_stage_correct_kind (stage, words[1], read_kind (words[2]));
  else if (g_str_equal (words[0], "until"))
    engine_stage_end_open (stage, read_time (words[1]));
  else if (g_str_equal (words[0], "undo"))
    engine_stage_undo (stage, words[1]);
  else if (g_str_equal (words[0], "log"))
    engine_stage_log (stage, read_period (words[1]), words[2]);
  else if (g_str_equal (words[0], "open"))
    engine_stage_open (stage, read_time (words[1]), words[2],
                       words[3] != NULL ? read_time (words[3]) : 0);
  else
    return FALSE;
  return TRUE;
}

/* TRUE: the line tells of the user's presence. */
static gboolean
be (EngineStage *stage, TrkInstant now, char **words)
{
  static const struct
  {
    const char *word;
    TrkPresence presence;
    TrkReason why;
  } forms[] = {
    { "active", TRK_PRESENCE_ACTIVE, TRK_REASON_BACK },
    { "back", TRK_PRESENCE_ACTIVE, TRK_REASON_BACK },
    { "unknown", TRK_PRESENCE_UNKNOWN, TRK_REASON_CLOCK },
    { "away", TRK_PRESENCE_AWAY, TRK_REASON_AWAY },
    { "lock", TRK_PRESENCE_AWAY, TRK_REASON_LOCK },
    { "switched", TRK_PRESENCE_AWAY, TRK_REASON_SWITCHED },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (forms); i++)
    if (g_str_equal (words[0], forms[i].word))
      {
        engine_stage_be (stage, forms[i].presence, words[1] != NULL ? read_time (words[1]) : now,
                         forms[i].why, now);
        return TRUE;
      }
  return FALSE;
}

/* TRUE: the line tells what other programs do. */
static gboolean
watch (EngineStage *stage, TrkInstant now, char **words)
{
  TrkEngine *engine = stage->engine;
  GPtrArray *effects;

  if (g_str_equal (words[0], "busy"))
    effects = trk_engine_engage (engine, "The microphone was in use by Firefox", now);
  else if (g_str_equal (words[0], "free"))
    effects = trk_engine_engage (engine, NULL, now);
  else if (g_str_equal (words[0], "front"))
    effects = trk_engine_front (engine, g_str_equal (words[1], "-") ? NULL : words[1], now);
  else if (g_str_equal (words[0], "started"))
    effects = trk_engine_started (engine, words[1], now);
  else
    return FALSE;
  engine_stage_take (stage, effects, now);
  return TRUE;
}

static void
sleep_for (EngineStage *stage, TrkInstant now, char **words)
{
  TrkReason why;

  g_assert_true (trk_reason_from_string (words[1], &why));
  engine_stage_take (stage, trk_engine_slept (stage->engine, read_period (words[0]), why, now),
                     now);
}

/* TRUE: the line is of the daemon's own life. */
static gboolean
live (EngineStage *stage, TrkInstant now, char **words)
{
  if (g_str_equal (words[0], "plan"))
    engine_stage_plan (stage, now);
  else if (g_str_equal (words[0], "step"))
    engine_stage_take (stage, trk_engine_step (stage->engine, now), now);
  else if (g_str_equal (words[0], "run"))
    engine_stage_run (stage, now);
  else if (g_str_equal (words[0], "slept"))
    sleep_for (stage, now, words + 1);
  else if (g_str_equal (words[0], "restart"))
    engine_stage_restart (stage, words[1] != NULL ? read_time (words[1]) : 0, now);
  else if (g_str_equal (words[0], "upgrade"))
    engine_stage_forget_words (stage);
  else if (g_str_equal (words[0], "untold"))
    stage->presence = TRK_PRESENCE_UNKNOWN;
  else if (g_str_equal (words[0], "zone"))
    engine_stage_move_to (stage, words[1]);
  else if (g_str_equal (words[0], "reload"))
    engine_stage_reload (stage, now);
  else if (g_str_equal (words[0], "shutdown"))
    engine_stage_shut_down (stage, now);
  else
    return FALSE;
  return TRUE;
}

static void
act (EngineStage *stage, TrkInstant now, char **words)
{
  TrkAction action = read_action (words);

  engine_stage_act (stage, &action, now);
}

static void
command (EngineStage *stage, TrkInstant now, char **words)
{
  if (write_log (stage, words))
    return;
  if (!be (stage, now, words) && !watch (stage, now, words) && !live (stage, now, words))
    act (stage, now, words);
  g_assert_cmpint (trk_engine_next_deadline (stage->engine), >, now);
}

/* -- The script -------------------------------------------------------------------------------- */

/* What the last command did must have been expected to the last line. */
static void
compare (EngineStage *stage, const char *asked, const char *expected)
{
  if (!g_str_equal (stage->effects->str, expected))
    g_error ("after '%s'\nexpected:\n%sgot:\n%s", asked, expected, stage->effects->str);
  if (stage->error != NULL)
    g_error ("after '%s': refused: %s", asked, stage->error);
  if (stage->log->broken != NULL)
    g_error ("after '%s': %s", asked, stage->log->broken);
  g_string_truncate (stage->effects, 0);
}

static void
expect_refusal (EngineStage *stage, const char *words)
{
  if (stage->error == NULL || strstr (stage->error, words) == NULL)
    g_error ("expected a refusal with '%s', got '%s'", words, stage->error);
  g_clear_pointer (&stage->error, g_free);
}

static void
play_line (EngineStage *stage, const char *line)
{
  g_auto (GStrv) words = g_strsplit (line, " ", -1);

  if (!describe (stage, words) && !expect (stage, words))
    command (stage, read_time (words[0]), words + 1);
}

void
engine_play (const char *const *script)
{
  g_autoptr (EngineStage) stage = engine_stage_new ();
  g_autoptr (GString) expected = g_string_new (NULL);
  const char *asked = "the beginning";

  for (; *script != NULL; script++)
    {
      if (g_str_has_prefix (*script, "! "))
        expect_refusal (stage, *script + 2);
      else if (g_str_has_prefix (*script, "= "))
        g_string_append_printf (expected, "%s\n", *script + 2);
      else
        {
          compare (stage, asked, expected->str);
          g_string_truncate (expected, 0);
          asked = *script;
          play_line (stage, asked);
        }
    }
  compare (stage, asked, expected->str);
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
