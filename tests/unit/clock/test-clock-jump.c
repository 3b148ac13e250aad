/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-system-clock.h"

#include <time.h>

/* Setting the clock to what it shows makes the kernel tell everybody that it was set, and changes
 * nothing: nothing else may ever be set here. */
static gboolean
set_clock_to_what_it_shows (void)
{
  struct timespec now;

  clock_gettime (CLOCK_REALTIME, &now);
  return clock_settime (CLOCK_REALTIME, &now) == 0;
}

static void
on_jump (guint *jumps)
{
  (*jumps)++;
}

static gboolean
on_alarm (gpointer data)
{
  (*(guint *) data)++;
  return G_SOURCE_REMOVE;
}

static gboolean
on_time_over (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_CONTINUE;
}

static void
run_until (const guint *count, guint wanted)
{
  gboolean over = FALSE;
  guint limit = g_timeout_add_seconds (60, on_time_over, &over);

  while (*count < wanted && !over)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (limit);
  g_assert_cmpuint (*count, ==, wanted);
}

int
main (void)
{
  g_autoptr (GObject) object = G_OBJECT (trk_system_clock_new (FALSE));
  TrkClock *clock = TRK_CLOCK (object);
  guint jumps = 0, fired = 0;

  if (!set_clock_to_what_it_shows ())
    {
      g_print ("skipped: setting the clock needs CAP_SYS_TIME\n");
      return 77;
    }
  g_signal_connect_swapped (clock, "jumped", G_CALLBACK (on_jump), &jumps);

  /* told while nothing is due, and while nothing is armed at all */
  trk_clock_arm (clock, trk_clock_now (clock) + TRK_HOUR, on_alarm, &fired);
  g_assert_true (set_clock_to_what_it_shows ());
  run_until (&jumps, 1);
  trk_clock_arm (clock, TRK_NEVER, NULL, NULL);
  g_assert_true (set_clock_to_what_it_shows ());
  run_until (&jumps, 2);
  g_assert_cmpuint (fired, ==, 0);

  /* set between the arms, when only the kernel's answer to the next one tells */
  g_assert_true (set_clock_to_what_it_shows ());
  trk_clock_arm (clock, TRK_NEVER, NULL, NULL);
  run_until (&jumps, 3);

  /* the alarm stays armed over a jump */
  trk_clock_arm (clock, trk_clock_now (clock) + TRK_SECOND / 5, on_alarm, &fired);
  g_assert_true (set_clock_to_what_it_shows ());
  run_until (&jumps, 4);
  run_until (&fired, 1);
  return 0;
}
