/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-bus-error.h"

#include "trk-bus-address.h"

static const GDBusErrorEntry entries[] = {
  { TRK_ERROR_FAILED, "org.trackerd.Error.Failed" },
  { TRK_ERROR_USAGE, "org.trackerd.Error.Usage" },
  { TRK_ERROR_NOT_FOUND, "org.trackerd.Error.NotFound" },
  { TRK_ERROR_UNREACHABLE, "org.trackerd.Error.Unreachable" },
  { TRK_ERROR_INVALID, "org.trackerd.Error.Invalid" },
  { TRK_ERROR_CONFLICT, "org.trackerd.Error.Conflict" },
  { TRK_ERROR_STATE, "org.trackerd.Error.State" },
  { TRK_ERROR_STORAGE, "org.trackerd.Error.Storage" },
  { TRK_ERROR_CORRUPT, "org.trackerd.Error.Corrupt" },
  { TRK_ERROR_NEWER, "org.trackerd.Error.Newer" },
  { TRK_ERROR_BUSY, "org.trackerd.Error.Busy" },
};
G_STATIC_ASSERT (G_N_ELEMENTS (entries) == TRK_ERROR_BUSY + 1);

void
trk_bus_error_register (void)
{
  static gsize registered = 0;

  if (!g_once_init_enter (&registered))
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (entries); i++)
    g_dbus_error_register_error (TRK_ERROR, entries[i].error_code, entries[i].dbus_error_name);
  g_once_init_leave (&registered, 1);
}

/* What is to be told about a failure of the bus itself, NULL when it is none. */
static const char *
nobody_answers (const GError *error)
{
  static const struct
  {
    int code;
    const char *words;
  } table[] = {
    { G_DBUS_ERROR_SERVICE_UNKNOWN, "the daemon does not run" },
    { G_DBUS_ERROR_NAME_HAS_NO_OWNER, "the daemon does not run" },
    { G_DBUS_ERROR_NO_REPLY, "the daemon does not answer" },
    { G_DBUS_ERROR_TIMEOUT, "the daemon does not answer" },
    { G_DBUS_ERROR_TIMED_OUT, "the daemon does not answer" },
    { G_DBUS_ERROR_DISCONNECTED, "the session bus went away" },
    { G_DBUS_ERROR_NO_SERVER, "no session bus" },
    { G_DBUS_ERROR_SPAWN_EXEC_FAILED, "the daemon could not be started" },
    { G_DBUS_ERROR_SPAWN_FORK_FAILED, "the daemon could not be started" },
    { G_DBUS_ERROR_SPAWN_CHILD_EXITED, "the daemon could not be started" },
    { G_DBUS_ERROR_SPAWN_CHILD_SIGNALED, "the daemon could not be started" },
    { G_DBUS_ERROR_SPAWN_FAILED, "the daemon could not be started" },
    { G_DBUS_ERROR_SPAWN_SERVICE_NOT_FOUND, "the daemon is not installed for this bus" },
    { G_DBUS_ERROR_SPAWN_FILE_INVALID, "the daemon's activation file is broken" },
  };

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    return "the daemon does not answer";
  if (error->domain == G_IO_ERROR)
    return "the session bus went away";
  if (error->domain != G_DBUS_ERROR)
    return NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    if (error->code == table[i].code)
      return table[i].words;
  return NULL;
}

GError *
trk_bus_error_from_remote (GError *error)
{
  g_autoptr (GError) old = error;
  const char *words = nobody_answers (old);
  gboolean usage = g_error_matches (old, G_DBUS_ERROR, G_DBUS_ERROR_INVALID_ARGS);

  if (words != NULL)
    return g_error_new (TRK_ERROR, TRK_ERROR_UNREACHABLE, TRK_BUS_NOBODY, words);
  g_dbus_error_strip_remote_error (old);
  if (old->domain == TRK_ERROR)
    return g_steal_pointer (&old);
  return g_error_new_literal (TRK_ERROR, usage ? TRK_ERROR_USAGE : TRK_ERROR_FAILED, old->message);
}
