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
  return model;
}

void
kept_model_free (KeptModel *model)
{
  trk_period_set_free (model->watched);
  trk_period_set_free (model->kept);
  trk_period_set_free (model->said);
  trk_period_set_free (model->present);
  g_free (model->broken);
  g_free (model);
}

void
kept_model_keep (KeptModel *model, const TrkEntry *entry, TrkPeriod period, gboolean watched)
{
  period.start = MAX (period.start, entry->period.start);
  if (!trk_period_is_empty (period))
    trk_period_set_add (watched ? model->watched : model->kept, period);
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

void
kept_model_check (KeptModel *model, const GPtrArray *entries, TrkInstant known)
{
  TrkDuration observed = excess_of (model, entries, FALSE, known);
  TrkDuration by_hand = excess_of (model, entries, TRUE, known);

  if (observed > model->excused * OBSERVED_EXCUSE)
    kept_model_break (model, "%d s stand as observed, and nobody did",
                      (int) (observed / TRK_SECOND));
  if (by_hand > model->excused * BY_HAND_EXCUSE)
    kept_model_break (model, "%d s stand as by hand, and nobody said so",
                      (int) (by_hand / TRK_SECOND));
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
