/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-demo.h"

#include "trk-demo-bus.h"
#include "trk-demo-calendar.h"
#include "trk-demo-home.h"
#include "trk-demo-notifications.h"
#include "trk-error.h"
#include "trk-paths.h"
#include "trk-text.h"
#include "trk-told.h"

#include <glib-unix.h>
#include <signal.h>
#include <string.h>

typedef struct
{
  TrkSession *session;
  const TrkDemoRequest *request;
  const TrkDemoCalendar *calendar; /* the user's (nullable) */
  TrkDemoHome *home;
  TrkDemoBus *bus;
  TrkDemoNotifications *server;
  GSubprocess *daemon;
  TrkInstant started;
  GMainLoop *loop;
  gboolean interrupted;
  guint signals[2];
} Demo;

/* -- The end, in whatever way it comes --------------------------------------------------------- */

static gboolean
on_signal (gpointer data)
{
  Demo *demo = data;

  demo->interrupted = TRUE;
  g_main_loop_quit (demo->loop);
  return G_SOURCE_CONTINUE;
}

static gboolean
on_time (gpointer data)
{
  g_main_loop_quit (data);
  return G_SOURCE_REMOVE;
}

static void
wait_for (Demo *demo, guint seconds)
{
  guint source = g_timeout_add_seconds (seconds, on_time, demo->loop);

  if (!demo->interrupted)
    g_main_loop_run (demo->loop);
  if (g_main_context_find_source_by_id (NULL, source) != NULL)
    g_source_remove (source);
}

static void
end_demo (Demo *demo)
{
  gboolean keep = demo->request->keep;
  g_autofree char *dir = demo->home != NULL ? g_strdup (demo->home->dir) : NULL;

  trk_demo_end_process (g_steal_pointer (&demo->daemon));
  g_clear_pointer (&demo->server, trk_demo_notifications_free);
  g_clear_pointer (&demo->bus, trk_demo_bus_end);
  trk_demo_home_end (g_steal_pointer (&demo->home), keep);
  for (guint i = 0; i < G_N_ELEMENTS (demo->signals); i++)
    if (demo->signals[i] != 0)
      g_source_remove (demo->signals[i]);
  g_clear_pointer (&demo->loop, g_main_loop_unref);
  if (keep && dir != NULL)
    trk_session_say (demo->session, "Kept: %s", dir);
}

/* -- Programs ---------------------------------------------------------------------------------- */

/* The daemon of this build or, where both are installed, the one beside tracker. */
static char *
daemon_path (const Demo *demo)
{
  g_autofree char *built = trk_path_program ("trackerd", "trackerd");
  g_autofree char *dir = g_path_get_dirname (demo->request->tracker);

  if (g_file_test (built, G_FILE_TEST_IS_EXECUTABLE))
    return g_steal_pointer (&built);
  return g_build_filename (dir, "trackerd", NULL);
}

static char *
daemon_output (const Demo *demo)
{
  return g_build_filename (demo->home->dir, "trackerd.log", NULL);
}

static gboolean
start_daemon (Demo *demo, GError **error)
{
  g_autofree char *path = daemon_path (demo);
  g_autofree char *output = daemon_output (demo);
  g_autoptr (GSubprocessLauncher) launcher =
      trk_demo_launcher (demo->home->env, G_SUBPROCESS_FLAGS_NONE);

  if (!g_file_test (path, G_FILE_TEST_IS_EXECUTABLE))
    {
      g_set_error (error, TRK_ERROR, TRK_ERROR_FAILED,
                   "the daemon is missing: %s; build or install trackerd beside tracker", path);
      return FALSE;
    }
  g_subprocess_launcher_set_stdout_file_path (launcher, output);
  g_subprocess_launcher_set_flags (launcher, G_SUBPROCESS_FLAGS_STDERR_MERGE);
  demo->daemon = g_subprocess_launcher_spawn (launcher, error, path, NULL);
  return demo->daemon != NULL;
}

/* The daemon went away by itself: says what it said. */
static gboolean
check_daemon (Demo *demo, GError **error)
{
  g_autofree char *output = daemon_output (demo);
  g_autofree char *text = NULL;
  g_autofree char *shown = NULL;

  if (g_subprocess_get_identifier (demo->daemon) != NULL)
    return TRUE;
  g_file_get_contents (output, &text, NULL, NULL);
  shown = trk_text_block (text, 2000);
  g_set_error (error, TRK_ERROR, TRK_ERROR_FAILED, "trackerd ended by itself. It said:\n%s", shown);
  return FALSE;
}

static void
on_child_ended (GObject *source, GAsyncResult *result, gpointer data)
{
  g_subprocess_wait_finish (G_SUBPROCESS (source), result, NULL);
  g_main_loop_quit (data);
}

/* Runs tracker with @words (separated by spaces) in the demo's home, and shows the command. */
static gboolean
run_tracker (Demo *demo, const char *words, GError **error)
{
  g_autoptr (GSubprocessLauncher) launcher =
      trk_demo_launcher (demo->home->env, G_SUBPROCESS_FLAGS_STDIN_INHERIT);
  g_autofree char *line = g_strconcat ("$ tracker", *words != '\0' ? " " : "", words, NULL);
  g_autofree char *painted =
      trk_style_paint (trk_session_style (demo->session), TRK_PAINT_BOLD, line);
  g_auto (GStrv) argv = g_strsplit (words, " ", -1);
  g_autoptr (GPtrArray) all = g_ptr_array_new ();
  g_autoptr (GSubprocess) child = NULL;

  if (demo->interrupted)
    return TRUE;
  fprintf (trk_session_out (demo->session), "\n%s\n", painted);
  fflush (trk_session_out (demo->session));
  g_ptr_array_add (all, (gpointer) demo->request->tracker);
  for (guint i = 0; *words != '\0' && argv[i] != NULL; i++)
    g_ptr_array_add (all, argv[i]);
  g_ptr_array_add (all, NULL);
  child = g_subprocess_launcher_spawnv (launcher, (const char *const *) all->pdata, error);
  if (child == NULL)
    return FALSE;
  g_subprocess_wait_async (child, NULL, on_child_ended, demo->loop);
  g_main_loop_run (demo->loop);
  if (g_subprocess_get_identifier (child) != NULL)
    trk_demo_end_process (g_object_ref (child));
  return TRUE;
}

/* -- What was announced ------------------------------------------------------------------------ */

static void
print_record (Demo *demo, const TrkNoticeRecord *record)
{
  const TrkZone *zone = trk_session_zone (demo->session);
  g_autofree char *at = trk_zone_format_time (zone, record->at);
  g_autofree char *title = trk_text_line (record->notice->title, 100);
  g_autofree char *backend = trk_text_line (record->backend, 60);

  if (record->shown != 0 && record->shown - record->at < 10 * TRK_SECOND)
    trk_session_say (demo->session, "  %s  %s\n         shown by %s, %d ms after its time", at,
                     title, backend, (int) ((record->shown - record->at) / 1000));
  else if (record->shown != 0)
    trk_session_say (demo->session, "  %s  %s\n         its time was before; shown by %s", at,
                     title, backend);
  else
    {
      g_autofree char *why = record->withheld ? trk_told_withheld_words (record)
                             : *backend != '\0'
                                 ? g_strdup (backend)
                                 : g_strdup ("trackerd ended before a server took it");

      trk_session_say (demo->session, "  %s  %s\n         %s: %s", at, title,
                       record->withheld ? "not given" : "not shown", why);
    }
}

/* From the demo's log, which holds each notice before it is shown. @count gets how many. */
static gboolean
print_notices (Demo *demo, guint *count, GError **error)
{
  g_autoptr (TrkStore) store = trk_store_open (demo->home->log, TRK_STORE_READ, error);
  g_autoptr (GPtrArray) records =
      store != NULL ? trk_store_notices (store, (TrkPeriod){ 0, TRK_NEVER }, error) : NULL;

  if (records == NULL)
    return FALSE;
  *count = records->len;
  if (records->len > 0)
    trk_session_say (demo->session, "Announced:");
  for (guint i = 0; i < records->len; i++)
    {
      const TrkNoticeRecord *record = g_ptr_array_index (records, i);

      if (!record->withheld || record->reason != TRK_REASON_TURN) /* another record tells the end */
        print_record (demo, record);
    }
  return TRUE;
}

/* -- The way through --------------------------------------------------------------------------- */

static void
say_where (Demo *demo)
{
  trk_session_say (demo->session, "A home of its own, %s: nothing of yours is changed.",
                   demo->home->dir);
  if (demo->bus->why_own != NULL)
    trk_session_say (demo->session, "%s:\na private bus, on which this terminal shows the notices.",
                     demo->bus->why_own);
  else
    trk_session_say (demo->session, "The notices appear on this desktop.");
  if (demo->calendar != NULL)
    trk_session_say (demo->session, "Calendar: %s. Watching it for %u seconds …\n",
                     demo->calendar->path, demo->request->seconds);
  else
    trk_session_say (demo->session,
                     "The shipped schedule is moved to now: a focus block starts in a few "
                     "seconds …\n");
  fflush (trk_session_out (demo->session));
}

static gboolean
set_up (Demo *demo, GError **error)
{
  demo->loop = g_main_loop_new (NULL, FALSE);
  demo->signals[0] = g_unix_signal_add (SIGINT, on_signal, demo);
  demo->signals[1] = g_unix_signal_add (SIGTERM, on_signal, demo);
  demo->home = trk_demo_home_new (error);
  if (demo->home == NULL)
    return FALSE;
  demo->bus = trk_demo_bus_new (demo->home->dir, error);
  if (demo->bus == NULL)
    return FALSE;
  demo->home->env =
      g_environ_setenv (demo->home->env, "DBUS_SESSION_BUS_ADDRESS", demo->bus->address, TRUE);
  if (demo->bus->why_own != NULL)
    demo->server = trk_demo_notifications_new (demo->session, demo->bus->connection, error);
  if (demo->bus->why_own != NULL && demo->server == NULL)
    return FALSE;
  demo->started = trk_session_now (demo->session);
  return trk_demo_home_fill (demo->home, demo->calendar != NULL ? demo->calendar->path : NULL,
                             trk_session_zone (demo->session), demo->started, error);
}

/* Of a week that has only begun there is not much to report: then the last one. */
static const char *
week_to_report (Demo *demo)
{
  TrkAlmanac almanac = trk_session_almanac (demo->session);
  TrkDay today = trk_almanac_day (&almanac, demo->started);

  return today - trk_almanac_week_first (&almanac, today) >= 2 && trk_day_weekday (today) >= 3
             ? "report week"
             : "report last week";
}

static gboolean
run_each (Demo *demo, const char *const *commands, GError **error)
{
  for (guint i = 0; commands[i] != NULL; i++)
    if (!run_tracker (demo, commands[i], error))
      return FALSE;
  return TRUE;
}

static gboolean
show_shipped (Demo *demo, GError **error)
{
  const char *const commands[] = { "agenda", week_to_report (demo), "report focus -7d",
                                   "report sprint", NULL };

  return run_each (demo, commands, error);
}

/* The command that shows the shipped schedule: by its path unless the shell finds it by name. */
static char *
shipped_command (const Demo *demo)
{
  g_autofree char *found = g_find_program_in_path ("tracker");
  g_autofree char *real = found != NULL ? g_canonicalize_filename (found, NULL) : NULL;
  g_autofree char *quoted = NULL;

  if (g_strcmp0 (real, demo->request->tracker) == 0)
    return g_strdup ("tracker demo");
  quoted = strchr (demo->request->tracker, ' ') != NULL ? g_shell_quote (demo->request->tracker)
                                                        : g_strdup (demo->request->tracker);
  return g_strconcat (quoted, " demo", NULL);
}

/* Of the user's calendar: what is planned, and nothing of time that nobody kept. */
static gboolean
show_users (Demo *demo, GError **error)
{
  TrkAlmanac almanac = trk_session_almanac (demo->session);
  TrkDay today = trk_almanac_day (&almanac, demo->started);
  g_autofree char *day = trk_day_to_iso (demo->calendar->next);
  g_autofree char *agenda = g_strconcat ("agenda ", day, NULL);
  g_autofree char *simulate = g_strconcat ("simulate ", day, NULL);
  g_autofree char *see = shipped_command (demo);
  const char *const of_today[] = { "agenda", "simulate", "calendar check", NULL };
  const char *const of_later[] = { "agenda", agenda, simulate, "calendar check", NULL };
  const char *const of_nothing[] = { "agenda", "calendar check", NULL };
  const char *const *commands = demo->calendar->next == today ? of_today : of_later;

  if (!run_each (demo, demo->calendar->has_next ? commands : of_nothing, error))
    return FALSE;
  if (!demo->calendar->has_next)
    trk_session_say (demo->session, "\nNothing is planned in the next month.");
  trk_session_say (demo->session,
                   "\nReports are left out: the log of this home has only begun.\n"
                   "To see some: %s",
                   see);
  return TRUE;
}

/* Of a calendar of the user's the most likely reason is one that the policies give. */
static void
say_none_announced (Demo *demo)
{
  trk_session_say (demo->session, "\nNothing was due in these seconds.");
  if (demo->calendar != NULL)
    trk_session_say_indented (
        demo->session, 0,
        "Shallow work begins without a notice, and an event is shallow unless its title, its "
        "categories or a rule of yours say otherwise (tracker why TITLE tells). To be told of it, "
        "too: notify_start = yes below [policy shallow] in trackerd.conf.");
}

static gboolean
show_all (Demo *demo, guint announced, GError **error)
{
  if (!run_tracker (demo, "", error))
    return FALSE;
  if (announced == 0)
    say_none_announced (demo);
  return demo->calendar != NULL ? show_users (demo, error) : show_shipped (demo, error);
}

static gboolean
run_through (Demo *demo, GError **error)
{
  guint announced = 0;

  if (!set_up (demo, error))
    return FALSE;
  say_where (demo);
  if (!start_daemon (demo, error))
    return FALSE;
  wait_for (demo, demo->request->seconds);
  if (demo->interrupted)
    return TRUE;
  return check_daemon (demo, error) && print_notices (demo, &announced, error)
         && show_all (demo, announced, error);
}

gboolean
trk_demo_run (TrkSession *session, const TrkDemoRequest *request, GError **error)
{
  g_autoptr (TrkDemoCalendar) calendar = NULL;
  Demo demo = { .session = session, .request = request };
  gboolean ok;

  if (request->calendar != NULL
      && (calendar = trk_demo_calendar_new (session, request->calendar, error)) == NULL)
    return FALSE;
  demo.calendar = calendar;
  ok = run_through (&demo, error);
  end_demo (&demo);
  if (ok && demo.interrupted)
    trk_session_warn (session, "interrupted; the demo's daemon was ended and its home removed");
  return ok;
}
