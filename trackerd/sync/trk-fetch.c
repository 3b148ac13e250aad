/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-fetch.h"

#include "trk-build.h"
#include "trk-error.h"
#include "trk-fetch-answer.h"
#include "trk-password.h"
#include "trk-paths.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

enum
{
  MAX_REDIRECTS = 5,
  SILENCE = 20, /* seconds without a byte */
  CHUNK = 64 * 1024
};

typedef struct
{
  TrkFetchRequest request;
  TrkFetchResult *result; /* borrowed from the caller */
  SoupSession *session;   /* one for each fetch: no connection, login or trust is shared (owned) */
  SoupMessage *message;   /* of the present hop (owned) */
  GUri *origin;           /* where the user sent us, (owned) */
  GInputStream *body;     /* (owned) (nullable) */
  guint redirects;
  gboolean asked; /* whether what we have is still the newest */
} Fetch;

static void send_to (GTask *task, GUri *uri);

static void
fetch_free (gpointer data)
{
  Fetch *fetch = data;

  g_clear_object (&fetch->body);
  g_clear_object (&fetch->message);
  soup_session_abort (fetch->session);
  g_clear_object (&fetch->session);
  g_clear_pointer (&fetch->origin, g_uri_unref);
  g_free (fetch);
}

void
trk_fetch_result_free (TrkFetchResult *result)
{
  if (result == NULL)
    return;
  g_free (result->from);
  g_free (result->etag);
  g_free (result->last_modified);
  g_free (result);
}

static gboolean
is_offline (const GError *error)
{
  return error->domain == G_RESOLVER_ERROR
         || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NETWORK_UNREACHABLE)
         || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_HOST_UNREACHABLE);
}

static void
end_with (GTask *task, GError *failure)
{
  Fetch *fetch = g_task_get_task_data (task);
  g_autoptr (GError) error = failure;

  fetch->result->offline = is_offline (error);
  g_task_return_error (task, trk_fetch_answer_error (fetch->message, fetch->request.deadline,
                                                     fetch->request.patience, error));
  g_object_unref (task);
}

static void
end_well (GTask *task)
{
  g_task_return_boolean (task, TRUE);
  g_object_unref (task);
}

/* -- The body ---------------------------------------------------------------------------------- */

static void
on_bytes (GObject *source, GAsyncResult *async, gpointer data)
{
  g_autoptr (GError) error = NULL;
  GTask *task = data;
  Fetch *fetch = g_task_get_task_data (task);
  g_autoptr (GBytes) bytes = g_input_stream_read_bytes_finish (fetch->body, async, &error);
  gsize length = 0;
  const void *start = bytes != NULL ? g_bytes_get_data (bytes, &length) : NULL;

  if (bytes == NULL
      || (length > 0 && !trk_subscription_copy_append (fetch->request.copy, start, length, &error)))
    end_with (task, g_steal_pointer (&error));
  else if (length > 0)
    g_input_stream_read_bytes_async (fetch->body, CHUNK, G_PRIORITY_DEFAULT,
                                     fetch->request.deadline, on_bytes, task);
  else if (trk_fetch_answer_is_whole (fetch->message, &error))
    end_well (task);
  else
    end_with (task, g_steal_pointer (&error));
}

/* -- The answer -------------------------------------------------------------------------------- */

static void
follow (GTask *task)
{
  Fetch *fetch = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GUri) next = NULL;

  if (++fetch->redirects > MAX_REDIRECTS)
    g_set_error (&error, TRK_ERROR, TRK_ERROR_INVALID,
                 "the server sends us from one address to the next, more than %d times",
                 MAX_REDIRECTS);
  else
    next = trk_fetch_answer_location (fetch->message, &error);
  if (next == NULL)
    end_with (task, g_steal_pointer (&error));
  else
    send_to (task, next);
}

static void
on_answer (GObject *source, GAsyncResult *async, gpointer data)
{
  g_autoptr (GError) error = NULL;
  GTask *task = data;
  Fetch *fetch = g_task_get_task_data (task);

  g_clear_object (&fetch->body);
  fetch->body = soup_session_send_finish (fetch->session, async, &error);
  if (fetch->body == NULL)
    end_with (task, g_steal_pointer (&error));
  else if (trk_fetch_answer_is_redirect (fetch->message))
    follow (task);
  else if (!trk_fetch_answer_check (fetch->message, fetch->asked, fetch->result, &error))
    end_with (task, g_steal_pointer (&error));
  else if (fetch->result->unchanged)
    end_well (task);
  else
    g_input_stream_read_bytes_async (fetch->body, CHUNK, G_PRIORITY_DEFAULT,
                                     fetch->request.deadline, on_bytes, task);
}

/* -- The question ------------------------------------------------------------------------------ */

static gboolean
is_same_origin (GUri *a, GUri *b)
{
  return g_str_equal (g_uri_get_scheme (a), g_uri_get_scheme (b))
         && g_ascii_strcasecmp (g_uri_get_host (a), g_uri_get_host (b)) == 0
         && g_uri_get_port (a) == g_uri_get_port (b);
}

/* For Basic libsoup turns UTF-8 into Latin-1, which is not what servers expect (RFC 7617 2.1): each
 * byte is handed over as the sign that becomes this byte. */
static void
log_in (SoupAuth *auth, const char *user, const char *password)
{
  gboolean basic = g_ascii_strcasecmp (soup_auth_get_scheme_name (auth), "Basic") == 0;
  char *user_bytes = basic ? g_convert (user, -1, "UTF-8", "ISO-8859-1", NULL, NULL, NULL) : NULL;
  char *bytes = basic ? g_convert (password, -1, "UTF-8", "ISO-8859-1", NULL, NULL, NULL) : NULL;

  soup_auth_authenticate (auth, user_bytes != NULL ? user_bytes : user,
                          bytes != NULL ? bytes : password);
  trk_password_free (user_bytes);
  trk_password_free (bytes);
}

/* A redirect must not carry the password to another server, nor a proxy get it. */
static gboolean
on_login_wanted (SoupMessage *message, SoupAuth *auth, gboolean retrying, gpointer data)
{
  Fetch *fetch = data;

  if (retrying || soup_auth_is_for_proxy (auth) || fetch->request.user == NULL
      || fetch->request.password == NULL
      || !is_same_origin (soup_message_get_uri (message), fetch->origin))
    return FALSE;
  log_in (auth, fetch->request.user, fetch->request.password);
  return TRUE;
}

/* An address may be a secret, and its hash tells as well which one it was. */
static char *
hash_of (GUri *uri)
{
  g_autofree char *address = g_uri_to_string (uri);

  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, address, -1);
}

/* What one address said of its calendar says nothing about another's: a redirect may lead elsewhere
 * than it did, and what is there now may be older, or have the same tag. */
static void
set_condition (Fetch *fetch, SoupMessageHeaders *headers)
{
  const TrkFetchRequest *request = &fetch->request;
  gboolean same = g_strcmp0 (fetch->result->from, request->from) == 0;

  fetch->asked = same && (request->etag != NULL || request->last_modified != NULL);
  if (same && request->etag != NULL)
    soup_message_headers_replace (headers, "If-None-Match", request->etag);
  if (same && request->last_modified != NULL)
    soup_message_headers_replace (headers, "If-Modified-Since", request->last_modified);
}

static void
send_to (GTask *task, GUri *uri)
{
  Fetch *fetch = g_task_get_task_data (task);
  SoupMessageHeaders *headers;

  g_free (fetch->result->from);
  fetch->result->from = hash_of (uri);
  g_clear_object (&fetch->message);
  fetch->message = soup_message_new_from_uri (SOUP_METHOD_GET, uri);
  soup_message_add_flags (fetch->message, SOUP_MESSAGE_NO_REDIRECT | SOUP_MESSAGE_COLLECT_METRICS);
  headers = soup_message_get_request_headers (fetch->message);
  soup_message_headers_replace (headers, "Accept", "text/calendar, */*;q=0.5");
  set_condition (fetch, headers);
  g_signal_connect (fetch->message, "authenticate", G_CALLBACK (on_login_wanted), fetch);
  soup_session_send_async (fetch->session, fetch->message, G_PRIORITY_DEFAULT,
                           fetch->request.deadline, on_answer, task);
}

/* Of a file that is not there the TLS library says that it could not be read. */
static void
set_untrusted (const char *ca_file, const GError *failure, GError **error)
{
  g_autofree char *shown = trk_path_display (ca_file);

  if (g_access (ca_file, R_OK) != 0)
    g_set_error (error, TRK_ERROR, TRK_ERROR_INVALID, "cannot read the CA file %s: %s", shown,
                 g_strerror (errno));
  else
    g_set_error (error, TRK_ERROR, TRK_ERROR_INVALID,
                 "cannot read the CA file %s as certificates (PEM): %s", shown, failure->message);
}

static gboolean
trust (SoupSession *session, const char *ca_file, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (GTlsDatabase) database =
      ca_file != NULL ? g_tls_file_database_new (ca_file, &failure) : NULL;

  if (ca_file == NULL)
    return TRUE;
  if (database == NULL)
    {
      set_untrusted (ca_file, failure, error);
      return FALSE;
    }
  soup_session_set_tls_database (session, database);
  return TRUE;
}

/* Plain http is for a server on this machine; by a proxy it would leave it. */
static void
stay_here (SoupSession *session)
{
  g_autoptr (GProxyResolver) direct = g_simple_proxy_resolver_new ("direct://", NULL);

  soup_session_set_proxy_resolver (session, direct);
}

static Fetch *
fetch_new (const TrkFetchRequest *request, TrkFetchResult *result)
{
  Fetch *fetch = g_new0 (Fetch, 1);

  fetch->request = *request;
  fetch->result = result;
  fetch->session = soup_session_new_with_options ("timeout", SILENCE, "user-agent",
                                                  "trackerd/" TRK_VERSION, NULL);
  fetch->origin = g_uri_parse (request->url, SOUP_HTTP_URI_FLAGS, NULL);
  if (g_str_equal (g_uri_get_scheme (fetch->origin), "http"))
    stay_here (fetch->session);
  return fetch;
}

void
trk_fetch_start (const TrkFetchRequest *request,
                 TrkFetchResult *result,
                 GAsyncReadyCallback ready,
                 gpointer data)
{
  GTask *task = g_task_new (NULL, NULL, ready, data);
  Fetch *fetch = fetch_new (request, result);
  GError *error = NULL;

  g_task_set_task_data (task, fetch, fetch_free);
  if (trust (fetch->session, request->ca_file, &error))
    send_to (task, fetch->origin);
  else
    end_with (task, error);
}

gboolean
trk_fetch_finish (GAsyncResult *async, GError **error)
{
  return g_task_propagate_boolean (G_TASK (async), error);
}
