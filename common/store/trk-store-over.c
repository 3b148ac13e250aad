/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-store-private.h"

#include "trk-error.h"

/* What undo and redo must leave alone: time is in the log because it was measured or because
 * somebody said so, and taking a command back is neither. Nothing that is over goes on again, up to
 * the moment of the undo; and what ended by itself since the command keeps its time. */

/* Minutes in which an entry goes on as if it had never been ended: a measured one while what was
 * not measured is nothing, one that the user's word began as long as one knows what one said. One
 * that was measured before that word is measured again when the word is taken back. */
enum
{
  MEASURED_AT_ONCE = 2,
  SAID_AT_ONCE = 5
};

typedef enum
{
  TRK_STAND_FREE, /* as the journal says */
  TRK_STAND_OVER,
  TRK_STAND_UNMEASURED,
  TRK_STAND_KEPT,
} TrkStand;

/* clang-format off */

#define BLOCK_END "coalesce (nullif (state.end, 0), block.end)"

/* When the event of the block of @state left the calendar, after @start. One that goes on without
 * its event is called off by the command that ends it: that is the user's to take back. */
#define LEFT(state, start)                                                                         \
  "ifnull ((SELECT CASE actor WHEN 'user' THEN " BLOCK_END " ELSE at END"                          \
  "  FROM command JOIN journal ON journal.command = command.number"                                \
  "  WHERE at >= " start " AND source = 'block_state' AND row = " state ".number"                  \
  "  AND json_extract (after, '$.outcome') = 'cancelled'"                                          \
  "  AND json_extract (before, '$.outcome') IS NOT 'cancelled'"                                    \
  "  ORDER BY command.number DESC LIMIT 1), " start ")"

/* When what @block and @until speak of is over: an end by hand, or the block's, moved or not, or
 * that of its event in the calendar. */
#define LIMIT(until, block, start)                                                                 \
  "coalesce (nullif (" until ", 0), (SELECT CASE WHEN outcome = 'cancelled' THEN "                 \
  LEFT ("state", start) " ELSE " BLOCK_END " END"                                                  \
  "  FROM block LEFT JOIN block_state AS state ON state.block = block.id"                          \
  "  WHERE block.id = " block "), 9223372036854775807)"

/* Of a row as JSON; one that is not there is not open. */
#define IS_OPEN(row) "json_extract (" row ", '$.end') = ?5"
#define IS_CLOSED(row) "json_extract (" row ", '$.end') IS NOT ?5"

#define IS_MEASURED(evidence) evidence " IN ('observed', 'plan')"

/* Did a word of the user change the evidence of entry @number? */
#define WAS_MEASURED(number, start)                                                                \
  "EXISTS (SELECT 1 FROM command JOIN journal ON journal.command = command.number"                 \
  "  WHERE actor = 'user' AND act = 'do' AND at >= " start                                         \
  "  AND source = 'entry' AND row = " number                                                       \
  "  AND " IS_MEASURED ("json_extract (before, '$.evidence')") ")"

/* How long that entry may go on unseen; ?6 when it is or was measured, ?7 when it never was. */
#define AT_ONCE(evidence, number, start)                                                           \
  "CASE WHEN " IS_MEASURED (evidence) " OR " WAS_MEASURED (number, start) " THEN ?6 ELSE ?7 END"

/* ?1 the row, ?2 as it was left, ?3 as it is to be, ?4 now, ?5 TRK_NEVER. What was begun by hand is
 * its command's alone: it goes too. Where the next entry begins at its end, one that opens again
 * ends there, as it does now. */
static const char entry_sql[] =
    "SELECT CASE"
    "  WHEN end = ?5 THEN 0"
    "  WHEN " IS_OPEN ("?3") " AND json_extract (?2, '$.end') < ?5 THEN CASE"
    "    WHEN EXISTS (SELECT 1 FROM entry AS next"
    "      WHERE next.machine = entry.machine AND next.start = entry.end) THEN 0"
    "    WHEN " LIMIT ("entry.until", "entry.block", "entry.start") " <= ?4 THEN 1"
    "    WHEN EXISTS (SELECT 1 FROM entry AS other WHERE other.machine = entry.machine"
    "      AND other.start >= json_extract (?3, '$.start') AND other.number <> ?1) THEN 1"
    "    WHEN ?4 - end > " AT_ONCE ("evidence", "entry.number", "entry.start") " THEN 2"
    "    ELSE 0 END"
    "  WHEN " IS_OPEN ("?2") " AND " IS_CLOSED ("?3")
    "    AND NOT (?3 IS NULL AND start_reason = 'by-hand') THEN 3"
    "  ELSE 0 END, end, " AT_ONCE ("evidence", "entry.number", "entry.start")
    " FROM entry WHERE number = ?1";

static const char gap_sql[] =
    "WITH wanted AS (SELECT json_extract (?3, '$.start') AS start, json_extract (?3, '$.end') AS"
    "   end, json_extract (?3, '$.machine') AS machine, json_extract (?3, '$.block') AS block)"
    "SELECT CASE"
    "  WHEN wanted.end = ?5 AND " IS_CLOSED ("?2") " AND ("
    "    " LIMIT ("0", "wanted.block", "wanted.start") " <= ?4"
    "    OR ?2 NOT NULL AND EXISTS (SELECT 1 FROM entry"
    "      WHERE entry.machine = wanted.machine AND entry.end > wanted.start)) THEN 1"
    "  WHEN ?3 IS NULL AND " IS_OPEN ("?2")
    "    AND (SELECT end FROM gap WHERE number = ?1) < ?5 THEN 3"
    "  ELSE 0 END, 0, 0"
    " FROM wanted";

/* ?1 the row as it is to be: when it is over, and how long it may go on unseen. */
static const char bound_sql[] =
    "WITH row AS (SELECT json_extract (?1, '$.start') AS start,"
    "   json_extract (?1, '$.until') AS until, json_extract (?1, '$.block') AS block,"
    "   json_extract (?1, '$.evidence') AS evidence, json_extract (?1, '$.number') AS number)"
    "SELECT start, " LIMIT ("row.until", "row.block", "row.start") ", "
    AT_ONCE ("evidence", "row.number", "row.start") " FROM row WHERE " IS_OPEN ("?1");

/* clang-format on */

static gboolean
refuse (const TrkStep *step, TrkStand stand, GError **error)
{
  gboolean gap = g_str_equal (step->table, "gap");

  if (stand == TRK_STAND_FREE)
    return TRUE;
  if (gap)
    g_set_error_literal (error, TRK_ERROR, TRK_ERROR_CONFLICT, "it has ended since, and stays");
  else if (stand == TRK_STAND_KEPT)
    g_set_error (error, TRK_ERROR, TRK_ERROR_CONFLICT,
                 "it has ended since, and its time stays; tracker log edit %" G_GINT64_FORMAT
                 " corrects it",
                 step->row);
  else if (stand == TRK_STAND_OVER)
    g_set_error (error, TRK_ERROR, TRK_ERROR_CONFLICT,
                 "it is over, and does not go on again; tracker log edit %" G_GINT64_FORMAT
                 " corrects it",
                 step->row);
  else
    g_set_error_literal (error, TRK_ERROR, TRK_ERROR_CONFLICT, TRK_STORE_NOT_KEPT);
  return FALSE;
}

/* What the log says of @step, of an entry or a gap. NULL with @error. */
static TrkQuery *
ask (TrkStore *store, const TrkStep *step, GError **error)
{
  if (g_str_equal (step->table, "gap"))
    return trk_db_query (store->db, error, gap_sql, "issii", step->row, step->expected,
                         step->wanted, store->now, TRK_NEVER);
  return trk_db_query (store->db, error, entry_sql, "issiiii", step->row, step->expected,
                       step->wanted, store->now, TRK_NEVER, MEASURED_AT_ONCE * TRK_MINUTE,
                       SAID_AT_ONCE * TRK_MINUTE);
}

/* What was kept by an entry that goes was seen all the same. */
static TrkStand
stand_of (TrkStore *store, TrkQuery *query)
{
  TrkStand stand = (TrkStand) trk_query_int (query, 0);

  if (stand == TRK_STAND_UNMEASURED
      && trk_store_not_kept (store, (TrkPeriod){ trk_query_int (query, 1), store->now })
             <= trk_query_int (query, 2))
    stand = TRK_STAND_FREE;
  return stand;
}

gboolean
trk_store_may_change (TrkStore *store, const TrkStep *step, GError **error)
{
  gboolean is_time = g_str_equal (step->table, "entry") || g_str_equal (step->table, "gap");
  TrkQuery *query = is_time ? ask (store, step, error) : NULL;
  TrkStand stand = TRK_STAND_FREE;

  if (query == NULL)
    return !is_time;
  if (trk_query_next (query))
    stand = stand_of (store, query);
  if (stand == TRK_STAND_UNMEASURED)
    trk_store_leave_ended (store, step->row, TRUE);
  return trk_query_end (query, error) && refuse (step, stand, error);
}

/* When @command took what it took. */
static gboolean
time_of (TrkStore *store, gint64 command, TrkInstant *at, GError **error)
{
  TrkQuery *query =
      trk_db_query (store->db, error, "SELECT at FROM command WHERE number = ?1", "i", command);

  if (query == NULL)
    return FALSE;
  *at = trk_query_next (query) ? trk_query_int (query, 0) : store->now;
  return trk_query_end (query, error);
}

/* @bound gets when the open entry of @step ended if it went at @gone; TRK_NEVER: it is open. */
static gboolean
bound_of (TrkStore *store, const TrkStep *step, TrkInstant gone, TrkInstant *bound, GError **error)
{
  TrkQuery *query = trk_db_query (store->db, error, bound_sql, "siiiiii", step->wanted, (gint64) 0,
                                  (gint64) 0, store->now, TRK_NEVER, MEASURED_AT_ONCE * TRK_MINUTE,
                                  SAID_AT_ONCE * TRK_MINUTE);

  *bound = TRK_NEVER;
  if (query == NULL)
    return FALSE;
  if (trk_query_next (query))
    {
      TrkInstant start = trk_query_int (query, 0), over = trk_query_int (query, 1);
      TrkPeriod since = { gone, MIN (over, store->now) };

      if (trk_store_not_kept (store, since) > trk_query_int (query, 2))
        *bound = MAX (gone, start + 1);
      else if (over <= store->now)
        *bound = MAX (over, start + 1);
      if (*bound < MIN (over, store->now))
        trk_store_leave_ended (store, step->row, FALSE);
    }
  return trk_query_end (query, error);
}

static gboolean
end_at (TrkStore *store, TrkStep *step, TrkInstant end, GError **error)
{
  TrkQuery *query =
      trk_db_query (store->db, error, "SELECT json_set (?1, '$.end', ?2, '$.end_reason', 'edit')",
                    "si", step->wanted, end);

  if (query == NULL)
    return FALSE;
  if (trk_query_next (query))
    {
      g_free (step->wanted);
      step->wanted = trk_query_dup (query, 0);
    }
  return trk_query_end (query, error);
}

/* An open entry that went with @command and comes back: what it was until then was measured, and
 * what came after was not. */
gboolean
trk_store_bound_row (TrkStore *store, gint64 command, TrkStep *step, GError **error)
{
  TrkInstant gone, bound;

  if (!g_str_equal (step->table, "entry") || step->expected != NULL)
    return TRUE;
  return time_of (store, command, &gone, error) && trk_store_known_until (store, gone, &gone, error)
         && bound_of (store, step, gone, &bound, error)
         && (bound == TRK_NEVER || end_at (store, step, bound, error));
}
