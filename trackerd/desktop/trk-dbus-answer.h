/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The answer to g_dbus_connection_call() on @bus, owned by the caller; NULL with @error. @gone: it
 * was cancelled, so that whoever asked may be gone, and nothing of theirs may be touched. */
GVariant *trk_dbus_answer (GObject *bus, GAsyncResult *result, gboolean *gone, GError **error);

/* What has changed by the parameters of org.freedesktop.DBus.Properties' PropertiesChanged (a
 * dictionary), owned by the caller; NULL: they are of another form. */
GVariant *trk_dbus_changed_properties (GVariant *parameters);

G_END_DECLS
