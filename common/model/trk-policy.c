/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-policy.h"

void
trk_policies_init (TrkPolicies *policies)
{
  *policies = (TrkPolicies){
    .of = {
      [TRK_KIND_FOCUS] = { .lead = 5 * TRK_MINUTE, .ending = 2 * TRK_MINUTE, .notify_start = TRUE,
                           .notify_end = TRUE, .auto_start = TRUE, .away_pauses = TRUE },
      [TRK_KIND_SHALLOW] = { .auto_start = TRUE, .away_pauses = TRUE },
      [TRK_KIND_MEETING] = { .lead = 2 * TRK_MINUTE, .notify_start = TRUE, .auto_start = TRUE },
      [TRK_KIND_BREAK] = { .notify_start = TRUE, .notify_end = TRUE,
                           .remind_every = 3 * TRK_MINUTE, .remind_times = 3 },
      [TRK_KIND_ROUTINE] = { .notify_start = TRUE, .auto_start = TRUE, .away_pauses = TRUE },
      [TRK_KIND_OFF] = { 0 },
    },
    .precedence = { TRK_KIND_OFF, TRK_KIND_MEETING, TRK_KIND_BREAK, TRK_KIND_FOCUS,
                    TRK_KIND_SHALLOW, TRK_KIND_ROUTINE },
    .snooze = 5 * TRK_MINUTE,
    .extend = 15 * TRK_MINUTE,
    .take_break = 10 * TRK_MINUTE,
    .late = 10 * TRK_MINUTE,
    .smallest_piece = 5 * TRK_MINUTE,
    .mark_every = TRK_MINUTE,
    .overtime_every = TRK_HOUR,
    .natural_break = 30 * TRK_MINUTE,
    .postpones = 3,
    .guard_allow = 5 * TRK_MINUTE,
  };
  for (guint kind = 0; kind < TRK_N_KINDS; kind++)
    policies->of[kind].away_limit = 5 * TRK_MINUTE;
}

TrkRule *
trk_rule_new (const char *name)
{
  TrkRule *rule = g_new0 (TrkRule, 1);

  rule->name = g_strdup (name);
  return rule;
}

void
trk_rule_free (TrkRule *rule)
{
  if (rule == NULL)
    return;
  g_free (rule->name);
  g_free (rule->calendar);
  g_free (rule->category);
  g_clear_pointer (&rule->summary, g_regex_unref);
  g_clear_pointer (&rule->location, g_regex_unref);
  g_free (rule->attendee);
  g_free (rule);
}
