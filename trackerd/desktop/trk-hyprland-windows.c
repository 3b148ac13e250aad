/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-hyprland-windows.h"

#include "trk-bounded-json.h"
#include "trk-newest-files.h"

#include <gio/gunixsocketaddress.h>
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
  GObject parent;

  GStrv folders;
  guint next;                    /* of them */
  GSocketConnection *connection; /* to the events (owned) (nullable) */
  GCancellable *ending;          /* (owned) */
  char chunk[CHUNK];
  char line[sizeof IN_FRONT]; /* how the line begins: more of it is not looked at */
  gsize length;               /* of that */
  gboolean asked;             /* which window is in front: not answered yet */
  gboolean again;             /* it changed since */
  gboolean began;
  gboolean over;
};

static void window_source_init (TrkWindowSourceInterface *iface);
G_DEFINE_FINAL_TYPE_WITH_CODE (TrkHyprlandWindows,
                               trk_hyprland_windows,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (TRK_TYPE_WINDOW_SOURCE, window_source_init))

static void try_next (TrkHyprlandWindows *self);
static void ask (TrkHyprlandWindows *self);
static void read_on (TrkHyprlandWindows *self);

static void
fail (TrkHyprlandWindows *self, const char *why, gboolean never)
{
  if (self->over)
    return;
  self->over = TRUE;
  trk_window_source_emit_failed (self, why, never);
}

static void
connect_to (TrkHyprlandWindows *self,
            guint folder,
            const char *socket,
            GAsyncReadyCallback done,
            gpointer data)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autofree char *path = g_build_filename (self->folders[folder], socket, NULL);
  g_autoptr (GSocketAddress) address = g_unix_socket_address_new (path);

  g_socket_client_connect_async (client, G_SOCKET_CONNECTABLE (address), self->ending, done, data);
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
  if (self->over)
    return;
  self->asked = self->again = FALSE;
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
                             question->self->ending, on_answer, question);
}

static void
give_up (Question *question, const char *why)
{
  fail (question->self, why, FALSE);
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
  GOutputStream *stream;

  question->connection = g_socket_client_connect_finish (G_SOCKET_CLIENT (client), result, NULL);
  if (question->connection == NULL)
    {
      give_up (question, "Hyprland takes no question");
      return;
    }
  stream = g_io_stream_get_output_stream (G_IO_STREAM (question->connection));
  if (g_pollable_output_stream_write_nonblocking (G_POLLABLE_OUTPUT_STREAM (stream), QUESTION,
                                                  strlen (QUESTION), NULL, NULL)
      == (gssize) strlen (QUESTION))
    read_answer (question);
  else
    give_up (question, "Hyprland takes no question");
}

static void
ask (TrkHyprlandWindows *self)
{
  Question *question;

  self->again = self->asked;
  if (self->asked)
    return;
  self->asked = TRUE;
  question = g_new0 (Question, 1);
  question->self = g_object_ref (self);
  question->answer = g_byte_array_new ();
  connect_to (self, self->next - 1, REQUESTS, on_asking, question);
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
}

static void
on_events (GObject *stream, GAsyncResult *result, gpointer data)
{
  g_autoptr (TrkHyprlandWindows) self = data;
  gssize got = g_input_stream_read_finish (G_INPUT_STREAM (stream), result, NULL);

  if (got <= 0)
    fail (self, "Hyprland went away", FALSE);
  if (self->over)
    return;
  take_events (self, (gsize) got);
  read_on (self);
}

static void
read_on (TrkHyprlandWindows *self)
{
  GInputStream *stream = g_io_stream_get_input_stream (G_IO_STREAM (self->connection));

  g_input_stream_read_async (stream, self->chunk, CHUNK, G_PRIORITY_DEFAULT, self->ending,
                             on_events, g_object_ref (self));
}

/* -- Connecting -------------------------------------------------------------------------------- */

static void
on_connected (GObject *client, GAsyncResult *result, gpointer data)
{
  g_autoptr (TrkHyprlandWindows) self = data;
  GSocketConnection *connection =
      g_socket_client_connect_finish (G_SOCKET_CLIENT (client), result, NULL);

  if (self->over)
    {
      g_clear_object (&connection);
      return;
    }
  self->connection = connection;
  if (connection == NULL)
    {
      try_next (self);
      return;
    }
  read_on (self);
  ask (self);
}

static gboolean
on_nobody (gpointer data)
{
  fail (data, "Hyprland is not there", TRUE);
  return G_SOURCE_REMOVE;
}

static void
try_next (TrkHyprlandWindows *self)
{
  if (self->folders[self->next] == NULL)
    g_idle_add_full (G_PRIORITY_DEFAULT, on_nobody, g_object_ref (self), g_object_unref);
  else
    connect_to (self, self->next++, EVENTS, on_connected, g_object_ref (self));
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

/* -- Life -------------------------------------------------------------------------------------- */

static const char *
name (TrkWindowSource *source)
{
  return "Hyprland";
}

static void
watch (TrkWindowSource *source)
{
  TrkHyprlandWindows *self = TRK_HYPRLAND_WINDOWS (source);

  if (self->began)
    return;
  self->began = TRUE;
  try_next (self);
}

static void
window_source_init (TrkWindowSourceInterface *iface)
{
  iface->name = name;
  iface->watch = watch;
}

static void
trk_hyprland_windows_dispose (GObject *object)
{
  TrkHyprlandWindows *self = TRK_HYPRLAND_WINDOWS (object);

  self->over = TRUE;
  g_cancellable_cancel (self->ending);
  G_OBJECT_CLASS (trk_hyprland_windows_parent_class)->dispose (object);
}

static void
trk_hyprland_windows_finalize (GObject *object)
{
  TrkHyprlandWindows *self = TRK_HYPRLAND_WINDOWS (object);

  g_clear_object (&self->connection);
  g_object_unref (self->ending);
  g_strfreev (self->folders);
  G_OBJECT_CLASS (trk_hyprland_windows_parent_class)->finalize (object);
}

static void
trk_hyprland_windows_class_init (TrkHyprlandWindowsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = trk_hyprland_windows_dispose;
  G_OBJECT_CLASS (klass)->finalize = trk_hyprland_windows_finalize;
}

static void
trk_hyprland_windows_init (TrkHyprlandWindows *self)
{
  self->ending = g_cancellable_new ();
}

TrkWindowSource *
trk_hyprland_windows_new (const char *const *folders)
{
  TrkHyprlandWindows *self = g_object_new (TRK_TYPE_HYPRLAND_WINDOWS, NULL);

  self->folders = g_strdupv ((GStrv) folders);
  return TRK_WINDOW_SOURCE (self);
}
