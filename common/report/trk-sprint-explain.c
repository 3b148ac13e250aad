/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-sprint-explain.h"

#include "trk-duration.h"
#include "trk-report-words.h"
#include "trk-times.h"
#include "trk-working-days.h"

/* -- Tasks ------------------------------------------------------------------------------------- */

/* "3 points, estimated 2 h", "no estimate". */
static void
add_estimates (GString *detail, const TrkTask *task)
{
  g_autofree char *points = trk_words_count (task->points, "point", "points");
  g_autofree char *estimate = trk_duration_format (task->estimate);

  if (task->points > 0)
    g_string_append (detail, points);
  if (task->estimate > 0)
    g_string_append_printf (detail, "%sestimated %s", task->points > 0 ? ", " : "", estimate);
  if (task->points <= 0 && task->estimate <= 0)
    g_string_append (detail, "no estimate");
}

static void
add_moment (GString *detail, const TrkSprintInput *input, const char *what, TrkInstant at)
{
  TrkDay day = trk_zone_local (input->almanac.zone, at).day;
  g_autofree char *date = trk_words_days (day, day);
  g_autofree char *time = trk_zone_format_time (input->almanac.zone, at);

  g_string_append_printf (detail, ", %s %s %s %s", what, trk_words_weekday (day), date, time);
}

/* How it came in and what became of it, with the moments at which the burndown moves. */
static void
member_row (const TrkSprintInput *input, const TrkSprintMember *member, GPtrArray *rows)
{
  const TrkTask *task = member->fact.task;
  TrkFigureRow *row = trk_figure_rows_add (rows, "task", task->title, (TrkPeriod){ 0, 0 });
  g_autoptr (GString) detail = g_string_new (NULL);
  const char *fate = trk_fate_to_string (member->fate);

  row->number = task->number;
  add_estimates (detail, task);
  add_moment (detail, input, trk_join_to_string (member->first->how), member->first->joined);
  if (member->fate == TRK_FATE_OPEN)
    g_string_append_printf (detail, ", %s", fate);
  else
    add_moment (detail, input, fate,
                member->last->left != 0 && member->fate != TRK_FATE_DONE ? member->last->left
                                                                         : task->completed);
  row->detail = g_strdup (detail->str);
}

static void
member_rows (const TrkSprintInput *input,
             const TrkSprintFigures *figures,
             gboolean (*wanted) (const TrkSprintMember *member),
             GPtrArray *rows)
{
  for (guint i = 0; i < figures->members->len; i++)
    {
      const TrkSprintMember *member = &g_array_index (figures->members, TrkSprintMember, i);

      if (wanted (member))
        member_row (input, member, rows);
    }
}

static gboolean
is_committed (const TrkSprintMember *member)
{
  return member->first->how != TRK_JOIN_ADDED;
}

static gboolean
is_added (const TrkSprintMember *member)
{
  return member->first->how == TRK_JOIN_ADDED;
}

static gboolean
is_done (const TrkSprintMember *member)
{
  return member->fate == TRK_FATE_DONE;
}

static gboolean
is_dropped (const TrkSprintMember *member)
{
  return member->fate == TRK_FATE_DROPPED;
}

static gboolean
is_carried (const TrkSprintMember *member)
{
  return member->fate == TRK_FATE_CARRIED;
}

static gboolean
is_open (const TrkSprintMember *member)
{
  return member->fate == TRK_FATE_OPEN;
}

static gboolean
is_in_scope (const TrkSprintMember *member)
{
  return member->fate != TRK_FATE_DROPPED;
}

static gboolean
is_any (const TrkSprintMember *member)
{
  return member != NULL;
}

/* The done tasks beside what their estimates and their first entries say. */
static void
done_rows (const TrkSprintInput *input, const TrkSprintFigures *figures, GPtrArray *rows)
{
  for (guint i = 0; i < figures->members->len; i++)
    {
      const TrkSprintMember *member = &g_array_index (figures->members, TrkSprintMember, i);
      const TrkTaskFact *fact = &member->fact;
      g_autofree char *estimate = trk_duration_format (fact->task->estimate);
      g_autoptr (GString) detail = g_string_new (NULL);
      TrkFigureRow *row;

      if (!is_done (member))
        continue;
      row = trk_figure_rows_add (rows, "task", fact->task->title, (TrkPeriod){ 0, 0 });
      row->number = fact->task->number;
      row->amount = fact->worked;
      g_string_append_printf (detail, "estimated %s",
                              fact->task->estimate > 0 ? estimate : "nothing");
      if (fact->first != 0)
        add_moment (detail, input, "first entry", fact->first);
      else
        g_string_append (detail, ", not worked");
      add_moment (detail, input, "done", fact->task->completed);
      row->detail = g_strdup (detail->str);
    }
}

/* -- Entries, sprints, days -------------------------------------------------------------------- */

static void
entry_rows (const TrkSprintInput *input,
            const TrkSprintFigures *figures,
            gboolean only_unverified,
            GPtrArray *rows)
{
  for (guint i = 0; i < input->entries->len; i++)
    {
      const TrkEntry *entry = g_ptr_array_index (input->entries, i);
      TrkDuration amount = trk_sprint_worked_in (figures, entry);
      TrkFigureRow *row;

      if (amount == 0 || (only_unverified && entry->evidence != TRK_EVIDENCE_PLAN))
        continue;
      row = trk_figure_rows_add (rows, "entry", entry->title,
                                 trk_period_until (entry->period, input->now));
      row->number = entry->number;
      row->amount = amount;
      row->detail = g_strdup_printf ("task %" G_GINT64_FORMAT ", %s, %s", entry->task,
                                     trk_kind_to_string (entry->kind),
                                     trk_evidence_to_string (entry->evidence));
    }
}

static void
worked_rows (const TrkSprintInput *input, const TrkSprintFigures *figures, GPtrArray *rows)
{
  entry_rows (input, figures, FALSE, rows);
}

static void
unverified_rows (const TrkSprintInput *input, const TrkSprintFigures *figures, GPtrArray *rows)
{
  entry_rows (input, figures, TRUE, rows);
}

static void
sprint_row (const TrkSprintInput *input, const TrkSprint *sprint, GPtrArray *rows)
{
  double points;
  TrkFigureRow *row = trk_figure_rows_add (rows, "sprint", sprint->name,
                                           trk_sprint_period (sprint, &input->almanac));
  g_autofree char *text = NULL;

  trk_sprint_velocity (input, sprint, &points);
  text = trk_words_count (points, "point", "points");
  row->number = sprint->number;
  row->detail = g_strconcat (text, " done", NULL);
}

static void
velocity_mean_rows (const TrkSprintInput *input, const TrkSprintFigures *figures, GPtrArray *rows)
{
  g_autoptr (GPtrArray) closed = trk_sprint_velocity_sprints (input);

  for (guint i = 0; i < closed->len && figures->velocity_mean.known; i++)
    sprint_row (input, g_ptr_array_index (closed, i), rows);
}

static void
velocity_last_rows (const TrkSprintInput *input, const TrkSprintFigures *figures, GPtrArray *rows)
{
  g_autoptr (GPtrArray) closed = trk_sprint_velocity_sprints (input);

  for (guint i = 0; i < closed->len && rows->len == 0; i++)
    if (((const TrkSprint *) g_ptr_array_index (closed, i))->number != figures->sprint->number)
      sprint_row (input, g_ptr_array_index (closed, i), rows);
}

static void
working_rows (const TrkSprintInput *input,
              const TrkSprintFigures *figures,
              gboolean only_begun,
              GPtrArray *rows)
{
  g_autoptr (TrkWorkingDays) working = trk_working_days_new (input->blocks, &input->almanac);

  for (guint i = 0; i < figures->burndown->len; i++)
    {
      const TrkBurndownDay *day = &g_array_index (figures->burndown, TrkBurndownDay, i);
      TrkPeriod period = trk_almanac_day_period (&input->almanac, day->day);
      g_autofree char *name = trk_day_to_iso (day->day);

      if (!day->working || (only_begun && !day->begun))
        continue;
      trk_figure_rows_add (rows, "day", name, period)->detail =
          g_strdup (trk_working_days_is_told (working, day->day)
                        ? "work is planned"
                        : "nothing is planned in its week: Monday to Friday");
    }
}

static void
day_rows (const TrkSprintInput *input, const TrkSprintFigures *figures, GPtrArray *rows)
{
  working_rows (input, figures, FALSE, rows);
}

static void
begun_rows (const TrkSprintInput *input, const TrkSprintFigures *figures, GPtrArray *rows)
{
  working_rows (input, figures, TRUE, rows);
}

/* -- The table --------------------------------------------------------------------------------- */

static const struct
{
  const char *name;
  gboolean (*members) (const TrkSprintMember *member);
  void (*rows) (const TrkSprintInput *input, const TrkSprintFigures *figures, GPtrArray *rows);
} explanations[] = {
  { "committed", is_committed, NULL },
  { "added", is_added, NULL },
  { "done", is_done, NULL },
  { "dropped", is_dropped, NULL },
  { "carried_over", is_carried, NULL },
  { "open", is_open, NULL },
  { "progress", is_in_scope, NULL },
  { "burndown", is_any, NULL },
  { "tasks", is_any, NULL },
  { "worked", NULL, worked_rows },
  { "unverified", NULL, unverified_rows },
  { "projects", NULL, done_rows },
  { "estimate_ratio", NULL, done_rows },
  { "cycle_time", NULL, done_rows },
  { "velocity_last", NULL, velocity_last_rows },
  { "velocity_mean", NULL, velocity_mean_rows },
  { "velocity_of", NULL, velocity_mean_rows },
  { "working_days", NULL, day_rows },
  { "working_days_begun", NULL, begun_rows },
};

const char **
trk_sprint_figure_names (void)
{
  const char **names = g_new0 (const char *, G_N_ELEMENTS (explanations) + 1);

  for (guint i = 0; i < G_N_ELEMENTS (explanations); i++)
    names[i] = explanations[i].name;
  return names;
}

GPtrArray *
trk_sprint_explain (const TrkSprintInput *input,
                    const TrkSprintFigures *figures,
                    const char *figure)
{
  for (guint i = 0; i < G_N_ELEMENTS (explanations); i++)
    {
      GPtrArray *rows;

      if (!g_str_equal (explanations[i].name, figure))
        continue;
      rows = trk_figure_rows_new ();
      if (explanations[i].rows != NULL)
        explanations[i].rows (input, figures, rows);
      else
        member_rows (input, figures, explanations[i].members, rows);
      return rows;
    }
  return NULL;
}
