/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-report.h"
#include "trk-session.h"

G_BEGIN_DECLS

/* What sprints are made of, read from the log once, however many of them are looked at. Empty when
 * there is no log. Counted: TrkSprintData holds on to it. */
typedef struct
{
  GPtrArray *sprints, *tasks; /* (owned) */
  GArray *memberships;        /* (owned) */
  TrkInstant kept_since;
} TrkSprintLog;

TrkSprintLog *trk_sprint_log_load (TrkSession *session, GError **error);
void trk_sprint_log_unref (TrkSprintLog *log);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrkSprintLog, trk_sprint_log_unref)

/* One sprint and its figures: what every command that shows a sprint shows. */
typedef struct
{
  TrkSprintLog *log;           /* (owned reference) */
  GPtrArray *entries, *blocks; /* of its tasks; of its weeks (owned) */
  TrkSprintInput input;        /* borrows all of it */
  TrkSprintFigures *figures;   /* (owned) */
} TrkSprintData;

/* @sprint: one of @log. */
TrkSprintData *trk_sprint_load_one (TrkSession *session,
                                    TrkSprintLog *log,
                                    const TrkSprint *sprint,
                                    GError **error);

/* @name: of a sprint, or its number; NULL: the one that runs, else the last. NOT_FOUND. */
TrkSprintData *trk_sprint_load (TrkSession *session, const char *name, GError **error);
void trk_sprint_data_free (TrkSprintData *data);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrkSprintData, trk_sprint_data_free)

G_END_DECLS
