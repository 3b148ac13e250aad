/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-camera.h"
#include "trk-microphone.h"
#include "trk-text.h"

#include "trk-capture-features.h"

#include <glib-unix.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* trackerd-capture: tells on its standard output who records, whenever that changes, a line each:
 *
 *   DEVICE <tab> used|free|blind <tab> TEXT
 *
 * It ends when its standard input does. trackerd starts it while a break is planned; it is a
 * program of its own because what it loads would double the daemon's memory. --once: one line a
 * device. */

enum
{
  LONGEST = 60,   /* characters of a program's name */
  ONCE_WITHIN = 3 /* seconds */
};

typedef struct
{
  GMainLoop *loop;
  gboolean once;
  guint expected;            /* devices that have not told yet */
  char *last[2];             /* what was said of each (owned) (nullable) */
  TrkMicrophone *microphone; /* (owned) NULL: not built */
  TrkCamera *camera;         /* the same */
} Capture;

static void
on_told (const char *device, TrkCaptureState state, const char *text, gpointer data)
{
  static const char *const words[] = { "blind", "free", "used" };
  Capture *capture = data;
  char **last = &capture->last[g_str_equal (device, TRK_CAMERA)];
  g_autofree char *clean = trk_text_line (text != NULL ? text : "", LONGEST);
  g_autofree char *line = g_strdup_printf ("%s\t%s\t%s\n", device, words[state], clean);

  if (*last == NULL && --capture->expected == 0 && capture->once)
    g_main_loop_quit (capture->loop);
  if (g_strcmp0 (*last, line) == 0)
    return;
  g_free (*last);
  *last = g_steal_pointer (&line);
  fputs (*last, stdout);
  fflush (stdout);
}

/* A server that is there and does not answer. */
static gboolean
on_overdue (gpointer data)
{
  g_main_loop_quit (((Capture *) data)->loop);
  return G_SOURCE_REMOVE;
}

/* Nobody wants to know any more. */
static gboolean
on_input (int fd, GIOCondition condition, gpointer data)
{
  char bytes[64];

  if (read (fd, bytes, sizeof bytes) > 0)
    return G_SOURCE_CONTINUE;
  g_main_loop_quit (((Capture *) data)->loop);
  return G_SOURCE_REMOVE;
}

static void
watch_devices (Capture *capture)
{
#if TRK_HAVE_MICROPHONE
  capture->microphone = trk_microphone_new (on_told, capture);
#else
  on_told (TRK_MICROPHONE, TRK_CAPTURE_BLIND, "built without PulseAudio", capture);
#endif
#if TRK_HAVE_CAMERA
  capture->camera = trk_camera_new (on_told, capture);
#else
  on_told (TRK_CAMERA, TRK_CAPTURE_BLIND, "built without PipeWire", capture);
#endif
}

static void
leave_devices (Capture *capture)
{
#if TRK_HAVE_MICROPHONE
  trk_microphone_free (capture->microphone);
#endif
#if TRK_HAVE_CAMERA
  trk_camera_free (capture->camera);
#endif
}

int
main (int argc, char **argv)
{
  Capture capture = { .expected = 2 };

  capture.loop = g_main_loop_new (NULL, FALSE);
  capture.once = argc > 1 && g_str_equal (argv[1], "--once");
  if (capture.once)
    g_timeout_add_seconds (ONCE_WITHIN, on_overdue, &capture);
  else
    g_unix_fd_add (STDIN_FILENO, G_IO_IN | G_IO_HUP | G_IO_ERR, on_input, &capture);
  watch_devices (&capture);
  if (!capture.once || capture.expected > 0)
    g_main_loop_run (capture.loop);
  leave_devices (&capture);
  g_main_loop_unref (capture.loop);
  for (guint i = 0; i < G_N_ELEMENTS (capture.last); i++)
    g_free (capture.last[i]);
  return 0;
}
