/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "schedule-fixture.h"

#include <string.h>

/* The shipped schedules, as the product reads them. */

typedef struct
{
  const char *name;
  const char *monday;
} Case;

static const Case cases[] = {
  { "time-blocked-day", "0900-1030 focus Feature focus\n"
                        "1030-1100 shallow Code review\n"
                        "1100-1115 break Break away from the screen\n"
                        "1115-1245 focus Query optimisation\n"
                        "1245-1345 break Lunch\n"
                        "1400-1500 meeting Team meeting\n"
                        "1500-1615 focus Unit tests\n"
                        "1630-1730 shallow Documentation\n" },
  { "daily-routine", "0830-0900 routine Plan the day\n"
                     "1345-1400 routine Check CI/CD\n"
                     "1730-1745 routine Retrospective of the day\n"
                     "1800-1900 off Disconnect\n"
                     "2000-0000 off Evening off\n" },
  { "meals-and-breaks", "0745-0815 break Breakfast\n"
                        "1100-1115 break Break away from the screen\n"
                        "1245-1345 break Lunch\n"
                        "1615-1630 break Afternoon break\n"
                        "1900-2000 break Dinner\n" },
  { "pomodoro", NULL },
};

static void
add_template (Fixture *f, const char *name)
{
  g_autofree char *file = g_strconcat (name, ".ics", NULL);
  g_autofree char *path = g_build_filename (g_getenv ("TRACKERD_SCHEDULES"), file, NULL);

  g_assert_true (g_file_test (path, G_FILE_TEST_IS_REGULAR));
  fixture_add_path (f, name, path);
}

/* On each weekday the same, in summer as in winter; nothing at the weekend; nothing to complain. */
static void
test_week (Fixture *f, gconstpointer data)
{
  static const char *const weekdays[] = { "2026-11-23", "2026-11-24", "2026-11-27", "2026-07-06" };
  static const char *const weekend[] = { "2026-11-21", "2026-11-22", "2026-11-28" };
  const Case *row = data;

  add_template (f, row->name);
  for (gsize i = 0; i < G_N_ELEMENTS (weekdays); i++)
    {
      g_autoptr (TrkPlan) plan = fixture_plan (f, fixture_day (f, weekdays[i]));
      g_autofree char *text = fixture_plan_text (f, plan);

      if (row->monday != NULL)
        g_assert_cmpstr (text, ==, row->monday);
      g_assert_cmpuint (plan->blocks->len, >, 0);
      g_assert_cmpuint (plan->squeezed->len, ==, 0);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (weekend); i++)
    {
      g_autoptr (TrkPlan) plan = fixture_plan (f, fixture_day (f, weekend[i]));

      g_assert_cmpuint (plan->blocks->len, ==, 0);
    }
  g_assert_cmpuint (f->warnings->len, ==, 0);
}

/* 25 minutes of focus, 5 of rest, and after every fourth a longer break; no gap from nine to
 * six. */
static void
test_pomodoro (Fixture *f, gconstpointer data)
{
  g_autoptr (TrkPlan) plan = NULL;
  TrkInstant at = fixture_at (f, "2026-11-23 09:00");
  guint focus = 0;

  add_template (f, "pomodoro");
  plan = fixture_plan (f, fixture_day (f, "2026-11-23"));
  g_assert_cmpuint (plan->blocks->len, ==, 31);
  for (guint i = 0; i < plan->blocks->len; i++)
    {
      const TrkBlock *block = g_ptr_array_index (plan->blocks, i);
      TrkDuration length = trk_period_length (block->period);

      g_assert_cmpint (block->period.start, ==, at);
      at = block->period.end;
      g_assert_cmpint (block->kind, ==, i % 2 == 0 ? TRK_KIND_FOCUS : TRK_KIND_BREAK);
      if (block->kind == TRK_KIND_FOCUS)
        g_assert_cmpint (length, ==, 25 * TRK_MINUTE);
      else if (focus % 4 == 0)
        g_assert_cmpint (length, >=, 15 * TRK_MINUTE);
      else
        g_assert_cmpint (length, ==, 5 * TRK_MINUTE);
      focus += block->kind == TRK_KIND_FOCUS;
    }
  g_assert_cmpint (at, ==, fixture_at (f, "2026-11-23 18:00"));
}

/* Together they make one day in which nothing loses to anything but to its own copy. */
static void
test_together (Fixture *f, gconstpointer data)
{
  g_autoptr (TrkPlan) plan = NULL;

  add_template (f, "time-blocked-day");
  add_template (f, "daily-routine");
  add_template (f, "meals-and-breaks");
  plan = fixture_plan (f, fixture_day (f, "2026-11-23"));
  g_assert_cmpuint (plan->blocks->len, ==, 16);
  g_assert_cmpuint (plan->squeezed->len, ==, 2);
  for (guint i = 0; i < plan->squeezed->len; i++)
    g_assert_true (g_array_index (plan->squeezed, TrkSqueeze, i).duplicate);
}

static void
test_checklist (Fixture *f, gconstpointer data)
{
  g_autoptr (TrkPlan) plan = NULL;
  const TrkBlock *block;

  add_template (f, "daily-routine");
  plan = fixture_plan (f, fixture_day (f, "2026-11-23"));
  block = g_ptr_array_index (plan->blocks, 0);
  g_assert_cmpstr (block->checklist, ==,
                   "Read the calendar of today\nChoose the three things that matter\n"
                   "Give each of them a block\nRead the messages that came overnight");
}

/* RFC 5545 3.1: lines end in CRLF and are at most 75 bytes long. */
static void
test_form (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *file = g_strconcat (cases[i].name, ".ics", NULL);
      g_autofree char *path = g_build_filename (g_getenv ("TRACKERD_SCHEDULES"), file, NULL);
      g_autofree char *text = NULL;
      g_auto (GStrv) lines = NULL;

      g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
      lines = g_strsplit (text, "\n", -1);
      for (char **line = lines; line[1] != NULL; line++)
        {
          g_assert_true (g_str_has_suffix (*line, "\r"));
          g_assert_cmpuint (strlen (*line), <=, 76);
        }
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/templates/week/", cases[i].name, NULL);

      g_test_add (path, Fixture, &cases[i], fixture_set_up, test_week, fixture_tear_down);
    }
  g_test_add ("/templates/pomodoro", Fixture, NULL, fixture_set_up, test_pomodoro,
              fixture_tear_down);
  g_test_add ("/templates/together", Fixture, NULL, fixture_set_up, test_together,
              fixture_tear_down);
  g_test_add ("/templates/checklist", Fixture, NULL, fixture_set_up, test_checklist,
              fixture_tear_down);
  g_test_add_func ("/templates/form", test_form);
  return g_test_run ();
}
