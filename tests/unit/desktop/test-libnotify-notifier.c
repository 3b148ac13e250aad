/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "fake-server.h"
#include "trk-libnotify-notifier.h"
#include "trk-private-bus.h"

#include <glib/gstdio.h>

/* Every signal of the notifier becomes a line; a test waits for the line that it wants and in the
 * end no other may be left. */
typedef struct
{
  TrkPrivateBus *bus;
  TrkNotifier *notifier;
  char *screen_file; /* (nullable) */
  GQueue lines;      /* of char* */
} Fixture;

static void
add (Fixture *fixture, char *line)
{
  g_queue_push_tail (&fixture->lines, line);
}

static void
on_shown (TrkNotifier *notifier, guint64 ticket, const char *backend, Fixture *fixture)
{
  add (fixture, g_strdup_printf ("shown %" G_GUINT64_FORMAT " %s", ticket, backend));
}

static void
on_pressed (TrkNotifier *notifier, const char *key, guint button, Fixture *fixture)
{
  add (fixture, g_strdup_printf ("pressed %s %s", key, trk_button_to_string (button)));
}

static void
on_dismissed (TrkNotifier *notifier, const char *key, Fixture *fixture)
{
  add (fixture, g_strdup_printf ("dismissed %s", key));
}

static void
on_lost (TrkNotifier *notifier, Fixture *fixture)
{
  add (fixture, g_strdup ("lost"));
}

static void
on_found (TrkNotifier *notifier, const char *backend, Fixture *fixture)
{
  add (fixture, g_strdup_printf ("found %s", backend));
}

static gboolean
on_tick (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

static char *
next_line (Fixture *fixture, guint milliseconds)
{
  gboolean over = FALSE;
  guint timeout = g_timeout_add (milliseconds, on_tick, &over);

  while (!over && g_queue_is_empty (&fixture->lines))
    g_main_context_iteration (NULL, TRUE);
  if (!over)
    g_source_remove (timeout);
  return g_queue_pop_head (&fixture->lines);
}

static void
expect (Fixture *fixture, const char *wanted)
{
  g_autofree char *line = next_line (fixture, 20000);

  g_assert_cmpstr (line, ==, wanted);
}

static void
expect_nothing (Fixture *fixture)
{
  g_autofree char *line = next_line (fixture, 150);

  g_assert_cmpstr (line, ==, NULL);
}

static void
make_notifier (Fixture *fixture)
{
  fixture->notifier = trk_libnotify_notifier_new (fixture->screen_file);
  g_signal_connect (fixture->notifier, "shown", G_CALLBACK (on_shown), fixture);
  g_signal_connect (fixture->notifier, "pressed", G_CALLBACK (on_pressed), fixture);
  g_signal_connect (fixture->notifier, "dismissed", G_CALLBACK (on_dismissed), fixture);
  g_signal_connect (fixture->notifier, "lost", G_CALLBACK (on_lost), fixture);
  g_signal_connect (fixture->notifier, "found", G_CALLBACK (on_found), fixture);
}

static void
bus_only (Fixture *fixture, gconstpointer data)
{
  fixture->bus = trk_private_bus_new ();
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  bus_only (fixture, data);
  make_notifier (fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->notifier);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (g_queue_get_length (&fixture->lines), ==, 0);
  g_clear_pointer (&fixture->bus, trk_private_bus_free);
}

static TrkNotice *
notice_of (const char *key, const char *title)
{
  TrkNotice *notice = trk_notice_new (TRK_NOTICE_START, key);

  notice->title = g_strdup (title);
  notice->body = g_strdup ("a <b>&");
  trk_notice_add_button (notice, TRK_BUTTON_SNOOZE, "Snooze 5 min");
  trk_notice_add_button (notice, TRK_BUTTON_SKIP, "Skip");
  return notice;
}

/* Shows it and takes the call that the server got, (susssasa{sv}i). */
static GVariant *
show (Fixture *fixture, FakeServer *server, const char *key, guint64 ticket)
{
  g_autoptr (TrkNotice) notice = notice_of (key, "Focus <b>");
  g_autofree char *line = g_strdup_printf ("shown %" G_GUINT64_FORMAT " fake 7", ticket);
  GVariant *call;

  trk_notifier_show (fixture->notifier, notice, ticket);
  expect (fixture, line); /* first: the notifier's queue moves on this thread */
  call = fake_server_take (server);
  g_assert_nonnull (call);
  return call;
}

static guint
replaces (GVariant *call)
{
  guint id;

  g_variant_get_child (call, 1, "u", &id);
  return id;
}

static const char *
text (GVariant *call, gsize child)
{
  g_autoptr (GVariant) value = g_variant_get_child_value (call, child);

  return g_variant_get_string (value, NULL);
}

static FakeServer *
start_server (Fixture *fixture, const char *capabilities)
{
  FakeServer *server = fake_server_new (trk_private_bus_address (fixture->bus), capabilities);

  expect (fixture, "found fake 7");
  return server;
}

static void
test_arguments (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FakeServer) server = start_server (fixture, "actions body body-markup");
  g_autoptr (TrkNotice) notice = notice_of ("work/1", "Focus <b>");
  g_autoptr (GVariant) call = show (fixture, server, "work/1", 1);
  g_autoptr (GVariant) actions = g_variant_get_child_value (call, 5);
  g_autoptr (GVariant) hints = g_variant_get_child_value (call, 6);
  g_autofree char *actions_text = g_variant_print (actions, FALSE);
  g_autofree char *tag = NULL;
  g_autoptr (GVariant) later = NULL;
  g_autoptr (GVariant) later_hints = NULL;
  const char *string;
  guchar urgency;
  gboolean transient = FALSE;

  g_assert_cmpstr (text (call, 0), ==, "trackerd");
  g_assert_cmpstr (text (call, 3), ==, "Focus <b>");
  g_assert_cmpstr (text (call, 4), ==, "a &lt;b&gt;&amp;");
  g_assert_cmpstr (actions_text, ==, "['snooze', 'Snooze 5 min', 'skip', 'Skip']");
  g_assert_true (g_variant_lookup (hints, "urgency", "y", &urgency));
  g_assert_cmpuint (urgency, ==, 1);
  g_assert_true (g_variant_lookup (hints, "desktop-entry", "&s", &string));
  g_assert_true (g_variant_lookup (hints, "category", "&s", &string));
  g_assert_cmpstr (string, ==, "x-trackerd.start");
  g_assert_true (g_variant_lookup (hints, "x-dunst-stack-tag", "s", &tag));
  g_assert_true (g_variant_lookup (hints, "x-canonical-private-synchronous", "&s", &string));
  g_assert_cmpstr (string, ==, tag);
  g_assert_false (g_variant_lookup (hints, "transient", "b", &transient));

  /* Hints of the one before are gone, those of this one are there. */
  notice->urgent = notice->transient = TRUE;
  trk_notifier_show (fixture->notifier, notice, 2);
  expect (fixture, "shown 2 fake 7");
  later = fake_server_take (server);
  later_hints = g_variant_get_child_value (later, 6);
  g_assert_true (g_variant_lookup (later_hints, "urgency", "y", &urgency));
  g_assert_cmpuint (urgency, ==, 2);
  g_assert_true (g_variant_lookup (later_hints, "transient", "b", &transient));
}

static void
test_no_actions (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FakeServer) server = start_server (fixture, "body");
  g_autoptr (GVariant) call = show (fixture, server, "work/1", 1);
  g_autoptr (GVariant) actions = g_variant_get_child_value (call, 5);

  g_assert_cmpuint (g_variant_n_children (actions), ==, 0);
  g_assert_cmpstr (text (call, 4), ==, "a ‹b›&\ntracker snooze · tracker skip");
}

static void
test_one_per_key (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FakeServer) server = start_server (fixture, "actions body");
  g_autoptr (GVariant) first = show (fixture, server, "work/1", 1);
  g_autoptr (GVariant) other = show (fixture, server, "work/2", 2);
  g_autoptr (GVariant) again = show (fixture, server, "work/1", 3);
  g_autoptr (GVariant) after = NULL;

  g_assert_cmpuint (replaces (first), ==, 0);
  g_assert_cmpuint (replaces (other), ==, 0);
  g_assert_cmpuint (replaces (again), ==, 1);
  trk_notifier_withdraw (fixture->notifier, "work/1");
  trk_notifier_withdraw (fixture->notifier, "work/unknown");
  after = show (fixture, server, "work/1", 4);
  g_assert_cmpuint (replaces (after), ==, 0);
  g_assert_cmpuint (fake_server_closed (server), ==, 1);
}

static void
test_clicks (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FakeServer) server = start_server (fixture, "actions body");
  g_autoptr (GVariant) first = show (fixture, server, "work/1", 1);
  g_autoptr (GVariant) second = show (fixture, server, "work/2", 2);

  fake_server_click (server, 99, "snooze"); /* somebody else's */
  expect_nothing (fixture);
  fake_server_click (server, 1, "snooze");
  expect (fixture, "pressed work/1 snooze");
  fake_server_close (server, 1, 2);        /* what servers say after a click is no dismissal */
  fake_server_click (server, 1, "snooze"); /* twice */
  expect_nothing (fixture);
  fake_server_close (server, 2, 2);
  expect (fixture, "dismissed work/2");
  fake_server_click (server, 2, "skip"); /* old */
  expect_nothing (fixture);
}

static void
test_unknown_action (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FakeServer) server = start_server (fixture, "actions body");
  g_autoptr (GVariant) call = show (fixture, server, "work/1", 1);

  g_test_expect_message ("libnotify", G_LOG_LEVEL_WARNING, "*unknown action join*");
  fake_server_click (server, 1, "default");
  fake_server_click (server, 1, "join"); /* a word that we know, but not on this one */
  fake_server_click (server, 1, "skip");
  expect (fixture, "pressed work/1 skip");
  g_test_assert_expected_messages ();
}

static void
test_expired (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FakeServer) server = start_server (fixture, "actions body");
  g_autoptr (GVariant) call = show (fixture, server, "work/1", 1);
  g_autoptr (GVariant) again = NULL;

  fake_server_close (server, 1, 1);
  expect_nothing (fixture);
  again = show (fixture, server, "work/1", 2);
  g_assert_cmpuint (replaces (again), ==, 0);
}

static void
test_server_restarts (Fixture *fixture, gconstpointer data)
{
  FakeServer *server = start_server (fixture, "actions body");
  g_autoptr (GVariant) call = show (fixture, server, "work/1", 1);
  g_autoptr (GVariant) again = NULL;
  g_autoptr (GVariant) actions = NULL;

  fake_server_free (server);
  expect (fixture, "lost");
  server = start_server (fixture, "body"); /* another program, with other abilities */
  fake_server_click (server, 1, "snooze"); /* its 1 is not our 1 */
  expect_nothing (fixture);
  again = show (fixture, server, "work/1", 2);
  g_assert_cmpuint (replaces (again), ==, 0);
  actions = g_variant_get_child_value (again, 5);
  g_assert_cmpuint (g_variant_n_children (actions), ==, 0);
  fake_server_free (server);
  expect (fixture, "lost");
}

static void
test_no_server (Fixture *fixture, gconstpointer data)
{
  g_autoptr (TrkNotice) notice = notice_of ("work/1", "Focus");

  trk_notifier_show (fixture->notifier, notice, 1);
  expect (fixture, "shown 1 failed: no notification server");
  trk_notifier_show (fixture->notifier, notice, 2);
  expect (fixture, "shown 2 failed: no notification server");
}

/* It was well, then it hangs inside Notify. Calls return at once; what waits behind it is told the
 * same; when it wakes up, it is found again and works. */
static void
test_hangs_and_recovers (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FakeServer) server = start_server (fixture, "actions body");
  g_autoptr (TrkNotice) one = notice_of ("work/1", "One");
  g_autoptr (TrkNotice) two = notice_of ("work/2", "Two");
  g_autoptr (TrkNotice) newer = notice_of ("work/2", "Newer");
  g_autoptr (GVariant) call = NULL;
  g_autoptr (GVariant) after = NULL;

  fake_server_hang (server, TRUE);
  trk_notifier_show (fixture->notifier, one, 1);
  trk_notifier_show (fixture->notifier, two, 2);
  trk_notifier_show (fixture->notifier, newer, 3);
  expect (fixture, "shown 2 failed: replaced before the server took it");
  expect (fixture, "shown 1 failed: the notification server does not answer");
  expect (fixture, "shown 3 failed: the notification server does not answer");
  fake_server_hang (server, FALSE);
  expect (fixture, "shown 1 fake 7");
  expect (fixture, "found fake 7");
  call = fake_server_take (server);
  g_assert_cmpstr (text (call, 3), ==, "One");
  after = show (fixture, server, "work/2", 4);
  g_assert_cmpuint (replaces (after), ==, 0);
}

/* It owns the name and has never answered. */
static void
test_never_answers (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FakeServer) server = NULL;
  g_autoptr (TrkNotice) notice = notice_of ("work/1", "One");

  server = fake_server_new (trk_private_bus_address (fixture->bus), "actions body");
  fake_server_hang (server, TRUE);
  make_notifier (fixture);
  trk_notifier_show (fixture->notifier, notice, 1);
  expect (fixture, "shown 1 failed: the notification server does not answer");
}

/* What a daemon that was killed left there goes at the next start, when it is still the same server
 * that answers; another server's IDs mean nothing to it. */
static void
test_left_behind (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = g_dir_make_tmp ("trackerd-XXXXXX", NULL);
  g_autofree char *left = NULL;
  FakeServer *server;
  g_autoptr (GVariant) call = NULL;
  g_autoptr (GVariant) other = NULL;

  fixture->screen_file = g_build_filename (folder, "notifications", NULL);
  make_notifier (fixture);
  server = start_server (fixture, "actions body");
  call = show (fixture, server, "work/1", 1);
  other = show (fixture, server, "work/2", 2);
  g_assert_true (g_file_get_contents (fixture->screen_file, &left, NULL, NULL));
  g_clear_object (&fixture->notifier); /* in order: it takes them away itself */
  g_assert_cmpuint (fake_server_closed (server), ==, 2);
  g_assert_false (g_file_test (fixture->screen_file, G_FILE_TEST_EXISTS));

  g_assert_true (g_file_set_contents (fixture->screen_file, left, -1, NULL)); /* as if killed */
  make_notifier (fixture);
  expect (fixture, "found fake 7");
  g_clear_pointer (&call, g_variant_unref);
  call = show (fixture, server, "work/1", 3);
  g_assert_cmpuint (fake_server_closed (server), ==, 4);
  g_clear_object (&fixture->notifier);
  g_assert_cmpuint (fake_server_closed (server), ==, 5);
  fake_server_free (server);

  g_assert_true (g_file_set_contents (fixture->screen_file, left, -1, NULL));
  server = fake_server_new (trk_private_bus_address (fixture->bus), "actions body");
  make_notifier (fixture);
  expect (fixture, "found fake 7");
  g_clear_pointer (&call, g_variant_unref);
  call = show (fixture, server, "work/1", 4);
  g_assert_cmpuint (fake_server_closed (server), ==, 0);
  g_clear_object (&fixture->notifier);
  fake_server_free (server);
  g_clear_pointer (&fixture->screen_file, g_free);
  g_rmdir (folder);
}

/* Leaving takes half a second even while a call hangs, and nothing live stays behind otherwise. */
static void
test_end (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FakeServer) server = start_server (fixture, "actions body");
  g_autoptr (GVariant) call = show (fixture, server, "work/1", 1);

  g_clear_object (&fixture->notifier);
  g_assert_cmpuint (fake_server_closed (server), ==, 1);
}

static void
test_bus_dies (Fixture *fixture, gconstpointer data)
{
  FakeServer *server = start_server (fixture, "actions body");
  g_autoptr (GVariant) call = show (fixture, server, "work/1", 1);
  g_autoptr (GVariant) again = NULL;
  g_autoptr (TrkNotice) notice = notice_of ("work/1", "One");

  trk_private_bus_stop (fixture->bus);
  expect (fixture, "lost");
  trk_notifier_show (fixture->notifier, notice, 2);
  expect (fixture, "shown 2 failed: no session bus");
  fake_server_free (server);
  trk_private_bus_free (fixture->bus);
  fixture->bus = trk_private_bus_new ();
  server = fake_server_new (trk_private_bus_address (fixture->bus), "actions body");
  trk_notifier_show (fixture->notifier, notice, 3);
  expect (fixture, "found fake 7");
  expect (fixture, "shown 3 fake 7");
  fake_server_free (server);
  expect (fixture, "lost");
}

static void
test_no_bus (Fixture *fixture, gconstpointer data)
{
  g_autoptr (TrkNotice) notice = notice_of ("work/1", "One");

  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus", TRUE);
  make_notifier (fixture);
  trk_notifier_show (fixture->notifier, notice, 1);
  expect (fixture, "shown 1 failed: no session bus");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, up, test)                                                                        \
  g_test_add ("/libnotify-notifier/" path, Fixture, NULL, up, test, tear_down)
  ADD ("no-bus", NULL, test_no_bus);
  ADD ("arguments", set_up, test_arguments);
  ADD ("no-actions", set_up, test_no_actions);
  ADD ("one-per-key", set_up, test_one_per_key);
  ADD ("clicks", set_up, test_clicks);
  ADD ("unknown-action", set_up, test_unknown_action);
  ADD ("expired", set_up, test_expired);
  ADD ("server-restarts", set_up, test_server_restarts);
  ADD ("no-server", set_up, test_no_server);
  ADD ("hangs-and-recovers", set_up, test_hangs_and_recovers);
  ADD ("never-answers", bus_only, test_never_answers);
  ADD ("left-behind", bus_only, test_left_behind);
  ADD ("end", set_up, test_end);
  ADD ("bus-dies", set_up, test_bus_dies);
  return g_test_run ();
}
