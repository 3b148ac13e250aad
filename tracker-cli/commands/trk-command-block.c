/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-block-find.h"
#include "trk-block-place.h"
#include "trk-calendar-show.h"
#include "trk-calendar-write.h"
#include "trk-commands.h"
#include "trk-duration.h"
#include "trk-error.h"
#include "trk-format.h"
#include "trk-parse.h"
#include "trk-schedule.h"
#include "trk-text.h"

/* tracker block: events of calendars that the user lets commands write. */

#define DAY (24 * TRK_HOUR)

/* -- What is said ------------------------------------------------------------------------------ */

static char *
when_text (TrkSession *session, const TrkOccurrence *occurrence, TrkPeriod period)
{
  TrkAlmanac almanac = trk_session_almanac (session);
  TrkDay today = trk_almanac_day (&almanac, trk_session_now (session));
  TrkDay first = trk_zone_local (almanac.zone, period.start).day;
  TrkDay last = trk_zone_local (almanac.zone, period.end - 1).day;
  g_autofree char *day = trk_format_day_short (first, today);
  g_autofree char *to = trk_format_day_short (last, today);
  g_autofree char *span = trk_format_span (almanac.zone, period);

  if (!occurrence->all_day)
    return g_strconcat (day, " ", span, NULL);
  return first < last ? g_strconcat (day, "–", to, NULL) : g_steal_pointer (&day);
}

static void
say (TrkSession *session,
     const char *word,
     const TrkOccurrence *occurrence,
     TrkPeriod period,
     const char *more)
{
  g_autofree char *title = trk_text_line (occurrence->summary, 200);
  g_autofree char *when = when_text (session, occurrence, period);

  trk_session_say (session, "%s %s: %s%s in %s — tracker undo takes it back", word, title, when,
                   more, occurrence->calendar);
}

/* Both times: a block that was meant by a part of its title may be another one. */
static void
say_moved (TrkSession *session, const TrkOccurrence *occurrence, TrkPeriod wanted, gboolean all)
{
  g_autofree char *title = trk_text_line (occurrence->summary, 200);
  g_autofree char *from = when_text (session, occurrence, occurrence->period);
  g_autofree char *to = when_text (session, occurrence, wanted);

  trk_session_say (session, "Moved %s: from %s to %s%s in %s — tracker undo takes it back", title,
                   from, to, all ? ", and all of its series" : "", occurrence->calendar);
}

/* -- add --------------------------------------------------------------------------------------- */

/* The day on or behind that of @moment which is one of @weekdays, at the same time of day. */
static TrkInstant
first_of (const TrkZone *zone, TrkInstant moment, guint weekdays)
{
  TrkLocal local = trk_zone_local (zone, moment);

  while (weekdays != 0 && !(weekdays & (1u << (trk_day_weekday (local.day) - 1))))
    local.day++;
  return weekdays != 0 ? trk_zone_instant (zone, local) : moment;
}

static char *
weekly_text (guint weekdays)
{
  static const char *const names[] = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };
  GString *out = g_string_new (weekdays != 0 ? ", then every " : "");
  const char *between = "";

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (weekdays & (1u << i))
      {
        g_string_append_printf (out, "%s%s", between, names[i]);
        between = ", ";
      }
  return g_string_free (out, FALSE);
}

static gboolean
time_of_words (
    TrkSession *session, const TrkArgs *args, TrkPeriod *period, guint *weekdays, GError **error)
{
  const char *at = trk_args_option (args, "at"), *length = trk_args_option (args, "for");
  const char *weekly = trk_args_option (args, "weekly");
  TrkDuration duration;

  if (at == NULL || length == NULL)
    {
      g_set_error_literal (error, TRK_ERROR, TRK_ERROR_USAGE,
                           "a block needs a time and a length: tracker block add \"Deep work\" "
                           "--at \"tue 09:00\" --for 2h");
      return FALSE;
    }
  if (!trk_block_moment (session, at, &period->start, error)
      || !trk_duration_parse (length, &duration, error)
      || (weekly != NULL && !trk_block_weekdays (weekly, weekdays, error)))
    return FALSE;
  period->start -= period->start % TRK_SECOND; /* no calendar has less */
  period->start = first_of (trk_session_zone (session), period->start, *weekdays);
  period->end = period->start + duration - duration % TRK_SECOND;
  return TRUE;
}

static gboolean
run_add (TrkSession *session, const TrkArgs *args, GError **error)
{
  g_autofree char *words = trk_args_join (args, 0);
  const char *kind = trk_args_option (args, "kind");
  g_autoptr (TrkOccurrence) occurrence = trk_occurrence_new ();
  TrkBlockIntent intent = { .act = TRK_BLOCK_ADD, .occurrence = occurrence };
  g_autofree char *more = NULL;
  const TrkCalendar *calendar;
  TrkKind its_kind;

  occurrence->summary = trk_parse_text (words, "title", error);
  if (occurrence->summary == NULL || (kind != NULL && !trk_parse_kind (kind, &its_kind, error))
      || !time_of_words (session, args, &occurrence->period, &intent.weekdays, error))
    return FALSE;
  calendar = trk_calendar_writable (session, trk_args_option (args, "calendar"), error);
  if (calendar == NULL)
    return FALSE;
  occurrence->calendar = g_strdup (calendar->name);
  occurrence->uid = g_uuid_string_random ();
  occurrence->kind = kind != NULL ? g_strdup (trk_kind_to_string (its_kind)) : NULL;
  if (!trk_calendar_write (session, calendar, &intent, error))
    return FALSE;
  more = weekly_text (intent.weekdays);
  say (session, "Added", occurrence, occurrence->period, more);
  trk_block_place_say (session, calendar->name, occurrence->uid, occurrence->period,
                       intent.weekdays != 0);
  return TRUE;
}

/* -- move and remove --------------------------------------------------------------------------- */

/* The block of the words, in a calendar that may be written. */
static TrkOccurrence *
block_of_words (TrkSession *session,
                const TrkArgs *args,
                const TrkCalendar **calendar,
                GError **error)
{
  g_autofree char *words = trk_args_join (args, 0);
  g_autoptr (TrkOccurrence) occurrence =
      trk_block_find (session, words, trk_args_option (args, "on"), error);

  if (occurrence == NULL)
    return NULL;
  *calendar = trk_calendar_writable (session, occurrence->calendar, error);
  return *calendar != NULL ? g_steal_pointer (&occurrence) : NULL;
}

static gboolean
whole_days (
    const TrkZone *zone, TrkInstant start, TrkDuration length, TrkPeriod *wanted, GError **error)
{
  TrkLocal local = { .day = trk_zone_local (zone, start).day };

  wanted->start = trk_zone_instant (zone, local);
  local.day += (TrkDay) (length / DAY);
  wanted->end = trk_zone_instant (zone, local);
  if (length % DAY == 0)
    return TRUE;
  g_set_error_literal (error, TRK_ERROR, TRK_ERROR_USAGE,
                       "this block has whole days: --for 1d, --for 2d");
  return FALSE;
}

/* Where --at and --for put the block; what is not said stays. */
static gboolean
wanted_time (TrkSession *session,
             const TrkArgs *args,
             const TrkOccurrence *occurrence,
             TrkPeriod *wanted,
             GError **error)
{
  const char *at = trk_args_option (args, "at"), *length = trk_args_option (args, "for");
  const TrkZone *zone = trk_session_zone (session);
  TrkInstant start = occurrence->period.start;
  TrkDuration duration = trk_period_length (occurrence->period);

  if (at == NULL && length == NULL)
    {
      g_set_error_literal (error, TRK_ERROR, TRK_ERROR_USAGE,
                           "say where it moves: --at \"tue 14:00\", or how long it is: --for 1h");
      return FALSE;
    }
  if (occurrence->all_day)
    duration = (trk_zone_local (zone, occurrence->period.end).day
                - trk_zone_local (zone, occurrence->period.start).day)
               * DAY;
  if ((at != NULL && !trk_block_moment_of (session, occurrence, at, &start, error))
      || (length != NULL && !trk_duration_parse (length, &duration, error)))
    return FALSE;
  if (occurrence->all_day)
    return whole_days (zone, start, duration, wanted, error);
  wanted->start = start - start % TRK_SECOND;
  wanted->end = wanted->start + duration - duration % TRK_SECOND;
  return TRUE;
}

static gboolean
run_move (TrkSession *session, const TrkArgs *args, GError **error)
{
  const TrkCalendar *calendar = NULL;
  gboolean all = trk_args_has (args, "all");
  g_autoptr (TrkOccurrence) occurrence = block_of_words (session, args, &calendar, error);
  TrkBlockIntent intent = { .occurrence = occurrence };

  if (occurrence == NULL || !wanted_time (session, args, occurrence, &intent.wanted, error))
    return FALSE;
  all = all && occurrence->recurrence_id != NULL;
  intent.act = all ? TRK_BLOCK_MOVE_ALL : TRK_BLOCK_MOVE;
  if (intent.wanted.start == occurrence->period.start
      && intent.wanted.end == occurrence->period.end)
    {
      trk_session_say (session, "It is there already.");
      return TRUE;
    }
  if (!trk_calendar_write (session, calendar, &intent, error))
    return FALSE;
  say_moved (session, occurrence, intent.wanted, all);
  if (!occurrence->all_day)
    trk_block_place_say (session, calendar->name, occurrence->uid, intent.wanted, all);
  return TRUE;
}

static gboolean
run_remove (TrkSession *session, const TrkArgs *args, GError **error)
{
  const TrkCalendar *calendar = NULL;
  gboolean all = trk_args_has (args, "all");
  g_autoptr (TrkOccurrence) occurrence = block_of_words (session, args, &calendar, error);
  TrkBlockIntent intent = { .occurrence = occurrence };

  if (occurrence == NULL)
    return FALSE;
  intent.act = all ? TRK_BLOCK_REMOVE_ALL : TRK_BLOCK_REMOVE;
  if (!trk_calendar_write (session, calendar, &intent, error))
    return FALSE;
  all = all && occurrence->recurrence_id != NULL;
  say (session, "Removed", occurrence, occurrence->period, all ? ", and all of its series" : "");
  return TRUE;
}

/* -- list -------------------------------------------------------------------------------------- */

static gboolean
is_changeable (gconstpointer data, gconstpointer unused)
{
  const TrkCalendar *calendar = data;

  return calendar->writable && calendar->url == NULL;
}

/* Nothing is listed: is there a calendar that could have had it? */
static void
say_none (TrkSession *session, const TrkConfig *config, const char *when)
{
  if (!g_ptr_array_find_with_equal_func (config->calendars, NULL, is_changeable, NULL))
    trk_session_say (session, "No calendar may be changed yet. To begin one: tracker calendar add "
                              "--writable mine ~/mine.ics");
  else
    trk_session_say (session,
                     "No calendar that may be changed has an event %s. To add one: tracker "
                     "block add \"Deep work\" --at \"tue 09:00\" --for 2h",
                     when != NULL ? "then" : "in the next four weeks");
}

/* Of the kinds that agenda and why tell, too. */
static gboolean
run_list (TrkSession *session, const TrkArgs *args, GError **error)
{
  const TrkConfig *config = trk_session_config (session, error);
  TrkAlmanac almanac;
  TrkPlanInput input;
  g_autofree char *when = trk_args_count (args) > 0 ? trk_args_join (args, 0) : NULL;
  g_autoptr (GPtrArray) blocks = config != NULL ? trk_block_writable (session, when, error) : NULL;

  if (blocks == NULL)
    return FALSE;
  almanac = trk_session_almanac (session);
  input = trk_schedule_plan_input (config, &almanac);
  if (trk_session_json (session))
    trk_calendar_show_json (session, blocks, &input);
  else if (blocks->len > 0 && !trk_args_has (args, "all"))
    trk_calendar_show_series (session, blocks, trk_session_zone (session), &input);
  else if (blocks->len > 0)
    trk_calendar_show_text (session, blocks, trk_session_zone (session), &input);
  else
    say_none (session, config, when);
  return TRUE;
}

/* -- The table --------------------------------------------------------------------------------- */

#define ON_OPTION                                                                                  \
  {                                                                                                \
    "on", 'o', "WHEN",                                                                             \
        "Look on that day (wed: the coming one) or in that period, also of the past"               \
  }
#define ALL_OPTION(what)                                                                           \
  {                                                                                                \
    "all", 'a', NULL, what                                                                         \
  }

static const TrkOption add_options[] = {
  { "at", 't', "MOMENT",
    "When it begins: \"tue 09:00\" (the next Tuesday), \"tomorrow 14:00\", 2026-11-24T09:00" },
  { "for", 'f', "LENGTH", "How long it is: 2h, 50m" },
  { "weekly", 'w', "DAYS", "Every week on these days: mon,wed or mon-fri" },
  { "calendar", 'c', "NAME", "Into this calendar; else into the only writable one" },
  { "kind", 'k', "KIND", "Its kind, whatever the rules say" },
  { NULL },
};
static const TrkOption list_options[] = {
  ALL_OPTION ("Each block of a series on a line of its own"),
  TRK_OPTION_JSON,
  { NULL },
};
static const TrkOption move_options[] = {
  { "at", 't', "MOMENT",
    "Where to: \"tue 14:00\" (the next Tuesday); a time alone is on its own day" },
  { "for", 'f', "LENGTH", "How long it is from now on" },
  ALL_OPTION ("The whole series, not this one alone"),
  ON_OPTION,
  { NULL },
};
static const TrkOption remove_options[] = {
  ALL_OPTION ("The whole series, not this one alone"),
  ON_OPTION,
  { NULL },
};

#define BLOCK_HELP                                                                                 \
  "BLOCK is a part of its title (the next one that is not over), its time, or its ID as tracker "  \
  "agenda --json gives it; it is looked for from today on for four weeks, or where --on "          \
  "says. A weekday is the coming one, today included; for one that is over, write its date or "    \
  "\"last wed\".\n\n"

const TrkCommand trk_commands_block[] = {
  { "block", "", 0, 0, "Show and change the blocks in your own calendars",
    "Lists the events of writable calendars for the next four weeks, as tracker block list does.",
    list_options, run_list },
  { "block add", "TITLE", 1, G_MAXUINT, "Put a block into a calendar",
    "A calendar is changed only when trackerd.conf says writable = yes below its [calendar NAME]. "
    "Its other events stay as they are to the byte, and tracker undo takes the change back as "
    "long as no other program has changed the file. When the new block is over already, or others "
    "take some of its time in the plan, or it of theirs, that is told.\n\n"
    " tracker block add \"Deep work\" --at \"tue 09:00\" --for 2h\n"
    " tracker block add Standup --at 09:30 --for 15m --weekly mon-fri",
    add_options, run_add },
  { "block list", "[WHEN]", 0, G_MAXUINT, "List the blocks that commands may change",
    "The events of writable calendars, from today on for four weeks or in WHEN, whose bare "
    "weekdays are the coming ones. A series is one line, with its first block in that time and how "
    "many more follow, unless --all is given. The kinds are those of the plan, as tracker agenda "
    "has them. With --json as "
    "tracker calendar show.",
    list_options, run_list },
  { "block move", "BLOCK", 1, G_MAXUINT, "Move a block in its calendar, or change its length",
    BLOCK_HELP "One of a series is moved alone, unless --all is given; where it was and where it "
               "is now are told. To move a block only for "
               "today, without a change of the calendar: tracker snooze.",
    move_options, run_move },
  { "block remove", "BLOCK", 1, G_MAXUINT, "Take a block out of its calendar",
    BLOCK_HELP "One of a series is taken out alone, unless --all is given. In a folder of "
               "calendar files, a file without events left is removed.",
    remove_options, run_remove },
  { NULL },
};
