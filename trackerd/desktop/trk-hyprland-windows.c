/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-hyprland-windows.h"

#include "trk-bounded-json.h"
#include "trk-newest-files.h"

#include <string.h>

#define EVENTS ".socket2.sock"
#define REQUESTS ".socket.sock"
#define QUESTION "j/activewindow"
#define IN_FRONT "activewindow>>"

enum
{
  CHUNK = 4096,
  LONGEST_ANSWER = 64 * 1024, /* bytes: one window */
};

struct _TrkHyprlandWindows
{
  TrkSocketWindows parent; /* of the events */

  char chunk[CHUNK];
  char line[sizeof IN_FRONT]; /* how the line begins: more of it is not looked at */
  gsize length;               /* of that */
  gboolean asked;             /* which window is in front: not answered yet */
  gboolean again;             /* it changed since */
};

G_DEFINE_FINAL_TYPE (TrkHyprlandWindows, trk_hyprland_windows, TRK_TYPE_SOCKET_WINDOWS)

static void ask (TrkHyprlandWindows *self);
static void read_on (TrkHyprlandWindows *self);

static void
await (TrkHyprlandWindows *self)
{
  trk_socket_windows_await (TRK_SOCKET_WINDOWS (self), self->asked || self->length > 0);
}

/* -- The question ------------------------------------------------------------------------------ */

/* One question and its answer, which ends with the connection. */
typedef struct
{
  TrkHyprlandWindows *self;      /* (owned) */
  GSocketConnection *connection; /* (owned) (nullable) */
  GByteArray *answer;
  guint8 chunk[CHUNK];
} Question;

static void
question_free (Question *question)
{
  g_clear_object (&question->connection);
  g_byte_array_unref (question->answer);
  g_object_unref (question->self);
  g_free (question);
}

/* Without a window in front the answer is "{}"; an older Hyprland says "Invalid" then. */
static void
answered (Question *question)
{
  TrkHyprlandWindows *self = question->self;
  g_autoptr (GPtrArray) names = trk_window_names_new ();
  g_autoptr (JsonNode) node =
      trk_bounded_json_parse ((const char *) question->answer->data, question->answer->len);
  JsonObject *window = trk_bounded_json_root (node);
  gboolean again = self->again;

  question_free (question);
  if (trk_socket_windows_is_over (TRK_SOCKET_WINDOWS (self)))
    return;
  self->asked = self->again = FALSE;
  await (self);
  if (again)
    {
      ask (self);
      return;
    }
  trk_window_names_add (names, trk_bounded_json_string (window, "class"));
  trk_window_names_add (names, trk_bounded_json_string (window, "initialClass"));
  trk_window_names_add_process (names, trk_bounded_json_int (window, "pid"));
  trk_window_source_emit_front (self, names);
}

static void on_answer (GObject *stream, GAsyncResult *result, gpointer data);

static void
read_answer (Question *question)
{
  GInputStream *stream = g_io_stream_get_input_stream (G_IO_STREAM (question->connection));

  g_input_stream_read_async (stream, question->chunk, CHUNK, G_PRIORITY_DEFAULT,
                             trk_socket_windows_ending (TRK_SOCKET_WINDOWS (question->self)),
                             on_answer, question);
}

static void
give_up (Question *question, const char *why)
{
  trk_socket_windows_fail (TRK_SOCKET_WINDOWS (question->self), why);
  question_free (question);
}

static void
on_answer (GObject *stream, GAsyncResult *result, gpointer data)
{
  Question *question = data;
  gssize got = g_input_stream_read_finish (G_INPUT_STREAM (stream), result, NULL);

  if (got == 0)
    {
      g_autoptr (TrkHyprlandWindows) self = g_object_ref (question->self);

      answered (question);
      return;
    }
  if (got < 0 || question->answer->len + (gsize) got > LONGEST_ANSWER)
    {
      give_up (question, "what Hyprland answers cannot be read");
      return;
    }
  g_byte_array_append (question->answer, question->chunk, (guint) got);
  read_answer (question);
}

static void
on_asking (GObject *client, GAsyncResult *result, gpointer data)
{
  Question *question = data;

  question->connection = g_socket_client_connect_finish (G_SOCKET_CLIENT (client), result, NULL);
  if (question->connection != NULL
      && trk_socket_windows_send (question->connection, QUESTION, strlen (QUESTION)))
    read_answer (question);
  else
    give_up (question, "Hyprland takes no question");
}

static void
ask (TrkHyprlandWindows *self)
{
  TrkSocketWindows *source = TRK_SOCKET_WINDOWS (self);
  g_autofree char *folder = NULL;
  g_autofree char *path = NULL;
  Question *question;

  self->again = self->asked;
  if (self->asked)
    return;
  self->asked = TRUE;
  await (self);
  question = g_new0 (Question, 1);
  question->self = g_object_ref (self);
  question->answer = g_byte_array_new ();
  folder = g_path_get_dirname (trk_socket_windows_path (source));
  path = g_build_filename (folder, REQUESTS, NULL);
  trk_socket_windows_connect (source, path, on_asking, question);
}

/* -- Events ------------------------------------------------------------------------------------ */

/* Only how a line begins is kept: titles may be of any length. */
static void
take_events (TrkHyprlandWindows *self, gsize got)
{
  gboolean changed = FALSE;

  for (gsize i = 0; i < got; i++)
    if (self->chunk[i] == '\n')
      self->length = 0;
    else if (self->length < strlen (IN_FRONT))
      {
        self->line[self->length++] = self->chunk[i];
        changed |= self->length == strlen (IN_FRONT)
                   && memcmp (self->line, IN_FRONT, strlen (IN_FRONT)) == 0;
      }
  if (changed)
    ask (self);
  if (!self->asked) /* events that come meanwhile are no answer */
    await (self);
}

static void
on_events (GObject *stream, GAsyncResult *result, gpointer data)
{
  g_autoptr (TrkHyprlandWindows) self = data;
  gssize got = g_input_stream_read_finish (G_INPUT_STREAM (stream), result, NULL);

  if (got <= 0)
    trk_socket_windows_fail (TRK_SOCKET_WINDOWS (self), "Hyprland went away");
  if (trk_socket_windows_is_over (TRK_SOCKET_WINDOWS (self)))
    return;
  take_events (self, (gsize) got);
  read_on (self);
}

static void
read_on (TrkHyprlandWindows *self)
{
  TrkSocketWindows *source = TRK_SOCKET_WINDOWS (self);
  GIOStream *stream = G_IO_STREAM (trk_socket_windows_connection (source));

  g_input_stream_read_async (g_io_stream_get_input_stream (stream), self->chunk, CHUNK,
                             G_PRIORITY_DEFAULT, trk_socket_windows_ending (source), on_events,
                             g_object_ref (self));
}

/* -- Life -------------------------------------------------------------------------------------- */

static void
on_connected (TrkSocketWindows *source)
{
  read_on (TRK_HYPRLAND_WINDOWS (source));
  ask (TRK_HYPRLAND_WINDOWS (source));
}

static void
trk_hyprland_windows_class_init (TrkHyprlandWindowsClass *klass)
{
  TRK_SOCKET_WINDOWS_CLASS (klass)->compositor = "Hyprland";
  TRK_SOCKET_WINDOWS_CLASS (klass)->on_connected = on_connected;
}

static void
trk_hyprland_windows_init (TrkHyprlandWindows *self)
{
}

TrkWindowSource *
trk_hyprland_windows_new (const char *const *folders, guint patience)
{
  g_autoptr (GStrvBuilder) paths = g_strv_builder_new ();

  for (guint i = 0; folders[i] != NULL; i++)
    {
      g_autofree char *path = g_build_filename (folders[i], EVENTS, NULL);

      g_strv_builder_add (paths, path);
    }
  return trk_socket_windows_new (TRK_TYPE_HYPRLAND_WINDOWS, g_strv_builder_end (paths), patience);
}

GStrv
trk_hyprland_windows_folders (void)
{
  g_autofree char *all = g_build_filename (g_get_user_runtime_dir (), "hypr", NULL);
  const char *instance = g_getenv ("HYPRLAND_INSTANCE_SIGNATURE");
  g_autofree char *given =
      instance != NULL && *instance != '\0' ? g_build_filename (all, instance, NULL) : NULL;

  return trk_newest_files (given, all, "");
}
