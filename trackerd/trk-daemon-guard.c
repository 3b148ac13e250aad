/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-daemon-private.h"

#include "trk-program-probe.h"
#include "trk-text.h"

enum
{
  PROBE_WITHIN = 2000, /* ms: less than a caller waits */
  LONGEST_NAME = 80,   /* characters of a program that is shown */
};

/* The focus guard: while a focus entry is open, the engine is told which listed program is in front
 * or was started. Only the word of the list goes on: what windows say of themselves is compared and
 * forgotten. Without a list, and outside of focus, nobody is asked for anything. */

/* -- What is seen ------------------------------------------------------------------------------ */

/* What elapsed before it is handled first, and may have ended the focus. */
static void
on_front (const char *const *names, gpointer data)
{
  TrkDaemon *daemon = data;
  g_autofree char *program = g_strdup (trk_program_list_find (daemon->guarded, names));

  if (g_strcmp0 (program, daemon->front) == 0)
    return;
  trk_daemon_advance (daemon, TRK_REASON_SLEEP);
  if (daemon->programs == NULL)
    return;
  g_free (daemon->front);
  daemon->front = g_strdup (program);
  trk_daemon_apply (daemon, TRK_ACTOR_DAEMON, "guard",
                    trk_engine_front (daemon->engine, program, trk_daemon_now (daemon)), NULL,
                    NULL);
}

static void
on_started (const char *const *names, gpointer data)
{
  TrkDaemon *daemon = data;
  g_autofree char *program = g_strdup (trk_program_list_find (daemon->guarded, names));

  if (program == NULL)
    return;
  trk_daemon_advance (daemon, TRK_REASON_SLEEP);
  if (daemon->programs == NULL)
    return;
  trk_daemon_apply (daemon, TRK_ACTOR_DAEMON, "guard",
                    trk_engine_started (daemon->engine, program, trk_daemon_now (daemon)), NULL,
                    NULL);
}

static void
on_described (gpointer data)
{
  TrkDaemon *daemon = data;
  const char *front = trk_program_watch_front_source (daemon->programs);
  const char *starts = trk_program_watch_start_source (daemon->programs);

  g_debug ("the focus guard is told what is in front by %s, and of starts by %s",
           front != NULL ? front : "nobody", starts != NULL ? starts : "nobody");
}

/* -- The watch --------------------------------------------------------------------------------- */

static gboolean
is_wanted (TrkDaemon *daemon)
{
  TrkSnapshot snapshot;

  if (daemon->ended || daemon->plan == NULL || daemon->config->guarded[0] == NULL)
    return FALSE;
  trk_engine_snapshot (daemon->engine, &snapshot);
  return snapshot.entry != NULL && snapshot.entry->kind == TRK_KIND_FOCUS;
}

static void
end_watch (TrkDaemon *daemon)
{
  g_clear_pointer (&daemon->programs, trk_program_watch_free);
  g_clear_pointer (&daemon->guarded, trk_program_list_free);
  g_clear_pointer (&daemon->guarding, trk_config_unref);
  g_clear_pointer (&daemon->front, g_free);
  if (daemon->engine != NULL)
    trk_engine_forget_front (daemon->engine);
}

static void
begin_watch (TrkDaemon *daemon)
{
  static const TrkProgramWatchEvents events = { on_front, on_started, on_described };
  GDBusConnection *bus = daemon->service != NULL ? trk_service_connection (daemon->service) : NULL;

  daemon->guarding = trk_config_ref (daemon->config);
  daemon->guarded = trk_program_list_new ((const char *const *) daemon->config->guarded);
  daemon->programs = trk_program_watch_new (bus, &events, daemon);
}

/* A configuration that was read again may list others. */
void
trk_daemon_guard (TrkDaemon *daemon)
{
  gboolean wanted = is_wanted (daemon);

  if (daemon->programs != NULL && (!wanted || daemon->guarding != daemon->config))
    end_watch (daemon);
  if (wanted && daemon->programs == NULL)
    begin_watch (daemon);
}

void
trk_daemon_guard_again (TrkDaemon *daemon)
{
  if (daemon->programs == NULL)
    return;
  end_watch (daemon);
  trk_daemon_guard (daemon);
}

/* -- A look ------------------------------------------------------------------------------------ */

typedef struct
{
  TrkProgramAnswer answer;
  gpointer call;
} Asked;

static void
on_answer (gpointer data, const char *source, const char *front, const char *starts)
{
  g_autofree Asked *asked = data;
  g_autofree char *shown = trk_text_line (front, LONGEST_NAME);

  asked->answer (asked->call, source, shown, starts);
}

static void
on_probed (TrkProgramProbe *probe, gpointer data)
{
  g_ptr_array_remove (((TrkDaemon *) data)->probes, probe);
}

void
trk_daemon_probe_programs (TrkProgramAnswer answer, gpointer call, gpointer data)
{
  TrkDaemon *daemon = data;
  Asked *asked = g_new0 (Asked, 1);

  asked->answer = answer;
  asked->call = call;
  g_ptr_array_add (daemon->probes,
                   trk_program_probe_new (trk_service_connection (daemon->service), PROBE_WITHIN,
                                          on_answer, asked, on_probed, daemon));
}

/* Those that ask are answered before the bus goes. */
void
trk_daemon_end_guard (TrkDaemon *daemon)
{
  while (daemon->probes->len > 0)
    trk_program_probe_end (g_ptr_array_index (daemon->probes, 0));
  end_watch (daemon);
}
