/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-now.h"

#include "trk-duration.h"
#include "trk-format.h"
#include "trk-text.h"

#include <string.h>

enum
{
  LONGEST_TITLE = 200 /* of a line that is not fitted to the terminal */
};

char *
trk_now_capital (const char *word)
{
  char *copy = g_strdup (word);

  copy[0] = g_ascii_toupper (copy[0]);
  return copy;
}

/* "until 10:30, 52 min left", "since 09:40". */
static char *
when_of (TrkSession *session, const TrkDaemonStatus *status)
{
  TrkAlmanac almanac = trk_session_almanac (session);
  TrkInstant now = trk_session_now (session);
  TrkDay today = trk_almanac_day (&almanac, now);
  g_autofree char *time = NULL;
  g_autofree char *length = NULL;

  if (status->until != 0 && status->until != TRK_NEVER)
    {
      gboolean over = status->until < now;

      time = trk_format_moment (&almanac, status->until, today);
      length = trk_duration_format (over ? now - status->until : status->until - now);
      return g_strdup_printf ("until %s, %s %s", time, length, over ? "over" : "left");
    }
  if (status->since == 0)
    return g_strdup ("");
  time = trk_format_moment (&almanac, status->since, today);
  length = trk_duration_format (now - status->since);
  return g_strdup_printf ("since %s, %s", time, length);
}

char *
trk_now_next (TrkSession *session, const TrkDaemonStatus *status)
{
  TrkAlmanac almanac = trk_session_almanac (session);
  TrkDay today = trk_almanac_day (&almanac, trk_session_now (session));
  g_autofree char *title = trk_text_line (status->next_title, LONGEST_TITLE);
  g_autofree char *time = NULL;

  if (status->next_start == 0)
    return NULL;
  time = trk_format_moment (&almanac, status->next_start, today);
  return g_strdup_printf ("%s  %s", time, title);
}

static char *
idle_line (TrkSession *session, const TrkDaemonStatus *status)
{
  g_autofree char *next = trk_now_next (session, status);

  if (next == NULL)
    return g_strdup ("· Nothing runs.");
  return g_strdup_printf ("· Nothing runs. Next: %s", next);
}

char *
trk_now_line (TrkSession *session, const TrkDaemonStatus *status)
{
  g_autofree char *title = trk_text_line (status->title, LONGEST_TITLE);
  g_autofree char *kind = trk_now_capital (status->kind);
  g_autofree char *when = when_of (session, status);
  gboolean paused = strcmp (status->state, "paused") == 0;

  if (*status->title == '\0' && *status->kind == '\0')
    return idle_line (session, status);
  return g_strdup_printf ("%s %s  %s   %s", paused ? "◐ Paused ·" : "●", kind, title, when);
}
