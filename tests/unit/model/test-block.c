/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-block.h"

static TrkBlock *
standup (void)
{
  TrkDuration lead = 5 * TRK_MINUTE;
  TrkBlock *block = trk_block_new ();

  block->id = g_strdup ("work/a@example.org@20261123T090000Z");
  block->calendar = g_strdup ("work");
  block->title = g_strdup ("Stand-up");
  block->checklist = g_strdup ("one\ntwo");
  block->location = g_strdup ("room");
  block->link = g_strdup ("https://meet.example.org");
  block->kind = TRK_KIND_MEETING;
  block->kind_why = g_strdup ("its summary says 'stand up'");
  block->period = block->planned = (TrkPeriod){ 10, 20 };
  block->leads = g_array_new (FALSE, FALSE, sizeof (TrkDuration));
  g_array_append_val (block->leads, lead);
  return block;
}

/* What is shared lives as long as the last one that shares it. */
static void
test_again (void)
{
  TrkBlock *first = standup ();
  TrkBlock *second = trk_block_again (first);
  TrkBlock *third = trk_block_again (second);

  g_assert_true (second->title == first->title);
  g_assert_null (second->id);
  second->id = g_strdup ("work/a@example.org@20261124T090000Z");
  third->period.start = 15;
  g_assert_cmpint (first->period.start, ==, 10);
  g_clear_pointer (&third->leads, g_array_unref);
  g_assert_cmpuint (first->leads->len, ==, 1);
  trk_block_unref (first);
  g_assert_cmpuint (second->leads->len, ==, 1);
  trk_block_unref (second);
  g_assert_cmpstr (third->calendar, ==, "work");
  g_assert_cmpstr (third->title, ==, "Stand-up");
  g_assert_cmpstr (third->checklist, ==, "one\ntwo");
  g_assert_cmpstr (third->location, ==, "room");
  g_assert_cmpstr (third->link, ==, "https://meet.example.org");
  g_assert_cmpstr (third->kind_why, ==, "its summary says 'stand up'");
  g_assert_cmpint (third->kind, ==, TRK_KIND_MEETING);
  trk_block_unref (third);
}

/* Copied, and shared as those of any block. */
static void
test_in_one_piece (void)
{
  TrkBlock *like = standup ();
  TrkBlock *first, *second;

  g_clear_pointer (&like->id, g_free);
  g_clear_pointer (&like->leads, g_array_unref);
  g_clear_pointer (&like->location, g_free);
  first = trk_block_new_with_texts (like);
  trk_block_unref (like);
  second = trk_block_again (first);
  trk_block_unref (first);
  g_assert_null (second->id);
  g_assert_null (second->leads);
  g_assert_cmpstr (second->calendar, ==, "work");
  g_assert_cmpstr (second->title, ==, "Stand-up");
  g_assert_cmpstr (second->checklist, ==, "one\ntwo");
  g_assert_null (second->location);
  g_assert_cmpstr (second->link, ==, "https://meet.example.org");
  g_assert_cmpstr (second->kind_why, ==, "its summary says 'stand up'");
  g_assert_cmpint (second->kind, ==, TRK_KIND_MEETING);
  g_assert_cmpint (second->period.end, ==, 20);
  trk_block_unref (second);
}

static void
test_with_period (void)
{
  g_autoptr (TrkBlock) whole = standup ();
  g_autoptr (TrkBlock) piece = trk_block_with_period (whole, (TrkPeriod){ 12, 15 });

  g_assert_cmpstr (piece->id, ==, whole->id);
  g_assert_true (piece->id != whole->id); /* a piece gets a number of its own */
  g_assert_cmpint (piece->period.start, ==, 12);
  g_assert_cmpint (piece->period.end, ==, 15);
  g_assert_cmpint (piece->planned.end, ==, 20);
  g_assert_cmpint (whole->period.end, ==, 20);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/block/again", test_again);
  g_test_add_func ("/block/in-one-piece", test_in_one_piece);
  g_test_add_func ("/block/with-period", test_with_period);
  return g_test_run ();
}
