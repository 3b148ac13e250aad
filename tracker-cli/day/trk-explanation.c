/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-explanation.h"

#include "trk-block-figures.h"
#include "trk-block-maker.h"
#include "trk-places.h"
#include "trk-renamed.h"
#include "trk-text.h"
#include "trk-times.h"
#include "trk-told.h"
#include "trk-when.h"

#include <string.h>

#define MAX_TITLE_CHARS 200

void
trk_explanation_free (TrkExplanation *explanation)
{
  if (explanation == NULL)
    return;
  g_free (explanation->id);
  g_free (explanation->title);
  g_free (explanation->calendar);
  g_free (explanation->why);
  g_free (explanation->to_make_it_off);
  g_ptr_array_unref (explanation->pieces);
  g_ptr_array_unref (explanation->squeezes);
  g_ptr_array_unref (explanation->entries);
  g_ptr_array_unref (explanation->gaps);
  g_ptr_array_unref (explanation->notices);
  g_free (explanation);
}

static TrkExplanation *
explanation_new (void)
{
  TrkExplanation *explanation = g_new0 (TrkExplanation, 1);

  explanation->pieces = g_ptr_array_new ();
  explanation->squeezes = g_ptr_array_new ();
  explanation->entries = g_ptr_array_new ();
  explanation->gaps = g_ptr_array_new ();
  explanation->notices = g_ptr_array_new ();
  return explanation;
}

/* -- Collecting -------------------------------------------------------------------------------- */

static gboolean
is_own (const TrkExplanation *explanation, const char *id)
{
  return id != NULL && trk_block_id_is_of (id, explanation->id);
}

static gboolean
left_calendar (const TrkBlockRecord *record)
{
  return record->state->outcome == TRK_OUTCOME_CANCELLED;
}

/* A piece that is no more tells nothing of the event, while that is in the calendar: what was kept
 * of it is told with the rest. */
static void
leave_out_lost (GPtrArray *pieces)
{
  gboolean any = FALSE;

  for (guint i = 0; i < pieces->len; i++)
    any = any || !left_calendar (g_ptr_array_index (pieces, i));
  for (guint i = pieces->len; any && i > 0; i--)
    if (left_calendar (g_ptr_array_index (pieces, i - 1)))
      g_ptr_array_remove_index (pieces, i - 1);
}

static void
collect_plan (TrkExplanation *explanation, const TrkKnowledge *knowledge)
{
  for (guint i = 0; i < knowledge->records->len; i++)
    {
      TrkBlockRecord *record = g_ptr_array_index (knowledge->records, i);

      if (is_own (explanation, record->block->id))
        g_ptr_array_add (explanation->pieces, record);
    }
  leave_out_lost (explanation->pieces);
  for (guint i = 0; i < knowledge->squeezed->len; i++)
    {
      TrkSqueeze *squeeze = &g_array_index (knowledge->squeezed, TrkSqueeze, i);

      if (is_own (explanation, squeeze->block->id))
        g_ptr_array_add (explanation->squeezes, squeeze);
    }
}

static void
collect_log (TrkExplanation *explanation, const TrkKnowledge *knowledge)
{
  for (guint i = 0; i < knowledge->entries->len; i++)
    {
      TrkEntry *entry = g_ptr_array_index (knowledge->entries, i);

      if (is_own (explanation, entry->block_id))
        g_ptr_array_add (explanation->entries, entry);
    }
  for (guint i = 0; i < knowledge->gaps->len; i++)
    {
      TrkGap *gap = g_ptr_array_index (knowledge->gaps, i);

      if (is_own (explanation, gap->block_id))
        g_ptr_array_add (explanation->gaps, gap);
    }
  for (guint i = 0; i < knowledge->notices->len; i++)
    {
      TrkNoticeRecord *record = g_ptr_array_index (knowledge->notices, i);

      if (!is_own (explanation, record->notice->key))
        continue;
      if (!record->withheld) /* tracker history --why tells those */
        g_ptr_array_add (explanation->notices, record);
      else if (trk_told_rest (record) != NULL)
        explanation->rest = trk_told_rest (record);
    }
}

/* A rule by which an all-day event that makes no block would be time off. NULL: no rule can. */
static char *
rule_to_make_it_off (const TrkKnowledge *knowledge,
                     const TrkOccurrence *occurrence,
                     const TrkVerdict *verdict)
{
  TrkPeriod time = trk_occurrence_time (occurrence, &knowledge->almanac);
  g_autofree char *day = trk_day_to_iso (trk_almanac_day (&knowledge->almanac, time.start));
  g_autofree char *title = trk_text_line (occurrence->summary, MAX_TITLE_CHARS);
  g_autofree char *pattern = g_regex_escape_string (title, -1);

  if (verdict->makes_block || !occurrence->all_day || *title == '\0'
      || (verdict->no_block != TRK_NO_BLOCK_FREE && verdict->no_block != TRK_NO_BLOCK_ALL_DAY))
    return NULL;
  return g_strdup_printf ("[rule off %s]\nsummary = ^%s$\nkind = off", day, pattern);
}

/* @block: what it wants (nullable). */
static TrkExplanation *
explain_occurrence (const TrkKnowledge *knowledge,
                    const TrkOccurrence *occurrence,
                    const TrkBlock *block)
{
  TrkExplanation *explanation = explanation_new ();
  g_auto (TrkVerdict) verdict = trk_verdict (occurrence, &knowledge->input);

  explanation->id = block != NULL ? g_strdup (block->id) : trk_block_id_for (occurrence);
  explanation->title = trk_text_line (occurrence->summary, MAX_TITLE_CHARS);
  explanation->calendar = g_strdup (occurrence->calendar);
  explanation->period = occurrence->period;
  explanation->all_day = occurrence->all_day;
  explanation->makes_block = verdict.makes_block;
  explanation->kind = verdict.kind;
  explanation->to_make_it_off = rule_to_make_it_off (knowledge, occurrence, &verdict);
  explanation->why = g_strdup (verdict.why);
  return explanation;
}

/* A block of the log that no calendar has (any more): its event moved away, or it was started by
 * hand. */
static TrkExplanation *
explain_block (const TrkBlock *block)
{
  TrkExplanation *explanation = explanation_new ();

  explanation->id = g_strdup (block->id);
  explanation->title = g_strdup (block->title);
  explanation->calendar = g_strdup (block->calendar);
  explanation->period = block->planned;
  explanation->makes_block = TRUE;
  explanation->kind = block->kind;
  explanation->why = g_strdup (block->kind_why != NULL ? block->kind_why : "the log has it so");
  return explanation;
}

static gint
compare_starts (gconstpointer a, gconstpointer b)
{
  const TrkExplanation *x = *(const TrkExplanation *const *) a;
  const TrkExplanation *y = *(const TrkExplanation *const *) b;

  if (x->period.start != y->period.start)
    return x->period.start < y->period.start ? -1 : 1;
  return g_strcmp0 (x->id, y->id);
}

/* The block that each occurrence wants, or NULL, under the ID that the log has it under. */
static GPtrArray *
wanted_blocks (const TrkKnowledge *knowledge)
{
  GPtrArray *blocks = g_ptr_array_new_with_free_func ((GDestroyNotify) trk_block_unref);

  for (guint i = 0; i < knowledge->occurrences->len; i++)
    g_ptr_array_add (
        blocks, trk_block_make (g_ptr_array_index (knowledge->occurrences, i), &knowledge->input));
  trk_renamed_take_ids (blocks, knowledge->records);
  return blocks;
}

/* All events of the calendars, then what only the log has. */
static GPtrArray *
explain_all (const TrkKnowledge *knowledge)
{
  GPtrArray *all = g_ptr_array_new_with_free_func ((GDestroyNotify) trk_explanation_free);
  g_autoptr (GHashTable) told = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) blocks = wanted_blocks (knowledge);

  for (guint i = 0; i < knowledge->occurrences->len; i++)
    {
      TrkExplanation *one = explain_occurrence (
          knowledge, g_ptr_array_index (knowledge->occurrences, i), g_ptr_array_index (blocks, i));

      g_ptr_array_add (all, one);
      g_hash_table_add (told, one->id);
    }
  for (guint i = 0; i < knowledge->records->len; i++)
    {
      const TrkBlockRecord *record = g_ptr_array_index (knowledge->records, i);
      g_autofree char *whole = trk_block_id_whole (record->block->id);

      if (!g_hash_table_contains (told, record->block->id) && !g_hash_table_contains (told, whole))
        g_ptr_array_add (all, explain_block (record->block));
    }
  g_ptr_array_sort (all, compare_starts);
  return all;
}

/* -- Choosing ---------------------------------------------------------------------------------- */

typedef struct
{
  const TrkKnowledge *knowledge;
  const char *text;
  char *folded;
  gboolean has_moment;
  TrkInstant moment;
} Wanted;

static gboolean
has_id (const TrkExplanation *explanation, const Wanted *wanted)
{
  return is_own (explanation, wanted->text);
}

static gboolean
is_then (const TrkExplanation *explanation, const Wanted *wanted)
{
  return wanted->has_moment && trk_period_contains (explanation->period, wanted->moment);
}

static gboolean
has_title (const TrkExplanation *explanation, const Wanted *wanted)
{
  g_autofree char *title = trk_text_folded (explanation->title);

  return strstr (title, wanted->folded) != NULL;
}

typedef gboolean (*Test) (const TrkExplanation *explanation, const Wanted *wanted);

static void
keep (GPtrArray *all, guint n, GPtrArray *found)
{
  g_ptr_array_add (found, g_ptr_array_index (all, n));
  all->pdata[n] = NULL;
}

static void
keep_matching (GPtrArray *all, Test test, const Wanted *wanted, GPtrArray *found)
{
  for (guint i = 0; i < all->len; i++)
    if (test (g_ptr_array_index (all, i), wanted))
      keep (all, i, found);
}

static TrkDuration
distance (const TrkExplanation *explanation, TrkInstant now)
{
  if (trk_period_contains (explanation->period, now))
    return 0;
  return explanation->period.start > now ? explanation->period.start - now
                                         : now - explanation->period.end;
}

/* Today's that have the title, else the nearest that has it. */
static void
keep_titled (GPtrArray *all, const Wanted *wanted, GPtrArray *found)
{
  const TrkKnowledge *knowledge = wanted->knowledge;
  TrkDay today = trk_almanac_day (&knowledge->almanac, knowledge->now);
  TrkPeriod day = trk_almanac_day_period (&knowledge->almanac, today);
  int nearest = -1;

  for (guint i = 0; i < all->len; i++)
    {
      const TrkExplanation *one = g_ptr_array_index (all, i);

      if (!has_title (one, wanted))
        continue;
      if (trk_period_overlaps (one->period, day) || trk_period_contains (day, one->period.start))
        keep (all, i, found);
      else if (nearest < 0
               || distance (one, knowledge->now)
                      < distance (g_ptr_array_index (all, nearest), knowledge->now))
        nearest = (int) i;
    }
  if (found->len == 0 && nearest >= 0)
    keep (all, (guint) nearest, found);
}

GPtrArray *
trk_explanations_find (const TrkKnowledge *knowledge, const char *text)
{
  g_autoptr (GPtrArray) all = explain_all (knowledge);
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autofree char *folded = trk_text_folded (valid);
  GPtrArray *found = g_ptr_array_new_with_free_func ((GDestroyNotify) trk_explanation_free);
  Wanted wanted = { .knowledge = knowledge, .text = valid, .folded = folded };

  wanted.has_moment =
      trk_when_parse_instant (valid, &knowledge->almanac, knowledge->now, &wanted.moment, NULL);
  keep_matching (all, has_id, &wanted, found);
  if (found->len == 0)
    keep_matching (all, is_then, &wanted, found);
  if (found->len == 0)
    keep_titled (all, &wanted, found);
  for (guint i = 0; i < found->len; i++)
    {
      collect_plan (g_ptr_array_index (found, i), knowledge);
      collect_log (g_ptr_array_index (found, i), knowledge);
    }
  return found;
}

/* What waits for nobody and begins at @at; NULL. */
static const char *
fixed_at (const TrkPlace *places, guint n, TrkInstant at)
{
  for (guint i = 0; i < n; i++)
    if (trk_block_is_fixed (places[i].block) && places[i].span.start == at)
      return places[i].block->title;
  return NULL;
}

TrkInstant
trk_explanation_end (const TrkKnowledge *knowledge,
                     const TrkBlockRecord *piece,
                     const char **before)
{
  const guint n = knowledge->records->len;
  g_autofree TrkPlace *places = g_new (TrkPlace, n);
  TrkInstant end = piece->block->period.end;

  for (guint i = 0; i < n; i++)
    {
      const TrkBlockRecord *record = g_ptr_array_index (knowledge->records, i);

      places[i] = (TrkPlace){ .block = record->block, .state = record->state };
    }
  trk_places_arrange (places, n);
  for (guint i = 0; i < n; i++)
    if (places[i].block == piece->block)
      end = places[i].span.end;
  *before = end < piece->state->end ? fixed_at (places, n, end) : NULL;
  return end;
}

TrkOutcome
trk_explanation_outcome (const TrkExplanation *explanation,
                         const TrkKnowledge *knowledge,
                         const TrkBlockRecord *piece)
{
  TrkDuration worked = 0;

  for (guint i = 0; i < explanation->entries->len; i++)
    {
      const TrkEntry *entry = g_ptr_array_index (explanation->entries, i);

      if (g_str_equal (entry->block_id, piece->block->id)
          && trk_kind_counts_for (entry->kind, piece->block->kind))
        worked += trk_period_length (trk_period_until (entry->period, knowledge->now));
    }
  return trk_block_outcome (piece, worked, knowledge->now, knowledge->kept_since);
}
