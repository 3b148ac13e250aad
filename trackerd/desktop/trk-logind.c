/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-logind.h"

#include "trk-dbus-answer.h"
#include "trk-logind-idle.h"

#include <gio/gunixfdlist.h>
#include <unistd.h>

#define NAME "org.freedesktop.login1"
#define PATH "/org/freedesktop/login1"
#define MANAGER "org.freedesktop.login1.Manager"
#define SESSION "org.freedesktop.login1.Session"
#define NO_BUS "none: there is no system bus"
#define NO_ANSWER_YET "none: logind has not answered yet"
#define PROPERTIES "org.freedesktop.DBus.Properties"

struct _TrkLogind
{
  GObject parent;

  GCancellable *ending;
  GDBusConnection *bus; /* the system's (owned) (nullable) */
  guint watch;
  guint manager_signals; /* 0: logind is not there */
  guint session_signals;
  guint session_properties;
  TrkLogindIdle *idle; /* (owned) (nullable): logind is not there */
  char *session;       /* object path (owned) (nullable) */
  const char *why_not; /* without a session (static) */
  int inhibitor;       /* a file descriptor; -1 none */
  gboolean locked;
  gboolean wants_lock;
  gboolean asleep;
  gboolean active;
};

G_DEFINE_FINAL_TYPE (TrkLogind, trk_logind, G_TYPE_OBJECT)

static void find_session (TrkLogind *self);

static void
changed (TrkLogind *self)
{
  g_signal_emit_by_name (self, "changed");
}

static void
lack (TrkLogind *self, const char *why_not)
{
  if (g_strcmp0 (why_not, self->why_not) == 0)
    return;
  self->why_not = why_not;
  changed (self);
}

/* -- Calls ------------------------------------------------------------------------------------- */

static void
call (TrkLogind *self,
      const char *path,
      const char *interface,
      const char *method,
      GVariant *arguments,
      const char *reply,
      GAsyncReadyCallback done)
{
  g_dbus_connection_call (self->bus, NAME, path, interface, method, arguments,
                          reply != NULL ? G_VARIANT_TYPE (reply) : NULL,
                          G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, self->ending, done, self);
}

/* NULL: no answer. @gone: nobody is there any more to take it, and @data is gone as well. */
static GVariant *
finish (GObject *bus, GAsyncResult *result, gboolean *gone)
{
  g_autoptr (GError) error = NULL;
  GVariant *reply = trk_dbus_answer (bus, result, gone, &error);

  if (reply == NULL && !*gone)
    g_debug ("logind does not answer: %s", error->message);
  return reply;
}

/* -- Sleep ------------------------------------------------------------------------------------- */

void
trk_logind_let_sleep (TrkLogind *self)
{
  if (self->inhibitor >= 0)
    close (self->inhibitor);
  self->inhibitor = -1;
}

static void
on_inhibited (GObject *bus, GAsyncResult *result, gpointer data)
{
  TrkLogind *self = data;
  g_autoptr (GUnixFDList) descriptors = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = g_dbus_connection_call_with_unix_fd_list_finish (
      G_DBUS_CONNECTION (bus), &descriptors, result, &error);
  gint32 index;

  if (reply == NULL || descriptors == NULL)
    return;
  g_variant_get (reply, "(h)", &index);
  trk_logind_let_sleep (self);
  self->inhibitor = g_unix_fd_list_get (descriptors, index, NULL);
}

/* Sleep is put off until the log has its last word. */
static void
inhibit_sleep (TrkLogind *self)
{
  g_dbus_connection_call_with_unix_fd_list (
      self->bus, NAME, PATH, MANAGER, "Inhibit",
      g_variant_new ("(ssss)", "sleep", "trackerd", "Writes down when time ended", "delay"),
      G_VARIANT_TYPE ("(h)"), G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, NULL, self->ending, on_inhibited,
      self);
}

/* -- The session ------------------------------------------------------------------------------- */

static void
take_properties (TrkLogind *self, GVariant *properties)
{
  gboolean value;

  if (g_variant_lookup (properties, "LockedHint", "b", &value))
    {
      self->locked = value;
      self->wants_lock = FALSE; /* whoever says that it is locked will say when it is not */
    }
  if (g_variant_lookup (properties, "Active", "b", &value))
    self->active = value;
  changed (self);
}

static void
on_properties (GObject *bus, GAsyncResult *result, gpointer data)
{
  gboolean gone;
  g_autoptr (GVariant) reply = finish (bus, result, &gone);
  g_autoptr (GVariant) properties = NULL;

  if (reply == NULL)
    return;
  properties = g_variant_get_child_value (reply, 0);
  take_properties (data, properties);
}

static void
on_properties_changed (GDBusConnection *bus,
                       const char *sender,
                       const char *path,
                       const char *interface,
                       const char *signal,
                       GVariant *parameters,
                       gpointer data)
{
  g_autoptr (GVariant) properties = trk_dbus_changed_properties (parameters);

  if (properties != NULL)
    take_properties (data, properties);
}

static void
on_session_signal (GDBusConnection *bus,
                   const char *sender,
                   const char *path,
                   const char *interface,
                   const char *signal,
                   GVariant *parameters,
                   gpointer data)
{
  TrkLogind *self = data;

  if (g_str_equal (signal, "Lock"))
    self->wants_lock = !self->locked;
  else if (g_str_equal (signal, "Unlock"))
    self->wants_lock = self->locked = FALSE;
  else
    return;
  changed (self);
}

static void
leave_session (TrkLogind *self)
{
  if (self->session_signals != 0)
    g_dbus_connection_signal_unsubscribe (self->bus, self->session_signals);
  if (self->session_properties != 0)
    g_dbus_connection_signal_unsubscribe (self->bus, self->session_properties);
  self->session_signals = self->session_properties = 0;
  g_clear_pointer (&self->session, g_free);
  self->locked = self->wants_lock = FALSE;
  self->active = TRUE;
}

static void
take_session (TrkLogind *self, const char *path)
{
  if (g_strcmp0 (self->session, path) == 0)
    return;
  leave_session (self);
  if (path != NULL)
    {
      self->session = g_strdup (path);
      self->session_signals = g_dbus_connection_signal_subscribe (
          self->bus, NAME, SESSION, NULL, path, NULL, G_DBUS_SIGNAL_FLAGS_NONE, on_session_signal,
          self, NULL);
      self->session_properties = g_dbus_connection_signal_subscribe (
          self->bus, NAME, PROPERTIES, "PropertiesChanged", path, SESSION, G_DBUS_SIGNAL_FLAGS_NONE,
          on_properties_changed, self, NULL);
      call (self, path, PROPERTIES, "GetAll", g_variant_new ("(s)", SESSION), "(a{sv})",
            on_properties);
    }
  changed (self);
}

/* The path of ours among @sessions (borrowed), or NULL. It is the one that we were started in; a
 * daemon of the user's systemd is in none, and takes the user's first one that has a seat: a screen
 * and a keyboard. */
static const char *
own_session (GVariantIter *sessions)
{
  const char *own = g_getenv ("XDG_SESSION_ID");
  const char *id, *seat, *path, *found = NULL;
  guint uid;

  while (g_variant_iter_next (sessions, "(&su&s&s&o)", &id, &uid, NULL, &seat, &path))
    {
      if (uid != getuid () || *seat == '\0')
        continue;
      if (found == NULL || g_strcmp0 (id, own) == 0)
        found = path;
    }
  return found;
}

static void
on_sessions (GObject *bus, GAsyncResult *result, gpointer data)
{
  TrkLogind *self = data;
  gboolean gone;
  g_autoptr (GVariant) reply = finish (bus, result, &gone);
  g_autoptr (GVariantIter) sessions = NULL;
  const char *found;

  if (gone)
    return;
  if (reply == NULL)
    {
      lack (self, "none: logind does not answer");
      return;
    }
  g_variant_get (reply, "(a(susso))", &sessions);
  found = own_session (sessions);
  if (found == NULL)
    lack (self, "none: logind knows no session of yours at a screen");
  take_session (self, found);
}

static void
find_session (TrkLogind *self)
{
  call (self, PATH, MANAGER, "ListSessions", NULL, "(a(susso))", on_sessions);
}

/* -- logind and the bus ------------------------------------------------------------------------ */

static void
on_kept_awake (gpointer data)
{
  g_signal_emit_by_name (data, "kept-awake");
}

static void
on_manager_signal (GDBusConnection *bus,
                   const char *sender,
                   const char *path,
                   const char *interface,
                   const char *signal,
                   GVariant *parameters,
                   gpointer data)
{
  TrkLogind *self = data;
  gboolean begins;

  if (g_str_equal (signal, "SessionNew") || g_str_equal (signal, "SessionRemoved"))
    find_session (self);
  if (!g_str_equal (signal, "PrepareForSleep")
      || !g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(b)")))
    return;
  g_variant_get (parameters, "(b)", &begins);
  self->asleep = begins;
  changed (self);
  g_signal_emit_by_name (self, "sleeping", begins);
  if (begins)
    trk_logind_let_sleep (self); /* in case nobody listens */
  else
    inhibit_sleep (self);
}

static void
on_appeared (GDBusConnection *bus, const char *name, const char *owner, gpointer data)
{
  TrkLogind *self = data;

  self->manager_signals =
      g_dbus_connection_signal_subscribe (bus, NAME, MANAGER, NULL, PATH, NULL,
                                          G_DBUS_SIGNAL_FLAGS_NONE, on_manager_signal, self, NULL);
  lack (self, NO_ANSWER_YET);
  inhibit_sleep (self);
  find_session (self);
  self->idle = trk_logind_idle_new (bus, on_kept_awake, self);
}

static void
on_vanished (GDBusConnection *bus, const char *name, gpointer data)
{
  TrkLogind *self = data;

  lack (self, "none: logind does not run");
  if (self->manager_signals == 0)
    return;
  g_dbus_connection_signal_unsubscribe (self->bus, self->manager_signals);
  self->manager_signals = 0;
  trk_logind_let_sleep (self);
  leave_session (self);
  self->asleep = FALSE;
  g_clear_pointer (&self->idle, trk_logind_idle_free);
  changed (self);
  on_kept_awake (self);
}

static void
on_connected (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  GDBusConnection *bus = g_dbus_connection_new_for_address_finish (result, &error);
  TrkLogind *self = data;

  if (bus == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        lack (self, NO_BUS);
      return;
    }
  self->bus = bus;
  self->watch = g_bus_watch_name_on_connection (bus, NAME, G_BUS_NAME_WATCHER_FLAGS_NONE,
                                                on_appeared, on_vanished, self, NULL);
}

const char *
trk_logind_describe (TrkLogind *self)
{
  return self->session != NULL ? "logind" : self->why_not;
}

gboolean
trk_logind_is_locked (TrkLogind *self)
{
  return self->locked;
}

gboolean
trk_logind_wants_lock (TrkLogind *self)
{
  return self->wants_lock;
}

void
trk_logind_forget_lock (TrkLogind *self)
{
  self->wants_lock = FALSE;
}

gboolean
trk_logind_is_asleep (TrkLogind *self)
{
  return self->asleep;
}

gboolean
trk_logind_is_switched_away (TrkLogind *self)
{
  return !self->active;
}

const char *
trk_logind_kept_awake_by (TrkLogind *self)
{
  return self->idle != NULL ? trk_logind_idle_cause (self->idle) : NULL;
}

gboolean
trk_logind_lock (TrkLogind *self)
{
  if (self->session == NULL)
    return FALSE;
  call (self, self->session, SESSION, "Lock", NULL, NULL, NULL);
  return TRUE;
}

static void
trk_logind_dispose (GObject *object)
{
  TrkLogind *self = TRK_LOGIND (object);

  g_cancellable_cancel (self->ending);
  if (self->watch != 0)
    g_bus_unwatch_name (self->watch);
  self->watch = 0;
  g_clear_pointer (&self->idle, trk_logind_idle_free);
  if (self->bus != NULL)
    leave_session (self);
  if (self->manager_signals != 0)
    g_dbus_connection_signal_unsubscribe (self->bus, self->manager_signals);
  self->manager_signals = 0;
  trk_logind_let_sleep (self);
  G_OBJECT_CLASS (trk_logind_parent_class)->dispose (object);
}

static void
trk_logind_finalize (GObject *object)
{
  TrkLogind *self = TRK_LOGIND (object);

  g_clear_object (&self->bus);
  g_object_unref (self->ending);
  G_OBJECT_CLASS (trk_logind_parent_class)->finalize (object);
}

static void
trk_logind_class_init (TrkLogindClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = trk_logind_dispose;
  G_OBJECT_CLASS (klass)->finalize = trk_logind_finalize;
  g_signal_new ("changed", TRK_TYPE_LOGIND, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_signal_new ("kept-awake", TRK_TYPE_LOGIND, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                0);
  g_signal_new ("sleeping", TRK_TYPE_LOGIND, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                G_TYPE_BOOLEAN);
}

static void
trk_logind_init (TrkLogind *self)
{
  self->inhibitor = -1;
  self->active = TRUE;
  self->why_not = NO_ANSWER_YET;
  self->ending = g_cancellable_new ();
}

TrkLogind *
trk_logind_new (void)
{
  TrkLogind *self = g_object_new (TRK_TYPE_LOGIND, NULL);
  g_autofree char *address =
      g_dbus_address_get_for_bus_sync (G_BUS_TYPE_SYSTEM, NULL, NULL); /* does not connect */

  if (address == NULL)
    self->why_not = NO_BUS;
  else
    g_dbus_connection_new_for_address (address,
                                       G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT
                                           | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
                                       NULL, self->ending, on_connected, self);
  return self;
}
