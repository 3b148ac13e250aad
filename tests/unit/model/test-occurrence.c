/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-occurrence.h"

#include <string.h>

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
check_again (TrkOccurrence *first)
{
  TrkOccurrence *second = trk_occurrence_again (first, "20261124T090000Z");
  TrkOccurrence *third = trk_occurrence_again (second, NULL);

  g_assert_true (second->summary == first->summary);
  g_assert_cmpstr (first->recurrence_id, ==, "20261123T090000Z");
  g_assert_cmpstr (second->recurrence_id, ==, "20261124T090000Z");
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

static void
test_again (void)
{
  check_again (series ());
}

/* The same of one whose texts lie in its own memory. */
static void
test_in_one_piece (void)
{
  static const char texts[] = "a@example.org\0Work\0Team\0"
                              "20261123T090000Z\0standup";
  gpointer memory;
  TrkOccurrence *occurrence =
      trk_occurrence_new_with_room (3 * sizeof (char *) + sizeof texts, &memory);
  char **categories = memory, *at = memcpy (categories + 3, texts, sizeof texts);

  occurrence->uid = at;
  categories[0] = strchr (at, '\0') + 1;
  categories[1] = strchr (categories[0], '\0') + 1;
  categories[2] = NULL;
  occurrence->recurrence_id = strchr (categories[1], '\0') + 1;
  occurrence->summary = strchr (occurrence->recurrence_id, '\0') + 1;
  occurrence->categories = categories;
  occurrence->leads = g_array_new (FALSE, FALSE, sizeof (TrkDuration));
  occurrence->period = (TrkPeriod){ 10, 20 };
  occurrence->floating = TRUE;
  g_assert_null (occurrence->description);
  check_again (occurrence);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/occurrence/again", test_again);
  g_test_add_func ("/occurrence/in-one-piece", test_in_one_piece);
  return g_test_run ();
}
