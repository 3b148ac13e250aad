/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-presence-source.h"

G_DEFINE_INTERFACE (TrkPresenceSource, trk_presence_source, G_TYPE_OBJECT)

static void
add_signal (const char *name, guint n, GType first, GType second)
{
  g_signal_new (name, TRK_TYPE_PRESENCE_SOURCE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                n, first, second);
}

static void
trk_presence_source_default_init (TrkPresenceSourceInterface *iface)
{
  add_signal ("idle", 1, G_TYPE_UINT64, G_TYPE_NONE);
  add_signal ("active", 0, G_TYPE_NONE, G_TYPE_NONE);
  add_signal ("told", 1, G_TYPE_UINT64, G_TYPE_NONE);
  add_signal ("failed", 2, G_TYPE_STRING, G_TYPE_BOOLEAN);
}

const char *
trk_presence_source_name (TrkPresenceSource *source)
{
  return TRK_PRESENCE_SOURCE_GET_IFACE (source)->name (source);
}

void
trk_presence_source_watch (TrkPresenceSource *source, guint limit)
{
  TRK_PRESENCE_SOURCE_GET_IFACE (source)->watch (source, limit);
}

gboolean
trk_presence_source_ask (TrkPresenceSource *source)
{
  TrkPresenceSourceInterface *iface = TRK_PRESENCE_SOURCE_GET_IFACE (source);

  return iface->ask != NULL && iface->ask (source);
}

void
trk_presence_source_emit_idle (gpointer source, guint64 milliseconds)
{
  g_signal_emit_by_name (source, "idle", milliseconds);
}

void
trk_presence_source_emit_active (gpointer source)
{
  g_signal_emit_by_name (source, "active");
}

void
trk_presence_source_emit_told (gpointer source, guint64 milliseconds)
{
  g_signal_emit_by_name (source, "told", milliseconds);
}

void
trk_presence_source_emit_failed (gpointer source, const char *why, gboolean never)
{
  g_signal_emit_by_name (source, "failed", why, never);
}
