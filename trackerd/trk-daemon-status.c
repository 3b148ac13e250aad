/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-daemon-private.h"

#include "trk-build.h"

static void
set (char **field, const char *text)
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
  set (&status->title, entry->title);
  set (&status->kind, trk_kind_to_string (entry->kind));
  set (&status->block_id, entry->block_id);
  set (&status->evidence, trk_evidence_to_string (entry->evidence));
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
  set (&status->title, block->title);
  set (&status->kind, trk_kind_to_string (block->kind));
  set (&status->block_id, block->id);
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
      set (&status->title, snapshot->paused->title);
      set (&status->kind, trk_kind_to_string (snapshot->paused->kind));
      status->task = snapshot->paused->task;
    }
  status->since = snapshot->gap->period.start;
  set (&status->paused_by, trk_reason_to_string (snapshot->gap->reason));
}

/* What runs or is paused. */
static void
describe_now (TrkDaemonStatus *status, const TrkSnapshot *snapshot)
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
  set (&status->next_title, snapshot->next->title);
  set (&status->next_kind, trk_kind_to_string (snapshot->next->kind));
  status->next_start = snapshot->next_start;
}

void
trk_daemon_publish (TrkDaemon *daemon)
{
  g_autoptr (TrkDaemonStatus) status = trk_daemon_status_new ();
  TrkSnapshot snapshot;

  if (daemon->service == NULL)
    return;
  trk_engine_snapshot (daemon->engine, &snapshot);
  set (&status->version, TRK_VERSION);
  set (&status->state, trk_state_to_string (snapshot.state));
  set (&status->presence, trk_presence_to_string (snapshot.presence));
  set (&status->presence_source, trk_presence_monitor_source (daemon->parts.presence));
  set (&status->session_source,
       trk_logind_describe (trk_presence_monitor_logind (daemon->parts.presence)));
  set (&status->notifier, trk_notice_board_backend (daemon->board));
  status->focus_active = snapshot.focus;
  if (snapshot.block != NULL || snapshot.entry != NULL || snapshot.gap != NULL)
    {
      status->start = snapshot.since;
      status->until = snapshot.until;
      status->kept = snapshot.kept;
    }
  describe_now (status, &snapshot);
  describe_next (status, &snapshot);
  trk_service_publish (daemon->service, status);
}

TrkDaemonStatus *
trk_daemon_to_be_done (TrkDaemon *daemon)
{
  TrkDaemonStatus *status = trk_daemon_status_new ();
  TrkSnapshot snapshot;

  trk_engine_snapshot (daemon->engine, &snapshot);
  describe_now (status, &snapshot);
  if (*status->title == '\0' && snapshot.ended != NULL)
    {
      set (&status->title, snapshot.ended->title);
      set (&status->block_id, snapshot.ended->block_id);
      status->task = snapshot.ended->task;
    }
  return status;
}
