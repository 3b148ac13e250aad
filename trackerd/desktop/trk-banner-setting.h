/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* GNOME's do-not-disturb: the setting show-banners of org.gnome.desktop.notifications. Critical
 * notifications are shown all the same. */
typedef struct _TrkBannerSetting TrkBannerSetting;

/* NULL: there is no such setting here. @changed: somebody changed it, perhaps we. */
TrkBannerSetting *trk_banner_setting_new (void (*changed) (gpointer data), gpointer data);
void trk_banner_setting_free (TrkBannerSetting *setting);

gboolean trk_banner_setting_is_quiet (TrkBannerSetting *setting);
void trk_banner_setting_set_quiet (TrkBannerSetting *setting, gboolean quiet);

G_END_DECLS
