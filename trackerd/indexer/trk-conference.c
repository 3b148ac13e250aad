/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-conference.h"

#include "trk-about.h"

#include <string.h>

enum
{
  MAX_ADDRESS = 2000 /* bytes */
};

/* The http(s) address that begins at @start, as far as it goes in running text, its scheme in small
 * letters whatever the text has; NULL: none. */
static char *
address_at (const char *start)
{
  char *address;
  gsize n = 0;

  if (g_ascii_strncasecmp (start, "https://", 8) != 0
      && g_ascii_strncasecmp (start, "http://", 7) != 0)
    return NULL;
  while (n <= MAX_ADDRESS && g_ascii_isgraph (start[n])
         && strchr ("<>\"'`{}|\\^", start[n]) == NULL)
    n++;
  while (n > 0 && strchr (".,;:!?)]", start[n - 1]) != NULL)
    n--;
  if (n <= strlen ("https://") || n > MAX_ADDRESS)
    return NULL;
  address = g_strndup (start, n);
  for (char *p = address; *p != ':'; p++)
    *p = g_ascii_tolower (*p);
  return address;
}

/* Is @host @domain, or within it? */
static gboolean
is_within (const char *host, const char *domain)
{
  gsize n = strlen (host), m = strlen (domain);

  return n >= m && g_ascii_strcasecmp (host + n - m, domain) == 0
         && (n == m || host[n - m - 1] == '.');
}

/* Outlook's protection puts an address of its own around those of a text: the address within, or
 * @url itself. Takes @url; owned by the caller. */
static char *
unwrap (char *url)
{
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_PARSE_RELAXED, NULL);
  g_autoptr (GHashTable) words = NULL;
  const char *inner;
  char *address;

  if (uri == NULL || g_uri_get_host (uri) == NULL || g_uri_get_query (uri) == NULL
      || !is_within (g_uri_get_host (uri), "safelinks.protection.outlook.com"))
    return url;
  words = g_uri_parse_params (g_uri_get_query (uri), -1, "&", G_URI_PARAMS_NONE, NULL);
  inner = words != NULL ? g_hash_table_lookup (words, "url") : NULL;
  address = inner != NULL ? address_at (inner) : NULL;
  if (address == NULL)
    return url;
  g_free (url);
  return address;
}

static gboolean
is_conference_host (const char *url)
{
  static const char *const hosts[] = { "zoom.us",
                                       "zoom.com",
                                       "zoomgov.com",
                                       "meet.google.com",
                                       "teams.microsoft.com",
                                       "teams.live.com",
                                       "webex.com",
                                       "whereby.com",
                                       "meet.jit.si",
                                       "gotomeeting.com",
                                       "chime.aws",
                                       "bluejeans.com",
                                       "skype.com",
                                       "8x8.vc",
                                       "meet.goto.com",
                                       "around.co",
                                       "facetime.apple.com",
                                       "teams.microsoft.us",
                                       "teams.cloud.microsoft",
                                       "meet.lync.com",
                                       "dialpad.com",
                                       "gather.town",
                                       "discord.gg",
                                       NULL };
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_PARSE_RELAXED, NULL);
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;

  for (guint i = 0; host != NULL && hosts[i] != NULL; i++)
    if (is_within (host, hosts[i]))
      return TRUE;
  /* self-hosted: "meet.example.org", "jitsi.…", "bbb.…" */
  return host != NULL
         && (g_str_has_prefix (host, "meet.") || g_str_has_prefix (host, "jitsi.")
             || g_str_has_prefix (host, "bbb.") || g_str_has_prefix (host, "conference."));
}

/* The first conference address in running text. */
static char *
find_in_text (const char *words)
{
  for (const char *p = words; p != NULL && (p = strcasestr (p, "http")) != NULL; p += 4)
    {
      char *address = address_at (p);
      g_autofree char *url = address != NULL ? unwrap (address) : NULL;

      if (url != NULL && is_conference_host (url))
        return g_steal_pointer (&url);
    }
  return NULL;
}

/* The same in the first line of @name; in HTML an address has its "&" as "&amp;". */
static char *
find_in_line (const TrkComponent *component, const char *name)
{
  g_autofree char *words = trk_about_text (trk_component_line (component, name));
  g_autoptr (GString) plain = NULL;

  if (words == NULL)
    return NULL;
  plain = g_string_new (words);
  if (g_str_equal (name, "X-ALT-DESC"))
    g_string_replace (plain, "&amp;", "&", 0);
  return find_in_text (plain->str);
}

/* The properties that name a conference and nothing else, best first. */
static char *
find_named (const TrkComponent *component)
{
  static const char *const names[] = { "CONFERENCE", "X-GOOGLE-CONFERENCE",
                                       "X-MICROSOFT-SKYPETEAMSMEETINGURL",
                                       "X-MICROSOFT-ONLINEMEETINGCONFLINK", NULL };

  for (guint n = 0; names[n] != NULL; n++)
    for (guint i = 0; i < component->lines->len; i++)
      {
        const TrkContentLine *line = g_ptr_array_index (component->lines, i);
        char *url = g_str_equal (line->name, names[n]) ? address_at (line->value) : NULL;

        if (url != NULL)
          return unwrap (url);
      }
  return NULL;
}

char *
trk_conference_find (const TrkComponent *component)
{
  static const char *const lines[] = { "LOCATION", "URL", "DESCRIPTION", "X-ALT-DESC", NULL };
  char *url = find_named (component);

  for (guint i = 0; url == NULL && lines[i] != NULL; i++)
    url = find_in_line (component, lines[i]);
  return url;
}
