/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-store-private.h"

#include "trk-error.h"

#include <string.h>

/* The time that an undo or a redo finds kept when it begins, and what it makes of it. Taking a word
 * back is no evidence: what nobody kept becomes a gap that is asked about, what was kept goes on in
 * what takes its place, and what goes for good is told. */

#define MARKS_APART (2 * TRK_MINUTE) /* no daemon that is there is silent for longer */
#define FAR_BACK (7 * 24 * TRK_HOUR) /* nobody goes on with what ended before */

/* An entry that does not go on, though the command that ended it is taken back. */
typedef struct
{
  gint64 number;
  gboolean told;
} Ended;

struct TrkReplay
{
  TrkPeriodSet *kept; /* while somebody looked whether the user was there (owned) */
  TrkEntry *ran;      /* open then (owned) (nullable) */
  TrkInstant known;   /* up to then a daemon was there */
  GArray *ended;      /* of Ended (owned) */
};

/* -- When it begins ---------------------------------------------------------------------------- */

/* A daemon that is there marks the time each minute while an entry is open; of one before the last
 * only the last batch is known. */
gboolean
trk_store_known_until (TrkStore *store, TrkInstant at, TrkInstant *known, GError **error)
{
  TrkQuery *query =
      trk_db_query (store->db, error,
                    "SELECT max (max (last), iif (EXISTS (SELECT 1 FROM daemon_run WHERE start >="
                    "   ?1), 0, ifnull ((SELECT mark FROM machine WHERE id = ?2), 0)))"
                    " FROM daemon_run WHERE start < ?1",
                    "is", at, store->machine);
  TrkInstant last = 0;

  if (query == NULL)
    return FALSE;
  if (trk_query_next (query))
    last = trk_query_int (query, 0);
  *known = last == 0 || at - last <= MARKS_APART ? at : last;
  return trk_query_end (query, error);
}

/* When the row with that identifier (nullable: 0) was made: the first 48 bits of a UUID of version
 * 7 are milliseconds. What a start --at says of the time before was not seen. */
static TrkInstant
time_of_id (const char *id)
{
  guint64 high, low;

  if (id == NULL || strlen (id) < 13)
    return 0;
  high = g_ascii_strtoull (id, NULL, 16); /* up to the first dash */
  low = g_ascii_strtoull (id + 9, NULL, 16);
  return (TrkInstant) ((high << 16 | (low & 0xffff)) & 0xffffffffffff) * (TRK_SECOND / 1000);
}

/* In a meeting and in a break nobody looks whether the user is there, and what was written down
 * afterwards nobody has seen. */
static gboolean
collect_kept (TrkStore *store, const char *machine, TrkInstant known, GError **error)
{
  TrkQuery *query =
      trk_db_query (store->db, error,
                    "SELECT start, min (end, ?2), iif (evidence = 'manual', id, NULL)"
                    " FROM entry WHERE machine = ?1 AND start < ?2"
                    " AND start > ?3 AND kind IN ('focus', 'shallow', 'routine')"
                    " AND NOT (evidence = 'manual'"
                    "   AND ifnull (end_reason, '') IN ('by-hand', 'edit', 'import'))",
                    "sii", machine, known, trk_instant_add (known, -FAR_BACK));

  if (query == NULL)
    return FALSE;
  while (trk_query_next (query))
    {
      TrkInstant start = trk_query_int (query, 0);

      start = MAX (start, time_of_id (trk_query_text (query, 2)));
      trk_period_set_add (store->replay->kept, (TrkPeriod){ start, trk_query_int (query, 1) });
    }
  return trk_query_end (query, error);
}

gboolean
trk_store_begin_replay (TrkStore *store, GError **error)
{
  const char *machine = trk_store_machine (store, FALSE, error);
  g_autoptr (GError) failure = NULL;
  TrkInstant known;

  if (machine == NULL || !trk_store_known_until (store, store->now, &known, error))
    return FALSE;
  store->replay = g_new0 (TrkReplay, 1);
  store->replay->known = known;
  store->replay->kept = trk_period_set_new ();
  store->replay->ended = g_array_new (FALSE, FALSE, sizeof (Ended));
  store->replay->ran = trk_store_open_entry (store, &failure);
  if (failure == NULL)
    return collect_kept (store, machine, known, error);
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

void
trk_store_end_replay (TrkStore *store)
{
  TrkReplay *replay = g_steal_pointer (&store->replay);

  if (replay == NULL)
    return;
  trk_period_set_free (replay->kept);
  trk_entry_free (replay->ran);
  g_array_unref (replay->ended);
  g_free (replay);
}

TrkDuration
trk_store_not_kept (TrkStore *store, TrkPeriod period)
{
  g_autoptr (TrkPeriodSet) rest = trk_period_set_new ();
  g_autoptr (TrkPeriodSet) unseen = NULL;

  if (!trk_period_is_empty (period))
    trk_period_set_add (rest, period);
  unseen = trk_period_set_subtract (rest, store->replay->kept);
  return trk_period_set_length (unseen);
}

/* -- What does not go on ----------------------------------------------------------------------- */

void
trk_store_leave_ended (TrkStore *store, gint64 number, gboolean told)
{
  Ended ended = { number, told };

  for (guint i = 0; i < store->replay->ended->len; i++)
    if (g_array_index (store->replay->ended, Ended, i).number == number)
      return;
  g_array_append_val (store->replay->ended, ended);
}

/* NULL without @error: it is not there, has not ended, or another machine's. */
static TrkEntry *
own_ended (TrkStore *store, gint64 number, GError **error)
{
  const char *machine = trk_store_machine (store, FALSE, error);
  TrkQuery *query = machine == NULL ? NULL
                                    : trk_db_query (store->db, error,
                                                    "SELECT 1 FROM entry WHERE number = ?1"
                                                    " AND machine = ?2 AND end < ?3",
                                                    "isi", number, machine, TRK_NEVER);
  gboolean found;

  if (query == NULL)
    return NULL;
  found = trk_query_next (query);
  return trk_query_end (query, error) && found ? trk_store_entry (store, number, error) : NULL;
}

/* When the next entry or gap of this machine begins, or where one lies around @from; TRK_NEVER:
 * there is none. */
static gboolean
next_after (TrkStore *store, const char *table, TrkInstant from, TrkInstant *next, GError **error)
{
  g_autofree char *sql =
      g_strdup_printf ("SELECT ifnull (min (max (start, ?2)), ?3) FROM %s WHERE machine = ?1"
                       " AND end > ?2 AND start > ?4",
                       table);
  TrkQuery *query = trk_db_query (store->db, error, sql, "siii", store->machine, from, TRK_NEVER,
                                  trk_instant_add (from, -FAR_BACK));

  if (query == NULL)
    return FALSE;
  *next = trk_query_next (query) ? trk_query_int (query, 0) : TRK_NEVER;
  return trk_query_end (query, error);
}

static gboolean
is_same_work (const TrkEntry *a, const TrkEntry *b)
{
  return a != NULL && a->kind == b->kind && a->task == b->task
         && g_strcmp0 (a->block_id, b->block_id) == 0 && g_strcmp0 (a->title, b->title) == 0;
}

static gboolean
ask_about (TrkStore *store, const TrkEntry *entry, TrkInstant until, GError **error)
{
  g_autoptr (TrkGap) gap = trk_gap_new ();
  TrkInstant next;

  if (!next_after (store, "gap", entry->period.end, &next, error))
    return FALSE;
  gap->period = (TrkPeriod){ entry->period.end, MIN (until, next) };
  gap->reason = TRK_REASON_EDIT;
  gap->block_id = g_strdup (entry->block_id);
  return trk_period_is_empty (gap->period) || trk_store_add_gap (store, gap, error);
}

/* What ran until now is the same work: it was kept. What a block runs, the daemon sees to. */
static gboolean
open_again (TrkStore *store, const TrkEntry *entry, TrkInstant from, GError **error)
{
  const TrkEntry *ran = store->replay->ran;
  gboolean same = is_same_work (ran, entry);
  g_autoptr (TrkEntry) open = trk_entry_copy (same ? ran : entry);

  if (!same && entry->block_id != NULL)
    return TRUE;
  g_clear_pointer (&open->id, g_free);
  open->period = (TrkPeriod){ from, TRK_NEVER };
  open->start_reason = same ? ran->start_reason : TRK_REASON_RESUME;
  return trk_store_add_entry (store, open, error);
}

static gboolean
go_on (TrkStore *store, const TrkEntry *entry, GError **error)
{
  const TrkEntry *ran = store->replay->ran;
  gboolean over = entry->until != 0 && entry->until <= store->now;
  TrkInstant next, until = over ? entry->until : store->now;

  if (!next_after (store, "entry", entry->period.end, &next, error))
    return FALSE;
  if (next == TRK_NEVER && !over && is_same_work (ran, entry))
    until = MAX (ran->period.start, entry->period.end);
  return ask_about (store, entry, MIN (until, next), error)
         && (over || next != TRK_NEVER || open_again (store, entry, until, error));
}

gboolean
trk_store_go_on (TrkStore *store, GPtrArray *left, GError **error)
{
  for (guint i = 0; i < store->replay->ended->len; i++)
    {
      const Ended *ended = &g_array_index (store->replay->ended, Ended, i);
      g_autoptr (GError) failure = NULL;
      g_autoptr (TrkEntry) entry = own_ended (store, ended->number, &failure);

      if (failure == NULL && entry != NULL && go_on (store, entry, &failure) && !ended->told)
        g_ptr_array_add (left, g_strdup_printf ("entry %" G_GINT64_FORMAT " (%s): %s",
                                                entry->number, entry->title, TRK_STORE_NOT_KEPT));
      if (failure != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return FALSE;
        }
    }
  g_array_set_size (store->replay->ended, 0);
  return TRUE;
}

/* -- What is gone ------------------------------------------------------------------------------ */

/* Of what the newest command changed, where it begins and ends before and after; TRK_NEVER is up to
 * the last moment that somebody saw. And what ?2, the command that is taken back or done again
 * (?5), had said itself. */
static const char gone_sql[] =
    "WITH mine AS (SELECT min (number) AS first, max (number) AS last FROM journal"
    "   WHERE command = ?1 AND source = 'entry' GROUP BY row),"
    " period AS ("
    "   SELECT 1 AS kept, before AS row FROM mine JOIN journal ON number = first"
    "   UNION ALL SELECT 0, after FROM mine JOIN journal ON number = last"
    "   UNION ALL SELECT 0, iif (?5, before, after) FROM journal"
    "     WHERE command = ?2 AND source = 'entry'"
    "     AND json_extract (iif (?5, before, after), '$.end') < ?4)"
    "SELECT json_extract (row, '$.start'), min (json_extract (row, '$.end'), ?3), kept FROM period"
    " WHERE row NOT NULL ORDER BY kept DESC";

gboolean
trk_store_time_gone (
    TrkStore *store, gint64 command, gboolean forward, TrkDuration *gone, GError **error)
{
  g_autoptr (TrkPeriodSet) set = trk_period_set_new ();
  TrkQuery *query = trk_db_query (store->db, error, gone_sql, "iiiii", store->command, command,
                                  store->replay->known, TRK_NEVER, (gint64) forward);

  if (query == NULL)
    return FALSE;
  while (trk_query_next (query))
    {
      TrkPeriod period = { trk_query_int (query, 0), trk_query_int (query, 1) };

      if (trk_query_int (query, 2) != 0)
        trk_period_set_add (set, period);
      else if (!trk_period_is_empty (period))
        trk_period_set_remove (set, period);
    }
  *gone = trk_period_set_length (set);
  return trk_query_end (query, error);
}
