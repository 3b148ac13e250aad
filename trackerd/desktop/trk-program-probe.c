/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-program-probe.h"

#include "trk-program-watch.h"

struct _TrkProgramProbe
{
  TrkProgramWatch *watch;
  char *front; /* (owned) */
  TrkProgramAnswer answer;
  gpointer call;
  void (*done) (TrkProgramProbe *probe, gpointer data);
  gpointer data;
  guint timer;
  guint soon; /* idle source: there is nothing to wait for any more */
};

void
trk_program_probe_end (TrkProgramProbe *probe)
{
  const char *source = trk_program_watch_front_source (probe->watch);
  const char *starts = trk_program_watch_start_source (probe->watch);
  g_autofree char *why_not = trk_program_watch_why_not (probe->watch);
  g_autofree char *none = g_strconcat ("none: ", why_not, NULL);

  g_clear_handle_id (&probe->timer, g_source_remove);
  g_clear_handle_id (&probe->soon, g_source_remove);
  probe->answer (probe->call, source != NULL ? source : none, probe->front,
                 starts != NULL ? starts : "");
  probe->done (probe, probe->data);
  trk_program_watch_free (probe->watch);
  g_free (probe->front);
  g_free (probe);
}

static gboolean
on_soon (gpointer data)
{
  TrkProgramProbe *probe = data;

  probe->soon = 0;
  if (trk_program_watch_is_settled (probe->watch))
    trk_program_probe_end (probe);
  return G_SOURCE_REMOVE;
}

/* Later, since a watch does not bear to be ended by what it says. */
static void
look_again (TrkProgramProbe *probe)
{
  if (probe->soon == 0)
    probe->soon = g_idle_add (on_soon, probe);
}

static void
on_front (const char *const *names, gpointer data)
{
  TrkProgramProbe *probe = data;

  g_free (probe->front);
  probe->front = g_strdup (names[0] != NULL ? names[0] : "");
  look_again (probe);
}

static void
on_described (gpointer data)
{
  look_again (data);
}

static gboolean
on_overdue (gpointer data)
{
  TrkProgramProbe *probe = data;

  probe->timer = 0;
  trk_program_probe_end (probe);
  return G_SOURCE_REMOVE;
}

TrkProgramProbe *
trk_program_probe_new (GDBusConnection *bus,
                       guint limit,
                       TrkProgramAnswer answer,
                       gpointer call,
                       void (*done) (TrkProgramProbe *probe, gpointer data),
                       gpointer data)
{
  static const TrkProgramWatchEvents events = { .front = on_front, .described = on_described };
  TrkProgramProbe *probe = g_new0 (TrkProgramProbe, 1);

  probe->front = g_strdup ("");
  probe->answer = answer;
  probe->call = call;
  probe->done = done;
  probe->data = data;
  probe->timer = g_timeout_add (limit, on_overdue, probe);
  probe->watch = trk_program_watch_new (bus, &events, probe);
  return probe;
}
