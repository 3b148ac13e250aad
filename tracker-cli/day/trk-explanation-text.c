/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-agenda-note.h"
#include "trk-day-part.h"
#include "trk-duration.h"
#include "trk-explanation.h"
#include "trk-format.h"
#include "trk-gap-left.h"
#include "trk-reason-words.h"

#define MOST_DAYS 4 /* that are told one by one */

/* A heading, then lines of a word and what it is about; the word stands once. */
typedef struct
{
  const TrkKnowledge *knowledge;
  const TrkStyle *style;
  GString *out;
  const char *word; /* the last one that was written */
} Page;

static void G_GNUC_PRINTF (3, 4) add (Page *page, const char *word, const char *format, ...)
{
  g_autofree char *text = NULL, *shown = NULL, *column = NULL, *painted = NULL;
  va_list list;

  va_start (list, format);
  text = g_strdup_vprintf (format, list);
  va_end (list);
  column = g_strdup_printf ("%-8s", page->word == word ? "" : word);
  painted = trk_style_paint (page->style, TRK_PAINT_DIM, column);
  shown = trk_style_text (page->style, text);
  g_string_append_printf (page->out, " %s  %s\n", painted, shown);
  page->word = word;
}

static char *
span (const Page *page, TrkPeriod period)
{
  return trk_format_span (page->knowledge->almanac.zone, period);
}

static char *
moment (const Page *page, TrkInstant at)
{
  return trk_zone_format_time (page->knowledge->almanac.zone, at);
}

/* "Thu 26 Nov – Sat 28 Nov", of one day "Thu 26 Nov". */
static char *
days_words (const Page *page, TrkDay first, TrkDay last)
{
  const TrkAlmanac *almanac = &page->knowledge->almanac;
  TrkDay today = trk_almanac_day (almanac, page->knowledge->now);
  g_autofree char *from = trk_format_day_short (first, today);
  g_autofree char *to = trk_format_day_short (last, today);

  return last > first ? g_strconcat (from, " – ", to, NULL) : g_steal_pointer (&from);
}

/* Of the calendar's days, which end at midnight. */
static char *
date_words (const Page *page, const TrkExplanation *explanation)
{
  const TrkZone *zone = page->knowledge->almanac.zone;
  TrkDay first = trk_zone_local (zone, explanation->period.start).day;
  TrkDay last = trk_zone_local (zone, explanation->period.end - 1).day;

  return days_words (page, first, explanation->all_day ? MAX (first, last) : first);
}

static void
add_heading (Page *page, const TrkExplanation *explanation)
{
  g_autofree char *title = trk_style_text (page->style, explanation->title);
  g_autofree char *bold = trk_style_paint (page->style, TRK_PAINT_BOLD, title);
  g_autofree char *date = date_words (page, explanation);
  g_autofree char *times =
      explanation->all_day ? g_strdup ("all day") : span (page, explanation->period);
  g_autofree char *when = g_strdup_printf ("%s %s", date, times);
  g_autofree char *shown = trk_style_text (page->style, when);

  g_string_append_printf (page->out, "%s  %s\n", bold, shown);
}

/* Where the user moved the start or the end from @planned: nowhere when @at is 0. */
static char *
moved (const Page *page, TrkInstant at, TrkInstant planned, const char *earlier, const char *later)
{
  g_autofree char *time = NULL;

  if (at == 0 || at == planned)
    return g_strdup ("");
  time = moment (page, at);
  return g_strconcat (at < planned ? earlier : later, time, NULL);
}

/* The rule as it would stand in the configuration, to be copied. */
static void
add_rule (Page *page, const char *rule)
{
  g_auto (GStrv) lines = g_strsplit (rule, "\n", -1);

  add (page, "off?", "a rule in trackerd.conf makes it time off:");
  for (char **line = lines; *line != NULL; line++)
    add (page, "off?", "  %s", *line);
}

/* "6 h on Tue 10 Nov, 2 h on Wed 11 Nov", when it is more than one day. */
static void
add_days (Page *page, TrkPeriod period)
{
  const TrkAlmanac *almanac = &page->knowledge->almanac;
  TrkDay today = trk_almanac_day (almanac, page->knowledge->now);
  TrkDay first = trk_almanac_day (almanac, period.start);
  TrkDay last = trk_almanac_day (almanac, period.end - 1);
  g_autoptr (GString) text = g_string_new (NULL);

  if (last - first > MOST_DAYS)
    {
      g_autofree char *from = trk_format_day_short (first, today);
      g_autofree char *to = trk_format_day_short (last, today);

      g_string_append_printf (text, "%s to %s", from, to);
      first = last;
    }
  for (TrkDay day = first; first < last && day <= last; day++)
    {
      TrkDayPart part = trk_day_part (almanac, period, day);
      g_autofree char *length = trk_duration_format (trk_period_length (part.inside));
      g_autofree char *date = trk_format_day_short (day, today);

      g_string_append_printf (text, "%s%s on %s", day > first ? ", " : "", length, date);
    }
  if (text->len > 0)
    add (page, "days", "%s", text->str);
}

/* The end that holds, and what was wished where that is another. */
static char *
end_words (const Page *page, const TrkBlockRecord *record)
{
  const TrkBlockState *state = record->state;
  TrkInstant planned = record->block->period.end, end;
  const char *before;

  if (state->end <= planned)
    return moved (page, state->end, planned, ", left at ", "");
  end = trk_explanation_end (page->knowledge, record, &before);
  g_autofree char *wished = moment (page, state->end);
  g_autofree char *held = moment (page, end);
  g_autofree char *why =
      before != NULL ? g_strconcat (": ", before, " begins then", NULL) : g_strdup ("");

  if (end <= planned)
    return g_strdup_printf (", not extended to %s%s", wished, why);
  return g_strdup_printf (", %s %s%s%s%s", trk_agenda_end_word (state, record->block->period), held,
                          end < state->end ? ", not " : "", end < state->end ? wished : "", why);
}

/* Does @period begin and end with days as the plan has them? */
static gboolean
is_whole_days (const Page *page, TrkPeriod period)
{
  const TrkAlmanac *almanac = &page->knowledge->almanac;
  TrkDay first = trk_almanac_day (almanac, period.start);
  TrkDay last = trk_almanac_day (almanac, period.end - 1);

  return period.start == trk_almanac_day_period (almanac, first).start
         && period.end == trk_almanac_day_period (almanac, last).end;
}

static char *
whole_words (const Page *page, TrkPeriod period)
{
  const TrkAlmanac *almanac = &page->knowledge->almanac;
  g_autofree char *days = days_words (page, trk_almanac_day (almanac, period.start),
                                      trk_almanac_day (almanac, period.end - 1));

  return g_strconcat ("all of ", days, NULL);
}

static void
add_plan (Page *page, const TrkExplanation *explanation)
{
  for (guint i = 0; i < explanation->pieces->len; i++)
    {
      const TrkBlockRecord *record = g_ptr_array_index (explanation->pieces, i);
      gboolean whole = explanation->all_day && is_whole_days (page, record->block->period);
      g_autofree char *planned =
          whole ? whole_words (page, record->block->period) : span (page, record->block->period);
      /* It may have been begun early, and snoozed to a moment that is early still. */
      g_autofree char *start = moved (
          page, record->state->start, record->block->period.start,
          record->state->start > page->knowledge->now ? ", snoozed to " : ", started early at ",
          ", snoozed to ");
      g_autofree char *end = end_words (page, record);

      add (page, "plan", "%s%s%s", planned, start, end);
      if (!whole)
        add_days (page, record->block->period);
    }
}

/* What of it goes on, or went on to its end, by the user's word. */
static void
add_left_calendar (Page *page, const TrkExplanation *explanation)
{
  for (guint i = 0; i < explanation->pieces->len; i++)
    {
      const TrkBlockRecord *record = g_ptr_array_index (explanation->pieces, i);

      if (!record->state->runs_unplanned)
        continue;
      add (page, "event", "no longer in the calendar; by hand, as you began it or went on with it");
      return;
    }
}

static void
add_losses (Page *page, const TrkExplanation *explanation)
{
  const TrkAlmanac *almanac = &page->knowledge->almanac;
  const TrkInstant start = explanation->period.start;
  TrkDay day = explanation->all_day ? trk_zone_local (almanac->zone, start).day
                                    : trk_almanac_day (almanac, start);

  for (guint i = 0; i < explanation->squeezes->len; i++)
    {
      const TrkSqueeze *squeeze = g_ptr_array_index (explanation->squeezes, i);
      g_autofree char *lost = trk_agenda_squeeze_span (almanac, squeeze, day);
      g_autofree char *reason = trk_agenda_squeeze_reason (squeeze);

      add (page, "gave way", "%s to %s: %s%s", lost, squeeze->by->title, reason,
           squeeze->owed ? "; this break is owed" : "");
    }
}

static void
add_notices (Page *page, const TrkExplanation *explanation)
{
  for (guint i = 0; i < explanation->notices->len; i++)
    {
      const TrkNoticeRecord *record = g_ptr_array_index (explanation->notices, i);
      const char *kind = trk_notice_kind_to_string (record->notice->kind);
      g_autofree char *at = moment (page, record->at);

      if (record->shown != 0)
        add (page, "notices", "%s %s, shown by %s", at, kind,
             record->backend != NULL ? record->backend : "the notification server");
      else
        add (page, "notices", "%s %s, not shown%s%s", at, kind, record->backend != NULL ? ": " : "",
             record->backend != NULL ? record->backend : "");
    }
}

/* Nothing could tell presence: as everywhere. */
static const char *
evidence_words (const TrkEntry *entry)
{
  return entry->evidence == TRK_EVIDENCE_PLAN ? "unverified"
                                              : trk_evidence_to_string (entry->evidence);
}

static void
add_kept (Page *page, const TrkExplanation *explanation)
{
  for (guint i = 0; i < explanation->entries->len; i++)
    {
      const TrkEntry *entry = g_ptr_array_index (explanation->entries, i);
      TrkPeriod worked = { entry->period.start, MIN (entry->period.end, page->knowledge->now) };
      g_autofree char *times = span (page, entry->period);
      g_autofree char *length = trk_duration_format (trk_period_length (worked));

      if (trk_entry_is_open (entry))
        add (page, "kept", "%s, %s so far; begun: %s; %s", times, length,
             trk_reason_said (entry->start_reason), evidence_words (entry));
      else
        add (page, "kept", "%s, %s; begun: %s, ended: %s; %s", times, length,
             trk_reason_said (entry->start_reason), trk_reason_said (entry->end_reason),
             evidence_words (entry));
    }
  for (guint i = 0; i < explanation->gaps->len; i++)
    {
      const TrkGap *gap = g_ptr_array_index (explanation->gaps, i);
      g_autofree char *times = span (page, gap->period);

      add (page, "gaps", "%s, %s: %s", times, trk_gap_cause (gap), trk_gap_answered (gap));
    }
}

static void
add_outcomes (Page *page, const TrkExplanation *explanation)
{
  for (guint i = 0; i < explanation->pieces->len; i++)
    {
      const TrkBlockRecord *piece = g_ptr_array_index (explanation->pieces, i);
      const TrkBlockState *state = piece->state;
      TrkOutcome outcome = trk_explanation_outcome (explanation, page->knowledge, piece);
      const char *why;

      if (outcome == TRK_OUTCOME_NONE)
        continue;
      why = outcome == TRK_OUTCOME_CANCELLED ? trk_reason_said (TRK_REASON_LEFT_CALENDAR)
            : outcome == state->outcome ? trk_outcome_reason_said (outcome, state->outcome_reason)
            : outcome == TRK_OUTCOME_MISSED ? "nothing was kept of it"
                                            : "what was kept of it";
      if (outcome == state->outcome && state->outcome_reason == TRK_REASON_AWAY
          && explanation->rest != NULL)
        why = explanation->rest;
      add (page, "outcome", "%s: %s%s%s", trk_outcome_to_string (outcome), why,
           state->note != NULL ? "; " : "", state->note != NULL ? state->note : "");
    }
}

char *
trk_explanation_to_text (const TrkExplanation *explanation,
                         const TrkKnowledge *knowledge,
                         const TrkStyle *style)
{
  Page page = { .knowledge = knowledge, .style = style, .out = g_string_new (NULL) };

  add_heading (&page, explanation);
  if (explanation->makes_block)
    add (&page, "kind", "%s: %s", trk_kind_to_string (explanation->kind), explanation->why);
  else
    add (&page, "no block", "%s", explanation->why);
  if (explanation->to_make_it_off != NULL)
    add_rule (&page, explanation->to_make_it_off);
  add_plan (&page, explanation);
  add_left_calendar (&page, explanation);
  add_losses (&page, explanation);
  add_notices (&page, explanation);
  add_kept (&page, explanation);
  add_outcomes (&page, explanation);
  if (explanation->calendar != NULL)
    add (&page, "calendar", "%s", explanation->calendar);
  add (&page, "id", "%s", explanation->id);
  return g_string_free (page.out, FALSE);
}
