/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-quiet-backend.h"

#define NOTIFICATIONS "org.freedesktop.Notifications"
#define PROPERTIES "org.freedesktop.DBus.Properties"
#define DUNST "org.dunstproject.cmd0"
#define MAKO_MODE "do-not-disturb" /* as its manual page calls it, mako(5) */
#define MAKO_OURS "trackerd"

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

/* Its modes as it told them; empty when it told none. The words are @reply's. */
static const char **
mako_modes (GVariant *reply)
{
  const char **modes = NULL;

  if (reply != NULL && g_variant_is_of_type (reply, G_VARIANT_TYPE ("(as)")))
    g_variant_get (reply, "(^a&s)", &modes);
  return modes != NULL ? modes : g_new0 (const char *, 1);
}

static gboolean
mako_is_on (GVariant *reply)
{
  g_autofree const char **modes = mako_modes (reply);

  return g_strv_contains (modes, MAKO_MODE) || g_strv_contains (modes, MAKO_OURS);
}

/* It does not tell when its modes change. Ours is followed by a mode without a meaning: where that
 * is gone, or stands before, somebody else has switched it, off or off and on again. (A makoctl
 * that sorts, as 1.7 does, leaves no trace of that: then what is ours is put back.) */
static gboolean
mako_is_ours (const char *const *modes)
{
  gboolean seen = FALSE;

  for (guint i = 0; modes[i] != NULL; i++)
    {
      if (seen && g_str_equal (modes[i], MAKO_OURS))
        return TRUE;
      seen = seen || g_str_equal (modes[i], MAKO_MODE);
    }
  return FALSE;
}

/* The other modes stay as they are, and so does a do-not-disturb that is the user's. */
static GVariant *
mako_order (GVariant *known, gboolean on)
{
  g_autofree const char **modes = mako_modes (known);
  gboolean ours = mako_is_ours (modes);
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("as"));
  for (guint i = 0; modes[i] != NULL; i++)
    if (!g_str_equal (modes[i], MAKO_OURS) && !((on || ours) && g_str_equal (modes[i], MAKO_MODE)))
      g_variant_builder_add (&builder, "s", modes[i]);
  if (on)
    {
      g_variant_builder_add (&builder, "s", MAKO_MODE);
      g_variant_builder_add (&builder, "s", MAKO_OURS);
    }
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
