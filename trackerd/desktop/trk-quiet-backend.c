/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-quiet-backend.h"

#define NOTIFICATIONS "org.freedesktop.Notifications"
#define PROPERTIES "org.freedesktop.DBus.Properties"
#define DUNST "org.dunstproject.cmd0"
#define MAKO_MODE "do-not-disturb" /* as its manual page calls it, mako(5) */

/* -- dunst: a property ------------------------------------------------------------------------- */

static GVariant *
dunst_question (void)
{
  return g_variant_new ("(ss)", DUNST, "paused");
}

static gboolean
dunst_is_on (GVariant *reply)
{
  g_autoptr (GVariant) value = NULL;

  if (!g_variant_is_of_type (reply, G_VARIANT_TYPE ("(v)")))
    return FALSE;
  g_variant_get (reply, "(v)", &value);
  return g_variant_is_of_type (value, G_VARIANT_TYPE_BOOLEAN) && g_variant_get_boolean (value);
}

static GVariant *
dunst_order (GVariant *known, gboolean on)
{
  return g_variant_new ("(ssv)", DUNST, "paused", g_variant_new_boolean (on));
}

/* -- mako: one of its modes; what the mode does stands in the user's configuration ------------- */

static gboolean
mako_is_on (GVariant *reply)
{
  g_autofree const char **modes = NULL;

  if (!g_variant_is_of_type (reply, G_VARIANT_TYPE ("(as)")))
    return FALSE;
  g_variant_get (reply, "(^a&s)", &modes);
  return g_strv_contains (modes, MAKO_MODE);
}

/* The other modes stay as they are. */
static GVariant *
mako_order (GVariant *known, gboolean on)
{
  g_autofree const char **modes = NULL;
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("as"));
  if (known != NULL && g_variant_is_of_type (known, G_VARIANT_TYPE ("(as)")))
    g_variant_get (known, "(^a&s)", &modes);
  for (guint i = 0; modes != NULL && modes[i] != NULL; i++)
    if (!g_str_equal (modes[i], MAKO_MODE))
      g_variant_builder_add (&builder, "s", modes[i]);
  if (on)
    g_variant_builder_add (&builder, "s", MAKO_MODE);
  return g_variant_new ("(as)", &builder);
}

/* -- SwayNotificationCenter -------------------------------------------------------------------- */

static gboolean
swaync_is_on (GVariant *reply)
{
  gboolean on = FALSE;

  if (g_variant_is_of_type (reply, G_VARIANT_TYPE ("(b)")))
    g_variant_get (reply, "(b)", &on);
  return on;
}

static GVariant *
swaync_order (GVariant *known, gboolean on)
{
  return g_variant_new ("(b)", on);
}

/* -- KDE: an inhibition, which it lifts by itself when we leave the bus ------------------------ */

static GVariant *
kde_order (GVariant *known, gboolean on)
{
  guint cookie = 0;

  if (on)
    return g_variant_new ("(ssa{sv})", "trackerd", "A focus block runs", NULL);
  if (known != NULL && g_variant_is_of_type (known, G_VARIANT_TYPE ("(u)")))
    g_variant_get (known, "(u)", &cookie);
  return g_variant_new ("(u)", cookie);
}

static const TrkQuietBackend backends[] = {
  { .name = "gnome", .server = "gnome-shell" },
  { .name = "kde",
    .server = "Plasma",
    .bus_name = NOTIFICATIONS,
    .path = "/org/freedesktop/Notifications",
    .interface = NOTIFICATIONS,
    .set_on = "Inhibit",
    .set_off = "UnInhibit",
    .order = kde_order },
  { .name = "dunst",
    .server = "dunst",
    .bus_name = NOTIFICATIONS,
    .path = "/org/freedesktop/Notifications",
    .interface = PROPERTIES,
    .ask = "Get",
    .question = dunst_question,
    .is_on = dunst_is_on,
    .set_on = "Set",
    .set_off = "Set",
    .order = dunst_order,
    .changes = PROPERTIES },
  { .name = "mako",
    .server = "mako",
    .bus_name = NOTIFICATIONS,
    .path = "/fr/emersion/Mako",
    .interface = "fr.emersion.Mako",
    .ask = "ListModes",
    .is_on = mako_is_on,
    .set_on = "SetModes",
    .set_off = "SetModes",
    .order = mako_order,
    .changes = PROPERTIES },
  { .name = "swaync",
    .server = "SwayNotificationCenter",
    .bus_name = "org.erikreider.swaync.cc",
    .path = "/org/erikreider/swaync/cc",
    .interface = "org.erikreider.swaync.cc",
    .ask = "GetDnd",
    .is_on = swaync_is_on,
    .set_on = "SetDnd",
    .set_off = "SetDnd",
    .order = swaync_order,
    .changes = "org.erikreider.swaync.cc" },
};

const TrkQuietBackend *
trk_quiet_backend_for_server (const char *server)
{
  for (gsize i = 0; i < G_N_ELEMENTS (backends); i++)
    if (g_ascii_strcasecmp (backends[i].server, server) == 0)
      return &backends[i];
  return NULL;
}

const TrkQuietBackend *
trk_quiet_backend_for_name (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (backends); i++)
    if (g_str_equal (backends[i].name, name))
      return &backends[i];
  return NULL;
}
