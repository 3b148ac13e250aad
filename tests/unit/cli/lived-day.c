/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "lived-day.h"

#include "trk-effect-store.h"
#include "trk-engine.h"
#include "trk-known.h"
#include "trk-paths.h"
#include "trk-plan-changes.h"
#include "trk-schedule.h"
#include "trk-scratch.h"
#include "trk-snapshot-status.h"

#include <string.h>

/* 2026-11-23 08:00 UTC, a Monday */
#define DAY_START (G_GINT64_CONSTANT (1795392000) * TRK_SECOND + 8 * TRK_HOUR)
#define ALL ((TrkPeriod){ DAY_START - 48 * TRK_HOUR, TRK_NEVER })

/* An event of the calendar. */
typedef struct
{
  guint uid, title;
  TrkKind kind;
  TrkPeriod period;
} Event;

struct LivedDay
{
  char *home;
  char *calendar; /* its path */
  TrkConfig *config;
  TrkZone *zone;
  TrkAlmanac almanac;
  TrkStore *store;
  TrkEngine *engine; /* NULL: no daemon is there */
  TrkPlan *plan;     /* the daemon's */
  TrkPresence presence;
  TrkInstant now;
  gint64 run;
  GArray *events; /* of Event */
  guint uids;
  GString *story;
};

static void
must (const LivedDay *day, gboolean worked, const GError *error)
{
  if (!worked || error != NULL)
    g_error ("%s, after:%s", error != NULL ? error->message : "it failed", day->story->str);
}

/* -- The calendar ------------------------------------------------------------------------------ */

static void
append_time (GString *ics, const char *name, TrkInstant at)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (at / TRK_SECOND);
  g_autofree char *text = g_date_time_format (time, "%Y%m%dT%H%M%SZ");

  g_string_append_printf (ics, "%s:%s\r\n", name, text);
}

static void
write_calendar (const LivedDay *day)
{
  g_autoptr (GString) ics = g_string_new ("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//t//EN\r\n");
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < day->events->len; i++)
    {
      const Event *event = &g_array_index (day->events, Event, i);

      g_string_append_printf (ics, "BEGIN:VEVENT\r\nUID:e%u\r\nDTSTAMP:20260101T000000Z\r\n",
                              event->uid);
      append_time (ics, "DTSTART", event->period.start);
      append_time (ics, "DTEND", event->period.end);
      g_string_append_printf (ics, "SUMMARY:Event %u\r\nX-TRACKERD-KIND:%s\r\nEND:VEVENT\r\n",
                              event->title, trk_kind_to_string (event->kind));
    }
  g_string_append (ics, "END:VCALENDAR\r\n");
  must (day, g_file_set_contents (day->calendar, ics->str, (gssize) ics->len, &error), error);
}

static void
add_event (LivedDay *day, TrkKind kind, TrkInstant start, guint minutes)
{
  guint number = ++day->uids;
  Event event = { number, number, kind, { start, start + minutes * TRK_MINUTE } };

  g_array_append_val (day->events, event);
}

/* -- The daemon -------------------------------------------------------------------------------- */

/* As trk-recorder.c writes a batch. */
static void
record (LivedDay *day,
        TrkActor actor,
        const char *text,
        GPtrArray *effects,
        const GPtrArray *put,
        const GPtrArray *forget)
{
  g_autoptr (GPtrArray) owned = effects;
  g_autoptr (GError) error = NULL;
  gint64 number;

  must (day, trk_store_begin (day->store, actor, text, day->now, &error), error);
  for (guint i = 0; put != NULL && i < put->len; i++)
    must (day, trk_store_put_block (day->store, put->pdata[i], &error), error);
  for (guint i = 0; i < owned->len; i++)
    {
      const TrkEffect *effect = owned->pdata[i];
      TrkBlock *block = effect->type == TRK_EFFECT_BLOCK_STATE && day->plan != NULL
                            ? trk_plan_block (day->plan, effect->state->block_id)
                            : NULL;

      if (!trk_effect_store (day->store, effect, "UTC", &number, block != NULL ? NULL : &error)
          && block != NULL)
        must (day,
              trk_store_put_block (day->store, block, &error)
                  && trk_effect_store (day->store, effect, "UTC", &number, &error),
              error);
      must (day, error == NULL, error);
    }
  for (guint i = 0; forget != NULL && i < forget->len; i++)
    must (day, trk_store_forget_block (day->store, forget->pdata[i], &error), error);
  trk_store_touch_run (day->store, day->run, day->now, NULL);
  must (day, trk_store_commit (day->store, &error), error);
}

/* As trk-daemon-plan.c makes and adopts it. */
static void
replan (LivedDay *day)
{
  TrkPeriod today =
      trk_almanac_day_period (&day->almanac, trk_almanac_day (&day->almanac, day->now));
  TrkPeriod period = { today.start, today.start + 48 * TRK_HOUR };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) records = trk_store_blocks (day->store, period, NULL);
  g_autoptr (GPtrArray) left =
      trk_store_blocks_left (day->store, trk_schedule_left_in (period), NULL);
  g_autofree char *index = trk_path_index ();
  g_autoptr (TrkPlan) made = trk_schedule_plan (day->config, index, period, day->zone, day->now,
                                                records, left, NULL, &error);
  g_autoptr (GPtrArray) put = NULL;
  g_autoptr (GPtrArray) forget = NULL;
  TrkInstant trace = TRK_NEVER;
  TrkPlan *plan;

  must (day, made != NULL && trk_store_first_trace (day->store, &trace, &error), error);
  plan = trk_known_news (made, day->plan, records, trace, day->now);
  put = trk_plan_blocks_to_put (plan, records, today.end, day->now);
  forget = trk_plan_blocks_to_forget (plan, records, day->now);
  g_clear_pointer (&day->plan, trk_plan_unref);
  day->plan = plan;
  record (day, TRK_ACTOR_DAEMON, "plan", trk_engine_set_plan (day->engine, plan, day->now), put,
          forget);
}

/* As trk-daemon-memory.c builds it. */
static void
build_engine (LivedDay *day, TrkInstant mark)
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
  day->engine = trk_engine_new (&day->config->policies, &day->almanac, &memory);
  trk_engine_free (before);
}

static void
come_up (LivedDay *day)
{
  TrkInstant mark = 0;

  if (day->engine != NULL)
    return;
  trk_store_last_mark (day->store, &mark, NULL);
  build_engine (day, mark);
  trk_store_begin_run (day->store, day->now, &day->run, NULL);
  record (day, TRK_ACTOR_DAEMON, "presence",
          trk_engine_presence (day->engine, day->presence, day->now, TRK_REASON_BACK, day->now),
          NULL, NULL);
  replan (day);
}

static void
go_down (LivedDay *day, gboolean in_order)
{
  if (day->engine == NULL)
    return;
  if (in_order)
    record (day, TRK_ACTOR_DAEMON, "shutdown", trk_engine_shut_down (day->engine, day->now), NULL,
            NULL);
  trk_store_mark (day->store, day->now, NULL);
  if (in_order)
    trk_store_end_run (day->store, day->run, day->now, NULL);
  g_clear_pointer (&day->engine, trk_engine_free);
  g_clear_pointer (&day->plan, trk_plan_unref);
}

static void
go_to (LivedDay *day, TrkInstant at)
{
  day->now = at;
  if (day->engine != NULL)
    record (day, TRK_ACTOR_DAEMON, "step", trk_engine_step (day->engine, at), NULL, NULL);
}

static void
pass (LivedDay *day, TrkInstant until)
{
  while (day->engine != NULL && trk_engine_next_deadline (day->engine) < until)
    go_to (day, trk_engine_next_deadline (day->engine));
  go_to (day, until);
}

static void
be (LivedDay *day, TrkPresence presence, TrkInstant since, TrkReason why)
{
  day->presence = presence;
  if (day->engine != NULL)
    record (day, TRK_ACTOR_DAEMON, "presence",
            trk_engine_presence (day->engine, presence, since, why, day->now), NULL, NULL);
}

static void
act (LivedDay *day, TrkAction action)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *effects;

  come_up (day);
  effects = trk_engine_act (day->engine, &action, day->now, &error);
  if (effects == NULL)
    effects = trk_engine_step (day->engine, day->now);
  record (day, error == NULL ? TRK_ACTOR_USER : TRK_ACTOR_DAEMON, trk_verb_to_string (action.verb),
          effects, NULL, NULL);
}

/* -- The log, by hand -------------------------------------------------------------------------- */

/* Others changed the log: the engine goes on from what it says. */
static void
follow_log (LivedDay *day)
{
  if (day->engine == NULL)
    return;
  trk_store_mark (day->store, day->now, NULL);
  build_engine (day, day->now);
  record (day, TRK_ACTOR_DAEMON, "reload", trk_engine_set_plan (day->engine, day->plan, day->now),
          NULL, NULL);
  replan (day);
}

/* As tracker log add --adjust writes it, which does not write over what runs. */
static void
log_add (LivedDay *day, guint minutes)
{
  g_autoptr (TrkEntry) open = trk_store_open_entry (day->store, NULL);
  g_autoptr (TrkEntry) entry = trk_entry_new ();
  g_autoptr (GError) error = NULL;
  TrkDuration length = minutes * TRK_MINUTE;

  entry->period = (TrkPeriod){ day->now - 2 * length - TRK_MINUTE, day->now - length };
  entry->title = g_strdup ("added");
  entry->kind = minutes % 2 == 0 ? TRK_KIND_FOCUS : TRK_KIND_SHALLOW;
  entry->evidence = TRK_EVIDENCE_MANUAL;
  entry->start_reason = entry->end_reason = TRK_REASON_BY_HAND;
  if (open != NULL && trk_period_overlaps (open->period, entry->period))
    return;
  must (day, trk_store_begin (day->store, TRK_ACTOR_USER, "log add", day->now, &error), error);
  must (day, trk_store_clear_period (day->store, entry->period, 0, &error), error);
  must (day, trk_store_add_entry (day->store, entry, &error), error);
  must (day, trk_store_commit (day->store, &error), error);
  follow_log (day);
}

static void
log_remove (LivedDay *day, guint which)
{
  g_autoptr (GPtrArray) entries = trk_store_entries (day->store, ALL, NULL);
  g_autoptr (GError) error = NULL;

  if (entries->len == 0)
    return;
  must (day, trk_store_begin (day->store, TRK_ACTOR_USER, "log remove", day->now, &error), error);
  must (day,
        trk_store_remove_entry (
            day->store, ((TrkEntry *) entries->pdata[which % entries->len])->number, &error),
        error);
  must (day, trk_store_commit (day->store, &error), error);
  follow_log (day);
}

static void
undo (LivedDay *day)
{
  g_autoptr (GPtrArray) changes = trk_store_undo (day->store, 1, day->now, NULL);

  if (changes != NULL)
    follow_log (day);
}

/* -- Steps ------------------------------------------------------------------------------------- */

typedef enum
{
  STEP_MINUTES,
  STEP_SECONDS,
  STEP_FOCUS,   /* a new event, that began so many minutes ago or begins in some */
  STEP_MEETING, /* the same */
  STEP_SHALLOW, /* the same */
  STEP_BREAK,   /* the same */
  STEP_DELETE,
  STEP_MOVE,
  STEP_RENAME, /* the event gets another UID, as servers give them */
  STEP_AWAY,
  STEP_BACK,
  STEP_KILL,
  STEP_SHUTDOWN,
  STEP_UP,
  STEP_UNDO,
  STEP_LOG_ADD,
  STEP_LOG_REMOVE,
  N_STEPS_OF_DAY,
} Step;

static const char *const names[N_STEPS_OF_DAY] = {
  "minutes",  "seconds", "focus",  "meeting", "shallow",    "break-event",
  "delete",   "move",    "rename", "away",    "back",       "kill",
  "shutdown", "up",      "undo",   "log-add", "log-remove",
};

static const struct
{
  const char *name;
  TrkAction action;
} verbs[] = {
  { "start", { .verb = TRK_VERB_START, .title = "by hand", .kind = TRK_KIND_FOCUS } },
  { "start-other", { .verb = TRK_VERB_START, .title = "other", .kind = TRK_KIND_SHALLOW } },
  { "start-planned", { .verb = TRK_VERB_START, .kind = TRK_KIND_FOCUS } },
  { "stop", { .verb = TRK_VERB_STOP } },
  { "pause", { .verb = TRK_VERB_PAUSE } },
  { "resume", { .verb = TRK_VERB_RESUME } },
  { "extend", { .verb = TRK_VERB_EXTEND } },
  { "snooze", { .verb = TRK_VERB_SNOOZE } },
  { "skip", { .verb = TRK_VERB_SKIP } },
  { "break", { .verb = TRK_VERB_BREAK } },
  { "done", { .verb = TRK_VERB_DONE } },
  { "worked", { .verb = TRK_VERB_ANSWER, .answer = TRK_ANSWER_WORKED } },
  { "discard", { .verb = TRK_VERB_ANSWER, .answer = TRK_ANSWER_DISCARD } },
};

guint
lived_day_steps (void)
{
  return N_STEPS_OF_DAY + G_N_ELEMENTS (verbs);
}

const char *
lived_day_step_name (guint step)
{
  return step < N_STEPS_OF_DAY ? names[step] : verbs[step - N_STEPS_OF_DAY].name;
}

/* Of whole minutes, as events are: one that is new begins half an hour ago to half an hour from now
 * and lasts up to an hour, one that is moved goes as far. */
static void
change_calendar (LivedDay *day, Step step, guint number)
{
  TrkDuration by = ((int) (number * 7 % 61) - 30) * TRK_MINUTE;
  Event *event =
      day->events->len > 0 ? &g_array_index (day->events, Event, number % day->events->len) : NULL;

  if (step == STEP_DELETE && event != NULL)
    g_array_remove_index (day->events, number % day->events->len);
  else if (step == STEP_MOVE && event != NULL)
    event->period =
        (TrkPeriod){ event->period.start + by, event->period.end + by + number * TRK_MINUTE };
  else if (step == STEP_RENAME && event != NULL)
    event->uid = ++day->uids;
  else if (step >= STEP_FOCUS && step <= STEP_BREAK)
    {
      static const TrkKind kinds[] = { TRK_KIND_FOCUS, TRK_KIND_MEETING, TRK_KIND_SHALLOW,
                                       TRK_KIND_BREAK };

      add_event (day, kinds[step - STEP_FOCUS], day->now - day->now % TRK_MINUTE + by,
                 2 + number * 13 % 59);
    }
  write_calendar (day);
  if (day->engine != NULL)
    replan (day);
}

static void
happen (LivedDay *day, Step step, guint number)
{
  switch (step)
    {
    case STEP_MINUTES:
      pass (day, day->now + number * TRK_MINUTE);
      break;
    case STEP_SECONDS:
      pass (day, day->now + number * TRK_SECOND);
      break;
    case STEP_FOCUS:
    case STEP_MEETING:
    case STEP_SHALLOW:
    case STEP_BREAK:
    case STEP_DELETE:
    case STEP_MOVE:
    case STEP_RENAME:
      change_calendar (day, step, number);
      break;
    case STEP_AWAY: /* told five minutes late */
      pass (day, day->now + 5 * TRK_MINUTE);
      be (day, TRK_PRESENCE_AWAY, day->now - 5 * TRK_MINUTE, TRK_REASON_AWAY);
      break;
    case STEP_BACK:
      be (day, TRK_PRESENCE_ACTIVE, day->now, TRK_REASON_BACK);
      break;
    case STEP_KILL:
    case STEP_SHUTDOWN:
      go_down (day, step == STEP_SHUTDOWN);
      day->now += number * TRK_MINUTE;
      break;
    case STEP_UP:
      come_up (day);
      break;
    case STEP_UNDO:
      undo (day);
      break;
    case STEP_LOG_ADD:
      log_add (day, number);
      break;
    case STEP_LOG_REMOVE:
      log_remove (day, number);
      break;
    case N_STEPS_OF_DAY:
      break;
    }
}

void
lived_day_do (LivedDay *day, guint step, guint number)
{
  g_string_append_printf (day->story, " %s(%u)", lived_day_step_name (step), number);
  if (step < N_STEPS_OF_DAY)
    happen (day, (Step) step, number);
  else
    act (day, verbs[step - N_STEPS_OF_DAY].action);
  if (day->engine != NULL)
    trk_store_mark (day->store, day->now, NULL);
}

/* -- The whole --------------------------------------------------------------------------------- */

const char *
lived_day_story (const LivedDay *day)
{
  return day->story->str;
}

TrkInstant
lived_day_now (const LivedDay *day)
{
  return day->now;
}

TrkZone *
lived_day_zone (const LivedDay *day)
{
  return day->zone;
}

TrkDaemonStatus *
lived_day_status (LivedDay *day)
{
  TrkDaemonStatus *status = trk_daemon_status_new ();
  TrkSnapshot snapshot;

  if (day->engine == NULL)
    return status;
  trk_engine_snapshot (day->engine, &snapshot);
  trk_snapshot_status (status, &snapshot);
  return status;
}

static void
set_up_home (LivedDay *day)
{
  static const char *const folders[] = { "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME",
                                         "XDG_STATE_HOME", "XDG_RUNTIME_DIR" };
  g_autofree char *config = NULL;
  g_autofree char *log = NULL;
  g_autoptr (TrkCalendar) calendar = NULL;
  g_autoptr (GError) error = NULL;

  day->home = g_dir_make_tmp ("trackerd-lived-XXXXXX", &error);
  must (day, day->home != NULL, error);
  g_setenv ("HOME", day->home, TRUE);
  for (gsize i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      g_autofree char *folder = g_build_filename (day->home, folders[i], NULL);

      must (day, trk_path_ensure_dir (folder, &error), error);
      g_setenv (folders[i], folder, TRUE);
    }
  g_unsetenv ("DBUS_SESSION_BUS_ADDRESS");
  day->calendar = g_build_filename (day->home, "work.ics", NULL);
  write_calendar (day);
  calendar = trk_calendar_new ("work", day->calendar);
  config = trk_path_config_file ();
  for (gsize i = 0; i < 2; i++)
    {
      g_autofree char *folder = i == 0 ? trk_path_config_dir () : trk_path_data_dir ();

      must (day, trk_path_ensure_dir (folder, &error), error);
    }
  must (day, trk_config_add_calendar (config, calendar, &error), error);
  day->config = trk_config_load (config, &error);
  must (day, day->config != NULL, error);
  log = trk_path_log ();
  day->store = trk_store_open (log, TRK_STORE_WRITE, &error);
  must (day, day->store != NULL, error);
}

LivedDay *
lived_day_new (void)
{
  LivedDay *day = g_new0 (LivedDay, 1);

  day->story = g_string_new (NULL);
  day->events = g_array_new (FALSE, FALSE, sizeof (Event));
  day->now = DAY_START;
  day->presence = TRK_PRESENCE_ACTIVE;
  add_event (day, TRK_KIND_FOCUS, DAY_START + 10 * TRK_MINUTE, 60);
  add_event (day, TRK_KIND_BREAK, DAY_START + 70 * TRK_MINUTE, 15);
  add_event (day, TRK_KIND_MEETING, DAY_START + 85 * TRK_MINUTE, 30);
  add_event (day, TRK_KIND_FOCUS, DAY_START + 120 * TRK_MINUTE, 90);
  set_up_home (day);
  day->zone = trk_zone_new_utc ();
  day->almanac = trk_config_almanac (day->config, day->zone);
  come_up (day);
  trk_store_mark (day->store, day->now, NULL);
  return day;
}

void
lived_day_free (LivedDay *day)
{
  trk_engine_free (day->engine);
  g_clear_pointer (&day->plan, trk_plan_unref);
  trk_store_close (day->store);
  trk_zone_unref (day->zone);
  trk_config_unref (day->config);
  g_array_unref (day->events);
  g_string_free (day->story, TRUE);
  trk_scratch_remove (day->home);
  g_free (day->home);
  g_free (day->calendar);
  g_free (day);
}
