/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-window-source.h"

#include <string.h>

G_DEFINE_INTERFACE (TrkWindowSource, trk_window_source, G_TYPE_OBJECT)

static void
add_signal (const char *name, guint n, GType first, GType second)
{
  g_signal_new (name, TRK_TYPE_WINDOW_SOURCE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                n, first, second);
}

static void
trk_window_source_default_init (TrkWindowSourceInterface *iface)
{
  add_signal ("front", 1, G_TYPE_STRV, G_TYPE_NONE);
  add_signal ("started", 1, G_TYPE_STRV, G_TYPE_NONE);
  add_signal ("ready", 0, G_TYPE_NONE, G_TYPE_NONE);
  add_signal ("blind", 1, G_TYPE_STRING, G_TYPE_NONE);
  add_signal ("failed", 2, G_TYPE_STRING, G_TYPE_BOOLEAN);
}

const char *
trk_window_source_name (TrkWindowSource *source)
{
  return TRK_WINDOW_SOURCE_GET_IFACE (source)->name (source);
}

void
trk_window_source_watch (TrkWindowSource *source)
{
  TRK_WINDOW_SOURCE_GET_IFACE (source)->watch (source);
}

/* -- Names ------------------------------------------------------------------------------------- */

GPtrArray *
trk_window_names_new (void)
{
  return g_ptr_array_new_with_free_func (g_free);
}

void
trk_window_names_add (GPtrArray *names, const char *name)
{
  if (name == NULL || *name == '\0' || strlen (name) > TRK_WINDOW_NAME_MOST
      || names->len == TRK_WINDOW_NAMES_MOST || !g_utf8_validate (name, -1, NULL)
      || g_ptr_array_find_with_equal_func (names, name, g_str_equal, NULL))
    return;
  g_ptr_array_add (names, g_strdup (name));
}

/* proc(5): the name that the program gave itself, or its file's, cut at 15 bytes. */
static void
add_command (GPtrArray *names, gint64 pid)
{
  g_autofree char *path = g_strdup_printf ("/proc/%" G_GINT64_FORMAT "/comm", pid);
  g_autofree char *text = NULL;

  if (g_file_get_contents (path, &text, NULL, NULL))
    trk_window_names_add (names, g_strchomp (text));
}

/* A file that was replaced since, by an update, is called "… (deleted)". */
static void
add_file (GPtrArray *names, gint64 pid)
{
  g_autofree char *path = g_strdup_printf ("/proc/%" G_GINT64_FORMAT "/exe", pid);
  g_autofree char *target = g_file_read_link (path, NULL);
  g_autofree char *base = target != NULL ? g_path_get_basename (target) : NULL;

  if (base != NULL && g_str_has_suffix (base, " (deleted)"))
    base[strlen (base) - strlen (" (deleted)")] = '\0';
  trk_window_names_add (names, base);
}

void
trk_window_names_add_process (GPtrArray *names, gint64 pid)
{
  if (pid <= 0 || pid > G_MAXINT32)
    return;
  add_command (names, pid);
  add_file (names, pid);
}

/* -- Signals ----------------------------------------------------------------------------------- */

static void
emit_names (gpointer source, const char *signal, const GPtrArray *names)
{
  char *strv[TRK_WINDOW_NAMES_MOST + 1] = { NULL };

  for (guint i = 0; i < names->len; i++)
    strv[i] = g_ptr_array_index (names, i);
  g_signal_emit_by_name (source, signal, strv);
}

void
trk_window_source_emit_front (gpointer source, const GPtrArray *names)
{
  emit_names (source, "front", names);
}

void
trk_window_source_emit_started (gpointer source, const GPtrArray *names)
{
  emit_names (source, "started", names);
}

void
trk_window_source_emit_ready (gpointer source)
{
  g_signal_emit_by_name (source, "ready");
}

void
trk_window_source_emit_blind (gpointer source, const char *why)
{
  g_signal_emit_by_name (source, "blind", why);
}

void
trk_window_source_emit_failed (gpointer source, const char *why, gboolean never)
{
  g_signal_emit_by_name (source, "failed", why, never);
}
