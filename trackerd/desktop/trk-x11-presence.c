/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-x11-presence.h"

#include "trk-x11-connection.h"

#include <stdlib.h>
#include <string.h>
#include <xcb/sync.h>

typedef struct
{
  guint8 first_event;          /* of the extension */
  xcb_sync_counter_t idletime; /* the server's counter, in ms */
} Learned;

struct _TrkX11Presence
{
  GObject parent;

  TrkX11Connection *connection; /* (owned) */
  Learned known;                /* once it is open */
  xcb_sync_alarm_t idle_alarm;  /* 0: none */
  xcb_sync_alarm_t active_alarm;
  guint limit;    /* ms; 0: nothing is watched yet */
  gboolean first; /* the answer is the first state */
};

static void presence_source_init (TrkPresenceSourceInterface *iface);
G_DEFINE_FINAL_TYPE_WITH_CODE (TrkX11Presence,
                               trk_x11_presence,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (TRK_TYPE_PRESENCE_SOURCE,
                                                      presence_source_init))

/* -- On the thread: finding the counter -------------------------------------------------------- */

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
begin_sync (xcb_connection_t *server, Learned *learned)
{
  const xcb_query_extension_reply_t *extension = xcb_get_extension_data (server, &xcb_sync_id);
  xcb_sync_initialize_reply_t *version;

  if (extension == NULL || !extension->present)
    return FALSE;
  version = xcb_sync_initialize_reply (server, xcb_sync_initialize (server, 3, 1), NULL);
  free (version);
  learned->first_event = extension->first_event;
  learned->idletime = version != NULL ? find_idletime (server) : 0;
  return learned->idletime != 0;
}

static gpointer
learn (xcb_connection_t *server, int screen, GError **error)
{
  g_autofree Learned *learned = g_new0 (Learned, 1);

  if (begin_sync (server, learned))
    return g_steal_pointer (&learned);
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                       "the X server has no IDLETIME counter");
  return NULL;
}

/* -- Alarms ------------------------------------------------------------------------------------ */

static xcb_connection_t *
server_of (TrkX11Presence *self)
{
  return trk_x11_connection_server (self->connection);
}

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
    self->known.idletime, XCB_SYNC_VALUETYPE_ABSOLUTE, 0, value, test, 0, 0, TRUE,
  };
  xcb_sync_alarm_t alarm = xcb_generate_id (server_of (self));

  xcb_sync_create_alarm (server_of (self), alarm,
                         XCB_SYNC_CA_COUNTER | XCB_SYNC_CA_VALUE_TYPE | XCB_SYNC_CA_VALUE
                             | XCB_SYNC_CA_TEST_TYPE | XCB_SYNC_CA_DELTA | XCB_SYNC_CA_EVENTS,
                         values);
  return alarm;
}

static void
remove_alarm (TrkX11Presence *self, xcb_sync_alarm_t *alarm)
{
  if (*alarm != 0)
    xcb_sync_destroy_alarm (server_of (self), *alarm);
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
  xcb_sync_query_counter_cookie_t cookie;

  if (trk_x11_connection_awaits (self->connection))
    return;
  cookie = xcb_sync_query_counter (server_of (self), self->known.idletime);
  trk_x11_connection_await (self->connection, cookie.sequence);
}

/* -- What the server says ---------------------------------------------------------------------- */

static void
fail (gpointer owner, const char *why, gboolean never)
{
  trk_presence_source_emit_failed (owner, why, never);
}

static void
take_event (gpointer owner, const xcb_generic_event_t *event)
{
  TrkX11Presence *self = owner;
  const xcb_sync_alarm_notify_event_t *notify = (const xcb_sync_alarm_notify_event_t *) event;

  if ((event->response_type & 0x7f) != self->known.first_event + XCB_SYNC_ALARM_NOTIFY)
    return;
  if (notify->state == XCB_SYNC_ALARMSTATE_DESTROYED)
    return;
  if (notify->alarm == self->idle_alarm)
    trk_presence_source_emit_idle (self, milliseconds_of (notify->counter_value));
  else if (notify->alarm == self->active_alarm)
    trk_presence_source_emit_active (self);
}

static void
take_answer (gpointer owner, gconstpointer answer)
{
  TrkX11Presence *self = owner;
  const xcb_sync_query_counter_reply_t *reply = answer;
  guint64 milliseconds;

  if (reply == NULL)
    return;
  milliseconds = milliseconds_of (reply->counter_value);
  if (!self->first)
    trk_presence_source_emit_told (self, milliseconds);
  else if (milliseconds >= self->limit)
    trk_presence_source_emit_idle (self, milliseconds);
  else
    trk_presence_source_emit_active (self);
  self->first = FALSE;
}

/* -- Watching ---------------------------------------------------------------------------------- */

/* The answer to the question tells the first state, after the alarms are set: no gap between. */
static void
set_watch (TrkX11Presence *self)
{
  set_alarms (self);
  self->first = TRUE;
  put_question (self);
  trk_x11_connection_send (self->connection);
}

static void
begin (gpointer owner, gconstpointer learned)
{
  TrkX11Presence *self = owner;

  self->known = *(const Learned *) learned;
  set_watch (self);
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

  self->limit = limit;
  if (trk_x11_connection_is_open (self->connection))
    set_watch (self);
  else
    trk_x11_connection_open (self->connection);
}

static gboolean
ask (TrkPresenceSource *source)
{
  TrkX11Presence *self = TRK_X11_PRESENCE (source);

  if (!trk_x11_connection_is_open (self->connection))
    return FALSE;
  put_question (self);
  trk_x11_connection_send (self->connection);
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
  trk_x11_connection_end (TRK_X11_PRESENCE (object)->connection);
  G_OBJECT_CLASS (trk_x11_presence_parent_class)->dispose (object);
}

static void
trk_x11_presence_finalize (GObject *object)
{
  trk_x11_connection_free (TRK_X11_PRESENCE (object)->connection);
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
  static const TrkX11Calls calls = { learn, begin, take_event, take_answer, fail };
  TrkX11Presence *self = g_object_new (TRK_TYPE_X11_PRESENCE, NULL);

  self->connection = trk_x11_connection_new (G_OBJECT (self), &calls, display);
  return TRK_PRESENCE_SOURCE (self);
}
