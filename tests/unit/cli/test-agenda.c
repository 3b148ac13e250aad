/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "agenda-fixture.h"

#include "trk-text.h"

#include <string.h>

static void
live_a_day (Fixture *f)
{
  fixture_event (f, "Plan the day", "routine", AT (8, 30), AT (9, 0));
  fixture_event (f, "Payment retries", "focus", AT (9, 0), AT (10, 30));
  fixture_event (f, "Code review", "shallow", AT (10, 30), AT (11, 0));
  fixture_event (f, "Away from the screen", "break", AT (11, 0), AT (11, 15));
  fixture_event (f, "Query optimisation", "focus", AT (11, 15), AT (12, 45));
  fixture_event (f, "Incident call", "meeting", AT (12, 2), AT (12, 45));
  fixture_event (f, "Lunch walk", "break", AT (14, 10), AT (14, 30));
  fixture_event (f, "Team meeting", "meeting", AT (14, 0), AT (15, 0));
  fixture_event (f, "Unit tests", "focus", AT (15, 0), AT (16, 30));
  fixture_event (f, "Disconnect", "off", AT (18, 0), AT (24, 0));
  ((TrkOccurrence *) g_ptr_array_index (f->occurrences, 7))->link =
      g_strdup ("https://meet.example.org/abc");
  fixture_plan (f, f->agenda.period);

  fixture_settle (f, "work/Plan the day", TRK_OUTCOME_DONE, TRK_REASON_BLOCK_END);
  fixture_settle (f, "work/Payment retries", TRK_OUTCOME_DONE, TRK_REASON_BLOCK_END);
  fixture_settle (f, "work/Code review", TRK_OUTCOME_SKIPPED, TRK_REASON_SKIP);
  fixture_state (f, "work/Code review")->note = g_strdup ("nothing to review");
  fixture_settle (f, "work/Away from the screen", TRK_OUTCOME_DONE, TRK_REASON_AWAY);
  fixture_settle (f, "work/Query optimisation", TRK_OUTCOME_PARTIAL, TRK_REASON_BLOCK_END);
  fixture_settle (f, "work/Incident call", TRK_OUTCOME_MISSED, TRK_REASON_LATE);

  fixture_entry (f, "work/Plan the day", "Plan the day", AT (8, 30), AT (8, 54));
  fixture_entry (f, "work/Payment retries", "Payment retries", AT (9, 4), AT (10, 5));
  fixture_entry (f, "work/Payment retries", "Payment retries", AT (10, 12), AT (10, 30));
  fixture_gap (f, "work/Payment retries", TRK_REASON_AWAY, AT (10, 5), AT (10, 12));
  fixture_entry (f, "work/Query optimisation", "Query optimisation", AT (11, 15), AT (12, 2));
  fixture_entry (f, NULL, "Fix login", AT (13, 0), AT (13, 20));
  fixture_entry (f, NULL, "Fix login", AT (13, 30), AT (13, 53));
  fixture_entry (f, "work/Team meeting", "Team meeting", AT (14, 0), TRK_NEVER);
}

typedef struct
{
  const char *name;
  TrkStyle style;
  gboolean why;
  const char *expected;
} Look;

static const Look looks[] = {
  { "wide",
    { .columns = 110, .unicode = TRUE, .colour = FALSE },
    FALSE,
    "Monday 23 November                                   plan actual\n"
    " 08:30 routine Plan the day                          0:30   0:24  ✓\n"
    " 09:00 focus   Payment retries                       1:30   1:19  ✓ +4 late, away "
    "10:05–10:12\n"
    " 10:30 shallow Code review                           0:30      –  – skipped: nothing to "
    "review\n"
    " 11:00 break   Away from the screen                  0:15      –  ✓ away\n"
    " 11:15 focus   Query optimisation                    0:47   0:47  ◐ cut 12:02–12:45 by "
    "Incident call\n"
    " 12:02 meeting Incident call                         0:43      –  ✗ missed\n"
    " 13:00 focus   Fix login                                –   0:43  unplanned\n"
    "▶14:00 meeting Team meeting  (meet.example.org/abc)  1:00   0:12  … 48 min left\n"
    " 15:00 focus   Unit tests                            1:30      –\n"
    " 18:00 off     Disconnect\n"
    "1 squeezed: Lunch walk (by Team meeting) — tracker agenda --why\n" },
  { "eighty-columns",
    { .columns = 80, .unicode = TRUE, .colour = FALSE },
    FALSE,
    "Monday 23 November                   plan actual\n"
    " 08:30 routine Plan the day          0:30   0:24  ✓\n"
    " 09:00 focus   Payment retries       1:30   1:19  ✓ +4 late, away 10:05–10:12\n"
    " 10:30 shallow Code review           0:30      –  – skipped: nothing to review\n"
    " 11:00 break   Away from the screen  0:15      –  ✓ away\n"
    " 11:15 focus   Query optimisation    0:47   0:47  ◐ cut 12:02–12:45 by Incident\n"
    "                                                    call\n"
    " 12:02 meeting Incident call         0:43      –  ✗ missed\n"
    " 13:00 focus   Fix login                –   0:43  unplanned\n"
    "▶14:00 meeting Team meeting          1:00   0:12  … 48 min left\n"
    " 15:00 focus   Unit tests            1:30      –\n"
    " 18:00 off     Disconnect\n"
    "1 squeezed: Lunch walk (by Team meeting) — tracker agenda --why\n" },
  { "narrow",
    { .columns = 50, .unicode = TRUE, .colour = FALSE },
    FALSE,
    "Monday 23 November               plan actual\n"
    " 08:30 routine Plan the day      0:30   0:24  ✓\n"
    " 09:00 focus   Payment retries   1:30   1:19\n"
    "               ✓ +4 late, away 10:05–10:12\n"
    " 10:30 shallow Code review       0:30      –\n"
    "               – skipped: nothing to review\n"
    " 11:00 break   Away from the     0:15      –\n"
    "               screen\n"
    "               ✓ away\n"
    " 11:15 focus   Query             0:47   0:47\n"
    "               optimisation\n"
    "               ◐ cut 12:02–12:45 by Incident call\n"
    " 12:02 meeting Incident call     0:43      –\n"
    "               ✗ missed\n"
    " 13:00 focus   Fix login            –   0:43\n"
    "               unplanned\n"
    "▶14:00 meeting Team meeting      1:00   0:12\n"
    "               … 48 min left\n"
    " 15:00 focus   Unit tests        1:30      –\n"
    " 18:00 off     Disconnect\n"
    "1 squeezed: Lunch walk (by Team meeting) — tracker\n"
    "agenda --why\n" },
  { "plain-ascii",
    { .columns = 80, .unicode = FALSE, .colour = FALSE },
    FALSE,
    "Monday 23 November                   plan actual\n"
    " 08:30 routine Plan the day          0:30   0:24  ok\n"
    " 09:00 focus   Payment retries       1:30   1:19  ok +4 late, away 10:05-10:12\n"
    " 10:30 shallow Code review           0:30      -  - skipped: nothing to review\n"
    " 11:00 break   Away from the screen  0:15      -  ok away\n"
    " 11:15 focus   Query optimisation    0:47   0:47  part cut 12:02-12:45 by\n"
    "                                                       Incident call\n"
    " 12:02 meeting Incident call         0:43      -  no missed\n"
    " 13:00 focus   Fix login                -   0:43  unplanned\n"
    ">14:00 meeting Team meeting          1:00   0:12  ... 48 min left\n"
    " 15:00 focus   Unit tests            1:30      -\n"
    " 18:00 off     Disconnect\n"
    "1 squeezed: Lunch walk (by Team meeting) - tracker agenda --why\n" },
  { "why",
    { .columns = 110, .unicode = TRUE, .colour = FALSE },
    TRUE,
    "Monday 23 November                                   plan actual\n"
    " 08:30 routine Plan the day                          0:30   0:24  ✓\n"
    " 09:00 focus   Payment retries                       1:30   1:19  ✓ +4 late, away "
    "10:05–10:12\n"
    " 10:30 shallow Code review                           0:30      –  – skipped: nothing to "
    "review\n"
    " 11:00 break   Away from the screen                  0:15      –  ✓ away\n"
    " 11:15 focus   Query optimisation                    0:47   0:47  ◐ cut 12:02–12:45 by "
    "Incident call\n"
    " 12:02 meeting Incident call                         0:43      –  ✗ missed\n"
    " 13:00 focus   Fix login                                –   0:43  unplanned\n"
    "▶14:00 meeting Team meeting  (meet.example.org/abc)  1:00   0:12  … 48 min left\n"
    " 15:00 focus   Unit tests                            1:30      –\n"
    " 18:00 off     Disconnect\n"
    "Squeezed\n"
    " 12:02–12:45  Query optimisation was cut: Incident call (meeting goes before focus)\n"
    " 14:10–14:30  Lunch walk gave way: Team meeting (meeting goes before break), owed when it "
    "ends\n" },
  { "colour",
    { .columns = 80, .unicode = TRUE, .colour = TRUE },
    FALSE,
    "\033[1mMonday 23 November                 \033[0m  plan actual\n"
    " 08:30 routine Plan the day          0:30   0:24  \033[32m✓\033[0m\n"
    " 09:00 \033[1;36mfocus  \033[0m Payment retries       1:30   1:19  \033[32m✓ +4 late, away "
    "10:05–10:12\033[0m\n"
    " 10:30 shallow Code review           0:30      –  \033[2m– skipped: nothing to review\033[0m\n"
    " 11:00 \033[32mbreak  \033[0m Away from the screen  0:15      –  \033[32m✓ away\033[0m\n"
    " 11:15 \033[1;36mfocus  \033[0m Query optimisation    0:47   0:47  \033[33m◐ cut 12:02–12:45 "
    "by Incident\033[0m\n"
    "                                                    \033[33mcall\033[0m\n"
    " 12:02 \033[35mmeeting\033[0m Incident call         0:43      –  \033[31m✗ missed\033[0m\n"
    " 13:00 focus   Fix login                –   0:43  unplanned\n"
    "▶14:00 \033[35mmeeting\033[0m \033[1mTeam meeting        \033[0m  1:00   0:12  … 48 min left\n"
    " 15:00 \033[1;36mfocus  \033[0m Unit tests            1:30      –\n"
    " 18:00 \033[2moff    \033[0m Disconnect\n"
    "1 squeezed: Lunch walk (by Team meeting) — tracker agenda --why\n" },
};

static void
test_look (Fixture *f, gconstpointer data)
{
  const Look *look = data;

  live_a_day (f);
  fixture_assert_text (f, &look->style, look->why, look->expected);
}

/* No line of any width is wider than the terminal, and no word of a note is lost. */
static void
test_every_width (Fixture *f, gconstpointer data)
{
  live_a_day (f);
  trk_agenda_fill (&f->agenda);
  for (guint columns = 50; columns < 160; columns++)
    for (guint unicode = 0; unicode < 2; unicode++)
      {
        TrkStyle style = { .columns = columns, .unicode = unicode };
        g_autofree char *text = trk_agenda_to_text (&f->agenda, &style, FALSE);
        g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

        for (char **line = lines; *line != NULL; line++)
          g_assert_cmpuint (trk_text_width (*line), <=, columns);
        g_assert_nonnull (strstr (text, "10:05"));
        g_assert_nonnull (strstr (text, "nothing"));
        g_assert_nonnull (strstr (text, "Incident"));
      }
}

/* A copy of an event is no loss: only --why tells of it. */
static void
test_copies_are_no_loss (Fixture *f, gconstpointer data)
{
  TrkStyle style = { .columns = 70, .unicode = TRUE };
  g_autofree char *why = NULL;

  fixture_event (f, "Lunch", "break", AT (12, 45), AT (13, 45));
  fixture_event (f, "Lunch", "break", AT (12, 45), AT (13, 45));
  fixture_plan (f, f->agenda.period);
  fixture_assert_text (f, &style, FALSE,
                       "Monday 23 November                 plan actual\n"
                       " 12:45 break Lunch                 1:00      –\n");
  why = trk_agenda_to_text (&f->agenda, &(TrkStyle){ .columns = 110, .unicode = TRUE }, TRUE);
  g_assert_nonnull (strstr (why, "the same event in the calendar work"));
}

/* Events that share a UID, as files that were put together have them, are each lost by themselves.
 */
static void
test_losses_of_one_uid (Fixture *f, gconstpointer data)
{
  TrkStyle style = { .columns = 90, .unicode = TRUE };

  fixture_event (f, "Walk", "break", AT (16, 0), AT (16, 30));
  fixture_event (f, "Walk", "break", AT (18, 0), AT (18, 30));
  fixture_event (f, "Workshop", "meeting", AT (16, 0), AT (19, 0));
  fixture_plan (f, f->agenda.period);
  fixture_assert_text (
      f, &style, FALSE,
      "Monday 23 November                   plan actual\n"
      " 16:00 meeting Workshop              3:00      –\n"
      "2 squeezed: Walk (by Workshop), Walk (by Workshop) — tracker agenda --why\n");
}

/* Rest is no beginning of work: the report says so, too. */
static void
test_late_behind_a_rest (Fixture *f, gconstpointer data)
{
  const TrkAgendaRow *row;

  fixture_event (f, "Payment", "focus", AT (9, 0), AT (10, 0));
  fixture_plan (f, f->agenda.period);
  fixture_entry (f, "work/Payment", "Payment", AT (9, 0), AT (9, 10));
  ((TrkEntry *) g_ptr_array_index (f->entries, 0))->kind = TRK_KIND_BREAK;
  fixture_entry (f, "work/Payment", "Payment", AT (9, 10), AT (10, 0));
  trk_agenda_fill (&f->agenda);
  row = g_ptr_array_index (f->agenda.rows, 0);
  g_assert_cmpint (row->first, ==, AT (9, 10));
}

static void
test_json (Fixture *f, gconstpointer data)
{
  g_autoptr (JsonNode) root = NULL;
  JsonObject *object, *other;
  JsonArray *rows;

  live_a_day (f);
  rows = fixture_json (f, &root);
  g_assert_cmpuint (json_array_get_length (rows), ==, 10);

  object = json_array_get_object_element (rows, 4);
  g_assert_cmpstr (json_object_get_string_member (object, "type"), ==, "block");
  g_assert_cmpstr (json_object_get_string_member (object, "id"), ==, "work/Query optimisation");
  g_assert_cmpstr (json_object_get_string_member (object, "kind"), ==, "focus");
  g_assert_cmpstr (json_object_get_string_member (object, "start"), ==, "2026-11-23T11:15:00Z");
  g_assert_cmpstr (json_object_get_string_member (object, "end"), ==, "2026-11-23T12:02:00Z");
  g_assert_cmpstr (json_object_get_string_member (object, "planned_end"), ==,
                   "2026-11-23T12:45:00Z");
  g_assert_cmpint (json_object_get_int_member (object, "actual_seconds"), ==, 47 * 60);
  g_assert_cmpstr (json_object_get_string_member (object, "outcome"), ==, "partial");
  other = json_array_get_object_element (json_object_get_array_member (object, "squeezed_by"), 0);
  g_assert_cmpstr (json_object_get_string_member (other, "id"), ==, "work/Incident call");

  object = json_array_get_object_element (rows, 6);
  g_assert_cmpstr (json_object_get_string_member (object, "type"), ==, "unplanned");
  g_assert_true (json_object_get_null_member (object, "planned_start"));
  g_assert_cmpint (json_object_get_int_member (object, "actual_seconds"), ==, 43 * 60);

  object = json_array_get_object_element (rows, 7);
  g_assert_true (json_object_get_boolean_member (object, "running"));
  g_assert_true (json_object_get_null_member (object, "outcome"));
  other = json_array_get_object_element (json_object_get_array_member (object, "squeezes"), 0);
  g_assert_cmpstr (json_object_get_string_member (other, "title"), ==, "Lunch walk");
  g_assert_true (json_object_get_boolean_member (other, "whole"));
  g_assert_true (json_object_get_boolean_member (other, "owed"));
}

static const char *
member (JsonArray *rows, guint row, const char *key)
{
  JsonObject *object = json_array_get_object_element (rows, row);

  return json_object_get_null_member (object, key) ? NULL
                                                   : json_object_get_string_member (object, key);
}

/* Where a block lies now stands beside its plan, by the names that tracker why gives. */
static void
test_json_moved (Fixture *f, gconstpointer data)
{
  g_autoptr (JsonNode) root = NULL;
  JsonArray *rows;

  fixture_event (f, "a", "focus", AT (9, 0), AT (10, 0));
  fixture_event (f, "b", "break", AT (16, 0), AT (16, 3));
  fixture_event (f, "c", "focus", AT (17, 0), AT (18, 0));
  fixture_plan (f, f->agenda.period);
  fixture_state (f, "work/a")->start = AT (8, 50);
  fixture_state (f, "work/a")->end = AT (9, 40);
  fixture_state (f, "work/b")->start = AT (16, 5);
  fixture_state (f, "work/b")->end = AT (16, 8);
  fixture_entry (f, NULL, "Call", AT (13, 0), AT (13, 30));
  rows = fixture_json (f, &root);
  g_assert_cmpstr (member (rows, 0, "start"), ==, "2026-11-23T09:00:00Z");
  g_assert_cmpstr (member (rows, 0, "started_early_at"), ==, "2026-11-23T08:50:00Z");
  g_assert_cmpstr (member (rows, 0, "left_at"), ==, "2026-11-23T09:40:00Z");
  g_assert_null (member (rows, 0, "snoozed_to"));
  g_assert_null (member (rows, 0, "extended_to"));
  g_assert_null (member (rows, 1, "extended_to")); /* unplanned */
  g_assert_cmpstr (member (rows, 2, "start"), ==, "2026-11-23T16:00:00Z");
  g_assert_cmpstr (member (rows, 2, "snoozed_to"), ==, "2026-11-23T16:05:00Z");
  g_assert_cmpstr (member (rows, 2, "extended_to"), ==, "2026-11-23T16:08:00Z");
  g_assert_null (member (rows, 3, "snoozed_to"));
  g_assert_null (member (rows, 3, "left_at"));
}

/* Until when is what is asked first: it stands where no narrow line cuts it. */
static void
test_snoozed (Fixture *f, gconstpointer data)
{
  TrkStyle style = { .columns = 60, .unicode = TRUE };
  g_autofree char *text = NULL;

  live_a_day (f);
  fixture_state (f, "work/Unit tests")->start = AT (15, 10);
  trk_agenda_fill (&f->agenda);
  text = trk_agenda_to_text (&f->agenda, &style, FALSE);
  g_assert_nonnull (strstr (text, "Unit tests"));
  g_assert_nonnull (strstr (text, "→ 15:10\n"));
}

/* Begun early, and snoozed to a moment that is early still. */
static void
test_snoozed_before_its_time (Fixture *f, gconstpointer data)
{
  TrkStyle style = { .columns = 60, .unicode = TRUE };
  g_autofree char *text = NULL;

  live_a_day (f);
  f->agenda.now = AT (14, 12);
  fixture_state (f, "work/Unit tests")->start = AT (14, 20);
  trk_agenda_fill (&f->agenda);
  text = trk_agenda_to_text (&f->agenda, &style, FALSE);
  g_assert_nonnull (strstr (text, "→ 14:20\n"));
}

/* A postponed break moves as a whole: it ends later, and is no longer than it was. */
static void
test_postponed (Fixture *f, gconstpointer data)
{
  TrkStyle style = { .columns = 120, .unicode = TRUE };
  g_autofree char *moved = NULL;
  g_autofree char *longer = NULL;

  live_a_day (f);
  fixture_state (f, "work/Unit tests")->start = AT (16, 40);
  fixture_state (f, "work/Unit tests")->end = AT (16, 50);
  trk_agenda_fill (&f->agenda);
  moved = trk_agenda_to_text (&f->agenda, &style, FALSE);
  g_assert_nonnull (strstr (moved, "→ 16:40, until 16:50\n"));
  fixture_state (f, "work/Unit tests")->start = AT (16, 20);
  fixture_state (f, "work/Unit tests")->end = AT (17, 55);
  trk_agenda_clear (&f->agenda);
  trk_agenda_fill (&f->agenda);
  longer = trk_agenda_to_text (&f->agenda, &style, FALSE);
  g_assert_nonnull (strstr (longer, "→ 16:20, extended to 17:55\n"));
}

/* Off time, as a meeting, waits for nobody: what runs is extended to its start and no further,
 * also when that is told afterwards. Where nothing is left of an extension, there was none. */
static void
test_extended_against_what_waits_for_nobody (Fixture *f, gconstpointer data)
{
  static const struct
  {
    int hour, minute; /* of now */
    TrkOutcome outcome, off;
    const char *note;
  } rows[] = {
    { 16, 0, TRK_OUTCOME_NONE, TRK_OUTCOME_NONE, "extended to 18:00\n" },
    { 19, 0, TRK_OUTCOME_DONE, TRK_OUTCOME_NONE, "extended to 18:00\n" },
    { 36, 0, TRK_OUTCOME_DONE, TRK_OUTCOME_DONE, "extended to 18:00\n" },
    { 36, 0, TRK_OUTCOME_DONE, TRK_OUTCOME_SKIPPED, "extended to 18:40\n" },
  };

  live_a_day (f);
  fixture_state (f, "work/Unit tests")->end = AT (18, 40);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = NULL;

      fixture_settle (f, "work/Unit tests", rows[i].outcome, TRK_REASON_BLOCK_END);
      fixture_settle (f, "work/Disconnect", rows[i].off, TRK_REASON_BLOCK_END);
      f->agenda.now = AT (rows[i].hour, rows[i].minute);
      trk_agenda_clear (&f->agenda);
      trk_agenda_fill (&f->agenda);
      text = trk_agenda_to_text (&f->agenda, &(TrkStyle){ .columns = 120, .unicode = TRUE }, FALSE);
      g_assert_nonnull (strstr (text, rows[i].note));
    }
}

/* What was answered for is in the log, or in the break's own row. */
static void
test_answered (Fixture *f, gconstpointer data)
{
  static const struct
  {
    TrkAnswer answer;
    gboolean told;
  } rows[] = { { TRK_ANSWER_NONE, TRUE },
               { TRK_ANSWER_WORKED, FALSE },
               { TRK_ANSWER_BREAK, FALSE },
               { TRK_ANSWER_DISCARD, TRUE } };

  live_a_day (f);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = NULL;

      ((TrkGap *) f->gaps->pdata[0])->answer = rows[i].answer;
      trk_agenda_clear (&f->agenda);
      trk_agenda_fill (&f->agenda);
      text = trk_agenda_to_text (&f->agenda, &(TrkStyle){ .columns = 120, .unicode = TRUE }, FALSE);
      g_assert_cmpint (strstr (text, "away 10:05–10:12") != NULL, ==, rows[i].told);
    }
}

/* Of what has no event any more nothing is planned, whether or not a daemon goes on with it. */
static void
test_left_calendar (Fixture *f, gconstpointer data)
{
  const TrkStyle style = { .columns = 120, .unicode = TRUE };
  g_autofree char *text = NULL;

  fixture_event (f, "Deep work", "focus", AT (14, 0), AT (15, 0));
  fixture_plan (f, f->agenda.period);
  fixture_entry (f, "work/Deep work", "Deep work", AT (14, 0), AT (14, 5));
  fixture_state (f, "work/Deep work")->runs_unplanned = TRUE;
  trk_agenda_fill (&f->agenda);
  text = trk_agenda_to_text (&f->agenda, &style, FALSE);
  g_assert_nonnull (strstr (text, "  48 min left, no longer in the calendar\n"));
}

/* A meeting came late, and took the beginning of what had begun in its event's time. */
static void
test_cut_after_it_began (Fixture *f, gconstpointer data)
{
  const TrkStyle style = { .columns = 120, .unicode = TRUE };
  g_autofree char *text = NULL;

  fixture_event (f, "Deep work", "focus", AT (13, 30), AT (15, 0));
  fixture_event (f, "Call", "meeting", AT (13, 40), AT (14, 30));
  fixture_plan (f, f->agenda.period);
  for (guint i = 0; i < f->records->len; i++)
    {
      const TrkBlockRecord *record = g_ptr_array_index (f->records, i);

      if (record->block->period.start == AT (14, 30))
        fixture_entry (f, record->block->id, "Deep work", AT (13, 35), AT (13, 40));
    }
  trk_agenda_fill (&f->agenda);
  text = trk_agenda_to_text (&f->agenda, &style, FALSE);
  g_test_message ("%s", text);
  g_assert_null (strstr (text, "early"));
}

/* What was stopped by hand does not run, though its time is not over. */
static void
test_stopped (Fixture *f, gconstpointer data)
{
  const TrkStyle style = { .columns = 80, .unicode = TRUE };
  g_autofree char *text = NULL;

  fixture_event (f, "Deep work", "focus", AT (14, 0), AT (15, 0));
  fixture_plan (f, f->agenda.period);
  fixture_settle (f, "work/Deep work", TRK_OUTCOME_NONE, TRK_REASON_STOP);
  trk_agenda_fill (&f->agenda);
  text = trk_agenda_to_text (&f->agenda, &style, FALSE);
  g_assert_nonnull (strstr (text, "  stopped\n"));
  g_assert_null (strstr (text, "left"));
}

/* Focus without a block in the time of planned focus is on plan, as in the reports: here it is not
 * called unplanned then, and partly outside it says how much is inside. */
static void
test_on_plan (Fixture *f, gconstpointer data)
{
  const TrkAgendaRow *row;

  fixture_event (f, "Deep work", "focus", AT (9, 0), AT (10, 0));
  fixture_event (f, "Mail", "shallow", AT (10, 0), AT (10, 30));
  fixture_plan (f, f->agenda.period);
  fixture_settle (f, "work/Deep work", TRK_OUTCOME_SKIPPED, TRK_REASON_SKIP);
  fixture_settle (f, "work/Mail", TRK_OUTCOME_SKIPPED, TRK_REASON_SKIP);
  fixture_entry (f, NULL, "Inside", AT (9, 0), AT (9, 20));
  fixture_entry (f, NULL, "Half", AT (9, 50), AT (10, 5));
  fixture_entry (f, NULL, "Outside", AT (10, 10), AT (10, 20));
  fixture_assert_text (
      f, &(TrkStyle){ .columns = 80, .unicode = TRUE }, FALSE,
      "Monday 23 November                   plan actual\n"
      " 09:00 focus   Deep work             1:00      –  – skipped\n"
      " 09:00 focus   Inside                   –   0:20  in planned focus time\n"
      " 09:50 focus   Half                     –   0:15  10 min in planned focus time\n"
      " 10:00 shallow Mail                  0:30      –  – skipped\n"
      " 10:10 focus   Outside                  –   0:10  unplanned\n");
  row = g_ptr_array_index (f->agenda.rows, 2);
  g_assert_cmpint (row->on_plan, ==, 10 * TRK_MINUTE);
}

/* Who took a part of a block took no more than his own time: what was left beside it was too short
 * to be kept, on either side or between two. */
static void
test_too_short_to_keep (Fixture *f, gconstpointer data)
{
  const TrkStyle style = { .columns = 110, .unicode = TRUE };

  fixture_event (f, "Before", "focus", AT (9, 0), AT (10, 0));
  fixture_event (f, "Call", "meeting", AT (9, 3), AT (9, 30));
  fixture_event (f, "Between", "shallow", AT (11, 0), AT (13, 0));
  fixture_event (f, "Talk", "meeting", AT (11, 30), AT (12, 0));
  fixture_event (f, "Visit", "meeting", AT (12, 4), AT (12, 58));
  fixture_plan (f, f->agenda.period);
  f->agenda.now = AT (8, 0);
  fixture_assert_text (
      f, &style, TRUE,
      "Monday 23 November                   plan actual\n"
      " 09:03 meeting Call                  0:27      –\n"
      " 09:30 focus   Before                0:30      –  cut 09:03–09:30 by Call, 3 "
      "min beside it too short\n"
      " 11:00 shallow Between               0:30      –  cut 11:30–12:00 by Talk, 4 "
      "min beside it too short, cut\n"
      "                                                  12:04–12:58 by Visit, 2 min "
      "beside it too short\n"
      " 11:30 meeting Talk                  0:30      –\n"
      " 12:04 meeting Visit                 0:54      –\n"
      "Squeezed\n"
      " 09:03–09:30  Before was cut: Call (meeting goes before focus; 3 min beside "
      "it too short to keep)\n"
      " 11:30–12:00  Between was cut: Talk (meeting goes before shallow; 4 min "
      "beside it too short to keep)\n"
      " 12:04–12:58  Between was cut: Visit (meeting goes before shallow; 2 min "
      "beside it too short to keep)\n");
}

/* One that the user began before its time says since when, as it stands where it was planned. */
static void
test_begun_early (Fixture *f, gconstpointer data)
{
  const TrkStyle style = { .columns = 80, .unicode = TRUE };

  fixture_event (f, "Deep work", "focus", AT (15, 0), AT (16, 0));
  fixture_plan (f, f->agenda.period);
  fixture_entry (f, "work/Deep work", "Deep work", AT (14, 2), TRK_NEVER);
  fixture_assert_text (
      f, &style, FALSE,
      "Monday 23 November                 plan actual\n"
      "▶15:00 focus Deep work             1:00   0:10  … 1 h 48 left, early, at 14:02\n");
}

/* What should be going on is not marked as going on: only an open entry says that it is. */
static void
test_planned_now (Fixture *f, gconstpointer data)
{
  fixture_event (f, "Deep work", "focus", AT (14, 0), AT (15, 0));
  fixture_plan (f, f->agenda.period);
  fixture_assert_text (
      f, &(TrkStyle){ .columns = 80, .unicode = TRUE }, FALSE,
      "Monday 23 November                 plan actual\n"
      " 14:00 focus Deep work             1:00      –  planned now, 48 min left\n");
  fixture_entry (f, "work/Deep work", "Deep work", AT (14, 0), TRK_NEVER);
  fixture_assert_text (f, &(TrkStyle){ .columns = 80, .unicode = TRUE }, FALSE,
                       "Monday 23 November                 plan actual\n"
                       "▶14:00 focus Deep work             1:00   0:12  … 48 min left\n");
}

#define ADD(path, function, data)                                                                  \
  g_test_add ("/agenda/" path, Fixture, data, fixture_set_up, function, fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (looks); i++)
    {
      g_autofree char *path = g_strconcat ("/agenda/look/", looks[i].name, NULL);

      g_test_add (path, Fixture, &looks[i], fixture_set_up, test_look, fixture_tear_down);
    }
  ADD ("every-width", test_every_width, NULL);
  ADD ("copies-are-no-loss", test_copies_are_no_loss, NULL);
  ADD ("losses-of-one-uid", test_losses_of_one_uid, NULL);
  ADD ("late-behind-a-rest", test_late_behind_a_rest, NULL);
  ADD ("answered", test_answered, NULL);
  ADD ("stopped", test_stopped, NULL);
  ADD ("left-calendar", test_left_calendar, NULL);
  ADD ("cut-after-it-began", test_cut_after_it_began, NULL);
  ADD ("on-plan", test_on_plan, NULL);
  ADD ("too-short-to-keep", test_too_short_to_keep, NULL);
  ADD ("begun-early", test_begun_early, NULL);
  ADD ("planned-now", test_planned_now, NULL);
  ADD ("json-moved", test_json_moved, NULL);
  ADD ("snoozed", test_snoozed, NULL);
  ADD ("snoozed-before-its-time", test_snoozed_before_its_time, NULL);
  ADD ("postponed", test_postponed, NULL);
  ADD ("extended-against-what-waits-for-nobody", test_extended_against_what_waits_for_nobody, NULL);
  ADD ("json", test_json, NULL);
  return g_test_run ();
}
