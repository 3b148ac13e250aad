/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-work.h"

TrkTask *
trk_task_new (void)
{
  return g_new0 (TrkTask, 1);
}

void
trk_task_free (TrkTask *task)
{
  if (task == NULL)
    return;
  g_free (task->id);
  g_free (task->title);
  g_free (task->project);
  g_strfreev (task->tags);
  g_free (task->note);
  g_free (task);
}

gboolean
trk_task_is_open (const TrkTask *task)
{
  return task->state == TRK_TASK_NEEDS_ACTION || task->state == TRK_TASK_IN_PROCESS;
}

TrkSprint *
trk_sprint_new (void)
{
  return g_new0 (TrkSprint, 1);
}

void
trk_sprint_free (TrkSprint *sprint)
{
  if (sprint == NULL)
    return;
  g_free (sprint->id);
  g_free (sprint->name);
  g_free (sprint->goal);
  g_free (sprint);
}

static const char *const joins[] = { "committed", "added", "carried" };

const char *
trk_join_to_string (TrkJoin join)
{
  return (gsize) join < G_N_ELEMENTS (joins) ? joins[join] : "unknown";
}

gboolean
trk_join_from_string (const char *text, TrkJoin *join)
{
  for (gsize i = 0; text != NULL && i < G_N_ELEMENTS (joins); i++)
    if (g_str_equal (joins[i], text))
      {
        *join = (TrkJoin) i;
        return TRUE;
      }
  return FALSE;
}

TrkMetric *
trk_metric_new (void)
{
  return g_new0 (TrkMetric, 1);
}

void
trk_metric_free (TrkMetric *metric)
{
  if (metric == NULL)
    return;
  g_free (metric->id);
  g_free (metric->name);
  g_free (metric->unit);
  g_free (metric->source);
  g_free (metric);
}
