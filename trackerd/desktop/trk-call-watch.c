/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-call-watch.h"

#include "trk-text.h"

#include <gio/gio.h>

enum
{
  FIRST_PAUSE = 2, /* seconds before the program is started again */
  LAST_PAUSE = 128,
  SETTLED = 60, /* seconds after which it runs well, and the next end is a first one */
  LONGEST = 60, /* characters of a program's name */
};

struct _TrkCallWatch
{
  char *program;
  void (*changed) (gpointer data);
  gpointer data;
  GSubprocess *process;    /* (owned) (nullable): it does not run */
  GDataInputStream *lines; /* (owned) (nullable) */
  GCancellable *ending;
  guint timer;
  guint settling;   /* while it has not run for long */
  guint pause;      /* seconds */
  GHashTable *used; /* device → by whom */
  char *cause;      /* (owned) (nullable) */
};

static void start (TrkCallWatch *watch);

/* -- What is known ----------------------------------------------------------------------------- */

/* The microphone goes before the camera, so that a call keeps its name. Owned by the caller. */
static char *
find_cause (const TrkCallWatch *watch)
{
  static const char *const devices[] = { "microphone", "camera" };

  for (gsize i = 0; i < G_N_ELEMENTS (devices); i++)
    {
      const char *user = g_hash_table_lookup (watch->used, devices[i]);

      if (user != NULL)
        return g_strdup_printf ("The %s was in use by %s", devices[i], user);
    }
  return NULL;
}

static void
update (TrkCallWatch *watch)
{
  g_autofree char *cause = find_cause (watch);

  if (g_strcmp0 (cause, watch->cause) == 0)
    return;
  g_free (watch->cause);
  watch->cause = g_steal_pointer (&cause);
  watch->changed (watch->data);
}

static void
take_line (TrkCallWatch *watch, const char *line)
{
  g_auto (GStrv) words = g_strsplit (line, "\t", 3);

  if (g_strv_length (words) < 3)
    return;
  if (g_str_equal (words[1], "used"))
    g_hash_table_insert (watch->used, g_strdup (words[0]), trk_text_line (words[2], LONGEST));
  else
    g_hash_table_remove (watch->used, words[0]);
  update (watch);
}

/* -- The program ------------------------------------------------------------------------------- */

static void
leave (TrkCallWatch *watch)
{
  g_clear_handle_id (&watch->settling, g_source_remove);
  g_cancellable_cancel (watch->ending);
  g_clear_object (&watch->ending);
  g_clear_object (&watch->lines);
  if (watch->process != NULL)
    g_subprocess_send_signal (watch->process, SIGTERM);
  g_clear_object (&watch->process);
  g_hash_table_remove_all (watch->used);
}

static gboolean
on_time (gpointer data)
{
  TrkCallWatch *watch = data;

  watch->timer = 0;
  start (watch);
  return G_SOURCE_REMOVE;
}

static void
start_later (TrkCallWatch *watch)
{
  leave (watch);
  if (watch->pause <= LAST_PAUSE)
    watch->timer = g_timeout_add_seconds (watch->pause, on_time, watch);
  watch->pause *= 4;
  update (watch);
}

static void read_line (TrkCallWatch *watch);

static void
on_line (GObject *lines, GAsyncResult *result, gpointer data)
{
  TrkCallWatch *watch = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *line =
      g_data_input_stream_read_line_finish (G_DATA_INPUT_STREAM (lines), result, NULL, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return; /* @watch may be gone */
  if (line == NULL)
    {
      start_later (watch);
      return;
    }
  read_line (watch);
  take_line (watch, line);
}

static void
read_line (TrkCallWatch *watch)
{
  g_data_input_stream_read_line_async (watch->lines, G_PRIORITY_DEFAULT, watch->ending, on_line,
                                       watch);
}

/* That it said something is no sign: one that crashes says what it sees first, each time. */
static gboolean
on_settled (gpointer data)
{
  TrkCallWatch *watch = data;

  watch->settling = 0;
  watch->pause = FIRST_PAUSE;
  return G_SOURCE_REMOVE;
}

/* It ends when its standard input does, so also when we are killed. */
static void
start (TrkCallWatch *watch)
{
  watch->ending = g_cancellable_new ();
  watch->process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE
                                         | G_SUBPROCESS_FLAGS_STDERR_SILENCE,
                                     NULL, watch->program, NULL);
  if (watch->process == NULL) /* not installed: the plan alone tells */
    return;
  watch->settling = g_timeout_add_seconds (SETTLED, on_settled, watch);
  watch->lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (watch->process));
  read_line (watch);
}

const char *
trk_call_watch_cause (const TrkCallWatch *watch)
{
  return watch->cause;
}

TrkCallWatch *
trk_call_watch_new (const char *program, void (*changed) (gpointer data), gpointer data)
{
  TrkCallWatch *watch = g_new0 (TrkCallWatch, 1);

  watch->program = g_strdup (program);
  watch->changed = changed;
  watch->data = data;
  watch->pause = FIRST_PAUSE;
  watch->used = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  start (watch);
  return watch;
}

void
trk_call_watch_free (TrkCallWatch *watch)
{
  if (watch == NULL)
    return;
  leave (watch);
  g_clear_handle_id (&watch->timer, g_source_remove);
  g_hash_table_unref (watch->used);
  g_free (watch->cause);
  g_free (watch->program);
  g_free (watch);
}
