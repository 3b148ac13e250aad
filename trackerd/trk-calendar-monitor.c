/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-calendar-monitor.h"

#include <stdlib.h>

enum
{
  QUIET = 250,   /* ms without a change */
  AT_MOST = 2000 /* ms after the first one */
};

struct _TrkCalendarMonitor
{
  GObject parent;

  GPtrArray *paths;    /* of char* */
  GPtrArray *monitors; /* of GFileMonitor */
  guint quiet;
  guint at_most;
};

G_DEFINE_FINAL_TYPE (TrkCalendarMonitor, trk_calendar_monitor, G_TYPE_OBJECT)

static void watch_all (TrkCalendarMonitor *self);

static gboolean
settle (gpointer data)
{
  TrkCalendarMonitor *self = data;

  if (self->quiet != 0)
    g_source_remove (self->quiet);
  if (self->at_most != 0)
    g_source_remove (self->at_most);
  self->quiet = self->at_most = 0;
  watch_all (self); /* a folder that came or went needs another watch */
  g_signal_emit_by_name (self, "changed");
  return G_SOURCE_REMOVE;
}

/* Does @event concern what @monitor stands for? A folder that only waits for another one in it must
 * not wake us for its other files. */
static gboolean
is_wanted (GFileMonitor *monitor, GFile *file, GFile *other)
{
  GFile *wanted = g_object_get_data (G_OBJECT (monitor), "trk-wanted");

  return wanted == NULL || g_file_equal (file, wanted)
         || (other != NULL && g_file_equal (other, wanted));
}

static void
on_event (GFileMonitor *monitor, GFile *file, GFile *other, GFileMonitorEvent event, gpointer data)
{
  TrkCalendarMonitor *self = data;

  if (!is_wanted (monitor, file, other))
    return;
  if (self->quiet != 0)
    g_source_remove (self->quiet);
  self->quiet = g_timeout_add (QUIET, settle, self);
  if (self->at_most == 0)
    self->at_most = g_timeout_add (AT_MOST, settle, self);
}

/* @wanted: the only thing in the folder @path that matters (nullable). */
static void
watch (TrkCalendarMonitor *self, const char *path, const char *wanted)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  gboolean folder = g_file_test (path, G_FILE_TEST_IS_DIR);
  GFileMonitor *monitor =
      folder ? g_file_monitor_directory (file, G_FILE_MONITOR_WATCH_MOVES, NULL, NULL)
             : g_file_monitor_file (file, G_FILE_MONITOR_WATCH_MOVES, NULL, NULL);

  if (monitor == NULL)
    return;
  if (wanted != NULL)
    g_object_set_data_full (G_OBJECT (monitor), "trk-wanted", g_file_new_for_path (wanted),
                            g_object_unref);
  g_file_monitor_set_rate_limit (monitor, QUIET);
  g_signal_connect_object (monitor, "changed", G_CALLBACK (on_event), self, 0);
  g_ptr_array_add (self->monitors, monitor);
}

/* GLib looks every four seconds for a folder that is missing; we wait for its parent to change. The
 * parent of a folder is watched as well: it tells when the folder is replaced. */
static void
watch_or_wait (TrkCalendarMonitor *self, const char *path)
{
  g_autofree char *child = g_strdup (path);
  g_autofree char *folder = g_path_get_dirname (path);
  gboolean is_there = g_file_test (folder, G_FILE_TEST_IS_DIR);

  if (is_there)
    watch (self, path, NULL);
  while (!g_file_test (folder, G_FILE_TEST_IS_DIR) && !g_str_equal (folder, "/"))
    {
      g_free (child);
      child = g_steal_pointer (&folder);
      folder = g_path_get_dirname (child);
    }
  if (!is_there || g_file_test (path, G_FILE_TEST_IS_DIR))
    watch (self, folder, child);
}

/* A link is watched by its name (it may be switched) and by what it leads to (that may be
 * written). */
static void
watch_all (TrkCalendarMonitor *self)
{
  g_ptr_array_set_size (self->monitors, 0);
  for (guint i = 0; i < self->paths->len; i++)
    {
      const char *path = g_ptr_array_index (self->paths, i);
      char *real = realpath (path, NULL);

      watch_or_wait (self, path);
      if (real != NULL && !g_str_equal (real, path))
        watch_or_wait (self, real);
      free (real);
    }
}

void
trk_calendar_monitor_set_paths (TrkCalendarMonitor *self, const GPtrArray *paths)
{
  g_ptr_array_set_size (self->paths, 0);
  for (guint i = 0; i < paths->len; i++)
    g_ptr_array_add (self->paths, g_strdup (g_ptr_array_index (paths, i)));
  watch_all (self);
}

static void
monitor_free (gpointer monitor)
{
  g_file_monitor_cancel (monitor);
  g_object_unref (monitor);
}

static void
trk_calendar_monitor_finalize (GObject *object)
{
  TrkCalendarMonitor *self = TRK_CALENDAR_MONITOR (object);

  if (self->quiet != 0)
    g_source_remove (self->quiet);
  if (self->at_most != 0)
    g_source_remove (self->at_most);
  g_ptr_array_unref (self->monitors);
  g_ptr_array_unref (self->paths);
  G_OBJECT_CLASS (trk_calendar_monitor_parent_class)->finalize (object);
}

static void
trk_calendar_monitor_class_init (TrkCalendarMonitorClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = trk_calendar_monitor_finalize;
  g_signal_new ("changed", TRK_TYPE_CALENDAR_MONITOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 0);
}

static void
trk_calendar_monitor_init (TrkCalendarMonitor *self)
{
  self->paths = g_ptr_array_new_with_free_func (g_free);
  self->monitors = g_ptr_array_new_with_free_func (monitor_free);
}

TrkCalendarMonitor *
trk_calendar_monitor_new (void)
{
  return g_object_new (TRK_TYPE_CALENDAR_MONITOR, NULL);
}
