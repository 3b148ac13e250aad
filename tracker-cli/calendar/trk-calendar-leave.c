/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-calendar-leave.h"

#include "trk-paths.h"

#include <string.h>

/* As the log has the block that runs by @status; NULL: none, or none of a plan. Owned by the
 * caller. */
static TrkBlockRecord *
running_block (TrkSession *session, const TrkDaemonStatus *status)
{
  TrkStore *store = trk_session_store (session, TRK_STORE_READ, NULL);
  TrkInstant now = trk_session_now (session);
  TrkPeriod around = { trk_instant_add (now, -24 * TRK_HOUR),
                       trk_instant_add (now, 24 * TRK_HOUR) };
  g_autoptr (GPtrArray) records = store != NULL ? trk_store_blocks (store, around, NULL) : NULL;

  for (guint i = 0; records != NULL && i < records->len; i++)
    {
      const TrkBlockRecord *record = g_ptr_array_index (records, i);

      if (strcmp (record->block->id, status->block_id) == 0)
        return trk_block_record_new (record->block, record->state);
    }
  return NULL;
}

static gboolean
has_left (const TrkConfig *before, const char *calendar)
{
  g_autofree char *path = trk_path_config_file ();
  g_autoptr (TrkConfig) after = trk_config_load (path, NULL);

  return calendar != NULL && after != NULL && trk_config_calendar (before, calendar) != NULL
         && trk_config_calendar (after, calendar) == NULL;
}

static gboolean
is_on (const TrkDaemonStatus *status)
{
  return *status->block_id != '\0'
         && (strcmp (status->state, "running") == 0 || strcmp (status->state, "paused") == 0
             || strcmp (status->state, "break") == 0);
}

char *
trk_calendar_leave_words (TrkSession *session, const TrkConfig *before, const char *back)
{
  g_autoptr (TrkDaemonStatus) status = before != NULL ? trk_session_status (session, NULL) : NULL;
  g_autoptr (TrkBlockRecord) record =
      status != NULL && is_on (status) ? running_block (session, status) : NULL;

  if (record == NULL || !has_left (before, record->block->calendar))
    return NULL;
  if (trk_block_state_outlives_event (record->state))
    return g_strdup_printf ("%s ran from %s and goes on by hand, as you began it or went on with "
                            "it: tracker stop ends it, and %s makes it planned again",
                            record->block->title, record->block->calendar, back);
  return g_strdup_printf ("%s ran from %s and ends now; what was kept of it stays, and %s takes it "
                          "up again in its time",
                          record->block->title, record->block->calendar, back);
}
