/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-bus-error-name.h"

#include "trk-bus-address.h"

#define OF_THE_BUS "org.freedesktop.DBus.Error."

static const char *const names[] = {
  [TRK_ERROR_FAILED] = "org.trackerd.Error.Failed",
  [TRK_ERROR_USAGE] = "org.trackerd.Error.Usage",
  [TRK_ERROR_NOT_FOUND] = "org.trackerd.Error.NotFound",
  [TRK_ERROR_UNREACHABLE] = "org.trackerd.Error.Unreachable",
  [TRK_ERROR_INVALID] = "org.trackerd.Error.Invalid",
  [TRK_ERROR_CONFLICT] = "org.trackerd.Error.Conflict",
  [TRK_ERROR_STATE] = "org.trackerd.Error.State",
  [TRK_ERROR_STORAGE] = "org.trackerd.Error.Storage",
  [TRK_ERROR_CORRUPT] = "org.trackerd.Error.Corrupt",
  [TRK_ERROR_NEWER] = "org.trackerd.Error.Newer",
  [TRK_ERROR_BUSY] = "org.trackerd.Error.Busy",
};
G_STATIC_ASSERT (G_N_ELEMENTS (names) == TRK_ERROR_BUSY + 1);

/* What is to be told about a failure of the bus itself. */
static const struct
{
  const char *name;
  const char *words;
  TrkBusReply reply;
} failures[] = {
  { OF_THE_BUS "ServiceUnknown", "the daemon does not run", TRK_BUS_NO_DAEMON },
  { OF_THE_BUS "NameHasNoOwner", "the daemon does not run", TRK_BUS_NO_DAEMON },
  { OF_THE_BUS "NoReply", "the daemon does not answer", TRK_BUS_LOST },
  { OF_THE_BUS "Timeout", "the daemon does not answer", TRK_BUS_LOST },
  { OF_THE_BUS "TimedOut", "the daemon does not answer", TRK_BUS_LOST },
  { OF_THE_BUS "Disconnected", "the session bus went away", TRK_BUS_LOST },
  { OF_THE_BUS "NoServer", "no session bus", TRK_BUS_UNHEARD },
  { OF_THE_BUS "Spawn.ExecFailed", "the daemon could not be started", TRK_BUS_UNHEARD },
  { OF_THE_BUS "Spawn.ForkFailed", "the daemon could not be started", TRK_BUS_UNHEARD },
  { OF_THE_BUS "Spawn.ChildExited", "the daemon could not be started", TRK_BUS_UNHEARD },
  { OF_THE_BUS "Spawn.ChildSignaled", "the daemon could not be started", TRK_BUS_UNHEARD },
  { OF_THE_BUS "Spawn.Failed", "the daemon could not be started", TRK_BUS_UNHEARD },
  { OF_THE_BUS "Spawn.ServiceNotFound", "the daemon is not installed for this bus",
    TRK_BUS_UNHEARD },
  { OF_THE_BUS "Spawn.FileInvalid", "the daemon's activation file is broken", TRK_BUS_UNHEARD },
};

const char *
trk_bus_error_name (TrkErrorCode code)
{
  return names[code];
}

GError *
trk_bus_error_nobody (const char *why)
{
  return g_error_new (TRK_ERROR, TRK_ERROR_UNREACHABLE, TRK_BUS_NOBODY, why);
}

/* An error that is no one's is a failure. */
static int
code_of (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (name, names[i]))
      return (int) i;
  return g_str_equal (name, OF_THE_BUS "InvalidArgs") ? TRK_ERROR_USAGE : TRK_ERROR_FAILED;
}

TrkBusReply
trk_bus_error_reply (const char *name, const char **why)
{
  *why = NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (failures); i++)
    if (g_str_equal (name, failures[i].name))
      {
        *why = failures[i].words;
        return failures[i].reply;
      }
  return TRK_BUS_ANSWERED;
}

GError *
trk_bus_error_from_name (const char *name, const char *message)
{
  const char *why;

  if (trk_bus_error_reply (name, &why) != TRK_BUS_ANSWERED)
    return trk_bus_error_nobody (why);
  return g_error_new_literal (TRK_ERROR, code_of (name), message);
}
