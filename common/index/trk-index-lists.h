/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-instant.h"

#include <glib.h>

G_BEGIN_DECLS

/* Short lists in one column. Texts are joined by U+001F (unit separator), which is taken out of
 * them first. An empty list is NULL both ways. */
char *trk_index_join_texts (const GStrv texts);
GStrv trk_index_split_texts (const char *joined);
char *trk_index_join_durations (const GArray *durations); /* of TrkDuration */
GArray *trk_index_split_durations (const char *joined);

G_END_DECLS
