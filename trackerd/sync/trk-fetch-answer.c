/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-fetch-answer.h"

#include "trk-calendar-url.h"
#include "trk-error.h"

#include <string.h>

#define CUT "the connection was cut before the end"

enum
{
  MAX_VALIDATOR = 1024,   /* bytes of an ETag or date that are worth keeping */
  TOO_MANY_REQUESTS = 429 /* RFC 6585 4 */
};

/* -- Redirects --------------------------------------------------------------------------------- */

gboolean
trk_fetch_answer_is_redirect (SoupMessage *message)
{
  switch (soup_message_get_status (message))
    {
    case SOUP_STATUS_MOVED_PERMANENTLY:
    case SOUP_STATUS_FOUND:
    case SOUP_STATUS_SEE_OTHER:
    case SOUP_STATUS_TEMPORARY_REDIRECT:
    case SOUP_STATUS_PERMANENT_REDIRECT:
      return TRUE;
    default:
      return FALSE;
    }
}

/* From plain http on this machine to plain http on it. */
static gboolean
stays_here (SoupMessage *message, GUri *next)
{
  return g_str_equal (g_uri_get_scheme (soup_message_get_uri (message)), "http")
         && g_str_equal (g_uri_get_scheme (next), "http")
         && trk_calendar_url_is_here (g_uri_get_host (next));
}

GUri *
trk_fetch_answer_location (SoupMessage *message, GError **error)
{
  const char *location =
      soup_message_headers_get_one (soup_message_get_response_headers (message), "Location");
  g_autoptr (GUri) uri = location != NULL ? g_uri_parse_relative (
                             soup_message_get_uri (message), location, SOUP_HTTP_URI_FLAGS, NULL)
                                          : NULL;
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;

  if (host != NULL && trk_calendar_url_is_host (host) && g_uri_get_userinfo (uri) == NULL
      && (g_str_equal (g_uri_get_scheme (uri), "https") || stays_here (message, uri)))
    return g_steal_pointer (&uri);
  if (uri != NULL && g_str_equal (g_uri_get_scheme (uri), "http"))
    g_set_error (error, TRK_ERROR, TRK_ERROR_INVALID,
                 "the server sends us on to plain http, where anybody could listen");
  else
    g_set_error (error, TRK_ERROR, TRK_ERROR_INVALID,
                 "the server sends us on to something that is no https address");
  return NULL;
}

/* -- Status and validators --------------------------------------------------------------------- */

/* A header that is worth sending back: short and visible. */
static char *
validator (SoupMessage *message, const char *name)
{
  const char *text =
      soup_message_headers_get_one (soup_message_get_response_headers (message), name);

  if (text == NULL || *text == '\0' || strlen (text) > MAX_VALIDATOR)
    return NULL;
  for (const char *p = text; *p != '\0'; p++)
    if (!g_ascii_isprint (*p))
      return NULL;
  return g_strdup (text);
}

/* @asked: with what an answer of before has left, so that there was one. */
static const char *
advice (guint status, gboolean asked)
{
  switch (status)
    {
    case SOUP_STATUS_UNAUTHORIZED:
      return ": it wants a user and a password, or others; see tracker calendar add --user";
    case SOUP_STATUS_FORBIDDEN:
      return ": it does not let us read this; was the address shared and is it the secret one?";
    case SOUP_STATUS_NOT_FOUND:
      return asked ? ": there is no calendar at this address any more"
                   : ": there is no calendar at this address";
    case SOUP_STATUS_GONE:
      return ": there is no calendar at this address any more";
    case SOUP_STATUS_PROXY_AUTHENTICATION_REQUIRED:
      return ": the proxy wants a password";
    case TOO_MANY_REQUESTS:
      return ": we ask too often";
    default:
      return status >= 500 ? ": it is in trouble itself" : "";
    }
}

/* A date that the server names, by its own clock; NULL: none that is one. */
static GDateTime *
server_time (SoupMessageHeaders *headers, const char *name)
{
  const char *text = soup_message_headers_get_one (headers, name);

  return text != NULL ? soup_date_time_new_from_http_string (text) : NULL;
}

/* A number of seconds, of more than can be counted as many as can; FALSE: @text is none. */
static gboolean
read_seconds (const char *text, TrkDuration *length)
{
  g_autoptr (GError) error = NULL;
  guint64 seconds = G_MAXUINT32;

  if (!g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT32, &seconds, &error)
      && !g_error_matches (error, G_NUMBER_PARSER_ERROR, G_NUMBER_PARSER_ERROR_OUT_OF_BOUNDS))
    return FALSE;
  *length = (TrkDuration) seconds * TRK_SECOND;
  return TRUE;
}

/* Retry-After (RFC 9110 10.2.3), however long: in seconds, or as a date, of which only the distance
 * from the answer's own Date counts, since both clocks may be wrong. */
static TrkDuration
retry_after (SoupMessage *message)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (message);
  const char *text = soup_message_headers_get_one (headers, "Retry-After");
  g_autoptr (GDateTime) then = server_time (headers, "Retry-After");
  g_autoptr (GDateTime) now = server_time (headers, "Date");
  TrkDuration length;

  if (text != NULL && read_seconds (text, &length))
    return length;
  return then != NULL && now != NULL
             ? g_date_time_difference (then, now) / G_TIME_SPAN_SECOND * TRK_SECOND
             : 0;
}

gboolean
trk_fetch_answer_check (SoupMessage *message,
                        gboolean asked,
                        TrkFetchResult *result,
                        GError **error)
{
  guint status = soup_message_get_status (message);

  if (status == SOUP_STATUS_OK || (status == SOUP_STATUS_NOT_MODIFIED && asked))
    {
      result->unchanged = status == SOUP_STATUS_NOT_MODIFIED;
      result->etag = validator (message, "ETag");
      result->last_modified = validator (message, "Last-Modified");
      return TRUE;
    }
  result->retry_after = retry_after (message);
  g_set_error (error, TRK_ERROR, TRK_ERROR_FAILED, "the server answered %u%s", status,
               advice (status, asked));
  return FALSE;
}

/* -- The end ----------------------------------------------------------------------------------- */

gboolean
trk_fetch_answer_is_whole (SoupMessage *message, GError **error)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (message);
  SoupMessageMetrics *metrics = soup_message_get_metrics (message);

  /* In HTTP/2 the end is a flag of the last frame, and nghttp2 compares the length. */
  if (soup_message_get_http_version (message) >= SOUP_HTTP_2_0
      || soup_message_headers_get_encoding (headers) != SOUP_ENCODING_CONTENT_LENGTH
      || soup_message_metrics_get_response_body_bytes_received (metrics)
             == (guint64) soup_message_headers_get_content_length (headers))
    return TRUE;
  g_set_error (error, TRK_ERROR, TRK_ERROR_FAILED, CUT);
  return FALSE;
}

/* -- What went wrong --------------------------------------------------------------------------- */

static const char *
distrust (GTlsCertificateFlags flags)
{
  if (flags & G_TLS_CERTIFICATE_UNKNOWN_CA)
    return "nobody that we trust has signed it (a private authority: --ca-file FILE.pem)";
  if (flags & G_TLS_CERTIFICATE_BAD_IDENTITY)
    return "it belongs to another host";
  if (flags & G_TLS_CERTIFICATE_EXPIRED)
    return "it has expired";
  if (flags & G_TLS_CERTIFICATE_NOT_ACTIVATED)
    return "it does not hold yet; is the clock right?";
  return flags & G_TLS_CERTIFICATE_REVOKED ? "it was revoked" : "it is not good";
}

static GError *
from_tls (SoupMessage *message, const GError *failure)
{
  GTlsCertificateFlags flags =
      message != NULL ? soup_message_get_tls_peer_certificate_errors (message) : 0;

  if (failure->code == G_TLS_ERROR_BAD_CERTIFICATE)
    return g_error_new (TRK_ERROR, TRK_ERROR_FAILED, "the server's certificate is refused: %s",
                        distrust (flags));
  return g_error_new (TRK_ERROR, TRK_ERROR_FAILED, "no safe connection to the server: %s",
                      failure->message);
}

GError *
trk_fetch_answer_error (SoupMessage *message,
                        GCancellable *cancellable,
                        guint patience,
                        const GError *failure)
{
  if (failure->domain == TRK_ERROR)
    return g_error_copy (failure);
  if (g_cancellable_is_cancelled (cancellable))
    return g_error_new (TRK_ERROR, TRK_ERROR_FAILED, "it was not all there after %u s", patience);
  if (failure->domain == G_TLS_ERROR)
    return from_tls (message, failure);
  if (g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT))
    return g_error_new (TRK_ERROR, TRK_ERROR_FAILED, CUT);
  return g_error_new (TRK_ERROR, TRK_ERROR_FAILED, "%s", failure->message);
}
