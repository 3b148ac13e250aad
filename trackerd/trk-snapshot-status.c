/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-snapshot-status.h"

void
trk_daemon_status_set (char **field, const char *text)
{
  g_free (*field);
  *field = g_utf8_make_valid (text != NULL ? text : "", -1);
}

static void
describe_entry (TrkDaemonStatus *status, const TrkSnapshot *snapshot)
{
  const TrkEntry *entry = snapshot->entry;

  if (entry == NULL)
    return;
  trk_daemon_status_set (&status->title, entry->title);
  trk_daemon_status_set (&status->kind, trk_kind_to_string (entry->kind));
  trk_daemon_status_set (&status->block_id, entry->block_id);
  trk_daemon_status_set (&status->evidence, trk_evidence_to_string (entry->evidence));
  status->task = entry->task;
  status->since = entry->period.start;
}

/* A break or off time may have no entry; what is paused before its first one has none either. */
static void
describe_block (TrkDaemonStatus *status, const TrkSnapshot *snapshot)
{
  const TrkBlock *block = snapshot->block;

  if (block == NULL || snapshot->entry != NULL)
    return;
  trk_daemon_status_set (&status->title, block->title);
  trk_daemon_status_set (&status->kind, trk_kind_to_string (block->kind));
  trk_daemon_status_set (&status->block_id, block->id);
  status->since = snapshot->since;
}

/* What is paused keeps the name under which it was worked on, and its task; it is paused since the
 * gap began, and no time is kept that could have an evidence. */
static void
describe_pause (TrkDaemonStatus *status, const TrkSnapshot *snapshot)
{
  if (snapshot->gap == NULL)
    return;
  if (snapshot->paused != NULL)
    {
      trk_daemon_status_set (&status->title, snapshot->paused->title);
      trk_daemon_status_set (&status->kind, trk_kind_to_string (snapshot->paused->kind));
      status->task = snapshot->paused->task;
    }
  status->since = snapshot->gap->period.start;
  trk_daemon_status_set (&status->paused_by, trk_reason_to_string (snapshot->gap->reason));
}

void
trk_snapshot_status_now (TrkDaemonStatus *status, const TrkSnapshot *snapshot)
{
  describe_entry (status, snapshot);
  describe_block (status, snapshot);
  describe_pause (status, snapshot);
}

static void
describe_next (TrkDaemonStatus *status, const TrkSnapshot *snapshot)
{
  if (snapshot->next == NULL)
    return;
  trk_daemon_status_set (&status->next_title, snapshot->next->title);
  trk_daemon_status_set (&status->next_kind, trk_kind_to_string (snapshot->next->kind));
  status->next_start = snapshot->next_start;
}

void
trk_snapshot_status (TrkDaemonStatus *status, const TrkSnapshot *snapshot)
{
  trk_daemon_status_set (&status->state, trk_state_to_string (snapshot->state));
  trk_daemon_status_set (&status->presence, trk_presence_to_string (snapshot->presence));
  status->focus_active = snapshot->focus;
  if (snapshot->block != NULL || snapshot->entry != NULL || snapshot->gap != NULL)
    {
      status->start = snapshot->since;
      status->until = snapshot->until;
      status->kept = snapshot->kept;
    }
  trk_snapshot_status_now (status, snapshot);
  describe_next (status, snapshot);
}
