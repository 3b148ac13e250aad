/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "plan-fixture.h"

#include <stdio.h>

/* What is skipped, or done early, gives back what it displaced from then on. */

typedef struct
{
  const char *name, *events;
  /* "work/B 1000-1030 skipped 0930 of 1000-1030": the log's block, when it was left, its event;
     then the next one after a comma */
  const char *left;
  const char *blocks, *squeezed;
} Case;

static const Case cases[] = {
  { "nothing-left", "focus A 0900-1200, meeting B 1000-1030", NULL,
    "A 0900-1000, B 1000-1030, A#2 1030-1200", "A-B 1000-1030" },
  { "skipped-before", "focus A 0900-1200, meeting B 1000-1030",
    "work/B 1000-1030 skipped 0930 of 1000-1030", "A 0900-1200", "" },
  { "skipped-while-it-ran", "focus A 0900-1200, meeting B 1000-1030",
    "work/B 1000-1030 skipped 1010 of 1000-1030", "A 0900-1000, B 1000-1010, A#2 1010-1200",
    "A-B 1000-1010" },
  { "skipped-at-its-first-moment", "focus A 0900-1200, meeting B 1000-1030",
    "work/B 1000-1030 skipped 1000 of 1000-1030", "A 0900-1200", "" },
  { "too-little-is-left", "focus A 0900-1030, meeting B 1000-1030",
    "work/B 1000-1030 skipped 1026 of 1000-1030", "A 0900-1000, B 1000-1026", "A-B 1000-1030" },
  { "done-early", "shallow A 0900-1200, focus B 1000-1100",
    "work/B 1000-1100 done 1040 of 1000-1100", "A 0900-1000, B 1000-1040, A#2 1040-1200",
    "A-B 1000-1040" },
  { "done-in-time", "focus A 0900-1200, meeting B 1000-1030",
    "work/B 1000-1030 done 1030 of 1000-1030", "A 0900-1000, B 1000-1030, A#2 1030-1200",
    "A-B 1000-1030" },
  { "extended", "focus A 0900-1200, meeting B 1000-1030", "work/B 1000-1030 none 1045 of 1000-1030",
    "A 0900-1000, B 1000-1030, A#2 1030-1200", "A-B 1000-1030" },
  { "cancelled-is-the-calendars-word", "focus A 0900-1200, meeting B 1000-1030",
    "work/B 1000-1030 cancelled 0930 of 1000-1030", "A 0900-1000, B 1000-1030, A#2 1030-1200",
    "A-B 1000-1030" },
  { "moved-since", "focus A 0900-1200, meeting B 1000-1030",
    "work/B 1100-1130 skipped 0930 of 1100-1130", "A 0900-1000, B 1000-1030, A#2 1030-1200",
    "A-B 1000-1030" },
  { "a-piece", "shallow A 0900-1200, focus B 0930-1130, meeting C 1000-1030",
    "work/B#2 1030-1130 skipped 1040 of 0930-1130",
    "A 0900-0930, B 0930-1000, C 1000-1030, B#2 1030-1040, A#2 1040-1200",
    "A-B 0930-1000, A-C 1000-1030, B-C 1000-1030, A-B 1030-1040" },
  { "the-first-of-two-pieces", "shallow A 0900-1200, focus B 0930-1130, meeting C 1000-1030",
    "work/B 0930-1000 skipped 0900 of 0930-1130, work/B#2 1030-1130 skipped 0900 of 0930-1130",
    "A 0900-1000, C 1000-1030, A#2 1030-1200", "A-C 1000-1030" },
  { "the-first-of-two-pieces-while-it-ran",
    "shallow A 0900-1200, focus B 0930-1130, meeting C 1000-1030",
    "work/B 0930-1000 skipped 0945 of 0930-1130, work/B#2 1030-1130 skipped 0945 of 0930-1130",
    "A 0900-0930, B 0930-0945, A#2 0945-1000, C 1000-1030, A#3 1030-1200",
    "A-B 0930-0945, A-C 1000-1030" },
  { "pieces-that-the-log-does-not-have",
    "shallow A 0900-1200, focus B 0930-1130, meeting C 1000-1030",
    "work/B 0930-1000 skipped 0945 of 0930-1130",
    "A 0900-0930, B 0930-0945, A#2 0945-1000, C 1000-1030, A#3 1030-1200",
    "A-B 0930-0945, A-C 1000-1030" },
  { "what-cut-it-is-gone", "shallow A 0900-1200, focus B 0930-1130",
    "work/B 0930-1000 skipped 0945 of 0930-1130, work/B#2 1030-1130 skipped 0945 of 0930-1130",
    "A 0900-0930, B 0930-0945, A#2 0945-1200", "A-B 0930-0945" },
  { "the-first-of-two-pieces-while-it-was-extended", "focus B 0930-1130, meeting C 1000-1030",
    "work/B 0930-1000 skipped 1010 of 0930-1130", "B 0930-1000, C 1000-1030", "" },
  { "the-first-of-two-pieces-done", "shallow A 0900-1200, focus B 0930-1130, meeting C 1000-1030",
    "work/B 0930-1000 done 0945 of 0930-1130",
    "A 0900-0930, B 0930-0945, A#2 0945-1000, C 1000-1030, B#2 1030-1130, A#3 1130-1200",
    "A-B 0930-0945, A-C 1000-1030, B-C 1000-1030, A-B 1030-1130" },
  { "another-event", "focus A 0900-1200, meeting B 1000-1030",
    "work/C 1000-1030 skipped 0930 of 1000-1030", "A 0900-1000, B 1000-1030, A#2 1030-1200",
    "A-B 1000-1030" },
  { "an-owed-break-is-not-owed-any-more", "break A 1000-1015, meeting B 1000-1030",
    "work/B 1000-1030 skipped 0930 of 1000-1030", "A 1000-1015", "" },
  { "left-before-its-place-was-free", "focus A 0900-1100, meeting B 1000-1030",
    "work/A 0900-1000 done 0930 of 0900-1100, work/B 1000-1030 done 1010 of 1000-1030",
    "A 0900-0930, B 1000-1010, A#2 1030-1100", "" },
  { "skipped-before-its-place-was-free", "focus A 0900-1100, meeting B 1000-1030",
    "work/A 0900-1000 skipped 0930 of 0900-1100, work/B 1000-1030 done 1010 of 1000-1030",
    "A 0900-0930, B 1000-1010", "" },
  { "left-before-the-only-rest-was-free", "focus A 0900-1045, meeting B 1000-1044",
    "work/A 0900-1000 done 0930 of 0900-1045, work/B 1000-1044 done 0940 of 1000-1044",
    "A 0900-0930", "" },
  { "done-before-its-place-was-free", "focus A 0900-1030, meeting B 1000-1030",
    "work/A 0900-1000 done 0930 of 0900-1030, work/B 1000-1030 skipped 0940 of 1000-1030",
    "A 0900-0930", "" },
  { "free-before-it-was-left", "focus A 0900-1100, meeting B 1000-1030",
    "work/A 0900-1100 skipped 1040 of 0900-1100, work/B 1000-1030 skipped 0930 of 1000-1030",
    "A 0900-1040", "" },
  { "left-at-the-same-moment", "focus A 0900-1100, meeting B 1000-1030",
    "work/A 0900-1000 done 0930 of 0900-1100, work/B 1000-1030 done 0930 of 1000-1030",
    "A 0900-0930, A#2 1030-1100", "" },
  { "left-before-five-minutes-more", "focus A 0900-1049, meeting B 1000-1044",
    "work/A 0900-1000 done 0930 of 0900-1049, work/B 1000-1044 done 0940 of 1000-1044",
    "A 0900-0930, A#2 1044-1049", "" },
  { "left-before-the-little-in-front-was-free", "focus A 0957-1100, meeting B 1000-1030",
    "work/A 1030-1100 done 0930 of 0957-1100, work/B 1000-1030 done 1010 of 1000-1030",
    "B 1000-1010", "" },
  { "left-twice", "focus A 0900-1200, meeting B 1000-1030",
    "work/A 0900-1000 done 0930 of 0900-1200, work/B 1000-1030 done 1010 of 1000-1030, "
    "work/A#2 1030-1200 done 1100 of 0900-1200",
    "A 0900-0930, B 1000-1010, A#2 1030-1100", "" },
  { "moved-a-little-since", "meeting B 1010-1040", "work/B 1000-1030 skipped 0930 of 1000-1030",
    "B 1010-1040", "" },
  { "longer-since", "meeting B 1000-1045", "work/B 1000-1030 skipped 0930 of 1000-1030",
    "B 1000-1045", "" },
  { "nobody-takes-it", "meeting B 1000-1030", "work/B 1000-1030 skipped 0930 of 1000-1030", "",
    "" },
};

static TrkBlockRecord *
record_of (const char *text)
{
  g_autoptr (TrkBlock) block = trk_block_new ();
  g_autoptr (TrkBlockState) state = NULL;
  char id[32], outcome[16];
  int h1, m1, h2, m2, h3, m3, h4, m4, h5, m5;

  g_assert_cmpint (sscanf (text, "%31s %2d%2d-%2d%2d %15s %2d%2d of %2d%2d-%2d%2d", id, &h1, &m1,
                           &h2, &m2, outcome, &h3, &m3, &h4, &m4, &h5, &m5),
                   ==, 12);
  block->id = g_strdup (id);
  block->period = (TrkPeriod){ AT (h1, m1), AT (h2, m2) };
  block->planned = (TrkPeriod){ AT (h4, m4), AT (h5, m5) };
  state = trk_block_state_new (id);
  state->end = AT (h3, m3);
  g_assert_true (trk_outcome_from_string (outcome, &state->outcome));
  return trk_block_record_new (block, state);
}

static void
test_case (gconstpointer data)
{
  const Case *row = data;
  g_autoptr (GPtrArray) events = fixture_events (row->events);
  g_autoptr (GPtrArray) records =
      g_ptr_array_new_with_free_func ((GDestroyNotify) trk_block_record_free);
  g_auto (GStrv) left = row->left != NULL ? g_strsplit (row->left, ", ", -1) : NULL;
  g_autoptr (TrkPlan) plan = NULL;
  g_autofree char *blocks = NULL;
  g_autofree char *squeezed = NULL;
  TrkPolicies policies;
  TrkPlanInput input = fixture_input (&policies);

  for (gsize i = 0; left != NULL && left[i] != NULL; i++)
    g_ptr_array_add (records, record_of (left[i]));
  input.left = records;
  plan = trk_plan_new (events, fixture_day (), &input);
  blocks = fixture_blocks_text (plan);
  squeezed = fixture_squeezed_text (plan);
  g_assert_cmpstr (blocks, ==, row->blocks);
  g_assert_cmpstr (squeezed, ==, row->squeezed);
}

/* The event's alarms are about its start: what is left of it behind that has none. */
static void
test_alarms (void)
{
  g_autoptr (GPtrArray) events = fixture_events ("focus A 0900-1200, meeting B 1000-1030");
  g_autoptr (GPtrArray) records =
      g_ptr_array_new_with_free_func ((GDestroyNotify) trk_block_record_free);
  TrkOccurrence *event = g_ptr_array_index (events, 0);
  const TrkDuration alarm = 5 * TRK_MINUTE;
  TrkPolicies policies;
  TrkPlanInput input = fixture_input (&policies);

  event->leads = g_array_new (FALSE, FALSE, sizeof (TrkDuration));
  g_array_append_val (event->leads, alarm);
  g_ptr_array_add (records, record_of ("work/A 0900-1000 done 0850 of 0900-1200"));
  input.left = records;
  for (guint left = 0; left < 2; left++)
    {
      g_autoptr (TrkPlan) plan = NULL;
      g_autofree char *blocks = NULL;

      if (left == 1) /* while it ran */
        ((TrkBlockRecord *) records->pdata[0])->state->end = AT (9, 30);
      plan = trk_plan_new (events, fixture_day (), &input);
      blocks = fixture_blocks_text (plan);
      g_assert_cmpstr (blocks, ==,
                       left == 1 ? "A 0900-0930, B 1000-1030, A#2 1030-1200"
                                 : "B 1000-1030, A 1030-1200");
      g_assert_true ((trk_plan_block (plan, "work/A")->leads != NULL) == (left == 1));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/plan/time-left/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/plan/time-left/alarms", test_alarms);
  return g_test_run ();
}
