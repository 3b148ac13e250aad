/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-session.h"

#include "trk-error.h"

#include <glib/gstdio.h>

/* Who asks again gets the answer of the first look: what a bar shows each minute looks once. */
static void
test_bus_is_tried_once (void)
{
  g_autofree char *folder = g_dir_make_tmp ("trk-session-XXXXXX", NULL);
  g_autoptr (TrkZone) zone = trk_zone_new ("Europe/Berlin", NULL);
  g_autoptr (TrkSession) session = trk_session_new (0, zone, stdout, stderr);
  g_autoptr (GError) first = NULL;
  g_autoptr (GError) second = NULL;

  g_setenv ("XDG_RUNTIME_DIR", folder, TRUE);
  g_unsetenv ("DBUS_SESSION_BUS_ADDRESS");
  g_assert_null (trk_session_client (session, &first));
  g_assert_error (first, TRK_ERROR, TRK_ERROR_UNREACHABLE);
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus", TRUE);
  g_assert_null (trk_session_client (session, NULL));
  g_assert_null (trk_session_client (session, &second));
  g_assert_error (second, TRK_ERROR, TRK_ERROR_UNREACHABLE);
  g_assert_cmpstr (second->message, ==, first->message);
  g_rmdir (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/session/bus-is-tried-once", test_bus_is_tried_once);
  return g_test_run ();
}
