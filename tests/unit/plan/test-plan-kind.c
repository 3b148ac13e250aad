/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "plan-fixture.h"

#include <string.h>

/* An event in a line: what the row does not name is absent. Lists are separated by "|". */
typedef struct
{
  const char *name;
  const char *summary, *kind, *categories, *attendees, *declined, *link, *location, *calendar;
  gboolean all_day, transparent, cancelled, empty;
  const char *expect; /* kind and a part of the words, "focus: because"; "-: …" is no block */
} Case;

static const Case cases[] = {
  { "nothing-is-shallow", "Xyzzy", .expect = "shallow: nothing says otherwise" },
  { "property", "Lunch", .kind = "focus", .expect = "focus: X-TRACKERD-KIND" },
  { "property-any-case", "Lunch", .kind = "FOCUS", .expect = "focus: X-TRACKERD-KIND" },
  { "property-unknown", "Lunch", .kind = "siesta",
    .expect = "break: summary says 'lunch' (its X-TRACKERD-KIND 'siesta' is no kind)" },
  { "property-unknown-and-a-rule", "FYI: cake", .kind = "<b>\n",
    .expect = "-: X-TRACKERD-KIND '<b>'" },
  { "property-before-rule", "Review the API", .kind = "focus", .expect = "focus: X-TRACKERD-KIND" },
  { "rule", "Review the API", .expect = "shallow: [rule reviews]: summary matches /\\breview\\b/" },
  { "rule-before-category", "Review the API", .categories = "Deep Work",
    .expect = "shallow: [rule reviews]" },
  { "rule-needs-all", "Gym", .calendar = "home", .expect = "shallow: nothing" },
  { "rule-calendar-and-category", "Gym", .calendar = "home", .categories = "SPORT",
    .expect = "break: [rule sport]: calendar is home, category is sport" },
  { "rule-category-between-blanks", "Gym", .calendar = "home", .categories = "Blue| SPORT ",
    .expect = "break: [rule sport]" },
  { "rule-of-another-calendar", "Gym", .categories = "SPORT", .expect = "shallow: nothing" },
  { "rule-attendee", "Coffee", .attendees = "Boss@Example.org",
    .expect = "meeting: [rule boss]: boss@example.org attends" },
  { "rule-location", "Xyzzy", .location = "Room 12", .expect = "meeting: [rule rooms]" },
  { "rule-min-attendees", "Xyzzy", .attendees = "a@x|b@x|c@x|d@x|e@x",
    .expect = "shallow: [rule crowd]: at least 5 attendees" },
  { "rule-ignore", "FYI: cake", .expect = "-: [rule fyi] ignores it" },
  { "category-kind", "Xyzzy", .categories = "Focus", .expect = "focus: category Focus" },
  { "category-synonym", "Xyzzy", .categories = "Deep Work", .expect = "focus: category Deep Work" },
  { "category-synonym-hyphen", "Xyzzy", .categories = "deep-work", .expect = "focus: category" },
  { "category-lunch", "Xyzzy", .categories = "Lunch", .expect = "break: category Lunch" },
  { "category-ooo", "Xyzzy", .categories = "Out of office",
    .expect = "off: category Out of office" },
  { "category-umlaut", "Xyzzy", .categories = "RÉUNION", .expect = "meeting: category" },
  { "category-between-marks", "Xyzzy", .categories = "*Lunch*", .expect = "break: category" },
  { "category-begins-like-one", "Xyzzy", .categories = "Lunches", .expect = "shallow: nothing" },
  { "category-empty", "Xyzzy", .categories = "|-| ", .expect = "shallow: nothing" },
  { "category-with-blanks", "Xyzzy", .categories = " focus ", .expect = "focus: category focus" },
  { "category-kind-between-marks", "Xyzzy", .categories = "#focus",
    .expect = "focus: category #focus" },
  { "category-first-known", "Xyzzy", .categories = "Blue|Meal|Meeting", .expect = "break: Meal" },
  { "category-whole", "Xyzzy", .categories = "Lunch money", .expect = "shallow: nothing" },
  { "category-before-company", "Xyzzy", .categories = "Lunch", .attendees = "a@x|b@x",
    .expect = "break: category" },
  { "two-attendees", "Lunch", .attendees = "a@x|b@x", .expect = "meeting: 2 attendees" },
  { "one-attendee", "Xyzzy", .attendees = "a@x", .expect = "shallow: nothing" },
  { "link", "Xyzzy", .link = "https://meet.example.org/abc", .expect = "meeting: conference link" },
  { "word", "Team stand-up", .expect = "meeting: 'stand up'" },
  { "word-boundary", "Breakdown of the callback", .expect = "shallow: nothing" },
  { "word-longest", "Lunch meeting", .expect = "meeting: 'meeting'" },
  { "word-sprint-planning", "Sprint planning", .expect = "meeting: 'sprint planning'" },
  { "word-one-to-one", "1:1 Ada", .expect = "meeting: '1:1'" },
  { "word-no-one-to-one", "Release 1.1", .expect = "shallow: nothing" },
  { "word-german", "MITTAGSPAUSE", .expect = "break: 'mittagspause'" },
  { "word-french-decomposed", "De\xCC\x81jeuner", .expect = "break: 'déjeuner'" },
  { "word-focus", "Query optimisation", .expect = "focus: 'optimisation'" },
  { "title-1", "On call", .expect = "shallow: nothing" },
  { "title-2", "On-call Ada", .expect = "shallow: nothing" },
  { "title-3", "Oncall", .expect = "shallow: nothing" },
  { "title-4", "Pager duty", .expect = "shallow: nothing" },
  { "title-5", "Bereitschaft", .expect = "shallow: nothing" },
  { "title-6", "On call rotation sync", .expect = "meeting: 'sync'" },
  { "title-7", "Call Ada", .expect = "meeting: 'call'" },
  { "title-8", "Call on Ada", .expect = "meeting: 'call'" },
  { "title-9", "Season call", .expect = "meeting: 'call'" },
  { "title-10", "Call for papers", .expect = "shallow: nothing" },
  { "title-11", "Sync engine: rewrite", .expect = "shallow: nothing" },
  { "title-12", "Team sync", .expect = "meeting: 'sync'" },
  { "title-13", "Sync-engine meeting", .expect = "meeting: 'meeting'" },
  { "title-14", "Breaking changes", .expect = "shallow: nothing" },
  { "title-15", "Break down the epic", .expect = "shallow: nothing" },
  { "title-16", "Team of teas", .expect = "shallow: nothing" },
  { "title-17", "Walk-through of the release", .expect = "shallow: nothing" },
  { "title-18", "Walkthrough", .expect = "shallow: nothing" },
  { "title-19", "Walk", .expect = "break: 'walk'" },
  { "title-20", "Retro", .expect = "meeting: 'retro'" },
  { "title-21", "Retrofit", .expect = "shallow: nothing" },
  { "title-22", "Coffee chat", .expect = "meeting: 'coffee chat'" },
  { "title-23", "Lunch talk", .expect = "meeting: 'lunch talk'" },
  { "title-24", "Lunch & learn", .expect = "break: 'lunch'" },
  { "title-25", "Lunch and learn", .expect = "meeting: 'lunch and learn'" },
  { "title-26", "Focus group", .expect = "meeting: 'focus group'" },
  { "title-27", "Meeting notes", .expect = "shallow: nothing" },
  { "title-28", "Interview prep", .expect = "shallow: nothing" },
  { "title-29", "Coding interview", .expect = "meeting: 'interview'" },
  { "title-30", "Fix disconnect after suspend", .expect = "shallow: nothing" },
  { "title-31", "Disconnect", .expect = "off: 'disconnect'" },
  { "title-32", "Vacation request for Ada", .expect = "shallow: nothing" },
  { "title-33", "Data sync code", .expect = "shallow: nothing" },
  { "title-34", "Pause, then lunch", .expect = "break: 'lunch'" },
  { "title-35", "Lunch: fokus", .expect = "focus: 'fokus'" },
  { "title-36", "Call for papers: call", .expect = "meeting: 'call'" },
  { "title-37", "CALL", .expect = "meeting: 'call'" },
  { "title-38", "Mot\303\266rhead call", .expect = "meeting: 'call'" },
  { "word-before-calendar", "Lunch", .calendar = "home", .expect = "break: 'lunch'" },
  { "calendar", "Xyzzy", .calendar = "deep", .expect = "focus: default of the calendar deep" },
  { "cancelled", "Focus", .kind = "focus", .cancelled = TRUE, .expect = "-: cancelled" },
  { "declined", "Focus", .kind = "focus", .declined = "x@y|ME@example.org",
    .expect = "-: you declined it" },
  { "declined-by-another", "Focus", .kind = "focus", .declined = "x@y",
    .expect = "focus: X-TRACK" },
  { "transparent", "Focus", .kind = "focus", .transparent = TRUE, .expect = "-: TRANSPARENT" },
  { "transparent-and-ignored", "FYI: cake", .transparent = TRUE, .expect = "-: ignores it" },
  { "zero-length", "Focus", .kind = "focus", .empty = TRUE, .expect = "-: no length" },
  { "all-day", "Conference", .kind = "meeting", .all_day = TRUE, .expect = "-: all-day" },
  { "all-day-off", "Urlaub", .all_day = TRUE, .expect = "off: 'urlaub'" },
  { "holiday-of-an-off-calendar", "Erntedank", .all_day = TRUE, .transparent = TRUE,
    .calendar = "holidays", .expect = "off: default of the calendar holidays" },
  { "holiday-by-property", "Erntedank", .all_day = TRUE, .transparent = TRUE, .kind = "off",
    .expect = "off: X-TRACKERD-KIND" },
  { "holiday-by-rule", "Company holiday", .all_day = TRUE, .transparent = TRUE,
    .expect = "off: [rule company]" },
  { "holiday-ignored-by-rule", "FYI: cake", .all_day = TRUE, .transparent = TRUE,
    .calendar = "holidays", .expect = "-: ignores it" },
  { "holiday-by-a-word-only", "Ada on vacation", .all_day = TRUE, .transparent = TRUE,
    .expect = "-: TRANSPARENT" },
  { "holiday-for-some-hours", "Half day", .transparent = TRUE, .calendar = "holidays",
    .expect = "-: TRANSPARENT" },
  { "holiday-of-a-focus-calendar", "Urlaub", .all_day = TRUE, .transparent = TRUE,
    .calendar = "deep", .expect = "-: TRANSPARENT" },
  { "all-day-ignored", "FYI: cake", .all_day = TRUE, .expect = "-: ignores it" },
  { "empty-summary", "", .expect = "shallow: nothing" },
  { "invalid-utf8", "\xff\xfe lunch", .expect = "break: 'lunch'" },
};

static void
add_rule (GPtrArray *rules, TrkRule *rule, TrkKind kind)
{
  rule->kind = kind;
  g_ptr_array_add (rules, rule);
}

static GPtrArray *
some_rules (void)
{
  GPtrArray *rules = g_ptr_array_new_with_free_func ((GDestroyNotify) trk_rule_free);
  TrkRule *rule = trk_rule_new ("reviews");

  rule->summary = g_regex_new ("\\breview\\b", G_REGEX_CASELESS, 0, NULL);
  add_rule (rules, rule, TRK_KIND_SHALLOW);
  rule = trk_rule_new ("sport");
  rule->calendar = g_strdup ("home");
  rule->category = g_strdup ("sport");
  add_rule (rules, rule, TRK_KIND_BREAK);
  rule = trk_rule_new ("boss");
  rule->attendee = g_strdup ("boss@example.org");
  add_rule (rules, rule, TRK_KIND_MEETING);
  rule = trk_rule_new ("rooms");
  rule->location = g_regex_new ("^Room", 0, 0, NULL);
  add_rule (rules, rule, TRK_KIND_MEETING);
  rule = trk_rule_new ("crowd");
  rule->min_attendees = 5;
  add_rule (rules, rule, TRK_KIND_SHALLOW);
  rule = trk_rule_new ("company");
  rule->summary = g_regex_new ("^Company holiday", 0, 0, NULL);
  add_rule (rules, rule, TRK_KIND_OFF);
  rule = trk_rule_new ("fyi");
  rule->summary = g_regex_new ("^FYI:", 0, 0, NULL);
  rule->ignore = TRUE;
  add_rule (rules, rule, TRK_KIND_FOCUS);
  return rules;
}

static GPtrArray *
some_calendars (void)
{
  GPtrArray *calendars = g_ptr_array_new_with_free_func ((GDestroyNotify) trk_calendar_free);
  TrkCalendar *deep = trk_calendar_new ("deep", "/deep");
  TrkCalendar *home = trk_calendar_new ("home", "/home");
  TrkCalendar *holidays = trk_calendar_new ("holidays", "/holidays");

  deep->has_kind = TRUE;
  deep->kind = TRK_KIND_FOCUS;
  g_ptr_array_add (calendars, deep);
  g_ptr_array_add (calendars, home);
  holidays->has_kind = TRUE;
  holidays->kind = TRK_KIND_OFF;
  g_ptr_array_add (calendars, holidays);
  return calendars;
}

static GStrv
split (const char *text)
{
  return text != NULL ? g_strsplit (text, "|", -1) : NULL;
}

static TrkOccurrence *
event_of (const Case *row)
{
  TrkOccurrence *event = fixture_event ("x", AT (9, 0), row->empty ? AT (9, 0) : AT (10, 0));

  g_free (event->summary);
  event->summary = g_strdup (row->summary);
  event->kind = g_strdup (row->kind);
  event->categories = split (row->categories);
  event->attendees = split (row->attendees);
  event->declined = split (row->declined);
  event->link = g_strdup (row->link);
  event->location = g_strdup (row->location);
  if (row->calendar != NULL)
    {
      g_free (event->calendar);
      event->calendar = g_strdup (row->calendar);
    }
  event->all_day = row->all_day;
  event->transparent = row->transparent;
  event->status = row->cancelled ? TRK_STATUS_CANCELLED : TRK_STATUS_CONFIRMED;
  return event;
}

static void
test_case (gconstpointer data)
{
  static const char *const me[] = { "me@example.org", NULL };
  const Case *row = data;
  g_autoptr (GPtrArray) rules = some_rules ();
  g_autoptr (GPtrArray) calendars = some_calendars ();
  TrkPlanInput input = { .rules = rules, .calendars = calendars, .me = me };
  g_autoptr (TrkOccurrence) event = event_of (row);
  g_auto (TrkVerdict) verdict = trk_verdict (event, &input);
  g_auto (GStrv) expect = g_strsplit (row->expect, ": ", 2);

  g_assert_cmpstr (verdict.makes_block ? trk_kind_to_string (verdict.kind) : "-", ==, expect[0]);
  if (strstr (verdict.why, expect[1]) == NULL)
    g_assert_cmpstr (verdict.why, ==, expect[1]);
}

/* A hostile summary must not keep a regular expression busy for ever. */
static void
test_rule_reads_so_much (void)
{
  g_autoptr (GPtrArray) rules = some_rules ();
  TrkPlanInput input = { .rules = rules };

  for (guint room = 990; room <= 1000; room += 10)
    {
      g_autoptr (TrkOccurrence) event = fixture_event ("x", AT (9, 0), AT (10, 0));
      g_auto (TrkVerdict) verdict = { 0 };

      g_free (event->summary);
      event->summary = g_strdup_printf ("%*s review", (int) room, "x");
      memset (event->summary, 'x', room);
      verdict = trk_verdict (event, &input);
      g_assert_true ((strstr (verdict.why, "[rule reviews]") != NULL) == (room < 1000));
    }
}

/* -- Text from strangers ----------------------------------------------------------------------- */

static TrkBlock *
block_of (TrkOccurrence *event, TrkPlan **plan)
{
  g_autoptr (GPtrArray) events = g_ptr_array_new ();
  TrkPolicies policies;
  TrkPlanInput input = fixture_input (&policies);

  g_ptr_array_add (events, event);
  *plan = trk_plan_new (events, fixture_day (), &input);
  return g_ptr_array_index ((*plan)->blocks, 0);
}

static void
test_hostile_text (void)
{
  g_autoptr (TrkOccurrence) event = fixture_event ("x", AT (9, 0), AT (10, 0));
  g_autoptr (TrkPlan) plan = NULL;
  g_autofree char *megabyte = g_strnfill (1024 * 1024, 'a');
  TrkBlock *block;

  g_free (event->summary);
  event->summary = g_strconcat ("<b>\x1b[2J\r\nEvil \xe2\x80\xae %n%s \xff", megabyte, NULL);
  event->description = g_strconcat ("one\r\n\x1b]0;two\x07\nthree", megabyte, NULL);
  event->location = g_strdup ("\n\t ");
  block = block_of (event, &plan);
  g_assert_true (g_utf8_validate (block->title, -1, NULL));
  g_assert_true (g_str_has_prefix (block->title, "<b>[2J Evil %n%s"));
  g_assert_cmpint (g_utf8_strlen (block->title, -1), <=, 201);
  g_assert_true (g_str_has_prefix (block->checklist, "one\n]0;two\nthree"));
  g_assert_cmpint (g_utf8_strlen (block->checklist, -1), <=, 4001);
  g_assert_null (block->location);
}

static void
test_title_is_never_empty (void)
{
  g_autoptr (TrkOccurrence) event = fixture_event ("x", AT (9, 0), AT (10, 0));
  g_autoptr (TrkPlan) plan = NULL;

  event->summary[0] = '\0';
  g_assert_cmpstr (block_of (event, &plan)->title, ==, "(no title)");
}

static void
test_links (void)
{
  static const struct
  {
    const char *link, *expect;
  } rows[] = {
    { "https://meet.example.org/abc?x=1", "https://meet.example.org/abc?x=1" },
    { "http://meet.example.org", "http://meet.example.org" },
    { "HTTPS://meet.example.org/A", "https://meet.example.org/A" },
    { "javascript:alert(1)", NULL },
    { "file:///etc/passwd", NULL },
    { "ftp://example.org/x", NULL },
    { "https:///no-host", NULL },
    { "https://", NULL },
    { "-https://example.org", NULL },
    { "https://example.org/a b\nc", "https://example.org/a%20b%0Ac" },
    { "https://example.org/$(reboot)", "https://example.org/$(reboot)" },
    { "\xff", NULL },
    { "", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (TrkOccurrence) event = fixture_event ("x", AT (9, 0), AT (10, 0));
      g_autoptr (TrkPlan) plan = NULL;

      event->link = g_strdup (rows[i].link);
      g_assert_cmpstr (block_of (event, &plan)->link, ==, rows[i].expect);
    }
}

static void
test_long_links (void)
{
  for (gsize length = 2000; length <= 2001; length++)
    {
      g_autoptr (TrkOccurrence) event = fixture_event ("x", AT (9, 0), AT (10, 0));
      g_autoptr (TrkPlan) plan = NULL;

      event->link = g_strnfill (length, 'a');
      memcpy (event->link, "https://a/", 10);
      g_assert_cmpstr (block_of (event, &plan)->link, ==, length == 2000 ? event->link : NULL);
    }
}

static void
test_ids (void)
{
  g_autoptr (TrkOccurrence) event = fixture_event ("x@example.org", AT (9, 0), AT (10, 0));
  g_autofree char *single = trk_block_id_for (event);
  g_autofree char *instance = NULL;
  g_autofree char *hostile = NULL;

  g_assert_cmpstr (single, ==, "work/x@example.org");
  event->recurrence_id = g_strdup ("20261123T090000");
  instance = trk_block_id_for (event);
  g_assert_cmpstr (instance, ==, "work/x@example.org@20261123T090000");
  for (gsize length = 255; length <= 256; length++)
    {
      g_autofree char *id = NULL;

      g_free (event->uid);
      event->uid = g_strnfill (length, 'u');
      id = trk_block_id_for (event);
      g_assert_true ((strstr (id, event->uid) != NULL) == (length == 255));
    }
  g_free (event->uid);
  event->uid = g_strnfill (100000, 'u');
  hostile = trk_block_id_for (event);
  g_assert_cmpuint (strlen (hostile), ==, strlen ("work/@20261123T090000") + 64);
  event->uid[0] = '\n', event->uid[1] = '\0';
  g_clear_pointer (&hostile, g_free);
  hostile = trk_block_id_for (event);
  g_assert_null (strchr (hostile, '\n'));
}

static void
test_pieces (void)
{
  static const struct
  {
    const char *id, *whole;
    gboolean is_of;
  } rows[] = {
    { "work/a", "work/a", TRUE },       { "work/a#2", "work/a", TRUE },
    { "work/a#12", "work/a", TRUE },    { "work/a#2", "work/a#2", TRUE },
    { "work/a#2#3", "work/a#2", TRUE }, { "work/a#2#3", "work/a", FALSE },
    { "work/ab", "work/a", FALSE },     { "work/a#b", "work/a", FALSE },
    { "work/a#", "work/a", FALSE },     { "work/a", "work/a#2", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpint (trk_block_id_is_of (rows[i].id, rows[i].whole), ==, rows[i].is_of);
  for (gsize i = 0; i < 3; i++)
    {
      g_autofree char *whole = trk_block_id_whole (rows[i].id);

      g_assert_cmpstr (whole, ==, rows[i].whole);
    }
}

static void
test_one_event (void)
{
  static const struct
  {
    const char *a, *b;
    TrkPeriod other; /* where the calendar has b's event; a's is 9 to 12 */
    gboolean are;
  } rows[] = {
    { "work/a", "work/a#2", { 9, 12 }, TRUE },    { "work/a#3", "work/a#2", { 9, 12 }, TRUE },
    { "work/a#2", "work/a", { 9, 12 }, TRUE },    { "work/a", "work/a", { 9, 12 }, TRUE },
    { "work/a", "work/a#2", { 9, 13 }, FALSE },   { "work/a", "work/a#2", { 8, 12 }, FALSE },
    { "work/a", "work/ab", { 9, 12 }, FALSE },    { "work/a#2", "work/b#2", { 9, 12 }, FALSE },
    { "work/a@1", "work/a@2", { 9, 12 }, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const TrkBlock a = { .id = (char *) rows[i].a, .planned = { 9, 12 } };
      const TrkBlock b = { .id = (char *) rows[i].b, .planned = rows[i].other };

      g_assert_cmpint (trk_blocks_are_of_one_event (&a, &b), ==, rows[i].are);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/plan/kind/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/plan/kind/rule-reads-so-much", test_rule_reads_so_much);
  g_test_add_func ("/plan/text/hostile", test_hostile_text);
  g_test_add_func ("/plan/text/title", test_title_is_never_empty);
  g_test_add_func ("/plan/text/links", test_links);
  g_test_add_func ("/plan/text/long-links", test_long_links);
  g_test_add_func ("/plan/ids", test_ids);
  g_test_add_func ("/plan/pieces", test_pieces);
  g_test_add_func ("/plan/one-event", test_one_event);
  return g_test_run ();
}
