/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "engine-world-private.h"

/* What each event does to the world and tells the engine. */

static const char *const names[N_EVENTS] = {
  "deadline",    "minutes",       "away",          "back",        "unknown",     "sleep",
  "clock-back",  "clock-ahead",   "restart",       "shutdown",    "reload",      "plan",
  "plan-moved",  "plan-gone",     "start",         "start-for",   "start-task",  "stop",
  "pause",       "resume",        "extend",        "snooze",      "skip",        "break",
  "done",        "release",       "worked",        "block-start", "block-end",   "lock",
  "fall-asleep", "wake",          "plan-change",   "clock-step",  "zone-change", "busy",
  "postpone",    "kill",          "start-planned", "start-break", "go-to-sleep", "front",
  "started",     "started-other", "back-to-work",  "allow",       "is-work",
};

const char *
world_event_name (Event event)
{
  return names[event];
}

void
world_tell_plan (World *world)
{
  g_autoptr (TrkPlan) plan = engine_day_plan (&world->day);

  engine_log_plan (world->log, plan);
  world_take (world, trk_engine_set_plan (world->engine, plan, world->now));
}

/* A block that is gone comes back from where it was: only elsewhere is it announced again. */
static void
change_plan (World *world, int moved, gboolean gone)
{
  if ((!gone && moved != world->day.moved) || world->day.cut)
    engine_log_moved (world->log, "build"); /* a new time may be announced */
  if (!gone)
    world->day.moved = moved;
  world->day.gone = gone;
  world->day.cut = FALSE;
  world_tell_plan (world);
}

/* As it was, moved, gone, cut by a new meeting, and as it was again. */
static void
change_to_next_plan (World *world)
{
  gboolean cut = !world->day.cut && world->day.gone;

  if (world->day.cut || (!cut && world->day.moved == 0))
    change_plan (world, world->day.cut ? 0 : 10, FALSE);
  else if (!cut)
    change_plan (world, 0, TRUE);
  else
    {
      engine_log_moved (world->log, "build");
      world->day.moved = 0;
      world->day.cut = TRUE;
      world->day.gone = FALSE;
      world_tell_plan (world);
    }
}

/* Which block the user has paused; NULL. Owned by the caller. */
static char *
paused_block (const World *world)
{
  const TrkGap *gap = engine_log_open_gap (world->log);

  return gap != NULL && gap->reason == TRK_REASON_PAUSE ? g_strdup (gap->block_id) : NULL;
}

/* Did the time for which the calendar has the block come in @down? One that the user began early
 * and paused was put back when something else began, and begins at its time as if it had not been.
 */
static gboolean
came_in (const World *world, const char *id, TrkPeriod down)
{
  g_autoptr (TrkPlan) plan = engine_day_plan (&world->day);
  const TrkBlock *block = trk_plan_block (plan, id);

  return block != NULL && block->period.start > down.start && block->period.start <= down.end;
}

/* Only the user ends a pause, or the block's end. */
static void
check_pause (World *world, const char *paused, TrkPeriod down)
{
  const TrkEntry *entry = engine_log_open_entry (world->log);

  if (paused != NULL && entry != NULL && g_strcmp0 (entry->block_id, paused) == 0
      && !came_in (world, paused, down))
    engine_log_break (world->log, "'%s' was paused, and goes on after a restart", paused);
}

/* Who watches the programs tells what is in front, also to a daemon that comes back. */
static void
tell_front (World *world)
{
  world_take (world,
              trk_engine_front (world->engine, world->front ? WORLD_PROGRAM : NULL, world->now));
}

/* Who looks whether somebody is there says to a daemon that comes back what it said before. */
static void
tell_presence (World *world)
{
  gboolean away = world->presence == TRK_PRESENCE_AWAY;

  world_take (world,
              trk_engine_presence (world->engine, world->presence, away ? world->away : world->now,
                                   away ? world->why_away : TRK_REASON_BACK, world->now));
}

/* And who looks whether it is in a call. */
static void
tell_call (World *world)
{
  world_take (world,
              trk_engine_engage (world->engine, world->busy ? WORLD_CALL : NULL, world->now));
}

/* It was there up to now, and is again after @length. */
static void
restart (World *world, const char *paused, TrkDuration length)
{
  TrkInstant mark = world->now;
  gboolean late = world->tells_late && world->presence == TRK_PRESENCE_AWAY;

  world->now += length;
  trk_period_set_add (world->down, (TrkPeriod){ mark, world->now });
  trk_engine_free (world->engine);
  world->engine = engine_log_restart (world->log, &world->policies, &world->almanac, mark, NULL);
  world->log->stopped = FALSE;
  engine_log_lose_desktop (world->log); /* nobody holds it any more */
  world->log->focus = FALSE;            /* lifted at the start */
  if (!late)
    tell_presence (world);
  tell_call (world);
  world_tell_plan (world);
  if (late)
    tell_presence (world);
  tell_front (world);
  check_pause (world, paused, (TrkPeriod){ mark, world->now });
}

void
world_stop_and_start (World *world, TrkDuration length)
{
  g_autofree char *paused = paused_block (world);

  world_take (world, trk_engine_shut_down (world->engine, world->now));
  world->log->stopped = TRUE;
  restart (world, paused, length);
}

/* Others changed the log: what is up on the desktop stays. */
static void
reload (World *world)
{
  TrkEngine *before = world->engine;

  world->engine =
      engine_log_restart (world->log, &world->policies, &world->almanac, world->now, before);
  trk_engine_free (before);
  world_tell_plan (world);
}

void
world_be (World *world, TrkPresence presence, TrkInstant since, TrkReason why)
{
  world->why_away = why;
  if (presence == TRK_PRESENCE_AWAY && world->away == 0)
    world->away = since;
  else if (presence != TRK_PRESENCE_AWAY && world->away != 0)
    {
      trk_period_set_add (world->nobody, (TrkPeriod){ world->away, world->now });
      world->away = 0;
    }
  world->presence = presence;
  world_take (world, trk_engine_presence (world->engine, presence, since, why, world->now));
}

static void
sleep_for (World *world, TrkDuration length, TrkReason why)
{
  TrkPeriod asleep = { world->now, world->now + length };

  trk_period_set_add (world->dark, asleep);
  world->now += length;
  world_take (world, trk_engine_slept (world->engine, asleep, why, world->now));
}

/* The machine tells how long it slept when it is awake again. */
void
world_wake (World *world)
{
  TrkPeriod asleep = { world->asleep, world->now };

  if (world->asleep == 0)
    return;
  world->asleep = 0;
  trk_period_set_add (world->dark, asleep);
  world_take (world, trk_engine_slept (world->engine, asleep, TRK_REASON_SLEEP, world->now));
  if (world->tells_sleep)
    world_be (world, world->awake, world->now,
              world->awake == TRK_PRESENCE_AWAY ? world->why_awake : TRK_REASON_BACK);
  world->tells_sleep = FALSE;
}

static void
go_to_sleep (World *world)
{
  if (world->asleep != 0)
    return;
  world->tells_sleep = TRUE;
  world->awake = world->presence;
  world->why_awake = world->why_away;
  world->asleep = world->now;
  world_be (world, TRK_PRESENCE_AWAY, world->now, TRK_REASON_SLEEP);
}

static void
step_clock (World *world, TrkDuration length)
{
  if (world->clock_back)
    sleep_for (world, length, TRK_REASON_CLOCK);
  else
    {
      world->clock_set = TRUE;
      world->away = MIN (world->away, world->now - length);
      world->now -= length;
      world_take (world, trk_engine_step (world->engine, world->now));
    }
  world->clock_back = !world->clock_back;
}

static void
change_zone (World *world)
{
  TrkAlmanac almanac = world->almanac;

  if (world->elsewhere == NULL)
    world->elsewhere = trk_zone_new ("Asia/Tokyo", NULL);
  g_assert_nonnull (world->elsewhere);
  almanac.zone = world->almanac.zone == world->zone ? world->elsewhere : world->zone;
  world->almanac = almanac;
  trk_engine_set_almanac (world->engine, &almanac);
  world_tell_plan (world);
}

static void
act (World *world, TrkAction action)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *effects = trk_engine_act (world->engine, &action, world->now, &error);

  if (effects == NULL)
    {
      world->refused = g_strdup (error->message);
      world_take (world, trk_engine_step (world->engine, world->now));
      return;
    }
  if (action.verb == TRK_VERB_SNOOZE || action.verb == TRK_VERB_EXTEND
      || action.verb == TRK_VERB_POSTPONE)
    for (guint i = 0; i < ENGINE_DAY_BLOCKS; i++)
      engine_log_moved (world->log, engine_day_ids[i]);
  if (action.verb == TRK_VERB_SNOOZE || action.verb == TRK_VERB_EXTEND)
    engine_log_moved (world->log, "new");
  world_take (world, effects);
}

/* Who commands is there; what tells presence finds that out a moment after the daemon. */
static void
command (World *world, TrkAction action)
{
  act (world, action);
  if (world->away != 0)
    world_be (world, TRK_PRESENCE_ACTIVE, world->now, TRK_REASON_BACK);
}

void
world_go_on (World *world, TrkInstant now)
{
  world->now = now;
  world_take (world, trk_engine_step (world->engine, now));
}

void
world_run_to (World *world, TrkInstant now)
{
  TrkInstant due;

  while ((due = trk_engine_next_deadline (world->engine)) <= now)
    world_go_on (world, due);
  world_go_on (world, MAX (now, world->now));
}

static void
run_to_start (World *world)
{
  TrkSnapshot snapshot;

  trk_engine_snapshot (world->engine, &snapshot);
  if (snapshot.next != NULL)
    world_run_to (world, snapshot.next->period.start);
}

static void
run_to_end (World *world)
{
  TrkSnapshot snapshot;

  trk_engine_snapshot (world->engine, &snapshot);
  if (snapshot.until != TRK_NEVER)
    world_run_to (world, snapshot.until);
}

static const TrkAction actions[N_EVENTS] = {
  [EVENT_START] = { .verb = TRK_VERB_START, .title = "by hand", .kind = TRK_KIND_FOCUS },
  [EVENT_START_FOR] = { .verb = TRK_VERB_START,
                        .title = "short",
                        .kind = TRK_KIND_FOCUS,
                        .length = 7 * TRK_MINUTE },
  [EVENT_START_TASK] = { .verb = TRK_VERB_START, .task = 7, .kind = TRK_KIND_FOCUS },
  [EVENT_START_PLANNED] = { .verb = TRK_VERB_START, .kind = TRK_KIND_FOCUS },
  [EVENT_START_BREAK] = { .verb = TRK_VERB_START, .kind = TRK_KIND_FOCUS, .block_id = "rest" },
  [EVENT_STOP] = { .verb = TRK_VERB_STOP },
  [EVENT_PAUSE] = { .verb = TRK_VERB_PAUSE },
  [EVENT_RESUME] = { .verb = TRK_VERB_RESUME },
  [EVENT_EXTEND] = { .verb = TRK_VERB_EXTEND },
  [EVENT_SNOOZE] = { .verb = TRK_VERB_SNOOZE },
  [EVENT_SKIP] = { .verb = TRK_VERB_SKIP },
  [EVENT_BREAK] = { .verb = TRK_VERB_BREAK },
  [EVENT_DONE] = { .verb = TRK_VERB_DONE },
  [EVENT_RELEASE] = { .verb = TRK_VERB_RELEASE },
  [EVENT_POSTPONE] = { .verb = TRK_VERB_POSTPONE },
  [EVENT_GUARD_BACK] = { .verb = TRK_VERB_GUARD, .guard = TRK_GUARD_BACK },
  [EVENT_GUARD_ALLOW] = { .verb = TRK_VERB_GUARD, .guard = TRK_GUARD_ALLOW },
  [EVENT_GUARD_WORK] = { .verb = TRK_VERB_GUARD, .guard = TRK_GUARD_WORK },
  [EVENT_WORKED] = { .verb = TRK_VERB_ANSWER, .answer = TRK_ANSWER_WORKED },
};

void
world_happen (World *world, Event event, TrkDuration length)
{
  TrkInstant due = trk_engine_next_deadline (world->engine);
  g_autofree char *paused = paused_block (world);

  switch (event)
    {
    case EVENT_DEADLINE:
      world_go_on (world, due != TRK_NEVER ? due : world->now);
      break;
    case EVENT_MINUTES:
      world_go_on (world, world->now + length);
      break;
    case EVENT_AWAY:
      world->now += length;
      world_be (world, TRK_PRESENCE_AWAY, MAX (world->now - 5 * TRK_MINUTE, world->acted),
                TRK_REASON_AWAY);
      break;
    case EVENT_LOCK:
      world_be (world, TRK_PRESENCE_AWAY, world->now, TRK_REASON_LOCK);
      break;
    case EVENT_FALL_ASLEEP:
      world->asleep = world->asleep != 0 ? world->asleep : world->now;
      world->now += length;
      break;
    case EVENT_GO_TO_SLEEP:
      go_to_sleep (world);
      world->now += length;
      break;
    case EVENT_WAKE: /* woken before every event */
      break;
    case EVENT_BLOCK_START:
      run_to_start (world);
      break;
    case EVENT_BLOCK_END:
      run_to_end (world);
      break;
    case EVENT_CLOCK_STEP:
      step_clock (world, 2 * length);
      break;
    case EVENT_ZONE_CHANGE:
      change_zone (world);
      break;
    case EVENT_PLAN_CHANGE:
      change_to_next_plan (world);
      break;
    case EVENT_BUSY:
      world->busy = !world->busy;
      world_take (world,
                  trk_engine_engage (world->engine, world->busy ? WORLD_CALL : NULL, world->now));
      break;
    case EVENT_FRONT:
      world->front = !world->front;
      tell_front (world);
      break;
    case EVENT_STARTED:
    case EVENT_STARTED_OTHER:
      world_take (world, trk_engine_started (world->engine,
                                             event == EVENT_STARTED ? WORLD_PROGRAM : "chess",
                                             world->now));
      break;
    case EVENT_BACK:
      world_be (world, TRK_PRESENCE_ACTIVE, world->now, TRK_REASON_BACK);
      break;
    case EVENT_UNKNOWN:
      world_be (world, TRK_PRESENCE_UNKNOWN, world->now, TRK_REASON_BACK);
      break;
    case EVENT_SLEEP:
      sleep_for (world, length, TRK_REASON_SLEEP);
      break;
    case EVENT_CLOCK_AHEAD:
      sleep_for (world, 4 * length, TRK_REASON_CLOCK);
      break;
    case EVENT_CLOCK_BACK:
      world->clock_set = TRUE;
      world_go_on (world, world->now - 2 * length);
      break;
    case EVENT_SHUTDOWN:
      world_stop_and_start (world, length);
      break;
    case EVENT_RESTART:
      restart (world, paused, TRK_SECOND);
      break;
    case EVENT_KILL:
      restart (world, paused, length);
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
      change_plan (world, world->day.moved, TRUE);
      break;
    default:
      command (world, actions[event]);
    }
}

gboolean
world_interferes (Event event)
{
  static const Event harmless[] = {
    EVENT_DEADLINE,    EVENT_AWAY,        EVENT_BACK,      EVENT_LOCK,    EVENT_UNKNOWN,
    EVENT_FALL_ASLEEP, EVENT_WAKE,        EVENT_RESTART,   EVENT_RELOAD,  EVENT_ZONE_CHANGE,
    EVENT_BUSY,        EVENT_BLOCK_START, EVENT_BLOCK_END, EVENT_MINUTES, EVENT_KILL,
    EVENT_SHUTDOWN,    EVENT_GO_TO_SLEEP, EVENT_FRONT,     EVENT_STARTED, EVENT_STARTED_OTHER
  };

  for (gsize i = 0; i < G_N_ELEMENTS (harmless); i++)
    if (harmless[i] == event)
      return FALSE;
  return TRUE;
}
