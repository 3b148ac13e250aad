/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* For LD_PRELOAD: the daemon's wall clock runs SPEED times as fast from PATIENT_CLOCK (seconds
 * since 1970) on, and waits for it. It never goes beyond the instant that the daemon's timer is set
 * to, and stands while the timer is not set: a machine that is too busy to let the daemon run is
 * not taken for an absence of the user's. The programs that the daemon starts have their own time.
 */

#include <errno.h>
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

enum
{
  SPEED = 900,
};
#define SECOND INT64_C (1000000000)
#define NEVER (7000000000 * SECOND) /* in 2191: what a timer that waits for nothing is set to */

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int64_t shown;   /* ns: what the clock showed last */
static int64_t read_at; /* ns, monotonic: when it did */
static int64_t limit;   /* ns */

static int64_t
real (clockid_t id)
{
  struct timespec now;

  syscall (SYS_clock_gettime, id, &now);
  return now.tv_sec * SECOND + now.tv_nsec;
}

static struct timespec
to_timespec (int64_t ns)
{
  return (struct timespec){ ns / SECOND, ns % SECOND };
}

/* 0: it is not for this program. */
static int64_t
look (void)
{
  const char *start = getenv ("PATIENT_CLOCK");
  int64_t now = real (CLOCK_MONOTONIC), run;

  if (start == NULL || strcmp (program_invocation_short_name, "trackerd") != 0)
    return 0;
  if (shown == 0)
    shown = limit = strtoll (start, NULL, 10) * SECOND;
  run = shown + (now - read_at) * SPEED;
  shown = run < limit ? run : limit;
  read_at = now;
  return shown;
}

int
clock_gettime (clockid_t id, struct timespec *answer)
{
  int64_t now;

  if (id != CLOCK_REALTIME)
    return (int) syscall (SYS_clock_gettime, id, answer);
  pthread_mutex_lock (&lock);
  now = look ();
  pthread_mutex_unlock (&lock);
  *answer = to_timespec (now != 0 ? now : real (CLOCK_REALTIME));
  return 0;
}

/* The only timer of a wall clock is absolute. */
int
timerfd_settime (int fd, int flags, const struct itimerspec *when, struct itimerspec *before)
{
  struct itimerspec mine = *when;
  int64_t at = when->it_value.tv_sec * SECOND + when->it_value.tv_nsec, now;

  pthread_mutex_lock (&lock);
  now = (flags & TFD_TIMER_ABSTIME) != 0 ? look () : 0;
  if (now != 0)
    limit = at < now || at > NEVER ? now : at;
  pthread_mutex_unlock (&lock);
  if (now != 0 && at <= NEVER)
    mine.it_value = to_timespec (real (CLOCK_REALTIME) + (at > now ? (at - now) / SPEED + 1 : 0));
  return (int) syscall (SYS_timerfd_settime, fd, flags, &mine, before);
}
