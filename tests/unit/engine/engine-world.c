/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "engine-world.h"

#include "engine-day.h"
#include "engine-state.h"
#include "engine-truth.h"

#define WORLD_START (ENGINE_DAY_START + 530 * TRK_MINUTE)

static const char *const names[N_EVENTS] = {
  "deadline",    "minutes",     "away",          "back",        "unknown",     "sleep",
  "clock-back",  "clock-ahead", "restart",       "shutdown",    "reload",      "plan",
  "plan-moved",  "plan-gone",   "start",         "start-for",   "start-task",  "stop",
  "pause",       "resume",      "extend",        "snooze",      "skip",        "break",
  "done",        "release",     "worked",        "block-start", "block-end",   "lock",
  "fall-asleep", "wake",        "plan-change",   "clock-step",  "zone-change", "busy",
  "postpone",    "kill",        "start-planned", "start-break", "go-to-sleep",
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
  EngineDay day;
  TrkInstant acted;     /* the last event: somebody was there, or nobody yet */
  TrkInstant asleep;    /* since then; 0 awake */
  gboolean tells_sleep; /* while asleep: the engine was told before */
  TrkPresence awake;    /* then: as it is after that */
  TrkInstant away;      /* since then; 0 there */
  TrkPeriodSet *nobody; /* when nobody was there */
  TrkPeriodSet *dark;   /* when the machine slept or its clock jumped */
  TrkPeriodSet *down;   /* when no daemon was there */
  gboolean busy;
  gboolean clock_back; /* the next step of the clock goes forth */
  gboolean clock_set;  /* it was set back: what was when is not to be said any more */
  gboolean interfered; /* the user or the calendar decided what the blocks' time is used for */
  TrkZone *elsewhere;
  GString *story;
};

/* -- Rules ------------------------------------------------------------------------------------- */

/* Is the block's time on, by the log? */
static gboolean
block_is_on (const World *world, const char *id)
{
  const TrkBlockState *state = g_hash_table_lookup (world->log->states, id);

  return state != NULL && (state->notices & (1u << TRK_NOTICE_START)) != 0
         && (state->notices & (1u << TRK_NOTICE_END)) == 0 && state->outcome == TRK_OUTCOME_NONE;
}

/* What began for hooks is what is on now, no more and no less. */
static void
check_hooks (World *world, const TrkEntry *entry)
{
  EngineLog *log = world->log;
  guint blocks = 0;

  if (engine_log_is_told (log, "focus") != (entry != NULL && entry->kind == TRK_KIND_FOCUS))
    engine_log_break (log, "hooks were not told the truth about focus");
  if (entry != NULL && engine_log_is_told (log, "break") != (entry->kind == TRK_KIND_BREAK))
    engine_log_break (log, "hooks were not told the truth about the break");
  if (engine_log_is_told (log, "away") != (world->presence == TRK_PRESENCE_AWAY))
    engine_log_break (log, "hooks were not told the truth about presence");
  for (guint i = 0; i < ENGINE_DAY_BLOCKS; i++)
    {
      g_autofree char *what = g_strconcat ("block ", engine_day_ids[i], NULL);
      gboolean told = engine_log_is_told (log, what);

      blocks += told;
      if (told != block_is_on (world, engine_day_ids[i]))
        engine_log_break (log, "hooks were %stold that the block '%s' is on", told ? "" : "not ",
                          engine_day_ids[i]);
    }
  if (blocks > 3)
    engine_log_break (log, "for hooks, %u blocks are on at once", blocks);
}

static void
check (World *world)
{
  EngineLog *log = world->log;
  TrkEntry *entry = engine_log_open_entry (log);
  TrkSnapshot now;

  trk_engine_snapshot (world->engine, &now);
  if (world->asleep == 0 && trk_engine_next_deadline (world->engine) <= world->now)
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
  check_hooks (world, entry);
}

static void
take (World *world, GPtrArray *effects)
{
  if (effects->len > 60)
    engine_log_break (world->log, "%u effects of one event", effects->len);
  engine_log_apply (world->log, effects, &world->policies, world->now);
  g_ptr_array_unref (effects);
}

/* -- Events ------------------------------------------------------------------------------------ */

static void
tell_plan (World *world)
{
  g_autoptr (TrkPlan) plan = engine_day_plan (&world->day);

  engine_log_plan (world->log, plan);
  take (world, trk_engine_set_plan (world->engine, plan, world->now));
}

static void
change_plan (World *world, int moved, gboolean gone)
{
  if (moved != world->day.moved || world->day.cut)
    engine_log_moved (world->log, "build"); /* a new time may be announced */
  world->day.moved = moved;
  world->day.gone = gone;
  world->day.cut = FALSE;
  tell_plan (world);
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
      world->day.cut = TRUE;
      world->day.gone = FALSE;
      tell_plan (world);
    }
}

/* Which block the user has paused; NULL. Owned by the caller. */
static char *
paused_block (const World *world)
{
  const TrkGap *gap = engine_log_open_gap (world->log);

  return gap != NULL && gap->reason == TRK_REASON_PAUSE ? g_strdup (gap->block_id) : NULL;
}

/* Only the user ends a pause, or the block's end. */
static void
check_pause (World *world, const char *paused)
{
  const TrkEntry *entry = engine_log_open_entry (world->log);

  if (paused != NULL && entry != NULL && g_strcmp0 (entry->block_id, paused) == 0)
    engine_log_break (world->log, "'%s' was paused, and goes on after a restart", paused);
}

/* It was there up to now, and is again after @length. */
static void
restart (World *world, const char *paused, TrkDuration length)
{
  TrkInstant mark = world->now;

  world->now += length;
  trk_period_set_add (world->down, (TrkPeriod){ mark, world->now });
  trk_engine_free (world->engine);
  world->engine = engine_log_restart (world->log, &world->policies, &world->almanac, mark, NULL);
  world->log->stopped = FALSE;
  g_hash_table_remove_all (world->log->live); /* nobody holds them any more */
  world->log->focus = FALSE;                  /* lifted at the start */
  take (world, trk_engine_presence (world->engine, world->presence, world->now, TRK_REASON_BACK,
                                    world->now));
  tell_plan (world);
  check_pause (world, paused);
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
  if (presence == TRK_PRESENCE_AWAY && world->away == 0)
    world->away = since;
  else if (presence != TRK_PRESENCE_AWAY && world->away != 0)
    {
      trk_period_set_add (world->nobody, (TrkPeriod){ world->away, world->now });
      world->away = 0;
    }
  world->presence = presence;
  take (world, trk_engine_presence (world->engine, presence, since, why, world->now));
}

static void
sleep_for (World *world, TrkDuration length, TrkReason why)
{
  TrkPeriod asleep = { world->now, world->now + length };

  trk_period_set_add (world->dark, asleep);
  world->now += length;
  take (world, trk_engine_slept (world->engine, asleep, why, world->now));
}

/* The machine tells how long it slept when it is awake again. */
static void
wake (World *world)
{
  TrkPeriod asleep = { world->asleep, world->now };

  if (world->asleep == 0)
    return;
  world->asleep = 0;
  trk_period_set_add (world->dark, asleep);
  take (world, trk_engine_slept (world->engine, asleep, TRK_REASON_SLEEP, world->now));
  if (world->tells_sleep)
    be (world, world->awake, world->now, TRK_REASON_BACK);
  world->tells_sleep = FALSE;
}

static void
go_to_sleep (World *world)
{
  if (world->asleep != 0)
    return;
  world->tells_sleep = TRUE;
  world->awake = world->presence;
  world->asleep = world->now;
  be (world, TRK_PRESENCE_AWAY, world->now, TRK_REASON_SLEEP);
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
      take (world, trk_engine_step (world->engine, world->now));
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
  tell_plan (world);
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
  if (action.verb == TRK_VERB_SNOOZE || action.verb == TRK_VERB_EXTEND
      || action.verb == TRK_VERB_POSTPONE)
    for (guint i = 0; i < ENGINE_DAY_BLOCKS; i++)
      engine_log_moved (world->log, engine_day_ids[i]);
  if (action.verb == TRK_VERB_SNOOZE || action.verb == TRK_VERB_EXTEND)
    engine_log_moved (world->log, "new");
  take (world, effects);
}

/* Who commands is there; what tells presence finds that out a moment after the daemon. */
static void
command (World *world, TrkAction action)
{
  act (world, action);
  if (world->away != 0)
    be (world, TRK_PRESENCE_ACTIVE, world->now, TRK_REASON_BACK);
}

static void
go_on (World *world, TrkInstant now)
{
  world->now = now;
  take (world, trk_engine_step (world->engine, now));
}

/* Up to @now, from deadline to deadline. */
static void
run_to (World *world, TrkInstant now)
{
  TrkInstant due;

  while ((due = trk_engine_next_deadline (world->engine)) <= now)
    go_on (world, due);
  go_on (world, MAX (now, world->now));
}

static void
run_to_start (World *world)
{
  TrkSnapshot snapshot;

  trk_engine_snapshot (world->engine, &snapshot);
  if (snapshot.next != NULL)
    run_to (world, snapshot.next->period.start);
}

static void
run_to_end (World *world)
{
  TrkSnapshot snapshot;

  trk_engine_snapshot (world->engine, &snapshot);
  if (snapshot.until != TRK_NEVER)
    run_to (world, snapshot.until);
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
  [EVENT_WORKED] = { .verb = TRK_VERB_ANSWER, .answer = TRK_ANSWER_WORKED },
};

static void
happen (World *world, Event event, TrkDuration length)
{
  TrkInstant due = trk_engine_next_deadline (world->engine);
  g_autofree char *paused = paused_block (world);

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
      be (world, TRK_PRESENCE_AWAY, MAX (world->now - 5 * TRK_MINUTE, world->acted),
          TRK_REASON_AWAY);
      break;
    case EVENT_LOCK:
      be (world, TRK_PRESENCE_AWAY, world->now, TRK_REASON_LOCK);
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
      take (world, trk_engine_engage (world->engine, world->busy ? "A call took its time" : NULL,
                                      world->now));
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
      world->clock_set = TRUE;
      go_on (world, world->now - 2 * length);
      break;
    case EVENT_SHUTDOWN:
      take (world, trk_engine_shut_down (world->engine, world->now));
      world->log->stopped = TRUE;
      restart (world, paused, length);
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

/* Does it decide what the time of blocks is used for? */
static gboolean
interferes (Event event)
{
  static const Event harmless[] = { EVENT_DEADLINE,    EVENT_AWAY,       EVENT_BACK,
                                    EVENT_LOCK,        EVENT_UNKNOWN,    EVENT_FALL_ASLEEP,
                                    EVENT_WAKE,        EVENT_RESTART,    EVENT_RELOAD,
                                    EVENT_ZONE_CHANGE, EVENT_BUSY,       EVENT_BLOCK_START,
                                    EVENT_BLOCK_END,   EVENT_MINUTES,    EVENT_KILL,
                                    EVENT_SHUTDOWN,    EVENT_GO_TO_SLEEP };

  for (gsize i = 0; i < G_N_ELEMENTS (harmless); i++)
    if (harmless[i] == event)
      return FALSE;
  return TRUE;
}

void
world_do (World *world, Event event, guint minutes)
{
  g_string_append_printf (world->story, " %s(%u)", names[event], minutes);
  if (event != EVENT_FALL_ASLEEP && event != EVENT_GO_TO_SLEEP)
    wake (world);
  world->interfered |= interferes (event);
  happen (world, event, minutes * TRK_MINUTE);
  world->acted = world->now;
  check (world);
}

/* -- The end ----------------------------------------------------------------------------------- */

static void
check_sum (World *world)
{
  g_autoptr (TrkPlan) plan = engine_day_plan (&world->day);

  engine_truth_check_sum (world->log, plan, WORLD_START);
}

void
world_end (World *world)
{
  TrkInstant due;

  wake (world);

  while ((due = trk_engine_next_deadline (world->engine)) < ENGINE_DAY_START + 24 * TRK_HOUR)
    {
      go_on (world, due);
      check (world);
      if (world->log->n_effects > 10000)
        engine_log_break (world->log, "effects without end");
      if (world->log->broken != NULL)
        return;
    }
  be (world, world->presence, world->now, TRK_REASON_BACK); /* for the books */
  if (world->away != 0)
    trk_period_set_add (world->nobody, (TrkPeriod){ world->away, world->now });
  if (!world->clock_set)
    {
      engine_truth_check_absence (world->log, &world->policies, world->nobody, world->dark);
      engine_truth_check_outages (world->log, world->down);
    }
  if (!world->clock_set && !world->interfered)
    check_sum (world);
  take (world, trk_engine_shut_down (world->engine, world->now));
  if (engine_log_open_entry (world->log) != NULL || engine_log_open_gap (world->log) != NULL)
    engine_log_break (world->log, "something is left open at the end");
  if (world->log->focus)
    engine_log_break (world->log, "do-not-disturb is left on at the end");
  if (engine_log_is_told (world->log, "focus") || engine_log_is_told (world->log, "break"))
    engine_log_break (world->log, "focus or a break never ended for hooks");
}

/* -- All --------------------------------------------------------------------------------------- */

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
  world->now = world->acted = WORLD_START;
  world->nobody = trk_period_set_new ();
  world->dark = trk_period_set_new ();
  world->down = trk_period_set_new ();
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
  trk_zone_unref (world->elsewhere);
  trk_period_set_free (world->nobody);
  trk_period_set_free (world->dark);
  trk_period_set_free (world->down);
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

char *
world_state (const World *world)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_append_printf (text,
                          "%" G_GINT64_FORMAT " %d %d %d %" G_GINT64_FORMAT " %" G_GINT64_FORMAT
                          " %" G_GINT64_FORMAT " %d %d %d %d %d %d %d\n",
                          world->now, world->day.moved, world->day.gone, world->day.cut,
                          world->asleep, world->away, world->acted, world->busy, world->clock_back,
                          world->clock_set, world->interfered, world->presence, world->tells_sleep,
                          world->awake);
  for (guint i = 0; i < world->nobody->len; i++)
    g_string_append_printf (text, "%" G_GINT64_FORMAT " ",
                            trk_period_set_nth (world->nobody, i).end);
  for (guint i = 0; i < world->dark->len; i++)
    g_string_append_printf (text, "%" G_GINT64_FORMAT " ", trk_period_set_nth (world->dark, i).end);
  for (guint i = 0; i < world->down->len; i++)
    g_string_append_printf (text, "%" G_GINT64_FORMAT " ", trk_period_set_nth (world->down, i).end);
  engine_state_describe (world->engine, text);
  engine_state_describe_log (world->log, text);
  return g_compute_checksum_for_data (G_CHECKSUM_MD5, (const guchar *) text->str, text->len);
}
