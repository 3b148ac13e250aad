/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-inhibitor-watch.h"

#include "trk-inhibitor-name.h"

enum
{
  N_KEEPERS = 2,
};

typedef struct
{
  const char *name;
  const char *path;
  const char *interface;
  const char *ask;
  gboolean is_gnome; /* it is asked for a flag, and knows who it is */
} KeeperType;

static const KeeperType types[N_KEEPERS] = {
  { TRK_GNOME_SESSION, "/org/gnome/SessionManager", TRK_GNOME_SESSION, "IsInhibited", TRUE },
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
  GCancellable *asking; /* what was asked last (owned) (nullable) */
  char *cause;          /* NULL: nobody holds it (owned) */
} Keeper;

struct _TrkInhibitorWatch
{
  GDBusConnection *bus;
  void (*changed) (gpointer data);
  gpointer data;
  Keeper keepers[N_KEEPERS];
};

static void
set_cause (Keeper *keeper, char *cause)
{
  g_autofree char *before = keeper->cause;

  keeper->cause = cause;
  if (g_strcmp0 (before, cause) != 0)
    keeper->watch->changed (keeper->watch->data);
}

/* Whatever was asked is of no interest any more. */
static void
forget (Keeper *keeper)
{
  g_cancellable_cancel (keeper->asking);
  g_clear_object (&keeper->asking);
}

static void
on_named (const char *program, const char *reason, gpointer data)
{
  set_cause (data, trk_inhibitor_sentence (program, reason));
}

static void
on_answer (GObject *bus, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply =
      g_dbus_connection_call_finish (G_DBUS_CONNECTION (bus), result, &error);
  Keeper *keeper = data;
  gboolean held = FALSE;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return; /* @data may be gone */
  if (reply != NULL)
    g_variant_get (reply, "(b)", &held);
  if (!held)
    set_cause (keeper, NULL);
  else if (keeper->type->is_gnome)
    trk_inhibitor_name_find (keeper->watch->bus, keeper->asking, on_named, keeper);
  else
    set_cause (keeper, trk_inhibitor_sentence (NULL, NULL));
}

static void
ask (Keeper *keeper)
{
  const KeeperType *type = keeper->type;

  forget (keeper);
  keeper->asking = g_cancellable_new ();
  g_dbus_connection_call (keeper->watch->bus, type->name, type->path, type->interface, type->ask,
                          type->is_gnome ? g_variant_new ("(u)", TRK_GNOME_IDLE) : NULL,
                          G_VARIANT_TYPE ("(b)"), G_DBUS_CALL_FLAGS_NO_AUTO_START, -1,
                          keeper->asking, on_answer, keeper);
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
  forget (data);
  set_cause (data, NULL);
}

TrkInhibitorWatch *
trk_inhibitor_watch_new (GDBusConnection *bus, void (*changed) (gpointer data), gpointer data)
{
  TrkInhibitorWatch *watch = g_new0 (TrkInhibitorWatch, 1);

  watch->bus = g_object_ref (bus);
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

const char *
trk_inhibitor_watch_cause (const TrkInhibitorWatch *watch)
{
  const char *cause = NULL;

  for (gsize i = 0; i < N_KEEPERS && cause == NULL; i++)
    cause = watch->keepers[i].cause;
  return cause;
}

void
trk_inhibitor_watch_free (TrkInhibitorWatch *watch)
{
  if (watch == NULL)
    return;
  for (gsize i = 0; i < N_KEEPERS; i++)
    {
      g_dbus_connection_signal_unsubscribe (watch->bus, watch->keepers[i].signals);
      g_bus_unwatch_name (watch->keepers[i].name);
      forget (&watch->keepers[i]);
      g_free (watch->keepers[i].cause);
    }
  g_object_unref (watch->bus);
  g_free (watch);
}
