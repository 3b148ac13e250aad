/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-store-private.h"

#include "trk-error.h"

#include <string.h>

void
trk_notice_record_free (TrkNoticeRecord *record)
{
  if (record == NULL)
    return;
  g_free (record->backend);
  trk_notice_free (record->notice);
  g_free (record);
}

/* "snooze Snooze 5 min\nskip Skip"; NULL without buttons. */
static char *
join_buttons (const TrkNotice *notice)
{
  GString *text;

  if (notice->n_buttons == 0)
    return NULL;
  text = g_string_new (NULL);
  for (guint i = 0; i < notice->n_buttons; i++)
    g_string_append_printf (text, "%s%s %s", i > 0 ? "\n" : "",
                            trk_button_to_string (notice->buttons[i]), notice->button_labels[i]);
  return g_string_free (text, FALSE);
}

static void
split_buttons (const char *text, TrkNotice *notice)
{
  g_auto (GStrv) lines = g_strsplit (text != NULL ? text : "", "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      char *label = strchr (lines[i], ' ');
      TrkButton button;

      if (label == NULL)
        continue;
      *label = '\0';
      if (trk_button_from_string (lines[i], &button))
        trk_notice_add_button (notice, button, label + 1);
    }
}

gboolean
trk_store_add_notice (TrkStore *store,
                      const TrkNotice *notice,
                      TrkReason reason,
                      TrkInstant at,
                      gint64 *number,
                      GError **error)
{
  g_autofree char *buttons = join_buttons (notice);

  if (!trk_store_writing (store, error)
      || !trk_db_run (store->db, error,
                      "INSERT INTO notice (at, reason, key, kind, title, body, link, buttons,"
                      " transient, urgent) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
                      "isssssssii", at, trk_reason_to_string (reason), notice->key,
                      trk_notice_kind_to_string (notice->kind),
                      notice->title != NULL ? notice->title : "",
                      notice->body != NULL ? notice->body : "", notice->link, buttons,
                      (gint64) notice->transient, (gint64) notice->urgent))
    return FALSE;
  *number = trk_db_last_rowid (store->db);
  return TRUE;
}

gboolean
trk_store_confirm_notice (
    TrkStore *store, gint64 number, TrkInstant shown, const char *backend, GError **error)
{
  return trk_db_run (store->db, error,
                     "UPDATE notice SET shown = ?2, backend = ?3 WHERE number = ?1", "iis", number,
                     shown, backend)
         && trk_store_changed (store, "notice", number, error);
}

static TrkNoticeRecord *
read_record (TrkQuery *query, GError **error)
{
  g_autoptr (TrkNoticeRecord) record = g_new0 (TrkNoticeRecord, 1);
  TrkNoticeKind kind;

  if (!trk_notice_kind_from_string (trk_query_text (query, 6), &kind))
    {
      trk_store_bad_word ("kind", trk_query_text (query, 6), error);
      return NULL;
    }
  if (!trk_reason_from_string (trk_query_text (query, 4), &record->reason))
    {
      trk_store_bad_word ("reason", trk_query_text (query, 4), error);
      return NULL;
    }
  record->number = trk_query_int (query, 0);
  record->at = trk_query_int (query, 1);
  record->shown = trk_query_int (query, 2);
  record->backend = trk_query_dup (query, 3);
  record->notice = trk_notice_new (kind, trk_query_text (query, 5));
  record->notice->title = trk_query_dup (query, 7);
  record->notice->body = trk_query_dup (query, 8);
  record->notice->link = trk_query_dup (query, 9);
  split_buttons (trk_query_text (query, 10), record->notice);
  record->notice->transient = trk_query_int (query, 11) != 0;
  record->notice->urgent = trk_query_int (query, 12) != 0;
  return g_steal_pointer (&record);
}

GPtrArray *
trk_store_notices (TrkStore *store, TrkPeriod period, GError **error)
{
  g_autoptr (GPtrArray) records =
      g_ptr_array_new_with_free_func ((GDestroyNotify) trk_notice_record_free);
  TrkQuery *query =
      trk_db_query (store->db, error,
                    "SELECT number, at, shown, backend, reason, key, kind, title, body, link,"
                    " buttons, transient, urgent FROM notice WHERE at >= ?1 AND at < ?2"
                    " ORDER BY at, number",
                    "ii", period.start, period.end);

  if (query == NULL)
    return NULL;
  while (trk_query_next (query))
    {
      TrkNoticeRecord *record = read_record (query, error);

      if (record == NULL)
        {
          trk_query_free (query);
          return NULL;
        }
      g_ptr_array_add (records, record);
    }
  return trk_query_end (query, error) ? g_steal_pointer (&records) : NULL;
}
