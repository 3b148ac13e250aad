/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-sync-program.h"

#include "trk-error.h"
#include "trk-paths.h"
#include "trk-text.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

enum
{
  MAX_WORDS = 2000 /* bytes of its last message */
};

static int
memory_file (const char *bytes, gsize length)
{
  int fd = memfd_create ("trackerd-sync", MFD_CLOEXEC);

  if (fd >= 0 && (write (fd, bytes, length) != (ssize_t) length || lseek (fd, 0, SEEK_SET) != 0))
    {
      close (fd);
      return -1;
    }
  return fd;
}

static GStrv
command_of (const char *const *words)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autofree char *program = trk_path_program ("trackerd/sync", "trackerd-sync");

  g_strv_builder_add (builder, program);
  for (guint i = 0; words[i] != NULL; i++)
    g_strv_builder_add (builder, words[i]);
  return g_strv_builder_end (builder);
}

/* Hands its lines on until it closes its output. */
static void
listen (int fd, TrkSyncLine line, gpointer data)
{
  FILE *stream = fdopen (fd, "r");
  g_autofree char *text = NULL;
  size_t size = 0;
  ssize_t n;

  while (stream != NULL && (n = getline (&text, &size, stream)) > 0)
    if (line != NULL)
      {
        g_autofree char *shown = trk_text_line (text, 0);

        line (shown, data);
      }
  if (stream != NULL)
    fclose (stream);
}

static TrkErrorCode
code_of (int status)
{
  switch (WIFEXITED (status) ? WEXITSTATUS (status) : 1)
    {
    case 2:
      return TRK_ERROR_USAGE;
    case 4:
      return TRK_ERROR_NOT_FOUND;
    default:
      return TRK_ERROR_FAILED;
    }
}

/* What it said on its standard error, without its name. */
static gboolean
judge (int status, int words_fd, GError **error)
{
  static const char prefix[] = "trackerd-sync: ";
  char words[MAX_WORDS + 1] = "";
  ssize_t n = pread (words_fd, words, MAX_WORDS, 0);
  g_autofree char *line = NULL;

  if (WIFEXITED (status) && WEXITSTATUS (status) == 0)
    return TRUE;
  words[MAX (n, 0)] = '\0';
  line = trk_text_line (g_str_has_prefix (words, prefix) ? words + strlen (prefix) : words, 0);
  g_set_error (error, TRK_ERROR, code_of (status), "%s",
               *line != '\0' ? line : "trackerd-sync crashed");
  return FALSE;
}

/* @out gets where its output is read. */
static gboolean
start (const char *const *words, int in, int err, GPid *pid, int *out, GError **error)
{
  g_auto (GStrv) command = command_of (words);

  if (g_file_test (command[0], G_FILE_TEST_IS_EXECUTABLE))
    return g_spawn_async_with_pipes_and_fds (NULL, (const char *const *) command, NULL,
                                             G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL, in, -1, err,
                                             NULL, NULL, 0, pid, NULL, out, NULL, error);
  g_set_error (error, TRK_ERROR, TRK_ERROR_FAILED,
               "there is no %s: this trackerd was built without subscriptions (libsoup)",
               command[0]);
  return FALSE;
}

gboolean
trk_sync_program_run (const char *const *words,
                      const char *input,
                      gsize length,
                      TrkSyncLine line,
                      gpointer data,
                      GError **error)
{
  int in = memory_file (input != NULL ? input : "", length);
  int err = memory_file ("", 0);
  int out = -1, status = 1;
  GPid pid = 0;
  gboolean done = FALSE;

  if (in < 0 || err < 0)
    g_set_error (error, TRK_ERROR, TRK_ERROR_FAILED, "memfd: %s", g_strerror (errno));
  else if (start (words, in, err, &pid, &out, error))
    {
      listen (out, line, data);
      while (waitpid (pid, &status, 0) < 0 && errno == EINTR)
        continue;
      done = judge (status, err, error);
    }
  if (in >= 0)
    close (in);
  if (err >= 0)
    close (err);
  return done;
}

static gboolean
has_systemd (void)
{
  const char *runtime = g_getenv ("XDG_RUNTIME_DIR");
  g_autofree char *manager =
      runtime != NULL ? g_build_filename (runtime, "systemd", "private", NULL) : NULL;

  return manager != NULL && g_file_test (manager, G_FILE_TEST_EXISTS);
}

static gboolean
enable_timer (void)
{
  char *command[] = { (char *) "systemctl",
                      (char *) "--user",
                      (char *) "--quiet",
                      (char *) "enable",
                      (char *) "--now",
                      (char *) "trackerd-sync.timer",
                      NULL };
  int status = 1;

  return g_spawn_sync (NULL, command, NULL,
                       G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL
                           | G_SPAWN_STDERR_TO_DEV_NULL,
                       NULL, NULL, NULL, NULL, &status, NULL)
         && g_spawn_check_wait_status (status, NULL);
}

gboolean
trk_sync_program_enable_timer (char **why)
{
  gboolean managed = has_systemd ();

  *why = NULL;
  if (managed && enable_timer ())
    return TRUE;
  *why = g_strdup (
      managed
          ? "trackerd-sync.timer is not installed here: run tracker calendar sync now and then, "
            "from cron say"
          : "without systemd nothing asks by itself: run tracker calendar sync now and then, "
            "from cron say");
  return FALSE;
}
