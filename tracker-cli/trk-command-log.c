/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-columns.h"
#include "trk-commands.h"
#include "trk-duration.h"
#include "trk-entry-change.h"
#include "trk-error.h"
#include "trk-format.h"
#include "trk-json-print.h"
#include "trk-parse.h"
#include "trk-plan-view.h"

#include <string.h>

/* tracker log: what really happened, and its correction by hand. */

/* -- Listing ----------------------------------------------------------------------------------- */

typedef struct
{
  TrkSession *session;
  TrkAlmanac almanac;
  TrkDay today;
  TrkPeriod period;
  GPtrArray *entries; /* of TrkEntry */
  GPtrArray *gaps;    /* of TrkGap */
} Listing;

static void
add_entry_json (TrkJson *builder, const TrkEntry *entry, TrkInstant now)
{
  TrkPeriod worked = { entry->period.start, MIN (entry->period.end, now) };

  trk_json_begin_object (builder);
  trk_json_int (builder, "number", entry->number);
  trk_json_string (builder, "id", entry->id);
  trk_json_instant (builder, "start", entry->period.start);
  trk_json_instant (builder, "end", entry->period.end);
  trk_json_bool (builder, "open", trk_entry_is_open (entry));
  trk_json_length (builder, "length", trk_period_length (worked));
  trk_json_string (builder, "kind", trk_kind_to_string (entry->kind));
  trk_json_string (builder, "title", entry->title);
  trk_json_number (builder, "task", entry->task);
  trk_json_string (builder, "project", entry->project);
  trk_json_strings (builder, "tags", (const char *const *) entry->tags);
  trk_json_string (builder, "block", entry->block_id);
  trk_json_string (builder, "evidence", trk_evidence_to_string (entry->evidence));
  trk_json_string (builder, "start_reason", trk_reason_to_string (entry->start_reason));
  trk_json_string (builder, "end_reason",
                   trk_entry_is_open (entry) ? NULL : trk_reason_to_string (entry->end_reason));
  trk_json_string (builder, "note", entry->note);
  trk_json_string (builder, "zone", entry->zone);
  trk_json_end_object (builder);
}

static void
add_gap_json (TrkJson *builder, const TrkGap *gap)
{
  trk_json_begin_object (builder);
  trk_json_int (builder, "number", gap->number);
  trk_json_instant (builder, "start", gap->period.start);
  trk_json_instant (builder, "end", gap->period.end);
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
  trk_json_name (builder, "entries");
  trk_json_begin_array (builder);
  for (guint i = 0; i < listing->entries->len; i++)
    add_entry_json (builder, g_ptr_array_index (listing->entries, i),
                    trk_session_now (listing->session));
  trk_json_end_array (builder);
  trk_json_name (builder, "gaps");
  trk_json_begin_array (builder);
  for (guint i = 0; i < listing->gaps->len; i++)
    add_gap_json (builder, g_ptr_array_index (listing->gaps, i));
  trk_json_end_array (builder);
  trk_json_end_object (builder);
  trk_json_print (listing->session, builder);
}

/* What stands behind a title: its task, what runs, what is not sure. */
static char *
remark_of (const TrkEntry *entry)
{
  g_autoptr (GString) out = g_string_new (NULL);

  if (entry->task != 0)
    g_string_append_printf (out, "task %" G_GINT64_FORMAT, entry->task);
  if (entry->project != NULL)
    g_string_append_printf (out, "%s@%s", out->len > 0 ? " " : "", entry->project);
  if (trk_entry_is_open (entry))
    g_string_append_printf (out, "%s● running", out->len > 0 ? " " : "");
  else if (entry->evidence != TRK_EVIDENCE_OBSERVED)
    g_string_append_printf (out, "%s%s", out->len > 0 ? " · " : "",
                            entry->evidence == TRK_EVIDENCE_PLAN
                                ? "unverified"
                                : trk_evidence_to_string (entry->evidence));
  return g_strdup (out->str);
}

static void
add_entry_row (TrkColumns *columns, const Listing *listing, const TrkEntry *entry)
{
  TrkInstant now = trk_session_now (listing->session);
  TrkPeriod worked = { entry->period.start, MIN (entry->period.end, now) };
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, entry->number);
  g_autofree char *span = trk_format_span (listing->almanac.zone, entry->period);
  g_autofree char *length = trk_duration_format_clock (trk_period_length (worked));
  g_autofree char *remark = remark_of (entry);

  trk_columns_add (columns, trk_entry_is_open (entry) ? TRK_PAINT_FOCUS : TRK_PAINT_PLAIN, number,
                   span, length, trk_kind_to_string (entry->kind), entry->title, remark);
}

static const char *
answer_of (const TrkGap *gap)
{
  static const char *const texts[] = { "not answered", "a break", "worked", "not work" };

  return (gsize) gap->answer < G_N_ELEMENTS (texts) ? texts[gap->answer] : "?";
}

static void
add_gap_row (TrkColumns *columns, const Listing *listing, const TrkGap *gap)
{
  TrkPeriod lasted = { gap->period.start,
                       MIN (gap->period.end, trk_session_now (listing->session)) };
  g_autofree char *span = trk_format_span (listing->almanac.zone, gap->period);
  g_autofree char *length = trk_duration_format_clock (trk_period_length (lasted));

  trk_columns_add (columns, TRK_PAINT_DIM, NULL, span, length, trk_reason_to_string (gap->reason),
                   answer_of (gap), NULL);
}

/* Sums of the listing's entries of the day: "Monday 23 November   3 h 12 worked, 2 h 05 focus". */
static void
add_day_heading (TrkColumns *columns, const Listing *listing, TrkDay day)
{
  TrkPeriod bounds = trk_almanac_day_period (&listing->almanac, day);
  g_autofree char *name = trk_format_day (day, listing->today);
  g_autofree char *work_text = NULL, *focus_text = NULL, *heading = NULL;
  TrkDuration work = 0, focus = 0;

  for (guint i = 0; i < listing->entries->len; i++)
    {
      const TrkEntry *entry = g_ptr_array_index (listing->entries, i);
      TrkPeriod worked = { entry->period.start,
                           MIN (entry->period.end, trk_session_now (listing->session)) };
      TrkDuration length = trk_period_length (trk_period_intersect (worked, bounds));

      work += trk_kind_is_work (entry->kind) ? length : 0;
      focus += entry->kind == TRK_KIND_FOCUS ? length : 0;
    }
  work_text = trk_duration_format (work);
  focus_text = trk_duration_format (focus);
  heading = g_strdup_printf ("%s · %s worked, %s focus", name, work_text, focus_text);
  trk_columns_add_heading (columns, heading);
}

/* Entries and gaps in one order of time, under their days. */
static void
print_text (const Listing *listing)
{
  g_autoptr (TrkColumns) columns = trk_columns_new ("rlrlfn");
  TrkDay shown = G_MININT32;
  guint e = 0, g = 0;

  while (e < listing->entries->len || g < listing->gaps->len)
    {
      const TrkEntry *entry =
          e < listing->entries->len ? g_ptr_array_index (listing->entries, e) : NULL;
      const TrkGap *gap = g < listing->gaps->len ? g_ptr_array_index (listing->gaps, g) : NULL;
      gboolean is_entry =
          gap == NULL || (entry != NULL && entry->period.start <= gap->period.start);
      TrkInstant start = is_entry ? entry->period.start : gap->period.start;
      TrkDay day = trk_almanac_day (&listing->almanac, MAX (start, listing->period.start));

      if (day != shown)
        add_day_heading (columns, listing, day);
      shown = day;
      if (is_entry)
        add_entry_row (columns, listing, entry);
      else
        add_gap_row (columns, listing, gap);
      *(is_entry ? &e : &g) += 1;
    }
  trk_columns_print (columns, listing->session);
}

static gboolean
load (Listing *listing, const char *when, GError **error)
{
  g_autoptr (GError) local = NULL;
  TrkStore *store;
  TrkSpan span;

  if (!trk_session_when (listing->session, when, &listing->period, &span, error))
    return FALSE;
  listing->almanac = trk_session_almanac (listing->session);
  listing->today = trk_almanac_day (&listing->almanac, trk_session_now (listing->session));
  store = trk_session_store (listing->session, TRK_STORE_READ, &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  listing->entries =
      store != NULL ? trk_store_entries (store, listing->period, error) : g_ptr_array_new ();
  if (listing->entries == NULL)
    return FALSE;
  listing->gaps =
      store != NULL ? trk_store_gaps (store, listing->period, error) : g_ptr_array_new ();
  return listing->gaps != NULL;
}

static void
listing_clear (Listing *listing)
{
  g_clear_pointer (&listing->entries, g_ptr_array_unref);
  g_clear_pointer (&listing->gaps, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Listing, listing_clear)

static gboolean
run_list (TrkSession *session, const TrkArgs *args, GError **error)
{
  g_auto (Listing) listing = { .session = session };
  g_autofree char *when = trk_args_count (args) > 0 ? trk_args_join (args, 0) : NULL;

  if (!load (&listing, when, error))
    return FALSE;
  if (trk_session_json (session))
    print_json (&listing);
  else if (listing.entries->len + listing.gaps->len == 0)
    trk_session_say (session, "Nothing is logged %s. To add: tracker log add 09:00-10:00 TITLE",
                     when != NULL ? "then" : "today");
  else
    print_text (&listing);
  return TRUE;
}

/* -- Changing ---------------------------------------------------------------------------------- */

/* Times without a day that are still to come today were taken as yesterday's: said, since it may
 * not be what was meant. */
static void
warn_of_yesterday (TrkSession *session, const char *text, TrkPeriod taken)
{
  TrkAlmanac almanac = trk_session_almanac (session);
  g_autofree char *span = NULL;
  TrkPeriod today;

  if (!trk_when_parse_period (text, &almanac, trk_session_now (session), &today, NULL)
      || today.start == taken.start)
    return;
  span = trk_format_span (almanac.zone, today);
  trk_session_warn (session, "%s of today is not over yet; taken as yesterday's", span);
}

/* The period stands in as many leading words as can be read as one: "yesterday 22:00-01:00" is two,
 * "tue 09:10 50m" three. @used gets how many. */
static gboolean
parse_leading_period (
    TrkSession *session, const TrkArgs *args, TrkPeriod *period, guint *used, GError **error)
{
  TrkAlmanac almanac = trk_session_almanac (session);
  TrkInstant now = trk_session_now (session);

  for (guint n = 3; n > 0; n--)
    {
      g_autoptr (GString) text = g_string_new (NULL);

      if (n > trk_args_count (args))
        continue;
      for (guint i = 0; i < n; i++)
        g_string_append_printf (text, "%s%s", i > 0 ? " " : "", trk_args_word (args, i));
      *used = n;
      if (!trk_when_parse_past_period (text->str, &almanac, now, period, n == 1 ? error : NULL))
        continue;
      warn_of_yesterday (session, text->str, *period);
      return TRUE;
    }
  return FALSE;
}

static gboolean
run_add (TrkSession *session, const TrkArgs *args, GError **error)
{
  g_autoptr (TrkEntry) entry = trk_entry_new ();
  g_autoptr (GPtrArray) records = NULL;
  g_autofree char *title = NULL;
  TrkStore *store;
  guint used;

  if (!parse_leading_period (session, args, &entry->period, &used, error))
    return FALSE;
  title = trk_args_join (args, used);
  /* Before the log is held: reading calendars may take a while. Without them there is no block. */
  records = trk_plan_records (session, entry->period, NULL);
  store = trk_session_begin (session, error);
  if (store == NULL)
    return FALSE;
  entry->evidence = TRK_EVIDENCE_MANUAL;
  entry->start_reason = entry->end_reason = TRK_REASON_BY_HAND;
  entry->zone = g_strdup (trk_zone_id (trk_session_zone (session)));
  if (!trk_entry_change_describe (session, store, entry, args, *title != '\0' ? title : NULL,
                                  error))
    return FALSE;
  if (records != NULL)
    trk_entry_change_take_block (entry, records, args);
  if (!trk_entry_change_make_room (session, store, entry, trk_args_has (args, "adjust"), error)
      || !trk_store_add_entry (store, entry, error) || !trk_session_commit (session, error))
    return FALSE;
  trk_entry_change_say (session, "added", entry);
  return TRUE;
}

static gboolean
run_edit (TrkSession *session, const TrkArgs *args, GError **error)
{
  g_autoptr (TrkEntry) entry = NULL;
  TrkStore *store;

  store = trk_session_begin (session, error);
  if (store == NULL)
    return FALSE;
  entry = trk_entry_change_find (session, store, trk_args_word (args, 0), error);
  if (entry == NULL || !trk_entry_change_times (session, entry, args, error)
      || !trk_entry_change_describe (session, store, entry, args, NULL, error)
      || !trk_entry_change_make_room (session, store, entry, trk_args_has (args, "adjust"), error)
      || !trk_store_update_entry (store, entry, error) || !trk_session_commit (session, error))
    return FALSE;
  trk_entry_change_say (session, "changed", entry);
  return TRUE;
}

static gboolean
run_remove (TrkSession *session, const TrkArgs *args, GError **error)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func ((GDestroyNotify) trk_entry_free);
  TrkStore *store = trk_session_begin (session, error);

  if (store == NULL)
    return FALSE;
  for (guint i = 0; i < trk_args_count (args); i++)
    {
      TrkEntry *entry = trk_entry_change_find (session, store, trk_args_word (args, i), error);

      if (entry == NULL)
        return FALSE;
      g_ptr_array_add (entries, entry);
    }
  for (guint i = 0; i < entries->len; i++)
    if (!trk_store_remove_entry (store, ((TrkEntry *) g_ptr_array_index (entries, i))->number,
                                 error))
      return FALSE;
  if (!trk_session_commit (session, error))
    return FALSE;
  for (guint i = 0; i < entries->len; i++)
    trk_entry_change_say (session, "removed", g_ptr_array_index (entries, i));
  return TRUE;
}

static const TrkOption list_options[] = { TRK_OPTION_JSON, { NULL } };

#define DESCRIBING_OPTIONS                                                                         \
  { "kind", 'k', "KIND", "focus, shallow, meeting, break, routine or off" },                       \
      { "task", 't', "NUMBER", "The task it was spent on; 0 for none" },                           \
      { "project", 'p', "NAME", "Its project; the task's when not given" },                        \
      { "tag", 0, "NAME", "A tag; may be given several times" },                                   \
      { "note", 'n', "TEXT", "What else is worth keeping" },                                       \
  {                                                                                                \
    "adjust", 0, NULL, "Shorten, split or remove what it overlaps"                                 \
  }

static const TrkOption add_options[] = { DESCRIBING_OPTIONS, { NULL } };

static const TrkOption edit_options[] = {
  { "start", 's', "MOMENT", "New start: 09:10, -10m (from the old start), an ISO date and time" },
  { "end", 'e', "MOMENT", "New end: 10:30, +5m (from the old end), now" },
  { "title", 0, "TEXT", "New title" },
  DESCRIBING_OPTIONS,
  { NULL },
};

const TrkCommand trk_commands_log[] = {
  { "log", "[WHEN]", 0, 3, "Show the time that was kept",
    "Lists the time entries and, between them, the gaps inside blocks of work: time in which you "
    "were away. WHEN is a day or a period: today, yesterday, mon, 2026-11-23, week, last week, "
    "sprint, -7d, A..B.\n\n"
    "The number in front is the entry's name for log edit and log remove.\n\n"
    "JSON: from, to, entries (number, id, start, end, open, length in seconds, kind, title, task, "
    "project, tags, block, evidence, start_reason, end_reason, note, zone), gaps (number, start, "
    "end, reason, answer, block).",
    list_options, run_list },
  { "log add", "PERIOD [TITLE]", 1, G_MAXUINT, "Add time that was worked but not kept",
    "PERIOD lies in the past: 09:10-10:00, 09:10 50m, yesterday 22:00-01:00. The title may be left "
    "out with --task. Time that has the title of a block of the plan and lies in it is that "
    "block's, and of its kind; else the kind is focus unless given. Entries never overlap; "
    "--adjust "
    "makes room.\n\n"
    " tracker log add 09:10-10:00 Review of the storage layer --kind shallow\n"
    " tracker log add yesterday 16:00-16:45 --task 12",
    add_options, run_add },
  { "log edit", "ENTRY", 1, 1, "Correct an entry",
    "ENTRY is the number that tracker log shows, or @2 for the second of today. Times are taken on "
    "the entry's own day. What is running now is changed by the live commands, not here.\n\n"
    " tracker log edit 482 --end 14:30\n"
    " tracker log edit @1 --task 12 --note \"with Ana\"",
    edit_options, run_edit },
  { "log remove", "ENTRY…", 1, G_MAXUINT, "Remove entries",
    "ENTRY is the number that tracker log shows, or @2 for the second of today. tracker undo "
    "brings "
    "them back.",
    NULL, run_remove },
  { NULL },
};
