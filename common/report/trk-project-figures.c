/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-project-figures.h"

#include "trk-times.h"

static void
project_free (gpointer data)
{
  TrkProjectFigures *project = data;

  g_free (project->project);
  g_free (project);
}

static GPtrArray *
projects_new (void)
{
  return g_ptr_array_new_with_free_func (project_free);
}

/* The row of @name, which is made when it is not there. */
static TrkProjectFigures *
project_named (GPtrArray *projects, const char *name)
{
  TrkProjectFigures *project;

  for (guint i = 0; i < projects->len; i++)
    {
      project = g_ptr_array_index (projects, i);
      if (g_strcmp0 (project->project, name) == 0)
        return project;
    }
  project = g_new0 (TrkProjectFigures, 1);
  project->project = g_strdup (name);
  g_ptr_array_add (projects, project);
  return project;
}

static gint
most_first (gconstpointer a, gconstpointer b)
{
  const TrkProjectFigures *x = *(const TrkProjectFigures *const *) a;
  const TrkProjectFigures *y = *(const TrkProjectFigures *const *) b;

  if (x->worked != y->worked)
    return x->worked > y->worked ? -1 : 1;
  return g_strcmp0 (x->project, y->project);
}

GPtrArray *
trk_project_figures_new (const TrkFigureInput *input)
{
  GPtrArray *projects = projects_new ();

  for (guint i = 0; i < input->entries->len; i++)
    {
      const TrkEntry *entry = g_ptr_array_index (input->entries, i);
      TrkPeriod period =
          trk_period_intersect (trk_period_until (entry->period, input->now), input->period);

      if (trk_kind_is_work (entry->kind) && !trk_period_is_empty (period))
        project_named (projects, entry->project)->worked += trk_period_length (period);
    }
  g_ptr_array_sort (projects, most_first);
  return projects;
}

static gint
by_name (gconstpointer a, gconstpointer b)
{
  const TrkProjectFigures *x = *(const TrkProjectFigures *const *) a;
  const TrkProjectFigures *y = *(const TrkProjectFigures *const *) b;

  return g_strcmp0 (x->project, y->project);
}

GPtrArray *
trk_project_figures_of_facts (const GArray *facts)
{
  GPtrArray *projects = projects_new ();

  for (guint i = 0; i < facts->len; i++)
    {
      const TrkTaskFact *fact = &g_array_index (facts, TrkTaskFact, i);
      TrkProjectFigures *project;

      if (!fact->ratio.known)
        continue;
      project = project_named (projects, fact->task->project);
      project->tasks++;
      project->worked += fact->worked;
      project->estimate += fact->task->estimate;
      project->ratio = trk_ratio ((double) project->worked, (double) project->estimate);
    }
  g_ptr_array_sort (projects, by_name);
  return projects;
}
