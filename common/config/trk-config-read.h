/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-config.h"

G_BEGIN_DECLS

/* The configuration that @text says. @path names it in messages and is what relative calendar paths
 * are relative to; it is not opened. */
TrkConfig *trk_config_read (const char *text, gsize length, const char *path, GError **error);

/* The text of the file at @path; "" when there is none. */
gboolean trk_config_read_file (const char *path, char **text, gsize *length, GError **error);

/* May a calendar or rule be called so? */
gboolean trk_config_name_valid (const char *name);

G_END_DECLS
