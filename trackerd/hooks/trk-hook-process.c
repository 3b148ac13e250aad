/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-hook-process.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

/* -- Its surroundings -------------------------------------------------------------------------- */

/* What a desktop's programs need, and nothing that somebody put there for others: no tokens, no
 * LD_PRELOAD. A name that ends in "*" is a beginning. */
static const char *const passed[] = {
  "HOME",     "USER",       "LOGNAME",     "SHELL",
  "PATH",     "LANG",       "LANGUAGE",    "LC_*",
  "TZ",       "TMPDIR",     "XDG_*",       "DBUS_SESSION_BUS_ADDRESS",
  "DISPLAY",  "XAUTHORITY", "SWAYSOCK",    "WAYLAND_DISPLAY",
  "I3SOCK",   "http_proxy", "https_proxy", "HYPRLAND_INSTANCE_SIGNATURE",
  "no_proxy", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY",
};

static gboolean
is_passed (const char *name, gsize length)
{
  for (gsize i = 0; i < G_N_ELEMENTS (passed); i++)
    {
      gsize known = strlen (passed[i]);

      if (passed[i][known - 1] == '*' ? length > known - 1 && !strncmp (name, passed[i], known - 1)
                                      : length == known && !strncmp (name, passed[i], known))
        return TRUE;
    }
  return FALSE;
}

static char **
environment_for (const char *event)
{
  g_auto (GStrv) ours = g_get_environ ();
  g_autoptr (GStrvBuilder) kept = g_strv_builder_new ();
  g_autofree char *own = g_strconcat ("TRACKERD_EVENT=", event, NULL);
  gboolean path = FALSE;

  for (guint i = 0; ours[i] != NULL; i++)
    {
      if (is_passed (ours[i], strcspn (ours[i], "=")))
        g_strv_builder_add (kept, ours[i]);
      path |= g_str_has_prefix (ours[i], "PATH=");
    }
  if (!path)
    g_strv_builder_add (kept, "PATH=/usr/local/bin:/usr/bin:/bin");
  g_strv_builder_add (kept, own);
  return g_strv_builder_end (kept);
}

/* -- Start ------------------------------------------------------------------------------------- */

static void
reset_signals (void)
{
  sigset_t none;

  for (int number = 1; number < NSIG; number++)
    signal (number, SIG_DFL);
  sigemptyset (&none);
  sigprocmask (SIG_SETMASK, &none, NULL);
}

/* Between fork and exec: the descriptors besides the three are closed on exec. */
static void
become (const char *path, const char *event, char **environment, int output, int failed)
{
  const struct rlimit none = { 0, 0 };
  const char *home = getenv ("HOME");
  char *const arguments[] = { (char *) path, (char *) event, NULL };
  int number;

  setsid ();
  prctl (PR_SET_PDEATHSIG, SIGKILL);
  reset_signals ();
  setrlimit (RLIMIT_CORE, &none);
  if (home == NULL || chdir (home) < 0)
    number = chdir ("/");
  if (dup2 (output, STDOUT_FILENO) >= 0 && dup2 (output, STDERR_FILENO) >= 0)
    execve (path, arguments, environment);
  number = errno;
  if (write (failed, &number, sizeof number) < 0)
    _exit (126);
  _exit (127);
}

static int
read_error (int failed)
{
  int number = 0;
  gssize n;

  do
    n = read (failed, &number, sizeof number);
  while (n < 0 && errno == EINTR);
  return n == sizeof number ? number : 0;
}

gboolean
trk_hook_process_start (TrkHookProcess *process, const char *path, const char *event)
{
  g_auto (GStrv) environment = environment_for (event);
  int output[2], failed[2];

  *process = (TrkHookProcess){ .output = -1 };
  prctl (PR_SET_CHILD_SUBREAPER, 1);
  if (pipe2 (output, O_CLOEXEC) < 0 || pipe2 (failed, O_CLOEXEC) < 0)
    {
      process->exec_error = errno;
      return FALSE;
    }
  process->pid = fork ();
  if (process->pid == 0)
    become (path, event, environment, output[1], failed[1]);
  close (output[1]);
  close (failed[1]);
  process->exec_error = process->pid > 0 ? read_error (failed[0]) : errno;
  close (failed[0]);
  process->output = output[0];
  fcntl (process->output, F_SETFL, O_NONBLOCK);
  return process->pid > 0 && process->exec_error == 0;
}

/* -- End --------------------------------------------------------------------------------------- */

void
trk_hook_process_reap (TrkHookProcess *process)
{
  int status;
  pid_t pid;

  while ((pid = waitpid (-1, &status, WNOHANG)) > 0)
    if (pid == process->pid)
      {
        process->ended = TRUE;
        process->status = status;
      }
  process->gone = pid < 0 && errno == ECHILD;
}

/* Our children, as the kernel lists them: "12 34 ". */
static char *
list_children (void)
{
  g_autofree char *path = g_strdup_printf ("/proc/self/task/%d/children", (int) getpid ());
  char *list = NULL;

  return g_file_get_contents (path, &list, NULL, NULL) ? list : NULL;
}

/* Only whom nobody but us takes leave of: until then its number, and that of its group, is no
 * other's. */
static void
signal_child (pid_t pid, int number)
{
  pid_t group = getpgid (pid);

  kill (group > 0 && group != getpgrp () ? -group : pid, number);
}

void
trk_hook_process_signal (const TrkHookProcess *process, int number)
{
  g_autofree char *list = list_children ();
  char *rest = list;

  if (process->pid > 0 && !process->ended)
    signal_child (process->pid, number);
  while (rest != NULL && *rest != '\0')
    {
      pid_t pid = (pid_t) strtol (rest, &rest, 10);

      if (pid > 0 && pid != process->pid)
        signal_child (pid, number);
      rest += strspn (rest, " ");
    }
}
