/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-index-progress.h"

#include <stdlib.h>

/* What is written after @calls calls, ten a second. Owned by the caller (free). */
static char *
told (guint calls, gboolean ended)
{
  char *text = NULL;
  size_t length = 0;
  FILE *out = open_memstream (&text, &length);
  TrkIndexProgress progress = { .out = out };

  for (guint i = 1; i <= calls; i++)
    g_assert_true (trk_index_progress_tell (i, 100, &progress));
  if (ended)
    trk_index_progress_end (&progress);
  fclose (out);
  return text;
}

static void
expect (guint calls, gboolean ended, const char *want)
{
  char *text = told (calls, ended);

  g_assert_cmpstr (text, ==, want);
  free (text);
}

static void
test_short_work_is_silent (void)
{
  expect (0, TRUE, "");
  expect (5, TRUE, "");
}

static void
test_long_work_is_told_on_one_line (void)
{
  expect (6, FALSE, "\rReading the calendars: 6 of 100 events");
  expect (7, TRUE,
          "\rReading the calendars: 6 of 100 events\rReading the calendars: 7 of 100 events"
          "\r\033[K");
}

static void
test_without_a_terminal (void)
{
  TrkIndexProgress progress = { 0 };

  for (guint i = 0; i < 100; i++)
    g_assert_true (trk_index_progress_tell (i, 100, &progress));
  trk_index_progress_end (&progress);
  g_assert_false (progress.shown);
}

/* Nowhere to tell it is no reason to stop, nor to hide why the work failed. */
static void
test_without_a_stream (void)
{
  g_autoptr (GPtrArray) calendars = g_ptr_array_new ();
  const TrkIndexRequest request = { .index_path = "/dev/null/index.db", .calendars = calendars };
  g_autoptr (GError) error = NULL;

  g_assert_false (trk_index_update_shown (&request, NULL, &error));
  g_assert_nonnull (error);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/index-progress/short-work-is-silent", test_short_work_is_silent);
  g_test_add_func ("/index-progress/long-work-is-told-on-one-line",
                   test_long_work_is_told_on_one_line);
  g_test_add_func ("/index-progress/without-a-terminal", test_without_a_terminal);
  g_test_add_func ("/index-progress/without-a-stream", test_without_a_stream);
  return g_test_run ();
}
