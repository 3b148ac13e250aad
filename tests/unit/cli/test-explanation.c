/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-explanation.h"
#include "trk-json-reader.h"
#include "trk-policy.h"

#include <string.h>

/* 2026-11-23 00:00 UTC, a Monday; now is 14:12. */
#define DAY_START ((TrkInstant) 1795392000 * TRK_SECOND)
#define AT(hour, minute) (DAY_START + (hour) *TRK_HOUR + (minute) *TRK_MINUTE)

typedef struct
{
  GPtrArray *occurrences, *records, *entries, *gaps, *notices;
  GArray *squeezed;
  TrkZone *zone;
  TrkPolicies policies;
  TrkKnowledge knowledge;
} Fixture;

static TrkOccurrence *
add_event (Fixture *f, const char *uid, const char *kind, TrkInstant start, TrkInstant end)
{
  TrkOccurrence *event = trk_occurrence_new ();

  event->calendar = g_strdup ("work");
  event->uid = g_strdup (uid);
  event->summary = g_strdup (uid);
  event->kind = g_strdup (kind);
  event->period = (TrkPeriod){ start, end };
  g_ptr_array_add (f->occurrences, event);
  return event;
}

static void
add_log (Fixture *f)
{
  TrkEntry *entry = trk_entry_new ();
  TrkGap *gap = trk_gap_new ();
  TrkNoticeRecord *told = g_new0 (TrkNoticeRecord, 1), *untold = g_new0 (TrkNoticeRecord, 1);

  entry->block_id = g_strdup ("work/Query optimisation");
  entry->title = g_strdup ("Query optimisation");
  entry->period = (TrkPeriod){ AT (11, 18), AT (12, 2) };
  entry->evidence = TRK_EVIDENCE_OBSERVED;
  entry->start_reason = TRK_REASON_BACK;
  entry->end_reason = TRK_REASON_SWITCH;
  g_ptr_array_add (f->entries, entry);
  gap->block_id = g_strdup ("work/Query optimisation");
  gap->period = (TrkPeriod){ AT (11, 15), AT (11, 18) };
  gap->reason = TRK_REASON_AWAY;
  g_ptr_array_add (f->gaps, gap);
  told->notice = trk_notice_new (TRK_NOTICE_LEAD, "work/Query optimisation");
  told->at = AT (11, 10);
  told->shown = AT (11, 10);
  told->backend = g_strdup ("dunst 1.9.0");
  g_ptr_array_add (f->notices, told);
  untold->notice = trk_notice_new (TRK_NOTICE_START, "work/Query optimisation");
  untold->at = AT (11, 15);
  untold->backend = g_strdup ("failed: no notification server");
  g_ptr_array_add (f->notices, untold);
}

static void
plan (Fixture *f)
{
  TrkPeriod all = { DAY_START - 30 * 24 * TRK_HOUR, DAY_START + 30 * 24 * TRK_HOUR };
  g_autoptr (TrkPlan) planned = trk_plan_new (f->occurrences, all, &f->knowledge.input);

  for (guint i = 0; i < planned->blocks->len; i++)
    g_ptr_array_add (f->records,
                     trk_block_record_new (g_ptr_array_index (planned->blocks, i), NULL));
  for (guint i = 0; i < planned->squeezed->len; i++)
    trk_squeezes_add (f->squeezed, g_array_index (planned->squeezed, TrkSqueeze, i));
}

static void
set_up (Fixture *f, gconstpointer data)
{
  f->occurrences = g_ptr_array_new_with_free_func ((GDestroyNotify) trk_occurrence_unref);
  f->records = g_ptr_array_new_with_free_func ((GDestroyNotify) trk_block_record_free);
  f->squeezed = trk_squeezes_new ();
  f->entries = g_ptr_array_new_with_free_func ((GDestroyNotify) trk_entry_free);
  f->gaps = g_ptr_array_new_with_free_func ((GDestroyNotify) trk_gap_free);
  f->notices = g_ptr_array_new_with_free_func ((GDestroyNotify) trk_notice_record_free);
  f->zone = trk_zone_new_utc ();
  trk_policies_init (&f->policies);
  f->knowledge = (TrkKnowledge){
    .almanac = { f->zone, TRK_DEFAULT_START_OF_DAY, 1 },
    .now = AT (14, 12),
    .input = { .policies = &f->policies },
    .occurrences = f->occurrences,
    .records = f->records,
    .squeezed = f->squeezed,
    .entries = f->entries,
    .gaps = f->gaps,
    .notices = f->notices,
    .kept_since = TRK_NEVER,
  };
  add_event (f, "Query optimisation", "focus", AT (11, 15), AT (12, 45));
  add_event (f, "Incident call", "meeting", AT (12, 2), AT (12, 45));
  add_event (f, "Lunch walk", "break", AT (14, 10), AT (14, 30));
  add_event (f, "Team meeting", "meeting", AT (14, 0), AT (15, 0));
  add_event (f, "Yesterday's lunch", "break", AT (-12, 0), AT (-11, 0));
  add_event (f, "Retrospective", "meeting", AT (-48, 0), AT (-47, 0));
  add_event (f, "Retrospective next", "meeting", AT (80, 0), AT (81, 0));
  add_event (f, "Fair", "meeting", AT (0, 0), AT (24, 0))->all_day = TRUE;
  plan (f);
  add_log (f);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_ptr_array_unref (f->occurrences);
  g_ptr_array_unref (f->records);
  g_array_unref (f->squeezed);
  g_ptr_array_unref (f->entries);
  g_ptr_array_unref (f->gaps);
  g_ptr_array_unref (f->notices);
  trk_zone_unref (f->zone);
}

/* What a text means: the titles that are found. */
static void
test_find (Fixture *f, gconstpointer data)
{
  static const struct
  {
    const char *text, *found;
  } rows[] = {
    { "work/Incident call", "Incident call" },
    { "query", "Query optimisation" },
    { "MEETING", "Team meeting" },
    { "lunch", "Lunch walk" },            /* today's, not yesterday's */
    { "retrospective", "Retrospective" }, /* none today: the nearest, two days ago */
    { "12:10", "Fair, Query optimisation, Incident call" },
    { "fair", "Fair" },
    { "nothing of this name", "" },
    { "%s%n", "" },
    { "\xff", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GPtrArray) found = trk_explanations_find (&f->knowledge, rows[i].text);
      g_autoptr (GString) titles = g_string_new (NULL);

      for (guint n = 0; n < found->len; n++)
        g_string_append_printf (titles, "%s%s", n > 0 ? ", " : "",
                                ((TrkExplanation *) g_ptr_array_index (found, n))->title);
      g_assert_cmpstr (titles->str, ==, rows[i].found);
    }
}

static void
assert_text (Fixture *f, const char *event, const char *expected)
{
  TrkStyle style = { .columns = 80, .unicode = TRUE };
  g_autoptr (GPtrArray) found = trk_explanations_find (&f->knowledge, event);
  g_autofree char *text = NULL;

  g_assert_cmpuint (found->len, ==, 1);
  text = trk_explanation_to_text (g_ptr_array_index (found, 0), &f->knowledge, &style);
  g_assert_cmpstr (text, ==, expected);
}

/* As the JSON has it of the event's first piece; NULL: null. */
static const char *
moment_of (Fixture *f, const char *event, const char *name)
{
  g_autoptr (GPtrArray) found = trk_explanations_find (&f->knowledge, event);
  g_autoptr (TrkJson) builder = trk_json_new ();
  g_autoptr (JsonNode) root = NULL;
  JsonObject *piece;

  trk_explanation_to_json (g_ptr_array_index (found, 0), &f->knowledge, builder);
  root = trk_json_read_back (builder);
  piece = json_array_get_object_element (
      json_object_get_array_member (json_node_get_object (root), "pieces"), 0);
  return json_object_get_null_member (piece, name)
             ? NULL
             : g_intern_string (json_object_get_string_member (piece, name));
}

static void
test_history (Fixture *f, gconstpointer data)
{
  TrkBlockRecord *record = NULL;

  for (guint i = 0; i < f->records->len; i++)
    {
      TrkBlockRecord *one = g_ptr_array_index (f->records, i);

      record = g_str_equal (one->block->id, "work/Query optimisation") ? one : record;
    }
  record->state->outcome = TRK_OUTCOME_PARTIAL;
  record->state->outcome_reason = TRK_REASON_BLOCK_END;
  assert_text (f, "query",
               "Query optimisation  Mon 23 Nov 11:15–12:45\n"
               " kind      focus: the event says so (X-TRACKERD-KIND)\n"
               " plan      11:15–12:02\n"
               " gave way  12:02–12:45 to Incident call: meeting goes before focus\n"
               " notices   11:10 lead, shown by dunst 1.9.0\n"
               "           11:15 start, not shown: failed: no notification server\n"
               " kept      11:18–12:02, 44 min; begun: you were back, ended: something else began; "
               "observed\n"
               " gaps      11:15–11:18, away: not answered\n"
               " outcome   partial: its time was over\n"
               " calendar  work\n"
               " id        work/Query optimisation\n");
}

static TrkBlockState *
state_of (Fixture *f, const char *id)
{
  for (guint i = 0; i < f->records->len; i++)
    {
      TrkBlockRecord *record = g_ptr_array_index (f->records, i);

      if (g_str_equal (record->block->id, id))
        return record->state;
    }
  g_assert_not_reached ();
}

/* Where the start and the end were moved to, in the words for the way they were moved. */
static void
test_moved (Fixture *f, gconstpointer data)
{
  static const struct
  {
    TrkInstant start, end;
    const char *plan;
  } rows[] = {
    { 0, 0, " plan      08:00–09:00\n" },
    { AT (7, 50), 0, " plan      08:00–09:00, started early at 07:50\n" },
    { AT (8, 5), 0, " plan      08:00–09:00, snoozed to 08:05\n" },
    { 0, AT (9, 15), " plan      08:00–09:00, extended to 09:15\n" },
    { AT (8, 30), AT (9, 30), " plan      08:00–09:00, snoozed to 08:30, until 09:30\n" },
    { AT (8, 30), AT (9, 45), " plan      08:00–09:00, snoozed to 08:30, extended to 09:45\n" },
    { AT (7, 50), AT (8, 40), " plan      08:00–09:00, started early at 07:50, left at 08:40\n" },
  };
  g_autoptr (TrkBlock) block = trk_block_new ();

  block->id = g_strdup ("gone/1");
  block->title = g_strdup ("Gone");
  block->kind_why = g_strdup ("started by hand");
  block->period = block->planned = (TrkPeriod){ AT (8, 0), AT (9, 0) };
  g_ptr_array_add (f->records, trk_block_record_new (block, NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      TrkBlockState *state = state_of (f, "gone/1");
      g_autofree char *expected =
          g_strconcat ("Gone  Mon 23 Nov 08:00–09:00\n kind      focus: started by hand\n",
                       rows[i].plan, " id        gone/1\n", NULL);

      state->start = rows[i].start;
      state->end = rows[i].end;
      assert_text (f, "gone", expected);
    }
}

/* Its event was deleted, and it goes on by the user's word. */
static void
test_left_calendar (Fixture *f, gconstpointer data)
{
  g_autoptr (TrkBlock) block = trk_block_new ();

  block->id = g_strdup ("gone/1");
  block->title = g_strdup ("Gone");
  block->kind_why = g_strdup ("its summary says 'gone'");
  block->calendar = g_strdup ("work");
  block->period = block->planned = (TrkPeriod){ AT (14, 0), AT (15, 0) };
  g_ptr_array_add (f->records, trk_block_record_new (block, NULL));
  state_of (f, "gone/1")->runs_unplanned = TRUE;
  assert_text (f, "gone",
               "Gone  Mon 23 Nov 14:00–15:00\n"
               " kind      focus: its summary says 'gone'\n"
               " plan      14:00–15:00\n"
               " event     no longer in the calendar; by hand, as you began it or went on with it\n"
               " calendar  work\n"
               " id        gone/1\n");
}

/* An extension ends where something begins that waits for nobody, whatever was wished. */
static void
test_extended_as_far_as_it_goes (Fixture *f, gconstpointer data)
{
  static const struct
  {
    TrkInstant wished;
    const char *plan, *json;
  } rows[] = {
    { AT (13, 30), " plan      12:45–13:15, extended to 13:30\n", "2026-11-23T13:30:00Z" },
    { AT (14, 0), " plan      12:45–13:15, extended to 14:00\n", "2026-11-23T14:00:00Z" },
    { AT (14, 30),
      " plan      12:45–13:15, extended to 14:00, not 14:30: Team meeting begins then\n",
      "2026-11-23T14:00:00Z" },
  };

  add_event (f, "Essay", "focus", AT (12, 45), AT (13, 15));
  g_ptr_array_set_size (f->records, 0);
  g_array_set_size (f->squeezed, 0);
  plan (f);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *expected =
          g_strconcat ("Essay  Mon 23 Nov 12:45–13:15\n"
                       " kind      focus: the event says so (X-TRACKERD-KIND)\n",
                       rows[i].plan, " calendar  work\n id        work/Essay\n", NULL);

      state_of (f, "work/Essay")->end = rows[i].wished;
      assert_text (f, "essay", expected);
      g_assert_cmpstr (moment_of (f, "essay", "extended_to"), ==, rows[i].json);
    }
}

/* The meeting follows at once. */
static void
test_extended_in_vain (Fixture *f, gconstpointer data)
{
  add_event (f, "Essay", "focus", AT (13, 0), AT (14, 0));
  g_ptr_array_set_size (f->records, 0);
  g_array_set_size (f->squeezed, 0);
  plan (f);
  state_of (f, "work/Essay")->end = AT (14, 15);
  assert_text (f, "essay",
               "Essay  Mon 23 Nov 13:00–14:00\n"
               " kind      focus: the event says so (X-TRACKERD-KIND)\n"
               " plan      13:00–14:00, not extended to 14:15: Team meeting begins then\n"
               " calendar  work\n id        work/Essay\n");
  g_assert_null (moment_of (f, "essay", "extended_to"));
}

/* One that was begun early was snoozed since: nothing has begun at a moment that is to come. */
static void
test_snoozed_before_its_time (Fixture *f, gconstpointer data)
{
  g_autoptr (TrkBlock) block = trk_block_new ();

  block->id = g_strdup ("gone/1");
  block->title = g_strdup ("Gone");
  block->kind_why = g_strdup ("started by hand");
  block->period = block->planned = (TrkPeriod){ AT (15, 0), AT (16, 0) };
  g_ptr_array_add (f->records, trk_block_record_new (block, NULL));
  state_of (f, "gone/1")->start = AT (14, 30);
  assert_text (f, "gone",
               "Gone  Mon 23 Nov 15:00–16:00\n kind      focus: started by hand\n"
               " plan      15:00–16:00, snoozed to 14:30\n"
               " id        gone/1\n");
  g_assert_cmpstr (moment_of (f, "gone", "snoozed_to"), ==, "2026-11-23T14:30:00Z");
  g_assert_null (moment_of (f, "gone", "started_early_at"));
  f->knowledge.now = AT (14, 40);
  g_assert_null (moment_of (f, "gone", "snoozed_to"));
  g_assert_cmpstr (moment_of (f, "gone", "started_early_at"), ==, "2026-11-23T14:30:00Z");
}

static void
test_owed (Fixture *f, gconstpointer data)
{
  assert_text (f, "lunch",
               "Lunch walk  Mon 23 Nov 14:10–14:30\n"
               " kind      break: the event says so (X-TRACKERD-KIND)\n"
               " gave way  14:10–14:30 to Team meeting: meeting goes before break; this break is "
               "owed\n"
               " calendar  work\n"
               " id        work/Lunch walk\n");
}

/* The winner's own time is told, and what went with it. */
static void
test_too_short_to_keep (Fixture *f, gconstpointer data)
{
  add_event (f, "Essay", "focus", AT (16, 0), AT (17, 0));
  add_event (f, "Call", "meeting", AT (16, 3), AT (16, 30));
  g_ptr_array_set_size (f->records, 0);
  g_array_set_size (f->squeezed, 0);
  plan (f);
  assert_text (
      f, "essay",
      "Essay  Mon 23 Nov 16:00–17:00\n"
      " kind      focus: the event says so (X-TRACKERD-KIND)\n"
      " plan      16:30–17:00\n"
      " gave way  16:03–16:30 to Call: meeting goes before focus; 3 min beside it too short "
      "to keep\n"
      " calendar  work\n"
      " id        work/Essay\n");
}

/* Times of other days have their date. */
static void
test_lost_in_other_days (Fixture *f, gconstpointer data)
{
  add_event (f, "Long move", "shallow", AT (81, 0), AT (140, 0));
  add_event (f, "Call", "meeting", AT (82, 0), AT (83, 0));
  add_event (f, "Late call", "meeting", AT (106, 0), AT (107, 0));
  g_ptr_array_set_size (f->records, 0);
  g_array_set_size (f->squeezed, 0);
  plan (f);
  assert_text (f, "long move",
               "Long move  Thu 26 Nov 09:00–Sat 28 Nov 20:00\n"
               " kind      shallow: the event says so (X-TRACKERD-KIND)\n"
               " plan      09:00–10:00\n"
               "           11:00–10:00\n"
               " days      17 h on Thu 26 Nov, 6 h on Fri 27 Nov\n"
               " plan      11:00–Sat 28 Nov 20:00\n"
               " days      17 h on Fri 27 Nov, 16 h on Sat 28 Nov\n"
               " gave way  10:00–11:00 to Call: meeting goes before shallow\n"
               "           Fri 27 Nov 10:00–11:00 to Late call: meeting goes before shallow\n"
               " calendar  work\n"
               " id        work/Long move\n");
}

static void
test_no_block (Fixture *f, gconstpointer data)
{
  assert_text (f, "fair",
               "Fair  Mon 23 Nov all day\n"
               " no block  it is an all-day event, and of those only kind off makes a block\n"
               " off?      a rule in trackerd.conf makes it time off:\n"
               "             [rule off 2026-11-23]\n"
               "             summary = ^Fair$\n"
               "             kind = off\n"
               " calendar  work\n"
               " id        work/Fair\n");
}

/* What left the calendar, or never was in one, can still be asked about. */
static void
test_only_in_the_log (Fixture *f, gconstpointer data)
{
  g_autoptr (TrkBlock) block = trk_block_new ();

  block->id = g_strdup ("gone/1");
  block->title = g_strdup ("Gone");
  block->kind = TRK_KIND_FOCUS;
  block->kind_why = g_strdup ("started by hand");
  block->period = block->planned = (TrkPeriod){ AT (8, 0), AT (9, 0) };
  g_ptr_array_add (f->records, trk_block_record_new (block, NULL));
  assert_text (f, "gone",
               "Gone  Mon 23 Nov 08:00–09:00\n"
               " kind      focus: started by hand\n"
               " plan      08:00–09:00\n"
               " id        gone/1\n");
}

static TrkBlockRecord *
record_of (const Fixture *f, const char *id)
{
  for (guint i = 0; i < f->records->len; i++)
    {
      TrkBlockRecord *record = g_ptr_array_index (f->records, i);

      if (g_str_equal (record->block->id, id))
        return record;
    }
  return NULL;
}

/* An event has another UID by now; the log has its block under the old one: it is told once. */
static void
test_another_uid (Fixture *f, gconstpointer data)
{
  TrkOccurrence *event = g_ptr_array_index (f->occurrences, 0);
  TrkBlockRecord *record = record_of (f, "work/Query optimisation");
  g_autoptr (GPtrArray) found = NULL;
  const TrkExplanation *one;

  record->state->notices = 1u << TRK_NOTICE_START;
  g_free (event->uid);
  event->uid = g_strdup ("new");
  found = trk_explanations_find (&f->knowledge, "query");
  g_assert_cmpuint (found->len, ==, 1);
  one = g_ptr_array_index (found, 0);
  g_assert_cmpstr (one->id, ==, "work/Query optimisation");
  g_assert_cmpuint (one->entries->len, ==, 1);
}

static void
test_json (Fixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) found = trk_explanations_find (&f->knowledge, "query");
  g_autoptr (TrkJson) builder = trk_json_new ();
  g_autoptr (JsonNode) root = NULL;
  JsonObject *object, *notice;

  trk_explanation_to_json (g_ptr_array_index (found, 0), &f->knowledge, builder);
  root = trk_json_read_back (builder);
  object = json_node_get_object (root);
  g_assert_cmpstr (json_object_get_string_member (object, "kind"), ==, "focus");
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (object, "pieces")), ==, 1);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (object, "squeezed_by")),
                    ==, 1);
  notice = json_array_get_object_element (json_object_get_array_member (object, "notices"), 1);
  g_assert_true (json_object_get_null_member (notice, "shown"));
  g_assert_cmpstr (json_object_get_string_member (notice, "at"), ==, "2026-11-23T11:15:00Z");
}

#define ADD(name, function)                                                                        \
  g_test_add ("/explanation/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("find", test_find);
  ADD ("history", test_history);
  ADD ("moved", test_moved);
  ADD ("left-calendar", test_left_calendar);
  ADD ("extended-as-far-as-it-goes", test_extended_as_far_as_it_goes);
  ADD ("extended-in-vain", test_extended_in_vain);
  ADD ("snoozed-before-its-time", test_snoozed_before_its_time);
  ADD ("owed", test_owed);
  ADD ("too-short-to-keep", test_too_short_to_keep);
  ADD ("lost-in-other-days", test_lost_in_other_days);
  ADD ("no-block", test_no_block);
  ADD ("only-in-the-log", test_only_in_the_log);
  ADD ("another-uid", test_another_uid);
  ADD ("json", test_json);
  return g_test_run ();
}
