/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-presence-choice.h"

#include "trk-mutter-presence.h"
#include "trk-session-watch.h"
#include "trk-wayland-presence.h"
#include "trk-x11-presence.h"

#include "trk-desktop-features.h"

enum
{
  FIRST_PAUSE = 1, /* seconds before a source that went away is looked for again */
  LAST_PAUSE = 64, /* after that one it is looked for when sources are asked anyway */
};

/* Best first. */
typedef enum
{
  MUTTER,
  WAYLAND,
  X11,
  N_CANDIDATES,
} Rank;

struct _TrkPresenceChoice
{
  TrkClock *clock; /* (owned) */
  const TrkPresenceChoiceEvents *events;
  gpointer data;
  GDBusConnection *bus; /* (owned) (nullable) */
  guint mutter_name;
  TrkPresenceCandidate candidates[N_CANDIDATES];
  guint limit; /* ms; 0: not begun */
  guint retry;
  guint pause;            /* seconds */
  gboolean lost;          /* no retry helped */
  TrkSessionWatch *watch; /* (owned) (nullable): while nobody tells */
};

static void start_candidate (TrkPresenceChoice *choice, Rank rank);

static void
changed (TrkPresenceChoice *choice)
{
  choice->events->changed (choice->data);
}

const TrkPresenceCandidate *
trk_presence_choice_best (const TrkPresenceChoice *choice)
{
  for (int rank = 0; rank < N_CANDIDATES; rank++)
    if (trk_presence_candidate_is_believed (&choice->candidates[rank]))
      return &choice->candidates[rank];
  return NULL;
}

TrkInstant
trk_presence_choice_doubted_since (const TrkPresenceChoice *choice, TrkInstant now)
{
  TrkInstant doubt = now;

  for (int rank = 0; rank < N_CANDIDATES; rank++)
    if (choice->candidates[rank].stands)
      doubt = MIN (doubt, choice->candidates[rank].doubt);
  return doubt;
}

static void
add_why_not (GString *why, const TrkPresenceCandidate *candidate)
{
  if (candidate->why_not == NULL && candidate->source == NULL)
    return;
  if (why->len > 0)
    g_string_append (why, "; ");
  if (candidate->why_not != NULL)
    g_string_append (why, candidate->why_not);
  else
    g_string_append_printf (why, "%s has not answered yet",
                            trk_presence_source_name (candidate->source));
}

char *
trk_presence_choice_describe (const TrkPresenceChoice *choice)
{
  const TrkPresenceCandidate *best = trk_presence_choice_best (choice);
  g_autoptr (GString) why = NULL;

  if (best != NULL)
    return g_strdup (trk_presence_source_name (best->source));
  why = g_string_new (NULL);
  for (int rank = 0; rank < N_CANDIDATES; rank++)
    add_why_not (why, &choice->candidates[rank]);
  return g_strdup_printf ("none: %s", why->len > 0 ? why->str : "nobody has answered yet");
}

/* -- What sources say -------------------------------------------------------------------------- */

static TrkPresenceCandidate *
candidate_of (TrkPresenceChoice *choice, TrkPresenceSource *source)
{
  for (int rank = 0; rank < N_CANDIDATES; rank++)
    if (choice->candidates[rank].source == source)
      return &choice->candidates[rank];
  return NULL;
}

/* Somebody tells: nobody needs to be looked for. */
static void
answered (TrkPresenceChoice *choice)
{
  g_clear_pointer (&choice->watch, trk_session_watch_free);
  g_clear_handle_id (&choice->retry, g_source_remove);
  choice->pause = FIRST_PAUSE;
}

static void
take_idle (TrkPresenceChoice *choice, TrkPresenceCandidate *candidate, guint64 milliseconds)
{
  answered (choice);
  trk_presence_candidate_set_idle (candidate, milliseconds, trk_clock_now (choice->clock));
  changed (choice);
}

static void
take_active (TrkPresenceChoice *choice, TrkPresenceCandidate *candidate)
{
  gboolean was_idle = candidate->idle;

  answered (choice);
  trk_presence_candidate_set_active (candidate);
  if (was_idle)
    choice->events->input (choice->data);
  changed (choice);
}

static void
on_idle (TrkPresenceSource *source, guint64 milliseconds, gpointer data)
{
  take_idle (data, candidate_of (data, source), milliseconds);
}

static void
on_active (TrkPresenceSource *source, gpointer data)
{
  take_active (data, candidate_of (data, source));
}

static void
on_told (TrkPresenceSource *source, guint64 milliseconds, gpointer data)
{
  TrkPresenceChoice *choice = data;
  TrkPresenceCandidate *candidate = candidate_of (choice, source);

  switch (trk_presence_candidate_take_answer (candidate, milliseconds, choice->limit,
                                              trk_clock_now (choice->clock)))
    {
    case TRK_PRESENCE_MISSED_IDLE:
      take_idle (choice, candidate, milliseconds);
      break;
    case TRK_PRESENCE_MISSED_INPUT:
      take_active (choice, candidate);
      break;
    case TRK_PRESENCE_MISSED_NOTHING:
      changed (choice);
      break;
    }
}

/* -- Sources that come and go ------------------------------------------------------------------ */

static void
drop (TrkPresenceChoice *choice, Rank rank, const char *why)
{
  TrkPresenceCandidate *candidate = &choice->candidates[rank];

  if (candidate->source != NULL)
    g_signal_handlers_disconnect_by_data (candidate->source, choice);
  trk_presence_candidate_set (candidate, NULL, why);
}

static void
start_missing (TrkPresenceChoice *choice)
{
  if (choice->mutter_name != 0 && choice->candidates[MUTTER].source == NULL
      && choice->candidates[MUTTER].why_not != NULL)
    start_candidate (choice, MUTTER);
  if (choice->candidates[WAYLAND].source == NULL)
    start_candidate (choice, WAYLAND);
}

static gboolean
on_retry (gpointer data)
{
  TrkPresenceChoice *choice = data;

  choice->retry = 0;
  start_missing (choice);
  return G_SOURCE_REMOVE;
}

static void
try_later (TrkPresenceChoice *choice)
{
  choice->lost = choice->pause > LAST_PAUSE;
  if (choice->retry != 0 || choice->lost)
    return;
  choice->retry = g_timeout_add_seconds (choice->pause, on_retry, choice);
  choice->pause *= 2;
}

void
trk_presence_choice_check (TrkPresenceChoice *choice)
{
  for (int rank = 0; rank < N_CANDIDATES; rank++)
    if (trk_presence_candidate_ask (&choice->candidates[rank], trk_clock_now (choice->clock)))
      changed (choice);
  if (choice->lost && choice->retry == 0)
    start_missing (choice);
}

static void
on_display_came (gpointer data)
{
  TrkPresenceChoice *choice = data;

  choice->pause = FIRST_PAUSE;
  start_missing (choice);
}

static void
on_failed (TrkPresenceSource *source, const char *why, gboolean never, gpointer data)
{
  TrkPresenceChoice *choice = data;
  Rank rank = (Rank) (candidate_of (choice, source) - choice->candidates);
  gboolean no_display = g_str_equal (why, TRK_WAYLAND_NO_DISPLAY);

  drop (choice, rank, why);
  if (no_display && choice->candidates[X11].source == NULL)
    start_candidate (choice, X11);
  if (!never)
    try_later (choice);
  changed (choice);
  if (trk_presence_choice_best (choice) == NULL && choice->watch == NULL)
    choice->watch = trk_session_watch_new (on_display_came, choice);
}

static TrkPresenceSource *
make_source (const TrkPresenceChoice *choice, Rank rank)
{
  if (rank == MUTTER && choice->bus != NULL)
    return trk_mutter_presence_new (choice->bus);
#if TRK_HAVE_WAYLAND
  if (rank == WAYLAND)
    return trk_wayland_presence_new (NULL);
#endif
#if TRK_HAVE_X11
  if (rank == X11)
    return trk_x11_presence_new (NULL);
#endif
  return NULL;
}

TrkPresenceSource *
trk_presence_choice_make_another (const TrkPresenceChoice *choice)
{
  const TrkPresenceCandidate *best = trk_presence_choice_best (choice);

  return best != NULL ? make_source (choice, (Rank) (best - choice->candidates)) : NULL;
}

static void
start_candidate (TrkPresenceChoice *choice, Rank rank)
{
  TrkPresenceSource *source;

  drop (choice, rank, NULL);
  source = make_source (choice, rank);
  trk_presence_candidate_set (&choice->candidates[rank], source,
                              source == NULL ? "built without it" : NULL);
  if (source == NULL)
    {
      if (rank == WAYLAND)
        start_candidate (choice, X11);
      return;
    }
  g_signal_connect (source, "idle", G_CALLBACK (on_idle), choice);
  g_signal_connect (source, "active", G_CALLBACK (on_active), choice);
  g_signal_connect (source, "told", G_CALLBACK (on_told), choice);
  g_signal_connect (source, "failed", G_CALLBACK (on_failed), choice);
  trk_presence_source_watch (source, choice->limit);
}

static void
on_mutter_appeared (GDBusConnection *bus, const char *name, const char *owner, gpointer data)
{
  TrkPresenceChoice *choice = data;

  choice->pause = FIRST_PAUSE;
  start_candidate (choice, MUTTER);
}

static void
on_mutter_vanished (GDBusConnection *bus, const char *name, gpointer data)
{
  TrkPresenceChoice *choice = data;

  drop (choice, MUTTER, NULL);
  changed (choice);
}

static void
leave_bus (TrkPresenceChoice *choice)
{
  if (choice->mutter_name != 0)
    g_bus_unwatch_name (choice->mutter_name);
  choice->mutter_name = 0;
  drop (choice, MUTTER, NULL);
  g_clear_object (&choice->bus);
}

void
trk_presence_choice_set_bus (TrkPresenceChoice *choice, GDBusConnection *bus)
{
  leave_bus (choice);
  if (bus != NULL)
    {
      choice->bus = g_object_ref (bus);
      choice->mutter_name =
          g_bus_watch_name_on_connection (bus, TRK_MUTTER_NAME, G_BUS_NAME_WATCHER_FLAGS_NONE,
                                          on_mutter_appeared, on_mutter_vanished, choice, NULL);
    }
  changed (choice);
}

void
trk_presence_choice_set_limit (TrkPresenceChoice *choice, guint limit)
{
  gboolean began = choice->limit != 0;

  if (choice->limit == limit)
    return;
  choice->limit = limit;
  for (int rank = 0; rank < N_CANDIDATES; rank++)
    if (choice->candidates[rank].source != NULL)
      trk_presence_source_watch (choice->candidates[rank].source, limit);
  if (!began)
    start_candidate (choice, WAYLAND);
}

/* -- Life -------------------------------------------------------------------------------------- */

TrkPresenceChoice *
trk_presence_choice_new (TrkClock *clock, const TrkPresenceChoiceEvents *events, gpointer data)
{
  TrkPresenceChoice *choice = g_new0 (TrkPresenceChoice, 1);

  choice->clock = g_object_ref (clock);
  choice->events = events;
  choice->data = data;
  choice->pause = FIRST_PAUSE;
  return choice;
}

void
trk_presence_choice_free (TrkPresenceChoice *choice)
{
  if (choice == NULL)
    return;
  g_clear_handle_id (&choice->retry, g_source_remove);
  g_clear_pointer (&choice->watch, trk_session_watch_free);
  leave_bus (choice);
  for (int rank = 0; rank < N_CANDIDATES; rank++)
    drop (choice, (Rank) rank, NULL);
  g_object_unref (choice->clock);
  g_free (choice);
}
