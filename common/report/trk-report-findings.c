/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-report-findings.h"

#include "trk-block-figures.h"
#include "trk-report-words.h"
#include "trk-stretches.h"
#include "trk-task-figures.h"

enum
{
  MOST_FINDINGS = 3,
  MORNING = 11, /* blocks that start before this hour are early */
  NOON = 12,
};

/* So many of so many. */
typedef struct
{
  guint part, whole;
} Tally;

static double
share (Tally tally)
{
  return tally.whole > 0 ? (double) tally.part / tally.whole : 0;
}

static gboolean
is_judged (const TrkBlockFact *fact)
{
  return fact->record->block->kind == TRK_KIND_FOCUS && fact->outcome != TRK_OUTCOME_NONE;
}

/* A weekday's mornings or afternoons in which at most 40 % of at least five focus blocks were kept,
 * while over all at least 60 % are. */
static char *
weak_half_day (const TrkFigureInput *input, const GArray *facts)
{
  static const char *const days[] = { "Monday", "Tuesday",  "Wednesday", "Thursday",
                                      "Friday", "Saturday", "Sunday" };
  Tally half[14] = { { 0 } }, all = { 0 };
  guint weakest = 0;

  for (guint i = 0; i < facts->len; i++)
    {
      const TrkBlockFact *fact = &g_array_index (facts, TrkBlockFact, i);
      TrkLocal local = trk_zone_local (input->almanac.zone, fact->record->block->period.start);
      guint at = (guint) (trk_day_weekday (local.day) - 1) * 2 + (local.time >= NOON * TRK_HOUR);
      gboolean done = fact->outcome == TRK_OUTCOME_DONE;

      if (!is_judged (fact))
        continue;
      half[at].whole++, half[at].part += done;
      all.whole++, all.part += done;
    }
  for (guint i = 1; i < 14; i++)
    if (half[i].whole >= 5 && (half[weakest].whole < 5 || share (half[i]) < share (half[weakest])))
      weakest = i;
  if (half[weakest].whole < 5 || share (half[weakest]) > 0.4 || share (all) < 0.6)
    return NULL;
  return g_strdup_printf ("%s %s focus: kept %u of %u blocks", days[weakest / 2],
                          weakest % 2 == 0 ? "morning" : "afternoon", half[weakest].part,
                          half[weakest].whole);
}

/* Early and late blocks, at least eight each, that differ by 25 points in starting on time. */
static char *
punctual_hours (const TrkFigureInput *input, const GArray *facts)
{
  Tally early = { 0 }, late = { 0 };

  for (guint i = 0; i < facts->len; i++)
    {
      const TrkBlockFact *fact = &g_array_index (facts, TrkBlockFact, i);
      TrkLocal local = trk_zone_local (input->almanac.zone, fact->record->block->period.start);
      Tally *tally = local.time < MORNING * TRK_HOUR ? &early : &late;

      if (!trk_block_fact_is_start (fact))
        continue;
      tally->whole++;
      tally->part += fact->delay <= TRK_IN_TIME;
    }
  if (early.whole < 8 || late.whole < 8 || ABS (share (early) - share (late)) < 0.25)
    return NULL;
  return g_strdup_printf ("blocks before 11:00 start on time %u of %u, later ones %u of %u",
                          early.part, early.whole, late.part, late.whole);
}

/* One reason for at least half of ten or more interruptions. */
static char *
main_interruption (const TrkFigureInput *input, const GArray *facts)
{
  g_autoptr (GArray) all = trk_interruptions_new (input);
  g_autoptr (GArray) by = trk_interruptions_by_reason (all);
  const TrkReasonCount *most;

  if (all->len < 10)
    return NULL;
  most = &g_array_index (by, TrkReasonCount, 0);
  if (most->count * 2 < all->len)
    return NULL;
  return g_strdup_printf ("%u of %u interruptions: %s", most->count, all->len, most->reason);
}

/* Five or more tasks with estimate and time that took a quarter more or a fifth less. */
static char *
estimates_off (const TrkFigureInput *input, const GArray *facts)
{
  g_autoptr (GArray) done = trk_task_facts_done (input);
  TrkRatio ratio = trk_task_facts_ratio (done);
  g_autofree char *times = NULL;
  guint n = 0;

  for (guint i = 0; i < done->len; i++)
    n += g_array_index (done, TrkTaskFact, i).ratio.known;
  if (n < 5 || !ratio.known || (ratio.value < 1.25 && ratio.value > 0.8))
    return NULL;
  times = trk_words_times (ratio);
  return g_strdup_printf ("tasks take %s their estimate (%u tasks)", times, n);
}

/* Four in ten of ten or more breaks ignored. */
static char *
ignored_breaks (const TrkFigureInput *input, const GArray *facts)
{
  Tally breaks = { 0 };

  for (guint i = 0; i < facts->len; i++)
    {
      const TrkBlockFact *fact = &g_array_index (facts, TrkBlockFact, i);

      breaks.whole += trk_block_fact_is_break (fact);
      breaks.part += trk_block_fact_is_ignored (fact);
    }
  if (breaks.whole < 10 || share (breaks) < 0.4)
    return NULL;
  return g_strdup_printf ("%u of %u breaks ignored", breaks.part, breaks.whole);
}

GPtrArray *
trk_findings_new (const TrkFigureInput *input)
{
  static char *(*const rules[]) (const TrkFigureInput *input, const GArray *facts) = {
    weak_half_day, punctual_hours, main_interruption, estimates_off, ignored_breaks
  };
  GPtrArray *findings = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GArray) facts = trk_block_facts_new (input);

  for (guint i = 0; i < G_N_ELEMENTS (rules) && findings->len < MOST_FINDINGS; i++)
    {
      char *finding = rules[i](input, facts);

      if (finding != NULL)
        g_ptr_array_add (findings, finding);
    }
  return findings;
}
