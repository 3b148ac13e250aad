/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-agenda.h"
#include "trk-json-reader.h"
#include "trk-policy.h"
#include "trk-text.h"

#include <string.h>

/* 2026-11-23 00:00 UTC, a Monday. */
#define DAY_START ((TrkInstant) 1795392000 * TRK_SECOND)
#define AT(hour, minute) (DAY_START + (hour) *TRK_HOUR + (minute) *TRK_MINUTE)

/* A day as it might have gone, and what the agenda says of it. */
typedef struct
{
  GPtrArray *occurrences, *records, *entries, *gaps, *squeezed;
  TrkZone *zone;
  TrkAgenda agenda;
} Fixture;

static void
add_event (Fixture *f, const char *uid, const char *kind, TrkInstant start, TrkInstant end)
{
  TrkOccurrence *event = trk_occurrence_new ();

  event->calendar = g_strdup ("work");
  event->uid = g_strdup (uid);
  event->summary = g_strdup (uid);
  event->kind = g_strdup (kind);
  event->period = (TrkPeriod){ start, end };
  g_ptr_array_add (f->occurrences, event);
}

static void
plan (Fixture *f, TrkPeriod period)
{
  TrkPolicies policies;
  TrkPlanInput input = { .policies = &policies };
  g_autoptr (TrkPlan) planned = NULL;

  trk_policies_init (&policies);
  planned = trk_plan_new (f->occurrences, period, &input);
  for (guint i = 0; i < planned->blocks->len; i++)
    g_ptr_array_add (f->records,
                     trk_block_record_new (g_ptr_array_index (planned->blocks, i), NULL));
  for (guint i = 0; i < planned->squeezed->len; i++)
    g_ptr_array_add (f->squeezed, trk_squeeze_ref (g_ptr_array_index (planned->squeezed, i)));
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

static void
settle (Fixture *f, const char *id, TrkOutcome outcome, TrkReason reason)
{
  state_of (f, id)->outcome = outcome;
  state_of (f, id)->outcome_reason = reason;
}

static void
add_entry (Fixture *f, const char *block, const char *title, TrkInstant start, TrkInstant end)
{
  TrkEntry *entry = trk_entry_new ();

  entry->block_id = g_strdup (block);
  entry->title = g_strdup (title);
  entry->kind = TRK_KIND_FOCUS;
  entry->period = (TrkPeriod){ start, end };
  g_ptr_array_add (f->entries, entry);
}

static void
add_gap (Fixture *f, const char *block, TrkReason reason, TrkInstant start, TrkInstant end)
{
  TrkGap *gap = trk_gap_new ();

  gap->block_id = g_strdup (block);
  gap->reason = reason;
  gap->period = (TrkPeriod){ start, end };
  g_ptr_array_add (f->gaps, gap);
}

static void
set_up (Fixture *f, gconstpointer data)
{
  f->occurrences = g_ptr_array_new_with_free_func ((GDestroyNotify) trk_occurrence_unref);
  f->records = g_ptr_array_new_with_free_func ((GDestroyNotify) trk_block_record_free);
  f->entries = g_ptr_array_new_with_free_func ((GDestroyNotify) trk_entry_free);
  f->gaps = g_ptr_array_new_with_free_func ((GDestroyNotify) trk_gap_free);
  f->squeezed = g_ptr_array_new_with_free_func ((GDestroyNotify) trk_squeeze_unref);
  f->zone = trk_zone_new_utc ();
  f->agenda = (TrkAgenda){
    .almanac = { f->zone, TRK_DEFAULT_START_OF_DAY, 1 },
    .now = AT (14, 12),
    .period = { AT (4, 0), AT (28, 0) },
    .records = f->records,
    .entries = f->entries,
    .gaps = f->gaps,
    .squeezed = f->squeezed,
  };
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  trk_agenda_clear (&f->agenda);
  g_ptr_array_unref (f->occurrences);
  g_ptr_array_unref (f->records);
  g_ptr_array_unref (f->entries);
  g_ptr_array_unref (f->gaps);
  g_ptr_array_unref (f->squeezed);
  trk_zone_unref (f->zone);
}

static void
live_a_day (Fixture *f)
{
  add_event (f, "Plan the day", "routine", AT (8, 30), AT (9, 0));
  add_event (f, "Payment retries", "focus", AT (9, 0), AT (10, 30));
  add_event (f, "Code review", "shallow", AT (10, 30), AT (11, 0));
  add_event (f, "Away from the screen", "break", AT (11, 0), AT (11, 15));
  add_event (f, "Query optimisation", "focus", AT (11, 15), AT (12, 45));
  add_event (f, "Incident call", "meeting", AT (12, 2), AT (12, 45));
  add_event (f, "Lunch walk", "break", AT (14, 10), AT (14, 30));
  add_event (f, "Team meeting", "meeting", AT (14, 0), AT (15, 0));
  add_event (f, "Unit tests", "focus", AT (15, 0), AT (16, 30));
  add_event (f, "Disconnect", "off", AT (18, 0), AT (24, 0));
  ((TrkOccurrence *) g_ptr_array_index (f->occurrences, 7))->link =
      g_strdup ("https://meet.example.org/abc");
  plan (f, f->agenda.period);

  settle (f, "work/Plan the day", TRK_OUTCOME_DONE, TRK_REASON_BLOCK_END);
  settle (f, "work/Payment retries", TRK_OUTCOME_DONE, TRK_REASON_BLOCK_END);
  settle (f, "work/Code review", TRK_OUTCOME_SKIPPED, TRK_REASON_SKIP);
  state_of (f, "work/Code review")->note = g_strdup ("nothing to review");
  settle (f, "work/Away from the screen", TRK_OUTCOME_DONE, TRK_REASON_AWAY);
  settle (f, "work/Query optimisation", TRK_OUTCOME_PARTIAL, TRK_REASON_BLOCK_END);
  settle (f, "work/Incident call", TRK_OUTCOME_MISSED, TRK_REASON_LATE);

  add_entry (f, "work/Plan the day", "Plan the day", AT (8, 30), AT (8, 54));
  add_entry (f, "work/Payment retries", "Payment retries", AT (9, 4), AT (10, 5));
  add_entry (f, "work/Payment retries", "Payment retries", AT (10, 12), AT (10, 30));
  add_gap (f, "work/Payment retries", TRK_REASON_AWAY, AT (10, 5), AT (10, 12));
  add_entry (f, "work/Query optimisation", "Query optimisation", AT (11, 15), AT (12, 2));
  add_entry (f, NULL, "Fix login", AT (13, 0), AT (13, 20));
  add_entry (f, NULL, "Fix login", AT (13, 30), AT (13, 53));
  add_entry (f, "work/Team meeting", "Team meeting", AT (14, 0), TRK_NEVER);
}

static void
assert_text (Fixture *f, const TrkStyle *style, gboolean why, const char *expected)
{
  g_autofree char *text = NULL;

  trk_agenda_fill (&f->agenda);
  text = trk_agenda_to_text (&f->agenda, style, why);
  g_assert_cmpstr (text, ==, expected);
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
    "Monday 23 November                                     plan actual\n"
    " 08:30 routine   Plan the day                          0:30   0:24  ✓\n"
    " 09:00 focus     Payment retries                       1:30   1:19  ✓ +4 late, away "
    "10:05–10:12\n"
    " 10:30 shallow   Code review                           0:30      –  – skipped: nothing to "
    "review\n"
    " 11:00 break     Away from the screen                  0:15      –  ✓ away\n"
    " 11:15 focus     Query optimisation                    0:47   0:47  ◐ cut 12:02–12:45 by "
    "Incident call\n"
    " 12:02 meeting   Incident call                         0:43      –  ✗ missed\n"
    "▶14:00 meeting   Team meeting  (meet.example.org/abc)  1:00   0:12  … 48 min left\n"
    " 15:00 focus     Unit tests                            1:30      –\n"
    " 18:00 off       Disconnect\n"
    " 13:00 unplanned Fix login                                –   0:43\n"
    "1 squeezed: Lunch walk (by Team meeting) — tracker agenda --why\n" },
  { "eighty-columns",
    { .columns = 80, .unicode = TRUE, .colour = FALSE },
    FALSE,
    "Monday 23 November                     plan actual\n"
    " 08:30 routine   Plan the day          0:30   0:24  ✓\n"
    " 09:00 focus     Payment retries       1:30   1:19  ✓ +4 late, away 10:05–10:12\n"
    " 10:30 shallow   Code review           0:30      –  – skipped: nothing to review\n"
    " 11:00 break     Away from the screen  0:15      –  ✓ away\n"
    " 11:15 focus     Query optimisation    0:47   0:47  ◐ cut 12:02–12:45 by Incide…\n"
    " 12:02 meeting   Incident call         0:43      –  ✗ missed\n"
    "▶14:00 meeting   Team meeting          1:00   0:12  … 48 min left\n"
    " 15:00 focus     Unit tests            1:30      –\n"
    " 18:00 off       Disconnect\n"
    " 13:00 unplanned Fix login                –   0:43\n"
    "1 squeezed: Lunch walk (by Team meeting) — tracker agenda --why\n" },
  { "narrow",
    { .columns = 50, .unicode = TRUE, .colour = FALSE },
    FALSE,
    "Monday 23 November               plan actual\n"
    " 08:30 routine   Plan the day    0:30   0:24  ✓\n"
    " 09:00 focus     Payment retri…  1:30   1:19  ✓\n"
    "                 +4 late, away 10:05–10:12\n"
    " 10:30 shallow   Code review     0:30      –  –\n"
    "                 skipped: nothing to review\n"
    " 11:00 break     Away from the…  0:15      –  ✓\n"
    "                 away\n"
    " 11:15 focus     Query optimis…  0:47   0:47  ◐\n"
    "                 cut 12:02–12:45 by Incident call\n"
    " 12:02 meeting   Incident call   0:43      –  ✗\n"
    "                 missed\n"
    "▶14:00 meeting   Team meeting    1:00   0:12  …\n"
    "                 48 min left\n"
    " 15:00 focus     Unit tests      1:30      –\n"
    " 18:00 off       Disconnect\n"
    " 13:00 unplanned Fix login          –   0:43\n"
    "1 squeezed: Lunch walk (by Team meeting) — tracker agenda --why\n" },
  { "plain-ascii",
    { .columns = 80, .unicode = FALSE, .colour = FALSE },
    FALSE,
    "Monday 23 November                     plan actual\n"
    " 08:30 routine   Plan the day          0:30   0:24  ok\n"
    " 09:00 focus     Payment retries       1:30   1:19  ok +4 late, away 10:05-10:12\n"
    " 10:30 shallow   Code review           0:30      -  - skipped: nothing to review\n"
    " 11:00 break     Away from the screen  0:15      -  ok away\n"
    " 11:15 focus     Query optimisation    0:47   0:47  part cut 12:02-12:45 by I...\n"
    " 12:02 meeting   Incident call         0:43      -  no missed\n"
    ">14:00 meeting   Team meeting          1:00   0:12  ... 48 min left\n"
    " 15:00 focus     Unit tests            1:30      -\n"
    " 18:00 off       Disconnect\n"
    " 13:00 unplanned Fix login                -   0:43\n"
    "1 squeezed: Lunch walk (by Team meeting) - tracker agenda --why\n" },
  { "why",
    { .columns = 110, .unicode = TRUE, .colour = FALSE },
    TRUE,
    "Monday 23 November                                     plan actual\n"
    " 08:30 routine   Plan the day                          0:30   0:24  ✓\n"
    " 09:00 focus     Payment retries                       1:30   1:19  ✓ +4 late, away "
    "10:05–10:12\n"
    " 10:30 shallow   Code review                           0:30      –  – skipped: nothing to "
    "review\n"
    " 11:00 break     Away from the screen                  0:15      –  ✓ away\n"
    " 11:15 focus     Query optimisation                    0:47   0:47  ◐ cut 12:02–12:45 by "
    "Incident call\n"
    " 12:02 meeting   Incident call                         0:43      –  ✗ missed\n"
    "▶14:00 meeting   Team meeting  (meet.example.org/abc)  1:00   0:12  … 48 min left\n"
    " 15:00 focus     Unit tests                            1:30      –\n"
    " 18:00 off       Disconnect\n"
    " 13:00 unplanned Fix login                                –   0:43\n"
    "Squeezed\n"
    " 12:02–12:45  Query optimisation was cut: Incident call (meeting goes before focus)\n"
    " 14:10–14:30  Lunch walk gave way: Team meeting (meeting goes before break), owed when it "
    "ends\n" },
  { "colour",
    { .columns = 80, .unicode = TRUE, .colour = TRUE },
    FALSE,
    "\033[1mMonday 23 November                   \033[0m  plan actual\n"
    " 08:30 routine   Plan the day          0:30   0:24  \033[32m✓\033[0m\n"
    " 09:00 \033[1;36mfocus    \033[0m Payment retries       1:30   1:19  \033[32m✓ +4 late, away "
    "10:05–10:12\033[0m\n"
    " 10:30 shallow   Code review           0:30      –  \033[2m– skipped: nothing to "
    "review\033[0m\n"
    " 11:00 \033[32mbreak    \033[0m Away from the screen  0:15      –  \033[32m✓ away\033[0m\n"
    " 11:15 \033[1;36mfocus    \033[0m Query optimisation    0:47   0:47  \033[33m◐ cut "
    "12:02–12:45 by Incide…\033[0m\n"
    " 12:02 \033[35mmeeting  \033[0m Incident call         0:43      –  \033[31m✗ missed\033[0m\n"
    "▶14:00 \033[35mmeeting  \033[0m \033[1mTeam meeting        \033[0m  1:00   0:12  … 48 min "
    "left\n"
    " 15:00 \033[1;36mfocus    \033[0m Unit tests            1:30      –\n"
    " 18:00 \033[2moff      \033[0m Disconnect\n"
    " 13:00 unplanned Fix login                –   0:43\n"
    "1 squeezed: Lunch walk (by Team meeting) — tracker agenda --why\n" },
};

static void
test_look (Fixture *f, gconstpointer data)
{
  const Look *look = data;

  live_a_day (f);
  assert_text (f, &look->style, look->why, look->expected);
}

/* No line of any width is wider than the terminal, but for the line below the day. */
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
          if (strstr (*line, "squeezed:") == NULL)
            g_assert_cmpuint (trk_text_width (*line), <=, columns);
      }
}

static void
test_days_apart (Fixture *f, gconstpointer data)
{
  TrkStyle style = { .columns = 70, .unicode = TRUE };

  add_event (f, "Night watch", "shallow", AT (23, 0), AT (29, 0));
  add_event (f, "Planning", "routine", AT (33, 0), AT (33, 30));
  f->agenda.period.end += 24 * TRK_HOUR;
  plan (f, f->agenda.period);
  /* the end of the night lies in the next day, and still belongs to its block */
  add_entry (f, "work/Night watch", "Night watch", AT (23, 0), AT (29, 0));
  f->agenda.now = AT (34, 0);
  assert_text (f, &style, FALSE,
               "Monday 23 November                   plan actual\n"
               " 23:00 shallow Night watch           6:00   6:00\n"
               "\n"
               "Tuesday 24 November                  plan actual\n"
               " 09:00 routine Planning              0:30      –\n");
}

/* What was worked before the period is another day's; the rest is not lost. */
static void
test_unplanned_over_the_border (Fixture *f, gconstpointer data)
{
  const TrkAgendaRow *row;

  add_entry (f, NULL, "Night", AT (2, 0), AT (5, 0));
  trk_agenda_fill (&f->agenda);
  g_assert_cmpuint (f->agenda.rows->len, ==, 1);
  row = g_ptr_array_index (f->agenda.rows, 0);
  g_assert_cmpint (row->actual, ==, TRK_HOUR);
  g_assert_cmpint (row->period.start, ==, AT (4, 0));
}

/* A block of the day before is not listed, and its time is not "unplanned" either. */
static void
test_block_of_the_day_before (Fixture *f, gconstpointer data)
{
  add_event (f, "Night watch", "shallow", AT (1, 0), AT (6, 0));
  plan (f, f->agenda.period);
  add_entry (f, "work/Night watch", "Night watch", AT (1, 0), AT (6, 0));
  trk_agenda_fill (&f->agenda);
  g_assert_cmpuint (f->agenda.rows->len, ==, 0);
}

/* A copy of an event is no loss: only --why tells of it. */
static void
test_copies_are_no_loss (Fixture *f, gconstpointer data)
{
  TrkStyle style = { .columns = 70, .unicode = TRUE };
  g_autofree char *why = NULL;

  add_event (f, "Lunch", "break", AT (12, 45), AT (13, 45));
  add_event (f, "Lunch", "break", AT (12, 45), AT (13, 45));
  plan (f, f->agenda.period);
  assert_text (f, &style, FALSE,
               "Monday 23 November                 plan actual\n"
               " 12:45 break Lunch                 1:00      –\n");
  why = trk_agenda_to_text (&f->agenda, &style, TRUE);
  g_assert_nonnull (strstr (why, "the same event in the calendar work"));
}

static JsonArray *
json_of (Fixture *f, JsonNode **root)
{
  g_autoptr (TrkJson) builder = trk_json_new ();

  trk_agenda_fill (&f->agenda);
  trk_agenda_to_json (&f->agenda, builder);
  *root = trk_json_read_back (builder);
  return json_node_get_array (*root);
}

static void
test_json (Fixture *f, gconstpointer data)
{
  g_autoptr (JsonNode) root = NULL;
  JsonObject *object, *other;
  JsonArray *rows;

  live_a_day (f);
  rows = json_of (f, &root);
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

/* Until when is what is asked first: it stands where no narrow line cuts it. */
static void
test_snoozed (Fixture *f, gconstpointer data)
{
  TrkStyle style = { .columns = 60, .unicode = TRUE };
  g_autofree char *text = NULL;

  live_a_day (f);
  state_of (f, "work/Unit tests")->start = AT (15, 10);
  trk_agenda_fill (&f->agenda);
  text = trk_agenda_to_text (&f->agenda, &style, FALSE);
  g_assert_nonnull (strstr (text, "Unit tests"));
  g_assert_nonnull (strstr (text, "→ 15:10\n"));
}

/* What was stopped by hand does not run, though its time is not over. */
static void
test_stopped (Fixture *f, gconstpointer data)
{
  const TrkStyle style = { .columns = 80, .unicode = TRUE };
  g_autofree char *text = NULL;

  add_event (f, "Deep work", "focus", AT (14, 0), AT (15, 0));
  plan (f, f->agenda.period);
  settle (f, "work/Deep work", TRK_OUTCOME_NONE, TRK_REASON_STOP);
  trk_agenda_fill (&f->agenda);
  text = trk_agenda_to_text (&f->agenda, &style, FALSE);
  g_assert_nonnull (strstr (text, "  stopped\n"));
  g_assert_null (strstr (text, "left"));
}

#define ADD(path, function, data)                                                                  \
  g_test_add ("/agenda/" path, Fixture, data, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (looks); i++)
    {
      g_autofree char *path = g_strconcat ("/agenda/look/", looks[i].name, NULL);

      g_test_add (path, Fixture, &looks[i], set_up, test_look, tear_down);
    }
  ADD ("every-width", test_every_width, NULL);
  ADD ("days-apart", test_days_apart, NULL);
  ADD ("unplanned-over-the-border", test_unplanned_over_the_border, NULL);
  ADD ("block-of-the-day-before", test_block_of_the_day_before, NULL);
  ADD ("copies-are-no-loss", test_copies_are_no_loss, NULL);
  ADD ("stopped", test_stopped, NULL);
  ADD ("snoozed", test_snoozed, NULL);
  ADD ("json", test_json, NULL);
  return g_test_run ();
}
