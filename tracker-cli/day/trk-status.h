/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-figures.h"
#include "trk-json.h"
#include "trk-session.h"

G_BEGIN_DECLS

/* What is now and how the day goes: from the daemon when it runs, else from plan and log. */
typedef struct
{
  TrkSession *session; /* borrowed */
  TrkAlmanac almanac;
  TrkDay today;
  TrkPeriod day;
  TrkDaemonStatus *daemon; /* (owned) (nullable): none answers */
  char *why_not;           /* then: the reason (owned) */
  TrkKeeper keeper;        /* then: who keeps time all the same */
  GPtrArray *records;      /* of TrkBlockRecord around today (owned) */
  gboolean plan_known;     /* else they are none because configuration or index cannot be read */
  GPtrArray *entries;      /* of TrkEntry around today (owned) */
  GPtrArray *gaps;         /* of TrkGap around today (owned) */
  TrkInstant kept_since;   /* the log's first trace, TRK_NEVER: none */
  TrkTask *task;           /* that runs (owned) (nullable) */
  TrkTask *parent;         /* of it (owned) (nullable) */
  TrkDuration task_worked;
  TrkFigureInput input; /* of today; borrows the arrays */
  TrkFigures *figures;  /* of today (owned) */
} TrkStatusView;

/* A calendar or a configuration that cannot be read is told on err and left out: what is known
 * besides is shown. Fails when the log cannot be read. */
gboolean trk_status_view_load (TrkStatusView *view, TrkSession *session, GError **error);
void trk_status_view_clear (TrkStatusView *view);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TrkStatusView, trk_status_view_clear)

/* The block that runs, by the daemon; NULL none, or something by hand. Borrowed. */
const TrkBlockRecord *trk_status_view_running (const TrkStatusView *view);

/* The block that the plan has now, NULL none. Borrowed. */
const TrkBlock *trk_status_view_planned (const TrkStatusView *view);

/* The @nth (0 the first) block that starts after now. Borrowed, NULL none. */
const TrkBlock *trk_status_view_next (const TrkStatusView *view, guint nth);

/* The time of a block as it is now: it may have been snoozed or extended, or wait for one that
 * was. */
TrkPeriod trk_status_view_time (const TrkStatusView *view, const TrkBlock *block);

/* The time kept of what runs: of its block, or since it was started by hand. */
TrkDuration trk_status_view_kept (const TrkStatusView *view);

/* How often the focus that the daemon keeps was broken off and taken up again today, as the reports
 * count it: of other kinds nobody does. */
guint trk_status_view_interruptions (const TrkStatusView *view);

/* The lines of bare `tracker`, and its JSON. */
void trk_status_view_print (const TrkStatusView *view);
void trk_status_view_print_json (const TrkStatusView *view);

/* Its first keys: what the daemon says (@status, NULL nobody) at @now; @why_not nullable; @process:
 * of a daemon that runs but does not answer, 0 none. */
void trk_status_add_daemon (TrkJson *json,
                            const TrkDaemonStatus *status,
                            const char *why_not,
                            gint64 process,
                            TrkInstant now);

G_END_DECLS
