/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-index.h"

#include <stdio.h>

G_BEGIN_DECLS

/* The index of files or folders that are not configured, for one command: made in a private
 * temporary folder by the same indexer as every other, and gone when it is closed. */
typedef struct _TrkLooseIndex TrkLooseIndex;

/* @calendars: of TrkCalendar. On @err (nullable), when it is a terminal, long work is told. */
TrkLooseIndex *
trk_loose_index_new (const GPtrArray *calendars, TrkPeriod window, FILE *err, GError **error);
TrkIndex *trk_loose_index_get (TrkLooseIndex *loose); /* borrowed */
void trk_loose_index_free (TrkLooseIndex *loose);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrkLooseIndex, trk_loose_index_free)

/* Did @calendar give no event at all, because something was wrong with every one? */
gboolean trk_loose_index_is_useless (TrkLooseIndex *loose, const char *calendar);

G_END_DECLS
