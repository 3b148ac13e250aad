/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define TRK_TYPE_LOGIND (trk_logind_get_type ())
G_DECLARE_FINAL_TYPE (TrkLogind, trk_logind, TRK, LOGIND, GObject)

/* What systemd-logind knows of the user's session: org.freedesktop.login1(5). Without a system bus
 * or logind nothing is ever told, and nobody waits.
 *
 * "changed" (): one of the getters says something else; of sleep, before "sleeping".
 * "kept-awake" (): trk_logind_kept_awake_by() says something else.
 * "sleeping" (gboolean begins): the machine is about to sleep (TRUE), or it woke up (FALSE). Before
 *   sleep it waits a few seconds for trk_logind_let_sleep(). */
TrkLogind *trk_logind_new (void);

/* The screen is locked, and that is sure. */
gboolean trk_logind_is_locked (TrkLogind *logind);
/* Locking was asked for, and nobody has said yet that it was done, or undone: not every screen
 * locker says so. */
gboolean trk_logind_wants_lock (TrkLogind *logind);
/* Somebody has seen that the user is back after all. */
void trk_logind_forget_lock (TrkLogind *logind);
/* The machine is about to sleep, or sleeps: until it says that it woke up. */
gboolean trk_logind_is_asleep (TrkLogind *logind);
/* Another user, or another console, is on the screen. */
gboolean trk_logind_is_switched_away (TrkLogind *logind);

/* Which program of the user's keeps the session from being idle, as a sentence; NULL: none.
 * Borrowed, until the next change. */
const char *trk_logind_kept_awake_by (TrkLogind *logind);

/* Who tells of lock and sleep: "logind", or "none: " and why. Static. */
const char *trk_logind_describe (TrkLogind *logind);

/* Everything that had to be written before sleep is written. */
void trk_logind_let_sleep (TrkLogind *logind);

/* Asks for the screen to be locked. FALSE: there is no session to lock. */
gboolean trk_logind_lock (TrkLogind *logind);

G_END_DECLS
