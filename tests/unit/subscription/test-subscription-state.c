/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-error.h"
#include "trk-subscription-state.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

static const TrkInstant now = G_GINT64_CONSTANT (1795424400) * TRK_SECOND;

typedef struct
{
  char *dir;
  char *copy;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->dir = g_dir_make_tmp ("trackerd-state-XXXXXX", NULL);
  fixture->copy = g_build_filename (fixture->dir, "x.ics", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autofree char *state = g_strconcat (fixture->copy, ".state", NULL);

  g_remove (fixture->copy);
  g_remove (state);
  g_rmdir (fixture->dir);
  g_free (fixture->copy);
  g_free (fixture->dir);
}

static void
test_round_trip (Fixture *fixture, gconstpointer data)
{
  g_autoptr (TrkSubscriptionState) before = trk_subscription_state_load (fixture->copy);
  g_autoptr (TrkSubscriptionState) after = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (before->etag);
  g_assert_cmpint (before->fetched, ==, 0);
  before->etag = g_strdup (" \"a\\nb\" ; # = [x]\t");
  before->last_modified = g_strdup ("Mon, 23 Nov 2026 09:00:00 GMT");
  before->hash = g_strdup ("00ff");
  trk_subscription_state_succeed (before, now, TRK_HOUR, TRUE);
  trk_subscription_state_fail (before, now + TRK_HOUR, TRK_HOUR, 0, "no\n[subscription]\nnext = 0");
  g_assert_true (trk_subscription_state_save (before, fixture->copy, &error));
  after = trk_subscription_state_load (fixture->copy);
  g_assert_cmpstr (after->etag, ==, before->etag);
  g_assert_cmpstr (after->last_modified, ==, before->last_modified);
  g_assert_cmpstr (after->hash, ==, "00ff");
  g_assert_cmpstr (after->problem, ==, "no [subscription] next = 0");
  g_assert_cmpint (after->fetched, ==, now);
  g_assert_cmpint (after->changed, ==, now);
  g_assert_cmpint (after->tried, ==, now + TRK_HOUR);
  g_assert_cmpint (after->next, ==, before->next);
  g_assert_cmpuint (after->failures, ==, 1);
}

static void
test_garbage_is_nothing_known (Fixture *fixture, gconstpointer data)
{
  static const char *const texts[] = {
    "",
    "\xff\xfe",
    "[subscription\nnext",
    "[subscription]\nnext = soon\nfailures = -7\nfetched = 1\n",
    "[subscription]\nfailures = 99999999999999999999\n",
  };
  g_autofree char *path = g_strconcat (fixture->copy, ".state", NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (TrkSubscriptionState) state = NULL;

      g_assert_true (g_file_set_contents (path, texts[i], -1, NULL));
      state = trk_subscription_state_load (fixture->copy);
      g_assert_cmpint (state->fetched, ==, 0);
      g_assert_cmpuint (state->failures, <=, 1000);
      g_assert_true (trk_subscription_state_due (state, now, TRK_HOUR));
    }
}

/* Nor is waited for one that is no file, or that is far too long. */
static void
test_no_file_is_nothing_known (Fixture *fixture, gconstpointer data)
{
  static const char known[] = "[subscription]\nfailures = 3\n#";
  g_autofree char *path = g_strconcat (fixture->copy, ".state", NULL);

  for (guint round = 0; round < 3; round++)
    {
      g_autoptr (TrkSubscriptionState) state = NULL;
      g_autofree char *text = g_strnfill (64 * 1024 + (round == 1), 'x');

      memcpy (text, known, strlen (known));
      g_remove (path);
      if (round == 2)
        g_assert_cmpint (mkfifo (path, 0600), ==, 0);
      else
        g_assert_true (g_file_set_contents (path, text, -1, NULL));
      state = trk_subscription_state_load (fixture->copy);
      g_assert_cmpuint (state->failures, ==, round == 0 ? 3 : 0);
    }
}

static void
test_fits_the_file_that_was_stamped (Fixture *fixture, gconstpointer data)
{
  g_autoptr (TrkSubscriptionState) state = trk_subscription_state_load (fixture->copy);

  g_assert_false (trk_subscription_state_fits (state, fixture->copy));
  g_assert_true (g_file_set_contents (fixture->copy, "one", -1, NULL));
  g_assert_false (trk_subscription_state_fits (state, fixture->copy));
  trk_subscription_state_stamp (state, fixture->copy);
  g_assert_true (trk_subscription_state_fits (state, fixture->copy));
  g_assert_true (g_file_set_contents (fixture->copy, "two", -1, NULL));
  g_assert_false (trk_subscription_state_fits (state, fixture->copy));
  g_remove (fixture->copy);
  g_assert_false (trk_subscription_state_fits (state, fixture->copy));
  g_assert_cmpint (g_mkdir (fixture->copy, 0700), ==, 0); /* a folder is no copy */
  trk_subscription_state_stamp (state, fixture->copy);
  g_assert_false (trk_subscription_state_fits (state, fixture->copy));
}

static void
test_due (Fixture *fixture, gconstpointer data)
{
  g_autoptr (TrkSubscriptionState) state = trk_subscription_state_load (fixture->copy);

  trk_subscription_state_succeed (state, now, TRK_HOUR, FALSE);
  g_assert_cmpint (state->changed, ==, now); /* the first is always a change */
  g_assert_false (trk_subscription_state_due (state, now, TRK_HOUR));
  g_assert_false (trk_subscription_state_due (state, now + 58 * TRK_MINUTE, TRK_HOUR));
  g_assert_true (trk_subscription_state_due (state, now + TRK_HOUR - 30 * TRK_SECOND, TRK_HOUR));
  g_assert_true (trk_subscription_state_due (state, now + 9000 * TRK_HOUR, TRK_HOUR));
  g_assert_true (
      trk_subscription_state_due (state, now - TRK_MINUTE, TRK_HOUR)); /* the clock went back */
  g_assert_true (trk_subscription_state_due (state, now + 15 * TRK_MINUTE, 15 * TRK_MINUTE));
  g_assert_false (trk_subscription_state_due (state, now + 10 * TRK_MINUTE, 15 * TRK_MINUTE));
  trk_subscription_state_fail (state, now, TRK_HOUR, 6 * TRK_HOUR, "x");
  g_assert_false (trk_subscription_state_due (state, now + TRK_HOUR, 15 * TRK_MINUTE));
}

/* Minutes until it is asked again, failure by failure. */
static void
test_back_off (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    int every;
    int waits[8];
  } rows[] = {
    { 5, { 5, 10, 20, 40, 80, 160, 320, 360 } },
    { 15, { 15, 30, 60, 120, 240, 360, 360, 360 } },
    { 60, { 15, 30, 60, 120, 240, 360, 360, 360 } },
    { 1440, { 15, 30, 60, 120, 240, 480, 960, 1440 } },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (TrkSubscriptionState) state = trk_subscription_state_load (fixture->copy);
      TrkDuration every = rows[i].every * TRK_MINUTE;

      for (gsize j = 0; j < G_N_ELEMENTS (rows[i].waits); j++)
        {
          trk_subscription_state_fail (state, now, every, 0, "x");
          g_assert_cmpint ((state->next - now) / TRK_MINUTE, ==, rows[i].waits[j]);
        }
      for (int j = 0; j < 3000; j++)
        trk_subscription_state_fail (state, now, every, 0, "x");
      g_assert_cmpint ((state->next - now) / TRK_MINUTE, ==, rows[i].waits[7]);
      g_assert_cmpuint (state->failures, ==, 1000);
      trk_subscription_state_succeed (state, now, every, TRUE);
      g_assert_cmpuint (state->failures, ==, 0);
      g_assert_cmpint (state->next - now, ==, every);
      g_assert_null (state->problem);
    }
}

static void
test_a_server_that_asks_for_patience (Fixture *fixture, gconstpointer data)
{
  g_autoptr (TrkSubscriptionState) state = trk_subscription_state_load (fixture->copy);

  trk_subscription_state_fail (state, now, TRK_HOUR, 2 * TRK_HOUR, "x");
  g_assert_cmpint (state->next - now, ==, 2 * TRK_HOUR);
  trk_subscription_state_fail (state, now, TRK_HOUR, TRK_SECOND, "x");
  g_assert_cmpint (state->next - now, ==, 30 * TRK_MINUTE);
  trk_subscription_state_fail (state, now, TRK_HOUR, 1000 * TRK_HOUR, "x");
  g_assert_cmpint (state->next - now, ==, 24 * TRK_HOUR);
}

#define ADD(name, function)                                                                        \
  g_test_add ("/subscription-state/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("round-trip", test_round_trip);
  ADD ("garbage", test_garbage_is_nothing_known);
  ADD ("no-file", test_no_file_is_nothing_known);
  ADD ("fits", test_fits_the_file_that_was_stamped);
  ADD ("due", test_due);
  ADD ("back-off", test_back_off);
  ADD ("retry-after", test_a_server_that_asks_for_patience);
  return g_test_run ();
}
