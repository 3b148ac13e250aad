/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* fill-log DATABASE N NOW: writes N time entries of 25 minutes that end before NOW (ISO), twelve a
 * day, through the store as every command does: one transaction a year of them. */
#include "trk-store.h"

#include <stdlib.h>

enum
{
  ENTRIES_A_DAY = 12,
  ENTRIES_A_COMMAND = 4000
};

static TrkEntry *
entry_before (TrkInstant now, gint64 n)
{
  TrkEntry *entry = trk_entry_new ();
  TrkInstant day = now - (n / ENTRIES_A_DAY + 1) * 24 * TRK_HOUR;

  entry->period.start = day + (ENTRIES_A_DAY - 1 - n % ENTRIES_A_DAY) * 30 * TRK_MINUTE;
  entry->period.end = entry->period.start + 25 * TRK_MINUTE;
  entry->kind = (TrkKind) (n % TRK_KIND_OFF);
  entry->title = g_strdup_printf ("work on part %d", (int) (n % 40));
  entry->evidence = TRK_EVIDENCE_OBSERVED;
  entry->start_reason = TRK_REASON_BLOCK_START;
  entry->end_reason = TRK_REASON_BLOCK_END;
  return entry;
}

static gboolean
fill (TrkStore *store, gint64 n, TrkInstant now, GError **error)
{
  for (gint64 i = n - 1; i >= 0; i--)
    {
      g_autoptr (TrkEntry) entry = entry_before (now, i);
      gint64 done = n - 1 - i;

      if (done % ENTRIES_A_COMMAND == 0
          && !trk_store_begin (store, TRK_ACTOR_DAEMON, "fill", now, error))
        return FALSE;
      if (!trk_store_add_entry (store, entry, error))
        return FALSE;
      if (((done + 1) % ENTRIES_A_COMMAND == 0 || i == 0) && !trk_store_commit (store, error))
        return FALSE;
    }
  return TRUE;
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TrkStore) store = NULL;
  TrkInstant now = 0;

  if (argc != 4 || !trk_instant_from_iso (argv[3], &now, &error))
    return 2;
  store = trk_store_open (argv[1], TRK_STORE_WRITE, &error);
  if (store == NULL || !fill (store, g_ascii_strtoll (argv[2], NULL, 10), now, &error))
    {
      g_printerr ("fill-log: %s\n", error->message);
      return 1;
    }
  return 0;
}
