/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-schedule.h"

#define DAY (24 * TRK_HOUR)

/* What decides between the log and the calendars. A block belongs to the day in which it starts. A
 * day is *kept* when the log holds a calendar's block of it, or a daemon ran that would have copied
 * them: then the log has what is over, and the calendars have what is to come. Of a day that nobody
 * kept the calendars know what was planned. */
typedef struct
{
  TrkAlmanac almanac;
  TrkStore *store; /* (nullable) */
  TrkInstant now;
  TrkInstant today;   /* when it began */
  GHashTable *kept;   /* set of TrkDay */
  GHashTable *logged; /* block ID → TrkBlockRecord, borrowed */
  GHashTable *wanted; /* TrkBlockRecord of the log → TrkBlock of the plan, borrowed */
  GPtrArray *news;    /* of TrkBlock of the plan that the log does not have, borrowed */
} Merge;

static void
merge_init (Merge *merge, TrkStore *store, TrkAlmanac almanac, TrkInstant now)
{
  merge->almanac = almanac;
  merge->store = store;
  merge->now = now;
  merge->today = trk_almanac_day_period (&almanac, trk_almanac_day (&almanac, now)).start;
  merge->kept = g_hash_table_new (NULL, NULL);
  merge->logged = g_hash_table_new (g_str_hash, g_str_equal);
  merge->wanted = g_hash_table_new (NULL, NULL);
  merge->news = g_ptr_array_new ();
}

static void
merge_clear (Merge *merge)
{
  g_clear_pointer (&merge->kept, g_hash_table_unref);
  g_clear_pointer (&merge->logged, g_hash_table_unref);
  g_clear_pointer (&merge->wanted, g_hash_table_unref);
  g_clear_pointer (&merge->news, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Merge, merge_clear)

static TrkDay
day_of (const Merge *merge, const TrkBlock *block)
{
  return trk_almanac_day (&merge->almanac, block->period.start);
}

static gboolean
is_of_kept_day (const Merge *merge, const TrkBlock *block)
{
  return g_hash_table_size (merge->kept) > 0
         && g_hash_table_contains (merge->kept, GINT_TO_POINTER (day_of (merge, block)));
}

static void
look_at_log (Merge *merge, const GPtrArray *records)
{
  for (guint i = 0; i < records->len; i++)
    {
      TrkBlockRecord *record = g_ptr_array_index (records, i);

      g_hash_table_insert (merge->logged, record->block->id, record);
      if (record->block->calendar != NULL)
        g_hash_table_add (merge->kept, GINT_TO_POINTER (day_of (merge, record->block)));
    }
}

/* What came into the calendars after a day on which a daemon ran was no plan of that day. */
static gboolean
look_at_runs (Merge *merge, TrkStore *store, TrkPeriod window, GError **error)
{
  g_autoptr (GArray) runs = store != NULL ? trk_store_runs (store, window, error) : NULL;

  for (guint i = 0; runs != NULL && i < runs->len; i++)
    {
      TrkPeriod run = g_array_index (runs, TrkPeriod, i);
      TrkDay first = trk_almanac_day (&merge->almanac, MAX (run.start, window.start));
      TrkDay last = trk_almanac_day (&merge->almanac, MIN (run.end, window.end));

      for (TrkDay day = first; day <= last; day++)
        g_hash_table_add (merge->kept, GINT_TO_POINTER (day));
    }
  return store == NULL || runs != NULL;
}

static void
look_at_plan (Merge *merge, const TrkPlan *plan)
{
  gboolean any = g_hash_table_size (merge->logged) > 0;

  g_hash_table_remove_all (merge->wanted);
  g_ptr_array_set_size (merge->news, 0);
  for (guint i = 0; i < plan->blocks->len; i++)
    {
      TrkBlock *block = g_ptr_array_index (plan->blocks, i);
      TrkBlockRecord *record = any ? g_hash_table_lookup (merge->logged, block->id) : NULL;

      if (record != NULL)
        g_hash_table_insert (merge->wanted, record, block);
      else
        g_ptr_array_add (merge->news, block);
    }
}

/* Does the log know more of the block than that it was planned? One that moved to a later time
 * begins anew, but what was kept of it stays. */
static gboolean
has_history (const Merge *merge, const TrkBlockState *state)
{
  return state->outcome != TRK_OUTCOME_NONE || trk_block_state_was_handled (state)
         || state->start != 0 || state->end != 0
         || trk_store_block_is_kept (merge->store, state->block_id);
}

/* Does the log's word hold for this block, whatever the calendars say now? */
static gboolean
is_settled (const Merge *merge, const TrkBlockRecord *record)
{
  return record->block->calendar == NULL || record->block->period.end <= merge->now
         || record->state->outcome != TRK_OUTCOME_NONE;
}

/* The event left the calendars: what the daemon would have noted, had it been there. */
static TrkBlockRecord *
without_event (const TrkBlockRecord *logged)
{
  TrkBlockRecord *record = trk_block_record_new (logged->block, logged->state);

  if (trk_block_state_outlives_event (logged->state))
    {
      record->state->runs_unplanned = TRUE;
      return record;
    }
  record->state->outcome = TRK_OUTCOME_CANCELLED;
  record->state->outcome_reason = TRK_REASON_PLAN;
  return record;
}

/* Its event is in the calendars: the daemon is about to note that it goes on. */
static TrkBlockRecord *
with_event (const Merge *merge, const TrkBlockRecord *logged, TrkBlock *block)
{
  TrkBlockRecord *record = trk_block_record_new (block, logged->state);

  if (trk_block_state_goes_on (logged->state, logged->block, block, merge->now))
    trk_block_state_take_back (record->state);
  record->state->runs_unplanned = FALSE;
  return record;
}

/* Was it over when it came into the plan, and has it left that again, as with a calendar whose
 * adding was undone? Then it was never a plan, but for what the user wrote down as kept. */
static gboolean
was_never_planned (const Merge *merge, const TrkBlockRecord *logged)
{
  const TrkOutcome outcome = logged->state->outcome;

  return trk_block_came_late (logged->block)
         && (outcome == TRK_OUTCOME_NONE || outcome == TRK_OUTCOME_MISSED)
         && !trk_store_block_is_kept (merge->store, logged->block->id);
}

/* The record of @logged as it stands now; NULL when its event left the calendar before anybody was
 * told of it, or came into it when it was over. */
static TrkBlockRecord *
from_log (const Merge *merge, const TrkBlockRecord *logged)
{
  TrkBlock *block = g_hash_table_lookup (merge->wanted, logged);

  if (block == NULL && was_never_planned (merge, logged))
    return NULL;
  if (is_settled (merge, logged)
      && !(block != NULL
           && trk_block_state_goes_on (logged->state, logged->block, block, merge->now)))
    return trk_block_record_new (logged->block, logged->state);
  if (block != NULL)
    return with_event (merge, logged, block);
  if (logged->block->period.start <= merge->now || has_history (merge, logged->state))
    return without_event (logged);
  return NULL;
}

/* Does a block that the log does not have belong to the answer? In a kept day before today it came
 * into the calendar after the fact: that is no history. */
static gboolean
counts (const Merge *merge, const TrkBlock *block)
{
  return block->period.start >= merge->today || !is_of_kept_day (merge, block);
}

static void
add_in_period (GPtrArray *records, TrkBlockRecord *record, TrkPeriod period)
{
  if (record != NULL && trk_period_overlaps (record->block->period, period))
    g_ptr_array_add (records, record);
  else
    trk_block_record_free (record);
}

static gint
compare_records (gconstpointer a, gconstpointer b)
{
  const TrkBlockRecord *x = *(const TrkBlockRecord *const *) a;
  const TrkBlockRecord *y = *(const TrkBlockRecord *const *) b;

  return trk_block_compare (&x->block, &y->block);
}

static GPtrArray *
merged (const Merge *merge, const GPtrArray *logged, TrkPeriod period)
{
  GPtrArray *records = g_ptr_array_new_with_free_func ((GDestroyNotify) trk_block_record_free);

  for (guint i = 0; i < logged->len; i++)
    add_in_period (records, from_log (merge, g_ptr_array_index (logged, i)), period);
  for (guint i = 0; i < merge->news->len; i++)
    {
      TrkBlock *block = g_ptr_array_index (merge->news, i);

      if (counts (merge, block))
        add_in_period (records, trk_block_record_new (block, NULL), period);
    }
  g_ptr_array_sort (records, compare_records);
  return records;
}

static GArray *
squeezed_in (const TrkPlan *plan, TrkPeriod period)
{
  GArray *squeezed;

  if (plan->period.start == period.start && plan->period.end == period.end)
    return g_array_ref (plan->squeezed);
  squeezed = trk_squeezes_new ();
  for (guint i = 0; i < plan->squeezed->len; i++)
    {
      const TrkSqueeze *squeeze = &g_array_index (plan->squeezed, TrkSqueeze, i);

      if (trk_block_reaches (squeeze->block, period))
        trk_squeezes_add (squeezed, *squeeze);
    }
  return squeezed;
}

static GPtrArray *
occurrences_in (const GPtrArray *around, TrkPeriod period)
{
  GPtrArray *inside = g_ptr_array_new_with_free_func ((GDestroyNotify) trk_occurrence_unref);

  for (guint i = 0; i < around->len; i++)
    {
      TrkOccurrence *occurrence = g_ptr_array_index (around, i);

      if (trk_occurrence_is_in (occurrence, period))
        g_ptr_array_add (inside, trk_occurrence_ref (occurrence));
    }
  return inside;
}

static GPtrArray *
logged_blocks (TrkStore *store, TrkPeriod window, GError **error)
{
  if (store == NULL)
    return g_ptr_array_new_with_free_func ((GDestroyNotify) trk_block_record_free);
  return trk_store_blocks (store, window, error);
}

/* Where a plan of the calendars comes from. */
typedef struct
{
  const TrkConfig *config;
  const char *index_path;
  TrkStore *store;  /* (nullable) */
  TrkPeriod window; /* of which the log was asked */
  const TrkZone *zone;
  gboolean watched;
  GPtrArray *warnings; /* (nullable) */
} Source;

/* What was left that may decide a plan of @around: when that is no longer than what the log was
 * asked for, it is among @logged. NULL with @error. */
static GPtrArray *
left_among (const Source *source, const GPtrArray *around, GPtrArray *logged, GError **error)
{
  TrkPeriod window = source->window, span = trk_schedule_span (around, window);

  if (source->store == NULL || (span.start == window.start && span.end == window.end))
    return g_ptr_array_ref (logged);
  return trk_store_blocks_left (source->store, trk_schedule_left_among (span, window), error);
}

/* The plan of @period in @merge, and what it is made of in @around. */
static TrkPlan *
plan_of (const Source *source,
         TrkPeriod period,
         GPtrArray *logged,
         Merge *merge,
         GPtrArray **around,
         GError **error)
{
  TrkPlanInput input = trk_schedule_plan_input (source->config, &merge->almanac);
  g_autoptr (GPtrArray) left = NULL;
  TrkPlan *plan;

  *around = trk_schedule_surroundings (source->config, source->index_path, period, source->zone,
                                       merge->now, source->watched, source->warnings, error);
  left = *around != NULL ? left_among (source, *around, logged, error) : NULL;
  if (left == NULL)
    return NULL;
  input.records = logged;
  input.left = left;
  plan = trk_plan_new (*around, period, &input);
  look_at_plan (merge, plan);
  return plan;
}

/* Is a block of the log to come in @period that the calendars do not have there? */
static gboolean
misses_any (const Merge *merge, const GPtrArray *logged, TrkPeriod period)
{
  for (guint i = 0; i < logged->len; i++)
    {
      const TrkBlockRecord *record = g_ptr_array_index (logged, i);

      if (trk_period_overlaps (record->block->period, period) && !is_settled (merge, record)
          && !g_hash_table_contains (merge->wanted, record))
        return TRUE;
    }
  return FALSE;
}

/* The plan of @period; of all that @source is asked about when a block that is to come is not
 * there: it may have moved to a day beside it. */
static TrkPlan *
plan_of_moved (const Source *source,
               TrkPeriod period,
               GPtrArray *logged,
               Merge *merge,
               GPtrArray **around,
               GError **error)
{
  g_autoptr (TrkPlan) plan = plan_of (source, period, logged, merge, around, error);
  Source again = *source;

  if (plan == NULL || !misses_any (merge, logged, period))
    return g_steal_pointer (&plan);
  again.warnings = NULL; /* they were told */
  g_clear_pointer (around, g_ptr_array_unref);
  return plan_of (&again, source->window, logged, merge, around, error);
}

GPtrArray *
trk_schedule_records (const TrkConfig *config,
                      const char *index_path,
                      TrkStore *store,
                      TrkPeriod period,
                      const TrkZone *zone,
                      TrkInstant now,
                      gboolean watched,
                      GArray **squeezed,
                      GPtrArray **occurrences,
                      GPtrArray *warnings,
                      GError **error)
{
  /* A day more on both sides: whether a day was kept is seen on the whole of it. */
  TrkPeriod window = { trk_instant_add (period.start, -DAY), trk_instant_add (period.end, DAY) };
  const Source source = { config, index_path, store, window, zone, watched, warnings };
  g_autoptr (GPtrArray) logged = logged_blocks (store, window, error);
  g_autoptr (GPtrArray) around = NULL;
  g_autoptr (TrkPlan) plan = NULL;
  g_auto (Merge) merge = { 0 };

  if (logged == NULL)
    return NULL;
  merge_init (&merge, store, trk_config_almanac (config, zone), now);
  look_at_log (&merge, logged);
  if (!look_at_runs (&merge, store, window, error))
    return NULL;
  plan = plan_of_moved (&source, period, logged, &merge, &around, error);
  if (plan == NULL)
    return NULL;
  if (squeezed != NULL)
    *squeezed = squeezed_in (plan, period);
  if (occurrences != NULL)
    *occurrences = occurrences_in (around, period);
  return merged (&merge, logged, period);
}
