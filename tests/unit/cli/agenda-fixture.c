/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "agenda-fixture.h"

void
fixture_event (Fixture *f, const char *uid, const char *kind, TrkInstant start, TrkInstant end)
{
  TrkOccurrence *event = trk_occurrence_new ();

  event->calendar = g_strdup ("work");
  event->uid = g_strdup (uid);
  event->summary = g_strdup (uid);
  event->kind = g_strdup (kind);
  event->period = (TrkPeriod){ start, end };
  g_ptr_array_add (f->occurrences, event);
}

void
fixture_plan (Fixture *f, TrkPeriod period)
{
  g_autoptr (TrkPlan) planned = trk_plan_new (f->occurrences, period, &f->agenda.input);

  for (guint i = 0; i < planned->blocks->len; i++)
    g_ptr_array_add (f->records,
                     trk_block_record_new (g_ptr_array_index (planned->blocks, i), NULL));
  for (guint i = 0; i < planned->squeezed->len; i++)
    trk_squeezes_add (f->squeezed, g_array_index (planned->squeezed, TrkSqueeze, i));
}

TrkBlockState *
fixture_state (Fixture *f, const char *id)
{
  for (guint i = 0; i < f->records->len; i++)
    {
      TrkBlockRecord *record = g_ptr_array_index (f->records, i);

      if (g_str_equal (record->block->id, id))
        return record->state;
    }
  g_assert_not_reached ();
}

void
fixture_settle (Fixture *f, const char *id, TrkOutcome outcome, TrkReason reason)
{
  fixture_state (f, id)->outcome = outcome;
  fixture_state (f, id)->outcome_reason = reason;
}

void
fixture_entry (Fixture *f, const char *block, const char *title, TrkInstant start, TrkInstant end)
{
  TrkEntry *entry = trk_entry_new ();

  entry->block_id = g_strdup (block);
  entry->title = g_strdup (title);
  entry->kind = TRK_KIND_FOCUS;
  entry->period = (TrkPeriod){ start, end };
  g_ptr_array_add (f->entries, entry);
}

void
fixture_gap (Fixture *f, const char *block, TrkReason reason, TrkInstant start, TrkInstant end)
{
  TrkGap *gap = trk_gap_new ();

  gap->block_id = g_strdup (block);
  gap->reason = reason;
  gap->period = (TrkPeriod){ start, end };
  g_ptr_array_add (f->gaps, gap);
}

void
fixture_set_up (Fixture *f, gconstpointer data)
{
  f->occurrences = g_ptr_array_new_with_free_func ((GDestroyNotify) trk_occurrence_unref);
  f->records = g_ptr_array_new_with_free_func ((GDestroyNotify) trk_block_record_free);
  f->entries = g_ptr_array_new_with_free_func ((GDestroyNotify) trk_entry_free);
  f->gaps = g_ptr_array_new_with_free_func ((GDestroyNotify) trk_gap_free);
  f->squeezed = trk_squeezes_new ();
  f->zone = trk_zone_new_utc ();
  f->agenda = (TrkAgenda){
    .almanac = { f->zone, TRK_DEFAULT_START_OF_DAY, 1 },
    .now = AT (14, 12),
    .period = { AT (4, 0), AT (28, 0) },
    .records = f->records,
    .entries = f->entries,
    .gaps = f->gaps,
    .squeezed = f->squeezed,
    .kept_since = TRK_NEVER,
    .input = { .policies = &f->policies },
  };
  trk_policies_init (&f->policies);
}

void
fixture_tear_down (Fixture *f, gconstpointer data)
{
  trk_agenda_clear (&f->agenda);
  g_ptr_array_unref (f->occurrences);
  g_ptr_array_unref (f->records);
  g_ptr_array_unref (f->entries);
  g_ptr_array_unref (f->gaps);
  g_array_unref (f->squeezed);
  trk_zone_unref (f->zone);
}

void
fixture_assert_text (Fixture *f, const TrkStyle *style, gboolean why, const char *expected)
{
  g_autofree char *text = NULL;

  trk_agenda_clear (&f->agenda); /* of what was asserted before */
  trk_agenda_fill (&f->agenda);
  text = trk_agenda_to_text (&f->agenda, style, why);
  g_assert_cmpstr (text, ==, expected);
}

JsonArray *
fixture_json (Fixture *f, JsonNode **root)
{
  g_autoptr (TrkJson) builder = trk_json_new ();

  trk_agenda_fill (&f->agenda);
  trk_agenda_to_json (&f->agenda, builder);
  *root = trk_json_read_back (builder);
  return json_node_get_array (*root);
}
