/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-index-writer-private.h"

#include "trk-index-about.h"

enum
{
  MAX_WAITING = 262144, /* occurrences that are sorted and written together: 10 MiB of them */
  TOGETHER = 16         /* of those that are written by one statement */
};

/* -- Occurrences ------------------------------------------------------------------------------- */

/* One that waits: a row of the table. */
typedef struct
{
  gint64 start, end, original, event;
  guint number;
  guint8 span, original_is;
} Row;

/* The order of the table, so that each page of it is visited once. */
static gint
compare_rows (gconstpointer a, gconstpointer b)
{
  const Row *x = a, *y = b;

  if (x->span != y->span)
    return x->span < y->span ? -1 : 1;
  if (x->start != y->start)
    return x->start < y->start ? -1 : 1;
  if (x->event != y->event)
    return x->event < y->event ? -1 : 1;
  return x->number < y->number ? -1 : x->number > y->number;
}

/* Sets the parameters from @place on; where the last one goes unset it is NULL. */
static void
set_row (TrkQuery *query, int place, const Row *row)
{
  const gint64 values[] = { row->span, row->start,       row->event,   row->number,
                            row->end,  row->original_is, row->original };
  const guint n = G_N_ELEMENTS (values) - (row->original == row->start);

  for (guint i = 0; i < n; i++)
    trk_query_set_int (query, place + (int) i, values[i]);
}

/* FAIL: what is written before the failure stays until the whole is taken back, as it always is;
 * else SQLite would note before each statement how to take it back alone. */
#define INSERT_ROWS "INSERT OR FAIL INTO occurrences VALUES "
#define ROW "(?, ?, ?, ?, ?, ?, ?)"
#define FOUR(what) what ", " what ", " what ", " what

static gboolean
write_rows (TrkIndexWriter *writer, const Row *rows, guint n, GError **error)
{
  TrkQuery *query = trk_db_query (writer->db, error,
                                  n == 1 ? INSERT_ROWS ROW : INSERT_ROWS FOUR (FOUR (ROW)), "");

  if (query == NULL)
    return FALSE;
  for (guint i = 0; i < n; i++)
    set_row (query, 1 + 7 * (int) i, &rows[i]);
  trk_query_next (query);
  return trk_query_end (query, error);
}

/* Many by one statement: it finds the table's end once. */
static gboolean
write_waiting (TrkIndexWriter *writer, GError **error)
{
  const Row *rows;
  guint n;

  g_array_sort (writer->waiting, compare_rows);
  rows = (const Row *) writer->waiting->data;
  for (guint i = 0; i < writer->waiting->len; i += n)
    {
      n = writer->waiting->len - i >= TOGETHER ? TOGETHER : 1;
      if (!write_rows (writer, rows + i, n, error))
        return FALSE;
    }
  g_array_set_size (writer->waiting, 0);
  return TRUE;
}

gboolean
trk_index_writer_add_occurrence (TrkIndexWriter *writer,
                                 const TrkIndexOccurrence *occurrence,
                                 GError **error)
{
  const Row row = { .start = occurrence->start,
                    .end = occurrence->end,
                    .original = occurrence->original,
                    .event = occurrence->event,
                    .number = occurrence->number,
                    .span =
                        (guint8) trk_index_span_of (occurrence->floating, occurrence->end_is_apart,
                                                    occurrence->end - occurrence->start),
                    .original_is = (guint8) occurrence->original_is };

  g_array_append_val (writer->waiting, row);
  return writer->waiting->len < MAX_WAITING || write_waiting (writer, error);
}

GArray *
trk_index_writer_waiting_new (void)
{
  return g_array_new (FALSE, FALSE, sizeof (Row));
}

/* From the first start of what is gone to the last; most others there are told by a glance at their
 * event's number. */
static gboolean
remove_occurrences (TrkIndexWriter *writer, GError **error)
{
  G_STATIC_ASSERT (TRK_INDEX_SPANS == 10);
  return !writer->removed
         || trk_db_run (writer->db, error,
                        "DELETE FROM occurrences WHERE span IN (0, 1, 2, 3, 4, 5, 6, 7, 8, 9)"
                        " AND start BETWEEN (SELECT min (first) FROM gone)"
                        " AND (SELECT max (last) FROM gone)"
                        " AND event BETWEEN (SELECT min (event) FROM gone)"
                        " AND (SELECT max (event) FROM gone)"
                        " AND event IN (SELECT event FROM gone)",
                        "");
}

gboolean
trk_index_writer_settle (TrkIndexWriter *writer, GError **error)
{
  return write_waiting (writer, error) && remove_occurrences (writer, error);
}

/* -- UIDs -------------------------------------------------------------------------------------- */

/* Short enough for a small index; the UIDs themselves are compared. */
static gint64
key_of (const char *uid)
{
  return g_str_hash (uid);
}

/* Adds the texts of the first column to the set. */
gboolean
trk_index_writer_collect (TrkQuery *query, GHashTable *set, GError **error)
{
  if (query == NULL)
    return FALSE;
  while (trk_query_next (query))
    g_hash_table_add (set, trk_query_dup (query, 0));
  return trk_query_end (query, error);
}

gboolean
trk_index_writer_sources_of (TrkIndexWriter *writer,
                             const char *calendar,
                             const char *uid,
                             GHashTable *names,
                             GError **error)
{
  return trk_index_writer_collect (
      trk_db_query (writer->db, error,
                    "SELECT DISTINCT s.name FROM events e JOIN sources s"
                    " ON s.id = e.source WHERE e.key = ? AND e.uid = ?"
                    " AND s.calendar = ?",
                    "iss", key_of (uid), uid, calendar),
      names, error);
}

gboolean
trk_index_writer_uids (TrkIndexWriter *writer, gint64 source, GHashTable *uids, GError **error)
{
  return trk_index_writer_collect (
      trk_db_query (writer->db, error, "SELECT uid FROM " TRK_INDEX_EVENTS_OF ("?1"), "i", source),
      uids, error);
}

/* -- Events ------------------------------------------------------------------------------------ */

static gint
compare_hashes (gconstpointer a, gconstpointer b)
{
  gint64 x = (gint64) ((const TrkIndexKnown *) a)->hash;
  gint64 y = (gint64) ((const TrkIndexKnown *) b)->hash;

  return x < y ? -1 : x > y;
}

GArray *
trk_index_writer_events (TrkIndexWriter *writer, gint64 source, GError **error)
{
  g_autoptr (GArray) events = g_array_new (FALSE, TRUE, sizeof (TrkIndexKnown));
  TrkQuery *query =
      trk_db_query (writer->db, error,
                    "SELECT id, hash, recurs, again FROM " TRK_INDEX_EVENTS_OF ("?1"), "i", source);

  if (query == NULL)
    return NULL;
  while (trk_query_next (query))
    {
      TrkIndexKnown known = { .id = trk_query_int (query, 0),
                              .hash = (guint64) trk_query_int (query, 1),
                              .recurs = trk_query_int (query, 2) != 0,
                              .again = trk_query_int (query, 3) != 0 };

      g_array_append_val (events, known);
    }
  g_array_sort (events, compare_hashes);
  return trk_query_end (query, error) ? g_steal_pointer (&events) : NULL;
}

gboolean
trk_index_writer_times (TrkIndexWriter *writer, const char *calendar, gint64 *times, GError **error)
{
  /* Whose each is takes a look at its file's row: not where there is but one calendar. */
  TrkQuery *query =
      trk_db_query (writer->db, error,
                    "SELECT coalesce (sum (times), 0) FROM events WHERE recurs"
                    " AND (NOT EXISTS (SELECT 1 FROM calendars WHERE name <> ?1)"
                    " OR (SELECT calendar FROM sources WHERE id = events.source) = ?1)",
                    "s", calendar);

  if (query == NULL)
    return FALSE;
  if (trk_query_next (query))
    *times = trk_query_int (query, 0);
  return trk_query_end (query, error);
}

char *
trk_index_writer_uid (TrkIndexWriter *writer, gint64 event, GError **error)
{
  g_autofree char *uid = NULL;
  TrkQuery *query =
      trk_db_query (writer->db, error, "SELECT uid FROM events WHERE id = ?", "i", event);

  if (query == NULL)
    return NULL;
  if (trk_query_next (query))
    uid = trk_query_dup (query, 0);
  return trk_query_end (query, error) ? g_steal_pointer (&uid) : NULL;
}

gboolean
trk_index_writer_remove_events (TrkIndexWriter *writer, gint64 source, GError **error)
{
  writer->removed = TRUE;
  return trk_db_run (
             writer->db, error,
             "INSERT OR IGNORE INTO gone SELECT id, first, last FROM " TRK_INDEX_EVENTS_OF ("?1"),
             "i", source)
         && trk_db_run (
             writer->db, error,
             "DELETE FROM events WHERE id IN (SELECT id FROM " TRK_INDEX_EVENTS_OF ("?1") ")", "i",
             source);
}

gboolean
trk_index_writer_remove_event (TrkIndexWriter *writer, gint64 event, GError **error)
{
  writer->removed = TRUE;
  return trk_db_run (writer->db, error,
                     "INSERT OR IGNORE INTO gone SELECT id, first, last FROM events WHERE id = ?",
                     "i", event)
         && trk_db_run (writer->db, error, "DELETE FROM events WHERE id = ?", "i", event);
}

/* The last number from @first on that an event of its source has, or had in this run: what is
 * removed and what is added must not be taken for one another. */
static gboolean
last_given (TrkIndexWriter *writer, gint64 first, gint64 *last, GError **error)
{
  TrkQuery *query;

  *last = first;
  if (writer->beside)
    return TRUE;
  query = trk_db_query (writer->db, error,
                        "SELECT max (ifnull ((SELECT max (id) FROM events WHERE id BETWEEN ?1 AND"
                        " ?2), ?1), ifnull ((SELECT max (event) FROM gone WHERE event BETWEEN ?1"
                        " AND ?2), ?1))",
                        "ii", first, first | G_MAXUINT32);
  if (query == NULL)
    return FALSE;
  if (trk_query_next (query))
    *last = trk_query_int (query, 0);
  return trk_query_end (query, error);
}

/* A number for one more event of @source, which happens so many times. */
static gboolean
next_event (TrkIndexWriter *writer, gint64 source, guint times, gint64 *id, GError **error)
{
  const gboolean often = times >= TRK_INDEX_OFTEN;
  const gint64 first = trk_index_first_event (source, often);
  const gpointer key = GSIZE_TO_POINTER ((gsize) source << 1 | (gsize) often);
  guint given = GPOINTER_TO_UINT (g_hash_table_lookup (writer->given, key));
  gint64 last = first + given;

  if (given == 0 && !last_given (writer, first, &last, error))
    return FALSE;
  *id = last + 1;
  given = (guint) (*id - first);
  g_hash_table_insert (writer->given, key, GUINT_TO_POINTER (given));
  return TRUE;
}

gboolean
trk_index_writer_add_event (
    TrkIndexWriter *writer, gint64 source, const TrkIndexEvent *event, gint64 *id, GError **error)
{
  g_autoptr (GByteArray) about = trk_index_about_write (event);
  const char *uid = event->about->uid;

  if (!next_event (writer, source, event->times, id, error))
    return FALSE;
  return trk_db_run (
      writer->db, error,
      "INSERT INTO events VALUES (?, ?, ?, ?, ?, 1, ?, ?, ?, iif (?, ?, NULL), ?, ?)",
      "iiiiiiiiiisb", *id, source, (gint64) event->hash, (gint64) event->recurs,
      (gint64) event->again, (gint64) event->times, event->first, event->last,
      (gint64) event->shared, event->shared ? key_of (uid) : 0, uid, about->data,
      (gsize) about->len);
}

gboolean
trk_index_writer_add_unused (
    TrkIndexWriter *writer, gint64 source, const char *uid, guint64 hash, GError **error)
{
  gint64 id;

  if (!next_event (writer, source, 0, &id, error))
    return FALSE;
  return trk_db_run (writer->db, error,
                     "INSERT INTO events VALUES (?, ?, ?, 0, 1, 0, 0, ?, ?, ?, ?, x'')", "iiiiiis",
                     id, source, (gint64) hash, G_MAXINT64, G_MININT64, key_of (uid), uid);
}
