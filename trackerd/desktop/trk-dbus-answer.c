/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-dbus-answer.h"

GVariant *
trk_dbus_answer (GObject *bus, GAsyncResult *result, gboolean *gone, GError **error)
{
  g_autoptr (GError) local = NULL;
  GVariant *reply = g_dbus_connection_call_finish (G_DBUS_CONNECTION (bus), result, &local);

  *gone = g_error_matches (local, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  return reply;
}

GVariant *
trk_dbus_changed_properties (GVariant *parameters)
{
  return g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(sa{sv}as)"))
             ? g_variant_get_child_value (parameters, 1)
             : NULL;
}
