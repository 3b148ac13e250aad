/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-screen-lock.h"

static void
on_answer (GObject *bus, GAsyncResult *result, gpointer data)
{
  g_autofree TrkProblem *problem = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply =
      g_dbus_connection_call_finish (G_DBUS_CONNECTION (bus), result, &error);

  g_autofree char *message = NULL;

  if (reply != NULL)
    return;
  message = g_strconcat ("the screen saver does not lock the screen: ", error->message, NULL);
  (*problem) (message);
}

gboolean
trk_screen_lock (TrkLogind *logind, GDBusConnection *bus, TrkProblem problem)
{
  if (trk_logind_lock (logind))
    return TRUE;
  if (bus == NULL)
    return FALSE;
  g_dbus_connection_call (bus, "org.freedesktop.ScreenSaver", "/org/freedesktop/ScreenSaver",
                          "org.freedesktop.ScreenSaver", "Lock", NULL, NULL,
                          G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, NULL, on_answer,
                          g_memdup2 (&problem, sizeof problem));
  return TRUE;
}
