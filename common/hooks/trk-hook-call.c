/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-hook-call.h"

#include "trk-error.h"
#include "trk-paths.h"
#include "trk-text.h"

#include <errno.h>
#include <glib-unix.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

enum
{
  MOST_OUTPUT = 4096,
  MOST_REPORT = 8192, /* trackerd-hook's line and the output */
  GRACE = 8,          /* seconds after which trackerd-hook itself must have hung */
};

struct _TrkHookCall
{
  TrkHookRun *run; /* (owned) */
  TrkDuration limit;
  GPid pid;
  int report, complaint; /* read ends of trackerd-hook's streams; -1 closed */
  guint reading, complaining, watch, backstop, idle; /* sources; 0 none */
  GString *said, *complained;                        /* (owned) */
  TrkHookDone done;
  gpointer data;
};

/* -- What it is run by ------------------------------------------------------------------------- */

gboolean
trk_hook_is_confined (void)
{
  const char *main_process = g_getenv ("SYSTEMD_EXEC_PID");

  return main_process != NULL && strtol (main_process, NULL, 10) == (long) getpid ();
}

/* The manager expands "$NAME" in the command of a unit. */
static char *
escape (const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, "$", -1);

  return g_strjoinv ("$$", parts);
}

static void
add_outside (GPtrArray *argv, TrkDuration limit)
{
  static const char *const words[] = {
    "systemd-run",
    "--user",
    "--quiet",
    "--collect",
    "--wait",
    "--pipe",
    "--property=Type=exec",
    "--description=A hook of trackerd",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    g_ptr_array_add (argv, g_strdup (words[i]));
  g_ptr_array_add (argv, g_strdup_printf ("--property=RuntimeMaxSec=%" G_GINT64_FORMAT,
                                          limit / TRK_SECOND + GRACE));
  g_ptr_array_add (argv, g_strdup ("--"));
}

static GPtrArray *
command_of (const TrkHookOrder *order)
{
  GPtrArray *argv = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *helper = trk_path_program ("trackerd/hooks", "trackerd-hook");

  if (order->outside)
    add_outside (argv, order->limit);
  g_ptr_array_add (argv, order->outside ? escape (helper) : g_strdup (helper));
  g_ptr_array_add (argv, g_strdup_printf ("%" G_GINT64_FORMAT, order->limit / 1000));
  g_ptr_array_add (argv, g_strdup (trk_hook_to_string (order->hook)));
  g_ptr_array_add (argv, order->outside ? escape (order->program->path)
                                        : g_strdup (order->program->path));
  g_ptr_array_add (argv, NULL);
  return argv;
}

/* A file without a name: nobody has to wait until it is read, and it does not matter whether it
 * is. */
static int
input_of (const char *json, GError **error)
{
  gsize length = strlen (json);
  int fd = memfd_create ("event", MFD_CLOEXEC);

  if (fd >= 0 && write (fd, json, length) == (gssize) length && lseek (fd, 0, SEEK_SET) == 0)
    return fd;
  g_set_error (error, TRK_ERROR, TRK_ERROR_STORAGE, "what it is told cannot be kept: %s",
               g_strerror (errno));
  if (fd >= 0)
    close (fd);
  return -1;
}

/* -- What comes of it -------------------------------------------------------------------------- */

static void
shut (int *fd, guint *source)
{
  g_clear_handle_id (source, g_source_remove);
  if (*fd >= 0)
    close (*fd);
  *fd = -1;
}

static void
refuse (TrkHookRun *run, const char *prefix, const char *why)
{
  run->ended = TRK_HOOK_REFUSED;
  g_free (run->output);
  run->output = g_strconcat (prefix, why, NULL);
}

/* "trackerd-hook exit 0 1500 12": how it ended, its status, microseconds, and the bytes that the
 * program said (trackerd/hooks/main.c). */
static gboolean
read_head (const char *line, TrkHookRun *run, gint64 *bytes)
{
  g_auto (GStrv) words = g_strsplit (line, " ", -1);
  gint64 status, length;

  if (g_strv_length (words) != 5 || !g_str_equal (words[0], "trackerd-hook")
      || !trk_hook_end_from_string (words[1], &run->ended)
      || !g_ascii_string_to_signed (words[2], 10, 0, G_MAXINT, &status, NULL)
      || !g_ascii_string_to_signed (words[3], 10, 0, G_MAXINT64, &length, NULL)
      || !g_ascii_string_to_signed (words[4], 10, 0, G_MAXINT64, bytes, NULL))
    return FALSE;
  run->status = (int) status;
  run->length = length;
  return TRUE;
}

/* TRUE when @said is the whole report. */
static gboolean
read_report (TrkHookRun *run, const GString *said)
{
  const char *text = strchr (said->str, '\n');
  g_autofree char *head = text != NULL ? g_strndup (said->str, (gsize) (text - said->str)) : NULL;
  g_autofree char *kept = NULL;
  gint64 bytes;

  if (head == NULL || !read_head (head, run, &bytes))
    return FALSE;
  kept = trk_text_block (text + 1, MOST_OUTPUT);
  if (run->ended == TRK_HOOK_REFUSED)
    refuse (run, "it cannot be run: ", g_strerror (run->status));
  else if (bytes > MOST_OUTPUT)
    run->output = g_strdup_printf ("%s\n[%" G_GINT64_FORMAT " bytes in all]", kept, bytes);
  else if (kept[0] != '\0')
    run->output = g_steal_pointer (&kept);
  return TRUE;
}

static void
call_free (TrkHookCall *call)
{
  shut (&call->report, &call->reading);
  shut (&call->complaint, &call->complaining);
  g_clear_handle_id (&call->watch, g_source_remove);
  g_clear_handle_id (&call->backstop, g_source_remove);
  g_clear_handle_id (&call->idle, g_source_remove);
  g_string_free (call->said, TRUE);
  g_string_free (call->complained, TRUE);
  trk_hook_run_free (call->run);
  g_free (call);
}

static void
finish (TrkHookCall *call)
{
  g_autofree char *complaint = trk_text_line (call->complained->str, 200);

  if (call->run->output == NULL && !read_report (call->run, call->said))
    refuse (call->run,
            "trackerd-hook did not report: ", complaint[0] != '\0' ? complaint : "it was ended");
  call->done (call, g_steal_pointer (&call->run), call->data);
  call_free (call);
}

/* All was said, and nobody is left who could say more. */
static void
finish_if_over (TrkHookCall *call)
{
  if (call->report < 0 && call->watch == 0)
    finish (call);
}

static gboolean
take (int fd, GString *text)
{
  char buffer[2048];
  gssize n = read (fd, buffer, sizeof buffer);

  if (n > 0 && text->len + (gsize) n <= MOST_REPORT)
    g_string_append_len (text, buffer, n);
  return n > 0 || (n < 0 && (errno == EAGAIN || errno == EINTR));
}

static gboolean
on_report (int fd, GIOCondition condition, gpointer data)
{
  TrkHookCall *call = data;

  if (take (fd, call->said))
    return G_SOURCE_CONTINUE;
  call->reading = 0;
  shut (&call->report, &call->reading);
  finish_if_over (call);
  return G_SOURCE_REMOVE;
}

static gboolean
on_complaint (int fd, GIOCondition condition, gpointer data)
{
  TrkHookCall *call = data;

  if (take (fd, call->complained))
    return G_SOURCE_CONTINUE;
  call->complaining = 0;
  shut (&call->complaint, &call->complaining);
  return G_SOURCE_REMOVE;
}

static void
on_ended (GPid pid, int status, gpointer data)
{
  TrkHookCall *call = data;

  call->watch = 0;
  finish_if_over (call);
}

/* trackerd-hook should have been back long ago. */
static gboolean
on_backstop (gpointer data)
{
  TrkHookCall *call = data;

  call->backstop = 0;
  kill (call->pid, SIGKILL);
  shut (&call->report, &call->reading);
  finish_if_over (call);
  return G_SOURCE_REMOVE;
}

static gboolean
on_refused (gpointer data)
{
  TrkHookCall *call = data;

  call->idle = 0;
  finish (call);
  return G_SOURCE_REMOVE;
}

/* -- Start and end ----------------------------------------------------------------------------- */

static void
follow (TrkHookCall *call)
{
  g_unix_set_fd_nonblocking (call->report, TRUE, NULL);
  g_unix_set_fd_nonblocking (call->complaint, TRUE, NULL);
  call->reading = g_unix_fd_add (call->report, G_IO_IN | G_IO_HUP, on_report, call);
  call->complaining = g_unix_fd_add (call->complaint, G_IO_IN | G_IO_HUP, on_complaint, call);
  call->watch = g_child_watch_add (call->pid, on_ended, call);
  call->backstop =
      g_timeout_add_seconds ((guint) (call->limit / TRK_SECOND) + GRACE, on_backstop, call);
}

static gboolean
spawn (TrkHookCall *call, const TrkHookOrder *order, GError **error)
{
  g_autoptr (GPtrArray) argv = command_of (order);
  int input = input_of (order->json, error);
  gboolean worked;

  if (input < 0)
    return FALSE;
  worked = g_spawn_async_with_pipes_and_fds (NULL, (const char *const *) argv->pdata, NULL,
                                             G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_CLOEXEC_PIPES
                                                 | (order->outside ? G_SPAWN_SEARCH_PATH : 0),
                                             NULL, NULL, input, -1, -1, NULL, NULL, 0, &call->pid,
                                             NULL, &call->report, &call->complaint, error);
  close (input);
  return worked;
}

TrkHookCall *
trk_hook_call_start (const TrkHookOrder *order, TrkHookDone done, gpointer data)
{
  TrkHookCall *call = g_new0 (TrkHookCall, 1);
  g_autoptr (GError) error = NULL;

  call->run = g_new0 (TrkHookRun, 1);
  call->run->at = order->at;
  call->run->hook = g_strdup (trk_hook_to_string (order->hook));
  call->run->program = g_strdup (order->program->name);
  call->run->block_id = g_strdup (order->block_id);
  call->limit = order->limit;
  call->report = call->complaint = -1;
  call->said = g_string_new (NULL);
  call->complained = g_string_new (NULL);
  call->done = done;
  call->data = data;
  if (order->program->refusal != NULL)
    refuse (call->run, "", order->program->refusal);
  else if (!spawn (call, order, &error))
    refuse (call->run, "", error->message);
  else
    follow (call);
  if (call->run->output != NULL)
    call->idle = g_idle_add (on_refused, call);
  return call;
}

/* trackerd-hook hears it by the stream that nobody reads any more, wherever it runs. */
void
trk_hook_call_end (TrkHookCall *call)
{
  shut (&call->complaint, &call->complaining);
}

void
trk_hook_call_leave (TrkHookCall *call)
{
  call_free (call);
}
