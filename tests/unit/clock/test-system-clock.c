/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-system-clock.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

typedef struct
{
  TrkClock *clock;
  guint fired;
  TrkInstant fired_at;
  guint jumps;
} Fixture;

static gboolean
on_alarm (gpointer data)
{
  Fixture *fixture = data;

  fixture->fired++;
  fixture->fired_at = trk_clock_now (fixture->clock);
  return G_SOURCE_CONTINUE; /* is ignored: it fires once all the same */
}

static gboolean
on_wrong_alarm (gpointer data)
{
  g_assert_not_reached ();
}

static void
on_jump (Fixture *fixture)
{
  fixture->jumps++;
}

static void
watch_jumps (Fixture *fixture)
{
  g_signal_connect_swapped (fixture->clock, "jumped", G_CALLBACK (on_jump), fixture);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->clock = trk_system_clock_new (FALSE);
  watch_jumps (fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->clock);
}

static gboolean
on_time_over (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_CONTINUE;
}

/* Runs the main loop until @count is reached; a test that hangs fails after a generous minute. */
static void
run_until (const guint *count, guint wanted)
{
  gboolean over = FALSE;
  guint limit = g_timeout_add_seconds (60, on_time_over, &over);

  while (*count < wanted && !over)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (limit);
  g_assert_cmpuint (*count, ==, wanted);
}

/* What is ready now and in the next moment, without waiting for more. */
static void
run_for (guint milliseconds)
{
  gboolean over = FALSE;
  guint limit = g_timeout_add (milliseconds, on_time_over, &over);

  while (!over)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (limit);
}

static void
test_fires_at_its_instant (Fixture *fixture, gconstpointer data)
{
  TrkInstant at = trk_clock_now (fixture->clock) + 50 * TRK_SECOND / 1000;

  trk_clock_arm (fixture->clock, at, on_alarm, fixture);
  run_until (&fixture->fired, 1);
  g_assert_cmpint (fixture->fired_at, >=, at);
  run_for (20);
  g_assert_cmpuint (fixture->fired, ==, 1);
}

static void
test_past_fires_at_once (Fixture *fixture, gconstpointer data)
{
  static const TrkInstant past[] = { G_MININT64, -1, 0, 1, 1000000 };

  for (guint i = 0; i < G_N_ELEMENTS (past); i++)
    {
      trk_clock_arm (fixture->clock, past[i], on_alarm, fixture);
      g_assert_cmpuint (fixture->fired, ==, i); /* not before the main loop runs */
      run_until (&fixture->fired, i + 1);
    }
}

static void
test_arming_replaces (Fixture *fixture, gconstpointer data)
{
  TrkInstant now = trk_clock_now (fixture->clock);

  trk_clock_arm (fixture->clock, now + TRK_SECOND / 100, on_wrong_alarm, fixture);
  trk_clock_arm (fixture->clock, now + TRK_SECOND / 20, on_alarm, fixture);
  run_until (&fixture->fired, 1);
  trk_clock_arm (fixture->clock, now, on_wrong_alarm, fixture);
  g_usleep (1000); /* it is due by now, and still can be taken back */
  trk_clock_arm (fixture->clock, TRK_NEVER, on_wrong_alarm, fixture);
  run_for (50);
  trk_clock_arm (fixture->clock, TRK_NEVER - 1, on_wrong_alarm, fixture);
  run_for (10);
}

static gboolean
on_alarm_that_rearms (gpointer data)
{
  Fixture *fixture = data;

  if (++fixture->fired < 5)
    trk_clock_arm (fixture->clock, trk_clock_now (fixture->clock), on_alarm_that_rearms, fixture);
  return G_SOURCE_REMOVE;
}

static void
test_rearmed_inside (Fixture *fixture, gconstpointer data)
{
  trk_clock_arm (fixture->clock, 0, on_alarm_that_rearms, fixture);
  run_until (&fixture->fired, 5);
}

static gboolean
on_alarm_that_frees (gpointer data)
{
  Fixture *fixture = data;

  fixture->fired++;
  g_clear_object (&fixture->clock);
  return G_SOURCE_REMOVE;
}

static void
test_freed_inside (Fixture *fixture, gconstpointer data)
{
  trk_clock_arm (fixture->clock, 0, on_alarm_that_frees, fixture);
  run_until (&fixture->fired, 1);
  fixture->clock = trk_system_clock_new (FALSE); /* freed while it is armed */
  trk_clock_arm (fixture->clock, 0, on_wrong_alarm, fixture);
  g_clear_object (&fixture->clock);
  run_for (10);
}

static guint
count_open_files (void)
{
  g_autoptr (GDir) dir = g_dir_open ("/proc/self/fd", 0, NULL);
  guint count = 0;

  while (g_dir_read_name (dir) != NULL)
    count++;
  return count;
}

/* A program that only asks the time opens nothing; a thousand arms open one file. */
static void
test_opens_little (Fixture *fixture, gconstpointer data)
{
  guint before = count_open_files ();

  g_assert_cmpint (trk_clock_now (fixture->clock), >, 0);
  g_assert_nonnull (trk_clock_zone (fixture->clock));
  g_assert_cmpuint (count_open_files (), ==, before);
  for (int i = 0; i < 1000; i++)
    trk_clock_arm (fixture->clock, TRK_NEVER, on_wrong_alarm, fixture);
  g_assert_cmpuint (count_open_files (), ==, before + 1);
}

static void
test_no_jump_without_reason (Fixture *fixture, gconstpointer data)
{
  TrkPeriod asleep;

  trk_clock_arm (fixture->clock, trk_clock_now (fixture->clock) + TRK_SECOND / 20, on_alarm,
                 fixture);
  run_until (&fixture->fired, 1);
  g_assert_cmpuint (fixture->jumps, ==, 0);
  g_assert_false (trk_clock_take_sleep (fixture->clock, &asleep));
}

/* A zone in a folder of our own, watched by the path in TZ: replaced by rename, by a link, written
 * in place, taken away, turned to garbage. */
typedef struct
{
  Fixture base;
  char *dir;
  char *path;
} ZoneFixture;

static void
replace_with_copy (ZoneFixture *fixture, const char *source)
{
  g_autofree char *bytes = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (source, &bytes, &length, NULL));
  g_assert_true (g_file_set_contents (fixture->path, bytes, (gssize) length, NULL));
}

static void
replace_with_link (ZoneFixture *fixture, const char *target)
{
  g_autofree char *beside = g_strconcat (fixture->path, ".new", NULL);

  g_assert_cmpint (symlink (target, beside), ==, 0);
  g_assert_cmpint (g_rename (beside, fixture->path), ==, 0);
}

static void
set_up_zone (ZoneFixture *fixture, gconstpointer data)
{
  fixture->dir = g_dir_make_tmp ("trk-clock-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->dir, "localtime", NULL);
  replace_with_link (fixture, "/usr/share/zoneinfo/Europe/Berlin");
  g_setenv ("TZ", fixture->path, TRUE);
  fixture->base.clock = trk_system_clock_new (TRUE);
  watch_jumps (&fixture->base);
}

static void
tear_down_zone (ZoneFixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->base.clock);
  g_unsetenv ("TZ");
  g_remove (fixture->path);
  g_assert_cmpint (g_rmdir (fixture->dir), ==, 0);
  g_free (fixture->path);
  g_free (fixture->dir);
}

static int
hour_at_epoch (ZoneFixture *fixture)
{
  return (int) (trk_zone_local (trk_clock_zone (fixture->base.clock), 0).time / TRK_HOUR);
}

static void
test_zone_changes (ZoneFixture *fixture, gconstpointer data)
{
  g_assert_cmpstr (trk_zone_id (trk_clock_zone (fixture->base.clock)), ==, "Europe/Berlin");
  g_assert_cmpint (hour_at_epoch (fixture), ==, 1);

  replace_with_link (fixture, "/usr/share/zoneinfo/Asia/Tokyo");
  run_until (&fixture->base.jumps, 1);
  g_assert_cmpstr (trk_zone_id (trk_clock_zone (fixture->base.clock)), ==, "Asia/Tokyo");

  replace_with_copy (fixture, "/usr/share/zoneinfo/Europe/Helsinki");
  run_until (&fixture->base.jumps, 2);
  g_assert_cmpint (hour_at_epoch (fixture), ==, 2);
  run_for (500); /* the events of one change are told once */
  g_assert_cmpuint (fixture->base.jumps, ==, 2);
}

static void
test_zone_is_kept (ZoneFixture *fixture, gconstpointer data)
{
  g_assert_cmpint (hour_at_epoch (fixture), ==, 1);
  g_assert_true (g_file_set_contents (fixture->path, "garbage", -1, NULL));
  run_for (600);
  g_assert_cmpint (hour_at_epoch (fixture), ==, 1);
  g_assert_cmpint (g_remove (fixture->path), ==, 0);
  run_for (600);
  g_assert_cmpint (hour_at_epoch (fixture), ==, 1);
  replace_with_link (fixture, "/usr/share/zoneinfo/Asia/Tokyo");
  run_until (&fixture->base.jumps, 1);
  g_assert_cmpint (hour_at_epoch (fixture), ==, 9);
}

#define ADD(name, function)                                                                        \
  g_test_add ("/system-clock/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("fires-at-its-instant", test_fires_at_its_instant);
  ADD ("past-fires-at-once", test_past_fires_at_once);
  ADD ("arming-replaces", test_arming_replaces);
  ADD ("rearmed-inside", test_rearmed_inside);
  ADD ("freed-inside", test_freed_inside);
  ADD ("opens-little", test_opens_little);
  ADD ("no-jump-without-reason", test_no_jump_without_reason);
  g_test_add ("/system-clock/zone-changes", ZoneFixture, NULL, set_up_zone, test_zone_changes,
              tear_down_zone);
  g_test_add ("/system-clock/zone-is-kept", ZoneFixture, NULL, set_up_zone, test_zone_is_kept,
              tear_down_zone);
  return g_test_run ();
}
