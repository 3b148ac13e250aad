/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What crosses start_of_day, and what lasts for days. */

#include "agenda-fixture.h"

#include <string.h>

static void
test_days_apart (Fixture *f, gconstpointer data)
{
  TrkStyle style = { .columns = 70, .unicode = TRUE };

  fixture_event (f, "Night watch", "shallow", AT (23, 0), AT (29, 0));
  fixture_event (f, "Planning", "routine", AT (33, 0), AT (33, 30));
  f->agenda.period.end += 24 * TRK_HOUR;
  fixture_plan (f, f->agenda.period);
  /* the end of the night lies in the next day, which counts it and says whose it is */
  fixture_entry (f, "work/Night watch", "Night watch", AT (23, 0), AT (29, 0));
  f->agenda.now = AT (34, 0);
  fixture_assert_text (f, &style, FALSE,
                       "Monday 23 November                   plan actual\n"
                       " 23:00 shallow Night watch           5:00   5:00\n"
                       "               ✓ until 05:00, 1 h of it on Tue 24 Nov\n"
                       "\n"
                       "Tuesday 24 November                  plan actual\n"
                       " 23:00 shallow Night watch           1:00   1:00\n"
                       "               until 05:00, begun Mon 23 Nov (5 h of it there)\n"
                       " 09:00 routine Planning              0:30      –\n");
}

/* What was worked before the period counts for another day; the start is the real one. */
static void
test_unplanned_over_the_border (Fixture *f, gconstpointer data)
{
  const TrkAgendaRow *row;

  fixture_entry (f, NULL, "Night", AT (2, 0), AT (5, 0));
  trk_agenda_fill (&f->agenda);
  g_assert_cmpuint (f->agenda.rows->len, ==, 1);
  row = g_ptr_array_index (f->agenda.rows, 0);
  g_assert_cmpint (row->actual, ==, TRK_HOUR);
  g_assert_cmpint (row->period.start, ==, AT (2, 0));
  g_assert_cmpint (row->part.before, ==, 2 * TRK_HOUR);
  g_assert_false (trk_agenda_is_begun (row));
}

/* A block of the day before is listed with what of it is in this day; what counts once was told in
 * the day before. */
static void
test_block_of_the_day_before (Fixture *f, gconstpointer data)
{
  const TrkAgendaRow *row;

  fixture_event (f, "Night watch", "shallow", AT (1, 0), AT (6, 0));
  fixture_plan (f, f->agenda.period);
  fixture_settle (f, "work/Night watch", TRK_OUTCOME_DONE, TRK_REASON_BLOCK_END);
  fixture_entry (f, "work/Night watch", "Night watch", AT (1, 10), AT (6, 0));
  fixture_assert_text (
      f, &(TrkStyle){ .columns = 110, .unicode = TRUE }, FALSE,
      "Monday 23 November                   plan actual\n"
      " 01:00 shallow Night watch           2:00   2:00  until 06:00, begun Sun 22 Nov (3 h of "
      "it there)\n");
  g_assert_cmpuint (f->agenda.rows->len, ==, 1);
  row = g_ptr_array_index (f->agenda.rows, 0);
  g_assert_cmpint (row->planned, ==, 2 * TRK_HOUR);
  g_assert_cmpint (row->actual, ==, 2 * TRK_HOUR);
  g_assert_cmpint (row->worked, ==, 4 * TRK_HOUR + 50 * TRK_MINUTE);
}

/* Extended over the border, and begun before it: the time is listed where it was. */
static void
test_entries_beyond_their_block (Fixture *f, gconstpointer data)
{
  fixture_event (f, "Release", "focus", AT (2, 0), AT (3, 30));
  fixture_event (f, "Early bird", "focus", AT (28, 0), AT (29, 0));
  fixture_plan (f, (TrkPeriod){ AT (-20, 0), AT (52, 0) });
  fixture_entry (f, "work/Release", "Release", AT (2, 0), AT (4, 30));
  fixture_entry (f, "work/Early bird", "Early bird", AT (27, 40), AT (28, 50));
  f->agenda.now = AT (30, 0);
  fixture_assert_text (
      f, &(TrkStyle){ .columns = 110, .unicode = TRUE }, FALSE,
      "Monday 23 November, yesterday      plan actual\n"
      " 02:00 focus Release                  –   0:30  until 03:30, begun Sun 22 Nov (1 h 30 of "
      "it there)\n"
      " 04:00 focus Early bird               –   0:20  until 05:00, planned for Tue 24 Nov\n");
}

/* Time off for days stands in each of them. */
static void
test_vacation (Fixture *f, gconstpointer data)
{
  fixture_event (f, "Vacation", "off", AT (-20, 0), AT (52, 0));
  f->agenda.period.end = AT (76, 0);
  fixture_plan (f, f->agenda.period);
  fixture_assert_text (
      f, &(TrkStyle){ .columns = 80, .unicode = TRUE }, FALSE,
      "Monday 23 November                 plan actual\n"
      " all day off Vacation                           37 h 48 left, begun Sun 22 Nov,\n"
      "                                                to Tue 24 Nov\n"
      "\n"
      "Tuesday 24 November                plan actual\n"
      " all day off Vacation                           begun Sun 22 Nov\n");
}

/* What a block of days lost is told under the day in which it begins, of other days with their
 * date; the night is that of its day. */
static void
test_lost_in_other_days (Fixture *f, gconstpointer data)
{
  fixture_event (f, "Move", "shallow", AT (9, 0), AT (60, 0));
  fixture_event (f, "Monday call", "meeting", AT (10, 0), AT (11, 0));
  fixture_event (f, "Night call", "meeting", AT (31, 0), AT (32, 0));
  fixture_event (f, "Tuesday call", "meeting", AT (34, 0), AT (35, 0));
  fixture_plan (f, f->agenda.period);
  fixture_assert_text (
      f, &(TrkStyle){ .columns = 120, .unicode = TRUE }, TRUE,
      "Monday 23 November                   plan actual\n"
      " 09:00 shallow Move                  1:00      –  cut 10:00–11:00 by Monday call\n"
      " 10:00 meeting Monday call           1:00      –\n"
      " 11:00 shallow Move                 17:00      –  planned now, 16 h 48 left, until 07:00, "
      "3 h of it on Tue 24 Nov, cut\n"
      "                                                  07:00–08:00 by Night call, "
      "cut Tue 24 Nov 10:00–11:00 by Tuesday call\n"
      "Squeezed\n"
      " 10:00–11:00  Move was cut: Monday call (meeting goes before shallow)\n"
      " 07:00–08:00  Move was cut: Night call (meeting goes before shallow)\n"
      " Tue 24 Nov 10:00–11:00  Move was cut: Tuesday call (meeting goes before shallow)\n");
}

/* The user declined the invitation to that event. */
static void
decline (Fixture *f, guint n)
{
  static const char *const me[] = { "me@example.org", NULL };
  TrkOccurrence *event = g_ptr_array_index (f->occurrences, n);

  event->declined = g_strdupv ((char **) me);
  f->agenda.input.me = me;
}

/* An event that leaves the time free makes no block, and does not vanish. What was declined does.
 */
static void
test_free_events (Fixture *f, gconstpointer data)
{
  static const char *const declined[] = { "Declined" };
  TrkStyle style = { .columns = 80, .unicode = TRUE };
  g_autofree char *why = NULL;

  fixture_event (f, "Thanksgiving", NULL, AT (0, 0), AT (24, 0));
  fixture_event (f, "Ada's birthday", "meeting", AT (0, 0), AT (48, 0));
  fixture_event (f, "Window cleaners", NULL, AT (0, 0), AT (24, 0));
  fixture_event (f, declined[0], NULL, AT (0, 0), AT (24, 0));
  fixture_event (f, "Working from home", NULL, AT (0, 0), AT (24, 0));
  fixture_event (f, "Working from home", NULL, AT (0, 0), AT (24, 0)); /* the feed of another */
  for (guint i = 0; i < 6; i++)
    ((TrkOccurrence *) g_ptr_array_index (f->occurrences, i))->all_day = TRUE;
  for (guint i = 0; i < 4; i += 2)
    ((TrkOccurrence *) g_ptr_array_index (f->occurrences, i))->transparent = TRUE;
  decline (f, 3);
  f->agenda.period.end = AT (76, 0);
  f->agenda.occurrences = f->occurrences;
  fixture_assert_text (f, &style, FALSE,
                       "Monday 23 November            plan actual\n"
                       " all day  Ada's birthday (no block)\n"
                       " all day  Thanksgiving (free, no block)\n"
                       " all day  Window cleaners (free, no block)\n"
                       "          and 1 more without a block — tracker agenda --why\n"
                       "\n"
                       "Tuesday 24 November           plan actual\n"
                       " all day  Ada's birthday (no block)\n");
  why = trk_agenda_to_text (&f->agenda, &style, TRUE);
  g_assert_nonnull (strstr (why, "Thanksgiving: it leaves the time free (TRANSP:TRANSPARENT)"));
  g_assert_nonnull (strstr (why, " all day  Working from home: it is an all-day event"));
  g_assert_null (strstr (why, declined[0]));
}

/* --why leaves nothing out: what was declined or has no length, too. */
static void
test_declined_and_empty (Fixture *f, gconstpointer data)
{
  TrkStyle style = { .columns = 80, .unicode = TRUE };

  fixture_event (f, "Workshop", NULL, AT (9, 0), AT (10, 0));
  fixture_event (f, "Town hall", NULL, AT (11, 0), AT (12, 0));
  fixture_event (f, "Deadline", NULL, AT (13, 0), AT (13, 0));
  decline (f, 0);
  decline (f, 1);
  f->agenda.period.end = AT (52, 0);
  f->agenda.occurrences = f->occurrences;
  fixture_assert_text (f, &style, FALSE, "");
  f->agenda.with_all_free = TRUE;
  fixture_assert_text (f, &style, TRUE,
                       "Monday 23 November            plan actual\n"
                       " 09:00    Workshop: you declined it — tracker why\n"
                       " 11:00    Town hall: you declined it — tracker why\n"
                       " 13:00    Deadline: it has no length — tracker why\n");
}

/* One that leaves its time free stands at its time; one over the border in both days. */
static void
test_timed_free_events (Fixture *f, gconstpointer data)
{
  TrkStyle style = { .columns = 80, .unicode = TRUE };

  fixture_event (f, "Parcel", NULL, AT (13, 0), AT (14, 0));
  fixture_event (f, "Reminder", NULL, AT (9, 0), AT (9, 5));
  fixture_event (f, "Night sale", NULL, AT (22, 0), AT (29, 0));
  fixture_event (f, "Ada's birthday", NULL, AT (0, 0), AT (24, 0));
  for (guint i = 0; i < 4; i++)
    ((TrkOccurrence *) g_ptr_array_index (f->occurrences, i))->transparent = TRUE;
  ((TrkOccurrence *) g_ptr_array_index (f->occurrences, 3))->all_day = TRUE;
  f->agenda.period.end = AT (52, 0);
  f->agenda.occurrences = f->occurrences;
  fixture_assert_text (f, &style, FALSE,
                       "Monday 23 November            plan actual\n"
                       " all day  Ada's birthday (free, no block)\n"
                       " 09:00    Reminder (until 09:05, free, no block)\n"
                       " 13:00    Parcel (until 14:00, free, no block)\n"
                       "          and 1 more without a block — tracker agenda --why\n"
                       "\n"
                       "Tuesday 24 November           plan actual\n"
                       " to 05:00 Night sale (free, no block)\n");
}

/* Whoever meant another Tuesday sees which one it is. */
static void
test_heading (Fixture *f, gconstpointer data)
{
  TrkStyle style = { .columns = 80, .unicode = TRUE }, narrow = { .columns = 30, .unicode = TRUE };

  fixture_event (f, "Standup with all of the team and guests", "meeting", AT (9, 0), AT (9, 15));
  fixture_plan (f, f->agenda.period);
  f->agenda.now = AT (-18, 0);
  fixture_assert_text (f, &style, FALSE,
                       "Monday 23 November, tomorrow                            plan actual\n"
                       " 09:00 meeting Standup with all of the team and guests  0:15      –\n");
  f->agenda.now = AT (9 + 24 * 5, 0);
  fixture_assert_text (f, &style, FALSE,
                       "Monday 23 November, 5 days ago                          plan actual\n"
                       " 09:00 meeting Standup with all of the team and guests  0:15      –\n");
  fixture_assert_text (f, &narrow, FALSE,
                       "Monday 23 November       plan actual\n"
                       " 09:00 meeting Standup   0:15      –\n"
                       "               with all\n"
                       "               of the\n"
                       "               team an…\n");
}

/* A block over start_of_day in numbers: both days, the parts, and once what counts once. */
static void
test_json_over_the_border (Fixture *f, gconstpointer data)
{
  static const char *const days[] = { "2026-11-23", "2026-11-24" };
  g_autoptr (JsonNode) root = NULL;
  JsonArray *rows;

  fixture_event (f, "Night watch", "shallow", AT (23, 0), AT (29, 0));
  fixture_event (f, "Holiday", NULL, AT (24, 0), AT (48, 0));
  ((TrkOccurrence *) g_ptr_array_index (f->occurrences, 1))->all_day = TRUE;
  f->agenda.period.end = AT (52, 0);
  f->agenda.occurrences = f->occurrences;
  fixture_plan (f, f->agenda.period);
  fixture_settle (f, "work/Night watch", TRK_OUTCOME_DONE, TRK_REASON_BLOCK_END);
  fixture_entry (f, "work/Night watch", "Night watch", AT (23, 10), AT (28, 30));
  f->agenda.now = AT (34, 0);
  rows = fixture_json (f, &root);
  g_assert_cmpuint (json_array_get_length (rows), ==, 3);
  for (guint i = 0; i < 2; i++)
    {
      JsonObject *row = json_array_get_object_element (rows, i);

      g_assert_cmpstr (json_object_get_string_member (row, "day"), ==, days[i]);
      g_assert_cmpstr (json_object_get_string_member (row, "begun"), ==, days[0]);
      g_assert_cmpstr (json_object_get_string_member (row, "start"), ==, "2026-11-23T23:00:00Z");
      g_assert_cmpstr (json_object_get_string_member (row, "end"), ==, "2026-11-24T05:00:00Z");
      g_assert_cmpint (json_object_get_int_member (row, "planned_seconds"), ==,
                       (i == 0 ? 5 : 1) * 3600);
      g_assert_cmpint (json_object_get_int_member (row, "actual_seconds"), ==,
                       (i == 0 ? 290 : 30) * 60);
      g_assert_cmpint (json_object_get_int_member (row, "worked_seconds"), ==, 320 * 60);
      g_assert_cmpint (json_object_get_null_member (row, "outcome"), ==, i == 1);
      g_assert_cmpint (json_object_get_null_member (row, "actual_start"), ==, i == 1);
    }
  {
    JsonObject *row = json_array_get_object_element (rows, 2);

    g_assert_cmpstr (json_object_get_string_member (row, "type"), ==, "free");
    g_assert_cmpstr (json_object_get_string_member (row, "day"), ==, days[1]);
    g_assert_true (json_object_get_boolean_member (row, "all_day"));
    g_assert_true (json_object_get_null_member (row, "kind"));
    g_assert_cmpstr (json_object_get_string_member (row, "start"), ==, "2026-11-24T00:00:00Z");
  }
}

#define ADD(path, function, data)                                                                  \
  g_test_add ("/agenda/" path, Fixture, data, fixture_set_up, function, fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("declined-and-empty", test_declined_and_empty, NULL);
  ADD ("days-apart", test_days_apart, NULL);
  ADD ("unplanned-over-the-border", test_unplanned_over_the_border, NULL);
  ADD ("block-of-the-day-before", test_block_of_the_day_before, NULL);
  ADD ("entries-beyond-their-block", test_entries_beyond_their_block, NULL);
  ADD ("vacation", test_vacation, NULL);
  ADD ("lost-in-other-days", test_lost_in_other_days, NULL);
  ADD ("free-events", test_free_events, NULL);
  ADD ("timed-free-events", test_timed_free_events, NULL);
  ADD ("heading", test_heading, NULL);
  ADD ("json-over-the-border", test_json_over_the_border, NULL);
  return g_test_run ();
}
