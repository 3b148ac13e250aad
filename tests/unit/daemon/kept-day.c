/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "kept-day.h"

#include "engine-day.h"
#include "kept-model.h"
#include "trk-effect-store.h"
#include "trk-engine.h"
#include "trk-error.h"
#include "trk-store.h"

struct KeptDay
{
  TrkStore *store;
  TrkEngine *engine; /* NULL: no daemon is there */
  TrkPolicies policies;
  TrkZone *zone;
  TrkAlmanac almanac;
  TrkPresence presence;
  TrkInstant now;
  gint64 run;
  KeptModel *model;
  GString *story;
};

#define DAY_START (ENGINE_DAY_START + 530 * TRK_MINUTE)
#define ALL ((TrkPeriod){ ENGINE_DAY_START - 24 * TRK_HOUR, TRK_NEVER })

/* The daemon does so each minute while an entry is open. */
static void
mark (KeptDay *day)
{
  g_autoptr (TrkEntry) open = trk_store_open_entry (day->store, NULL);

  if (day->engine != NULL && open != NULL)
    trk_store_mark (day->store, day->now, NULL);
}

static void
must (KeptDay *day, gboolean worked, const GError *error)
{
  if (!worked || error != NULL)
    kept_model_break (day->model, "%s", error != NULL ? error->message : "it failed");
}

/* -- The daemon -------------------------------------------------------------------------------- */

/* As trk-recorder.c writes a batch. */
static void
record (KeptDay *day, TrkActor actor, const char *text, GPtrArray *effects)
{
  g_autoptr (GPtrArray) owned = effects;
  g_autoptr (GError) error = NULL;

  if (owned->len == 0)
    return;
  must (day, trk_store_begin (day->store, actor, text, day->now, &error), error);
  for (guint i = 0; i < owned->len && error == NULL; i++)
    {
      gint64 number;

      must (day, trk_effect_store (day->store, owned->pdata[i], "UTC", &number, &error), error);
    }
  trk_store_touch_run (day->store, day->run, day->now, NULL);
  must (day, trk_store_commit (day->store, NULL), error);
  mark (day);
}

static TrkPlan *
plan_of (void)
{
  EngineDay calendar = { 0 };

  return engine_day_plan (&calendar);
}

static void
put_blocks (KeptDay *day, const TrkPlan *plan)
{
  must (day, trk_store_begin (day->store, TRK_ACTOR_DAEMON, "plan", day->now, NULL), NULL);
  for (guint i = 0; i < plan->blocks->len; i++)
    must (day, trk_store_put_block (day->store, plan->blocks->pdata[i], NULL), NULL);
  must (day, trk_store_commit (day->store, NULL), NULL);
}

/* As trk-daemon-memory.c builds it. */
static void
build_engine (KeptDay *day, TrkInstant mark)
{
  g_autoptr (GPtrArray) entries = trk_store_entries (day->store, ALL, NULL);
  g_autoptr (GPtrArray) gaps = trk_store_gaps (day->store, ALL, NULL);
  g_autoptr (GPtrArray) records = trk_store_blocks (day->store, ALL, NULL);
  g_autoptr (GPtrArray) told = trk_store_told_hooks (day->store, NULL);
  g_autoptr (GPtrArray) states = g_ptr_array_new ();
  g_autoptr (GPtrArray) blocks = g_ptr_array_new ();
  TrkEngine *before = day->engine;
  TrkEngineMemory memory = { .entries = entries,
                             .gaps = gaps,
                             .states = states,
                             .blocks = blocks,
                             .last_mark = mark,
                             .before = before,
                             .told_hooks = told };

  trk_store_absence (day->store, &memory.absence, NULL);

  for (guint i = 0; i < records->len; i++)
    {
      const TrkBlockRecord *block = records->pdata[i];

      g_ptr_array_add (states, block->state);
      g_ptr_array_add (blocks, block->block);
    }
  if (before == NULL)
    trk_store_ended_in_order (day->store, mark, &memory.stopped, NULL);
  day->engine = trk_engine_new (&day->policies, &day->almanac, &memory);
  trk_engine_free (before);
}

static void
come_up (KeptDay *day)
{
  g_autoptr (TrkPlan) plan = plan_of ();
  TrkInstant mark = 0;

  if (day->engine != NULL)
    return;
  trk_store_last_mark (day->store, &mark, NULL);
  build_engine (day, mark);
  trk_store_begin_run (day->store, day->now, &day->run, NULL);
  record (day, TRK_ACTOR_DAEMON, "presence",
          trk_engine_presence (day->engine, day->presence, day->now, TRK_REASON_BACK, day->now));
  put_blocks (day, plan);
  record (day, TRK_ACTOR_DAEMON, "plan", trk_engine_set_plan (day->engine, plan, day->now));
}

static void
go_down (KeptDay *day, gboolean in_order)
{
  if (day->engine == NULL)
    return;
  if (in_order)
    record (day, TRK_ACTOR_DAEMON, "shutdown", trk_engine_shut_down (day->engine, day->now));
  trk_store_mark (day->store, day->now, NULL);
  if (in_order)
    trk_store_end_run (day->store, day->run, day->now, NULL);
  else
    trk_store_touch_run (day->store, day->run, day->now, NULL);
  g_clear_pointer (&day->engine, trk_engine_free);
}

/* Others changed the log: the engine goes on from what it says. */
static void
follow_log (KeptDay *day)
{
  g_autoptr (TrkPlan) plan = plan_of ();

  if (day->engine == NULL)
    return;
  build_engine (day, day->now);
  record (day, TRK_ACTOR_DAEMON, "reload", trk_engine_set_plan (day->engine, plan, day->now));
}

/* -- Time -------------------------------------------------------------------------------------- */

static void
see_open (KeptDay *day, TrkPeriod period)
{
  g_autoptr (TrkEntry) open = trk_store_open_entry (day->store, NULL);

  if (day->engine != NULL && day->presence != TRK_PRESENCE_AWAY)
    kept_model_see (day->model, period);
  if (open != NULL && day->engine != NULL)
    kept_model_keep (day->model, open, period, day->policies.of[open->kind].away_pauses);
}

static void
go_to (KeptDay *day, TrkInstant at)
{
  see_open (day, (TrkPeriod){ day->now, at });
  day->now = at;
  if (day->engine != NULL)
    record (day, TRK_ACTOR_DAEMON, "step", trk_engine_step (day->engine, at));
  mark (day);
}

/* From deadline to deadline. */
static void
pass (KeptDay *day, TrkInstant until)
{
  while (day->engine != NULL && trk_engine_next_deadline (day->engine) < until)
    go_to (day, trk_engine_next_deadline (day->engine));
  go_to (day, until);
}

static void
be (KeptDay *day, TrkPresence presence, TrkInstant since, TrkReason why)
{
  day->presence = presence;
  if (presence == TRK_PRESENCE_AWAY)
    kept_model_away (day->model, (TrkPeriod){ since, day->now });
  if (day->engine != NULL)
    record (day, TRK_ACTOR_DAEMON, "presence",
            trk_engine_presence (day->engine, presence, since, why, day->now));
}

static void
sleep_until (KeptDay *day, TrkInstant at)
{
  TrkPeriod asleep = { day->now, at };

  day->now = at;
  if (day->engine != NULL)
    record (day, TRK_ACTOR_DAEMON, "step",
            trk_engine_slept (day->engine, asleep, TRK_REASON_SLEEP, at));
  mark (day);
}

static gboolean
is_paused (KeptDay *day)
{
  g_autoptr (GPtrArray) gaps = trk_store_gaps (day->store, ALL, NULL);
  const TrkGap *last = gaps->len > 0 ? gaps->pdata[gaps->len - 1] : NULL;

  return last != NULL && last->period.end == TRK_NEVER && last->reason == TRK_REASON_PAUSE;
}

/* -- The user ---------------------------------------------------------------------------------- */

/* A word about what was. */
static void
hear (KeptDay *day, const TrkAction *action)
{
  g_autoptr (GPtrArray) gaps = trk_store_gaps (day->store, ALL, NULL);

  if (action->verb == TRK_VERB_EXTEND || action->verb == TRK_VERB_POSTPONE
      || action->verb == TRK_VERB_SNOOZE)
    kept_model_went_on (day->model, (TrkPeriod){ DAY_START, day->now });
  if (action->verb == TRK_VERB_START && action->at != 0)
    kept_model_hear (day->model, (TrkPeriod){ action->at, day->now });
  for (guint i = 0; action->verb == TRK_VERB_ANSWER && i < gaps->len; i++)
    {
      const TrkGap *gap = gaps->pdata[i];

      if (gap->answer == TRK_ANSWER_WORKED)
        kept_model_hear (day->model, gap->period);
    }
}

static void
act (KeptDay *day, TrkAction action)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *effects;

  come_up (day);
  effects = trk_engine_act (day->engine, &action, day->now, &error);
  if (effects == NULL)
    effects = trk_engine_step (day->engine, day->now);
  record (day, error == NULL ? TRK_ACTOR_USER : TRK_ACTOR_DAEMON, trk_verb_to_string (action.verb),
          effects);
  if (error == NULL)
    hear (day, &action);
  if (day->presence == TRK_PRESENCE_AWAY)
    be (day, TRK_PRESENCE_ACTIVE, day->now, TRK_REASON_BACK);
}

/* What is taken back does not come again by itself: nothing by hand begins or pauses in place of
 * what is open. */
static void
follow_undo (KeptDay *day)
{
  g_autoptr (TrkEntry) before = trk_store_open_entry (day->store, NULL);
  g_autoptr (TrkEntry) after = NULL;

  follow_log (day);
  after = trk_store_open_entry (day->store, NULL);
  if (before != NULL && after != NULL && after->number != before->number && after->block_id == NULL)
    kept_model_break (day->model, "'%s' begins, and '%s' was open", after->title, before->title);
  if (before != NULL && before->block_id == NULL && after == NULL && is_paused (day)
      && (before->until == 0 || before->until > day->now))
    kept_model_break (day->model, "'%s' is paused, and was open", before->title);
}

static void
take_back (KeptDay *day, guint count, gboolean forward)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) changes = forward ? trk_store_redo (day->store, count, day->now, &error)
                                          : trk_store_undo (day->store, count, day->now, &error);

  if (changes == NULL && !g_error_matches (error, TRK_ERROR, TRK_ERROR_STATE))
    must (day, FALSE, error);
  if (changes == NULL)
    return;
  kept_model_excuse (day->model, changes->len);
  for (guint i = 0; i < changes->len; i++)
    kept_model_tell_gone (day->model, ((const TrkChange *) changes->pdata[i])->gone);
  follow_undo (day);
  if (day->presence == TRK_PRESENCE_AWAY)
    be (day, TRK_PRESENCE_ACTIVE, day->now, TRK_REASON_BACK);
}

/* As tracker log add --adjust writes it, which does not write over what runs. */
static void
log_add (KeptDay *day, TrkDuration length)
{
  g_autoptr (TrkEntry) open = trk_store_open_entry (day->store, NULL);
  g_autoptr (TrkEntry) entry = trk_entry_new ();

  entry->period = (TrkPeriod){ day->now - 2 * length - TRK_MINUTE, day->now - length };
  entry->title = g_strdup ("added");
  entry->evidence = TRK_EVIDENCE_MANUAL;
  entry->start_reason = entry->end_reason = TRK_REASON_BY_HAND;
  if (open != NULL && trk_period_overlaps (open->period, entry->period))
    return;
  kept_model_hear (day->model, entry->period);
  must (day, trk_store_begin (day->store, TRK_ACTOR_USER, "log add", day->now, NULL), NULL);
  must (day, trk_store_clear_period (day->store, entry->period, 0, NULL), NULL);
  must (day, trk_store_add_entry (day->store, entry, NULL), NULL);
  must (day, trk_store_commit (day->store, NULL), NULL);
  follow_log (day);
}

/* As tracker log remove. */
static void
log_remove (KeptDay *day, guint which)
{
  g_autoptr (GPtrArray) entries = trk_store_entries (day->store, ALL, NULL);
  const TrkEntry *entry;

  if (entries->len == 0)
    return;
  entry = entries->pdata[which % entries->len];
  kept_model_drop (day->model,
                   (TrkPeriod){ entry->period.start, MIN (entry->period.end, day->now) });
  must (day, trk_store_begin (day->store, TRK_ACTOR_USER, "log remove", day->now, NULL), NULL);
  must (day, trk_store_remove_entry (day->store, entry->number, NULL), NULL);
  must (day, trk_store_commit (day->store, NULL), NULL);
  follow_log (day);
}

/* -- Steps ------------------------------------------------------------------------------------- */

typedef enum
{
  STEP_MINUTES,
  STEP_AWAY,
  STEP_BACK,
  STEP_LOCK,
  STEP_SLEEP,
  STEP_KILL,
  STEP_SHUTDOWN,
  STEP_UP,
  STEP_UNDO,
  STEP_UNDO_TWO,
  STEP_REDO,
  STEP_LOG_ADD,
  STEP_LOG_REMOVE,
  STEP_START_AT,
  N_STEPS_OF_DAY,
} Step;

static const char *const names[N_STEPS_OF_DAY] = {
  "minutes", "away", "back",     "lock", "sleep",   "kill",       "shutdown",
  "up",      "undo", "undo-two", "redo", "log-add", "log-remove", "start-at",
};

static const struct
{
  const char *name;
  TrkAction action;
} verbs[] = {
  { "start", { .verb = TRK_VERB_START, .title = "by hand", .kind = TRK_KIND_FOCUS } },
  { "start-other", { .verb = TRK_VERB_START, .title = "other", .kind = TRK_KIND_SHALLOW } },
  { "start-meeting", { .verb = TRK_VERB_START, .title = "call", .kind = TRK_KIND_MEETING } },
  { "start-for",
    { .verb = TRK_VERB_START,
      .title = "short",
      .kind = TRK_KIND_FOCUS,
      .length = 7 * TRK_MINUTE } },
  { "start-planned", { .verb = TRK_VERB_START, .kind = TRK_KIND_FOCUS } },
  { "stop", { .verb = TRK_VERB_STOP } },
  { "pause", { .verb = TRK_VERB_PAUSE } },
  { "resume", { .verb = TRK_VERB_RESUME } },
  { "extend", { .verb = TRK_VERB_EXTEND } },
  { "snooze", { .verb = TRK_VERB_SNOOZE } },
  { "skip", { .verb = TRK_VERB_SKIP } },
  { "break", { .verb = TRK_VERB_BREAK } },
  { "done", { .verb = TRK_VERB_DONE } },
  { "release", { .verb = TRK_VERB_RELEASE } },
  { "postpone", { .verb = TRK_VERB_POSTPONE } },
  { "worked", { .verb = TRK_VERB_ANSWER, .answer = TRK_ANSWER_WORKED } },
  { "discard", { .verb = TRK_VERB_ANSWER, .answer = TRK_ANSWER_DISCARD } },
};

guint
kept_day_steps (void)
{
  return N_STEPS_OF_DAY + G_N_ELEMENTS (verbs);
}

const char *
kept_day_step_name (guint step)
{
  return step < N_STEPS_OF_DAY ? names[step] : verbs[step - N_STEPS_OF_DAY].name;
}

static void
happen (KeptDay *day, Step step, guint minutes)
{
  TrkDuration length = minutes * TRK_MINUTE;

  switch (step)
    {
    case STEP_MINUTES:
      pass (day, day->now + length);
      break;
    case STEP_AWAY: /* told five minutes late */
      pass (day, day->now + 5 * TRK_MINUTE);
      be (day, TRK_PRESENCE_AWAY, day->now - 5 * TRK_MINUTE, TRK_REASON_AWAY);
      break;
    case STEP_LOCK:
      be (day, TRK_PRESENCE_AWAY, day->now, TRK_REASON_LOCK);
      break;
    case STEP_BACK:
      be (day, TRK_PRESENCE_ACTIVE, day->now, TRK_REASON_BACK);
      break;
    case STEP_SLEEP:
      sleep_until (day, day->now + length);
      break;
    case STEP_KILL:
    case STEP_SHUTDOWN:
      go_down (day, step == STEP_SHUTDOWN);
      day->now += length;
      break;
    case STEP_UP:
      come_up (day);
      break;
    case STEP_UNDO:
    case STEP_UNDO_TWO:
    case STEP_REDO:
      take_back (day, step == STEP_UNDO_TWO ? 2 : 1, step == STEP_REDO);
      break;
    case STEP_LOG_ADD:
      log_add (day, length);
      break;
    case STEP_LOG_REMOVE:
      log_remove (day, minutes);
      break;
    case STEP_START_AT:
      act (day, (TrkAction){ .verb = TRK_VERB_START,
                             .title = "earlier",
                             .kind = TRK_KIND_FOCUS,
                             .at = day->now - length });
      break;
    case N_STEPS_OF_DAY:
      break;
    }
}

/* -- Rules ------------------------------------------------------------------------------------- */

static void
check (KeptDay *day)
{
  g_autoptr (GPtrArray) entries = trk_store_entries (day->store, ALL, NULL);
  g_autoptr (GPtrArray) gaps = trk_store_gaps (day->store, ALL, NULL);
  g_autoptr (TrkEntry) open = trk_store_open_entry (day->store, NULL);
  TrkInstant known = day->now;
  TrkSnapshot snapshot;

  if (day->engine == NULL)
    trk_store_last_mark (day->store, &known, NULL);
  kept_model_check (day->model, entries, gaps, known);
  must (day, trk_store_check (day->store, NULL), NULL);
  if (day->engine == NULL)
    return;
  trk_engine_snapshot (day->engine, &snapshot);
  if ((snapshot.entry != NULL) != (open != NULL)
      || (open != NULL && open->period.start != snapshot.entry->period.start))
    kept_model_break (day->model, "the log and the engine do not agree on the open entry");
}

void
kept_day_do (KeptDay *day, guint step, guint minutes)
{
  g_string_append_printf (day->story, " %s(%u)", kept_day_step_name (step), minutes);
  if (step < N_STEPS_OF_DAY)
    happen (day, (Step) step, minutes);
  else
    act (day, verbs[step - N_STEPS_OF_DAY].action);
  check (day);
}

const char *
kept_day_broken (const KeptDay *day)
{
  return kept_model_broken (day->model);
}

const char *
kept_day_story (const KeptDay *day)
{
  return day->story->str;
}

KeptDay *
kept_day_new (void)
{
  KeptDay *day = g_new0 (KeptDay, 1);

  day->store = trk_store_open (NULL, TRK_STORE_MEMORY, NULL);
  g_assert_nonnull (day->store);
  day->zone = trk_zone_new_utc ();
  day->almanac = (TrkAlmanac){ day->zone, TRK_DEFAULT_START_OF_DAY, 1 };
  trk_policies_init (&day->policies);
  day->presence = TRK_PRESENCE_ACTIVE;
  day->now = DAY_START;
  day->model = kept_model_new ();
  day->story = g_string_new (NULL);
  come_up (day);
  return day;
}

void
kept_day_free (KeptDay *day)
{
  trk_engine_free (day->engine);
  trk_store_close (day->store);
  trk_zone_unref (day->zone);
  kept_model_free (day->model);
  g_string_free (day->story, TRUE);
  g_free (day);
}
