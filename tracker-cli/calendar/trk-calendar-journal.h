/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-calendar-file.h"
#include "trk-store.h"

G_BEGIN_DECLS

/* Calendar files in the log: what a command changed in one, and back. */

/* Where @wanted (NULL: the file goes) differs from @file. Owned by the caller. */
TrkFileChange *trk_calendar_journal_change (const TrkCalendarFile *file, GBytes *wanted);

/* A TrkStoreFiles: files follow what is undone or redone, all or none of them. */
gboolean trk_calendar_journal_follow (const GPtrArray *changes, gpointer data, GError **error);

G_END_DECLS
