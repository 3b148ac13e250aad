/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "store-fixtures.h"

#include "trk-error.h"
#include "trk-store-private.h"

#include <string.h>

/* Entries and gaps come back as they were written; so do their names. */

#define EVERYTHING ((TrkPeriod){ G_MININT64, TRK_NEVER })

static TrkEntry *
make_full_entry (void)
{
  static const char *const tags[] = { "billing", "two words", "ü, \"quoted\"", NULL };
  TrkEntry *entry = make_entry (540, 600);

  g_free (entry->title);
  entry->title = g_strdup ("PDF \"x\" 'y' \\ \t <b>ü\001");
  entry->kind = TRK_KIND_MEETING;
  entry->block_id = g_strdup ("work/uid@x/20261123T090000Z#2");
  entry->project = g_strdup ("billing");
  entry->tags = g_strdupv ((GStrv) tags);
  entry->evidence = TRK_EVIDENCE_OBSERVED;
  entry->start_reason = TRK_REASON_BLOCK_START;
  entry->end_reason = TRK_REASON_SLEEP;
  entry->note = g_strdup ("line\nline");
  entry->zone = g_strdup ("Europe/Berlin");
  entry->until = AT (630);
  return entry;
}

static void
assert_same_entry (const TrkEntry *a, const TrkEntry *b)
{
  g_assert_cmpint (a->number, ==, b->number);
  g_assert_cmpstr (a->id, ==, b->id);
  g_assert_cmpint (a->period.start, ==, b->period.start);
  g_assert_cmpint (a->period.end, ==, b->period.end);
  g_assert_cmpint (a->kind, ==, b->kind);
  g_assert_cmpstr (a->title, ==, b->title);
  g_assert_cmpstr (a->block_id, ==, b->block_id);
  g_assert_cmpint (a->task, ==, b->task);
  g_assert_cmpstr (a->project, ==, b->project);
  g_assert_true ((a->tags == NULL) == (b->tags == NULL));
  g_assert_true (a->tags == NULL
                 || g_strv_equal ((const char *const *) a->tags, (const char *const *) b->tags));
  g_assert_cmpint (a->evidence, ==, b->evidence);
  g_assert_cmpint (a->start_reason, ==, b->start_reason);
  if (!trk_entry_is_open (a))
    g_assert_cmpint (a->end_reason, ==, b->end_reason);
  g_assert_cmpstr (a->note, ==, b->note);
  g_assert_cmpstr (a->zone, ==, b->zone);
  g_assert_cmpint (a->until, ==, b->until);
}

static void
test_entry (void)
{
  g_autoptr (TrkStore) store = open_memory ();
  g_autoptr (TrkEntry) full = make_full_entry ();
  g_autoptr (TrkEntry) bare = make_entry (700, OPEN);
  g_autoptr (TrkEntry) full_again = NULL;
  g_autoptr (TrkEntry) bare_again = NULL;

  full->task = add_task (store, "a");
  begin (store, "log add");
  g_assert_true (trk_store_add_entry (store, full, NULL));
  g_assert_true (trk_store_add_entry (store, bare, NULL));
  commit (store);
  full_again = trk_store_entry (store, full->number, NULL);
  assert_same_entry (full_again, full);
  bare_again = trk_store_open_entry (store, NULL);
  assert_same_entry (bare_again, bare);

  g_free (full->title);
  full->title = g_strdup ("other");
  g_clear_pointer (&full->tags, g_strfreev);
  g_clear_pointer (&full->note, g_free);
  full->task = 0;
  full->until = 0;
  begin (store, "log edit");
  g_assert_true (trk_store_update_entry (store, full, NULL));
  commit (store);
  trk_entry_free (full_again);
  full_again = trk_store_entry (store, full->number, NULL);
  assert_same_entry (full_again, full);
}

static void
test_missing (void)
{
  g_autoptr (TrkStore) store = open_memory ();
  g_autoptr (TrkEntry) entry = make_entry (0, 10);
  g_autoptr (GError) error = NULL;

  g_assert_null (trk_store_entry (store, 12, &error));
  g_assert_error (error, TRK_ERROR, TRK_ERROR_NOT_FOUND);
  g_assert_cmpstr (error->message, ==, "there is no entry 12");
  g_clear_error (&error);
  g_assert_null (trk_store_task (store, 3, &error));
  g_assert_error (error, TRK_ERROR, TRK_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (trk_store_open_entry (store, &error));
  g_assert_no_error (error);
  g_assert_null (trk_store_current_sprint (store, &error));
  g_assert_no_error (error);
  begin (store, "log edit");
  entry->number = 7;
  g_assert_false (trk_store_update_entry (store, entry, &error));
  g_assert_error (error, TRK_ERROR, TRK_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (trk_store_remove_entry (store, 7, &error));
  g_assert_error (error, TRK_ERROR, TRK_ERROR_NOT_FOUND);
}

static void
test_gap (void)
{
  g_autoptr (TrkStore) store = open_memory ();
  g_autoptr (TrkGap) gap = trk_gap_new ();
  g_autoptr (GPtrArray) gaps = NULL;
  TrkGap *again;

  gap->period = (TrkPeriod){ AT (10), TRK_NEVER };
  gap->reason = TRK_REASON_LOCK;
  gap->block_id = g_strdup ("b");
  begin (store, "away");
  g_assert_true (trk_store_add_gap (store, gap, NULL));
  commit (store);
  gap->period.end = AT (20);
  gap->answer = TRK_ANSWER_WORKED;
  begin (store, "answer");
  g_assert_true (trk_store_update_gap (store, gap, NULL));
  commit (store);
  gaps = trk_store_gaps (store, EVERYTHING, NULL);
  g_assert_cmpuint (gaps->len, ==, 1);
  again = gaps->pdata[0];
  g_assert_cmpint (again->number, ==, gap->number);
  g_assert_cmpstr (again->id, ==, gap->id);
  g_assert_cmpint (again->period.start, ==, AT (10));
  g_assert_cmpint (again->period.end, ==, AT (20));
  g_assert_cmpint (again->reason, ==, TRK_REASON_LOCK);
  g_assert_cmpint (again->answer, ==, TRK_ANSWER_WORKED);
  g_assert_cmpstr (again->block_id, ==, "b");
}

/* RFC 9562: version 7, variant 10, milliseconds first; later ones sort later, those of one instant
 * in the order in which they were made. */
static void
test_ids (void)
{
  g_autoptr (TrkStore) store = open_memory ();
  g_autofree char *before = g_strdup ("");

  begin (store, "ids");
  for (int i = 0; i < 20000; i++)
    {
      g_autofree char *id = NULL;
      g_autofree char *time = NULL;

      store->now = MONDAY + i / 7;
      id = trk_store_new_id (store);
      g_assert_true (g_uuid_string_is_valid (id));
      g_assert_cmpint (id[14], ==, '7');
      g_assert_nonnull (strchr ("89ab", id[19]));
      time = g_strdup_printf ("%.8s%.4s", id, id + 9);
      g_assert_cmpint (g_ascii_strtoll (time, NULL, 16), ==, store->now / 1000);
      g_assert_cmpstr (before, <, id);
      g_free (before);
      before = g_steal_pointer (&id);
    }
  trk_store_rollback (store);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/values/entry", test_entry);
  g_test_add_func ("/store/values/missing", test_missing);
  g_test_add_func ("/store/values/gap", test_gap);
  g_test_add_func ("/store/values/ids", test_ids);
  return g_test_run ();
}
