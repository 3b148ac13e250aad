/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The key files of khal (configobj) and vdirsyncer, as far as paths in them are wanted: sections
 * "[a]" with sections "[[b]]" inside, values in quotes or without, comments. GKeyFile reads neither
 * of the two. */
typedef struct
{
  char *section;      /* "storage work"; of an inner one "calendars/work"; (owned) */
  GHashTable *values; /* char* → char*: (owned) */
} TrkIniSection;

/* The sections of the file at @path in its order; empty when it cannot be read or is larger than
 * 1 MiB. Owned by the caller. */
GPtrArray *trk_ini_read (const char *path); /* of TrkIniSection */

/* The value of @key, or NULL. Borrowed. */
const char *trk_ini_value (const TrkIniSection *section, const char *key);

G_END_DECLS
