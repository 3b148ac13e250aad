/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-hook-process.h"
#include "trk-hook.h"
#include "trk-system-time.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

/* trackerd-hook LIMIT EVENT PROGRAM: runs one program of the user's in a session of its own and
 * stays with it: everything that it starts is ended after LIMIT milliseconds, or when whoever reads
 * our standard error is gone. Reports on standard output, once, when nothing is left of it: a line
 *
 *   trackerd-hook exit|signal|timeout|refused STATUS MICROSECONDS BYTES
 *
 * and the first part of what the program said. A process of its own so that what forks away can be
 * found without its cgroup, and so that the daemon reads nothing but this. */

enum
{
  KEPT = 4096,    /* bytes of output */
  GRACE = 1000,   /* ms between TERM and KILL */
  AGAIN = 50,     /* ms between two KILL */
  MOST_KILLS = 60 /* then whoever is still there cannot be killed */
};

typedef struct
{
  TrkHookProcess process;
  char *said;
  gsize n_said; /* of KEPT */
  gint64 bytes; /* that it said in all */
  gboolean ending;
  gboolean late;
  guint kills;
} Run;

static void
arm (int milliseconds)
{
  struct itimerval timer = { .it_value = { milliseconds / 1000, milliseconds % 1000 * 1000 } };

  setitimer (ITIMER_REAL, &timer, NULL);
}

/* Drains what is there; a flood does not keep us from our other duties. */
static void
take_output (Run *run)
{
  for (guint i = 0; i < 16 && run->process.output >= 0; i++)
    {
      char buffer[16384];
      gssize n = read (run->process.output, buffer, sizeof buffer);

      if (n < 0 && (errno == EAGAIN || errno == EINTR))
        return;
      if (n <= 0)
        {
          close (run->process.output);
          run->process.output = -1;
          return;
        }
      memcpy (run->said + run->n_said, buffer, MIN ((gsize) n, KEPT - run->n_said));
      run->n_said = MIN (KEPT, run->n_said + (gsize) n);
      run->bytes += n;
    }
}

/* First a word, then force, again and again while something is left. */
static void
press_on (Run *run)
{
  if (!run->ending)
    {
      run->ending = TRUE;
      trk_hook_process_signal (&run->process, SIGTERM);
      arm (GRACE);
      return;
    }
  trk_hook_process_signal (&run->process, SIGKILL);
  run->kills++;
  arm (AGAIN);
}

static void
take_signals (Run *run, int signals)
{
  struct signalfd_siginfo info;

  while (read (signals, &info, sizeof info) == sizeof info)
    if (info.ssi_signo == SIGALRM)
      {
        run->late |= !run->ending;
        press_on (run);
      }
    else if (info.ssi_signo != SIGCHLD && !run->ending)
      press_on (run);
  trk_hook_process_reap (&run->process);
}

static gboolean
is_over (const Run *run)
{
  return run->process.gone || run->kills > MOST_KILLS;
}

static void
stay_with (Run *run, int signals)
{
  trk_hook_process_reap (&run->process);
  while (!is_over (run))
    {
      struct pollfd fds[] = { { signals, POLLIN, 0 },
                              { run->process.output, POLLIN, 0 },
                              { run->ending ? -1 : STDERR_FILENO, 0, 0 } };

      if (poll (fds, G_N_ELEMENTS (fds), -1) < 0)
        continue;
      if (fds[1].revents != 0)
        take_output (run);
      if ((fds[2].revents & (POLLERR | POLLHUP)) != 0)
        press_on (run);
      if (fds[0].revents != 0)
        take_signals (run, signals);
    }
  take_output (run);
}

static int
watch_signals (void)
{
  static const int numbers[] = { SIGCHLD, SIGALRM, SIGTERM, SIGINT, SIGHUP };
  sigset_t set;

  sigemptyset (&set);
  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    sigaddset (&set, numbers[i]);
  sigprocmask (SIG_BLOCK, &set, NULL);
  signal (SIGPIPE, SIG_IGN);
  return signalfd (-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
}

static void
report (const Run *run, TrkDuration length)
{
  const TrkHookProcess *process = &run->process;
  TrkHookEnd end = process->exec_error != 0        ? TRK_HOOK_REFUSED
                   : run->late || !process->ended  ? TRK_HOOK_TIMEOUT
                   : WIFSIGNALED (process->status) ? TRK_HOOK_SIGNAL
                                                   : TRK_HOOK_EXIT;
  int status = process->exec_error != 0        ? process->exec_error
               : WIFSIGNALED (process->status) ? WTERMSIG (process->status)
                                               : WEXITSTATUS (process->status);

  printf ("trackerd-hook %s %d %" G_GINT64_FORMAT " %" G_GINT64_FORMAT "\n",
          trk_hook_end_to_string (end), status, MAX (0, length), run->bytes);
  fwrite (run->said, 1, run->n_said, stdout);
  fflush (stdout);
}

/* What we were given besides the three standard streams is nobody's business. */
static void
close_others (void)
{
#ifdef SYS_close_range
  syscall (SYS_close_range, 3, ~0U, 0);
#endif
}

int
main (int argc, char **argv)
{
  g_autofree char *said = g_malloc (KEPT);
  Run run = { .said = said };
  TrkInstant start = trk_system_time ();
  int limit = argc == 4 ? atoi (argv[1]) : 0;
  int signals;
  TrkHook hook;

  if (limit <= 0 || !trk_hook_from_string (argv[2], &hook) || !g_path_is_absolute (argv[3]))
    {
      fputs ("usage: trackerd-hook MILLISECONDS EVENT PROGRAM\n", stderr);
      return 2;
    }
  close_others ();
  setsid ();
  signals = watch_signals ();
  if (trk_hook_process_start (&run.process, argv[3], argv[2]))
    arm (limit);
  stay_with (&run, signals);
  report (&run, trk_system_time () - start);
  return 0;
}
