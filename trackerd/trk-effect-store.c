/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-effect-store.h"

#include "trk-error.h"

/* -- Entries ----------------------------------------------------------------------------------- */

/* A task that is worked on is in process; one that does not exist (any more) is no task. */
static gboolean
touch_task (TrkStore *store, TrkEntry *entry, GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (TrkTask) task = NULL;

  if (entry->task == 0)
    return TRUE;
  task = trk_store_task (store, entry->task, &problem);
  if (task == NULL && g_error_matches (problem, TRK_ERROR, TRK_ERROR_NOT_FOUND))
    entry->task = 0;
  else if (task == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  if (task == NULL || task->state != TRK_TASK_NEEDS_ACTION)
    return TRUE;
  task->state = TRK_TASK_IN_PROCESS;
  return trk_store_update_task (store, task, error);
}

/* What of @period no entry in the log covers: whatever the user wrote there meanwhile stays. */
static TrkPeriodSet *
free_of (TrkStore *store, TrkPeriod period, GError **error)
{
  g_autoptr (GPtrArray) entries = trk_store_entries (store, period, error);
  TrkPeriodSet *set;

  if (entries == NULL)
    return NULL;
  set = trk_period_set_new ();
  trk_period_set_add (set, period);
  for (guint i = 0; i < entries->len; i++)
    trk_period_set_remove (set, ((const TrkEntry *) g_ptr_array_index (entries, i))->period);
  return set;
}

static gboolean
add_entry (TrkStore *store, const TrkEntry *wanted, const char *zone, GError **error)
{
  g_autoptr (TrkPeriodSet) room = free_of (store, wanted->period, error);
  g_autoptr (TrkEntry) entry = trk_entry_copy (wanted);

  if (room == NULL || !touch_task (store, entry, error))
    return FALSE;
  if (entry->zone == NULL)
    entry->zone = g_strdup (zone);
  for (guint i = 0; i < room->len; i++)
    {
      g_autoptr (TrkEntry) piece = trk_entry_copy (entry);

      piece->period = trk_period_set_nth (room, i);
      if (trk_entry_is_open (wanted) && !trk_entry_is_open (piece))
        continue; /* an open entry begins after what is there, and is one */
      if (!trk_store_add_entry (store, piece, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
end_entry (TrkStore *store, TrkEntry *entry, const TrkEntry *as, GError **error)
{
  entry->period.end = as->period.end;
  entry->end_reason = as->end_reason;
  if (trk_period_is_empty (entry->period))
    return trk_store_remove_entry (store, entry->number, error);
  return trk_store_update_entry (store, entry, error);
}

static gboolean
close_entry (TrkStore *store, const TrkEntry *as, GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (TrkEntry) open = trk_store_open_entry (store, &problem);

  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  return open == NULL || end_entry (store, open, as, error);
}

static gboolean
amend_entry (TrkStore *store, const TrkEntry *as, GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (TrkEntry) open = trk_store_open_entry (store, &problem);
  g_autoptr (TrkEntry) entry = NULL;

  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  if (open == NULL)
    return TRUE;
  entry = trk_entry_copy (as);
  entry->number = open->number;
  entry->period = open->period;
  g_free (entry->id);
  entry->id = g_strdup (open->id);
  g_free (entry->zone);
  entry->zone = g_strdup (open->zone);
  return touch_task (store, entry, error) && trk_store_update_entry (store, entry, error);
}

static gboolean
cut_entry (TrkStore *store, const TrkEntry *as, GError **error)
{
  TrkPeriod first = { as->period.start, as->period.start + 1 };
  g_autoptr (GPtrArray) entries = trk_store_entries (store, first, error);

  if (entries == NULL)
    return FALSE;
  for (guint i = 0; i < entries->len; i++)
    {
      TrkEntry *entry = g_ptr_array_index (entries, i);

      if (entry->period.start == as->period.start && !trk_entry_is_open (entry))
        return end_entry (store, entry, as, error);
    }
  return TRUE;
}

/* -- Gaps -------------------------------------------------------------------------------------- */

/* The one that @at is in (its start, as a rule) and that ends at @end; NULL, perhaps with
 * @error. */
static TrkGap *
find_gap (TrkStore *store, TrkInstant at, TrkInstant end, GError **error)
{
  TrkPeriod around = { at, trk_instant_add (at, 1) };
  g_autoptr (GPtrArray) gaps = trk_store_gaps (store, around, error);

  for (guint i = 0; gaps != NULL && i < gaps->len; i++)
    {
      const TrkGap *gap = g_ptr_array_index (gaps, i);

      if (gap->period.end == end)
        return trk_gap_copy (gap);
    }
  return NULL;
}

static gboolean
open_gap (TrkStore *store, const TrkGap *wanted, GError **error)
{
  g_autoptr (TrkGap) gap = trk_gap_copy (wanted);

  return trk_store_add_gap (store, gap, error);
}

/* The log has no empty gaps. */
static gboolean
write_gap (TrkStore *store, const TrkGap *gap, GError **error)
{
  if (trk_period_is_empty (gap->period))
    return trk_store_remove_gap (store, gap->number, error);
  return trk_store_update_gap (store, gap, error);
}

/* @end: what the log has as its end now. */
static gboolean
settle_gap (TrkStore *store, const TrkGap *as, TrkInstant end, GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (TrkGap) gap = find_gap (store, as->period.start, end, &problem);

  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  if (gap == NULL)
    return TRUE;
  gap->period.end = as->period.end;
  gap->answer = as->answer;
  return write_gap (store, gap, error);
}

/* The one that is over and began then ends earlier, or goes. */
static gboolean
cut_gap (TrkStore *store, const TrkGap *as, GError **error)
{
  TrkPeriod around = { as->period.start, trk_instant_add (as->period.start, 1) };
  g_autoptr (GPtrArray) gaps = trk_store_gaps (store, around, error);

  if (gaps == NULL)
    return FALSE;
  for (guint i = 0; i < gaps->len; i++)
    {
      TrkGap *gap = g_ptr_array_index (gaps, i);

      if (gap->period.start != as->period.start || gap->period.end == TRK_NEVER)
        continue;
      gap->period.end = as->period.end;
      return write_gap (store, gap, error);
    }
  return TRUE;
}

/* -- Tasks ------------------------------------------------------------------------------------- */

static gboolean
complete_task (TrkStore *store, const TrkEffect *effect, GError **error)
{
  g_autoptr (TrkTask) task = trk_store_task (store, effect->task, error);

  if (task == NULL)
    return FALSE;
  if (!trk_task_is_open (task))
    return TRUE;
  task->state = TRK_TASK_COMPLETED;
  task->completed = effect->at;
  return trk_store_update_task (store, task, error);
}

/* -- The focus guard --------------------------------------------------------------------------- */

static gboolean
add_interruption (TrkStore *store, const TrkInterruption *wanted, GError **error)
{
  g_autoptr (TrkInterruption) interruption = trk_interruption_copy (wanted);

  return trk_store_add_interruption (store, interruption, error);
}

/* -- Notices ----------------------------------------------------------------------------------- */

static gboolean
add_notice (TrkStore *store, const TrkEffect *effect, gint64 *number, GError **error)
{
  TrkNoticeRecord record = { .at = effect->at,
                             .reason = effect->reason,
                             .block_id = effect->block_id,
                             .rule = effect->rule,
                             .withheld = effect->type == TRK_EFFECT_WITHHOLD,
                             .notice = effect->notice };

  if (!trk_store_add_notice (store, &record, error))
    return FALSE;
  *number = record.number;
  return TRUE;
}

gboolean
trk_effect_store (
    TrkStore *store, const TrkEffect *effect, const char *zone, gint64 *number, GError **error)
{
  gint64 unused;

  *number = 0;
  switch (effect->type)
    {
    case TRK_EFFECT_NOTIFY:
      return add_notice (store, effect, number, error);
    case TRK_EFFECT_WITHHOLD:
      return add_notice (store, effect, &unused, error);
    case TRK_EFFECT_ENTRY_OPEN:
    case TRK_EFFECT_ENTRY_ADD:
      return add_entry (store, effect->entry, zone, error);
    case TRK_EFFECT_ENTRY_CLOSE:
      return close_entry (store, effect->entry, error);
    case TRK_EFFECT_ENTRY_AMEND:
      return amend_entry (store, effect->entry, error);
    case TRK_EFFECT_ENTRY_CUT:
      return cut_entry (store, effect->entry, error);
    case TRK_EFFECT_GAP_OPEN:
      return open_gap (store, effect->gap, error);
    case TRK_EFFECT_GAP_CLOSE:
      return settle_gap (store, effect->gap, TRK_NEVER, error);
    case TRK_EFFECT_GAP_CUT:
      return cut_gap (store, effect->gap, error);
    case TRK_EFFECT_GAP_ANSWER:
      return settle_gap (store, effect->gap, effect->gap->period.end, error);
    case TRK_EFFECT_BLOCK_STATE:
      return trk_store_set_block_state (store, effect->state, error);
    case TRK_EFFECT_TASK_DONE:
      return complete_task (store, effect, error);
    case TRK_EFFECT_HOOK:
      return trk_store_tell_hook (store, effect->key, trk_hook_begins (effect->hook), error);
    case TRK_EFFECT_INTERRUPTION:
      return add_interruption (store, effect->interruption, error);
    case TRK_EFFECT_INTERRUPTION_ANSWER:
      return trk_store_answer_interruption (store, effect->interruption, error);
    case TRK_EFFECT_ABSENCE:
      return trk_store_note_absence (store, &effect->absence, error);
    case TRK_EFFECT_WITHDRAW:
    case TRK_EFFECT_FOCUS_ON:
    case TRK_EFFECT_FOCUS_OFF:
    case TRK_EFFECT_LOCK:
      return TRUE;
    }
  return TRUE;
}
