/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "engine-world-private.h"

#include "engine-log-guard.h"
#include "engine-state.h"
#include "engine-truth.h"
#include "trk-places.h"

#define WORLD_START (ENGINE_DAY_START + 530 * TRK_MINUTE)

/* -- Rules ------------------------------------------------------------------------------------- */

/* Is the block's time on, by the log? */
static gboolean
block_is_on (const World *world, const char *id)
{
  const TrkBlockState *state = g_hash_table_lookup (world->log->states, id);

  return state != NULL && (state->notices & (1u << TRK_NOTICE_START)) != 0
         && (state->notices & (1u << TRK_NOTICE_END)) == 0 && state->outcome == TRK_OUTCOME_NONE;
}

/* What began for hooks is what is on now, no more and no less. */
static void
check_hooks (World *world, const TrkEntry *entry)
{
  EngineLog *log = world->log;
  guint blocks = 0;

  if (engine_log_is_told (log, "focus") != (entry != NULL && entry->kind == TRK_KIND_FOCUS))
    engine_log_break (log, "hooks were not told the truth about focus");
  if (entry != NULL && engine_log_is_told (log, "break") != (entry->kind == TRK_KIND_BREAK))
    engine_log_break (log, "hooks were not told the truth about the break");
  if (engine_log_is_told (log, "away") != (world->presence == TRK_PRESENCE_AWAY))
    engine_log_break (log, "hooks were not told the truth about presence");
  for (guint i = 0; i < ENGINE_DAY_BLOCKS; i++)
    {
      g_autofree char *what = g_strconcat ("block ", engine_day_ids[i], NULL);
      gboolean told = engine_log_is_told (log, what);

      blocks += told;
      if (told != block_is_on (world, engine_day_ids[i]))
        engine_log_break (log, "hooks were %stold that the block '%s' is on", told ? "" : "not ",
                          engine_day_ids[i]);
    }
  if (blocks > 3)
    engine_log_break (log, "for hooks, %u blocks are on at once", blocks);
}

/* What is in front during focus is asked about, now or soon: a minute lies between notices, and
 * another one before what begins within it. */
static void
check_guard (World *world, const TrkEntry *entry)
{
  if (!world->front || world->asleep != 0 || entry == NULL || entry->kind != TRK_KIND_FOCUS
      || entry->block_id == NULL
      || engine_log_guard_rests (world->log, WORLD_PROGRAM, entry->block_id, world->now))
    return;
  if (trk_engine_next_deadline (world->engine) > world->now + 2 * TRK_MINUTE)
    engine_log_break (world->log, "'%s' is in front, and nobody is going to ask", WORLD_PROGRAM);
}

static gint
compare_blocks (gconstpointer a, gconstpointer b)
{
  const TrkPlace *x = a, *y = b;

  return trk_block_compare (&x->block, &y->block);
}

static gboolean
is_begun (const World *world, const char *id)
{
  const TrkBlockState *state = g_hash_table_lookup (world->log->states, id);

  return state != NULL && trk_block_state_began (state);
}

static void
add_place (const World *world, GArray *places, const TrkBlock *block)
{
  const TrkBlockState *state = g_hash_table_lookup (world->log->states, block->id);
  TrkPlace place = { block, state != NULL ? state : world->unknown, { 0, 0 } };

  g_array_append_val (places, place);
}

/* Of each block of the plan, and of what runs on without it, what the log knows: TrkPlace. */
static GArray *
places_by_log (const World *world, const TrkPlan *plan)
{
  GArray *places = g_array_new (FALSE, FALSE, sizeof (TrkPlace));
  GHashTableIter iter;
  gpointer id, block;

  for (guint i = 0; i < plan->blocks->len; i++)
    add_place (world, places, plan->blocks->pdata[i]);
  g_hash_table_iter_init (&iter, world->log->blocks);
  while (g_hash_table_iter_next (&iter, &id, &block))
    if (trk_plan_block (plan, id) == NULL && is_begun (world, id))
      add_place (world, places, block);
  g_array_sort (places, compare_blocks);
  trk_places_arrange ((TrkPlace *) (gpointer) places->data, places->len);
  return places;
}

/* What is next is what anybody would say who has the plan and reads the log. */
static void
check_next (World *world, const TrkSnapshot *snapshot)
{
  g_autoptr (TrkPlan) plan = engine_day_plan (&world->day);
  g_autoptr (GArray) places = places_by_log (world, plan);
  const char *said = snapshot->next != NULL ? snapshot->next->id : "nothing";
  const TrkPlace *next = NULL;

  for (guint i = 0; i < places->len; i++)
    {
      const TrkPlace *place = &g_array_index (places, TrkPlace, i);

      if (trk_place_comes (place, world->now)
          && (next == NULL || trk_place_compare (place, next) < 0))
        next = place;
    }
  if (g_strcmp0 (next != NULL ? next->block->id : "nothing", said) != 0)
    engine_log_break (world->log, "next is '%s' for the engine and '%s' by the log", said,
                      next != NULL ? next->block->id : "nothing");
  else if (next != NULL && next->span.start != snapshot->next_start)
    engine_log_break (world->log, "'%s' is next in %d s, and in %d s by the log", said,
                      (int) ((snapshot->next_start - world->now) / TRK_SECOND),
                      (int) ((next->span.start - world->now) / TRK_SECOND));
}

static void
check (World *world)
{
  EngineLog *log = world->log;
  TrkEntry *entry = engine_log_open_entry (log);
  TrkSnapshot now;

  trk_engine_snapshot (world->engine, &now);
  if (world->asleep == 0 && trk_engine_next_deadline (world->engine) <= world->now)
    engine_log_break (log, "the next deadline is not in the future");
  if ((now.entry != NULL) != (entry != NULL)
      || (entry != NULL && entry->period.start != now.entry->period.start))
    engine_log_break (log, "the log and the engine do not agree on the open entry");
  if ((now.gap != NULL) != (engine_log_open_gap (log) != NULL))
    engine_log_break (log, "the log and the engine do not agree on the open gap");
  if (now.entry != NULL && now.gap != NULL)
    engine_log_break (log, "an entry and a gap are open at once");
  if (log->focus != (entry != NULL && entry->kind == TRK_KIND_FOCUS))
    engine_log_break (log, "do-not-disturb is not what it should be");
  if (log->focus != now.focus)
    engine_log_break (log, "the engine and the desktop do not agree on do-not-disturb");
  if (world->asleep == 0)
    check_next (world, &now);
  check_hooks (world, entry);
  check_guard (world, entry);
}

void
world_take (World *world, GPtrArray *effects)
{
  if (effects->len > 60)
    engine_log_break (world->log, "%u effects of one event", effects->len);
  engine_log_apply (world->log, effects, &world->policies, world->now);
  g_ptr_array_unref (effects);
}

/* -- A day ----------------------------------------------------------------------------------- */

void
world_do (World *world, Event event, guint minutes)
{
  g_string_append_printf (world->story, " %s(%u)", world_event_name (event), minutes);
  if (event != EVENT_FALL_ASLEEP && event != EVENT_GO_TO_SLEEP)
    world_wake (world);
  world->interfered |= world_interferes (event);
  g_clear_pointer (&world->refused, g_free);
  world_happen (world, event, minutes * TRK_MINUTE);
  world->acted = world->now;
  check (world);
}

/* -- The end ----------------------------------------------------------------------------------- */

static void
check_sum (World *world)
{
  g_autoptr (TrkPlan) plan = engine_day_plan (&world->day);

  engine_truth_check_sum (world->log, plan, WORLD_START);
}

void
world_end (World *world)
{
  TrkInstant due;

  world_wake (world);

  while ((due = trk_engine_next_deadline (world->engine)) < ENGINE_DAY_START + 24 * TRK_HOUR)
    {
      world_go_on (world, due);
      check (world);
      if (world->log->n_effects > 10000)
        engine_log_break (world->log, "effects without end");
      if (world->log->broken != NULL)
        return;
    }
  world_be (world, world->presence, world->now, TRK_REASON_BACK); /* for the books */
  if (world->away != 0)
    trk_period_set_add (world->nobody, (TrkPeriod){ world->away, world->now });
  if (!world->clock_set)
    {
      engine_truth_check_absence (world->log, &world->policies, world->nobody, world->dark);
      engine_truth_check_outages (world->log, world->down);
    }
  if (!world->clock_set && !world->interfered)
    check_sum (world);
  world_take (world, trk_engine_shut_down (world->engine, world->now));
  if (engine_log_open_entry (world->log) != NULL || engine_log_open_gap (world->log) != NULL)
    engine_log_break (world->log, "something is left open at the end");
  if (world->log->focus)
    engine_log_break (world->log, "do-not-disturb is left on at the end");
  if (world->log->asking != NULL)
    engine_log_break (world->log, "the focus guard's question is left up at the end");
  if (engine_log_is_told (world->log, "focus") || engine_log_is_told (world->log, "break"))
    engine_log_break (world->log, "focus or a break never ended for hooks");
}

/* -- All --------------------------------------------------------------------------------------- */

World *
world_new (void)
{
  World *world = g_new0 (World, 1);

  world->log = engine_log_new ();
  world->zone = trk_zone_new_utc ();
  world->almanac = (TrkAlmanac){ world->zone, TRK_DEFAULT_START_OF_DAY, 1 };
  trk_policies_init (&world->policies);
  world->policies.of[TRK_KIND_FOCUS].do_not_disturb = TRUE;
  world->presence = TRK_PRESENCE_ACTIVE;
  world->now = world->acted = WORLD_START;
  world->nobody = trk_period_set_new ();
  world->dark = trk_period_set_new ();
  world->down = trk_period_set_new ();
  world->story = g_string_new (NULL);
  world->unknown = trk_block_state_new ("");
  world->engine = trk_engine_new (&world->policies, &world->almanac, NULL);
  world_be (world, TRK_PRESENCE_ACTIVE, world->now, TRK_REASON_BACK);
  world_tell_plan (world);
  check (world);
  return world;
}

void
world_free (World *world)
{
  trk_engine_free (world->engine);
  engine_log_free (world->log);
  trk_zone_unref (world->zone);
  trk_zone_unref (world->elsewhere);
  trk_period_set_free (world->nobody);
  trk_period_set_free (world->dark);
  trk_period_set_free (world->down);
  g_string_free (world->story, TRUE);
  g_free (world->refused);
  trk_block_state_free (world->unknown);
  g_free (world);
}

const char *
world_broken (const World *world)
{
  return world->log->broken;
}

guint
world_effects (const World *world)
{
  return world->log->n_effects;
}

char *
world_story (const World *world)
{
  return g_strdup (world->story->str);
}

char *
world_state (const World *world)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_append_printf (text,
                          "%" G_GINT64_FORMAT " %d %d %d %" G_GINT64_FORMAT " %" G_GINT64_FORMAT
                          " %" G_GINT64_FORMAT " %d %d %d %d %d %d %d %d\n",
                          world->now, world->day.moved, world->day.gone, world->day.cut,
                          world->asleep, world->away, world->acted, world->busy, world->clock_back,
                          world->clock_set, world->interfered, world->presence, world->tells_sleep,
                          world->awake, world->front);
  for (guint i = 0; i < world->nobody->len; i++)
    g_string_append_printf (text, "%" G_GINT64_FORMAT " ",
                            trk_period_set_nth (world->nobody, i).end);
  for (guint i = 0; i < world->dark->len; i++)
    g_string_append_printf (text, "%" G_GINT64_FORMAT " ", trk_period_set_nth (world->dark, i).end);
  for (guint i = 0; i < world->down->len; i++)
    g_string_append_printf (text, "%" G_GINT64_FORMAT " ", trk_period_set_nth (world->down, i).end);
  engine_state_describe (world->engine, text);
  engine_state_describe_log (world->log, text);
  return g_compute_checksum_for_data (G_CHECKSUM_MD5, (const guchar *) text->str, text->len);
}
