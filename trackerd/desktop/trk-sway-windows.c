/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-sway-windows.h"

#include "trk-bounded-json.h"
#include "trk-newest-files.h"

#include <string.h>

#define MAGIC "i3-ipc"
#define EVENTS "[\"window\", \"workspace\"]"

/* sway-ipc(7), which is i3's protocol: "<magic-string> <payload-length> <payload-type> <payload>",
 * in the byte order of the machine. */
enum
{
  MAGIC_LENGTH = 6,
  HEAD = MAGIC_LENGTH + 4 + 4,
  MOST = 8 * 1024 * 1024, /* bytes of an answer: some thousand windows */
  CHUNK = 16 * 1024,      /* bytes that are read at once */

  SUBSCRIBE = 2,
  GET_TREE = 4,
};
#define WORKSPACE_EVENT 0x80000000u
#define WINDOW_EVENT 0x80000003u

struct _TrkSwayWindows
{
  TrkSocketWindows parent;

  char head[HEAD];
  guint32 length;      /* of the payload, as announced */
  GByteArray *payload; /* what has come of it: nobody else says how much is kept */
  char chunk[CHUNK];
  gboolean asked; /* for the tree: not answered yet */
  gboolean again; /* it changed since */
  gboolean amid;  /* a message has begun and is not there yet */
};

G_DEFINE_FINAL_TYPE (TrkSwayWindows, trk_sway_windows, TRK_TYPE_SOCKET_WINDOWS)

static void read_on (TrkSwayWindows *self);

static void
fail (TrkSwayWindows *self, const char *why)
{
  trk_socket_windows_fail (TRK_SOCKET_WINDOWS (self), why);
}

static gboolean
is_over (TrkSwayWindows *self)
{
  return trk_socket_windows_is_over (TRK_SOCKET_WINDOWS (self));
}

static void
await (TrkSwayWindows *self)
{
  trk_socket_windows_await (TRK_SOCKET_WINDOWS (self), self->asked || self->amid);
}

/* -- What is in front -------------------------------------------------------------------------- */

static void
tell (TrkSwayWindows *self, JsonObject *window)
{
  g_autoptr (GPtrArray) names = trk_window_names_new ();
  JsonObject *x11 = trk_bounded_json_object (window, "window_properties");

  trk_window_names_add (names, trk_bounded_json_string (window, "app_id"));
  trk_window_names_add (names, trk_bounded_json_string (x11, "class"));
  trk_window_names_add (names, trk_bounded_json_string (x11, "instance"));
  trk_window_names_add_process (names, trk_bounded_json_int (window, "pid"));
  trk_window_source_emit_front (self, names);
}

/* The nodes below @node, without recursion. */
static void
add_children (GPtrArray *nodes, JsonObject *node, const char *member)
{
  JsonArray *children = trk_bounded_json_array (node, member);
  guint n = children != NULL ? json_array_get_length (children) : 0;

  for (guint i = 0; i < n; i++)
    {
      JsonObject *child = trk_bounded_json_root (json_array_get_element (children, i));

      if (child != NULL)
        g_ptr_array_add (nodes, child);
    }
}

/* NULL: no window has the focus; an empty workspace can. */
static JsonObject *
find_focused (JsonObject *root)
{
  g_autoptr (GPtrArray) nodes = g_ptr_array_new ();

  g_ptr_array_add (nodes, root);
  for (guint i = 0; i < nodes->len; i++)
    {
      JsonObject *node = g_ptr_array_index (nodes, i);

      if (trk_bounded_json_bool (node, "focused"))
        return node;
      add_children (nodes, node, "nodes");
      add_children (nodes, node, "floating_nodes");
    }
  return NULL;
}

/* -- Messages ---------------------------------------------------------------------------------- */

static void
send_message (TrkSwayWindows *self, guint32 type, const char *payload)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  guint32 length = (guint32) strlen (payload);
  GSocketConnection *connection = trk_socket_windows_connection (TRK_SOCKET_WINDOWS (self));

  g_byte_array_append (bytes, (const guint8 *) MAGIC, MAGIC_LENGTH);
  g_byte_array_append (bytes, (const guint8 *) &length, sizeof length);
  g_byte_array_append (bytes, (const guint8 *) &type, sizeof type);
  g_byte_array_append (bytes, (const guint8 *) payload, length);
  if (!trk_socket_windows_send (connection, bytes->data, bytes->len))
    fail (self, "sway's socket takes no question");
}

static void
ask_for_tree (TrkSwayWindows *self)
{
  self->again = self->asked;
  if (self->asked)
    return;
  self->asked = TRUE;
  await (self);
  send_message (self, GET_TREE, "");
}

static void
take_tree (TrkSwayWindows *self, JsonObject *root)
{
  self->asked = FALSE;
  if (self->again)
    ask_for_tree (self);
  else
    tell (self, find_focused (root));
}

/* The event of a window that gets the focus has the window; after others (one is closed, an empty
 * workspace is shown) the tree says what is in front, if anything. */
static void
take_window (TrkSwayWindows *self, JsonObject *event)
{
  const char *change = trk_bounded_json_string (event, "change");

  if (g_strcmp0 (change, "focus") == 0 && !self->asked)
    tell (self, trk_bounded_json_object (event, "container"));
  else if (g_strcmp0 (change, "focus") == 0 || g_strcmp0 (change, "close") == 0)
    ask_for_tree (self);
}

static void
take_message (TrkSwayWindows *self, guint32 type)
{
  g_autoptr (JsonNode) node =
      trk_bounded_json_parse ((const char *) self->payload->data, self->payload->len);
  JsonObject *root = trk_bounded_json_root (node);

  if (root == NULL)
    fail (self, "what sway's socket says cannot be read");
  else if (type == GET_TREE)
    take_tree (self, root);
  else if (type == WINDOW_EVENT)
    take_window (self, root);
  else if (type == WORKSPACE_EVENT)
    ask_for_tree (self);
}

/* -- The stream -------------------------------------------------------------------------------- */

/* FALSE: the source is gone or has failed. */
static gboolean
take_bytes (TrkSwayWindows *self, GObject *stream, GAsyncResult *result, gsize wanted)
{
  gsize got = 0;

  if (!g_input_stream_read_all_finish (G_INPUT_STREAM (stream), result, &got, NULL)
      || got != wanted)
    fail (self, "sway's socket was closed");
  return !is_over (self);
}

static guint32
number_at (const TrkSwayWindows *self, gsize at)
{
  guint32 number;

  memcpy (&number, self->head + at, sizeof number);
  return number;
}

static void
read_bytes (TrkSwayWindows *self, char *bytes, gsize wanted, GAsyncReadyCallback done)
{
  TrkSocketWindows *source = TRK_SOCKET_WINDOWS (self);
  GIOStream *stream = G_IO_STREAM (trk_socket_windows_connection (source));

  g_input_stream_read_all_async (g_io_stream_get_input_stream (stream), bytes, wanted,
                                 G_PRIORITY_DEFAULT, trk_socket_windows_ending (source), done,
                                 g_object_ref (self));
}

static gsize
next_chunk (const TrkSwayWindows *self)
{
  return MIN (CHUNK, self->length - self->payload->len);
}

static void
on_chunk (GObject *stream, GAsyncResult *result, gpointer data)
{
  g_autoptr (TrkSwayWindows) self = data;
  gsize got = next_chunk (self);

  if (!take_bytes (self, stream, result, got))
    return;
  g_byte_array_append (self->payload, (const guint8 *) self->chunk, (guint) got);
  await (self);
  read_on (self);
}

static void
on_head (GObject *stream, GAsyncResult *result, gpointer data)
{
  g_autoptr (TrkSwayWindows) self = data;

  if (!take_bytes (self, stream, result, HEAD - 1))
    return;
  await (self);
  self->length = number_at (self, MAGIC_LENGTH);
  if (memcmp (self->head, MAGIC, MAGIC_LENGTH) != 0 || self->length > MOST)
    fail (self, "what sway's socket says cannot be read");
  else
    read_on (self);
}

static void
on_begun (GObject *stream, GAsyncResult *result, gpointer data)
{
  g_autoptr (TrkSwayWindows) self = data;

  if (!take_bytes (self, stream, result, 1))
    return;
  self->amid = TRUE;
  await (self);
  read_bytes (self, self->head + 1, HEAD - 1, on_head);
}

static void
begin_message (TrkSwayWindows *self)
{
  g_clear_pointer (&self->payload, g_byte_array_unref);
  self->payload = g_byte_array_new ();
  self->amid = FALSE;
  await (self);
  read_bytes (self, self->head, 1, on_begun);
}

/* After a head or a part of the payload. */
static void
read_on (TrkSwayWindows *self)
{
  if (self->payload->len < self->length)
    {
      read_bytes (self, self->chunk, next_chunk (self), on_chunk);
      return;
    }
  take_message (self, number_at (self, MAGIC_LENGTH + 4));
  if (!is_over (self))
    begin_message (self);
}

/* -- Life -------------------------------------------------------------------------------------- */

static void
on_connected (TrkSocketWindows *source)
{
  TrkSwayWindows *self = TRK_SWAY_WINDOWS (source);

  send_message (self, SUBSCRIBE, EVENTS);
  if (!is_over (self))
    ask_for_tree (self);
  if (!is_over (self))
    begin_message (self);
}

static void
trk_sway_windows_finalize (GObject *object)
{
  g_clear_pointer (&TRK_SWAY_WINDOWS (object)->payload, g_byte_array_unref);
  G_OBJECT_CLASS (trk_sway_windows_parent_class)->finalize (object);
}

static void
trk_sway_windows_class_init (TrkSwayWindowsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = trk_sway_windows_finalize;
  TRK_SOCKET_WINDOWS_CLASS (klass)->compositor = "sway";
  TRK_SOCKET_WINDOWS_CLASS (klass)->on_connected = on_connected;
}

static void
trk_sway_windows_init (TrkSwayWindows *self)
{
}

TrkWindowSource *
trk_sway_windows_new (const char *const *paths, guint patience)
{
  return trk_socket_windows_new (TRK_TYPE_SWAY_WINDOWS, g_strdupv ((GStrv) paths), patience);
}

GStrv
trk_sway_windows_sockets (void)
{
  return trk_newest_files (g_getenv ("SWAYSOCK"), g_get_user_runtime_dir (), "sway-ipc.");
}
