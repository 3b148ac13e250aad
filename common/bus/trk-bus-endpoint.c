/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-bus-endpoint.h"

#include <string.h>

/* The value of @key among @pairs, unescaped (owned); NULL: not there, or no text. */
static char *
value_of (char **pairs, const char *key)
{
  gsize length = strlen (key);

  for (guint i = 0; pairs[i] != NULL; i++)
    if (strncmp (pairs[i], key, length) == 0 && pairs[i][length] == '=')
      return g_uri_unescape_string (pairs[i] + length + 1, NULL);
  return NULL;
}

/* An abstract name begins with a zero and ends where it ends. */
static gboolean
set_name (TrkBusEndpoint *endpoint, const char *name, gboolean abstract)
{
  gsize length = strlen (name);

  if (length == 0 || length + 1 > sizeof endpoint->name.sun_path)
    return FALSE;
  *endpoint = (TrkBusEndpoint){ .name.sun_family = AF_UNIX };
  memcpy (endpoint->name.sun_path + (abstract ? 1 : 0), name, length);
  endpoint->length = (socklen_t) (G_STRUCT_OFFSET (struct sockaddr_un, sun_path) + length + 1);
  return TRUE;
}

static gboolean
set_runtime (TrkBusEndpoint *endpoint)
{
  const char *runtime = g_getenv ("XDG_RUNTIME_DIR");
  g_autofree char *path = NULL;

  if (runtime == NULL || !g_path_is_absolute (runtime))
    return FALSE;
  path = g_build_filename (runtime, "bus", NULL);
  return set_name (endpoint, path, FALSE);
}

/* "unix:path=/run/user/1000/bus,guid=…" */
static gboolean
parse (const char *address, TrkBusEndpoint *endpoint)
{
  g_auto (GStrv) pairs = NULL;
  g_autofree char *path = NULL, *abstract = NULL, *runtime = NULL;

  if (!g_str_has_prefix (address, "unix:"))
    return FALSE;
  pairs = g_strsplit (address + strlen ("unix:"), ",", -1);
  path = value_of (pairs, "path");
  abstract = value_of (pairs, "abstract");
  runtime = value_of (pairs, "runtime");
  if ((path != NULL) + (abstract != NULL) + (runtime != NULL) != 1)
    return FALSE;
  if (runtime != NULL)
    return g_str_equal (runtime, "yes") && set_runtime (endpoint);
  return set_name (endpoint, path != NULL ? path : abstract, abstract != NULL);
}

GArray *
trk_bus_endpoints (const char *address)
{
  g_auto (GStrv) parts = g_strsplit (address, ";", -1);
  g_autoptr (GArray) endpoints = g_array_new (FALSE, FALSE, sizeof (TrkBusEndpoint));

  for (guint i = 0; parts[i] != NULL; i++)
    {
      TrkBusEndpoint endpoint;

      if (*parts[i] == '\0')
        continue;
      if (!parse (parts[i], &endpoint))
        return NULL;
      g_array_append_val (endpoints, endpoint);
    }
  return endpoints->len > 0 ? g_steal_pointer (&endpoints) : NULL;
}
