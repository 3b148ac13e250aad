/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-calendar-url.h"
#include "trk-config-read.h"
#include "trk-error.h"
#include "trk-password.h"
#include "trk-paths.h"
#include "trk-sync.h"
#include "trk-system-clock.h"

#include <errno.h>
#include <gio/gio.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

/* trackerd-sync: the only program of ours that opens a connection to the network. It writes copies
 * of calendars and looks into none. A timer starts it; tracker calendar add and sync do too. */

enum
{
  PATIENCE = 120, /* seconds for each calendar */
  MAX_PATIENCE = 3600,
  INPUT_LIMIT = 64 * 1024,
  MAX_MEMORY_MB = 1024 /* of address space, of which much is only mapped */
};

#if defined(__SANITIZE_ADDRESS__)
#define UNDER_SANITIZER 1
#else
#define UNDER_SANITIZER 0
#endif

typedef struct
{
  gboolean now;
  gboolean from_input;
  gboolean keep_password;
  int patience;
  GStrv names; /* (owned) (nullable) */
} Options;

static gboolean
parse_options (int *argc, char ***argv, Options *options)
{
  const GOptionEntry entries[] = {
    { "now", 'n', 0, G_OPTION_ARG_NONE, &options->now,
      "Fetch the named calendars, or all, whether they are due or not", NULL },
    { "stdin", 0, 0, G_OPTION_ARG_NONE, &options->from_input,
      "Fetch the calendar whose section of trackerd.conf is on standard input; behind a NUL its "
      "password",
      NULL },
    { "keep-password", 0, 0, G_OPTION_ARG_NONE, &options->keep_password,
      "With --stdin: only put the password into the secret store", NULL },
    { "patience", 0, 0, G_OPTION_ARG_INT, &options->patience, "Seconds for each calendar (120)",
      "SECONDS" },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, &options->names, NULL, "NAME…" },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("- fetches subscribed calendars");
  g_autoptr (GError) error = NULL;

  g_option_context_add_main_entries (context, entries, NULL);
  g_option_context_set_description (context, "Without options it fetches what is due, as its timer "
                                             "wants it. The command for people is tracker calendar "
                                             "sync.");
  options->patience = PATIENCE;
  if (g_option_context_parse (context, argc, argv, &error) && options->patience > 0
      && options->patience <= MAX_PATIENCE)
    return TRUE;
  fprintf (stderr, "trackerd-sync: %s\n",
           error != NULL ? error->message : "--patience is a number from 1 to 3600");
  return FALSE;
}

/* -- Which calendars --------------------------------------------------------------------------- */

static GByteArray *
read_input (void)
{
  GByteArray *bytes = g_byte_array_new ();
  guint8 chunk[4096];
  ssize_t n;

  while (bytes->len < INPUT_LIMIT
         && ((n = read (STDIN_FILENO, chunk, sizeof chunk)) > 0 || (n < 0 && errno == EINTR)))
    if (n > 0)
      g_byte_array_append (bytes, chunk, (guint) n);
  g_byte_array_append (bytes, (const guint8 *) "\0", 2); /* so that both parts are strings */
  return bytes;
}

/* The section before the NUL as a configuration, and the password behind it (nullable). */
static TrkConfig *
config_of_input (char **password, GError **error)
{
  g_autoptr (GByteArray) input = read_input ();
  g_autofree char *file = trk_path_config_file ();
  const char *section = (const char *) input->data;
  gsize length = strlen (section);

  if (length + 2 < input->len && input->data[length + 1] != '\0')
    *password = g_strdup (section + length + 1);
  return trk_config_read (section, length, file, error);
}

static TrkConfig *
load_config (const Options *options, char **password, GError **error)
{
  g_autofree char *file = trk_path_config_file ();

  return options->from_input ? config_of_input (password, error) : trk_config_load (file, error);
}

/* The named ones, or all; those without an address are passed over, unless they were named. */
static GPtrArray *
choose (const TrkConfig *config, const Options *options, GError **error)
{
  g_autoptr (GPtrArray) chosen = g_ptr_array_new ();

  if (options->names == NULL)
    return g_ptr_array_ref (config->calendars);
  for (guint i = 0; options->names[i] != NULL; i++)
    {
      const TrkCalendar *calendar = trk_config_calendar (config, options->names[i]);

      if (calendar == NULL || calendar->url == NULL)
        {
          g_set_error (error, TRK_ERROR, TRK_ERROR_NOT_FOUND,
                       "there is no subscribed calendar '%s'. See: tracker calendar list",
                       options->names[i]);
          return NULL;
        }
      g_ptr_array_add (chosen, (gpointer) calendar);
    }
  return g_steal_pointer (&chosen);
}

/* -- Running ----------------------------------------------------------------------------------- */

static gboolean
keep_password (const TrkConfig *config, const char *password, GError **error)
{
  const TrkCalendar *calendar =
      config->calendars->len == 1 ? g_ptr_array_index (config->calendars, 0) : NULL;

  if (calendar != NULL && calendar->url != NULL && calendar->user != NULL && password != NULL
      && trk_calendar_url_origin (calendar->url) == TRK_ORIGIN_WEB)
    return trk_password_store (calendar, password, error);
  g_set_error (error, TRK_ERROR, TRK_ERROR_USAGE,
               "--keep-password needs one calendar with a user, and a password, on standard input");
  return FALSE;
}

static gboolean
sync_all (const TrkConfig *config, const Options *options, const char *password, GError **error)
{
  g_autoptr (GPtrArray) calendars = choose (config, options, error);
  g_autoptr (TrkClock) clock = trk_system_clock_new (FALSE);
  gboolean by_hand = options->now || options->from_input || options->names != NULL;
  TrkSyncRequest request = { .clock = clock,
                             .calendars = calendars,
                             .by_hand = by_hand,
                             .password = password,
                             .patience = (guint) options->patience,
                             .out = stdout };
  guint failed;

  if (calendars == NULL)
    return FALSE;
  failed = trk_sync_run (&request);
  if (failed == 0 || !by_hand) /* a timer tries again, and the state tells how it stands */
    return TRUE;
  g_set_error (error, TRK_ERROR, TRK_ERROR_FAILED, "%u of %u calendars could not be fetched",
               failed, calendars->len);
  return FALSE;
}

static gboolean
run (const Options *options, GError **error)
{
  char *password = NULL;
  g_autoptr (TrkConfig) config = load_config (options, &password, error);
  gboolean done = config != NULL
                  && (options->keep_password ? keep_password (config, password, error)
                                             : sync_all (config, options, password, error));

  trk_password_free (password);
  return done;
}

/* No core that holds a password, and an end to what a server could make us take. */
static void
limit (void)
{
  const struct rlimit none = { 0, 0 };
  const struct rlimit memory = { (rlim_t) MAX_MEMORY_MB << 20, (rlim_t) MAX_MEMORY_MB << 20 };

  setrlimit (RLIMIT_CORE, &none);
  if (!UNDER_SANITIZER) /* its shadow memory alone is terabytes */
    setrlimit (RLIMIT_AS, &memory);
}

/* libsoup 3.2 takes in all of an HTTP/2 body as fast as it comes, read or not, and does not notice
 * a connection that is cut in it. HTTP/1.1 every server speaks. */
static void
speak_http_1 (void)
{
  g_setenv ("SOUP_FORCE_HTTP1", "1", TRUE);
}

int
main (int argc, char **argv)
{
  Options options = { 0 };
  g_autoptr (GError) error = NULL;
  gboolean done;

  setlocale (LC_ALL, "");
  umask (0077);
  limit ();
  speak_http_1 ();
  if (!parse_options (&argc, &argv, &options))
    return 2;
  done = run (&options, &error);
  g_strfreev (options.names);
  if (done)
    return 0;
  fprintf (stderr, "trackerd-sync: %s\n", error->message);
  return trk_error_exit_status (error);
}
