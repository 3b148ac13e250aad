/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-bus-error.h"

void
trk_bus_error_register (void)
{
  static gsize registered = 0;

  if (!g_once_init_enter (&registered))
    return;
  for (int code = 0; code <= TRK_ERROR_BUSY; code++)
    g_dbus_error_register_error (TRK_ERROR, code, trk_bus_error_name (code));
  g_once_init_leave (&registered, 1);
}

TrkBusReply
trk_bus_error_remote_reply (const GError *error, const char **why)
{
  g_autofree char *name = g_dbus_error_get_remote_error (error);

  if (name != NULL)
    return trk_bus_error_reply (name, why);
  *why = NULL;
  if (error->domain != G_IO_ERROR)
    return TRK_BUS_ANSWERED;
  *why = error->code == G_IO_ERROR_TIMED_OUT ? "the daemon does not answer"
                                             : "the session bus went away";
  return TRK_BUS_LOST;
}

GError *
trk_bus_error_from_remote (GError *error)
{
  g_autoptr (GError) old = error;
  g_autofree char *name = g_dbus_error_get_remote_error (old);
  const char *why;

  if (trk_bus_error_remote_reply (old, &why) != TRK_BUS_ANSWERED)
    return trk_bus_error_nobody (why);
  g_dbus_error_strip_remote_error (old);
  return trk_bus_error_from_name (name != NULL ? name : "", old->message);
}
