/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-entry-pool.h"

enum
{
  /* Entries: so many that the C library takes fresh pages for them, which are empty as they come
   * and are not there before they are used. */
  A_BLOCK = 1024,
  A_CHUNK = 4096, /* bytes of text */
};

struct _TrkEntryPool
{
  GPtrArray *blocks; /* of TrkEntry[A_BLOCK] (owned) */
  guint used;        /* of the last one */
  GStringChunk *texts;
};

TrkEntryPool *
trk_entry_pool_new (void)
{
  TrkEntryPool *pool = g_new0 (TrkEntryPool, 1);

  pool->blocks = g_ptr_array_new_with_free_func (g_free);
  pool->used = A_BLOCK;
  pool->texts = g_string_chunk_new (A_CHUNK);
  return pool;
}

void
trk_entry_pool_free (TrkEntryPool *pool)
{
  if (pool == NULL)
    return;
  g_ptr_array_unref (pool->blocks);
  g_string_chunk_free (pool->texts);
  g_free (pool);
}

TrkEntry *
trk_entry_pool_add (TrkEntryPool *pool)
{
  if (pool->used == A_BLOCK)
    {
      g_ptr_array_add (pool->blocks, g_new0 (TrkEntry, A_BLOCK));
      pool->used = 0;
    }
  return (TrkEntry *) g_ptr_array_index (pool->blocks, pool->blocks->len - 1) + pool->used++;
}

char *
trk_entry_pool_text (TrkEntryPool *pool, const char *text)
{
  return text != NULL ? g_string_chunk_insert (pool->texts, text) : NULL;
}
