/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-entry-pool.h"

#include <string.h>
#include <sys/mman.h>

enum
{
  /* So much that the C library takes fresh pages for it, which are empty as they come. */
  A_BLOCK = 128 * 1024,
  A_PAGE = 4096,
};

/* Entries and their texts lie one after the other as they are read. */
struct _TrkEntryPool
{
  GPtrArray *blocks; /* (owned) */
  char *next;        /* what is free of the last one */
  gsize left;        /* bytes there */
};

TrkEntryPool *
trk_entry_pool_new (void)
{
  TrkEntryPool *pool = g_new0 (TrkEntryPool, 1);

  pool->blocks = g_ptr_array_new_with_free_func (g_free);
  return pool;
}

void
trk_entry_pool_free (TrkEntryPool *pool)
{
  if (pool == NULL)
    return;
  g_ptr_array_unref (pool->blocks);
  g_free (pool);
}

/* Asks for the pages of @block at once, which costs half of what it does when each is made as it is
 * touched first. So they are made where the kernel cannot, too. */
static void
make_pages (char *block)
{
#ifdef MADV_POPULATE_WRITE
  char *first = block + A_PAGE - (guintptr) block % A_PAGE;

  madvise (first, A_BLOCK - A_PAGE, MADV_POPULATE_WRITE);
#endif
}

static void
add_block (TrkEntryPool *pool, gsize least)
{
  pool->left = MAX (least, A_BLOCK);
  pool->next = g_malloc0 (pool->left);
  g_ptr_array_add (pool->blocks, pool->next);
  make_pages (pool->next);
}

/* @size empty bytes, aligned for whatever an entry has. */
static gpointer
take (TrkEntryPool *pool, gsize size)
{
  const gsize unit = sizeof (gint64);
  gpointer taken;

  size = (size + unit - 1) / unit * unit;
  if (pool->left < size)
    add_block (pool, size);
  taken = pool->next;
  pool->next += size;
  pool->left -= size;
  return taken;
}

TrkEntry *
trk_entry_pool_add (TrkEntryPool *pool)
{
  return take (pool, sizeof (TrkEntry));
}

char *
trk_entry_pool_text (TrkEntryPool *pool, const char *text)
{
  gsize size;

  if (text == NULL)
    return NULL;
  size = strlen (text) + 1;
  return memcpy (take (pool, size), text, size);
}
