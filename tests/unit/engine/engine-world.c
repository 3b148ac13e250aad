/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "engine-world.h"

#define DAY_START (G_GINT64_CONSTANT (1795392000) * TRK_SECOND) /* 2026-11-23T00:00:00Z */
#define N_BLOCKS 6

static const struct
{
  const char *id;
  TrkKind kind;
  int start, end; /* minutes of the day */
} day[N_BLOCKS] = {
  { "plan", TRK_KIND_ROUTINE, 520, 540 }, { "build", TRK_KIND_FOCUS, 540, 600 },
  { "rest", TRK_KIND_BREAK, 600, 615 },   { "review", TRK_KIND_SHALLOW, 615, 645 },
  { "team", TRK_KIND_MEETING, 645, 675 }, { "over", TRK_KIND_OFF, 675, 900 },
};

static const char *const names[N_EVENTS] = {
  "deadline",    "minutes",   "away",       "back",   "unknown", "sleep",      "clock-back",
  "clock-ahead", "restart",   "shutdown",   "reload", "plan",    "plan-moved", "plan-gone",
  "start",       "start-for", "start-task", "stop",   "pause",   "resume",     "extend",
  "snooze",      "skip",      "break",      "done",   "release", "worked",
};

struct _World
{
  TrkEngine *engine;
  EngineLog *log;
  TrkZone *zone;
  TrkAlmanac almanac;
  TrkPolicies policies;
  TrkPresence presence;
  TrkInstant now;
  int moved; /* minutes by which the focus block was moved */
  gboolean gone;
  GString *story;
};

/* -- The plan --------------------------------------------------------------------------------- */

static TrkPlan *
make_plan (const World *world)
{
  g_autoptr (GPtrArray) blocks = g_ptr_array_new_with_free_func ((GDestroyNotify) trk_block_unref);

  for (guint i = 0; i < N_BLOCKS; i++)
    {
      TrkBlock *block = trk_block_new ();
      int moved = day[i].kind == TRK_KIND_FOCUS ? world->moved : 0;

      block->id = g_strdup (day[i].id);
      block->calendar = g_strdup ("work");
      block->title = g_strdup (day[i].id);
      block->kind = day[i].kind;
      block->period.start = DAY_START + (day[i].start + moved) * TRK_MINUTE;
      block->period.end = DAY_START + day[i].end * TRK_MINUTE;
      block->planned = block->period;
      if (world->gone && day[i].kind == TRK_KIND_FOCUS)
        trk_block_unref (block);
      else
        g_ptr_array_add (blocks, block);
    }
  return trk_plan_new_for_blocks (blocks, (TrkPeriod){ DAY_START, DAY_START + 24 * TRK_HOUR });
}

/* -- Rules ------------------------------------------------------------------------------------ */

static void
check (World *world)
{
  EngineLog *log = world->log;
  TrkEntry *entry = engine_log_open_entry (log);
  TrkSnapshot now;

  trk_engine_snapshot (world->engine, &now);
  if (trk_engine_next_deadline (world->engine) <= world->now)
    engine_log_break (log, "the next deadline is not in the future");
  if ((now.entry != NULL) != (entry != NULL)
      || (entry != NULL && entry->period.start != now.entry->period.start))
    engine_log_break (log, "the log and the engine do not agree on the open entry");
  if ((now.gap != NULL) != (engine_log_open_gap (log) != NULL))
    engine_log_break (log, "the log and the engine do not agree on the open gap");
  if (now.entry != NULL && now.gap != NULL)
    engine_log_break (log, "an entry and a gap are open at once");
  if (log->focus != (entry != NULL && entry->kind == TRK_KIND_FOCUS))
    engine_log_break (log, "do-not-disturb is not what it should be");
  if (log->focus != now.focus)
    engine_log_break (log, "the engine and the desktop do not agree on do-not-disturb");
}

static void
take (World *world, GPtrArray *effects)
{
  if (effects->len > 60)
    engine_log_break (world->log, "%u effects of one event", effects->len);
  engine_log_apply (world->log, effects, &world->policies, world->now);
  g_ptr_array_unref (effects);
}

/* -- Events ----------------------------------------------------------------------------------- */

static void
tell_plan (World *world)
{
  g_autoptr (TrkPlan) plan = make_plan (world);

  take (world, trk_engine_set_plan (world->engine, plan, world->now));
}

static void
change_plan (World *world, int moved, gboolean gone)
{
  if (moved != world->moved)
    engine_log_moved (world->log, "build"); /* a new time may be announced */
  world->moved = moved;
  world->gone = gone;
  tell_plan (world);
}

static void
restart (World *world)
{
  TrkInstant mark = world->now;

  trk_engine_free (world->engine);
  world->engine = engine_log_restart (world->log, &world->policies, &world->almanac, mark, NULL);
  g_hash_table_remove_all (world->log->live); /* nobody holds them any more */
  world->log->focus = FALSE;                  /* lifted at the start */
  world->now += TRK_SECOND;
  take (world, trk_engine_presence (world->engine, world->presence, world->now, TRK_REASON_BACK,
                                    world->now));
  tell_plan (world);
}

/* Others changed the log: what is up on the desktop stays. */
static void
reload (World *world)
{
  TrkEngine *before = world->engine;

  world->engine =
      engine_log_restart (world->log, &world->policies, &world->almanac, world->now, before);
  trk_engine_free (before);
  tell_plan (world);
}

static void
be (World *world, TrkPresence presence, TrkInstant since, TrkReason why)
{
  world->presence = presence;
  take (world, trk_engine_presence (world->engine, presence, since, why, world->now));
}

static void
sleep_for (World *world, TrkDuration length, TrkReason why)
{
  TrkPeriod asleep = { world->now, world->now + length };

  world->now += length;
  take (world, trk_engine_slept (world->engine, asleep, why, world->now));
}

static void
act (World *world, TrkAction action)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *effects = trk_engine_act (world->engine, &action, world->now, &error);

  if (effects == NULL)
    {
      take (world, trk_engine_step (world->engine, world->now));
      return;
    }
  if (action.verb == TRK_VERB_SNOOZE || action.verb == TRK_VERB_EXTEND)
    for (guint i = 0; i < N_BLOCKS; i++)
      engine_log_moved (world->log, day[i].id);
  take (world, effects);
}

static void
go_on (World *world, TrkInstant now)
{
  world->now = now;
  take (world, trk_engine_step (world->engine, now));
}

static const TrkAction actions[N_EVENTS] = {
  [EVENT_START] = { .verb = TRK_VERB_START, .title = "by hand", .kind = TRK_KIND_FOCUS },
  [EVENT_START_FOR] = { .verb = TRK_VERB_START,
                        .title = "short",
                        .kind = TRK_KIND_FOCUS,
                        .length = 7 * TRK_MINUTE },
  [EVENT_START_TASK] = { .verb = TRK_VERB_START, .task = 7, .kind = TRK_KIND_FOCUS },
  [EVENT_STOP] = { .verb = TRK_VERB_STOP },
  [EVENT_PAUSE] = { .verb = TRK_VERB_PAUSE },
  [EVENT_RESUME] = { .verb = TRK_VERB_RESUME },
  [EVENT_EXTEND] = { .verb = TRK_VERB_EXTEND },
  [EVENT_SNOOZE] = { .verb = TRK_VERB_SNOOZE },
  [EVENT_SKIP] = { .verb = TRK_VERB_SKIP },
  [EVENT_BREAK] = { .verb = TRK_VERB_BREAK },
  [EVENT_DONE] = { .verb = TRK_VERB_DONE },
  [EVENT_RELEASE] = { .verb = TRK_VERB_RELEASE },
  [EVENT_WORKED] = { .verb = TRK_VERB_ANSWER, .answer = TRK_ANSWER_WORKED },
};

static void
happen (World *world, Event event, TrkDuration length)
{
  TrkInstant due = trk_engine_next_deadline (world->engine);

  switch (event)
    {
    case EVENT_DEADLINE:
      go_on (world, due != TRK_NEVER ? due : world->now);
      break;
    case EVENT_MINUTES:
      go_on (world, world->now + length);
      break;
    case EVENT_AWAY:
      world->now += length;
      be (world, TRK_PRESENCE_AWAY, world->now - 5 * TRK_MINUTE, TRK_REASON_AWAY);
      break;
    case EVENT_BACK:
      be (world, TRK_PRESENCE_ACTIVE, world->now, TRK_REASON_BACK);
      break;
    case EVENT_UNKNOWN:
      be (world, TRK_PRESENCE_UNKNOWN, world->now, TRK_REASON_BACK);
      break;
    case EVENT_SLEEP:
      sleep_for (world, length, TRK_REASON_SLEEP);
      break;
    case EVENT_CLOCK_AHEAD:
      sleep_for (world, 4 * length, TRK_REASON_CLOCK);
      break;
    case EVENT_CLOCK_BACK:
      go_on (world, world->now - 2 * length);
      break;
    case EVENT_SHUTDOWN:
      take (world, trk_engine_shut_down (world->engine, world->now));
      world->now += length;
      restart (world);
      break;
    case EVENT_RESTART:
      restart (world);
      break;
    case EVENT_RELOAD:
      reload (world);
      break;
    case EVENT_PLAN:
      change_plan (world, 0, FALSE);
      break;
    case EVENT_PLAN_MOVED:
      change_plan (world, 10, FALSE);
      break;
    case EVENT_PLAN_GONE:
      change_plan (world, world->moved, TRUE);
      break;
    default:
      act (world, actions[event]);
    }
}

void
world_do (World *world, Event event, guint minutes)
{
  g_string_append_printf (world->story, " %s(%u)", names[event], minutes);
  happen (world, event, minutes * TRK_MINUTE);
  check (world);
}

void
world_end (World *world)
{
  TrkInstant due;

  while ((due = trk_engine_next_deadline (world->engine)) < DAY_START + 24 * TRK_HOUR)
    {
      go_on (world, due);
      check (world);
      if (world->log->n_effects > 10000)
        engine_log_break (world->log, "effects without end");
      if (world->log->broken != NULL)
        return;
    }
  take (world, trk_engine_shut_down (world->engine, world->now));
  if (engine_log_open_entry (world->log) != NULL || engine_log_open_gap (world->log) != NULL)
    engine_log_break (world->log, "something is left open at the end");
  if (world->log->focus)
    engine_log_break (world->log, "do-not-disturb is left on at the end");
}

/* -- All -------------------------------------------------------------------------------------- */

World *
world_new (void)
{
  World *world = g_new0 (World, 1);

  world->log = engine_log_new ();
  world->zone = trk_zone_new_utc ();
  world->almanac = (TrkAlmanac){ world->zone, TRK_DEFAULT_START_OF_DAY, 1 };
  trk_policies_init (&world->policies);
  world->policies.of[TRK_KIND_FOCUS].do_not_disturb = TRUE;
  world->presence = TRK_PRESENCE_ACTIVE;
  world->now = DAY_START + 530 * TRK_MINUTE;
  world->story = g_string_new (NULL);
  world->engine = trk_engine_new (&world->policies, &world->almanac, NULL);
  be (world, TRK_PRESENCE_ACTIVE, world->now, TRK_REASON_BACK);
  tell_plan (world);
  check (world);
  return world;
}

void
world_free (World *world)
{
  trk_engine_free (world->engine);
  engine_log_free (world->log);
  trk_zone_unref (world->zone);
  g_string_free (world->story, TRUE);
  g_free (world);
}

const char *
world_broken (const World *world)
{
  return world->log->broken;
}

guint
world_effects (const World *world)
{
  return world->log->n_effects;
}

char *
world_story (const World *world)
{
  return g_strdup (world->story->str);
}
