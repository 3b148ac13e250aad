/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-engine-private.h"

#include "trk-notice-text.h"

/* The day as a whole: when so much was worked as the user wants at most, and when its last block of
 * work is over. */

static TrkPeriod
today (const TrkEngine *engine, TrkInstant at)
{
  return trk_almanac_day_period (&engine->almanac, trk_almanac_day (&engine->almanac, at));
}

void
trk_engine_add_work (TrkEngine *engine, const TrkEntry *entry)
{
  TrkInstant old = entry->period.end - 3 * 24 * TRK_HOUR; /* than which nothing is asked about */

  if (!trk_kind_is_work (entry->kind) || trk_period_is_empty (entry->period))
    return;
  trk_period_set_add (engine->worked, entry->period);
  trk_period_set_remove (engine->worked, (TrkPeriod){ G_MININT64, old });
}

/* Work of the day of @at up to @at; the open entry too. */
static TrkDuration
worked_by (const TrkEngine *engine, TrkInstant at)
{
  TrkPeriod day = today (engine, at);
  TrkDuration sum = 0;

  for (guint i = 0; i < engine->worked->len; i++)
    sum += trk_period_length (trk_period_intersect (trk_period_set_nth (engine->worked, i),
                                                    (TrkPeriod){ day.start, at }));
  if (engine->entry != NULL && trk_kind_is_work (engine->entry->kind))
    sum += MAX (0, at - MAX (day.start, engine->entry->period.start));
  return sum;
}

TrkInstant
trk_engine_limit_due (const TrkEngine *engine)
{
  TrkDuration left;
  TrkInstant due;
  TrkPeriod day;

  if (engine->policies.work_limit <= 0 || engine->entry == NULL || engine->absent
      || !trk_kind_is_work (engine->entry->kind))
    return TRK_NEVER;
  day = today (engine, engine->now);
  left = MAX (0, engine->policies.work_limit - worked_by (engine, engine->now));
  due = engine->now + left;
  if (due < day.end && engine->limit_told <= day.start)
    return due;
  return day.end + engine->policies.work_limit;
}

static TrkNotice *
compose (const TrkEngine *engine, TrkNoticeKind kind, TrkInstant at)
{
  const TrkTrack *next = trk_engine_upcoming (engine, at);
  TrkNoticeFacts facts = {
    .policies = &engine->policies,
    .zone = engine->almanac.zone,
    .now = at,
    .worked = worked_by (engine, at),
    .next = next != NULL ? next->block->title : NULL,
    .span = { next != NULL ? next->span.start : 0, TRK_NEVER },
  };

  return trk_notice_compose (kind, "day", &facts);
}

void
trk_engine_on_limit (TrkEngine *engine, TrkInstant at)
{
  engine->limit_told = MAX (at, engine->called);
  trk_engine_post (engine, TRK_NOTICE_LIMIT, NULL, compose (engine, TRK_NOTICE_LIMIT, at), at,
                   TRK_REASON_LIMIT);
}

void
trk_engine_end_day (TrkEngine *engine, TrkInstant at)
{
  if (engine->policies.day_end && engine->called - at <= engine->policies.late)
    trk_engine_post (engine, TRK_NOTICE_DAY_END, NULL, compose (engine, TRK_NOTICE_DAY_END, at), at,
                     TRK_REASON_BLOCK_END);
}

/* The log is of an engine before: what was reached then was told then. */
void
trk_engine_recall_limit (TrkEngine *engine, TrkInstant known)
{
  if (engine->policies.work_limit > 0 && known > 0
      && worked_by (engine, known) >= engine->policies.work_limit)
    engine->limit_told = known;
}
