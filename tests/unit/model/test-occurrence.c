/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-occurrence.h"

static TrkOccurrence *
series (void)
{
  TrkOccurrence *occurrence = trk_occurrence_new ();

  occurrence->uid = g_strdup ("a@example.org");
  occurrence->recurrence_id = g_strdup ("20261123T090000Z");
  occurrence->summary = g_strdup ("standup");
  occurrence->categories = g_strsplit ("Work,Team", ",", -1);
  occurrence->leads = g_array_new (FALSE, FALSE, sizeof (TrkDuration));
  occurrence->period = (TrkPeriod){ 10, 20 };
  occurrence->floating = TRUE;
  return occurrence;
}

/* What is shared lives as long as the last one that shares it. */
static void
test_again (void)
{
  TrkOccurrence *first = series ();
  TrkOccurrence *second = trk_occurrence_again (first);
  TrkOccurrence *third = trk_occurrence_again (second);

  g_assert_true (second->summary == first->summary);
  g_assert_null (second->recurrence_id);
  second->recurrence_id = g_strdup ("20261124T090000Z");
  third->period.start = 15;
  g_assert_cmpint (first->period.start, ==, 10);
  trk_occurrence_unref (first);
  trk_occurrence_unref (second);
  g_assert_cmpstr (third->uid, ==, "a@example.org");
  g_assert_cmpstr (third->categories[1], ==, "Team");
  g_assert_true (third->floating);
  g_assert_nonnull (third->leads);
  g_assert_null (third->recurrence_id);
  trk_occurrence_unref (third);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/occurrence/again", test_again);
  return g_test_run ();
}
