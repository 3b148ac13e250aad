/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-commands.h"
#include "trk-status.h"

/* tracker, tracker status: what is now. */

static gboolean
run_status (TrkSession *session, const TrkArgs *args, GError **error)
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

static const TrkOption options[] = { TRK_OPTION_JSON, { NULL } };

const TrkCommand trk_commands_status[] = {
  { "status", "", 0, 0, "Show what is now, what is next, and the day",
    "tracker without a command does the same.\n\n"
    "The day's bar: █ focus that was kept, ▓ other work, ▒ breaks, ░ planned. When the daemon does "
    "not run, it says so and shows what the plan and the log know.\n\n"
    "JSON: now, daemon (whether it runs), why_not, state (idle, running, paused, break, off, "
    "unknown), title, kind, block, task, since, until, evidence, presence, focus_active, notifier, "
    "version, plan_known (whether configuration and calendars could be read), planned and next "
    "(block, title, kind, start, end), today (day; planned, "
    "planned_by_now, focus, on_plan, work, unverified, unknown in seconds; adherence and "
    "focus_share from 0 to 1, null where there is none).",
    options, run_status },
  { NULL },
};
