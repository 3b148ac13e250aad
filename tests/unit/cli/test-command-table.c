/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-command-table.h"
#include "trk-error.h"

#include <string.h>

typedef void (*Visit) (const TrkCommand *row);

static void
for_each (Visit visit)
{
  for (const TrkCommandGroup *group = trk_command_groups (); group->rows != NULL; group++)
    for (const TrkCommand *row = group->rows; row->name != NULL; row++)
      visit (row);
}

static void
check_row (const TrkCommand *row)
{
  g_assert_nonnull (row->run);
  g_assert_nonnull (row->arguments);
  g_assert_cmpuint (row->min, <=, row->max);
  g_assert_true (row->summary != NULL && *row->summary != '\0');
  g_assert_false (g_str_has_suffix (row->summary, "."));
  g_assert_true (trk_command_named (row->name) == row);
  /* what a word is for is said exactly when there can be one */
  g_assert_cmpint (*row->arguments != '\0', ==, row->max > 0);
}

static void
test_rows (void)
{
  for_each (check_row);
}

static void
check_options (const TrkCommand *row)
{
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) letters = g_hash_table_new (NULL, NULL);

  for (const TrkOption *o = row->options; o != NULL && o->name != NULL; o++)
    {
      g_assert_true (g_hash_table_add (names, (gpointer) o->name));
      g_assert_true (o->letter == 0 || g_hash_table_add (letters, GINT_TO_POINTER (o->letter)));
      g_assert_cmpint (o->letter, !=, 'h');
      g_assert_cmpstr (o->name, !=, "help");
      g_assert_true (o->help != NULL && *o->help != '\0');
      g_assert_false (g_str_has_suffix (o->help, "."));
    }
}

static void
test_options (void)
{
  for_each (check_options);
}

static void
test_find (void)
{
  static const struct
  {
    const char *first, *second, *name; /* NULL name: refused */
    guint used;
  } rows[] = {
    { "log", NULL, "log", 1 },
    { "log", "add", "log add", 2 },
    { "log", "yesterday", "log", 1 },
    { "log", "--json", "log", 1 },
    { "task", NULL, "task", 1 },
    { "task", "done", "task done", 2 },
    { "task", "--all", "task", 1 },
    { "task", "dnoe", NULL, 0 },
    { "sprint", "x", NULL, 0 },
    { "start", "task", "start", 1 },
    { "task", "start", "task start", 2 },
    { "", NULL, NULL, 0 },
    { "LOG", NULL, NULL, 0 },
    { "log add", NULL, "log add", 1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const char *words[] = { rows[i].first, rows[i].second, NULL };
      g_autoptr (GError) error = NULL;
      const TrkCommand *found;
      guint used = 0;

      found = trk_command_find (words, &used, &error);
      g_assert_cmpstr (found != NULL ? found->name : NULL, ==, rows[i].name);
      if (found == NULL)
        g_assert_error (error, TRK_ERROR, TRK_ERROR_USAGE);
      else
        g_assert_cmpuint (used, ==, rows[i].used);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cli/table/rows", test_rows);
  g_test_add_func ("/cli/table/options", test_options);
  g_test_add_func ("/cli/table/find", test_find);
  return g_test_run ();
}
