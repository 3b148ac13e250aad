/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-columns.h"
#include "trk-commands.h"
#include "trk-duration.h"
#include "trk-error.h"
#include "trk-format.h"
#include "trk-gap-fill.h"
#include "trk-gap-left.h"
#include "trk-json-print.h"
#include "trk-parse.h"
#include "trk-reason-words.h"

/* tracker gaps and tracker fill: time away inside blocks of work that nobody answered for. It is
 * unknown until somebody does, and never counts as work. */

/* Are over, have no answer, and the user did not write down what was done then, either. */
static gboolean
is_unanswered (const TrkGap *gap, const GPtrArray *entries)
{
  return gap->period.end != TRK_NEVER && gap->answer == TRK_ANSWER_NONE
         && trk_gap_is_left (gap, entries);
}

/* The entries in the time of @gaps, which are by start; NULL with @error. */
static GPtrArray *
entries_of (TrkStore *store, const GPtrArray *gaps, GError **error)
{
  TrkPeriod period = { 0, 0 };

  if (gaps->len == 0)
    return g_ptr_array_new ();
  period.start = ((const TrkGap *) g_ptr_array_index (gaps, 0))->period.start;
  for (guint i = 0; i < gaps->len; i++)
    period.end = MAX (period.end, ((const TrkGap *) g_ptr_array_index (gaps, i))->period.end);
  return trk_store_entries (store, period, error);
}

/* The gaps of @period that are, whole, and in @written, which the caller owns, the entries in their
 * time; NULL with @error. */
static GPtrArray *
unanswered (TrkStore *store, TrkPeriod period, GPtrArray **written, GError **error)
{
  g_autoptr (GPtrArray) gaps = store != NULL
                                   ? trk_store_gaps (store, period, error)
                                   : g_ptr_array_new_with_free_func ((GDestroyNotify) trk_gap_free);

  *written = gaps != NULL ? entries_of (store, gaps, error) : NULL;
  if (*written == NULL)
    return NULL;
  for (guint i = gaps->len; i > 0; i--)
    if (!is_unanswered (g_ptr_array_index (gaps, i - 1), *written))
      g_ptr_array_remove_index (gaps, i - 1);
  return g_steal_pointer (&gaps);
}

/* What entries leave of them; NULL with @error. */
static GPtrArray *
left_unanswered (TrkStore *store, TrkPeriod period, GError **error)
{
  g_autoptr (GPtrArray) written = NULL;
  GPtrArray *gaps = unanswered (store, period, &written, error);

  if (gaps != NULL)
    trk_gaps_leave_free (gaps, written);
  return gaps;
}

/* Titles of the blocks of @period by ID; NULL with @error. */
static GHashTable *
titles_of (TrkStore *store, TrkPeriod period, GError **error)
{
  g_autoptr (GHashTable) titles = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GPtrArray) records =
      store != NULL ? trk_store_blocks (store, period, error) : g_ptr_array_new ();

  if (records == NULL)
    return NULL;
  for (guint i = 0; i < records->len; i++)
    {
      const TrkBlock *block = ((TrkBlockRecord *) g_ptr_array_index (records, i))->block;

      g_hash_table_insert (titles, g_strdup (block->id), g_strdup (block->title));
    }
  return g_steal_pointer (&titles);
}

static const char *
title_of (GHashTable *titles, const TrkGap *gap)
{
  return gap->block_id != NULL ? g_hash_table_lookup (titles, gap->block_id) : NULL;
}

/* -- Listing ----------------------------------------------------------------------------------- */

static void
print_json (TrkSession *session, const GPtrArray *gaps, GHashTable *titles)
{
  g_autoptr (TrkJson) builder = trk_json_new ();

  trk_json_begin_array (builder);
  for (guint i = 0; i < gaps->len; i++)
    {
      const TrkGap *gap = g_ptr_array_index (gaps, i);

      trk_json_begin_object (builder);
      trk_json_int (builder, "number", gap->number);
      trk_json_instant (builder, "start", gap->period.start);
      trk_json_instant (builder, "end", gap->period.end);
      trk_json_length (builder, "length", trk_period_length (gap->period));
      trk_json_string (builder, "reason", trk_reason_to_string (gap->reason));
      trk_json_string (builder, "block", gap->block_id);
      trk_json_string (builder, "title", title_of (titles, gap));
      trk_json_end_object (builder);
    }
  trk_json_end_array (builder);
  trk_json_print (session, builder);
}

/* Is it of the same gap as the row before? */
static gboolean
goes_on (const GPtrArray *gaps, guint i)
{
  return i > 0
         && ((const TrkGap *) g_ptr_array_index (gaps, i - 1))->number
                == ((const TrkGap *) g_ptr_array_index (gaps, i))->number;
}

/* Today's are named by their place, others by their number; what is left of one in pieces is one
 * still. */
static void
print_text (TrkSession *session, const GPtrArray *gaps, GHashTable *titles, gboolean by_place)
{
  TrkAlmanac almanac = trk_session_almanac (session);
  TrkDay today = trk_almanac_day (&almanac, trk_session_now (session));
  g_autoptr (TrkColumns) columns = trk_columns_new ("rlrlt");
  TrkDay shown = G_MININT32;
  guint place = 0;

  for (guint i = 0; i < gaps->len; i++)
    {
      const TrkGap *gap = g_ptr_array_index (gaps, i);
      TrkDay day = trk_almanac_day (&almanac, gap->period.start);
      g_autofree char *name = by_place ? g_strdup_printf ("@%u", place += !goes_on (gaps, i))
                                       : g_strdup_printf ("%" G_GINT64_FORMAT, gap->number);
      g_autofree char *span = trk_format_span (almanac.zone, gap->period);
      g_autofree char *length = trk_duration_format_clock (trk_period_length (gap->period));
      g_autofree char *heading = trk_format_day (day, today);

      if (day != shown)
        trk_columns_add_heading (columns, heading);
      shown = day;
      trk_columns_add (columns, TRK_PAINT_PLAIN, name, span, length, trk_gap_cause (gap),
                       title_of (titles, gap));
    }
  trk_columns_print (columns, session);
}

static gboolean
run_gaps (TrkSession *session, const TrkArgs *args, GError **error)
{
  g_autofree char *when = trk_args_count (args) > 0 ? trk_args_join (args, 0) : NULL;
  g_autoptr (GPtrArray) gaps = NULL;
  g_autoptr (GHashTable) titles = NULL;
  TrkStore *store;
  TrkPeriod period;
  TrkSpan span;

  if (!trk_session_when (session, when, &period, &span, error)
      || !trk_session_read_log (session, &store, error))
    return FALSE;
  gaps = left_unanswered (store, period, error);
  titles = gaps != NULL ? titles_of (store, period, error) : NULL;
  if (titles == NULL)
    return FALSE;
  if (trk_session_json (session))
    print_json (session, gaps, titles);
  else if (gaps->len == 0)
    trk_session_say (session, "No time away waits for an answer.");
  else
    print_text (session, gaps, titles, when == NULL);
  return TRUE;
}

/* -- Filling ----------------------------------------------------------------------------------- */

/* Any instant that the log can hold. */
static const TrkPeriod all_times = { 0, TRK_NEVER };

static TrkGap *
find_by_number (TrkStore *store, const char *word, GError **error)
{
  g_autoptr (GPtrArray) gaps = NULL;
  gint64 number;

  if (!trk_parse_number (word, "a gap; tracker gaps shows them", &number, error))
    return NULL;
  gaps = trk_store_gaps (store, all_times, error);
  for (guint i = 0; gaps != NULL && i < gaps->len; i++)
    if (((TrkGap *) g_ptr_array_index (gaps, i))->number == number)
      return trk_gap_copy (g_ptr_array_index (gaps, i));
  if (gaps != NULL)
    g_set_error (error, TRK_ERROR, TRK_ERROR_NOT_FOUND,
                 "there is no gap %" G_GINT64_FORMAT "; tracker gaps shows them", number);
  return NULL;
}

static TrkGap *
find_by_place (TrkSession *session, TrkStore *store, const char *word, GError **error)
{
  TrkAlmanac almanac = trk_session_almanac (session);
  TrkDay today = trk_almanac_day (&almanac, trk_session_now (session));
  g_autoptr (GPtrArray) gaps = NULL;
  g_autoptr (GPtrArray) written = NULL;
  gint64 place;

  if (!trk_parse_number (word + 1, "a gap; tracker gaps shows them", &place, error))
    return NULL;
  gaps = unanswered (store, trk_almanac_day_period (&almanac, today), &written, error);
  if (gaps == NULL)
    return NULL;
  if (place >= 1 && place <= gaps->len)
    return trk_gap_copy (g_ptr_array_index (gaps, place - 1));
  g_set_error (error, TRK_ERROR, TRK_ERROR_NOT_FOUND,
               "there is no gap %s today; tracker gaps shows them", word);
  return NULL;
}

static gboolean
is_fillable (const TrkGap *gap, GError **error)
{
  if (gap->period.end == TRK_NEVER)
    g_set_error (error, TRK_ERROR, TRK_ERROR_STATE,
                 "gap %" G_GINT64_FORMAT " still lasts; tracker resume ends it", gap->number);
  else if (gap->answer != TRK_ANSWER_NONE)
    g_set_error (error, TRK_ERROR, TRK_ERROR_STATE,
                 "gap %" G_GINT64_FORMAT " has an answer: %s; tracker undo takes one back",
                 gap->number, trk_answer_said (gap->answer));
  else
    return TRUE;
  return FALSE;
}

static gboolean
read_answer (const TrkArgs *args, TrkAnswer *answer, GError **error)
{
  const char *word = trk_args_option (args, "as");

  if (word != NULL && trk_answer_from_string (word, answer) && *answer != TRK_ANSWER_NONE)
    return TRUE;
  g_set_error (error, TRK_ERROR, TRK_ERROR_USAGE,
               "fill: say what it was: --as break, --as worked or --as discard");
  return FALSE;
}

/* "09:00–09:10 and 09:20–09:50": what entries leave of @gap, which is what the answer is about; the
 * whole of it when they leave nothing. NULL with @error. */
static char *
what_is_answered (TrkStore *store, const TrkGap *gap, const TrkZone *zone, GError **error)
{
  g_autoptr (GPtrArray) left = g_ptr_array_new_with_free_func ((GDestroyNotify) trk_gap_free);
  g_autoptr (GPtrArray) written = trk_store_entries (store, gap->period, error);
  g_autoptr (GStrvBuilder) spans = g_strv_builder_new ();
  g_auto (GStrv) words = NULL;

  if (written == NULL)
    return NULL;
  g_ptr_array_add (left, trk_gap_copy (gap));
  trk_gaps_leave_free (left, written);
  if (left->len == 0)
    g_ptr_array_add (left, trk_gap_copy (gap));
  for (guint i = 0; i < left->len; i++)
    {
      g_autofree char *span =
          trk_format_span (zone, ((const TrkGap *) g_ptr_array_index (left, i))->period);

      g_strv_builder_add (spans, span);
    }
  words = g_strv_builder_end (spans);
  return g_strjoinv (" and ", words);
}

static gboolean
run_fill (TrkSession *session, const TrkArgs *args, GError **error)
{
  const char *word = trk_args_word (args, 0);
  const TrkZone *zone = trk_session_zone (session);
  g_autoptr (TrkGap) gap = NULL;
  g_autofree char *span = NULL;
  TrkAnswer answer;
  TrkStore *store;

  if (!read_answer (args, &answer, error))
    return FALSE;
  store = trk_session_begin (session, error);
  if (store == NULL)
    return FALSE;
  gap = *word == '@' ? find_by_place (session, store, word, error)
                     : find_by_number (store, word, error);
  if (gap == NULL || !is_fillable (gap, error))
    return FALSE;
  span = what_is_answered (store, gap, zone, error);
  if (span == NULL || !trk_gap_fill (store, gap, answer, trk_zone_id (zone), error)
      || !trk_session_commit (session, error))
    return FALSE;
  trk_session_say (session, "%s was %s", span,
                   answer == TRK_ANSWER_WORKED  ? "worked"
                   : answer == TRK_ANSWER_BREAK ? "a break"
                                                : "no work");
  return TRUE;
}

static const TrkOption gaps_options[] = { TRK_OPTION_JSON, { NULL } };

static const TrkOption fill_options[] = { { "as", 'a', "WORD", "break, worked or discard" },
                                          { NULL } };

const TrkCommand trk_commands_gaps[] = {
  { "gaps", "[WHEN]", 0, 3, "Show the time away that nobody answered for",
    "Lists the gaps inside blocks of work, of today or of WHEN, that are over and have no answer: "
    "they are unknown, and never counted as work. In front stands the name for tracker fill. Time "
    "in which there is an entry is known: of a gap around it the rest is shown, in rows of one "
    "name "
    "when there are several, and one answer is for all of them.\n\n"
    "JSON: an array of number (of the gap, the same in each part of it), start, end, length "
    "(seconds), reason (away, lock, switched-away, sleep, pause, clock, shutdown, or "
    "not-running: trackerd was not, whatever ended it), block, title.",
    gaps_options, run_gaps },
  { "fill", "GAP --as WORD", 1, 1, "Say what a gap was",
    "GAP is the name that tracker gaps shows: @2, the second of today that waits for an answer, or "
    "of any day its number, which tracker gaps WHEN shows. Worked time and a break become entries "
    "in its place, as far as there is no other; what is discarded was no "
    "work. tracker undo takes it back.\n\n"
    " tracker fill @1 --as worked\n"
    " tracker fill 17 --as break",
    fill_options, run_fill },
  { NULL },
};
