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
  g_free (record->block_id);
  g_free (record->rule);
  g_free (record->backend);
  g_free (record->answer);
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
trk_store_add_notice (TrkStore *store, TrkNoticeRecord *record, GError **error)
{
  const TrkNotice *notice = record->notice;
  g_autofree char *buttons = join_buttons (notice);

  if (!trk_store_writing (store, error)
      || !trk_db_run (store->db, error,
                      "INSERT INTO notice (at, reason, key, kind, title, body, link, buttons,"
                      " transient, urgent, block, rule, withheld)"
                      " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
                      "isssssssiissi", record->at, trk_reason_to_string (record->reason),
                      notice->key, trk_notice_kind_to_string (notice->kind),
                      notice->title != NULL ? notice->title : "",
                      notice->body != NULL ? notice->body : "", notice->link, buttons,
                      (gint64) (notice->transient != FALSE), (gint64) (notice->urgent != FALSE),
                      record->block_id, record->rule, (gint64) (record->withheld != FALSE)))
    return FALSE;
  record->number = trk_db_last_rowid (store->db);
  return TRUE;
}

gboolean
trk_store_confirm_notice (TrkStore *store,
                          gint64 number,
                          TrkInstant shown,
                          const char *backend,
                          gboolean quiet,
                          GError **error)
{
  return trk_db_run (store->db, error,
                     "UPDATE notice SET shown = ?2, backend = ?3, quiet = ?4 WHERE number = ?1",
                     "iisi", number, shown, backend, (gint64) (quiet != FALSE))
         && trk_store_changed (store, "notice", number, error);
}

gboolean
trk_store_answer_notice (
    TrkStore *store, const char *key, TrkInstant at, const char *answer, GError **error)
{
  return trk_db_run (store->db, error,
                     "UPDATE notice SET answered = ?2, answer = ?3"
                     " WHERE number = (SELECT max (number) FROM notice WHERE key = ?1"
                     " AND withheld = 0)"
                     " AND answered = 0",
                     "sis", key, at, answer);
}

#define NOTICE_COLUMNS                                                                             \
  "SELECT number, at, shown, backend, reason, key, kind, title, body, link, buttons, transient,"   \
  " urgent, block, rule, withheld, answered, answer, quiet FROM notice "

static TrkNotice *
read_notice (TrkQuery *query, TrkNoticeKind kind)
{
  TrkNotice *notice = trk_notice_new (kind, trk_query_text (query, 5));

  notice->title = trk_query_dup (query, 7);
  notice->body = trk_query_dup (query, 8);
  notice->link = trk_query_dup (query, 9);
  split_buttons (trk_query_text (query, 10), notice);
  notice->transient = trk_query_int (query, 11) != 0;
  notice->urgent = trk_query_int (query, 12) != 0;
  return notice;
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
  record->notice = read_notice (query, kind);
  record->block_id = trk_query_dup (query, 13);
  record->rule = trk_query_dup (query, 14);
  record->withheld = trk_query_int (query, 15) != 0;
  record->answered = trk_query_int (query, 16);
  record->answer = trk_query_dup (query, 17);
  record->quiet = trk_query_int (query, 18) != 0;
  return g_steal_pointer (&record);
}

/* Ends @query; NULL with @error when it or a row failed. */
static GPtrArray *
collect (TrkQuery *query, GError **error)
{
  g_autoptr (GPtrArray) records =
      g_ptr_array_new_with_free_func ((GDestroyNotify) trk_notice_record_free);

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

GPtrArray *
trk_store_notices (TrkStore *store, TrkPeriod period, GError **error)
{
  return collect (trk_db_query (store->db, error,
                                NOTICE_COLUMNS "WHERE at >= ?1 AND at < ?2 ORDER BY at, number",
                                "ii", period.start, period.end),
                  error);
}

GPtrArray *
trk_store_block_notices (TrkStore *store, const char *block_id, GError **error)
{
  return collect (trk_db_query (store->db, error,
                                NOTICE_COLUMNS "WHERE block = ?1 ORDER BY at, number", "s",
                                block_id),
                  error);
}
