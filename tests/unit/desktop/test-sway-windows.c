/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-sway-windows.h"

#include <gio/gunixsocketaddress.h>
#include <glib/gstdio.h>
#include <malloc.h>
#include <string.h>

/* Whoever listens on sway's socket may say anything: what is not i3's protocol ends the source,
 * with a reason and once, and nothing is told of it. */

#define SUBSCRIBE 2u
#define GET_TREE 4u
#define WINDOW_EVENT 0x80000003u
#define UNKNOWN_EVENT 0x80000063u

#define EVENTS "[\"window\", \"workspace\"]"
#define TREE                                                                                       \
  "{\"nodes\":[{\"nodes\":[{\"app_id\":\"chess\"}],"                                               \
  "\"floating_nodes\":[{\"app_id\":\"org.example.Mail\",\"focused\":true}]}]}"
#define FOCUS "{\"change\":\"focus\",\"container\":{\"app_id\":\"chess\"}}"

#define UNREADABLE "what sway's socket says cannot be read"
#define SILENT "sway's socket fell silent before it had answered"
#define CLOSED "sway's socket was closed"

enum
{
  HEAD = 14,              /* bytes */
  MOST = 8 * 1024 * 1024, /* bytes of a payload */
};

/* -- Messages ---------------------------------------------------------------------------------- */

static void
add_head (GByteArray *bytes, const char *magic, guint32 length, guint32 type)
{
  g_byte_array_append (bytes, (const guint8 *) magic, 6);
  g_byte_array_append (bytes, (const guint8 *) &length, sizeof length);
  g_byte_array_append (bytes, (const guint8 *) &type, sizeof type);
}

static void
add_message (GByteArray *bytes, guint32 type, const char *payload)
{
  add_head (bytes, "i3-ipc", (guint32) strlen (payload), type);
  g_byte_array_append (bytes, (const guint8 *) payload, (guint) strlen (payload));
}

static void
say_nothing (GByteArray *bytes)
{
}

static void
say_wrong_magic (GByteArray *bytes)
{
  add_message (bytes, GET_TREE, TREE);
  memcpy (bytes->data, "i3-ipd", 6);
}

static void
say_half_head (GByteArray *bytes)
{
  add_head (bytes, "i3-ipc", 2, GET_TREE);
  g_byte_array_set_size (bytes, HEAD - 1);
}

static void
say_too_long (GByteArray *bytes)
{
  add_head (bytes, "i3-ipc", MOST + 1, GET_TREE);
}

static void
say_longest_number (GByteArray *bytes)
{
  add_head (bytes, "i3-ipc", G_MAXUINT32, GET_TREE);
}

/* Not refused for its length, but never sent. */
static void
say_longest (GByteArray *bytes)
{
  add_head (bytes, "i3-ipc", MOST, GET_TREE);
}

static void
say_half_payload (GByteArray *bytes)
{
  add_message (bytes, GET_TREE, TREE);
  g_byte_array_set_size (bytes, bytes->len - 1);
}

static void
say_no_payload (GByteArray *bytes)
{
  add_head (bytes, "i3-ipc", 0, GET_TREE);
}

static void
say_no_json (GByteArray *bytes)
{
  add_message (bytes, GET_TREE, "{\"focused\":");
}

static void
say_no_object (GByteArray *bytes)
{
  add_message (bytes, GET_TREE, "[1]");
}

static void
say_nul (GByteArray *bytes)
{
  add_head (bytes, "i3-ipc", 4, GET_TREE);
  g_byte_array_append (bytes, (const guint8 *) "{\0}\0", 4);
}

static void
say_too_deep (GByteArray *bytes)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < 100000; i++)
    g_string_append (text, "{\"nodes\":[");
  add_message (bytes, GET_TREE, text->str);
}

/* What is of no known type is passed over; what comes after it is not. */
static void
say_unknown_then_wrong (GByteArray *bytes)
{
  add_message (bytes, UNKNOWN_EVENT, "{}");
  add_head (bytes, "sway!!", 0, GET_TREE);
}

/* Where the next message begins cannot be known. */
static void
say_wrong_then_right (GByteArray *bytes)
{
  g_byte_array_append (bytes, (const guint8 *) "HTTP/1.1 400\r\n", 14);
  add_message (bytes, GET_TREE, TREE);
}

static const struct
{
  const char *name;
  void (*say) (GByteArray *bytes);
  gboolean closes; /* after that; else it stays silent */
  const char *why;
} hostile[] = {
  { "nothing", say_nothing, TRUE, CLOSED },
  { "silent", say_nothing, FALSE, SILENT },
  { "silent-in-a-head", say_half_head, FALSE, SILENT },
  { "silent-in-the-longest", say_longest, FALSE, SILENT },
  { "silent-in-a-payload", say_half_payload, FALSE, SILENT },
  { "wrong-magic", say_wrong_magic, FALSE, UNREADABLE },
  { "half-a-head", say_half_head, TRUE, CLOSED },
  { "too-long", say_too_long, FALSE, UNREADABLE },
  { "longest-number", say_longest_number, FALSE, UNREADABLE },
  { "longest", say_longest, TRUE, CLOSED },
  { "half-a-payload", say_half_payload, TRUE, CLOSED },
  { "no-payload", say_no_payload, FALSE, UNREADABLE },
  { "no-json", say_no_json, FALSE, UNREADABLE },
  { "no-object", say_no_object, FALSE, UNREADABLE },
  { "nul", say_nul, FALSE, UNREADABLE },
  { "too-deep", say_too_deep, FALSE, UNREADABLE },
  { "unknown-then-wrong", say_unknown_then_wrong, FALSE, UNREADABLE },
  { "wrong-then-right", say_wrong_then_right, FALSE, UNREADABLE },
};

/* -- Who listens ------------------------------------------------------------------------------- */

typedef struct
{
  char *folder;
  char *path; /* of its socket */
  GSocketService *service;
  GSocketConnection *connection;
  GByteArray *wanted; /* what it must be asked */
  GByteArray *asked;
  GByteArray *answer;
  gsize piece; /* bytes of the answer that are sent at once; 0: all */
  gsize sent;  /* of it */
  gboolean sent_all;
  gboolean closes;
  gboolean leaves; /* the source does, perhaps before it has asked all */
  guint patience;  /* ms */
  GString *told;   /* "front NAME", "failed WHY", a line each */
} Fixture;

static void send_piece (Fixture *fixture);

static void
on_sent (GObject *stream, GAsyncResult *result, gpointer data)
{
  Fixture *fixture = data;
  gsize sent = 0;

  /* It may be refused before all of it was taken. */
  if (g_output_stream_write_all_finish (G_OUTPUT_STREAM (stream), result, &sent, NULL)
      && fixture->sent + sent < fixture->answer->len)
    {
      fixture->sent += sent;
      send_piece (fixture);
    }
  else
    fixture->sent_all = TRUE;
  if (fixture->sent_all && fixture->closes)
    g_clear_object (&fixture->connection);
}

static void
send_piece (Fixture *fixture)
{
  GOutputStream *stream = g_io_stream_get_output_stream (G_IO_STREAM (fixture->connection));
  gsize left = fixture->answer->len - fixture->sent;

  g_output_stream_write_all_async (stream, fixture->answer->data + fixture->sent,
                                   fixture->piece == 0 ? left : MIN (fixture->piece, left),
                                   G_PRIORITY_DEFAULT, NULL, on_sent, fixture);
}

static void
on_asked (GObject *stream, GAsyncResult *result, gpointer data)
{
  Fixture *fixture = data;
  gsize got = 0;

  if ((!g_input_stream_read_all_finish (G_INPUT_STREAM (stream), result, &got, NULL)
       || got < fixture->wanted->len)
      && fixture->leaves)
    return;
  g_assert_cmpmem (fixture->asked->data, got, fixture->wanted->data, fixture->wanted->len);
  send_piece (fixture);
}

static gboolean
on_incoming (GSocketService *service, GSocketConnection *connection, GObject *object, gpointer data)
{
  Fixture *fixture = data;

  g_set_object (&fixture->connection, connection);
  g_byte_array_set_size (fixture->asked, fixture->wanted->len);
  g_input_stream_read_all_async (g_io_stream_get_input_stream (G_IO_STREAM (connection)),
                                 fixture->asked->data, fixture->asked->len, G_PRIORITY_DEFAULT,
                                 NULL, on_asked, fixture);
  return TRUE;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GSocketAddress) address = NULL;

  fixture->folder = g_dir_make_tmp ("trackerd-sway-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->folder, "live", NULL);
  fixture->wanted = g_byte_array_new ();
  fixture->asked = g_byte_array_new ();
  fixture->answer = g_byte_array_new ();
  fixture->told = g_string_new (NULL);
  fixture->patience = 10 * 60 * 1000;
  add_message (fixture->wanted, SUBSCRIBE, EVENTS);
  add_message (fixture->wanted, GET_TREE, "");
  address = g_unix_socket_address_new (fixture->path);
  fixture->service = g_socket_service_new ();
  g_assert_true (g_socket_listener_add_address (G_SOCKET_LISTENER (fixture->service), address,
                                                G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_DEFAULT,
                                                NULL, NULL, NULL));
  g_signal_connect (fixture->service, "incoming", G_CALLBACK (on_incoming), fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_socket_service_stop (fixture->service);
  g_socket_listener_close (G_SOCKET_LISTENER (fixture->service));
  g_clear_object (&fixture->connection);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_object_unref (fixture->service);
  g_byte_array_unref (fixture->wanted);
  g_byte_array_unref (fixture->asked);
  g_byte_array_unref (fixture->answer);
  g_string_free (fixture->told, TRUE);
  g_unlink (fixture->path);
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_free (fixture->path);
  g_free (fixture->folder);
}

/* -- What the source tells --------------------------------------------------------------------- */

static void
on_front (TrkWindowSource *source, GStrv names, gpointer data)
{
  Fixture *fixture = data;
  g_autofree char *all = g_strjoinv (" ", names);

  g_string_append_printf (fixture->told, "front %s\n", all);
}

static void
on_failed (TrkWindowSource *source, const char *why, gboolean never, gpointer data)
{
  Fixture *fixture = data;

  g_string_append_printf (fixture->told, "%s %s\n", never ? "never" : "failed", why);
}

static TrkWindowSource *
watch (Fixture *fixture, const char *const *paths)
{
  TrkWindowSource *source = trk_sway_windows_new (paths, fixture->patience);

  g_signal_connect (source, "front", G_CALLBACK (on_front), fixture);
  g_signal_connect (source, "failed", G_CALLBACK (on_failed), fixture);
  trk_window_source_watch (source);
  trk_window_source_watch (source); /* once is enough: it would be asked twice */
  return source;
}

/* Until something was told that ends with @last, and then whatever is ready. */
static void
wait_for (Fixture *fixture, const char *last)
{
  while (!g_str_has_suffix (fixture->told->str, last))
    g_main_context_iteration (NULL, TRUE);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

/* -- Tests ------------------------------------------------------------------------------------- */

static void
test_hostile (Fixture *fixture, gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  const char *const paths[] = { fixture->path, NULL };
  g_autofree char *expected = g_strdup_printf ("failed %s\n", hostile[i].why);
  g_autoptr (TrkWindowSource) source = NULL;

  hostile[i].say (fixture->answer);
  fixture->closes = hostile[i].closes;
  if (g_str_equal (hostile[i].why, SILENT))
    fixture->patience = 300;
  source = watch (fixture, paths);
  wait_for (fixture, "\n");
  g_assert_cmpstr (fixture->told->str, ==, expected);
}

/* Also proves that the table's cases fail for what is wrong in them. */
static void
test_in_front (Fixture *fixture, gconstpointer data)
{
  const char *const paths[] = { fixture->path, NULL };
  g_autoptr (TrkWindowSource) source = NULL;

  add_message (fixture->answer, SUBSCRIBE, "{\"success\":true}");
  add_message (fixture->answer, GET_TREE, TREE);
  add_message (fixture->answer, UNKNOWN_EVENT, "{}");
  add_message (fixture->answer, WINDOW_EVENT, FOCUS);
  fixture->closes = TRUE;
  source = watch (fixture, paths);
  g_assert_cmpstr (trk_window_source_name (source), ==, "sway");
  wait_for (fixture, CLOSED "\n");
  g_assert_cmpstr (fixture->told->str, ==,
                   "front org.example.Mail\nfront chess\nfailed " CLOSED "\n");
}

/* However the bytes come, they say the same. A piece of 0 bytes: all at once. */
static void
test_pieces (Fixture *fixture, gconstpointer data)
{
  const char *const paths[] = { fixture->path, NULL };
  g_autofree char *big = g_strnfill (100000, ' '); /* more than is read at once */
  g_autoptr (TrkWindowSource) source = NULL;

  add_message (fixture->answer, SUBSCRIBE, "{\"success\":true}");
  add_message (fixture->answer, GET_TREE, TREE);
  if (data == NULL)
    {
      memcpy (big, TREE, strlen (TREE));
      add_message (fixture->answer, GET_TREE, big);
    }
  add_message (fixture->answer, WINDOW_EVENT, FOCUS);
  fixture->piece = GPOINTER_TO_SIZE (data);
  fixture->closes = TRUE;
  source = watch (fixture, paths);
  wait_for (fixture, CLOSED "\n");
  g_assert_cmpstr (fixture->told->str, ==,
                   data == NULL ? "front org.example.Mail\nfront org.example.Mail\n"
                                  "front chess\nfailed " CLOSED "\n"
                                : "front org.example.Mail\nfront chess\nfailed " CLOSED "\n");
}

/* Bytes in use; of the sanitizer's allocator when that is there. */
extern size_t __sanitizer_get_current_allocated_bytes (void) __attribute__ ((weak));

static gsize
allocated (void)
{
  struct mallinfo2 info;

  if (__sanitizer_get_current_allocated_bytes != NULL)
    return __sanitizer_get_current_allocated_bytes ();
  info = mallinfo2 ();
  return info.uordblks + info.hblkhd;
}

/* Who announces much gets no memory for it before it is there. */
static void
test_memory (Fixture *fixture, gconstpointer data)
{
  const char *const paths[] = { fixture->path, NULL };
  g_autoptr (TrkWindowSource) source = NULL;
  gsize before;

  say_longest (fixture->answer);
  add_head (fixture->answer, "i3-ipc", 0, 0); /* the first bytes of it */
  source = watch (fixture, paths);
  before = allocated ();
  while (!fixture->sent_all)
    g_main_context_iteration (NULL, TRUE);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpstr (fixture->told->str, ==, ""); /* it waits for the rest */
  g_assert_cmpuint (allocated (), <, before + 1024 * 1024);
}

/* A socket that a crashed compositor left, and one that is not there at all. */
static void
test_next_path (Fixture *fixture, gconstpointer data)
{
  g_autofree char *left = g_build_filename (fixture->folder, "left", NULL);
  g_autofree char *missing = g_build_filename (fixture->folder, "missing", NULL);
  const char *const paths[] = { left, missing, fixture->path, NULL };
  g_autoptr (GSocketAddress) address = g_unix_socket_address_new (left);
  g_autoptr (GSocket) crashed =
      g_socket_new (G_SOCKET_FAMILY_UNIX, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_DEFAULT, NULL);
  g_autoptr (TrkWindowSource) source = NULL;

  g_assert_true (g_socket_bind (crashed, address, FALSE, NULL));
  g_clear_object (&crashed);
  add_message (fixture->answer, GET_TREE, TREE);
  source = watch (fixture, paths);
  wait_for (fixture, "\n");
  g_assert_cmpstr (fixture->told->str, ==, "front org.example.Mail\n");
  g_assert_cmpint (g_unlink (left), ==, 0);
}

static void
test_nobody (Fixture *fixture, gconstpointer data)
{
  g_autofree char *missing = g_build_filename (fixture->folder, "missing", NULL);
  const char *const none[] = { NULL };
  const char *const one[] = { missing, NULL };
  g_autoptr (TrkWindowSource) nowhere = watch (fixture, none);
  g_autoptr (TrkWindowSource) somewhere = NULL;

  g_assert_cmpstr (fixture->told->str, ==, ""); /* never from inside a call */
  wait_for (fixture, "\n");
  somewhere = watch (fixture, one);
  wait_for (fixture, "there\nnever sway is not there\n");
  g_assert_cmpstr (fixture->told->str, ==, "never sway is not there\nnever sway is not there\n");
}

static void
on_finalized (gpointer gone)
{
  *(gboolean *) gone = TRUE;
}

/* At any moment of its life, and whoever listens says no more: nothing keeps it. */
static void
test_disposed (Fixture *fixture, gconstpointer data)
{
  const char *const paths[] = { fixture->path, NULL };
  const char *const none[] = { NULL };

  add_message (fixture->answer, GET_TREE, TREE);
  fixture->leaves = TRUE;
  for (guint moment = 0; moment < 16; moment++)
    for (guint i = 0; i < 2; i++)
      {
        TrkWindowSource *source = watch (fixture, i == 0 ? none : paths);
        gboolean gone = FALSE;

        g_object_set_data_full (G_OBJECT (source), "gone", &gone, on_finalized);
        for (guint turn = 0; turn < moment; turn++)
          g_main_context_iteration (NULL, FALSE);
        g_object_run_dispose (G_OBJECT (source));
        g_object_unref (source);
        while (!gone)
          g_main_context_iteration (NULL, TRUE);
      }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (hostile); i++)
    {
      g_autofree char *path = g_strdup_printf ("/sway-windows/hostile/%s", hostile[i].name);

      g_test_add (path, Fixture, GUINT_TO_POINTER (i), set_up, test_hostile, tear_down);
    }
  g_test_add ("/sway-windows/in-front", Fixture, NULL, set_up, test_in_front, tear_down);
  for (gsize piece = 0; piece < 2 * HEAD; piece++)
    {
      g_autofree char *path = g_strdup_printf ("/sway-windows/pieces/%" G_GSIZE_FORMAT, piece);

      g_test_add (path, Fixture, GSIZE_TO_POINTER (piece), set_up, test_pieces, tear_down);
    }
  g_test_add ("/sway-windows/memory", Fixture, NULL, set_up, test_memory, tear_down);
  g_test_add ("/sway-windows/next-path", Fixture, NULL, set_up, test_next_path, tear_down);
  g_test_add ("/sway-windows/nobody", Fixture, NULL, set_up, test_nobody, tear_down);
  g_test_add ("/sway-windows/disposed", Fixture, NULL, set_up, test_disposed, tear_down);
  return g_test_run ();
}
