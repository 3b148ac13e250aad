/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "store-fixtures.h"

/* Random changes of entries, against a plain array of minutes. */

#define N_MINUTES 200

/* Whose entry has this minute; 0 nobody. */
typedef struct
{
  gint64 owner[N_MINUTES];
} Model;

static gboolean
model_free (const Model *model, int start, int end, gint64 except)
{
  for (int i = start; i < end; i++)
    if (model->owner[i] != 0 && model->owner[i] != except)
      return FALSE;
  return TRUE;
}

static void
model_set (Model *model, gint64 number, int start, int end)
{
  for (int i = 0; i < N_MINUTES; i++)
    if (model->owner[i] == number)
      model->owner[i] = 0;
  for (int i = start; i < end; i++)
    model->owner[i] = number;
}

static gint64
model_any (const Model *model)
{
  return model->owner[g_test_rand_int_range (0, N_MINUTES)];
}

static void
random_stretch (int *start, int *end)
{
  *start = g_test_rand_int_range (0, N_MINUTES - 1);
  *end = *start + g_test_rand_int_range (1, 30);
  *end = MIN (*end, N_MINUTES);
}

static void
random_add (TrkStore *store, Model *model)
{
  g_autoptr (TrkEntry) entry = NULL;
  int start, end;

  random_stretch (&start, &end);
  entry = make_entry (start, end);
  g_assert_cmpint (trk_store_add_entry (store, entry, NULL), ==, model_free (model, start, end, 0));
  if (entry->number != 0)
    model_set (model, entry->number, start, end);
}

static void
random_update (TrkStore *store, Model *model)
{
  gint64 number = model_any (model);
  g_autoptr (TrkEntry) entry = NULL;
  int start, end;

  if (number == 0)
    return;
  random_stretch (&start, &end);
  entry = make_entry (start, end);
  entry->number = number;
  g_assert_cmpint (trk_store_update_entry (store, entry, NULL), ==,
                   model_free (model, start, end, number));
  if (model_free (model, start, end, number))
    model_set (model, number, start, end);
}

static void
random_remove (TrkStore *store, Model *model)
{
  gint64 number = model_any (model);

  if (number == 0)
    return;
  g_assert_true (trk_store_remove_entry (store, number, NULL));
  model_set (model, number, 0, 0);
}

/* Which numbers the pieces get is the store's matter: the model learns them from it, after it
 * checked that the rest is as it was. */
static void
random_clear (TrkStore *store, Model *model)
{
  g_autoptr (GPtrArray) entries = NULL;
  gint64 except = g_test_rand_bit () ? model_any (model) : 0;
  Model after = { 0 };
  int start, end;

  random_stretch (&start, &end);
  g_assert_true (trk_store_clear_period (store, (TrkPeriod){ AT (start), AT (end) }, except, NULL));
  entries = trk_store_entries (store, (TrkPeriod){ AT (0), AT (N_MINUTES) }, NULL);
  for (guint i = 0; i < entries->len; i++)
    {
      const TrkEntry *entry = entries->pdata[i];

      model_set (&after, entry->number, (int) ((entry->period.start - MONDAY) / TRK_MINUTE),
                 (int) ((entry->period.end - MONDAY) / TRK_MINUTE));
    }
  for (int i = 0; i < N_MINUTES; i++)
    if (i < start || i >= end)
      g_assert_cmpint (after.owner[i] != 0, ==, model->owner[i] != 0);
    else
      g_assert_cmpint (after.owner[i], ==, except != 0 && model->owner[i] == except ? except : 0);
  *model = after;
}

static void
assert_as_modelled (TrkStore *store, const Model *model)
{
  g_autoptr (GPtrArray) entries = trk_store_entries (store, (TrkPeriod){ 0, TRK_NEVER }, NULL);
  Model found = { 0 };

  for (guint i = 0; i < entries->len; i++)
    {
      const TrkEntry *entry = entries->pdata[i];

      for (TrkInstant at = entry->period.start; at < entry->period.end; at += TRK_MINUTE)
        found.owner[(at - MONDAY) / TRK_MINUTE] = entry->number;
    }
  g_assert_cmpmem (&found, sizeof found, model, sizeof *model);
}

static void
test_model (void)
{
  static void (*const moves[]) (TrkStore *, Model *) = { random_add,    random_add,
                                                         random_update, random_update,
                                                         random_remove, random_clear };
  g_autoptr (TrkStore) store = open_memory ();
  g_autoptr (GError) error = NULL;
  Model model = { 0 };

  for (int i = 0; i < 1500; i++)
    {
      begin (store, "move");
      moves[g_test_rand_int_range (0, G_N_ELEMENTS (moves))](store, &model);
      commit (store);
      assert_as_modelled (store, &model);
    }
  trk_store_check (store, &error);
  g_assert_no_error (error);
}

/* The open entry keeps its number when a period before now is cleared: the daemon knows it by
 * it. */
static void
test_clear_keeps_open (void)
{
  g_autoptr (TrkStore) store = open_memory ();
  g_autoptr (TrkEntry) open = NULL;
  gint64 number = add_entry (store, 0, OPEN);

  begin (store, "log add --adjust");
  g_assert_true (trk_store_clear_period (store, (TrkPeriod){ AT (10), AT (20) }, 0, NULL));
  commit (store);
  open = trk_store_open_entry (store, NULL);
  g_assert_cmpint (open->number, ==, number);
  g_assert_cmpint (open->period.start, ==, AT (20));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/rules/model", test_model);
  g_test_add_func ("/store/rules/clear-keeps-open", test_clear_keeps_open);
  return g_test_run ();
}
