/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-status-follow.h"

#include "trk-panel-words.h"

typedef struct
{
  FILE *out;
  TrkPanel panel;
  char *last;       /* line that was printed (owned) (nullable) */
  TrkKeeper keeper; /* who was there when it was */
  guint looks;      /* at one that is not reached, so far */
} Following;

/* Its end does not tell itself when it is not reached: one that ends in order leaves the bus a
 * moment before it is gone, any other is looked for as often as the minutes of what runs pass. */
static TrkInstant
look_again (Following *following, TrkInstant now)
{
  return now + (following->looks++ == 0 ? TRK_SECOND : TRK_MINUTE);
}

/* JSON holds the moment, and no minutes that would change by themselves: each telling is news, but
 * for one that only looked whether somebody is still there. */
static gboolean
is_news (const Following *following, const char *line, const TrkKeeper *keeper)
{
  if (following->panel != TRK_PANEL_JSON)
    return g_strcmp0 (line, following->last) != 0;
  return following->looks == 0 || keeper->state != following->keeper.state
         || keeper->process != following->keeper.process;
}

static TrkKeeper
look (TrkInstant now)
{
  g_autoptr (TrkBusClient) client = trk_bus_client_new (NULL);

  return trk_keeper_look (client, now);
}

/* The zone is looked up each time: whoever travels sees the new one. */
static TrkInstant
told (const TrkDaemonStatus *status, TrkInstant now, gpointer data)
{
  Following *following = data;
  g_autoptr (TrkZone) zone = trk_zone_new (NULL, NULL);
  TrkKeeper keeper = { TRK_KEEPER_NONE, 0 };
  g_autofree char *line = NULL;

  if (status == NULL)
    keeper = look (now);
  line = trk_panel_line (following->panel, status, &keeper, zone, now);

  if (is_news (following, line, &keeper))
    {
      fprintf (following->out, "%s\n", line);
      if (fflush (following->out) != 0)
        return 0;
      g_free (following->last);
      following->last = g_steal_pointer (&line);
    }
  following->keeper = keeper;
  if (keeper.state != TRK_KEEPER_NONE)
    return look_again (following, now);
  following->looks = 0;
  return following->panel == TRK_PANEL_JSON ? TRK_NEVER : trk_panel_words_until (status, now);
}

gboolean
trk_status_follow (TrkSession *session, TrkPanel panel, GError **error)
{
  Following following = { .out = trk_session_out (session), .panel = panel };
  TrkBusFollower follower = { told, &following, fileno (following.out) };
  gboolean worked = trk_bus_client_follow (&follower, error);

  if (!worked)
    trk_session_explain (session, error);
  g_free (following.last);
  return worked;
}
