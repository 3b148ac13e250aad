/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The shipped history loads on any day and in any zone, breaks no rule of the log, and holds
 * nothing that has not happened yet. */

#include "trk-demo-history.h"
#include "trk-demo-home.h"
#include "trk-figures.h"

#include <string.h>

static const struct
{
  const char *zone, *now;
} moments[] = {
  { "Europe/Berlin", "2026-11-23T03:30:00Z" }, /* Monday, soon after the day began */
  { "Europe/Berlin", "2026-11-25T12:00:00Z" }, /* Wednesday noon */
  { "Europe/Berlin", "2026-11-22T02:00:00Z" }, /* Sunday before dawn: still Saturday */
  { "Europe/Berlin", "2026-10-25T00:30:00Z" }, /* the doubled hour */
  { "Europe/Berlin", "2026-03-29T01:00:00Z" }, /* just after the gap */
  { "America/New_York", "2026-11-28T23:59:59Z" },
  { "Australia/Lord_Howe", "2026-04-04T15:10:00Z" },
  { "Pacific/Kiritimati", "2026-12-31T10:00:00Z" },
  { "UTC", "2028-02-29T18:00:00Z" },
};

static TrkStore *
load (const TrkAlmanac *almanac, TrkInstant now)
{
  g_autoptr (GError) error = NULL;
  TrkStore *store = trk_store_open (NULL, TRK_STORE_MEMORY, &error);

  g_assert_no_error (error);
  trk_demo_load (store, "history.tsv", almanac, now, &error);
  g_assert_no_error (error);
  trk_demo_load (store, "today.tsv", almanac, now, &error);
  g_assert_no_error (error);
  return store;
}

static void
assert_past (TrkStore *store, TrkInstant now)
{
  g_autoptr (GPtrArray) entries = trk_store_entries (store, (TrkPeriod){ 0, TRK_NEVER }, NULL);
  g_autoptr (GPtrArray) tasks = trk_store_tasks (store, NULL);
  guint done = 0, open = 0;

  g_assert_cmpuint (entries->len, >, 400);
  for (guint i = 0; i < entries->len; i++)
    g_assert_cmpint (((TrkEntry *) entries->pdata[i])->period.end, <=, now);
  for (guint i = 0; i < tasks->len; i++)
    {
      const TrkTask *task = tasks->pdata[i];

      g_assert_cmpint (task->completed, <=, now);
      g_assert_cmpint (task->created, <=, now);
      done += task->state == TRK_TASK_COMPLETED;
      open += trk_task_is_open (task);
    }
  g_assert_cmpuint (done, >, 25);
  g_assert_cmpuint (open, >, 0);
}

static void
test_any_day (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (moments); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (TrkZone) zone = trk_zone_new (moments[i].zone, &error);
      TrkAlmanac almanac = { zone, TRK_DEFAULT_START_OF_DAY, 1 };
      g_autoptr (TrkStore) store = NULL;
      g_autoptr (TrkSprint) sprint = NULL;
      TrkInstant now = 0;

      g_assert_no_error (error);
      g_assert_true (trk_instant_from_iso (moments[i].now, &now, NULL));
      store = load (&almanac, now);
      trk_store_check (store, &error);
      g_assert_no_error (error);
      assert_past (store, now);
      sprint = trk_store_current_sprint (store, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (sprint->name, ==, "Sprint 24");
    }
}

/* The four weeks before this one are full: reports have something to compare with. */
static void
test_weeks_are_full (void)
{
  g_autoptr (TrkZone) zone = trk_zone_new ("Europe/Berlin", NULL);
  TrkAlmanac almanac = { zone, TRK_DEFAULT_START_OF_DAY, 1 };
  g_autoptr (TrkStore) store = NULL;
  g_autoptr (GPtrArray) entries = NULL, blocks = NULL;
  TrkInstant now = 0;
  TrkDay monday;

  g_assert_true (trk_instant_from_iso ("2026-11-26T12:00:00Z", &now, NULL));
  store = load (&almanac, now);
  entries = trk_store_entries (store, (TrkPeriod){ 0, TRK_NEVER }, NULL);
  blocks = trk_store_blocks (store, (TrkPeriod){ 0, TRK_NEVER }, NULL);
  monday = trk_almanac_week_first (&almanac, trk_almanac_day (&almanac, now));
  for (int week = 1; week <= 4; week++)
    {
      TrkFigureInput input = { .period = trk_almanac_days_period (&almanac, monday - 7 * week,
                                                                  monday - 7 * week + 6),
                               .now = now,
                               .almanac = almanac,
                               .entries = entries,
                               .blocks = blocks };
      g_autoptr (TrkFigures) figures = trk_figures_new (&input);

      g_assert_cmpint (figures->time[TRK_TIME_PLANNED], ==, 22 * TRK_HOUR + 30 * TRK_MINUTE);
      g_assert_cmpint (figures->time[TRK_TIME_FOCUS], >, 12 * TRK_HOUR);
      g_assert_cmpint (figures->time[TRK_TIME_ON_PLAN], <=, figures->time[TRK_TIME_PLANNED]);
    }
}

static void
test_malformed (void)
{
  static const char *const rows[] = {
    "entry\tnoon\tnow 1\tfocus\t-\t0\tobserved\tback\tstop\tx",
    "entry\tnow -9\tnow -8\tfocsu\t-\t0\tobserved\tback\tstop\tx",
    "gap\tnow -9\tnow -8\taway",
    "unheard-of\t1",
  };
  g_autofree char *dir = g_dir_make_tmp ("demo-XXXXXX", NULL);
  g_autofree char *folder = g_build_filename (dir, "demo", NULL);
  g_autofree char *path = g_build_filename (folder, "bad.tsv", NULL);
  g_autoptr (TrkZone) zone = trk_zone_new_utc ();
  TrkAlmanac almanac = { zone, TRK_DEFAULT_START_OF_DAY, 1 };
  const char *before = g_getenv ("TRACKERD_DATA_DIR");
  g_autofree char *kept = g_strdup (before);

  g_mkdir_with_parents (folder, 0700);
  g_setenv ("TRACKERD_DATA_DIR", dir, TRUE);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = g_strconcat ("# a line\n", rows[i], "\n", NULL);
      g_autoptr (TrkStore) store = trk_store_open (NULL, TRK_STORE_MEMORY, NULL);
      g_autoptr (GError) error = NULL;

      g_assert_true (g_file_set_contents (path, text, -1, NULL));
      g_assert_false (trk_demo_load (store, "bad.tsv", &almanac, TRK_HOUR, &error));
      g_assert_nonnull (strstr (error->message, "bad.tsv:2: "));
    }
  if (kept != NULL)
    g_setenv ("TRACKERD_DATA_DIR", kept, TRUE);
  else
    g_unsetenv ("TRACKERD_DATA_DIR");
  g_assert_cmpint (remove (path), ==, 0);
  g_assert_cmpint (remove (folder), ==, 0);
  g_assert_cmpint (remove (dir), ==, 0);
}

static void
test_move_calendar (void)
{
  g_autofree char *moved = trk_demo_move_calendar ("BEGIN:VEVENT\r\nDTSTART:20260105T235959Z\r\n"
                                                   "SUMMARY:20260105T1200\r\nTRIGGER:-PT5S\r\n",
                                                   TRK_SECOND);

  g_assert_cmpstr (moved, ==,
                   "BEGIN:VEVENT\r\nDTSTART:20260106T000000Z\r\n"
                   "SUMMARY:20260105T1200\r\nTRIGGER:-PT5S\r\n");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/demo/any-day", test_any_day);
  g_test_add_func ("/demo/weeks-are-full", test_weeks_are_full);
  g_test_add_func ("/demo/malformed", test_malformed);
  g_test_add_func ("/demo/move-calendar", test_move_calendar);
  return g_test_run ();
}
