/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-commands.h"
#include "trk-entry-change.h"
#include "trk-error.h"
#include "trk-format.h"
#include "trk-log-list.h"
#include "trk-parse.h"
#include "trk-plan-view.h"

/* tracker log: what really happened, and its correction by hand. */

static gboolean
run_list (TrkSession *session, const TrkArgs *args, GError **error)
{
  g_autofree char *when = trk_args_count (args) > 0 ? trk_args_join (args, 0) : NULL;

  return trk_log_list (session, when, error);
}

/* -- Changing ---------------------------------------------------------------------------------- */

/* Times without a day that are still to come today: those of last night are meant (01:30, before
 * the start of the day), which is said; those of the evening before would be a guess, and are
 * refused like an edit to such a time. */
static void
stay_today (TrkSession *session, const char *text, TrkPeriod *taken)
{
  TrkAlmanac almanac = trk_session_almanac (session);
  TrkInstant now = trk_session_now (session);
  g_autofree char *span = NULL;
  TrkPeriod today;

  if (!trk_when_parse_period (text, &almanac, now, &today, NULL) || today.start == taken->start)
    return;
  if (trk_zone_local (almanac.zone, taken->start).day < trk_zone_local (almanac.zone, now).day)
    {
      *taken = today;
      return;
    }
  span = trk_format_span (almanac.zone, today);
  trk_session_warn (session, "%s of today is not over yet; taken as last night's", span);
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
      stay_today (session, text->str, period);
      return TRUE;
    }
  return FALSE;
}

static TrkEntry *
entry_by_hand (const TrkZone *zone)
{
  TrkEntry *entry = trk_entry_new ();

  entry->evidence = TRK_EVIDENCE_MANUAL;
  entry->start_reason = entry->end_reason = TRK_REASON_BY_HAND;
  entry->zone = g_strdup (trk_zone_id (zone));
  return entry;
}

/* @records NULL: the calendars cannot be read, and there is no block. */
static gboolean
add (TrkSession *session,
     TrkEntry *entry,
     const char *title,
     const GPtrArray *records,
     const TrkArgs *args,
     GPtrArray **others,
     GError **error)
{
  TrkStore *store = trk_session_begin (session, error);

  if (store == NULL || !trk_entry_change_describe (session, store, entry, args, title, error))
    return FALSE;
  if (records != NULL)
    trk_entry_change_take_block (entry, records, args);
  *others =
      trk_entry_change_make_room (session, store, entry, trk_args_has (args, "adjust"), error);
  return *others != NULL && trk_store_add_entry (store, entry, error)
         && trk_session_commit (session, error);
}

static gboolean
run_add (TrkSession *session, const TrkArgs *args, GError **error)
{
  g_autoptr (TrkEntry) entry = entry_by_hand (trk_session_zone (session));
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (GPtrArray) others = NULL;
  g_autofree char *title = NULL;
  guint used;

  if (!parse_leading_period (session, args, &entry->period, &used, error))
    return FALSE;
  title = trk_args_join (args, used);
  /* Before the log is held: reading calendars may take a while. */
  records = trk_plan_records (session, entry->period, NULL);
  if (!add (session, entry, *title != '\0' ? title : NULL, records, args, &others, error))
    return FALSE;
  trk_entry_change_say (session, "added", entry);
  if (records != NULL)
    trk_entry_change_say_block (session, entry, records);
  trk_entry_change_say_room (session, entry, others);
  return TRUE;
}

/* The blocks of the time that the entry will have, read before the log is held: calendars may take
 * a while. Without --block, and to untie, none are needed. */
static GPtrArray *
blocks_to_tie (TrkSession *session, const TrkArgs *args, GError **error)
{
  const char *block = trk_args_option (args, "block");
  g_autoptr (TrkEntry) entry = NULL;
  TrkStore *store;

  if (block == NULL || g_ascii_strcasecmp (block, "none") == 0)
    return g_ptr_array_new ();
  if (!trk_session_read_log (session, &store, error))
    return NULL;
  if (store != NULL)
    entry = trk_entry_change_find (session, store, trk_args_word (args, 0), error);
  else
    g_set_error_literal (error, TRK_ERROR, TRK_ERROR_NOT_FOUND, "there is no log yet");
  if (entry == NULL || !trk_entry_change_times (session, entry, args, error))
    return NULL;
  return trk_plan_records (session, entry->period, error);
}

static gboolean
change (TrkSession *session,
        TrkStore *store,
        TrkEntry *entry,
        const GPtrArray *records,
        const TrkArgs *args,
        GPtrArray **others,
        GError **error)
{
  const char *block = trk_args_option (args, "block");

  return trk_entry_change_times (session, entry, args, error)
         && trk_entry_change_describe (session, store, entry, args, NULL, error)
         && (block == NULL || trk_entry_change_tie (entry, records, block, args, error))
         && (*others = trk_entry_change_make_room (session, store, entry,
                                                   trk_args_has (args, "adjust"), error))
                != NULL;
}

static gboolean
run_edit (TrkSession *session, const TrkArgs *args, GError **error)
{
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (GPtrArray) others = NULL;
  g_autoptr (TrkEntry) entry = NULL;
  TrkStore *store;

  if (!trk_args_has_any (args))
    {
      g_set_error_literal (error, TRK_ERROR, TRK_ERROR_USAGE,
                           "log edit: say what changes: --end 14:30, --title TEXT, … See: tracker "
                           "help log edit");
      return FALSE;
    }
  records = blocks_to_tie (session, args, error);
  store = records != NULL ? trk_session_begin (session, error) : NULL;
  if (store == NULL)
    return FALSE;
  entry = trk_entry_change_find (session, store, trk_args_word (args, 0), error);
  if (entry == NULL || !change (session, store, entry, records, args, &others, error)
      || !trk_store_update_entry (store, entry, error) || !trk_session_commit (session, error))
    return FALSE;
  trk_entry_change_say (session, "changed", entry);
  trk_entry_change_say_block (session, entry, records);
  trk_entry_change_say_room (session, entry, others);
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
  { "block", 'b', "BLOCK", "The block that it was: a part of its title or its ID; none unties it" },
  DESCRIBING_OPTIONS,
  { NULL },
};

const TrkCommand trk_commands_log[] = {
  { "log", "[WHEN]", 0, 3, "Show the time that was kept",
    "Lists the time entries and, between them, the gaps inside blocks of work: time in which you "
    "were away. WHEN is a day or a period: today, yesterday, mon, 2026-11-23, week, last week, "
    "sprint, -7d, A..B. A weekday alone is that of this week, also when it is to "
    "come; the one before today is last mon.\n\n"
    "A day begins at start_of_day. What crosses it stands in each of its days with its real start "
    "and "
    "end; its length, and the day's sums, are the part in that day, and a word says where the rest "
    "is.\n\n"
    "The number in front is the entry's name for log edit and log remove.\n\n"
    "JSON: from, to, days (day, work and focus in seconds: the sums), entries (number, id, start, "
    "end, open, length in seconds, days: day and seconds of the part in it, kind, title, task, "
    "project, tags, block, evidence, start_reason, end_reason, note, zone), gaps (number, start, "
    "end, days, reason, answer, block).",
    list_options, run_list },
  { "log add", "PERIOD [TITLE]", 1, G_MAXUINT, "Add time that was worked but not kept",
    "PERIOD lies in the past: 09:10-10:00, 09:10 50m, yesterday 22:00-01:00; without a day it is "
    "today's, or last night's before start_of_day. The title may be left "
    "out with --task. Time that has the title of a block of the plan and lies in it is that "
    "block's, and of its kind; else the kind is focus unless given. Entries never overlap; "
    "--adjust "
    "makes room, and what gave way is named.\n\n"
    " tracker log add 09:10-10:00 Storage review --kind shallow\n"
    " tracker log add yesterday 16:00-16:45 --task 12",
    add_options, run_add },
  { "log edit", "ENTRY", 1, 1, "Correct an entry",
    "ENTRY is the number that tracker log shows, or @2 for the second of today. Times are taken on "
    "the entry's own day. What is running now is changed by the live commands, not here.\n\n"
    "What --adjust cuts or removes is named. A gap in whose time an entry lies then is none any "
    "more.\n\n"
    "With --block it is tied to a block of its time, whose kind it takes unless --kind is given: "
    "then "
    "that block was not missed. tracker undo takes all of it back.\n\n"
    " tracker log edit 482 --end 14:30\n"
    " tracker log edit 482 --block \"payment retries\"\n"
    " tracker log edit @1 --task 12 --note \"with Ana\"",
    edit_options, run_edit },
  { "log remove", "ENTRY…", 1, G_MAXUINT, "Remove entries",
    "ENTRY is the number that tracker log shows, or @2 for the second of today. tracker undo "
    "brings "
    "them back.",
    NULL, run_remove },
  { NULL },
};
