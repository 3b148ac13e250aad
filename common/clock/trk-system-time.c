/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-system-time.h"

#include <time.h>

TrkInstant
trk_system_time (void)
{
  struct timespec now;

  clock_gettime (CLOCK_REALTIME, &now);
  return now.tv_sec * TRK_SECOND + now.tv_nsec / 1000;
}

gint64
trk_system_elapsed (void)
{
  struct timespec now;

  clock_gettime (CLOCK_MONOTONIC, &now);
  return now.tv_sec * TRK_SECOND + now.tv_nsec / 1000;
}
