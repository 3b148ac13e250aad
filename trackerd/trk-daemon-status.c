/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-daemon-private.h"

#include "trk-build.h"
#include "trk-snapshot-status.h"

void
trk_daemon_publish (TrkDaemon *daemon)
{
  g_autoptr (TrkDaemonStatus) status = trk_daemon_status_new ();
  TrkSnapshot snapshot;

  if (daemon->service == NULL)
    return;
  trk_engine_snapshot (daemon->engine, &snapshot);
  trk_daemon_status_set (&status->version, TRK_VERSION);
  trk_daemon_status_set (&status->presence_source,
                         trk_presence_monitor_source (daemon->parts.presence));
  trk_daemon_status_set (&status->session_source, trk_logind_describe (trk_presence_monitor_logind (
                                                      daemon->parts.presence)));
  trk_daemon_status_set (&status->notifier, trk_notice_board_backend (daemon->board));
  trk_snapshot_status (status, &snapshot);
  trk_service_publish (daemon->service, status);
}

TrkDaemonStatus *
trk_daemon_to_be_done (TrkDaemon *daemon)
{
  TrkDaemonStatus *status = trk_daemon_status_new ();
  TrkSnapshot snapshot;

  trk_engine_snapshot (daemon->engine, &snapshot);
  trk_snapshot_status_now (status, &snapshot);
  if (*status->title == '\0' && snapshot.ended != NULL)
    {
      trk_daemon_status_set (&status->title, snapshot.ended->title);
      trk_daemon_status_set (&status->block_id, snapshot.ended->block_id);
      status->task = snapshot.ended->task;
    }
  return status;
}
