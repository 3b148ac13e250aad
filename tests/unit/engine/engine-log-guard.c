/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "engine-log-guard.h"

/* The question about that program that was put last, in the same block; NULL. */
static TrkInterruption *
asked_before (const EngineLog *log, const char *program, const char *block_id)
{
  for (guint i = log->interruptions->len; i > 0; i--)
    {
      TrkInterruption *row = log->interruptions->pdata[i - 1];

      if (g_str_equal (row->program, program) && g_strcmp0 (row->block_id, block_id) == 0)
        return row;
    }
  return NULL;
}

gboolean
engine_log_guard_rests (const EngineLog *log,
                        const char *program,
                        const char *block_id,
                        TrkInstant now)
{
  const TrkInterruption *before = asked_before (log, program, block_id);

  return before != NULL && (before->answer != TRK_GUARD_ALLOW || now < before->until);
}

/* Nobody is asked outside of focus, and twice in a block only when an allowance is over. */
void
engine_log_guard_asked (EngineLog *log, const TrkInterruption *asked, TrkInstant now)
{
  const TrkEntry *entry = engine_log_open_entry (log);

  if (entry == NULL || entry->kind != TRK_KIND_FOCUS)
    engine_log_break (log, "'%s' is asked about outside of focus", asked->program);
  if (asked->block_id != NULL && engine_log_guard_rests (log, asked->program, asked->block_id, now))
    engine_log_break (log, "'%s' is asked about again", asked->program);
  g_ptr_array_add (log->interruptions, trk_interruption_copy (asked));
}

void
engine_log_guard_answered (EngineLog *log, const TrkInterruption *answered)
{
  TrkInterruption *row = asked_before (log, answered->program, answered->block_id);

  if (row == NULL || row->at != answered->at)
    {
      engine_log_break (log, "'%s' is answered, but was not asked about", answered->program);
      return;
    }
  row->answer = answered->answer;
  row->answered = answered->answered;
  row->until = answered->until;
}

/* An allowance is no longer by a clock that is set back than it was. */
void
engine_log_guard_set_back (EngineLog *log, TrkInstant now)
{
  for (guint i = 0; i < log->interruptions->len; i++)
    {
      TrkInterruption *row = log->interruptions->pdata[i];

      if (row->answer != TRK_GUARD_ALLOW || row->answered <= now)
        continue;
      row->until -= row->answered - now;
      row->answered = now;
    }
}

/* -- What is on the desktop -------------------------------------------------------------------- */

/* A question is something new to read, also where it takes the place of another notice of its
 * block: it keeps the minute. Whatever takes its own place has withdrawn it. */
void
engine_log_guard_notified (EngineLog *log, const TrkNotice *notice, TrkInstant now)
{
  gboolean asks = notice->kind == TRK_NOTICE_GUARD;

  if (asks && log->notified != 0 && now - log->notified < TRK_MINUTE)
    engine_log_break (log, "'%s' comes less than a minute after another notice", notice->title);
  log->questions += asks;
  if (!asks && g_strcmp0 (log->asking, notice->key) != 0)
    return;
  g_free (log->asking);
  log->asking = asks ? g_strdup (notice->key) : NULL;
}

void
engine_log_guard_withdrawn (EngineLog *log, const char *key)
{
  if (g_strcmp0 (log->asking, key) == 0)
    g_clear_pointer (&log->asking, g_free);
}

/* Each question is one interruption, and no longer up once it is answered. */
void
engine_log_guard_check (EngineLog *log)
{
  const TrkInterruption *last = NULL;

  if (log->questions != log->interruptions->len)
    engine_log_break (log, "%u questions of the focus guard are %u interruptions", log->questions,
                      log->interruptions->len);
  if (log->asking == NULL || log->interruptions->len == 0)
    return;
  last = log->interruptions->pdata[log->interruptions->len - 1];
  if (last->answer != TRK_GUARD_NONE)
    engine_log_break (log, "'%s' is answered, and the question is still up", last->program);
}
