/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "schedule-fixture.h"

/* What the log says and what the calendars say, put together. Now is Monday 23 November, 10:00. */

static TrkBlock *
block_of (Fixture *f, const char *id, const char *start, const char *end)
{
  TrkBlock *block = trk_block_new ();

  block->id = g_strdup (id);
  block->calendar = g_str_has_prefix (id, "work/") ? g_strdup ("work") : NULL;
  block->title = g_strdup (id);
  block->kind = TRK_KIND_FOCUS;
  block->kind_why = g_strdup ("a test");
  block->period = (TrkPeriod){ fixture_at (f, start), fixture_at (f, end) };
  block->planned = block->period;
  return block;
}

static void
put (Fixture *f, const TrkBlock *block, const TrkBlockState *state)
{
  g_autoptr (GError) error = NULL;

  trk_store_begin (f->store, TRK_ACTOR_DAEMON, "test", f->now, &error);
  g_assert_no_error (error);
  trk_store_put_block (f->store, block, &error);
  g_assert_no_error (error);
  trk_store_set_block_state (f->store, state, &error);
  g_assert_no_error (error);
  trk_store_commit (f->store, &error);
  g_assert_no_error (error);
}

/* One whose ID does not begin with "work/" was begun by hand, and is in no calendar. */
static void
log_state (Fixture *f,
           const char *id,
           const char *start,
           const char *end,
           TrkOutcome outcome,
           const char *left,
           guint notices)
{
  g_autoptr (TrkBlock) block = block_of (f, id, start, end);
  g_autoptr (TrkBlockState) state = trk_block_state_new (id);

  state->outcome = outcome;
  state->end = left != NULL ? fixture_at (f, left) : 0;
  state->notices = notices;
  put (f, block, state);
}

static void
log_snoozed (Fixture *f, const char *id, const char *start, const char *end, const char *until)
{
  g_autoptr (TrkBlock) block = block_of (f, id, start, end);
  g_autoptr (TrkBlockState) state = trk_block_state_new (id);

  state->start = fixture_at (f, until);
  put (f, block, state);
}

static void
log_block (Fixture *f, const char *id, const char *start, const char *end, TrkOutcome outcome)
{
  log_state (f, id, start, end, outcome, NULL, 0);
}

static void
assert_records (Fixture *f, TrkStore *store, TrkPeriod period, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) squeezed = NULL;
  g_autoptr (GPtrArray) occurrences = NULL;
  g_autoptr (GPtrArray) asked =
      trk_schedule_occurrences (f->config, f->index_path, period, f->zone, f->now, NULL, NULL);
  g_autoptr (GPtrArray) records =
      trk_schedule_records (f->config, f->index_path, store, period, f->zone, f->now, FALSE,
                            &squeezed, &occurrences, f->warnings, &error);
  g_autoptr (GString) text = g_string_new (NULL);

  g_assert_no_error (error);
  g_assert_nonnull (squeezed);
  g_assert_cmpuint (occurrences->len, ==, asked->len);
  for (guint i = 0; i < asked->len; i++)
    g_assert_cmpstr (((TrkOccurrence *) occurrences->pdata[i])->uid, ==,
                     ((TrkOccurrence *) asked->pdata[i])->uid);
  for (guint i = 0; i < records->len; i++)
    {
      const TrkBlockRecord *record = g_ptr_array_index (records, i);
      g_autofree char *time = trk_zone_format_time (f->zone, record->block->period.start);

      g_string_append_printf (text, "%s%s %s %s", i > 0 ? ", " : "", time, record->block->id,
                              trk_outcome_to_string (record->state->outcome));
    }
  g_assert_cmpstr (text->str, ==, expected);
}

/* Nobody keeps time yet: the calendars know what was and is planned. */
static void
test_without_a_log (Fixture *f, gconstpointer data)
{
  fixture_write (
      f, "work",
      "focus A 20261120T090000/20261120T100000\nfocus B 20261123T110000/20261123T120000\n");
  assert_records (f, NULL, fixture_day (f, "2026-11-20"), "09:00 work/A none");
  assert_records (f, f->store, fixture_day (f, "2026-11-20"), "09:00 work/A none");
  assert_records (f, f->store, fixture_day (f, "2026-11-23"), "11:00 work/B none");
}

/* History does not change with the calendar. */
static void
test_history_stays (Fixture *f, gconstpointer data)
{
  fixture_write (
      f, "work",
      "focus A 20261120T110000/20261120T120000\nfocus New 20261120T150000/20261120T160000\n");
  log_block (f, "work/A", "2026-11-20 09:00", "2026-11-20 10:00", TRK_OUTCOME_DONE);
  log_block (f, "work/Gone", "2026-11-20 13:00", "2026-11-20 14:00", TRK_OUTCOME_MISSED);
  assert_records (f, f->store, fixture_day (f, "2026-11-20"),
                  "09:00 work/A done, 13:00 work/Gone missed");
}

static void
log_late (Fixture *f, const char *id, const char *start, const char *end, TrkOutcome outcome)
{
  g_autoptr (TrkBlock) block = block_of (f, id, start, end);
  g_autoptr (TrkBlockState) state = trk_block_state_new (id);

  block->known = block->period.end + TRK_HOUR;
  state->outcome = outcome;
  put (f, block, state);
}

static void
log_entry (Fixture *f, const char *block, const char *start, const char *end)
{
  g_autoptr (TrkEntry) entry = trk_entry_new ();
  g_autoptr (GError) error = NULL;

  entry->block_id = g_strdup (block);
  entry->title = g_strdup (block);
  entry->kind = TRK_KIND_FOCUS;
  entry->evidence = TRK_EVIDENCE_MANUAL;
  entry->period = (TrkPeriod){ fixture_at (f, start), fixture_at (f, end) };
  trk_store_begin (f->store, TRK_ACTOR_USER, "test", f->now, &error);
  trk_store_add_entry (f->store, entry, &error);
  g_assert_no_error (error);
  trk_store_commit (f->store, &error);
  g_assert_no_error (error);
}

/* A calendar was added after the block's time, and is taken away again: it was no plan. */
static void
test_came_late_and_left (Fixture *f, gconstpointer data)
{
  fixture_write (f, "work", "focus There 20261123T070000/20261123T073000\n");
  log_late (f, "work/There", "2026-11-23 07:00", "2026-11-23 07:30", TRK_OUTCOME_MISSED);
  log_late (f, "work/Missed", "2026-11-23 07:30", "2026-11-23 08:00", TRK_OUTCOME_MISSED);
  log_late (f, "work/Unsaid", "2026-11-23 08:00", "2026-11-23 08:30", TRK_OUTCOME_NONE);
  log_late (f, "work/Done", "2026-11-23 08:30", "2026-11-23 09:00", TRK_OUTCOME_DONE);
  log_block (f, "work/Planned", "2026-11-23 09:00", "2026-11-23 09:30", TRK_OUTCOME_MISSED);
  log_late (f, "work/Kept", "2026-11-23 06:00", "2026-11-23 06:30", TRK_OUTCOME_MISSED);
  log_entry (f, "work/Kept", "2026-11-23 06:00", "2026-11-23 06:30");
  assert_records (f, f->store, fixture_day (f, "2026-11-23"),
                  "06:00 work/Kept missed, 07:00 work/There missed, 08:30 work/Done done, "
                  "09:00 work/Planned missed");
}

/* Today: what is over is the log's, what is to come the calendars'. */
static void
test_today (Fixture *f, gconstpointer data)
{
  fixture_write (f, "work",
                 "focus A 20261123T150000/20261123T160000\n"
                 "focus First 20261123T040000/20261123T050000\n"
                 "focus Running 20261123T093000/20261123T110000\n"
                 "focus Moved 20261123T140000/20261123T150000\n"
                 "focus New 20261123T170000/20261123T180000\n"
                 "focus Over 20261123T190000/20261123T200000\n");
  log_block (f, "work/Over", "2026-11-23 07:00", "2026-11-23 07:30", TRK_OUTCOME_NONE);
  log_block (f, "work/A", "2026-11-23 08:00", "2026-11-23 09:00", TRK_OUTCOME_DONE);
  log_block (f, "work/Ended", "2026-11-23 09:15", "2026-11-23 10:00", TRK_OUTCOME_NONE);
  log_block (f, "Fix", "2026-11-23 09:50", "2026-11-23 10:40", TRK_OUTCOME_NONE);
  log_block (f, "work/Running", "2026-11-23 09:30", "2026-11-23 10:30", TRK_OUTCOME_NONE);
  log_block (f, "work/Vanished", "2026-11-23 09:45", "2026-11-23 10:15", TRK_OUTCOME_NONE);
  log_block (f, "work/Cancelled", "2026-11-23 11:00", "2026-11-23 12:00", TRK_OUTCOME_NONE);
  log_block (f, "work/Skipped", "2026-11-23 12:00", "2026-11-23 13:00", TRK_OUTCOME_SKIPPED);
  log_block (f, "work/Moved", "2026-11-23 16:00", "2026-11-23 17:00", TRK_OUTCOME_NONE);
  assert_records (f, f->store, fixture_day (f, "2026-11-23"),
                  "04:00 work/First none, 07:00 work/Over none, 08:00 work/A done, "
                  "09:15 work/Ended none, 09:30 work/Running none, "
                  "09:45 work/Vanished cancelled, 09:50 Fix none, "
                  "12:00 work/Skipped skipped, 14:00 work/Moved none, 17:00 work/New none");
}

/* What cut it was called off after its end there: it goes on, and the daemon is about to note it.
 */
static void
test_longer_after_its_end (Fixture *f, gconstpointer data)
{
  g_autoptr (TrkBlock) block = block_of (f, "work/A", "2026-11-23 09:00", "2026-11-23 09:30");
  g_autoptr (TrkBlockState) state = trk_block_state_new ("work/A");
  g_autoptr (GPtrArray) records = NULL;

  fixture_write (f, "work", "focus A 20261123T090000/20261123T110000\n");
  state->outcome = TRK_OUTCOME_DONE;
  state->outcome_reason = TRK_REASON_BLOCK_END;
  put (f, block, state);
  records = trk_schedule_records (f->config, f->index_path, f->store, fixture_day (f, "2026-11-23"),
                                  f->zone, f->now, FALSE, NULL, NULL, f->warnings, NULL);
  g_assert_cmpuint (records->len, ==, 1);
  g_assert_cmpint (((TrkBlockRecord *) records->pdata[0])->block->period.end, ==,
                   fixture_at (f, "2026-11-23 11:00"));
}

/* Deleted while no daemon was there to note it: nobody may be told that it is to come. One that
 * moved while it was on was planned, too. */
static void
test_deleted (Fixture *f, gconstpointer data)
{
  fixture_write (f, "work", "focus A 20261123T150000/20261123T160000\n");
  log_state (f, "work/Begun", "2026-11-23 09:45", "2026-11-23 10:15", TRK_OUTCOME_NONE, NULL,
             1u << TRK_NOTICE_START);
  log_state (f, "work/Told", "2026-11-23 10:05", "2026-11-23 11:00", TRK_OUTCOME_NONE, NULL,
             1u << TRK_NOTICE_LEAD);
  log_state (f, "work/Extended", "2026-11-23 12:00", "2026-11-23 13:00", TRK_OUTCOME_NONE,
             "2026-11-23 13:30", 0);
  log_snoozed (f, "work/Snoozed", "2026-11-23 13:00", "2026-11-23 14:00", "2026-11-23 13:10");
  log_block (f, "work/Untold", "2026-11-23 11:00", "2026-11-23 12:00", TRK_OUTCOME_NONE);
  log_block (f, "work/Moved", "2026-11-23 14:00", "2026-11-23 15:00", TRK_OUTCOME_NONE);
  log_entry (f, "work/Moved", "2026-11-23 09:00", "2026-11-23 09:10");
  assert_records (f, f->store, fixture_day (f, "2026-11-23"),
                  "09:45 work/Begun cancelled, 10:05 work/Told cancelled, "
                  "12:00 work/Extended cancelled, 13:00 work/Snoozed cancelled, "
                  "14:00 work/Moved cancelled, 15:00 work/A none");
}

static TrkBlockRecord *
only_record (Fixture *f)
{
  g_autoptr (GPtrArray) records =
      trk_schedule_records (f->config, f->index_path, f->store, fixture_day (f, "2026-11-23"),
                            f->zone, f->now, FALSE, NULL, NULL, f->warnings, NULL);
  const TrkBlockRecord *record;

  g_assert_cmpuint (records->len, ==, 1);
  record = records->pdata[0];
  return trk_block_record_new (record->block, record->state);
}

/* What is on by a word of the user goes on without its event, and is no plan. */
static void
test_deleted_while_on (Fixture *f, gconstpointer data)
{
  g_autoptr (TrkBlock) block = block_of (f, "work/A", "2026-11-23 09:45", "2026-11-23 10:15");
  g_autoptr (TrkBlockState) state = trk_block_state_new ("work/A");
  g_autoptr (TrkBlockRecord) record = NULL;

  fixture_write (f, "work", "focus B 20261124T150000/20261124T160000\n");
  state->notices = 1u << TRK_NOTICE_START;
  state->taken = TRUE;
  put (f, block, state);
  record = only_record (f);
  g_assert_cmpint (record->state->outcome, ==, TRK_OUTCOME_NONE);
  g_assert_true (trk_block_state_is_unplanned (record->state));
}

/* What was called off is in the calendar again, before the daemon saw that. */
static void
test_called_off_and_back (Fixture *f, gconstpointer data)
{
  g_autoptr (TrkBlock) block = block_of (f, "work/A", "2026-11-23 09:45", "2026-11-23 10:15");
  g_autoptr (TrkBlockState) state = trk_block_state_new ("work/A");
  g_autoptr (TrkBlockRecord) record = NULL;

  fixture_write (f, "work", "focus A 20261123T094500/20261123T101500\n");
  state->outcome = TRK_OUTCOME_CANCELLED;
  state->outcome_reason = TRK_REASON_PLAN;
  put (f, block, state);
  record = only_record (f);
  g_assert_cmpint (record->state->outcome, ==, TRK_OUTCOME_NONE);
  g_assert_false (trk_block_state_is_unplanned (record->state));
}

/* What somebody was told of has moved to the next day: it is not cancelled, it is there. */
static void
test_moved_to_the_next_day (Fixture *f, gconstpointer data)
{
  fixture_write (f, "work",
                 "focus A 20261123T150000/20261123T160000\n"
                 "focus Told 20261124T090000/20261124T100000\n");
  log_state (f, "work/Told", "2026-11-23 11:00", "2026-11-23 12:00", TRK_OUTCOME_NONE, NULL,
             1u << TRK_NOTICE_LEAD);
  assert_records (f, f->store, fixture_day (f, "2026-11-23"), "15:00 work/A none");
  assert_records (f, f->store, fixture_day (f, "2026-11-24"), "09:00 work/Told none");
}

/* Looking at the days beside it for that tells neither their losses nor any warning twice. */
static void
test_moved_beside_others (Fixture *f, gconstpointer data)
{
  g_autofree char *missing = g_build_filename (f->home, "missing.ics", NULL);
  g_autoptr (GArray) squeezed = NULL;
  g_autoptr (GPtrArray) records = NULL;

  fixture_write (f, "work",
                 "shallow A 20261123T150000/20261123T170000\n"
                 "meeting B 20261123T160000/20261123T163000\n"
                 "shallow C 20261124T110000/20261124T130000\n"
                 "meeting D 20261124T120000/20261124T123000\n"
                 "focus Told 20261124T090000/20261124T100000\n");
  fixture_add_path (f, "gone", missing);
  log_state (f, "work/Told", "2026-11-23 11:00", "2026-11-23 12:00", TRK_OUTCOME_NONE, NULL,
             1u << TRK_NOTICE_LEAD);
  records = trk_schedule_records (f->config, f->index_path, f->store, fixture_day (f, "2026-11-23"),
                                  f->zone, f->now, FALSE, &squeezed, NULL, f->warnings, NULL);
  g_assert_nonnull (records);
  g_assert_cmpuint (squeezed->len, ==, 1);
  g_assert_cmpstr (g_array_index (squeezed, TrkSqueeze, 0).by->title, ==, "B");
  g_assert_cmpuint (f->warnings->len, ==, 1);
}

/* UIDs as the indexer makes them of the text of events that have none. */
#define MADE_1 "0123456789abcdef0123456789abcdef"
#define MADE_2 "fedcba9876543210fedcba9876543210"
#define MADE_3 "00000000000000000000000000000003"
#define MADE_4 "00000000000000000000000000000004"

/* The calendar has it with another text by now, without a UID: the day has it once. */
static void
test_another_text (Fixture *f, gconstpointer data)
{
  fixture_write (f, "work",
                 "focus " MADE_2 " 20261123T080000/20261123T090000\n"
                 "focus " MADE_4 " 20261123T093000/20261123T110000\n");
  log_state (f, "work/" MADE_1, "2026-11-23 08:00", "2026-11-23 09:00", TRK_OUTCOME_DONE, NULL,
             1u << TRK_NOTICE_START);
  log_state (f, "work/" MADE_3, "2026-11-23 09:30", "2026-11-23 11:00", TRK_OUTCOME_NONE, NULL,
             1u << TRK_NOTICE_START);
  assert_records (f, f->store, fixture_day (f, "2026-11-23"),
                  "08:00 work/" MADE_1 " done, 09:30 work/" MADE_3 " none");
}

/* A server that gives new UIDs keeps the titles. */
static void
test_another_uid (Fixture *f, gconstpointer data)
{
  fixture_write (f, "work", "focus work/Begun 20261123T093000/20261123T110000\n");
  log_state (f, "work/Begun", "2026-11-23 09:30", "2026-11-23 11:00", TRK_OUTCOME_NONE, NULL,
             1u << TRK_NOTICE_START);
  assert_records (f, f->store, fixture_day (f, "2026-11-23"), "09:30 work/Begun none");
}

/* What ran was called off, and what it had taken the time of is another event, as new ones are. */
static void
test_another_event (Fixture *f, gconstpointer data)
{
  fixture_write (f, "work", "focus B 20261123T093000/20261123T110000\n");
  log_state (f, "work/A", "2026-11-23 09:30", "2026-11-23 11:00", TRK_OUTCOME_NONE, NULL,
             1u << TRK_NOTICE_START);
  assert_records (f, f->store, fixture_day (f, "2026-11-23"),
                  "09:30 work/A cancelled, 09:30 work/B none");
}

/* Work by hand is no sign that a daemon kept the day's calendars. */
static void
test_by_hand_alone (Fixture *f, gconstpointer data)
{
  fixture_write (f, "work", "focus A 20261120T090000/20261120T100000\n");
  log_block (f, "Fix", "2026-11-20 11:00", "2026-11-20 12:00", TRK_OUTCOME_DONE);
  assert_records (f, f->store, fixture_day (f, "2026-11-20"), "09:00 work/A none, 11:00 Fix done");
}

/* What was skipped is in the log, and what it displaced has its time again. */
static void
test_skipped (Fixture *f, gconstpointer data)
{
  fixture_write (f, "work",
                 "shallow A 20261123T120000/20261123T160000\n"
                 "focus B 20261123T130000/20261123T140000\n");
  log_state (f, "work/B", "2026-11-23 13:00", "2026-11-23 14:00", TRK_OUTCOME_SKIPPED,
             "2026-11-23 09:30", 0);
  assert_records (f, f->store, fixture_day (f, "2026-11-23"),
                  "12:00 work/A none, 13:00 work/B skipped");
}

/* A piece of @event, "2026-11-20 09:00/2026-11-25 18:00", that was left at @left. */
static void
log_left_piece (Fixture *f,
                const char *id,
                const char *start,
                const char *end,
                const char *event_end,
                TrkOutcome outcome,
                const char *left)
{
  g_autoptr (TrkBlock) block = block_of (f, id, start, end);
  g_autoptr (TrkBlockState) state = trk_block_state_new (id);

  block->planned.end = fixture_at (f, event_end);
  state->outcome = outcome;
  state->end = fixture_at (f, left);
  put (f, block, state);
}

/* Who skips an event means all that comes of it, also when the piece that ran is days ago. */
static void
test_skipped_days_ago (Fixture *f, gconstpointer data)
{
  fixture_write (f, "work",
                 "focus A 20261118T090000/20261125T180000\n"
                 "meeting B 20261118T110000/20261121T120000\n"
                 "meeting C 20261124T110000/20261124T120000\n");
  log_left_piece (f, "work/A", "2026-11-18 09:00", "2026-11-18 11:00", "2026-11-25 18:00",
                  TRK_OUTCOME_SKIPPED, "2026-11-18 09:30");
  assert_records (f, f->store, fixture_day (f, "2026-11-22"), "");
  assert_records (f, f->store, fixture_day (f, "2026-11-23"), "");
  assert_records (f, f->store, fixture_day (f, "2026-11-24"), "11:00 work/C none");
}

/* Also of what is longer than what is looked at, and with another event of days beside it. */
static void
test_skipped_long_ago (Fixture *f, gconstpointer data)
{
  fixture_write (f, "work",
                 "focus L 20261001T090000/20261230T180000\n"
                 "meeting C 20261124T110000/20261124T120000\n");
  log_left_piece (f, "work/L", "2026-10-01 09:00", "2026-11-12 11:00", "2026-12-30 18:00",
                  TRK_OUTCOME_SKIPPED, "2026-11-12 09:30");
  assert_records (f, f->store, fixture_day (f, "2026-11-23"), "");
}

/* Days off of a fortnight, left a week ago, beside an event of days. */
static void
test_days_off_left (Fixture *f, gconstpointer data)
{
  const char *expected = "04:00 work/V skipped, 20:00 work/T none, 12:00 work/F none, "
                         "13:00 work/T#2 none";
  g_autoptr (TrkBlock) block = block_of (f, "work/V", "2026-11-16 04:00", "2026-11-30 04:00");
  g_autoptr (TrkBlockState) state = trk_block_state_new ("work/V");

  fixture_write (f, "work",
                 "off V 20261116/20261130\n"
                 "focus F 20261123T120000/20261123T130000\n"
                 "routine T 20261121T200000/20261125T210000\n");
  block->planned =
      (TrkPeriod){ fixture_at (f, "2026-11-16 00:00"), fixture_at (f, "2026-11-30 00:00") };
  state->outcome = TRK_OUTCOME_SKIPPED;
  state->end = fixture_at (f, "2026-11-18 09:30");
  put (f, block, state);
  assert_records (f, f->store, fixture_day (f, "2026-11-23"), expected);
}

/* What was left days ago decides how many pieces there are of what has its time again: they are
 * called the same from whichever day one looks. */
static void
test_pieces_of_days_ago (Fixture *f, gconstpointer data)
{
  fixture_write (f, "work",
                 "focus A 20261118T090000/20261125T180000\n"
                 "meeting B 20261118T110000/20261118T120000\n"
                 "meeting C 20261123T110000/20261123T120000\n");
  log_left_piece (f, "work/B", "2026-11-18 11:00", "2026-11-18 12:00", "2026-11-18 12:00",
                  TRK_OUTCOME_SKIPPED, "2026-11-18 09:30");
  assert_records (f, f->store, fixture_day (f, "2026-11-23"),
                  "09:00 work/A none, 11:00 work/C none, 12:00 work/A#2 none");
  assert_records (f, f->store, fixture_day (f, "2026-11-24"), "12:00 work/A#2 none");
}

/* A week in which the daemon ran on one day only. */
static void
test_mixed_days (Fixture *f, gconstpointer data)
{
  TrkPeriod days = { fixture_day (f, "2026-11-19").start, fixture_day (f, "2026-11-24").end };

  fixture_write (f, "work",
                 "focus A 20261119T090000/20261119T100000\n"
                 "focus B 20261120T090000/20261120T100000\n"
                 "focus Late 20261120T150000/20261120T160000\n"
                 "focus C 20261124T090000/20261124T100000\n");
  log_block (f, "work/B", "2026-11-20 09:00", "2026-11-20 10:00", TRK_OUTCOME_PARTIAL);
  assert_records (f, f->store, days, "09:00 work/A none, 09:00 work/B partial, 09:00 work/C none");
}

/* The night block belongs to the day in which it began, and that day was kept. */
static void
test_night (Fixture *f, gconstpointer data)
{
  fixture_write (f, "work", "focus N 20261119T230000/20261120T060000\n");
  log_block (f, "work/N", "2026-11-19 22:00", "2026-11-20 05:00", TRK_OUTCOME_DONE);
  assert_records (f, f->store, fixture_day (f, "2026-11-20"), "22:00 work/N done");
  assert_records (f, f->store, fixture_day (f, "2026-11-19"), "22:00 work/N done");
}

#define ADD(name, function)                                                                        \
  g_test_add ("/records/" name, Fixture, NULL, fixture_set_up, function, fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("without-a-log", test_without_a_log);
  ADD ("history-stays", test_history_stays);
  ADD ("today", test_today);
  ADD ("longer-after-its-end", test_longer_after_its_end);
  ADD ("deleted", test_deleted);
  ADD ("deleted-while-on", test_deleted_while_on);
  ADD ("called-off-and-back", test_called_off_and_back);
  ADD ("came-late-and-left", test_came_late_and_left);
  ADD ("moved-to-the-next-day", test_moved_to_the_next_day);
  ADD ("moved-beside-others", test_moved_beside_others);
  ADD ("another-text", test_another_text);
  ADD ("another-uid", test_another_uid);
  ADD ("another-event", test_another_event);
  ADD ("by-hand-alone", test_by_hand_alone);
  ADD ("skipped", test_skipped);
  ADD ("skipped-days-ago", test_skipped_days_ago);
  ADD ("skipped-long-ago", test_skipped_long_ago);
  ADD ("days-off-left", test_days_off_left);
  ADD ("pieces-of-days-ago", test_pieces_of_days_ago);
  ADD ("mixed-days", test_mixed_days);
  ADD ("night", test_night);
  return g_test_run ();
}
