/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-store-private.h"

static TrkMetric *
read_metric (TrkQuery *query)
{
  TrkMetric *metric = trk_metric_new ();

  metric->number = trk_query_int (query, 0);
  metric->id = trk_query_dup (query, 1);
  metric->name = trk_query_dup (query, 2);
  metric->value = trk_query_double (query, 3);
  metric->unit = trk_query_dup (query, 4);
  metric->source = trk_query_dup (query, 5);
  metric->at = trk_query_int (query, 6);
  return metric;
}

#define METRIC_COLUMNS "SELECT number, id, name, value, unit, source, at FROM metric "

GPtrArray *
trk_store_metrics (TrkStore *store, const char *name, TrkPeriod period, GError **error)
{
  const char *all = METRIC_COLUMNS "WHERE at >= ?1 AND at < ?2 AND ?3 IS NULL ORDER BY at, number";
  const char *named = METRIC_COLUMNS "WHERE at >= ?1 AND at < ?2 AND name = ?3 ORDER BY at, number";
  g_autoptr (GPtrArray) metrics = g_ptr_array_new_with_free_func ((GDestroyNotify) trk_metric_free);
  TrkQuery *query = trk_db_query (store->db, error, name != NULL ? named : all, "iis", period.start,
                                  period.end, name);

  if (query == NULL)
    return NULL;
  while (trk_query_next (query))
    g_ptr_array_add (metrics, read_metric (query));
  return trk_query_end (query, error) ? g_steal_pointer (&metrics) : NULL;
}

gboolean
trk_store_add_metric (TrkStore *store, TrkMetric *metric, GError **error)
{
  g_autofree char *id = NULL;

  if (!trk_store_ready (store, "metric", error))
    return FALSE;
  id = trk_store_id_for (store, metric->id);
  if (!trk_db_run (store->db, error,
                   "INSERT INTO metric (id, name, value, unit, source, at)"
                   " VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                   "ssdssi", id, metric->name, metric->value, metric->unit, metric->source,
                   metric->at))
    return FALSE;
  trk_store_take_id (store, g_steal_pointer (&id), &metric->id, &metric->number);
  return TRUE;
}

gboolean
trk_store_remove_metric (TrkStore *store, gint64 number, GError **error)
{
  return trk_store_ready (store, "metric", error)
         && trk_db_run (store->db, error, "DELETE FROM metric WHERE number = ?1", "i", number)
         && trk_store_changed (store, "metric", number, error);
}
