/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-private-bus.h"

#define ADDRESS_VARIABLE "DBUS_SESSION_BUS_ADDRESS"

struct _TrkPrivateBus
{
  GSubprocess *daemon;
  char *address;
};

/* --nofork and a pipe of its own: nothing that outlives the test holds the test's output. */
TrkPrivateBus *
trk_private_bus_new (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDataInputStream) output = NULL;
  TrkPrivateBus *bus = g_new0 (TrkPrivateBus, 1);

  bus->daemon =
      g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE, &error,
                        "dbus-daemon", "--session", "--nofork", "--print-address=1", NULL);
  g_assert_no_error (error);
  output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (bus->daemon));
  bus->address = g_data_input_stream_read_line (output, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (bus->address);
  g_setenv (ADDRESS_VARIABLE, bus->address, TRUE);
  return bus;
}

const char *
trk_private_bus_address (const TrkPrivateBus *bus)
{
  return bus->address;
}

void
trk_private_bus_stop (TrkPrivateBus *bus)
{
  if (bus->daemon == NULL)
    return;
  g_subprocess_force_exit (bus->daemon);
  g_subprocess_wait (bus->daemon, NULL, NULL);
  g_clear_object (&bus->daemon);
  g_unsetenv (ADDRESS_VARIABLE);
}

void
trk_private_bus_free (TrkPrivateBus *bus)
{
  if (bus == NULL)
    return;
  trk_private_bus_stop (bus);
  g_free (bus->address);
  g_free (bus);
}
