/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-calendar-url.h"

#include "trk-error.h"
#include "trk-paths.h"
#include "trk-text.h"

#include <string.h>

enum
{
  MAX_URL = 4096,
  MAX_HOST = 255 /* RFC 1035 2.3.4 */
};

#define FLAGS                                                                                      \
  (G_URI_FLAGS_HAS_PASSWORD | G_URI_FLAGS_ENCODED_PATH | G_URI_FLAGS_ENCODED_QUERY                 \
   | G_URI_FLAGS_ENCODED_FRAGMENT | G_URI_FLAGS_SCHEME_NORMALIZE)

static gboolean
has_scheme (const char *text, const char *scheme)
{
  gsize length = strlen (scheme);

  return g_ascii_strncasecmp (text, scheme, length) == 0 && text[length] == ':';
}

gboolean
trk_calendar_url_is (const char *word)
{
  return strstr (word, "://") != NULL || has_scheme (word, "evolution")
         || has_scheme (word, "calcurse");
}

static char *
refuse (GError **error, const char *why)
{
  g_set_error (error, TRK_ERROR, TRK_ERROR_USAGE, "the address cannot be subscribed to: %s", why);
  return NULL;
}

static gboolean
is_plain (const char *text)
{
  for (const char *p = text; *p != '\0'; p++)
    if (*p <= ' ' || *p >= 0x7f) /* with char signed or not: ASCII that can be seen */
      return FALSE;
  return TRUE;
}

/* UIDs of Evolution are file names of its own; one of ours they never become. */
static char *
read_evolution (const char *text, GError **error)
{
  const char *uid = text + strlen ("evolution:");

  if (*uid == '\0' || !is_plain (uid) || *uid == '-')
    return refuse (error, "expected evolution:UID, as tracker init lists them");
  return g_strconcat ("evolution:", uid, NULL);
}

static char *
read_calcurse (const char *text, GError **error)
{
  const char *folder = text + strlen ("calcurse:");

  for (const char *p = folder; *p != '\0'; p++)
    if (g_ascii_iscntrl (*p))
      return refuse (error, "a control character in the folder's name");
  if (*folder != '\0' && !g_path_is_absolute (folder))
    return refuse (error, "expected calcurse: or calcurse:/absolute/folder");
  return g_strconcat ("calcurse:", folder, NULL);
}

gboolean
trk_calendar_url_is_here (const char *host)
{
  g_auto (GStrv) parts = g_strsplit (host, ".", -1);
  guint64 number;

  if (g_ascii_strcasecmp (host, "localhost") == 0 || g_str_equal (host, "::1"))
    return TRUE;
  if (g_strv_length (parts) != 4 || !g_str_equal (parts[0], "127"))
    return FALSE;
  for (guint i = 1; i < 4; i++)
    if (!g_ascii_string_to_unsigned (parts[i], 10, 0, 255, &number, NULL))
      return FALSE;
  return TRUE;
}

gboolean
trk_calendar_url_is_host (const char *host)
{
  gsize length = strlen (host);

  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isalnum (host[i]) && strchr ("-._~:%", host[i]) == NULL)
      return FALSE;
  return length > 0 && length <= MAX_HOST;
}

static char *
read_web (const char *text, const char *scheme, GError **error)
{
  g_autofree char *behind = g_strconcat (scheme, strchr (text, ':'), NULL);
  g_autoptr (GUri) uri = is_plain (text) ? g_uri_parse (behind, FLAGS, NULL) : NULL;

  if (uri == NULL || g_uri_get_host (uri) == NULL
      || !trk_calendar_url_is_host (g_uri_get_host (uri)))
    return refuse (error, "expected https://host/path, spaces and other signs written as %20");
  if (g_uri_get_userinfo (uri) != NULL)
    return refuse (error, "a user or password in it would be seen in process lists and logs; leave "
                          "it out and give --user NAME: the password is asked for");
  if (g_str_equal (scheme, "http") && !trk_calendar_url_is_here (g_uri_get_host (uri)))
    return refuse (error, "plain http can be read and changed on the way; try it with https:// "
                          "(http:// is for a server on this machine: localhost)");
  return g_uri_to_string_partial (uri, G_URI_HIDE_FRAGMENT);
}

char *
trk_calendar_url_read (const char *text, GError **error)
{
  if (strlen (text) > MAX_URL)
    return refuse (error, "it is longer than 4096 characters");
  if (has_scheme (text, "evolution"))
    return read_evolution (text, error);
  if (has_scheme (text, "calcurse"))
    return read_calcurse (text, error);
  if (has_scheme (text, "https") || has_scheme (text, "webcal") || has_scheme (text, "webcals"))
    return read_web (text, "https", error);
  if (has_scheme (text, "http"))
    return read_web (text, "http", error);
  return refuse (error, "expected https:// or webcal://");
}

TrkOrigin
trk_calendar_url_origin (const char *url)
{
  if (has_scheme (url, "evolution"))
    return TRK_ORIGIN_EVOLUTION;
  return has_scheme (url, "calcurse") ? TRK_ORIGIN_CALCURSE : TRK_ORIGIN_WEB;
}

char *
trk_calendar_url_host (const char *url)
{
  g_autoptr (GUri) uri =
      trk_calendar_url_origin (url) == TRK_ORIGIN_WEB ? g_uri_parse (url, FLAGS, NULL) : NULL;

  return uri != NULL ? g_strdup (g_uri_get_host (uri)) : NULL;
}

char *
trk_calendar_url_display (const char *url)
{
  g_autofree char *host = trk_calendar_url_host (url);
  const char *scheme = has_scheme (url, "http") ? "http://" : "https://";
  g_autofree char *whole = host != NULL ? g_strconcat (scheme, host, NULL) : g_strdup (url);

  return trk_text_line (whole, 100);
}

static char *
exports_folder (void)
{
  g_autofree char *cache = trk_path_cache_dir ();

  return g_build_filename (cache, "exports", NULL);
}

gboolean
trk_calendar_url_is_copy (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *fetched = trk_path_subscriptions ();
  g_autofree char *exported = exports_folder ();

  return g_str_equal (folder, fetched) || g_str_equal (folder, exported);
}

char *
trk_calendar_url_copy (const char *name, const char *url)
{
  g_autofree char *key = g_strconcat (name, "\n", url, NULL);
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, key, -1);
  g_autofree char *file = g_strdup_printf ("%.32s.ics", hash);
  g_autofree char *folder = trk_calendar_url_origin (url) == TRK_ORIGIN_WEB
                                ? trk_path_subscriptions ()
                                : exports_folder ();

  return g_build_filename (folder, file, NULL);
}

TrkDuration
trk_calendar_url_every (const TrkCalendar *calendar)
{
  if (calendar->every > 0)
    return calendar->every;
  return trk_calendar_url_origin (calendar->url) == TRK_ORIGIN_WEB ? TRK_HOUR : 5 * TRK_MINUTE;
}
