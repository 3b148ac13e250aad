/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-presence-monitor.h"

#include "trk-mutter-presence.h"
#include "trk-presence-probe.h"
#include "trk-session-watch.h"
#include "trk-wayland-presence.h"
#include "trk-x11-presence.h"

#include "trk-desktop-features.h"

enum
{
  STILL = 5,          /* idle times of exactly 0 in a row: nobody types that evenly */
  LOCK_LIMIT = 10000, /* ms: how soon a lock that nobody confirms may be seen to be over */
  FIRST_PAUSE = 1,    /* seconds before a source that went away is looked for again */
  LAST_PAUSE = 64,    /* after that one only a change of the session helps */
  LATE_BY = 2000,     /* ms over the limit: it should have told */
};

/* Best first. */
typedef enum
{
  MUTTER,
  WAYLAND,
  X11,
  N_CANDIDATES,
} Rank;

typedef struct
{
  TrkPresenceSource *source; /* (owned) (nullable) */
  char *why_not;             /* (owned) (nullable) */
  gboolean answered;
  gboolean idle;
  TrkInstant since; /* when idle */
  guint zeros;      /* answers of exactly 0 in a row */
  gboolean asked;   /* a question is not answered yet */
  gboolean stands;  /* it does not move, or it does not answer: not to be believed */
  TrkInstant doubt; /* since when */
} Candidate;

struct _TrkPresenceMonitor
{
  GObject parent;

  TrkClock *clock;
  TrkLogind *logind;
  GDBusConnection *bus; /* (owned) (nullable) */
  guint mutter_name;
  Candidate candidates[N_CANDIDATES];
  guint limit; /* ms; 0: not begun */
  guint retry;
  guint pause;            /* seconds */
  TrkSessionWatch *watch; /* (owned) (nullable): while nobody tells */
  GPtrArray *probes;      /* of TrkPresenceProbe */

  gboolean locked;
  gboolean switched_away;
  TrkInstant gone_since; /* when locked or switched away */
  TrkPresence presence;
  char *description; /* (owned) */
};

G_DEFINE_FINAL_TYPE (TrkPresenceMonitor, trk_presence_monitor, G_TYPE_OBJECT)

static void start_candidate (TrkPresenceMonitor *self, Rank rank);

/* -- What follows from what is known ----------------------------------------------------------- */

static Candidate *
best (TrkPresenceMonitor *self)
{
  for (int rank = 0; rank < N_CANDIDATES; rank++)
    if (self->candidates[rank].answered && !self->candidates[rank].stands)
      return &self->candidates[rank];
  return NULL;
}

static char *
describe (TrkPresenceMonitor *self)
{
  const Candidate *candidate = best (self);
  g_autoptr (GString) why = NULL;

  if (candidate != NULL)
    return g_strdup (trk_presence_source_name (candidate->source));
  why = g_string_new (NULL);
  for (int rank = 0; rank < N_CANDIDATES; rank++)
    if (self->candidates[rank].why_not != NULL)
      g_string_append_printf (why, "%s%s", why->len > 0 ? "; " : "",
                              self->candidates[rank].why_not);
  return g_strdup_printf ("none: %s", why->len > 0 ? why->str : "nobody has answered yet");
}

static void
update_description (TrkPresenceMonitor *self)
{
  g_autofree char *description = describe (self);

  if (g_strcmp0 (description, self->description) == 0)
    return;
  g_free (self->description);
  self->description = g_steal_pointer (&description);
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
is_locked (TrkPresenceMonitor *self, const Candidate *candidate)
{
  return trk_logind_is_locked (self->logind)
         || (candidate != NULL && trk_logind_wants_lock (self->logind));
}

static TrkInstant
when_doubted (TrkPresenceMonitor *self, TrkInstant now)
{
  TrkInstant doubt = now;

  for (int rank = 0; rank < N_CANDIDATES; rank++)
    if (self->candidates[rank].stands)
      doubt = MIN (doubt, self->candidates[rank].doubt);
  return doubt;
}

static void
update (TrkPresenceMonitor *self)
{
  const Candidate *candidate = best (self);
  TrkInstant now = trk_clock_now (self->clock);
  gboolean gone = self->locked || self->switched_away;

  self->locked = is_locked (self, candidate);
  self->switched_away = trk_logind_is_switched_away (self->logind);
  if (!gone)
    self->gone_since = now;
  if (self->switched_away) /* desktops lock as well then */
    become (self, TRK_PRESENCE_AWAY, self->gone_since, TRK_REASON_SWITCHED);
  else if (self->locked)
    become (self, TRK_PRESENCE_AWAY, self->gone_since, TRK_REASON_LOCK);
  else if (candidate == NULL)
    become (self, TRK_PRESENCE_UNKNOWN, when_doubted (self, now), TRK_REASON_BACK);
  else if (candidate->idle)
    become (self, TRK_PRESENCE_AWAY, candidate->since, TRK_REASON_AWAY);
  else
    become (self, TRK_PRESENCE_ACTIVE, now, TRK_REASON_BACK);
  update_description (self);
}

static guint
limit_now (TrkPresenceMonitor *self)
{
  return trk_logind_wants_lock (self->logind) ? MIN (self->limit, LOCK_LIMIT) : self->limit;
}

static void
set_limits (TrkPresenceMonitor *self)
{
  for (int rank = 0; rank < N_CANDIDATES; rank++)
    if (self->candidates[rank].source != NULL)
      trk_presence_source_watch (self->candidates[rank].source, limit_now (self));
}

/* -- What sources say -------------------------------------------------------------------------- */

static Candidate *
candidate_of (TrkPresenceMonitor *self, TrkPresenceSource *source)
{
  for (int rank = 0; rank < N_CANDIDATES; rank++)
    if (self->candidates[rank].source == source)
      return &self->candidates[rank];
  return NULL;
}

static void
answered (TrkPresenceMonitor *self, Candidate *candidate)
{
  candidate->answered = TRUE;
  g_clear_pointer (&candidate->why_not, g_free);
  g_clear_pointer (&self->watch, trk_session_watch_free);
  g_clear_handle_id (&self->retry, g_source_remove);
  self->pause = FIRST_PAUSE;
}

static void
take_idle (TrkPresenceMonitor *self, Candidate *candidate, guint64 milliseconds)
{
  TrkDuration length = (TrkDuration) MIN (milliseconds, G_MAXINT32) * 1000;

  answered (self, candidate);
  candidate->idle = TRUE;
  candidate->since = trk_instant_add (trk_clock_now (self->clock), -length);
  update (self);
}

/* Input also ends a lock of which nobody says when it ends. */
static void
take_active (TrkPresenceMonitor *self, Candidate *candidate)
{
  gboolean was_idle = candidate->idle;

  answered (self, candidate);
  candidate->idle = FALSE;
  if (was_idle && trk_logind_wants_lock (self->logind))
    {
      trk_logind_forget_lock (self->logind);
      set_limits (self);
    }
  update (self);
}

static void
on_idle (TrkPresenceSource *source, guint64 milliseconds, gpointer data)
{
  take_idle (data, candidate_of (data, source), milliseconds);
}

static void
on_active (TrkPresenceSource *source, gpointer data)
{
  take_active (data, candidate_of (data, source));
}

static void
doubt (TrkPresenceMonitor *self, Candidate *candidate, const char *why)
{
  g_free (candidate->why_not);
  candidate->why_not = g_strdup_printf ("%s %s", trk_presence_source_name (candidate->source), why);
  candidate->stands = TRUE;
  update (self);
}

/* Is that what it told by itself? */
static void
compare (TrkPresenceMonitor *self, Candidate *candidate, guint64 milliseconds)
{
  guint limit = limit_now (self);

  if (!candidate->idle && milliseconds >= (guint64) limit + LATE_BY)
    take_idle (self, candidate, milliseconds);
  else if (candidate->idle && milliseconds < limit)
    take_active (self, candidate);
  else
    update (self);
}

static void
on_told (TrkPresenceSource *source, guint64 milliseconds, gpointer data)
{
  TrkPresenceMonitor *self = data;
  Candidate *candidate = candidate_of (self, source);

  candidate->asked = FALSE;
  if (milliseconds > 0)
    candidate->zeros = 0;
  else if (candidate->zeros++ == 0)
    candidate->doubt = trk_clock_now (self->clock);
  if (candidate->zeros >= STILL)
    doubt (self, candidate, "stands still at 0");
  else
    {
      candidate->stands = FALSE;
      compare (self, candidate, milliseconds);
    }
}

/* -- Sources that come and go ------------------------------------------------------------------ */

static void
drop (TrkPresenceMonitor *self, Rank rank, const char *why)
{
  Candidate *candidate = &self->candidates[rank];

  if (candidate->source != NULL)
    g_signal_handlers_disconnect_by_data (candidate->source, self);
  g_clear_object (&candidate->source);
  g_free (candidate->why_not);
  *candidate = (Candidate){ .why_not = g_strdup (why) };
}

static void
start_missing (TrkPresenceMonitor *self)
{
  if (self->mutter_name != 0 && self->candidates[MUTTER].source == NULL
      && self->candidates[MUTTER].why_not != NULL)
    start_candidate (self, MUTTER);
  if (self->candidates[WAYLAND].source == NULL)
    start_candidate (self, WAYLAND);
}

static gboolean
on_retry (gpointer data)
{
  TrkPresenceMonitor *self = data;

  self->retry = 0;
  start_missing (self);
  return G_SOURCE_REMOVE;
}

static void
try_later (TrkPresenceMonitor *self)
{
  if (self->retry != 0 || self->pause > LAST_PAUSE)
    return;
  self->retry = g_timeout_add_seconds (self->pause, on_retry, self);
  self->pause *= 2;
}

static void
on_display_came (gpointer data)
{
  TrkPresenceMonitor *self = data;

  self->pause = FIRST_PAUSE;
  start_missing (self);
}

static void
on_failed (TrkPresenceSource *source, const char *why, gboolean never, gpointer data)
{
  TrkPresenceMonitor *self = data;
  Rank rank = (Rank) (candidate_of (self, source) - self->candidates);
  gboolean no_display = g_str_equal (why, TRK_WAYLAND_NO_DISPLAY);

  drop (self, rank, why);
  if (no_display && self->candidates[X11].source == NULL)
    start_candidate (self, X11);
  if (!never)
    try_later (self);
  update (self);
  if (best (self) == NULL && self->watch == NULL)
    self->watch = trk_session_watch_new (on_display_came, self);
}

static TrkPresenceSource *
make_source (TrkPresenceMonitor *self, Rank rank)
{
  if (rank == MUTTER && self->bus != NULL)
    return trk_mutter_presence_new (self->bus);
#if TRK_HAVE_WAYLAND
  if (rank == WAYLAND)
    return trk_wayland_presence_new (NULL);
#endif
#if TRK_HAVE_X11
  if (rank == X11)
    return trk_x11_presence_new (NULL);
#endif
  return NULL;
}

static void
start_candidate (TrkPresenceMonitor *self, Rank rank)
{
  Candidate *candidate = &self->candidates[rank];

  drop (self, rank, NULL);
  candidate->source = make_source (self, rank);
  if (candidate->source == NULL)
    {
      candidate->why_not = g_strdup ("built without it");
      if (rank == WAYLAND)
        start_candidate (self, X11);
      return;
    }
  g_signal_connect (candidate->source, "idle", G_CALLBACK (on_idle), self);
  g_signal_connect (candidate->source, "active", G_CALLBACK (on_active), self);
  g_signal_connect (candidate->source, "told", G_CALLBACK (on_told), self);
  g_signal_connect (candidate->source, "failed", G_CALLBACK (on_failed), self);
  trk_presence_source_watch (candidate->source, limit_now (self));
}

static void
on_mutter_appeared (GDBusConnection *bus, const char *name, const char *owner, gpointer data)
{
  TrkPresenceMonitor *self = data;

  self->pause = FIRST_PAUSE;
  start_candidate (self, MUTTER);
}

static void
on_mutter_vanished (GDBusConnection *bus, const char *name, gpointer data)
{
  TrkPresenceMonitor *self = data;

  drop (self, MUTTER, NULL);
  update (self);
}

static void
leave_bus (TrkPresenceMonitor *self)
{
  if (self->mutter_name != 0)
    g_bus_unwatch_name (self->mutter_name);
  self->mutter_name = 0;
  drop (self, MUTTER, NULL);
  g_clear_object (&self->bus);
}

void
trk_presence_monitor_set_bus (TrkPresenceMonitor *self, GDBusConnection *bus)
{
  leave_bus (self);
  if (bus != NULL)
    {
      self->bus = g_object_ref (bus);
      self->mutter_name =
          g_bus_watch_name_on_connection (bus, TRK_MUTTER_NAME, G_BUS_NAME_WATCHER_FLAGS_NONE,
                                          on_mutter_appeared, on_mutter_vanished, self, NULL);
    }
  update (self);
}

void
trk_presence_monitor_watch (TrkPresenceMonitor *self, guint limit)
{
  gboolean began = self->limit != 0;

  if (self->limit == limit)
    return;
  self->limit = limit;
  if (began)
    set_limits (self);
  else
    start_candidate (self, WAYLAND);
}

/* -- Questions --------------------------------------------------------------------------------- */

void
trk_presence_monitor_check (TrkPresenceMonitor *self)
{
  for (int rank = 0; rank < N_CANDIDATES; rank++)
    {
      Candidate *candidate = &self->candidates[rank];

      if (!candidate->answered)
        continue;
      if (candidate->asked && !candidate->stands)
        doubt (self, candidate, "does not answer any more");
      else if (!candidate->asked && trk_presence_source_ask (candidate->source))
        {
          candidate->asked = TRUE;
          if (candidate->zeros == 0)
            candidate->doubt = trk_clock_now (self->clock);
        }
    }
}

TrkPresence
trk_presence_monitor_presence (TrkPresenceMonitor *self)
{
  return self->presence;
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
  const Candidate *candidate = best (self);
  g_autoptr (TrkPresenceSource) source =
      candidate != NULL ? make_source (self, (Rank) (candidate - self->candidates)) : NULL;

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

  if (self->limit != 0)
    set_limits (self);
  update (self);
}

static void
trk_presence_monitor_dispose (GObject *object)
{
  TrkPresenceMonitor *self = TRK_PRESENCE_MONITOR (object);

  while (self->probes->len > 0)
    trk_presence_probe_end (g_ptr_array_index (self->probes, 0));
  g_clear_handle_id (&self->retry, g_source_remove);
  g_clear_pointer (&self->watch, trk_session_watch_free);
  leave_bus (self);
  for (int rank = 0; rank < N_CANDIDATES; rank++)
    drop (self, (Rank) rank, NULL);
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
  self->pause = FIRST_PAUSE;
  self->probes = g_ptr_array_new ();
}

TrkPresenceMonitor *
trk_presence_monitor_new (TrkClock *clock)
{
  TrkPresenceMonitor *self = g_object_new (TRK_TYPE_PRESENCE_MONITOR, NULL);

  self->clock = g_object_ref (clock);
  self->description = describe (self);
  self->logind = trk_logind_new ();
  g_signal_connect (self->logind, "changed", G_CALLBACK (on_logind_changed), self);
  return self;
}
