/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-keeper.h"

#include "trk-bus-address.h"
#include "trk-error.h"
#include "trk-lock.h"
#include "trk-paths.h"
#include "trk-process.h"

#include <string.h>

/* Before this it may be reading its calendars and not have its name yet. */
#define STARTS_FOR (10 * TRK_SECOND)

static gboolean
is_starting (gint64 process, TrkInstant now)
{
  TrkProcess look;

  return process > 0 && trk_process_look ((guint) process, &look)
         && now - look.started < STARTS_FOR;
}

gboolean
trk_keeper_runs (gint64 *process)
{
  g_autofree char *path = trk_path_lock ();
  gint64 owner = 0;
  gboolean runs = trk_lock_is_held (path, &owner);

  if (process != NULL)
    *process = owner;
  return runs;
}

TrkKeeper
trk_keeper_look (TrkBusClient *client, TrkInstant now)
{
  TrkKeeper keeper = { TRK_KEEPER_NONE, 0 };

  if (!trk_keeper_runs (&keeper.process))
    return keeper;
  if (client == NULL)
    keeper.state = TRK_KEEPER_NO_BUS;
  else if (trk_bus_client_daemon_runs (client))
    keeper.state = TRK_KEEPER_SILENT;
  else
    keeper.state = is_starting (keeper.process, now) ? TRK_KEEPER_STARTING : TRK_KEEPER_ELSEWHERE;
  return keeper;
}

char *
trk_keeper_sentence (const TrkKeeper *keeper)
{
  static const char *const what[] = {
    [TRK_KEEPER_NO_BUS] = "runs, but there is no session bus here over which it could be reached",
    [TRK_KEEPER_ELSEWHERE] = "runs, but cannot be reached on this session bus",
    [TRK_KEEPER_STARTING] = "has just been started and is not on this session bus yet",
    [TRK_KEEPER_SILENT] = "runs, but does not answer",
  };

  if (keeper->state == TRK_KEEPER_NONE)
    return NULL;
  if (keeper->process == 0)
    return g_strdup_printf ("a trackerd %s", what[keeper->state]);
  return g_strdup_printf ("trackerd (process %" G_GINT64_FORMAT ") %s", keeper->process,
                          what[keeper->state]);
}

/* The open entry is closed in order by kill, and goes on with the next start. */
static char *
restart (gint64 process)
{
  if (process == 0)
    return g_strdup ("to have one here, end that one first and start trackerd");
  return g_strdup_printf ("to have it here: " TRK_BUS_RESTART
                          " (without systemd: kill %" G_GINT64_FORMAT ", then trackerd &)",
                          process);
}

char *
trk_keeper_remedy (const TrkKeeper *keeper)
{
  switch (keeper->state)
    {
    case TRK_KEEPER_NONE:
      return NULL;
    case TRK_KEEPER_STARTING:
      return g_strdup ("try again in a moment");
    case TRK_KEEPER_NO_BUS:
      if (keeper->process == 0)
        return g_strdup ("it looks for its bus again by itself");
      return g_strdup_printf ("it looks for its bus again by itself; to end it: kill "
                              "%" G_GINT64_FORMAT,
                              keeper->process);
    case TRK_KEEPER_ELSEWHERE:
    case TRK_KEEPER_SILENT:
      break;
    }
  return restart (keeper->process);
}

void
trk_keeper_explain (const TrkKeeper *keeper, gboolean done_perhaps, GError **error)
{
  g_autofree char *sentence = trk_keeper_sentence (keeper);
  g_autofree char *remedy = trk_keeper_remedy (keeper);
  const char *perhaps;

  if (sentence == NULL || error == NULL
      || !g_error_matches (*error, TRK_ERROR, TRK_ERROR_UNREACHABLE))
    return;
  perhaps = done_perhaps ? "; " TRK_BUS_DONE_PERHAPS ": tracker log" : "";
  g_clear_error (error);
  g_set_error (error, TRK_ERROR, TRK_ERROR_UNREACHABLE,
               "%s%s; %s. Reports and the log work without it", sentence, perhaps, remedy);
}
