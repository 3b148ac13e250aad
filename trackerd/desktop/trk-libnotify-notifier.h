/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-notifier.h"

G_BEGIN_DECLS

#define TRK_TYPE_LIBNOTIFY_NOTIFIER (trk_libnotify_notifier_get_type ())
G_DECLARE_FINAL_TYPE (
    TrkLibnotifyNotifier, trk_libnotify_notifier, TRK, LIBNOTIFY_NOTIFIER, GObject)

/* The desktop's notification server, spoken to on a thread of its own: one call at a time, and
 * after five seconds without an answer "shown" tells so while the call goes on waiting there. A
 * notice that waits in the queue and is replaced or withdrawn meanwhile is never sent. The session
 * bus is looked for again with each notice, so none is needed at first. One at a time in a process.
 *
 * At the end live notifications are closed; a thread that hangs in a call is left behind after half
 * a second and ends with the process. What a daemon that was killed left on the screen is closed
 * when its server is met again: @screen_file (nullable) is where that is written down. */
TrkNotifier *trk_libnotify_notifier_new (const char *screen_file);

G_END_DECLS
