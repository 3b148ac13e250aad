/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "engine-twins.h"

#include "engine-shown.h"
#include "engine-world-private.h"
#include "trk-engine-private.h"

struct _Twins
{
  World *runs;        /* on */
  World *stops;       /* once */
  TrkInstant stopped; /* then; 0 not yet */
  gboolean guards;    /* the last event was an answer to the focus guard */
  GString *story;
  char *broken;
};

/* -- What differs ------------------------------------------------------------------------------ */

/* Lines of one that the other has not; owned by the caller. */
static char *
lines_missing (const char *of, const char *in)
{
  g_auto (GStrv) lines = g_strsplit (of, "\n", -1);
  g_auto (GStrv) others = g_strsplit (in, "\n", -1);
  g_autoptr (GString) missing = g_string_new (NULL);

  for (char **line = lines; *line != NULL; line++)
    if (!g_strv_contains ((const char *const *) others, *line))
      g_string_append_printf (missing, "  %s\n", *line);
  return g_string_free (g_steal_pointer (&missing), FALSE);
}

/* A notice goes from the screen with the daemon, and what takes its place is news then: it keeps
 * the minute between notices. So the focus guard asks at another moment, and whether there is
 * anything to answer yet is another matter. */
static char *
show (const Twins *twins, World *world)
{
  if (twins->guards)
    g_clear_pointer (&world->refused, g_free);
  return engine_shown (world, twins->stopped);
}

static void
compare (Twins *twins)
{
  g_autofree char *runs = show (twins, twins->runs);
  g_autofree char *stops = show (twins, twins->stops);
  const char *rule =
      world_broken (twins->runs) != NULL ? world_broken (twins->runs) : world_broken (twins->stops);
  g_autofree char *without = lines_missing (runs, stops);
  g_autofree char *with = lines_missing (stops, runs);

  if (twins->broken != NULL || (rule == NULL && g_str_equal (runs, stops)))
    return;
  if (rule != NULL)
    twins->broken = g_strdup_printf ("%s, after:%s", rule, twins->story->str);
  else
    twins->broken =
        g_strdup_printf ("a stop and a start make a difference, after:%s\nwithout:\n%swith:\n%s",
                         twins->story->str, without, with);
}

/* -- A day ------------------------------------------------------------------------------------- */

/* Notices and their reminders are not the same, so that one has deadlines which the other has
 * not. */
static void
go_to_deadline (Twins *twins)
{
  TrkInstant due = MIN (trk_engine_next_deadline (twins->runs->engine),
                        trk_engine_next_deadline (twins->stops->engine));

  if (due == TRK_NEVER)
    return;
  world_run_to (twins->runs, due);
  world_run_to (twins->stops, due);
}

static void
pass_one_second (World *world)
{
  world_run_to (world, world->now + TRK_SECOND);
  world->acted = world->now;
}

/* What begins and ends at the same moment is not kept, and so the next daemon knows nothing of it;
 * who commands is there for a second more. */
static void
pass_a_second (Twins *twins)
{
  if (twins->runs->asleep != 0)
    return;
  pass_one_second (twins->runs);
  pass_one_second (twins->stops);
}

/* What is in the log stays there when the clock is set back, and lies in the future then: what is
 * open goes on from there, and of what was cut in two by the stop another part does. */
static gboolean
sets_clock_back (const Twins *twins, Event event)
{
  return event == EVENT_CLOCK_BACK || (event == EVENT_CLOCK_STEP && !twins->runs->clock_back);
}

static void
do_both (Twins *twins, Event event, guint minutes)
{
  world_do (twins->runs, event, minutes);
  world_do (twins->stops, event, minutes);
}

void
twins_do (Twins *twins, Event event, guint minutes)
{
  if (sets_clock_back (twins, event))
    return;
  pass_a_second (twins);
  g_string_append_printf (twins->story, " %s(%u)", world_event_name (event), minutes);
  if (event == EVENT_DEADLINE)
    {
      world_wake (twins->runs);
      world_wake (twins->stops);
      go_to_deadline (twins);
    }
  else
    do_both (twins, event, minutes);
  twins->guards = event >= EVENT_GUARD_BACK && event <= EVENT_GUARD_WORK;
  compare (twins);
}

/* Stopping the daemon lifts everything, and so it ends what was started by hand: that is no
 * difference to look for. */
static gboolean
holds_something_by_hand (const TrkEngine *engine)
{
  return engine->hand != NULL || engine->rest != NULL || engine->ended != NULL;
}

gboolean
twins_stop (Twins *twins)
{
  if (twins->stopped != 0)
    return FALSE;
  world_wake (twins->runs);
  world_wake (twins->stops);
  pass_a_second (twins);
  if (holds_something_by_hand (twins->stops->engine))
    return FALSE;
  twins->stopped = twins->stops->now;
  g_string_append (twins->story, " stop-and-start(0)");
  world_stop_and_start (twins->stops, 0);
  compare (twins);
  return TRUE;
}

void
twins_end (Twins *twins)
{
  world_wake (twins->runs);
  world_wake (twins->stops);
  while (twins->broken == NULL && twins->runs->now < ENGINE_DAY_START + 24 * TRK_HOUR)
    {
      go_to_deadline (twins);
      if (trk_engine_next_deadline (twins->runs->engine) == TRK_NEVER
          && trk_engine_next_deadline (twins->stops->engine) == TRK_NEVER)
        return;
      compare (twins);
    }
}

/* -- All --------------------------------------------------------------------------------------- */

Twins *
twins_new (gboolean late)
{
  Twins *twins = g_new0 (Twins, 1);

  twins->runs = world_new ();
  twins->stops = world_new ();
  twins->runs->tells_late = twins->stops->tells_late = late;
  twins->story = g_string_new (NULL);
  return twins;
}

void
twins_free (Twins *twins)
{
  world_free (twins->runs);
  world_free (twins->stops);
  g_string_free (twins->story, TRUE);
  g_free (twins->broken);
  g_free (twins);
}

const char *
twins_broken (const Twins *twins)
{
  return twins->broken;
}
