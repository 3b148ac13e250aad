/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-entry-pool.h"

enum
{
  MANY = 5000
};

/* Each comes empty, and stays where it is with what was written into it. */
static void
test_stays (void)
{
  g_autoptr (TrkEntryPool) pool = trk_entry_pool_new ();
  TrkEntry *entries[MANY];

  for (int i = 0; i < MANY; i++)
    {
      g_autofree char *title = g_strdup_printf ("entry %d", i);

      entries[i] = trk_entry_pool_add (pool);
      g_assert_cmpint (entries[i]->number, ==, 0);
      g_assert_null (entries[i]->title);
      g_assert_null (entries[i]->tags);
      entries[i]->number = i;
      entries[i]->title = trk_entry_pool_text (pool, title);
    }
  for (int i = 0; i < MANY; i++)
    {
      g_autofree char *title = g_strdup_printf ("entry %d", i);

      g_assert_cmpint (entries[i]->number, ==, i);
      g_assert_cmpstr (entries[i]->title, ==, title);
    }
}

static void
test_texts (void)
{
  g_autoptr (TrkEntryPool) pool = trk_entry_pool_new ();
  g_autofree char *huge = g_strnfill (100000, 'x');

  g_assert_null (trk_entry_pool_text (pool, NULL));
  g_assert_cmpstr (trk_entry_pool_text (pool, ""), ==, "");
  g_assert_cmpstr (trk_entry_pool_text (pool, huge), ==, huge);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/entry-pool/stays", test_stays);
  g_test_add_func ("/entry-pool/texts", test_texts);
  return g_test_run ();
}
