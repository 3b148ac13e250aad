/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "kept-model.h"

#define OBSERVED_EXCUSE (2 * TRK_MINUTE)
#define BY_HAND_EXCUSE (5 * TRK_MINUTE)

struct KeptModel
{
  TrkPeriodSet *watched; /* kept while somebody looked whether the user was there (owned) */
  TrkPeriodSet *kept;    /* whether or not (owned) */
  TrkPeriodSet *said;    /* (owned) */
  TrkPeriodSet *present; /* a daemon was there, and the user (owned) */
  TrkPeriodSet *due;     /* what must be in the log: all that was open and seen (owned) */
  TrkPeriodSet *out;     /* of that, what is not there, and the user knows (owned) */
  TrkPeriodSet *dropped; /* what the user ever took out (owned) */
  TrkPeriodSet *entries; /* at the last check (owned) */
  TrkPeriodSet *nobody;  /* was there, as it turned out (owned) */
  TrkDuration told_gone; /* since the last check */
  gboolean replayed;     /* something was taken back or done again since then */
  guint excused;
  char *broken; /* (owned) (nullable) */
};

KeptModel *
kept_model_new (void)
{
  KeptModel *model = g_new0 (KeptModel, 1);

  model->watched = trk_period_set_new ();
  model->kept = trk_period_set_new ();
  model->said = trk_period_set_new ();
  model->present = trk_period_set_new ();
  model->due = trk_period_set_new ();
  model->out = trk_period_set_new ();
  model->dropped = trk_period_set_new ();
  model->entries = trk_period_set_new ();
  model->nobody = trk_period_set_new ();
  return model;
}

void
kept_model_free (KeptModel *model)
{
  trk_period_set_free (model->watched);
  trk_period_set_free (model->kept);
  trk_period_set_free (model->said);
  trk_period_set_free (model->present);
  trk_period_set_free (model->due);
  trk_period_set_free (model->out);
  trk_period_set_free (model->dropped);
  trk_period_set_free (model->entries);
  trk_period_set_free (model->nobody);
  g_free (model->broken);
  g_free (model);
}

void
kept_model_keep (KeptModel *model, const TrkEntry *entry, TrkPeriod period, gboolean watched)
{
  period.start = MAX (period.start, entry->period.start);
  if (trk_period_is_empty (period))
    return;
  trk_period_set_add (watched ? model->watched : model->kept, period);
  trk_period_set_add (model->due, period);
}

void
kept_model_see (KeptModel *model, TrkPeriod period)
{
  trk_period_set_add (model->present, period);
}

void
kept_model_went_on (KeptModel *model, TrkPeriod period)
{
  g_autoptr (TrkPeriodSet) since = trk_period_set_copy (model->present);

  trk_period_set_clip (since, period);
  for (guint i = 0; i < since->len; i++)
    trk_period_set_add (model->watched, trk_period_set_nth (since, i));
}

void
kept_model_away (KeptModel *model, TrkPeriod period)
{
  if (trk_period_is_empty (period))
    return;
  trk_period_set_remove (model->watched, period);
  trk_period_set_remove (model->present, period);
  trk_period_set_add (model->nobody, period);
}

void
kept_model_hear (KeptModel *model, TrkPeriod period)
{
  trk_period_set_add (model->said, period);
}

void
kept_model_excuse (KeptModel *model, guint changes)
{
  model->excused += changes;
}

void
kept_model_drop (KeptModel *model, TrkPeriod period)
{
  if (trk_period_is_empty (period))
    return;
  trk_period_set_add (model->out, period);
  trk_period_set_add (model->dropped, period);
}

void
kept_model_tell_gone (KeptModel *model, TrkDuration gone)
{
  model->told_gone += gone;
  model->replayed = TRUE;
}

/* How much of entries of that evidence nobody kept. */
static TrkDuration
excess_of (const KeptModel *model, const GPtrArray *entries, gboolean by_hand, TrkInstant known)
{
  g_autoptr (TrkPeriodSet) seen = trk_period_set_union (model->watched, model->kept);
  g_autoptr (TrkPeriodSet) may = trk_period_set_union (seen, model->said);
  g_autoptr (TrkPeriodSet) is = trk_period_set_new ();
  g_autoptr (TrkPeriodSet) excess = NULL;

  for (guint i = 0; i < entries->len; i++)
    {
      const TrkEntry *entry = entries->pdata[i];

      if (trk_kind_is_work (entry->kind) && (entry->evidence == TRK_EVIDENCE_MANUAL) == by_hand)
        trk_period_set_add (is, (TrkPeriod){ entry->period.start, MIN (entry->period.end, known) });
    }
  excess = trk_period_set_subtract (is, by_hand ? may : seen);
  return trk_period_set_length (excess);
}

static TrkPeriodSet *
set_of_entries (const GPtrArray *entries, TrkInstant known)
{
  TrkPeriodSet *set = trk_period_set_new ();

  for (guint i = 0; i < entries->len; i++)
    {
      TrkPeriod period = ((const TrkEntry *) entries->pdata[i])->period;

      trk_period_set_add (set, (TrkPeriod){ period.start, MIN (period.end, known) });
    }
  return set;
}

static TrkPeriodSet *
set_of_gaps (const GPtrArray *gaps)
{
  TrkPeriodSet *set = trk_period_set_new ();

  for (guint i = 0; i < gaps->len; i++)
    trk_period_set_add (set, ((const TrkGap *) gaps->pdata[i])->period);
  return set;
}

static void
subtract (TrkPeriodSet **from, const TrkPeriodSet *what)
{
  TrkPeriodSet *rest = trk_period_set_subtract (*from, what);

  trk_period_set_free (*from);
  *from = rest;
}

static void
add (TrkPeriodSet **to, const TrkPeriodSet *what)
{
  TrkPeriodSet *both = trk_period_set_union (*to, what);

  trk_period_set_free (*to);
  *to = both;
}

/* A little less than the figure that is told is no lie. */
static TrkDuration
told (const KeptModel *model)
{
  return model->told_gone + (model->replayed ? TRK_SECOND : 0);
}

/* What left the entries with a word about it, and is a gap yet: that may go without another one. */
static TrkPeriodSet *
told_of (const KeptModel *model, const TrkPeriodSet *entries)
{
  g_autoptr (TrkPeriodSet) were = trk_period_set_intersect (model->due, model->entries);
  TrkPeriodSet *left = trk_period_set_subtract (were, entries);

  if (trk_period_set_length (left) > told (model))
    trk_period_set_clip (left, (TrkPeriod){ 0, 0 });
  return left;
}

static void
excuse_replay (const KeptModel *model, TrkPeriodSet **lost)
{
  if (!model->replayed)
    return;
  subtract (lost, model->nobody);
  subtract (lost, model->dropped);
}

/* What is lost is lost once, and what comes back as an entry is due again, but where the user only
 * said what it was. */
static void
check_lost (KeptModel *model, TrkPeriodSet *entries, const TrkPeriodSet *gaps)
{
  g_autoptr (TrkPeriodSet) there = trk_period_set_union (entries, gaps);
  g_autoptr (TrkPeriodSet) missing = trk_period_set_subtract (model->due, there);
  g_autoptr (TrkPeriodSet) lost = trk_period_set_subtract (missing, model->out);
  g_autoptr (TrkPeriodSet) known = told_of (model, entries);
  g_autoptr (TrkPeriodSet) back = trk_period_set_subtract (entries, model->said);

  excuse_replay (model, &lost);
  if (trk_period_set_length (lost) > told (model))
    kept_model_break (model, "%d s were kept and are neither in an entry nor in a gap; %d s told",
                      (int) (trk_period_set_length (lost) / TRK_SECOND),
                      (int) (model->told_gone / TRK_SECOND));
  add (&model->out, missing);
  add (&model->out, known);
  subtract (&model->out, back);
  trk_period_set_free (model->entries);
  model->entries = trk_period_set_copy (entries);
  model->told_gone = 0;
  model->replayed = FALSE;
}

void
kept_model_check (KeptModel *model,
                  const GPtrArray *entries,
                  const GPtrArray *gaps,
                  TrkInstant known)
{
  TrkDuration observed = excess_of (model, entries, FALSE, known);
  TrkDuration by_hand = excess_of (model, entries, TRUE, known);
  g_autoptr (TrkPeriodSet) kept = set_of_entries (entries, known);
  g_autoptr (TrkPeriodSet) named = set_of_gaps (gaps);

  if (observed > model->excused * OBSERVED_EXCUSE)
    kept_model_break (model, "%d s stand as observed, and nobody did",
                      (int) (observed / TRK_SECOND));
  if (by_hand > model->excused * BY_HAND_EXCUSE)
    kept_model_break (model, "%d s stand as by hand, and nobody said so",
                      (int) (by_hand / TRK_SECOND));
  check_lost (model, kept, named);
}

void
kept_model_break (KeptModel *model, const char *format, ...)
{
  va_list args;

  if (model->broken != NULL)
    return;
  va_start (args, format);
  model->broken = g_strdup_vprintf (format, args);
  va_end (args);
}

const char *
kept_model_broken (const KeptModel *model)
{
  return model->broken;
}
