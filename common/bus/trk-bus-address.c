/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-bus-address.h"

/* Not g_dbus_address_escape_value(), which is GIO's: this answers before GIO is loaded. What the
 * D-Bus specification lets stand in an address besides letters and digits; "~" is not among it. */
static char *
escape (const char *path)
{
  g_autofree char *escaped = g_uri_escape_string (path, "/\\*", FALSE);
  g_auto (GStrv) parts = g_strsplit (escaped, "~", -1);

  return g_strjoinv ("%7E", parts);
}

char *
trk_bus_session_address (void)
{
  const char *address = g_getenv ("DBUS_SESSION_BUS_ADDRESS");
  const char *runtime = g_getenv ("XDG_RUNTIME_DIR");
  g_autofree char *path = NULL;
  g_autofree char *escaped = NULL;

  if (address != NULL && *address != '\0')
    return g_strdup (address);
  if (runtime == NULL || !g_path_is_absolute (runtime))
    return NULL;
  path = g_build_filename (runtime, "bus", NULL);
  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return NULL;
  escaped = escape (path);
  return g_strconcat ("unix:path=", escaped, NULL);
}
