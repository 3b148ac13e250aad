/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-system-clock.h"

#include "trk-system-time.h"

#include <errno.h>
#include <gio/gio.h>
#include <glib-unix.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

/* A change of /etc/localtime arrives as up to three file events. */
#define ZONE_SETTLES_MS 200

/* Less than this is no jump and no sleep but the time between two readings. */
#define NOTICEABLE TRK_SECOND

/* "Never" for the kernel: 2200-01-01. The timer stays armed so that a jump is still told. */
#define FAR_AWAY (7258118400 * TRK_SECOND)

struct _TrkSystemClock
{
  GObject parent;

  GMainContext *context; /* (owned) */
  int timer;             /* timerfd, -1 before the first arm */
  GSource *source;       /* of the timer, (owned) (nullable) */
  GSource *pending;      /* a jump to be told from the main loop, (owned) (nullable) */

  TrkInstant at; /* TRK_NEVER: disarmed */
  GSourceFunc fire;
  gpointer data;

  TrkDuration wall_offset; /* wall clock − time since boot: changes when the clock is set */
  TrkDuration sleep_total; /* time since boot − time awake: grows with each sleep */
  TrkPeriod asleep;        /* not yet taken; empty when there is none */

  TrkZone *zone;         /* (owned) (nullable) before it was asked for */
  char *zone_file;       /* that is watched (owned) (nullable) */
  GFileMonitor *monitor; /* (owned) (nullable) */
  GSource *settling;     /* (owned) (nullable) */
};

static void trk_system_clock_clock_init (TrkClockInterface *iface);

G_DEFINE_TYPE_WITH_CODE (TrkSystemClock,
                         trk_system_clock,
                         G_TYPE_OBJECT,
                         G_IMPLEMENT_INTERFACE (TRK_TYPE_CLOCK, trk_system_clock_clock_init))

static TrkInstant
read_clock (clockid_t id)
{
  struct timespec now;

  clock_gettime (id, &now);
  return now.tv_sec * TRK_SECOND + now.tv_nsec / 1000;
}

static void
drop_source (GSource **source)
{
  if (*source != NULL)
    g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

/* Compares the clocks with the last look; adds what was slept. TRUE when the wall clock was set or
 * the machine slept since. */
static gboolean
look (TrkSystemClock *self)
{
  TrkInstant awake = read_clock (CLOCK_MONOTONIC);
  TrkInstant since_boot = read_clock (CLOCK_BOOTTIME);
  TrkInstant wall = trk_system_time ();
  TrkDuration step = wall - since_boot - self->wall_offset;
  TrkDuration slept = since_boot - awake - self->sleep_total;

  self->wall_offset = wall - since_boot;
  self->sleep_total = since_boot - awake;
  if (slept >= NOTICEABLE)
    {
      TrkInstant start = wall - slept;

      self->asleep.start =
          trk_period_is_empty (self->asleep) ? start : MIN (self->asleep.start, start);
      self->asleep.end = wall;
    }
  return slept >= NOTICEABLE || ABS (step) >= NOTICEABLE;
}

static void set_timer (TrkSystemClock *self);

static void
fire_if_due (TrkSystemClock *self)
{
  GSourceFunc fire = self->fire;

  if (self->at == TRK_NEVER || trk_system_time () < self->at)
    return;
  self->at = TRK_NEVER;
  set_timer (self);
  fire (self->data);
}

static void
tell_jump (TrkSystemClock *self)
{
  look (self);
  g_signal_emit_by_name (self, "jumped");
}

static gboolean
on_pending (gpointer data)
{
  g_autoptr (TrkSystemClock) self = g_object_ref (data);

  drop_source (&self->pending);
  tell_jump (self);
  fire_if_due (self);
  return G_SOURCE_REMOVE;
}

/* Whoever arms is not called back before it returned to the main loop. */
static void
tell_jump_later (TrkSystemClock *self)
{
  if (self->pending != NULL)
    return;
  self->pending = g_idle_source_new ();
  g_source_set_priority (self->pending, G_PRIORITY_DEFAULT);
  g_source_set_callback (self->pending, on_pending, self, NULL);
  g_source_attach (self->pending, self->context);
}

/* The kernel answers ECANCELED, with the timer armed all the same, when the clock was set since the
 * last call and nobody has read of it. */
static void
set_timer (TrkSystemClock *self)
{
  TrkInstant at = CLAMP (self->at, 1, FAR_AWAY);
  struct itimerspec when = { .it_value = { at / TRK_SECOND, (long) (at % TRK_SECOND * 1000) } };

  if (timerfd_settime (self->timer, TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET, &when, NULL) < 0
      && errno == ECANCELED)
    tell_jump_later (self);
}

static gboolean
on_timer (int fd, GIOCondition condition, gpointer data)
{
  g_autoptr (TrkSystemClock) self = g_object_ref (data);
  guint64 expirations;
  gboolean was_set = read (fd, &expirations, sizeof expirations) < 0 && errno == ECANCELED;

  if (look (self) || was_set)
    {
      set_timer (self);
      g_signal_emit_by_name (self, "jumped");
    }
  if (self->at != TRK_NEVER && trk_system_time () < self->at)
    set_timer (self);
  fire_if_due (self);
  return G_SOURCE_CONTINUE;
}

static void
open_timer (TrkSystemClock *self)
{
  self->timer = timerfd_create (CLOCK_REALTIME, TFD_CLOEXEC | TFD_NONBLOCK);
  if (self->timer < 0)
    return;
  self->source = g_unix_fd_source_new (self->timer, G_IO_IN);
  g_source_set_callback (self->source, G_SOURCE_FUNC (on_timer), self, NULL);
  g_source_attach (self->source, self->context);
}

static TrkInstant
now (TrkClock *clock)
{
  return trk_system_time ();
}

/* The clocks are read again once the timer stands: what was set before the kernel watched for it is
 * told as well. */
static void
arm (TrkClock *clock, TrkInstant at, GSourceFunc fire, gpointer data)
{
  TrkSystemClock *self = TRK_SYSTEM_CLOCK (clock);

  self->at = at;
  self->fire = fire;
  self->data = data;
  if (self->timer < 0)
    open_timer (self);
  set_timer (self);
  if (look (self))
    tell_jump_later (self);
}

static gboolean
take_sleep (TrkClock *clock, TrkPeriod *asleep)
{
  TrkSystemClock *self = TRK_SYSTEM_CLOCK (clock);
  gboolean slept;

  look (self);
  slept = !trk_period_is_empty (self->asleep);
  if (slept)
    *asleep = self->asleep;
  self->asleep = (TrkPeriod){ 0, 0 };
  return slept;
}

static gboolean
on_zone_settled (gpointer data)
{
  g_autoptr (TrkSystemClock) self = g_object_ref (data);
  TrkZone *zone = trk_zone_new_from_file (self->zone_file, NULL);

  drop_source (&self->settling);
  if (zone == NULL)
    return G_SOURCE_REMOVE;
  tzset ();
  g_clear_pointer (&self->zone, trk_zone_unref);
  self->zone = zone;
  tell_jump (self);
  return G_SOURCE_REMOVE;
}

static void
on_zone_changed (TrkSystemClock *self)
{
  drop_source (&self->settling);
  self->settling = g_timeout_source_new (ZONE_SETTLES_MS);
  g_source_set_callback (self->settling, on_zone_settled, self, NULL);
  g_source_attach (self->settling, self->context);
}

static void
watch_zone (TrkSystemClock *self)
{
  g_autoptr (GFile) file = NULL;

  self->zone_file = trk_zone_system_file ();
  if (self->zone_file == NULL)
    return;
  file = g_file_new_for_path (self->zone_file);
  self->monitor = g_file_monitor_file (file, G_FILE_MONITOR_WATCH_MOVES, NULL, NULL);
  if (self->monitor != NULL)
    g_signal_connect_swapped (self->monitor, "changed", G_CALLBACK (on_zone_changed), self);
}

static const TrkZone *
zone (TrkClock *clock)
{
  TrkSystemClock *self = TRK_SYSTEM_CLOCK (clock);

  if (self->zone == NULL)
    self->zone = trk_zone_new (NULL, NULL);
  return self->zone;
}

static void
finalize (GObject *object)
{
  TrkSystemClock *self = TRK_SYSTEM_CLOCK (object);

  drop_source (&self->source);
  drop_source (&self->pending);
  drop_source (&self->settling);
  if (self->timer >= 0)
    close (self->timer);
  if (self->monitor != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->monitor, self);
      g_file_monitor_cancel (self->monitor);
    }
  g_clear_object (&self->monitor);
  g_free (self->zone_file);
  g_clear_pointer (&self->zone, trk_zone_unref);
  g_main_context_unref (self->context);
  G_OBJECT_CLASS (trk_system_clock_parent_class)->finalize (object);
}

static void
trk_system_clock_clock_init (TrkClockInterface *iface)
{
  iface->now = now;
  iface->zone = zone;
  iface->arm = arm;
  iface->take_sleep = take_sleep;
}

static void
trk_system_clock_class_init (TrkSystemClockClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = finalize;
}

static void
trk_system_clock_init (TrkSystemClock *self)
{
  self->context = g_main_context_ref_thread_default ();
  self->timer = -1;
  self->at = TRK_NEVER;
  look (self);
  self->asleep = (TrkPeriod){ 0, 0 };
}

TrkClock *
trk_system_clock_new (gboolean watch)
{
  TrkSystemClock *self = g_object_new (TRK_TYPE_SYSTEM_CLOCK, NULL);

  if (watch)
    watch_zone (self);
  return TRK_CLOCK (self);
}
