/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-presence-probe.h"

enum
{
  SHORT = 250, /* ms without input */
};

struct _TrkPresenceProbe
{
  TrkPresenceSource *source; /* (owned) */
  TrkClock *clock;           /* (owned) */
  TrkInstant began;
  TrkPresenceAnswer answer;
  gpointer call;
  void (*done) (TrkPresenceProbe *probe, gpointer data);
  gpointer data;
  guint timer;
  gboolean idle; /* it told that nobody types */
};

static void
finish (TrkPresenceProbe *probe, gboolean moved)
{
  TrkDuration took = trk_clock_now (probe->clock) - probe->began;
  const char *name = trk_presence_source_name (probe->source);

  g_clear_handle_id (&probe->timer, g_source_remove);
  g_signal_handlers_disconnect_by_data (probe->source, probe);
  probe->answer (probe->call, name, moved, (guint) (CLAMP (took, 0, TRK_HOUR) / 1000));
  probe->done (probe, probe->data);
  g_object_unref (probe->source);
  g_object_unref (probe->clock);
  g_free (probe);
}

static void
on_idle (TrkPresenceSource *source, guint64 milliseconds, gpointer data)
{
  ((TrkPresenceProbe *) data)->idle = TRUE;
}

static void
on_active (TrkPresenceSource *source, gpointer data)
{
  TrkPresenceProbe *probe = data;

  if (probe->idle)
    finish (probe, TRUE);
}

static void
on_failed (TrkPresenceSource *source, const char *why, gboolean never, gpointer data)
{
  finish (data, FALSE);
}

static gboolean
on_overdue (gpointer data)
{
  TrkPresenceProbe *probe = data;

  probe->timer = 0;
  finish (probe, FALSE);
  return G_SOURCE_REMOVE;
}

TrkPresenceProbe *
trk_presence_probe_new (TrkPresenceSource *source,
                        TrkClock *clock,
                        guint limit,
                        TrkPresenceAnswer answer,
                        gpointer call,
                        void (*done) (TrkPresenceProbe *probe, gpointer data),
                        gpointer data)
{
  TrkPresenceProbe *probe = g_new0 (TrkPresenceProbe, 1);

  probe->source = g_object_ref (source);
  probe->clock = g_object_ref (clock);
  probe->began = trk_clock_now (clock);
  probe->answer = answer;
  probe->call = call;
  probe->done = done;
  probe->data = data;
  probe->timer = g_timeout_add (limit, on_overdue, probe);
  g_signal_connect (source, "idle", G_CALLBACK (on_idle), probe);
  g_signal_connect (source, "active", G_CALLBACK (on_active), probe);
  g_signal_connect (source, "failed", G_CALLBACK (on_failed), probe);
  trk_presence_source_watch (source, SHORT);
  return probe;
}

void
trk_presence_probe_end (TrkPresenceProbe *probe)
{
  finish (probe, FALSE);
}
