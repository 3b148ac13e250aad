/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-status-follow.h"

#include "trk-panel-words.h"

typedef struct
{
  FILE *out;
  TrkPanel panel;
  char *last; /* line that was printed (owned) (nullable) */
} Following;

/* JSON holds the moment, and no minutes that would change by themselves: each telling is news. */
static gboolean
is_news (const Following *following, const char *line)
{
  return following->panel == TRK_PANEL_JSON || g_strcmp0 (line, following->last) != 0;
}

/* The zone is looked up each time: whoever travels sees the new one. */
static TrkInstant
told (const TrkDaemonStatus *status, TrkInstant now, gpointer data)
{
  Following *following = data;
  g_autoptr (TrkZone) zone = trk_zone_new (NULL, NULL);
  g_autofree char *line = trk_panel_line (following->panel, status, zone, now);

  if (is_news (following, line))
    {
      fprintf (following->out, "%s\n", line);
      if (fflush (following->out) != 0)
        return 0;
      g_free (following->last);
      following->last = g_steal_pointer (&line);
    }
  return following->panel == TRK_PANEL_JSON ? TRK_NEVER : trk_panel_words_until (status, now);
}

gboolean
trk_status_follow (TrkSession *session, TrkPanel panel, GError **error)
{
  Following following = { .out = trk_session_out (session), .panel = panel };
  TrkBusFollower follower = { told, &following, fileno (following.out) };
  gboolean worked = trk_bus_client_follow (&follower, error);

  g_free (following.last);
  return worked;
}
