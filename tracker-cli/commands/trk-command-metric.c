/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-columns.h"
#include "trk-commands.h"
#include "trk-error.h"
#include "trk-format.h"
#include "trk-json-print.h"
#include "trk-parse.h"

#include <string.h>

/* tracker metric: dated numbers of any name. */

static const TrkPeriod ever = { G_MININT64 / 2, TRK_NEVER };

/* Array of TrkMetric; empty without a log. @name NULL: all. */
static GPtrArray *
load (TrkSession *session, const char *name, GError **error)
{
  TrkStore *store;

  if (!trk_session_read_log (session, &store, error))
    return NULL;
  return store != NULL ? trk_store_metrics (store, name, ever, error) : g_ptr_array_new ();
}

static void
print_json (TrkSession *session, const GPtrArray *metrics)
{
  g_autoptr (TrkJson) builder = trk_json_new ();

  trk_json_begin_array (builder);
  for (guint i = 0; i < metrics->len; i++)
    {
      const TrkMetric *metric = g_ptr_array_index (metrics, i);

      trk_json_begin_object (builder);
      trk_json_int (builder, "number", metric->number);
      trk_json_string (builder, "id", metric->id);
      trk_json_string (builder, "name", metric->name);
      trk_json_double (builder, "value", metric->value);
      trk_json_string (builder, "unit", metric->unit);
      trk_json_string (builder, "source", metric->source);
      trk_json_instant (builder, "at", metric->at);
      trk_json_end_object (builder);
    }
  trk_json_end_array (builder);
  trk_json_print (session, builder);
}

/* "83.2 %". */
static char *
value_of (const TrkMetric *metric, double value)
{
  g_autofree char *number = trk_format_number (value);

  return metric->unit != NULL ? g_strconcat (number, " ", metric->unit, NULL)
                              : g_steal_pointer (&number);
}

/* "+1.3" against the value before; NULL when there is none or nothing changed. */
static char *
change_of (const TrkMetric *metric, const TrkMetric *before)
{
  g_autofree char *number = NULL;

  if (before == NULL || metric->value == before->value)
    return NULL;
  number = trk_format_number (metric->value - before->value);
  return metric->value > before->value ? g_strconcat ("+", number, NULL)
                                       : g_steal_pointer (&number);
}

static void
add_row (TrkColumns *columns,
         TrkSession *session,
         const TrkMetric *metric,
         const TrkMetric *before,
         const char *count)
{
  TrkAlmanac almanac = trk_session_almanac (session);
  TrkDay today = trk_almanac_day (&almanac, trk_session_now (session));
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, metric->number);
  g_autofree char *value = value_of (metric, metric->value);
  g_autofree char *change = change_of (metric, before);
  g_autofree char *at = trk_format_moment (&almanac, metric->at, today);

  trk_columns_add (columns, TRK_PAINT_PLAIN, number, metric->name, value, change, at, count);
}

/* Every value of one name, the oldest first. */
static void
print_values (TrkSession *session, const GPtrArray *metrics)
{
  g_autoptr (TrkColumns) columns = trk_columns_new ("rfrrlo");

  for (guint i = 0; i < metrics->len; i++)
    add_row (columns, session, g_ptr_array_index (metrics, i),
             i > 0 ? g_ptr_array_index (metrics, i - 1) : NULL, NULL);
  trk_columns_print (columns, session);
}

/* The values of @metrics that have the name of the one at @n, up to and with it. */
static guint
count_before (const GPtrArray *metrics, guint n, const TrkMetric **before)
{
  const TrkMetric *metric = g_ptr_array_index (metrics, n);
  guint count = 1;

  *before = NULL;
  for (guint i = 0; i < n; i++)
    {
      const TrkMetric *other = g_ptr_array_index (metrics, i);

      if (strcmp (other->name, metric->name) == 0)
        {
          *before = other;
          count++;
        }
    }
  return count;
}

static gboolean
is_last_of_name (const GPtrArray *metrics, guint n)
{
  const TrkMetric *metric = g_ptr_array_index (metrics, n);

  for (guint i = n + 1; i < metrics->len; i++)
    if (strcmp (((TrkMetric *) g_ptr_array_index (metrics, i))->name, metric->name) == 0)
      return FALSE;
  return TRUE;
}

/* One row per name: the newest value. */
static void
print_names (TrkSession *session, const GPtrArray *metrics)
{
  g_autoptr (TrkColumns) columns = trk_columns_new ("rfrrlo");

  for (guint i = 0; i < metrics->len; i++)
    {
      const TrkMetric *before;
      g_autofree char *count = NULL;

      if (!is_last_of_name (metrics, i))
        continue;
      count = trk_format_count (count_before (metrics, i, &before), "value", NULL);
      add_row (columns, session, g_ptr_array_index (metrics, i), before, count);
    }
  trk_columns_print (columns, session);
}

static gboolean
run_list (TrkSession *session, const TrkArgs *args, GError **error)
{
  const char *name = trk_args_word (args, 0);
  g_autoptr (GPtrArray) metrics = load (session, name, error);

  if (metrics == NULL)
    return FALSE;
  if (name != NULL && metrics->len == 0)
    {
      g_autofree char *shown = trk_parse_text (name, "name", error);

      if (shown != NULL)
        g_set_error (error, TRK_ERROR, TRK_ERROR_NOT_FOUND,
                     "there is no metric '%s'. See: tracker metric list", shown);
      return FALSE;
    }
  if (trk_session_json (session))
    print_json (session, metrics);
  else if (metrics->len == 0)
    trk_session_say (
        session,
        "There are no metrics yet. To add one: tracker metric add coverage 83.2 --unit %%");
  else if (name != NULL)
    print_values (session, metrics);
  else
    print_names (session, metrics);
  return TRUE;
}

/* A value is compared with the one before, so all values of a name have one unit: the last one's,
 * which need not be given every time. */
static gboolean
refuse_other_unit (const TrkMetric *last, const TrkMetric *metric, GError **error)
{
  if (g_strcmp0 (last->unit, metric->unit) == 0)
    return TRUE;
  if (last->unit == NULL)
    g_set_error (error, TRK_ERROR, TRK_ERROR_USAGE,
                 "the values of %s have no unit so far: give this one another name", metric->name);
  else
    g_set_error (error, TRK_ERROR, TRK_ERROR_USAGE,
                 "the values of %s are kept in %s, not in %s: convert it, or give it another name",
                 metric->name, last->unit, metric->unit != NULL ? metric->unit : "no unit");
  return FALSE;
}

static gboolean
take_unit (
    TrkStore *store, const TrkArgs *args, const char *behind, TrkMetric *metric, GError **error)
{
  const char *given = trk_args_option (args, "unit");
  g_autoptr (GPtrArray) metrics = trk_store_metrics (store, metric->name, ever, error);
  const TrkMetric *last;

  if (metrics == NULL)
    return FALSE;
  last = metrics->len > 0 ? g_ptr_array_index (metrics, metrics->len - 1) : NULL;
  if (given == NULL && *behind != '\0')
    given = behind;
  if (given == NULL)
    metric->unit = last != NULL ? g_strdup (last->unit) : NULL;
  else if (*given != '\0' && (metric->unit = trk_parse_text (given, "unit", error)) == NULL)
    return FALSE;
  return last == NULL || refuse_other_unit (last, metric, error);
}

static gboolean
take_moment (TrkSession *session, const TrkArgs *args, TrkMetric *metric, GError **error)
{
  const char *at = trk_args_option (args, "at");
  TrkAlmanac almanac = trk_session_almanac (session);

  metric->at = trk_session_now (session);
  if (at != NULL
      && !trk_when_parse_instant (at, &almanac, trk_session_now (session), &metric->at, error))
    return FALSE;
  if (metric->at <= trk_session_now (session))
    return TRUE;
  g_set_error (error, TRK_ERROR, TRK_ERROR_USAGE, "--at %s is still to come", at);
  return FALSE;
}

static void
say (TrkSession *session, const char *what, const TrkMetric *metric)
{
  g_autofree char *value = value_of (metric, metric->value);

  trk_session_say (session, "%s metric %" G_GINT64_FORMAT ": %s %s — tracker undo takes it back",
                   what, metric->number, metric->name, value);
}

static gboolean
run_add (TrkSession *session, const TrkArgs *args, GError **error)
{
  g_autoptr (TrkMetric) metric = trk_metric_new ();
  const char *behind;
  TrkStore *store;

  metric->name = trk_parse_text (trk_args_word (args, 0), "name", error);
  if (metric->name == NULL
      || !trk_parse_decimal (trk_args_word (args, 1), &metric->value, &behind, error)
      || !take_moment (session, args, metric, error))
    return FALSE;
  metric->source = g_strdup ("manual");
  store = trk_session_begin (session, error);
  if (store == NULL || !take_unit (store, args, behind, metric, error)
      || !trk_store_add_metric (store, metric, error) || !trk_session_commit (session, error))
    return FALSE;
  say (session, "added", metric);
  return TRUE;
}

static const TrkMetric *
find (const GPtrArray *metrics, gint64 number)
{
  for (guint i = 0; i < metrics->len; i++)
    if (((TrkMetric *) g_ptr_array_index (metrics, i))->number == number)
      return g_ptr_array_index (metrics, i);
  return NULL;
}

static gboolean
run_remove (TrkSession *session, const TrkArgs *args, GError **error)
{
  g_autoptr (GPtrArray) metrics = NULL;
  const TrkMetric *metric;
  TrkStore *store;
  gint64 number;

  if (!trk_parse_number (trk_args_word (args, 0), "a value; tracker metric list NAME shows them",
                         &number, error))
    return FALSE;
  metrics = load (session, NULL, error);
  if (metrics == NULL)
    return FALSE;
  metric = find (metrics, number);
  if (metric == NULL)
    {
      g_set_error (error, TRK_ERROR, TRK_ERROR_NOT_FOUND,
                   "there is no value %" G_GINT64_FORMAT ". See: tracker metric list NAME", number);
      return FALSE;
    }
  store = trk_session_begin (session, error);
  if (store == NULL || !trk_store_remove_metric (store, number, error)
      || !trk_session_commit (session, error))
    return FALSE;
  say (session, "removed", metric);
  return TRUE;
}

static const TrkOption list_options[] = { TRK_OPTION_JSON, { NULL } };
static const TrkOption add_options[] = {
  { "unit", 'u', "UNIT", "%, ms and the like; the unit of the last value unless given" },
  { "at", 'a', "MOMENT", "When it was measured: 09:10, yesterday 17:00, -2h" },
  { NULL },
};

#define LIST_HELP                                                                                  \
  "Without a name, the newest value of each; with one, all its values.\n\n"                        \
  "JSON: an array of all values: number, id, name, value, unit, source, at."

const TrkCommand trk_commands_metric[] = {
  { "metric", "", 0, 0, "Show the numbers that you keep", LIST_HELP, list_options, run_list },
  { "metric list", "[NAME]", 0, 1, "Show the numbers that you keep", LIST_HELP, list_options,
    run_list },
  { "metric add", "NAME VALUE", 2, 2, "Add a number",
    "Any name; VALUE may be negative and carry its unit.\n\n"
    " tracker metric add coverage 83.2 --unit %\n"
    " tracker metric add latency 12ms --at yesterday",
    add_options, run_add },
  { "metric remove", "NUMBER", 1, 1, "Remove one value", NULL, NULL, run_remove },
  { NULL },
};
