/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-fake-clock.h"

struct _TrkFakeClock
{
  GObject parent;

  TrkInstant now;
  TrkZone *zone; /* (owned) */
  TrkInstant at;
  GSourceFunc fire;
  gpointer data;
  guint wakeups;
  TrkPeriod asleep;
};

static void trk_fake_clock_clock_init (TrkClockInterface *iface);

G_DEFINE_TYPE_WITH_CODE (TrkFakeClock,
                         trk_fake_clock,
                         G_TYPE_OBJECT,
                         G_IMPLEMENT_INTERFACE (TRK_TYPE_CLOCK, trk_fake_clock_clock_init))

static TrkInstant
now (TrkClock *clock)
{
  return TRK_FAKE_CLOCK (clock)->now;
}

static const TrkZone *
zone (TrkClock *clock)
{
  return TRK_FAKE_CLOCK (clock)->zone;
}

static void
arm (TrkClock *clock, TrkInstant at, GSourceFunc fire, gpointer data)
{
  TrkFakeClock *self = TRK_FAKE_CLOCK (clock);

  self->at = at;
  self->fire = fire;
  self->data = data;
}

static gboolean
take_sleep (TrkClock *clock, TrkPeriod *asleep)
{
  TrkFakeClock *self = TRK_FAKE_CLOCK (clock);
  gboolean slept = !trk_period_is_empty (self->asleep);

  if (slept)
    *asleep = self->asleep;
  self->asleep = (TrkPeriod){ 0, 0 };
  return slept;
}

static void
finalize (GObject *object)
{
  trk_zone_unref (TRK_FAKE_CLOCK (object)->zone);
  G_OBJECT_CLASS (trk_fake_clock_parent_class)->finalize (object);
}

static void
trk_fake_clock_clock_init (TrkClockInterface *iface)
{
  iface->now = now;
  iface->zone = zone;
  iface->arm = arm;
  iface->take_sleep = take_sleep;
}

static void
trk_fake_clock_class_init (TrkFakeClockClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = finalize;
}

static void
trk_fake_clock_init (TrkFakeClock *self)
{
  self->at = TRK_NEVER;
}

TrkFakeClock *
trk_fake_clock_new (TrkInstant at, TrkZone *shown)
{
  TrkFakeClock *self = g_object_new (TRK_TYPE_FAKE_CLOCK, NULL);

  self->now = at;
  self->zone = shown != NULL ? trk_zone_ref (shown) : trk_zone_new_utc ();
  return self;
}

static void
fire_alarm (TrkFakeClock *self)
{
  self->at = TRK_NEVER;
  self->wakeups++;
  self->fire (self->data);
}

void
trk_fake_clock_advance_to (TrkFakeClock *self, TrkInstant until)
{
  /* An alarm that arms itself in the past again and again would never let time pass. */
  guint standing = 0;

  while (self->at <= until && self->at != TRK_NEVER)
    {
      standing = self->at > self->now ? 0 : standing + 1;
      g_assert_cmpuint (standing, <, 100);
      self->now = MAX (self->now, self->at);
      fire_alarm (self);
    }
  self->now = MAX (self->now, until);
}

void
trk_fake_clock_advance (TrkFakeClock *self, TrkDuration length)
{
  trk_fake_clock_advance_to (self, trk_instant_add (self->now, length));
}

void
trk_fake_clock_set (TrkFakeClock *self, TrkInstant at)
{
  self->now = at;
  g_signal_emit_by_name (self, "jumped");
  if (self->at <= self->now)
    fire_alarm (self);
}

void
trk_fake_clock_sleep (TrkFakeClock *self, TrkDuration length)
{
  TrkInstant awake = trk_instant_add (self->now, length);

  self->asleep = (TrkPeriod){ self->now, awake };
  trk_fake_clock_set (self, awake);
}

void
trk_fake_clock_set_zone (TrkFakeClock *self, TrkZone *shown)
{
  trk_zone_ref (shown);
  trk_zone_unref (self->zone);
  self->zone = shown;
  g_signal_emit_by_name (self, "jumped");
}

TrkInstant
trk_fake_clock_alarm (TrkFakeClock *self)
{
  return self->at;
}

guint
trk_fake_clock_wakeups (TrkFakeClock *self)
{
  return self->wakeups;
}
