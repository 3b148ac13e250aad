/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "plan-fixture.h"
#include "trk-notice.h"
#include "trk-places.h"

/* Where blocks lie after what the user and the engine did with them. */

enum
{
  N = 3,
};

/* Three blocks in a row: focus 09:00-10:00, @second 10:00-10:30, shallow 10:30-11:00. */
typedef struct
{
  const char *name;
  TrkKind second;
  struct
  {
    int start, end; /* minutes of the day: of the state, 0 as planned */
    gboolean began;
    gboolean early; /* by hand */
    TrkOutcome outcome;
    TrkReason why;
  } states[N];
  const char *spans;
  int now;
  const char *next; /* those that come, in order */
} Row;

#define MEETING TRK_KIND_MEETING
#define SHALLOW TRK_KIND_SHALLOW

static const Row rows[] = {
  { "planned", SHALLOW, { { 0 } }, "0900-1000 1000-1030 1030-1100", 530, "012" },
  { "begun", SHALLOW, { { .began = TRUE } }, "0900-1000 1000-1030 1030-1100", 545, "12" },
  { "snoozed", SHALLOW, { { .start = 550 } }, "0910-1000 1000-1030 1030-1100", 530, "012" },
  { "extended",
    SHALLOW,
    { { .end = 610, .began = TRUE } },
    "0900-1010 1010-1030 1030-1100",
    605,
    "12" },
  { "extended-over-all-of-it",
    SHALLOW,
    { { .end = 640, .began = TRUE } },
    "0900-1040 1040-1030 1040-1100",
    605,
    "2" },
  { "extended-against-a-meeting",
    MEETING,
    { { .end = 640, .began = TRUE } },
    "0900-1000 1000-1030 1030-1100",
    590,
    "12" },
  { "extended-and-the-next-waited",
    SHALLOW,
    { { .end = 610, .began = TRUE }, { .began = TRUE } },
    "0900-1010 1010-1030 1030-1100",
    611,
    "2" },
  { "extended-and-the-next-was-begun-by-hand",
    SHALLOW,
    { { .end = 610, .began = TRUE }, { .began = TRUE, .early = TRUE } },
    "0900-1010 1000-1030 1030-1100",
    605,
    "2" },
  { "extended-and-skipped",
    SHALLOW,
    { { .end = 605, .began = TRUE, .outcome = TRK_OUTCOME_SKIPPED } },
    "0900-1005 1005-1030 1030-1100",
    605,
    "12" },
  { "extended-and-gone",
    SHALLOW,
    { { .end = 640, .outcome = TRK_OUTCOME_CANCELLED, .why = TRK_REASON_PLAN } },
    "0900-1040 1000-1030 1030-1100",
    530,
    "12" },
  { "extended-and-gone-after-some-work",
    SHALLOW,
    { { .end = 640, .began = TRUE, .outcome = TRK_OUTCOME_PARTIAL, .why = TRK_REASON_PLAN } },
    "0900-1040 1000-1030 1030-1100",
    570,
    "12" },
  { "extended-against-a-meeting-and-both-are-over",
    MEETING,
    { { .end = 640, .began = TRUE, .outcome = TRK_OUTCOME_DONE },
      { .began = TRUE, .outcome = TRK_OUTCOME_DONE } },
    "0900-1000 1000-1030 1030-1100",
    635,
    "2" },
  { "extended-over-a-meeting-that-was-skipped",
    MEETING,
    { { .end = 640, .began = TRUE, .outcome = TRK_OUTCOME_DONE },
      { .outcome = TRK_OUTCOME_SKIPPED } },
    "0900-1040 1000-1030 1040-1100",
    645,
    "2" },
  { "extended-over-a-meeting-that-was-cancelled",
    MEETING,
    { { .end = 640, .began = TRUE, .outcome = TRK_OUTCOME_DONE },
      { .outcome = TRK_OUTCOME_CANCELLED } },
    "0900-1040 1000-1030 1040-1100",
    645,
    "2" },
  { "extended-against-a-meeting-that-was-snoozed",
    MEETING,
    { { .end = 640, .began = TRUE }, { .start = 610 } },
    "0900-1010 1010-1030 1030-1100",
    590,
    "12" },
  { "extended-behind-the-next-that-was-extended-too",
    SHALLOW,
    { { .end = 650, .began = TRUE }, { .end = 635, .began = TRUE } },
    "0900-1050 1000-1035 1050-1100",
    605,
    "2" },
  { "two-that-wait-come-in-the-plans-order",
    SHALLOW,
    { { .end = 615, .began = TRUE }, { 0 }, { .start = 615 } },
    "0900-1015 1015-1030 1015-1100",
    605,
    "12" },
  { "over", SHALLOW, { { 0 } }, "0900-1000 1000-1030 1030-1100", 630, "2" },
};

static void
add_time (GString *text, TrkInstant at)
{
  int minutes = (int) ((at - DAY_START) / TRK_MINUTE);

  g_string_append_printf (text, "%02d%02d", minutes / 60, minutes % 60);
}

static TrkInstant
moment (int minutes)
{
  return minutes != 0 ? AT (0, minutes) : 0;
}

static char *
spans_text (const TrkPlace *places)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < N; i++)
    {
      g_string_append (text, i > 0 ? " " : "");
      add_time (text, places[i].span.start);
      g_string_append_c (text, '-');
      add_time (text, places[i].span.end);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
coming_text (const TrkPlace *places, TrkInstant now)
{
  g_autoptr (GArray) coming = g_array_new (FALSE, FALSE, sizeof (TrkPlace));
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = N; i > 0; i--)
    if (trk_place_comes (&places[i - 1], now))
      g_array_append_val (coming, places[i - 1]);
  g_array_sort (coming, trk_place_compare);
  for (guint i = 0; i < coming->len; i++)
    g_string_append (text, g_array_index (coming, TrkPlace, i).block->id);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
test_row (gconstpointer data)
{
  static const int starts[] = { 540, 600, 630, 660 };
  const Row *row = data;
  TrkBlock *blocks[N];
  TrkBlockState *states[N];
  TrkPlace places[N];
  g_autofree char *spans = NULL, *coming = NULL;

  for (guint i = 0; i < N; i++)
    {
      blocks[i] = trk_block_new ();
      blocks[i]->id = g_strdup_printf ("%u", i);
      blocks[i]->kind = i == 0 ? TRK_KIND_FOCUS : i == 1 ? row->second : TRK_KIND_SHALLOW;
      blocks[i]->period = (TrkPeriod){ AT (0, starts[i]), AT (0, starts[i + 1]) };
      states[i] = trk_block_state_new (blocks[i]->id);
      states[i]->start = moment (row->states[i].start);
      states[i]->end = moment (row->states[i].end);
      states[i]->outcome = row->states[i].outcome;
      states[i]->outcome_reason = row->states[i].why;
      states[i]->notices = row->states[i].began ? 1u << TRK_NOTICE_START : 0;
      if (row->states[i].early)
        states[i]->begun_early = TRUE;
      places[i] = (TrkPlace){ .block = blocks[i], .state = states[i] };
    }
  trk_places_arrange (places, N);
  spans = spans_text (places);
  coming = coming_text (places, AT (0, row->now));
  g_assert_cmpstr (spans, ==, row->spans);
  g_assert_cmpstr (coming, ==, row->next);
  for (guint i = 0; i < N; i++)
    {
      trk_block_unref (blocks[i]);
      trk_block_state_free (states[i]);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strconcat ("/plan-places/", rows[i].name, NULL);

      g_test_add_data_func (path, &rows[i], test_row);
    }
  return g_test_run ();
}
