/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-commands.h"
#include "trk-status-follow.h"
#include "trk-status.h"

/* tracker, tracker status: what is now. */

static gboolean
show_view (TrkSession *session, GError **error)
{
  g_auto (TrkStatusView) view = { 0 };

  if (!trk_status_view_load (&view, session, error))
    return FALSE;
  if (trk_session_json (session))
    trk_status_view_print_json (&view);
  else
    trk_status_view_print (&view);
  return TRUE;
}

/* One line in a bar's form. That nobody keeps time is something a bar shows, and no failure. */
static void
show_line (TrkSession *session, TrkPanel panel)
{
  g_autoptr (TrkDaemonStatus) status = trk_session_status (session, NULL);
  TrkKeeper keeper = { TRK_KEEPER_NONE, 0 };
  g_autofree char *line = NULL;

  if (status == NULL)
    keeper = trk_session_keeper (session);
  line = trk_panel_line (panel, status, &keeper, trk_session_zone (session),
                         trk_session_now (session));

  fprintf (trk_session_out (session), "%s\n", line);
}

static gboolean
run_status (TrkSession *session, const TrkArgs *args, GError **error)
{
  const char *format = trk_args_option (args, "format");
  TrkPanel panel = trk_session_json (session) ? TRK_PANEL_JSON : TRK_PANEL_TEXT;

  if (format != NULL && !trk_panel_from_string (format, &panel, error))
    return FALSE;
  if (trk_args_has (args, "follow"))
    return trk_status_follow (session, panel, error);
  if (panel == TRK_PANEL_TEXT || panel == TRK_PANEL_JSON)
    {
      trk_session_set_json (session, panel == TRK_PANEL_JSON);
      return show_view (session, error);
    }
  show_line (session, panel);
  return TRUE;
}

static const TrkOption options[] = {
  { "format", 0, "FORMAT", "text, json, or a bar's: waybar, i3blocks, polybar, tmux" },
  { "follow", 'f', NULL, "Go on: a line whenever something changes" },
  TRK_OPTION_JSON,
  { NULL },
};

const TrkCommand trk_commands_status[] = {
  { "status", "", 0, 0, "Show what is now, what is next, and the day",
    "tracker without a command does the same.\n\n"
    "The day's bar: █ focus that was kept, ▓ other work, ▒ breaks, ░ planned. When no daemon "
    "answers, it says so, names one that runs but cannot be reached, and shows what the plan and "
    "the log know.\n\n"
    "JSON: now, daemon (whether one answers), why_not, process (of a trackerd that runs but does "
    "not answer, else null), state (idle, running, paused, break, off, "
    "unknown), title, kind, block, task, since (of the state), start (of what runs or is paused), "
    "until, evidence, presence, focus_active, notifier, "
    "version, in_calendar (whether what runs is an event of the calendars, and not by hand or of "
    "an event that left them), "
    "plan_known (whether configuration and calendars could be read), planned and next "
    "(block, title, kind, start, end, snoozed_from: its start before it was snoozed or had to wait "
    "for one that was extended, else null), today (day; planned, "
    "planned_by_now, focus, on_plan, work, unverified, unknown in seconds; adherence and "
    "focus_share from 0 to 1, null where there is none).\n\n"
    "With --follow a line is printed now and whenever it would say something else, each minute "
    "only while something runs, or a trackerd does that cannot be reached; nothing is polled else. "
    "It goes on when trackerd ends and starts, ends "
    "when nobody reads any more, and with status 3 when the session bus is gone. JSON is an object "
    "a line then, from now to version as above, and next (title, kind, start).\n\n"
    "For bars: waybar gets text, alt, tooltip, class and percentage (kept of its time), i3blocks "
    "full_text, "
    "short_text, "
    "color and markup, the others plain text. Titles are escaped by the rules of the bar. Examples "
    "are under BARS in the manual.",
    options, run_status },
  { NULL },
};
