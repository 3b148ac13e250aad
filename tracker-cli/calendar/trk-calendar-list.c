/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-calendar-list.h"

#include "trk-calendar-subscribe.h"
#include "trk-calendar-url.h"
#include "trk-columns.h"
#include "trk-format.h"
#include "trk-index-update.h"
#include "trk-json-print.h"
#include "trk-loose-index.h"
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

/* Where it is, in words; TRUE: something is wrong there. @known: its events were read once. */
static gboolean
find_place (const TrkCalendar *calendar, gboolean known, TrkInstant now, char **place)
{
  g_autofree char *path = NULL;

  if (calendar->url != NULL)
    return trk_calendar_subscription_text (calendar, now, place);
  path = trk_path_display (calendar->path);
  if (g_file_test (calendar->path, G_FILE_TEST_EXISTS))
    {
      *place = g_steal_pointer (&path);
      return FALSE;
    }
  *place = g_strdup_printf ("%s: not there%s", path, known ? ", what it last held is used" : "");
  return TRUE;
}

static void
add_row (TrkColumns *columns,
         const TrkCalendar *calendar,
         const TrkIndexSummary *summary,
         TrkInstant now)
{
  g_autofree char *place = NULL;
  g_autofree char *events = trk_format_count (summary != NULL ? summary->events : 0, "event", NULL);
  g_autofree char *left_out = summary != NULL && summary->left_out > 0
                                  ? g_strdup_printf ("%u left out", summary->left_out)
                                  : NULL;
  TrkPaint paint =
      find_place (calendar, summary != NULL, now, &place) ? TRK_PAINT_WARN : TRK_PAINT_PLAIN;

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

/* Looks into those of @calendars that @summaries do not know, as calendar add does, so that both
 * say the same; what cannot be read stays unknown. */
static void
look_into_new (TrkSession *session, const GPtrArray *calendars, GPtrArray *summaries)
{
  g_autoptr (GPtrArray) unread = g_ptr_array_new ();
  g_autoptr (TrkLooseIndex) loose = NULL;
  g_autoptr (GPtrArray) found = NULL;

  for (guint i = 0; i < calendars->len; i++)
    {
      TrkCalendar *calendar = g_ptr_array_index (calendars, i);

      if (summary_of (summaries, calendar->name) == NULL
          && g_file_test (calendar->path, G_FILE_TEST_EXISTS))
        g_ptr_array_add (unread, calendar);
    }
  if (unread->len > 0)
    loose = trk_loose_index_new (unread, trk_index_usual_window (trk_session_now (session)),
                                 trk_session_err (session), NULL);
  found = loose != NULL ? trk_index_summaries (trk_loose_index_get (loose), NULL) : NULL;
  if (found != NULL)
    g_ptr_array_extend_and_steal (summaries, g_steal_pointer (&found));
}

static GPtrArray *
known_summaries (void)
{
  g_autofree char *path = trk_path_index ();
  g_autoptr (TrkIndex) index = trk_index_open (path, NULL);
  GPtrArray *summaries = index != NULL ? trk_index_summaries (index, NULL) : NULL;

  return summaries != NULL
             ? summaries
             : g_ptr_array_new_with_free_func ((GDestroyNotify) trk_index_summary_free);
}

gboolean
trk_calendar_run_list (TrkSession *session, const TrkArgs *args, GError **error)
{
  TrkConfig *config = trk_session_config (session, error);
  g_autoptr (GPtrArray) summaries = NULL;

  if (config == NULL)
    return FALSE;
  summaries = known_summaries ();
  if (trk_session_json (session))
    list_json (session, config->calendars, summaries);
  else if (config->calendars->len == 0)
    trk_session_say (session, "There are no calendars yet. To add one: tracker calendar add work "
                              "~/calendar.ics, or: tracker calendar add --template "
                              "time-blocked-day");
  else
    {
      look_into_new (session, config->calendars, summaries);
      list_text (session, config->calendars, summaries);
    }
  return TRUE;
}
