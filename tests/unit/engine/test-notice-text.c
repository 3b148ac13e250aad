/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-notice-text.h"

#define NINE (G_GINT64_CONSTANT (1795424400) * TRK_SECOND) /* 2026-11-23T09:00:00Z */
#define MINUTES(n) ((n) *TRK_MINUTE)

static char fix_title[] = "Fix";
static const TrkEntry fix = { .title = fix_title, .period = { NINE - TRK_HOUR, NINE } };
static char off_title[] = "While trackerd was off (1 h)";
static char gone_title[] = "While you were gone (1 h)";
static char missed_body[] = "missed: A";
static char meeting_body[] = "missed: A · running now: M";
static char meeting_link[] = "https://m";
static const TrkNotice digest = { .title = off_title, .body = missed_body };
static const TrkNotice digest_of_meeting = { .title = gone_title,
                                             .body = meeting_body,
                                             .link = meeting_link };

/* Words and buttons of every notice, each for the kinds of block that differ. Blocks last from
 * 09:00 to 10:30; @now is in minutes after 09:00. */
static const struct
{
  TrkNoticeKind notice;
  TrkKind kind;
  const char *link;
  int now;
  TrkNoticeFacts facts; /* what else is said */
  const char *title, *body, *buttons;
} rows[] = {
  { TRK_NOTICE_LEAD, TRK_KIND_FOCUS, NULL, -5, { 0 }, "Focus in 5 min — T", "09:00–10:30", "" },
  { TRK_NOTICE_LEAD,
    TRK_KIND_MEETING,
    "https://x",
    -2,
    { 0 },
    "Meeting in 2 min — T",
    "09:00–10:30",
    "Join" },
  { TRK_NOTICE_LEAD, TRK_KIND_MEETING, NULL, -2, { 0 }, "Meeting in 2 min — T", "09:00–10:30", "" },
  { TRK_NOTICE_START,
    TRK_KIND_FOCUS,
    NULL,
    0,
    { 0 },
    "Focus — T",
    "until 10:30",
    "Snooze 5 min|Skip|Stop" },
  { TRK_NOTICE_START,
    TRK_KIND_FOCUS,
    NULL,
    8,
    { .late = MINUTES (8) },
    "Focus — T",
    "since 09:00, 8 min late · until 10:30",
    "Snooze 5 min|Skip|Stop" },
  { TRK_NOTICE_START,
    TRK_KIND_MEETING,
    "https://x",
    0,
    { 0 },
    "Meeting — T",
    "until 10:30",
    "Join|Extend 15 min|Skip" },
  { TRK_NOTICE_START,
    TRK_KIND_MEETING,
    NULL,
    0,
    { 0 },
    "Meeting — T",
    "until 10:30",
    "Extend 15 min|Skip" },
  { TRK_NOTICE_START,
    TRK_KIND_BREAK,
    NULL,
    0,
    { .postpones = 2 },
    "Break — T",
    "until 10:30",
    "Break|Postpone 5 min (2 left)|Skip" },
  { TRK_NOTICE_START, TRK_KIND_BREAK, NULL, 0, { 0 }, "Break — T", "until 10:30", "Break|Skip" },
  { TRK_NOTICE_START,
    TRK_KIND_ROUTINE,
    NULL,
    0,
    { 0 },
    "Routine — T",
    "until 10:30\nMail\nChat",
    "Done|Snooze 5 min|Skip" },
  { TRK_NOTICE_ENDING,
    TRK_KIND_FOCUS,
    NULL,
    88,
    { .next = "Review" },
    "2 min left — T",
    "next: Review",
    "Extend 15 min|Done|Break" },
  { TRK_NOTICE_ENDING,
    TRK_KIND_FOCUS,
    NULL,
    88,
    { 0 },
    "2 min left — T",
    "",
    "Extend 15 min|Done|Break" },
  { TRK_NOTICE_END,
    TRK_KIND_FOCUS,
    NULL,
    90,
    { .worked = MINUTES (88), .next = "Review" },
    "Time is up — T",
    "1 h 28 kept · next: Review",
    "Done|Extend 15 min|Break" },
  { TRK_NOTICE_END,
    TRK_KIND_BREAK,
    NULL,
    90,
    { .cause = "Fix" },
    "Break is over — T",
    "Fix goes on",
    "Extend 15 min" },
  { TRK_NOTICE_REMINDER,
    TRK_KIND_BREAK,
    NULL,
    6,
    { .reminder = 2, .reminders = 3, .postpones = 1 },
    "Still a break — T",
    "until 10:30 · reminder 2 of 3",
    "Break|Postpone 5 min (1 left)|Skip" },
  { TRK_NOTICE_REMINDER,
    TRK_KIND_MEETING,
    "https://x",
    4,
    { .reminder = 2, .reminders = 3 },
    "Waiting for you — T",
    "until 10:30 · reminder 2 of 3",
    "Join|Skip" },
  { TRK_NOTICE_LOCK,
    TRK_KIND_BREAK,
    NULL,
    3,
    { .postpones = 1 },
    "The screen locks in 30 s — T",
    "tracker break postpone or tracker skip keep it open",
    "Postpone 5 min (1 left)|Skip" },
  { TRK_NOTICE_LOCK,
    TRK_KIND_BREAK,
    NULL,
    3,
    { 0 },
    "The screen locks in 30 s — T",
    "tracker skip keeps it open",
    "Skip" },
  { TRK_NOTICE_LIMIT,
    TRK_KIND_FOCUS,
    NULL,
    0,
    { .worked = MINUTES (480), .next = "Review" },
    "8 h worked today",
    "as much as you meant to · next: Review",
    "Stop" },
  { TRK_NOTICE_DAY_END,
    TRK_KIND_FOCUS,
    NULL,
    0,
    { .worked = MINUTES (380) },
    "The day is over — 6 h 20 worked",
    "",
    "" },
  { TRK_NOTICE_OWED,
    TRK_KIND_BREAK,
    NULL,
    90,
    { .cause = "Team took its time" },
    "A break is owed — T",
    "Team took its time",
    "Break" },
  { TRK_NOTICE_OVERTIME,
    TRK_KIND_OFF,
    NULL,
    60,
    { .cause = "Fix", .worked = MINUTES (60) },
    "Overtime 1 h — Fix",
    "T since 09:00",
    "Stop" },
  { TRK_NOTICE_DIGEST,
    TRK_KIND_MEETING,
    "https://x",
    0,
    { .missed = "A, B", .runs = TRUE, .gone = { NINE, NINE + MINUTES (190) } },
    "While you were gone (3 h 10)",
    "missed: A, B · running now: T",
    "Join" },
  { TRK_NOTICE_DIGEST,
    TRK_KIND_FOCUS,
    NULL,
    0,
    { .missed = "A", .gone = { NINE, NINE + MINUTES (40) } },
    "While you were gone (40 min)",
    "missed: A",
    "" },
  { TRK_NOTICE_DIGEST,
    TRK_KIND_FOCUS,
    NULL,
    60,
    { .cut = &fix, .missed = "A", .gone = { NINE, NINE + MINUTES (60) } },
    "While you were gone (1 h)",
    "Fix ended at 09:00, when trackerd went off · missed: A",
    "" },
  { TRK_NOTICE_DIGEST,
    TRK_KIND_FOCUS,
    NULL,
    60,
    { .cut = &fix, .off = TRUE, .gone = { NINE, NINE + MINUTES (60) } },
    "While trackerd was off (1 h)",
    "Fix ended at 09:00, when trackerd went off",
    "" },
  { TRK_NOTICE_GAP,
    TRK_KIND_FOCUS,
    NULL,
    77,
    { .runs = TRUE, .gone = { NINE + MINUTES (65), NINE + MINUTES (77) } },
    "You were away 12 min (10:05–10:17)",
    "T goes on; what was it?",
    "Break|Worked|Discard" },
  { TRK_NOTICE_GAP,
    TRK_KIND_FOCUS,
    NULL,
    77,
    { .digest = &digest, .gone = { NINE + MINUTES (65), NINE + MINUTES (77) } },
    "While trackerd was off (1 h)",
    "missed: A · T was paused; what was 10:05–10:17?",
    "Break|Worked|Discard" },
  { TRK_NOTICE_GAP,
    TRK_KIND_FOCUS,
    "https://x",
    77,
    { .digest = &digest_of_meeting, .gone = { NINE + MINUTES (65), NINE + MINUTES (77) } },
    "While you were gone (1 h)",
    "missed: A · running now: M · T was paused; what was 10:05–10:17?",
    "Break|Worked|Join" },
  { TRK_NOTICE_GAP,
    TRK_KIND_FOCUS,
    NULL,
    100,
    { .off = TRUE, .gone = { NINE + MINUTES (63), NINE + MINUTES (100) } },
    "trackerd was off 37 min (10:03–10:40)",
    "T was paused; what was it?",
    "Break|Worked|Discard" },
};

static TrkBlock *
block_of (gsize row)
{
  TrkBlock *block = trk_block_new ();

  block->id = g_strdup ("id");
  block->title = g_strdup ("T");
  block->kind = rows[row].kind;
  block->link = g_strdup (rows[row].link);
  block->checklist = g_strdup ("Mail\nChat");
  block->period = (TrkPeriod){ NINE, NINE + MINUTES (90) };
  return block;
}

static char *
labels_of (const TrkNotice *notice)
{
  g_autoptr (GPtrArray) labels = g_ptr_array_new ();

  for (guint i = 0; i < notice->n_buttons; i++)
    g_ptr_array_add (labels, notice->button_labels[i]);
  g_ptr_array_add (labels, NULL);
  return g_strjoinv ("|", (char **) labels->pdata);
}

static void
test_rows (void)
{
  g_autoptr (TrkZone) zone = trk_zone_new_utc ();
  TrkPolicies policies;

  trk_policies_init (&policies);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (TrkBlock) block = block_of (i);
      TrkNoticeFacts facts = rows[i].facts;
      g_autoptr (TrkNotice) notice = NULL;
      g_autofree char *labels = NULL;

      facts.block = block;
      facts.span = block->period;
      facts.policies = &policies;
      facts.zone = zone;
      facts.now = NINE + MINUTES (rows[i].now);
      notice = trk_notice_compose (rows[i].notice, "key", &facts);
      labels = labels_of (notice);
      g_assert_cmpstr (notice->title, ==, rows[i].title);
      g_assert_cmpstr (notice->body, ==, rows[i].body);
      g_assert_cmpstr (labels, ==, rows[i].buttons);
      g_assert_cmpstr (notice->key, ==, "key");
      g_assert_true ((notice->link != NULL) == (strstr (labels, "Join") != NULL));
      g_assert_true (notice->transient == (rows[i].notice == TRK_NOTICE_LEAD));
    }
}

/* How long is left is rounded up, and never more than is true by a minute. */
static void
test_time_left (void)
{
  static const struct
  {
    TrkDuration left;
    const char *lead, *ending;
  } times[] = {
    { MINUTES (5), "Focus in 5 min — T", "5 min left — T" },
    { MINUTES (4) + 31 * TRK_SECOND, "Focus in 5 min — T", "5 min left — T" },
    { TRK_MINUTE, "Focus in 1 min — T", "1 min left — T" },
    { TRK_MINUTE - 1, "Focus in 1 min — T", "1 min left — T" },
    { 59 * TRK_SECOND, "Focus in 59 s — T", "59 s left — T" },
    { 5 * TRK_SECOND, "Focus in 5 s — T", "5 s left — T" },
    { 4 * TRK_SECOND + 1, "Focus in 5 s — T", "5 s left — T" },
    { 0, "Focus in 1 s — T", "1 s left — T" },
  };
  g_autoptr (TrkZone) zone = trk_zone_new_utc ();
  g_autoptr (TrkBlock) block = block_of (0);

  for (gsize i = 0; i < G_N_ELEMENTS (times); i++)
    {
      TrkNoticeFacts facts = { .block = block, .span = block->period, .zone = zone };
      g_autoptr (TrkNotice) lead = NULL;
      g_autoptr (TrkNotice) ending = NULL;
      TrkPolicies policies;

      trk_policies_init (&policies);
      facts.policies = &policies;
      block->kind = TRK_KIND_FOCUS;
      facts.now = block->period.start - times[i].left;
      lead = trk_notice_compose (TRK_NOTICE_LEAD, "key", &facts);
      g_assert_cmpstr (lead->title, ==, times[i].lead);
      facts.now = block->period.end - times[i].left;
      ending = trk_notice_compose (TRK_NOTICE_ENDING, "key", &facts);
      g_assert_cmpstr (ending->title, ==, times[i].ending);
    }
}

/* A title is data: what looks like a format or like markup stays as it is. */
static void
test_hostile_title (void)
{
  g_autoptr (TrkZone) zone = trk_zone_new_utc ();
  g_autoptr (TrkBlock) block = block_of (0);
  g_autoptr (TrkNotice) notice = NULL;
  TrkPolicies policies;
  TrkNoticeFacts facts = { .block = block, .policies = &policies, .zone = zone, .now = NINE };

  trk_policies_init (&policies);
  g_free (block->title);
  block->title = g_strdup ("%s%n <b>&");
  facts.span = block->period;
  notice = trk_notice_compose (TRK_NOTICE_START, "key", &facts);
  g_assert_cmpstr (notice->title, ==, "Focus — %s%n <b>&");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/notice-text/rows", test_rows);
  g_test_add_func ("/notice-text/time-left", test_time_left);
  g_test_add_func ("/notice-text/hostile-title", test_hostile_title);
  return g_test_run ();
}
