/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-doctor.h"
#include "trk-doctor-calls.h"
#include "trk-doctor-hooks.h"

#include "trk-bus-address.h"
#include "trk-calendar-subscribe.h"
#include "trk-duration.h"
#include "trk-error.h"
#include "trk-format.h"
#include "trk-paths.h"
#include "trk-process.h"

#include "trk-build.h"
#include "trk-sandbox-offers.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct
{
  TrkSession *session;
  GPtrArray *findings;     /* of TrkFinding */
  TrkConfig *config;       /* borrowed, NULL: it cannot be read */
  TrkDaemonStatus *daemon; /* (owned) NULL: it does not run */
} Examination;

static void
finding_free (gpointer data)
{
  TrkFinding *finding = data;

  g_free (finding->text);
  g_free (finding);
}

static void
find (Examination *examination, const char *part, TrkHealth health, const char *format, ...)
    G_GNUC_PRINTF (4, 5);

static void
find (Examination *examination, const char *part, TrkHealth health, const char *format, ...)
{
  TrkFinding *finding = g_new0 (TrkFinding, 1);
  va_list list;

  finding->part = part;
  finding->health = health;
  va_start (list, format);
  finding->text = g_strdup_vprintf (format, list);
  va_end (list);
  g_ptr_array_add (examination->findings, finding);
}

/* -- Configuration ----------------------------------------------------------------------------- */

static void
examine_configuration (Examination *examination)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = trk_path_config_file ();
  g_autofree char *shown = trk_path_display (path);
  g_autoptr (TrkConfig) written = trk_config_load (path, &error);

  examination->config = trk_session_config (examination->session, NULL);
  if (written == NULL)
    find (examination, "configuration", TRK_HEALTH_BAD, "%s", error->message);
  else if (written->warnings->len > 0)
    find (examination, "configuration", TRK_HEALTH_WARNING, "%s", /* the others stand on err */
          (char *) g_ptr_array_index (written->warnings, 0));
  else if (!g_file_test (path, G_FILE_TEST_EXISTS))
    find (examination, "configuration", TRK_HEALTH_GOOD, "no %s yet; the defaults hold", shown);
  else
    {
      g_autofree char *rules = trk_format_count (written->rules->len, "rule", NULL);

      find (examination, "configuration", TRK_HEALTH_GOOD, "%s, %s", shown, rules);
    }
}

/* -- Calendars --------------------------------------------------------------------------------- */

typedef struct
{
  guint files, events, left_out;
  TrkInstant newest;
  TrkIndexConfined confined;
} Totals;

static gboolean
sum_up (const char *index_path, Totals *totals, GError **error)
{
  g_autoptr (TrkIndex) index = trk_index_open (index_path, error);
  g_autoptr (GPtrArray) summaries = index != NULL ? trk_index_summaries (index, error) : NULL;

  totals->confined = index != NULL ? trk_index_confined (index) : 0;
  for (guint i = 0; summaries != NULL && i < summaries->len; i++)
    {
      const TrkIndexSummary *summary = g_ptr_array_index (summaries, i);

      totals->files += summary->files;
      totals->events += summary->events;
      totals->left_out += summary->left_out;
      totals->newest = MAX (totals->newest, summary->newest);
    }
  return summaries != NULL;
}

static void
find_totals (Examination *examination, const Totals *totals)
{
  TrkInstant now = trk_session_now (examination->session);
  g_autofree char *files = trk_format_count (totals->files, "file", NULL);
  g_autofree char *events = trk_format_count (totals->events, "event", NULL);
  g_autofree char *age = trk_duration_format (MAX (0, now - totals->newest));

  find (examination, "calendars",
        totals->left_out > 0 || totals->files == 0 ? TRK_HEALTH_WARNING : TRK_HEALTH_GOOD,
        "%s, %s, %u left out%s%s%s%s", files, events, totals->left_out,
        totals->newest != 0 ? "; newest change " : "", totals->newest != 0 ? age : "",
        totals->newest != 0 ? " ago" : "",
        totals->left_out > 0 ? "; why: tracker calendar check" : "");
}

/* What the kernel held the indexer to when it last read a calendar, against what was built in. */
static void
find_confinement (Examination *examination, TrkIndexConfined confined)
{
  static const char *const held[] = {
    [0] = "read without a sandbox",
    [TRK_INDEX_CONFINED_FILES] =
        "read with access to their own files only (Landlock); calls are not restricted",
    [TRK_INDEX_CONFINED_CALLS] =
        "read without network and programs (seccomp); files are not restricted",
    [TRK_INDEX_CONFINED_FILES | TRK_INDEX_CONFINED_CALLS] =
        "read with access to their own files only (Landlock), without network and programs "
        "(seccomp)",
  };
  const TrkIndexConfined offered = (HAVE_LANDLOCK ? TRK_INDEX_CONFINED_FILES : 0)
                                   | (HAVE_SECCOMP ? TRK_INDEX_CONFINED_CALLS : 0);
  gboolean less = (offered & ~confined) != 0;

  if (confined < G_N_ELEMENTS (held))
    find (examination, "sandbox", less ? TRK_HEALTH_WARNING : TRK_HEALTH_GOOD, "calendars are %s%s",
          held[confined],
          less           ? "; the rest was refused by this kernel, or by the unit that it ran in"
          : offered == 0 ? ": this build offers none"
                         : "");
}

/* The index is brought up to date by reading today from it. */
static void
find_events (Examination *examination)
{
  g_autoptr (GPtrArray) warnings = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  g_autofree char *index_path = trk_path_index ();
  TrkAlmanac almanac = trk_session_almanac (examination->session);
  TrkInstant now = trk_session_now (examination->session);
  TrkPeriod today = trk_almanac_day_period (&almanac, trk_almanac_day (&almanac, now));
  g_autoptr (GPtrArray) occurrences = trk_schedule_occurrences (
      examination->config, index_path, today, almanac.zone, now, warnings, &error);
  Totals totals = { 0 };

  if (occurrences == NULL || !sum_up (index_path, &totals, &error))
    find (examination, "calendars", TRK_HEALTH_BAD, "%s", error->message);
  else
    {
      find_totals (examination, &totals);
      find_confinement (examination, totals.confined);
    }
  for (guint i = 0; i < warnings->len; i++)
    find (examination, "calendars", TRK_HEALTH_WARNING, "%s",
          (char *) g_ptr_array_index (warnings, i));
}

static void
examine_calendars (Examination *examination)
{
  if (examination->config == NULL)
    find (examination, "calendars", TRK_HEALTH_WARNING, "not tried: no configuration");
  else if (examination->config->calendars->len == 0)
    find (examination, "calendars", TRK_HEALTH_WARNING,
          "none yet; to add one: tracker calendar add NAME PATH, or --template time-blocked-day");
  else
    find_events (examination);
}

/* Those that are elsewhere: how old our copies are. */
static void
examine_subscriptions (Examination *examination)
{
  TrkInstant now = trk_session_now (examination->session);

  for (guint i = 0; examination->config != NULL && i < examination->config->calendars->len; i++)
    {
      const TrkCalendar *calendar = g_ptr_array_index (examination->config->calendars, i);
      g_autofree char *text = NULL;
      gboolean bad = calendar->url != NULL && trk_calendar_subscription_text (calendar, now, &text);

      if (calendar->url != NULL)
        find (examination, "subscriptions", bad ? TRK_HEALTH_WARNING : TRK_HEALTH_GOOD,
              "%s: %s%s%s", calendar->name, text,
              bad ? "; to try again: tracker calendar sync " : "", bad ? calendar->name : "");
    }
}

/* -- Daemon ------------------------------------------------------------------------------------ */

static void
find_running (Examination *examination, TrkBusClient *client)
{
  TrkAlmanac almanac = trk_session_almanac (examination->session);
  TrkDay today = trk_almanac_day (&almanac, trk_session_now (examination->session));
  gboolean same = strcmp (examination->daemon->version, TRK_VERSION) == 0;
  TrkHealth health = same ? TRK_HEALTH_GOOD : TRK_HEALTH_WARNING;
  g_autofree char *other =
      same ? g_strdup ("")
           : g_strdup_printf (" (this is %s; to take it up: systemctl --user restart trackerd)",
                              TRK_VERSION);
  g_autofree char *since = NULL;
  TrkProcess process;

  if (!trk_process_look (trk_bus_client_daemon_pid (client), &process))
    {
      find (examination, "daemon", health, "running, version %s%s", examination->daemon->version,
            other);
      return;
    }
  since = trk_format_moment (&almanac, process.started, today);
  find (examination, "daemon", health, "running since %s, %.1f MiB, version %s%s", since,
        (double) process.memory / (1024 * 1024), examination->daemon->version, other);
}

static TrkBusClient *
examine_daemon (Examination *examination)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *sentence = NULL, *remedy = NULL;
  TrkBusClient *client = trk_session_client (examination->session, &error);
  TrkKeeper keeper;

  if (client != NULL)
    examination->daemon = trk_bus_client_status (client, &error);
  keeper = trk_session_keeper (examination->session);
  sentence = trk_keeper_sentence (&keeper);
  remedy = trk_keeper_remedy (&keeper);
  if (examination->daemon != NULL)
    find_running (examination, client);
  else if (sentence != NULL)
    find (examination, "daemon", TRK_HEALTH_BAD, "%s; %s", sentence, remedy);
  else if (client == NULL)
    find (examination, "daemon", TRK_HEALTH_BAD,
          "cannot be reached: there is no session bus. Inside a desktop session there is one; "
          "elsewhere: dbus-run-session");
  else
    find (examination, "daemon", TRK_HEALTH_BAD,
          "does not run; to start it: " TRK_BUS_START_ANYWHERE);
  return client;
}

static void
examine_notifications (Examination *examination, TrkBusClient *client)
{
  g_autoptr (GVariant) result = NULL;
  g_autoptr (GError) error = NULL;
  const char *backend;
  guint milliseconds;

  if (examination->daemon == NULL)
    {
      find (examination, "notifications", TRK_HEALTH_WARNING, "not tried: the daemon shows them");
      return;
    }
  result = trk_bus_client_call (client, "TestNotice", NULL, &error);
  if (result == NULL)
    {
      find (examination, "notifications", TRK_HEALTH_BAD, "%s", error->message);
      return;
    }
  g_variant_get (result, "(&su)", &backend, &milliseconds);
  if (g_str_has_prefix (backend, "failed"))
    find (examination, "notifications", TRK_HEALTH_BAD,
          "%s; time is kept all the same. A notification server is part of most desktops; a small "
          "one is dunst",
          backend);
  else
    find (examination, "notifications", TRK_HEALTH_GOOD, "%s: a test notice was shown in %u ms",
          *backend != '\0' ? backend : "an unnamed server", milliseconds);
}

static void
find_movement (Examination *examination, TrkBusClient *client)
{
  const TrkDaemonStatus *daemon = examination->daemon;
  g_autoptr (GVariant) result = NULL;
  g_autoptr (GError) error = NULL;
  gboolean moved;
  guint milliseconds;

  fputs ("Let go for a moment, then press a key or move the mouse…\n", stderr);
  result = trk_bus_client_call (client, "ProbePresence", NULL, &error);
  if (result == NULL)
    {
      find (examination, "presence", TRK_HEALTH_BAD, "%s", error->message);
      return;
    }
  g_variant_get (result, "(&sbu)", NULL, &moved, &milliseconds);
  if (moved)
    find (examination, "presence", TRK_HEALTH_GOOD, "%s saw you %u ms after it was asked to look",
          daemon->presence_source, milliseconds);
  else
    find (examination, "presence", TRK_HEALTH_WARNING,
          "%s says that you are %s, but saw no key and no mouse in %u seconds",
          daemon->presence_source, daemon->presence, milliseconds / 1000);
}

/* What the source says by itself would be no proof: it may stand still. Only somebody at a terminal
 * can press a key for it. */
static void
prove_presence (Examination *examination, TrkBusClient *client)
{
  if (isatty (STDIN_FILENO))
    find_movement (examination, client);
  else
    find (examination, "presence", TRK_HEALTH_GOOD, "you are %s, by %s",
          examination->daemon->presence, examination->daemon->presence_source);
}

static const char *
listed_text (const Examination *examination)
{
  return examination->config != NULL && examination->config->guarded[0] != NULL
             ? ""
             : "; [guard] lists no program yet";
}

static void
find_guard (Examination *examination, const char *source, const char *front, const char *starts)
{
  const char *listed = listed_text (examination);
  gboolean sees_starts = *starts != '\0';

  if (!g_str_has_prefix (source, "none: "))
    find (examination, "focus guard", TRK_HEALTH_GOOD, "%s tells what comes to the front%s%s%s%s%s",
          source, *front != '\0' ? "; now it is " : ", and nothing is there now", front,
          sees_starts ? "; of starts tells " : "", starts, listed);
  else if (sees_starts)
    find (examination, "focus guard", TRK_HEALTH_WARNING,
          "cannot see what comes to the front here (%s); %s tells of what is started, where the "
          "desktop gives each application a unit%s",
          source + strlen ("none: "), starts, listed);
  else
    find (examination, "focus guard", TRK_HEALTH_WARNING,
          "cannot see anything here: neither what comes to the front (%s) nor what is started%s",
          source + strlen ("none: "), listed);
}

/* Programs come to the front while nobody asks: what is there now is the proof. */
static void
examine_guard (Examination *examination, TrkBusClient *client)
{
  g_autoptr (GVariant) result = NULL;
  g_autoptr (GError) error = NULL;
  const char *source, *front, *starts;

  if (examination->daemon == NULL)
    {
      find (examination, "focus guard", TRK_HEALTH_WARNING, "not tried: the daemon watches");
      return;
    }
  result = trk_bus_client_call (client, "ProbePrograms", NULL, &error);
  if (result == NULL)
    {
      find (examination, "focus guard", TRK_HEALTH_BAD, "%s", error->message);
      return;
    }
  g_variant_get (result, "(&s&s&s)", &source, &front, &starts);
  find_guard (examination, source, front, starts);
}

static void
examine_presence (Examination *examination, TrkBusClient *client)
{
  if (examination->daemon == NULL)
    find (examination, "presence", TRK_HEALTH_WARNING, "not tried: the daemon watches it");
  else if (strcmp (examination->daemon->presence, "unknown") == 0)
    find (examination, "presence", TRK_HEALTH_WARNING,
          "nothing here can tell whether you are present (%s); time is kept by the plan and shown "
          "apart as unverified",
          examination->daemon->presence_source);
  else
    prove_presence (examination, client);
}

/* "" is a daemon of before that does not say so. */
static void
examine_session (Examination *examination)
{
  const char *source = examination->daemon != NULL ? examination->daemon->session_source : "";

  if (g_str_has_prefix (source, "none: "))
    find (examination, "lock and sleep", TRK_HEALTH_WARNING,
          "nothing tells of them (%s); a locked screen counts as away when nothing has been typed "
          "for long enough, and sleep is found by the clock afterwards",
          source + strlen ("none: "));
  else if (*source != '\0')
    find (examination, "lock and sleep", TRK_HEALTH_GOOD,
          "told by %s, and so is which program keeps the screen awake", source);
}

/* -- Log --------------------------------------------------------------------------------------- */

static gboolean
is_private (const char *path)
{
  struct stat status;

  return stat (path, &status) != 0 || (status.st_mode & 0077) == 0;
}

static void
find_counts (Examination *examination, TrkStore *store, const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *shown = trk_path_display (path);
  g_autofree char *entries_text = NULL;
  g_autofree char *tasks_text = NULL;
  gint64 entries, tasks;

  if (!trk_store_check (store, &error) || !trk_store_counts (store, &entries, &tasks, &error))
    {
      find (examination, "log", TRK_HEALTH_BAD, "%s", error->message);
      return;
    }
  entries_text = trk_format_count (entries, "entry", "entries");
  tasks_text = trk_format_count (tasks, "task", NULL);
  if (is_private (path))
    find (examination, "log", TRK_HEALTH_GOOD, "%s, %s, integrity ok", entries_text, tasks_text);
  else
    find (examination, "log", TRK_HEALTH_WARNING,
          "%s, %s, integrity ok, but others can read it; chmod 600 %s", entries_text, tasks_text,
          shown);
}

static void
examine_log (Examination *examination)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = trk_path_log ();
  TrkStore *store = trk_session_store (examination->session, TRK_STORE_READ, &error);

  if (error != NULL)
    find (examination, "log", TRK_HEALTH_BAD, "%s", error->message);
  else if (store == NULL)
    find (examination, "log", TRK_HEALTH_GOOD, "none yet; it begins with the first entry");
  else
    find_counts (examination, store, path);
}

static void
examine_calls (Examination *examination)
{
  TrkHealth health;
  g_autofree char *text = trk_doctor_calls (&health);

  find (examination, "calls", health, "%s", text);
}

static void
examine_hooks (Examination *examination)
{
  TrkHealth health;
  g_autofree char *text = trk_doctor_hooks (examination->session, &health);

  find (examination, "hooks", health, "%s", text);
}

GPtrArray *
trk_doctor_examine (TrkSession *session)
{
  Examination examination = { session, g_ptr_array_new_with_free_func (finding_free), NULL, NULL };
  TrkBusClient *client;

  examine_configuration (&examination);
  examine_calendars (&examination);
  examine_subscriptions (&examination);
  client = examine_daemon (&examination);
  examine_notifications (&examination, client);
  examine_presence (&examination, client);
  examine_session (&examination);
  examine_calls (&examination);
  examine_guard (&examination, client);
  examine_hooks (&examination);
  examine_log (&examination);
  g_clear_pointer (&examination.daemon, trk_daemon_status_free);
  return examination.findings;
}
