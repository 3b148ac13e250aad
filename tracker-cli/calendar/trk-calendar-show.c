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

/* The kind that the event has in the plan; NULL: it makes no block. */
static const char *
kind_of (const TrkOccurrence *occurrence, const TrkPlanInput *input)
{
  g_auto (TrkVerdict) verdict = trk_verdict (occurrence, input);

  return verdict.makes_block ? trk_kind_to_string (verdict.kind) : NULL;
}

/* An instant of its own, also the one of 1970, which trk_json_instant() takes for none. */
static void
add_instant (TrkJson *builder, const char *key, TrkInstant at)
{
  g_autofree char *text = trk_instant_to_iso (at);

  trk_json_string (builder, key, text);
}

void
trk_calendar_show_json (TrkSession *session,
                        const GPtrArray *occurrences,
                        const TrkPlanInput *input)
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
      trk_json_string (builder, "kind", kind_of (occurrence, input));
      trk_json_string (builder, "calendar", occurrence->calendar);
      trk_json_end_object (builder);
    }
  trk_json_end_array (builder);
  trk_json_print (session, builder);
}

/* "Holiday (to Sat 28 Nov)", "Standup (and 4 more)": what stands in a row for more than it says. */
static char *
title_of (const TrkOccurrence *occurrence, guint more, const TrkZone *zone, TrkDay today)
{
  g_autofree char *summary = trk_text_line (occurrence->summary, LONGEST_TITLE);
  TrkDay first = trk_zone_local (zone, occurrence->period.start).day;
  TrkDay last = trk_zone_local (zone, occurrence->period.end - 1).day;
  g_autofree char *to = NULL;

  if (more > 0)
    return g_strdup_printf ("%s (and %u more)", summary, more);
  if (!occurrence->all_day || last <= first)
    return g_steal_pointer (&summary);
  to = trk_format_day_short (last, today);
  return g_strdup_printf ("%s (to %s)", summary, to);
}

static void
add_row (TrkColumns *columns,
         const TrkOccurrence *occurrence,
         guint more,
         const TrkZone *zone,
         TrkDay today,
         const TrkPlanInput *input)
{
  g_autofree char *time =
      occurrence->all_day ? g_strdup ("all day") : trk_format_span (zone, occurrence->period);
  g_autofree char *title = title_of (occurrence, more, zone, today);
  g_autofree char *calendar = trk_text_line (occurrence->calendar, LONGEST_TITLE);

  trk_columns_add (columns, TRK_PAINT_PLAIN, time, title, kind_of (occurrence, input), calendar);
}

/* @more: how many others a row stands for, by its occurrence (nullable). */
static void
show_rows (TrkSession *session,
           const GPtrArray *occurrences,
           GHashTable *more,
           const TrkZone *zone,
           const TrkPlanInput *input)
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
      add_row (columns, occurrence,
               more != NULL ? GPOINTER_TO_UINT (g_hash_table_lookup (more, occurrence)) : 0, zone,
               today, input);
    }
  trk_columns_print (columns, session);
}

void
trk_calendar_show_text (TrkSession *session,
                        const GPtrArray *occurrences,
                        const TrkZone *zone,
                        const TrkPlanInput *input)
{
  show_rows (session, occurrences, NULL, zone, input);
}

/* Equal for those of a series that are alike: one that was moved or renamed stands for itself. */
static char *
series_key (const TrkOccurrence *occurrence, const TrkZone *zone)
{
  TrkDuration time = trk_zone_local (zone, occurrence->period.start).time;

  return g_strdup_printf ("%" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %s\n%s\n%s", (gint64) time,
                          (gint64) trk_period_length (occurrence->period), occurrence->calendar,
                          occurrence->uid, occurrence->summary);
}

void
trk_calendar_show_series (TrkSession *session,
                          const GPtrArray *occurrences,
                          const TrkZone *zone,
                          const TrkPlanInput *input)
{
  g_autoptr (GHashTable) shown = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) more = g_hash_table_new (NULL, NULL);
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();

  for (guint i = 0; i < occurrences->len; i++)
    {
      TrkOccurrence *occurrence = g_ptr_array_index (occurrences, i);
      g_autofree char *key =
          occurrence->recurrence_id != NULL ? series_key (occurrence, zone) : NULL;
      TrkOccurrence *first = key != NULL ? g_hash_table_lookup (shown, key) : NULL;

      if (first != NULL)
        {
          guint others = GPOINTER_TO_UINT (g_hash_table_lookup (more, first));

          g_hash_table_insert (more, first, GUINT_TO_POINTER (others + 1));
          continue;
        }
      g_ptr_array_add (rows, occurrence);
      if (key != NULL)
        g_hash_table_insert (shown, g_steal_pointer (&key), occurrence);
    }
  show_rows (session, rows, more, zone, input);
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
