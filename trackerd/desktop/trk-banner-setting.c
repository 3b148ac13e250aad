/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-banner-setting.h"

#include <gio/gio.h>

#define SCHEMA "org.gnome.desktop.notifications"
#define KEY "show-banners"

struct _TrkBannerSetting
{
  GSettings *settings;
  void (*changed) (gpointer data);
  gpointer data;
};

static void
on_changed (GSettings *settings, const char *key, gpointer data)
{
  TrkBannerSetting *setting = data;

  setting->changed (setting->data);
}

/* A schema that is missing would end the process: it is looked up first. */
static GSettingsSchema *
find_schema (void)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  GSettingsSchema *schema =
      source != NULL ? g_settings_schema_source_lookup (source, SCHEMA, TRUE) : NULL;

  if (schema != NULL && !g_settings_schema_has_key (schema, KEY))
    g_clear_pointer (&schema, g_settings_schema_unref);
  return schema;
}

TrkBannerSetting *
trk_banner_setting_new (void (*changed) (gpointer data), gpointer data)
{
  g_autoptr (GSettingsSchema) schema = find_schema ();
  TrkBannerSetting *setting;

  if (schema == NULL)
    return NULL;
  setting = g_new0 (TrkBannerSetting, 1);
  setting->settings = g_settings_new_full (schema, NULL, NULL);
  setting->changed = changed;
  setting->data = data;
  g_signal_connect (setting->settings, "changed::" KEY, G_CALLBACK (on_changed), setting);
  g_settings_get_boolean (setting->settings, KEY); /* only what was read is told when it changes */
  return setting;
}

void
trk_banner_setting_free (TrkBannerSetting *setting)
{
  g_signal_handlers_disconnect_by_data (setting->settings, setting);
  g_settings_sync ();
  g_object_unref (setting->settings);
  g_free (setting);
}

gboolean
trk_banner_setting_is_quiet (TrkBannerSetting *setting)
{
  return !g_settings_get_boolean (setting->settings, KEY);
}

void
trk_banner_setting_set_quiet (TrkBannerSetting *setting, gboolean quiet)
{
  g_settings_set_boolean (setting->settings, KEY, !quiet);
}
