/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-config-keys.h"

#include "trk-text.h"

#define GENERAL(name, field, value)                                                                \
  {                                                                                                \
    TRK_CONFIG_SECTION_GENERAL, name, G_STRUCT_OFFSET (TrkConfig, field), &trk_config_##value      \
  }
#define CALENDAR(name, field, value, required)                                                     \
  {                                                                                                \
    TRK_CONFIG_SECTION_CALENDAR, name, field, &trk_config_##value, required                        \
  }
#define RULE(name, field, value, required)                                                         \
  {                                                                                                \
    TRK_CONFIG_SECTION_RULE, name, field, &trk_config_##value, required                            \
  }
#define GUARD(name, field, value)                                                                  \
  {                                                                                                \
    TRK_CONFIG_SECTION_GUARD, name, G_STRUCT_OFFSET (TrkConfig, field), &trk_config_##value        \
  }
#define POLICY(name, field, value)                                                                 \
  {                                                                                                \
    TRK_CONFIG_SECTION_POLICY, name, G_STRUCT_OFFSET (TrkPolicy, field), &trk_config_##value       \
  }

const char *const trk_config_section_names[] = { "trackerd", "calendar", "rule",
                                                 "policy",   "guard",    NULL };

const TrkConfigKey trk_config_keys[] = {
  GENERAL ("start_of_day", start_of_day, time_of_day),
  GENERAL ("week_start", week_start, weekday),
  GENERAL ("me", me, addresses),
  GENERAL ("focus_goal", focus_goal, length_or_off),
  GENERAL ("precedence", policies.precedence, precedence),
  GENERAL ("snooze", policies.snooze, length),
  GENERAL ("extend", policies.extend, length),
  GENERAL ("break", policies.take_break, length),
  GENERAL ("late", policies.late, length),
  GENERAL ("smallest_piece", policies.smallest_piece, length_or_off),
  GENERAL ("overtime_every", policies.overtime_every, length_or_off),
  GENERAL ("natural_break", policies.natural_break, length_or_off),
  GENERAL ("postpones", policies.postpones, count),
  GENERAL ("work_limit", policies.work_limit, length_or_off),
  GENERAL ("day_end", policies.day_end, switch),
  GENERAL ("hook_limit", hook_limit, limit),

  CALENDAR ("path", G_STRUCT_OFFSET (TrkCalendar, path), path, FALSE), /* or url */
  CALENDAR ("url", G_STRUCT_OFFSET (TrkCalendar, url), url, FALSE),
  CALENDAR ("every", G_STRUCT_OFFSET (TrkCalendar, every), interval, FALSE),
  CALENDAR ("user", G_STRUCT_OFFSET (TrkCalendar, user), text, FALSE),
  CALENDAR ("password_file", G_STRUCT_OFFSET (TrkCalendar, password_file), path, FALSE),
  CALENDAR ("ca_file", G_STRUCT_OFFSET (TrkCalendar, ca_file), path, FALSE),
  CALENDAR ("kind", 0, calendar_kind, FALSE),
  CALENDAR ("writable", G_STRUCT_OFFSET (TrkCalendar, writable), switch, FALSE),

  RULE ("kind", 0, rule_kind, TRUE),
  RULE ("calendar", G_STRUCT_OFFSET (TrkRule, calendar), text, FALSE),
  RULE ("category", G_STRUCT_OFFSET (TrkRule, category), text, FALSE),
  RULE ("summary", G_STRUCT_OFFSET (TrkRule, summary), pattern, FALSE),
  RULE ("location", G_STRUCT_OFFSET (TrkRule, location), pattern, FALSE),
  RULE ("attendee", G_STRUCT_OFFSET (TrkRule, attendee), text, FALSE),
  RULE ("min_attendees", G_STRUCT_OFFSET (TrkRule, min_attendees), count, FALSE),

  POLICY ("lead", lead, length_or_off),
  POLICY ("ending", ending, length_or_off),
  POLICY ("notify_start", notify_start, switch),
  POLICY ("notify_end", notify_end, switch),
  POLICY ("auto_start", auto_start, switch),
  POLICY ("away_pauses", away_pauses, switch),
  POLICY ("away_limit", away_limit, length),
  POLICY ("remind_every", remind_every, length_or_off),
  POLICY ("remind_times", remind_times, count),
  POLICY ("do_not_disturb", do_not_disturb, switch),
  POLICY ("unmissable", unmissable, switch),
  POLICY ("strict", strict, switch),

  GUARD ("programs", guarded, programs),
  GUARD ("allow", policies.guard_allow, length),
};
const gsize trk_config_n_keys = G_N_ELEMENTS (trk_config_keys);

const TrkConfigKey *
trk_config_key_find (TrkConfigSection section, const char *name)
{
  for (gsize i = 0; i < trk_config_n_keys; i++)
    if (trk_config_keys[i].section == section && g_str_equal (trk_config_keys[i].name, name))
      return &trk_config_keys[i];
  return NULL;
}

const char *
trk_config_key_nearest (TrkConfigSection section, const char *name)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for (gsize i = 0; i < trk_config_n_keys; i++)
    if (trk_config_keys[i].section == section)
      g_ptr_array_add (names, (gpointer) trk_config_keys[i].name);
  g_ptr_array_add (names, NULL);
  return trk_text_nearest (name, (const char *const *) names->pdata);
}
