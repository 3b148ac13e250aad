/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "plan-fixture.h"

/* Occurrences of one event share its texts, and their blocks what is made of them. A plan of them
 * must be the plan of events that share nothing. */

static const char *const summaries[] = {
  "Team stand-up", "Lunch", "Query optimisation", "", "R\303\251union", "Xyzzy", "Urlaub",
};
static const char *const categories[] = { NULL, "Focus", "Admin", "Blue", "Out of office" };

#define PICK(table) (table[g_test_rand_int_range (0, G_N_ELEMENTS (table))])

static GArray *
some_alarms (void)
{
  TrkDuration alarms[] = { 10 * TRK_MINUTE, -TRK_MINUTE, 5 * TRK_MINUTE };
  GArray *leads = g_array_new (FALSE, FALSE, sizeof (TrkDuration));

  return g_array_append_vals (leads, alarms, G_N_ELEMENTS (alarms));
}

static TrkOccurrence *
random_event (guint number)
{
  g_autofree char *uid = g_strdup_printf ("e%u", number / 2); /* of two the UID may be the same */
  TrkOccurrence *event = fixture_event (uid, AT (0, 0), AT (0, 0));
  const char *category = PICK (categories);

  g_free (event->summary);
  event->summary = g_strdup (PICK (summaries));
  event->categories = category != NULL ? g_strsplit (category, "|", -1) : NULL;
  event->description = g_test_rand_bit () ? g_strdup ("one\r\n two") : NULL;
  event->location = g_test_rand_bit () ? g_strdup (" room\t1") : NULL;
  event->link = g_test_rand_bit () ? g_strdup ("https://meet.example.org/a b") : NULL;
  event->leads = g_test_rand_bit () ? some_alarms () : NULL;
  event->transparent = g_test_rand_int_range (0, 8) == 0;
  event->all_day = g_test_rand_int_range (0, 8) == 0;
  return event;
}

/* Some occurrences of @event, a few without length. */
static void
add_series (GPtrArray *occurrences, TrkOccurrence *event)
{
  gint32 n = g_test_rand_int_range (1, 6);

  for (gint32 i = 0; i < n; i++)
    {
      g_autofree char *id = n > 1 ? g_strdup_printf ("20261123T%02d0000Z", i) : NULL;
      TrkOccurrence *one = trk_occurrence_again (event, id);
      TrkDuration length = g_test_rand_int_range (0, 12) * 15 * TRK_MINUTE;

      one->period.start = AT (g_test_rand_int_range (0, 20), 0);
      one->period.end = one->period.start + length;
      g_ptr_array_add (occurrences, one);
    }
}

/* @occurrence with texts of its own. */
static TrkOccurrence *
alone (const TrkOccurrence *occurrence)
{
  TrkOccurrence *copy =
      fixture_event (occurrence->uid, occurrence->period.start, occurrence->period.end);

  g_free (copy->summary);
  copy->summary = g_strdup (occurrence->summary);
  copy->recurrence_id = g_strdup (occurrence->recurrence_id);
  copy->description = g_strdup (occurrence->description);
  copy->location = g_strdup (occurrence->location);
  copy->link = g_strdup (occurrence->link);
  copy->categories = g_strdupv (occurrence->categories);
  copy->leads = occurrence->leads != NULL ? g_array_ref (occurrence->leads) : NULL;
  copy->transparent = occurrence->transparent;
  copy->all_day = occurrence->all_day;
  return copy;
}

static void
assert_same_leads (const GArray *a, const GArray *b)
{
  g_assert_cmpint (a != NULL, ==, b != NULL);
  if (a != NULL)
    g_assert_cmpmem (a->data, a->len * sizeof (TrkDuration), b->data,
                     b->len * sizeof (TrkDuration));
}

static void
assert_same_block (const TrkBlock *a, const TrkBlock *b)
{
  g_assert_cmpstr (a->id, ==, b->id);
  g_assert_cmpstr (a->calendar, ==, b->calendar);
  g_assert_cmpstr (a->title, ==, b->title);
  g_assert_cmpstr (a->checklist, ==, b->checklist);
  g_assert_cmpstr (a->location, ==, b->location);
  g_assert_cmpstr (a->link, ==, b->link);
  g_assert_cmpstr (a->kind_why, ==, b->kind_why);
  g_assert_cmpint (a->kind, ==, b->kind);
  g_assert_cmpmem (&a->period, sizeof a->period, &b->period, sizeof b->period);
  g_assert_cmpmem (&a->planned, sizeof a->planned, &b->planned, sizeof b->planned);
  assert_same_leads (a->leads, b->leads);
}

static void
assert_same_plan (const TrkPlan *a, const TrkPlan *b)
{
  g_assert_cmpuint (a->blocks->len, ==, b->blocks->len);
  for (guint i = 0; i < a->blocks->len; i++)
    assert_same_block (a->blocks->pdata[i], b->blocks->pdata[i]);
  g_assert_cmpuint (a->squeezed->len, ==, b->squeezed->len);
  for (guint i = 0; i < a->squeezed->len; i++)
    {
      const TrkSqueeze *x = &g_array_index (a->squeezed, TrkSqueeze, i);
      const TrkSqueeze *y = &g_array_index (b->squeezed, TrkSqueeze, i);

      assert_same_block (x->block, y->block);
      assert_same_block (x->by, y->by);
      g_assert_cmpmem (&x->lost, sizeof x->lost, &y->lost, sizeof y->lost);
      g_assert_cmpint (x->duplicate, ==, y->duplicate);
    }
}

static GPtrArray *
no_occurrences (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) trk_occurrence_unref);
}

static GPtrArray *
random_series (void)
{
  GPtrArray *occurrences = no_occurrences ();
  guint n = (guint) g_test_rand_int_range (1, 12);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (TrkOccurrence) event = random_event (i);

      add_series (occurrences, event);
    }
  return occurrences;
}

static void
test_shared_or_alone (void)
{
  for (guint round = 0; round < 300; round++)
    {
      g_autoptr (GPtrArray) series = random_series ();
      g_autoptr (GPtrArray) singles = no_occurrences ();
      g_autoptr (TrkPlan) shared = NULL;
      g_autoptr (TrkPlan) apart = NULL;
      TrkPolicies policies;
      TrkPlanInput input = fixture_input (&policies);

      for (guint i = 0; i < series->len; i++)
        g_ptr_array_add (singles, alone (series->pdata[i]));
      shared = trk_plan_new (series, fixture_day (), &input);
      g_clear_pointer (&series, g_ptr_array_unref); /* the plan has nothing of it */
      apart = trk_plan_new (singles, fixture_day (), &input);
      assert_same_plan (shared, apart);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plan/series/shared-or-alone", test_shared_or_alone);
  return g_test_run ();
}
