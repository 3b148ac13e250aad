/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-guard.h"

#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/time.h>

#if defined(__SANITIZE_ADDRESS__)
#define UNDER_SANITIZER 1
#else
#define UNDER_SANITIZER 0
#endif

enum
{
  MAX_MEMORY_MB = 512, /* of address space; ICU's data alone maps 30 */
  MAX_CPU_SECONDS = 300,
  EVENT_CPU_SECONDS = UNDER_SANITIZER ? 20 : 2,
  EVENTS_A_TIMER = 16 /* that share their seconds; the steps of a rule bound each far below them */
};

static void
limit (int resource, rlim_t value)
{
  struct rlimit both = { .rlim_cur = value, .rlim_max = value };

  setrlimit (resource, &both); /* a lower one in force already is as good */
}

void
trk_guard_init (TrkGuard *guard)
{
  struct stat page;
  void *shared;

  guard->status = NULL;
  guard->entered = 0;
  limit (RLIMIT_CPU, MAX_CPU_SECONDS);
  limit (RLIMIT_CORE, 0);
  if (!UNDER_SANITIZER) /* its shadow memory alone is terabytes */
    limit (RLIMIT_AS, (rlim_t) MAX_MEMORY_MB << 20);
  if (fstat (TRK_INDEXER_STATUS_FD, &page) != 0
      || page.st_size != (off_t) sizeof (TrkIndexerStatus))
    return;
  shared = mmap (NULL, sizeof (TrkIndexerStatus), PROT_READ | PROT_WRITE, MAP_SHARED,
                 TRK_INDEXER_STATUS_FD, 0);
  if (shared != MAP_FAILED)
    guard->status = shared;
}

static void
set_timer (int seconds)
{
  struct itimerval timer = { .it_value = { .tv_sec = seconds } };

  setitimer (ITIMER_PROF, &timer, NULL);
}

void
trk_guard_enter (TrkGuard *guard, guint64 hash)
{
  if (guard->entered++ % EVENTS_A_TIMER == 0)
    set_timer (EVENT_CPU_SECONDS);
  if (guard->status == NULL)
    return;
  guard->status->hash = hash;
  guard->status->steps++;
}

void
trk_guard_leave (TrkGuard *guard)
{
  if (guard->status == NULL)
    return;
  guard->status->hash = 0;
  guard->status->steps++;
}

void
trk_guard_rest (TrkGuard *guard)
{
  set_timer (0);
  guard->entered = 0;
  trk_guard_leave (guard);
}

void
trk_guard_progress (TrkGuard *guard, guint done, guint total)
{
  if (guard->status == NULL)
    return;
  guard->status->done = done;
  guard->status->total = total;
  guard->status->steps++;
}
