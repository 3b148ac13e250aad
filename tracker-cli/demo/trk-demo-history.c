/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-demo-history.h"

#include "trk-error.h"
#include "trk-paths.h"

#include <stdio.h>
#include <string.h>

typedef struct
{
  TrkStore *store;
  const TrkAlmanac *almanac;
  TrkInstant now;
  TrkDay monday;
  TrkInstant cut; /* the start of today: nothing of the moved history is later */
  const char *const *fields;
  GError **error;
} Loader;

typedef gboolean (*RowLoad) (const Loader *loader);

/* -- Fields ------------------------------------------------------------------------------------ */

static gboolean
malformed (const Loader *loader, const char *what)
{
  g_set_error (loader->error, TRK_ERROR, TRK_ERROR_INVALID, "'%s' is not %s", what,
               "a moment, a number or a word that is known here");
  return FALSE;
}

/* "-" is no moment: 0. @fixed: it counts from now, so it happened whatever the day. */
static gboolean
moment (const Loader *loader, guint field, TrkInstant *at, gboolean *fixed)
{
  const char *text = loader->fields[field];
  int day, hour, minute, second;

  *fixed = FALSE;
  *at = 0;
  if (strcmp (text, "-") == 0)
    return TRUE;
  if (sscanf (text, "now %d", &second) == 1)
    {
      *fixed = TRUE;
      *at = loader->now - loader->now % TRK_SECOND + second * TRK_SECOND;
      return TRUE;
    }
  if (sscanf (text, "%d %d:%d:%d", &day, &hour, &minute, &second) != 4)
    return malformed (loader, text);
  *at = trk_zone_instant (loader->almanac->zone,
                          (TrkLocal){ loader->monday + day, hour * TRK_HOUR + minute * TRK_MINUTE
                                                                + second * TRK_SECOND });
  return TRUE;
}

static gboolean
is_later (const Loader *loader, TrkInstant at, gboolean fixed)
{
  return !fixed && at >= loader->cut;
}

static double
number (const Loader *loader, guint field)
{
  return g_ascii_strtod (loader->fields[field], NULL);
}

static char *
text_or_null (const Loader *loader, guint field)
{
  return strcmp (loader->fields[field], "-") == 0 ? NULL : g_strdup (loader->fields[field]);
}

/* The number of the first task that is open and not made of others; 0: none. */
static gint64
first_open_task (const Loader *loader)
{
  g_autoptr (GPtrArray) tasks = trk_store_tasks (loader->store, NULL);

  for (guint i = 0; tasks != NULL && i < tasks->len; i++)
    {
      const TrkTask *task = g_ptr_array_index (tasks, i);

      if (trk_task_is_open (task) && task->estimate > 0)
        return task->number;
    }
  return 0;
}

/* -- Rows -------------------------------------------------------------------------------------- */

/* task NUMBER CREATED STATE DONE ESTIMATE POINTS PARENT PROJECT TAGS TITLE */
static gboolean
load_task (const Loader *loader)
{
  g_autoptr (TrkTask) task = trk_task_new ();
  TrkInstant done;
  gboolean fixed;

  if (!moment (loader, 2, &task->created, &fixed) || !moment (loader, 4, &done, &fixed))
    return FALSE;
  if (is_later (loader, task->created, FALSE))
    return TRUE;
  if (!trk_task_state_from_string (loader->fields[3], &task->state))
    return malformed (loader, loader->fields[3]);
  if (done != 0 && is_later (loader, done, fixed))
    {
      done = 0;
      task->state = TRK_TASK_NEEDS_ACTION;
    }
  task->completed = done;
  task->estimate = (TrkDuration) number (loader, 5) * TRK_MINUTE;
  task->points = number (loader, 6);
  task->parent = (gint64) number (loader, 7);
  task->project = text_or_null (loader, 8);
  task->tags = g_strsplit (loader->fields[9], ",", -1);
  task->title = g_strdup (loader->fields[10]);
  return trk_store_add_task (loader->store, task, loader->error);
}

/* sprint NAME FIRST LAST STARTED CLOSED GOAL */
static gboolean
load_sprint (const Loader *loader)
{
  g_autoptr (TrkSprint) sprint = trk_sprint_new ();
  gboolean fixed;

  sprint->name = g_strdup (loader->fields[1]);
  sprint->first = loader->monday + (TrkDay) number (loader, 2);
  sprint->last = loader->monday + (TrkDay) number (loader, 3);
  sprint->goal = text_or_null (loader, 6);
  return moment (loader, 4, &sprint->started, &fixed) && moment (loader, 5, &sprint->closed, &fixed)
         && trk_store_add_sprint (loader->store, sprint, loader->error);
}

static gint64
sprint_named (const Loader *loader, const char *name)
{
  g_autoptr (GPtrArray) sprints = trk_store_sprints (loader->store, NULL);

  for (guint i = 0; sprints != NULL && i < sprints->len; i++)
    {
      const TrkSprint *sprint = g_ptr_array_index (sprints, i);

      if (strcmp (sprint->name, name) == 0)
        return sprint->number;
    }
  return 0;
}

/* The task shows the sprint in which it is now. */
static gboolean
point_to_sprint (const Loader *loader, const TrkSprintTask *row)
{
  g_autoptr (TrkTask) task = trk_store_task (loader->store, row->task, loader->error);

  if (task == NULL)
    return FALSE;
  task->sprint = row->left == 0 ? row->sprint : 0;
  return trk_store_update_task (loader->store, task, loader->error);
}

/* member SPRINT TASK HOW JOINED LEFT CARRIED */
static gboolean
load_member (const Loader *loader)
{
  TrkSprintTask row = { .sprint = sprint_named (loader, loader->fields[1]),
                        .task = (gint64) number (loader, 2) };
  gboolean fixed;

  if (!moment (loader, 4, &row.joined, &fixed) || !moment (loader, 5, &row.left, &fixed))
    return FALSE;
  if (!trk_join_from_string (loader->fields[3], &row.how))
    return malformed (loader, loader->fields[3]);
  if (is_later (loader, row.joined, FALSE))
    return TRUE;
  if (is_later (loader, row.left, fixed))
    row.left = 0;
  row.carried = row.left != 0 && number (loader, 6) > 0;
  return trk_store_put_sprint_task (loader->store, &row, loader->error)
         && point_to_sprint (loader, &row);
}

/* block ID START MINUTES KIND OUTCOME REASON SNOOZED TITLE */
static gboolean
load_block (const Loader *loader)
{
  g_autoptr (TrkBlock) block = trk_block_new ();
  g_autoptr (TrkBlockState) state = trk_block_state_new (loader->fields[1]);
  TrkDuration snoozed = (TrkDuration) number (loader, 7) * TRK_MINUTE;
  gboolean fixed;

  if (!moment (loader, 2, &block->period.start, &fixed))
    return FALSE;
  if (is_later (loader, block->period.start, fixed))
    return TRUE;
  if (!trk_kind_from_string (loader->fields[4], &block->kind)
      || !trk_outcome_from_string (loader->fields[5], &state->outcome)
      || !trk_reason_from_string (loader->fields[6], &state->outcome_reason))
    return malformed (loader, loader->fields[4]);
  block->id = g_strdup (loader->fields[1]);
  block->calendar = g_strdup ("demo");
  block->title = g_strdup (loader->fields[8]);
  block->kind_why = g_strdup ("the demo's history");
  block->period.end = block->period.start + (TrkDuration) number (loader, 3) * TRK_MINUTE;
  block->planned = block->period;
  state->start = snoozed > 0 ? block->period.start + snoozed : 0;
  state->postponed = snoozed > 0;
  return trk_store_put_block (loader->store, block, loader->error)
         && trk_store_set_block_state (loader->store, state, loader->error);
}

/* entry START END KIND BLOCK TASK EVIDENCE START-REASON END-REASON TITLE */
static gboolean
load_entry (const Loader *loader)
{
  g_autoptr (TrkEntry) entry = trk_entry_new ();
  gboolean fixed;

  if (!moment (loader, 1, &entry->period.start, &fixed)
      || !moment (loader, 2, &entry->period.end, &fixed))
    return FALSE;
  if (is_later (loader, entry->period.start, fixed))
    return TRUE;
  if (!trk_kind_from_string (loader->fields[3], &entry->kind)
      || !trk_evidence_from_string (loader->fields[6], &entry->evidence)
      || !trk_reason_from_string (loader->fields[7], &entry->start_reason)
      || !trk_reason_from_string (loader->fields[8], &entry->end_reason))
    return malformed (loader, loader->fields[7]);
  entry->block_id = text_or_null (loader, 4);
  entry->task = strcmp (loader->fields[5], "open") == 0 ? first_open_task (loader)
                                                        : (gint64) number (loader, 5);
  entry->title = g_strdup (loader->fields[9]);
  entry->zone = g_strdup (trk_zone_id (loader->almanac->zone));
  return trk_store_add_entry (loader->store, entry, loader->error);
}

/* gap START END REASON ANSWER BLOCK */
static gboolean
load_gap (const Loader *loader)
{
  g_autoptr (TrkGap) gap = trk_gap_new ();
  gboolean fixed;

  if (!moment (loader, 1, &gap->period.start, &fixed)
      || !moment (loader, 2, &gap->period.end, &fixed))
    return FALSE;
  if (is_later (loader, gap->period.start, fixed))
    return TRUE;
  if (!trk_reason_from_string (loader->fields[3], &gap->reason)
      || !trk_answer_from_string (loader->fields[4], &gap->answer))
    return malformed (loader, loader->fields[3]);
  gap->block_id = text_or_null (loader, 5);
  return trk_store_add_gap (loader->store, gap, loader->error);
}

/* metric AT NAME VALUE UNIT */
static gboolean
load_metric (const Loader *loader)
{
  g_autoptr (TrkMetric) metric = trk_metric_new ();
  gboolean fixed;

  if (!moment (loader, 1, &metric->at, &fixed))
    return FALSE;
  if (is_later (loader, metric->at, fixed))
    return TRUE;
  metric->name = g_strdup (loader->fields[2]);
  metric->value = number (loader, 3);
  metric->unit = text_or_null (loader, 4);
  metric->source = g_strdup ("demo");
  return trk_store_add_metric (loader->store, metric, loader->error);
}

static const struct
{
  const char *name;
  guint fields;
  RowLoad load;
} rows[] = {
  { "sprint", 7, load_sprint }, { "task", 11, load_task },   { "member", 7, load_member },
  { "block", 9, load_block },   { "entry", 10, load_entry }, { "gap", 6, load_gap },
  { "metric", 5, load_metric },
};

static gboolean
load_line (Loader *loader, const char *line)
{
  g_auto (GStrv) fields = g_strsplit (line, "\t", -1);

  if (*line == '#' || *line == '\0')
    return TRUE;
  loader->fields = (const char *const *) fields;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    if (strcmp (rows[i].name, fields[0]) == 0 && g_strv_length (fields) == rows[i].fields)
      return rows[i].load (loader);
  return malformed (loader, fields[0]);
}

static gboolean
load_lines (Loader *loader, const char *path, const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    if (!load_line (loader, lines[i]))
      {
        g_prefix_error (loader->error, "%s:%u: ", path, i + 1);
        return FALSE;
      }
  return TRUE;
}

gboolean
trk_demo_load (
    TrkStore *store, const char *name, const TrkAlmanac *almanac, TrkInstant now, GError **error)
{
  g_autofree char *relative = g_build_filename ("demo", name, NULL);
  g_autofree char *path = trk_path_shared (relative);
  g_autofree char *text = NULL;
  TrkDay today = trk_almanac_day (almanac, now);
  Loader loader = { .store = store,
                    .almanac = almanac,
                    .now = now,
                    .monday = today - trk_day_weekday (today) + 1,
                    .cut = trk_almanac_day_period (almanac, today).start,
                    .error = error };

  if (!g_file_get_contents (path, &text, NULL, error))
    return FALSE;
  if (!trk_store_begin (store, TRK_ACTOR_DAEMON, "demo", now, error))
    return FALSE;
  if (load_lines (&loader, path, text))
    return trk_store_commit (store, error);
  trk_store_rollback (store);
  return FALSE;
}
