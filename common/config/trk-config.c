/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-config.h"

TrkConfig *
trk_config_new_default (void)
{
  TrkConfig *config = g_atomic_rc_box_new0 (TrkConfig);

  config->calendars = g_ptr_array_new_with_free_func ((GDestroyNotify) trk_calendar_free);
  config->rules = g_ptr_array_new_with_free_func ((GDestroyNotify) trk_rule_free);
  config->warnings = g_ptr_array_new_with_free_func (g_free);
  config->start_of_day = TRK_DEFAULT_START_OF_DAY;
  config->week_start = trk_almanac_locale_week_start ();
  config->me = g_new0 (char *, 1);
  config->guarded = g_new0 (char *, 1);
  config->hook_limit = 10 * TRK_SECOND;
  trk_policies_init (&config->policies);
  return config;
}

TrkConfig *
trk_config_ref (TrkConfig *config)
{
  return g_atomic_rc_box_acquire (config);
}

static void
clear (gpointer data)
{
  TrkConfig *config = data;

  g_ptr_array_unref (config->calendars);
  g_ptr_array_unref (config->rules);
  g_ptr_array_unref (config->warnings);
  g_strfreev (config->me);
  g_strfreev (config->guarded);
}

void
trk_config_unref (TrkConfig *config)
{
  if (config != NULL)
    g_atomic_rc_box_release_full (config, clear);
}

TrkAlmanac
trk_config_almanac (const TrkConfig *config, const TrkZone *zone)
{
  return (TrkAlmanac){ .zone = zone,
                       .start_of_day = config->start_of_day,
                       .week_start = config->week_start };
}

const TrkCalendar *
trk_config_calendar (const TrkConfig *config, const char *name)
{
  for (guint i = 0; i < config->calendars->len; i++)
    {
      const TrkCalendar *calendar = config->calendars->pdata[i];

      if (g_str_equal (calendar->name, name))
        return calendar;
    }
  return NULL;
}
