/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-agenda.h"
#include "trk-commands.h"
#include "trk-figures.h"
#include "trk-format.h"
#include "trk-gap-left.h"
#include "trk-json-print.h"
#include "trk-plan-view.h"
#include "trk-schedule.h"
#include "trk-unkept.h"

/* tracker agenda: the plan and what became of it, side by side. */

typedef struct
{
  TrkPlanView plan;
  GPtrArray *entries, *gaps;
  TrkInstant kept_since;
} Sources;

static void
sources_clear (Sources *sources)
{
  trk_plan_view_clear (&sources->plan);
  g_clear_pointer (&sources->entries, g_ptr_array_unref);
  g_clear_pointer (&sources->gaps, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Sources, sources_clear)

/* As far as the blocks of work reach: what was worked on one that crosses the period's border
 * counts for what became of it. */
static TrkPeriod
reach_of (const GPtrArray *records, TrkPeriod period)
{
  TrkPeriod reach = trk_figures_reach (period);

  for (guint i = 0; i < records->len; i++)
    {
      const TrkBlock *block = ((const TrkBlockRecord *) g_ptr_array_index (records, i))->block;

      if (!trk_kind_is_work (block->kind) || !trk_period_overlaps (block->period, period))
        continue;
      reach.start = MIN (reach.start, block->period.start);
      reach.end = MAX (reach.end, block->period.end);
    }
  return reach;
}

/* Was time of the period kept for a block that does not lie in it: extended over its border, or
 * begun before its time? */
static gboolean
misses_a_block (const Sources *sources, TrkPeriod period)
{
  g_autoptr (GHashTable) missed = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < sources->entries->len; i++)
    {
      const TrkEntry *entry = g_ptr_array_index (sources->entries, i);

      if (entry->block_id != NULL && trk_period_overlaps (entry->period, period))
        g_hash_table_add (missed, entry->block_id);
    }
  for (guint i = 0; i < sources->plan.records->len && g_hash_table_size (missed) > 0; i++)
    g_hash_table_remove (
        missed, ((TrkBlockRecord *) g_ptr_array_index (sources->plan.records, i))->block->id);
  return g_hash_table_size (missed) > 0;
}

/* The period, and beyond it what a block that crosses its end, or its start, was to have there and
 * lost, when that block is longer than a plan of the period sees. */
static TrkPeriod
with_long_cuts (const Sources *sources, TrkPeriod period)
{
  TrkPeriod wide = period;

  for (guint i = 0; i < sources->plan.records->len; i++)
    {
      const TrkBlock *block =
          ((const TrkBlockRecord *) g_ptr_array_index (sources->plan.records, i))->block;

      if (trk_schedule_sees_whole (block) || !trk_period_overlaps (block->period, period))
        continue;
      if (block->period.end < block->planned.end)
        wide.end = MAX (wide.end, block->planned.end);
      if (block->period.start > block->planned.start)
        wide.start = MIN (wide.start, block->planned.start);
    }
  return wide;
}

/* Puts @squeeze to the others, which are in the order of time, unless it is among them. */
static void
add_squeeze (GArray *squeezed, const TrkSqueeze *squeeze)
{
  guint at = squeezed->len;

  for (; at > 0; at--)
    {
      const TrkSqueeze *before = &g_array_index (squeezed, TrkSqueeze, at - 1);

      if (before->lost.start < squeeze->lost.start)
        break;
      if (before->lost.start == squeeze->lost.start
          && g_str_equal (before->block->id, squeeze->block->id))
        return;
    }
  trk_squeezes_insert (squeezed, at, *squeeze);
}

/* Adds what long blocks lost in @beyond, a part beside the plan's period. It is planned alone, as a
 * plan of both would be made anew from all that the period holds. */
static gboolean
load_long_cuts (TrkSession *session, TrkPlanView *plan, TrkPeriod beyond, GError **error)
{
  g_auto (TrkPlanView) view = { .warned = g_ptr_array_ref (plan->warned), .looked = plan->looked };

  if (trk_period_is_empty (beyond))
    return TRUE;
  if (!trk_plan_view_load (&view, session, beyond, error))
    return FALSE;
  for (guint i = 0; i < view.squeezed->len; i++)
    {
      const TrkSqueeze *squeeze = &g_array_index (view.squeezed, TrkSqueeze, i);

      if (!trk_schedule_sees_whole (squeeze->block))
        add_squeeze (plan->squeezed, squeeze);
    }
  return TRUE;
}

static gboolean
load_held (TrkSession *session, TrkStore *store, TrkPeriod period, Sources *sources, GError **error)
{
  TrkPeriod reach;

  if (!trk_plan_view_load (&sources->plan, session, period, error))
    return FALSE;
  sources->kept_since = TRK_NEVER;
  reach = reach_of (sources->plan.records, period);
  sources->entries = store != NULL
                         ? trk_unkept_end (store, trk_store_entries (store, reach, error), error)
                         : g_ptr_array_new ();
  if (sources->entries == NULL)
    return FALSE;
  sources->gaps = store != NULL ? trk_store_gaps (store, reach, error) : g_ptr_array_new ();
  if (sources->gaps == NULL)
    return FALSE;
  trk_gaps_leave_free (sources->gaps, sources->entries);
  if (store != NULL && !trk_store_first_trace (store, &sources->kept_since, error))
    return FALSE;
  if (misses_a_block (sources, period))
    return trk_plan_view_load (&sources->plan, session, trk_figures_reach (period), error);
  reach = with_long_cuts (sources, period);
  return load_long_cuts (session, &sources->plan, (TrkPeriod){ reach.start, period.start }, error)
         && load_long_cuts (session, &sources->plan, (TrkPeriod){ period.end, reach.end }, error);
}

static gboolean
load (TrkSession *session, TrkPeriod period, Sources *sources, GError **error)
{
  TrkStore *store = trk_session_store (session, TRK_STORE_READ, NULL); /* the plan tells why not */
  gboolean loaded;

  if (store != NULL && !trk_store_hold (store, error))
    return FALSE;
  loaded = load_held (session, store, period, sources, error);
  if (store != NULL)
    trk_store_release (store);
  return loaded;
}

static gboolean
has_calendars (TrkSession *session)
{
  TrkConfig *config = trk_session_config (session, NULL);

  return config != NULL && config->calendars->len > 0;
}

static void
print_text (TrkSession *session, const TrkAgenda *agenda, TrkSpan span, gboolean why)
{
  g_autofree char *text = NULL;

  if (agenda->rows->len + agenda->free->len == 0)
    {
      g_autofree char *when =
          trk_format_empty (&agenda->almanac, agenda->period, span, agenda->now);

      trk_session_say (session, "Nothing is planned or kept %s.%s", when,
                       has_calendars (session)
                           ? ""
                           : " There is no calendar yet: tracker calendar add FILE, or "
                             "tracker calendar add --template time-blocked-day");
      return;
    }
  text = trk_agenda_to_text (agenda, trk_session_style (session), why);
  fputs (text, trk_session_out (session));
}

static void
print_json (TrkSession *session, const TrkAgenda *agenda)
{
  g_autoptr (TrkJson) builder = trk_json_new ();

  trk_agenda_to_json (agenda, builder);
  trk_json_print (session, builder);
}

/* In its place: the input points to its almanac. */
static void
take_sources (TrkAgenda *agenda,
              TrkSession *session,
              const TrkConfig *config,
              const Sources *sources)
{
  agenda->almanac = trk_session_almanac (session);
  agenda->input = trk_schedule_plan_input (config, &agenda->almanac);
  agenda->records = sources->plan.records;
  agenda->entries = sources->entries;
  agenda->gaps = sources->gaps;
  agenda->squeezed = sources->plan.squeezed;
  agenda->kept_since = sources->kept_since;
  agenda->occurrences = sources->plan.occurrences;
}

static gboolean
run (TrkSession *session, const TrkArgs *args, GError **error)
{
  g_autofree char *when = trk_args_count (args) > 0 ? trk_args_join (args, 0) : NULL;
  gboolean json = trk_session_json (session), why = trk_args_has (args, "why");
  g_auto (Sources) sources = { 0 };
  g_auto (TrkAgenda) agenda = { .now = trk_session_now (session), .with_all_free = why && !json };
  TrkConfig *config = trk_session_config (session, error);
  TrkSpan span;

  if (config == NULL || !trk_session_when (session, when, &agenda.period, &span, error)
      || !load (session, agenda.period, &sources, error))
    return FALSE;
  take_sources (&agenda, session, config, &sources);
  trk_agenda_fill (&agenda);
  if (json)
    print_json (session, &agenda);
  else
    print_text (session, &agenda, span, why);
  return TRUE;
}

static const TrkOption options[] = {
  { "why", 'w', NULL,
    "List everything that was squeezed, and by what, and every event without a block" },
  TRK_OPTION_JSON,
  { NULL },
};

const TrkCommand trk_commands_agenda[] = {
  { "agenda", "[WHEN]", 0, 3, "Show the plan and what became of it",
    "Lists by time the blocks of the calendars' events with what was kept of each, and the time "
    "without a block: \"unplanned\", unless it is focus in the time of a planned focus block, "
    "which is on plan in the reports, too. The sign ▶ means that time is kept now. WHEN is a day "
    "or a period: today, tomorrow, mon, next mon, 2026-11-23, week, next week, sprint, -7d, A..B. "
    "A weekday alone is that of this week, also when it is over; the coming one is next mon.\n\n"
    "A day begins at start_of_day. What crosses it stands in each of its days, with its real start "
    "and end; planned and actual are the part in that day, and the note says where the rest is. "
    "Outcome and delay are told in the day in which a block begins. Events that leave the time "
    "free, and all-day ones that are not off, make no block: they stand in quiet lines at the top, "
    "the first three of them without --why, which adds those without a length and those that were "
    "declined or that a rule ignores; tracker why tells more about each.\n\n"
    "Where events overlap, one gives way: off goes before meeting, break, focus, shallow and "
    "routine, and of two of one kind the shorter. What gave way stands in the line below the day, "
    "with --why in full. tracker why EVENT tells everything about one.\n\n"
    "JSON: an array by day and start of blocks, time without one (unplanned) and events without a "
    "block, one for each day in which it lies: type (block, unplanned, free), id, title, kind "
    "(null: free), start, end (the plan, whole), snoozed_to, extended_to, started_early_at, "
    "left_at (where the user moved those, else null), day, begun (the day in which it begins), "
    "all_day, planned_seconds, actual_seconds, on_plan_seconds (of this day; focus in the time of "
    "planned focus, whatever its block), worked_seconds (of all its days), planned_start, "
    "planned_end (as the calendar has it), actual_start, running, outcome (done, partial, missed, "
    "skipped, cancelled or null; like actual_start only in the day in which it begins), "
    "in_calendar (false: unplanned, or its event left the calendar), "
    "squeezed_by (id, title, start, end: who took a part of it, with what beside that was too "
    "short to keep), squeezes (id, title, kind, start, end, whole, owed, duplicate: what it took "
    "of others, with the same), calendar, location, link, why (what decided the kind, or against a "
    "block).",
    options, run },
  { NULL },
};
