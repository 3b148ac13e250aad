/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-camera.h"

#include "trk-comeback.h"

#include <glib-unix.h>
#include <pipewire/pipewire.h>

typedef struct
{
  char *class; /* media.class (owned) (nullable) */
  char *name;  /* what people call it (owned) (nullable) */
} Node;

typedef struct
{
  guint32 from;
  guint32 to;
} Link;

struct _TrkCamera
{
  TrkCaptureTold told;
  gpointer data;
  TrkComeback *comeback;      /* (owned) */
  struct pw_loop *loop;       /* (nullable) */
  guint source;               /* the loop's descriptor in ours */
  guint lost;                 /* the connection is dropped when its own callback has returned */
  struct pw_context *context; /* (nullable) */
  struct pw_core *core;       /* (nullable): between two attempts */
  struct pw_registry *registry;
  struct spa_hook core_hook;
  struct spa_hook registry_hook;
  GHashTable *nodes; /* ID → Node: those of video */
  GHashTable *links; /* ID → Link: all, as what they link may come later */
  int first;         /* the answer after which everything that is there was told */
  gboolean complete;
};

static void
node_free (gpointer data)
{
  Node *node = data;

  g_free (node->class);
  g_free (node->name);
  g_free (node);
}

/* -- Who records ------------------------------------------------------------------------------- */

/* The first program that a video source is linked to; NULL: none. Borrowed. */
static const char *
find_user (TrkCamera *camera)
{
  GHashTableIter iter;
  gpointer link;

  g_hash_table_iter_init (&iter, camera->links);
  while (g_hash_table_iter_next (&iter, NULL, &link))
    {
      const Node *from =
          g_hash_table_lookup (camera->nodes, GUINT_TO_POINTER (((Link *) link)->from));
      const Node *to = g_hash_table_lookup (camera->nodes, GUINT_TO_POINTER (((Link *) link)->to));

      if (from != NULL && to != NULL && g_str_equal (to->class, "Stream/Input/Video"))
        return to->name != NULL ? to->name : "a program";
    }
  return NULL;
}

static void
update (TrkCamera *camera)
{
  const char *user = find_user (camera);

  if (camera->complete)
    camera->told (TRK_CAMERA, user != NULL ? TRK_CAPTURE_USED : TRK_CAPTURE_FREE,
                  user != NULL ? user : "PipeWire", camera->data);
}

/* -- The registry ------------------------------------------------------------------------------ */

static void
add_node (TrkCamera *camera, guint32 id, const struct spa_dict *props)
{
  const char *class = spa_dict_lookup (props, PW_KEY_MEDIA_CLASS);
  const char *name = spa_dict_lookup (props, PW_KEY_APP_NAME);
  Node *node;

  if (class == NULL || !(g_str_has_prefix (class, "Video/") || g_str_has_suffix (class, "/Video")))
    return;
  node = g_new0 (Node, 1);
  node->class = g_strdup (class);
  node->name = g_strdup (name != NULL ? name : spa_dict_lookup (props, PW_KEY_NODE_NAME));
  g_hash_table_insert (camera->nodes, GUINT_TO_POINTER (id), node);
}

static guint32
number_of (const struct spa_dict *props, const char *key)
{
  const char *text = spa_dict_lookup (props, key);

  return text != NULL ? (guint32) g_ascii_strtoull (text, NULL, 10) : G_MAXUINT32;
}

static void
add_link (TrkCamera *camera, guint32 id, const struct spa_dict *props)
{
  Link *link = g_new0 (Link, 1);

  link->from = number_of (props, PW_KEY_LINK_OUTPUT_NODE);
  link->to = number_of (props, PW_KEY_LINK_INPUT_NODE);
  g_hash_table_insert (camera->links, GUINT_TO_POINTER (id), link);
}

static void
on_global (void *data,
           uint32_t id,
           uint32_t permissions,
           const char *type,
           uint32_t version,
           const struct spa_dict *props)
{
  TrkCamera *camera = data;

  if (props == NULL)
    return;
  if (g_str_equal (type, PW_TYPE_INTERFACE_Node))
    add_node (camera, id, props);
  else if (g_str_equal (type, PW_TYPE_INTERFACE_Link))
    add_link (camera, id, props);
  else
    return;
  update (camera);
}

static void
on_global_remove (void *data, uint32_t id)
{
  TrkCamera *camera = data;

  if (g_hash_table_remove (camera->nodes, GUINT_TO_POINTER (id))
      | g_hash_table_remove (camera->links, GUINT_TO_POINTER (id)))
    update (camera);
}

/* -- The connection ---------------------------------------------------------------------------- */

static void
drop (TrkCamera *camera)
{
  g_clear_handle_id (&camera->lost, g_source_remove);
  if (camera->core == NULL)
    return;
  spa_hook_remove (&camera->registry_hook);
  spa_hook_remove (&camera->core_hook);
  pw_proxy_destroy ((struct pw_proxy *) camera->registry);
  pw_core_disconnect (camera->core);
  camera->core = NULL;
  camera->complete = FALSE;
  g_hash_table_remove_all (camera->nodes);
  g_hash_table_remove_all (camera->links);
}

static gboolean
on_lost (gpointer data)
{
  TrkCamera *camera = data;

  camera->lost = 0;
  drop (camera);
  camera->told (TRK_CAMERA, TRK_CAPTURE_BLIND, "no PipeWire", camera->data);
  trk_comeback_lost (camera->comeback);
  return G_SOURCE_REMOVE;
}

static void
on_core_error (void *data, uint32_t id, int seq, int result, const char *message)
{
  TrkCamera *camera = data;

  if (id == PW_ID_CORE && camera->lost == 0)
    camera->lost = g_idle_add (on_lost, camera);
}

static void
on_core_done (void *data, uint32_t id, int seq)
{
  TrkCamera *camera = data;

  if (id != PW_ID_CORE || seq != camera->first)
    return;
  trk_comeback_found (camera->comeback); /* not before: a server may take us and drop us at once */
  camera->complete = TRUE;
  update (camera);
}

static void
try_to_connect (gpointer data)
{
  static const struct pw_core_events core_events = {
    PW_VERSION_CORE_EVENTS,
    .done = on_core_done,
    .error = on_core_error,
  };
  static const struct pw_registry_events registry_events = {
    PW_VERSION_REGISTRY_EVENTS,
    .global = on_global,
    .global_remove = on_global_remove,
  };
  TrkCamera *camera = data;

  drop (camera);
  camera->core = camera->context != NULL ? pw_context_connect (camera->context, NULL, 0) : NULL;
  if (camera->core == NULL)
    {
      on_lost (camera);
      return;
    }
  pw_core_add_listener (camera->core, &camera->core_hook, &core_events, camera);
  camera->registry = pw_core_get_registry (camera->core, PW_VERSION_REGISTRY, 0);
  pw_registry_add_listener (camera->registry, &camera->registry_hook, &registry_events, camera);
  camera->first = pw_core_sync (camera->core, PW_ID_CORE, 0);
}

static gboolean
on_ready (int fd, GIOCondition condition, gpointer data)
{
  pw_loop_iterate (((TrkCamera *) data)->loop, 0);
  return G_SOURCE_CONTINUE;
}

/* Without PipeWire's own modules, which are packages apart, there is no loop or no context: then
 * nothing is seen, and the microphone all the same. */
static void
begin_loop (TrkCamera *camera)
{
  camera->loop = pw_loop_new (NULL);
  if (camera->loop == NULL)
    return;
  pw_loop_enter (camera->loop);
  camera->source = g_unix_fd_add (pw_loop_get_fd (camera->loop), G_IO_IN, on_ready, camera);
  camera->context = pw_context_new (camera->loop, NULL, 0);
}

static void
end_loop (TrkCamera *camera)
{
  if (camera->loop == NULL)
    return;
  if (camera->context != NULL)
    pw_context_destroy (camera->context);
  g_source_remove (camera->source);
  pw_loop_leave (camera->loop);
  pw_loop_destroy (camera->loop);
}

TrkCamera *
trk_camera_new (TrkCaptureTold told, gpointer data)
{
  TrkCamera *camera = g_new0 (TrkCamera, 1);
  g_autofree char *socket = g_build_filename (g_get_user_runtime_dir (), "pipewire-0", NULL);

  pw_init (NULL, NULL);
  camera->told = told;
  camera->data = data;
  camera->nodes = g_hash_table_new_full (NULL, NULL, NULL, node_free);
  camera->links = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  camera->comeback = trk_comeback_new (socket, try_to_connect, camera);
  begin_loop (camera);
  try_to_connect (camera);
  return camera;
}

void
trk_camera_free (TrkCamera *camera)
{
  if (camera == NULL)
    return;
  drop (camera);
  end_loop (camera);
  pw_deinit ();
  trk_comeback_free (camera->comeback);
  g_hash_table_unref (camera->nodes);
  g_hash_table_unref (camera->links);
  g_free (camera);
}
