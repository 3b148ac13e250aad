/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-history-why.h"

#include "trk-asked.h"
#include "trk-error.h"
#include "trk-format.h"
#include "trk-json-print.h"
#include "trk-plan-view.h"
#include "trk-text.h"
#include "trk-told.h"

#include <string.h>

/* How far around today a block is looked for by its name. */
#define AROUND (14 * 24 * TRK_HOUR)

typedef struct
{
  TrkPeriod period;    /* whose blocks are meant, or are looked through */
  gboolean has_moment; /* those at this moment */
  TrkInstant moment;
  char *folded; /* those with that in their title (owned) (nullable) */
  const char *id;
} Wanted;

static void
wanted_clear (Wanted *wanted)
{
  g_clear_pointer (&wanted->folded, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Wanted, wanted_clear)

/* "10:00" is a moment, "mon" a day, and all else a name. */
static gboolean
understand (TrkSession *session, const char *what, Wanted *wanted, GError **error)
{
  TrkAlmanac almanac = trk_session_almanac (session);
  TrkInstant now = trk_session_now (session);
  g_autofree char *valid = g_utf8_make_valid (what, -1);
  g_autoptr (GError) none = NULL;
  TrkSpan span;

  wanted->id = what;
  if (*what == '\0' || trk_session_when (session, what, &wanted->period, &span, &none))
    return *what != '\0' || trk_session_when (session, NULL, &wanted->period, &span, error);
  wanted->has_moment = trk_when_parse_instant (valid, &almanac, now, &wanted->moment, NULL);
  if (wanted->has_moment)
    {
      wanted->period = (TrkPeriod){ wanted->moment, wanted->moment + 1 };
      return TRUE;
    }
  wanted->period = (TrkPeriod){ now - AROUND, now + AROUND };
  wanted->folded = trk_text_folded (valid);
  return TRUE;
}

static gboolean
is_wanted (const Wanted *wanted, const TrkBlock *block)
{
  g_autofree char *title = NULL;

  if (wanted->folded == NULL || strcmp (block->id, wanted->id) == 0)
    return TRUE;
  title = trk_text_folded (block->title);
  return strstr (title, wanted->folded) != NULL;
}

/* -- What was asked without a block ----------------------------------------------------------- */

/* A day means all that was asked in it; a moment or a name means a time that was kept by hand. */
static gboolean
is_meant (const Wanted *wanted, const GPtrArray *entries, TrkInstant at)
{
  if (!wanted->has_moment && wanted->folded == NULL)
    return TRUE;
  for (guint i = 0; i < entries->len; i++)
    {
      const TrkEntry *entry = g_ptr_array_index (entries, i);
      g_autofree char *title = trk_text_folded (entry->title);

      if (entry->block_id == NULL && trk_period_contains (entry->period, at)
          && (wanted->has_moment ? trk_period_contains (entry->period, wanted->moment)
                                 : strstr (title, wanted->folded) != NULL))
        return TRUE;
    }
  return FALSE;
}

/* Of TrkInterruption, by time: those of focus that was begun by hand. */
static GPtrArray *
find_by_hand (TrkSession *session, const Wanted *wanted, GError **error)
{
  TrkStore *store = trk_session_store (session, TRK_STORE_READ, NULL); /* opened for the plan */
  TrkPeriod reach = wanted->period;
  g_autoptr (GPtrArray) asked = NULL;
  g_autoptr (GPtrArray) entries = NULL;

  if (wanted->has_moment)
    reach = (TrkPeriod){ reach.start - AROUND, reach.end + AROUND };
  if (store == NULL)
    return g_ptr_array_new ();
  asked = trk_store_interruptions (store, reach, error);
  entries = asked != NULL ? trk_store_entries (store, reach, error) : NULL;
  if (entries == NULL)
    return NULL;
  for (guint i = asked->len; i > 0; i--)
    {
      const TrkInterruption *one = g_ptr_array_index (asked, i - 1);

      if (one->block_id != NULL || !is_meant (wanted, entries, one->at))
        g_ptr_array_remove_index (asked, i - 1);
    }
  return g_steal_pointer (&asked);
}

static void
print_by_hand (TrkSession *session, const GPtrArray *asked)
{
  TrkAlmanac almanac = trk_session_almanac (session);
  TrkDay today = trk_almanac_day (&almanac, trk_session_now (session));
  TrkDay shown = G_MININT32;

  for (guint i = 0; i < asked->len; i++)
    {
      const TrkInterruption *one = g_ptr_array_index (asked, i);
      TrkDay day = trk_zone_local (almanac.zone, one->at).day;
      g_autofree char *heading = trk_format_day_short (day, today);
      g_autofree char *words = trk_asked_words (one, almanac.zone);

      if (day != shown)
        trk_session_say (session, "%s  without a block", heading);
      shown = day;
      trk_session_say_indented (session, 2, words);
    }
}

static void
add_by_hand (TrkJson *json, const GPtrArray *asked)
{
  if (asked->len == 0)
    return;
  trk_json_begin_object (json);
  trk_json_string (json, "block", NULL);
  trk_json_name (json, "notices");
  trk_json_begin_array (json);
  trk_json_end_array (json);
  trk_json_name (json, "asked");
  trk_json_begin_array (json);
  for (guint i = 0; i < asked->len; i++)
    trk_asked_to_json (g_ptr_array_index (asked, i), json);
  trk_json_end_array (json);
  trk_json_end_object (json);
}

/* -- Blocks ------------------------------------------------------------------------------------ */

/* Of TrkTold for each block that is meant, by start; they borrow from @records. */
static GPtrArray *
find (TrkSession *session, const Wanted *wanted, const GPtrArray *records, GError **error)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func ((GDestroyNotify) trk_told_free);
  TrkStore *store = trk_session_store (session, TRK_STORE_READ, NULL); /* opened for the plan */

  for (guint i = 0; i < records->len; i++)
    {
      const TrkBlockRecord *record = g_ptr_array_index (records, i);
      TrkTold *told;

      if (!is_wanted (wanted, record->block))
        continue;
      told = trk_told_new (store, record, error);
      if (told == NULL)
        return NULL;
      g_ptr_array_add (found, told);
    }
  return g_steal_pointer (&found);
}

static void
print_heading (TrkSession *session, const TrkBlock *block, const TrkAlmanac *almanac, TrkDay today)
{
  g_autofree char *day =
      trk_format_day_short (trk_zone_local (almanac->zone, block->period.start).day, today);
  g_autofree char *span = trk_format_span (almanac->zone, block->period);
  g_autofree char *heading =
      g_strdup_printf ("%s %s  %s %s", day, span, trk_kind_to_string (block->kind), block->title);

  trk_session_say_indented (session, 0, heading);
}

static void
print_one (TrkSession *session, const TrkTold *told)
{
  TrkAlmanac almanac = trk_session_almanac (session);
  TrkInstant now = trk_session_now (session);
  g_autofree char *why_not = trk_told_why_not (told, &almanac, now);

  print_heading (session, told->record->block, &almanac, trk_almanac_day (&almanac, now));
  if (why_not != NULL)
    {
      g_autofree char *words = g_strconcat ("its start was not told: ", why_not, NULL);

      trk_session_say_indented (session, 2, words);
    }
  for (guint i = 0; i < told->notices->len; i++)
    {
      g_autofree char *words = trk_told_notice_words (g_ptr_array_index (told->notices, i),
                                                      told->record->block, almanac.zone);

      trk_session_say_indented (session, 2, words);
    }
  for (guint i = 0; i < told->asked->len; i++)
    {
      g_autofree char *words = trk_asked_words (g_ptr_array_index (told->asked, i), almanac.zone);

      trk_session_say_indented (session, 2, words);
    }
}

static void
print (TrkSession *session, const GPtrArray *found, const GPtrArray *by_hand)
{
  TrkAlmanac almanac = trk_session_almanac (session);
  g_autoptr (TrkJson) json = trk_json_new ();

  trk_json_begin_array (json);
  for (guint i = 0; i < found->len; i++)
    if (trk_session_json (session))
      trk_told_to_json (g_ptr_array_index (found, i), &almanac, trk_session_now (session), json);
    else
      print_one (session, g_ptr_array_index (found, i));
  add_by_hand (json, by_hand);
  trk_json_end_array (json);
  if (trk_session_json (session))
    trk_json_print (session, json);
  else
    print_by_hand (session, by_hand);
}

/* Nothing was planned then: that is the answer, when it was asked for a day or a moment. */
static gboolean
say_none (TrkSession *session, const Wanted *wanted, const char *what, GError **error)
{
  g_autofree char *shown = trk_text_line (*what != '\0' ? what : "today", 60);

  if (wanted->folded == NULL && !trk_session_json (session))
    {
      trk_session_say (session, "Nothing was planned: %s.", shown);
      return TRUE;
    }
  if (wanted->folded == NULL)
    {
      g_autoptr (GPtrArray) none = g_ptr_array_new ();

      print (session, none, none);
      return TRUE;
    }
  g_set_error (error, TRK_ERROR, TRK_ERROR_NOT_FOUND,
               "no block is '%s' within two weeks of today, and it is no day and no time", shown);
  return FALSE;
}

gboolean
trk_history_why (TrkSession *session, const char *what, GError **error)
{
  g_auto (Wanted) wanted = { 0 };
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (GPtrArray) by_hand = NULL;

  if (!understand (session, what, &wanted, error))
    return FALSE;
  records = trk_plan_records (session, wanted.period, error);
  if (records == NULL)
    return FALSE;
  found = find (session, &wanted, records, error);
  by_hand = found != NULL ? find_by_hand (session, &wanted, error) : NULL;
  if (by_hand == NULL)
    return FALSE;
  if (found->len + by_hand->len == 0)
    return say_none (session, &wanted, what, error);
  print (session, found, by_hand);
  return TRUE;
}
