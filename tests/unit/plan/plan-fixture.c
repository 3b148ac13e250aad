/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "plan-fixture.h"

#include <stdio.h>
#include <string.h>

TrkOccurrence *
fixture_event (const char *uid, TrkInstant start, TrkInstant end)
{
  TrkOccurrence *event = trk_occurrence_new ();

  event->calendar = g_strdup ("work");
  event->uid = g_strdup (uid);
  event->summary = g_strdup (uid);
  event->period = (TrkPeriod){ start, end };
  event->status = TRK_STATUS_CONFIRMED;
  return event;
}

static TrkOccurrence *
parse_event (const char *text)
{
  char kind[16], name[64];
  int h1, m1, h2, m2;
  const char *slash;
  TrkOccurrence *event;

  g_assert_cmpint (sscanf (text, " %15s %63s %2d%2d-%2d%2d", kind, name, &h1, &m1, &h2, &m2), ==,
                   6);
  slash = strchr (name, '/');
  event = fixture_event (slash != NULL ? slash + 1 : name, AT (h1, m1), AT (h2, m2));
  event->kind = g_strdup (kind);
  if (slash != NULL)
    {
      g_free (event->calendar);
      event->calendar = g_strndup (name, slash - name);
    }
  return event;
}

GPtrArray *
fixture_events (const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, ",", -1);
  GPtrArray *events = g_ptr_array_new_with_free_func ((GDestroyNotify) trk_occurrence_unref);

  for (char **part = parts; *part != NULL; part++)
    g_ptr_array_add (events, parse_event (*part));
  return events;
}

TrkPeriod
fixture_day (void)
{
  return (TrkPeriod){ DAY_START, DAY_START + 24 * TRK_HOUR };
}

TrkPlanInput
fixture_input (TrkPolicies *policies)
{
  trk_policies_init (policies);
  return (TrkPlanInput){ .policies = policies };
}

static void
append_period (GString *text, TrkPeriod period)
{
  gint64 start = (period.start - DAY_START) / TRK_MINUTE;
  gint64 end = (period.end - DAY_START) / TRK_MINUTE;

  g_string_append_printf (text, " %02d%02d-%02d%02d", (int) (start / 60), (int) (start % 60),
                          (int) (end / 60), (int) (end % 60));
}

char *
fixture_blocks_text (const TrkPlan *plan)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < plan->blocks->len; i++)
    {
      const TrkBlock *block = g_ptr_array_index (plan->blocks, i);
      g_autofree char *whole = g_strconcat (block->calendar, "/", block->title, NULL);
      const char *number = g_str_has_prefix (block->id, whole) ? block->id + strlen (whole) : "?";

      g_string_append_printf (text, "%s%s%s", i > 0 ? ", " : "", block->title, number);
      append_period (text, block->period);
    }
  return g_string_free (text, FALSE);
}

char *
fixture_squeezed_text (const TrkPlan *plan)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < plan->squeezed->len; i++)
    {
      const TrkSqueeze *squeeze = &g_array_index (plan->squeezed, TrkSqueeze, i);

      g_string_append_printf (text, "%s%s-%s", i > 0 ? ", " : "", squeeze->block->title,
                              squeeze->by->title);
      append_period (text, squeeze->lost);
      g_string_append_printf (text, "%s%s%s", squeeze->whole ? " whole" : "",
                              squeeze->owed ? " owed" : "", squeeze->duplicate ? " copy" : "");
    }
  return g_string_free (text, FALSE);
}
