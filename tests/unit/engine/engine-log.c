/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "engine-log.h"

#include "engine-log-guard.h"

EngineLog *
engine_log_new (void)
{
  EngineLog *log = g_new0 (EngineLog, 1);

  log->entries = g_ptr_array_new_with_free_func ((GDestroyNotify) trk_entry_free);
  log->gaps = g_ptr_array_new_with_free_func ((GDestroyNotify) trk_gap_free);
  log->states =
      g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) trk_block_state_free);
  log->blocks =
      g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) trk_block_unref);
  log->given = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  log->live = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  log->told = g_ptr_array_new_with_free_func (g_free);
  log->interruptions = g_ptr_array_new_with_free_func ((GDestroyNotify) trk_interruption_free);
  return log;
}

void
engine_log_free (EngineLog *log)
{
  if (log == NULL)
    return;
  g_ptr_array_unref (log->entries);
  g_ptr_array_unref (log->gaps);
  g_hash_table_unref (log->states);
  g_hash_table_unref (log->blocks);
  g_hash_table_unref (log->given);
  g_hash_table_unref (log->live);
  g_ptr_array_unref (log->told);
  g_ptr_array_unref (log->interruptions);
  g_free (log->broken);
  g_free (log->last);
  g_free (log->asking);
  g_free (log);
}

void
engine_log_break (EngineLog *log, const char *format, ...)
{
  va_list args;

  if (log->broken != NULL)
    return;
  va_start (args, format);
  log->broken = g_strdup_vprintf (format, args);
  va_end (args);
}

TrkEntry *
engine_log_open_entry (const EngineLog *log)
{
  for (guint i = 0; i < log->entries->len; i++)
    if (trk_entry_is_open (log->entries->pdata[i]))
      return log->entries->pdata[i];
  return NULL;
}

TrkGap *
engine_log_open_gap (const EngineLog *log)
{
  for (guint i = 0; i < log->gaps->len; i++)
    if (((TrkGap *) log->gaps->pdata[i])->period.end == TRK_NEVER)
      return log->gaps->pdata[i];
  return NULL;
}

/* -- Rules of the log -------------------------------------------------------------------------- */

static gint
by_start (gconstpointer a, gconstpointer b)
{
  const TrkEntry *x = *(const TrkEntry *const *) a;
  const TrkEntry *y = *(const TrkEntry *const *) b;

  return x->period.start < y->period.start ? -1 : x->period.start > y->period.start;
}

static void
check_overlaps (EngineLog *log)
{
  g_ptr_array_sort (log->entries, by_start);
  for (guint i = 0; i + 1 < log->entries->len; i++)
    {
      const TrkEntry *a = log->entries->pdata[i];
      const TrkEntry *b = log->entries->pdata[i + 1];

      if (trk_period_overlaps (a->period, b->period))
        engine_log_break (log, "entries '%s' and '%s' overlap", a->title, b->title);
    }
  for (guint i = 0; i < log->gaps->len; i++)
    for (guint j = 0; j < log->entries->len; j++)
      {
        const TrkGap *gap = log->gaps->pdata[i];
        const TrkEntry *entry = log->entries->pdata[j];

        if (gap->answer != TRK_ANSWER_WORKED && gap->answer != TRK_ANSWER_BREAK
            && trk_period_overlaps (gap->period, entry->period))
          engine_log_break (log, "a gap overlaps the entry '%s'", entry->title);
      }
}

static void
check_period (EngineLog *log, TrkPeriod period, const char *what)
{
  if (period.end < period.start)
    engine_log_break (log, "%s of negative length", what);
}

/* -- Entries and gaps -------------------------------------------------------------------------- */

static void
add_entry (EngineLog *log, const TrkEntry *entry)
{
  check_period (log, entry->period, "entry");
  g_ptr_array_add (log->entries, trk_entry_copy (entry));
}

static void
open_entry (EngineLog *log, const TrkEntry *entry)
{
  if (engine_log_open_entry (log) != NULL)
    engine_log_break (log, "a second entry '%s' is opened", entry->title);
  if (!trk_entry_is_open (entry))
    engine_log_break (log, "the opened entry '%s' has an end", entry->title);
  add_entry (log, entry);
}

static void
end_entry (EngineLog *log, TrkEntry *own, const TrkEntry *entry)
{
  if (own == NULL || own->period.start != entry->period.start)
    {
      engine_log_break (log, "'%s' is ended, but is not there", entry->title);
      return;
    }
  check_period (log, entry->period, "entry");
  own->period.end = entry->period.end;
  own->end_reason = entry->end_reason;
  if (trk_period_is_empty (own->period))
    g_ptr_array_remove (log->entries, own);
}

static TrkEntry *
closed_from (const EngineLog *log, TrkInstant start)
{
  for (guint i = 0; i < log->entries->len; i++)
    {
      TrkEntry *entry = log->entries->pdata[i];

      if (entry->period.start == start && !trk_entry_is_open (entry))
        return entry;
    }
  return NULL;
}

static void
amend_entry (EngineLog *log, const TrkEntry *entry)
{
  TrkEntry *own = engine_log_open_entry (log);

  if (own == NULL)
    engine_log_break (log, "an entry is amended, but none is open");
  else
    {
      own->evidence = entry->evidence;
      own->until = entry->until;
    }
}

static void
open_gap (EngineLog *log, const TrkGap *gap)
{
  if (engine_log_open_gap (log) != NULL)
    engine_log_break (log, "a second gap is opened");
  if (engine_log_open_entry (log) != NULL
      && engine_log_open_entry (log)->period.start < gap->period.start)
    engine_log_break (log, "a gap is opened while an entry is open");
  g_ptr_array_add (log->gaps, trk_gap_copy (gap));
}

static void
close_gap (EngineLog *log, const TrkGap *gap)
{
  TrkGap *own = engine_log_open_gap (log);

  if (own == NULL || own->period.start != gap->period.start)
    {
      engine_log_break (log, "a gap is closed, but is not open");
      return;
    }
  check_period (log, gap->period, "gap");
  own->period.end = gap->period.end;
  own->answer = gap->answer;
  if (trk_period_is_empty (own->period))
    g_ptr_array_remove (log->gaps, own);
}

static void
cut_gap (EngineLog *log, const TrkGap *gap)
{
  for (guint i = 0; i < log->gaps->len; i++)
    {
      TrkGap *own = log->gaps->pdata[i];

      if (own->period.start != gap->period.start || own->period.end == TRK_NEVER)
        continue;
      own->period.end = gap->period.end;
      if (trk_period_is_empty (own->period))
        g_ptr_array_remove_index (log->gaps, i);
      return;
    }
  engine_log_break (log, "a gap is cut, but is not there");
}

static void
answer_gap (EngineLog *log, const TrkGap *gap)
{
  for (guint i = 0; i < log->gaps->len; i++)
    {
      TrkGap *own = log->gaps->pdata[i];

      if (own->period.start == gap->period.start && own->period.end == gap->period.end)
        {
          own->answer = gap->answer;
          return;
        }
    }
  engine_log_break (log, "a gap is answered, but is not there");
}

/* -- Notices ----------------------------------------------------------------------------------- */

static void
count_notice (EngineLog *log, const TrkEffect *effect, const TrkPolicies *policies)
{
  const TrkNotice *notice = effect->notice;
  guint allowed = notice->kind == TRK_NOTICE_REMINDER ? policies->of[TRK_KIND_BREAK].remind_times
                  : notice->kind == TRK_NOTICE_OVERTIME || notice->kind == TRK_NOTICE_GUARD
                      ? G_MAXUINT
                      : 1;
  char *name = g_strdup_printf ("%s %s %s", notice->key, trk_notice_kind_to_string (notice->kind),
                                notice->kind == TRK_NOTICE_LEAD ? notice->title : "");
  guint given = GPOINTER_TO_UINT (g_hash_table_lookup (log->given, name)) + 1;

  if (effect->block_id != NULL && given > allowed)
    engine_log_break (log, "notice '%s' was given %u times", name, given);
  g_hash_table_insert (log->given, name, GUINT_TO_POINTER (given));
  g_hash_table_add (log->live, g_strdup (notice->key));
}

/* Whatever is said, it is said once a minute at most; what is on the screen may be updated. */
static void
check_calm (EngineLog *log, const TrkNotice *notice, TrkInstant now)
{
  if (log->notified != 0 && now - log->notified < TRK_MINUTE
      && g_strcmp0 (log->last, notice->key) != 0)
    engine_log_break (log, "'%s' comes less than a minute after another notice", notice->title);
  log->notified = now;
  g_free (log->last);
  log->last = g_strdup (notice->key);
  if (notice->kind == TRK_NOTICE_LOCK)
    log->locks = now;
}

/* The screen is never locked unannounced, nor by what was announced long ago. */
static void
check_lock (EngineLog *log, TrkInstant now)
{
  if (log->locks == 0 || now - log->locks < 30 * TRK_SECOND || now - log->locks > 3 * TRK_MINUTE)
    engine_log_break (log, "the screen is locked without half a minute's notice");
  log->locks = 0;
}

static void
set_focus (EngineLog *log, gboolean on)
{
  if (log->focus == on)
    engine_log_break (log, "do-not-disturb is switched %s twice", on ? "on" : "off");
  log->focus = on;
}

/* -- Hooks ------------------------------------------------------------------------------------- */

gboolean
engine_log_is_told (const EngineLog *log, const char *what)
{
  return g_ptr_array_find_with_equal_func (log->told, what, g_str_equal, NULL);
}

/* Does the event speak of what it is remembered as? */
static gboolean
is_key_of (TrkHook hook, const char *key)
{
  static const char *const prefixes[TRK_N_HOOK_PAIRS] = { "block ", "focus", "break", "day ",
                                                          "away" };

  return key != NULL && g_str_has_prefix (key, prefixes[trk_hook_pair (hook)]);
}

/* Nothing begins twice, nothing ends that did not begin, and no day ends twice. */
static void
tell_hook (EngineLog *log, const TrkEffect *effect)
{
  const char *name = trk_hook_to_string (effect->hook);
  guint index;

  if (!is_key_of (effect->hook, effect->key))
    engine_log_break (log, "%s is remembered as '%s'", name, effect->key);
  else if (trk_hook_begins (effect->hook) && engine_log_is_told (log, effect->key))
    engine_log_break (log, "%s is told twice of '%s'", name, effect->key);
  else if (trk_hook_begins (effect->hook))
    g_ptr_array_add (log->told, g_strdup (effect->key));
  else if (!g_ptr_array_find_with_equal_func (log->told, effect->key, g_str_equal, &index))
    engine_log_break (log, "%s of '%s' is told, but not its beginning", name, effect->key);
  else
    g_ptr_array_remove_index (log->told, index);
}

static gboolean
is_of_block (gpointer name, gpointer given, gpointer prefix)
{
  return g_str_has_prefix (name, prefix);
}

void
engine_log_moved (EngineLog *log, const char *block_id)
{
  g_autofree char *prefix = g_strconcat (block_id, " ", NULL);

  g_hash_table_foreach_remove (log->given, is_of_block, prefix);
}

/* -- All --------------------------------------------------------------------------------------- */

static void
apply (EngineLog *log, const TrkEffect *effect, const TrkPolicies *policies, TrkInstant now)
{
  switch (effect->type)
    {
    case TRK_EFFECT_NOTIFY:
      count_notice (log, effect, policies);
      engine_log_guard_notified (log, effect->notice, now);
      check_calm (log, effect->notice, now);
      break;
    case TRK_EFFECT_WITHDRAW:
      if (!g_hash_table_remove (log->live, effect->key))
        engine_log_break (log, "'%s' is withdrawn, but is not up", effect->key);
      engine_log_guard_withdrawn (log, effect->key);
      break;
    case TRK_EFFECT_INTERRUPTION:
      engine_log_guard_asked (log, effect->interruption, now);
      break;
    case TRK_EFFECT_INTERRUPTION_ANSWER:
      engine_log_guard_answered (log, effect->interruption);
      break;
    case TRK_EFFECT_ENTRY_OPEN:
      open_entry (log, effect->entry);
      break;
    case TRK_EFFECT_ENTRY_CLOSE:
      end_entry (log, engine_log_open_entry (log), effect->entry);
      break;
    case TRK_EFFECT_ENTRY_CUT:
      end_entry (log, closed_from (log, effect->entry->period.start), effect->entry);
      break;
    case TRK_EFFECT_ENTRY_AMEND:
      amend_entry (log, effect->entry);
      break;
    case TRK_EFFECT_ENTRY_ADD:
      add_entry (log, effect->entry);
      break;
    case TRK_EFFECT_GAP_OPEN:
      open_gap (log, effect->gap);
      break;
    case TRK_EFFECT_GAP_CLOSE:
      close_gap (log, effect->gap);
      break;
    case TRK_EFFECT_GAP_CUT:
      cut_gap (log, effect->gap);
      break;
    case TRK_EFFECT_GAP_ANSWER:
      answer_gap (log, effect->gap);
      break;
    case TRK_EFFECT_BLOCK_STATE:
      {
        TrkBlockState *state = trk_block_state_copy (effect->state);

        g_hash_table_replace (log->states, state->block_id, state);
        break;
      }
    case TRK_EFFECT_FOCUS_ON:
    case TRK_EFFECT_FOCUS_OFF:
      set_focus (log, effect->type == TRK_EFFECT_FOCUS_ON);
      break;
    case TRK_EFFECT_LOCK:
      check_lock (log, now);
      break;
    case TRK_EFFECT_HOOK:
      tell_hook (log, effect);
      break;
    case TRK_EFFECT_ABSENCE:
      log->absence = effect->absence;
      break;
    case TRK_EFFECT_TASK_DONE:
    case TRK_EFFECT_WITHHOLD:
      break;
    }
}

void
engine_log_apply (EngineLog *log,
                  const GPtrArray *effects,
                  const TrkPolicies *policies,
                  TrkInstant now)
{
  log->notified = MIN (log->notified, now); /* the clock was set back */
  engine_log_guard_set_back (log, now);
  for (guint i = 0; i < effects->len; i++)
    apply (log, effects->pdata[i], policies, now);
  log->n_effects += effects->len;
  engine_log_guard_check (log);
  check_overlaps (log);
}

void
engine_log_lose_desktop (EngineLog *log)
{
  g_hash_table_remove_all (log->live);
  g_clear_pointer (&log->asking, g_free);
}

void
engine_log_plan (EngineLog *log, const TrkPlan *plan)
{
  for (guint i = 0; i < plan->blocks->len; i++)
    {
      TrkBlock *block = plan->blocks->pdata[i];

      g_hash_table_replace (log->blocks, block->id, trk_block_ref (block));
    }
}

TrkEngine *
engine_log_restart (const EngineLog *log,
                    const TrkPolicies *policies,
                    const TrkAlmanac *almanac,
                    TrkInstant last_mark,
                    const TrkEngine *before)
{
  g_autoptr (GPtrArray) states = g_ptr_array_new ();
  g_autoptr (GPtrArray) blocks = g_ptr_array_new ();
  TrkEngineMemory memory = {
    .entries = log->entries,
    .gaps = log->gaps,
    .states = states,
    .blocks = blocks,
    .interruptions = log->interruptions,
    .last_mark = last_mark,
    .stopped = log->stopped,
    .before = before,
    .last_notice = log->notified,
    .told_hooks = log->told,
    .absence = log->absence,
  };
  GHashTableIter iter;
  gpointer state, block;

  g_hash_table_iter_init (&iter, log->states);
  while (g_hash_table_iter_next (&iter, NULL, &state))
    g_ptr_array_add (states, state);
  g_hash_table_iter_init (&iter, log->blocks);
  while (g_hash_table_iter_next (&iter, NULL, &block))
    g_ptr_array_add (blocks, block);
  return trk_engine_new (policies, almanac, &memory);
}
