/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-notice-rule.h"

#include "trk-duration.h"

/* As the configuration has it: "5m", "1h30m", "45s"; "off". */
static char *
length (TrkDuration value)
{
  return value > 0 ? trk_duration_format_typed (value) : g_strdup ("off");
}

static char *
general (const char *key, TrkDuration value)
{
  g_autofree char *shown = length (value);

  return g_strdup_printf ("[trackerd] %s = %s", key, shown);
}

static char *
with_length (TrkKind kind, const char *key, TrkDuration value)
{
  g_autofree char *shown = length (value);

  return g_strdup_printf ("[policy %s] %s = %s", trk_kind_to_string (kind), key, shown);
}

static char *
with_switch (TrkKind kind, const char *key, gboolean value)
{
  return g_strdup_printf ("[policy %s] %s = %s", trk_kind_to_string (kind), key,
                          value ? "yes" : "no");
}

static char *
of_reminder (TrkKind kind, const TrkPolicy *policy)
{
  g_autofree char *every = length (policy->remind_every);

  if (kind != TRK_KIND_BREAK && policy->unmissable)
    return with_switch (kind, "unmissable", TRUE);
  return g_strdup_printf ("[policy %s] remind_every = %s, remind_times = %u",
                          trk_kind_to_string (kind), every, policy->remind_times);
}

static char *
of_block (const TrkPolicies *policies, const TrkBlock *block, TrkNoticeKind kind)
{
  const TrkPolicy *policy = &policies->of[block->kind];

  switch (kind)
    {
    case TRK_NOTICE_LEAD:
      return block->leads != NULL ? g_strdup ("an alarm of the event (VALARM)")
                                  : with_length (block->kind, "lead", policy->lead);
    case TRK_NOTICE_START:
      return with_switch (block->kind, "notify_start", policy->notify_start);
    case TRK_NOTICE_ENDING:
      return with_length (block->kind, "ending", policy->ending);
    case TRK_NOTICE_END:
      return with_switch (block->kind, "notify_end", policy->notify_end);
    case TRK_NOTICE_REMINDER:
      return of_reminder (block->kind, policy);
    case TRK_NOTICE_LOCK:
      return with_switch (block->kind, "strict", policy->strict);
    default:
      return NULL;
    }
}

char *
trk_notice_rule (const TrkPolicies *policies, const TrkBlock *block, TrkNoticeKind kind)
{
  char *rule = block != NULL ? of_block (policies, block, kind) : NULL;

  if (rule != NULL)
    return rule;
  switch (kind)
    {
    case TRK_NOTICE_OWED:
      return g_strdup ("a break that was lost is offered afterwards");
    case TRK_NOTICE_DIGEST:
      return general ("late", policies->late);
    case TRK_NOTICE_OVERTIME:
      return general ("overtime_every", policies->overtime_every);
    case TRK_NOTICE_GAP:
      return g_strdup ("an absence is asked about on return");
    case TRK_NOTICE_GUARD:
      return g_strdup ("[guard] programs");
    case TRK_NOTICE_LIMIT:
      return general ("work_limit", policies->work_limit);
    case TRK_NOTICE_DAY_END:
      return g_strdup_printf ("[trackerd] day_end = %s", policies->day_end ? "yes" : "no");
    default:
      return g_strdup ("started by hand");
    }
}
