/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-error.h"
#include "trk-subscription-copy.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define CALENDAR "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n"

typedef struct
{
  char *dir;
  char *path;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->dir = g_dir_make_tmp ("trackerd-copy-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->dir, "x.ics", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autofree char *lock = g_strconcat (fixture->path, ".lock", NULL);

  g_remove (fixture->path);
  g_remove (lock);
  g_assert_cmpint (g_rmdir (fixture->dir), ==, 0); /* nothing else was left */
  g_free (fixture->path);
  g_free (fixture->dir);
}

/* Takes @bytes in pieces of @step; did it become the copy? */
static gboolean
take (Fixture *fixture, const char *bytes, gsize length, gsize step, char **hash, GError **error)
{
  g_autoptr (TrkSubscriptionCopy) copy = trk_subscription_copy_new (fixture->path, error);
  gboolean changed;

  g_assert_nonnull (copy);
  for (gsize at = 0; at < length; at += step)
    if (!trk_subscription_copy_append (copy, bytes + at, MIN (step, length - at), error))
      return FALSE;
  return trk_subscription_copy_commit (copy, NULL, &changed, hash, error);
}

static void
assert_copy (Fixture *fixture, const char *wanted)
{
  g_autofree char *text = NULL;

  g_assert_true (g_file_get_contents (fixture->path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, wanted);
}

static void
test_whole_in_any_pieces (Fixture *fixture, gconstpointer data)
{
  static const char *const texts[] = {
    CALENDAR,
    "\xEF\xBB\xBF" CALENDAR,
    "\r\n\t " CALENDAR,
    CALENDAR CALENDAR,
    "begin:vcalendar\nend:vcalendar",
    CALENDAR "\r\n\r\n  \n\n\n\n\n\n\n\n\n\n\n\n",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    for (gsize step = 1; step <= strlen (texts[i]); step++)
      {
        g_autoptr (GError) error = NULL;
        g_autofree char *hash = NULL;
        g_autofree char *wanted = g_compute_checksum_for_string (G_CHECKSUM_SHA256, texts[i], -1);

        g_assert_true (take (fixture, texts[i], strlen (texts[i]), step, &hash, &error));
        g_assert_cmpstr (hash, ==, wanted);
        assert_copy (fixture, texts[i]);
      }
}

/* An event at the beginning of a line, folded or not (RFC 5545 3.1), in any pieces. */
static void
test_events_in_it (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *text;
    gboolean events;
  } rows[] = {
    { "BEGIN:VEVENT\r\n", TRUE },        { "begin:vevent\n", TRUE },
    { "X:a\r\nBEGIN:VEVENT\r\n", TRUE }, { "BEG\r\n IN:VEV\r\n\tENT\r\n", TRUE },
    { "BEG\n IN:VEVENT\n", TRUE },       { "", FALSE },
    { "BEGIN:VTODO\r\n", FALSE },        { "X:BEGIN:VEVENT\r\n", FALSE },
    { "BEG\r\nIN:VEVENT\r\n", FALSE },   { "SUMMARY:a\r\n BEGIN:VEVENT\r\n", FALSE },
    { "BEGIN:VEVEN\r\nT\r\n", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    for (gsize step = 1; step <= 40; step++)
      {
        g_autofree char *text =
            g_strconcat ("BEGIN:VCALENDAR\r\n", rows[i].text, "END:VCALENDAR\r\n", NULL);
        g_autoptr (TrkSubscriptionCopy) copy = trk_subscription_copy_new (fixture->path, NULL);
        gsize length = strlen (text);

        for (gsize at = 0; at < length; at += step)
          g_assert_true (
              trk_subscription_copy_append (copy, text + at, MIN (step, length - at), NULL));
        g_test_message ("%s in pieces of %u", rows[i].text, (guint) step);
        g_assert_cmpint (trk_subscription_copy_has_events (copy), ==, rows[i].events);
      }
}

/* Cut at every byte but the last blanks, in any pieces: the copy of before stays. */
static void
test_every_cut (Fixture *fixture, gconstpointer data)
{
  static const char text[] = "\xEF\xBB\xBF" CALENDAR;
  const gsize blanks = strlen ("\r\n");

  g_assert_true (g_file_set_contents (fixture->path, "before", -1, NULL));
  for (gsize length = 0; length < strlen (text) - blanks; length++)
    for (gsize step = 1; step <= 20; step++)
      {
        g_autoptr (GError) error = NULL;
        g_autofree char *hash = NULL;

        g_assert_false (take (fixture, text, length, step, &hash, &error));
        g_assert_error (error, TRK_ERROR, TRK_ERROR_INVALID);
        assert_copy (fixture, "before");
      }
}

static void
test_no_calendar (Fixture *fixture, gconstpointer data)
{
  static const char *const rows[][2] = {
    { "", "is empty" },
    { "   ", "is empty" },
    { "<html>" CALENDAR, "web page" },
    { "BEGIN:VEVENT\r\nEND:VCALENDAR\r\n", "does not begin" },
    { "BEGIN:VCALENDARS" CALENDAR "x", "end is missing" },
    { "\x1f\x8b\x08", "compressed" },
  };

  g_assert_true (g_file_set_contents (fixture->path, "before", -1, NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    for (gsize step = 1; step < 20; step++)
      {
        g_autoptr (GError) error = NULL;
        g_autofree char *hash = NULL;

        g_assert_false (take (fixture, rows[i][0], strlen (rows[i][0]), step, &hash, &error));
        g_assert_error (error, TRK_ERROR, TRK_ERROR_INVALID);
        /* Of compressed data a single byte is not enough to know it. */
        if (step > 1)
          g_assert_nonnull (strstr (error->message, rows[i][1]));
        assert_copy (fixture, "before");
      }
}

/* A first piece of any length, and all the rest behind it: the beginning is looked at all the
 * same. */
static void
test_beginning_in_two_pieces (Fixture *fixture, gconstpointer data)
{
  static const char end[] = "END:VCALENDAR\r\n";
  g_autofree char *text = g_strnfill (2000, 'x');

  memcpy (text, "<html>", strlen ("<html>"));
  memcpy (text + 2000 - strlen (end), end, strlen (end));
  for (gsize first = 1; first < 520; first += first == 20 ? 480 : 1)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (TrkSubscriptionCopy) copy = trk_subscription_copy_new (fixture->path, &error);
      gboolean changed;
      g_autofree char *hash = NULL;

      g_assert_false (trk_subscription_copy_append (copy, text, first, &error)
                      && trk_subscription_copy_append (copy, text + first, 2000 - first, &error)
                      && trk_subscription_copy_commit (copy, NULL, &changed, &hash, &error));
      g_assert_error (error, TRK_ERROR, TRK_ERROR_INVALID);
      g_assert_nonnull (strstr (error->message, first == 1 ? "" : "web page"));
    }
}

/* A calendar begins within its first 512 bytes, or it is none: more is not waited for. */
static void
test_late_beginning (Fixture *fixture, gconstpointer data)
{
  for (gsize blanks = 512 - strlen ("BEGIN:VCALENDAR"); blanks <= 514; blanks++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (TrkSubscriptionCopy) copy = trk_subscription_copy_new (fixture->path, &error);
      g_autofree char *text = g_strnfill (blanks, ' ');
      gboolean taken;

      g_assert_true (trk_subscription_copy_append (copy, text, MIN (blanks, 511), &error));
      taken = trk_subscription_copy_append (copy, text, blanks - MIN (blanks, 511), &error)
              && trk_subscription_copy_append (copy, CALENDAR, strlen (CALENDAR), &error);
      g_assert_true (taken == (blanks == 512 - strlen ("BEGIN:VCALENDAR")));
      if (!taken)
        g_assert_error (error, TRK_ERROR, TRK_ERROR_INVALID);
    }
}

static void
test_the_same_is_not_written (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TrkSubscriptionCopy) copy = NULL;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  gboolean changed = TRUE;
  struct stat before, after;

  g_assert_true (take (fixture, CALENDAR, strlen (CALENDAR), 100, &first, &error));
  g_assert_cmpint (stat (fixture->path, &before), ==, 0);
  g_assert_cmpint (before.st_mode & 0777, ==, 0600);
  copy = trk_subscription_copy_new (fixture->path, &error);
  g_assert_true (trk_subscription_copy_append (copy, CALENDAR, strlen (CALENDAR), &error));
  g_assert_true (trk_subscription_copy_commit (copy, first, &changed, &second, &error));
  g_assert_false (changed);
  g_assert_cmpint (stat (fixture->path, &after), ==, 0);
  g_assert_cmpint (before.st_ino, ==, after.st_ino);
}

static void
test_one_at_a_time (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TrkSubscriptionCopy) first = trk_subscription_copy_new (fixture->path, &error);

  g_assert_nonnull (first);
  g_assert_null (trk_subscription_copy_new (fixture->path, &error));
  g_assert_error (error, TRK_ERROR, TRK_ERROR_BUSY);
}

/* What a killed run left, or a link that somebody put there, is not written through. */
static void
test_leftover (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *part = g_strconcat (fixture->path, ".part", NULL);
  g_autofree char *target = g_build_filename (fixture->dir, "target", NULL);
  g_autofree char *hash = NULL;
  g_autofree char *text = NULL;

  g_assert_true (g_file_set_contents (target, "mine", -1, NULL));
  g_assert_cmpint (symlink (target, part), ==, 0);
  g_assert_true (take (fixture, CALENDAR, strlen (CALENDAR), 7, &hash, &error));
  g_assert_true (g_file_get_contents (target, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "mine");
  g_assert_false (g_file_test (fixture->path, G_FILE_TEST_IS_SYMLINK));
  g_remove (target);
}

static void
test_size (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TrkSubscriptionCopy) copy = trk_subscription_copy_new (fixture->path, &error);
  const gsize step = 1 << 20;
  g_autofree char *fill = g_strnfill (step, 'x');

  memcpy (fill, "BEGIN:VCALENDAR\n", 16);
  for (gsize total = 0; total < TRK_CALENDAR_MAX_FILE; total += step)
    g_assert_true (trk_subscription_copy_append (copy, fill, step, &error));
  g_assert_false (trk_subscription_copy_append (copy, "x", 1, &error));
  g_assert_error (error, TRK_ERROR, TRK_ERROR_INVALID);
}

#define ADD(name, function)                                                                        \
  g_test_add ("/subscription-copy/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("whole", test_whole_in_any_pieces);
  ADD ("events", test_events_in_it);
  ADD ("cut", test_every_cut);
  ADD ("no-calendar", test_no_calendar);
  ADD ("beginning-in-two-pieces", test_beginning_in_two_pieces);
  ADD ("late-beginning", test_late_beginning);
  ADD ("same", test_the_same_is_not_written);
  ADD ("one-at-a-time", test_one_at_a_time);
  ADD ("leftover", test_leftover);
  ADD ("size", test_size);
  return g_test_run ();
}
