/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-systemd-starts.h"

#include <string.h>

#define SYSTEMD "org.freedesktop.systemd1"
#define MANAGER SYSTEMD ".Manager"
#define UNIT SYSTEMD ".Unit"
#define PATH "/org/freedesktop/systemd1"

enum
{
  ANSWER_WITHIN = 5000, /* ms */
  UNITS_AT_ONCE = 32,   /* questions about new units that wait for an answer */
};

struct _TrkSystemdStarts
{
  GObject parent;

  GDBusConnection *bus; /* (owned) */
  GCancellable *ending; /* (owned) */
  guint signals;
  guint name;
  gboolean subscribed;
  guint asked;
};

static void window_source_init (TrkWindowSourceInterface *iface);
G_DEFINE_FINAL_TYPE_WITH_CODE (TrkSystemdStarts,
                               trk_systemd_starts,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (TRK_TYPE_WINDOW_SOURCE, window_source_init))

/* -- Names of units ---------------------------------------------------------------------------- */

/* systemd.unit(5), "String Escaping": \xNN is a byte. */
static char *
unescape (const char *text)
{
  g_autoptr (GString) plain = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p++)
    if (p[0] == '\\' && p[1] == 'x' && g_ascii_isxdigit (p[2]) && g_ascii_isxdigit (p[3]))
      {
        g_string_append_c (plain,
                           (char) (g_ascii_xdigit_value (p[2]) * 16 + g_ascii_xdigit_value (p[3])));
        p += 3;
      }
    else
      g_string_append_c (plain, *p);
  return g_string_free (g_steal_pointer (&plain), FALSE);
}

/* Cut off at the last @mark, if there is one. */
static gboolean
cut_behind (char *text, char mark)
{
  char *last = strrchr (text, mark);

  if (last != NULL)
    *last = '\0';
  return last != NULL;
}

char *
trk_systemd_application (const char *unit)
{
  gboolean scope = g_str_has_suffix (unit, ".scope");
  gboolean activated = g_str_has_prefix (unit, "dbus-");
  g_autofree char *rest = NULL;
  const char *launcher;

  if (!(g_str_has_prefix (unit, "app-") || (activated && !scope))
      || !(scope || g_str_has_suffix (unit, ".service")))
    return NULL;
  rest = g_strdup (strchr (unit, '-') + 1);
  cut_behind (rest, '.');
  if (scope && !cut_behind (rest, '-')) /* what is random; without it there is no ID */
    return NULL;
  if (!scope)
    cut_behind (rest, '@');
  launcher = strrchr (rest, '-');
  return *rest != '\0' ? unescape (launcher != NULL ? launcher + 1 : rest) : NULL;
}

/* -- New units --------------------------------------------------------------------------------- */

typedef struct
{
  TrkSystemdStarts *self; /* (owned) */
  char *application;      /* (owned) */
} Question;

static void
question_free (Question *question)
{
  g_object_unref (question->self);
  g_free (question->application);
  g_free (question);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Question, question_free)

static gboolean
is_up (GVariant *properties)
{
  const char *state = NULL;
  guint job = 0;

  g_variant_lookup (properties, "ActiveState", "&s", &state);
  g_variant_lookup (properties, "Job", "(uo)", &job, NULL);
  return job != 0
         || (state != NULL && !g_str_equal (state, "inactive") && !g_str_equal (state, "failed"));
}

static void
on_properties (GObject *bus, GAsyncResult *result, gpointer data)
{
  g_autoptr (Question) question = data;
  g_autoptr (GVariant) reply =
      g_dbus_connection_call_finish (G_DBUS_CONNECTION (bus), result, NULL);
  g_autoptr (GVariant) properties = NULL;
  g_autoptr (GPtrArray) names = trk_window_names_new ();

  question->self->asked--;
  if (reply == NULL || g_cancellable_is_cancelled (question->self->ending))
    return;
  properties = g_variant_get_child_value (reply, 0);
  trk_window_names_add (names, question->application);
  if (is_up (properties))
    trk_window_source_emit_started (question->self, names);
}

/* A unit is new as well when somebody only looked at it: whether it is started is asked for. */
static void
on_unit_new (GDBusConnection *bus,
             const char *sender,
             const char *path,
             const char *interface,
             const char *signal,
             GVariant *parameters,
             gpointer data)
{
  TrkSystemdStarts *self = data;
  const char *unit, *object;
  g_autofree char *application = NULL;
  Question *question;

  if (!g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(so)")))
    return;
  g_variant_get (parameters, "(&s&o)", &unit, &object);
  application = trk_systemd_application (unit);
  if (application == NULL || self->asked == UNITS_AT_ONCE)
    return;
  question = g_new0 (Question, 1);
  question->self = g_object_ref (self);
  question->application = g_steal_pointer (&application);
  self->asked++;
  g_dbus_connection_call (bus, SYSTEMD, object, "org.freedesktop.DBus.Properties", "GetAll",
                          g_variant_new ("(s)", UNIT), G_VARIANT_TYPE ("(a{sv})"),
                          G_DBUS_CALL_FLAGS_NO_AUTO_START, ANSWER_WITHIN, self->ending,
                          on_properties, question);
}

/* -- The subscription -------------------------------------------------------------------------- */

static void
on_subscribed (GObject *bus, GAsyncResult *result, gpointer data)
{
  g_autoptr (TrkSystemdStarts) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply =
      g_dbus_connection_call_finish (G_DBUS_CONNECTION (bus), result, &error);

  if (g_cancellable_is_cancelled (self->ending))
    return;
  self->subscribed = reply != NULL;
  if (reply != NULL)
    trk_window_source_emit_ready (self);
  else
    trk_window_source_emit_failed (self, "systemd does not tell of new units", FALSE);
}

/* Without it systemd tells nobody (org.freedesktop.systemd1(5), Subscribe()). */
static void
on_appeared (GDBusConnection *bus, const char *name, const char *owner, gpointer data)
{
  TrkSystemdStarts *self = data;

  g_dbus_connection_call (bus, SYSTEMD, PATH, MANAGER, "Subscribe", NULL, NULL,
                          G_DBUS_CALL_FLAGS_NO_AUTO_START, ANSWER_WITHIN, self->ending,
                          on_subscribed, g_object_ref (self));
}

static void
on_vanished (GDBusConnection *bus, const char *name, gpointer data)
{
  TrkSystemdStarts *self = data;

  self->subscribed = FALSE;
  trk_window_source_emit_blind (self, "no systemd on the session bus");
}

static const char *
name (TrkWindowSource *source)
{
  return "systemd";
}

static void
watch (TrkWindowSource *source)
{
  TrkSystemdStarts *self = TRK_SYSTEMD_STARTS (source);

  if (self->name != 0)
    return;
  self->signals =
      g_dbus_connection_signal_subscribe (self->bus, SYSTEMD, MANAGER, "UnitNew", PATH, NULL,
                                          G_DBUS_SIGNAL_FLAGS_NONE, on_unit_new, self, NULL);
  self->name = g_bus_watch_name_on_connection (self->bus, SYSTEMD, G_BUS_NAME_WATCHER_FLAGS_NONE,
                                               on_appeared, on_vanished, self, NULL);
}

/* -- Life -------------------------------------------------------------------------------------- */

static void
window_source_init (TrkWindowSourceInterface *iface)
{
  iface->name = name;
  iface->watch = watch;
}

static void
unsubscribe (TrkSystemdStarts *self)
{
  if (!self->subscribed || g_dbus_connection_is_closed (self->bus))
    return;
  g_dbus_connection_call (self->bus, SYSTEMD, PATH, MANAGER, "Unsubscribe", NULL, NULL,
                          G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, NULL, NULL, NULL);
  self->subscribed = FALSE;
}

static void
trk_systemd_starts_dispose (GObject *object)
{
  TrkSystemdStarts *self = TRK_SYSTEMD_STARTS (object);

  g_cancellable_cancel (self->ending);
  if (self->name != 0)
    {
      g_bus_unwatch_name (self->name);
      g_dbus_connection_signal_unsubscribe (self->bus, self->signals);
    }
  self->name = 0;
  unsubscribe (self);
  G_OBJECT_CLASS (trk_systemd_starts_parent_class)->dispose (object);
}

static void
trk_systemd_starts_finalize (GObject *object)
{
  TrkSystemdStarts *self = TRK_SYSTEMD_STARTS (object);

  g_object_unref (self->ending);
  g_object_unref (self->bus);
  G_OBJECT_CLASS (trk_systemd_starts_parent_class)->finalize (object);
}

static void
trk_systemd_starts_class_init (TrkSystemdStartsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = trk_systemd_starts_dispose;
  G_OBJECT_CLASS (klass)->finalize = trk_systemd_starts_finalize;
}

static void
trk_systemd_starts_init (TrkSystemdStarts *self)
{
  self->ending = g_cancellable_new ();
}

TrkWindowSource *
trk_systemd_starts_new (GDBusConnection *bus)
{
  TrkSystemdStarts *self = g_object_new (TRK_TYPE_SYSTEMD_STARTS, NULL);

  self->bus = g_object_ref (bus);
  return TRK_WINDOW_SOURCE (self);
}
