/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-entry.h"

TrkEntry *
trk_entry_new (void)
{
  return g_new0 (TrkEntry, 1);
}

TrkEntry *
trk_entry_copy (const TrkEntry *entry)
{
  TrkEntry *copy = g_memdup2 (entry, sizeof *entry);

  copy->id = g_strdup (entry->id);
  copy->title = g_strdup (entry->title);
  copy->block_id = g_strdup (entry->block_id);
  copy->project = g_strdup (entry->project);
  copy->tags = g_strdupv (entry->tags);
  copy->note = g_strdup (entry->note);
  copy->zone = g_strdup (entry->zone);
  return copy;
}

void
trk_entry_free (TrkEntry *entry)
{
  if (entry == NULL)
    return;
  g_free (entry->id);
  g_free (entry->title);
  g_free (entry->block_id);
  g_free (entry->project);
  g_strfreev (entry->tags);
  g_free (entry->note);
  g_free (entry->zone);
  g_free (entry);
}

gboolean
trk_entry_is_open (const TrkEntry *entry)
{
  return entry->period.end == TRK_NEVER;
}

TrkGap *
trk_gap_new (void)
{
  return g_new0 (TrkGap, 1);
}

TrkGap *
trk_gap_copy (const TrkGap *gap)
{
  TrkGap *copy = g_memdup2 (gap, sizeof *gap);

  copy->id = g_strdup (gap->id);
  copy->block_id = g_strdup (gap->block_id);
  return copy;
}

void
trk_gap_free (TrkGap *gap)
{
  if (gap == NULL)
    return;
  g_free (gap->id);
  g_free (gap->block_id);
  g_free (gap);
}
