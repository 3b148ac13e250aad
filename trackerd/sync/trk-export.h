/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-subscription-copy.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* A calendar of another program on this machine: the one that knows it is started with fixed
 * arguments, without a shell, and what it prints is the new copy. */
void trk_export_start (const TrkCalendar *calendar,
                       TrkSubscriptionCopy *copy,
                       guint patience, /* seconds for all of it */
                       GAsyncReadyCallback ready,
                       gpointer data);
gboolean trk_export_finish (GAsyncResult *async, GError **error);

G_END_DECLS
