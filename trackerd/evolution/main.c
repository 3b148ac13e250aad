/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <libecal/libecal.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>

/* trackerd-evolution UID: prints the events of one calendar of Evolution Data Server as iCalendar.
 * trackerd-sync starts it and keeps what it prints. It is a program of its own because nothing else
 * should have to load what it needs. */

/* Not until an account is online: what the server has in its cache comes at once, and the next run
 * brings the rest. */
static const guint32 no_waiting = G_MAXUINT32;

/* The source that is a calendar of that UID. Owned by the caller. */
static ESource *
find_source (ESourceRegistry *registry, const char *uid, GError **error)
{
  g_autoptr (ESource) source = e_source_registry_ref_source (registry, uid);

  if (source != NULL && e_source_has_extension (source, E_SOURCE_EXTENSION_CALENDAR))
    return g_steal_pointer (&source);
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
               "Evolution has no calendar %s any more; see tracker init", uid);
  return NULL;
}

/* -- Time zones -------------------------------------------------------------------------------- */

typedef struct
{
  ECalClient *client;
  GHashTable *seen; /* TZIDs */
  GString *out;
} Zones;

static void
add_zone (ICalParameter *parameter, gpointer data)
{
  Zones *zones = data;
  const char *tzid = i_cal_parameter_get_tzid (parameter);
  ICalTimezone *zone = NULL;
  ICalComponent *component;
  g_autofree char *text = NULL;

  if (tzid == NULL || !g_hash_table_add (zones->seen, g_strdup (tzid))
      || !e_cal_client_get_timezone_sync (zones->client, tzid, &zone, NULL, NULL) || zone == NULL)
    return; /* one that is not known there either is the indexer's to tell */
  component = i_cal_timezone_get_component (zone); /* the zone is the client's */
  text = component != NULL ? i_cal_component_as_ical_string (component) : NULL;
  if (text != NULL)
    g_string_append (zones->out, text);
  g_clear_object (&component);
}

/* -- Printing ---------------------------------------------------------------------------------- */

static GString *
text_of (ECalClient *client, GSList *events)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GString *out = g_string_new ("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"
                               "PRODID:-//trackerd//Evolution Data Server//EN\r\n");
  Zones zones = { client, seen, out };

  for (GSList *item = events; item != NULL; item = item->next)
    i_cal_component_foreach_tzid (item->data, add_zone, &zones);
  for (GSList *item = events; item != NULL; item = item->next)
    {
      g_autofree char *text = i_cal_component_as_ical_string (item->data);

      g_string_append (out, text != NULL ? text : "");
    }
  return g_string_append (out, "END:VCALENDAR\r\n");
}

static gboolean
print (const char *text, gsize length, GError **error)
{
  if (fwrite (text, 1, length, stdout) == length && fflush (stdout) == 0)
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "cannot write");
  return FALSE;
}

static gboolean
print_calendar (const char *uid, GError **error)
{
  g_autoptr (ESourceRegistry) registry = e_source_registry_new_sync (NULL, error);
  g_autoptr (ESource) source = registry != NULL ? find_source (registry, uid, error) : NULL;
  g_autoptr (EClient) client = source != NULL ? e_cal_client_connect_sync (
                                   source, E_CAL_CLIENT_SOURCE_TYPE_EVENTS, no_waiting, NULL, error)
                                              : NULL;
  GSList *events = NULL;
  GString *text;
  gboolean done;

  if (client == NULL
      || !e_cal_client_get_object_list_sync (E_CAL_CLIENT (client), "#t", &events, NULL, error))
    return FALSE;
  text = text_of (E_CAL_CLIENT (client), events);
  done = print (text->str, text->len, error);
  g_string_free (text, TRUE);
  g_slist_free_full (events, g_object_unref);
  return done;
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;

  setlocale (LC_ALL, "");
  if (argc != 2 || *argv[1] == '-')
    {
      fputs ("usage: trackerd-evolution UID\n", stderr);
      return 2;
    }
  if (print_calendar (argv[1], &error))
    return 0;
  g_strdelimit (error->message, "\n", ' ');
  fprintf (stderr, "%s\n", error->message);
  return 1;
}
