/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-store-private.h"

/* One row of meta, of so many instants. */
enum
{
  INSTANTS = 5
};
#define NUMBER "%" G_GINT64_FORMAT
#define ROW NUMBER " " NUMBER " " NUMBER " " NUMBER " " NUMBER

gboolean
trk_store_note_absence (TrkStore *store, const TrkAbsence *absence, GError **error)
{
  g_autofree char *row = g_strdup_printf (ROW, absence->away, absence->there, absence->rested.start,
                                          absence->rested.end, absence->asked);

  return trk_db_run (store->db, error,
                     "INSERT INTO meta VALUES ('absence', ?1)"
                     " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                     "s", row);
}

/* Nothing is known of a row that is none. */
static TrkAbsence
read_row (const char *row)
{
  g_auto (GStrv) words = g_strsplit (row, " ", INSTANTS + 1);
  gint64 at[INSTANTS];

  if (g_strv_length (words) != INSTANTS)
    return (TrkAbsence){ 0 };
  for (guint i = 0; i < INSTANTS; i++)
    if (!g_ascii_string_to_signed (words[i], 10, G_MININT64, G_MAXINT64, &at[i], NULL))
      return (TrkAbsence){ 0 };
  return (TrkAbsence){ .away = at[0], .there = at[1], .rested = { at[2], at[3] }, .asked = at[4] };
}

gboolean
trk_store_absence (TrkStore *store, TrkAbsence *absence, GError **error)
{
  TrkQuery *query =
      trk_db_query (store->db, error, "SELECT value FROM meta WHERE name = 'absence'", "");

  *absence = (TrkAbsence){ 0 };
  if (query == NULL)
    return FALSE;
  if (trk_query_next (query))
    *absence = read_row (trk_query_text (query, 0));
  return trk_query_end (query, error);
}

/* Has the command that is written changed a gap? */
static gboolean
changes_gap (TrkStore *store, gboolean *changes, GError **error)
{
  TrkQuery *query = trk_db_query (
      store->db, error, "SELECT 1 FROM journal WHERE command = ?1 AND source = 'gap' LIMIT 1", "i",
      store->command);

  if (query == NULL)
    return FALSE;
  *changes = trk_query_next (query);
  return trk_query_end (query, error);
}

gboolean
trk_store_reopen_questions (TrkStore *store, GError **error)
{
  TrkAbsence absence;
  gboolean changes;

  if (!changes_gap (store, &changes, error) || !trk_store_absence (store, &absence, error))
    return FALSE;
  if (!changes || absence.asked == 0)
    return TRUE;
  absence.asked = 0;
  return trk_store_note_absence (store, &absence, error);
}
