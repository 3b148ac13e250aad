/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-hook-process.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

/* A process that leads a group of its own, and waits. */
static pid_t
start_waiting (void)
{
  pid_t pid = fork ();

  g_assert_cmpint (pid, >=, 0);
  if (pid == 0)
    {
      setpgid (0, 0);
      for (;;)
        pause ();
    }
  setpgid (pid, pid);
  return pid;
}

/* How it ended; it has to. */
static int
end_of (pid_t pid)
{
  int status = 0;

  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  return WIFSIGNALED (status) ? WTERMSIG (status) : 0;
}

/* In a process that is no parent of @pid, as if a program had had that number and was taken leave
 * of. */
static void
signal_elsewhere (pid_t pid)
{
  const TrkHookProcess ended = { .pid = pid, .output = -1, .ended = TRUE };
  pid_t elsewhere = fork ();

  g_assert_cmpint (elsewhere, >=, 0);
  if (elsewhere == 0)
    {
      trk_hook_process_signal (&ended, SIGKILL);
      _exit (0);
    }
  g_assert_cmpint (end_of (elsewhere), ==, 0);
}

/* The number of one that has ended is another's by now. */
static void
test_number_of_another (void)
{
  pid_t other = start_waiting ();

  signal_elsewhere (other);
  kill (other, SIGTERM); /* not KILL, if that is what it got */
  g_assert_cmpint (end_of (other), ==, SIGTERM);
}

/* Who runs is reached, and whoever is ours in a group of its own. */
static void
test_ours (void)
{
  pid_t first = start_waiting (), second = start_waiting ();
  const TrkHookProcess running = { .pid = first, .output = -1 };

  trk_hook_process_signal (&running, SIGKILL);
  g_assert_cmpint (end_of (first), ==, SIGKILL);
  g_assert_cmpint (end_of (second), ==, SIGKILL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/hook-process/number-of-another", test_number_of_another);
  g_test_add_func ("/hook-process/ours", test_ours);
  return g_test_run ();
}
