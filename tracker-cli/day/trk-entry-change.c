/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-entry-change.h"

#include "trk-duration.h"
#include "trk-error.h"
#include "trk-format.h"
#include "trk-parse.h"
#include "trk-text.h"

#include <string.h>

/* The @nth (from 1) entry of today. */
static TrkEntry *
nth_of_today (TrkSession *session, TrkStore *store, const char *text, GError **error)
{
  g_autoptr (GPtrArray) entries = NULL;
  TrkPeriod today;
  TrkSpan span;
  gint64 nth;

  if (!trk_parse_number (text, "an entry of today", &nth, error)
      || !trk_session_when (session, NULL, &today, &span, error))
    return NULL;
  entries = trk_store_entries (store, today, error);
  if (entries == NULL)
    return NULL;
  if (nth <= (gint64) entries->len)
    return trk_entry_copy (g_ptr_array_index (entries, nth - 1));
  g_set_error (error, TRK_ERROR, TRK_ERROR_NOT_FOUND, "today has only %u entries. See: tracker log",
               entries->len);
  return NULL;
}

TrkEntry *
trk_entry_change_find (TrkSession *session, TrkStore *store, const char *word, GError **error)
{
  g_autoptr (TrkEntry) entry = NULL;
  gint64 number;

  if (*word == '@')
    entry = nth_of_today (session, store, word + 1, error);
  else if (trk_parse_number (word, "an entry; tracker log shows them", &number, error))
    entry = trk_store_entry (store, number, error);
  if (entry == NULL)
    return NULL;
  if (!trk_entry_is_open (entry))
    return g_steal_pointer (&entry);
  g_set_error (error, TRK_ERROR, TRK_ERROR_STATE,
               "entry %" G_GINT64_FORMAT " is still running; first: tracker stop", entry->number);
  return NULL;
}

/* Reads @text as if it were @base now: "09:10" is on its day, "+5m" counts from it; "now" is
 * now. */
static gboolean
parse_moment (
    TrkSession *session, const char *text, TrkInstant base, TrkInstant *instant, GError **error)
{
  TrkAlmanac almanac = trk_session_almanac (session);

  if (g_ascii_strcasecmp (text, "now") == 0)
    base = trk_session_now (session);
  return trk_when_parse_instant (text, &almanac, base, instant, error);
}

/* An end of 01:00 for what began at 23:00 is the next day's. */
static TrkInstant
after_midnight (const TrkZone *zone, TrkPeriod period)
{
  TrkLocal local = trk_zone_local (zone, period.end);

  if (period.end > period.start || period.start - period.end > 24 * TRK_HOUR)
    return period.end;
  local.day++;
  return trk_zone_instant (zone, local);
}

gboolean
trk_entry_change_times (TrkSession *session, TrkEntry *entry, const TrkArgs *args, GError **error)
{
  const char *start = trk_args_option (args, "start");
  const char *end = trk_args_option (args, "end");
  TrkPeriod period = entry->period;

  if (start != NULL && !parse_moment (session, start, entry->period.start, &period.start, error))
    return FALSE;
  if (end != NULL && !parse_moment (session, end, entry->period.end, &period.end, error))
    return FALSE;
  if (end != NULL)
    period.end = after_midnight (trk_session_zone (session), period);
  if (start != NULL)
    entry->start_reason = TRK_REASON_EDIT;
  if (end != NULL)
    entry->end_reason = TRK_REASON_EDIT;
  /* Times that the user gave rest on his word, whatever was observed before. */
  if (period.start < entry->period.start || period.end > entry->period.end)
    entry->evidence = TRK_EVIDENCE_MANUAL;
  entry->period = period;
  return TRUE;
}

static gboolean
take_task (TrkStore *store, TrkEntry *entry, const char *text, GError **error)
{
  g_autoptr (TrkTask) task = NULL;
  gint64 number;

  entry->task = 0;
  if (strcmp (text, "0") == 0)
    return TRUE;
  if (!trk_parse_number (text, "a task; tracker task shows them", &number, error))
    return FALSE;
  task = trk_store_task (store, number, error);
  if (task == NULL)
    return FALSE;
  entry->task = number;
  g_free (entry->project);
  entry->project = g_strdup (task->project);
  if (entry->title == NULL)
    entry->title = g_strdup (task->title);
  return TRUE;
}

/* Replaces *@field by @text made safe; an empty @text clears it. */
static gboolean
take_text (char **field, const char *text, const char *what, GError **error)
{
  char *line = NULL;

  if (*text != '\0')
    {
      line = trk_parse_text (text, what, error);
      if (line == NULL)
        return FALSE;
    }
  g_free (*field);
  *field = line;
  return TRUE;
}

static gboolean
take_title (TrkEntry *entry, const char *text, GError **error)
{
  g_autofree char *line = trk_parse_text (text, "title", error);

  if (line == NULL)
    return FALSE;
  g_free (entry->title);
  entry->title = g_steal_pointer (&line);
  return TRUE;
}

static gboolean
take_tags (TrkEntry *entry, const TrkArgs *args, GError **error)
{
  g_auto (GStrv) tags = trk_args_options (args, "tag");

  for (guint i = 0; tags[i] != NULL; i++)
    {
      char *safe = trk_parse_text (tags[i], "tag", error);

      if (safe == NULL)
        return FALSE;
      g_free (tags[i]);
      tags[i] = safe;
    }
  g_strfreev (entry->tags);
  entry->tags = g_steal_pointer (&tags);
  return TRUE;
}

gboolean
trk_entry_change_describe (TrkSession *session,
                           TrkStore *store,
                           TrkEntry *entry,
                           const TrkArgs *args,
                           const char *title,
                           GError **error)
{
  const char *given = title != NULL ? title : trk_args_option (args, "title");
  const char *kind = trk_args_option (args, "kind");
  const char *task = trk_args_option (args, "task");
  const char *project = trk_args_option (args, "project");
  const char *note = trk_args_option (args, "note");

  if (given != NULL && !take_title (entry, given, error))
    return FALSE;
  if (kind != NULL && !trk_parse_kind (kind, &entry->kind, error))
    return FALSE;
  if (task != NULL && !take_task (store, entry, task, error))
    return FALSE;
  if (project != NULL && !take_text (&entry->project, project, "project", error))
    return FALSE;
  if (note != NULL && !take_text (&entry->note, note, "note", error))
    return FALSE;
  if (trk_args_has (args, "tag") && !take_tags (entry, args, error))
    return FALSE;
  if (entry->title != NULL)
    return TRUE;
  g_set_error_literal (error, TRK_ERROR, TRK_ERROR_USAGE,
                       "what was it? Give a title, or --task NUMBER");
  return FALSE;
}

/* The record with the entry's title that has most of its time. */
static const TrkBlock *
block_for (const GPtrArray *records, const TrkEntry *entry)
{
  const TrkBlock *best = NULL;
  TrkDuration most = 0;

  for (guint i = 0; i < records->len; i++)
    {
      const TrkBlock *block = ((const TrkBlockRecord *) g_ptr_array_index (records, i))->block;
      TrkDuration shared = trk_period_length (trk_period_intersect (block->period, entry->period));

      if (shared > most && trk_text_reads_same (block->title, entry->title))
        {
          most = shared;
          best = block;
        }
    }
  return best;
}

void
trk_entry_change_take_block (TrkEntry *entry, const GPtrArray *records, const TrkArgs *args)
{
  const TrkBlock *block = block_for (records, entry);

  if (block == NULL)
    return;
  entry->block_id = g_strdup (block->id);
  if (!trk_args_has (args, "kind"))
    entry->kind = block->kind;
}

/* Is @block what @text means: 3 by its ID, 2 by its title, 1 by a part of that; 0 it is not. */
static guint
match_of (const TrkBlock *block, const char *text)
{
  g_autofree char *wanted = trk_text_folded (text);
  g_autofree char *title = trk_text_folded (block->title);

  if (g_str_equal (block->id, text))
    return 3;
  if (g_str_equal (title, wanted))
    return 2;
  return *wanted != '\0' && strstr (title, wanted) != NULL ? 1 : 0;
}

/* Always FALSE. */
static gboolean
fail_tie (const GPtrArray *records, const TrkEntry *entry, const char *text, GError **error)
{
  g_autofree char *shown = trk_text_line (text, 60);
  g_autoptr (GString) there = g_string_new (NULL);

  for (guint i = 0; i < records->len; i++)
    {
      const TrkBlock *block = ((const TrkBlockRecord *) g_ptr_array_index (records, i))->block;

      if (trk_period_overlaps (block->period, entry->period))
        g_string_append_printf (there, "%s%s", there->len > 0 ? ", " : "", block->title);
    }
  g_set_error (error, TRK_ERROR, TRK_ERROR_NOT_FOUND,
               "no block of the entry's time is '%s'; there %s%s. To untie it: --block none", shown,
               there->len > 0 ? "is " : "is none", there->str);
  return FALSE;
}

/* The best match that overlaps the entry, of equal ones that with most of its time; NULL none. */
static const TrkBlock *
block_meant (const GPtrArray *records, const TrkEntry *entry, const char *text)
{
  const TrkBlock *best = NULL;
  TrkDuration most = 0;
  guint closest = 0;

  for (guint i = 0; i < records->len; i++)
    {
      const TrkBlock *block = ((const TrkBlockRecord *) g_ptr_array_index (records, i))->block;
      TrkDuration shared = trk_period_length (trk_period_intersect (block->period, entry->period));
      guint match = shared > 0 ? match_of (block, text) : 0;

      if (match == 0 || match < closest || (match == closest && shared <= most))
        continue;
      closest = match;
      most = shared;
      best = block;
    }
  return best;
}

gboolean
trk_entry_change_tie (TrkEntry *entry,
                      const GPtrArray *records,
                      const char *text,
                      const TrkArgs *args,
                      GError **error)
{
  gboolean none = g_ascii_strcasecmp (text, "none") == 0;
  const TrkBlock *block = none ? NULL : block_meant (records, entry, text);

  if (block == NULL && !none)
    return fail_tie (records, entry, text, error);
  g_free (entry->block_id);
  entry->block_id = block != NULL ? g_strdup (block->id) : NULL;
  if (block != NULL && !trk_args_has (args, "kind"))
    entry->kind = block->kind;
  return TRUE;
}

/* Always FALSE: the caller returns it. */
static gboolean
fail_overlap (TrkSession *session, const TrkEntry *other, GError **error)
{
  g_autofree char *span = trk_format_span (trk_session_zone (session), other->period);

  if (trk_entry_is_open (other))
    g_set_error (error, TRK_ERROR, TRK_ERROR_CONFLICT,
                 "entry %" G_GINT64_FORMAT " (%s, %s) runs since then; first: tracker stop",
                 other->number, span, trk_kind_to_string (other->kind));
  else
    g_set_error (error, TRK_ERROR, TRK_ERROR_CONFLICT,
                 "entry %" G_GINT64_FORMAT " (%s, %s) overlaps; use --adjust to make it give way, "
                 "or tracker log edit %" G_GINT64_FORMAT,
                 other->number, span, trk_kind_to_string (other->kind), other->number);
  return FALSE;
}

/* Was 04:30-04:10 written today: an end that only tomorrow could reach, and that most likely was
 * mistyped? */
static gboolean
ends_before_it_begins (TrkSession *session, TrkPeriod period)
{
  const TrkZone *zone = trk_session_zone (session);
  TrkLocal start = trk_zone_local (zone, period.start), end = trk_zone_local (zone, period.end);
  TrkInstant now = trk_session_now (session);

  return period.start <= now && end.day == start.day + 1 && end.time < start.time
         && end.day > trk_zone_local (zone, now).day;
}

static gboolean
refuse_future (TrkSession *session, const TrkEntry *entry, const char *span, GError **error)
{
  TrkAlmanac almanac = trk_session_almanac (session);
  TrkInstant now = trk_session_now (session);
  TrkDay day = trk_zone_local (almanac.zone, entry->period.start).day;
  g_autofree char *date = trk_format_day_short (day, trk_zone_local (almanac.zone, now).day);

  g_set_error (error, TRK_ERROR, TRK_ERROR_USAGE,
               "%s on %s is not over yet; the log keeps what happened. If another day is meant, "
               "name it: yesterday %s. What is to come belongs into a calendar, what begins "
               "now: tracker start",
               span, date, span);
  return FALSE;
}

static gboolean
check_period (TrkSession *session, const TrkEntry *entry, GError **error)
{
  g_autofree char *span = trk_format_span (trk_session_zone (session), entry->period);

  if (entry->period.end <= entry->period.start)
    {
      g_set_error (error, TRK_ERROR, TRK_ERROR_USAGE, "%s ends before it starts", span);
      return FALSE;
    }
  if (ends_before_it_begins (session, entry->period))
    {
      g_set_error (error, TRK_ERROR, TRK_ERROR_USAGE,
                   "%s ends before it begins; over midnight, it is not over yet", span);
      return FALSE;
    }
  return entry->period.end <= trk_session_now (session)
         || refuse_future (session, entry, span, error);
}

GPtrArray *
trk_entry_change_make_room (
    TrkSession *session, TrkStore *store, TrkEntry *entry, gboolean adjust, GError **error)
{
  g_autoptr (GPtrArray) others = NULL;

  if (!check_period (session, entry, error))
    return NULL;
  others = trk_store_entries (store, entry->period, error);
  if (others == NULL)
    return NULL;
  for (guint i = others->len; i > 0; i--)
    {
      const TrkEntry *other = g_ptr_array_index (others, i - 1);

      if (other->number == entry->number)
        g_ptr_array_remove_index (others, i - 1);
      else if (!adjust || trk_entry_is_open (other))
        return fail_overlap (session, other, error), NULL;
    }
  if (adjust && !trk_store_clear_period (store, entry->period, entry->number, error))
    return NULL;
  return g_steal_pointer (&others);
}

/* "482: 09:10–10:00 (50 min) focus, Payment retries", with the date before the time where it is not
 * today's. */
static char *
entry_words (TrkSession *session, const TrkEntry *entry)
{
  TrkAlmanac almanac = trk_session_almanac (session);
  TrkDay today = trk_almanac_day (&almanac, trk_session_now (session));
  TrkDay day = trk_zone_local (almanac.zone, entry->period.start).day;
  /* Before a clock time stands the date of the calendar on the wall, also after midnight. */
  g_autofree char *date = trk_almanac_day (&almanac, entry->period.start) != today || day != today
                              ? trk_format_day_short (day, today)
                              : g_strdup ("");
  g_autofree char *span = trk_format_span (trk_session_zone (session), entry->period);
  g_autofree char *length = trk_duration_format (trk_period_length (entry->period));

  return g_strdup_printf ("%" G_GINT64_FORMAT ": %s%s%s (%s) %s, %s", entry->number, date,
                          *date != '\0' ? " " : "", span, length, trk_kind_to_string (entry->kind),
                          entry->title);
}

void
trk_entry_change_say (TrkSession *session, const char *what, const TrkEntry *entry)
{
  g_autofree char *words = entry_words (session, entry);

  trk_session_say (session, "%s %s — tracker undo takes it back", what, words);
}

void
trk_entry_change_say_block (TrkSession *session, const TrkEntry *entry, const GPtrArray *records)
{
  for (guint i = 0; i < records->len; i++)
    {
      const TrkBlock *block = ((const TrkBlockRecord *) g_ptr_array_index (records, i))->block;
      g_autofree char *span = NULL;
      gboolean named = trk_text_reads_same (block->title, entry->title);

      if (g_strcmp0 (block->id, entry->block_id) != 0)
        continue;
      span = trk_format_span (trk_session_zone (session), block->period);
      trk_session_say (session, "  the block of the plan, %s%s%s", span, named ? "" : ": ",
                       named ? "" : block->title);
    }
}

static void
say_room (TrkSession *session, TrkPeriod taken, const TrkEntry *other)
{
  g_autofree char *words = entry_words (session, other);
  TrkPeriod before = { other->period.start, MAX (other->period.start, taken.start) };
  TrkPeriod after = { MIN (taken.end, other->period.end), other->period.end };
  g_autofree char *head = trk_format_span (trk_session_zone (session), before);
  g_autofree char *tail = trk_format_span (trk_session_zone (session), after);
  gboolean has_head = !trk_period_is_empty (before), has_tail = !trk_period_is_empty (after);

  if (!has_head && !has_tail)
    trk_session_say (session, "removed %s", words);
  else
    trk_session_say (session, "cut %s: %s%s%s is left", words, has_head ? head : "",
                     has_head && has_tail ? " and " : "", has_tail ? tail : "");
}

void
trk_entry_change_say_room (TrkSession *session, const TrkEntry *entry, const GPtrArray *others)
{
  for (guint i = 0; i < others->len; i++)
    say_room (session, entry->period, g_ptr_array_index (others, i));
}
