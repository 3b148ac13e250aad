/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_SETTINGS_ENABLE_BACKEND
#include "trk-banner-setting.h"

#include <gio/gsettingsbackend.h>

/* A place for settings that is written only when the test lets it: dconf's service that hangs. */

typedef struct
{
  GMutex mutex;
  GCond changed;
  gboolean held;
  gboolean on_main; /* who must never wait was asked to */
  guint waited;     /* how often it was waited for to the end */
} Gate;

static Gate gate;

typedef struct
{
  GSettingsBackend parent;
} SlowBackend;

typedef struct
{
  GSettingsBackendClass parent_class;
} SlowBackendClass;

static GType slow_backend_get_type (void);
G_DEFINE_TYPE_WITH_CODE (SlowBackend,
                         slow_backend,
                         G_TYPE_SETTINGS_BACKEND,
                         g_io_extension_point_implement (
                             G_SETTINGS_BACKEND_EXTENSION_POINT_NAME, g_define_type_id, "slow", 0))

static void
slow_sync (GSettingsBackend *backend)
{
  g_mutex_lock (&gate.mutex);
  gate.on_main |= g_main_context_is_owner (NULL);
  while (gate.held && !gate.on_main)
    g_cond_wait (&gate.changed, &gate.mutex);
  gate.waited++;
  g_cond_broadcast (&gate.changed);
  g_mutex_unlock (&gate.mutex);
}

static void
slow_backend_class_init (SlowBackendClass *class)
{
  G_SETTINGS_BACKEND_CLASS (class)->sync = slow_sync;
}

static void
slow_backend_init (SlowBackend *backend)
{
}

static void
set_held (gboolean held)
{
  g_mutex_lock (&gate.mutex);
  gate.held = held;
  g_cond_broadcast (&gate.changed);
  g_mutex_unlock (&gate.mutex);
}

static gboolean
on_idle (gpointer data)
{
  set_held (FALSE);
  return G_SOURCE_REMOVE;
}

typedef struct
{
  gboolean over;
  gboolean written;
} Told;

static void
on_flushed (GObject *nobody, GAsyncResult *result, gpointer data)
{
  Told *told = data;

  told->over = TRUE;
  told->written = trk_banner_setting_flush_finish (result);
}

/* Nothing but the loop lets it go on: a flush that waited on the loop would never end. */
static void
test_loop_goes_on (void)
{
  Told told = { 0 };

  set_held (TRUE);
  trk_banner_setting_flush (NULL, on_flushed, &told);
  g_assert_false (told.over);
  g_idle_add (on_idle, NULL);
  while (!told.over)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (told.written);
  g_assert_false (gate.on_main);
}

static void
test_cancelled (void)
{
  Told told = { 0 };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  set_held (TRUE);
  trk_banner_setting_flush (cancellable, on_flushed, &told);
  g_cancellable_cancel (cancellable);
  g_idle_add (on_idle, NULL);
  while (!told.over)
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (told.written);
}

/* At the end of the program it may wait, but not for ever. */
static void
test_limit (void)
{
  guint before = gate.waited;

  set_held (TRUE);
  g_assert_false (trk_banner_setting_flush_now (20));
  g_mutex_lock (&gate.mutex);
  g_assert_cmpuint (gate.waited, ==, before);
  gate.held = FALSE;
  g_cond_broadcast (&gate.changed);
  while (gate.waited == before)
    g_cond_wait (&gate.changed, &gate.mutex);
  g_mutex_unlock (&gate.mutex);
  g_assert_true (trk_banner_setting_flush_now (600000));
}

int
main (int argc, char **argv)
{
  g_autoptr (GSettingsBackend) backend = NULL;

  g_setenv ("GSETTINGS_BACKEND", "slow", TRUE);
  g_test_init (&argc, &argv, NULL);
  g_io_extension_point_register (G_SETTINGS_BACKEND_EXTENSION_POINT_NAME);
  g_type_ensure (slow_backend_get_type ());
  backend = g_settings_backend_get_default ();
  g_assert_true (G_TYPE_CHECK_INSTANCE_TYPE (backend, slow_backend_get_type ()));
  g_main_context_acquire (NULL);
  g_test_add_func ("/banner-setting/loop-goes-on", test_loop_goes_on);
  g_test_add_func ("/banner-setting/cancelled", test_cancelled);
  g_test_add_func ("/banner-setting/limit", test_limit);
  return g_test_run ();
}
