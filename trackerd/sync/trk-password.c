/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-password.h"

#include "trk-calendar-url.h"
#include "trk-error.h"
#include "trk-paths.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#if TRK_HAVE_LIBSECRET
#include <libsecret/secret.h>
#endif

enum
{
  MAX_PASSWORD = 1024
};

void
trk_password_free (char *password)
{
  if (password != NULL)
    explicit_bzero (password, strlen (password));
  g_free (password);
}

/* -- A file ------------------------------------------------------------------------------------ */

static char *
refuse_file (const char *path, const char *why, GError **error)
{
  g_autofree char *shown = trk_path_display (path);

  g_set_error (error, TRK_ERROR, TRK_ERROR_FAILED, "the password file %s %s", shown, why);
  return NULL;
}

static char *
refuse_unopened (const char *path, int reason, GError **error)
{
  g_autofree char *why = g_strdup_printf ("cannot be opened: %s", g_strerror (reason));

  return refuse_file (path, why, error);
}

/* A file of ours that nobody else can read or change. */
static const char *
distrust (int fd)
{
  struct stat status;

  if (fstat (fd, &status) != 0 || !S_ISREG (status.st_mode))
    return "is no file";
  if (status.st_uid != geteuid ())
    return "belongs to somebody else";
  return (status.st_mode & 0077) != 0 ? "can be read by others: chmod 600" : NULL;
}

/* Its first line. */
static char *
read_file (const char *path, GError **error)
{
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  const char *why = fd >= 0 ? distrust (fd) : NULL;
  char text[MAX_PASSWORD + 1] = "";
  ssize_t n = fd >= 0 && why == NULL ? read (fd, text, MAX_PASSWORD) : 0;
  char *password;

  if (fd < 0)
    return refuse_unopened (path, errno, error);
  close (fd);
  if (why != NULL)
    return refuse_file (path, why, error);
  text[MAX (n, 0)] = '\0';
  text[strcspn (text, "\r\n")] = '\0';
  password = *text != '\0' ? g_strdup (text) : refuse_file (path, "is empty", error);
  explicit_bzero (text, sizeof text);
  return password;
}

/* -- The secret store -------------------------------------------------------------------------- */

#if TRK_HAVE_LIBSECRET

/* The names of secret-tool: application, host, user. */
static const SecretSchema schema = {
  "org.trackerd.Subscription",
  SECRET_SCHEMA_DONT_MATCH_NAME,
  { { "application", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { "host", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { "user", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { NULL, 0 } },
};

static GHashTable *
attributes_of (const TrkCalendar *calendar)
{
  GHashTable *attributes = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);

  g_hash_table_insert (attributes, (gpointer) "application", g_strdup ("trackerd"));
  g_hash_table_insert (attributes, (gpointer) "host", trk_calendar_url_host (calendar->url));
  g_hash_table_insert (attributes, (gpointer) "user", g_strdup (calendar->user));
  return attributes;
}

static void
no_store (GError **error, const char *why)
{
  g_set_error (error, TRK_ERROR, TRK_ERROR_FAILED,
               "the secret store cannot be used: %s; a password can also stand in a file that only "
               "you can read: tracker calendar add --password-file FILE",
               why);
}

static char *
secret_of (GList *items)
{
  SecretValue *value = items != NULL ? secret_item_get_secret (items->data) : NULL;
  const char *text = value != NULL ? secret_value_get_text (value) : NULL;
  char *password = g_strdup (text);

  if (value != NULL)
    secret_value_unref (value);
  return password;
}

static char *
search (const TrkCalendar *calendar, gboolean may_ask, GError **error)
{
  g_autoptr (GHashTable) attributes = attributes_of (calendar);
  SecretSearchFlags flags = SECRET_SEARCH_LOAD_SECRETS | (may_ask ? SECRET_SEARCH_UNLOCK : 0);
  g_autoptr (GError) failure = NULL;
  GList *items = secret_service_search_sync (NULL, &schema, attributes, flags, NULL, &failure);
  g_autofree char *shown = trk_calendar_url_display (calendar->url);
  char *password = secret_of (items);

  if (failure != NULL)
    no_store (error, failure->message);
  else if (items == NULL)
    g_set_error (error, TRK_ERROR, TRK_ERROR_FAILED,
                 "the secret store holds no password of %s for %s; add the calendar again, or: "
                 "secret-tool store --label trackerd application trackerd host HOST user %s",
                 calendar->user, shown, calendar->user);
  else if (password == NULL)
    no_store (error, "it is locked");
  g_list_free_full (items, g_object_unref);
  return password;
}

gboolean
trk_password_store (const TrkCalendar *calendar, const char *password, GError **error)
{
  g_autoptr (GHashTable) attributes = attributes_of (calendar);
  g_autofree char *host = trk_calendar_url_host (calendar->url);
  g_autofree char *label = g_strdup_printf ("trackerd: %s at %s", calendar->user, host);
  g_autoptr (GError) failure = NULL;

  if (secret_password_storev_sync (&schema, attributes, SECRET_COLLECTION_DEFAULT, label, password,
                                   NULL, &failure))
    return TRUE;
  no_store (error, failure != NULL ? failure->message : "it was not unlocked");
  return FALSE;
}

#else

static gboolean
no_store (GError **error)
{
  g_set_error (
      error, TRK_ERROR, TRK_ERROR_FAILED,
      "this trackerd was built without the secret store (libsecret); put the password into "
      "a file that only you can read: tracker calendar add --password-file FILE");
  return FALSE;
}

static char *
search (const TrkCalendar *calendar, gboolean may_ask, GError **error)
{
  no_store (error);
  return NULL;
}

gboolean
trk_password_store (const TrkCalendar *calendar, const char *password, GError **error)
{
  return no_store (error);
}

#endif

char *
trk_password_find (const TrkCalendar *calendar, gboolean may_ask, GError **error)
{
  if (calendar->password_file != NULL)
    return read_file (calendar->password_file, error);
  return search (calendar, may_ask, error);
}
