/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-bus-error.h"

#include "trk-bus-error-name.h"

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

GError *
trk_bus_error_from_remote (GError *error)
{
  g_autoptr (GError) old = error;
  g_autofree char *name = g_dbus_error_get_remote_error (old);

  if (name == NULL && g_error_matches (old, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    return trk_bus_error_nobody ("the daemon does not answer");
  if (name == NULL && old->domain == G_IO_ERROR)
    return trk_bus_error_nobody ("the session bus went away");
  g_dbus_error_strip_remote_error (old);
  return trk_bus_error_from_name (name != NULL ? name : "", old->message);
}
