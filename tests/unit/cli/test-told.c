/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-asked.h"
#include "trk-told.h"

#include <string.h>

/* Why somebody was not told of a block's start, in words. */

/* 2026-11-23 00:00 UTC; now is 12:00, the block is 10:00–11:00. */
#define DAY_START ((TrkInstant) 1795392000 * TRK_SECOND)
#define AT(hour, minute) (DAY_START + (hour) *TRK_HOUR + (minute) *TRK_MINUTE)
#define NOW AT (12, 0)

typedef enum
{
  NO_NOTICE,
  WITHHELD,
  SHOWN,
  FAILED,
  SHOWN_AFTER_WITHHELD,
} Notice;

typedef struct
{
  const char *name;
  TrkOutcome outcome;
  TrkReason outcome_reason;
  TrkInstant start; /* of the block; 0: 10:00 */
  TrkInstant snoozed;
  Notice notice;
  TrkReason why;
  TrkPeriod absence;
  TrkInstant first_trace; /* 0: 08:00 */
  const char *words;      /* NULL: it was told */
} Row;

#define NONE TRK_OUTCOME_NONE, TRK_REASON_BLOCK_START
#define MISSED TRK_OUTCOME_MISSED, TRK_REASON_LATE
#define DONE TRK_OUTCOME_DONE, TRK_REASON_BLOCK_END

static const Row rows[] = {
  { "told", DONE, 0, 0, SHOWN, 0, { 0, 0 }, 0, NULL },
  { "told-after-all", DONE, 0, 0, SHOWN_AFTER_WITHHELD, TRK_REASON_SWITCH, { 0, 0 }, 0, NULL },
  { "no-server", DONE, 0, 0, FAILED, 0, { 0, 0 }, 0, "not shown: failed: no notification server" },
  { "not-wanted",
    DONE,
    0,
    0,
    WITHHELD,
    TRK_REASON_BLOCK_START,
    { 0, 0 },
    0,
    "the configuration wants none" },
  { "crowded-out",
    DONE,
    0,
    0,
    WITHHELD,
    TRK_REASON_SWITCH,
    { 0, 0 },
    0,
    "another one came in the same minute, and then it was not true any more" },
  { "waited-until-a-kill",
    MISSED,
    0,
    0,
    WITHHELD,
    TRK_REASON_TURN,
    { 0, 0 },
    0,
    "it waited for its turn, and trackerd ended before that came" },
  { "rested", /* before anybody was told */
    TRK_OUTCOME_DONE,
    TRK_REASON_AWAY,
    0,
    0,
    WITHHELD,
    TRK_REASON_AWAY,
    { 0, 0 },
    0,
    "the break was taken already: away 09:30–09:45" },
  { "asleep",
    MISSED,
    0,
    0,
    WITHHELD,
    TRK_REASON_LATE,
    { 0, 0 },
    0,
    "its time passed while the machine slept or stood still" },
  { "not-running",
    MISSED,
    0,
    0,
    WITHHELD,
    TRK_REASON_LATE,
    { AT (9, 40), AT (10, 20) },
    0,
    "trackerd was not running between 09:40 (last sign of life) and 10:20" },
  { "not-running-no-note",
    MISSED,
    0,
    0,
    NO_NOTICE,
    0,
    { AT (9, 40), AT (11, 20) },
    0,
    "trackerd was not running between 09:40 (last sign of life) and 11:20" },
  { "not-in-the-log",
    NONE,
    0,
    0,
    NO_NOTICE,
    0,
    { AT (9, 40), AT (11, 20) },
    0,
    "trackerd was not running between 09:40 (last sign of life) and 11:20" },
  { "first-start",
    NONE,
    0,
    0,
    NO_NOTICE,
    0,
    { 0, AT (11, 20) },
    0,
    "trackerd was first started at 11:20" },
  { "before-all", NONE, 0, 0, NO_NOTICE, 0, { 0, 0 }, AT (11, 0), "nobody kept time yet" },
  { "never", NONE, 0, 0, NO_NOTICE, 0, { 0, 0 }, TRK_NEVER, "nobody kept time yet" },
  { "skipped",
    TRK_OUTCOME_SKIPPED,
    TRK_REASON_SKIP,
    0,
    0,
    NO_NOTICE,
    0,
    { 0, 0 },
    0,
    "it was skipped" },
  { "deleted",
    TRK_OUTCOME_CANCELLED,
    TRK_REASON_PLAN,
    0,
    0,
    NO_NOTICE,
    0,
    { 0, 0 },
    0,
    "it left the calendar" },
  { "squeezed",
    TRK_OUTCOME_MISSED,
    TRK_REASON_OVERLAP,
    0,
    0,
    NO_NOTICE,
    0,
    { 0, 0 },
    0,
    "something else took all of its time" },
  { "snoozed", NONE, 0, AT (12, 30), NO_NOTICE, 0, { 0, 0 }, 0, "it was put off to 12:30" },
  { "to-come", NONE, AT (13, 0), 0, NO_NOTICE, 0, { 0, 0 }, 0, "it has not begun" },
  { "unknown",
    NONE,
    0,
    0,
    NO_NOTICE,
    0,
    { 0, 0 },
    0,
    "the log does not say: it may be older than these notes, or trackerd ended then and has not "
    "come back" },
};

static void
add (GPtrArray *notices, gboolean withheld, TrkReason why, TrkInstant shown, const char *backend)
{
  TrkNoticeRecord *record = g_new0 (TrkNoticeRecord, 1);

  record->notice = trk_notice_new (TRK_NOTICE_START, "b");
  record->at = AT (10, 0);
  record->withheld = withheld;
  record->reason = why;
  record->shown = shown;
  record->backend = g_strdup (backend);
  record->rule =
      g_strdup (withheld && why == TRK_REASON_TURN   ? "one notice a minute: not before 10:01"
                : withheld && why == TRK_REASON_AWAY ? "away 09:30–09:45"
                                                     : "[policy focus] notify_start = yes");
  g_ptr_array_add (notices, record);
}

static GPtrArray *
notices_of (const Row *row)
{
  GPtrArray *notices = g_ptr_array_new_with_free_func ((GDestroyNotify) trk_notice_record_free);

  if (row->notice == WITHHELD || row->notice == SHOWN_AFTER_WITHHELD)
    add (notices, TRUE, row->why, 0, NULL);
  if (row->notice == SHOWN || row->notice == SHOWN_AFTER_WITHHELD)
    add (notices, FALSE, TRK_REASON_BLOCK_START, AT (10, 0), "dunst 1.9.0");
  if (row->notice == FAILED)
    add (notices, FALSE, TRK_REASON_BLOCK_START, 0, "failed: no notification server");
  return notices;
}

static void
test_row (gconstpointer data)
{
  const Row *row = data;
  g_autoptr (TrkZone) zone = trk_zone_new_utc ();
  TrkAlmanac almanac = { .zone = zone, .start_of_day = 4 * TRK_HOUR };
  TrkInstant start = row->start != 0 ? row->start : AT (10, 0);
  g_autoptr (TrkBlock) block = trk_block_new ();
  g_autoptr (TrkBlockRecord) record = NULL;
  g_autoptr (TrkTold) told = g_new0 (TrkTold, 1);
  g_autofree char *words = NULL;

  block->id = g_strdup ("b");
  block->period = (TrkPeriod){ start, start + TRK_HOUR };
  record = trk_block_record_new (block, NULL);
  record->state->outcome = row->outcome;
  record->state->outcome_reason = row->outcome_reason;
  record->state->start = row->snoozed;
  told->record = record;
  told->notices = notices_of (row);
  told->absence = row->absence;
  told->first_trace = row->first_trace != 0 ? row->first_trace : AT (8, 0);
  words = trk_told_why_not (told, &almanac, NOW);
  g_assert_cmpstr (words, ==, row->words);
}

/* It waits for no longer than a notice may hold back the next one: after that nobody is there any
 * more who would give it, be its block over or not. */
static void
test_turn (void)
{
  static const struct
  {
    TrkInstant now, end;
    const char *words;
  } turns[] = {
    { AT (10, 0) + 30 * TRK_SECOND, AT (11, 0),
      "it waits for its turn (one notice a minute: not before 10:01)" },
    { AT (10, 1) + 30 * TRK_SECOND, AT (11, 0),
      "it waits for its turn (one notice a minute: not before 10:01)" },
    { AT (10, 2), AT (11, 0), "it waited for its turn, and trackerd ended before that came" },
    { AT (10, 40), AT (11, 0), "it waited for its turn, and trackerd ended before that came" },
    { AT (10, 1), AT (10, 1), "it waited for its turn, and trackerd ended before that came" },
  };
  g_autoptr (TrkZone) zone = trk_zone_new_utc ();
  TrkAlmanac almanac = { .zone = zone, .start_of_day = 4 * TRK_HOUR };
  const Row row = { .notice = WITHHELD, .why = TRK_REASON_TURN };

  for (gsize i = 0; i < G_N_ELEMENTS (turns); i++)
    {
      g_autoptr (TrkBlock) block = trk_block_new ();
      g_autoptr (TrkBlockRecord) record = NULL;
      g_autoptr (TrkTold) told = g_new0 (TrkTold, 1);
      g_autofree char *words = NULL;

      block->id = g_strdup ("b");
      block->period = (TrkPeriod){ AT (10, 0), turns[i].end };
      record = trk_block_record_new (block, NULL);
      told->record = record;
      told->notices = notices_of (&row);
      told->first_trace = AT (8, 0);
      words = trk_told_why_not (told, &almanac, turns[i].now);
      g_assert_cmpstr (words, ==, turns[i].words);
    }
}

static void
test_notice_words (void)
{
  g_autoptr (TrkZone) zone = trk_zone_new_utc ();
  g_autoptr (TrkBlock) block = trk_block_new ();
  g_autoptr (GPtrArray) notices =
      g_ptr_array_new_with_free_func ((GDestroyNotify) trk_notice_record_free);
  static const char *const words[] = {
    "10:00 start, shown by dunst 1.9.0; snooze at 10:01 — [policy focus] notify_start = yes",
    "10:00 start, shown by dunst 1.9.0; no answer — [policy focus] notify_start = yes",
    "10:00 start, not given: the configuration wants none — [policy focus] notify_start = yes",
    "10:00 start, not shown: failed: x — [policy focus] notify_start = yes",
    "10:00 start, not shown, nobody could be asked — [policy focus] notify_start = yes",
  };

  add (notices, FALSE, TRK_REASON_BLOCK_START, AT (10, 0), "dunst 1.9.0");
  ((TrkNoticeRecord *) notices->pdata[0])->answered = AT (10, 1);
  ((TrkNoticeRecord *) notices->pdata[0])->answer = g_strdup ("snooze");
  add (notices, FALSE, TRK_REASON_BLOCK_START, AT (10, 0), "dunst 1.9.0");
  add (notices, TRUE, TRK_REASON_BLOCK_START, 0, NULL);
  add (notices, FALSE, TRK_REASON_BLOCK_START, 0, "failed: x");
  add (notices, FALSE, TRK_REASON_BLOCK_START, 0, NULL);
  for (guint i = 0; i < notices->len; i++)
    {
      g_autofree char *line = trk_told_notice_words (notices->pdata[i], block, zone);

      g_assert_cmpstr (line, ==, words[i]);
    }
}

typedef struct
{
  TrkNoticeKind kind;
  TrkReason why;
  const char *words; /* after "not given: " */
} Withheld;

static const Withheld withheld_rows[] = {
  { TRK_NOTICE_END, TRK_REASON_AWAY, "nobody was there" },
  { TRK_NOTICE_ENDING, TRK_REASON_LOCK, "the screen was locked" },
  { TRK_NOTICE_END, TRK_REASON_SWITCHED, "another user, or another console, was on the screen" },
  { TRK_NOTICE_END, TRK_REASON_SLEEP, "the machine slept" },
  { TRK_NOTICE_END, TRK_REASON_NOT_RUNNING, "trackerd was not running" },
  { TRK_NOTICE_END, TRK_REASON_PAUSE, "it was paused" },
  { TRK_NOTICE_END, TRK_REASON_STOP, "it had been stopped" },
  { TRK_NOTICE_ENDING, TRK_REASON_BY_HAND, "it was not what was worked on" },
  { TRK_NOTICE_END, TRK_REASON_BLOCK_START, "the notice of the next block says it" },
  { TRK_NOTICE_END, TRK_REASON_BLOCK_END, "it was over before its turn came" },
  { TRK_NOTICE_START, TRK_REASON_BLOCK_START, "the configuration wants none" },
  { TRK_NOTICE_START, TRK_REASON_AWAY, "the break was taken already, by being away" },
  { TRK_NOTICE_OWED, TRK_REASON_AWAY, "the break was taken already, by being away" },
  { TRK_NOTICE_START, TRK_REASON_CALL, "it waits for the end of a call or a presentation" },
  { TRK_NOTICE_START, TRK_REASON_OVERLAP, "something else took its time" },
  { TRK_NOTICE_LEAD, TRK_REASON_PLAN, "it left the calendar before its turn came" },
  { TRK_NOTICE_LEAD, TRK_REASON_SHUTDOWN, "trackerd ended before its turn came" },
  { TRK_NOTICE_START, TRK_REASON_SKIP, "you had acted before its turn came (skip)" },
  { TRK_NOTICE_LEAD, TRK_REASON_SNOOZE, "you had acted before its turn came (snooze)" },
  { TRK_NOTICE_LEAD, TRK_REASON_LATE, "its time had passed when it could be given" },
};

static void
test_withheld (void)
{
  g_autoptr (TrkZone) zone = trk_zone_new_utc ();
  g_autoptr (TrkBlock) block = trk_block_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (withheld_rows); i++)
    {
      const Withheld *row = &withheld_rows[i];
      g_autoptr (TrkNotice) notice = trk_notice_new (row->kind, "x");
      TrkNoticeRecord record = {
        .at = AT (10, 0), .withheld = TRUE, .reason = row->why, .notice = notice
      };
      g_autofree char *words = trk_told_notice_words (&record, block, zone);
      g_autofree char *wanted = g_strdup_printf ("10:00 %s, not given: %s",
                                                 trk_notice_kind_to_string (row->kind), row->words);

      g_assert_cmpstr (words, ==, wanted);
    }
}

/* Of what comes into the calendar when its time has begun nobody could be told before. */
static void
test_lead_of_what_came_late (void)
{
  g_autoptr (TrkZone) zone = trk_zone_new_utc ();
  g_autoptr (TrkBlock) block = trk_block_new ();
  g_autoptr (TrkNotice) notice = trk_notice_new (TRK_NOTICE_LEAD, "x");
  TrkNoticeRecord record = {
    .at = AT (10, 20), .withheld = TRUE, .reason = TRK_REASON_LATE, .notice = notice
  };
  g_autofree char *words = NULL;

  block->known = AT (10, 20);
  words = trk_told_notice_words (&record, block, zone);
  g_assert_cmpstr (words, ==,
                   "10:20 lead, not given: its event came into the calendar at 10:20, when that "
                   "was over");
}

/* A piece of it that begins after it came was known in time. */
static void
test_lead_of_a_later_piece (void)
{
  g_autoptr (TrkZone) zone = trk_zone_new_utc ();
  g_autoptr (TrkBlock) block = trk_block_new ();
  g_autoptr (TrkNotice) notice = trk_notice_new (TRK_NOTICE_LEAD, "x");
  TrkNoticeRecord record = {
    .at = AT (10, 55), .withheld = TRUE, .reason = TRK_REASON_LATE, .notice = notice
  };
  g_autofree char *words = NULL;

  block->known = AT (10, 20);
  block->period = (TrkPeriod){ AT (11, 0), AT (12, 0) };
  words = trk_told_notice_words (&record, block, zone);
  g_assert_cmpstr (words, ==, "10:55 lead, not given: its time had passed when it could be given");
}

/* What the focus guard asked stands below the block, with the program and what was answered. */
static void
test_asked (void)
{
  static char program[] = "chess", note[] = "a customer";
  static const struct
  {
    TrkGuardAnswer answer;
    TrkInstant answered, until;
    char *note;
    const char *words;
  } asked_rows[] = {
    { TRK_GUARD_NONE, 0, 0, NULL, "10:20 asked about chess: not answered" },
    { TRK_GUARD_BACK, AT (10, 21), 0, NULL, "10:20 asked about chess: back to work, at 10:21" },
    { TRK_GUARD_ALLOW, AT (10, 21), AT (10, 26), NULL,
      "10:20 asked about chess: allowed until 10:26, at 10:21" },
    { TRK_GUARD_WORK, AT (10, 22), 0, note,
      "10:20 asked about chess: it is work, at 10:22 — a customer" },
  };
  g_autoptr (TrkZone) zone = trk_zone_new_utc ();

  for (gsize i = 0; i < G_N_ELEMENTS (asked_rows); i++)
    {
      const TrkInterruption asked = { .at = AT (10, 20),
                                      .program = program,
                                      .answer = asked_rows[i].answer,
                                      .answered = asked_rows[i].answered,
                                      .until = asked_rows[i].until,
                                      .note = asked_rows[i].note };
      g_autofree char *words = trk_asked_words (&asked, zone);

      g_assert_cmpstr (words, ==, asked_rows[i].words);
    }
}

/* Without white space. Owned by the caller. */
static char *
squeezed (const char *text)
{
  g_auto (GStrv) words = g_strsplit_set (text, " \n", -1);

  return g_strjoinv ("", words);
}

/* The same objects as in tracker guard, in the block that they belong to. */
static void
test_asked_json (void)
{
  static char program[] = "chess", id[] = "b";
  TrkInterruption asked = { .number = 3,
                            .at = AT (10, 20),
                            .program = program,
                            .block_id = id,
                            .answer = TRK_GUARD_BACK,
                            .answered = AT (10, 21) };
  g_autoptr (TrkZone) zone = trk_zone_new_utc ();
  TrkAlmanac almanac = { .zone = zone, .start_of_day = 4 * TRK_HOUR };
  g_autoptr (TrkJson) json = trk_json_new (), alone = trk_json_new ();
  g_autoptr (TrkBlock) block = trk_block_new ();
  g_autoptr (TrkBlockRecord) record = NULL;
  g_autoptr (TrkTold) told = g_new0 (TrkTold, 1);
  g_autofree char *all = NULL, *one = NULL, *wanted = NULL;

  block->id = g_strdup ("b");
  block->period = (TrkPeriod){ AT (10, 0), AT (11, 0) };
  record = trk_block_record_new (block, NULL);
  told->record = record;
  told->notices = g_ptr_array_new ();
  told->asked = g_ptr_array_new ();
  told->first_trace = AT (8, 0);
  g_ptr_array_add (told->asked, &asked);
  trk_told_to_json (told, &almanac, NOW, json);
  trk_asked_to_json (&asked, alone);
  all = trk_json_text (json);
  one = trk_json_text (alone);
  g_assert_nonnull (strstr (one, "chess"));
  g_assert_nonnull (strstr (one, "back"));
  wanted = squeezed (one);
  g_free (one);
  one = squeezed (all);
  g_assert_nonnull (strstr (one, wanted));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strconcat ("/told/", rows[i].name, NULL);

      g_test_add_data_func (path, &rows[i], test_row);
    }
  g_test_add_func ("/told/notices", test_notice_words);
  g_test_add_func ("/told/withheld", test_withheld);
  g_test_add_func ("/told/lead-of-what-came-late", test_lead_of_what_came_late);
  g_test_add_func ("/told/lead-of-a-later-piece", test_lead_of_a_later_piece);
  g_test_add_func ("/told/turn", test_turn);
  g_test_add_func ("/told/asked", test_asked);
  g_test_add_func ("/told/asked-json", test_asked_json);
  return g_test_run ();
}
