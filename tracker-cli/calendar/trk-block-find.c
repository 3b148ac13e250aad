/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-block-find.h"

#include "trk-block-maker.h"
#include "trk-error.h"
#include "trk-format.h"
#include "trk-paths.h"
#include "trk-renamed.h"
#include "trk-schedule.h"
#include "trk-text.h"
#include "trk-when.h"

#include <string.h>

#define DAY (24 * TRK_HOUR)
#define AHEAD (28 * DAY)

enum
{
  MAX_TITLE = 60
};

/* -- Which block ------------------------------------------------------------------------------- */

typedef struct
{
  const char *text;
  const char *folded; /* of the text */
  gboolean has_moment;
  TrkInstant moment;
  GHashTable *logged; /* occurrence → the ID under which the log has it, where that is another */
} Wanted;

typedef gboolean (*Matches) (const TrkOccurrence *occurrence, const Wanted *wanted);

static gboolean
has_id (const TrkOccurrence *occurrence, const Wanted *wanted)
{
  g_autofree char *id = trk_block_id_for (occurrence);
  const char *logged = g_hash_table_lookup (wanted->logged, occurrence);

  return trk_block_id_is_of (wanted->text, id)
         || (logged != NULL && trk_block_id_is_of (wanted->text, logged));
}

static gboolean
starts_then (const TrkOccurrence *occurrence, const Wanted *wanted)
{
  return wanted->has_moment && occurrence->period.start == wanted->moment;
}

static gboolean
is_then (const TrkOccurrence *occurrence, const Wanted *wanted)
{
  return wanted->has_moment && !occurrence->all_day
         && trk_period_contains (occurrence->period, wanted->moment);
}

static char *
folded_title (const TrkOccurrence *occurrence)
{
  g_autofree char *line = trk_text_line (occurrence->summary, 0);

  return trk_text_folded (line);
}

static gboolean
has_title (const TrkOccurrence *occurrence, const Wanted *wanted)
{
  g_autofree char *title = folded_title (occurrence);

  return g_str_equal (title, wanted->folded);
}

static gboolean
holds_title (const TrkOccurrence *occurrence, const Wanted *wanted)
{
  g_autofree char *title = folded_title (occurrence);

  return strstr (title, wanted->folded) != NULL;
}

/* Those of @all in @period that the first way finds which finds any. */
static GPtrArray *
matching (const GPtrArray *all, const Wanted *wanted, TrkPeriod period)
{
  static const Matches ways[] = { has_id, starts_then, is_then, has_title, holds_title };
  GPtrArray *found = g_ptr_array_new ();

  for (guint way = 0; way < G_N_ELEMENTS (ways) && found->len == 0; way++)
    for (guint i = 0; i < all->len; i++)
      if (trk_occurrence_is_in (g_ptr_array_index (all, i), period)
          && ways[way](g_ptr_array_index (all, i), wanted))
        g_ptr_array_add (found, g_ptr_array_index (all, i));
  return found;
}

/* The next that is not over, else the last. */
static const TrkOccurrence *
nearest (const GPtrArray *found, TrkInstant now)
{
  for (guint i = 0; i < found->len; i++)
    if (((const TrkOccurrence *) g_ptr_array_index (found, i))->period.end > now)
      return g_ptr_array_index (found, i);
  return g_ptr_array_index (found, found->len - 1);
}

/* Could another event be meant as well as @one? */
static gboolean
is_rival (const TrkOccurrence *one, const TrkOccurrence *other)
{
  return !g_str_equal (one->summary, other->summary)
         || (one != other && one->period.start == other->period.start);
}

static char *
description (TrkSession *session, const TrkOccurrence *occurrence)
{
  TrkAlmanac almanac = trk_session_almanac (session);
  TrkDay today = trk_almanac_day (&almanac, trk_session_now (session));
  g_autofree char *title = trk_text_line (occurrence->summary, MAX_TITLE);
  g_autofree char *at = trk_format_moment (&almanac, occurrence->period.start, today);
  g_autofree char *id = trk_block_id_for (occurrence);
  g_autofree char *shown = trk_text_line (id, 0);

  return g_strdup_printf ("%s %s (%s)", title, at, shown);
}

static TrkOccurrence *
choose (TrkSession *session, const GPtrArray *found, GError **error)
{
  const TrkOccurrence *one = nearest (found, trk_session_now (session));

  for (guint i = 0; i < found->len; i++)
    {
      const TrkOccurrence *other = g_ptr_array_index (found, i);

      if (is_rival (one, other))
        {
          g_autofree char *a = description (session, one);
          g_autofree char *b = description (session, other);

          g_set_error (error, TRK_ERROR, TRK_ERROR_USAGE,
                       "that may be more than one: %s or %s; say more of the title, or the ID", a,
                       b);
          return NULL;
        }
    }
  return trk_occurrence_ref ((TrkOccurrence *) one);
}

static GPtrArray *
load (TrkSession *session, TrkPeriod period, GError **error)
{
  TrkConfig *config = trk_session_config (session, error);
  g_autofree char *index_path = trk_path_index ();
  g_autoptr (GPtrArray) warnings = g_ptr_array_new_with_free_func (g_free);
  GPtrArray *occurrences;

  if (config == NULL)
    return NULL;
  occurrences = trk_schedule_occurrences (config, index_path, period, trk_session_zone (session),
                                          trk_session_now (session), warnings, error);
  for (guint i = 0; i < warnings->len; i++)
    trk_session_warn (session, "%s", (const char *) g_ptr_array_index (warnings, i));
  return occurrences;
}

/* What began goes on in the log, and in all that shows it, under the ID that it had, also when its
 * event got another since. A log that cannot be read knows of none. */
static GHashTable *
logged_ids (TrkSession *session, const GPtrArray *all, TrkPeriod period)
{
  GHashTable *ids = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  TrkStore *store = trk_session_store (session, TRK_STORE_READ, NULL);
  TrkConfig *config = trk_session_config (session, NULL);
  const TrkAlmanac almanac = trk_session_almanac (session);
  g_autoptr (GPtrArray) records = store != NULL ? trk_store_blocks (store, period, NULL) : NULL;
  g_autoptr (GPtrArray) blocks = g_ptr_array_new_with_free_func ((GDestroyNotify) trk_block_unref);
  const TrkPlanInput input = trk_schedule_plan_input (config, &almanac);

  if (records == NULL)
    return ids;
  for (guint i = 0; i < all->len; i++)
    g_ptr_array_add (blocks, trk_block_make (all->pdata[i], &input));
  trk_renamed_take_ids (blocks, records);
  for (guint i = 0; i < all->len; i++)
    {
      const TrkBlock *block = blocks->pdata[i];
      g_autofree char *id = trk_block_id_for (all->pdata[i]);

      if (block != NULL && !g_str_equal (block->id, id))
        g_hash_table_insert (ids, all->pdata[i], g_strdup (block->id));
    }
  return ids;
}

/* In @dates, and only when nothing is there in @period. */
static TrkOccurrence *
find_in (TrkSession *session, Wanted *wanted, TrkPeriod dates, TrkPeriod period, GError **error)
{
  TrkPeriod both = { MIN (dates.start, period.start), MAX (dates.end, period.end) };
  g_autoptr (GPtrArray) all = load (session, both, error);
  g_autoptr (GHashTable) logged = all != NULL ? logged_ids (session, all, both) : NULL;
  g_autoptr (GPtrArray) first = NULL;
  g_autoptr (GPtrArray) then = NULL;
  g_autofree char *shown = trk_text_line (wanted->text, MAX_TITLE);

  if (all == NULL)
    return NULL;
  wanted->logged = logged;
  first = matching (all, wanted, dates);
  then = matching (all, wanted, period);
  if (first->len > 0 || then->len > 0)
    return choose (session, first->len > 0 ? first : then, error);
  g_set_error (error, TRK_ERROR, TRK_ERROR_NOT_FOUND,
               "no event is '%s' then (the next four weeks, or --on). To see what there is: "
               "tracker agenda +28d",
               shown);
  return NULL;
}

/* @text with "next" before each of its days: what it means when it is about what is to come. No
 * WHEN unless @text has nothing but bare weekdays. */
static char *
coming_text (const char *text)
{
  g_auto (GStrv) days = g_strsplit (text, "..", 2);
  g_autofree char *joined = g_strjoinv ("..next ", days);

  return g_strconcat ("next ", joined, NULL);
}

/* @on for a change of the plan: bare weekdays that are over are those of next week. */
static gboolean
period_on (TrkSession *session, const char *on, TrkPeriod today, TrkPeriod *period, GError **error)
{
  g_autofree char *coming = coming_text (on);
  TrkSpan span;

  if (!trk_session_when (session, on, period, &span, error))
    return FALSE;
  if (period->end <= today.start)
    trk_session_when (session, coming, period, &span, NULL);
  return TRUE;
}

/* From today on for four weeks, or @on. */
static gboolean
period_of (TrkSession *session, const char *on, TrkPeriod *period, GError **error)
{
  TrkAlmanac almanac = trk_session_almanac (session);
  TrkInstant now = trk_session_now (session);
  TrkPeriod today = trk_almanac_day_period (&almanac, trk_almanac_day (&almanac, now));

  *period = (TrkPeriod){ today.start, MAX (today.end, now + AHEAD) };
  return on == NULL || period_on (session, on, today, period, error);
}

/* A date is that of the calendar, too, as it is for what is put on it: its small hours belong to
 * the day before only where days are lived. FALSE: @on is no date. */
static gboolean
dates_of (TrkSession *session, const char *on, TrkPeriod *dates)
{
  TrkAlmanac almanac = trk_session_almanac (session);

  return on != NULL && trk_when_parse_dates (on, &almanac, trk_session_now (session), dates);
}

/* The moment that @text says, if it says one: a bare weekday before today is that of next week. */
static void
read_moment (TrkSession *session, const char *text, Wanted *wanted)
{
  TrkAlmanac almanac = trk_session_almanac (session);
  TrkInstant now = trk_session_now (session);
  TrkPeriod today = trk_almanac_day_period (&almanac, trk_almanac_day (&almanac, now));
  g_autofree char *coming = coming_text (text);

  wanted->has_moment = trk_when_parse_instant (text, &almanac, now, &wanted->moment, NULL);
  if (wanted->has_moment && wanted->moment < today.start)
    trk_when_parse_instant (coming, &almanac, now, &wanted->moment, NULL);
}

GPtrArray *
trk_block_writable (TrkSession *session, const char *on, GError **error)
{
  TrkConfig *config = trk_session_config (session, error);
  TrkPeriod period, dates;
  GPtrArray *all = NULL;

  if (config != NULL && period_of (session, on, &period, error))
    {
      if (dates_of (session, on, &dates))
        period.start = MIN (period.start, dates.start);
      all = load (session, period, error);
    }
  for (guint i = all != NULL ? all->len : 0; i > 0; i--)
    {
      const TrkOccurrence *occurrence = g_ptr_array_index (all, i - 1);
      const TrkCalendar *calendar = trk_config_calendar (config, occurrence->calendar);

      if (calendar == NULL || !calendar->writable || calendar->url != NULL)
        g_ptr_array_remove_index (all, i - 1);
    }
  return all;
}

TrkOccurrence *
trk_block_find (TrkSession *session, const char *text, const char *on, GError **error)
{
  TrkPeriod period, dates;
  g_autofree char *valid = trk_text_line (text, 0);
  g_autofree char *folded = trk_text_folded (valid);
  Wanted wanted = { .text = text, .folded = folded };

  if (*valid == '\0')
    {
      g_set_error_literal (error, TRK_ERROR, TRK_ERROR_USAGE,
                           "say which block: a part of its title, its time or its ID");
      return NULL;
    }
  if (!period_of (session, on, &period, error))
    return NULL;
  read_moment (session, valid, &wanted);
  if (wanted.has_moment && on == NULL)
    period.start = MIN (period.start, wanted.moment - DAY);
  if (wanted.has_moment && on == NULL)
    period.end = MAX (period.end, wanted.moment + DAY);
  if (!dates_of (session, on, &dates))
    dates = period;
  return find_in (session, &wanted, dates, period, error);
}

/* -- When -------------------------------------------------------------------------------------- */

gboolean
trk_block_moment (TrkSession *session, const char *text, TrkInstant *moment, GError **error)
{
  TrkAlmanac almanac = trk_session_almanac (session);
  TrkInstant now = trk_session_now (session);
  g_autofree char *next = coming_text (text);

  if (!trk_when_parse_instant (text, &almanac, now, moment, error))
    return FALSE;
  if (*moment < now)
    trk_when_parse_instant (next, &almanac, now, moment, NULL);
  return TRUE;
}

/* Does @text say a time of day alone? Then it means another moment on every day. */
static gboolean
is_time_of_day (const TrkAlmanac *almanac, TrkInstant now, const char *text)
{
  TrkInstant one, other;
  TrkLocal a, b;

  if (!g_ascii_isdigit (*text) || !trk_when_parse_instant (text, almanac, now, &one, NULL)
      || !trk_when_parse_instant (text, almanac, now + 3 * DAY + TRK_MINUTE, &other, NULL))
    return FALSE;
  a = trk_zone_local (almanac->zone, one);
  b = trk_zone_local (almanac->zone, other);
  return b.day - a.day == 3 && a.time == b.time;
}

gboolean
trk_block_moment_of (TrkSession *session,
                     const TrkOccurrence *occurrence,
                     const char *text,
                     TrkInstant *moment,
                     GError **error)
{
  TrkAlmanac almanac = trk_session_almanac (session);

  if (!is_time_of_day (&almanac, trk_session_now (session), text))
    return trk_block_moment (session, text, moment, error);
  return trk_when_parse_instant (text, &almanac, occurrence->period.start, moment, error);
}

/* 0 Monday … 6; -1: none. Two letters are enough. */
static int
weekday_of (const char *word)
{
  static const char *const names[] = { "monday", "tuesday",  "wednesday", "thursday",
                                       "friday", "saturday", "sunday" };
  g_autofree char *lower = g_ascii_strdown (word, -1);

  for (int i = 0; i < (int) G_N_ELEMENTS (names); i++)
    if (strlen (lower) >= 2 && g_str_has_prefix (names[i], lower))
      return i;
  return -1;
}

/* "wed" or "mon-fri". */
static gboolean
add_weekdays (const char *word, guint *weekdays)
{
  g_auto (GStrv) ends = g_strsplit (word, "-", 2);
  int first = weekday_of (ends[0]);
  int last = ends[1] != NULL ? weekday_of (ends[1]) : first;

  if (first < 0 || last < 0)
    return FALSE;
  for (int day = first;; day = (day + 1) % 7)
    {
      *weekdays |= 1u << day;
      if (day == last)
        return TRUE;
    }
}

gboolean
trk_block_weekdays (const char *text, guint *weekdays, GError **error)
{
  g_auto (GStrv) words = g_strsplit_set (text, ", ", -1);
  g_autofree char *shown = NULL;
  gboolean good = TRUE;

  *weekdays = 0;
  for (char **word = words; good && *word != NULL; word++)
    good = **word == '\0' || add_weekdays (*word, weekdays);
  if (good && *weekdays != 0)
    return TRUE;
  shown = trk_text_line (text, 40);
  g_set_error (error, TRK_ERROR, TRK_ERROR_USAGE,
               "--weekly: '%s' is no list of weekdays: mon,wed or mon-fri", shown);
  return FALSE;
}
