/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-series-rows.h"

#include "trk-series.h"

enum
{
  MAX_MEMBERS = 10000, /* components that share one UID */
  LEAST_STEPS = 2000   /* of rules: a year of days */
};

/* One series after the other is on its way into the index here. */
struct _TrkSeriesRows
{
  const TrkCandidates *candidates;
  TrkAllowance allowance;
  TrkMembers members;
  GPtrArray *events; /* of TrkVevent, for each member that is read; NULL: it cannot be used */
  GPtrArray *usable; /* those of them that can */
  GArray *instances; /* of TrkInstance */
  gboolean recurs;
  gboolean again;
};

static const TrkMember *
member (const TrkSeriesRows *series, guint i)
{
  return &series->members.all[i];
}

/* -- Taking apart ------------------------------------------------------------------------------ */

static TrkVevent *
parse_member (const TrkUpdate *update, const TrkMember *member)
{
  TrkFile *file = member->candidate->file;
  const TrkEventRange *range = &g_array_index (file->events, TrkEventRange, member->event);
  guint64 hash = member->candidate->hashes[member->event];
  const char *aside = g_hash_table_lookup (update->aside, &hash);

  if (aside != NULL)
    {
      trk_file_findings_add (file->findings, range->line, NULL, TRUE, "set aside: the indexer %s",
                             aside);
      return NULL;
    }
  trk_guard_enter (update->guard, hash);
  return trk_vevent_parse (file, range, "", update->names);
}

/* A time that no window reaches. */
static const TrkPeriod always = { -100000 * 366 * 24 * TRK_HOUR, 100000 * 366 * 24 * TRK_HOUR };

/* What happens once is in the index whatever its window is; so another window asks only for what
 * recurs. No series takes more than a quarter of what is left, so that its neighbours stay. */
static void
expand (TrkSeriesRows *series)
{
  TrkAllowance *allowance = &series->allowance;
  guint allowed, steps;

  for (guint i = 0; i < series->events->len; i++)
    {
      TrkVevent *event = g_ptr_array_index (series->events, i);

      if (event == NULL)
        continue;
      series->recurs |= event->rules->len > 0 || event->dates->len > 0;
      g_ptr_array_add (series->usable, event);
    }
  steps = allowed = MIN (allowance->steps, MAX (LEAST_STEPS, allowance->steps / 4));
  trk_series_expand (series->usable, series->recurs ? series->candidates->update->window : always,
                     &steps, series->instances);
  allowance->steps -= allowed - steps;
}

/* Leaves out a series that gives more than its calendar may still hold. */
static void
take_from (TrkAllowance *allowance, TrkSeriesRows *series)
{
  const TrkMember *first = member (series, 0);
  const TrkFile *file = first->candidate->file;

  if (!series->recurs)
    return;
  if (series->instances->len <= allowance->occurrences)
    {
      allowance->occurrences -= series->instances->len;
      return;
    }
  allowance->steps = MIN (allowance->steps, LEAST_STEPS); /* there is room for little more */
  g_array_set_size (series->instances, 0);
  for (guint i = 0; i < series->events->len; i++)
    if (g_ptr_array_index (series->events, i) != NULL)
      ((TrkVevent *) g_ptr_array_index (series->events, i))->refused = TRUE;
  trk_file_findings_add (file->findings,
                         g_array_index (file->events, TrkEventRange, first->event).line, NULL, TRUE,
                         "the calendar has more occurrences around now than are kept");
}

/* How much was found in the files of the series. */
static guint
count_findings (const TrkSeriesRows *series)
{
  guint n = 0;

  for (guint i = 0; i < series->members.n; i++)
    n += trk_file_findings_count (member (series, i)->candidate->file->findings);
  return n;
}

static void
tell_too_many (const TrkSeriesRows *series)
{
  guint more = series->members.n - MAX_MEMBERS;

  trk_file_findings_add (member (series, 0)->candidate->file->findings, 0, "UID", more,
                         "more than 10,000 VEVENTs have one UID; the other %u are left out", more);
}

static void
take_apart (TrkSeriesRows *series)
{
  TrkUpdate *update = series->candidates->update;
  guint before = count_findings (series);

  if (series->members.n > MAX_MEMBERS)
    tell_too_many (series);
  for (guint i = 0; i < MIN (series->members.n, MAX_MEMBERS); i++)
    g_ptr_array_add (series->events, parse_member (update, member (series, i)));
  expand (series);
  take_from (&series->allowance, series);
  trk_guard_leave (update->guard);
  trk_guard_progress (update->guard, ++update->done, update->total);
  series->again = count_findings (series) != before;
}

/* -- Writing ----------------------------------------------------------------------------------- */

/* An event that cannot be used is remembered only where a sibling in another file may ask for
 * it. */
static gboolean
write_unused (const TrkSeriesRows *series, const TrkMember *member, GError **error)
{
  const TrkCandidate *candidate = member->candidate;
  const TrkEventRange *range =
      &g_array_index (candidate->file->events, TrkEventRange, member->event);

  return !series->candidates->shared
         || trk_index_writer_add_unused (series->candidates->update->writer, candidate->source,
                                         range->uid, candidate->hashes[member->event], error);
}

/* Its instances are the @times from @from on. */
static gboolean
write_event (
    const TrkSeriesRows *series, guint i, guint from, guint times, gint64 *id, GError **error)
{
  const TrkVevent *event = g_ptr_array_index (series->events, i);
  const TrkCandidate *candidate = member (series, i)->candidate;
  TrkIndexEvent row = { .about = event->about,
                        .hash = candidate->hashes[member (series, i)->event],
                        .recurs = series->recurs,
                        .again = series->again,
                        .shared = series->candidates->shared,
                        .times = times,
                        .first = G_MAXINT64,
                        .last = G_MININT64,
                        .anchor = event->start.wall,
                        .days = event->length.days,
                        .exact = event->length.exact,
                        .by_date = event->ends_by_date };

  for (guint k = from; k < from + times; k++)
    {
      TrkInstant start = g_array_index (series->instances, TrkInstance, k).start;

      row.first = MIN (row.first, start);
      row.last = MAX (row.last, start);
    }
  return trk_index_writer_add_event (series->candidates->update->writer, candidate->source, &row,
                                     id, error);
}

static gboolean
write_instance (const TrkSeriesRows *series,
                const TrkInstance *instance,
                guint number,
                gint64 id,
                GError **error)
{
  const TrkIndexOccurrence row = {
    .event = id,
    .number = number,
    .floating = instance->event->about->floating,
    .start = instance->start,
    .end = instance->end,
    .end_is_apart = instance->end_is_apart,
    .original = instance->id,
    .original_is = !instance->has_id          ? TRK_ORIGINAL_NONE
                   : instance->id_is_date     ? TRK_ORIGINAL_DATE
                   : instance->id_is_floating ? TRK_ORIGINAL_FLOATING
                                              : TRK_ORIGINAL_INSTANT,
  };

  return trk_index_writer_add_occurrence (series->candidates->update->writer, &row, error);
}

/* Brings those of one event together; nothing depends on the order of the events. */
static gint
compare_events (gconstpointer a, gconstpointer b)
{
  const TrkInstance *x = a, *y = b;

  return x->event < y->event ? -1 : x->event > y->event;
}

/* The instances of event @i, which stand together; @from is where they begin. */
static gboolean
write_event_with_instances (
    const TrkSeriesRows *series, guint i, guint from, guint n, GError **error)
{
  gint64 id = 0;

  if (!write_event (series, i, from, n, &id, error))
    return FALSE;
  for (guint k = from; k < from + n; k++)
    if (!write_instance (series, &g_array_index (series->instances, TrkInstance, k), k - from, id,
                         error))
      return FALSE;
  return TRUE;
}

/* Where the instances of @event begin in those that are sorted by event, and how many there are. */
static guint
find_instances (const TrkSeriesRows *series, const TrkVevent *event, guint *n)
{
  const GArray *instances = series->instances;
  guint low = 0, high = instances->len, end;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (instances, TrkInstance, middle).event < event)
        low = middle + 1;
      else
        high = middle;
    }
  for (end = low;
       end < instances->len && g_array_index (instances, TrkInstance, end).event == event;)
    end++;
  *n = end - low;
  return low;
}

static gboolean
write_series (TrkSeriesRows *series, GError **error)
{
  if (series->events->len > 1)
    g_array_sort (series->instances, compare_events);
  for (guint i = 0; i < series->events->len; i++)
    {
      TrkVevent *event = g_ptr_array_index (series->events, i);
      guint n = 0;
      guint from = event != NULL ? find_instances (series, event, &n) : 0;

      if (event == NULL || event->refused ? !write_unused (series, member (series, i), error)
                                          : !write_event_with_instances (series, i, from, n, error))
        return FALSE;
    }
  return TRUE;
}

static void
free_event (gpointer event)
{
  trk_vevent_free (event);
}

TrkSeriesRows *
trk_series_rows_new (const TrkCandidates *candidates, const TrkAllowance *allowance)
{
  TrkSeriesRows *series = g_new0 (TrkSeriesRows, 1);

  series->candidates = candidates;
  series->allowance = *allowance;
  series->events = g_ptr_array_new_with_free_func (free_event);
  series->usable = g_ptr_array_new ();
  series->instances = g_array_new (FALSE, FALSE, sizeof (TrkInstance));
  return series;
}

void
trk_series_rows_free (TrkSeriesRows *series)
{
  if (series == NULL)
    return;
  g_ptr_array_unref (series->events);
  g_ptr_array_unref (series->usable);
  g_array_unref (series->instances);
  g_free (series);
}

/* Makes room for the next series. */
static void
clear (TrkSeriesRows *series)
{
  g_array_set_size (series->instances, 0);
  g_ptr_array_set_size (series->usable, 0);
  g_ptr_array_set_size (series->events, 0);
  series->recurs = series->again = FALSE;
}

gboolean
trk_series_rows_write (TrkSeriesRows *series, TrkMembers members, GError **error)
{
  gboolean written;

  series->members = members;
  take_apart (series);
  written = write_series (series, error);
  clear (series);
  return written;
}
