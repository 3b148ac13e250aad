/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-commands.h"
#include "trk-error.h"
#include "trk-paths.h"
#include "trk-text.h"

#include "trk-build.h"

#include <errno.h>
#include <unistd.h>

/* tracker demo: the main job from end to end. The show is a program of its own (tracker-demo.c): it
 * starts programs and serves a bus, which no other command needs to be linked for. */

enum
{
  DEFAULT_SECONDS = 12,
  MOST_SECONDS = 600,
};

static gboolean
check_seconds (const char *text, GError **error)
{
  g_autofree char *shown = NULL;

  if (g_ascii_string_to_unsigned (text, 10, 1, MOST_SECONDS, NULL, NULL))
    return TRUE;
  shown = trk_text_line (text, 40);
  g_set_error (error, TRK_ERROR, TRK_ERROR_USAGE, "--seconds is a number from 1 to %d, not '%s'",
               MOST_SECONDS, shown);
  return FALSE;
}

/* Takes this process's place. */
static gboolean
run_demo (TrkSession *session, const TrkArgs *args, GError **error)
{
  g_autofree char *program = trk_path_program ("tracker-cli", "tracker-demo");
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *usual = g_strdup_printf ("%d", DEFAULT_SECONDS);
  const char *seconds = trk_args_option (args, "seconds");
  const char *calendar = trk_args_word (args, 0);
  const char *keep = trk_args_has (args, "keep") ? "keep" : "remove";
  const char *tracker = self != NULL ? self : TRK_BIN_DIR "/tracker";

  if (seconds != NULL && !check_seconds (seconds, error))
    return FALSE;
  execl (program, "tracker-demo", tracker, seconds != NULL ? seconds : usual, keep, calendar,
         (char *) NULL);
  g_set_error (error, TRK_ERROR, TRK_ERROR_FAILED, "cannot run %s: %s; install it again", program,
               g_strerror (errno));
  return FALSE;
}

static const TrkOption demo_options[] = {
  { "seconds", 0, "N", "Watch for so long before the reports (12)" },
  { "keep", 0, NULL, "Leave the demo's home, and say where it is" },
  { NULL },
};

const TrkCommand trk_commands_demo[] = {
  { "demo", "[FILE.ics]", 0, 1, "Show the main job in a minute, without touching anything",
    "Makes a temporary home, loads the shipped history of a developer's last weeks into it, starts "
    "a real trackerd with a schedule in which a block is due within seconds, shows what it "
    "announces, then status, agenda and reports. Every figure is computed from the history.\n\n"
    "Where a notification server runs and no trackerd does, the notices appear on the desktop; "
    "else a private bus is made and the terminal shows them. A daemon of yours is never "
    "touched.\n\n"
    "With FILE.ics your calendar is used as it is, at the real time and with an empty log: it "
    "shows "
    "what would be announced today or, when nothing is left of today, on the next day that has "
    "something, and what is wrong with the calendar.\n\n"
    " tracker demo\n"
    " tracker demo ~/calendars/work.ics --seconds 30",
    demo_options, run_demo },
  { NULL },
};
