/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-program-watch.h"

#include "trk-hyprland-windows.h"
#include "trk-session-watch.h"
#include "trk-sway-windows.h"
#include "trk-systemd-starts.h"
#include "trk-x11-windows.h"

#include "trk-desktop-features.h"

enum
{
  FIRST_PAUSE = 1, /* seconds before one that went away is looked for again */
  LAST_PAUSE = 64, /* after that one only a change of the session helps */

  ANSWERS_WITHIN = 10000, /* ms; on a socket */
};

/* In the order in which they are tried: an X server may be one of the others' XWayland. */
typedef enum
{
  HYPRLAND,
  SWAY,
  X11,
  N_RANKS,
} Rank;

struct _TrkProgramWatch
{
  const TrkProgramWatchEvents *events;
  gpointer data;

  Rank rank;               /* that is tried or tells; N_RANKS: none is there */
  TrkWindowSource *source; /* (owned) (nullable) */
  gboolean tells;          /* what is in front */
  char *why_not[N_RANKS];  /* (owned) (nullable) */
  guint retry;
  guint pause;              /* seconds */
  TrkSessionWatch *session; /* (owned) (nullable): while nobody is there */

  TrkWindowSource *starts; /* (owned) (nullable) */
  gboolean tells_starts;
  gboolean starts_asked; /* it has not answered yet */
};

static void try_rank (TrkProgramWatch *watch, Rank rank);

/* -- Telling ----------------------------------------------------------------------------------- */

static void
tell_front (TrkProgramWatch *watch, const char *const *names)
{
  if (watch->events->front != NULL)
    watch->events->front (names, watch->data);
}

static void
described (TrkProgramWatch *watch)
{
  if (watch->events->described != NULL)
    watch->events->described (watch->data);
}

/* What was in front is not known any more. Like every word of what is in front it comes last:
 * whoever is told may end the watch. */
static void
stop_telling (TrkProgramWatch *watch)
{
  static const char *const nobody[] = { NULL };

  if (!watch->tells)
    return;
  watch->tells = FALSE;
  tell_front (watch, nobody);
}

static void
set_why (TrkProgramWatch *watch, const char *why)
{
  g_free (watch->why_not[watch->rank]);
  watch->why_not[watch->rank] = g_strdup (why);
}

/* -- Who tells what is in front ---------------------------------------------------------------- */

/* A source may hold itself until its calls have come back: it is told to stop now. */
static void
end_source (TrkProgramWatch *watch, TrkWindowSource *source)
{
  if (source == NULL)
    return;
  g_signal_handlers_disconnect_by_data (source, watch);
  g_object_run_dispose (G_OBJECT (source));
  g_object_unref (source);
}

static void
drop_source (TrkProgramWatch *watch)
{
  end_source (watch, g_steal_pointer (&watch->source));
}

static gboolean
on_retry (gpointer data)
{
  TrkProgramWatch *watch = data;

  watch->retry = 0;
  try_rank (watch, HYPRLAND);
  return G_SOURCE_REMOVE;
}

static void
on_display_came (gpointer data)
{
  TrkProgramWatch *watch = data;

  watch->pause = FIRST_PAUSE;
  if (watch->source != NULL)
    return;
  g_clear_handle_id (&watch->retry, g_source_remove);
  try_rank (watch, HYPRLAND);
}

static void
wait_for_display (TrkProgramWatch *watch)
{
  if (watch->session == NULL)
    watch->session = trk_session_watch_new (on_display_came, watch);
}

static void
try_later (TrkProgramWatch *watch)
{
  wait_for_display (watch);
  if (watch->pause > LAST_PAUSE || watch->retry != 0)
    return;
  watch->retry = g_timeout_add_seconds (watch->pause, on_retry, watch);
  watch->pause *= 2;
}

static void
on_front (TrkWindowSource *source, const char *const *names, gpointer data)
{
  TrkProgramWatch *watch = data;
  gboolean told = watch->tells;

  g_clear_pointer (&watch->session, trk_session_watch_free);
  g_clear_pointer (&watch->why_not[watch->rank], g_free);
  watch->tells = TRUE;
  watch->pause = FIRST_PAUSE;
  if (!told)
    described (watch);
  tell_front (watch, names);
}

static void
on_blind (TrkWindowSource *source, const char *why, gpointer data)
{
  TrkProgramWatch *watch = data;

  set_why (watch, why);
  described (watch);
  stop_telling (watch);
}

static void
on_failed (TrkWindowSource *source, const char *why, gboolean never, gpointer data)
{
  TrkProgramWatch *watch = data;

  set_why (watch, why);
  drop_source (watch);
  if (never)
    try_rank (watch, watch->rank + 1);
  else
    try_later (watch);
  described (watch);
  stop_telling (watch);
}

static TrkWindowSource *
make_source (Rank rank)
{
  if (rank == HYPRLAND)
    {
      g_auto (GStrv) folders = trk_hyprland_windows_folders ();

      return trk_hyprland_windows_new ((const char *const *) folders, ANSWERS_WITHIN);
    }
  if (rank == SWAY)
    {
      g_auto (GStrv) sockets = trk_sway_windows_sockets ();

      return trk_sway_windows_new ((const char *const *) sockets, ANSWERS_WITHIN);
    }
#if TRK_HAVE_X11
  return trk_x11_windows_new (NULL);
#else
  return NULL;
#endif
}

static void
try_rank (TrkProgramWatch *watch, Rank rank)
{
  watch->rank = rank;
  if (rank == N_RANKS)
    {
      wait_for_display (watch);
      return;
    }
  watch->source = make_source (rank);
  if (watch->source == NULL)
    {
      set_why (watch, "built without X11");
      try_rank (watch, rank + 1);
      return;
    }
  g_signal_connect (watch->source, "front", G_CALLBACK (on_front), watch);
  g_signal_connect (watch->source, "blind", G_CALLBACK (on_blind), watch);
  g_signal_connect (watch->source, "failed", G_CALLBACK (on_failed), watch);
  trk_window_source_watch (watch->source);
}

/* -- Who tells of starts ----------------------------------------------------------------------- */

static void
on_started (TrkWindowSource *source, const char *const *names, gpointer data)
{
  TrkProgramWatch *watch = data;

  if (watch->events->started != NULL)
    watch->events->started (names, watch->data);
}

static void
set_starts (TrkProgramWatch *watch, gboolean tells)
{
  watch->tells_starts = tells;
  watch->starts_asked = FALSE;
  described (watch);
}

static void
on_starts_ready (TrkWindowSource *source, gpointer data)
{
  set_starts (data, TRUE);
}

static void
on_starts_blind (TrkWindowSource *source, const char *why, gpointer data)
{
  set_starts (data, FALSE);
}

static void
on_starts_failed (TrkWindowSource *source, const char *why, gboolean never, gpointer data)
{
  set_starts (data, FALSE);
}

static void
watch_starts (TrkProgramWatch *watch, GDBusConnection *bus)
{
  if (bus == NULL)
    return;
  watch->starts = trk_systemd_starts_new (bus);
  watch->starts_asked = TRUE;
  g_signal_connect (watch->starts, "started", G_CALLBACK (on_started), watch);
  g_signal_connect (watch->starts, "ready", G_CALLBACK (on_starts_ready), watch);
  g_signal_connect (watch->starts, "blind", G_CALLBACK (on_starts_blind), watch);
  g_signal_connect (watch->starts, "failed", G_CALLBACK (on_starts_failed), watch);
  trk_window_source_watch (watch->starts);
}

/* -- Life -------------------------------------------------------------------------------------- */

TrkProgramWatch *
trk_program_watch_new (GDBusConnection *bus, const TrkProgramWatchEvents *events, gpointer data)
{
  TrkProgramWatch *watch = g_new0 (TrkProgramWatch, 1);

  watch->events = events;
  watch->data = data;
  watch->pause = FIRST_PAUSE;
  try_rank (watch, HYPRLAND);
  watch_starts (watch, bus);
  return watch;
}

void
trk_program_watch_free (TrkProgramWatch *watch)
{
  if (watch == NULL)
    return;
  g_clear_handle_id (&watch->retry, g_source_remove);
  g_clear_pointer (&watch->session, trk_session_watch_free);
  end_source (watch, watch->source);
  end_source (watch, watch->starts);
  for (int rank = 0; rank < N_RANKS; rank++)
    g_free (watch->why_not[rank]);
  g_free (watch);
}

/* -- Questions --------------------------------------------------------------------------------- */

const char *
trk_program_watch_front_source (const TrkProgramWatch *watch)
{
  return watch->tells && watch->source != NULL ? trk_window_source_name (watch->source) : NULL;
}

const char *
trk_program_watch_start_source (const TrkProgramWatch *watch)
{
  return watch->tells_starts ? trk_window_source_name (watch->starts) : NULL;
}

char *
trk_program_watch_why_not (const TrkProgramWatch *watch)
{
  g_autoptr (GString) why = g_string_new (NULL);

  for (int rank = 0; rank < N_RANKS; rank++)
    if (watch->why_not[rank] != NULL)
      g_string_append_printf (why, "%s%s", why->len > 0 ? "; " : "", watch->why_not[rank]);
  return why->len > 0 ? g_string_free (g_steal_pointer (&why), FALSE)
                      : g_strdup ("nobody has answered yet");
}

gboolean
trk_program_watch_is_settled (const TrkProgramWatch *watch)
{
  gboolean waits = watch->source != NULL && !watch->tells && watch->why_not[watch->rank] == NULL;

  return !waits && !watch->starts_asked;
}
