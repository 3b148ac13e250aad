/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-microphone.h"

#include "trk-comeback.h"

#include <pulse/glib-mainloop.h>
#include <pulse/pulseaudio.h>

struct _TrkMicrophone
{
  TrkCaptureTold told;
  gpointer data;
  pa_glib_mainloop *loop;
  pa_context *context;   /* (owned) (nullable): between two attempts */
  TrkComeback *comeback; /* (owned) */
  char *server;          /* "pulseaudio 16.1" (owned) (nullable) */
  GHashTable *monitors;  /* indices of sources that are no microphones */
  char *user;            /* found in this reading (owned) (nullable) */
  gboolean reading;
  gboolean again; /* something changed while it was read */
};

static void read_streams (TrkMicrophone *microphone);

static void
tell (TrkMicrophone *microphone, TrkCaptureState state, const char *text)
{
  microphone->told (TRK_MICROPHONE, state, text, microphone->data);
}

/* -- One reading: which sources are no microphones, then who records --------------------------- */

static void
finish_reading (TrkMicrophone *microphone)
{
  microphone->reading = FALSE;
  if (microphone->again)
    read_streams (microphone);
  else if (microphone->user != NULL)
    tell (microphone, TRK_CAPTURE_USED, microphone->user);
  else
    tell (microphone, TRK_CAPTURE_FREE, microphone->server);
}

static const char *
program_of (const pa_source_output_info *stream)
{
  const char *name = pa_proplist_gets (stream->proplist, PA_PROP_APPLICATION_NAME);

  if (name == NULL)
    name = pa_proplist_gets (stream->proplist, PA_PROP_APPLICATION_PROCESS_BINARY);
  return name != NULL ? name : "a program";
}

static gboolean
is_recording (TrkMicrophone *microphone, const pa_source_output_info *stream)
{
  return stream->client != PA_INVALID_INDEX && !stream->corked
         && g_strcmp0 (stream->resample_method, "peaks") != 0
         && !g_hash_table_contains (microphone->monitors, GUINT_TO_POINTER (stream->source));
}

static void
on_stream (pa_context *context, const pa_source_output_info *stream, int end, void *data)
{
  TrkMicrophone *microphone = data;

  if (end != 0)
    finish_reading (microphone);
  else if (microphone->user == NULL && is_recording (microphone, stream))
    microphone->user = g_strdup (program_of (stream));
}

static void
on_source (pa_context *context, const pa_source_info *source, int end, void *data)
{
  TrkMicrophone *microphone = data;
  pa_operation *operation;

  if (end == 0)
    {
      if (source->monitor_of_sink != PA_INVALID_INDEX)
        g_hash_table_add (microphone->monitors, GUINT_TO_POINTER (source->index));
      return;
    }
  operation = pa_context_get_source_output_info_list (context, on_stream, microphone);
  if (operation != NULL)
    pa_operation_unref (operation);
}

static void
read_streams (TrkMicrophone *microphone)
{
  pa_operation *operation;

  microphone->again = microphone->reading;
  if (microphone->reading)
    return;
  g_clear_pointer (&microphone->user, g_free);
  g_hash_table_remove_all (microphone->monitors);
  operation = pa_context_get_source_info_list (microphone->context, on_source, microphone);
  microphone->reading = operation != NULL;
  if (operation != NULL)
    pa_operation_unref (operation);
}

/* -- The connection ---------------------------------------------------------------------------- */

static void
on_event (pa_context *context, pa_subscription_event_type_t type, uint32_t index, void *data)
{
  read_streams (data);
}

static void
on_server (pa_context *context, const pa_server_info *server, void *data)
{
  TrkMicrophone *microphone = data;

  g_free (microphone->server);
  microphone->server = server != NULL
                           ? g_strdup_printf ("%s %s", server->server_name, server->server_version)
                           : g_strdup ("PulseAudio");
  read_streams (microphone);
}

static void
follow (TrkMicrophone *microphone)
{
  pa_operation *subscribed, *asked;

  trk_comeback_found (microphone->comeback);
  pa_context_set_subscribe_callback (microphone->context, on_event, microphone);
  subscribed = pa_context_subscribe (
      microphone->context, PA_SUBSCRIPTION_MASK_SOURCE_OUTPUT | PA_SUBSCRIPTION_MASK_SOURCE, NULL,
      NULL);
  asked = pa_context_get_server_info (microphone->context, on_server, microphone);
  if (subscribed != NULL)
    pa_operation_unref (subscribed);
  if (asked != NULL)
    pa_operation_unref (asked);
}

static void
drop (TrkMicrophone *microphone)
{
  microphone->reading = microphone->again = FALSE;
  if (microphone->context == NULL)
    return;
  pa_context_set_state_callback (microphone->context, NULL, NULL);
  pa_context_set_subscribe_callback (microphone->context, NULL, NULL);
  pa_context_disconnect (microphone->context);
  g_clear_pointer (&microphone->context, pa_context_unref);
}

static void
lose (TrkMicrophone *microphone)
{
  int number =
      microphone->context != NULL ? pa_context_errno (microphone->context) : PA_ERR_INTERNAL;
  g_autofree char *why = g_strdup_printf ("no sound server (%s)", pa_strerror (number));

  drop (microphone);
  tell (microphone, TRK_CAPTURE_BLIND, why);
  trk_comeback_lost (microphone->comeback);
}

static void
on_state (pa_context *context, void *data)
{
  switch (pa_context_get_state (context))
    {
    case PA_CONTEXT_READY:
      follow (data);
      break;
    case PA_CONTEXT_FAILED:
    case PA_CONTEXT_TERMINATED:
      lose (data);
      break;
    case PA_CONTEXT_UNCONNECTED:
    case PA_CONTEXT_CONNECTING:
    case PA_CONTEXT_AUTHORIZING:
    case PA_CONTEXT_SETTING_NAME:
      break;
    }
}

/* Where no runtime folder is, libpulse makes one in the user's configuration to look for a server
 * in: when there was none before, no server of the user's can be there. */
static gboolean
leaves_nothing (void)
{
  static const char *const told[] = { "XDG_RUNTIME_DIR", "PULSE_RUNTIME_PATH", "PULSE_SERVER" };
  g_autofree char *folder = g_build_filename (g_get_user_config_dir (), "pulse", NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (told); i++)
    if (g_getenv (told[i]) != NULL)
      return TRUE;
  return g_file_test (folder, G_FILE_TEST_IS_DIR);
}

/* A server that does not run is not started by us. */
static void
try_to_connect (gpointer data)
{
  TrkMicrophone *microphone = data;

  drop (microphone);
  if (!leaves_nothing ())
    {
      tell (microphone, TRK_CAPTURE_BLIND, "no sound server (no XDG_RUNTIME_DIR)");
      return;
    }
  microphone->context = pa_context_new (pa_glib_mainloop_get_api (microphone->loop), "trackerd");
  pa_context_set_state_callback (microphone->context, on_state, microphone);
  if (pa_context_connect (microphone->context, NULL, PA_CONTEXT_NOAUTOSPAWN, NULL) < 0
      && microphone->context != NULL)
    lose (microphone);
}

TrkMicrophone *
trk_microphone_new (TrkCaptureTold told, gpointer data)
{
  TrkMicrophone *microphone = g_new0 (TrkMicrophone, 1);
  g_autofree char *socket = g_build_filename (g_get_user_runtime_dir (), "pulse", "native", NULL);

  microphone->told = told;
  microphone->data = data;
  microphone->loop = pa_glib_mainloop_new (NULL);
  microphone->comeback = trk_comeback_new (socket, try_to_connect, microphone);
  microphone->monitors = g_hash_table_new (NULL, NULL);
  try_to_connect (microphone);
  return microphone;
}

void
trk_microphone_free (TrkMicrophone *microphone)
{
  if (microphone == NULL)
    return;
  drop (microphone);
  trk_comeback_free (microphone->comeback);
  pa_glib_mainloop_free (microphone->loop);
  g_hash_table_unref (microphone->monitors);
  g_free (microphone->server);
  g_free (microphone->user);
  g_free (microphone);
}
