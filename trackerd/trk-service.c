/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-service.h"

#include "trk-bus-address.h"
#include "trk-bus-error.h"
#include "trk-error.h"
#include "trk-session-bus.h"
#include "trk-tracker1.h"

struct _TrkService
{
  const TrkServiceVerbs *verbs;
  gpointer data;
  TrkTracker1 *skeleton;
  TrkSessionBus *bus;
};

/* -- Verbs ------------------------------------------------------------------------------------- */

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
    .kind_given = *kind != '\0',
    .length = length,
    .at = at,
  };

  if (*kind != '\0' && !trk_kind_from_string (kind, &action.kind))
    refuse (call, "'%s' is not a kind: focus, shallow, meeting, break, routine, off", kind);
  else if (length < 0 || at < 0 || task < 0)
    refuse (call, "Start: task, length and at cannot be negative");
  else if (g_utf8_strlen (title, -1) > LONGEST_TITLE)
    refuse (call, "Start: the title is longer than %d characters", LONGEST_TITLE);
  else if (*kind != '\0' && action.title == NULL && task == 0 && length == 0)
    refuse (call,
            "Start: what is planned has its own kind; name what you start as %s, or leave the kind "
            "out",
            kind);
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
  TrkPostponed told = { 0 };
  GError *error = NULL;

  if (length < 0)
    refuse (call, "Postpone: the length cannot be negative");
  else if (service->verbs->postpone (service->data, length, &told, &error))
    trk_tracker1_complete_postpone (skeleton, call, told.used, told.allowed, told.title,
                                    told.start);
  else
    answer_error (call, error);
  g_free (told.title);
  return TRUE;
}

static gboolean
on_done (TrkTracker1 *skeleton, GDBusMethodInvocation *call, gpointer data)
{
  TrkService *service = data;
  g_autofree char *title = NULL, *block_id = NULL;
  GError *error = NULL;
  gint64 task = 0;

  if (service->verbs->done (service->data, &title, &block_id, &task, &error))
    trk_tracker1_complete_done (skeleton, call, title, block_id, task);
  else
    answer_error (call, error);
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
on_guard (TrkTracker1 *skeleton,
          GDBusMethodInvocation *call,
          const char *answer,
          gint64 length,
          const char *reason,
          gpointer data)
{
  TrkAction action = { .verb = TRK_VERB_GUARD, .length = length, .note = text_or_null (reason) };

  if (!trk_guard_answer_from_string (answer, &action.guard) || action.guard == TRK_GUARD_NONE)
    refuse (call, "'%s' is not an answer to the focus guard: back, allow, work", answer);
  else if (length < 0)
    refuse (call, "Guard: the length cannot be negative");
  else if (g_utf8_strlen (reason, -1) > LONGEST_TITLE)
    refuse (call, "Guard: the reason is longer than %d characters", LONGEST_TITLE);
  else if (act (data, call, &action))
    trk_tracker1_complete_guard (skeleton, call);
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

static void
answer_programs (gpointer data, const char *source, const char *front, const char *starts)
{
  GDBusMethodInvocation *call = data;

  g_dbus_method_invocation_return_value (call, g_variant_new ("(sss)", source, front, starts));
}

static gboolean
on_probe_programs (TrkTracker1 *skeleton, GDBusMethodInvocation *call, gpointer data)
{
  TrkService *service = data;

  service->verbs->probe_programs (answer_programs, call, service->data);
  return TRUE;
}

static TrkTracker1 *
make_skeleton (TrkService *service)
{
  static const char *const plain[] = { "stop", "pause", "resume", "release" };
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
  g_signal_connect (skeleton, "handle-done", G_CALLBACK (on_done), service);
  g_signal_connect (skeleton, "handle-snooze", G_CALLBACK (on_snooze), service);
  g_signal_connect (skeleton, "handle-skip", G_CALLBACK (on_skip), service);
  g_signal_connect (skeleton, "handle-answer", G_CALLBACK (on_answer), service);
  g_signal_connect (skeleton, "handle-reload", G_CALLBACK (on_reload), service);
  g_signal_connect (skeleton, "handle-probe-presence", G_CALLBACK (on_probe_presence), service);
  g_signal_connect (skeleton, "handle-guard", G_CALLBACK (on_guard), service);
  g_signal_connect (skeleton, "handle-probe-programs", G_CALLBACK (on_probe_programs), service);
  g_signal_connect (skeleton, "handle-test-notice", G_CALLBACK (on_test_notice), service);
  return skeleton;
}

/* -- On the bus -------------------------------------------------------------------------------- */

static gboolean
on_arrived (GDBusConnection *connection, gpointer data, GError **error)
{
  TrkService *service = data;

  return g_dbus_interface_skeleton_export (G_DBUS_INTERFACE_SKELETON (service->skeleton),
                                           connection, TRK_BUS_PATH, error);
}

static void
on_usable (GDBusConnection *connection, gpointer data)
{
  TrkService *service = data;

  service->verbs->bus (connection, service->data);
}

static void
unexport (TrkService *service)
{
  GDBusInterfaceSkeleton *skeleton = G_DBUS_INTERFACE_SKELETON (service->skeleton);

  if (g_dbus_interface_skeleton_get_connection (skeleton) != NULL)
    g_dbus_interface_skeleton_unexport (skeleton);
}

static void
on_left (gpointer data)
{
  TrkService *service = data;

  service->verbs->bus (NULL, service->data);
  unexport (service);
}

static void
on_taken (gint64 owner, gpointer data)
{
  TrkService *service = data;

  service->verbs->taken (owner, service->data);
}

TrkService *
trk_service_new (const TrkServiceVerbs *verbs, gpointer data)
{
  static const TrkSessionBusEvents events = { on_arrived, on_usable, on_left, on_taken };
  TrkService *service = g_new0 (TrkService, 1);

  trk_bus_error_register ();
  service->verbs = verbs;
  service->data = data;
  service->skeleton = make_skeleton (service);
  service->bus = trk_session_bus_new (&events, service);
  return service;
}

/* What others call is there until the connection, and our name with it, is gone. */
void
trk_service_free (TrkService *service)
{
  if (service == NULL)
    return;
  trk_session_bus_free (service->bus);
  unexport (service);
  g_object_unref (service->skeleton);
  g_free (service);
}

GDBusConnection *
trk_service_connection (TrkService *service)
{
  return trk_session_bus_connection (service->bus);
}

void
trk_service_ready (TrkService *service)
{
  trk_session_bus_own_name (service->bus);
}

/* -- What is told ------------------------------------------------------------------------------ */

void
trk_service_publish (TrkService *service, const TrkDaemonStatus *status)
{
  g_object_set (
      service->skeleton, "version", status->version, "state", status->state, "block-id",
      status->block_id, "title", status->title, "kind", status->kind, "task", status->task, "since",
      status->since, "start", status->start, "kept", status->kept, "until", status->until,
      "next-title", status->next_title, "next-kind", status->next_kind, "next-start",
      status->next_start, "presence", status->presence, "presence-source", status->presence_source,
      "session-source", status->session_source, "focus-active", status->focus_active, "notifier",
      status->notifier, "evidence", status->evidence, "paused-by", status->paused_by, NULL);
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
