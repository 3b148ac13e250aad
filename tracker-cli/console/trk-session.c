/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-session.h"

#include "trk-bus-error-name.h"

#include "trk-config-last.h"
#include "trk-error.h"
#include "trk-new-log.h"
#include "trk-paths.h"
#include "trk-terminal.h"
#include "trk-text.h"
#include "trk-wrap.h"

#include <string.h>

enum
{
  COMMAND_LIMIT = 500 /* characters of a command that the history keeps */
};

struct _TrkSession
{
  TrkInstant now;
  TrkZone *zone; /* (owned) (nullable) before it was asked for */
  FILE *out, *err;
  gboolean json;
  gboolean has_style;
  TrkStyle style;
  char *command;
  TrkConfig *config;
  GError *config_error;   /* why it cannot be read (owned) (nullable) */
  gboolean defaults_used; /* in its place */
  TrkStore *store;
  TrkStoreMode store_mode;
  TrkNewLog *new_log; /* the store writes it, and nothing was committed (owned) (nullable) */
  TrkBusClient *client;
  GError *client_error; /* why there is none (owned) (nullable) */
  gboolean entering;    /* the client was begun, and the bus did not let it in yet */
  gboolean asked;       /* for the daemon's status, and its answer was not heard yet */
  TrkBusReply reply;    /* to that, the last time, */
  char *why;            /* and why there was none (owned) (nullable) */
  gboolean saved;
};

TrkSession *
trk_session_new (TrkInstant now, TrkZone *zone, FILE *out, FILE *err)
{
  TrkSession *session = g_new0 (TrkSession, 1);

  session->now = now;
  session->zone = zone != NULL ? trk_zone_ref (zone) : NULL;
  session->out = out;
  session->err = err;
  return session;
}

void
trk_session_free (TrkSession *session)
{
  if (session == NULL)
    return;
  if (session->store != NULL)
    trk_store_rollback (session->store);
  g_clear_pointer (&session->store, trk_store_close);
  g_clear_pointer (&session->new_log, trk_new_log_free);
  g_clear_pointer (&session->config, trk_config_unref);
  g_clear_error (&session->config_error);
  g_clear_pointer (&session->client, trk_bus_client_free);
  g_clear_error (&session->client_error);
  g_free (session->why);
  g_clear_pointer (&session->zone, trk_zone_unref);
  g_free (session->command);
  g_free (session);
}

TrkInstant
trk_session_now (TrkSession *session)
{
  return session->now;
}

const TrkZone *
trk_session_zone (TrkSession *session)
{
  g_autofree char *problem = NULL;

  if (session->zone != NULL)
    return session->zone;
  session->zone = trk_zone_new_system (&problem);
  if (problem != NULL)
    trk_session_warn (session, "%s; times are shown in %s", problem, trk_zone_id (session->zone));
  return session->zone;
}

const TrkStyle *
trk_session_style (TrkSession *session)
{
  if (!session->has_style)
    session->style = trk_terminal_style (session->out);
  session->has_style = TRUE;
  return &session->style;
}

FILE *
trk_session_out (TrkSession *session)
{
  return session->out;
}

FILE *
trk_session_err (TrkSession *session)
{
  return session->err;
}

gboolean
trk_session_json (TrkSession *session)
{
  return session->json;
}

void
trk_session_set_json (TrkSession *session, gboolean json)
{
  session->json = json;
}

static gboolean
needs_quotes (const char *word)
{
  return *word == '\0' || strpbrk (word, " \t\n'\"\\$`*?[]{}()<>|&;#~!") != NULL;
}

void
trk_session_set_command (TrkSession *session, const char *const *words)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; words[i] != NULL; i++)
    {
      g_autofree char *quoted = needs_quotes (words[i]) ? g_shell_quote (words[i]) : NULL;

      if (i > 0)
        g_string_append_c (text, ' ');
      g_string_append (text, quoted != NULL ? quoted : words[i]);
    }
  g_free (session->command);
  session->command = trk_text_line (text->str, COMMAND_LIMIT);
}

const char *
trk_session_command (TrkSession *session)
{
  return session->command != NULL ? session->command : "";
}

static void
tell_warnings (TrkSession *session)
{
  for (guint i = 0; i < session->config->warnings->len; i++)
    trk_session_warn (session, "%s", (char *) g_ptr_array_index (session->config->warnings, i));
}

/* A broken file is told, and the last good one holds, as it does for the daemon, which keeps it. */
static void
load_config (TrkSession *session)
{
  g_autofree char *path = trk_path_config_file ();
  g_autofree char *copy = trk_path_config_kept ();

  session->config = trk_config_load (path, &session->config_error);
  if (session->config == NULL)
    session->config = trk_config_load_kept (path, copy);
  if (session->config == NULL || session->config_error == NULL)
    return;
  trk_session_warn (session, "%s; the last good configuration is used",
                    session->config_error->message);
  g_clear_error (&session->config_error);
}

TrkConfig *
trk_session_config (TrkSession *session, GError **error)
{
  if (session->config != NULL)
    return session->config;
  if (session->config_error == NULL)
    load_config (session);
  if (session->config != NULL)
    tell_warnings (session);
  else if (error != NULL)
    *error = g_error_copy (session->config_error);
  return session->config;
}

TrkAlmanac
trk_session_almanac (TrkSession *session)
{
  g_autoptr (TrkConfig) fallback = NULL;
  TrkConfig *config = trk_session_config (session, NULL);

  if (config != NULL)
    return trk_config_almanac (config, trk_session_zone (session));
  session->defaults_used = TRUE;
  fallback = trk_config_new_default ();
  return trk_config_almanac (fallback, trk_session_zone (session));
}

void
trk_session_tell_defaults (TrkSession *session, const GError *error)
{
  const char *why = session->defaults_used ? session->config_error->message : NULL;

  if (why != NULL && (error == NULL || strcmp (error->message, why) != 0))
    trk_session_warn (session, "%s; the default start of the day and week are used", why);
}

/* The log, or where there is none yet what may become it. */
static TrkStore *
open_to_write (TrkSession *session, const char *path, GError **error)
{
  g_autoptr (GError) local = NULL;

  g_clear_pointer (&session->new_log, trk_new_log_free);
  session->new_log = trk_new_log_begin (path, &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  return trk_store_open (session->new_log != NULL ? trk_new_log_path (session->new_log) : path,
                         TRK_STORE_WRITE, error);
}

static TrkStore *
open_store (TrkSession *session, TrkStoreMode mode, GError **error)
{
  g_autofree char *path = trk_path_log ();
  g_autoptr (GError) local = NULL;
  TrkStore *store;

  if (mode == TRK_STORE_WRITE)
    return open_to_write (session, path, error);
  store = trk_store_open (path, mode, &local);
  if (store != NULL)
    return store;
  if (!g_error_matches (local, TRK_ERROR, TRK_ERROR_NOT_FOUND))
    g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}

TrkStore *
trk_session_store (TrkSession *session, TrkStoreMode mode, GError **error)
{
  gboolean enough = session->store_mode == TRK_STORE_WRITE || mode == TRK_STORE_READ;

  if (session->store != NULL && enough)
    return session->store;
  g_clear_pointer (&session->store, trk_store_close);
  session->store_mode = mode;
  session->store = open_store (session, mode, error);
  return session->store;
}

gboolean
trk_session_read_log (TrkSession *session, TrkStore **store, GError **error)
{
  g_autoptr (GError) local = NULL;

  *store = trk_session_store (session, TRK_STORE_READ, &local);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

TrkStore *
trk_session_begin (TrkSession *session, GError **error)
{
  TrkStore *store = trk_session_store (session, TRK_STORE_WRITE, error);

  if (store == NULL)
    return NULL;
  return trk_store_begin (store, TRK_ACTOR_USER, trk_session_command (session),
                          trk_session_now (session), error)
             ? store
             : NULL;
}

/* The first change is saved: its log takes its name. */
static gboolean
keep_new_log (TrkSession *session, GError **error)
{
  gboolean kept;

  if (session->new_log == NULL)
    return TRUE;
  g_clear_pointer (&session->store, trk_store_close);
  kept = trk_new_log_keep (session->new_log, error);
  g_clear_pointer (&session->new_log, trk_new_log_free);
  return kept;
}

gboolean
trk_session_save (TrkSession *session, GError **error)
{
  return trk_store_commit (session->store, error) && keep_new_log (session, error);
}

gboolean
trk_session_commit (TrkSession *session, GError **error)
{
  if (!trk_session_save (session, error))
    return FALSE;
  trk_session_tell_daemon (session);
  return TRUE;
}

gboolean
trk_session_saved (const TrkSession *session)
{
  return session->saved;
}

static gboolean
sprint_period (TrkSession *session, TrkPeriod *period, GError **error)
{
  TrkAlmanac almanac = trk_session_almanac (session);
  TrkDay today = trk_almanac_day (&almanac, trk_session_now (session));
  g_autoptr (GError) local = NULL;
  g_autoptr (TrkSprint) sprint = NULL;
  TrkStore *store = trk_session_store (session, TRK_STORE_READ, &local);

  if (store != NULL)
    sprint = trk_store_current_sprint (store, &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (sprint == NULL)
    {
      g_set_error_literal (error, TRK_ERROR, TRK_ERROR_NOT_FOUND,
                           "no sprint runs; to start one: tracker sprint start NAME");
      return FALSE;
    }
  *period = trk_almanac_days_period (&almanac, sprint->first, MAX (sprint->last, today));
  return TRUE;
}

gboolean
trk_session_when (
    TrkSession *session, const char *word, TrkPeriod *period, TrkSpan *span, GError **error)
{
  TrkAlmanac almanac;

  if (word != NULL && g_ascii_strcasecmp (word, "sprint") == 0)
    {
      *span = TRK_SPAN_OTHER;
      return sprint_period (session, period, error);
    }
  almanac = trk_session_almanac (session);
  return trk_when_parse (word != NULL ? word : "today", &almanac, trk_session_now (session), period,
                         span, error);
}

void
trk_session_say (TrkSession *session, const char *format, ...)
{
  g_autofree char *line = NULL;
  g_autofree char *shown = NULL;
  va_list list;

  va_start (list, format);
  line = g_strdup_vprintf (format, list);
  va_end (list);
  shown = trk_style_text (trk_session_style (session), line);
  fprintf (session->out, "%s\n", shown);
}

void
trk_session_say_indented (TrkSession *session, guint indent, const char *text)
{
  const TrkStyle *style = trk_session_style (session);
  g_autofree char *shown = trk_style_text (style, text);
  g_autofree char *wrapped = NULL;

  if (indent + trk_text_width (shown) > style->columns && trk_terminal_has_width (session->out))
    wrapped = trk_wrap (shown, style->columns, indent + 2);
  if (wrapped != NULL && *wrapped != '\0')
    fprintf (session->out, "%*s%s", (int) indent, "", wrapped + indent + 2);
  else
    fprintf (session->out, "%*s%s\n", (int) indent, "", shown);
}

void
trk_session_warn (TrkSession *session, const char *format, ...)
{
  g_autofree char *line = NULL;
  g_autofree char *shown = NULL;
  va_list list;

  va_start (list, format);
  line = g_strdup_vprintf (format, list);
  va_end (list);
  shown = g_strdelimit (trk_text_visible (line), "\n", ' ');
  fprintf (session->err, "tracker: %s\n", shown);
}

void
trk_session_reach_daemon (TrkSession *session)
{
  if (session->client != NULL || session->client_error != NULL)
    return;
  session->client = trk_bus_client_begin (&session->client_error);
  session->entering = session->client != NULL;
}

/* What is missing where the bus cannot be reached is somebody who keeps time. */
static GError *
client_failure (const TrkSession *session)
{
  if (g_error_matches (session->client_error, TRK_ERROR, TRK_ERROR_UNREACHABLE))
    return trk_bus_error_nobody (session->client_error->message);
  return g_error_copy (session->client_error);
}

TrkBusClient *
trk_session_client (TrkSession *session, GError **error)
{
  trk_session_reach_daemon (session);
  if (session->entering && !trk_bus_client_enter (session->client, &session->client_error))
    g_clear_pointer (&session->client, trk_bus_client_free);
  session->entering = FALSE;
  if (session->client == NULL && error != NULL)
    *error = client_failure (session);
  return session->client;
}

const char *
trk_session_no_client (TrkSession *session)
{
  return trk_session_client (session, NULL) == NULL ? session->client_error->message : NULL;
}

TrkKeeper
trk_session_keeper (TrkSession *session)
{
  return trk_keeper_look (trk_session_client (session, NULL), trk_session_now (session));
}

void
trk_session_explain (TrkSession *session, GError **error)
{
  gboolean done_perhaps = session->client != NULL && trk_bus_client_done_perhaps (session->client);
  TrkKeeper keeper;

  if (error == NULL || !g_error_matches (*error, TRK_ERROR, TRK_ERROR_UNREACHABLE))
    return;
  keeper = trk_session_keeper (session);
  trk_keeper_explain (&keeper, done_perhaps, error);
}

void
trk_session_ask_status (TrkSession *session)
{
  TrkBusClient *client = trk_session_client (session, NULL);

  if (client != NULL)
    trk_bus_client_begin_status (client);
  session->asked = client != NULL;
}

static void
note_reply (TrkSession *session)
{
  const char *why;

  session->reply = trk_bus_client_reply (session->client, &why);
  g_free (session->why);
  session->why = g_strdup (why);
}

TrkBusReply
trk_session_reply (const TrkSession *session, const char **why)
{
  *why = session->why;
  return session->reply;
}

TrkDaemonStatus *
trk_session_status (TrkSession *session, GError **error)
{
  TrkBusClient *client = trk_session_client (session, error);
  TrkDaemonStatus *status = NULL;

  if (client != NULL && !session->asked)
    trk_bus_client_begin_status (client);
  session->asked = FALSE;
  if (client != NULL)
    {
      status = trk_bus_client_end_status (client, error);
      note_reply (session);
    }
  if (status == NULL)
    trk_session_explain (session, error);
  return status;
}

GVariant *
trk_session_call (TrkSession *session, const char *method, GVariant *arguments, GError **error)
{
  g_autoptr (GVariant) taken = arguments != NULL ? g_variant_ref_sink (arguments) : NULL;
  TrkBusClient *client = trk_session_client (session, error);
  GVariant *results = client != NULL ? trk_bus_client_call (client, method, taken, error) : NULL;

  if (results == NULL)
    trk_session_explain (session, error);
  return results;
}

gboolean
trk_session_act (TrkSession *session,
                 const char *method,
                 GVariant *arguments,
                 TrkDaemonStatus **before,
                 TrkDaemonStatus **after,
                 GError **error)
{
  g_autoptr (GVariant) taken = arguments != NULL ? g_variant_ref_sink (arguments) : NULL;
  TrkBusClient *client = trk_session_client (session, error);

  if (client != NULL)
    {
      trk_bus_client_begin_act (client, method, taken, before != NULL);
      if (before != NULL)
        trk_session_store (session, TRK_STORE_READ, NULL);
      if (trk_bus_client_end_act (client, before, after, error))
        return TRUE;
    }
  trk_session_explain (session, error);
  return FALSE;
}

/* The change itself is safe by now, so that a failure here is a warning. */
void
trk_session_tell_daemon (TrkSession *session)
{
  g_autoptr (GError) error = NULL;
  TrkBusClient *client = trk_session_client (session, &error);

  session->saved = TRUE;
  if (g_error_matches (error, TRK_ERROR, TRK_ERROR_UNREACHABLE))
    return;
  if (client == NULL || !trk_bus_client_reload (client, &error))
    trk_session_warn (session, "saved, but the running daemon could not be told: %s",
                      error->message);
}
