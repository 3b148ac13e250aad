/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-index-update.h"

#include "trk-error.h"
#include "trk-index-writer.h"
#include "trk-indexer-protocol.h"
#include "trk-paths.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

enum
{
  MAX_RESTARTS = 20,
  TICK_MS = 100,        /* how often progress is told while a child runs */
  MAX_LAST_WORDS = 4096 /* bytes of the child's standard error that are read */
};

static const TrkDuration usual_patience = TRK_MINUTE; /* for a child that shows no sign of life */

TrkPeriod
trk_index_usual_window (TrkInstant now)
{
  const TrkDuration day = 24 * TRK_HOUR;

  /* Whole weeks, so that the window moves once in a while and not with every call. */
  TrkInstant week = now - now % (7 * day);

  return (TrkPeriod){ week - 400 * day, week + 120 * day };
}

/* One run of the child. */
typedef struct
{
  const TrkIndexRequest *request;
  TrkIndexerStatus *status; /* shared with the child */
  int status_fd;
  GPid pid;
  int error_fd;
  GString *last_words;
  gboolean stopped; /* by the progress function */
  gboolean silent;  /* no sign of life for too long */
} Run;

static gboolean
failed (GError **error, const char *what)
{
  g_set_error (error, TRK_ERROR, TRK_ERROR_FAILED, "cannot start the indexer: %s: %s", what,
               g_strerror (errno));
  return FALSE;
}

/* -- Starting ---------------------------------------------------------------------------------- */

static gboolean
map_status (Run *run, GError **error)
{
  void *page;

  run->status_fd = memfd_create ("trackerd-indexer-status", MFD_CLOEXEC);
  if (run->status_fd < 0 || ftruncate (run->status_fd, sizeof (TrkIndexerStatus)) != 0)
    return failed (error, "memfd");
  page =
      mmap (NULL, sizeof (TrkIndexerStatus), PROT_READ | PROT_WRITE, MAP_SHARED, run->status_fd, 0);
  if (page == MAP_FAILED)
    return failed (error, "mmap");
  run->status = page;
  return TRUE;
}

/* The request as a file in memory, to be the child's standard input. */
static int
request_file (const TrkIndexRequest *request, GError **error)
{
  g_autoptr (GBytes) bytes = trk_indexer_request_encode (request);
  int fd = memfd_create ("trackerd-indexer-request", MFD_CLOEXEC);
  gsize length = 0;
  const char *data = g_bytes_get_data (bytes, &length);

  if (fd < 0 || write (fd, data, length) != (ssize_t) length || lseek (fd, 0, SEEK_SET) != 0)
    {
      failed (error, "memfd");
      if (fd >= 0)
        close (fd);
      return -1;
    }
  return fd;
}

/* A clean environment: where the zone data lies, and what the tests' tools need. */
static GStrv
child_environment (void)
{
  static const char *const kept[] = { "TZDIR",        "ASAN_OPTIONS",   "UBSAN_OPTIONS",
                                      "LSAN_OPTIONS", "G_DEBUG",        "MALLOC_PERTURB_",
                                      "G_SLICE",      "LD_LIBRARY_PATH" };
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  g_strv_builder_add (builder, "LC_ALL=C.UTF-8");
  g_strv_builder_add (builder, "TZ=UTC");
  for (guint i = 0; i < G_N_ELEMENTS (kept); i++)
    if (g_getenv (kept[i]) != NULL)
      {
        g_autofree char *entry = g_strconcat (kept[i], "=", g_getenv (kept[i]), NULL);

        g_strv_builder_add (builder, entry);
      }
  return g_strv_builder_end (builder);
}

static gboolean
spawn (Run *run, GError **error)
{
  g_autofree char *program = trk_path_program ("trackerd/indexer", "trackerd-indexer");
  const char *argv[] = { program, NULL };
  g_auto (GStrv) environment = child_environment ();
  const int target = TRK_INDEXER_STATUS_FD;
  int request = request_file (run->request, error);
  gboolean started;

  if (request < 0)
    return FALSE;
  /* Neither a folder nor descriptors for GLib to see to, which the child does itself: so it need
   * not copy this process, all of whose memory would then be dear to touch. */
  started = g_spawn_async_with_pipes_and_fds (NULL, argv, (const char *const *) environment,
                                              G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_STDOUT_TO_DEV_NULL
                                                  | G_SPAWN_LEAVE_DESCRIPTORS_OPEN
                                                  | G_SPAWN_CLOEXEC_PIPES,
                                              NULL, NULL, request, -1, -1, &run->status_fd, &target,
                                              1, &run->pid, NULL, NULL, &run->error_fd, error);
  close (request);
  return started;
}

/* -- Waiting ----------------------------------------------------------------------------------- */

/* Reads what the child says; FALSE when it has closed its standard error: it has ended. */
static gboolean
listen (Run *run)
{
  struct pollfd ready = { .fd = run->error_fd, .events = POLLIN };
  char words[512];
  ssize_t n;

  if (poll (&ready, 1, TICK_MS) <= 0)
    return TRUE;
  n = read (run->error_fd, words, sizeof words);
  if (n < 0)
    return errno == EINTR || errno == EAGAIN;
  if (run->last_words->len < MAX_LAST_WORDS)
    g_string_append_len (run->last_words, words, n);
  return n > 0;
}

static void
tell_progress (Run *run)
{
  const TrkIndexRequest *request = run->request;

  if (request->progress != NULL && !run->stopped && run->status->total > 0
      && !request->progress (run->status->done, run->status->total, request->progress_data))
    run->stopped = TRUE;
}

/* Waits for the child's end; its wait status. */
static int
wait_for (Run *run)
{
  TrkDuration patience = run->request->patience > 0 ? run->request->patience : usual_patience;
  TrkDuration quiet = 0; /* counted in ticks: no clock is read here */
  guint steps = 0;
  int status = 0;

  while (listen (run))
    {
      tell_progress (run);
      quiet = run->status->steps == steps ? quiet + TICK_MS * TRK_SECOND / 1000 : 0;
      steps = run->status->steps;
      run->silent = quiet > patience;
      if (run->stopped || run->silent)
        kill (run->pid, SIGKILL);
    }
  tell_progress (run);
  close (run->error_fd);
  while (waitpid (run->pid, &status, 0) < 0 && errno == EINTR)
    continue;
  g_spawn_close_pid (run->pid);
  return status;
}

/* -- What came of it --------------------------------------------------------------------------- */

/* Sets the event (or file) aside that the child was at, so that the next run passes over it. */
static gboolean
quarantine (Run *run, const char *reason, GError **error)
{
  g_autofree char *told = g_strconcat (reason, " on it", NULL);
  g_autoptr (TrkIndexWriter) writer = NULL;

  /* Between two events, or before the first, no event is to blame. */
  if (run->status->hash == 0)
    {
      g_set_error (error, TRK_ERROR, TRK_ERROR_FAILED,
                   "the calendars could not be read: the indexer %s", reason);
      return FALSE;
    }
  writer = trk_index_writer_open (run->request->index_path, error);
  return writer != NULL && trk_index_writer_set_quarantine (writer, run->status->hash, told, error)
         && trk_index_writer_commit (writer, error);
}

static const char *
reason_of (const Run *run, int signal_number)
{
  if (run->silent)
    return "hung";
  if (signal_number == SIGPROF || signal_number == SIGXCPU)
    return "spent too much time";
  return "crashed";
}

/* TRUE in @again: the child died, and what killed it is set aside. */
static gboolean
judge (Run *run, int status, gboolean *again, GError **error)
{
  if (run->stopped)
    {
      g_set_error (error, TRK_ERROR, TRK_ERROR_FAILED, "stopped; the calendars are as they were");
      return FALSE;
    }
  if (WIFSIGNALED (status))
    return *again = quarantine (run, reason_of (run, WTERMSIG (status)), error);
  if (WEXITSTATUS (status) == 0)
    return TRUE;
  g_strstrip (run->last_words->str);
  g_set_error (error, TRK_ERROR, TRK_ERROR_FAILED, "the calendars could not be read: %s",
               *run->last_words->str != '\0' ? run->last_words->str : "the indexer failed");
  return FALSE;
}

static gboolean
run_once (const TrkIndexRequest *request, gboolean *again, GError **error)
{
  g_autoptr (GString) words = g_string_new (NULL);
  Run run = { .request = request, .status_fd = -1, .last_words = words };
  gboolean result = FALSE;

  *again = FALSE;
  if (map_status (&run, error) && spawn (&run, error))
    result = judge (&run, wait_for (&run), again, error);
  if (run.status != NULL)
    munmap (run.status, sizeof (TrkIndexerStatus));
  if (run.status_fd >= 0)
    close (run.status_fd);
  return result;
}

gboolean
trk_index_update (const TrkIndexRequest *request, GError **error)
{
  gboolean again = TRUE;

  for (guint i = 0; again && i <= MAX_RESTARTS; i++)
    if (!run_once (request, &again, error))
      return FALSE;
  if (!again)
    return TRUE;
  g_set_error (error, TRK_ERROR, TRK_ERROR_FAILED,
               "the indexer ended %d times on different events; the calendars are as they were",
               MAX_RESTARTS + 1);
  return FALSE;
}
