/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Folders as vdirsyncer and khal keep them (the vdir format): a collection is a folder of .ics
 * files, beside which the files "displayname" and "color" may lie; collections lie in a folder of
 * their own. What those files say is from a server: it is shown, and never more than that. */

/* What the collection at @path is called: one short line; NULL when it does not say. Owned by the
 * caller. */
char *trk_vdir_title (const char *path);

/* Its colour as "#rrggbb"; NULL when it has none, or something else. Owned by the caller. */
char *trk_vdir_color (const char *path);

/* A name for the calendar at @path (a collection, a folder, a file): its title as far as a
 * configuration can hold it, else that of the file. Owned by the caller. */
char *trk_vdir_name (const char *path);

/* @title as far as a configuration can hold it as a name (64 bytes, no brackets or slashes), else
 * "calendar". Owned by the caller. */
char *trk_vdir_clean_name (const char *title);

/* Sorted paths of the collections in @path; empty when it is one itself (it holds calendar files),
 * or holds none. */
GPtrArray *trk_vdir_collections (const char *path); /* of char* */

G_END_DECLS
