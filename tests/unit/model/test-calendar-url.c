/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-calendar-url.h"
#include "trk-error.h"

#include <string.h>

static void
test_read (void)
{
  static const char *const rows[][3] = {
    /* written, read, shown */
    { "https://h.example/a.ics", "https://h.example/a.ics", "https://h.example" },
    { "HTTPS://h.example/A?b=%20c&d", "https://h.example/A?b=%20c&d", "https://h.example" },
    { "webcal://h.example/a", "https://h.example/a", "https://h.example" },
    { "WebCals://h.example/a#frag", "https://h.example/a", "https://h.example" },
    { "https://h.example:8443/x%2Fy", "https://h.example:8443/x%2Fy", "https://h.example" },
    { "https://[::1]:8/", "https://[::1]:8/", "https://::1" },
    { "http://localhost:5232/a/b", "http://localhost:5232/a/b", "http://localhost" },
    { "HTTP://127.3.2.1/a#b", "http://127.3.2.1/a", "http://127.3.2.1" },
    { "http://[::1]/", "http://[::1]/", "http://::1" },
    { "webcal://localhost/a", "https://localhost/a", "https://localhost" },
    { "evolution:1f-a@b", "evolution:1f-a@b", "evolution:1f-a@b" },
    { "calcurse:", "calcurse:", "calcurse:" },
    { "calcurse:/data/c", "calcurse:/data/c", "calcurse:/data/c" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *url = trk_calendar_url_read (rows[i][0], &error);
      g_autofree char *shown = url != NULL ? trk_calendar_url_display (url) : NULL;

      g_assert_no_error (error);
      g_assert_true (trk_calendar_url_is (rows[i][0]));
      g_assert_cmpstr (url, ==, rows[i][1]);
      g_assert_cmpstr (shown, ==, rows[i][2]);
    }
}

static void
test_refused (void)
{
  static const char *const rows[] = {
    "http://h.example/a",
    "http://localhost.example/hush",
    "http://127.0.0.1.example/hush",
    "http://127.0.0.256/hush",
    "http://127.1/hush",
    "http://128.0.0.1/hush",
    "http://[::2]/hush",
    "http://0.0.0.0/hush",
    "http://localhost@h.example/hush",
    "http://me:hush@localhost/",
    "webcal+http://localhost/hush",
    "https://me@h.example/a",
    "https://me:hush@h.example/",
    "webcal://me:hush@h/",
    "https://",
    "https:///a",
    "https:a",
    "https://h.example/hush b",
    "https://h.example/a\nhush",
    "https://h.ex\xc3\xa4mple",
    "ftp://h/hush",
    "file:///etc/hush",
    "evolution:",
    "evolution:-hush",
    "evolution:a b",
    "calcurse:hush/c",
    "calcurse:/hush\nuser = x",
    "https://%1bhush/",
    "https://h:99999999/hush",
    "javascript://hush",
    "https://h.example/\x01",
    "https://:hush@/",
  };
  g_autofree char *long_path = g_strnfill (5000, 'x');
  g_autofree char *long_one = g_strconcat ("https://h/", long_path, NULL);
  g_autoptr (GError) too_long = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *url = trk_calendar_url_read (rows[i], &error);

      g_test_message ("%s", rows[i]);
      g_assert_null (url);
      g_assert_error (error, TRK_ERROR, TRK_ERROR_USAGE);
      g_assert_null (strstr (error->message, "hush"));
    }
  g_assert_null (trk_calendar_url_read (long_one, &too_long));
  g_assert_error (too_long, TRK_ERROR, TRK_ERROR_USAGE);
}

static void
test_paths_are_no_addresses (void)
{
  static const char *const rows[] = { "/a.ics", "a.ics", "~/c", "./evolution", "https", "" };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_false (trk_calendar_url_is (rows[i]));
}

/* Each name and address has a copy of its own, under a name that nobody chose. */
static void
test_copies (void)
{
  static const char *const rows[][2] = {
    { "a", "https://h/1" },    { "b", "https://h/1" },          { "a", "https://h/2" },
    { "..", "https://../.." }, { "a", "evolution:../../../x" }, { "a", "calcurse:/" },
  };
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      char *path = trk_calendar_url_copy (rows[i][0], rows[i][1]);
      g_autofree char *name = g_path_get_basename (path);

      g_assert_true (g_path_is_absolute (path));
      g_assert_cmpuint (strspn (name, "0123456789abcdef"), ==, 32);
      g_assert_cmpstr (name + 32, ==, ".ics");
      g_assert_null (strstr (path, ".."));
      g_assert_true (g_hash_table_add (seen, path));
    }
}

static void
test_copies_are_told (void)
{
  g_autofree char *fetched = trk_calendar_url_copy ("a", "https://h/1");
  g_autofree char *exported = trk_calendar_url_copy ("a", "evolution:1");

  g_assert_true (trk_calendar_url_is_copy (fetched));
  g_assert_true (trk_calendar_url_is_copy (exported));
  g_assert_false (trk_calendar_url_is_copy ("/home/me/calendars/a.ics"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/calendar-url/read", test_read);
  g_test_add_func ("/calendar-url/refused", test_refused);
  g_test_add_func ("/calendar-url/paths", test_paths_are_no_addresses);
  g_test_add_func ("/calendar-url/copies", test_copies);
  g_test_add_func ("/calendar-url/copies/told", test_copies_are_told);
  return g_test_run ();
}
