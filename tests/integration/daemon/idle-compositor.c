/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "ext-idle-notify-v1-server-protocol.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <wayland-server.h>

/* idle-compositor SOCKET: a compositor that has a seat, ext-idle-notify-v1 and nothing else, for
 * which no packaged one could be found: sway 1.7 has the older protocol. Nobody types, but for
 * SIGUSR1, which is input. */

typedef struct
{
  struct wl_list link;
  struct wl_resource *resource;
  struct wl_event_source *timer;
  int timeout; /* ms */
  int idled;
} Notification;

typedef struct
{
  struct wl_display *display;
  struct wl_list notifications; /* of Notification */
} Compositor;

static void
destroy (struct wl_client *client, struct wl_resource *resource)
{
  wl_resource_destroy (resource);
}

/* -- ext_idle_notification_v1 ------------------------------------------------------------------ */

static int
on_timeout (void *data)
{
  Notification *notification = data;

  notification->idled = 1;
  ext_idle_notification_v1_send_idled (notification->resource);
  return 0;
}

static void
forget (struct wl_resource *resource)
{
  Notification *notification = wl_resource_get_user_data (resource);

  wl_list_remove (&notification->link);
  wl_event_source_remove (notification->timer);
  free (notification);
}

static void
get_idle_notification (struct wl_client *client,
                       struct wl_resource *notifier,
                       uint32_t id,
                       uint32_t timeout,
                       struct wl_resource *seat)
{
  static const struct ext_idle_notification_v1_interface calls = { .destroy = destroy };
  Compositor *compositor = wl_resource_get_user_data (notifier);
  Notification *notification = calloc (1, sizeof *notification);

  notification->timeout = timeout > 0 ? (int) timeout : 1;
  notification->timer = wl_event_loop_add_timer (wl_display_get_event_loop (compositor->display),
                                                 on_timeout, notification);
  notification->resource = wl_resource_create (client, &ext_idle_notification_v1_interface, 1, id);
  wl_resource_set_implementation (notification->resource, &calls, notification, forget);
  wl_list_insert (&compositor->notifications, &notification->link);
  wl_event_source_timer_update (notification->timer, notification->timeout);
}

static int
on_input (int number, void *data)
{
  Compositor *compositor = data;
  Notification *notification;

  wl_list_for_each (notification, &compositor->notifications, link)
  {
    if (notification->idled)
      ext_idle_notification_v1_send_resumed (notification->resource);
    notification->idled = 0;
    wl_event_source_timer_update (notification->timer, notification->timeout);
  }
  return 0;
}

/* -- Globals ----------------------------------------------------------------------------------- */

static void
bind_notifier (struct wl_client *client, void *data, uint32_t version, uint32_t id)
{
  static const struct ext_idle_notifier_v1_interface calls = { .destroy = destroy,
                                                               .get_idle_notification =
                                                                   get_idle_notification };
  struct wl_resource *resource =
      wl_resource_create (client, &ext_idle_notifier_v1_interface, (int) version, id);

  wl_resource_set_implementation (resource, &calls, data, NULL);
}

static void
bind_seat (struct wl_client *client, void *data, uint32_t version, uint32_t id)
{
  static const struct wl_seat_interface calls = { 0 };
  struct wl_resource *resource = wl_resource_create (client, &wl_seat_interface, (int) version, id);

  wl_resource_set_implementation (resource, &calls, NULL, NULL);
  wl_seat_send_capabilities (resource, WL_SEAT_CAPABILITY_KEYBOARD);
}

static int
on_end (int number, void *data)
{
  wl_display_terminate (((Compositor *) data)->display);
  return 0;
}

int
main (int argc, char **argv)
{
  Compositor compositor = { .display = wl_display_create () };
  struct wl_event_loop *loop = wl_display_get_event_loop (compositor.display);

  wl_list_init (&compositor.notifications);
  wl_global_create (compositor.display, &wl_seat_interface, 1, NULL, bind_seat);
  wl_global_create (compositor.display, &ext_idle_notifier_v1_interface, 1, &compositor,
                    bind_notifier);
  wl_event_loop_add_signal (loop, SIGUSR1, on_input, &compositor);
  wl_event_loop_add_signal (loop, SIGTERM, on_end, &compositor);
  if (argc != 2 || wl_display_add_socket (compositor.display, argv[1]) != 0)
    {
      fprintf (stderr, "idle-compositor: no socket\n");
      return EXIT_FAILURE;
    }
  wl_display_run (compositor.display);
  wl_display_destroy_clients (compositor.display);
  wl_display_destroy (compositor.display);
  return EXIT_SUCCESS;
}
