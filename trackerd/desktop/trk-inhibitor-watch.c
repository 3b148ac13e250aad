/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-inhibitor-watch.h"

#include "trk-dbus-answer.h"
#include "trk-inhibitor-cause.h"
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
  TrkInhibitorCause cause;
} Keeper;

struct _TrkInhibitorWatch
{
  GDBusConnection *bus;
  Keeper keepers[N_KEEPERS];
};

static void
on_named (const char *program, const char *reason, gpointer data)
{
  Keeper *keeper = data;

  trk_inhibitor_cause_set (&keeper->cause, trk_inhibitor_sentence (program, reason));
}

static void
on_answer (GObject *bus, GAsyncResult *result, gpointer data)
{
  gboolean gone, held = FALSE;
  g_autoptr (GVariant) reply = trk_dbus_answer (bus, result, &gone, NULL);
  Keeper *keeper = data;

  if (gone)
    return;
  if (reply != NULL)
    g_variant_get (reply, "(b)", &held);
  if (!held)
    trk_inhibitor_cause_set (&keeper->cause, NULL);
  else if (keeper->type->is_gnome)
    trk_inhibitor_name_find (keeper->watch->bus, keeper->cause.asking, on_named, keeper);
  else
    trk_inhibitor_cause_set (&keeper->cause, trk_inhibitor_sentence (NULL, NULL));
}

static void
ask (Keeper *keeper)
{
  const KeeperType *type = keeper->type;

  g_dbus_connection_call (keeper->watch->bus, type->name, type->path, type->interface, type->ask,
                          type->is_gnome ? g_variant_new ("(u)", TRK_GNOME_IDLE) : NULL,
                          G_VARIANT_TYPE ("(b)"), G_DBUS_CALL_FLAGS_NO_AUTO_START, -1,
                          trk_inhibitor_cause_ask (&keeper->cause), on_answer, keeper);
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
  Keeper *keeper = data;

  trk_inhibitor_cause_forget (&keeper->cause);
  trk_inhibitor_cause_set (&keeper->cause, NULL);
}

TrkInhibitorWatch *
trk_inhibitor_watch_new (GDBusConnection *bus, void (*changed) (gpointer data), gpointer data)
{
  TrkInhibitorWatch *watch = g_new0 (TrkInhibitorWatch, 1);

  watch->bus = g_object_ref (bus);
  for (gsize i = 0; i < N_KEEPERS; i++)
    {
      Keeper *keeper = &watch->keepers[i];

      keeper->watch = watch;
      keeper->type = &types[i];
      keeper->cause = (TrkInhibitorCause){ .changed = changed, .data = data };
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
    cause = watch->keepers[i].cause.text;
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
      trk_inhibitor_cause_clear (&watch->keepers[i].cause);
    }
  g_object_unref (watch->bus);
  g_free (watch);
}
