/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-x11-connection.h"

#include <glib-unix.h>
#include <stdlib.h>
#include <xcb/xcbext.h>

struct _TrkX11Connection
{
  GObject *owner;
  const TrkX11Calls *calls;
  char *display;            /* (owned) (nullable) */
  xcb_connection_t *server; /* (owned) (nullable): not connected yet */
  guint input;              /* 0: none */
  guint queued;             /* 0: none */
  gboolean asked;
  unsigned int sequence; /* of the question, while asked */
  gboolean began;
  gboolean over;
};

/* -- On the thread: connecting ----------------------------------------------------------------- */

typedef struct
{
  char *display; /* (owned) (nullable) */
  const TrkX11Calls *calls;
} Wanted;

static void
wanted_free (gpointer data)
{
  Wanted *wanted = data;

  g_free (wanted->display);
  g_free (wanted);
}

typedef struct
{
  xcb_connection_t *server; /* (owned) (nullable): taken */
  gpointer learned;         /* (owned) (nullable) */
} Found;

static void
found_free (gpointer data)
{
  Found *found = data;

  if (found->server != NULL)
    xcb_disconnect (found->server);
  g_free (found->learned);
  g_free (found);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Found, found_free)

static void
connect_on_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Wanted *wanted = data;
  g_autoptr (Found) found = g_new0 (Found, 1);
  GError *error = NULL;
  int screen = 0;

  found->server = xcb_connect (wanted->display, &screen);
  if (xcb_connection_has_error (found->server))
    error = g_error_new (G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "no X server");
  else
    found->learned = wanted->calls->learn (found->server, screen, &error);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, g_steal_pointer (&found), found_free);
}

/* -- What the server says ---------------------------------------------------------------------- */

static void
fail (TrkX11Connection *self, const char *why, gboolean never)
{
  trk_x11_connection_end (self);
  self->calls->fail (self->owner, why, never);
}

typedef xcb_generic_event_t *(*Poll) (xcb_connection_t *server);

/* TRUE: there were some. */
static gboolean
take_events (TrkX11Connection *self, Poll poll)
{
  xcb_generic_event_t *event;
  gboolean some = FALSE;

  while (!self->over && (event = poll (self->server)) != NULL)
    {
      some = TRUE;
      self->calls->take_event (self->owner, event);
      free (event);
    }
  return some;
}

/* TRUE: there was one. xcb says of a broken connection, too, that there is. */
static gboolean
take_answer (TrkX11Connection *self)
{
  void *reply = NULL;
  xcb_generic_error_t *error = NULL;

  if (self->over || !self->asked || xcb_connection_has_error (self->server)
      || !xcb_poll_for_reply (self->server, self->sequence, &reply, &error))
    return FALSE;
  self->asked = FALSE;
  self->calls->take_answer (self->owner, reply);
  free (reply);
  free (error);
  return TRUE;
}

/* Whatever xcb does reads what has come into its queue, of which no file descriptor tells: it is
 * empty after a round that found nothing, since that sent nothing either. */
static void
take_all (TrkX11Connection *self)
{
  g_autoptr (GObject) owner = g_object_ref (self->owner);
  gboolean some = TRUE;

  while (some && !self->over)
    {
      some = take_events (self, xcb_poll_for_event);
      some = take_answer (self) || some;
      some = take_events (self, xcb_poll_for_queued_event) || some;
      xcb_flush (self->server);
    }
  if (!self->over && xcb_connection_has_error (self->server))
    fail (self, "the X server went away", FALSE);
}

static gboolean
on_input (int fd, GIOCondition condition, gpointer data)
{
  take_all (data);
  return G_SOURCE_CONTINUE; /* unless it was removed meanwhile */
}

static gboolean
on_queued (gpointer data)
{
  TrkX11Connection *self = data;

  self->queued = 0;
  take_all (self);
  return G_SOURCE_REMOVE;
}

static void
begin (TrkX11Connection *self, Found *found)
{
  self->server = g_steal_pointer (&found->server);
  self->input =
      g_unix_fd_add (xcb_get_file_descriptor (self->server), G_IO_IN | G_IO_HUP, on_input, self);
  self->calls->begin (self->owner, found->learned);
}

/* Its reference, which kept the owner and with it the connection, goes here: on the thread the
 * owner's end would meet what is called on this one. */
static void
on_connected (GObject *nothing, GAsyncResult *result, gpointer data)
{
  TrkX11Connection *self = data;
  g_autoptr (GObject) owner = self->owner;
  g_autoptr (GError) error = NULL;
  g_autoptr (Found) found = g_task_propagate_pointer (G_TASK (result), &error);

  if (self->over)
    return;
  if (found == NULL)
    fail (self, error->message, TRUE);
  else
    begin (self, found);
}

/* -- Life -------------------------------------------------------------------------------------- */

TrkX11Connection *
trk_x11_connection_new (GObject *owner, const TrkX11Calls *calls, const char *display)
{
  TrkX11Connection *self = g_new0 (TrkX11Connection, 1);

  self->owner = owner;
  self->calls = calls;
  self->display = g_strdup (display);
  return self;
}

void
trk_x11_connection_open (TrkX11Connection *self)
{
  g_autoptr (GTask) task = NULL;
  Wanted *wanted;

  if (self->began || self->over)
    return;
  self->began = TRUE;
  wanted = g_new0 (Wanted, 1);
  wanted->display = g_strdup (self->display);
  wanted->calls = self->calls;
  g_object_ref (self->owner);
  task = g_task_new (NULL, NULL, on_connected, self);
  g_task_set_task_data (task, wanted, wanted_free);
  g_task_run_in_thread (task, connect_on_thread);
}

gboolean
trk_x11_connection_is_open (const TrkX11Connection *self)
{
  return self->server != NULL && !self->over;
}

void
trk_x11_connection_end (TrkX11Connection *self)
{
  self->over = TRUE;
  g_clear_handle_id (&self->input, g_source_remove);
  g_clear_handle_id (&self->queued, g_source_remove);
}

xcb_connection_t *
trk_x11_connection_server (const TrkX11Connection *self)
{
  return self->server;
}

void
trk_x11_connection_send (TrkX11Connection *self)
{
  xcb_flush (self->server);
  if (self->queued == 0)
    self->queued = g_idle_add_full (G_PRIORITY_DEFAULT, on_queued, self, NULL);
}

void
trk_x11_connection_await (TrkX11Connection *self, unsigned int sequence)
{
  self->sequence = sequence;
  self->asked = TRUE;
}

gboolean
trk_x11_connection_awaits (const TrkX11Connection *self)
{
  return self->asked;
}

void
trk_x11_connection_free (TrkX11Connection *self)
{
  trk_x11_connection_end (self);
  if (self->server != NULL)
    xcb_disconnect (self->server);
  g_free (self->display);
  g_free (self);
}
