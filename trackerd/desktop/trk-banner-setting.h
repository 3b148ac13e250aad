/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* GNOME's do-not-disturb: the setting show-banners of org.gnome.desktop.notifications. Critical
 * notifications are shown all the same. */
typedef struct _TrkBannerSetting TrkBannerSetting;

/* NULL: there is no such setting here. @changed: somebody changed it, perhaps we. */
TrkBannerSetting *trk_banner_setting_new (void (*changed) (gpointer data), gpointer data);
void trk_banner_setting_free (TrkBannerSetting *setting);

gboolean trk_banner_setting_is_quiet (TrkBannerSetting *setting);
/* Seen here at once; written by another process, which may take its time or hang. */
void trk_banner_setting_set_quiet (TrkBannerSetting *setting, gboolean quiet);

/* What was set was written: @done gets TRUE from trk_banner_setting_flush_finish(), FALSE when
 * @cancellable was cancelled. The caller's loop goes on meanwhile. */
void trk_banner_setting_flush (GCancellable *cancellable, GAsyncReadyCallback done, gpointer data);
gboolean trk_banner_setting_flush_finish (GAsyncResult *result);
/* The same, waiting for it. FALSE: it was not written within @milliseconds. */
gboolean trk_banner_setting_flush_now (guint milliseconds);

G_END_DECLS
