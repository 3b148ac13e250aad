/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "plan-fixture.h"

#include "trk-notice.h"

#include <stdio.h>
#include <string.h>

/* Events that got another ID, title or calendar: what the log has of them goes on. */

typedef struct
{
  const char *name;
  /* "focus work/A 0900-1030 begun": the log's block, its title the last part of its ID; begun, told
     (its lead only), or what became of it, and then it was left at 09:30, "told" after that: before
     it began; snoozed, to 09:10; then the next one after a comma */
  const char *records;
  const char *events; /* as in fixture_events() */
  const char *ids;    /* of the plan: "work/A 0900-1030" */
} Case;

/* UIDs as the indexer makes them of the text of events that have none. */
#define MADE_1 "0123456789abcdef0123456789abcdef"
#define MADE_2 "fedcba9876543210fedcba9876543210"
#define MADE_3 "00000000000000000000000000000003"

static const Case cases[] = {
  { "the-same", "focus work/A 0900-1030 begun", "focus A 0900-1030", "work/A 0900-1030" },
  { "another-text", "focus work/" MADE_1 " 0900-1030 begun", "focus " MADE_2 " 0900-1030",
    "work/" MADE_1 " 0900-1030" },
  { "another-text-of-a-series", "focus work/" MADE_1 "@20261123T090000 0900-1030 begun",
    "focus " MADE_2 " 0900-1030", "work/" MADE_1 "@20261123T090000 0900-1030" },
  { "over", "focus work/" MADE_1 " 0900-1030 missed", "focus " MADE_2 " 0900-1030",
    "work/" MADE_1 " 0900-1030" },
  { "another-event", "focus work/A 0900-1030 begun", "focus B 0900-1030", "work/B 0900-1030" },
  { "another-event-after-one-called-off", "focus work/A 0900-1030 cancelled", "focus B 0900-1030",
    "work/B 0900-1030" },
  { "another-event-for-one-without-a-uid", "focus work/" MADE_1 " 0900-1030 begun",
    "focus B 0900-1030", "work/B 0900-1030" },
  { "another-event-without-a-uid", "focus work/A 0900-1030 begun", "focus " MADE_1 " 0900-1030",
    "work/" MADE_1 " 0900-1030" },
  { "a-longer-uid", "focus work/" MADE_1 "0 0900-1030 begun", "focus " MADE_2 " 0900-1030",
    "work/" MADE_2 " 0900-1030" },
  { "a-uid-with-a-host", "focus work/" MADE_1 "@example.org 0900-1030 begun",
    "focus " MADE_2 "@example.org 0900-1030", "work/" MADE_2 "@example.org 0900-1030" },
  { "a-uid-with-a-host-of-a-series", "focus work/" MADE_1 "@a.org@20261123T090000 0900-1030 begun",
    "focus " MADE_2 " 0900-1030", "work/" MADE_2 " 0900-1030" },
  { "a-uid-with-more-behind-it", "focus work/" MADE_1 "#a 0900-1030 begun",
    "focus " MADE_2 " 0900-1030", "work/" MADE_2 " 0900-1030" },
  { "an-address-as-uid", "focus work/a.org/" MADE_1 " 0900-1030 begun",
    "focus work/a.org/" MADE_2 " 0900-1030", "work/a.org/" MADE_2 " 0900-1030" },
  { "another-text-of-a-series-by-the-day", "focus work/" MADE_1 "@20261123 0900-1030 begun",
    "focus " MADE_2 " 0900-1030", "work/" MADE_1 "@20261123 0900-1030" },
  { "another-text-of-a-series-of-utc", "focus work/" MADE_1 "@20261123T090000Z 0900-1030 begun",
    "focus " MADE_2 " 0900-1030", "work/" MADE_1 "@20261123T090000Z 0900-1030" },
  { "another-text-of-a-piece", "focus work/" MADE_1 "#2 0900-1030 begun",
    "focus " MADE_2 " 0900-1030", "work/" MADE_1 " 0900-1030" },
  { "a-uid-in-capitals", "focus work/0123456789ABCDEF0123456789ABCDEF 0900-1030 begun",
    "focus " MADE_2 " 0900-1030", "work/" MADE_2 " 0900-1030" },
  { "another-calendar", "focus work/A 0900-1030 begun", "focus home/A 0900-1030",
    "work/A 0900-1030" },
  { "another-calendar-and-text", "focus work/" MADE_1 " 0900-1030 begun",
    "focus home/" MADE_2 " 0900-1030", "home/" MADE_2 " 0900-1030" },
  { "another-kind-and-text", "focus work/" MADE_1 " 0900-1030 begun",
    "meeting " MADE_2 " 0900-1030", "work/" MADE_2 " 0900-1030" },
  { "another-time", "focus work/" MADE_1 " 0900-1030 begun", "focus " MADE_2 " 0900-1100",
    "work/" MADE_2 " 0900-1100" },
  { "not-begun", "focus work/" MADE_1 " 0900-1030 told", "focus " MADE_2 " 0900-1030",
    "work/" MADE_2 " 0900-1030" },
  { "snoozed", "focus work/A 0900-1030 snoozed", "focus home/A 0900-1030", "work/A 0900-1030" },
  { "called-off-before-it-began", "focus work/A 0900-1030 cancelled told", "focus home/A 0900-1030",
    "home/A 0900-1030" },
  { "called-off-before-it-began-without-a-uid", "focus work/" MADE_1 " 0900-1030 cancelled told",
    "focus " MADE_2 " 0900-1030", "work/" MADE_2 " 0900-1030" },
  { "skipped-before-it-began", "focus work/A 0900-1030 skipped told", "focus home/A 0900-1030",
    "work/A 0900-1030" },
  { "still-there", "focus work/" MADE_1 " 0900-1030 begun",
    "focus " MADE_1 " 1100-1200, focus " MADE_2 " 0900-1030",
    "work/" MADE_2 " 0900-1030, work/" MADE_1 " 1100-1200" },
  { "both-logged", "focus work/" MADE_1 " 0900-1030 begun, focus work/" MADE_2 " 0900-1030 begun",
    "focus " MADE_2 " 0900-1030", "work/" MADE_2 " 0900-1030" },
  { "skipped-for-it", "focus work/" MADE_1 " 0900-1030 skipped", "focus " MADE_2 " 0900-1030",
    "work/" MADE_2 " 0900-1030" },
  { "by-hand", "focus A 0900-1030 begun", "focus A 0900-1030", "work/A 0900-1030" },
  { "two-of-two", "focus work/A 0900-1030 begun, focus work/C 0900-1030 begun",
    "focus home/C 0900-1030", "work/C 0900-1030" },
  { "only-one-of-two", "focus work/" MADE_1 " 0900-1000 begun",
    "focus " MADE_2 " 0900-1000, focus " MADE_3 " 0900-1000", "work/" MADE_1 " 0900-1000" },
  { "the-title-before-the-place", "focus work/" MADE_1 " 0900-1000 begun",
    "focus " MADE_2 " 0900-1000, meeting home/" MADE_1 " 0900-1000", "work/" MADE_1 " 0900-1000" },
  { "its-pieces-too", "focus work/" MADE_1 " 0900-1030 begun",
    "focus " MADE_2 " 0900-1030, meeting M 0930-1000",
    "work/" MADE_1 " 0900-0930, work/M 0930-1000, work/" MADE_1 "#2 1000-1030" },
};

static TrkBlockRecord *
record_of (const char *text)
{
  g_autoptr (TrkBlock) block = trk_block_new ();
  g_autoptr (TrkBlockState) state = NULL;
  char kind[16], id[64], word[16];
  int h1, m1, h2, m2;
  const char *slash;

  g_assert_cmpint (
      sscanf (text, "%15s %63s %2d%2d-%2d%2d %15s", kind, id, &h1, &m1, &h2, &m2, word), ==, 7);
  slash = strchr (id, '/');
  block->id = g_strdup (id);
  block->calendar = slash != NULL ? g_strndup (id, slash - id) : NULL;
  block->title = g_strdup (slash != NULL ? slash + 1 : id);
  block->period = block->planned = (TrkPeriod){ AT (h1, m1), AT (h2, m2) };
  g_assert_true (trk_kind_from_string (kind, &block->kind));
  state = trk_block_state_new (id);
  state->start = g_str_equal (word, "snoozed") ? AT (9, 10) : 0;
  state->notices = 1u << (g_str_has_suffix (text, "told") || state->start != 0 ? TRK_NOTICE_LEAD
                                                                               : TRK_NOTICE_START);
  if (trk_outcome_from_string (word, &state->outcome) && state->outcome != TRK_OUTCOME_MISSED)
    state->end = AT (9, 30);
  return trk_block_record_new (block, state);
}

static char *
ids_text (const TrkPlan *plan)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < plan->blocks->len; i++)
    {
      const TrkBlock *block = g_ptr_array_index (plan->blocks, i);
      gint64 start = (block->period.start - DAY_START) / TRK_MINUTE;
      gint64 end = (block->period.end - DAY_START) / TRK_MINUTE;

      g_string_append_printf (text, "%s%s %02d%02d-%02d%02d", i > 0 ? ", " : "", block->id,
                              (int) (start / 60), (int) (start % 60), (int) (end / 60),
                              (int) (end % 60));
    }
  return g_string_free (text, FALSE);
}

static void
test_case (gconstpointer data)
{
  const Case *row = data;
  g_autoptr (GPtrArray) events = fixture_events (row->events);
  g_autoptr (GPtrArray) records =
      g_ptr_array_new_with_free_func ((GDestroyNotify) trk_block_record_free);
  g_auto (GStrv) lines = g_strsplit (row->records, ", ", -1);
  g_autoptr (TrkPlan) plan = NULL;
  g_autofree char *ids = NULL;
  TrkPolicies policies;
  TrkPlanInput input = fixture_input (&policies);

  for (char **line = lines; *line != NULL; line++)
    g_ptr_array_add (records, record_of (*line));
  input.records = records;
  plan = trk_plan_new (events, fixture_day (), &input);
  ids = ids_text (plan);
  g_assert_cmpstr (ids, ==, row->ids);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/plan/renamed/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  return g_test_run ();
}
