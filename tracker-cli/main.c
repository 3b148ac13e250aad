/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-dispatch.h"
#include "trk-system-time.h"

#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

/* A caller may have closed standard descriptors; the next file opened would take their place and
 * get our output (a database, at worst). Writing to such a stream fails, as it should. */
static void
fill_standard_descriptors (void)
{
  for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
    if (fcntl (fd, F_GETFD) < 0 && open ("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY) < 0)
      _exit (1);
}

int
main (int argc, char **argv)
{
  g_autoptr (TrkSession) session = NULL;
  const char *const *words = (const char *const *) argv + (argc > 0 ? 1 : 0);

  fill_standard_descriptors ();
  signal (SIGPIPE, SIG_IGN);
  session = trk_session_new (trk_system_time (), NULL, stdout, stderr);
  return trk_dispatch (session, words);
}
