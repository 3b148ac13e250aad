/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-clock.h"
#include "trk-logind.h"
#include "trk-words.h"

G_BEGIN_DECLS

#define TRK_TYPE_PRESENCE_MONITOR (trk_presence_monitor_get_type ())
G_DECLARE_FINAL_TYPE (TrkPresenceMonitor, trk_presence_monitor, TRK, PRESENCE_MONITOR, GObject)

/* Is the user there? It takes the best source that answers: Mutter's idle monitor, a Wayland
 * compositor's idle notification, X11's idle counter, and looks again when the session changes.
 * What logind says of lock and of a switched console goes before them. Nothing is polled, and
 * nobody who does not answer is waited for; with nobody that answers presence is unknown.
 *
 * "changed" (int presence, gint64 since, int why): a TrkPresence that began at the instant @since
 *   (away is known late) for a TrkReason: AWAY, LOCK, SWITCHED, SLEEP
 *   or BACK. Unknown at first.
 * "described" (): trk_presence_monitor_source() or its logind's
 *   trk_logind_describe() says something new. */
TrkPresenceMonitor *trk_presence_monitor_new (TrkClock *clock);

/* Begins, or looks afresh for Mutter: the session bus is there, or (NULL) it went away. */
void trk_presence_monitor_set_bus (TrkPresenceMonitor *monitor, GDBusConnection *bus);

/* So many ms without input are away; looks for sources when first called. */
void trk_presence_monitor_watch (TrkPresenceMonitor *monitor, guint limit);

/* To be called now and then while time is kept, when the process is awake anyway: asks the source
 * for its idle time, so that one that missed to tell, that hangs, or that stands still is found
 * out. */
void trk_presence_monitor_check (TrkPresenceMonitor *monitor);

/* Who tells: "mutter", "ext-idle-notify-v1", "org_kde_kwin_idle", "x11"; or "none: " and why.
 * Borrowed until the next signal. */
const char *trk_presence_monitor_source (TrkPresenceMonitor *monitor);

/* Does the source move? @answer is called once: with TRUE and the milliseconds since the call when
 * there was input after a short moment without, with FALSE when @limit ms passed in vain. Of
 * several at a time each gets its own answer. */
typedef void (*TrkPresenceAnswer) (gpointer call,
                                   const char *source,
                                   gboolean moved,
                                   guint milliseconds);
void trk_presence_monitor_probe (TrkPresenceMonitor *monitor,
                                 guint limit,
                                 TrkPresenceAnswer answer,
                                 gpointer call);

/* For sleep and for locking. Borrowed. */
TrkLogind *trk_presence_monitor_logind (TrkPresenceMonitor *monitor);

G_END_DECLS
