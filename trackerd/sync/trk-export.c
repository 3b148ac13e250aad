/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-export.h"

#include "trk-calendar-url.h"
#include "trk-error.h"
#include "trk-paths.h"
#include "trk-text.h"

#include <string.h>

enum
{
  CHUNK = 64 * 1024,
  MAX_SAID = 1024, /* bytes of what the program says when it fails … */
  MAX_WORDS = 200  /* … and characters of it that are told */
};

typedef struct
{
  TrkSubscriptionCopy *copy; /* borrowed */
  GSubprocess *child;        /* (owned) */
  GCancellable *cancellable;
  guint timer, patience;
} Export;

static void
export_free (gpointer data)
{
  Export *export = data;

  g_clear_handle_id (&export->timer, g_source_remove);
  if (export->child != NULL && g_subprocess_get_identifier (export->child) != NULL)
    {
      g_subprocess_force_exit (export->child);
      g_subprocess_wait (export->child, NULL, NULL);
    }
  g_clear_object (&export->child);
  g_clear_object (&export->cancellable);
  g_free (export);
}

static gboolean
on_time_over (gpointer data)
{
  Export *export = data;

  export->timer = 0;
  g_cancellable_cancel (export->cancellable);
  return G_SOURCE_REMOVE;
}

static void
end_with (GTask *task, GError *failure)
{
  Export *export = g_task_get_task_data (task);

  if (failure != NULL && g_cancellable_is_cancelled (export->cancellable))
    {
      g_clear_error (&failure);
      g_set_error (&failure, TRK_ERROR, TRK_ERROR_FAILED, "it was not all there after %u s",
                   export->patience);
    }
  if (failure != NULL)
    g_task_return_error (task, failure);
  else
    g_task_return_boolean (task, TRUE);
  g_object_unref (task);
}

/* What the program said on its standard error, as one short line. It is not waited for longer than
 * for the program: a child of its own may hold the pipe open. */
static void
on_words (GObject *source, GAsyncResult *async, gpointer data)
{
  GTask *task = data;
  g_autoptr (GBytes) bytes =
      g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), async, NULL);
  gsize length = 0;
  const char *start = bytes != NULL ? g_bytes_get_data (bytes, &length) : NULL;
  g_autofree char *said = length > 0 ? g_strndup (start, length) : NULL;
  g_autofree char *words = said != NULL ? trk_text_line (said, MAX_WORDS) : NULL;

  g_task_return_new_error (task, TRK_ERROR, TRK_ERROR_FAILED,
                           "the program that exports it failed: %s",
                           words != NULL ? words : "it does not say why");
  g_object_unref (task);
}

static void
on_ended (GObject *source, GAsyncResult *async, gpointer data)
{
  GTask *task = data;
  Export *export = g_task_get_task_data (task);
  GError *error = NULL;

  if (g_subprocess_wait_finish (export->child, async, &error)
      && !g_subprocess_get_successful (export->child))
    g_input_stream_read_bytes_async (g_subprocess_get_stderr_pipe (export->child), MAX_SAID,
                                     G_PRIORITY_DEFAULT, export->cancellable, on_words, task);
  else
    end_with (task, error);
}

static void
on_bytes (GObject *source, GAsyncResult *async, gpointer data)
{
  GTask *task = data;
  Export *export = g_task_get_task_data (task);
  GInputStream *pipe = G_INPUT_STREAM (source);
  GError *error = NULL;
  g_autoptr (GBytes) bytes = g_input_stream_read_bytes_finish (pipe, async, &error);
  gsize length = 0;
  const void *start = bytes != NULL ? g_bytes_get_data (bytes, &length) : NULL;

  if (bytes == NULL
      || (length > 0 && !trk_subscription_copy_append (export->copy, start, length, &error)))
    end_with (task, error);
  else if (length == 0)
    g_subprocess_wait_async (export->child, export->cancellable, on_ended, task);
  else
    g_input_stream_read_bytes_async (pipe, CHUNK, G_PRIORITY_DEFAULT, export->cancellable, on_bytes,
                                     task);
}

/* The program and its arguments, of which the last comes from the configuration. */
static GStrv
command_of (const TrkCalendar *calendar)
{
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();
  g_autofree char *program = trk_path_program ("trackerd/evolution", "trackerd-evolution");
  const char *rest = strchr (calendar->url, ':') + 1;

  if (trk_calendar_url_origin (calendar->url) == TRK_ORIGIN_EVOLUTION)
    g_strv_builder_add_many (words, program, rest, NULL);
  else if (*rest == '\0')
    g_strv_builder_add_many (words, "calcurse", "--quiet", "--export=ical", NULL);
  else
    g_strv_builder_add_many (words, "calcurse", "--quiet", "--export=ical", "--datadir", rest,
                             NULL);
  return g_strv_builder_end (words);
}

void
trk_export_start (const TrkCalendar *calendar,
                  TrkSubscriptionCopy *copy,
                  guint patience,
                  GAsyncReadyCallback ready,
                  gpointer data)
{
  GTask *task = g_task_new (NULL, NULL, ready, data);
  Export *export = g_new0 (Export, 1);
  g_auto (GStrv) words = command_of (calendar);
  GError *error = NULL;

  g_task_set_task_data (task, export, export_free);
  export->copy = copy;
  export->patience = patience;
  export->cancellable = g_cancellable_new ();
  export->timer = g_timeout_add_seconds (patience, on_time_over, export);
  export->child =
      g_subprocess_newv ((const char *const *) words,
                         G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE, &error);
  if (export->child == NULL)
    end_with (task, error);
  else
    g_input_stream_read_bytes_async (g_subprocess_get_stdout_pipe (export->child), CHUNK,
                                     G_PRIORITY_DEFAULT, export->cancellable, on_bytes, task);
}

gboolean
trk_export_finish (GAsyncResult *async, GError **error)
{
  return g_task_propagate_boolean (G_TASK (async), error);
}
