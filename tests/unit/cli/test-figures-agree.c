/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* One definition of each figure: at any moment of any day tracker, agenda, log, report and why say
 * the same, with an open entry, with events that come late, move or go, with work by hand and with
 * words about it afterwards. */

#include "lived-day.h"
#include "trk-block-find.h"
#include "trk-dispatch.h"
#include "trk-now.h"
#include "trk-status.h"

#include <json-glib/json-glib.h>
#include <string.h>

/* What @words print, as JSON; the caller's. */
static JsonNode *
answer (LivedDay *day, const char *const *words)
{
  char *text = NULL;
  size_t length = 0;
  FILE *out = open_memstream (&text, &length);
  g_autoptr (TrkSession) session =
      trk_session_new (lived_day_now (day), lived_day_zone (day), out, stderr);
  g_autoptr (GError) error = NULL;
  int status = trk_dispatch (session, words);
  JsonNode *node;

  fclose (out);
  if (status != 0)
    g_error ("tracker %s gave %d, after:%s", words[0], status, lived_day_story (day));
  node = json_from_string (text, &error);
  g_assert_no_error (error);
  free (text);
  return node;
}

static double
number_of (JsonObject *object, const char *key)
{
  return json_object_get_null_member (object, key) ? -1
                                                   : json_object_get_double_member (object, key);
}

static void
same (const LivedDay *day, double a, double b, const char *what)
{
  if (ABS (a - b) > 0.001)
    g_error ("%s: %g is not %g, after:%s", what, a, b, lived_day_story (day));
}

/* Rows are told in whole seconds, each rounded down. */
static void
sum_is (const LivedDay *day, double sum, guint rows, double whole, const char *what)
{
  if (sum > whole || sum < whole - rows)
    g_error ("%s: %g in rows is not %g, after:%s", what, sum, whole, lived_day_story (day));
}

/* What the agenda's rows add up to. */
typedef struct
{
  double focus, on_plan, work;
  guint rows;
  guint outcomes[8];
  guint before; /* of what is skipped: over when time began to be kept */
} Sums;

static const char *const outcomes[] = { "done", "partial", "missed", "skipped" };

static TrkInstant
instant_of (JsonObject *object, const char *key)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (
      json_object_get_string_member_with_default (object, key, ""), NULL);

  return time != NULL ? g_date_time_to_unix (time) * TRK_SECOND : 0;
}

/* Reports count what became of blocks once their time has begun: what is skipped before is to come
 * until then. */
static gboolean
has_begun (const LivedDay *day, JsonObject *row)
{
  return instant_of (row, "start") < lived_day_now (day);
}

static void
add_row (const LivedDay *day, JsonObject *row, Sums *sums)
{
  const char *kind = json_object_get_string_member_with_default (row, "kind", "");
  double actual = number_of (row, "actual_seconds");

  sums->rows++;
  if (g_str_equal (kind, "focus"))
    sums->focus += actual;
  if (strstr ("focus shallow meeting routine", kind) != NULL)
    sums->work += actual;
  sums->on_plan += number_of (row, "on_plan_seconds");
  for (guint i = 0; i < G_N_ELEMENTS (outcomes) && has_begun (day, row); i++)
    sums->outcomes[i] +=
        g_strcmp0 (json_object_get_string_member_with_default (row, "outcome", ""), outcomes[i])
        == 0;
}

/* May be skipped afterwards; no report counts it, unless something was kept of it. */
static gboolean
is_skipped_from_before (JsonObject *row, TrkInstant kept_since)
{
  return g_strcmp0 (json_object_get_string_member_with_default (row, "outcome", ""), "skipped") == 0
         && instant_of (row, "end") <= kept_since;
}

static Sums
sums_of (const LivedDay *day, JsonNode *agenda, TrkInstant kept_since)
{
  JsonArray *rows = json_node_get_array (agenda);
  Sums sums = { 0 };

  for (guint i = 0; i < json_array_get_length (rows); i++)
    {
      JsonObject *row = json_array_get_object_element (rows, i);

      if (g_str_equal (json_object_get_string_member (row, "type"), "free"))
        continue;
      add_row (day, row, &sums);
      sums.before += is_skipped_from_before (row, kept_since);
    }
  return sums;
}

/* The row of the block, NULL none. */
static JsonObject *
row_of (JsonNode *agenda, const char *id)
{
  JsonArray *rows = json_node_get_array (agenda);

  for (guint i = 0; i < json_array_get_length (rows); i++)
    {
      JsonObject *row = json_array_get_object_element (rows, i);

      if (g_strcmp0 (json_object_get_string_member_with_default (row, "id", NULL), id) == 0)
        return row;
    }
  return NULL;
}

/* -- Each pair --------------------------------------------------------------------------------- */

static void
status_and_report (LivedDay *day, JsonObject *today, JsonObject *report)
{
  static const char *const keys[] = { "planned",    "planned_by_now", "focus",
                                      "on_plan",    "work",           "unknown",
                                      "unverified", "adherence",      "focus_share" };

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    same (day, number_of (today, keys[i]), number_of (report, keys[i]), keys[i]);
}

static void
agenda_and_report (LivedDay *day, JsonNode *agenda, JsonObject *report, TrkInstant kept_since)
{
  static const char *const kinds[] = { "focus", "shallow", "meeting", "break", "routine" };
  JsonObject *counts = json_object_get_object_member (report, "outcomes");
  const Sums sums = sums_of (day, agenda, kept_since);

  sum_is (day, sums.focus, sums.rows, number_of (report, "focus"), "agenda's focus");
  sum_is (day, sums.on_plan, sums.rows, number_of (report, "on_plan"), "agenda's time on plan");
  sum_is (day, sums.work, sums.rows, number_of (report, "work"), "agenda's work");
  for (gsize i = 0; i < G_N_ELEMENTS (outcomes); i++)
    {
      double count = 0;

      for (gsize k = 0; k < G_N_ELEMENTS (kinds); k++)
        count += number_of (json_object_get_object_member (counts, kinds[k]), outcomes[i]);
      if (g_str_equal (outcomes[i], "skipped") && count < sums.outcomes[i])
        count = MIN (sums.outcomes[i], count + sums.before);
      same (day, sums.outcomes[i], count, outcomes[i]);
    }
}

static void
log_and_report (LivedDay *day, JsonObject *log, JsonObject *report)
{
  JsonArray *days = json_object_get_array_member (log, "days");
  JsonObject *today = json_array_get_object_element (days, 0);

  same (day, number_of (today, "work"), number_of (report, "work"), "the log's work");
  same (day, number_of (today, "focus"), number_of (report, "focus"), "the log's focus");
}

static void
rows_and_report (LivedDay *day, JsonObject *report)
{
  static const char *const figures[] = { "focus", "planned", "on_plan", "off_plan", "unknown" };

  for (gsize i = 0; i < G_N_ELEMENTS (figures); i++)
    {
      g_autoptr (JsonNode) explained = answer (
          day, (const char *const[]){ "report", "today", "--explain", figures[i], "--json", NULL });
      JsonObject *object = json_node_get_object (explained);
      JsonArray *rows = json_object_get_array_member (object, "rows");
      double sum = 0;

      for (guint n = 0; n < json_array_get_length (rows); n++)
        sum += number_of (json_array_get_object_element (rows, n), "amount");
      sum_is (day, sum, json_array_get_length (rows), number_of (report, figures[i]), figures[i]);
    }
}

/* When what runs ends, and so the time that is left, by the engine and in the agenda. */
static void
ends_everywhere (LivedDay *day, const TrkDaemonStatus *status, JsonObject *row)
{
  TrkInstant extended = instant_of (row, "extended_to");
  TrkInstant end = extended != 0 ? extended : instant_of (row, "end");

  same (day, (double) (end - status->until) / TRK_SECOND, 0, "the end in the agenda");
}

/* What runs: its kept time by the engine, by the status, in the agenda and by why. */
static void
kept_everywhere (LivedDay *day, TrkStatusView *view, JsonNode *agenda)
{
  const TrkInstant now = lived_day_now (day);
  TrkDaemonStatus *status = lived_day_status (day);
  JsonObject *row = row_of (agenda, status->block_id);
  double told = (double) trk_now_told (status, now) / TRK_SECOND;

  g_clear_pointer (&view->daemon, trk_daemon_status_free);
  view->daemon = status;
  if (*status->title == '\0' || !trk_now_runs (status))
    return;
  same (day, (double) trk_status_view_kept (view) / TRK_SECOND, told,
        "kept, by tracker and the bar");
  if (*status->block_id == '\0')
    return;
  if (row == NULL)
    g_error ("what runs has no row, after:%s", lived_day_story (day));
  sum_is (day, number_of (row, "worked_seconds"), 1, told, "kept, by the agenda and the bar");
  if (g_str_equal (status->state, "running"))
    ends_everywhere (day, status, row);
}

static void
check (LivedDay *day)
{
  g_autoptr (TrkSession) session =
      trk_session_new (lived_day_now (day), lived_day_zone (day), stdout, stderr);
  g_auto (TrkStatusView) view = { 0 };
  g_autoptr (JsonNode) status = answer (day, (const char *const[]){ "status", "--json", NULL });
  g_autoptr (JsonNode) agenda = answer (day, (const char *const[]){ "agenda", "--json", NULL });
  g_autoptr (JsonNode) log = answer (day, (const char *const[]){ "log", "--json", NULL });
  g_autoptr (JsonNode) report =
      answer (day, (const char *const[]){ "report", "today", "--json", NULL });
  JsonObject *today = json_object_get_object_member (json_node_get_object (status), "today");

  g_assert_true (trk_status_view_load (&view, session, NULL));
  status_and_report (day, today, json_node_get_object (report));
  agenda_and_report (day, agenda, json_node_get_object (report), view.kept_since);
  log_and_report (day, json_node_get_object (log), json_node_get_object (report));
  rows_and_report (day, json_node_get_object (report));
  kept_everywhere (day, &view, agenda);
}

/* What random days have found, as their failure tells it. */
static const char *const found[] = {
  "minutes(20) meeting(0) seconds(5) delete(4)",
  "focus(2) seconds(20) meeting(38) minutes(2) delete(5)",
  "start(25) up(34) break-event(27) snooze(17) minutes(25)",
  "break(23) minutes(8) break(22)",
  "minutes(20) start-planned(2) delete(0) stop(1) undo(1)",
  "break-event(17) focus(26) shallow(38) extend(25) move(34) seconds(4) shutdown(37)",
  "start-planned(19) shutdown(22) discard(33) minutes(12) meeting(27) kill(14) log-remove(14) "
  "worked(32) shutdown(34)",
  "minutes(22) shutdown(18) up(36) log-add(10) worked(4)",
};

static void
do_named (LivedDay *day, const char *text)
{
  g_auto (GStrv) parts = g_strsplit_set (text, "()", 3);
  guint step = 0;

  while (step < lived_day_steps () && g_strcmp0 (lived_day_step_name (step), parts[0]) != 0)
    step++;
  g_assert_cmpuint (step, <, lived_day_steps ());
  lived_day_do (day, step, (guint) g_ascii_strtoull (parts[1], NULL, 10));
}

static void
test_found (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (found); i++)
    {
      g_autoptr (LivedDay) day = lived_day_new ();
      g_auto (GStrv) steps = g_strsplit (found[i], " ", -1);

      for (char **step = steps; *step != NULL; step++)
        {
          do_named (day, *step);
          check (day);
        }
    }
}

static void
do_all (LivedDay *day, const char *story)
{
  g_auto (GStrv) steps = g_strsplit (story, " ", -1);

  for (char **step = steps; *step != NULL; step++)
    do_named (day, *step);
  check (day);
}

/* What goes on without its event ends by its own time, also when a command about it was undone. */
static void
test_left_and_undone (void)
{
  static const char *const undone[] = { "stop(1) undo(1)", "pause(1) undo(1)",
                                        "pause(1) log-add(7)", "stop(1) minutes(2) undo(1)" };

  for (gsize i = 0; i < G_N_ELEMENTS (undone); i++)
    {
      g_autoptr (LivedDay) day = lived_day_new ();
      g_autoptr (TrkDaemonStatus) before = NULL;
      g_autoptr (TrkDaemonStatus) after = NULL;

      do_all (day, "minutes(20) start-planned(2) delete(0)");
      before = lived_day_status (day);
      g_assert_cmpstr (before->block_id, !=, "");
      do_all (day, undone[i]);
      after = lived_day_status (day);
      g_assert_cmpstr (after->block_id, ==, before->block_id);
      g_assert_cmpint (after->until, ==, before->until);
    }
}

/* How often what would be done has to do with the block, and is @what; NULL: anything. */
static guint
simulated (LivedDay *day, const char *block, const char *what)
{
  g_autoptr (JsonNode) node = answer (day, (const char *const[]){ "simulate", "--json", NULL });
  JsonArray *effects = json_node_get_array (node);
  guint count = 0;

  for (guint i = 0; i < json_array_get_length (effects); i++)
    {
      JsonObject *effect = json_array_get_object_element (effects, i);

      count +=
          g_strcmp0 (json_object_get_string_member_with_default (effect, "block", NULL), block) == 0
          && (what == NULL || g_str_equal (json_object_get_string_member (effect, "effect"), what));
    }
  return count;
}

/* The event that the block with @id has in the calendar. */
static void
assert_found (LivedDay *day, const char *id, const char *uid)
{
  g_autoptr (TrkSession) session =
      trk_session_new (lived_day_now (day), lived_day_zone (day), stdout, stderr);
  g_autoptr (GError) error = NULL;
  g_autoptr (TrkOccurrence) occurrence = trk_block_find (session, id, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (occurrence->uid, ==, uid);
}

/* What began keeps its ID in all that shows it; who says that hits the event, whatever its own is
 * meanwhile. */
static void
test_renamed (void)
{
  g_autoptr (LivedDay) day = lived_day_new ();

  do_named (day, "minutes(20)");
  assert_found (day, "work/e1", "e1");
  do_named (day, "rename(0)");
  assert_found (day, "work/e1", "e5");
  assert_found (day, "work/e5", "e5");
  check (day);
}

/* Of today it is told what the daemon will do: from now on, and of what is not over. */
static void
test_simulated_rest (void)
{
  g_autoptr (LivedDay) day = lived_day_new ();

  g_assert_cmpuint (simulated (day, "work/e1", "entry-open"), ==, 1);
  do_named (day, "minutes(20)");
  g_assert_cmpuint (simulated (day, "work/e1", "entry-open"), ==, 0);
  g_assert_cmpuint (simulated (day, "work/e1", "entry-close"), ==, 1);
  g_assert_cmpuint (simulated (day, "work/e4", "entry-open"), ==, 1);
  do_named (day, "skip(0)");
  g_assert_cmpuint (simulated (day, "work/e1", NULL), ==, 0);
  do_named (day, "minutes(41)");
  do_named (day, "snooze(0)");
  g_assert_cmpuint (simulated (day, "work/e4", "entry-open"), ==, 1);
}

/* What ran was kept until the daemon ended, and no longer: the next one begins it again. */
static void
test_simulated_unkept (void)
{
  static const char *const ends[] = { "kill(18)", "shutdown(18)" };

  for (gsize i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      g_autoptr (LivedDay) day = lived_day_new ();

      do_named (day, "minutes(20)");
      do_named (day, ends[i]);
      g_assert_cmpuint (simulated (day, "work/e1", "entry-open"), ==, 1);
      g_assert_cmpuint (simulated (day, "work/e1", "entry-close"), ==, 1);
    }
}

/* A random day; the seed is GTest's (--seed), which names it in its output. */
static void
test_random (void)
{
  guint days = g_getenv ("TRACKERD_UNDER_VALGRIND") != NULL ? 1 : 10;

  for (guint i = 0; i < days; i++)
    {
      g_autoptr (LivedDay) day = lived_day_new ();

      for (int n = g_test_rand_int_range (1, 25); n > 0; n--)
        {
          lived_day_do (day, (guint) g_test_rand_int_range (0, (int) lived_day_steps ()),
                        (guint) g_test_rand_int_range (0, 40));
          check (day);
        }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/figures-agree/found", test_found);
  g_test_add_func ("/figures-agree/left-and-undone", test_left_and_undone);
  g_test_add_func ("/figures-agree/renamed", test_renamed);
  g_test_add_func ("/figures-agree/simulated-rest", test_simulated_rest);
  g_test_add_func ("/figures-agree/simulated-unkept", test_simulated_unkept);
  g_test_add_func ("/figures-agree/random", test_random);
  return g_test_run ();
}
