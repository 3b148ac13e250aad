/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-index.h"

#include "trk-build.h"
#include "trk-index-files.h"
#include "trk-index-lists.h"
#include "trk-index-schema.h"

struct _TrkIndex
{
  TrkDb *db;                           /* (owned) */
  gint64 start, end, origin, confined; /* the numbers that it keeps about itself */
};

static void
take_number (TrkIndex *index, const char *name, gint64 value)
{
  if (g_str_equal (name, TRK_INDEX_START))
    index->start = value;
  else if (g_str_equal (name, TRK_INDEX_END))
    index->end = value;
  else if (g_str_equal (name, TRK_INDEX_ORIGIN))
    index->origin = value;
  else if (g_str_equal (name, TRK_INDEX_CONFINED))
    index->confined = value;
}

static gboolean
read_numbers (TrkIndex *index, GError **error)
{
  TrkQuery *query = trk_db_query (index->db, error, "SELECT key, value FROM meta", "");

  if (query == NULL)
    return FALSE;
  while (trk_query_next (query))
    take_number (index, trk_query_text (query, 0), trk_query_int (query, 1));
  return trk_query_end (query, error);
}

TrkIndex *
trk_index_open (const char *path, GError **error)
{
  TrkDb *db = trk_index_schema_read (path, error);
  g_autoptr (TrkIndex) index = NULL;

  if (db == NULL)
    return NULL;
  index = g_new0 (TrkIndex, 1);
  index->db = db;
  if (!trk_db_hold (db, error) || !read_numbers (index, error))
    return NULL;
  return g_steal_pointer (&index);
}

void
trk_index_close (TrkIndex *index)
{
  if (index == NULL)
    return;
  trk_db_close (index->db);
  g_free (index);
}

TrkPeriod
trk_index_window (TrkIndex *index)
{
  return (TrkPeriod){ index->start, index->end };
}

TrkIndexConfined
trk_index_confined (TrkIndex *index)
{
  return (TrkIndexConfined) index->confined;
}

gint64
trk_index_origin (void)
{
  const char *folder = g_getenv ("TZDIR");
  TrkFileStamp stamp;

  trk_file_stamp (folder != NULL ? folder : "/usr/share/zoneinfo", &stamp);
  return stamp.mtime ^ g_str_hash (TRK_VERSION);
}

/* -- Occurrences ------------------------------------------------------------------------------- */

#define COLUMNS                                                                                    \
  "o.start, o.end, o.end_is_apart, o.original, o.original_is, s.calendar, e.uid, e.anchor, "       \
  "e.days, e.exact,"                                                                               \
  " e.by_date, e.all_day, e.floating, e.transparent, e.private, e.status, e.summary,"              \
  " e.description, e.location, e.link, e.kind, e.categories, e.attendees, e.declined, e.leads"

enum
{
  START,
  END,
  END_IS_APART,
  ORIGINAL,
  ORIGINAL_IS,
  CALENDAR,
  UID,
  ANCHOR,
  DAYS,
  EXACT,
  BY_DATE,
  ALL_DAY,
  FLOATING,
  TRANSPARENT,
  PRIVATE,
  STATUS,
  SUMMARY,
  DESCRIPTION,
  LOCATION,
  LINK,
  KIND,
  CATEGORIES,
  ATTENDEES,
  DECLINED,
  LEADS
};

static const TrkDuration one_day = 24 * TRK_HOUR;
static const TrkDuration zone_margin = 26 * TRK_HOUR; /* how far a wall clock may be from UTC */

static TrkInstant
place (const TrkZone *zone, TrkInstant wall)
{
  return trk_zone_instant (zone, trk_local_from_wall (wall));
}

/* A floating occurrence in @zone. RFC 5545 3.8.5.3: an end that was given by DTEND keeps its exact
 * length in every instance, measured at the event's own start; a duration keeps its days on the
 * clock. An occurrence with a length of its own (PERIOD) ends where its wall clock says. */
static TrkPeriod
place_floating (TrkQuery *query, const TrkZone *zone)
{
  TrkInstant start = trk_query_int (query, START), end = trk_query_int (query, END);
  TrkDuration days = trk_query_int (query, DAYS) * one_day, exact = trk_query_int (query, EXACT);
  TrkInstant anchor = trk_query_int (query, ANCHOR);
  TrkPeriod period = { place (zone, start), place (zone, end) };

  if (trk_query_int (query, ALL_DAY) != 0 || end - start != days + exact)
    return period;
  if (trk_query_int (query, BY_DATE) != 0)
    period.end = period.start + place (zone, anchor + exact) - place (zone, anchor);
  else
    period.end = (days == 0 ? period.start : place (zone, start + days)) + exact;
  return period;
}

static TrkPeriod
read_period (TrkQuery *query, const TrkZone *zone)
{
  gboolean floating = trk_query_int (query, FLOATING) != 0;
  TrkInstant start = trk_query_int (query, START), end = trk_query_int (query, END);

  if (trk_query_int (query, END_IS_APART) != 0)
    return (TrkPeriod){ floating ? place (zone, start) : start,
                        floating ? end : place (zone, end) };
  return floating ? place_floating (query, zone) : (TrkPeriod){ start, end };
}

/* Overlaps; without length (or with an end before its start): begins inside. */
static gboolean
counts (TrkPeriod occurrence, TrkPeriod period)
{
  if (occurrence.start >= period.end)
    return FALSE;
  return occurrence.start >= period.start || occurrence.end > period.start;
}

/* @value in @width digits, at @text. */
static void
put_digits (char *text, int width, int value)
{
  for (; width > 0; value /= 10)
    text[--width] = (char) ('0' + value % 10);
}

/* "20261123", "20261123T090000", "20261123T080000Z": RFC 5545's forms, in years of four digits.
 * Every occurrence of a series has one, and printf() would take as long as reading its row. */
static char *
recurrence_id (TrkQuery *query)
{
  const char *reading = trk_query_text (query, ORIGINAL_IS);
  TrkLocal local = trk_local_from_wall (trk_query_int (query, ORIGINAL));
  int year, month, day;
  int seconds = (int) (local.time / TRK_SECOND);
  char text[16];

  if (reading == NULL)
    return NULL;
  trk_day_to_ymd (local.day, &year, &month, &day);
  put_digits (text, 4, year);
  put_digits (text + 4, 2, month);
  put_digits (text + 6, 2, day);
  if (g_str_equal (reading, "date"))
    return g_strndup (text, 8);
  text[8] = 'T';
  put_digits (text + 9, 2, seconds / 3600);
  put_digits (text + 11, 2, seconds / 60 % 60);
  put_digits (text + 13, 2, seconds % 60);
  text[15] = 'Z';
  return g_strndup (text, g_str_equal (reading, "instant") ? 16 : 15);
}

static TrkOccurrence *
read_occurrence (TrkQuery *query, TrkPeriod period)
{
  TrkOccurrence *occurrence = trk_occurrence_new ();

  occurrence->calendar = trk_query_dup (query, CALENDAR);
  occurrence->uid = trk_query_dup (query, UID);
  occurrence->recurrence_id = recurrence_id (query);
  occurrence->summary = trk_query_dup (query, SUMMARY);
  occurrence->description = trk_query_dup (query, DESCRIPTION);
  occurrence->location = trk_query_dup (query, LOCATION);
  occurrence->link = trk_query_dup (query, LINK);
  occurrence->kind = trk_query_dup (query, KIND);
  occurrence->categories = trk_index_split_texts (trk_query_text (query, CATEGORIES));
  occurrence->attendees = trk_index_split_texts (trk_query_text (query, ATTENDEES));
  occurrence->declined = trk_index_split_texts (trk_query_text (query, DECLINED));
  occurrence->leads = trk_index_split_durations (trk_query_text (query, LEADS));
  occurrence->period = period;
  occurrence->all_day = trk_query_int (query, ALL_DAY) != 0;
  occurrence->floating = trk_query_int (query, FLOATING) != 0;
  occurrence->transparent = trk_query_int (query, TRANSPARENT) != 0;
  occurrence->is_private = trk_query_int (query, PRIVATE) != 0;
  trk_status_from_string (trk_query_text (query, STATUS), &occurrence->status);
  return occurrence;
}

/* Where the starts lie of what may count in @period, of one span (see the schema). An end may float
 * though its start does not; what is bound to instants starts where it says. */
static TrkPeriod
starts_of (gint64 span, TrkPeriod period)
{
  const TrkDuration margin = span >= 2 ? zone_margin : 0;

  return (TrkPeriod){ span % 2 == 1 ? G_MININT64 : period.start - zone_margin - margin - one_day,
                      period.end + margin };
}

/* Adds the occurrences of one span that count in @period. Those that cannot are passed over before
 * their events, which lie scattered over the file, are looked at. */
static gboolean
read_span (TrkIndex *index,
           gint64 span,
           TrkPeriod period,
           const TrkZone *zone,
           GPtrArray *out,
           GError **error)
{
  const TrkDuration own = span >= 2 ? zone_margin : 0;
  TrkPeriod starts = starts_of (span, period);
  TrkQuery *query = trk_db_query (
      index->db, error,
      "SELECT " COLUMNS
      " FROM occurrences o JOIN events e ON e.id = o.event JOIN sources s ON s.id = e.source"
      " WHERE o.span = ? AND o.start >= ? AND o.start < ? AND o.end >= ?"
      " AND (o.end_is_apart OR o.end > ? OR o.start >= ?)"
      " AND e.status <> 'cancelled'",
      "iiiiii", span, starts.start, starts.end,
      span % 2 == 1 ? period.start - zone_margin : G_MININT64, period.start - own,
      period.start - own);

  if (query == NULL)
    return FALSE;
  while (trk_query_next (query))
    {
      TrkPeriod placed = read_period (query, zone);

      if (counts (placed, period))
        g_ptr_array_add (out, read_occurrence (query, placed));
    }
  return trk_query_end (query, error);
}

GPtrArray *
trk_index_occurrences (TrkIndex *index, TrkPeriod period, const TrkZone *zone, GError **error)
{
  g_autoptr (GPtrArray) out =
      g_ptr_array_new_with_free_func ((GDestroyNotify) trk_occurrence_unref);

  for (gint64 span = 0; span < 4; span++)
    if (!read_span (index, span, period, zone, out, error))
      return NULL;
  g_ptr_array_sort (out, trk_occurrence_compare);
  return g_steal_pointer (&out);
}

/* -- What was found ---------------------------------------------------------------------------- */

#define DIAGNOSTICS "SELECT calendar, file, line, property, reason, left_out FROM diagnostics"
#define IN_ORDER " ORDER BY calendar, file, line, id"

/* Ends @query, of these columns. */
static GPtrArray *
read_diagnostics (TrkQuery *query, GError **error)
{
  g_autoptr (GPtrArray) out = g_ptr_array_new_with_free_func ((GDestroyNotify) trk_diagnostic_free);

  if (query == NULL)
    return NULL;
  while (trk_query_next (query))
    {
      TrkDiagnostic *diagnostic = g_new0 (TrkDiagnostic, 1);

      diagnostic->calendar = trk_query_dup (query, 0);
      diagnostic->file = trk_query_dup (query, 1);
      diagnostic->line = (guint) trk_query_int (query, 2);
      diagnostic->property = trk_query_dup (query, 3);
      diagnostic->reason = trk_query_dup (query, 4);
      diagnostic->left_out = (guint) trk_query_int (query, 5);
      g_ptr_array_add (out, diagnostic);
    }
  return trk_query_end (query, error) ? g_steal_pointer (&out) : NULL;
}

GPtrArray *
trk_index_diagnostics (TrkIndex *index, const char *calendar, GError **error)
{
  return read_diagnostics (trk_db_query (index->db, error,
                                         DIAGNOSTICS " WHERE ?1 IS NULL OR calendar = ?1" IN_ORDER,
                                         "s", calendar),
                           error);
}

GPtrArray *
trk_index_file_diagnostics (TrkIndex *index, GError **error)
{
  return read_diagnostics (
      trk_db_query (index->db, error, DIAGNOSTICS " WHERE line = 0 AND property IS NULL" IN_ORDER,
                    ""),
      error);
}

void
trk_index_summary_free (TrkIndexSummary *summary)
{
  if (summary == NULL)
    return;
  g_free (summary->calendar);
  g_free (summary);
}

GPtrArray *
trk_index_summaries (TrkIndex *index, GError **error)
{
  g_autoptr (GPtrArray) out =
      g_ptr_array_new_with_free_func ((GDestroyNotify) trk_index_summary_free);
  TrkQuery *query =
      trk_db_query (index->db, error,
                    "SELECT name, (SELECT count (*) FROM sources WHERE calendar = name),"
                    " (SELECT count (*) FROM sources s CROSS JOIN events e ON e.id BETWEEN"
                    "  s.id << 32 AND s.id << 32 | 0xffffffff WHERE s.calendar = name AND e.used),"
                    " (SELECT coalesce (sum (left_out), 0) FROM diagnostics WHERE calendar = name),"
                    " (SELECT coalesce (max (mtime), 0) / 1000 FROM sources WHERE calendar = name)"
                    " FROM calendars ORDER BY name",
                    "");

  if (query == NULL)
    return NULL;
  while (trk_query_next (query))
    {
      TrkIndexSummary *summary = g_new0 (TrkIndexSummary, 1);

      summary->calendar = trk_query_dup (query, 0);
      summary->files = (guint) trk_query_int (query, 1);
      summary->events = (guint) trk_query_int (query, 2);
      summary->left_out = (guint) trk_query_int (query, 3);
      summary->newest = trk_query_int (query, 4);
      g_ptr_array_add (out, summary);
    }
  return trk_query_end (query, error) ? g_steal_pointer (&out) : NULL;
}

GPtrArray *
trk_index_event_files (TrkIndex *index, const char *calendar, const char *uid, GError **error)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_free);
  TrkQuery *query = trk_db_query (index->db, error,
                                  "SELECT DISTINCT path FROM sources s JOIN events e"
                                  " ON e.source = s.id WHERE s.calendar = ?1 AND e.uid = ?2"
                                  " ORDER BY path",
                                  "ss", calendar, uid);

  if (query == NULL)
    return NULL;
  while (trk_query_next (query))
    g_ptr_array_add (files, trk_query_dup (query, 0));
  return trk_query_end (query, error) ? g_steal_pointer (&files) : NULL;
}

/* -- Freshness --------------------------------------------------------------------------------- */

/* Is what lies at @path as the row says (columns 0–3: device, inode, size, mtime)? */
static gboolean
is_unchanged (const char *path, TrkQuery *query)
{
  TrkFileStamp then = { .device = trk_query_int (query, 0),
                        .inode = trk_query_int (query, 1),
                        .size = trk_query_int (query, 2),
                        .mtime = trk_query_int (query, 3) };
  TrkFileStamp now;

  trk_file_stamp (path, &now);
  return trk_file_stamp_equal (&then, &now);
}

static const TrkCalendar *
calendar_of (const GPtrArray *calendars, const char *name, const char *path)
{
  for (guint i = 0; i < calendars->len; i++)
    {
      const TrkCalendar *calendar = g_ptr_array_index (calendars, i);

      if (g_strcmp0 (calendar->name, name) == 0 && g_strcmp0 (calendar->path, path) == 0)
        return calendar;
    }
  return NULL;
}

/* Are those of the index the ones that are wanted, and as they were? */
static gboolean
calendars_are_fresh (TrkIndex *index, const GPtrArray *calendars)
{
  g_autoptr (TrkQuery) query = trk_db_query (
      index->db, NULL, "SELECT device, inode, size, mtime, name, path FROM calendars", "");
  guint n = 0;

  if (query == NULL)
    return FALSE;
  for (; trk_query_next (query); n++)
    if (calendar_of (calendars, trk_query_text (query, 4), trk_query_text (query, 5)) == NULL
        || !is_unchanged (trk_query_text (query, 5), query))
      return FALSE;
  return n == calendars->len;
}

static gboolean
sources_are_fresh (TrkIndex *index)
{
  g_autoptr (TrkQuery) query =
      trk_db_query (index->db, NULL, "SELECT device, inode, size, mtime, path FROM sources", "");

  if (query == NULL)
    return FALSE;
  while (trk_query_next (query))
    if (!is_unchanged (trk_query_text (query, 4), query))
      return FALSE;
  return TRUE;
}

gboolean
trk_index_is_fresh (TrkIndex *index, const GPtrArray *calendars, TrkPeriod period, gboolean watched)
{
  return index->start <= period.start && index->end >= period.end
         && index->origin == trk_index_origin () && calendars_are_fresh (index, calendars)
         && (watched || sources_are_fresh (index));
}
