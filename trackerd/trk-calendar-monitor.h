/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define TRK_TYPE_CALENDAR_MONITOR (trk_calendar_monitor_get_type ())
G_DECLARE_FINAL_TYPE (TrkCalendarMonitor, trk_calendar_monitor, TRK, CALENDAR_MONITOR, GObject)

/* Watches the files and folders that the plan comes from: calendars and the configuration.
 *
 * Signal "changed" (no arguments): something did; emitted once things have been quiet for a moment,
 * and at the latest two seconds after the first change. What is not there (yet, or any more) is
 * waited for in the nearest folder above that is; nothing is polled. */
TrkCalendarMonitor *trk_calendar_monitor_new (void);

/* Watches @paths (absolute; of char*) instead of those before. */
void trk_calendar_monitor_set_paths (TrkCalendarMonitor *monitor, const GPtrArray *paths);

G_END_DECLS
