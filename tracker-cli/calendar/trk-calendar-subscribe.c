/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-calendar-subscribe.h"

#include "trk-ask.h"
#include "trk-calendar-config.h"
#include "trk-calendar-edit.h"
#include "trk-calendar-url.h"
#include "trk-config-read.h"
#include "trk-duration.h"
#include "trk-error.h"
#include "trk-format.h"
#include "trk-parse.h"
#include "trk-paths.h"
#include "trk-subscription-state.h"
#include "trk-sync-program.h"
#include "trk-text.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

static const TrkDuration shortest = 5 * TRK_MINUTE; /* as the timer looks */

/* -- The words --------------------------------------------------------------------------------- */

/* The last word is where it is. */
static const char *
place_of (const TrkArgs *args)
{
  return trk_args_count (args) > 0 ? trk_args_word (args, trk_args_count (args) - 1) : "";
}

gboolean
trk_calendar_is_subscription (const TrkArgs *args)
{
  return g_str_equal (place_of (args), "-") || trk_calendar_url_is (place_of (args));
}

static char *
url_of_words (const TrkArgs *args, GError **error)
{
  g_autofree char *given = NULL;

  if (!g_str_equal (place_of (args), "-"))
    return trk_calendar_url_read (place_of (args), error);
  given = trk_ask_secret ("Address:", "an address", error);
  return given != NULL ? trk_calendar_url_read (given, error) : NULL;
}

/* A path in an address may be its secret, so that the name comes from the host. */
static char *
name_of (const TrkArgs *args, const char *url)
{
  char *host = trk_args_count (args) == 2 ? NULL : trk_calendar_url_host (url);

  if (trk_args_count (args) == 2)
    return g_strdup (trk_args_word (args, 0));
  if (host == NULL)
    return g_strndup (url, strcspn (url, ":"));
  return g_strdelimit (host, "[]/", '.'); /* an IPv6 address */
}

static gboolean
interval_of (const TrkArgs *args, TrkDuration *every, GError **error)
{
  const char *text = trk_args_option (args, "every");

  *every = 0;
  if (text == NULL)
    return TRUE;
  if (!trk_duration_parse (text, every, error))
    return FALSE;
  if (*every >= shortest)
    return TRUE;
  g_set_error (error, TRK_ERROR, TRK_ERROR_USAGE, "--every is at least 5m");
  return FALSE;
}

static char *
file_of (const TrkArgs *args, const char *option)
{
  const char *word = trk_args_option (args, option);

  return word != NULL ? trk_calendar_path (word) : NULL;
}

/* What a line of the configuration cannot hold. */
static gboolean
has_controls (const char *text)
{
  for (const char *p = text; p != NULL && *p != '\0'; p++)
    if (g_ascii_iscntrl (*p))
      return TRUE;
  return FALSE;
}

static gboolean
check_words (const TrkArgs *args, GError **error)
{
  static const char *const options[] = { "user", "password-file", "ca-file" };
  const char *wrong = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (options); i++)
    if (has_controls (trk_args_option (args, options[i])))
      wrong =
          "a line break or another control character cannot be part of --user or of a file's name";
  if (trk_args_count (args) > 2)
    wrong = "a calendar needs an address, and may have a name: tracker calendar add team https://…";
  else if (trk_args_option (args, "template") != NULL)
    wrong = "--template makes a calendar of its own: give it alone, or an address alone";
  else if (trk_args_option (args, "password-file") != NULL
           && trk_args_option (args, "user") == NULL)
    wrong = "--password-file needs --user NAME";
  else if (trk_args_option (args, "user") != NULL && *trk_args_option (args, "user") == '\0')
    wrong = "--user needs a name";
  else if (trk_args_has (args, "writable"))
    wrong = "--writable is for files: what is elsewhere is changed there";
  if (wrong != NULL)
    g_set_error (error, TRK_ERROR, TRK_ERROR_USAGE, "%s", wrong);
  return wrong == NULL;
}

static gboolean
is_name (const char *name, GError **error)
{
  g_autofree char *shown = trk_text_line (name, 40);

  if (trk_config_name_valid (name))
    return TRUE;
  g_set_error (error, TRK_ERROR, TRK_ERROR_USAGE,
               "'%s' cannot name a calendar: at most 64 characters, no / and no brackets", shown);
  return FALSE;
}

static TrkCalendar *
calendar_of_words (TrkSession *session, const TrkArgs *args, GError **error)
{
  const char *kind = trk_args_option (args, "kind");
  TrkKind its_kind = TRK_KIND_SHALLOW;
  TrkDuration every;
  g_autofree char *url = NULL;
  g_autofree char *name = NULL;
  TrkCalendar *calendar;

  if (!check_words (args, error) || !interval_of (args, &every, error)
      || (kind != NULL && !trk_parse_kind (kind, &its_kind, error))
      || (url = url_of_words (args, error)) == NULL)
    return NULL;
  name = name_of (args, url);
  if (!is_name (name, error) || !trk_calendar_name_is_free (session, name, error))
    return NULL;
  calendar = trk_calendar_new (name, NULL);
  calendar->path = trk_calendar_url_copy (name, url);
  calendar->url = g_steal_pointer (&url);
  calendar->every = every;
  calendar->user = g_strdup (trk_args_option (args, "user"));
  calendar->password_file = file_of (args, "password-file");
  calendar->ca_file = file_of (args, "ca-file");
  calendar->kind = its_kind;
  calendar->has_kind = kind != NULL;
  return calendar;
}

/* -- While it lasts ---------------------------------------------------------------------------- */

static void
show_progress (const char *what)
{
  if (trk_ask_possible ())
    fprintf (stderr, "Fetching %s …", what);
}

static void
clear_progress (void)
{
  if (trk_ask_possible ())
    fputs ("\r\033[K", stderr);
}

/* -- Adding ------------------------------------------------------------------------------------ */

static void
keep_line (const char *line, gpointer data)
{
  char **kept = data;

  g_free (*kept);
  *kept = g_strdup (line);
}

/* What trackerd-sync reads on its standard input: the section, and the password behind a NUL. */
static GString *
input_of (const TrkCalendar *calendar, const char *password)
{
  g_autofree char *section = trk_config_calendar_text (calendar);
  GString *input = g_string_new (section);

  if (password != NULL)
    {
      g_string_append_c (input, '\0');
      g_string_append (input, password);
    }
  return input;
}

static void
free_input (GString *input)
{
  explicit_bzero (input->str, input->len);
  g_string_free (input, TRUE);
}

/* "team: the server answered 404 …; there is no copy yet" → the reason alone. */
static void
set_reason (const TrkCalendar *calendar, const char *line, GError **error)
{
  gsize skip = strlen (calendar->name) + 2;
  const char *reason = strlen (line) > skip ? line + skip : line;
  const char *end = strstr (reason, "; there is no copy yet");
  gsize length = end != NULL ? (gsize) (end - reason) : strlen (reason);

  while (length > 0 && strchr (".! ", reason[length - 1]) != NULL) /* of a sentence of others */
    length--;
  g_clear_error (error);
  g_set_error (error, TRK_ERROR, TRK_ERROR_FAILED, "%.*s; it was not added", (int) length, reason);
}

static gboolean
fetch (const TrkCalendar *calendar, const GString *input, GError **error)
{
  const char *const words[] = { "--stdin", NULL };
  g_autofree char *shown = trk_calendar_url_display (calendar->url);
  g_autofree char *line = NULL;
  gboolean fetched;

  show_progress (shown);
  fetched = trk_sync_program_run (words, input->str, input->len, keep_line, &line, error);
  clear_progress ();
  if (!fetched && line != NULL)
    set_reason (calendar, line, error);
  return fetched;
}

static void
forget_copy (const char *path)
{
  static const char *const ends[] = { "", ".state", ".lock" };

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      g_autofree char *name = g_strconcat (path, ends[i], NULL);

      g_unlink (name);
    }
}

gboolean
trk_calendar_subscribe (TrkSession *session,
                        const TrkCalendar *calendar,
                        const char *password,
                        guint *events,
                        GError **error)
{
  const char *const keep[] = { "--stdin", "--keep-password", NULL };
  gboolean was_there = g_file_test (calendar->path, G_FILE_TEST_EXISTS);
  GString *input = input_of (calendar, password);
  gboolean added = fetch (calendar, input, error)
                   && trk_calendar_look_into (session, calendar, events, error)
                   && (password == NULL
                       || trk_sync_program_run (keep, input->str, input->len, NULL, NULL, error))
                   && trk_calendar_config_add (session, calendar, error);

  free_input (input);
  if (!added && !was_there)
    forget_copy (calendar->path);
  return added;
}

static gboolean
ask_password (const TrkCalendar *calendar, char **password, GError **error)
{
  g_autofree char *shown = trk_calendar_url_display (calendar->url);
  g_autofree char *question = NULL;

  *password = NULL;
  if (calendar->user == NULL || calendar->password_file != NULL)
    return TRUE;
  question = g_strdup_printf ("Password of %s for %s:", calendar->user, shown);
  *password = trk_ask_secret (question, "a password", error);
  return *password != NULL;
}

void
trk_calendar_say_subscribed (TrkSession *session, const TrkCalendar *calendar, guint events)
{
  g_autofree char *found = trk_format_count (events, "event", NULL);
  g_autofree char *shown = trk_calendar_url_display (calendar->url);
  g_autofree char *every = trk_duration_format (trk_calendar_url_every (calendar));
  g_autofree char *why = NULL;

  if (trk_sync_program_enable_timer (&why))
    trk_session_say (session, "Added %s: %s from %s, asked again every %s", calendar->name, found,
                     shown, every);
  else
    trk_session_say (session, "Added %s: %s from %s\n%s", calendar->name, found, shown, why);
}

gboolean
trk_calendar_run_subscribe (TrkSession *session, const TrkArgs *args, GError **error)
{
  g_autoptr (TrkCalendar) calendar = calendar_of_words (session, args, error);
  g_autofree char *other =
      calendar != NULL ? trk_calendar_other_reader (session, calendar->url) : NULL;
  char *password = NULL;
  guint events = 0;
  gboolean added = calendar != NULL && ask_password (calendar, &password, error)
                   && trk_calendar_subscribe (session, calendar, password, &events, error);

  if (password != NULL)
    explicit_bzero (password, strlen (password));
  g_free (password);
  if (!added)
    return FALSE;
  trk_session_tell_daemon (session);
  trk_calendar_say_subscribed (session, calendar, events);
  trk_calendar_say_other_reader (session, other);
  return TRUE;
}

/* -- Sync -------------------------------------------------------------------------------------- */

static void
print_line (const char *line, gpointer data)
{
  TrkSession *session = data;

  clear_progress ();
  trk_session_say (session, "%s", line);
  fflush (trk_session_out (session));
}

static guint
count_subscribed (const TrkConfig *config)
{
  guint n = 0;

  for (guint i = 0; i < config->calendars->len; i++)
    n += ((TrkCalendar *) g_ptr_array_index (config->calendars, i))->url != NULL;
  return n;
}

static void
show_how_many (const TrkArgs *args, const TrkConfig *config)
{
  guint n = trk_args_count (args) > 0 ? trk_args_count (args) : count_subscribed (config);
  g_autofree char *calendars = trk_format_count (n, "calendar", NULL);

  show_progress (calendars);
}

gboolean
trk_calendar_run_sync (TrkSession *session, const TrkArgs *args, GError **error)
{
  TrkConfig *config = trk_session_config (session, error);
  g_autoptr (GPtrArray) words = g_ptr_array_new ();

  if (config == NULL)
    return FALSE;
  if (count_subscribed (config) == 0 && trk_args_count (args) == 0)
    {
      trk_session_say (session, "No calendar is elsewhere. To subscribe to one: tracker calendar "
                                "add team https://example.org/team.ics");
      return TRUE;
    }
  g_ptr_array_add (words, (gpointer) "--now");
  g_ptr_array_add (words, (gpointer) "--");
  for (guint i = 0; i < trk_args_count (args); i++)
    g_ptr_array_add (words, (gpointer) trk_args_word (args, i));
  g_ptr_array_add (words, NULL);
  show_how_many (args, config);
  return trk_sync_program_run ((const char *const *) words->pdata, NULL, 0, print_line, session,
                               error);
}

/* -- How it stands ----------------------------------------------------------------------------- */

/* Long after it was due nobody has asked: no timer runs here. */
static gboolean
is_forgotten (const TrkSubscriptionState *state, const TrkCalendar *calendar, TrkInstant now)
{
  TrkInstant late = trk_instant_add (state->next, trk_calendar_url_every (calendar) + TRK_HOUR);

  return state->next != 0 && now > late;
}

/* Seconds would be another text each time. */
static char *
age_text (TrkDuration age)
{
  g_autofree char *length = trk_duration_format (age);

  return age < TRK_MINUTE ? g_strdup ("just now") : g_strconcat (length, " ago", NULL);
}

gboolean
trk_calendar_subscription_text (const TrkCalendar *calendar, TrkInstant now, char **text)
{
  g_autoptr (TrkSubscriptionState) state = trk_subscription_state_load (calendar->path);
  g_autofree char *shown = trk_calendar_url_display (calendar->url);
  g_autofree char *age = age_text (MAX (0, now - state->fetched));
  g_autofree char *problem = trk_text_line (state->problem, 200);

  if (is_forgotten (state, calendar, now))
    *text = g_strdup_printf ("%s, copy of %s: nothing has asked since. With systemd: systemctl "
                             "--user enable --now trackerd-sync.timer",
                             shown, age);
  else if (*problem == '\0' && state->fetched != 0)
    *text = g_strdup_printf ("%s, %s", shown, age);
  else if (state->fetched != 0)
    *text = g_strdup_printf ("%s, copy of %s: %s", shown, age, problem);
  else
    *text = g_strdup_printf ("%s, no copy yet%s%s", shown, *problem != '\0' ? ": " : "", problem);
  return *problem != '\0' || state->fetched == 0 || is_forgotten (state, calendar, now);
}
