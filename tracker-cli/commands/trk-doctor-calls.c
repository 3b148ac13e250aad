/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-doctor-calls.h"

#include "trk-paths.h"

enum
{
  DEVICES = 2 /* a microphone and a camera */
};

typedef struct
{
  GString *text;  /* (borrowed) */
  guint answered; /* devices that were told of, be it that nothing here can see them */
  guint seen;     /* that somebody sees */
} Capture;

/* "microphone: in use by Firefox", "camera: no PipeWire". */
static void
add_device (Capture *capture, const char *line)
{
  g_auto (GStrv) words = g_strsplit (line, "\t", 3);
  gboolean used, blind;

  if (g_strv_length (words) < 3)
    return;
  used = g_str_equal (words[1], "used");
  blind = g_str_equal (words[1], "blind");
  g_string_append_printf (capture->text, "%s%s: %s%s", capture->text->len > 0 ? "; " : "", words[0],
                          used    ? "in use by "
                          : blind ? ""
                                  : "not in use, says ",
                          words[2]);
  capture->answered++;
  capture->seen += !blind;
}

/* A camera without PipeWire is seen by nobody, and the microphone tells of the same calls; where
 * neither is seen, a break would be announced into every call. */
static char *
words_of (const Capture *capture)
{
  const char *rest = capture->seen > 0 ? "breaks wait for the end of a call"
                                       : "breaks wait for the end of a call only where the plan or "
                                         "a program that keeps the screen awake says so";
  const char *silent = capture->answered == DEVICES ? ""
                       : capture->answered > 0      ? "; the other did not answer"
                                                    : "nothing tells who records: "
                                                      "trackerd-capture did not answer";

  return g_strdup_printf ("%s%s; %s", capture->text->str, silent, rest);
}

char *
trk_doctor_calls (TrkHealth *health)
{
  g_autofree char *program = trk_path_program ("trackerd/capture", "trackerd-capture");
  char *argv[] = { program, (char *) "--once", NULL };
  g_autofree char *out = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  Capture capture = { .text = text };

  if (g_spawn_sync (NULL, argv, NULL, G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, &out, NULL, NULL,
                    NULL))
    lines = g_strsplit (out, "\n", -1);
  for (guint i = 0; lines != NULL && lines[i] != NULL; i++)
    add_device (&capture, lines[i]);
  *health = capture.answered == DEVICES && capture.seen > 0 ? TRK_HEALTH_GOOD : TRK_HEALTH_WARNING;
  return words_of (&capture);
}
