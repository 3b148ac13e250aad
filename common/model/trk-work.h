/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-period.h"
#include "trk-words.h"
#include "trk-zone.h"

G_BEGIN_DECLS

/* The work log's values: tasks, sprints, metrics. The caller owns what it gets. */

typedef struct
{
  gint64 number; /* short name for people, 0 before it is stored */
  char *id;      /* UUIDv7 (owned) (nullable) */
  char *title;   /* (owned) */
  char *project; /* (owned) (nullable) */
  GStrv tags;    /* (owned) (nullable) */
  char *note;    /* (owned) (nullable) */
  TrkTaskState state;
  gint64 parent;        /* number of the task it is part of, 0 none */
  gint64 sprint;        /* number of the sprint it is in now, 0 none */
  TrkDuration estimate; /* 0: not estimated */
  double points;        /* 0: not estimated */
  TrkInstant created;
  TrkInstant completed; /* when it became completed or cancelled, 0 before */
} TrkTask;

TrkTask *trk_task_new (void);
void trk_task_free (TrkTask *task);
gboolean trk_task_is_open (const TrkTask *task); /* neither completed nor cancelled */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrkTask, trk_task_free)

typedef struct
{
  gint64 number;
  char *id;     /* (owned) (nullable) */
  char *name;   /* (owned) */
  char *goal;   /* (owned) (nullable) */
  TrkDay first; /* first and last day, both included */
  TrkDay last;
  TrkInstant started;
  TrkInstant closed; /* 0 while it runs */
} TrkSprint;

TrkSprint *trk_sprint_new (void);
void trk_sprint_free (TrkSprint *sprint);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrkSprint, trk_sprint_free)

/* How a task came into a sprint and left it. */
typedef enum
{
  TRK_JOIN_COMMITTED, /* in it when it started */
  TRK_JOIN_ADDED,     /* came later */
  TRK_JOIN_CARRIED,   /* left open by the sprint before */
} TrkJoin;

const char *trk_join_to_string (TrkJoin join);
gboolean trk_join_from_string (const char *text, TrkJoin *join);

typedef struct
{
  gint64 sprint;
  gint64 task;
  TrkJoin how;
  TrkInstant joined;
  TrkInstant left;  /* 0 while it is in it; else when it was dropped or carried over */
  gboolean carried; /* it left because the sprint closed and the next one took it */
} TrkSprintTask;

typedef struct
{
  gint64 number;
  char *id;   /* (owned) (nullable) */
  char *name; /* (owned) */
  double value;
  char *unit;   /* (owned) (nullable) */
  char *source; /* who measured: "manual", a collector; (owned) (nullable) */
  TrkInstant at;
} TrkMetric;

TrkMetric *trk_metric_new (void);
void trk_metric_free (TrkMetric *metric);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrkMetric, trk_metric_free)

G_END_DECLS
