/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-effect.h"

/* Position in the table is the enum's value. */
static const char *const types[] = {
  "notify",     "withdraw",    "entry-open", "entry-close",  "entry-amend",
  "entry-add",  "entry-cut",   "gap-open",   "gap-close",    "gap-cut",
  "gap-answer", "block-state", "task-done",  "focus-on",     "focus-off",
  "lock",       "hook",        "withhold",   "interruption", "interruption-answer",
  "absence",
};
G_STATIC_ASSERT (G_N_ELEMENTS (types) == TRK_EFFECT_ABSENCE + 1);

const char *
trk_effect_type_to_string (TrkEffectType type)
{
  return (gsize) type < G_N_ELEMENTS (types) ? types[type] : "unknown";
}

TrkEffect *
trk_effect_new (TrkEffectType type, TrkInstant at, TrkReason reason)
{
  TrkEffect *effect = g_new0 (TrkEffect, 1);

  effect->type = type;
  effect->at = at;
  effect->reason = reason;
  return effect;
}

void
trk_effect_free (TrkEffect *effect)
{
  if (effect == NULL)
    return;
  g_free (effect->block_id);
  trk_notice_free (effect->notice);
  g_free (effect->rule);
  g_free (effect->key);
  trk_entry_free (effect->entry);
  trk_gap_free (effect->gap);
  trk_block_state_free (effect->state);
  trk_interruption_free (effect->interruption);
  g_free (effect);
}

/* What the effect is about, without its type and reason; NULL: nothing to say. */
static char *
subject (const TrkEffect *effect)
{
  switch (effect->type)
    {
    case TRK_EFFECT_NOTIFY:
    case TRK_EFFECT_WITHHOLD:
      return g_strdup_printf ("%s '%s'%s", trk_notice_kind_to_string (effect->notice->kind),
                              effect->notice->title, effect->notice->urgent ? " urgent" : "");
    case TRK_EFFECT_WITHDRAW:
      return g_strdup_printf ("'%s'", effect->key);
    case TRK_EFFECT_ENTRY_OPEN:
    case TRK_EFFECT_ENTRY_AMEND:
    case TRK_EFFECT_ENTRY_ADD:
      return g_strdup_printf ("%s '%s' %s", trk_kind_to_string (effect->entry->kind),
                              effect->entry->title,
                              trk_evidence_to_string (effect->entry->evidence));
    case TRK_EFFECT_ENTRY_CLOSE:
    case TRK_EFFECT_ENTRY_CUT:
      return g_strdup_printf ("%s '%s'", trk_kind_to_string (effect->entry->kind),
                              effect->entry->title);
    case TRK_EFFECT_GAP_CLOSE:
    case TRK_EFFECT_GAP_ANSWER:
      return g_strdup (trk_answer_to_string (effect->gap->answer));
    case TRK_EFFECT_BLOCK_STATE:
      return g_strdup_printf ("'%s' %s", effect->block_id,
                              trk_outcome_to_string (effect->state->outcome));
    case TRK_EFFECT_TASK_DONE:
      return g_strdup_printf ("%" G_GINT64_FORMAT, effect->task);
    case TRK_EFFECT_HOOK:
      return g_strdup (trk_hook_to_string (effect->hook));
    case TRK_EFFECT_INTERRUPTION:
    case TRK_EFFECT_INTERRUPTION_ANSWER:
      return g_strdup_printf ("'%s' %s", effect->interruption->program,
                              trk_guard_answer_to_string (effect->interruption->answer));
    case TRK_EFFECT_GAP_OPEN:
    case TRK_EFFECT_GAP_CUT:
    case TRK_EFFECT_FOCUS_ON:
    case TRK_EFFECT_FOCUS_OFF:
    case TRK_EFFECT_LOCK:
    case TRK_EFFECT_ABSENCE:
      break;
    }
  return NULL;
}

char *
trk_effect_to_line (const TrkEffect *effect)
{
  g_autofree char *about = subject (effect);

  return g_strjoin (" ", trk_effect_type_to_string (effect->type),
                    about != NULL ? about : trk_reason_to_string (effect->reason),
                    about != NULL ? trk_reason_to_string (effect->reason) : NULL, NULL);
}
