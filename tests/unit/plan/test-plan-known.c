/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "plan-fixture.h"

#include "trk-known.h"

#include <stdio.h>

/* What came into the plan after its time had begun. Now is 10:00. */

typedef struct
{
  const char *name;
  const char *before; /* events of the plan before; NULL: there was none */
  const char *events;
  const char *trace;  /* the log's first; NULL: none */
  const char *blocks; /* in the plan then */
  const char *late;   /* "A": what was over when it came */
} Case;

static const Case cases[] = {
  { "nothing-new", "focus A 0900-1100", "focus A 0900-1100", "0800", "A 0900-1100", "" },
  { "in-its-middle", "focus A 1200-1300", "focus B 0900-1100, focus A 1200-1300", "0800",
    "B 1000-1100, A 1200-1300", "" },
  { "over", "", "focus A 0800-0900", "0700", "A 0800-0900", "A" },
  { "to-come", "", "focus A 1100-1200", "0800", "A 1100-1200", "" },
  { "in-the-first-plan", NULL, "focus A 0900-1100", "0800", "A 0900-1100", "" },
  { "over-in-the-first-plan", NULL, "focus A 0830-0900", "0800", "A 0830-0900", "" },
  { "around-the-first-trace", NULL, "focus A 0900-1100", "0930", "A 0930-1100", "" },
  { "before-any-trace", NULL, "focus A 0900-1100", NULL, "A 1000-1100", "" },
  { "the-rest-around-a-meeting", "meeting M 0930-1015", "focus A 0900-1100, meeting M 0930-1015",
    "0800", "A 0900-0930, M 0930-1015, A#2 1015-1100", "A" },
  { "cut-by-what-came-late", "focus A 0900-1200", "focus A 0900-1200, meeting M 0915-0930", "0800",
    "A 0900-0915, M 0915-0930, A#2 0930-1200", "M" },
  { "longer-and-cut", "focus A 0900-1200", "focus A 0900-1230, meeting M 0915-0930", "0800",
    "A 0900-0915, M 0915-0930, A#2 0930-1230", "M" },
  { "in-one-piece-again", "focus A 0900-1200, meeting M 0915-0930", "focus A 0900-1200", "0800",
    "A 0900-1200", "" },
  { "longer", "focus A 0900-1030", "focus A 0900-1100", "0800", "A 0900-1100", "" },
  { "earlier-but-past-before", "focus A 0930-1100", "focus A 0900-1100", "0800", "A 0900-1100",
    "" },
  { "moved-back", "focus A 1200-1400", "focus A 0900-1100", "0800", "A 1000-1100", "" },
  { "moved-back-and-over", "focus A 1200-1400", "focus A 0800-0900", "0700", "A 0800-0900", "A" },
  { "moved-back-and-to-come", "focus A 1200-1400", "focus A 1100-1300", "0800", "A 1100-1300", "" },
};

static TrkInstant
clock_time (const char *text)
{
  int hour, minute;

  if (text == NULL)
    return TRK_NEVER;
  g_assert_cmpint (sscanf (text, "%2d%2d", &hour, &minute), ==, 2);
  return AT (hour, minute);
}

static TrkPlan *
plan_of (const char *text, const GPtrArray *records)
{
  g_autoptr (GPtrArray) events =
      *text != '\0' ? fixture_events (text)
                    : g_ptr_array_new_with_free_func ((GDestroyNotify) trk_occurrence_unref);
  TrkPolicies policies;
  TrkPlanInput input = fixture_input (&policies);

  input.records = records;
  return trk_plan_new (events, fixture_day (), &input);
}

static void
assert_plan (const TrkPlan *plan, const Case *row)
{
  g_autofree char *blocks = fixture_blocks_text (plan);
  g_autoptr (GString) late = g_string_new (NULL);

  for (guint i = 0; i < plan->blocks->len; i++)
    if (trk_block_came_late (g_ptr_array_index (plan->blocks, i)))
      g_string_append (late, ((TrkBlock *) g_ptr_array_index (plan->blocks, i))->title);
  g_assert_cmpstr (blocks, ==, row->blocks);
  g_assert_cmpstr (late->str, ==, row->late);
}

/* Once it is in the log, the next plan has it so, too, whenever that is made. */
static void
test_case (gconstpointer data)
{
  const Case *row = data;
  g_autoptr (GPtrArray) records =
      g_ptr_array_new_with_free_func ((GDestroyNotify) trk_block_record_free);
  g_autoptr (TrkPlan) before = row->before != NULL ? plan_of (row->before, records) : NULL;
  g_autoptr (TrkPlan) made = plan_of (row->events, records);
  TrkInstant trace = clock_time (row->trace);
  g_autoptr (TrkPlan) plan = trk_known_news (made, before, records, trace, AT (10, 0));
  g_autoptr (TrkPlan) again = NULL, next = NULL, unlogged = NULL;

  assert_plan (plan, row);
  unlogged = trk_known_news (made, plan, records, trace, AT (10, 30));
  assert_plan (unlogged, row);
  for (guint i = 0; i < plan->blocks->len; i++)
    g_ptr_array_add (records, trk_block_record_new (g_ptr_array_index (plan->blocks, i), NULL));
  again = plan_of (row->events, records);
  assert_plan (again, row);
  next = trk_known_news (again, plan, records, trace, AT (10, 30));
  assert_plan (next, row);
}

/* A day that the plan before did not reach, after a long sleep say, brings nothing new. */
static void
test_beyond_the_plan_before (void)
{
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  TrkPeriod yesterday = { DAY_START - 24 * TRK_HOUR, DAY_START };
  g_autoptr (TrkPlan) before = trk_plan_new_for_blocks (none, yesterday);
  g_autoptr (TrkPlan) made = plan_of ("focus A 0900-1100", NULL);
  g_autoptr (TrkPlan) plan = trk_known_news (made, before, none, AT (0, 0), AT (10, 0));
  g_autofree char *blocks = fixture_blocks_text (plan);

  g_assert_cmpstr (blocks, ==, "A 0900-1100");
}

/* What the log has may have been moved while no daemon ran, as it may have been made then. */
static void
test_moved_back_unseen (void)
{
  g_autoptr (GPtrArray) records =
      g_ptr_array_new_with_free_func ((GDestroyNotify) trk_block_record_free);
  g_autoptr (TrkPlan) logged = plan_of ("focus A 1200-1400", NULL);
  g_autoptr (TrkPlan) made = plan_of ("focus A 0900-1100", NULL);
  g_autoptr (TrkPlan) plan = NULL;
  g_autofree char *blocks = NULL;

  g_ptr_array_add (records, trk_block_record_new (g_ptr_array_index (logged->blocks, 0), NULL));
  plan = trk_known_news (made, NULL, records, AT (9, 30), AT (10, 0));
  blocks = fixture_blocks_text (plan);
  g_assert_cmpstr (blocks, ==, "A 0930-1100");
}

/* What lies over all of it until after it came does not make it older. */
static void
test_covered_what_came_late (void)
{
  g_autoptr (GPtrArray) records =
      g_ptr_array_new_with_free_func ((GDestroyNotify) trk_block_record_free);
  g_autoptr (TrkPlan) before = plan_of ("", NULL);
  g_autoptr (TrkPlan) made = plan_of ("focus A 0900-1200", NULL);
  g_autoptr (TrkPlan) late = trk_known_news (made, before, records, AT (8, 0), AT (10, 0));
  g_autoptr (TrkPlan) cut = plan_of ("focus A 0900-1200, meeting M 0900-1030", NULL);
  g_autoptr (TrkPlan) covered = trk_known_news (cut, late, records, AT (8, 0), AT (10, 10));
  g_autoptr (TrkPlan) alone = NULL;
  g_autoptr (TrkPlan) plan = NULL;
  g_autofree char *blocks = NULL;

  for (guint i = 0; i < covered->blocks->len; i++)
    g_ptr_array_add (records, trk_block_record_new (g_ptr_array_index (covered->blocks, i), NULL));
  alone = plan_of ("focus A 0900-1200", records);
  plan = trk_known_news (alone, NULL, records, AT (8, 0), AT (10, 20));
  blocks = fixture_blocks_text (plan);
  g_assert_cmpstr (blocks, ==, "A 1000-1200");
}

/* A cut that came after the event, which had come late itself. */
static void
test_cut_what_came_late (void)
{
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  g_autoptr (TrkPlan) before = plan_of ("", NULL);
  g_autoptr (TrkPlan) made = plan_of ("focus A 0900-1200", NULL);
  g_autoptr (TrkPlan) late = trk_known_news (made, before, none, AT (8, 0), AT (10, 0));
  g_autoptr (TrkPlan) cut = plan_of ("focus A 0900-1200, meeting M 0915-0930", NULL);
  g_autoptr (TrkPlan) plan = trk_known_news (cut, late, none, AT (8, 0), AT (10, 30));
  g_autofree char *blocks = fixture_blocks_text (plan);

  g_assert_cmpstr (blocks, ==, "A 0900-0915, M 0915-0930, A#2 1000-1200");
}

/* Events that share a UID are numbered as pieces are. */
static void
test_shared_uid (void)
{
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  g_autoptr (TrkPlan) before = plan_of ("focus A 0800-0900", NULL);
  g_autoptr (TrkPlan) made = plan_of ("focus A 0800-0900, focus A 0930-1100", NULL);
  g_autoptr (TrkPlan) plan = trk_known_news (made, before, none, AT (7, 0), AT (10, 0));
  g_autofree char *blocks = fixture_blocks_text (plan);
  g_autoptr (TrkPlan) next = trk_known_news (made, plan, none, AT (7, 0), AT (10, 30));

  g_assert_cmpstr (blocks, ==, "A 0800-0900, A#2 1000-1100");
  g_assert_false (trk_block_came_late (g_ptr_array_index (next->blocks, 0)));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/plan/known/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/plan/known/beyond-the-plan-before", test_beyond_the_plan_before);
  g_test_add_func ("/plan/known/moved-back-unseen", test_moved_back_unseen);
  g_test_add_func ("/plan/known/covered-what-came-late", test_covered_what_came_late);
  g_test_add_func ("/plan/known/cut-what-came-late", test_cut_what_came_late);
  g_test_add_func ("/plan/known/shared-uid", test_shared_uid);
  return g_test_run ();
}
