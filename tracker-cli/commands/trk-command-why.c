/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-commands.h"
#include "trk-error.h"
#include "trk-explanation.h"
#include "trk-index.h"
#include "trk-json-print.h"
#include "trk-paths.h"
#include "trk-plan-view.h"
#include "trk-text.h"
#include "trk-unkept.h"

/* tracker why: everything that is known of one event. */

/* How far around today an event is looked for. */
#define AROUND (14 * 24 * TRK_HOUR)

typedef struct
{
  TrkPlanView plan;
  GPtrArray *cancelled; /* of TrkOccurrence; NULL: not asked for */
  GPtrArray *entries, *gaps, *notices;
  TrkInstant kept_since;
} Sources;

static void
sources_clear (Sources *sources)
{
  trk_plan_view_clear (&sources->plan);
  g_clear_pointer (&sources->cancelled, g_ptr_array_unref);
  g_clear_pointer (&sources->entries, g_ptr_array_unref);
  g_clear_pointer (&sources->gaps, g_ptr_array_unref);
  g_clear_pointer (&sources->notices, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Sources, sources_clear)

static gboolean
load (TrkSession *session, TrkPeriod period, Sources *sources, GError **error)
{
  TrkStore *store;

  if (!trk_plan_view_load (&sources->plan, session, period, error))
    return FALSE;
  store = trk_session_store (session, TRK_STORE_READ, NULL); /* opened for the plan */
  sources->kept_since = TRK_NEVER;
  if (store == NULL)
    {
      sources->entries = g_ptr_array_new ();
      sources->gaps = g_ptr_array_new ();
      sources->notices = g_ptr_array_new ();
      return TRUE;
    }
  sources->entries = trk_unkept_end (store, trk_store_entries (store, period, error), error);
  if (sources->entries != NULL)
    sources->gaps = trk_store_gaps (store, period, error);
  if (sources->gaps != NULL)
    sources->notices = trk_store_notices (store, period, error);
  return sources->notices != NULL && trk_store_first_trace (store, &sources->kept_since, error);
}

/* What the calendars have as cancelled; their index was brought up to date for the plan. */
static gboolean
load_cancelled (TrkSession *session,
                const TrkConfig *config,
                TrkPeriod period,
                Sources *sources,
                GError **error)
{
  g_autofree char *path = trk_path_index ();
  g_autoptr (TrkIndex) index = config->calendars->len > 0 ? trk_index_open (path, NULL) : NULL;

  sources->cancelled = index != NULL
                           ? trk_index_cancelled (index, period, trk_session_zone (session), error)
                           : g_ptr_array_new ();
  return sources->cancelled != NULL;
}

/* Two weeks around today, or the day that was asked for. */
static gboolean
find_period (TrkSession *session, const TrkArgs *args, TrkPeriod *period, GError **error)
{
  const char *day = trk_args_option (args, "on");
  TrkInstant now = trk_session_now (session);
  TrkSpan span;

  *period = (TrkPeriod){ now - AROUND, now + AROUND };
  return day == NULL || trk_session_when (session, day, period, &span, error);
}

static void
print_json (TrkSession *session, const TrkKnowledge *knowledge, const GPtrArray *found)
{
  g_autoptr (TrkJson) builder = trk_json_new ();

  trk_json_begin_array (builder);
  for (guint i = 0; i < found->len; i++)
    trk_explanation_to_json (g_ptr_array_index (found, i), knowledge, builder);
  trk_json_end_array (builder);
  trk_json_print (session, builder);
}

static void
print_text (TrkSession *session, const TrkKnowledge *knowledge, const GPtrArray *found)
{
  for (guint i = 0; i < found->len; i++)
    {
      g_autofree char *text = trk_explanation_to_text (g_ptr_array_index (found, i), knowledge,
                                                       trk_session_style (session));

      fprintf (trk_session_out (session), "%s%s", i > 0 ? "\n" : "", text);
    }
}

/* The events that @text means; of cancelled ones, which are in no plan, when it means no other. */
static GPtrArray *
find (TrkSession *session,
      const TrkConfig *config,
      TrkPeriod period,
      const char *text,
      TrkKnowledge *knowledge,
      Sources *sources,
      GError **error)
{
  g_autoptr (GPtrArray) found = trk_explanations_find (knowledge, text);

  if (found->len > 0)
    return g_steal_pointer (&found);
  if (!load_cancelled (session, config, period, sources, error))
    return NULL;
  knowledge->occurrences = sources->cancelled;
  return trk_explanations_find (knowledge, text);
}

/* In its place: the input points to its almanac. */
static void
set_knowledge (TrkKnowledge *knowledge,
               TrkSession *session,
               const TrkConfig *config,
               const Sources *sources)
{
  *knowledge = (TrkKnowledge){
    .now = trk_session_now (session),
    .almanac = trk_session_almanac (session),
    .input = trk_schedule_plan_input (config, &knowledge->almanac),
    .occurrences = sources->plan.occurrences,
    .records = sources->plan.records,
    .squeezed = sources->plan.squeezed,
    .entries = sources->entries,
    .gaps = sources->gaps,
    .notices = sources->notices,
    .kept_since = sources->kept_since,
  };
}

static void
set_not_found (const char *text, gboolean on_a_day, GError **error)
{
  g_autofree char *shown = trk_text_line (text, 60);

  g_set_error (error, TRK_ERROR, TRK_ERROR_NOT_FOUND,
               "no event is '%s' %s. To see what there is: tracker agenda -14d..+14d", shown,
               on_a_day ? "then" : "within two weeks of today");
}

static gboolean
run (TrkSession *session, const TrkArgs *args, GError **error)
{
  g_autofree char *text = trk_args_join (args, 0);
  TrkConfig *config = trk_session_config (session, error);
  g_auto (Sources) sources = { 0 };
  g_autoptr (GPtrArray) found = NULL;
  TrkKnowledge knowledge;
  TrkPeriod period;

  if (config == NULL || !find_period (session, args, &period, error)
      || !load (session, period, &sources, error))
    return FALSE;
  set_knowledge (&knowledge, session, config, &sources);
  found = find (session, config, period, text, &knowledge, &sources, error);
  if (found == NULL)
    return FALSE;
  if (found->len == 0)
    {
      set_not_found (text, trk_args_has (args, "on"), error);
      return FALSE;
    }
  if (trk_session_json (session))
    print_json (session, &knowledge, found);
  else
    print_text (session, &knowledge, found);
  return TRUE;
}

static const TrkOption options[] = {
  { "on", 'o', "WHEN", "Look on that day or in that period: yesterday, 2026-11-23" },
  TRK_OPTION_JSON,
  { NULL },
};

const TrkCommand trk_commands_why[] = {
  { "why", "EVENT", 1, G_MAXUINT, "Tell why an event is planned as it is and what became of it",
    "EVENT is a part of its title, a moment (10:00, tue 14:00) or the ID that tracker agenda "
    "--json gives. Of a title today's events are meant, else the nearest one within two weeks; "
    "--on looks elsewhere. One that the calendar has as cancelled is told where no other is "
    "meant.\n\n"
    "Told are: what decided its kind, or why it makes no block, and the rule that would make an "
    "all-day event time off; in which days it lies when it crosses start_of_day; what it gave way "
    "to; the notices "
    "and who showed them; the time that was kept and why it started and ended; its outcome.\n\n"
    "JSON: an array of start, end, id, title, calendar, all_day, makes_block, kind, why, "
    "to_make_it_off (the rule that would, of an all-day event without a block, or null), pieces "
    "(start, end, days: day and seconds of the part in it, id, snoozed_to, extended_to, "
    "started_early_at, left_at, outcome, outcome_reason, "
    "note, in_calendar), squeezed_by (start, end, "
    "with what beside it was too short to keep, id, title, whole, owed, duplicate), rest (the "
    "absence by which a break was taken, or null), notices (at, shown, kind, title, reason, "
    "backend), "
    "entries (start, end, number, evidence, start_reason, end_reason), gaps (start, end, reason, "
    "answer).",
    options, run },
  { NULL },
};
