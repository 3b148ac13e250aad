/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-calendar-monitor.h"
#include "trk-call-watch.h"
#include "trk-config.h"
#include "trk-daemon.h"
#include "trk-do-not-disturb.h"
#include "trk-engine.h"
#include "trk-hook-queue.h"
#include "trk-inhibitor-watch.h"
#include "trk-notice-board.h"
#include "trk-program-list.h"
#include "trk-program-watch.h"
#include "trk-recorder.h"
#include "trk-service.h"
#include "trk-store.h"

G_BEGIN_DECLS

/* Shared by the daemon's own files and nobody else. */
struct _TrkDaemon
{
  TrkDaemonParts parts; /* the objects are owned */
  TrkConfig *config;
  gboolean config_unkept; /* the file was read, and is not yet what the next start falls back on */
  gboolean config_broken; /* there has been no good one yet: the log's plan holds */
  TrkStore *store;
  TrkRecorder *recorder;
  TrkEngine *engine;
  TrkNoticeBoard *board;
  TrkDoNotDisturb *quiet;
  TrkInhibitorWatch *inhibitors; /* (owned) (nullable): there is no bus */
  TrkCallWatch *calls;           /* (owned) (nullable): no break is ahead */
  char *engaged_by;              /* what the engine was told last (owned) (nullable) */
  TrkProgramWatch *programs;     /* (owned) (nullable): no focus entry is open, or none is listed */
  TrkProgramList *guarded;       /* the list that it is compared with (owned) (nullable) */
  TrkConfig *guarding;           /* where that is from (owned) (nullable) */
  char *front;                   /* the listed program in front (owned) (nullable) */
  GPtrArray *probes;             /* of TrkProgramProbe */
  TrkHookQueue *hooks;
  GHashTable *failing_hooks; /* of char*: that did not work the last time (owned) */
  TrkService *service;
  TrkCalendarMonitor *monitor;

  TrkPlan *plan;     /* what the engine follows (owned) (nullable) before the first one */
  TrkPeriod today;   /* of the plan: at its end the next day is planned */
  TrkInstant from;   /* the first instant to plan: days that nobody kept are caught up once */
  gboolean planning; /* the thread reads calendars */
  gboolean again;    /* something changed meanwhile */
  gboolean outdated; /* and that in the log: what the thread plans is wrong */
  gboolean ended;    /* an answer of the thread that comes now comes too late */
  guint patience;    /* timer: the first plan takes long */

  TrkInstant awake;  /* last moment known awake */
  TrkInstant marked; /* last mark in the log */
  char *zone;        /* IANA name of the zone that the engine has (owned) */
  char *noted;       /* what the log said when we last wrote it (owned) (nullable) not known */
  guint noting;      /* idle source: that is to be found out */
  gint64 others;     /* trk_store_others(): up to there the engine knows what others wrote */
  guint catch_up;    /* idle source: the recorder is not behind any more */
};

/* -- trk-daemon-step.c: the one path ----------------------------------------------------------- */

/* @daemon is the TrkDaemon. */
TrkInstant trk_daemon_now (gpointer daemon);
/* A TrkProblem that goes to the log of the process. */
void trk_daemon_warn (const char *message);
TrkAlmanac trk_daemon_almanac (TrkDaemon *daemon);
/* What jumps of the clock and its alarm do, from now on; and no more. */
void trk_daemon_follow_clock (TrkDaemon *daemon);
void trk_daemon_leave_clock (TrkDaemon *daemon);
/* Records, acts, publishes, arms. @put and @forget: see TrkBatch (nullable). Takes @effects. */
void trk_daemon_apply (TrkDaemon *daemon,
                       TrkActor actor,
                       const char *command,
                       GPtrArray *effects,
                       GPtrArray *put,
                       GPtrArray *forget);
/* Steps the engine to now; time for which nobody can speak is an absence, by @why when the clock
 * does not know of a sleep. */
void trk_daemon_advance (TrkDaemon *daemon, TrkReason why);
/* Before anything else is done at now: takes up such an absence, and what others changed in the
 * log. TRUE: they did, and it is planned anew. */
gboolean trk_daemon_catch_time (TrkDaemon *daemon);

/* Writes down that @now is known awake. */
void trk_daemon_mark (TrkDaemon *daemon, TrkInstant now);
/* With the first plan: do-not-disturb as it should be, whatever a crash left. */
void trk_daemon_settle_focus (TrkDaemon *daemon);

/* -- trk-daemon-config.c ----------------------------------------------------------------------- */

/* At the start: the file, else what the daemon before has kept of it, else what needs none. */
void trk_daemon_begin_config (TrkDaemon *daemon);
/* With the log's lock: a copy for the next start, when the file was read since. */
void trk_daemon_keep_config (TrkDaemon *daemon);
/* Reads configuration and calendars again, with @log what others changed there too. A broken file
 * leaves what there was. */
void trk_daemon_read_again (TrkDaemon *daemon, gboolean log);

/* -- trk-daemon-notices.c: between the notice board and the engine; @daemon is the TrkDaemon --- */

/* The server has taken, or not taken, the notice of @ticket. */
void trk_daemon_shown (guint64 ticket, gboolean worked, const char *backend, gpointer daemon);
/* Is a notice that was first sent at @at still worth showing? */
gboolean trk_daemon_is_due (const TrkNotice *notice, TrkInstant at, gpointer daemon);
/* A notice was dismissed: nobody needs to be told again. */
void trk_daemon_see (const TrkNotice *notice, gpointer daemon);
/* A button of a notice was pressed. */
void trk_daemon_press (const TrkNotice *notice, TrkButton button, gpointer daemon);
/* Shows one for trying, and says who took it and how long that took. */
void trk_daemon_test_notice (TrkTestAnswer answer, gpointer call, gpointer daemon);
/* Notices that were meant to be shown before a restart, were not, and are still due. With the first
 * plan. */
void trk_daemon_resume_notices (TrkDaemon *daemon);

/* -- trk-daemon-commands.c --------------------------------------------------------------------- */

/* A verb of the bus or of a button; @daemon is the TrkDaemon. FALSE with @error: nothing
 * happened. */
gboolean trk_daemon_act (const TrkAction *action, gpointer daemon, GError **error);
gboolean
trk_daemon_postpone (gpointer daemon, TrkDuration length, TrkPostponed *told, GError **error);
/* In title, block_id and task: what done means now. Owned by the caller. */
TrkDaemonStatus *trk_daemon_to_be_done (TrkDaemon *daemon);
/* Done, and what was: its title, its block or "", its task or 0. Owned by the caller. */
gboolean
trk_daemon_done (gpointer daemon, char **title, char **block_id, gint64 *task, GError **error);

/* -- trk-daemon-plan.c ------------------------------------------------------------------------- */

/* Reads the calendars on a thread and gives the engine the plan when that is done. */
void trk_daemon_replan (TrkDaemon *daemon);
/* Gives it the plan as the log has it, until the calendars are read. */
void trk_daemon_plan_from_log (TrkDaemon *daemon);
/* Others changed the log. A block that was left early, and is not any more, has its time again, and
 * those that got it give it back, until the calendars are read. A plan that is being made of the
 * log before is not taken. */
void trk_daemon_mend_plan (TrkDaemon *daemon, TrkInstant now);
/* Watches what the plan comes from. */
void trk_daemon_watch (TrkDaemon *daemon);

/* -- trk-daemon-memory.c ----------------------------------------------------------------------- */

/* A new engine, with what the log remembers. @mark: last moment known awake. */
gboolean trk_daemon_build_engine (TrkDaemon *daemon, TrkInstant mark, GError **error);
/* Where to begin when the daemon was not there for days. */
void trk_daemon_find_start (TrkDaemon *daemon);
/* Remembers what the log says of these days, to see later whether somebody else changed it. */
void trk_daemon_note_log (TrkDaemon *daemon);
/* The same when nothing else is to be done: it takes as long as these days have entries, and
 * whoever waits for an answer needs none of it. */
void trk_daemon_note_log_later (TrkDaemon *daemon);
/* Takes up what others changed: a new engine, when the log says something else than noted. */
void trk_daemon_follow_log (TrkDaemon *daemon);
/* The same before anything else is done, for those who could not tell us (over ssh there is no
 * session bus), and plans anew: TRUE, and the engine is stepped to now. @absence: nobody was there
 * then, because of @why; empty, and at now: somebody was all the time. */
gboolean trk_daemon_heed_log (TrkDaemon *daemon, TrkPeriod absence, TrkReason why);
/* The same once the recorder is not behind any more: what others changed meanwhile. */
void trk_daemon_catch_up (TrkDaemon *daemon);

/* -- trk-daemon-presence.c --------------------------------------------------------------------- */

/* Tells the engine whether the user is there, from now on. */
void trk_daemon_follow_presence (TrkDaemon *daemon);
void trk_daemon_leave_presence (TrkDaemon *daemon);
/* How long without input is away is a matter of what runs. */
void trk_daemon_watch_presence (TrkDaemon *daemon);
/* For a break that the user wanted to be strict; where nobody can lock it is said. */
void trk_daemon_lock_screen (TrkDaemon *daemon);
/* The session bus is there (again), or NULL: those who tell of calls and presentations. */
void trk_daemon_watch_inhibitors (TrkDaemon *daemon, GDBusConnection *bus);
/* Follows who is recorded as long as a break of today may have to wait for that. */
void trk_daemon_watch_calls (TrkDaemon *daemon);
/* Does the source move? @daemon is the TrkDaemon. */
void trk_daemon_probe_presence (TrkPresenceAnswer answer, gpointer call, gpointer daemon);

/* -- trk-daemon-guard.c ------------------------------------------------------------------------ */

/* Watches programs while that is wanted: a focus entry is open, and some are listed. */
void trk_daemon_guard (TrkDaemon *daemon);
/* The same, from the start: the session bus has changed. */
void trk_daemon_guard_again (TrkDaemon *daemon);
void trk_daemon_end_guard (TrkDaemon *daemon);
/* Who sees what? @daemon is the TrkDaemon. */
void trk_daemon_probe_programs (TrkProgramAnswer answer, gpointer call, gpointer daemon);

/* -- trk-daemon-hooks.c ------------------------------------------------------------------------ */

void trk_daemon_begin_hooks (TrkDaemon *daemon);
/* The user's programs are told of what is among @effects; nobody waits for them. */
void trk_daemon_run_hooks (TrkDaemon *daemon, const GPtrArray *effects);
/* The last things in the main loop: what runs may end, but not for long. */
void trk_daemon_end_hooks (TrkDaemon *daemon);

/* -- trk-daemon-status.c ----------------------------------------------------------------------- */

void trk_daemon_publish (TrkDaemon *daemon);

G_END_DECLS
