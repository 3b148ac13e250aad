/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-hook-call.h"
#include "trk-scratch.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

/* What the user's programs may do to us: nothing. Each test has a home of its own. */

typedef struct
{
  char *home, *folder;
  GMainLoop *loop;
  TrkHookRun *run; /* the last one that was told */
  guint told;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autofree char *config = NULL;

  fixture->home = g_dir_make_tmp ("trackerd-hooks-XXXXXX", NULL);
  config = g_build_filename (fixture->home, "config", NULL);
  g_setenv ("HOME", fixture->home, TRUE);
  g_setenv ("XDG_CONFIG_HOME", config, TRUE);
  fixture->folder = trk_hook_folder (TRK_HOOK_AWAY);
  g_assert_cmpint (g_mkdir_with_parents (fixture->folder, 0700), ==, 0);
  fixture->loop = g_main_loop_new (NULL, FALSE);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  trk_scratch_remove (fixture->home);
  g_free (fixture->home);
  g_free (fixture->folder);
  g_main_loop_unref (fixture->loop);
  trk_hook_run_free (fixture->run);
}

/* A script at @name, relative to the folder of the event. */
static char *
write_script (Fixture *fixture, const char *name, const char *text, int mode)
{
  char *path = g_build_filename (fixture->folder, name, NULL);
  g_autofree char *whole = g_strconcat ("#!/bin/sh\n", text, "\n", NULL);

  g_assert_true (g_file_set_contents (path, whole, -1, NULL));
  g_assert_cmpint (g_chmod (path, mode), ==, 0);
  return path;
}

static char *
read_home (Fixture *fixture, const char *name)
{
  g_autofree char *path = g_build_filename (fixture->home, name, NULL);
  char *text = NULL;

  g_file_get_contents (path, &text, NULL, NULL);
  return text;
}

/* -- One run ----------------------------------------------------------------------------------- */

static void
on_done (TrkHookCall *call, TrkHookRun *run, gpointer data)
{
  Fixture *fixture = data;

  trk_hook_run_free (fixture->run);
  fixture->run = run;
  fixture->told++;
  g_assert_cmpstr (run->hook, ==, "away");
  g_main_loop_quit (fixture->loop);
}

static TrkHookCall *
start (Fixture *fixture, const TrkHookProgram *program, TrkDuration limit)
{
  TrkHookOrder order = { .hook = TRK_HOOK_AWAY,
                         .program = program,
                         .json = "{\"event\":\"away\"}\n",
                         .limit = limit,
                         .at = 1234,
                         .block_id = "work/1" };

  return trk_hook_call_start (&order, on_done, fixture);
}

/* Runs the only program of the folder. */
static const TrkHookRun *
run_only (Fixture *fixture, TrkDuration limit)
{
  g_autoptr (GPtrArray) programs = trk_hook_programs (TRK_HOOK_AWAY);

  g_assert_cmpuint (programs->len, ==, 1);
  start (fixture, programs->pdata[0], limit);
  g_main_loop_run (fixture->loop);
  return fixture->run;
}

static const TrkHookRun *
run_script (Fixture *fixture, const char *text, TrkDuration limit)
{
  g_autofree char *path = write_script (fixture, "hook", text, 0755);

  return run_only (fixture, limit);
}

static void
assert_run (const TrkHookRun *run, TrkHookEnd end, int status, const char *output)
{
  g_assert_cmpstr (trk_hook_end_to_string (run->ended), ==, trk_hook_end_to_string (end));
  g_assert_cmpint (run->status, ==, status);
  g_assert_cmpstr (run->output, ==, output);
  g_assert_cmpint (run->length, >=, 0);
  g_assert_cmpint (run->at, ==, 1234);
  g_assert_cmpstr (run->hook, ==, "away");
  g_assert_cmpstr (run->program, ==, "hook");
  g_assert_cmpstr (run->block_id, ==, "work/1");
}

static void
test_input (Fixture *fixture, gconstpointer data)
{
  g_autofree char *said = g_strdup_printf ("{\"event\":\"away\"}\nhook away\n%s", fixture->home);

  assert_run (run_script (fixture, "cat; echo \"$0 $*\" | sed 's,.*/,,'; pwd; exit 7", TRK_MINUTE),
              TRK_HOOK_EXIT, 7, said);
}

/* No token, no preload, no descriptor, no signal that is ignored or blocked; no terminal. */
static void
test_surroundings (Fixture *fixture, gconstpointer data)
{
  int fd = g_open (fixture->home, O_RDONLY, 0);

  g_setenv ("SECRET_TOKEN", "hush", TRUE);
  g_setenv ("SWAYSOCK", "/run/sway", TRUE);
  signal (SIGUSR1, SIG_IGN);
  run_script (fixture,
              "env | grep -c SECRET; env | grep -c SWAYSOCK=/run/sway; env | grep TRACKERD;"
              "ls /proc/self/fd | wc -l; grep SigIgn /proc/self/status | tr -d '\\t'; (: "
              "</dev/tty) 2>/dev/null && echo tty;"
              "exit 0",
              TRK_MINUTE);
  signal (SIGUSR1, SIG_DFL);
  close (fd);
  /* Three streams, and the one that ls itself has open. */
  assert_run (fixture->run, TRK_HOOK_EXIT, 0,
              "0\n1\nTRACKERD_EVENT=away\n4\nSigIgn:0000000000000000");
}

static void
test_closes_input (Fixture *fixture, gconstpointer data)
{
  assert_run (run_script (fixture, "exec <&-; echo fine", TRK_MINUTE), TRK_HOOK_EXIT, 0, "fine");
}

static void
test_closes_output (Fixture *fixture, gconstpointer data)
{
  assert_run (run_script (fixture, "exec >&- 2>&-; cat >/dev/null; exit 4", TRK_MINUTE),
              TRK_HOOK_EXIT, 4, NULL);
}

static void
test_signal (Fixture *fixture, gconstpointer data)
{
  assert_run (run_script (fixture, "kill -USR1 $$", TRK_MINUTE), TRK_HOOK_SIGNAL, SIGUSR1, NULL);
}

/* Everything that it said is drained, little of it is kept; its limit ends a flood, too. */
static void
test_floods (Fixture *fixture, gconstpointer data)
{
  run_script (fixture,
              "i=0; while [ $i -lt 100 ]; do head -c 100000 /dev/zero | tr '\\0' x;"
              " i=$((i+1)); done",
              TRK_MINUTE);
  g_assert_cmpint (fixture->run->ended, ==, TRK_HOOK_EXIT);
  g_assert_cmpuint (strlen (fixture->run->output), <, 4200);
  g_assert_true (g_str_has_suffix (fixture->run->output, "[10000000 bytes in all]"));

  run_script (fixture, "yes '\033[2J\xff'", TRK_SECOND);
  g_assert_cmpint (fixture->run->ended, ==, TRK_HOOK_TIMEOUT);
  g_assert_true (g_utf8_validate (fixture->run->output, -1, NULL));
  g_assert_null (strchr (fixture->run->output, '\033'));
}

static gboolean
is_alive (const char *text)
{
  g_autofree char *path = NULL;
  g_autofree char *stat = NULL;
  int pid = text != NULL ? (int) g_ascii_strtoll (text, NULL, 10) : 0;

  g_assert_cmpint (pid, >, 1);
  path = g_strdup_printf ("/proc/%d/stat", pid);
  if (!g_file_get_contents (path, &stat, NULL, NULL))
    return FALSE;
  return strstr (stat, ") Z") == NULL;
}

static void
assert_nobody_left (Fixture *fixture)
{
  static const char *const names[] = { "self", "child", "far", "farther" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *pid = read_home (fixture, names[i]);

      g_assert_false (pid != NULL && is_alive (pid));
    }
}

/* Deaf to TERM, with a child, and with grandchildren in sessions of their own. */
#define FORKS                                                                                      \
  "trap '' TERM; cd \"$HOME\"; echo $$ >self; (echo $(exec sh -c 'echo $PPID') >child; sleep "     \
  "1000;"                                                                                          \
  " sleep 1000) & setsid sh -c 'echo $$ >far; setsid sh -c \"echo \\$\\$ >farther; sleep 1000; "   \
  "sleep 1000\" & sleep 1000; sleep 1000' & while [ ! -s farther ]; do sleep 0.01; done; "

static void
test_hangs (Fixture *fixture, gconstpointer data)
{
  run_script (fixture, FORKS "sleep 1000; sleep 1000", TRK_SECOND);
  g_assert_cmpint (fixture->run->ended, ==, TRK_HOOK_TIMEOUT);
  assert_nobody_left (fixture);
}

/* It ends itself at once, and what it left behind has no more time than it had. */
static void
test_forks_away (Fixture *fixture, gconstpointer data)
{
  run_script (fixture, FORKS "exit 0", TRK_SECOND);
  g_assert_cmpint (fixture->run->ended, ==, TRK_HOOK_TIMEOUT);
  assert_nobody_left (fixture);
}

/* What is behind it and ends in time is part of it. */
static void
test_background (Fixture *fixture, gconstpointer data)
{
  assert_run (run_script (fixture, "(sleep 0.3; echo later) & echo now", TRK_MINUTE), TRK_HOOK_EXIT,
              0, "now\nlater");
}

static void
test_ended (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = write_script (fixture, "hook", FORKS "sleep 1000; sleep 1000", 0755);
  g_autoptr (GPtrArray) programs = trk_hook_programs (TRK_HOOK_AWAY);
  TrkHookCall *call = start (fixture, programs->pdata[0], TRK_HOUR);
  g_autofree char *far = NULL;

  while ((far = read_home (fixture, "farther")) == NULL || *far == '\0')
    {
      g_clear_pointer (&far, g_free);
      g_main_context_iteration (NULL, FALSE);
      g_usleep (1000);
    }
  trk_hook_call_end (call);
  g_main_loop_run (fixture->loop);
  g_assert_cmpint (fixture->run->ended, ==, TRK_HOOK_SIGNAL);
  assert_nobody_left (fixture);
}

/* No interpreter, no such interpreter, no program at all. */
static void
test_exec_fails (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "hook", NULL);

  g_assert_true (g_file_set_contents (path, "echo no first line\n", -1, NULL));
  g_chmod (path, 0755);
  run_only (fixture, TRK_MINUTE);
  g_assert_cmpint (fixture->run->ended, ==, TRK_HOOK_REFUSED);
  g_assert_true (strstr (fixture->run->output, g_strerror (ENOEXEC)) != NULL);

  g_assert_true (g_file_set_contents (path, "#!/nowhere/sh\n", -1, NULL));
  g_chmod (path, 0755);
  run_only (fixture, TRK_MINUTE);
  g_assert_cmpint (fixture->run->ended, ==, TRK_HOOK_REFUSED);
  g_assert_true (strstr (fixture->run->output, g_strerror (ENOENT)) != NULL);
}

/* Whatever else is started meanwhile by others of this process does not keep its streams open. */
static void
test_many (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = write_script (fixture, "hook", "echo $$", 0755);
  g_autoptr (GPtrArray) programs = trk_hook_programs (TRK_HOOK_AWAY);

  for (guint round = 0; round < 5; round++)
    {
      for (guint i = 0; i < 8; i++)
        start (fixture, programs->pdata[0], TRK_MINUTE);
      while (fixture->told < 8 * (round + 1))
        g_main_context_iteration (NULL, TRUE);
      g_assert_cmpint (fixture->run->ended, ==, TRK_HOOK_EXIT);
    }
}

/* -- Which are run ----------------------------------------------------------------------------- */

static void
assert_refused (Fixture *fixture, const char *name, const char *why)
{
  g_autoptr (GPtrArray) programs = trk_hook_programs (TRK_HOOK_AWAY);

  for (guint i = 0; i < programs->len; i++)
    {
      const TrkHookProgram *program = programs->pdata[i];

      if (!g_str_equal (program->name, name))
        continue;
      if (why == NULL)
        g_assert_cmpstr (program->refusal, ==, NULL);
      else if (program->refusal == NULL || strstr (program->refusal, why) == NULL)
        g_error ("%s: %s", name, program->refusal);
      return;
    }
  g_error ("%s is not listed", name);
}

static void
test_list (Fixture *fixture, gconstpointer data)
{
  static const char *const left[] = {
    ".hidden", "old~", "old.bak", "x.swp", "y.dpkg-new", "README"
  };
  g_autoptr (GPtrArray) programs = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (left); i++)
    g_free (write_script (fixture, left[i], "", 0755));
  g_free (write_script (fixture, "20-b", "", 0755));
  g_free (write_script (fixture, "10 a", "", 0755));
  programs = trk_hook_programs (TRK_HOOK_AWAY);
  g_assert_cmpuint (programs->len, ==, 2);
  g_assert_cmpstr (((TrkHookProgram *) programs->pdata[0])->name, ==, "10 a");
  g_ptr_array_unref (programs);
  programs = trk_hook_programs (TRK_HOOK_BACK); /* which has no folder */
  g_assert_cmpuint (programs->len, ==, 0);
}

static void
test_refused (Fixture *fixture, gconstpointer data)
{
  g_autofree char *group = write_script (fixture, "group", "", 0775);
  g_autofree char *world = write_script (fixture, "world", "", 0757);
  g_autofree char *plain = write_script (fixture, "plain", "", 0644);
  g_autofree char *fine = write_script (fixture, "fine", "", 0700);
  g_autofree char *fifo = g_build_filename (fixture->folder, "fifo", NULL);
  g_autofree char *folder = g_build_filename (fixture->folder, "folder", NULL);
  g_autofree char *dangling = g_build_filename (fixture->folder, "dangling", NULL);
  g_autofree char *loop = g_build_filename (fixture->folder, "loop", NULL);

  g_assert_cmpint (mkfifo (fifo, 0755), ==, 0);
  g_assert_cmpint (g_mkdir (folder, 0755), ==, 0);
  g_assert_cmpint (symlink ("nowhere", dangling), ==, 0);
  g_assert_cmpint (symlink ("loop", loop), ==, 0);
  assert_refused (fixture, "group", "chmod go-w ~/config/trackerd/hooks/away.d/group");
  assert_refused (fixture, "world", "others can write");
  assert_refused (fixture, "plain", "chmod +x");
  assert_refused (fixture, "fifo", "no regular file");
  assert_refused (fixture, "folder", "no regular file");
  assert_refused (fixture, "dangling", "leads nowhere");
  assert_refused (fixture, "loop", g_strerror (ELOOP));
  assert_refused (fixture, "fine", NULL);
}

/* A link is as good as what it leads to, and as every folder on the way. */
static void
test_links (Fixture *fixture, gconstpointer data)
{
  g_autofree char *elsewhere = g_build_filename (fixture->home, "scripts", NULL);
  g_autofree char *deep = g_build_filename (elsewhere, "deep", NULL);
  g_autofree char *target = g_build_filename (deep, "target", NULL);
  g_autofree char *link = g_build_filename (fixture->folder, "link", NULL);

  g_assert_cmpint (g_mkdir_with_parents (deep, 0755), ==, 0);
  g_assert_true (g_file_set_contents (target, "#!/bin/sh\n", -1, NULL));
  g_chmod (target, 0755);
  g_assert_cmpint (symlink (target, link), ==, 0);
  assert_refused (fixture, "link", NULL);
  g_chmod (target, 0777);
  assert_refused (fixture, "link", "scripts/deep/target");
  g_chmod (target, 0755);
  g_chmod (elsewhere, 0777);
  assert_refused (fixture, "link", "others can write ~/scripts:");
  g_chmod (elsewhere, 01777); /* as /tmp: who owns a file there keeps it */
  assert_refused (fixture, "link", NULL);
  g_chmod (elsewhere, 0755);
  g_chmod (fixture->folder, 0770);
  assert_refused (fixture, "link", "away.d");
}

/* A program of somebody else. Only root can give one away. */
static void
test_stranger (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = write_script (fixture, "hook", "", 0755);

  if (chown (path, 12345, 12345) < 0)
    {
      g_test_skip ("CAP_CHOWN");
      return;
    }
  assert_refused (fixture, "hook", "another user (12345)");
}

static void
test_strangers (Fixture *fixture, gconstpointer data)
{
  g_autofree char *root = trk_hook_root ();
  g_autofree char *wrong = g_build_filename (root, "focus_start.d", NULL);
  g_autofree char *bare = g_build_filename (root, "away", NULL);
  g_autoptr (GPtrArray) names = NULL;

  g_mkdir (wrong, 0700);
  g_mkdir (bare, 0700);
  names = trk_hook_strangers ();
  g_assert_cmpuint (names->len, ==, 2);
  g_assert_cmpstr (names->pdata[0], ==, "away");
  g_assert_cmpstr (names->pdata[1], ==, "focus_start.d");
}

/* Refused or not to be started: told from the loop, as everything else. */
static void
test_refused_run (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = write_script (fixture, "hook", "echo no", 0777);

  run_only (fixture, TRK_MINUTE);
  g_assert_cmpint (fixture->run->ended, ==, TRK_HOOK_REFUSED);
  g_assert_true (strstr (fixture->run->output, "others can write") != NULL);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *name;
    void (*run) (Fixture *fixture, gconstpointer data);
  } tests[] = {
    { "input", test_input },
    { "surroundings", test_surroundings },
    { "closes-input", test_closes_input },
    { "closes-output", test_closes_output },
    { "signal", test_signal },
    { "floods", test_floods },
    { "hangs", test_hangs },
    { "forks-away", test_forks_away },
    { "background", test_background },
    { "ended", test_ended },
    { "exec-fails", test_exec_fails },
    { "many", test_many },
    { "list", test_list },
    { "refused", test_refused },
    { "links", test_links },
    { "stranger", test_stranger },
    { "strangers", test_strangers },
    { "refused-run", test_refused_run },
  };

  g_test_init (&argc, &argv, NULL);
  umask (0022);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autofree char *path = g_strconcat ("/hooks/", tests[i].name, NULL);

      g_test_add (path, Fixture, NULL, set_up, tests[i].run, tear_down);
    }
  return g_test_run ();
}
