/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-ended.h"

#include "trk-duration.h"
#include "trk-now.h"
#include "trk-text.h"

enum
{
  LONGEST_TITLE = 200
};

/* No block lasts longer, and none that runs began before. */
#define LOOK_BACK (2 * 24 * TRK_HOUR)

/* It has ended by now, so that a failure here is a warning. */
static TrkDuration
kept_of (TrkSession *session, const TrkDaemonStatus *before)
{
  g_autoptr (GError) error = NULL;
  TrkStore *store = trk_session_store (session, TRK_STORE_READ, &error);
  TrkInstant now = trk_session_now (session);
  TrkPeriod reach = { now - LOOK_BACK, now };
  g_autoptr (GPtrArray) entries = store != NULL ? trk_store_entries (store, reach, &error) : NULL;

  if (error != NULL)
    trk_session_warn (session, "it ended, but the time that was kept cannot be read: %s",
                      error->message);
  return entries != NULL ? trk_now_kept (before, entries, now) : 0;
}

/* Without a block of now, what comes next was meant. */
char *
trk_ended_line (TrkSession *session, const char *did, const TrkDaemonStatus *before)
{
  gboolean current = *before->title != '\0';
  TrkDuration kept = current ? kept_of (session, before) : 0;
  g_autofree char *length = trk_duration_format (kept);
  g_autofree char *title =
      trk_text_line (current ? before->title : before->next_title, LONGEST_TITLE);

  if (kept > 0)
    return g_strdup_printf ("· %s %s (kept %s)", did, title, length);
  return g_strdup_printf ("· %s %s", did, title);
}
