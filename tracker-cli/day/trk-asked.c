/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-asked.h"

char *
trk_asked_answer (const TrkInterruption *asked, const TrkZone *zone)
{
  g_autofree char *until = NULL;

  switch (asked->answer)
    {
    case TRK_GUARD_BACK:
      return g_strdup ("back to work");
    case TRK_GUARD_ALLOW:
      until = trk_zone_format_time (zone, asked->until);
      return g_strdup_printf ("allowed until %s", until);
    case TRK_GUARD_WORK:
      return g_strdup ("it is work");
    default:
      return g_strdup ("not answered");
    }
}

char *
trk_asked_words (const TrkInterruption *asked, const TrkZone *zone)
{
  g_autofree char *at = trk_zone_format_time (zone, asked->at);
  g_autofree char *answer = trk_asked_answer (asked, zone);
  g_autofree char *answered = NULL;

  if (asked->answer == TRK_GUARD_NONE)
    return g_strdup_printf ("%s asked about %s: %s", at, asked->program, answer);
  answered = trk_zone_format_time (zone, asked->answered);
  return g_strdup_printf ("%s asked about %s: %s, at %s%s%s", at, asked->program, answer, answered,
                          asked->note != NULL ? " — " : "", asked->note != NULL ? asked->note : "");
}

void
trk_asked_to_json (const TrkInterruption *asked, TrkJson *json)
{
  trk_json_begin_object (json);
  trk_json_int (json, "number", asked->number);
  trk_json_instant (json, "at", asked->at);
  trk_json_string (json, "program", asked->program);
  trk_json_string (json, "block", asked->block_id);
  trk_json_string (json, "answer", trk_guard_answer_to_string (asked->answer));
  trk_json_instant (json, "answered", asked->answered);
  trk_json_instant (json, "until", asked->until);
  trk_json_string (json, "note", asked->note);
  trk_json_end_object (json);
}
