/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config-fixture.h"
#include "trk-config-keys.h"
#include "trk-config-last.h"
#include "trk-config-read.h"
#include "trk-config.h"
#include "trk-error.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

static TrkConfig *
read_text (const char *text, GError **error)
{
  return trk_config_read (text, strlen (text), "/etc/xdg/trackerd.conf", error);
}

static const char everything[] =
    "# mine\n"
    "[trackerd]\n"
    "start_of_day = 05:30\r\n"
    "week_start=sun\n"
    "  me = a@example.org; B@example.org\n"
    "focus_goal = 4h\n"
    "precedence = meeting; off\n"
    "snooze = 7m\n"
    "extend = 20m\n"
    "break = 12m\n"
    "late = 15m\n"
    "smallest_piece = off\n"
    "overtime_every = 30m\n"
    "natural_break = 20m\n"
    "postpones = 2\n"
    "work_limit = 8h\n"
    "day_end = yes\n"
    "hook_limit = 30s\n"
    "\n"
    "[calendar work]\n"
    "path = ~/cal/work.ics\n"
    "kind = meeting\n"
    "writable = yes\n"
    "[calendar At home]\n"
    "path = home\n"
    "[calendar team]\n"
    "url = webcal://h.example/t\n"
    "every = 15m\n"
    "user = ada\n"
    "password_file = secret\n"
    "ca_file = /etc/ca.pem\n"
    "; rules\n"
    "[rule reviews]\n"
    "calendar = work\n"
    "category = Review = Code\n"
    "summary = \\breview\\b\n"
    "location = ^Room \\d+$\n"
    "attendee = boss@example.org\n"
    "min_attendees = 3\n"
    "kind = shallow\n"
    "[rule noise]\n"
    "kind = ignore\n"
    "[policy focus]\n"
    "lead = 10m\n"
    "ending = off\n"
    "notify_start = no\n"
    "notify_end = false\n"
    "auto_start = off\n"
    "away_pauses = 0\n"
    "away_limit = 10m\n"
    "remind_every = 4m\n"
    "remind_times = 2\n"
    "do_not_disturb = yes\n"
    "unmissable = yes\n"
    "strict = yes\n"
    "[guard]\n"
    "programs = steam; org.telegram.desktop, \tD\xc3\xa9j\xc3\xa0 vu ;;\n"
    "allow = 7m\n";

static void
test_everything (ConfigFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TrkConfig) config = read_text (everything, &error);
  g_autofree char *work = g_build_filename (fixture->dir, "cal", "work.ics", NULL);
  const TrkCalendar *team;
  const TrkRule *rule;
  const TrkPolicy *focus;

  g_assert_no_error (error);
  g_assert_cmpuint (config->warnings->len, ==, 0);
  g_assert_cmpint (config->start_of_day, ==, 330 * TRK_MINUTE);
  g_assert_cmpint (config->week_start, ==, 7);
  g_assert_cmpuint (g_strv_length (config->me), ==, 2);
  g_assert_cmpstr (config->me[1], ==, "B@example.org");
  g_assert_cmpint (config->focus_goal, ==, 4 * TRK_HOUR);
  g_assert_cmpint (config->policies.precedence[0], ==, TRK_KIND_MEETING);
  g_assert_cmpint (config->policies.precedence[1], ==, TRK_KIND_OFF);
  g_assert_cmpint (config->policies.precedence[2], ==, TRK_KIND_BREAK);
  g_assert_cmpint (config->policies.precedence[5], ==, TRK_KIND_ROUTINE);
  g_assert_cmpint (config->policies.snooze, ==, 7 * TRK_MINUTE);
  g_assert_cmpint (config->policies.extend, ==, 20 * TRK_MINUTE);
  g_assert_cmpint (config->policies.take_break, ==, 12 * TRK_MINUTE);
  g_assert_cmpint (config->policies.late, ==, 15 * TRK_MINUTE);
  g_assert_cmpint (config->policies.smallest_piece, ==, 0);
  g_assert_cmpint (config->policies.overtime_every, ==, 30 * TRK_MINUTE);
  g_assert_cmpint (config->policies.natural_break, ==, 20 * TRK_MINUTE);
  g_assert_cmpuint (config->policies.postpones, ==, 2);
  g_assert_cmpint (config->policies.work_limit, ==, 8 * TRK_HOUR);
  g_assert_true (config->policies.day_end);
  g_assert_cmpint (config->hook_limit, ==, 30 * TRK_SECOND);

  g_assert_cmpuint (config->calendars->len, ==, 3);
  g_assert_cmpstr (trk_config_calendar (config, "work")->path, ==, work);
  g_assert_true (trk_config_calendar (config, "work")->has_kind);
  g_assert_true (trk_config_calendar (config, "work")->writable);
  g_assert_false (trk_config_calendar (config, "At home")->writable);
  g_assert_cmpint (trk_config_calendar (config, "work")->kind, ==, TRK_KIND_MEETING);
  g_assert_cmpstr (trk_config_calendar (config, "At home")->path, ==, "/etc/xdg/home");
  g_assert_false (trk_config_calendar (config, "At home")->has_kind);
  g_assert_null (trk_config_calendar (config, "nothing"));
  team = trk_config_calendar (config, "team");
  g_assert_cmpstr (team->url, ==, "https://h.example/t");
  g_assert_true (g_str_has_suffix (team->path, ".ics"));
  g_assert_cmpint (team->every, ==, 15 * TRK_MINUTE);
  g_assert_cmpstr (team->user, ==, "ada");
  g_assert_cmpstr (team->password_file, ==, "/etc/xdg/secret");
  g_assert_cmpstr (team->ca_file, ==, "/etc/ca.pem");

  g_assert_cmpuint (config->rules->len, ==, 2);
  rule = config->rules->pdata[0];
  g_assert_cmpstr (rule->name, ==, "reviews");
  g_assert_cmpstr (rule->calendar, ==, "work");
  g_assert_cmpstr (rule->category, ==, "Review = Code");
  g_assert_true (g_regex_match (rule->summary, "Code REVIEW today", 0, NULL));
  g_assert_false (g_regex_match (rule->summary, "previews", 0, NULL));
  g_assert_true (g_regex_match (rule->location, "room 12", 0, NULL));
  g_assert_cmpstr (rule->attendee, ==, "boss@example.org");
  g_assert_cmpuint (rule->min_attendees, ==, 3);
  g_assert_cmpint (rule->kind, ==, TRK_KIND_SHALLOW);
  g_assert_false (rule->ignore);
  g_assert_true (((TrkRule *) config->rules->pdata[1])->ignore);

  focus = &config->policies.of[TRK_KIND_FOCUS];
  g_assert_cmpint (focus->lead, ==, 10 * TRK_MINUTE);
  g_assert_cmpint (focus->ending, ==, 0);
  g_assert_false (focus->notify_start || focus->notify_end || focus->auto_start);
  g_assert_false (focus->away_pauses);
  g_assert_cmpint (focus->away_limit, ==, 10 * TRK_MINUTE);
  g_assert_cmpint (focus->remind_every, ==, 4 * TRK_MINUTE);
  g_assert_cmpuint (focus->remind_times, ==, 2);
  g_assert_true (focus->do_not_disturb);
  g_assert_true (focus->unmissable);
  g_assert_true (focus->strict);
}

/* The test above names every key that there is. */
static void
test_no_key_is_forgotten (ConfigFixture *fixture, gconstpointer data)
{
  for (gsize i = 0; i < trk_config_n_keys; i++)
    {
      g_autofree char *pattern = g_strdup_printf ("^ *%s ?=", trk_config_keys[i].name);

      g_test_message ("%s", trk_config_keys[i].name);
      g_assert_true (g_regex_match_simple (pattern, everything, G_REGEX_MULTILINE, 0));
    }
}

static void
test_errors (ConfigFixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *text;
    const char *said; /* parts of the message, parted by "|" */
  } rows[] = {
    { "[trackerd]\nstart_of_day = 25:00\n", "trackerd.conf:2: start_of_day = 25:00|time of day" },
    { "[trackerd]\nstart_of_day = 4:5\n", ":2:|time of day" },
    { "[trackerd]\nstart_of_day = 24:00\n", ":2:|time of day" },
    { "[trackerd]\nstart_of_day = 04:60\n", ":2:|time of day" },
    { "[trackerd]\nstart_of_day = 004:00\n", ":2:|time of day" },
    { "[trackerd]\nhook_limit = 0.5s\n", ":2:|from 1s" },
    { "[trackerd]\nhook_limit = 601s\n", ":2:|to 10m" },
    { "[trackerd]\nme = me@\n", ":2:|e-mail" },
    { "[trackerd]\nme = @example.org\n", ":2:|e-mail" },
    { "[trackerd]]\n", ":1:|[section]" },
    { "[trackerd]\nweek_start = m\n", ":2:|weekday" },
    { "[trackerd]\n\n\nme = me\n", ":4:|e-mail" },
    { "[trackerd]\nfocus_goal = lots\n", ":2:|length of time" },
    { "[trackerd]\nsnooze = 0\n", ":2:|length of time" },
    { "[trackerd]\nprecedence = off; off\n", ":2:|each once" },
    { "[trackerd]\nprecedence = off; work\n", ":2:|kinds" },
    { "[trackerd]\nprecedence =\n", ":2:|kinds" },
    { "[trackerd x]\n", ":1:|write [trackerd]" },
    { "snooze = 5m\n", ":1:|before the first section" },
    { "[calendar]\npath = x\n", ":1:|name" },
    { "[calendar a/b]\npath = x\n", ":1:|name" },
    { "[calendar a]\nkind = focus\n\n[trackerd]\n", ":1: [calendar a] has no 'path'" },
    { "[calendar a]\npath = x\n[calendar a]\npath = y\n", ":3:|second" },
    { "[calendar a]\npath = x\nkind = ignore\n", ":3:|kind" },
    { "[calendar a]\npath =\n", ":2:|file or folder" },
    { "[calendar a]\npath = x\nurl = https://h/\n", ":1:|one of them" },
    { "[calendar a]\nurl = http://h/\n", ":2:|https://" },
    { "[calendar a]\nurl = https://me:hush@h/\n", ":2:|without a user or password" },
    { "[calendar a]\nurl = https://h/\nevery = 4m\n", ":3:|5m" },
    { "[rule r]\nsummary = x\n", ":1: [rule r] has no 'kind'" },
    { "[rule r]\nkind = deep\n", ":2: kind = deep|ignore, or a kind" },
    { "[rule r]\nkind = focus\nsummary = (\n", ":3: summary = (|regular expression" },
    { "[rule r]\nkind = focus\nmin_attendees = -1\n", ":3:|number" },
    { "[rule r]\nkind = focus\n[rule r]\nkind = off\n", ":3:|second" },
    { "[rule r]\nkind = focus\nmin_attendees = 1001\n", ":3:|number" },
    { "[rule r]\nkind = focus\ncalendar =\n", ":3:|some text" },
    { "[policy work]\n", ":1: [policy work]|kind" },
    { "[policy]\n", ":1:|name" },
    { "[policy focus]\nnotify_start = maybe\n", ":2:|yes or no" },
    { "[policy focus]\nremind_times = 5000\n", ":2:|number" },
    { "[guard x]\n", ":1: [guard x]|write [guard]" },
    { "[guard]\nprograms = steam; /usr/bin/steam\n", ":2: programs|without a path" },
    { "[guard]\nallow = 0\n", ":2:|length of time" },
    { "[trackerd]\nfoo\n", ":2: 'foo'|key = value" },
    { "[trackerd\n", ":1:|[section]" },
    { "[]\n", ":1:" },
    { "[trackerd]\n= 5\n", ":2:" },
    { "[trackerd]\nlate = \xff\n", ":2:|UTF-8" },
    { "[trackerd]\nlate = \033[2J%s%n\n", ":2: late = [2J%s%n" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_auto (GStrv) parts = g_strsplit (rows[i].said, "|", -1);

      g_assert_null (read_text (rows[i].text, &error));
      g_assert_error (error, TRK_ERROR, TRK_ERROR_INVALID);
      g_test_message ("%s", error->message);
      for (char **part = parts; *part != NULL; part++)
        g_assert_nonnull (strstr (error->message, *part));
      g_assert_null (strchr (error->message, '\033'));
    }
}

/* The last values that are taken. */
static void
test_bounds (ConfigFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TrkConfig) least = read_text ("[trackerd]\nstart_of_day = 0\nhook_limit = 1s\n"
                                           "[calendar a]\nurl = https://h/\nevery = 5m\n",
                                           &error);
  g_autoptr (TrkConfig) most = read_text ("[trackerd]\nstart_of_day = 23:59\nhook_limit = 10m\n"
                                          "[rule r]\nkind = focus\nmin_attendees = 1000\n",
                                          &error);

  g_assert_no_error (error);
  g_assert_cmpint (least->start_of_day, ==, 0);
  g_assert_cmpint (least->hook_limit, ==, TRK_SECOND);
  g_assert_cmpint (trk_config_calendar (least, "a")->every, ==, 5 * TRK_MINUTE);
  g_assert_cmpint (most->start_of_day, ==, 24 * TRK_HOUR - TRK_MINUTE);
  g_assert_cmpint (most->hook_limit, ==, 10 * TRK_MINUTE);
  g_assert_cmpuint (((TrkRule *) most->rules->pdata[0])->min_attendees, ==, 1000);
}

static void
test_warnings (ConfigFixture *fixture, gconstpointer data)
{
  static const char text[] = "[trackerd]\n"
                             "snoose = 5m\n"
                             "qqqqqqqqqq = 1\n"
                             "late = 5m\n"
                             "late = 6m\n"
                             "[calender work]\n"
                             "path = x\n"
                             "[future stuff]\n"
                             "[policy off]\n"
                             "lead_time = 1\n";
  static const char *const said[] = {
    ":2: unknown key 'snoose' in [trackerd] is passed over; nearest: snooze",
    ":3: unknown key 'qqqqqqqqqq' in [trackerd] is passed over",
    ":5: 'late' stands twice in [trackerd]; the later one holds",
    ":6: unknown section [calender work] is passed over; nearest: [calendar]",
    ":8: unknown section [future stuff] is passed over; there are [trackerd], [calendar NAME], "
    "[rule NAME], [policy KIND] and [guard]",
    ":10: unknown key 'lead_time' in [policy off] is passed over"
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (TrkConfig) config = read_text (text, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (config->warnings->len, ==, G_N_ELEMENTS (said));
  for (guint i = 0; i < config->warnings->len; i++)
    g_assert_true (g_str_has_suffix (config->warnings->pdata[i], said[i]));
  g_assert_cmpint (config->policies.late, ==, 6 * TRK_MINUTE);
  g_assert_cmpuint (config->calendars->len, ==, 0);
}

static void
test_files (ConfigFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TrkConfig) none = trk_config_load (fixture->path, &error);
  g_autoptr (TrkConfig) below = NULL;
  g_autoptr (TrkConfig) full = NULL;
  g_autofree char *inside = NULL;
  g_autofree char *large = NULL;
  TrkConfig *config;

  g_assert_no_error (error);
  g_assert_cmpint (none->start_of_day, ==, 4 * TRK_HOUR);
  g_assert_cmpint (none->focus_goal, ==, 0);
  g_assert_nonnull (none->me);
  g_assert_null (none->me[0]);

  config_write (fixture, "");
  inside = g_build_filename (fixture->path, "trackerd.conf", NULL); /* a file is no folder */
  below = trk_config_load (inside, &error);
  g_assert_no_error (error);
  g_assert_nonnull (below);

  large = g_strnfill (1024 * 1024 + 1, '#');
  config_write (fixture, large);
  g_assert_null (trk_config_load (fixture->path, &error));
  g_assert_error (error, TRK_ERROR, TRK_ERROR_INVALID);
  g_clear_error (&error);
  config_write (fixture, large + 1);
  full = trk_config_load (fixture->path, &error);
  g_assert_no_error (error);
  g_assert_nonnull (full);

  g_assert_null (trk_config_load (fixture->dir, &error)); /* a folder */
  g_assert_error (error, TRK_ERROR, TRK_ERROR_INVALID);
  g_clear_error (&error);

  config_write (fixture, "");
  g_remove (fixture->path);
  g_assert_cmpint (mkfifo (fixture->path, 0600), ==, 0); /* would wait for ever */
  g_assert_null (trk_config_load (fixture->path, &error));
  g_assert_error (error, TRK_ERROR, TRK_ERROR_INVALID);
  g_clear_error (&error);
  g_remove (fixture->path);

  g_assert_null (trk_config_read ("[trackerd]\0x", 12, "/x/y", &error));
  g_assert_error (error, TRK_ERROR, TRK_ERROR_INVALID);
  g_clear_error (&error);

  config_write (fixture, "\xEF\xBB\xBF[trackerd]\nlate = 5m");
  config = trk_config_load (fixture->path, &error);
  g_assert_no_error (error);
  g_assert_cmpint (config->policies.late, ==, 5 * TRK_MINUTE);
  trk_config_unref (config);
}

/* What was good is kept, stands in for a broken file as if it were that file, and is written only
 * when it says something new. */
static void
test_last_good (ConfigFixture *fixture, gconstpointer data)
{
  g_autofree char *copy = g_build_filename (fixture->dir, "data", "trackerd.conf.good", NULL);
  g_autofree char *expected = g_build_filename (fixture->dir, "conf", "b.ics", NULL);
  g_autoptr (TrkConfig) kept = NULL;
  g_autoptr (GError) error = NULL;
  struct stat first, second;

  g_assert_null (trk_config_load_kept (fixture->path, copy));
  config_write (fixture, "[calendar a]\npath = a.ics\n");
  g_assert_true (trk_config_keep (fixture->path, copy, &error));
  g_assert_cmpint (g_stat (copy, &first), ==, 0);
  g_assert_cmpint (first.st_mode & 0777, ==, 0600);
  g_assert_true (trk_config_keep (fixture->path, copy, &error));
  g_assert_cmpint (g_stat (copy, &second), ==, 0);
  g_assert_cmpuint (first.st_ino, ==, second.st_ino);
  config_write (fixture, "[calendar a]\npath = b.ics\n"); /* as long as before */
  g_assert_true (trk_config_keep (fixture->path, copy, &error));
  config_write (fixture, "[calendar a\n");
  g_assert_false (trk_config_keep (fixture->path, copy, &error));
  g_assert_error (error, TRK_ERROR, TRK_ERROR_INVALID);
  kept = trk_config_load_kept (fixture->path, copy);
  g_assert_cmpstr (trk_config_calendar (kept, "a")->path, ==, expected);
  g_assert_true (g_file_set_contents (copy, "garbage", -1, NULL));
  g_assert_null (trk_config_load_kept (fixture->path, copy));
}

/* A password that somebody wrote into the address is not repeated in the log. */
static void
test_address_stays_secret (ConfigFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  config_write (fixture, "[calendar a]\nurl = https://me:hush@h/\n");
  g_assert_null (trk_config_load (fixture->path, &error));
  g_assert_null (strstr (error->message, "hush"));
}

/* Every key stands in the manual page, and what the example calls the defaults are the defaults. */
static void
test_manual (ConfigFixture *fixture, gconstpointer data)
{
  g_autofree char *man = NULL;
  g_autofree char *example = NULL;
  g_autoptr (TrkConfig) defaults = trk_config_new_default ();
  g_autoptr (TrkConfig) config = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  g_assert_true (
      g_file_get_contents (TRK_TEST_DATA_DIR "/man/trackerd.conf.5.scd", &man, NULL, &error));
  for (gsize i = 0; i < trk_config_n_keys; i++)
    {
      g_autofree char *heading = g_strdup_printf ("\n*%s* =", trk_config_keys[i].name);

      g_test_message ("%s", heading);
      g_assert_nonnull (strstr (man, heading));
    }
  g_assert_true (
      g_file_get_contents (TRK_TEST_DATA_DIR "/trackerd.conf.example", &example, &length, &error));
  config = trk_config_read (example, length, "/etc/trackerd.conf", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (config->warnings->len, ==, 0);
  g_assert_cmpmem (&config->policies, sizeof config->policies, &defaults->policies,
                   sizeof defaults->policies);
}

#define ADD(name, function)                                                                        \
  g_test_add ("/config/" name, ConfigFixture, NULL, config_set_up, function, config_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("everything", test_everything);
  ADD ("secret-address", test_address_stays_secret);
  ADD ("no-key-is-forgotten", test_no_key_is_forgotten);
  ADD ("errors", test_errors);
  ADD ("bounds", test_bounds);
  ADD ("warnings", test_warnings);
  ADD ("files", test_files);
  ADD ("last-good", test_last_good);
  ADD ("manual", test_manual);
  return g_test_run ();
}
