/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-entry.h"

G_BEGIN_DECLS

/* Room for many entries that are read, kept and forgotten together: a report makes thousands, and
 * gives none of them up before the last. What is in it stays where it is. */
typedef struct _TrkEntryPool TrkEntryPool;

TrkEntryPool *trk_entry_pool_new (void);
void trk_entry_pool_free (TrkEntryPool *pool); /* with all entries and texts */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrkEntryPool, trk_entry_pool_free)

/* An empty entry that belongs to @pool: never freed, and its texts are the pool's as well. */
TrkEntry *trk_entry_pool_add (TrkEntryPool *pool);
/* @text (nullable), copied into @pool. */
char *trk_entry_pool_text (TrkEntryPool *pool, const char *text);

G_END_DECLS
