/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-error.h"
#include "trk-value.h"

#include <string.h>

/* Rules and their instances: RFC 5545's own examples from a table, and the corners of our own. */

static TrkInstant
wall (const char *text)
{
  TrkDateValue value = { 0 };
  g_autoptr (GError) error = NULL;

  trk_date_value_parse (text, &value, &error);
  g_assert_no_error (error);
  return value.wall;
}

static char *
format (TrkInstant at)
{
  TrkLocal local = trk_local_from_wall (at);
  int year, month, day, seconds = (int) (local.time / TRK_SECOND);

  trk_day_to_ymd (local.day, &year, &month, &day);
  return g_strdup_printf ("%04d%02d%02dT%02d%02d%02d", year, month, day, seconds / 3600,
                          seconds / 60 % 60, seconds % 60);
}

/* The first @most instances before @to as words. */
static char *
expand (const char *start, const char *text, const char *from, const char *to, guint most)
{
  TrkDateValue until = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (TrkRecurrence) rule = trk_rule_parse (text, &until, NULL, &error);
  g_autoptr (GArray) walls = g_array_new (FALSE, FALSE, sizeof (TrkInstant));
  GString *out = g_string_new (NULL);
  guint budget = 10000000;

  g_assert_no_error (error);
  rule->until = until.wall;
  g_assert_true (
      trk_recurrence_expand (rule, wall (start), wall (from), wall (to), &budget, walls));
  for (guint i = 0; i < walls->len && i < most; i++)
    {
      g_autofree char *one = format (g_array_index (walls, TrkInstant, i));

      g_string_append_printf (out, "%s%s", i > 0 ? " " : "", one);
    }
  if (walls->len > most)
    g_string_append (out, " …");
  return g_string_free (out, FALSE);
}

/* A row of RFC 5545's examples: name, DTSTART, rule, the first instances. */
static void
check_example (GStrv cells)
{
  g_autofree char *got = expand (cells[1], cells[2], cells[1], "22000101T000000", 30);

  g_assert_cmpstr (got, ==, cells[3]);
}

/* A generated row: DTSTART, rule, from, to, all instances. */
static void
check_generated (GStrv cells)
{
  g_autofree char *got = expand (cells[0], cells[1], cells[2], cells[3], 1000);

  g_assert_cmpstr (got, ==, cells[4]);
}

/* Checks all rows of tests/data/recurrence/@name; they have @n_cells. Their number. */
static guint
check_table (const char *name, guint n_cells, void (*check) (GStrv))
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "recurrence", name, NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  guint rows = 0;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) cells = g_strsplit (lines[i], " | ", -1);

      if (lines[i][0] == '#' || lines[i][0] == '\0')
        continue;
      g_test_message ("%.100s", lines[i]);
      g_assert_cmpuint (g_strv_length (cells), ==, n_cells);
      check (cells);
      rows++;
    }
  return rows;
}

static void
test_rfc_examples (void)
{
  g_assert_cmpuint (check_table ("rfc5545.txt", 4, check_example), >=, 40);
}

static void
test_generated (void)
{
  g_assert_cmpuint (check_table ("generated.txt", 5, check_generated), >=, 400);
}

typedef struct
{
  const char *start, *rule, *from, *to, *want;
} Corner;

static const Corner corners[] = {
  /* DTSTART outside its rule is the first instance and counts */
  { "20261124T090000", "FREQ=WEEKLY;BYDAY=MO;COUNT=3", "20261101T000000", "20270101T000000",
    "20261124T090000 20261130T090000 20261207T090000" },
  /* UNTIL before DTSTART: the first instance alone */
  { "20261124T090000", "FREQ=DAILY;UNTIL=20200101T000000", "20261101T000000", "20270101T000000",
    "20261124T090000" },
  /* BYWEEKNO without BYDAY: the weekday of DTSTART (a Wednesday) */
  { "20260513T090000", "FREQ=YEARLY;BYWEEKNO=20", "20260101T000000", "20290101T000000",
    "20260513T090000 20270519T090000 20280517T090000" },
  /* week 53 only where there is one */
  { "20201228T090000", "FREQ=YEARLY;BYWEEKNO=53;BYDAY=MO", "20200101T000000", "20320101T000000",
    "20201228T090000 20261228T090000" },
  /* a leap day */
  { "20240229T090000", "FREQ=YEARLY", "20240101T000000", "20330101T000000",
    "20240229T090000 20280229T090000 20320229T090000" },
  /* the last day of the month as a limit, which libical gives nothing for */
  { "20260131T090000", "FREQ=DAILY;BYMONTHDAY=-1", "20260101T000000", "20260401T000000",
    "20260131T090000 20260228T090000 20260331T090000" },
  /* BYMONTH with BYYEARDAY */
  { "20260101T090000", "FREQ=YEARLY;BYMONTH=1;BYYEARDAY=1,32", "20260101T000000", "20280101T000000",
    "20260101T090000 20270101T090000" },
  /* nothing matches, and it ends */
  { "20260101T090000", "FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=30", "20260101T000000", "20280101T000000",
    "20260101T090000" },
  { "20260101T090000", "FREQ=MONTHLY;BYDAY=6MO", "20260101T000000", "20280101T000000",
    "20260101T090000" },
  /* BYSETPOS in a rule finer than a day */
  { "20260101T090000", "FREQ=HOURLY;BYMINUTE=0,20,40;BYSETPOS=-1;COUNT=3", "20260101T000000",
    "20260102T000000", "20260101T090000 20260101T094000 20260101T104000" },
  /* a window far behind the start, with a stride that must stay in step */
  { "20200106T090000", "FREQ=WEEKLY;INTERVAL=3", "20261101T000000", "20261215T000000",
    "20261109T090000 20261130T090000" },
  { "20200101T000000", "FREQ=MINUTELY;INTERVAL=7", "20261101T000000", "20261101T001500",
    "20261101T000100 20261101T000800" },
};

static void
test_corners (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (corners); i++)
    {
      const Corner *corner = &corners[i];
      g_autofree char *got = expand (corner->start, corner->rule, corner->from, corner->to, 1000);

      g_test_message ("%s %s", corner->start, corner->rule);
      g_assert_cmpstr (got, ==, corner->want);
    }
}

/* Whatever the rule, its cost is bounded by the budget. */
static void
test_budget (void)
{
  static const char *const greedy[] = { "FREQ=SECONDLY", "FREQ=MINUTELY;COUNT=100000000",
                                        "FREQ=DAILY;COUNT=2000000000",
                                        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;COUNT=2" };

  for (guint i = 0; i < G_N_ELEMENTS (greedy); i++)
    {
      TrkDateValue until = { 0 };
      g_autoptr (TrkRecurrence) rule = trk_rule_parse (greedy[i], &until, NULL, NULL);
      g_autoptr (GArray) walls = g_array_new (FALSE, FALSE, sizeof (TrkInstant));
      guint budget = 10000;

      g_assert_nonnull (rule);
      g_assert_false (trk_recurrence_expand (rule, wall ("00010101T000000"),
                                             wall ("00010101T000000"), wall ("99990101T000000"),
                                             &budget, walls));
      g_assert_cmpuint (budget, ==, 0);
      g_assert_cmpuint (walls->len, <=, 10001);
    }
}

/* The property of a window: it is a cut of the whole. */
static void
test_window_is_a_cut (void)
{
  static const char *const rules[] = { "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR",
                                       "FREQ=MONTHLY;BYDAY=-1FR",
                                       "FREQ=YEARLY;BYMONTH=3,10;BYDAY=SU;BYSETPOS=-1",
                                       "FREQ=DAILY;INTERVAL=3;BYHOUR=9,17",
                                       "FREQ=HOURLY;INTERVAL=5" };

  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    {
      g_autofree char *whole =
          expand ("20250106T090000", rules[i], "20250101T000000", "20270101T000000", 100000);
      g_autofree char *part =
          expand ("20250106T090000", rules[i], "20260601T000000", "20270101T000000", 100000);

      g_assert_cmpuint (strlen (part), >, 0);
      g_assert_true (g_str_has_suffix (whole, part));
    }
}

static void
test_refused (void)
{
  static const char *const bad[] = { "",
                                     "COUNT=3",
                                     "FREQ=FORTNIGHTLY",
                                     "FREQ=DAILY;INTERVAL=0",
                                     "FREQ=DAILY;INTERVAL=1x",
                                     "FREQ=DAILY;COUNT=0",
                                     "FREQ=DAILY;COUNT=-0",
                                     "FREQ=DAILY;COUNT=--1",
                                     "FREQ=DAILY;UNTIL=20260230",
                                     "FREQ=YEARLY;BYMONTH=13",
                                     "FREQ=MONTHLY;BYMONTHDAY=32",
                                     "FREQ=WEEKLY;BYDAY=XX",
                                     "FREQ=YEARLY;RSCALE=CHINESE",
                                     "FREQ=DAILY;FREQ=WEEKLY",
                                     "FREQ=DAILY;COUNT=3;COUNT=5",
                                     "FREQ=DAILY;UNTIL=20270101;UNTIL=20280101",
                                     "FREQ=WEEKLY;BYDAY" };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      TrkDateValue until = { 0 };
      g_autoptr (GError) error = NULL;
      g_autoptr (TrkRecurrence) rule = trk_rule_parse (bad[i], &until, NULL, &error);

      g_test_message ("%s", bad[i]);
      g_assert_null (rule);
      g_assert_error (error, TRK_ERROR, TRK_ERROR_INVALID);
    }
}

static void
test_unknown_part (void)
{
  TrkDateValue until = { 0 };
  g_autofree char *unknown = NULL;
  g_autoptr (TrkRecurrence) rule =
      trk_rule_parse ("freq=weekly;untl=20270101;byday=mo;", &until, &unknown, NULL);

  g_assert_nonnull (rule);
  g_assert_cmpstr (unknown, ==, "UNTL");
  g_assert_cmpuint (rule->days->len, ==, 1);
}

/* What ISO 8601 allows and RFC 5545 does not. */
static void
test_long_dates (void)
{
  static const char *const table[][2] = {
    { "2026-11-23", "20261123" },
    { "2026-11-23T09:00:00", "20261123T090000" },
    { "2026-11-23t09:00:00z", "20261123T090000Z" },
    { "2026-11-23 09:00", "20261123T090000" },
    { "2026-11-23T09:00:00.000Z", "20261123T090000Z" },
    { "20261123T0900", "20261123T090000" },
    { "20261123T0900Z", "20261123T090000Z" },
    { "20261123T090000,5", "20261123T090000" },
    { "2026-11-23T00:30:00+01:00", "20261122T233000Z" },
    { "20261123T220000-0530", "20261124T033000Z" },
    { "2026-11-23T09:00:00+01", "20261123T080000Z" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      TrkDateValue read, meant;

      g_test_message ("%s", table[i][0]);
      g_assert_true (trk_date_value_parse (table[i][0], &read, NULL));
      g_assert_true (trk_date_value_parse (table[i][1], &meant, NULL));
      g_assert_true (read.is_long && !meant.is_long);
      g_assert_cmpint (read.wall, ==, meant.wall);
      g_assert_cmpint (read.is_date, ==, meant.is_date);
      g_assert_cmpint (read.is_utc, ==, meant.is_utc);
    }
}

static void
test_dates (void)
{
  static const char *const bad[] = {
    "20260230",          "20261301",
    "20261123T250000",   "20261123T090",
    "2026-1123",         "",
    "20261123T090000X",  "00000101",
    "20261123T096000",   "%s%n",
    "20261123T090000ZZ", "2026-11-23T",
    "2026-11",           "20261123T09",
    "202611-23",         "2026-11-23T09:00+1",
  };
  TrkDateValue value;

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (trk_date_value_parse (bad[i], &value, NULL));
  g_assert_true (trk_date_value_parse (" 20240229T235960Z ", &value, NULL));
  g_assert_true (value.is_utc && !value.is_date);
  g_assert_true (trk_date_value_parse ("20240229", &value, NULL));
  g_assert_true (value.is_date && !value.is_utc);
}

static void
test_lengths (void)
{
  static const char *const bad[] = {
    "P", "PT", "P1", "15M", "P1M", "PT1H30", "P99999999999D", "P999999W", ""
  };
  TrkLength length;

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_test_message ("%s", bad[i]);
      g_assert_false (trk_length_parse (bad[i], &length, NULL));
    }
  g_assert_true (trk_length_parse ("-P1DT2H", &length, NULL));
  g_assert_cmpint (length.days, ==, -1);
  g_assert_cmpint (length.exact, ==, -2 * TRK_HOUR);
  g_assert_true (trk_length_parse ("p2w", &length, NULL));
  g_assert_cmpint (length.days, ==, 14);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/recurrence/rfc-examples", test_rfc_examples);
  g_test_add_func ("/recurrence/generated", test_generated);
  g_test_add_func ("/recurrence/corners", test_corners);
  g_test_add_func ("/recurrence/budget", test_budget);
  g_test_add_func ("/recurrence/window-is-a-cut", test_window_is_a_cut);
  g_test_add_func ("/recurrence/refused", test_refused);
  g_test_add_func ("/recurrence/unknown-part", test_unknown_part);
  g_test_add_func ("/value/dates", test_dates);
  g_test_add_func ("/value/dates/long", test_long_dates);
  g_test_add_func ("/value/lengths", test_lengths);
  return g_test_run ();
}
