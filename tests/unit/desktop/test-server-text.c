/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-server-text.h"

#include <string.h>

static const TrkServerCapabilities gnome = { TRUE, TRUE, TRUE };
static const TrkServerCapabilities dunst = { TRUE, TRUE, FALSE };
static const TrkServerCapabilities plain = { FALSE, TRUE, FALSE };
static const TrkServerCapabilities no_body = { FALSE, FALSE, FALSE };

static TrkNotice *
notice_of (const char *title, const char *body)
{
  TrkNotice *notice = trk_notice_new (TRK_NOTICE_START, "work/1");

  notice->title = g_strdup (title);
  notice->body = g_strdup (body);
  return notice;
}

static void
test_body_table (void)
{
  static const struct
  {
    const TrkServerCapabilities *server;
    const char *body;
    const char *shown;
  } rows[] = {
    { &gnome, "until 10:30", "until 10:30" },
    { &gnome, "<b>bold</b> & <3", "&lt;b&gt;bold&lt;/b&gt; &amp; &lt;3" },
    { &gnome, "&amp;", "&amp;amp;" },
    { &dunst, "<b>bold</b> & <3", "‹b›bold‹/b› & ‹3" },
    { &dunst, "&amp;", "&amp;" },
    { &gnome, "bad \xff utf-8", "bad \uFFFD utf-8" },
    { &dunst, "bell\a and \x1b[31mred", "bell and [31mred" },
    { &gnome, "\u202Eright to left\u202C", "right to left" },
    { &gnome, "one\ntwo", "one\ntwo" },
    { &gnome, NULL, "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (TrkNotice) notice = notice_of ("t", rows[i].body);
      g_autofree char *shown = trk_server_text_body (notice, rows[i].server);

      g_assert_cmpstr (shown, ==, rows[i].shown);
    }
}

static void
test_summary_table (void)
{
  static const struct
  {
    const TrkServerCapabilities *server;
    const char *title;
    const char *body;
    const char *shown;
  } rows[] = {
    { &gnome, "Focus — <b>&", "until 10:30", "Focus — <b>&" },
    { &gnome, "", "x", "trackerd" },
    { &gnome, NULL, NULL, "trackerd" },
    { &gnome, " \n\t ", "x", "trackerd" },
    { &gnome, "a\nb\r\nc", "x", "a b c" },
    { &gnome, "\xc3\x28", "x", "\uFFFD(" },
    { &no_body, "Focus", "until 10:30", "Focus (until 10:30)" },
    { &no_body, "Focus", "", "Focus" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (TrkNotice) notice = notice_of (rows[i].title, rows[i].body);
      g_autofree char *shown = trk_server_text_summary (notice, rows[i].server);

      g_assert_cmpstr (shown, ==, rows[i].shown);
    }
}

/* A megabyte of hostile text stays a notification's length, and valid. */
static void
test_bounded (void)
{
  g_autofree char *huge = g_strnfill (1 << 20, '<');
  g_autoptr (TrkNotice) notice = notice_of (huge, huge);
  const TrkServerCapabilities *servers[] = { &gnome, &dunst, &plain, &no_body };

  for (gsize i = 0; i < G_N_ELEMENTS (servers); i++)
    {
      g_autofree char *summary = trk_server_text_summary (notice, servers[i]);
      g_autofree char *body = trk_server_text_body (notice, servers[i]);

      g_assert_true (g_utf8_validate (summary, -1, NULL) && g_utf8_validate (body, -1, NULL));
      g_assert_cmpuint (strlen (summary), <, 1000);
      g_assert_cmpuint (strlen (body), <, 5000);
    }
}

/* Without buttons the body says what to type; Join has no command, its address is shown. */
static void
test_commands (void)
{
  g_autoptr (TrkNotice) notice = notice_of ("Focus", "until 10:30");
  g_autofree char *with = NULL;
  g_autofree char *without = NULL;
  g_autofree char *without_link = NULL;

  trk_notice_add_button (notice, TRK_BUTTON_SNOOZE, "Snooze 5 min");
  trk_notice_add_button (notice, TRK_BUTTON_SKIP, "Skip");
  trk_notice_add_button (notice, TRK_BUTTON_JOIN, "Join");
  without_link = trk_server_text_body (notice, &plain);
  g_assert_cmpstr (without_link, ==, "until 10:30\ntracker snooze · tracker skip");
  notice->link = g_strdup ("https://meet.example.org/a?b=<c>");
  with = trk_server_text_body (notice, &dunst);
  without = trk_server_text_body (notice, &plain);
  g_assert_cmpstr (with, ==, "until 10:30");
  g_assert_cmpstr (without, ==,
                   "until 10:30\ntracker snooze · tracker skip · https://meet.example.org/a?b=‹c›");
}

static void
test_tag (void)
{
  g_autoptr (TrkNotice) one = trk_notice_new (TRK_NOTICE_START, "work/<uid \xff>@20261123");
  g_autoptr (TrkNotice) same = trk_notice_new (TRK_NOTICE_END, "work/<uid \xff>@20261123");
  g_autoptr (TrkNotice) other = trk_notice_new (TRK_NOTICE_START, "work/other");
  g_autofree char *a = trk_server_text_tag (one);
  g_autofree char *b = trk_server_text_tag (same);
  g_autofree char *c = trk_server_text_tag (other);

  g_assert_cmpstr (a, ==, b);
  g_assert_cmpstr (a, !=, c);
  g_assert_true (g_str_is_ascii (a));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/server-text/body", test_body_table);
  g_test_add_func ("/server-text/summary", test_summary_table);
  g_test_add_func ("/server-text/bounded", test_bounded);
  g_test_add_func ("/server-text/commands", test_commands);
  g_test_add_func ("/server-text/tag", test_tag);
  return g_test_run ();
}
