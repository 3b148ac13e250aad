/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-error.h"
#include "trk-indexing.h"

#include <errno.h>
#include <libical/ical.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

/* trackerd-indexer: the only program that knows what a calendar's bytes mean. Started by
 * trk_index_update() with its request on standard input; everything it has to say goes into the
 * index. */

static GByteArray *
read_request (void)
{
  GByteArray *bytes = g_byte_array_new ();
  guint8 chunk[4096];
  ssize_t n;

  while ((n = read (STDIN_FILENO, chunk, sizeof chunk)) > 0 || (n < 0 && errno == EINTR))
    if (n > 0)
      g_byte_array_append (bytes, chunk, (guint) n);
  return bytes;
}

static gboolean
run (TrkGuard *guard, GError **error)
{
  g_autoptr (GByteArray) request = read_request ();
  g_autoptr (TrkIndexerJob) job =
      trk_indexer_request_decode ((const char *) request->data, request->len, error);

  return job != NULL && trk_indexing_run (job, guard, error);
}

/* Keeps nothing of whoever started us: no file open but the request, the last words and the status,
 * and no folder that could not be unmounted meanwhile. */
static gboolean
let_go (void)
{
  closefrom (TRK_INDEXER_STATUS_FD + 1);
  return chdir ("/") == 0;
}

int
main (void)
{
  g_autoptr (GError) error = NULL;
  TrkGuard guard;

  umask (0077);
  if (isatty (STDIN_FILENO))
    {
      fputs ("trackerd-indexer is started by trackerd and tracker; it is no command.\n", stderr);
      return 2;
    }
  if (!let_go ())
    {
      fprintf (stderr, "cannot enter /: %s\n", g_strerror (errno));
      return 1;
    }
  trk_guard_init (&guard);
  icalerror_set_errors_are_fatal (FALSE);
  if (run (&guard, &error))
    return 0;
  fprintf (stderr, "%s\n", error->message);
  return trk_error_exit_status (error);
}
