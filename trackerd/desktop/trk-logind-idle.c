/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-logind-idle.h"

#include "trk-dbus-answer.h"
#include "trk-inhibitor-cause.h"
#include "trk-inhibitor-name.h"

#include <unistd.h>

#define NAME "org.freedesktop.login1"
#define PATH "/org/freedesktop/login1"
#define MANAGER "org.freedesktop.login1.Manager"
#define PROPERTIES "org.freedesktop.DBus.Properties"

enum
{
  LOOK_AGAIN = 60, /* seconds */
};

struct _TrkLogindIdle
{
  GDBusConnection *bus;
  guint signals;
  guint again; /* a timer; 0 none */
  TrkInhibitorCause cause;
};

static void ask (TrkLogindIdle *idle);

static gboolean
blocks_idle (const char *what, const char *mode)
{
  g_auto (GStrv) words = g_strsplit (what, ":", -1);

  return g_str_equal (mode, "block") && g_strv_contains ((const char *const *) words, "idle");
}

/* Owned by the caller; NULL: none of the user's. @foreign: there is one of somebody else's. */
static char *
find_cause (GVariant *reply, gboolean *foreign)
{
  g_autoptr (GVariantIter) inhibitors = NULL;
  const char *what, *who, *why, *mode;
  char *cause = NULL;
  guint32 uid;

  *foreign = FALSE;
  g_variant_get (reply, "(a(ssssuu))", &inhibitors);
  while (g_variant_iter_next (inhibitors, "(&s&s&s&suu)", &what, &who, &why, &mode, &uid, NULL))
    if (blocks_idle (what, mode) && uid != getuid ())
      *foreign = TRUE;
    else if (blocks_idle (what, mode) && cause == NULL)
      cause = trk_inhibitor_sentence (who, why);
  return cause;
}

static gboolean
on_again (gpointer data)
{
  TrkLogindIdle *idle = data;

  idle->again = 0;
  ask (idle);
  return G_SOURCE_REMOVE;
}

/* While somebody else's is held the property stays as it is when the user's comes or goes, and only
 * asking tells. */
static void
on_listed (GObject *bus, GAsyncResult *result, gpointer data)
{
  gboolean gone, foreign = FALSE;
  g_autoptr (GVariant) reply = trk_dbus_answer (bus, result, &gone, NULL);
  TrkLogindIdle *idle = data;
  char *cause;

  if (gone)
    return;
  cause = reply != NULL ? find_cause (reply, &foreign) : NULL;
  if (foreign && idle->again == 0)
    idle->again = g_timeout_add_seconds (LOOK_AGAIN, on_again, idle);
  trk_inhibitor_cause_set (&idle->cause, cause);
}

static void
ask (TrkLogindIdle *idle)
{
  g_clear_handle_id (&idle->again, g_source_remove);
  g_dbus_connection_call (idle->bus, NAME, PATH, MANAGER, "ListInhibitors", NULL,
                          G_VARIANT_TYPE ("(a(ssssuu))"), G_DBUS_CALL_FLAGS_NO_AUTO_START, -1,
                          trk_inhibitor_cause_ask (&idle->cause), on_listed, idle);
}

/* Whose lock it is only the list says. */
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
  const char *blocked;

  if (properties != NULL && g_variant_lookup (properties, "BlockInhibited", "&s", &blocked))
    ask (data);
}

TrkLogindIdle *
trk_logind_idle_new (GDBusConnection *bus, void (*changed) (gpointer data), gpointer data)
{
  TrkLogindIdle *idle = g_new0 (TrkLogindIdle, 1);

  idle->bus = g_object_ref (bus);
  idle->cause = (TrkInhibitorCause){ .changed = changed, .data = data };
  idle->signals = g_dbus_connection_signal_subscribe (bus, NAME, PROPERTIES, "PropertiesChanged",
                                                      PATH, MANAGER, G_DBUS_SIGNAL_FLAGS_NONE,
                                                      on_properties_changed, idle, NULL);
  ask (idle);
  return idle;
}

const char *
trk_logind_idle_cause (const TrkLogindIdle *idle)
{
  return idle->cause.text;
}

void
trk_logind_idle_free (TrkLogindIdle *idle)
{
  if (idle == NULL)
    return;
  g_dbus_connection_signal_unsubscribe (idle->bus, idle->signals);
  g_clear_handle_id (&idle->again, g_source_remove);
  trk_inhibitor_cause_clear (&idle->cause);
  g_object_unref (idle->bus);
  g_free (idle);
}
