/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-dispatch.h"

#include "trk-paths.h"
#include "trk-scratch.h"

#include <glib/gstdio.h>
#include <locale.h>
#include <string.h>

/* Whole commands at a fixed moment: Monday 23 November 2026, 14:10 in Berlin, no session bus. */

typedef struct
{
  char *dir;
  TrkZone *zone;
  TrkInstant now;
  char *out, *err; /* of the last command (owned) */
  int status;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->dir = g_dir_make_tmp ("trk-dispatch-XXXXXX", NULL);
  g_setenv ("HOME", fixture->dir, TRUE);
  g_setenv ("XDG_CONFIG_HOME", fixture->dir, TRUE);
  g_setenv ("XDG_DATA_HOME", fixture->dir, TRUE);
  g_setenv ("XDG_CACHE_HOME", fixture->dir, TRUE);
  g_setenv ("XDG_RUNTIME_DIR", fixture->dir, TRUE);
  g_setenv ("COLUMNS", "80", TRUE);
  g_unsetenv ("DBUS_SESSION_BUS_ADDRESS");
  fixture->zone = trk_zone_new ("Europe/Berlin", NULL);
  g_assert_true (trk_zone_parse (fixture->zone, "2026-11-23T14:10:00", &fixture->now, NULL));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  trk_scratch_remove (fixture->dir);
  g_free (fixture->dir);
  g_free (fixture->out);
  g_free (fixture->err);
  trk_zone_unref (fixture->zone);
}

/* Runs the command that @line spells, words divided by spaces ("_" stands for one inside). */
static const char *
run (Fixture *fixture, const char *line)
{
  g_auto (GStrv) words = g_strsplit (line, " ", -1);
  gsize out_length, err_length;
  TrkSession *session;
  FILE *out, *err;

  g_clear_pointer (&fixture->out, g_free);
  g_clear_pointer (&fixture->err, g_free);
  out = open_memstream (&fixture->out, &out_length);
  err = open_memstream (&fixture->err, &err_length);
  for (guint i = 0; words[i] != NULL; i++)
    g_strdelimit (words[i], "_", ' ');
  session = trk_session_new (fixture->now, fixture->zone, out, err);
  fixture->status = trk_dispatch (session, (const char *const *) words);
  trk_session_free (session);
  fclose (out);
  fclose (err);
  return fixture->out;
}

static void
check (Fixture *fixture, const char *line, const char *expected)
{
  g_assert_cmpstr (run (fixture, line), ==, expected);
  g_assert_cmpstr (fixture->err, ==, "");
  g_assert_cmpint (fixture->status, ==, 0);
}

static void
test_log (Fixture *fixture, gconstpointer data)
{
  run (fixture, "task add Middleware ~1h @acme");
  check (fixture, "log add 09:00-09:40 --task 1",
         "added 1: 09:00–09:40 (40 min) focus, Middleware — tracker undo takes it back\n");
  check (fixture, "log add 10:30 30m Code_review -k shallow --note with_Ana",
         "added 2: 10:30–11:00 (30 min) shallow, Code review — tracker undo takes it back\n");
  check (fixture, "log add yesterday 22:00-01:00 Late",
         "added 3: Sun 22 Nov 22:00–01:00 (3 h) focus, Late — tracker undo takes it back\n");
  check (fixture, "log",
         "Monday 23 November · 1 h 10 worked, 40 min focus\n"
         " 1  09:00–09:40  0:40  focus    Middleware   task 1 @acme · manual\n"
         " 2  10:30–11:00  0:30  shallow  Code review  manual\n");
  check (fixture, "log -2d",
         "Sunday 22 November · 3 h worked, 3 h focus\n"
         " 3  22:00–01:00  3:00  focus    Late         manual\n"
         "Monday 23 November · 1 h 10 worked, 40 min focus\n"
         " 1  09:00–09:40  0:40  focus    Middleware   task 1 @acme · manual\n"
         " 2  10:30–11:00  0:30  shallow  Code review  manual\n");
  check (fixture, "log edit @2 --end 11:10",
         "changed 2: 10:30–11:10 (40 min) shallow, Code review — tracker undo takes it back\n");
  run (fixture, "log add 14:00-14:11 Too_early");
  g_assert_cmpint (fixture->status, ==, 2);
  run (fixture, "log edit @2 --end 21:00");
  g_assert_nonnull (strstr (fixture->err, "10:30–21:00 on Mon 23 Nov is not over yet"));
  g_assert_cmpint (fixture->status, ==, 2);
}

/* What is refused or taken otherwise than it reads, and the words that say so. */
static void
test_words_of_help (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *line, *said;
    int status;
  } rows[] = {
    { "log add 04:30-04:10 X", "04:30–04:10 ends before it begins", 2 },
    { "log add 14:00-14:11 X", "is not over yet", 2 },
    { "log add 20:00-21:00 X", "20:00–21:00 on Mon 23 Nov is not over yet", 2 },
    { "log add 20:00 1h X", "If another day is meant, name it: yesterday 20:00–21:00.", 2 },
    { "log add yesterday 20:00–21:00 X", "", 0 },
    { "log add 01:30-02:30 X", "01:30–02:30 of today is not over yet; taken as last night's", 0 },
    { "agenda tomorow", "'tomorow' is not a day or period. Nearest: tomorrow", 2 },
    { "agenda nonsense", "is not a day or period: try today", 2 },
    { "report wek", "Nearest: week", 2 },
    { "report wek", "report takes day, week, month, sprint, focus or WHEN", 2 },
    { "report focsu", "'focsu' is no report. Nearest: focus", 2 },
    { "snooze soon", "snooze takes a length (5m) or a moment (until 10:20)", 2 },
    { "snooze until_soon", "'soon' is not a moment", 2 },
    { "task add x ~abc", "~abc is no estimate and stays in the title", 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      run (fixture, rows[i].line);
      g_test_message ("%s: %s", rows[i].line, fixture->err);
      g_assert_nonnull (strstr (fixture->err, rows[i].said));
      g_assert_cmpint (fixture->status, ==, rows[i].status);
    }
  run (fixture, "task add C++ and x~y");
  g_assert_cmpstr (fixture->err, ==, "");
}

static void
test_status (Fixture *fixture, gconstpointer data)
{
  run (fixture, "log add 09:00-10:30 A");
  run (fixture, "log add 11:15-12:00 B -k meeting");
  run (fixture, "log add 13:00-14:00 C");
  g_assert_nonnull (strstr (run (fixture, ""), "· Nobody is keeping time"));
  g_assert_nonnull (
      strstr (fixture->out, "systemctl --user start trackerd (without systemd: trackerd &)\n"));
  g_assert_nonnull (
      strstr (fixture->out,
              "  today  09 ▕███████████····▓▓▓▓▓▓······███████▏ 14   2 h 30 focus · 77 % share\n"));
  g_setenv ("COLUMNS", "40", TRUE);
  g_assert_nonnull (strstr (run (fixture, "status"), "▏ 14\n         2 h 30 focus · 77 % share\n"));
}

static void
test_sprint (Fixture *fixture, gconstpointer data)
{
  run (fixture, "task add A ~2p ~1h");
  run (fixture, "task add B ~3p --parent 1");
  check (fixture, "sprint start Billing --goal Invoices_leave",
         "started sprint 1: Billing, Mon 23 Nov – Fri 4 Dec (10 working days)\n");
  run (fixture, "sprint add 1 2");
  run (fixture, "task done 2");
  run (fixture, "log add 09:00-09:40 --task 1");
  check (fixture, "sprint",
         "Sprint 1  Billing · day 1 of 10, until Fri 4 Dec\n"
         "  goal    Invoices leave\n"
         "  tasks   1 of 2 done\n"
         "  points  3 of 5\n"
         "  time    0:40 in its days · ~1:00 estimated\n"
         "  ████████████········ 60 % of the points\n"
         "\n"
         " 1  ·  A    0:40 of 1:00  2 p\n"
         " 2  ✓    B                3 p\n");
  fixture->now += 13 * 24 * TRK_HOUR;
  g_assert_nonnull (strstr (run (fixture, "sprint"), "over since Fri 4 Dec; tracker sprint close"));
  run (fixture, "task add Late --sprint");
  g_assert_nonnull (strstr (run (fixture, "sprint"), "1 of 3 done · 1 added later"));
}

static void
test_history (Fixture *fixture, gconstpointer data)
{
  run (fixture, "task add it's_new");
  fixture->now += 26 * TRK_HOUR;
  run (fixture, "metric add coverage 83.2");
  run (fixture, "undo");
  check (fixture, "history",
         " 16:10             metric add coverage 83.2  undone\n"
         " Mon 23 Nov 14:10  task add 'it'\\''s new'    1 change\n");
  check (fixture, "history today", " 16:10  metric add coverage 83.2  undone\n");
  check (fixture, "history yesterday", " Mon 23 Nov 14:10  task add 'it'\\''s new'  1 change\n");
  check (fixture, "history 2026-11-22", "Nothing was changed on Sunday 22 November, 2 days ago.\n");
  run (fixture, "history it's");
  g_assert_cmpint (fixture->status, ==, 2);
  g_assert_cmpstr (fixture->err, ==,
                   "tracker: 'it's' is not a day or period: try today, yesterday, mon, 2026-11-23, "
                   "week, last month, -7d or 2026-11-01..2026-11-15; what was told of a block: "
                   "tracker history --why 'it'\\''s'\n");
}

static void
test_statuses (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *line;
    int status;
    const char *err;
  } rows[] = {
    { "--version", 0, "" },
    { "stop", 3, "tracker: nobody is keeping time (no session bus). " },
    { "stpo", 2, "tracker: 'stpo' is not a command. Nearest: stop\n" },
    { "task show 3", 4, "tracker: there is no task 3" },
    { "undo", 1, "tracker: nothing" },
    { "log never", 2, "tracker: " },
    { "log fill @1", 2, "tracker: log has no 'fill'; it is: tracker fill GAP --as WORD\n" },
    { "log fill", 2, "tracker: log has no 'fill'; it is: tracker fill GAP --as WORD\n" },
    { "log gaps week", 2, "tracker: log has no 'gaps'; it is: tracker gaps [WHEN]\n" },
    { "log undo", 2, "tracker: log has no 'undo'; it is: tracker undo [COUNT]\n" },
    { "agenda stop", 2, "tracker: agenda has no 'stop'; it is: tracker stop\n" },
    { "fill 1 --as worked", 4, "tracker: there is no gap 1; tracker gaps shows them\n" },
    { "stop now", 2, "tracker: stop: 'now' is one word too many: tracker stop\n" },
    { "metric add m", 2, "tracker: metric add needs more words: tracker metric add NAME VALUE\n" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      run (fixture, rows[i].line);
      g_assert_cmpint (fixture->status, ==, rows[i].status);
      g_assert_true (g_str_has_prefix (fixture->err, rows[i].err));
      g_assert_cmpint (*rows[i].err == '\0', ==, *fixture->err == '\0');
      g_assert_cmpint (fixture->status == 0, ==, *fixture->out != '\0');
    }
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/cli/dispatch/log", Fixture, NULL, set_up, test_log, tear_down);
  g_test_add ("/cli/dispatch/words-of-help", Fixture, NULL, set_up, test_words_of_help, tear_down);
  g_test_add ("/cli/dispatch/status", Fixture, NULL, set_up, test_status, tear_down);
  g_test_add ("/cli/dispatch/sprint", Fixture, NULL, set_up, test_sprint, tear_down);
  g_test_add ("/cli/dispatch/history", Fixture, NULL, set_up, test_history, tear_down);
  g_test_add ("/cli/dispatch/statuses", Fixture, NULL, set_up, test_statuses, tear_down);
  return g_test_run ();
}
