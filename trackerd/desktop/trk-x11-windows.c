/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-x11-windows.h"

#include "trk-x11-connection.h"

#include <stdlib.h>
#include <string.h>

#define XWAYLAND "XWAYLAND"

enum
{
  MOST_ATOMS = 1024, /* of _NET_SUPPORTED */
  MOST_WORDS = 256,  /* of 4 bytes, of a text */
};

typedef enum
{
  ACTIVE_WINDOW,
  SUPPORTED,
  PID,
  N_ATOMS,
} AtomName;

static const char *const atom_names[N_ATOMS] = { "_NET_ACTIVE_WINDOW", "_NET_SUPPORTED",
                                                 "_NET_WM_PID" };

/* What is asked for, in this order: each answer comes after those before it. */
typedef enum
{
  IS_SUPPORTED,
  WINDOW,
  CLASS,
  PROCESS,
  MACHINE,
  N_QUESTIONS,
} Question;

typedef struct
{
  xcb_window_t root;
  xcb_atom_t atoms[N_ATOMS];
  gboolean xwayland; /* other programs than X clients are not seen */
} Learned;

struct _TrkX11Windows
{
  GObject parent;

  TrkX11Connection *connection; /* (owned) */
  Learned known;                /* once it is open */
  Question question;            /* that is put; N_QUESTIONS: none */
  gboolean again;               /* another window is in front since */
  xcb_window_t window;
  GPtrArray *names; /* of it, so far */
  gint64 pid;
};

static void window_source_init (TrkWindowSourceInterface *iface);
G_DEFINE_FINAL_TYPE_WITH_CODE (TrkX11Windows,
                               trk_x11_windows,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (TRK_TYPE_WINDOW_SOURCE, window_source_init))

/* -- On the thread: what must be known --------------------------------------------------------- */

static xcb_window_t
root_of (xcb_connection_t *server, int screen)
{
  xcb_screen_iterator_t iter = xcb_setup_roots_iterator (xcb_get_setup (server));

  for (; screen > 0 && iter.rem > 1; screen--)
    xcb_screen_next (&iter);
  return iter.data->root;
}

static gboolean
find_atoms (xcb_connection_t *server, xcb_atom_t *atoms)
{
  xcb_intern_atom_cookie_t cookies[N_ATOMS];
  gboolean all = TRUE;

  for (int i = 0; i < N_ATOMS; i++)
    cookies[i] = xcb_intern_atom (server, FALSE, (guint16) strlen (atom_names[i]), atom_names[i]);
  for (int i = 0; i < N_ATOMS; i++)
    {
      xcb_intern_atom_reply_t *reply = xcb_intern_atom_reply (server, cookies[i], NULL);

      all = all && reply != NULL;
      atoms[i] = reply != NULL ? reply->atom : XCB_ATOM_NONE;
      free (reply);
    }
  return all;
}

/* Xwayland says so itself since 23.1, by an extension without requests. */
static gboolean
is_xwayland (xcb_connection_t *server)
{
  const char *session = g_getenv ("XDG_SESSION_TYPE");
  xcb_query_extension_reply_t *reply = xcb_query_extension_reply (
      server, xcb_query_extension (server, (guint16) strlen (XWAYLAND), XWAYLAND), NULL);
  gboolean present = reply != NULL && reply->present;

  free (reply);
  return present || g_getenv ("WAYLAND_DISPLAY") != NULL || g_strcmp0 (session, "wayland") == 0;
}

static gpointer
learn (xcb_connection_t *server, int screen, GError **error)
{
  g_autofree Learned *learned = g_new0 (Learned, 1);

  learned->root = root_of (server, screen);
  if (learned->root != 0 && find_atoms (server, learned->atoms))
    {
      learned->xwayland = is_xwayland (server);
      return g_steal_pointer (&learned);
    }
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "no X server");
  return NULL;
}

/* -- Questions --------------------------------------------------------------------------------- */

static void
fail (gpointer owner, const char *why, gboolean never)
{
  trk_window_source_emit_failed (owner, why, never);
}

static void
put (TrkX11Windows *self, Question question)
{
  const struct
  {
    xcb_window_t window;
    xcb_atom_t property, type;
    guint32 words;
  } asked[N_QUESTIONS] = {
    [IS_SUPPORTED] = { self->known.root, self->known.atoms[SUPPORTED], XCB_ATOM_ATOM, MOST_ATOMS },
    [WINDOW] = { self->known.root, self->known.atoms[ACTIVE_WINDOW], XCB_ATOM_WINDOW, 1 },
    [CLASS] = { self->window, XCB_ATOM_WM_CLASS, XCB_GET_PROPERTY_TYPE_ANY, MOST_WORDS },
    [PROCESS] = { self->window, self->known.atoms[PID], XCB_ATOM_CARDINAL, 1 },
    [MACHINE] = { self->window, XCB_ATOM_WM_CLIENT_MACHINE, XCB_GET_PROPERTY_TYPE_ANY, MOST_WORDS },
  };
  xcb_get_property_cookie_t cookie;

  self->question = question;
  cookie =
      xcb_get_property (trk_x11_connection_server (self->connection), FALSE, asked[question].window,
                        asked[question].property, asked[question].type, 0, asked[question].words);
  trk_x11_connection_await (self->connection, cookie.sequence);
}

static void
begin_questions (TrkX11Windows *self)
{
  self->again = self->question != N_QUESTIONS;
  if (!self->again)
    put (self, IS_SUPPORTED);
}

/* -- Answers ----------------------------------------------------------------------------------- */

/* The first value of 32 bits; 0: there is none. */
static guint32
first_of (const xcb_get_property_reply_t *reply)
{
  if (reply == NULL || reply->format != 32 || xcb_get_property_value_length (reply) < 4)
    return 0;
  return *(const guint32 *) xcb_get_property_value (reply);
}

static gboolean
has_atom (const xcb_get_property_reply_t *reply, xcb_atom_t atom)
{
  const xcb_atom_t *atoms;
  int n;

  if (reply == NULL || reply->format != 32)
    return FALSE;
  atoms = xcb_get_property_value (reply);
  n = xcb_get_property_value_length (reply) / 4;
  for (int i = 0; i < n; i++)
    if (atoms[i] == atom)
      return TRUE;
  return FALSE;
}

/* Owned by the caller; "" when there is none. */
static char *
text_of (const xcb_get_property_reply_t *reply)
{
  if (reply == NULL || reply->format != 8)
    return g_strdup ("");
  return g_strndup (xcb_get_property_value (reply), (gsize) xcb_get_property_value_length (reply));
}

/* Two strings, each with its NUL: the instance, then the class, which says more. */
static void
take_class (TrkX11Windows *self, const xcb_get_property_reply_t *reply)
{
  const char *value = reply != NULL && reply->format == 8 ? xcb_get_property_value (reply) : "";
  gsize length =
      reply != NULL && reply->format == 8 ? (gsize) xcb_get_property_value_length (reply) : 0;
  g_autofree char *instance = g_strndup (value, length);
  gsize at = strlen (instance) + 1;
  g_autofree char *class = at < length ? g_strndup (value + at, length - at) : NULL;

  trk_window_names_add (self->names, class);
  trk_window_names_add (self->names, instance);
}

/* The number of a process of another machine says nothing here. */
static void
take_machine (TrkX11Windows *self, const xcb_get_property_reply_t *reply)
{
  g_autofree char *machine = text_of (reply);

  if (*machine == '\0' || g_str_equal (machine, g_get_host_name ()))
    trk_window_names_add_process (self->names, self->pid);
}

/* What to ask next; N_QUESTIONS: all is known. */
static Question
take (TrkX11Windows *self, const xcb_get_property_reply_t *reply)
{
  switch (self->question)
    {
    case IS_SUPPORTED:
      g_ptr_array_set_size (self->names, 0);
      self->pid = 0;
      if (has_atom (reply, self->known.atoms[ACTIVE_WINDOW]))
        return WINDOW;
      trk_window_source_emit_blind (self,
                                    "the window manager does not say which window is in front");
      return N_QUESTIONS;
    case WINDOW:
      self->window = first_of (reply);
      if (self->window != 0)
        return CLASS;
      break;
    case CLASS:
      take_class (self, reply);
      return PROCESS;
    case PROCESS:
      self->pid = first_of (reply);
      return MACHINE;
    case MACHINE:
      take_machine (self, reply);
      break;
    case N_QUESTIONS:
      return N_QUESTIONS;
    }
  if (!self->again)
    trk_window_source_emit_front (self, self->names);
  return N_QUESTIONS;
}

/* NULL, which is no answer: the window is gone, and as one without properties. */
static void
take_answer (gpointer owner, gconstpointer reply)
{
  TrkX11Windows *self = owner;
  Question next = take (self, reply);

  self->question = N_QUESTIONS;
  if (next != N_QUESTIONS)
    put (self, next);
  else if (self->again)
    begin_questions (self);
}

static void
take_event (gpointer owner, const xcb_generic_event_t *event)
{
  TrkX11Windows *self = owner;
  const xcb_property_notify_event_t *notify = (const xcb_property_notify_event_t *) event;

  if ((event->response_type & 0x7f) == XCB_PROPERTY_NOTIFY && notify->window == self->known.root
      && (notify->atom == self->known.atoms[ACTIVE_WINDOW]
          || notify->atom == self->known.atoms[SUPPORTED]))
    begin_questions (self);
}

/* -- Watching ---------------------------------------------------------------------------------- */

static void
begin (gpointer owner, gconstpointer learned)
{
  const guint32 mask = XCB_EVENT_MASK_PROPERTY_CHANGE;
  TrkX11Windows *self = owner;
  xcb_connection_t *server = trk_x11_connection_server (self->connection);

  self->known = *(const Learned *) learned;
  xcb_change_window_attributes (server, self->known.root, XCB_CW_EVENT_MASK, &mask);
  begin_questions (self);
  trk_x11_connection_send (self->connection);
}

static const char *
name (TrkWindowSource *source)
{
  return TRK_X11_WINDOWS (source)->known.xwayland ? "XWayland, X11 programs alone" : "X11";
}

static void
watch (TrkWindowSource *source)
{
  trk_x11_connection_open (TRK_X11_WINDOWS (source)->connection);
}

/* -- Life -------------------------------------------------------------------------------------- */

static void
window_source_init (TrkWindowSourceInterface *iface)
{
  iface->name = name;
  iface->watch = watch;
}

static void
trk_x11_windows_dispose (GObject *object)
{
  trk_x11_connection_end (TRK_X11_WINDOWS (object)->connection);
  G_OBJECT_CLASS (trk_x11_windows_parent_class)->dispose (object);
}

static void
trk_x11_windows_finalize (GObject *object)
{
  TrkX11Windows *self = TRK_X11_WINDOWS (object);

  trk_x11_connection_free (self->connection);
  g_ptr_array_unref (self->names);
  G_OBJECT_CLASS (trk_x11_windows_parent_class)->finalize (object);
}

static void
trk_x11_windows_class_init (TrkX11WindowsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = trk_x11_windows_dispose;
  G_OBJECT_CLASS (klass)->finalize = trk_x11_windows_finalize;
}

static void
trk_x11_windows_init (TrkX11Windows *self)
{
  self->question = N_QUESTIONS;
  self->names = trk_window_names_new ();
}

TrkWindowSource *
trk_x11_windows_new (const char *display)
{
  static const TrkX11Calls calls = { learn, begin, take_event, take_answer, fail };
  TrkX11Windows *self = g_object_new (TRK_TYPE_X11_WINDOWS, NULL);

  self->connection = trk_x11_connection_new (G_OBJECT (self), &calls, display);
  return TRK_WINDOW_SOURCE (self);
}
