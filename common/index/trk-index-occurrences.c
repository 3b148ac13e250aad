/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-index-private.h"

#include "trk-error.h"
#include "trk-index-about.h"
#include "trk-paths.h"

/* Reading occurrences. The texts of an event are taken over once for all of its occurrences, which
 * share them: of what lies in a week the half is said again and again. */

static const TrkDuration one_day = 24 * TRK_HOUR;
static const TrkDuration zone_margin = 26 * TRK_HOUR; /* how far a wall clock may be from UTC */

/* -- Placing ----------------------------------------------------------------------------------- */

/* A row without an event is one of a damaged index, which is to be told. */
#define OCCURRENCES                                                                                \
  "SELECT start, end, event, original_is, ifnull (original, start), uid, about"                    \
  " FROM occurrences LEFT JOIN events ON id = event"                                               \
  " WHERE span = ?1 AND start >= ?2 AND start < ?3 AND (end >= ?4 OR start >= ?4)"

enum
{
  START,
  END,
  EVENT,
  ORIGINAL_IS,
  ORIGINAL,
  UID,
  ABOUT
};

static TrkInstant
place (const TrkZone *zone, TrkInstant wall)
{
  return trk_zone_instant (zone, trk_local_from_wall (wall));
}

/* A floating occurrence in @zone. RFC 5545 3.8.5.3: an end that was given by DTEND keeps its exact
 * length in every instance, measured at the event's own start; a duration keeps its days on the
 * clock. An occurrence with a length of its own (PERIOD) ends where its wall clock says. */
static TrkPeriod
place_floating (TrkPeriod wall, const TrkIndexAbout *event, const TrkZone *zone)
{
  const TrkDuration days = event->days * one_day;
  TrkPeriod period = { place (zone, wall.start), 0 };

  if (event->all_day || trk_period_length (wall) != days + event->exact)
    period.end = place (zone, wall.end);
  else if (event->by_date)
    period.end =
        period.start + place (zone, event->anchor + event->exact) - place (zone, event->anchor);
  else
    period.end = (days == 0 ? period.start : place (zone, wall.start + days)) + event->exact;
  return period;
}

static TrkPeriod
read_period (TrkQuery *query, gint64 span, const TrkIndexAbout *event, const TrkZone *zone)
{
  TrkPeriod said = { trk_query_int (query, START), trk_query_int (query, END) };
  gboolean floating = trk_index_span_is_floating (span);

  if (trk_index_span_ends_apart (span))
    return (TrkPeriod){ floating ? place (zone, said.start) : said.start,
                        floating ? said.end : place (zone, said.end) };
  return floating ? place_floating (said, event, zone) : said;
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

#define LONGEST_ID sizeof "20261123T080000Z"

/* "20261123", "20261123T090000", "20261123T080000Z": RFC 5545's forms, in years of four digits.
 * Every occurrence of a series has one, and printf() would take as long as reading its row. NULL
 * for an event that happens once. */
static const char *
recurrence_id (TrkQuery *query, char text[LONGEST_ID])
{
  const TrkOriginalIs reading = (TrkOriginalIs) trk_query_int (query, ORIGINAL_IS);
  TrkLocal local;
  int year, month, day, seconds;

  if (reading == TRK_ORIGINAL_NONE)
    return NULL;
  local = trk_local_from_wall (trk_query_int (query, ORIGINAL));
  seconds = (int) (local.time / TRK_SECOND);
  trk_day_to_ymd (local.day, &year, &month, &day);
  put_digits (text, 4, year);
  put_digits (text + 4, 2, month);
  put_digits (text + 6, 2, day);
  text[8] = reading == TRK_ORIGINAL_DATE ? '\0' : 'T';
  put_digits (text + 9, 2, seconds / 3600);
  put_digits (text + 11, 2, seconds / 60 % 60);
  put_digits (text + 13, 2, seconds % 60);
  text[15] = reading == TRK_ORIGINAL_INSTANT ? 'Z' : '\0';
  text[16] = '\0';
  return text;
}

/* -- A period ---------------------------------------------------------------------------------- */

/* One reading. */
typedef struct
{
  TrkIndex *index;
  TrkPeriod period;
  const TrkZone *zone;
  gboolean cancelled; /* those, and no others; else all others */
  GPtrArray *found;   /* of TrkOccurrence */
} Reading;

/* A row names one that is not there. */
static gpointer
tell_torn (TrkIndex *index, const char *what, GError **error)
{
  g_autofree char *path = trk_path_display (trk_db_path (index->db));

  g_set_error (error, TRK_ERROR, TRK_ERROR_CORRUPT, "%s lacks %s; delete it, and it is made anew",
               path, what);
  return NULL;
}

/* The name of the calendar that @source belongs to; NULL with @error. */
static const char *
calendar_of (TrkIndex *index, gint64 source, GError **error)
{
  TrkQuery *query;

  if (source == index->source && index->calendar != NULL)
    return index->calendar;
  query = trk_db_query (index->db, error, "SELECT calendar FROM sources WHERE id = ?", "i", source);
  if (query == NULL)
    return NULL;
  g_clear_pointer (&index->calendar, g_free);
  index->source = source;
  if (trk_query_next (query))
    index->calendar = trk_query_dup (query, 0);
  if (!trk_query_end (query, error))
    return NULL;
  return index->calendar != NULL ? index->calendar : tell_torn (index, "a source", error);
}

/* The first occurrence of event @id, which the others, if it may have any, share the texts of; NULL
 * with @error. */
static TrkOccurrence *
first_of (TrkIndex *index,
          TrkQuery *query,
          gint64 id,
          const TrkIndexAbout *event,
          const char *recurrence_id,
          GError **error)
{
  const char *calendar = calendar_of (index, trk_index_source_of (id), error);
  TrkOccurrence *first;
  gint64 *number;

  if (calendar == NULL)
    return NULL;
  first = trk_index_about_occurrence (event, id, calendar, trk_query_text (query, UID),
                                      recurrence_id, &number);
  if (first == NULL)
    return tell_torn (index, "an event", error);
  if (recurrence_id != NULL)
    g_hash_table_insert (index->events, number, trk_occurrence_ref (first));
  return first;
}

/* The occurrence of this row; NULL with @error. */
static TrkOccurrence *
read_occurrence (TrkIndex *index, TrkQuery *query, const TrkIndexAbout *event, GError **error)
{
  const gint64 id = trk_query_int (query, EVENT);
  char text[LONGEST_ID];
  const char *original = recurrence_id (query, text);
  TrkOccurrence *first = original != NULL ? g_hash_table_lookup (index->events, &id) : NULL;

  return first != NULL ? trk_occurrence_again (first, original)
                       : first_of (index, query, id, event, original, error);
}

/* Adds the occurrence of this row when it counts. */
static gboolean
take (Reading *reading, TrkQuery *query, gint64 span, GError **error)
{
  TrkOccurrence *occurrence;
  TrkIndexAbout event;
  TrkPeriod placed;
  gsize size;
  gconstpointer about = trk_query_blob (query, ABOUT, &size);

  if (!trk_index_about_read (about, size, &event))
    return tell_torn (reading->index, "an event", error) != NULL;
  placed = read_period (query, span, &event, reading->zone);
  if ((event.status == TRK_STATUS_CANCELLED) != reading->cancelled
      || !counts (placed, reading->period))
    return TRUE;
  occurrence = read_occurrence (reading->index, query, &event, error);
  if (occurrence == NULL)
    return FALSE;
  occurrence->period = placed;
  g_ptr_array_add (reading->found, occurrence);
  return TRUE;
}

/* Adds the occurrences of one span that count. */
static gboolean
read_span (Reading *reading, gint64 span, GError **error)
{
  const TrkDuration longest = trk_index_span_longest (span);
  const gboolean floats = trk_index_span_is_floating (span) || trk_index_span_ends_apart (span);
  const TrkDuration margin = floats ? zone_margin : 0;
  const TrkPeriod near = { reading->period.start - margin, reading->period.end + margin };
  TrkQuery *query = trk_db_query (reading->index->db, error, OCCURRENCES, "iiii", span,
                                  longest == G_MAXINT64 ? G_MININT64 : near.start - longest,
                                  near.end, near.start);
  gboolean taken = TRUE;

  if (query == NULL)
    return FALSE;
  while (taken && trk_query_next (query))
    taken = take (reading, query, span, error);
  return trk_query_end (query, taken ? error : NULL) && taken;
}

static GPtrArray *
read_all (
    TrkIndex *index, TrkPeriod period, const TrkZone *zone, gboolean cancelled, GError **error)
{
  g_autoptr (GPtrArray) found =
      g_ptr_array_new_with_free_func ((GDestroyNotify) trk_occurrence_unref);
  Reading reading = { index, period, zone, cancelled, found };

  for (gint64 span = 0; span < TRK_INDEX_SPANS; span++)
    if (!read_span (&reading, span, error))
      return NULL;
  g_ptr_array_sort (found, trk_occurrence_compare);
  return g_steal_pointer (&found);
}

GPtrArray *
trk_index_occurrences (TrkIndex *index, TrkPeriod period, const TrkZone *zone, GError **error)
{
  return read_all (index, period, zone, FALSE, error);
}

GPtrArray *
trk_index_cancelled (TrkIndex *index, TrkPeriod period, const TrkZone *zone, GError **error)
{
  return read_all (index, period, zone, TRUE, error);
}
