/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-calendar-show.h"

#include "trk-columns.h"
#include "trk-diagnostic-text.h"
#include "trk-format.h"
#include "trk-json-print.h"
#include "trk-plan.h"
#include "trk-text.h"

enum
{
  LONGEST_TITLE = 200 /* characters */
};

/* The kind that the event has without anybody's configuration; NULL: it makes no block. */
static const char *
kind_of (const TrkOccurrence *occurrence)
{
  const TrkPlanInput nobody = { 0 };
  g_autoptr (TrkVerdict) verdict = trk_verdict_new (occurrence, &nobody);

  return verdict->makes_block ? trk_kind_to_string (verdict->kind) : NULL;
}

/* An instant of its own, also the one of 1970, which trk_json_instant() takes for none. */
static void
add_instant (TrkJson *builder, const char *key, TrkInstant at)
{
  g_autofree char *text = trk_instant_to_iso (at);

  trk_json_string (builder, key, text);
}

void
trk_calendar_show_json (TrkSession *session, const GPtrArray *occurrences)
{
  g_autoptr (TrkJson) builder = trk_json_new ();

  trk_json_begin_array (builder);
  for (guint i = 0; i < occurrences->len; i++)
    {
      const TrkOccurrence *occurrence = g_ptr_array_index (occurrences, i);

      trk_json_begin_object (builder);
      trk_json_string (builder, "uid", occurrence->uid);
      trk_json_string (builder, "recurrence_id", occurrence->recurrence_id);
      trk_json_string (builder, "summary", occurrence->summary);
      add_instant (builder, "start", occurrence->period.start);
      add_instant (builder, "end", occurrence->period.end);
      trk_json_bool (builder, "all_day", occurrence->all_day);
      trk_json_string (builder, "status", trk_status_to_string (occurrence->status));
      trk_json_string (builder, "kind", kind_of (occurrence));
      trk_json_string (builder, "calendar", occurrence->calendar);
      trk_json_end_object (builder);
    }
  trk_json_end_array (builder);
  trk_json_print (session, builder);
}

static void
add_row (TrkColumns *columns, const TrkOccurrence *occurrence, const TrkZone *zone)
{
  g_autofree char *time =
      occurrence->all_day ? g_strdup ("all day") : trk_format_span (zone, occurrence->period);
  g_autofree char *title = trk_text_line (occurrence->summary, LONGEST_TITLE);
  g_autofree char *calendar = trk_text_line (occurrence->calendar, LONGEST_TITLE);

  trk_columns_add (columns, TRK_PAINT_PLAIN, time, title, kind_of (occurrence), calendar);
}

void
trk_calendar_show_text (TrkSession *session, const GPtrArray *occurrences, const TrkZone *zone)
{
  g_autoptr (TrkColumns) columns = trk_columns_new ("ltlo");
  TrkDay today = trk_zone_local (zone, trk_session_now (session)).day;
  TrkDay shown = G_MININT32;

  for (guint i = 0; i < occurrences->len; i++)
    {
      const TrkOccurrence *occurrence = g_ptr_array_index (occurrences, i);
      TrkDay day = trk_zone_local (zone, occurrence->period.start).day;

      if (day != shown)
        {
          g_autofree char *heading = trk_format_day (day, today);

          trk_columns_add_heading (columns, heading);
        }
      shown = day;
      add_row (columns, occurrence, zone);
    }
  trk_columns_print (columns, session);
}

void
trk_calendar_show_diagnostics_json (TrkSession *session, const GPtrArray *diagnostics)
{
  g_autoptr (TrkJson) builder = trk_json_new ();

  trk_json_begin_array (builder);
  for (guint i = 0; i < diagnostics->len; i++)
    {
      const TrkDiagnostic *diagnostic = g_ptr_array_index (diagnostics, i);

      trk_json_begin_object (builder);
      trk_json_string (builder, "calendar", diagnostic->calendar);
      trk_json_string (builder, "file", diagnostic->file);
      trk_json_number (builder, "line", diagnostic->line);
      trk_json_string (builder, "property", diagnostic->property);
      trk_json_string (builder, "reason", diagnostic->reason);
      trk_json_int (builder, "left_out", diagnostic->left_out);
      trk_json_end_object (builder);
    }
  trk_json_end_array (builder);
  trk_json_print (session, builder);
}

guint
trk_calendar_show_diagnostics (FILE *out, TrkIndex *index, const char *calendar)
{
  g_autoptr (GPtrArray) diagnostics = trk_index_diagnostics (index, calendar, NULL);

  for (guint i = 0; diagnostics != NULL && i < diagnostics->len; i++)
    {
      g_autofree char *whole = trk_diagnostic_text (g_ptr_array_index (diagnostics, i));
      g_autofree char *line = trk_text_line (whole, 0);

      fprintf (out, "%s\n", line);
    }
  return diagnostics != NULL ? diagnostics->len : 0;
}
