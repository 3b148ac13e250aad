/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-presence-monitor.h"

#include "trk-presence-choice.h"
#include "trk-presence-probe.h"

enum
{
  LOCK_LIMIT = 10000, /* ms: how soon a lock that nobody confirms may be seen to be over */
};

struct _TrkPresenceMonitor
{
  GObject parent;

  TrkClock *clock;
  TrkLogind *logind;
  TrkPresenceChoice *choice;
  guint limit;       /* ms; 0: not begun */
  GPtrArray *probes; /* of TrkPresenceProbe */

  gboolean locked;
  gboolean switched_away;
  gboolean asleep;
  TrkInstant gone_since; /* when locked, switched away or asleep */
  TrkPresence presence;
  char *description;   /* (owned) */
  const char *session; /* as told (static) */
};

G_DEFINE_FINAL_TYPE (TrkPresenceMonitor, trk_presence_monitor, G_TYPE_OBJECT)

/* -- What follows from what is known ----------------------------------------------------------- */

static void
update_description (TrkPresenceMonitor *self)
{
  g_autofree char *description = trk_presence_choice_describe (self->choice);
  const char *session = trk_logind_describe (self->logind);

  if (g_strcmp0 (description, self->description) == 0 && g_strcmp0 (session, self->session) == 0)
    return;
  g_free (self->description);
  self->description = g_steal_pointer (&description);
  self->session = session;
  g_signal_emit_by_name (self, "described");
}

static void
become (TrkPresenceMonitor *self, TrkPresence presence, TrkInstant since, TrkReason why)
{
  if (presence == self->presence)
    return;
  self->presence = presence;
  g_signal_emit_by_name (self, "changed", (int) presence, since, (int) why);
}

/* A lock that is not confirmed is believed only where its end can be seen. */
static gboolean
is_locked (TrkPresenceMonitor *self, const TrkPresenceCandidate *candidate)
{
  return trk_logind_is_locked (self->logind)
         || (candidate != NULL && trk_logind_wants_lock (self->logind));
}

static void
update (TrkPresenceMonitor *self)
{
  const TrkPresenceCandidate *candidate = trk_presence_choice_best (self->choice);
  TrkInstant now = trk_clock_now (self->clock);
  gboolean gone = self->locked || self->switched_away || self->asleep;

  self->locked = is_locked (self, candidate);
  self->switched_away = trk_logind_is_switched_away (self->logind);
  self->asleep = trk_logind_is_asleep (self->logind);
  if (!gone)
    self->gone_since = now;
  if (self->switched_away) /* desktops lock as well then */
    become (self, TRK_PRESENCE_AWAY, self->gone_since, TRK_REASON_SWITCHED);
  else if (self->locked)
    become (self, TRK_PRESENCE_AWAY, self->gone_since, TRK_REASON_LOCK);
  else if (self->asleep)
    become (self, TRK_PRESENCE_AWAY, self->gone_since, TRK_REASON_SLEEP);
  else if (candidate == NULL)
    become (self, TRK_PRESENCE_UNKNOWN, trk_presence_choice_doubted_since (self->choice, now),
            TRK_REASON_BACK);
  else if (candidate->idle)
    become (self, TRK_PRESENCE_AWAY, candidate->since, TRK_REASON_AWAY);
  else
    become (self, TRK_PRESENCE_ACTIVE, now, TRK_REASON_BACK);
  update_description (self);
}

static void
set_limit (TrkPresenceMonitor *self)
{
  guint limit = trk_logind_wants_lock (self->logind) ? MIN (self->limit, LOCK_LIMIT) : self->limit;

  if (self->limit != 0)
    trk_presence_choice_set_limit (self->choice, limit);
}

static void
on_choice_changed (gpointer data)
{
  update (data);
}

/* Input also ends a lock of which nobody says when it ends. */
static void
on_input (gpointer data)
{
  TrkPresenceMonitor *self = data;

  if (!trk_logind_wants_lock (self->logind))
    return;
  trk_logind_forget_lock (self->logind);
  set_limit (self);
}

void
trk_presence_monitor_set_bus (TrkPresenceMonitor *self, GDBusConnection *bus)
{
  trk_presence_choice_set_bus (self->choice, bus);
}

void
trk_presence_monitor_watch (TrkPresenceMonitor *self, guint limit)
{
  self->limit = limit;
  set_limit (self);
}

/* -- Questions --------------------------------------------------------------------------------- */

void
trk_presence_monitor_check (TrkPresenceMonitor *self)
{
  trk_presence_choice_check (self->choice);
}

const char *
trk_presence_monitor_source (TrkPresenceMonitor *self)
{
  return self->description;
}

TrkLogind *
trk_presence_monitor_logind (TrkPresenceMonitor *self)
{
  return self->logind;
}

static void
on_probed (TrkPresenceProbe *probe, gpointer data)
{
  g_ptr_array_remove (((TrkPresenceMonitor *) data)->probes, probe);
}

void
trk_presence_monitor_probe (TrkPresenceMonitor *self,
                            guint limit,
                            TrkPresenceAnswer answer,
                            gpointer call)
{
  g_autoptr (TrkPresenceSource) source = trk_presence_choice_make_another (self->choice);

  if (source == NULL)
    answer (call, self->description, FALSE, 0);
  else
    g_ptr_array_add (self->probes, trk_presence_probe_new (source, self->clock, limit, answer, call,
                                                           on_probed, self));
}

/* -- Life -------------------------------------------------------------------------------------- */

static void
on_logind_changed (TrkLogind *logind, gpointer data)
{
  TrkPresenceMonitor *self = data;

  set_limit (self);
  update (self);
}

static void
trk_presence_monitor_dispose (GObject *object)
{
  TrkPresenceMonitor *self = TRK_PRESENCE_MONITOR (object);

  while (self->probes->len > 0)
    trk_presence_probe_end (g_ptr_array_index (self->probes, 0));
  g_clear_pointer (&self->choice, trk_presence_choice_free);
  if (self->logind != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->logind, self);
      g_object_run_dispose (G_OBJECT (self->logind));
    }
  g_clear_object (&self->logind);
  G_OBJECT_CLASS (trk_presence_monitor_parent_class)->dispose (object);
}

static void
trk_presence_monitor_finalize (GObject *object)
{
  TrkPresenceMonitor *self = TRK_PRESENCE_MONITOR (object);

  g_ptr_array_unref (self->probes);
  g_object_unref (self->clock);
  g_free (self->description);
  G_OBJECT_CLASS (trk_presence_monitor_parent_class)->finalize (object);
}

static void
trk_presence_monitor_class_init (TrkPresenceMonitorClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = trk_presence_monitor_dispose;
  G_OBJECT_CLASS (klass)->finalize = trk_presence_monitor_finalize;
  g_signal_new ("changed", TRK_TYPE_PRESENCE_MONITOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 3, G_TYPE_INT, G_TYPE_INT64, G_TYPE_INT);
  g_signal_new ("described", TRK_TYPE_PRESENCE_MONITOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 0);
}

static void
trk_presence_monitor_init (TrkPresenceMonitor *self)
{
  self->probes = g_ptr_array_new ();
}

TrkPresenceMonitor *
trk_presence_monitor_new (TrkClock *clock)
{
  static const TrkPresenceChoiceEvents events = { on_choice_changed, on_input };
  TrkPresenceMonitor *self = g_object_new (TRK_TYPE_PRESENCE_MONITOR, NULL);

  self->clock = g_object_ref (clock);
  self->choice = trk_presence_choice_new (clock, &events, self);
  self->description = trk_presence_choice_describe (self->choice);
  self->logind = trk_logind_new ();
  g_signal_connect (self->logind, "changed", G_CALLBACK (on_logind_changed), self);
  return self;
}
