/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-calendar-list.h"

#include "trk-calendar-subscribe.h"
#include "trk-calendar-url.h"
#include "trk-columns.h"
#include "trk-format.h"
#include "trk-json-print.h"
#include "trk-paths.h"
#include "trk-subscription-state.h"
#include "trk-vdir.h"

/* What the index knows of @name; NULL: nothing. Borrowed from @summaries. */
static const TrkIndexSummary *
summary_of (const GPtrArray *summaries, const char *name)
{
  for (guint i = 0; summaries != NULL && i < summaries->len; i++)
    {
      const TrkIndexSummary *summary = g_ptr_array_index (summaries, i);

      if (g_str_equal (summary->calendar, name))
        return summary;
    }
  return NULL;
}

static void
add_number (TrkJson *builder, const char *key, gboolean known, guint number)
{
  if (known)
    trk_json_int (builder, key, number);
  else
    trk_json_string (builder, key, NULL);
}

static void
add_source (TrkJson *json, const TrkCalendar *calendar)
{
  g_autofree char *title = trk_vdir_title (calendar->path);
  g_autofree char *color = trk_vdir_color (calendar->path);
  g_autofree char *source = calendar->url != NULL ? trk_calendar_url_display (calendar->url) : NULL;
  g_autoptr (TrkSubscriptionState) state = trk_subscription_state_load (calendar->path);

  trk_json_string (json, "title", title);
  trk_json_string (json, "color", color);
  trk_json_string (json, "source", source);
  trk_json_instant (json, "fetched", source != NULL ? state->fetched : 0);
  trk_json_instant (json, "next", source != NULL ? state->next : 0);
  trk_json_string (json, "problem", source != NULL ? state->problem : NULL);
}

static void
list_json (TrkSession *session, const GPtrArray *calendars, const GPtrArray *summaries)
{
  g_autoptr (TrkJson) builder = trk_json_new ();

  trk_json_begin_array (builder);
  for (guint i = 0; i < calendars->len; i++)
    {
      const TrkCalendar *calendar = g_ptr_array_index (calendars, i);
      const TrkIndexSummary *summary = summary_of (summaries, calendar->name);

      trk_json_begin_object (builder);
      trk_json_string (builder, "name", calendar->name);
      trk_json_string (builder, "path", calendar->path);
      trk_json_string (builder, "kind",
                       calendar->has_kind ? trk_kind_to_string (calendar->kind) : NULL);
      trk_json_bool (builder, "writable", calendar->writable);
      add_number (builder, "events", summary != NULL, summary != NULL ? summary->events : 0);
      add_number (builder, "left_out", summary != NULL, summary != NULL ? summary->left_out : 0);
      add_source (builder, calendar);
      trk_json_end_object (builder);
    }
  trk_json_end_array (builder);
  trk_json_print (session, builder);
}

static void
add_row (TrkColumns *columns,
         const TrkCalendar *calendar,
         const TrkIndexSummary *summary,
         TrkInstant now)
{
  g_autofree char *place = calendar->url == NULL ? trk_path_display (calendar->path) : NULL;
  g_autofree char *events = trk_format_count (summary != NULL ? summary->events : 0, "event", NULL);
  g_autofree char *left_out = summary != NULL && summary->left_out > 0
                                  ? g_strdup_printf ("%u left out", summary->left_out)
                                  : NULL;
  TrkPaint paint = TRK_PAINT_PLAIN;

  if (calendar->url != NULL && trk_calendar_subscription_text (calendar, now, &place))
    paint = TRK_PAINT_WARN;
  trk_columns_add (columns, paint, calendar->name,
                   calendar->has_kind ? trk_kind_to_string (calendar->kind) : NULL,
                   calendar->writable ? "writable" : NULL, summary != NULL ? events : NULL,
                   left_out, place);
}

static void
list_text (TrkSession *session, const GPtrArray *calendars, const GPtrArray *summaries)
{
  g_autoptr (TrkColumns) columns = trk_columns_new ("lllrrp");

  for (guint i = 0; i < calendars->len; i++)
    {
      const TrkCalendar *calendar = g_ptr_array_index (calendars, i);

      add_row (columns, calendar, summary_of (summaries, calendar->name),
               trk_session_now (session));
    }
  trk_columns_print (columns, session);
}

gboolean
trk_calendar_run_list (TrkSession *session, const TrkArgs *args, GError **error)
{
  TrkConfig *config = trk_session_config (session, error);
  g_autofree char *path = trk_path_index ();
  g_autoptr (TrkIndex) index = NULL;
  g_autoptr (GPtrArray) summaries = NULL;

  if (config == NULL)
    return FALSE;
  index = trk_index_open (path, NULL); /* without one, only names and paths are known */
  summaries = index != NULL ? trk_index_summaries (index, NULL) : NULL;
  if (trk_session_json (session))
    list_json (session, config->calendars, summaries);
  else if (config->calendars->len == 0)
    trk_session_say (session, "There are no calendars yet. To add one: tracker calendar add work "
                              "~/calendar.ics, or: tracker calendar add --template "
                              "time-blocked-day");
  else
    list_text (session, config->calendars, summaries);
  return TRUE;
}
