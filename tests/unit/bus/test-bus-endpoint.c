/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-bus-endpoint.h"

#include <string.h>

#define HUNDRED                                                                                    \
  "/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" \
  "aaaaaa"

/* "@" is the zero before an abstract name; NULL: for GIO. */
static const struct
{
  const char *address;
  const char *names[3];
} table[] = {
  { "unix:path=/run/user/1000/bus", { "/run/user/1000/bus" } },
  { "unix:path=/tmp/dbus-x,guid=ce30db7542225ad0", { "/tmp/dbus-x" } },
  { "unix:guid=ce30db7542225ad0,path=/tmp/dbus-x", { "/tmp/dbus-x" } },
  { "unix:path=/a%20b%2c%3b%25", { "/a b,;%" } },
  { "unix:path=/%c3%a4", { "/\xc3\xa4" } },
  { "unix:abstract=/tmp/dbus-x", { "@/tmp/dbus-x" } },
  { "unix:runtime=yes", { "/run/user/7/bus" } },
  { "unix:path=/a;unix:abstract=b", { "/a", "@b" } },
  { "unix:path=/a;", { "/a" } },
  { ";unix:path=/a;;unix:path=/b", { "/a", "/b" } },
  { "unix:path=" HUNDRED "bbbbbb", { HUNDRED "bbbbbb" } },
  { "", { NULL } },
  { ";", { NULL } },
  { "unix:", { NULL } },
  { "unix:path", { NULL } },
  { "unix:path=", { NULL } },
  { "unix:paths=/a", { NULL } },
  { "unix:path=/a%", { NULL } },
  { "unix:path=/a%zz", { NULL } },
  { "unix:path=/a%00b", { NULL } },
  { "unix:path=/a,abstract=b", { NULL } },
  { "unix:runtime=no", { NULL } },
  { "unix:tmpdir=/tmp", { NULL } },
  { "unix:path=" HUNDRED "bbbbbbbb", { NULL } },
  { "unixexec:path=/bin/true", { NULL } },
  { "tcp:host=127.0.0.1,port=4711", { NULL } },
  { "nonce-tcp:host=127.0.0.1,port=4711,noncefile=/x", { NULL } },
  { "unix:path=/a;tcp:host=127.0.0.1,port=4711", { NULL } },
  { "autolaunch:", { NULL } },
  { "launchd:env=X", { NULL } },
  { "nonsense", { NULL } },
};

static char *
name_of (const TrkBusEndpoint *endpoint)
{
  gsize length = endpoint->length - G_STRUCT_OFFSET (struct sockaddr_un, sun_path);
  const char *name = endpoint->name.sun_path;

  if (*name == '\0')
    return g_strdup_printf ("@%.*s", (int) length - 1, name + 1);
  g_assert_cmpuint (strlen (name) + 1, ==, length);
  return g_strdup (name);
}

static void
test_table (void)
{
  g_setenv ("XDG_RUNTIME_DIR", "/run/user/7", TRUE);
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (GArray) endpoints = trk_bus_endpoints (table[i].address);
      guint n = endpoints != NULL ? endpoints->len : 0;

      g_test_message ("%s", table[i].address);
      for (guint j = 0; j < n; j++)
        {
          g_autofree char *name = name_of (&g_array_index (endpoints, TrkBusEndpoint, j));

          g_assert_cmpstr (name, ==, table[i].names[j]);
        }
      g_assert_null (table[i].names[n]);
    }
}

static void
test_no_runtime_folder (void)
{
  g_unsetenv ("XDG_RUNTIME_DIR");
  g_assert_null (trk_bus_endpoints ("unix:runtime=yes"));
  g_setenv ("XDG_RUNTIME_DIR", "relative", TRUE);
  g_assert_null (trk_bus_endpoints ("unix:runtime=yes"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/bus-endpoint/table", test_table);
  g_test_add_func ("/bus-endpoint/no-runtime-folder", test_no_runtime_folder);
  return g_test_run ();
}
