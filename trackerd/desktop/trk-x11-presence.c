/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-x11-presence.h"

#include <glib-unix.h>
#include <stdlib.h>
#include <string.h>
#include <xcb/sync.h>
#include <xcb/xcb.h>
#include <xcb/xcbext.h>

struct _TrkX11Presence
{
  GObject parent;

  char *display;               /* (owned) (nullable) */
  xcb_connection_t *server;    /* (owned) (nullable): not connected yet */
  guint8 first_event;          /* of the extension */
  xcb_sync_counter_t idletime; /* the server's counter, in ms */
  xcb_sync_alarm_t idle_alarm; /* 0: none */
  xcb_sync_alarm_t active_alarm;
  guint input;
  guint limit; /* ms; 0: nothing is watched yet */
  gboolean asked;
  xcb_sync_query_counter_cookie_t question; /* while asked */
  gboolean first;                           /* the answer is the first state */
  gboolean over;
};

static void presence_source_init (TrkPresenceSourceInterface *iface);
G_DEFINE_FINAL_TYPE_WITH_CODE (TrkX11Presence,
                               trk_x11_presence,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (TRK_TYPE_PRESENCE_SOURCE,
                                                      presence_source_init))

/* -- On the thread: connecting and finding the counter ----------------------------------------- */

typedef struct
{
  xcb_connection_t *server;
  guint8 first_event;
  xcb_sync_counter_t idletime;
} Found;

static void
found_free (gpointer data)
{
  Found *found = data;

  if (found->server != NULL)
    xcb_disconnect (found->server);
  g_free (found);
}

/* Its name follows its length on the wire. xcb_sync_systemcounter_name() of libxcb before 1.16
 * begins two bytes late, because the compiler rounds the structure up. */
static gboolean
is_called (const xcb_sync_systemcounter_t *counter, const char *name)
{
  const char *text = (const char *) &counter->name_len + sizeof counter->name_len;

  return counter->name_len == strlen (name) && memcmp (text, name, strlen (name)) == 0;
}

static xcb_sync_counter_t
find_idletime (xcb_connection_t *server)
{
  xcb_sync_list_system_counters_reply_t *reply =
      xcb_sync_list_system_counters_reply (server, xcb_sync_list_system_counters (server), NULL);
  xcb_sync_systemcounter_iterator_t iter;
  xcb_sync_counter_t counter = 0;

  if (reply == NULL)
    return 0;
  for (iter = xcb_sync_list_system_counters_counters_iterator (reply); iter.rem > 0;
       xcb_sync_systemcounter_next (&iter))
    if (is_called (iter.data, "IDLETIME"))
      counter = iter.data->counter;
  free (reply);
  return counter;
}

/* FALSE: the server has no such extension. */
static gboolean
begin_sync (Found *found)
{
  const xcb_query_extension_reply_t *extension =
      xcb_get_extension_data (found->server, &xcb_sync_id);
  xcb_sync_initialize_reply_t *version;

  if (extension == NULL || !extension->present)
    return FALSE;
  version =
      xcb_sync_initialize_reply (found->server, xcb_sync_initialize (found->server, 3, 1), NULL);
  free (version);
  found->first_event = extension->first_event;
  found->idletime = version != NULL ? find_idletime (found->server) : 0;
  return found->idletime != 0;
}

static void
connect_on_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Found *found = g_new0 (Found, 1);

  found->server = xcb_connect (data, NULL);
  if (xcb_connection_has_error (found->server))
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "no X server");
  else if (!begin_sync (found))
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                             "the X server has no IDLETIME counter");
  else
    {
      g_task_return_pointer (task, found, found_free);
      return;
    }
  found_free (found);
}

/* -- Alarms ------------------------------------------------------------------------------------ */

static guint64
milliseconds_of (xcb_sync_int64_t value)
{
  return value.hi < 0 ? 0 : ((guint64) value.hi << 32) | value.lo;
}

/* An alarm at @value. A transition fires each time that it happens, and not when it has happened
 * already: the question that follows tells that. */
static xcb_sync_alarm_t
add_alarm (TrkX11Presence *self, guint value, xcb_sync_testtype_t test)
{
  const guint32 values[] = {
    self->idletime, XCB_SYNC_VALUETYPE_ABSOLUTE, 0, value, test, 0, 0, TRUE,
  };
  xcb_sync_alarm_t alarm = xcb_generate_id (self->server);

  xcb_sync_create_alarm (self->server, alarm,
                         XCB_SYNC_CA_COUNTER | XCB_SYNC_CA_VALUE_TYPE | XCB_SYNC_CA_VALUE
                             | XCB_SYNC_CA_TEST_TYPE | XCB_SYNC_CA_DELTA | XCB_SYNC_CA_EVENTS,
                         values);
  return alarm;
}

static void
remove_alarm (TrkX11Presence *self, xcb_sync_alarm_t *alarm)
{
  if (*alarm != 0)
    xcb_sync_destroy_alarm (self->server, *alarm);
  *alarm = 0;
}

static void
set_alarms (TrkX11Presence *self)
{
  remove_alarm (self, &self->idle_alarm);
  remove_alarm (self, &self->active_alarm);
  self->idle_alarm = add_alarm (self, self->limit, XCB_SYNC_TESTTYPE_POSITIVE_TRANSITION);
  self->active_alarm = add_alarm (self, self->limit - 1, XCB_SYNC_TESTTYPE_NEGATIVE_TRANSITION);
}

static void
put_question (TrkX11Presence *self)
{
  if (self->asked)
    return;
  self->question = xcb_sync_query_counter (self->server, self->idletime);
  self->asked = TRUE;
}

/* -- What the server says ---------------------------------------------------------------------- */

static void
fail (TrkX11Presence *self, const char *why, gboolean never)
{
  self->over = TRUE;
  g_clear_handle_id (&self->input, g_source_remove);
  trk_presence_source_emit_failed (self, why, never);
}

static void
take_event (TrkX11Presence *self, const xcb_generic_event_t *event)
{
  const xcb_sync_alarm_notify_event_t *notify = (const xcb_sync_alarm_notify_event_t *) event;

  if ((event->response_type & 0x7f) != self->first_event + XCB_SYNC_ALARM_NOTIFY)
    return;
  if (notify->state == XCB_SYNC_ALARMSTATE_DESTROYED)
    return;
  if (notify->alarm == self->idle_alarm)
    trk_presence_source_emit_idle (self, milliseconds_of (notify->counter_value));
  else if (notify->alarm == self->active_alarm)
    trk_presence_source_emit_active (self);
}

static void
take_answer (TrkX11Presence *self, const xcb_sync_query_counter_reply_t *reply)
{
  guint64 milliseconds = milliseconds_of (reply->counter_value);

  if (!self->first)
    trk_presence_source_emit_told (self, milliseconds);
  else if (milliseconds >= self->limit)
    trk_presence_source_emit_idle (self, milliseconds);
  else
    trk_presence_source_emit_active (self);
  self->first = FALSE;
}

static void
look_for_answer (TrkX11Presence *self)
{
  void *reply = NULL;
  xcb_generic_error_t *error = NULL;

  if (!self->asked || !xcb_poll_for_reply (self->server, self->question.sequence, &reply, &error))
    return;
  self->asked = FALSE;
  free (error);
  if (reply != NULL)
    take_answer (self, reply);
  free (reply);
}

static void
read_all (TrkX11Presence *self)
{
  xcb_generic_event_t *event;

  while (!self->over && (event = xcb_poll_for_event (self->server)) != NULL)
    {
      take_event (self, event);
      free (event);
    }
  if (!self->over)
    look_for_answer (self);
  if (!self->over && xcb_connection_has_error (self->server))
    fail (self, "the X server went away", FALSE);
}

static gboolean
on_input (int fd, GIOCondition condition, gpointer data)
{
  g_autoptr (TrkX11Presence) self = g_object_ref (data);

  read_all (self);
  if (!self->over)
    xcb_flush (self->server);
  return self->over ? G_SOURCE_REMOVE : G_SOURCE_CONTINUE;
}

/* The answer to the question tells the first state, after the alarms are set: no gap between. */
static void
begin (TrkX11Presence *self)
{
  set_alarms (self);
  self->first = TRUE;
  put_question (self);
  xcb_flush (self->server);
}

static void
on_connected (GObject *source, GAsyncResult *result, gpointer data)
{
  TrkX11Presence *self = TRK_X11_PRESENCE (source);
  g_autoptr (GError) error = NULL;
  Found *found = g_task_propagate_pointer (G_TASK (result), &error);

  if (found == NULL)
    {
      if (!self->over)
        fail (self, error->message, TRUE);
      return;
    }
  if (self->over)
    {
      found_free (found);
      return;
    }
  self->server = found->server;
  self->first_event = found->first_event;
  self->idletime = found->idletime;
  g_free (found);
  self->input =
      g_unix_fd_add (xcb_get_file_descriptor (self->server), G_IO_IN | G_IO_HUP, on_input, self);
  begin (self);
}

static const char *
name (TrkPresenceSource *source)
{
  return "x11";
}

static void
watch (TrkPresenceSource *source, guint limit)
{
  TrkX11Presence *self = TRK_X11_PRESENCE (source);
  gboolean began = self->limit != 0;
  g_autoptr (GTask) task = NULL;

  self->limit = limit;
  if (self->server != NULL && !self->over)
    begin (self);
  if (began)
    return;
  task = g_task_new (self, NULL, on_connected, NULL);
  g_task_set_task_data (task, g_strdup (self->display), g_free);
  g_task_run_in_thread (task, connect_on_thread);
}

static gboolean
ask (TrkPresenceSource *source)
{
  TrkX11Presence *self = TRK_X11_PRESENCE (source);

  if (self->server == NULL || self->over)
    return FALSE;
  put_question (self);
  xcb_flush (self->server);
  return TRUE;
}

static void
presence_source_init (TrkPresenceSourceInterface *iface)
{
  iface->name = name;
  iface->watch = watch;
  iface->ask = ask;
}

static void
trk_x11_presence_dispose (GObject *object)
{
  TrkX11Presence *self = TRK_X11_PRESENCE (object);

  self->over = TRUE;
  g_clear_handle_id (&self->input, g_source_remove);
  G_OBJECT_CLASS (trk_x11_presence_parent_class)->dispose (object);
}

static void
trk_x11_presence_finalize (GObject *object)
{
  TrkX11Presence *self = TRK_X11_PRESENCE (object);

  if (self->server != NULL)
    xcb_disconnect (self->server);
  g_free (self->display);
  G_OBJECT_CLASS (trk_x11_presence_parent_class)->finalize (object);
}

static void
trk_x11_presence_class_init (TrkX11PresenceClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = trk_x11_presence_dispose;
  G_OBJECT_CLASS (klass)->finalize = trk_x11_presence_finalize;
}

static void
trk_x11_presence_init (TrkX11Presence *self)
{
}

TrkPresenceSource *
trk_x11_presence_new (const char *display)
{
  TrkX11Presence *self = g_object_new (TRK_TYPE_X11_PRESENCE, NULL);

  self->display = g_strdup (display);
  return TRK_PRESENCE_SOURCE (self);
}
