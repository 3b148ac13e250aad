/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-ask.h"
#include "trk-calendar-edit.h"
#include "trk-calendar-subscribe.h"
#include "trk-calendar-url.h"
#include "trk-columns.h"
#include "trk-commands.h"
#include "trk-error.h"
#include "trk-found.h"
#include "trk-json-print.h"
#include "trk-paths.h"
#include "trk-vdir.h"

#include <string.h>

/* tracker init: finds the calendars that are there already. */

typedef struct
{
  TrkSession *session;
  TrkConfig *config; /* as it was, borrowed */
  GHashTable *taken; /* names that were given meanwhile */
  gboolean all;      /* without asking */
  guint added, failed;
} Init;

/* -- Showing ----------------------------------------------------------------------------------- */

static char *
shown_place (const TrkFound *found)
{
  return trk_calendar_url_is (found->place) ? g_strdup (found->place)
                                            : trk_path_display (found->place);
}

static const char *
standing (const TrkConfig *config, const TrkFound *found)
{
  if (trk_calendar_is_read (config, found->place))
    return "read already";
  return found->obstacle;
}

static void
print_text (TrkSession *session, const TrkConfig *config, const GPtrArray *all)
{
  g_autoptr (TrkColumns) columns = trk_columns_new ("lllf");

  for (guint i = 0; i < all->len; i++)
    {
      const TrkFound *found = g_ptr_array_index (all, i);
      g_autofree char *place = shown_place (found);

      trk_columns_add (columns, TRK_PAINT_PLAIN, found->program, found->name, place,
                       standing (config, found));
    }
  trk_columns_print (columns, session);
}

static void
print_json (TrkSession *session, const TrkConfig *config, const GPtrArray *all)
{
  g_autoptr (TrkJson) json = trk_json_new ();

  trk_json_begin_array (json);
  for (guint i = 0; i < all->len; i++)
    {
      const TrkFound *found = g_ptr_array_index (all, i);

      trk_json_begin_object (json);
      trk_json_string (json, "program", found->program);
      trk_json_string (json, "name", found->name);
      trk_json_string (json, "place", found->place);
      trk_json_bool (json, "read", trk_calendar_is_read (config, found->place));
      trk_json_string (json, "obstacle", found->obstacle);
      trk_json_end_object (json);
    }
  trk_json_end_array (json);
  trk_json_print (session, json);
}

/* -- Adding ------------------------------------------------------------------------------------ */

static gboolean
add_address (Init *init, TrkCalendar *calendar, GError **error)
{
  guint events = 0;

  calendar->url = g_strdup (calendar->path);
  g_free (calendar->path);
  calendar->path = trk_calendar_url_copy (calendar->name, calendar->url);
  if (!trk_calendar_subscribe (init->session, calendar, NULL, &events, error))
    return FALSE;
  trk_calendar_say_subscribed (init->session, calendar, events);
  return TRUE;
}

static void
add (Init *init, const TrkFound *found)
{
  g_autofree char *wanted = trk_vdir_clean_name (found->name);
  g_autofree char *name = trk_calendar_free_name (init->config, init->taken, wanted);
  g_autoptr (TrkCalendar) calendar = trk_calendar_new (name, found->place);
  g_autoptr (GError) error = NULL;
  gboolean done = trk_calendar_url_is (found->place)
                      ? add_address (init, calendar, &error)
                      : trk_calendar_add (init->session, calendar, &error);

  init->added += done;
  init->failed += !done;
  if (!done)
    trk_session_warn (init->session, "%s: %s", name, error->message);
}

/* FALSE in @go_on: no more questions. */
static gboolean
wants (Init *init, const TrkFound *found, gboolean *go_on)
{
  g_autofree char *place = shown_place (found);
  g_autofree char *question =
      g_strdup_printf ("Add %s (%s, %s)? [Y/n/q]", found->name, found->program, place);
  g_autofree char *answer = NULL;
  g_autoptr (GError) error = NULL;

  if (init->all)
    return TRUE;
  answer = trk_ask_line (question, "an answer", &error);
  *go_on = answer != NULL ? g_ascii_tolower (*answer) != 'q'
                          : g_error_matches (error, TRK_ERROR, TRK_ERROR_USAGE);
  return *go_on && (answer == NULL || g_ascii_tolower (*answer) == 'y');
}

static void
add_wanted (Init *init, const GPtrArray *all)
{
  gboolean go_on = TRUE;

  for (guint i = 0; i < all->len && go_on; i++)
    {
      const TrkFound *found = g_ptr_array_index (all, i);

      if (standing (init->config, found) == NULL && wants (init, found, &go_on))
        add (init, found);
    }
}

static guint
count_new (const TrkConfig *config, const GPtrArray *all)
{
  guint n = 0;

  for (guint i = 0; i < all->len; i++)
    n += standing (config, g_ptr_array_index (all, i)) == NULL;
  return n;
}

static void
say_nothing_found (TrkSession *session)
{
  trk_session_say (session,
                   "No calendars of khal, vdirsyncer, Evolution or calcurse were found. To "
                   "begin: tracker calendar add work ~/calendar.ics, or an https address, "
                   "or: tracker calendar add --template time-blocked-day");
}

static gboolean
run_init (TrkSession *session, const TrkArgs *args, GError **error)
{
  TrkConfig *config = trk_session_config (session, error);
  g_autoptr (GPtrArray) all = trk_found_all ();
  g_autoptr (GHashTable) taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Init init = { session, config, taken, trk_args_has (args, "yes"), 0, 0 };

  if (config == NULL)
    return FALSE;
  if (trk_session_json (session))
    return print_json (session, config, all), TRUE;
  if (all->len == 0)
    return say_nothing_found (session), TRUE;
  print_text (session, config, all);
  if (init.all || (trk_ask_possible () && count_new (config, all) > 0))
    add_wanted (&init, all);
  else if (count_new (config, all) > 0)
    trk_session_say (session, "Nothing was changed. To add what is not read yet: tracker init "
                              "--yes, or one of them: tracker calendar add NAME PLACE");
  if (init.failed == 0)
    return TRUE;
  g_set_error (error, TRK_ERROR, TRK_ERROR_FAILED, "%u could not be added, %u were", init.failed,
               init.added);
  return FALSE;
}

static const TrkOption options[] = {
  { "yes", 'y', NULL, "Add all that was found, without asking" },
  TRK_OPTION_JSON,
  { NULL },
};

const TrkCommand trk_commands_init[] = {
  { "init", "", 0, 0, "Find the calendars that are there already",
    "Reads the configuration of vdirsyncer, khal, Evolution (with GNOME's online accounts) and "
    "calcurse, shows which calendars they have, and adds those that you confirm. Nothing of theirs "
    "is changed. Without a terminal it only shows them.\n\n"
    "JSON: an array of program, name, place (a path or an address for tracker calendar add), read "
    "(already), obstacle (why it cannot be added; null: it can); nothing is added then.",
    options, run_init },
  { NULL },
};
