/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-inhibitor-watch.h"

enum
{
  GNOME_IDLE = 8, /* the flag "inhibit the session being marked as idle" */
  N_KEEPERS = 2,
};

typedef struct
{
  const char *name;
  const char *path;
  const char *interface;
  const char *ask;
  gboolean asks_flag;
} KeeperType;

static const KeeperType types[N_KEEPERS] = {
  { "org.gnome.SessionManager", "/org/gnome/SessionManager", "org.gnome.SessionManager",
    "IsInhibited", TRUE },
  { "org.freedesktop.PowerManagement.Inhibit", "/org/freedesktop/PowerManagement/Inhibit",
    "org.freedesktop.PowerManagement.Inhibit", "HasInhibit", FALSE },
};

/* Who keeps the list of them. */
typedef struct
{
  TrkInhibitorWatch *watch;
  const KeeperType *type;
  guint name;
  guint signals;
  gboolean held;
} Keeper;

struct _TrkInhibitorWatch
{
  GDBusConnection *bus;
  GCancellable *ending;
  void (*changed) (gboolean held, gpointer data);
  gpointer data;
  gboolean held;
  Keeper keepers[N_KEEPERS];
};

static void
set_held (Keeper *keeper, gboolean held)
{
  TrkInhibitorWatch *watch = keeper->watch;
  gboolean any = FALSE;

  keeper->held = held;
  for (gsize i = 0; i < N_KEEPERS; i++)
    any = any || watch->keepers[i].held;
  if (any == watch->held)
    return;
  watch->held = any;
  watch->changed (any, watch->data);
}

static void
on_answer (GObject *bus, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply =
      g_dbus_connection_call_finish (G_DBUS_CONNECTION (bus), result, &error);
  gboolean held;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return; /* @data is gone */
  if (reply == NULL)
    {
      set_held (data, FALSE);
      return;
    }
  g_variant_get (reply, "(b)", &held);
  set_held (data, held);
}

static void
ask (Keeper *keeper)
{
  const KeeperType *type = keeper->type;

  g_dbus_connection_call (keeper->watch->bus, type->name, type->path, type->interface, type->ask,
                          type->asks_flag ? g_variant_new ("(u)", GNOME_IDLE) : NULL,
                          G_VARIANT_TYPE ("(b)"), G_DBUS_CALL_FLAGS_NO_AUTO_START, -1,
                          keeper->watch->ending, on_answer, keeper);
}

static void
on_signal (GDBusConnection *bus,
           const char *sender,
           const char *path,
           const char *interface,
           const char *signal,
           GVariant *parameters,
           gpointer data)
{
  ask (data);
}

static void
on_appeared (GDBusConnection *bus, const char *name, const char *owner, gpointer data)
{
  ask (data);
}

static void
on_vanished (GDBusConnection *bus, const char *name, gpointer data)
{
  set_held (data, FALSE);
}

TrkInhibitorWatch *
trk_inhibitor_watch_new (GDBusConnection *bus,
                         void (*changed) (gboolean held, gpointer data),
                         gpointer data)
{
  TrkInhibitorWatch *watch = g_new0 (TrkInhibitorWatch, 1);

  watch->bus = g_object_ref (bus);
  watch->ending = g_cancellable_new ();
  watch->changed = changed;
  watch->data = data;
  for (gsize i = 0; i < N_KEEPERS; i++)
    {
      Keeper *keeper = &watch->keepers[i];

      keeper->watch = watch;
      keeper->type = &types[i];
      keeper->signals = g_dbus_connection_signal_subscribe (
          bus, types[i].name, types[i].interface, NULL, types[i].path, NULL,
          G_DBUS_SIGNAL_FLAGS_NONE, on_signal, keeper, NULL);
      keeper->name =
          g_bus_watch_name_on_connection (bus, types[i].name, G_BUS_NAME_WATCHER_FLAGS_NONE,
                                          on_appeared, on_vanished, keeper, NULL);
    }
  return watch;
}

gboolean
trk_inhibitor_watch_held (TrkInhibitorWatch *watch)
{
  return watch->held;
}

void
trk_inhibitor_watch_free (TrkInhibitorWatch *watch)
{
  if (watch == NULL)
    return;
  g_cancellable_cancel (watch->ending);
  for (gsize i = 0; i < N_KEEPERS; i++)
    {
      g_dbus_connection_signal_unsubscribe (watch->bus, watch->keepers[i].signals);
      g_bus_unwatch_name (watch->keepers[i].name);
    }
  g_object_unref (watch->ending);
  g_object_unref (watch->bus);
  g_free (watch);
}
