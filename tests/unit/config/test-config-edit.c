/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config-fixture.h"
#include "trk-calendar-url.h"
#include "trk-config-read.h"
#include "trk-error.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* As a command does, without its care for others. */
static gboolean
remove_calendar (const char *path, const char *name, GError **error)
{
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  g_assert_true (g_file_get_contents (path, &before, NULL, NULL));
  after = trk_config_without_calendar (before, path, name, error);
  return after != NULL && g_file_set_contents (path, after, -1, NULL);
}

static void
test_add_and_remove (ConfigFixture *fixture, gconstpointer data)
{
  g_autofree char *inside = g_build_filename (fixture->dir, "work.ics", NULL);
  g_autoptr (TrkCalendar) work = trk_calendar_new ("work", inside);
  g_autoptr (TrkCalendar) home = trk_calendar_new ("home", "/srv/home cal");
  g_autoptr (GError) error = NULL;
  struct stat status;

  home->has_kind = TRUE;
  home->writable = TRUE;
  home->kind = TRK_KIND_ROUTINE;
  g_assert_true (trk_config_add_calendar (fixture->path, work, &error));
  config_assert_file (fixture, "[calendar work]\npath = ~/work.ics\n");
  g_assert_cmpint (g_stat (fixture->path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);

  g_assert_true (trk_config_add_calendar (fixture->path, home, &error));
  config_assert_file (fixture, "[calendar work]\npath = ~/work.ics\n\n"
                               "[calendar home]\npath = /srv/home cal\nkind = routine\n"
                               "writable = yes\n");
  g_assert_false (trk_config_add_calendar (fixture->path, home, &error));
  g_assert_error (error, TRK_ERROR, TRK_ERROR_CONFLICT);
  g_clear_error (&error);

  g_assert_true (remove_calendar (fixture->path, "work", &error));
  g_assert_false (remove_calendar (fixture->path, "work", &error));
  g_assert_error (error, TRK_ERROR, TRK_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_true (remove_calendar (fixture->path, "home", &error));
}

/* What the user wrote stays: comments, order, odd spacing, the missing last newline. */
static void
test_edits_keep_the_rest (ConfigFixture *fixture, gconstpointer data)
{
  g_autoptr (TrkCalendar) more = trk_calendar_new ("more", "/m.ics");
  g_autoptr (GError) error = NULL;

  config_write (fixture, "# top\n[trackerd]\n  late=5m\n\n# about a\n[calendar a]\n# inside\n"
                         "path = /a.ics\n\n# about b\n[calendar b]\npath = /b.ics");
  g_assert_true (remove_calendar (fixture->path, "a", &error));
  config_assert_file (fixture, "# top\n[trackerd]\n  late=5m\n\n# about a\n\n# about b\n"
                               "[calendar b]\npath = /b.ics");
  g_assert_true (trk_config_add_calendar (fixture->path, more, &error));
  config_assert_file (fixture, "# top\n[trackerd]\n  late=5m\n\n# about a\n\n# about b\n"
                               "[calendar b]\npath = /b.ics\n\n[calendar more]\npath = /m.ics\n");
  g_assert_true (remove_calendar (fixture->path, "b", &error));
  config_assert_file (fixture, "# top\n[trackerd]\n  late=5m\n\n# about a\n\n# about b\n\n"
                               "[calendar more]\npath = /m.ics\n");
}

/* A rule, and a calendar without a blank line before the next one, are nobody else's. */
static void
test_removes_its_own_lines (ConfigFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  config_write (fixture, "[rule work]\nkind = off\n\n[calendar work]\npath = /w.ics\n"
                         "[calendar b]\npath = /b.ics\n");
  g_assert_true (remove_calendar (fixture->path, "work", &error));
  config_assert_file (fixture, "[rule work]\nkind = off\n\n[calendar b]\npath = /b.ics\n");
}

/* An editor of another system may have put a byte order mark first: it hides no section. */
static void
test_byte_order_mark (ConfigFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  config_write (fixture, "\xEF\xBB\xBF[calendar a]\r\npath = /a.ics\r\n");
  g_assert_true (remove_calendar (fixture->path, "a", &error));
  g_assert_no_error (error);
  config_assert_file (fixture, "");
}

static void
test_subscriptions (ConfigFixture *fixture, gconstpointer data)
{
  g_autoptr (TrkCalendar) team = trk_calendar_new ("team", NULL);
  g_autoptr (TrkConfig) config = NULL;
  g_autoptr (GError) error = NULL;
  const TrkCalendar *found;

  team->url = g_strdup ("https://h.example/a?b=c#d");
  team->path = trk_calendar_url_copy ("team", team->url);
  team->every = 90 * TRK_MINUTE;
  team->user = g_strdup ("ada; # = [x]");
  team->ca_file = g_strdup ("/etc/ca.pem");
  config_write (fixture, "");
  g_assert_false (trk_config_add_calendar (fixture->path, team, &error));
  g_assert_error (error, TRK_ERROR,
                  TRK_ERROR_USAGE); /* a fragment is not part of it, and would make another copy */
  g_clear_error (&error);
  g_free (team->url);
  g_free (team->path);
  team->url = g_strdup ("https://h.example/a?b=c");
  team->path = trk_calendar_url_copy ("team", team->url);
  g_assert_true (trk_config_add_calendar (fixture->path, team, &error));
  config_assert_file (fixture, "[calendar team]\nurl = https://h.example/a?b=c\nevery = 90m\n"
                               "user = ada; # = [x]\nca_file = /etc/ca.pem\n");
  config = trk_config_load (fixture->path, &error);
  found = trk_config_calendar (config, "team");
  g_assert_cmpstr (found->url, ==, team->url);
  g_assert_cmpstr (found->path, ==, team->path);
  g_assert_cmpint (found->every, ==, team->every);
  g_assert_cmpstr (found->user, ==, team->user);
  g_assert_cmpstr (found->ca_file, ==, team->ca_file);
}

/* What cannot be written so that it reads back the same is refused, and the file stays. */
static void
test_refused_edits (ConfigFixture *fixture, gconstpointer data)
{
  static const char named[] = "cannot name a calendar", written[] = "cannot be written";
  static const struct
  {
    const char *name, *path;
    const char *said;
    const char *user, *password_file, *ca_file;
  } rows[] = {
    { "a]", "/a", named },
    { "", "/a", named },
    { " a", "/a", named },
    { "a ", "/a", named },
    { "a\nb", "/a", named },
    { "a\x7f", "/a", named },
    { "a/b", "/a", named },
    { "\xff", "/a", named },
    { "ok", "/a\n[x]", written },
    { "ok", "/a ", written },
    { "ok", "", written },
    { "ok", "/a\nkind = off", written },
    { "ok", "/a\xff", written },
    { "ok", "/a", written, .user = "ada " },
    { "ok", "/a", written, .password_file = "/p " },
    { "ok", "/a", written, .ca_file = "/c " },
  };

  config_write (fixture, "[trackerd]\n");
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (TrkCalendar) calendar = trk_calendar_new (rows[i].name, rows[i].path);
      g_autoptr (GError) error = NULL;

      calendar->user = g_strdup (rows[i].user);
      calendar->password_file = g_strdup (rows[i].password_file);
      calendar->ca_file = g_strdup (rows[i].ca_file);
      g_assert_false (trk_config_add_calendar (fixture->path, calendar, &error));
      g_assert_error (error, TRK_ERROR, TRK_ERROR_USAGE);
      g_test_message ("%s", error->message);
      g_assert_nonnull (strstr (error->message, rows[i].said));
      config_assert_file (fixture, "[trackerd]\n");
    }
}

static void
test_names (ConfigFixture *fixture, gconstpointer data)
{
  g_autofree char *longest = g_strnfill (64, 'x');
  g_autofree char *longer = g_strnfill (65, 'x');
  const struct
  {
    const char *name;
    gboolean valid;
  } rows[] = {
    { "work", TRUE },  { "At home", TRUE },     { "caf\303\251", TRUE }, { longest, TRUE },
    { longer, FALSE }, { "", FALSE },           { " a", FALSE },         { "a\t", FALSE },
    { "a\tb", FALSE }, { "a\302\205b", FALSE }, { "a[", FALSE },         { "a]", FALSE },
    { "a/b", FALSE },  { "\xff", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_test_message ("row %u", (guint) i);
      g_assert_cmpint (trk_config_name_valid (rows[i].name), ==, rows[i].valid);
    }
}

static void
test_broken_file_is_not_edited (ConfigFixture *fixture, gconstpointer data)
{
  g_autoptr (TrkCalendar) calendar = trk_calendar_new ("a", "/a.ics");
  g_autoptr (GError) error = NULL;

  config_write (fixture, "[trackerd]\nlate = soon\n");
  g_assert_false (trk_config_add_calendar (fixture->path, calendar, &error));
  g_assert_error (error, TRK_ERROR, TRK_ERROR_INVALID);
  config_assert_file (fixture, "[trackerd]\nlate = soon\n");
}

static void
test_link_stays_a_link (ConfigFixture *fixture, gconstpointer data)
{
  g_autofree char *real = g_build_filename (fixture->dir, "dotfiles.conf", NULL);
  g_autoptr (TrkCalendar) calendar = trk_calendar_new ("a", "/a.ics");
  g_autoptr (TrkCalendar) other = trk_calendar_new ("b", "/b.ics");
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  config_write (fixture, "");
  g_remove (fixture->path);
  g_assert_cmpint (symlink ("../dotfiles.conf", fixture->path), ==, 0);
  g_assert_true (trk_config_add_calendar (fixture->path, calendar, &error)); /* dangling */
  g_assert_true (trk_config_add_calendar (fixture->path, other, &error));
  g_assert_true (g_file_test (fixture->path, G_FILE_TEST_IS_SYMLINK));
  g_assert_true (g_file_get_contents (real, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "[calendar a]\npath = /a.ics\n\n[calendar b]\npath = /b.ics\n");
}

/* A section goes, or comes back, in a file that was edited since: what is no part of it stays. */
static void
test_follow (ConfigFixture *fixture, gconstpointer data)
{
  static const char work[] = "[calendar work]\n# mine\npath = /w.ics\n";
  static const struct
  {
    const char *text, *gone, *come;
    const char *after; /* NULL: refused */
    int code;          /* then; 0: a conflict */
  } rows[] = {
    { "", "", work, work },
    { "[trackerd]\n", "", work, "[trackerd]\n\n[calendar work]\n# mine\npath = /w.ics\n" },
    { "[trackerd]", "", work, "[trackerd]\n\n[calendar work]\n# mine\npath = /w.ics\n" },
    { work, "", work, work }, /* it is there already */
    { "[calendar work]\npath = /other.ics\n", "", work, NULL },
    { "[trackerd]\nlate = soon\n", "", work, NULL, TRK_ERROR_INVALID },
    { work, work, "", "" },
    { "# top\n\n[calendar work]\n# mine\npath = /w.ics\n\n# b\n[calendar b]\npath = /b\n",
      "\n[calendar work]\n# mine\npath = /w.ics\n", "", "# top\n\n# b\n[calendar b]\npath = /b\n" },
    { "[calendar b]\npath = /b\n", work, "", "[calendar b]\npath = /b\n" }, /* gone already */
    { "[calendar work]\n# mine\npath = /w.ics\nkind = focus\n", work, "", NULL },
    { "[calendar work]\n# ours\npath = /w.ics\n", work, "", NULL },
    { "\xEF\xBB\xBF[calendar work]\n# mine\npath = /w.ics\n", work, "", "" },
    { work, work, work, NULL }, /* no command does that */
    { work, "path = /w.ics\n", "", NULL },
    { "[calendar work]\n# mine\npath = /w.ics\n[calendar b]\npath = /b\n",
      "[calendar work]\n# mine\npath = /w.ics\n[calendar b]\npath = /b\n", "", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *after =
          trk_config_follow (rows[i].text, fixture->path, rows[i].gone, rows[i].come, &error);

      g_test_message ("row %u: %s", (guint) i, error != NULL ? error->message : "done");
      g_assert_cmpstr (after, ==, rows[i].after);
      if (rows[i].after == NULL)
        {
          int code = rows[i].code != 0 ? rows[i].code : TRK_ERROR_CONFLICT;

          g_assert_error (error, TRK_ERROR, code);
        }
      else
        g_assert_no_error (error);
    }
}

#define ADD(name, function)                                                                        \
  g_test_add ("/config-edit/" name, ConfigFixture, NULL, config_set_up, function, config_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("add-and-remove", test_add_and_remove);
  ADD ("edits-keep-the-rest", test_edits_keep_the_rest);
  ADD ("removes-its-own-lines", test_removes_its_own_lines);
  ADD ("names", test_names);
  ADD ("byte-order-mark", test_byte_order_mark);
  ADD ("subscriptions", test_subscriptions);
  ADD ("refused-edits", test_refused_edits);
  ADD ("broken-file-is-not-edited", test_broken_file_is_not_edited);
  ADD ("link-stays-a-link", test_link_stays_a_link);
  ADD ("follow", test_follow);
  return g_test_run ();
}
