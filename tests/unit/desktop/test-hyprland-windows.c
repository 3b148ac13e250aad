/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-hyprland-windows.h"

#include <gio/gunixsocketaddress.h>
#include <glib/gstdio.h>
#include <string.h>

/* Whoever listens on Hyprland's two sockets may fall silent at any moment: where something is owed
 * that ends the source, with a reason and once. */

#define QUESTION "j/activewindow"
#define ANSWER "{\"class\":\"org.example.Mail\"}"
#define FRONT "front org.example.Mail\n"
#define EVENT "activewindow>>chess,Chess\n"

#define SILENT "failed Hyprland's socket fell silent before it had answered\n"
#define WENT "failed Hyprland went away\n"
#define UNREADABLE "failed what Hyprland answers cannot be read\n"

enum
{
  LONGEST_ANSWER = 64 * 1024, /* bytes */
};

static const struct
{
  const char *name;
  const char *answer; /* NULL: too long a one */
  gboolean answers;   /* to the end; else no more comes */
  const char *event;  /* after the answer was sent (nullable) */
  gboolean closes;    /* after that; else it stays silent */
  const char *told;
} hostile[] = {
  { "silent", "", FALSE, NULL, FALSE, SILENT },
  { "silent-in-an-answer", "{\"class\":\"org.exa", FALSE, NULL, FALSE, SILENT },
  { "silent-after-an-answer", ANSWER, FALSE, NULL, FALSE, SILENT },
  { "silent-but-for-events", "", FALSE, EVENT, FALSE, SILENT },
  { "silent-in-an-event", ANSWER, TRUE, "activewindow", FALSE, FRONT SILENT },
  { "silent-in-another-event", ANSWER, TRUE, "openlayer>>bar\nworksp", FALSE, FRONT SILENT },
  { "half-an-event", ANSWER, TRUE, "activewindow", TRUE, FRONT WENT },
  { "closed", ANSWER, TRUE, "", TRUE, FRONT WENT },
  { "too-long", NULL, FALSE, NULL, FALSE, UNREADABLE },
};

/* -- Who listens ------------------------------------------------------------------------------- */

typedef struct
{
  char *folder;
  GSocketService *event_service;
  GSocketService *question_service;
  GSocketConnection *events;   /* (owned) (nullable) */
  GSocketConnection *question; /* that is not answered to the end (owned) (nullable) */
  const char *answer;
  gboolean answers;
  char words[sizeof QUESTION]; /* that were said to it */
  guint asked;                 /* how often */
  guint patience;              /* ms */
  GString *told;               /* "front NAME", "failed WHY", a line each */
} Fixture;

static void
say (GSocketConnection *connection, const char *text)
{
  /* It may be refused before all of it was taken. */
  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), text,
                             strlen (text), NULL, NULL, NULL);
}

static gboolean
on_listener (GSocketService *service, GSocketConnection *connection, GObject *object, gpointer data)
{
  Fixture *fixture = data;

  g_assert_null (fixture->events);
  fixture->events = g_object_ref (connection);
  return TRUE;
}

static void
on_asked (GObject *stream, GAsyncResult *result, gpointer data)
{
  Fixture *fixture = data;
  gsize got = 0;

  if (!g_input_stream_read_all_finish (G_INPUT_STREAM (stream), result, &got, NULL) || got == 0)
    return; /* the source left before it had asked */
  g_assert_cmpmem (fixture->words, got, QUESTION, strlen (QUESTION));
  fixture->asked++;
  say (fixture->question, fixture->answer);
  if (fixture->answers)
    g_clear_object (&fixture->question);
}

static gboolean
on_question (GSocketService *service, GSocketConnection *connection, GObject *object, gpointer data)
{
  Fixture *fixture = data;

  g_assert_null (fixture->question);
  fixture->question = g_object_ref (connection);
  g_input_stream_read_all_async (g_io_stream_get_input_stream (G_IO_STREAM (connection)),
                                 fixture->words, strlen (QUESTION), G_PRIORITY_DEFAULT, NULL,
                                 on_asked, fixture);
  return TRUE;
}

static GSocketService *
listen_at (Fixture *fixture, const char *name, GCallback on_incoming)
{
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
  g_autoptr (GSocketAddress) address = g_unix_socket_address_new (path);
  GSocketService *service = g_socket_service_new ();

  g_assert_true (g_socket_listener_add_address (G_SOCKET_LISTENER (service), address,
                                                G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_DEFAULT,
                                                NULL, NULL, NULL));
  g_signal_connect (service, "incoming", on_incoming, fixture);
  return service;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("trackerd-hyprland-XXXXXX", NULL);
  fixture->event_service = listen_at (fixture, ".socket2.sock", G_CALLBACK (on_listener));
  fixture->question_service = listen_at (fixture, ".socket.sock", G_CALLBACK (on_question));
  fixture->answer = ANSWER;
  fixture->answers = TRUE;
  fixture->told = g_string_new (NULL);
  fixture->patience = 10 * 60 * 1000;
}

static void
stop (Fixture *fixture, GSocketService *service, const char *name)
{
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

  g_socket_service_stop (service);
  g_socket_listener_close (G_SOCKET_LISTENER (service));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_object_unref (service);
  g_unlink (path);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->events);
  g_clear_object (&fixture->question);
  stop (fixture, fixture->event_service, ".socket2.sock");
  stop (fixture, fixture->question_service, ".socket.sock");
  g_string_free (fixture->told, TRUE);
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
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
watch (Fixture *fixture)
{
  const char *const folders[] = { fixture->folder, NULL };
  TrkWindowSource *source = trk_hyprland_windows_new (folders, fixture->patience);

  g_signal_connect (source, "front", G_CALLBACK (on_front), fixture);
  g_signal_connect (source, "failed", G_CALLBACK (on_failed), fixture);
  trk_window_source_watch (source);
  return source;
}

/* Until it listens and that much was told and asked, and then whatever is ready. */
static void
wait_for (Fixture *fixture, const char *told, guint asked)
{
  while (fixture->told->len < strlen (told) || fixture->asked < asked || fixture->events == NULL)
    g_main_context_iteration (NULL, TRUE);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

/* The only timer that a source has is the one while something is owed. */
static gboolean
waits (TrkWindowSource *source)
{
  return g_main_context_find_source_by_user_data (NULL, source) != NULL;
}

/* -- Tests ------------------------------------------------------------------------------------- */

static void
test_hostile (Fixture *fixture, gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autofree char *long_answer = g_strnfill (LONGEST_ANSWER + 1, ' ');
  g_autoptr (TrkWindowSource) source = NULL;

  fixture->answer = hostile[i].answer != NULL ? hostile[i].answer : long_answer;
  fixture->answers = hostile[i].answers;
  if (g_str_has_suffix (hostile[i].told, SILENT))
    fixture->patience = fixture->answers ? 3000 : 300; /* the answer is to be in time */
  source = watch (fixture);
  wait_for (fixture, fixture->answers ? FRONT : "", 1);
  if (hostile[i].event != NULL)
    say (fixture->events, hostile[i].event);
  if (hostile[i].closes)
    g_io_stream_close (G_IO_STREAM (fixture->events), NULL, NULL);
  wait_for (fixture, hostile[i].told, 1);
  g_assert_cmpstr (fixture->told->str, ==, hostile[i].told);
  g_assert_false (waits (source));
}

/* Whoever has said all that was owed may be silent for as long as it likes. */
static void
test_silence (Fixture *fixture, gconstpointer data)
{
  g_autoptr (TrkWindowSource) source = watch (fixture);

  g_assert_cmpstr (trk_window_source_name (source), ==, "Hyprland");
  wait_for (fixture, FRONT, 1);
  g_assert_false (waits (source));
  fixture->answer = "{\"class\":\"chess\"}";
  say (fixture->events, "activewindow>>chess");
  wait_for (fixture, FRONT "front chess\n", 2);
  g_assert_true (waits (source)); /* for the rest */
  say (fixture->events, ",Chess\n");
  while (waits (source))
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (fixture->told->str, ==, FRONT "front chess\n");
  g_assert_cmpuint (fixture->asked, ==, 2);
}

static void
on_finalized (gpointer gone)
{
  *(gboolean *) gone = TRUE;
}

/* While an answer is owed: nothing keeps it, and no timer is left. */
static void
test_disposed (Fixture *fixture, gconstpointer data)
{
  gboolean gone = FALSE;
  TrkWindowSource *source;

  fixture->answers = FALSE;
  source = watch (fixture);
  wait_for (fixture, "", 1);
  g_assert_true (waits (source));
  g_object_set_data_full (G_OBJECT (source), "gone", &gone, on_finalized);
  g_object_run_dispose (G_OBJECT (source));
  g_assert_false (waits (source));
  g_object_unref (source);
  while (!gone)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (fixture->told->str, ==, "");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (hostile); i++)
    {
      g_autofree char *path = g_strdup_printf ("/hyprland-windows/hostile/%s", hostile[i].name);

      g_test_add (path, Fixture, GUINT_TO_POINTER (i), set_up, test_hostile, tear_down);
    }
  g_test_add ("/hyprland-windows/silence", Fixture, NULL, set_up, test_silence, tear_down);
  g_test_add ("/hyprland-windows/disposed", Fixture, NULL, set_up, test_disposed, tear_down);
  return g_test_run ();
}
