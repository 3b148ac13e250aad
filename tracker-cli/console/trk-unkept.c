/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-unkept.h"

#include "trk-keeper.h"

static gboolean
has_open (const GPtrArray *entries)
{
  for (guint i = 0; i < entries->len; i++)
    if (trk_entry_is_open (g_ptr_array_index (entries, i)))
      return TRUE;
  return FALSE;
}

GPtrArray *
trk_unkept_end (TrkStore *store, GPtrArray *entries, GError **error)
{
  TrkInstant mark = 0;

  if (entries == NULL || !has_open (entries) || trk_keeper_runs (NULL))
    return entries;
  if (!trk_store_last_mark (store, &mark, error))
    {
      g_ptr_array_unref (entries);
      return NULL;
    }
  for (guint i = 0; i < entries->len; i++)
    {
      TrkEntry *entry = g_ptr_array_index (entries, i);

      if (mark == 0 || !trk_entry_is_open (entry))
        continue;
      entry->period.end = MAX (entry->period.start, mark);
      entry->unkept = TRUE;
    }
  return entries;
}

const TrkEntry *
trk_unkept_in (const GPtrArray *entries)
{
  for (guint i = 0; i < entries->len; i++)
    if (((const TrkEntry *) g_ptr_array_index (entries, i))->unkept)
      return g_ptr_array_index (entries, i);
  return NULL;
}
