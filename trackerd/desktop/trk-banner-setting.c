/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-banner-setting.h"

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

/* -- Until it is written ----------------------------------------------------------------------- */

/* g_settings_sync() waits for dconf's service without a limit: never on the daemon's loop. */
static void
flush_on_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_settings_sync ();
  g_task_return_boolean (task, TRUE);
}

void
trk_banner_setting_flush (GCancellable *cancellable, GAsyncReadyCallback done, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, done, data);

  g_task_run_in_thread (task, flush_on_thread);
}

gboolean
trk_banner_setting_flush_finish (GAsyncResult *result)
{
  return g_task_propagate_boolean (G_TASK (result), NULL);
}

static gpointer
flush_and_tell (gpointer data)
{
  g_autoptr (GAsyncQueue) told = data;

  g_settings_sync ();
  g_async_queue_push (told, told);
  return NULL;
}

gboolean
trk_banner_setting_flush_now (guint milliseconds)
{
  g_autoptr (GAsyncQueue) told = g_async_queue_new ();
  GThread *thread = g_thread_try_new ("settings", flush_and_tell, g_async_queue_ref (told), NULL);

  if (thread == NULL)
    {
      g_async_queue_unref (told);
      return FALSE;
    }
  g_thread_unref (thread); /* one that hangs ends with the process */
  return g_async_queue_timeout_pop (told, (guint64) milliseconds * 1000) != NULL;
}
