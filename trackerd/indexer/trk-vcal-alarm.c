/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-vcal-alarm.h"

#include "trk-about.h"

/* How long before the start the alarm of @line is due. FALSE: it cannot be told. */
static gboolean
lead_of (const TrkVeventParse *parse, const TrkContentLine *line, TrkDuration *lead)
{
  const TrkMoment *start = &parse->event->start;
  g_auto (GStrv) fields = g_strsplit (line->value, ";", 2);
  TrkMoment due;

  if (fields[0] == NULL || !trk_vevent_moment (parse, line, fields[0], &due, NULL) || due.is_date)
    return FALSE;
  if (!start->is_date
      && trk_timezone_is_floating (due.zone) != trk_timezone_is_floating (start->zone))
    return FALSE;
  *lead = trk_moment_key (start) - trk_moment_key (&due);
  return TRUE;
}

static gboolean
is_among (const GArray *leads, TrkDuration lead)
{
  for (guint i = 0; i < leads->len; i++)
    if (g_array_index (leads, TrkDuration, i) == lead)
      return TRUE;
  return FALSE;
}

void
trk_vcal_alarms_add (const TrkVeventParse *parse, const TrkComponent *component)
{
  TrkOccurrence *about = parse->event->about;

  for (guint i = 0; i < component->lines->len; i++)
    {
      const TrkContentLine *line = g_ptr_array_index (component->lines, i);
      TrkDuration lead;

      if ((!g_str_equal (line->name, "DALARM") && !g_str_equal (line->name, "AALARM"))
          || !lead_of (parse, line, &lead))
        continue;
      if (about->leads == NULL)
        about->leads = g_array_new (FALSE, FALSE, sizeof (TrkDuration));
      if (about->leads->len < TRK_ABOUT_MAX_ALARMS && !is_among (about->leads, lead))
        g_array_append_val (about->leads, lead);
    }
}
