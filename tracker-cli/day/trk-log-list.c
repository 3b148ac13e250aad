/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-log-list.h"

#include "trk-columns.h"
#include "trk-day-part.h"
#include "trk-duration.h"
#include "trk-format.h"
#include "trk-gap-left.h"
#include "trk-json-print.h"
#include "trk-unkept.h"

typedef struct
{
  TrkDuration work, focus;
} Sums;

/* What is listed: whole days, or a part of them. */
typedef struct
{
  TrkSession *session;
  TrkAlmanac almanac;
  TrkDay today;
  TrkPeriod period;
  GPtrArray *entries; /* of TrkEntry */
  GPtrArray *gaps;    /* of TrkGap */
  TrkSpan span;
  TrkDay first;
  GArray *sums; /* of Sums, by day from @first on */
} Listing;

/* What has happened of @period. */
static TrkPeriod
until_now (const Listing *listing, TrkPeriod period)
{
  TrkInstant end = MIN (period.end, trk_session_now (listing->session));

  return (TrkPeriod){ period.start, MAX (period.start, end) };
}

/* The listed days in which @period lies; a moment lies in its day. */
static void
days_of (const Listing *listing, TrkPeriod period, TrkDay *first, TrkDay *last)
{
  const TrkAlmanac *almanac = &listing->almanac;

  *first = trk_almanac_day (almanac, MAX (period.start, listing->period.start));
  *last = trk_almanac_day (almanac, MAX (period.start, MIN (period.end, listing->period.end) - 1));
}

/* How much of @period lies in @day, as far as that is listed. */
static TrkDuration
length_in (const Listing *listing, TrkPeriod period, TrkDay day)
{
  TrkPeriod bounds = trk_almanac_day_period (&listing->almanac, day);

  return trk_period_length (
      trk_period_intersect (trk_period_intersect (period, bounds), listing->period));
}

/* The sums of the listed days: of an entry only the part that lies in the day. */
static void
sum_days (Listing *listing)
{
  TrkDay first = trk_almanac_day (&listing->almanac, listing->period.start);
  TrkDay end = trk_almanac_day (&listing->almanac, listing->period.end - 1) + 1;

  listing->first = first;
  listing->sums = g_array_new (FALSE, TRUE, sizeof (Sums));
  g_array_set_size (listing->sums, (guint) MAX (0, end - first));
  for (guint i = 0; i < listing->entries->len; i++)
    {
      const TrkEntry *entry = g_ptr_array_index (listing->entries, i);
      TrkPeriod worked = until_now (listing, entry->period);
      TrkDay day, last;

      for (days_of (listing, worked, &day, &last); day <= last; day++)
        {
          Sums *sums = &g_array_index (listing->sums, Sums, day - first);
          TrkDuration length = length_in (listing, worked, day);

          sums->work += trk_kind_is_work (entry->kind) ? length : 0;
          sums->focus += entry->kind == TRK_KIND_FOCUS ? length : 0;
        }
    }
}

/* -- JSON -------------------------------------------------------------------------------------- */

/* The part of @period in each listed day. */
static void
add_parts (TrkJson *builder, const Listing *listing, TrkPeriod period)
{
  TrkDay day, last;

  trk_json_name (builder, "days");
  trk_json_begin_array (builder);
  for (days_of (listing, period, &day, &last); day <= last; day++)
    {
      trk_json_begin_object (builder);
      trk_json_day (builder, "day", day);
      trk_json_length (builder, "seconds", length_in (listing, period, day));
      trk_json_end_object (builder);
    }
  trk_json_end_array (builder);
}

static void
add_sums (TrkJson *builder, const Listing *listing)
{
  trk_json_name (builder, "days");
  trk_json_begin_array (builder);
  for (guint i = 0; i < listing->sums->len; i++)
    {
      const Sums *sums = &g_array_index (listing->sums, Sums, i);

      trk_json_begin_object (builder);
      trk_json_day (builder, "day", listing->first + (TrkDay) i);
      trk_json_length (builder, "work", sums->work);
      trk_json_length (builder, "focus", sums->focus);
      trk_json_end_object (builder);
    }
  trk_json_end_array (builder);
}

static void
add_entry_json (TrkJson *builder, const Listing *listing, const TrkEntry *entry)
{
  TrkPeriod worked = until_now (listing, entry->period);
  gboolean open = trk_entry_is_open (entry) || entry->unkept;

  trk_json_begin_object (builder);
  trk_json_int (builder, "number", entry->number);
  trk_json_string (builder, "id", entry->id);
  trk_json_instant (builder, "start", entry->period.start);
  trk_json_instant (builder, "end", open ? TRK_NEVER : entry->period.end);
  trk_json_bool (builder, "open", open);
  trk_json_instant (builder, "known_until", entry->unkept ? entry->period.end : 0);
  trk_json_length (builder, "length", trk_period_length (worked));
  add_parts (builder, listing, worked);
  trk_json_string (builder, "kind", trk_kind_to_string (entry->kind));
  trk_json_string (builder, "title", entry->title);
  trk_json_number (builder, "task", entry->task);
  trk_json_string (builder, "project", entry->project);
  trk_json_strings (builder, "tags", (const char *const *) entry->tags);
  trk_json_string (builder, "block", entry->block_id);
  trk_json_string (builder, "evidence", trk_evidence_to_string (entry->evidence));
  trk_json_string (builder, "start_reason", trk_reason_to_string (entry->start_reason));
  trk_json_string (builder, "end_reason", open ? NULL : trk_reason_to_string (entry->end_reason));
  trk_json_string (builder, "note", entry->note);
  trk_json_string (builder, "zone", entry->zone);
  trk_json_end_object (builder);
}

static void
add_gap_json (TrkJson *builder, const Listing *listing, const TrkGap *gap)
{
  trk_json_begin_object (builder);
  trk_json_int (builder, "number", gap->number);
  trk_json_instant (builder, "start", gap->period.start);
  trk_json_instant (builder, "end", gap->period.end);
  add_parts (builder, listing, until_now (listing, gap->period));
  trk_json_string (builder, "reason", trk_reason_to_string (gap->reason));
  trk_json_string (builder, "answer",
                   gap->answer == TRK_ANSWER_NONE ? NULL : trk_answer_to_string (gap->answer));
  trk_json_string (builder, "block", gap->block_id);
  trk_json_end_object (builder);
}

static void
print_json (const Listing *listing)
{
  g_autoptr (TrkJson) builder = trk_json_new ();

  trk_json_begin_object (builder);
  trk_json_instant (builder, "from", listing->period.start);
  trk_json_instant (builder, "to", listing->period.end);
  add_sums (builder, listing);
  trk_json_name (builder, "entries");
  trk_json_begin_array (builder);
  for (guint i = 0; i < listing->entries->len; i++)
    add_entry_json (builder, listing, g_ptr_array_index (listing->entries, i));
  trk_json_end_array (builder);
  trk_json_name (builder, "gaps");
  trk_json_begin_array (builder);
  for (guint i = 0; i < listing->gaps->len; i++)
    add_gap_json (builder, listing, g_ptr_array_index (listing->gaps, i));
  trk_json_end_array (builder);
  trk_json_end_object (builder);
  trk_json_print (listing->session, builder);
}

/* -- Text -------------------------------------------------------------------------------------- */

static void
add_remark (GString *out, const char *separator, const char *text)
{
  if (out->len > 0)
    g_string_append (out, separator);
  g_string_append (out, text);
}

/* What stands behind a title: its task, what runs, what is not sure, where the rest of it is. */
static char *
remark_of (const TrkEntry *entry, const char *elsewhere)
{
  GString *out = g_string_new (NULL);

  if (entry->task != 0)
    g_string_append_printf (out, "task %" G_GINT64_FORMAT, entry->task);
  if (entry->project != NULL)
    g_string_append_printf (out, "%s@%s", out->len > 0 ? " " : "", entry->project);
  if (entry->unkept)
    add_remark (out, " · ", "open; last known then, nobody is keeping time");
  else if (trk_entry_is_open (entry))
    add_remark (out, " ", "● running");
  else if (entry->evidence == TRK_EVIDENCE_PLAN)
    add_remark (out, " · ", "unverified");
  else if (entry->evidence != TRK_EVIDENCE_OBSERVED)
    add_remark (out, " · ", trk_evidence_to_string (entry->evidence));
  if (elsewhere != NULL)
    add_remark (out, " · ", elsewhere);
  return g_string_free (out, FALSE);
}

static void
add_entry_row (TrkColumns *columns, const Listing *listing, const TrkEntry *entry, TrkDay day)
{
  TrkPeriod worked = until_now (listing, entry->period);
  TrkDayPart part = trk_day_part (&listing->almanac, worked, day);
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, entry->number);
  g_autofree char *span = trk_format_span (listing->almanac.zone, entry->period);
  g_autofree char *length = trk_duration_format_clock (trk_period_length (part.inside));
  g_autofree char *elsewhere = trk_day_part_words (&part, listing->today);
  g_autofree char *remark = remark_of (entry, elsewhere);

  trk_columns_add (columns, trk_entry_is_open (entry) ? TRK_PAINT_FOCUS : TRK_PAINT_PLAIN, number,
                   span, length, trk_kind_to_string (entry->kind), entry->title, remark);
}

static void
add_gap_row (TrkColumns *columns, const Listing *listing, const TrkGap *gap, TrkDay day)
{
  TrkDayPart part = trk_day_part (&listing->almanac, until_now (listing, gap->period), day);
  g_autofree char *span = trk_format_span (listing->almanac.zone, gap->period);
  g_autofree char *length = trk_duration_format_clock (trk_period_length (part.inside));
  g_autofree char *elsewhere = trk_day_part_words (&part, listing->today);

  trk_columns_add (columns, TRK_PAINT_DIM, NULL, span, length, trk_gap_cause (gap),
                   trk_gap_answered (gap), elsewhere);
}

/* "Monday 23 November · 3 h 12 worked, 2 h 05 focus". */
static void
add_day_heading (TrkColumns *columns, const Listing *listing, TrkDay day)
{
  const Sums *sums = &g_array_index (listing->sums, Sums, day - listing->first);
  g_autofree char *name = trk_format_day (day, listing->today);
  g_autofree char *work = trk_duration_format (sums->work);
  g_autofree char *focus = trk_duration_format (sums->focus);
  g_autofree char *heading = g_strdup_printf ("%s · %s worked, %s focus", name, work, focus);

  trk_columns_add_heading (columns, heading);
}

/* An entry or a gap in one of its days. */
typedef struct
{
  TrkDay day;
  TrkInstant start;
  const TrkEntry *entry; /* (nullable): */
  const TrkGap *gap;     /* then this */
} Item;

static gint
compare_items (gconstpointer a, gconstpointer b)
{
  const Item *x = a, *y = b;

  if (x->day != y->day)
    return x->day < y->day ? -1 : 1;
  if (x->start != y->start)
    return x->start < y->start ? -1 : 1;
  return (x->entry == NULL) - (y->entry == NULL);
}

static void
add_items (GArray *items, const Listing *listing, TrkPeriod period, Item item)
{
  TrkDay last;

  item.start = period.start;
  for (days_of (listing, until_now (listing, period), &item.day, &last); item.day <= last;
       item.day++)
    g_array_append_val (items, item);
}

/* Entries and gaps in one order of time, under each day in which they lie. */
static GArray *
items_of (const Listing *listing)
{
  GArray *items = g_array_new (FALSE, FALSE, sizeof (Item));

  for (guint i = 0; i < listing->entries->len; i++)
    {
      const TrkEntry *entry = g_ptr_array_index (listing->entries, i);

      add_items (items, listing, entry->period, (Item){ .entry = entry });
    }
  for (guint i = 0; i < listing->gaps->len; i++)
    {
      const TrkGap *gap = g_ptr_array_index (listing->gaps, i);

      add_items (items, listing, gap->period, (Item){ .gap = gap });
    }
  g_array_sort (items, compare_items);
  return items;
}

static void
print_text (const Listing *listing)
{
  g_autoptr (TrkColumns) columns = trk_columns_new ("rlrltn");
  g_autoptr (GArray) items = items_of (listing);
  TrkDay shown = G_MININT32;

  for (guint i = 0; i < items->len; i++)
    {
      const Item *item = &g_array_index (items, Item, i);

      if (item->day != shown)
        add_day_heading (columns, listing, item->day);
      shown = item->day;
      if (item->entry != NULL)
        add_entry_row (columns, listing, item->entry, item->day);
      else
        add_gap_row (columns, listing, item->gap, item->day);
    }
  trk_columns_print (columns, listing->session);
}

/* -- The log ----------------------------------------------------------------------------------- */

static gboolean
load (Listing *listing, const char *when, GError **error)
{
  TrkStore *store;

  if (!trk_session_when (listing->session, when, &listing->period, &listing->span, error)
      || !trk_session_read_log (listing->session, &store, error))
    return FALSE;
  listing->almanac = trk_session_almanac (listing->session);
  listing->today = trk_almanac_day (&listing->almanac, trk_session_now (listing->session));
  listing->entries =
      store != NULL
          ? trk_unkept_end (store, trk_store_entries (store, listing->period, error), error)
          : g_ptr_array_new ();
  if (listing->entries == NULL)
    return FALSE;
  listing->gaps =
      store != NULL ? trk_store_gaps (store, listing->period, error) : g_ptr_array_new ();
  if (listing->gaps == NULL)
    return FALSE;
  trk_gaps_leave_free (listing->gaps, listing->entries);
  sum_days (listing);
  return TRUE;
}

static void
listing_clear (Listing *listing)
{
  g_clear_pointer (&listing->entries, g_ptr_array_unref);
  g_clear_pointer (&listing->gaps, g_ptr_array_unref);
  g_clear_pointer (&listing->sums, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Listing, listing_clear)

static void
say_nothing (const Listing *listing)
{
  g_autofree char *when = trk_format_empty (&listing->almanac, listing->period, listing->span,
                                            trk_session_now (listing->session));

  trk_session_say (listing->session,
                   "Nothing is logged %s. To add: tracker log add 09:00-10:00 TITLE", when);
}

gboolean
trk_log_list (TrkSession *session, const char *when, GError **error)
{
  g_auto (Listing) listing = { .session = session };

  if (!load (&listing, when, error))
    return FALSE;
  if (trk_session_json (session))
    print_json (&listing);
  else if (listing.entries->len + listing.gaps->len == 0)
    say_nothing (&listing);
  else
    print_text (&listing);
  return TRUE;
}
