/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-mutter-presence.h"

#define PATH "/org/gnome/Mutter/IdleMonitor/Core"

struct _TrkMutterPresence
{
  GObject parent;

  GDBusConnection *connection; /* (owned) */
  guint subscription;
  guint limit;        /* ms; 0: nothing is watched yet */
  guint idle_watch;   /* 0: none yet */
  guint active_watch; /* 0: none */
  gboolean idle;
};

static void presence_source_init (TrkPresenceSourceInterface *iface);
G_DEFINE_FINAL_TYPE_WITH_CODE (TrkMutterPresence,
                               trk_mutter_presence,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (TRK_TYPE_PRESENCE_SOURCE,
                                                      presence_source_init))

/* -- Calls: @self is kept alive by each until its answer --------------------------------------- */

static void
call (TrkMutterPresence *self,
      const char *method,
      GVariant *arguments,
      const char *reply,
      GAsyncReadyCallback done)
{
  g_dbus_connection_call (self->connection, TRK_MUTTER_NAME, PATH, TRK_MUTTER_NAME, method,
                          arguments, reply != NULL ? G_VARIANT_TYPE (reply) : NULL,
                          G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, NULL, done,
                          done != NULL ? g_object_ref (self) : NULL);
}

/* NULL: it failed, and that was told. */
static GVariant *
finish (TrkMutterPresence *self, GAsyncResult *result)
{
  g_autoptr (GError) error = NULL;
  GVariant *reply = g_dbus_connection_call_finish (self->connection, result, &error);

  if (reply == NULL && self->subscription != 0)
    {
      g_autofree char *why = g_strconcat ("mutter: ", error->message, NULL);

      trk_presence_source_emit_failed (self, why, FALSE);
    }
  return reply;
}

static void
remove_watch (TrkMutterPresence *self, guint *watch)
{
  if (*watch != 0)
    call (self, "RemoveWatch", g_variant_new ("(u)", *watch), NULL, NULL);
  *watch = 0;
}

static void
on_active_watch (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (TrkMutterPresence) self = data;
  g_autoptr (GVariant) reply = finish (self, result);

  if (reply != NULL && self->idle)
    g_variant_get (reply, "(u)", &self->active_watch);
}

static void
become (TrkMutterPresence *self, guint64 milliseconds)
{
  gboolean idle = milliseconds >= self->limit;

  if (idle && self->active_watch == 0)
    call (self, "AddUserActiveWatch", NULL, "(u)", on_active_watch);
  self->idle = idle;
  if (idle)
    trk_presence_source_emit_idle (self, milliseconds);
  else
    trk_presence_source_emit_active (self);
}

/* The answer to GetIdletime; FALSE: it failed, and that was told. */
static gboolean
finish_idle_time (TrkMutterPresence *self, GAsyncResult *result, guint64 *milliseconds)
{
  g_autoptr (GVariant) reply = finish (self, result);

  if (reply != NULL)
    g_variant_get (reply, "(t)", milliseconds);
  return reply != NULL;
}

static void
on_first_time (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (TrkMutterPresence) self = data;
  guint64 milliseconds;

  if (finish_idle_time (self, result, &milliseconds))
    become (self, milliseconds);
}

static void
on_asked_time (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (TrkMutterPresence) self = data;
  guint64 milliseconds;

  if (finish_idle_time (self, result, &milliseconds))
    trk_presence_source_emit_told (self, milliseconds);
}

/* The interval may have passed long ago: what it says is exact. Input in between is no idleness. */
static void
on_idle_time (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (TrkMutterPresence) self = data;
  guint64 milliseconds;

  if (finish_idle_time (self, result, &milliseconds) && milliseconds >= self->limit)
    become (self, milliseconds);
}

static void
on_idle_watch (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (TrkMutterPresence) self = data;
  g_autoptr (GVariant) reply = finish (self, result);
  guint watch;

  if (reply == NULL)
    return;
  g_variant_get (reply, "(u)", &watch);
  remove_watch (self, &self->idle_watch); /* of another limit, asked for meanwhile */
  self->idle_watch = watch;
}

static void
on_fired (GDBusConnection *connection,
          const char *sender,
          const char *path,
          const char *interface,
          const char *signal,
          GVariant *parameters,
          gpointer data)
{
  TrkMutterPresence *self = data;
  guint watch;

  if (!g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(u)")))
    return;
  g_variant_get (parameters, "(u)", &watch);
  if (watch != 0 && watch == self->idle_watch)
    call (self, "GetIdletime", NULL, "(t)", on_idle_time);
  else if (watch != 0 && watch == self->active_watch)
    {
      self->active_watch = 0;
      self->idle = FALSE;
      trk_presence_source_emit_active (self);
    }
}

static const char *
name (TrkPresenceSource *source)
{
  return "mutter";
}

static void
watch (TrkPresenceSource *source, guint limit)
{
  TrkMutterPresence *self = TRK_MUTTER_PRESENCE (source);

  remove_watch (self, &self->idle_watch);
  self->limit = limit;
  call (self, "AddIdleWatch", g_variant_new ("(t)", (guint64) limit), "(u)", on_idle_watch);
  call (self, "GetIdletime", NULL, "(t)", on_first_time);
}

static gboolean
ask (TrkPresenceSource *source)
{
  call (TRK_MUTTER_PRESENCE (source), "GetIdletime", NULL, "(t)", on_asked_time);
  return TRUE;
}

static void
presence_source_init (TrkPresenceSourceInterface *iface)
{
  iface->name = name;
  iface->watch = watch;
  iface->ask = ask;
}

static void
trk_mutter_presence_dispose (GObject *object)
{
  TrkMutterPresence *self = TRK_MUTTER_PRESENCE (object);

  if (self->subscription != 0)
    {
      remove_watch (self, &self->idle_watch);
      remove_watch (self, &self->active_watch);
      g_dbus_connection_signal_unsubscribe (self->connection, self->subscription);
    }
  self->subscription = 0;
  G_OBJECT_CLASS (trk_mutter_presence_parent_class)->dispose (object);
}

static void
trk_mutter_presence_finalize (GObject *object)
{
  g_clear_object (&TRK_MUTTER_PRESENCE (object)->connection);
  G_OBJECT_CLASS (trk_mutter_presence_parent_class)->finalize (object);
}

static void
trk_mutter_presence_class_init (TrkMutterPresenceClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = trk_mutter_presence_dispose;
  G_OBJECT_CLASS (klass)->finalize = trk_mutter_presence_finalize;
}

static void
trk_mutter_presence_init (TrkMutterPresence *self)
{
}

TrkPresenceSource *
trk_mutter_presence_new (GDBusConnection *connection)
{
  TrkMutterPresence *self = g_object_new (TRK_TYPE_MUTTER_PRESENCE, NULL);

  self->connection = g_object_ref (connection);
  self->subscription = g_dbus_connection_signal_subscribe (
      connection, TRK_MUTTER_NAME, TRK_MUTTER_NAME, "WatchFired", PATH, NULL,
      G_DBUS_SIGNAL_FLAGS_NONE, on_fired, self, NULL);
  return TRK_PRESENCE_SOURCE (self);
}
