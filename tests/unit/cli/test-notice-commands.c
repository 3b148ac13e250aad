/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-dispatch.h"
#include "trk-notice-text.h"
#include "trk-server-text.h"

#include <glib/gstdio.h>
#include <string.h>

/* Where a server shows no buttons, a notice names commands instead: the command line must know each
 * of them. Without a session bus a command that is understood needs the daemon (3), one that is not
 * is a usage error (2). */

#define NINE (G_GINT64_CONSTANT (1795424400) * TRK_SECOND) /* 2026-11-23T09:00:00Z */
#define NEEDS_DAEMON 3
#define LINK "https://meet.example.org/a"

static int
status_of (const char *command, TrkZone *zone)
{
  g_auto (GStrv) words = g_strsplit (command, " ", -1);
  g_autofree char *out = NULL, *err = NULL;
  gsize out_length, err_length;
  FILE *out_file = open_memstream (&out, &out_length);
  FILE *err_file = open_memstream (&err, &err_length);
  TrkSession *session = trk_session_new (NINE, zone, out_file, err_file);
  int status;

  g_assert_cmpstr (words[0], ==, "tracker");
  status = trk_dispatch (session, (const char *const *) words + 1);
  trk_session_free (session);
  fclose (out_file);
  fclose (err_file);
  if (status != NEEDS_DAEMON)
    g_test_message ("%s: %s", command, err);
  return status;
}

/* The commands that the notice ends with on a server without buttons, one for each button. */
static char **
commands_of (const TrkNotice *notice)
{
  static const TrkServerCapabilities no_buttons = { .body = TRUE };
  g_autofree char *body = trk_server_text_body (notice, &no_buttons);
  const char *last = strrchr (body, '\n');

  return g_strsplit (last != NULL ? last + 1 : body, " · ", -1);
}

static guint
check (TrkNoticeKind kind, const TrkNoticeFacts *facts, TrkZone *zone)
{
  g_autoptr (TrkNotice) notice = trk_notice_compose (kind, "key", facts);
  g_auto (GStrv) commands = commands_of (notice);

  if (notice->n_buttons == 0)
    return 0;
  g_assert_cmpuint (g_strv_length (commands), ==, notice->n_buttons);
  for (guint i = 0; i < notice->n_buttons; i++)
    if (notice->buttons[i] == TRK_BUTTON_JOIN)
      g_assert_cmpstr (commands[i], ==, LINK);
    else
      {
        g_test_message ("%s", commands[i]);
        g_assert_cmpint (status_of (commands[i], zone), ==, NEEDS_DAEMON);
      }
  return 1u << kind;
}

static void
test_every_notice (void)
{
  g_autoptr (TrkZone) zone = trk_zone_new_utc ();
  g_autoptr (TrkBlock) block = trk_block_new ();
  TrkPolicies policies;
  TrkNoticeFacts facts = { .block = block, .policies = &policies, .zone = zone, .now = NINE };
  guint tried = 0;

  trk_policies_init (&policies);
  block->id = g_strdup ("work/1");
  block->title = g_strdup ("Middleware");
  block->link = g_strdup (LINK);
  block->period = (TrkPeriod){ NINE, NINE + TRK_HOUR };
  facts.span = facts.gone = block->period;
  facts.postpones = 3;
  facts.cause = facts.missed = "chess";
  for (guint kind = 0; kind < TRK_N_KINDS; kind++)
    for (guint notice = 0; notice <= TRK_NOTICE_GUARD; notice++)
      {
        block->kind = (TrkKind) kind;
        tried |= check ((TrkNoticeKind) notice, &facts, zone);
      }
  /* all but the word that the day is over have buttons */
  g_assert_cmphex (tried, ==, ((2u << TRK_NOTICE_GUARD) - 1) & ~(1u << TRK_NOTICE_DAY_END));
}

/* What the test stands on: a word that is no command is no "needs the daemon". */
static void
test_no_command (void)
{
  static const char *const no[] = { "tracker worked", "tracker discard", "tracker back",
                                    "tracker answer allow", "tracker guard worked" };
  g_autoptr (TrkZone) zone = trk_zone_new_utc ();

  for (gsize i = 0; i < G_N_ELEMENTS (no); i++)
    g_assert_cmpint (status_of (no[i], zone), ==, 2);
}

int
main (int argc, char **argv)
{
  g_autofree char *dir = g_dir_make_tmp ("trk-notice-commands-XXXXXX", NULL);
  static const char *const folders[] = { "HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME",
                                         "XDG_CACHE_HOME", "XDG_RUNTIME_DIR" };
  int failed;

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (folders); i++)
    g_setenv (folders[i], dir, TRUE);
  g_unsetenv ("DBUS_SESSION_BUS_ADDRESS");
  g_test_add_func ("/cli/notice-commands/every-notice", test_every_notice);
  g_test_add_func ("/cli/notice-commands/no-command", test_no_command);
  failed = g_test_run ();
  g_rmdir (dir);
  return failed;
}
