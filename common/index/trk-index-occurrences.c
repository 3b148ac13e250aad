/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-index-private.h"

#include "trk-error.h"
#include "trk-index-lists.h"
#include "trk-paths.h"

/* Reading occurrences. An event is read once for all of its occurrences, which share its texts: of
 * what lies in a week the half is said again and again. */

static const TrkDuration one_day = 24 * TRK_HOUR;
static const TrkDuration zone_margin = 26 * TRK_HOUR; /* how far a wall clock may be from UTC */

/* -- Events ------------------------------------------------------------------------------------ */

/* What occurrences of one event share. */
typedef struct
{
  gint64 id;
  TrkOccurrence *about; /* all but period and recurrence_id; (owned) */
  TrkInstant anchor;    /* wall clock of its start, and its length: */
  TrkDuration days, exact;
  gboolean by_date;
  gboolean cancelled;
} Event;

#define EVENT                                                                                      \
  "SELECT uid, anchor, days, exact, by_date, all_day, floating, transparent, private, status,"     \
  " summary, description, location, link, kind, categories, attendees, declined, leads"            \
  " FROM events WHERE id = ?"

enum
{
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

void
trk_index_event_free (gpointer data)
{
  Event *event = data;

  trk_occurrence_unref (event->about);
  g_free (event);
}

static TrkOccurrence *
read_about (TrkQuery *query)
{
  TrkOccurrence *about = trk_occurrence_new ();

  about->uid = trk_query_dup (query, UID);
  about->summary = trk_query_dup (query, SUMMARY);
  about->description = trk_query_dup (query, DESCRIPTION);
  about->location = trk_query_dup (query, LOCATION);
  about->link = trk_query_dup (query, LINK);
  about->kind = trk_query_dup (query, KIND);
  about->categories = trk_index_split_texts (trk_query_text (query, CATEGORIES));
  about->attendees = trk_index_split_texts (trk_query_text (query, ATTENDEES));
  about->declined = trk_index_split_texts (trk_query_text (query, DECLINED));
  about->leads = trk_index_split_durations (trk_query_text (query, LEADS));
  about->all_day = trk_query_int (query, ALL_DAY) != 0;
  about->floating = trk_query_int (query, FLOATING) != 0;
  about->transparent = trk_query_int (query, TRANSPARENT) != 0;
  about->is_private = trk_query_int (query, PRIVATE) != 0;
  return about;
}

static Event *
read_event (TrkQuery *query, gint64 id, const char *calendar)
{
  const char *status = trk_query_text (query, STATUS);
  Event *event = g_new0 (Event, 1);

  event->id = id;
  event->about = read_about (query);
  event->about->calendar = g_strdup (calendar);
  event->anchor = trk_query_int (query, ANCHOR);
  event->days = trk_query_int (query, DAYS) * one_day;
  event->exact = trk_query_int (query, EXACT);
  event->by_date = trk_query_int (query, BY_DATE) != 0;
  event->cancelled = g_strcmp0 (status, "cancelled") == 0;
  trk_status_from_string (status, &event->about->status);
  return event;
}

/* -- Placing ----------------------------------------------------------------------------------- */

enum
{
  START,
  END,
  END_IS_APART,
  EVENT_ID,
  ORIGINAL,
  ORIGINAL_IS
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
place_floating (TrkPeriod wall, const Event *event, const TrkZone *zone)
{
  TrkPeriod period = { place (zone, wall.start), place (zone, wall.end) };

  if (event->about->all_day || trk_period_length (wall) != event->days + event->exact)
    return period;
  if (event->by_date)
    period.end =
        period.start + place (zone, event->anchor + event->exact) - place (zone, event->anchor);
  else
    period.end =
        (event->days == 0 ? period.start : place (zone, wall.start + event->days)) + event->exact;
  return period;
}

static TrkPeriod
read_period (TrkQuery *query, const Event *event, const TrkZone *zone)
{
  TrkPeriod said = { trk_query_int (query, START), trk_query_int (query, END) };
  gboolean floating = event->about->floating;

  if (trk_query_int (query, END_IS_APART) != 0)
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
read_occurrence (TrkQuery *query, const Event *event, TrkPeriod period)
{
  TrkOccurrence *occurrence = trk_occurrence_again (event->about);

  occurrence->period = period;
  occurrence->recurrence_id = recurrence_id (query);
  return occurrence;
}

/* -- A period ---------------------------------------------------------------------------------- */

/* One reading. */
typedef struct
{
  TrkIndex *index;
  TrkPeriod period;
  const TrkZone *zone;
  GPtrArray *found; /* of TrkOccurrence */
} Reading;

/* A row names one that is not there. */
static gconstpointer
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

/* Event @id, read at its first occurrence; NULL with @error. */
static const Event *
event_of (TrkIndex *index, gint64 id, GError **error)
{
  Event *event = g_hash_table_lookup (index->events, &id);
  const char *calendar;
  TrkQuery *query;

  if (event != NULL)
    return event;
  calendar = calendar_of (index, trk_index_source_of (id), error);
  query = calendar != NULL ? trk_db_query (index->db, error, EVENT, "i", id) : NULL;
  if (query == NULL)
    return NULL;
  if (trk_query_next (query))
    {
      event = read_event (query, id, calendar);
      g_hash_table_insert (index->events, &event->id, event);
    }
  if (!trk_query_end (query, error))
    return NULL;
  return event != NULL ? event : tell_torn (index, "an event", error);
}

/* Adds the occurrence of this row when it counts. */
static gboolean
take (Reading *reading, TrkQuery *query, GError **error)
{
  const Event *event = event_of (reading->index, trk_query_int (query, EVENT_ID), error);
  TrkPeriod placed;

  if (event == NULL)
    return FALSE;
  placed = read_period (query, event, reading->zone);
  if (!event->cancelled && counts (placed, reading->period))
    g_ptr_array_add (reading->found, read_occurrence (query, event, placed));
  return TRUE;
}

/* Where the starts lie of what may count in @period, of one span. An end may float though its start
 * does not; what is bound to instants starts where it says. */
static TrkPeriod
starts_of (gint64 span, TrkPeriod period)
{
  const TrkDuration longest = trk_index_span_longest (span);
  const TrkDuration margin = trk_index_span_is_floating (span) ? zone_margin : 0;

  return (TrkPeriod){ longest == G_MAXINT64 ? G_MININT64
                                            : period.start - zone_margin - margin - longest,
                      period.end + margin };
}

/* Adds the occurrences of one span that count. Those that cannot are passed over before their
 * events, which lie scattered over the file, are looked at. */
static gboolean
read_span (Reading *reading, gint64 span, GError **error)
{
  const gboolean may_be_turned = span % TRK_INDEX_LENGTHS == 0; /* its end before its start */
  const TrkDuration margin = trk_index_span_is_floating (span) ? zone_margin : 0;
  TrkPeriod period = reading->period, starts = starts_of (span, period);
  TrkQuery *query =
      trk_db_query (reading->index->db, error,
                    "SELECT start, end, end_is_apart, event, original, original_is FROM occurrences"
                    " WHERE span = ?1 AND start >= ?2 AND start < ?3 AND end >= ?4"
                    " AND (end_is_apart OR end > ?5 OR start >= ?5)",
                    "iiiii", span, starts.start, starts.end,
                    may_be_turned ? G_MININT64 : period.start - zone_margin, period.start - margin);
  gboolean taken = TRUE;

  if (query == NULL)
    return FALSE;
  while (taken && trk_query_next (query))
    taken = take (reading, query, error);
  return trk_query_end (query, taken ? error : NULL) && taken;
}

GPtrArray *
trk_index_occurrences (TrkIndex *index, TrkPeriod period, const TrkZone *zone, GError **error)
{
  g_autoptr (GPtrArray) found =
      g_ptr_array_new_with_free_func ((GDestroyNotify) trk_occurrence_unref);
  Reading reading = { index, period, zone, found };

  for (gint64 span = 0; span < TRK_INDEX_SPANS; span++)
    if (!read_span (&reading, span, error))
      return NULL;
  g_ptr_array_sort (found, trk_occurrence_compare);
  return g_steal_pointer (&found);
}
