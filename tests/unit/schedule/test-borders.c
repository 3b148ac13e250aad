/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "schedule-fixture.h"

/* What is planned at an instant does not depend on the period that was asked for, however crowded
 * the calendar: a day alone is the same as that day of the whole fortnight. */

enum
{
  DAYS = 12,
  CALENDARS = 12,
};

static const char *
random_kind (void)
{
  static const char *const kinds[] = { "focus", "focus",   "shallow", "meeting", "meeting",
                                       "break", "routine", "shallow", "off" };
  int n = g_test_rand_int_range (0, 160);

  return n == 0 ? kinds[8] : kinds[n % 8];
}

/* Minutes: many so short, or so placed, that pieces too small to keep are left. */
static int
random_length (void)
{
  int n = g_test_rand_int_range (0, 40);

  if (n == 0)
    return g_test_rand_int_range (600, 2600);
  return n < 15 ? g_test_rand_int_range (3, 12) : g_test_rand_int_range (12, 150);
}

static void
append_stamp (GString *out, TrkInstant at)
{
  TrkLocal local = trk_local_from_wall (at);
  int year, month, day, minutes = (int) (local.time / TRK_MINUTE);

  trk_day_to_ymd (local.day, &year, &month, &day);
  g_string_append_printf (out, "%04d%02d%02dT%02d%02d00", year, month, day, minutes / 60,
                          minutes % 60);
}

static void
append_random_event (GString *out, int number)
{
  TrkDay first;
  TrkInstant start;

  g_assert_true (trk_day_from_iso ("2026-11-16", &first));
  start = (TrkInstant) first * 24 * TRK_HOUR
          + (gint64) g_test_rand_int_range (0, DAYS * 24 * 60) * TRK_MINUTE;
  if (g_test_rand_int_range (0, 3) > 0) /* near a border: days begin at 04:00 */
    start += 4 * TRK_HOUR - start % (24 * TRK_HOUR)
             + (gint64) g_test_rand_int_range (-60, 30) * TRK_MINUTE;
  g_string_append_printf (out, "%s E%d ", random_kind (), number);
  append_stamp (out, start);
  g_string_append_c (out, '/');
  append_stamp (out, start + random_length () * TRK_MINUTE);
  g_string_append_c (out, '\n');
}

static void
append_period (GString *out, TrkPeriod period)
{
  g_string_append_printf (out, " %" G_GINT64_FORMAT "-%" G_GINT64_FORMAT, period.start / TRK_MINUTE,
                          period.end / TRK_MINUTE);
}

/* What @plan has in @period. */
static char *
text_within (const TrkPlan *plan, TrkPeriod period)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < plan->blocks->len; i++)
    {
      const TrkBlock *block = g_ptr_array_index (plan->blocks, i);

      if (!trk_period_overlaps (block->period, period))
        continue;
      g_string_append (out, block->id);
      append_period (out, block->period);
      g_string_append_c (out, '\n');
    }
  for (guint i = 0; i < plan->squeezed->len; i++)
    {
      const TrkSqueeze *squeeze = &g_array_index (plan->squeezed, TrkSqueeze, i);

      if (!trk_period_overlaps (squeeze->lost, period))
        continue;
      g_string_append_printf (out, "%s by %s %d%d", squeeze->block->id, squeeze->by->id,
                              squeeze->whole, squeeze->owed);
      append_period (out, squeeze->lost);
      g_string_append_c (out, '\n');
    }
  return g_string_free (out, FALSE);
}

static void
assert_days_are_those_of_all (Fixture *f)
{
  TrkPeriod all = { fixture_day (f, "2026-11-10").start, fixture_day (f, "2026-12-05").end };
  g_autoptr (TrkPlan) whole = fixture_plan (f, all);
  TrkPeriod day = fixture_day (f, "2026-11-15");

  g_assert_cmpuint (whole->blocks->len, >, 3);
  for (guint i = 0; i < DAYS + 2; i++)
    {
      g_autoptr (TrkPlan) alone = fixture_plan (f, day);
      g_autofree char *expected = text_within (whole, day);
      g_autofree char *found = text_within (alone, day);

      g_assert_cmpstr (found, ==, expected);
      day = (TrkPeriod){ day.end, day.end + 24 * TRK_HOUR };
    }
}

/* UIDs are used once here: whether two events of one UID are told apart by their number depends on
 * both being in sight. */
static void
test_days_alone (Fixture *f, gconstpointer data)
{
  for (int n = 0; n < CALENDARS; n++)
    {
      int events = g_test_rand_int_range (20, n % 2 == 0 ? 150 : 900);
      g_autoptr (GString) lines = g_string_new (NULL);

      for (int i = 0; i < events; i++)
        append_random_event (lines, i);
      fixture_write (f, "work", lines->str);
      assert_days_are_those_of_all (f);
    }
}

static void
write_day_off (Fixture *f)
{
  static const char ics[] =
      "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test//EN\r\nBEGIN:VEVENT\r\nUID:away\r\n"
      "DTSTAMP:20260101T000000Z\r\nDTSTART;VALUE=DATE:20261119\r\nSUMMARY:Away\r\n"
      "X-TRACKERD-KIND:off\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
  g_autofree char *path = g_build_filename (f->home, "off.ics", NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, ics, -1, &error);
  g_assert_no_error (error);
  fixture_add_path (f, "off", path);
}

/* A day off takes part in each day that it touches, and is cut there alike when something goes
 * before it. */
static void
test_day_off_is_cut (Fixture *f, gconstpointer data)
{
  static const TrkKind first_meetings[TRK_N_KINDS] = {
    TRK_KIND_MEETING, TRK_KIND_OFF,     TRK_KIND_BREAK,
    TRK_KIND_FOCUS,   TRK_KIND_SHALLOW, TRK_KIND_ROUTINE,
  };

  for (guint i = 0; i < TRK_N_KINDS; i++)
    f->config->policies.precedence[i] = first_meetings[i];
  write_day_off (f);
  fixture_write (f, "work",
                 "meeting A 20261119T010000/20261119T020000\n"
                 "meeting B 20261119T230000/20261119T233000\n"
                 "focus C 20261119T093000/20261119T100000\n");
  assert_days_are_those_of_all (f);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/schedule/borders/days-alone", Fixture, NULL, fixture_set_up, test_days_alone,
              fixture_tear_down);
  g_test_add ("/schedule/borders/day-off", Fixture, NULL, fixture_set_up, test_day_off_is_cut,
              fixture_tear_down);
  return g_test_run ();
}
