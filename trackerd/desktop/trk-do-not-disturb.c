/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-do-not-disturb.h"

#include "trk-atomic-file.h"
#include "trk-banner-setting.h"
#include "trk-dbus-answer.h"
#include "trk-quiet-backend.h"

#include <glib/gstdio.h>
#include <string.h>

#define SERVER_NAME "org.freedesktop.Notifications"
#define SERVER_PATH "/org/freedesktop/Notifications"

enum
{
  END_WITHIN = 500, /* ms */
};

struct _TrkDoNotDisturb
{
  char *file;
  TrkProblem problem;
  GDBusConnection *bus;      /* (owned) (nullable) */
  GCancellable *ending;      /* of the calls on that bus (owned) (nullable) */
  guint server;              /* name watch */
  guint changes;             /* signal subscription */
  TrkBannerSetting *banners; /* GNOME's (owned) (nullable) */

  gboolean decided; /* want() was called */
  gboolean wanted;
  gboolean left_alone;         /* on before, or switched off by somebody: until it is not wanted */
  gboolean busy;               /* a call is on its way */
  gboolean again;              /* the server is a new one: it knows nothing of us */
  const TrkQuietBackend *ours; /* NULL: nothing is switched on by us */
  const TrkQuietBackend *asking; /* while busy */
  GVariant *known;               /* its last answer (owned) (nullable) */
};

static void settle (TrkDoNotDisturb *quiet);
static void on_banners_changed (gpointer data);

G_GNUC_PRINTF (2, 3)
static void
tell (const TrkDoNotDisturb *quiet, const char *format, ...)
{
  va_list arguments;
  g_autofree char *message = NULL;

  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  quiet->problem (message);
}

/* -- The file ---------------------------------------------------------------------------------- */

/* Before it is switched on: a crash in between must not leave it on for ever. */
static gboolean
write_down (TrkDoNotDisturb *quiet, const TrkQuietBackend *backend)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = g_strdup_printf ("%s\n", backend->name);

  if (trk_atomic_file_save_sole (quiet->file, text, strlen (text), &error))
    return TRUE;
  tell (quiet, "do-not-disturb stays off, because it cannot be written down that it is ours: %s",
        error->message);
  return FALSE;
}

static const TrkQuietBackend *
read_back (TrkDoNotDisturb *quiet)
{
  g_autofree char *text = NULL;

  if (!g_file_get_contents (quiet->file, &text, NULL, NULL))
    return NULL;
  return trk_quiet_backend_for_name (g_strstrip (text));
}

static void
disown (TrkDoNotDisturb *quiet)
{
  quiet->ours = NULL;
  g_unlink (quiet->file);
}

/* -- Calls ------------------------------------------------------------------------------------- */

static void
call (TrkDoNotDisturb *quiet, const char *method, GVariant *arguments, GAsyncReadyCallback done)
{
  const TrkQuietBackend *backend = quiet->asking;

  quiet->busy = TRUE;
  g_dbus_connection_call (quiet->bus, backend->bus_name, backend->path, backend->interface, method,
                          arguments, NULL, G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, quiet->ending, done,
                          quiet);
}

/* NULL: it failed and that was told, or nobody is there any more (@over: then @quiet is gone). */
static GVariant *
finish (const TrkDoNotDisturb *quiet, GObject *bus, GAsyncResult *result, gboolean *over)
{
  g_autoptr (GError) error = NULL;
  GVariant *reply = trk_dbus_answer (bus, result, over, &error);

  if (reply == NULL && !*over)
    tell (quiet, "do-not-disturb cannot be switched: %s", error->message);
  return reply;
}

static void
on_switched_on (GObject *bus, GAsyncResult *result, gpointer data)
{
  TrkDoNotDisturb *quiet = data;
  gboolean over;
  g_autoptr (GVariant) reply = finish (quiet, bus, result, &over);

  if (over)
    return;
  quiet->busy = FALSE;
  if (reply != NULL && quiet->asking->ask == NULL)
    {
      g_clear_pointer (&quiet->known, g_variant_unref);
      quiet->known = g_variant_ref (reply);
    }
  if (reply == NULL)
    {
      disown (quiet);
      quiet->left_alone = TRUE;
    }
  settle (quiet);
}

static void
on_switched_off (GObject *bus, GAsyncResult *result, gpointer data)
{
  TrkDoNotDisturb *quiet = data;
  gboolean over;
  g_autoptr (GVariant) reply = finish (quiet, bus, result, &over);

  if (over)
    return;
  quiet->busy = FALSE;
  if (reply == NULL)
    return; /* it stays ours: the next server, or the next daemon, puts it back */
  disown (quiet);
  settle (quiet);
}

static void
switch_on (TrkDoNotDisturb *quiet)
{
  const TrkQuietBackend *backend = quiet->asking;

  if (!write_down (quiet, backend))
    {
      quiet->left_alone = TRUE;
      return;
    }
  quiet->ours = backend;
  call (quiet, backend->set_on, backend->order (quiet->known, TRUE), on_switched_on);
}

static void
switch_off (TrkDoNotDisturb *quiet)
{
  const TrkQuietBackend *backend = quiet->asking;

  call (quiet, backend->set_off, backend->order (quiet->known, FALSE), on_switched_off);
}

/* -- What follows from how it is --------------------------------------------------------------- */

/* It is @on. */
static void
judge (TrkDoNotDisturb *quiet, gboolean on)
{
  gboolean again = quiet->again;

  quiet->again = FALSE;
  if (quiet->wanted && quiet->ours == NULL && on)
    quiet->left_alone = TRUE; /* the user's own */
  else if (quiet->wanted && (quiet->ours == NULL || (again && !on)))
    switch_on (quiet);
  else if (quiet->wanted && !on)
    {
      disown (quiet); /* somebody switched it off: they want to be disturbed */
      quiet->left_alone = TRUE;
    }
  else if (!quiet->wanted && quiet->ours != NULL && on)
    switch_off (quiet);
  else if (!quiet->wanted && quiet->ours != NULL)
    disown (quiet);
}

static void
on_answer (GObject *bus, GAsyncResult *result, gpointer data)
{
  TrkDoNotDisturb *quiet = data;
  gboolean over;
  g_autoptr (GVariant) reply = finish (quiet, bus, result, &over);

  if (over)
    return;
  quiet->busy = FALSE;
  if (reply == NULL)
    return;
  g_clear_pointer (&quiet->known, g_variant_unref);
  quiet->known = g_variant_ref (reply);
  judge (quiet, quiet->asking->is_on (reply));
}

static void
on_changes (GDBusConnection *bus,
            const char *sender,
            const char *path,
            const char *interface,
            const char *signal,
            GVariant *parameters,
            gpointer data)
{
  TrkDoNotDisturb *quiet = data;

  if (quiet->busy || quiet->ours == NULL || quiet->asking == NULL || quiet->asking->ask == NULL)
    return;
  call (quiet, quiet->asking->ask,
        quiet->asking->question != NULL ? quiet->asking->question () : NULL, on_answer);
}

static void
follow_changes (TrkDoNotDisturb *quiet, const TrkQuietBackend *backend)
{
  if (quiet->changes != 0)
    g_dbus_connection_signal_unsubscribe (quiet->bus, quiet->changes);
  quiet->changes = 0;
  if (backend != NULL && backend->changes != NULL)
    quiet->changes = g_dbus_connection_signal_subscribe (
        quiet->bus, backend->bus_name, backend->changes, NULL, backend->path, NULL,
        G_DBUS_SIGNAL_FLAGS_NONE, on_changes, quiet, NULL);
}

static void
on_banners_written (GObject *nobody, GAsyncResult *result, gpointer data)
{
  TrkDoNotDisturb *quiet = data;

  if (!trk_banner_setting_flush_finish (result))
    return; /* @quiet may be gone */
  quiet->busy = FALSE;
  g_clear_pointer (&quiet->banners, trk_banner_setting_free);
  disown (quiet);
  settle (quiet);
}

/* FALSE: there is no such setting here; the file stays for a daemon that finds it. */
static gboolean
show_banners (TrkDoNotDisturb *quiet)
{
  quiet->ours = NULL; /* that it changes now is no word of the user's */
  if (quiet->banners == NULL)
    quiet->banners = trk_banner_setting_new (on_banners_changed, quiet);
  if (quiet->banners != NULL && trk_banner_setting_is_quiet (quiet->banners))
    trk_banner_setting_set_quiet (quiet->banners, FALSE);
  return quiet->banners != NULL;
}

/* GNOME's is a setting. The file goes when it is written, not before, and nothing else is begun
 * until then. */
static void
put_banners_back (TrkDoNotDisturb *quiet)
{
  if (!show_banners (quiet))
    return;
  quiet->busy = TRUE;
  trk_banner_setting_flush (quiet->ending, on_banners_written, quiet);
}

static void
judge_banners (TrkDoNotDisturb *quiet)
{
  gboolean on = trk_banner_setting_is_quiet (quiet->banners);

  quiet->again = FALSE; /* a setting outlives whoever reads it */
  if (quiet->wanted && quiet->ours == NULL && !on && write_down (quiet, quiet->asking))
    {
      quiet->ours = quiet->asking;
      trk_banner_setting_set_quiet (quiet->banners, TRUE);
    }
  else if (!quiet->wanted && quiet->ours != NULL && on)
    put_banners_back (quiet);
  else
    judge (quiet, on);
}

static void
on_banners_changed (gpointer data)
{
  TrkDoNotDisturb *quiet = data;

  if (quiet->ours != NULL && !trk_banner_setting_is_quiet (quiet->banners))
    judge_banners (quiet);
}

static void
ask (TrkDoNotDisturb *quiet, const TrkQuietBackend *backend)
{
  quiet->asking = backend;
  follow_changes (quiet, backend);
  if (backend->interface == NULL)
    {
      if (quiet->banners == NULL)
        quiet->banners = trk_banner_setting_new (on_banners_changed, quiet);
      if (quiet->banners != NULL)
        judge_banners (quiet);
    }
  else if (backend->ask != NULL)
    call (quiet, backend->ask, backend->question != NULL ? backend->question () : NULL, on_answer);
  else
    judge (quiet, quiet->ours != NULL && !quiet->again && quiet->known != NULL);
}

/* -- Who is there ------------------------------------------------------------------------------ */

/* Ours is of another server than the one that is here. */
static void
leave_other (TrkDoNotDisturb *quiet)
{
  if (quiet->ours->interface == NULL)
    put_banners_back (quiet); /* a setting outlives its desktop */
  else
    disown (quiet); /* that server is gone, and what it knew of us */
}

static void
on_server_information (GObject *bus, GAsyncResult *result, gpointer data)
{
  TrkDoNotDisturb *quiet = data;
  gboolean over;
  g_autoptr (GVariant) reply = finish (quiet, bus, result, &over);
  const TrkQuietBackend *backend;
  const char *name;

  if (over)
    return;
  quiet->busy = FALSE;
  if (reply == NULL || !g_variant_is_of_type (reply, G_VARIANT_TYPE ("(ssss)")))
    return;
  g_variant_get (reply, "(&s&s&s&s)", &name, NULL, NULL, NULL);
  backend = trk_quiet_backend_for_server (name);
  if (quiet->ours != NULL && quiet->ours != backend)
    leave_other (quiet);
  if (quiet->busy)
    return; /* until that is done */
  if (backend != NULL)
    ask (quiet, backend);
  else if (quiet->wanted)
    tell (quiet, "%s has no do-not-disturb that could be switched", name);
}

/* Ours is of a server that may be another one by now: a new one, or that of the daemon before. */
static gboolean
is_of_doubtful_server (TrkDoNotDisturb *quiet)
{
  return quiet->ours != NULL && (quiet->again || quiet->asking == NULL);
}

static void
settle (TrkDoNotDisturb *quiet)
{
  if (quiet->busy || quiet->bus == NULL || !quiet->decided)
    return;
  if (quiet->wanted == (quiet->ours != NULL || quiet->left_alone)
      && !(quiet->wanted && is_of_doubtful_server (quiet)))
    return;
  quiet->busy = TRUE;
  g_dbus_connection_call (quiet->bus, SERVER_NAME, SERVER_PATH, SERVER_NAME, "GetServerInformation",
                          NULL, NULL, G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, quiet->ending,
                          on_server_information, quiet);
}

static void
on_server_appeared (GDBusConnection *bus, const char *name, const char *owner, gpointer data)
{
  TrkDoNotDisturb *quiet = data;

  quiet->again = quiet->asking != NULL; /* not the first one that we meet */
  settle (quiet);
}

void
trk_do_not_disturb_set_bus (TrkDoNotDisturb *quiet, GDBusConnection *bus)
{
  if (quiet->bus != NULL)
    {
      g_cancellable_cancel (quiet->ending);
      g_clear_object (&quiet->ending);
      follow_changes (quiet, NULL);
      g_clear_handle_id (&quiet->server, g_bus_unwatch_name);
    }
  quiet->busy = FALSE;
  g_clear_object (&quiet->bus);
  if (bus == NULL)
    return;
  quiet->bus = g_object_ref (bus);
  quiet->ending = g_cancellable_new ();
  quiet->server = g_bus_watch_name_on_connection (bus, SERVER_NAME, G_BUS_NAME_WATCHER_FLAGS_NONE,
                                                  on_server_appeared, NULL, quiet, NULL);
}

void
trk_do_not_disturb_want (TrkDoNotDisturb *quiet, gboolean wanted)
{
  quiet->decided = TRUE;
  quiet->wanted = wanted;
  if (!wanted)
    quiet->left_alone = FALSE;
  else if (quiet->ours != NULL)
    quiet->again = FALSE;
  settle (quiet);
}

/* -- Life -------------------------------------------------------------------------------------- */

TrkDoNotDisturb *
trk_do_not_disturb_new (const char *file, TrkProblem problem)
{
  TrkDoNotDisturb *quiet = g_new0 (TrkDoNotDisturb, 1);

  quiet->file = g_strdup (file);
  quiet->problem = problem;
  quiet->ours = read_back (quiet);
  if (quiet->ours != NULL && quiet->ours->interface != NULL && quiet->ours->ask == NULL)
    disown (quiet); /* it went with the connection of the daemon before */
  return quiet;
}

static GVariant *
call_now (TrkDoNotDisturb *quiet, const char *method, GVariant *arguments)
{
  return g_dbus_connection_call_sync (quiet->bus, quiet->ours->bus_name, quiet->ours->path,
                                      quiet->ours->interface, method, arguments, NULL,
                                      G_DBUS_CALL_FLAGS_NO_AUTO_START, END_WITHIN / 2, NULL, NULL);
}

/* The last chance; what does not work now the next daemon does. */
static void
put_back_now (TrkDoNotDisturb *quiet)
{
  const TrkQuietBackend *backend = quiet->ours;
  g_autoptr (GVariant) known = NULL;
  g_autoptr (GVariant) done = NULL;

  if (backend->interface == NULL)
    {
      if (show_banners (quiet) && trk_banner_setting_flush_now (END_WITHIN))
        disown (quiet);
      return;
    }
  if (backend->ask != NULL)
    known = call_now (quiet, backend->ask, backend->question != NULL ? backend->question () : NULL);
  else if (quiet->known != NULL)
    known = g_variant_ref (quiet->known);
  if (known == NULL)
    return;
  if (backend->is_on == NULL || backend->is_on (known))
    done = call_now (quiet, backend->set_off, backend->order (known, FALSE));
  if (done != NULL || (backend->is_on != NULL && !backend->is_on (known)))
    disown (quiet);
}

void
trk_do_not_disturb_free (TrkDoNotDisturb *quiet)
{
  if (quiet == NULL)
    return;
  if (quiet->ours != NULL && quiet->decided && quiet->bus != NULL)
    put_back_now (quiet);
  trk_do_not_disturb_set_bus (quiet, NULL);
  g_clear_pointer (&quiet->banners, trk_banner_setting_free);
  g_clear_pointer (&quiet->known, g_variant_unref);
  g_free (quiet->file);
  g_free (quiet);
}
