/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-wayland-presence.h"

#include "ext-idle-notify-v1-client-protocol.h"
#include "org-kde-kwin-idle-client-protocol.h"

#include <errno.h>
#include <glib-unix.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>
#include <wayland-client.h>

struct _TrkWaylandPresence
{
  GObject parent;

  char *socket_name;          /* (owned) (nullable) */
  struct wl_display *display; /* (owned) (nullable): not connected */
  struct wl_registry *registry;
  struct wl_callback *greeted; /* until everything that is there was announced */
  struct wl_seat *seat;
  struct ext_idle_notifier_v1 *notifier; /* one of the two, if any */
  struct org_kde_kwin_idle *kde;
  struct ext_idle_notification_v1 *notification;
  struct org_kde_kwin_idle_timeout *timeout;
  guint input;
  guint limit;  /* ms; 0: nothing is watched yet */
  guint wanted; /* of watch(), while another one must end first */
  gboolean idle;
  gboolean over;
};

static void presence_source_init (TrkPresenceSourceInterface *iface);
G_DEFINE_FINAL_TYPE_WITH_CODE (TrkWaylandPresence,
                               trk_wayland_presence,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (TRK_TYPE_PRESENCE_SOURCE,
                                                      presence_source_init))

static void
fail (TrkWaylandPresence *self, const char *why, gboolean never)
{
  if (self->over)
    return;
  self->over = TRUE;
  trk_presence_source_emit_failed (self, why, never);
}

/* -- Watching ---------------------------------------------------------------------------------- */

static void watch_now (TrkWaylandPresence *self);

static void
become_idle (TrkWaylandPresence *self)
{
  self->idle = TRUE;
  trk_presence_source_emit_idle (self, self->limit);
}

static void
become_active (TrkWaylandPresence *self)
{
  self->idle = FALSE;
  if (self->wanted != self->limit)
    watch_now (self);
  trk_presence_source_emit_active (self);
}

static void
on_idled (void *data, struct ext_idle_notification_v1 *notification)
{
  become_idle (data);
}

static void
on_resumed (void *data, struct ext_idle_notification_v1 *notification)
{
  become_active (data);
}

static void
on_kde_idle (void *data, struct org_kde_kwin_idle_timeout *timeout)
{
  become_idle (data);
}

static void
on_kde_resumed (void *data, struct org_kde_kwin_idle_timeout *timeout)
{
  become_active (data);
}

static void
end_watch (TrkWaylandPresence *self)
{
  g_clear_pointer (&self->notification, ext_idle_notification_v1_destroy);
  g_clear_pointer (&self->timeout, org_kde_kwin_idle_timeout_release);
}

static void
watch_now (TrkWaylandPresence *self)
{
  static const struct ext_idle_notification_v1_listener listener = { on_idled, on_resumed };
  static const struct org_kde_kwin_idle_timeout_listener kde_listener = { on_kde_idle,
                                                                          on_kde_resumed };

  end_watch (self);
  self->limit = self->wanted;
  if (self->notifier != NULL)
    {
      self->notification =
          ext_idle_notifier_v1_get_idle_notification (self->notifier, self->limit, self->seat);
      ext_idle_notification_v1_add_listener (self->notification, &listener, self);
    }
  else
    {
      self->timeout = org_kde_kwin_idle_get_idle_timeout (self->kde, self->seat, self->limit);
      org_kde_kwin_idle_timeout_add_listener (self->timeout, &kde_listener, self);
    }
}

/* -- What there is ----------------------------------------------------------------------------- */

static void
on_global (
    void *data, struct wl_registry *registry, uint32_t id, const char *interface, uint32_t version)
{
  TrkWaylandPresence *self = data;

  if (self->seat == NULL && g_str_equal (interface, wl_seat_interface.name))
    self->seat = wl_registry_bind (registry, id, &wl_seat_interface, 1);
  else if (self->notifier == NULL && g_str_equal (interface, ext_idle_notifier_v1_interface.name))
    self->notifier = wl_registry_bind (registry, id, &ext_idle_notifier_v1_interface, 1);
  else if (self->kde == NULL && g_str_equal (interface, org_kde_kwin_idle_interface.name))
    self->kde = wl_registry_bind (registry, id, &org_kde_kwin_idle_interface, 1);
}

static void
on_global_removed (void *data, struct wl_registry *registry, uint32_t id)
{
}

/* All globals were announced. */
static void
on_greeted (void *data, struct wl_callback *callback, uint32_t time)
{
  TrkWaylandPresence *self = data;

  g_clear_pointer (&self->greeted, wl_callback_destroy);
  if (self->notifier == NULL && self->kde == NULL)
    fail (self, "the compositor has no idle notification", TRUE);
  else if (self->seat == NULL)
    fail (self, "the compositor has no seat", FALSE);
  else
    {
      watch_now (self);
      trk_presence_source_emit_active (self);
    }
}

/* -- The connection ---------------------------------------------------------------------------- */

/* Sends what waits; a compositor that takes nothing is no reason to wait for it. */
static void
flush (TrkWaylandPresence *self)
{
  if (wl_display_flush (self->display) < 0 && errno != EAGAIN)
    fail (self, "the compositor went away", FALSE);
}

static gboolean
on_input (int fd, GIOCondition condition, gpointer data)
{
  g_autoptr (TrkWaylandPresence) self = g_object_ref (data);

  while (wl_display_prepare_read (self->display) != 0)
    wl_display_dispatch_pending (self->display);
  if (wl_display_read_events (self->display) < 0 || wl_display_dispatch_pending (self->display) < 0)
    fail (self, "the compositor went away", FALSE);
  if (!self->over)
    flush (self);
  if (!self->over)
    return G_SOURCE_CONTINUE;
  self->input = 0;
  return G_SOURCE_REMOVE;
}

/* NULL: there is no place where it could be. Owned by the caller. */
static char *
socket_path (const char *name)
{
  const char *folder = g_getenv ("XDG_RUNTIME_DIR");

  if (name == NULL)
    name = g_getenv ("WAYLAND_DISPLAY");
  if (name == NULL || *name == '\0')
    name = "wayland-0";
  if (g_path_is_absolute (name))
    return g_strdup (name);
  return folder != NULL && g_path_is_absolute (folder) ? g_build_filename (folder, name, NULL)
                                                       : NULL;
}

/* -1: nobody is there, or nobody takes us. Does not wait: libwayland's own way does. */
static int
connect_to (const char *path)
{
  struct sockaddr_un address = { .sun_family = AF_UNIX };
  int fd;

  if (path == NULL || strlen (path) >= sizeof address.sun_path)
    return -1;
  memcpy (address.sun_path, path, strlen (path));
  fd = socket (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (fd < 0 || connect (fd, (const struct sockaddr *) &address, sizeof address) == 0)
    return fd;
  close (fd);
  return -1;
}

static gboolean
on_nobody (gpointer data)
{
  TrkWaylandPresence *self = data;

  self->input = 0;
  fail (self, TRK_WAYLAND_NO_DISPLAY, TRUE);
  return G_SOURCE_REMOVE;
}

static void
greet (TrkWaylandPresence *self)
{
  static const struct wl_registry_listener registry_listener = { on_global, on_global_removed };
  static const struct wl_callback_listener greeted_listener = { on_greeted };

  self->registry = wl_display_get_registry (self->display);
  wl_registry_add_listener (self->registry, &registry_listener, self);
  self->greeted = wl_display_sync (self->display);
  wl_callback_add_listener (self->greeted, &greeted_listener, self);
  wl_display_flush (self->display);
}

static void
begin (TrkWaylandPresence *self)
{
  g_autofree char *path = socket_path (self->socket_name);
  int fd = connect_to (path);

  self->display = fd >= 0 ? wl_display_connect_to_fd (fd) : NULL;
  if (self->display == NULL)
    {
      self->input = g_idle_add (on_nobody, self);
      return;
    }
  self->input = g_unix_fd_add (fd, G_IO_IN | G_IO_HUP, on_input, self);
  greet (self);
}

static const char *
name (TrkPresenceSource *source)
{
  return TRK_WAYLAND_PRESENCE (source)->notifier == NULL
                 && TRK_WAYLAND_PRESENCE (source)->kde != NULL
             ? "org_kde_kwin_idle"
             : "ext-idle-notify-v1";
}

/* While the user is idle a new watch would not know it: it waits for the end of this one. */
static void
watch (TrkPresenceSource *source, guint limit)
{
  TrkWaylandPresence *self = TRK_WAYLAND_PRESENCE (source);
  gboolean began = self->wanted != 0;

  self->wanted = limit;
  if (!began)
    begin (self);
  else if (!self->over && !self->idle && (self->notification != NULL || self->timeout != NULL))
    {
      watch_now (self);
      flush (self);
    }
}

static void
presence_source_init (TrkPresenceSourceInterface *iface)
{
  iface->name = name;
  iface->watch = watch;
}

static void
disconnect (TrkWaylandPresence *self)
{
  if (self->display == NULL)
    return;
  end_watch (self);
  g_clear_pointer (&self->notifier, ext_idle_notifier_v1_destroy);
  g_clear_pointer (&self->kde, org_kde_kwin_idle_destroy);
  g_clear_pointer (&self->seat, wl_seat_destroy);
  g_clear_pointer (&self->greeted, wl_callback_destroy);
  g_clear_pointer (&self->registry, wl_registry_destroy);
  g_clear_pointer (&self->display, wl_display_disconnect);
}

static void
trk_wayland_presence_dispose (GObject *object)
{
  TrkWaylandPresence *self = TRK_WAYLAND_PRESENCE (object);

  self->over = TRUE;
  g_clear_handle_id (&self->input, g_source_remove);
  G_OBJECT_CLASS (trk_wayland_presence_parent_class)->dispose (object);
}

static void
trk_wayland_presence_finalize (GObject *object)
{
  disconnect (TRK_WAYLAND_PRESENCE (object));
  g_free (TRK_WAYLAND_PRESENCE (object)->socket_name);
  G_OBJECT_CLASS (trk_wayland_presence_parent_class)->finalize (object);
}

static void
trk_wayland_presence_class_init (TrkWaylandPresenceClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = trk_wayland_presence_dispose;
  G_OBJECT_CLASS (klass)->finalize = trk_wayland_presence_finalize;
}

static void
trk_wayland_presence_init (TrkWaylandPresence *self)
{
}

TrkPresenceSource *
trk_wayland_presence_new (const char *display)
{
  TrkWaylandPresence *self = g_object_new (TRK_TYPE_WAYLAND_PRESENCE, NULL);

  self->socket_name = g_strdup (display);
  return TRK_PRESENCE_SOURCE (self);
}
