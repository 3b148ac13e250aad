/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-simulation.h"

#define MIDNIGHT (G_GINT64_CONSTANT (1795392000) * TRK_SECOND) /* 2026-11-23T00:00:00Z */

typedef struct
{
  TrkZone *zone;
  TrkAlmanac almanac;
  TrkPolicies policies;
  GPtrArray *blocks;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->zone = trk_zone_new_utc ();
  fixture->almanac = (TrkAlmanac){ fixture->zone, TRK_DEFAULT_START_OF_DAY, 1 };
  trk_policies_init (&fixture->policies);
  fixture->blocks = g_ptr_array_new_with_free_func ((GDestroyNotify) trk_block_unref);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_ptr_array_unref (fixture->blocks);
  trk_zone_unref (fixture->zone);
}

static void
add_kind (Fixture *fixture, TrkKind kind, const char *title, int start, int end)
{
  TrkBlock *block = trk_block_new ();

  block->id = g_strdup_printf ("%s %d", title, start);
  block->title = g_strdup (title);
  block->kind = kind;
  block->period = (TrkPeriod){ MIDNIGHT + start * TRK_MINUTE, MIDNIGHT + end * TRK_MINUTE };
  block->planned = block->period;
  g_ptr_array_add (fixture->blocks, block);
}

static void
add (Fixture *fixture, const char *title, int start, int end)
{
  add_kind (fixture, TRK_KIND_FOCUS, title, start, end);
}

static GPtrArray *
simulate (Fixture *fixture, TrkPeriod period, TrkSimulatedUser user)
{
  g_autoptr (TrkPlan) plan = trk_plan_new_for_blocks (fixture->blocks, period);

  return trk_simulation_run (plan, period, user, &fixture->policies, &fixture->almanac);
}

static guint
count (const GPtrArray *effects, TrkEffectType type)
{
  guint n = 0;

  for (guint i = 0; i < effects->len; i++)
    n += ((TrkEffect *) effects->pdata[i])->type == type;
  return n;
}

/* A block that began before the period is under way in it and is not told as late; only what falls
 * into the period is listed, the notice for a block after it too. */
static void
test_borders (Fixture *fixture, gconstpointer data)
{
  TrkPeriod period = { MIDNIGHT + 240 * TRK_MINUTE, MIDNIGHT + 1680 * TRK_MINUTE };
  g_autoptr (GPtrArray) effects = NULL;

  add (fixture, "Night", 200, 300);
  add (fixture, "Tomorrow", 1682, 1740);
  effects = simulate (fixture, period, TRK_USER_ACTIVE);
  g_assert_cmpuint (count (effects, TRK_EFFECT_ENTRY_OPEN), ==, 0);
  g_assert_cmpuint (count (effects, TRK_EFFECT_ENTRY_CLOSE), ==, 1);
  g_assert_cmpuint (count (effects, TRK_EFFECT_NOTIFY), ==, 3); /* ending, end; tomorrow's lead */
  for (guint i = 0; i < effects->len; i++)
    g_assert_true (trk_period_contains (period, ((TrkEffect *) effects->pdata[i])->at));
}

static void
test_presence (Fixture *fixture, gconstpointer data)
{
  TrkPeriod period = { MIDNIGHT, MIDNIGHT + 24 * TRK_HOUR };
  const struct
  {
    TrkSimulatedUser user;
    guint entries, gaps;
  } rows[] = { { TRK_USER_ACTIVE, 1, 0 }, { TRK_USER_UNKNOWN, 1, 0 }, { TRK_USER_AWAY, 0, 1 } };

  add (fixture, "Day", 540, 600);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GPtrArray) effects = simulate (fixture, period, rows[i].user);

      g_assert_cmpuint (count (effects, TRK_EFFECT_ENTRY_OPEN), ==, rows[i].entries);
      g_assert_cmpuint (count (effects, TRK_EFFECT_GAP_OPEN), ==, rows[i].gaps);
    }
}

/* Who follows the plan is away in breaks: they are taken, and nobody is reminded of one. That the
 * first block is over is told by the start of the break. */
static void
test_breaks (Fixture *fixture, gconstpointer data)
{
  TrkPeriod period = { MIDNIGHT, MIDNIGHT + 24 * TRK_HOUR };
  const struct
  {
    TrkSimulatedUser user;
    TrkOutcome outcome;
    guint notices;
  } rows[] = { { TRK_USER_FOLLOWS_PLAN, TRK_OUTCOME_DONE, 3 + 1 + 4 },
               { TRK_USER_ACTIVE, TRK_OUTCOME_MISSED, 3 + 1 + 3 + 4 } };

  add (fixture, "Before", 540, 600);
  add_kind (fixture, TRK_KIND_BREAK, "Walk", 600, 615);
  add (fixture, "After", 615, 675);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GPtrArray) effects = simulate (fixture, period, rows[i].user);
      TrkOutcome outcome = TRK_OUTCOME_NONE;

      for (guint j = 0; j < effects->len; j++)
        {
          const TrkEffect *effect = effects->pdata[j];

          if (effect->state != NULL && g_str_has_prefix (effect->block_id, "Walk"))
            outcome = effect->state->outcome;
        }
      g_assert_cmpint (outcome, ==, rows[i].outcome);
      g_assert_cmpuint (count (effects, TRK_EFFECT_NOTIFY), ==, rows[i].notices);
      g_assert_cmpuint (count (effects, TRK_EFFECT_GAP_OPEN), ==, 0);
    }
}

/* What runs as planned, since nothing tells who is there, goes on as that; a word about who is
 * there counts. A meeting says nothing of it. */
static void
test_unverified (Fixture *fixture, gconstpointer data)
{
  TrkPeriod period = { MIDNIGHT + 570 * TRK_MINUTE, MIDNIGHT + 24 * TRK_HOUR };
  const struct
  {
    TrkKind kind;
    TrkSimulatedUser user;
    guint opened;
    TrkEvidence evidence; /* of the last that opened */
  } rows[] = { { TRK_KIND_FOCUS, TRK_USER_FOLLOWS_PLAN, 1, TRK_EVIDENCE_PLAN },
               { TRK_KIND_FOCUS, TRK_USER_ACTIVE, 2, TRK_EVIDENCE_OBSERVED },
               { TRK_KIND_MEETING, TRK_USER_FOLLOWS_PLAN, 1, TRK_EVIDENCE_OBSERVED } };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (TrkPlan) plan = NULL;
      g_autoptr (TrkEntry) open = trk_entry_new ();
      g_autoptr (TrkBlockState) state = trk_block_state_new ("Runs 540");
      g_autoptr (GPtrArray) entries = g_ptr_array_new ();
      g_autoptr (GPtrArray) states = g_ptr_array_new ();
      g_autoptr (GPtrArray) effects = NULL;
      TrkEngineMemory memory = { .entries = entries, .states = states, .last_mark = period.start };
      TrkEvidence last = TRK_EVIDENCE_MANUAL;

      g_ptr_array_set_size (fixture->blocks, 0);
      add_kind (fixture, rows[i].kind, "Runs", 540, 600);
      add (fixture, "After", 600, 660);
      plan = trk_plan_new_for_blocks (fixture->blocks, period);
      open->title = g_strdup ("Runs");
      open->block_id = g_strdup ("Runs 540");
      open->kind = rows[i].kind;
      open->evidence = TRK_EVIDENCE_PLAN;
      open->period = (TrkPeriod){ MIDNIGHT + 540 * TRK_MINUTE, TRK_NEVER };
      open->until = MIDNIGHT + 600 * TRK_MINUTE;
      g_ptr_array_add (entries, open);
      state->notices = 1u << TRK_NOTICE_LEAD | 1u << TRK_NOTICE_START;
      g_ptr_array_add (states, state);
      effects = trk_simulation_go_on (plan, period, rows[i].user, &fixture->policies,
                                      &fixture->almanac, &memory);
      g_assert_cmpuint (count (effects, TRK_EFFECT_ENTRY_OPEN), ==, rows[i].opened);
      for (guint j = 0; j < effects->len; j++)
        if (((TrkEffect *) effects->pdata[j])->type == TRK_EFFECT_ENTRY_OPEN)
          last = ((TrkEffect *) effects->pdata[j])->entry->evidence;
      g_assert_cmpint (last, ==, rows[i].evidence);
    }
}

/* A year of two blocks a day: nothing is lost or doubled. */
static void
test_year (Fixture *fixture, gconstpointer data)
{
  TrkPeriod period = { MIDNIGHT, MIDNIGHT + 365 * 24 * TRK_HOUR };
  g_autoptr (GPtrArray) effects = NULL;

  for (int day = 0; day < 365; day++)
    for (int i = 0; i < 2; i++)
      add (fixture, "Block", day * 1440 + 540 + i * 60, day * 1440 + 590 + i * 60);
  effects = simulate (fixture, period, TRK_USER_ACTIVE);
  g_assert_cmpuint (count (effects, TRK_EFFECT_ENTRY_OPEN), ==, 730);
  g_assert_cmpuint (count (effects, TRK_EFFECT_ENTRY_CLOSE), ==, 730);
  g_assert_cmpuint (count (effects, TRK_EFFECT_NOTIFY), ==, 4 * 730);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)
  ADD ("/simulation/borders", test_borders);
  ADD ("/simulation/presence", test_presence);
  ADD ("/simulation/breaks", test_breaks);
  ADD ("/simulation/unverified", test_unverified);
  ADD ("/simulation/year", test_year);
  return g_test_run ();
}
