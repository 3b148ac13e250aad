/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-service.h"

#include "trk-bus-connection.h"
#include "trk-bus-error.h"
#include "trk-error.h"
#include "trk-tracker1.h"

enum
{
  FIRST_PAUSE = 1, /* seconds */
  LAST_PAUSE = 60,
  END_WITHIN = 500, /* ms */
};

struct _TrkService
{
  const TrkServiceVerbs *verbs;
  gpointer data;
  TrkTracker1 *skeleton;
  GDBusConnection *connection; /* (owned) (nullable) */
  GCancellable *connecting;    /* (owned) (nullable) */
  guint name;                  /* of g_bus_own_name, 0 none */
  guint timer;                 /* gives up connecting, or tries again */
  guint pause;
  gboolean ready;
  gboolean had_name;
  gboolean told; /* that there is no bus */
};

static void connect_to_bus (TrkService *service);

/* -- Verbs ---------------------------------------------------------------------------------------
 */

static void
answer_error (GDBusMethodInvocation *call, GError *error)
{
  g_dbus_method_invocation_take_error (call, error);
}

/* Does @action; TRUE when @call is still to be completed. */
static gboolean
act (TrkService *service, GDBusMethodInvocation *call, const TrkAction *action)
{
  GError *error = NULL;

  if (service->verbs->act (action, service->data, &error))
    return TRUE;
  answer_error (call, error);
  return FALSE;
}

static void G_GNUC_PRINTF (2, 3) refuse (GDBusMethodInvocation *call, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  answer_error (call, g_error_new_valist (TRK_ERROR, TRK_ERROR_USAGE, format, arguments));
  va_end (arguments);
}

/* As the command line has it: more is no title, and strangers may call. */
enum
{
  LONGEST_TITLE = 500
};

static const char *
text_or_null (const char *text)
{
  return *text != '\0' ? text : NULL;
}

static gboolean
on_start (TrkTracker1 *skeleton,
          GDBusMethodInvocation *call,
          const char *title,
          gint64 task,
          const char *kind,
          gint64 length,
          gint64 at,
          gpointer data)
{
  TrkAction action = {
    .verb = TRK_VERB_START,
    .title = text_or_null (title),
    .task = task,
    .kind = TRK_KIND_FOCUS,
    .length = length,
    .at = at,
  };

  if (*kind != '\0' && !trk_kind_from_string (kind, &action.kind))
    refuse (call, "'%s' is not a kind: focus, shallow, meeting, break, routine, off", kind);
  else if (length < 0 || at < 0 || task < 0)
    refuse (call, "Start: task, length and at cannot be negative");
  else if (g_utf8_strlen (title, -1) > LONGEST_TITLE)
    refuse (call, "Start: the title is longer than %d characters", LONGEST_TITLE);
  else if (act (data, call, &action))
    trk_tracker1_complete_start (skeleton, call);
  return TRUE;
}

static gboolean
on_plain (TrkTracker1 *skeleton, GDBusMethodInvocation *call, gpointer data)
{
  TrkAction action = { 0 };
  g_autofree char *word = g_ascii_strdown (g_dbus_method_invocation_get_method_name (call), -1);

  if (!trk_verb_from_string (word, &action.verb))
    refuse (call, "'%s' is not a verb", word);
  else if (act (data, call, &action))
    g_dbus_method_invocation_return_value (call, NULL);
  return TRUE;
}

/* Extend and Break. */
static gboolean
on_length (TrkTracker1 *skeleton, GDBusMethodInvocation *call, gint64 length, gpointer data)
{
  const char *method = g_dbus_method_invocation_get_method_name (call);
  TrkAction action = { .length = length };

  action.verb = g_str_equal (method, "Extend") ? TRK_VERB_EXTEND : TRK_VERB_BREAK;
  if (length < 0)
    refuse (call, "%s: the length cannot be negative", method);
  else if (act (data, call, &action))
    g_dbus_method_invocation_return_value (call, NULL);
  return TRUE;
}

static gboolean
on_postpone (TrkTracker1 *skeleton, GDBusMethodInvocation *call, gint64 length, gpointer data)
{
  TrkService *service = data;
  TrkAction action = { .verb = TRK_VERB_POSTPONE, .length = length };
  guint used = 0, allowed = 0;

  if (length < 0)
    refuse (call, "Postpone: the length cannot be negative");
  else if (act (service, call, &action))
    {
      service->verbs->postponed (service->data, &used, &allowed);
      trk_tracker1_complete_postpone (skeleton, call, used, allowed);
    }
  return TRUE;
}

static gboolean
on_snooze (
    TrkTracker1 *skeleton, GDBusMethodInvocation *call, gint64 length, gint64 until, gpointer data)
{
  TrkAction action = { .verb = TRK_VERB_SNOOZE, .length = length, .until = until };

  if (length < 0 || until < 0)
    refuse (call, "Snooze: length and until cannot be negative");
  else if (act (data, call, &action))
    trk_tracker1_complete_snooze (skeleton, call);
  return TRUE;
}

static gboolean
on_skip (TrkTracker1 *skeleton, GDBusMethodInvocation *call, const char *reason, gpointer data)
{
  TrkAction action = { .verb = TRK_VERB_SKIP, .note = text_or_null (reason) };

  if (g_utf8_strlen (reason, -1) > LONGEST_TITLE)
    refuse (call, "Skip: the reason is longer than %d characters", LONGEST_TITLE);
  else if (act (data, call, &action))
    trk_tracker1_complete_skip (skeleton, call);
  return TRUE;
}

static gboolean
on_answer (TrkTracker1 *skeleton, GDBusMethodInvocation *call, const char *answer, gpointer data)
{
  TrkAction action = { .verb = TRK_VERB_ANSWER };

  if (!trk_answer_from_string (answer, &action.answer) || action.answer == TRK_ANSWER_NONE)
    refuse (call, "'%s' is not an answer: break, worked, discard", answer);
  else if (act (data, call, &action))
    trk_tracker1_complete_answer (skeleton, call);
  return TRUE;
}

static gboolean
on_reload (TrkTracker1 *skeleton, GDBusMethodInvocation *call, gpointer data)
{
  TrkService *service = data;
  GError *error = NULL;

  if (service->verbs->reload (service->data, &error))
    trk_tracker1_complete_reload (skeleton, call);
  else
    answer_error (call, error);
  return TRUE;
}

static void
answer_test (gpointer data, const char *backend, guint milliseconds)
{
  GDBusMethodInvocation *call = data;

  g_dbus_method_invocation_return_value (call, g_variant_new ("(su)", backend, milliseconds));
}

static gboolean
on_test_notice (TrkTracker1 *skeleton, GDBusMethodInvocation *call, gpointer data)
{
  TrkService *service = data;

  service->verbs->test_notice (answer_test, call, service->data);
  return TRUE;
}

static void
answer_probe (gpointer data, const char *source, gboolean moved, guint milliseconds)
{
  GDBusMethodInvocation *call = data;

  g_dbus_method_invocation_return_value (call,
                                         g_variant_new ("(sbu)", source, moved, milliseconds));
}

static gboolean
on_probe_presence (TrkTracker1 *skeleton, GDBusMethodInvocation *call, gpointer data)
{
  TrkService *service = data;

  service->verbs->probe_presence (answer_probe, call, service->data);
  return TRUE;
}

static TrkTracker1 *
make_skeleton (TrkService *service)
{
  static const char *const plain[] = { "stop", "pause", "resume", "done", "release" };
  TrkTracker1 *skeleton = trk_tracker1_skeleton_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (plain); i++)
    {
      g_autofree char *signal = g_strdup_printf ("handle-%s", plain[i]);

      g_signal_connect (skeleton, signal, G_CALLBACK (on_plain), service);
    }
  g_signal_connect (skeleton, "handle-start", G_CALLBACK (on_start), service);
  g_signal_connect (skeleton, "handle-extend", G_CALLBACK (on_length), service);
  g_signal_connect (skeleton, "handle-break", G_CALLBACK (on_length), service);
  g_signal_connect (skeleton, "handle-postpone", G_CALLBACK (on_postpone), service);
  g_signal_connect (skeleton, "handle-snooze", G_CALLBACK (on_snooze), service);
  g_signal_connect (skeleton, "handle-skip", G_CALLBACK (on_skip), service);
  g_signal_connect (skeleton, "handle-answer", G_CALLBACK (on_answer), service);
  g_signal_connect (skeleton, "handle-reload", G_CALLBACK (on_reload), service);
  g_signal_connect (skeleton, "handle-probe-presence", G_CALLBACK (on_probe_presence), service);
  g_signal_connect (skeleton, "handle-test-notice", G_CALLBACK (on_test_notice), service);
  return skeleton;
}

/* -- The name ------------------------------------------------------------------------------------
 */

static gint64
process_of_owner (GDBusConnection *connection)
{
  guint pid = 0;
  g_autoptr (GVariant) reply = g_dbus_connection_call_sync (
      connection, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
      "GetConnectionUnixProcessID", g_variant_new ("(s)", TRK_BUS_NAME), G_VARIANT_TYPE ("(u)"),
      G_DBUS_CALL_FLAGS_NONE, 1000, NULL, NULL);

  if (reply != NULL)
    g_variant_get (reply, "(u)", &pid);
  return pid;
}

static void
on_name_acquired (GDBusConnection *connection, const char *name, gpointer data)
{
  TrkService *service = data;

  service->had_name = TRUE;
  g_debug ("on the session bus as %s", name);
}

static void
on_name_lost (GDBusConnection *connection, const char *name, gpointer data)
{
  TrkService *service = data;

  if (connection == NULL || g_dbus_connection_is_closed (connection))
    return;
  if (service->had_name)
    g_warning ("another daemon has the name %s on this bus; this one goes on without it", name);
  else
    service->verbs->taken (process_of_owner (connection), service->data);
}

static void
own_name (TrkService *service)
{
  if (service->ready && service->connection != NULL && service->name == 0)
    service->name = g_bus_own_name_on_connection (service->connection, TRK_BUS_NAME,
                                                  G_BUS_NAME_OWNER_FLAGS_DO_NOT_QUEUE,
                                                  on_name_acquired, on_name_lost, service, NULL);
}

GDBusConnection *
trk_service_connection (TrkService *service)
{
  return service->connection;
}

void
trk_service_ready (TrkService *service)
{
  service->ready = TRUE;
  own_name (service);
}

/* -- The connection ------------------------------------------------------------------------------
 */

static void
drop_connection (TrkService *service)
{
  g_clear_handle_id (&service->name, g_bus_unown_name);
  if (service->connection == NULL)
    return;
  g_signal_handlers_disconnect_by_data (service->connection, service);
  g_dbus_interface_skeleton_unexport (G_DBUS_INTERFACE_SKELETON (service->skeleton));
  g_clear_object (&service->connection);
}

static gboolean
on_try_again (gpointer data)
{
  TrkService *service = data;

  service->timer = 0;
  connect_to_bus (service);
  return G_SOURCE_REMOVE;
}

static void
try_later (TrkService *service, const char *why)
{
  if (!service->told)
    g_warning ("no session bus (%s): time is kept, but nobody can be told or asked; it is looked "
               "for again",
               why);
  service->told = TRUE;
  service->timer = g_timeout_add_seconds (service->pause, on_try_again, service);
  service->pause = MIN (service->pause * 2, LAST_PAUSE);
}

static void
on_closed (GDBusConnection *connection, gboolean by_peer, GError *error, gpointer data)
{
  TrkService *service = data;

  service->verbs->bus (NULL, service->data);
  drop_connection (service);
  try_later (service, "it went away");
}

static void
on_connected (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  GDBusConnection *connection = g_dbus_connection_new_for_address_finish (result, &error);
  TrkService *service = data;

  g_clear_handle_id (&service->timer, g_source_remove);
  g_clear_object (&service->connecting);
  service->connection = connection;
  if (connection == NULL
      || !g_dbus_interface_skeleton_export (G_DBUS_INTERFACE_SKELETON (service->skeleton),
                                            connection, TRK_BUS_PATH, &error))
    {
      g_clear_object (&service->connection);
      try_later (service, error->message);
      return;
    }
  g_signal_connect (connection, "closed", G_CALLBACK (on_closed), service);
  if (service->told)
    g_message ("the session bus is there (again)");
  service->told = FALSE;
  service->pause = FIRST_PAUSE;
  own_name (service);
  service->verbs->bus (connection, service->data);
}

static gboolean
on_connect_overdue (gpointer data)
{
  TrkService *service = data;

  service->timer = 0;
  g_cancellable_cancel (service->connecting);
  return G_SOURCE_REMOVE;
}

static void
connect_to_bus (TrkService *service)
{
  g_autofree char *address = trk_bus_session_address ();

  if (address == NULL)
    {
      try_later (service, "none is running");
      return;
    }
  service->connecting = g_cancellable_new ();
  service->timer = g_timeout_add (TRK_BUS_TIMEOUT, on_connect_overdue, service);
  g_dbus_connection_new_for_address (address,
                                     G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT
                                         | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
                                     NULL, service->connecting, on_connected, service);
}

TrkService *
trk_service_new (const TrkServiceVerbs *verbs, gpointer data)
{
  TrkService *service = g_new0 (TrkService, 1);

  trk_bus_error_register ();
  service->verbs = verbs;
  service->data = data;
  service->pause = FIRST_PAUSE;
  service->skeleton = make_skeleton (service);
  connect_to_bus (service);
  return service;
}

static void
on_flushed (GObject *source, GAsyncResult *result, gpointer data)
{
  *(gboolean *) data = TRUE;
  g_dbus_connection_flush_finish (G_DBUS_CONNECTION (source), result, NULL);
}

static gboolean
on_flush_overdue (gpointer cancellable)
{
  g_cancellable_cancel (cancellable);
  return G_SOURCE_REMOVE;
}

/* In a context of its own: nothing else may happen at the end. FALSE: the bus did not take it. */
static gboolean
flush (GDBusConnection *connection)
{
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GSource) limit = g_timeout_source_new (END_WITHIN);
  gboolean over = FALSE;

  g_source_set_callback (limit, on_flush_overdue, cancellable, NULL);
  g_source_attach (limit, context);
  g_main_context_push_thread_default (context);
  g_dbus_connection_flush (connection, cancellable, on_flushed, &over);
  while (!over)
    g_main_context_iteration (context, TRUE);
  g_main_context_pop_thread_default (context);
  g_source_destroy (limit);
  return !g_cancellable_is_cancelled (cancellable);
}

/* The name goes with the connection. To give it back would be to wait for an answer, for 25 s from
 * a bus that hangs; and one that takes nothing any more is left alone: the process ends. */
static void
leave_bus (TrkService *service)
{
  if (service->connection == NULL)
    return;
  g_signal_handlers_disconnect_by_data (service->connection, service);
  if (flush (service->connection))
    g_dbus_connection_close_sync (service->connection, NULL, NULL);
  else
    service->name = 0;
  drop_connection (service);
}

void
trk_service_free (TrkService *service)
{
  if (service == NULL)
    return;
  if (service->connecting != NULL)
    g_cancellable_cancel (service->connecting);
  while (service->connecting
         != NULL) /* its answer still points here; cancelled, it comes at once */
    g_main_context_iteration (NULL, TRUE);
  g_clear_handle_id (&service->timer, g_source_remove);
  leave_bus (service);
  g_object_unref (service->skeleton);
  g_free (service);
}

/* -- What is told --------------------------------------------------------------------------------
 */

void
trk_service_publish (TrkService *service, const TrkDaemonStatus *status)
{
  g_object_set (service->skeleton, "version", status->version, "state", status->state, "block-id",
                status->block_id, "title", status->title, "kind", status->kind, "task",
                status->task, "since", status->since, "until", status->until, "next-title",
                status->next_title, "next-kind", status->next_kind, "next-start",
                status->next_start, "presence", status->presence, "presence-source",
                status->presence_source, "focus-active", status->focus_active, "notifier",
                status->notifier, "evidence", status->evidence, NULL);
}

void
trk_service_happened (TrkService *service, const TrkEffect *effect)
{
  g_autofree char *line = trk_effect_to_line (effect);

  trk_tracker1_emit_happened (service->skeleton, effect->at,
                              trk_effect_type_to_string (effect->type),
                              trk_reason_to_string (effect->reason),
                              effect->block_id != NULL ? effect->block_id : "", line);
}
