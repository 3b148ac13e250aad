/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "plan-fixture.h"

#include <string.h>

static TrkPlan *
plan_of (const GPtrArray *events)
{
  TrkPolicies policies;
  TrkPlanInput input = fixture_input (&policies);

  return trk_plan_new (events, fixture_day (), &input);
}

typedef struct
{
  const char *name, *events, *blocks, *squeezed;
} Case;

static const Case cases[] = {
  { "no-overlap", "focus A 0900-1030, break B 1030-1045", "A 0900-1030, B 1030-1045", "" },
  { "sorted", "break B 1030-1045, focus A 0900-1030", "A 0900-1030, B 1030-1045", "" },
  { "meeting-cuts-the-end", "focus A 0900-1030, meeting B 1000-1100", "A 0900-1000, B 1000-1100",
    "A-B 1000-1030" },
  { "meeting-cuts-the-start", "focus A 0900-1030, meeting B 0830-0930", "B 0830-0930, A 0930-1030",
    "A-B 0900-0930" },
  { "meeting-cuts-in-two", "focus A 0900-1200, meeting B 1000-1030",
    "A 0900-1000, B 1000-1030, A#2 1030-1200", "A-B 1000-1030" },
  { "off-beats-a-meeting", "meeting A 1730-1830, off B 1800-2000", "A 1730-1800, B 1800-2000",
    "A-B 1800-1830" },
  { "break-beats-focus", "focus A 0900-1200, break B 1030-1045",
    "A 0900-1030, B 1030-1045, A#2 1045-1200", "A-B 1030-1045" },
  { "focus-beats-shallow", "shallow A 0900-1000, focus B 0930-1100", "A 0900-0930, B 0930-1100",
    "A-B 0930-1000" },
  { "shallow-beats-routine", "routine A 0900-1000, shallow B 0930-1100", "A 0900-0930, B 0930-1100",
    "A-B 0930-1000" },
  { "stand-up-in-a-meeting-day", "meeting A 0900-1700, meeting B 0930-0945",
    "A 0900-0930, B 0930-0945, A#2 0945-1700", "A-B 0930-0945" },
  { "equals-the-earlier-wins", "focus A 0930-1030, focus B 0900-1000", "B 0900-1000, A 1000-1030",
    "A-B 0930-1000" },
  { "equal-but-for-the-calendar", "focus work/A 0900-1000, focus home/B 0900-1000", "B 0900-1000",
    "A-B 0900-1000 whole" },
  { "equal-in-everything-the-lower-id-wins", "focus B 0900-1000, focus A 0900-1000", "A 0900-1000",
    "B-A 0900-1000 whole" },
  { "whole", "focus A 0930-1000, meeting B 0900-1100", "B 0900-1100", "A-B 0930-1000 whole" },
  { "small-piece-after-goes", "focus A 0900-1004, meeting B 0930-1000", "A 0900-0930, B 0930-1000",
    "A-B 0930-1004" },
  { "small-piece-before-goes", "focus A 0856-1100, meeting B 0900-1000", "B 0900-1000, A 1000-1100",
    "A-B 0856-1000" },
  { "small-piece-between-goes", "focus A 0900-1100, meeting B 0930-1000, meeting C 1003-1030",
    "A 0900-0930, B 0930-1000, C 1003-1030, A#2 1030-1100", "A-B 0930-1003, A-C 1003-1030" },
  { "five-minutes-stay", "focus A 0900-1005, meeting B 0930-1000",
    "A 0900-0930, B 0930-1000, A#2 1000-1005", "A-B 0930-1000" },
  { "small-but-uncut-stays", "routine A 0900-0902", "A 0900-0902", "" },
  { "break-lost-to-a-meeting-is-owed", "break A 1100-1115, meeting B 1030-1130", "B 1030-1130",
    "A-B 1100-1115 whole owed" },
  { "break-mostly-lost-is-owed", "break A 1100-1115, meeting B 1030-1108",
    "B 1030-1108, A 1108-1115", "A-B 1100-1108 owed" },
  { "break-half-lost-is-not", "break A 1100-1120, meeting B 1030-1110", "B 1030-1110, A 1110-1120",
    "A-B 1100-1110" },
  { "owed-once-after-the-last-meeting",
    "break A 1100-1115, meeting B 1030-1108, meeting C 1108-1200", "B 1030-1108, C 1108-1200",
    "A-B 1100-1108 whole, A-C 1108-1115 whole owed" },
  { "break-lost-to-off-is-not-owed", "break A 1100-1115, off B 1030-1130", "B 1030-1130",
    "A-B 1100-1115 whole" },
  { "focus-lost-to-a-meeting-is-not-owed", "focus A 1100-1115, meeting B 1030-1130", "B 1030-1130",
    "A-B 1100-1115 whole" },
  { "chain", "routine A 0900-1200, focus B 1000-1100, meeting C 1030-1130",
    "A 0900-1000, B 1000-1030, C 1030-1130, A#2 1130-1200",
    "A-B 1000-1030, B-C 1030-1100, A-C 1030-1130" },
  { "same-event-in-two-calendars", "focus work/A 0900-1000, focus home/A 0900-1000", "A 0900-1000",
    "A-A 0900-1000 whole copy" },
  { "same-uid-another-end", "focus work/A 0900-1000, focus home/A 0900-1030",
    "A 0900-1000, A 1000-1030", "A-A 0900-1000" },
  { "same-uid-another-time", "focus work/A 0900-1000, focus home/A 1100-1200",
    "A 0900-1000, A 1100-1200", "" },
  { "same-uid-twice-in-one-calendar", "focus A 0900-1000, focus A 1100-1200",
    "A 0900-1000, A#2 1100-1200", "" },
  { "uid-that-looks-like-a-piece-before-it",
    "focus A#2 0800-0830, focus A 0900-1200, meeting B 1000-1030",
    "A#2 0800-0830, A 0900-1000, B 1000-1030, A#3 1030-1200", "A-B 1000-1030" },
  { "uid-that-looks-like-a-piece", "focus A 0900-1200, meeting B 1000-1030, focus A#2 1300-1400",
    "A 0900-1000, B 1000-1030, A#2 1030-1200, A#2#2 1300-1400", "A-B 1000-1030" },
};

static void
test_case (gconstpointer data)
{
  const Case *row = data;
  g_autoptr (GPtrArray) events = fixture_events (row->events);
  g_autoptr (TrkPlan) plan = plan_of (events);
  g_autofree char *blocks = fixture_blocks_text (plan);
  g_autofree char *squeezed = fixture_squeezed_text (plan);

  g_assert_cmpstr (blocks, ==, row->blocks);
  g_assert_cmpstr (squeezed, ==, row->squeezed);
}

static void
test_ids_are_unique (void)
{
  g_autoptr (GPtrArray) events =
      fixture_events ("focus A 0900-1200, meeting B 1000-1030, focus A#2 1300-1400, "
                      "focus A 1500-1600, focus A 1700-1800");
  g_autoptr (TrkPlan) plan = plan_of (events);
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);

  g_assert_cmpuint (plan->blocks->len, ==, 6);
  for (guint i = 0; i < plan->blocks->len; i++)
    g_assert_true (g_hash_table_add (ids, ((TrkBlock *) g_ptr_array_index (plan->blocks, i))->id));
}

static void
test_first_configured_calendar_keeps_a_copy (void)
{
  g_autoptr (GPtrArray) events = fixture_events ("focus aaa/A 0900-1000, focus zzz/A 0900-1000");
  g_autoptr (GPtrArray) calendars =
      g_ptr_array_new_with_free_func ((GDestroyNotify) trk_calendar_free);
  TrkPolicies policies;
  TrkPlanInput input = fixture_input (&policies);
  g_autoptr (TrkPlan) plan = NULL;

  g_ptr_array_add (calendars, trk_calendar_new ("zzz", "/z"));
  g_ptr_array_add (calendars, trk_calendar_new ("aaa", "/a"));
  input.calendars = calendars;
  plan = trk_plan_new (events, fixture_day (), &input);
  g_assert_cmpuint (plan->blocks->len, ==, 1);
  g_assert_cmpstr (((TrkBlock *) g_ptr_array_index (plan->blocks, 0))->calendar, ==, "zzz");
}

/* Who has no UID is nobody's copy, however alike they are. */
static void
test_no_copies_without_a_uid (void)
{
  static const char *const uids[] = { "", NULL };

  for (gsize i = 0; i < G_N_ELEMENTS (uids); i++)
    {
      g_autoptr (GPtrArray) events =
          fixture_events ("focus work/A 0900-1000, focus home/A 0900-1000");
      g_autoptr (TrkPlan) plan = NULL;

      for (guint n = 0; n < events->len; n++)
        {
          TrkOccurrence *event = g_ptr_array_index (events, n);

          g_free (event->uid);
          event->uid = g_strdup (uids[i]);
        }
      plan = plan_of (events);
      g_assert_cmpuint (plan->blocks->len, ==, 1);
      g_assert_cmpuint (plan->squeezed->len, ==, 1);
      g_assert_false (g_array_index (plan->squeezed, TrkSqueeze, 0).duplicate);
    }
}

/* Of copies in one calendar it does not depend on the order of the files which one stays: the one
 * of the lower ID, and then of the lower title. */
static void
test_copies_in_one_calendar (gconstpointer data)
{
  static const char *const ids[][2] = { { "20261123T090000Z", "20261124T090000Z" }, { NULL } };
  gboolean named = GPOINTER_TO_INT (data) == 0;

  for (guint first = 0; first < 2; first++)
    {
      g_autoptr (GPtrArray) events = fixture_events ("focus A 0900-1000, focus A 0900-1000");
      g_autoptr (TrkPlan) plan = NULL;

      for (guint i = 0; i < 2; i++)
        {
          TrkOccurrence *event = g_ptr_array_index (events, i);
          guint which = i ^ first; /* 0 is to stay */

          event->recurrence_id = g_strdup (ids[named ? 0 : 1][which]);
          event->summary[0] = (which == 0) == named ? 'Z' : 'B';
        }
      plan = plan_of (events);
      g_assert_cmpuint (plan->blocks->len, ==, 1);
      g_assert_cmpstr (((TrkBlock *) plan->blocks->pdata[0])->title, ==, named ? "Z" : "B");
      g_assert_true (g_array_index (plan->squeezed, TrkSqueeze, 0).duplicate);
    }
}

static void
test_order_is_configurable (void)
{
  g_autoptr (GPtrArray) events = fixture_events ("focus A 0900-1030, meeting B 1000-1100");
  TrkPolicies policies;
  TrkPlanInput input = fixture_input (&policies);
  g_autoptr (TrkPlan) plan = NULL;
  g_autofree char *blocks = NULL;

  policies.precedence[1] = TRK_KIND_FOCUS;
  policies.precedence[3] = TRK_KIND_MEETING;
  plan = trk_plan_new (events, fixture_day (), &input);
  blocks = fixture_blocks_text (plan);
  g_assert_cmpstr (blocks, ==, "A 0900-1030, B 1030-1100");
}

/* A block that reaches over the period's border is in it uncut, and what it lost is told to its
 * end; one beside it only decides, and what that one lost is not told. */
static void
test_borders (void)
{
  g_autoptr (GPtrArray) events =
      fixture_events ("focus A 0900-1030, meeting B 1015-1100, focus C 1045-1300, "
                      "focus work/D 1400-1500, focus home/D 1400-1500");
  TrkPolicies policies;
  TrkPlanInput input = fixture_input (&policies);
  g_autoptr (TrkPlan) plan = NULL;
  g_autofree char *blocks = NULL;
  g_autofree char *squeezed = NULL;

  plan = trk_plan_new (events, (TrkPeriod){ AT (10, 0), AT (10, 15) }, &input);
  blocks = fixture_blocks_text (plan);
  squeezed = fixture_squeezed_text (plan);
  g_assert_cmpstr (blocks, ==, "A 0900-1015");
  g_assert_cmpstr (squeezed, ==, "A-B 1015-1030");
}

static void
test_questions (void)
{
  g_autoptr (GPtrArray) events = fixture_events ("focus A 0900-1000, break B 1000-1015");
  g_autoptr (TrkPlan) plan = plan_of (events);

  g_assert_cmpstr (trk_plan_block (plan, "work/B")->title, ==, "B");
  g_assert_null (trk_plan_block (plan, "work/C"));
  g_assert_null (trk_plan_at (plan, AT (8, 59)));
  g_assert_cmpstr (trk_plan_at (plan, AT (9, 0))->title, ==, "A");
  g_assert_cmpstr (trk_plan_at (plan, AT (10, 0))->title, ==, "B");
  g_assert_null (trk_plan_at (plan, AT (10, 15)));
}

/* Blocks of the log may be in any order, and lie over each other. */
static void
test_questions_of_the_log (void)
{
  g_autoptr (GPtrArray) events = fixture_events ("meeting B 1000-1015, meeting A 0900-1200");
  g_autoptr (GPtrArray) blocks = g_ptr_array_new_with_free_func ((GDestroyNotify) trk_block_unref);
  g_autoptr (TrkPlan) plan = NULL;
  g_autofree char *text = NULL;

  for (guint i = 0; i < events->len; i++)
    {
      const TrkOccurrence *event = g_ptr_array_index (events, i);
      TrkBlock *block = trk_block_new ();

      block->id = trk_block_id_for (event);
      block->calendar = g_strdup (event->calendar);
      block->title = g_strdup (event->summary);
      block->period = event->period;
      g_ptr_array_add (blocks, block);
    }
  plan = trk_plan_new_for_blocks (blocks, fixture_day ());
  text = fixture_blocks_text (plan);
  g_assert_cmpstr (text, ==, "A 0900-1200, B 1000-1015");
  g_assert_cmpstr (trk_plan_at (plan, AT (10, 5))->title, ==, "B");
  g_assert_cmpstr (trk_plan_at (plan, AT (11, 0))->title, ==, "A");
  g_assert_null (trk_plan_at (plan, AT (12, 0)));
}

static GArray *
alarms_of (TrkOccurrence *event)
{
  event->leads = g_array_new (FALSE, FALSE, sizeof (TrkDuration));
  return event->leads;
}

/* Of many alarms the last before the start; of none before it, none: then the policy's lead
 * holds. */
static void
test_alarms (void)
{
  const TrkDuration after = -TRK_MINUTE;
  g_autoptr (GPtrArray) events = fixture_events ("focus A 0900-1000, focus B 1000-1100");
  GArray *many = alarms_of (g_ptr_array_index (events, 0));
  GArray *none = alarms_of (g_ptr_array_index (events, 1));
  g_autoptr (TrkPlan) plan = NULL;
  const GArray *leads;

  for (TrkDuration lead = 10 * TRK_MINUTE; lead >= TRK_MINUTE; lead -= TRK_MINUTE)
    g_array_append_val (many, lead);
  g_array_append_val (none, after);
  plan = plan_of (events);
  leads = trk_plan_block (plan, "work/A")->leads;
  g_assert_cmpuint (leads->len, ==, 8);
  for (guint i = 0; i < 8; i++)
    g_assert_cmpint (g_array_index (leads, TrkDuration, i), ==, (8 - i) * TRK_MINUTE);
  g_assert_null (trk_plan_block (plan, "work/B")->leads);
}

/* A later piece must not ring the event's alarm again. */
static void
test_alarm_of_the_first_piece_only (void)
{
  g_autoptr (GPtrArray) events = fixture_events ("focus A 0900-1200, meeting B 1000-1030");
  TrkOccurrence *event = g_ptr_array_index (events, 0);
  TrkDuration alarms[] = { -5 * TRK_MINUTE, 5 * TRK_MINUTE, 15 * TRK_MINUTE, 5 * TRK_MINUTE };
  g_autoptr (TrkPlan) plan = NULL;
  const GArray *leads;

  event->leads = g_array_new (FALSE, FALSE, sizeof (TrkDuration));
  g_array_append_vals (event->leads, alarms, G_N_ELEMENTS (alarms));
  plan = plan_of (events);
  leads = trk_plan_block (plan, "work/A")->leads;
  g_assert_cmpuint (leads->len, ==, 2);
  g_assert_cmpint (g_array_index (leads, TrkDuration, 0), ==, 15 * TRK_MINUTE);
  g_assert_cmpint (g_array_index (leads, TrkDuration, 1), ==, 5 * TRK_MINUTE);
  g_assert_null (trk_plan_block (plan, "work/A#2")->leads);
}

/* -- Properties -------------------------------------------------------------------------------- */

static GPtrArray *
random_events (guint n)
{
  GPtrArray *events = g_ptr_array_new_with_free_func ((GDestroyNotify) trk_occurrence_unref);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *uid = g_strdup_printf ("e%u", g_test_rand_int_range (0, (gint32) n * 2));
      TrkInstant start = DAY_START + g_test_rand_int_range (0, 20 * 60) * TRK_MINUTE;
      TrkDuration length = g_test_rand_int_range (1, 180) * TRK_MINUTE;
      TrkOccurrence *event = fixture_event (uid, start, start + length);

      event->kind = g_strdup (trk_kind_to_string (g_test_rand_int_range (0, TRK_N_KINDS)));
      if (g_test_rand_bit ())
        event->recurrence_id = g_strdup_printf ("2026112%uT000000", i % 7);
      g_ptr_array_add (events, event);
    }
  return events;
}

static void
shuffle (GPtrArray *events)
{
  for (guint i = events->len; i > 1; i--)
    {
      guint j = (guint) g_test_rand_int_range (0, (gint32) i);
      gpointer swap = events->pdata[i - 1];

      events->pdata[i - 1] = events->pdata[j];
      events->pdata[j] = swap;
    }
}

static void
assert_sorted_and_disjoint (const TrkPlan *plan)
{
  for (guint i = 0; i < plan->blocks->len; i++)
    {
      const TrkBlock *block = g_ptr_array_index (plan->blocks, i);

      g_assert_false (trk_period_is_empty (block->period));
      g_assert_cmpint (block->period.start, >=, block->planned.start);
      g_assert_cmpint (block->period.end, <=, block->planned.end);
      if (i > 0)
        {
          const TrkBlock *before = g_ptr_array_index (plan->blocks, i - 1);

          g_assert_cmpint (before->period.end, <=, block->period.start);
        }
    }
}

static gboolean
is_of (const TrkBlock *block, const TrkOccurrence *event, const char *id)
{
  gsize length = strlen (id);

  return block->planned.start == event->period.start && block->planned.end == event->period.end
         && strncmp (block->id, id, length) == 0
         && (block->id[length] == '\0' || block->id[length] == '#');
}

/* Every minute of @event is in a block of it or in a record of what it lost, and in one only. */
static void
assert_accounted (const TrkPlan *plan, const TrkOccurrence *event)
{
  g_autofree char *id = trk_block_id_for (event);
  g_autoptr (TrkPeriodSet) all = trk_period_set_new ();
  TrkDuration sum = 0;

  for (guint i = 0; i < plan->blocks->len; i++)
    {
      const TrkBlock *block = g_ptr_array_index (plan->blocks, i);

      if (!is_of (block, event, id))
        continue;
      trk_period_set_add (all, block->period);
      sum += trk_period_length (block->period);
    }
  for (guint i = 0; i < plan->squeezed->len; i++)
    {
      const TrkSqueeze *squeeze = &g_array_index (plan->squeezed, TrkSqueeze, i);

      if (!is_of (squeeze->block, event, id))
        continue;
      trk_period_set_add (all, squeeze->lost);
      sum += trk_period_length (squeeze->lost);
    }
  g_assert_cmpint (trk_period_set_length (all), ==, trk_period_length (event->period));
  g_assert_cmpint (sum % trk_period_length (event->period), ==, 0);
}

static char *
whole_text (const TrkPlan *plan)
{
  g_autofree char *blocks = fixture_blocks_text (plan);
  g_autofree char *squeezed = fixture_squeezed_text (plan);

  return g_strconcat (blocks, " | ", squeezed, NULL);
}

static void
test_properties (void)
{
  for (guint round = 0; round < 300; round++)
    {
      g_autoptr (GPtrArray) events = random_events ((guint) g_test_rand_int_range (1, 40));
      g_autoptr (TrkPlan) plan = plan_of (events);
      g_autofree char *text = whole_text (plan);
      g_autoptr (TrkPlan) again = NULL;
      g_autofree char *again_text = NULL;

      assert_sorted_and_disjoint (plan);
      for (guint i = 0; i < events->len; i++)
        assert_accounted (plan, g_ptr_array_index (events, i));
      shuffle (events);
      again = plan_of (events);
      again_text = whole_text (again);
      g_assert_cmpstr (again_text, ==, text);
    }
}

/* Of a part of the day the plan tells what the day's plan tells of the blocks in it. */
static void
test_part_of_a_day (void)
{
  for (guint round = 0; round < 100; round++)
    {
      g_autoptr (GPtrArray) events = random_events (30);
      TrkPeriod part = { AT (g_test_rand_int_range (0, 12), 0),
                         AT (g_test_rand_int_range (13, 24), 0) };
      TrkPolicies policies;
      TrkPlanInput input = fixture_input (&policies);
      g_autoptr (TrkPlan) day = plan_of (events);
      g_autoptr (TrkPlan) plan = trk_plan_new (events, part, &input);
      g_autofree char *text = whole_text (plan);
      g_autofree char *again = NULL;

      for (guint i = day->blocks->len; i > 0; i--)
        if (!trk_period_overlaps (((TrkBlock *) day->blocks->pdata[i - 1])->period, part))
          g_ptr_array_remove_index (day->blocks, i - 1);
      for (guint i = day->squeezed->len; i > 0; i--)
        if (!trk_block_reaches (g_array_index (day->squeezed, TrkSqueeze, i - 1).block, part))
          g_array_remove_index (day->squeezed, i - 1);
      again = whole_text (day);
      g_assert_cmpstr (text, ==, again);
    }
}

static TrkOccurrence *
event_of_block (const TrkBlock *block)
{
  TrkOccurrence *event = fixture_event (block->id, block->period.start, block->period.end);

  event->kind = g_strdup (trk_kind_to_string (block->kind));
  return event;
}

/* Planning what is already planned changes nothing. */
static void
test_idempotent (void)
{
  for (guint round = 0; round < 100; round++)
    {
      g_autoptr (GPtrArray) events = random_events (30);
      g_autoptr (TrkPlan) plan = plan_of (events);
      g_autoptr (GPtrArray) planned =
          g_ptr_array_new_with_free_func ((GDestroyNotify) trk_occurrence_unref);
      g_autoptr (TrkPlan) again = NULL;

      for (guint i = 0; i < plan->blocks->len; i++)
        g_ptr_array_add (planned, event_of_block (g_ptr_array_index (plan->blocks, i)));
      again = plan_of (planned);
      g_assert_cmpuint (again->squeezed->len, ==, 0);
      g_assert_cmpuint (again->blocks->len, ==, plan->blocks->len);
      for (guint i = 0; i < plan->blocks->len; i++)
        {
          const TrkBlock *a = g_ptr_array_index (plan->blocks, i);
          const TrkBlock *b = g_ptr_array_index (again->blocks, i);

          g_assert_cmpint (a->period.start, ==, b->period.start);
          g_assert_cmpint (a->period.end, ==, b->period.end);
        }
    }
}

/* Thousands of long blocks, each over thousands of short ones: the number of records is bounded,
 * and still every minute is accounted for. */
static void
test_hostile_number_of_cuts (void)
{
  enum
  {
    N = 3000
  };
  g_autoptr (GPtrArray) events =
      g_ptr_array_new_with_free_func ((GDestroyNotify) trk_occurrence_unref);
  g_autoptr (TrkPlan) plan = NULL;

  for (guint i = 0; i < 2 * N; i++)
    {
      g_autofree char *uid = g_strdup_printf ("h%u", i);
      gboolean is_short = i < N;
      TrkInstant start = is_short ? DAY_START + i * 20 * TRK_SECOND : DAY_START;
      TrkDuration length = is_short ? 10 * TRK_SECOND : 20 * TRK_HOUR + i * TRK_SECOND;
      TrkOccurrence *event = fixture_event (uid, start, start + length);

      event->kind = g_strdup (is_short ? "meeting" : "focus");
      g_ptr_array_add (events, event);
    }
  plan = plan_of (events);
  assert_sorted_and_disjoint (plan);
  g_assert_cmpuint (plan->squeezed->len, <, 20 * N);
  for (guint i = N; i < 2 * N; i += N / 5)
    assert_accounted (plan, g_ptr_array_index (events, i));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/plan/overlap/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/plan/overlap/ids-are-unique", test_ids_are_unique);
  g_test_add_func ("/plan/overlap/first-calendar-keeps-copy",
                   test_first_configured_calendar_keeps_a_copy);
  g_test_add_func ("/plan/overlap/no-copies-without-a-uid", test_no_copies_without_a_uid);
  g_test_add_data_func ("/plan/overlap/copies-of-two-ids", GINT_TO_POINTER (0),
                        test_copies_in_one_calendar);
  g_test_add_data_func ("/plan/overlap/copies-of-two-titles", GINT_TO_POINTER (1),
                        test_copies_in_one_calendar);
  g_test_add_func ("/plan/overlap/order-is-configurable", test_order_is_configurable);
  g_test_add_func ("/plan/overlap/borders", test_borders);
  g_test_add_func ("/plan/questions", test_questions);
  g_test_add_func ("/plan/questions-of-the-log", test_questions_of_the_log);
  g_test_add_func ("/plan/alarms", test_alarms);
  g_test_add_func ("/plan/alarm-of-first-piece", test_alarm_of_the_first_piece_only);
  g_test_add_func ("/plan/property/accounted-sorted-any-order", test_properties);
  g_test_add_func ("/plan/property/part-of-a-day", test_part_of_a_day);
  g_test_add_func ("/plan/property/idempotent", test_idempotent);
  g_test_add_func ("/plan/hostile-number-of-cuts", test_hostile_number_of_cuts);
  return g_test_run ();
}
