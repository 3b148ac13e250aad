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

const char *
trk_bus_error_remote_lost (const GError *error)
{
  g_autofree char *name = g_dbus_error_get_remote_error (error);

  if (name != NULL)
    return trk_bus_error_why_lost (name);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    return "the daemon does not answer";
  return error->domain == G_IO_ERROR ? "the session bus went away" : NULL;
}

GError *
trk_bus_error_from_remote (GError *error)
{
  g_autoptr (GError) old = error;
  g_autofree char *name = g_dbus_error_get_remote_error (old);
  const char *lost = trk_bus_error_remote_lost (old);

  if (lost != NULL)
    return trk_bus_error_nobody (lost);
  g_dbus_error_strip_remote_error (old);
  return trk_bus_error_from_name (name != NULL ? name : "", old->message);
}
