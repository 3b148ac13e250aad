/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-store-private.h"

#include "trk-error.h"
#include "trk-zone.h"

#define END TRK_STORE_END ("entry")
/* What figures are made of, all of it in the index of starts; the rest follows it. */
#define FIGURES(number)                                                                            \
  number ", start, " END ", kind, title, block, task, project, evidence, end_reason"
#define DETAILS ", id, tags, start_reason, note, zone, until"
#define ENTRY_COLUMNS FIGURES ("number") DETAILS

static gboolean
read_reason (const char *word, TrkReason *reason, GError **error)
{
  return trk_reason_from_string (word, reason) || trk_store_bad_word ("reason", word, error);
}

/* What ended has a reason; what another machine left open has the one that is known. */
static gboolean
read_end_reason (TrkQuery *query, TrkEntry *entry, GError **error)
{
  const char *word = trk_query_text (query, 9);

  if (word != NULL)
    return read_reason (word, &entry->end_reason, error);
  if (!trk_entry_is_open (entry))
    entry->end_reason = TRK_REASON_NOT_RUNNING; /* for all that is known */
  return TRUE;
}

static gboolean
read_figures (TrkQuery *query, TrkEntry *entry, GError **error)
{
  const char *kind = trk_query_text (query, 3), *evidence = trk_query_text (query, 8);

  entry->number = trk_query_int (query, 0);
  entry->period.start = trk_query_int (query, 1);
  entry->period.end = trk_query_int (query, 2);
  entry->task = trk_query_int (query, 6);
  if (!trk_kind_from_string (kind, &entry->kind))
    return trk_store_bad_word ("kind", kind, error);
  if (!trk_evidence_from_string (evidence, &entry->evidence))
    return trk_store_bad_word ("evidence", evidence, error);
  return read_end_reason (query, entry, error);
}

static TrkEntry *
read_entry (TrkQuery *query, GError **error)
{
  g_autoptr (TrkEntry) entry = trk_entry_new ();

  if (!read_figures (query, entry, error)
      || !read_reason (trk_query_text (query, 12), &entry->start_reason, error))
    return NULL;
  entry->title = trk_query_dup (query, 4);
  entry->block_id = trk_query_dup (query, 5);
  entry->project = trk_query_dup (query, 7);
  entry->id = trk_query_dup (query, 10);
  entry->tags = trk_store_split_tags (trk_query_text (query, 11));
  entry->note = trk_query_dup (query, 13);
  entry->zone = trk_query_dup (query, 14);
  entry->until = trk_query_int (query, 15);
  return g_steal_pointer (&entry);
}

static TrkEntry *
read_pooled (TrkQuery *query, TrkEntryPool *pool, GError **error)
{
  TrkEntry *entry = trk_entry_pool_add (pool);

  if (!read_figures (query, entry, error))
    return NULL;
  entry->title = trk_entry_pool_text (pool, trk_query_text (query, 4));
  entry->block_id = trk_entry_pool_text (pool, trk_query_text (query, 5));
  entry->project = trk_entry_pool_text (pool, trk_query_text (query, 7));
  return entry;
}

/* Adds them to @entries, in @pool (nullable: each of them owned). Ends @query; FALSE with @error
 * when it or a row failed. */
static gboolean
collect_in (TrkQuery *query, TrkEntryPool *pool, GPtrArray *entries, GError **error)
{
  while (query != NULL && trk_query_next (query))
    {
      TrkEntry *entry = pool == NULL ? read_entry (query, error) : read_pooled (query, pool, error);

      if (entry == NULL)
        {
          trk_query_free (query);
          return FALSE;
        }
      g_ptr_array_add (entries, entry);
    }
  return query != NULL && trk_query_end (query, error);
}

static GPtrArray *
entries_new (const TrkEntryPool *pool)
{
  return g_ptr_array_new_with_free_func (pool == NULL ? (GDestroyNotify) trk_entry_free : NULL);
}

static GPtrArray *
collect (TrkQuery *query, GError **error)
{
  g_autoptr (GPtrArray) entries = entries_new (NULL);

  return collect_in (query, NULL, entries, error) ? g_steal_pointer (&entries) : NULL;
}

/* The first of @entries (owned, may be NULL), or NULL. */
static TrkEntry *
take_first (GPtrArray *entries)
{
  TrkEntry *first = NULL;

  if (entries != NULL && entries->len > 0)
    first = g_ptr_array_steal_index (entries, 0);
  g_clear_pointer (&entries, g_ptr_array_unref);
  return first;
}

static gint
compare_starts (gconstpointer a, gconstpointer b)
{
  const TrkEntry *x = *(const TrkEntry *const *) a, *y = *(const TrkEntry *const *) b;

  if (x->period.start != y->period.start)
    return x->period.start < y->period.start ? -1 : 1;
  return x->number < y->number ? -1 : x->number > y->number;
}

/* The index gives those of one machine by start; only a log of several has to be sorted. */
static void
sort_by_start (GPtrArray *entries)
{
  for (guint i = 1; i < entries->len; i++)
    if (compare_starts (&entries->pdata[i - 1], &entries->pdata[i]) > 0)
      {
        g_ptr_array_sort (entries, compare_starts);
        return;
      }
}

/* Entries of one machine do not overlap: of those that start before the period only the last can
 * reach into it. So the cost does not grow with the log. */
#define OVERLAPPING                                                                                \
  " FROM entry WHERE machine = ?2 AND start < ?4"                                                  \
  " AND start >= ifnull ((SELECT max (start) FROM entry WHERE machine = ?2 AND start <= ?3), ?3)"
#define MACHINES "SELECT id, (SELECT count (*) FROM machine) FROM machine"

/* What overlaps a period, machine by machine. */
typedef struct
{
  TrkStore *store;
  TrkPeriod period;
  const char *of_one;     /* how to read a log of one machine, */
  const char *of_several; /* and one in which entries may start together: then by their numbers */
  TrkEntryPool *pool;     /* (nullable) */
  GPtrArray *entries;     /* that were found */
} Search;

/* Takes from @entries what ends before @start after all: the last one of a machine before it, or
 * what another machine has open, of which not even a moment may be known. */
static void
drop_ended (GPtrArray *entries, TrkInstant start)
{
  for (guint i = entries->len; i-- > 0;)
    {
      TrkPeriod period = ((TrkEntry *) entries->pdata[i])->period;

      if (period.end <= MAX (period.start, start))
        g_ptr_array_remove_index (entries, i);
    }
}

/* The entries of the machine that @machines is at. */
static gboolean
search_machine (const Search *search, TrkQuery *machines, const char *own, GError **error)
{
  const char *machine = trk_query_text (machines, 0);
  gboolean alone = trk_query_int (machines, 1) == 1;

  return collect_in (trk_db_query (search->store->db, error,
                                   alone ? search->of_one : search->of_several, "ssii", own,
                                   machine, search->period.start, search->period.end),
                     search->pool, search->entries, error);
}

/* All of one state of the log, which lasts as long as the machines are not read to their end. */
static gboolean
search_all (const Search *search, GError **error)
{
  const char *own = trk_store_machine (search->store, FALSE, error);
  TrkQuery *machines = own != NULL ? trk_db_query (search->store->db, error, MACHINES, "") : NULL;

  while (machines != NULL && trk_query_next (machines))
    if (!search_machine (search, machines, own, error))
      g_clear_pointer (&machines, trk_query_free);
  return machines != NULL && trk_query_end (machines, error);
}

static GPtrArray *
overlapping (TrkStore *store,
             const char *of_one,
             const char *of_several,
             TrkPeriod period,
             TrkEntryPool *pool,
             GError **error)
{
  g_autoptr (GPtrArray) entries = entries_new (pool);
  Search search = { store, period, of_one, of_several, pool, entries };

  if (!search_all (&search, error))
    return NULL;
  drop_ended (entries, period.start);
  sort_by_start (entries);
  return g_steal_pointer (&entries);
}

#define WHOLE "SELECT " FIGURES ("number") DETAILS OVERLAPPING
#define NUMBERED "SELECT " FIGURES ("number") OVERLAPPING
#define UNNUMBERED "SELECT " FIGURES ("0") OVERLAPPING

GPtrArray *
trk_store_entries (TrkStore *store, TrkPeriod period, GError **error)
{
  return overlapping (store, WHOLE, WHOLE, period, NULL, error);
}

GPtrArray *
trk_store_entries_for_figures (
    TrkStore *store, TrkPeriod period, gboolean numbered, TrkEntryPool *pool, GError **error)
{
  return overlapping (store, numbered ? NUMBERED : UNNUMBERED, NUMBERED, period, pool, error);
}

GPtrArray *
trk_store_task_entries (TrkStore *store, gint64 task, GError **error)
{
  const char *machine = trk_store_machine (store, FALSE, error);

  if (machine == NULL)
    return NULL;
  return collect (trk_db_query (store->db, error,
                                "SELECT " ENTRY_COLUMNS " FROM entry WHERE entry.task = ?2"
                                " AND " END " > start ORDER BY start, number",
                                "si", machine, task),
                  error);
}

TrkEntry *
trk_store_entry (TrkStore *store, gint64 number, GError **error)
{
  const char *machine = trk_store_machine (store, FALSE, error);
  GPtrArray *entries =
      machine != NULL ? collect (
          trk_db_query (store->db, error, "SELECT " ENTRY_COLUMNS " FROM entry WHERE number = ?2",
                        "si", machine, number),
          error)
                      : NULL;
  gboolean failed = entries == NULL;
  TrkEntry *entry = take_first (entries);

  if (entry == NULL && !failed)
    g_set_error (error, TRK_ERROR, TRK_ERROR_NOT_FOUND, "there is no entry %" G_GINT64_FORMAT,
                 number);
  return entry;
}

TrkEntry *
trk_store_open_entry (TrkStore *store, GError **error)
{
  const char *machine = trk_store_machine (store, FALSE, error);

  if (machine == NULL)
    return NULL;
  return take_first (collect (trk_db_query (store->db, error,
                                            "SELECT " ENTRY_COLUMNS " FROM entry WHERE machine = ?1"
                                            " AND end = 9223372036854775807",
                                            "s", machine),
                              error));
}

gboolean
trk_store_worked_on (
    TrkStore *store, gint64 task, TrkInstant now, TrkDuration *worked, GError **error)
{
  const char *machine = trk_store_machine (store, FALSE, error);
  TrkQuery *query = machine != NULL
                        ? trk_db_query (store->db, error,
                                        "SELECT sum (max (0, min (" END ", ?3) - start)) FROM entry"
                                        " WHERE task = ?2"
                                        " AND kind IN ('focus', 'shallow', 'meeting', 'routine')",
                                        "sii", machine, task, now)
                        : NULL;

  if (query == NULL)
    return FALSE;
  *worked = trk_query_next (query) ? trk_query_int (query, 0) : 0;
  return trk_query_end (query, error);
}

/* -- Changes ----------------------------------------------------------------------------------- */

/* "14:00–14:45", in the zone in which it happened. */
static char *
format_period (const TrkEntry *entry)
{
  g_autoptr (TrkZone) zone = trk_zone_new (entry->zone, NULL);
  g_autofree char *start = NULL;
  g_autofree char *end = NULL;

  if (zone == NULL)
    zone = trk_zone_new_utc ();
  start = trk_zone_format_time (zone, entry->period.start);
  if (trk_entry_is_open (entry))
    return g_strdup_printf ("since %s, still open", start);
  end = trk_zone_format_time (zone, entry->period.end);
  return g_strdup_printf ("%s–%s", start, end);
}

/* The last of the others that begins before @entry ends: the only one that may reach into it, as
 * entries do not overlap. @found gets NULL when there is none. */
static gboolean
last_before_end (TrkStore *store, const TrkEntry *entry, TrkEntry **found, GError **error)
{
  const char *machine = trk_store_machine (store, FALSE, error);
  GPtrArray *entries =
      machine != NULL
          ? collect (trk_db_query (store->db, error,
                                   "SELECT " ENTRY_COLUMNS " FROM entry WHERE machine = ?1"
                                   " AND start < ?2 AND number <> ?3 ORDER BY start DESC LIMIT 1",
                                   "sii", machine, entry->period.end, entry->number),
                     error)
          : NULL;
  gboolean read = entries != NULL;

  *found = take_first (entries);
  return read;
}

/* The trigger is the last wall; it cannot name the other entry, so that is looked for first. */
static gboolean
refuse_overlap (TrkStore *store, const TrkEntry *entry, GError **error)
{
  g_autoptr (TrkEntry) other = NULL;
  g_autofree char *when = NULL;

  if (!last_before_end (store, entry, &other, error))
    return FALSE;
  if (other == NULL || other->period.end <= entry->period.start
      || trk_period_is_empty (entry->period))
    return TRUE;
  when = format_period (other);
  g_set_error (error, TRK_ERROR, TRK_ERROR_CONFLICT,
               "it overlaps entry %" G_GINT64_FORMAT " (%s, %s %s)", other->number, when,
               trk_kind_to_string (other->kind), other->title);
  return FALSE;
}

static const char *
end_reason_word (const TrkEntry *entry)
{
  return trk_entry_is_open (entry) ? NULL : trk_reason_to_string (entry->end_reason);
}

gboolean
trk_store_add_entry (TrkStore *store, TrkEntry *entry, GError **error)
{
  g_autofree char *tags = trk_store_join_tags (entry->tags);
  g_autofree char *id = NULL;

  entry->number = 0;
  if (!trk_store_ready (store, "entry", error) || !trk_store_add_machine (store, error)
      || !trk_store_refer (store, "task", entry->task, error)
      || !refuse_overlap (store, entry, error))
    return FALSE;
  id = trk_store_id_for (store, entry->id);
  if (!trk_db_run (
          store->db, error,
          "INSERT INTO entry (id, machine, start, end, kind, title, block, task, project,"
          " tags, evidence, start_reason, end_reason, note, zone, until) VALUES (?1, ?2, ?3, ?4,"
          " ?5, ?6, ?7, nullif (?8, 0), ?9, ?10, ?11, ?12, ?13, ?14, ?15,"
          " nullif (?16, 0))",
          "ssiisssisssssssi", id, store->machine, entry->period.start, entry->period.end,
          trk_kind_to_string (entry->kind), entry->title != NULL ? entry->title : "",
          entry->block_id, entry->task, entry->project, tags,
          trk_evidence_to_string (entry->evidence), trk_reason_to_string (entry->start_reason),
          end_reason_word (entry), entry->note, entry->zone, entry->until))
    return FALSE;
  trk_store_take_id (store, g_steal_pointer (&id), &entry->id, &entry->number);
  return TRUE;
}

gboolean
trk_store_update_entry (TrkStore *store, const TrkEntry *entry, GError **error)
{
  g_autofree char *tags = trk_store_join_tags (entry->tags);

  if (!trk_store_ready (store, "entry", error)
      || !trk_store_refer (store, "task", entry->task, error)
      || !refuse_overlap (store, entry, error))
    return FALSE;
  return trk_db_run (store->db, error,
                     "UPDATE entry SET start = ?2, end = ?3, kind = ?4, title = ?5, block = ?6,"
                     " task = nullif (?7, 0), project = ?8, tags = ?9, evidence = ?10,"
                     " start_reason = ?11, end_reason = ?12, note = ?13, zone = ?14,"
                     " until = nullif (?15, 0)"
                     " WHERE number = ?1",
                     "iiisssisssssssi", entry->number, entry->period.start, entry->period.end,
                     trk_kind_to_string (entry->kind), entry->title != NULL ? entry->title : "",
                     entry->block_id, entry->task, entry->project, tags,
                     trk_evidence_to_string (entry->evidence),
                     trk_reason_to_string (entry->start_reason), end_reason_word (entry),
                     entry->note, entry->zone, entry->until)
         && trk_store_changed (store, "entry", entry->number, error);
}

gboolean
trk_store_remove_entry (TrkStore *store, gint64 number, GError **error)
{
  return trk_store_ready (store, "entry", error)
         && trk_db_run (store->db, error, "DELETE FROM entry WHERE number = ?1", "i", number)
         && trk_store_changed (store, "entry", number, error);
}

/* -- Clearing a period ------------------------------------------------------------------------- */

static gboolean
cut_end (TrkStore *store, TrkEntry *entry, TrkInstant end, GError **error)
{
  entry->period.end = end;
  entry->end_reason = TRK_REASON_EDIT;
  return trk_store_update_entry (store, entry, error);
}

static gboolean
cut_start (TrkStore *store, TrkEntry *entry, TrkInstant start, GError **error)
{
  entry->period.start = start;
  entry->start_reason = TRK_REASON_EDIT;
  return trk_store_update_entry (store, entry, error);
}

/* The later piece keeps the number: the daemon knows its open entry by it. */
static gboolean
split_around (TrkStore *store, TrkEntry *entry, TrkPeriod period, GError **error)
{
  g_autoptr (TrkEntry) head = trk_entry_copy (entry);

  g_clear_pointer (&head->id, g_free);
  head->period.end = period.start;
  head->end_reason = TRK_REASON_EDIT;
  return cut_start (store, entry, period.end, error) && trk_store_add_entry (store, head, error);
}

static gboolean
clear_entry (TrkStore *store, TrkEntry *entry, TrkPeriod period, GError **error)
{
  gboolean before = entry->period.start < period.start;
  gboolean after = entry->period.end > period.end;

  if (before && after)
    return split_around (store, entry, period, error);
  if (before)
    return cut_end (store, entry, period.start, error);
  if (after)
    return cut_start (store, entry, period.end, error);
  return trk_store_remove_entry (store, entry->number, error);
}

/* Entries of this machine that overlap @period. */
static GPtrArray *
own_entries (TrkStore *store, TrkPeriod period, GError **error)
{
  const char *machine = trk_store_machine (store, FALSE, error);

  if (machine == NULL)
    return NULL;
  return collect (trk_db_query (store->db, error,
                                "SELECT " ENTRY_COLUMNS
                                " FROM entry WHERE machine = ?1 AND start < ?3"
                                " AND start >= ifnull ((SELECT max (start) FROM entry"
                                "   WHERE machine = ?1 AND start <= ?2), ?2)"
                                " AND end > ?2 ORDER BY start",
                                "sii", machine, period.start, period.end),
                  error);
}

gboolean
trk_store_clear_period (TrkStore *store, TrkPeriod period, gint64 except, GError **error)
{
  g_autoptr (GPtrArray) entries = NULL;

  if (!trk_store_ready (store, "entry", error))
    return FALSE;
  if (trk_period_is_empty (period))
    return TRUE;
  entries = own_entries (store, period, error);
  for (guint i = 0; entries != NULL && i < entries->len; i++)
    {
      TrkEntry *entry = entries->pdata[i];

      if (entry->number != except && !clear_entry (store, entry, period, error))
        return FALSE;
    }
  return entries != NULL;
}
