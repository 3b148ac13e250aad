/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-squeeze.h"

static void
clear (gpointer data)
{
  TrkSqueeze *squeeze = data;

  trk_block_unref (squeeze->block);
  trk_block_unref (squeeze->by);
}

GArray *
trk_squeezes_new (void)
{
  GArray *squeezes = g_array_new (FALSE, FALSE, sizeof (TrkSqueeze));

  g_array_set_clear_func (squeezes, clear);
  return squeezes;
}

static TrkSqueeze
copy (TrkSqueeze squeeze)
{
  trk_block_ref (squeeze.block);
  trk_block_ref (squeeze.by);
  return squeeze;
}

void
trk_squeezes_add (GArray *squeezes, TrkSqueeze squeeze)
{
  TrkSqueeze added = copy (squeeze);

  g_array_append_val (squeezes, added);
}

void
trk_squeezes_insert (GArray *squeezes, guint index, TrkSqueeze squeeze)
{
  TrkSqueeze inserted = copy (squeeze);

  g_array_insert_val (squeezes, index, inserted);
}

static gint
compare (gconstpointer a, gconstpointer b)
{
  const TrkSqueeze *x = a, *y = b;

  if (x->lost.start != y->lost.start)
    return x->lost.start < y->lost.start ? -1 : 1;
  if (x->lost.end != y->lost.end)
    return x->lost.end < y->lost.end ? -1 : 1;
  return g_strcmp0 (x->block->id, y->block->id);
}

void
trk_squeezes_sort (GArray *squeezes)
{
  g_array_sort (squeezes, compare);
}
