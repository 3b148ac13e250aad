/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-engine.h"
#include "trk-notice-rule.h"

/* Which rule decided a notice, and which ones are withheld. */

/* 2026-11-23 00:00 UTC. */
#define DAY_START ((TrkInstant) 1795392000 * TRK_SECOND)
#define AT(hour, minute) (DAY_START + (hour) *TRK_HOUR + (minute) *TRK_MINUTE)

typedef struct
{
  TrkKind kind;
  TrkNoticeKind notice;
  const char *rule;
} Row;

static const Row rows[] = {
  { TRK_KIND_FOCUS, TRK_NOTICE_LEAD, "[policy focus] lead = 5m" },
  { TRK_KIND_FOCUS, TRK_NOTICE_START, "[policy focus] notify_start = yes" },
  { TRK_KIND_SHALLOW, TRK_NOTICE_START, "[policy shallow] notify_start = no" },
  { TRK_KIND_SHALLOW, TRK_NOTICE_LEAD, "[policy shallow] lead = off" },
  { TRK_KIND_FOCUS, TRK_NOTICE_ENDING, "[policy focus] ending = 2m" },
  { TRK_KIND_FOCUS, TRK_NOTICE_END, "[policy focus] notify_end = yes" },
  { TRK_KIND_BREAK, TRK_NOTICE_REMINDER, "[policy break] remind_every = 3m, remind_times = 3" },
  { TRK_KIND_MEETING, TRK_NOTICE_REMINDER, "[policy meeting] unmissable = yes" },
  { TRK_KIND_BREAK, TRK_NOTICE_LOCK, "[policy break] strict = no" },
  { TRK_KIND_BREAK, TRK_NOTICE_OWED, "a break that was lost is offered afterwards" },
  { TRK_KIND_OFF, TRK_NOTICE_OVERTIME, "[trackerd] overtime_every = 1h30m" },
};

static void
test_rules (void)
{
  TrkPolicies policies;

  trk_policies_init (&policies);
  policies.of[TRK_KIND_SHALLOW].notify_start = FALSE;
  policies.of[TRK_KIND_MEETING].unmissable = TRUE;
  policies.overtime_every = 90 * TRK_MINUTE;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (TrkBlock) block = trk_block_new ();
      g_autofree char *rule = NULL;

      block->kind = rows[i].kind;
      rule = trk_notice_rule (&policies, block, rows[i].notice);
      g_assert_cmpstr (rule, ==, rows[i].rule);
    }
}

static void
test_without_a_block (void)
{
  TrkPolicies policies;
  g_autofree char *digest = NULL, *limit = NULL, *end = NULL;

  trk_policies_init (&policies);
  policies.work_limit = 8 * TRK_HOUR;
  digest = trk_notice_rule (&policies, NULL, TRK_NOTICE_DIGEST);
  limit = trk_notice_rule (&policies, NULL, TRK_NOTICE_LIMIT);
  end = trk_notice_rule (&policies, NULL, TRK_NOTICE_DAY_END);
  g_assert_cmpstr (digest, ==, "[trackerd] late = 10m");
  g_assert_cmpstr (limit, ==, "[trackerd] work_limit = 8h");
  g_assert_cmpstr (end, ==, "[trackerd] day_end = no");
}

static void
test_alarm (void)
{
  g_autoptr (TrkBlock) block = trk_block_new ();
  g_autofree char *rule = NULL;
  TrkPolicies policies;

  trk_policies_init (&policies);
  block->leads = g_array_new (FALSE, FALSE, sizeof (TrkDuration));
  rule = trk_notice_rule (&policies, block, TRK_NOTICE_LEAD);
  g_assert_cmpstr (rule, ==, "an alarm of the event (VALARM)");
}

/* -- By the engine ----------------------------------------------------------------------------- */

static TrkPlan *
plan_of (TrkKind kind, TrkInstant start, TrkInstant end)
{
  g_autoptr (TrkBlock) block = trk_block_new ();
  g_autoptr (GPtrArray) blocks = g_ptr_array_new ();

  block->id = g_strdup ("b");
  block->title = g_strdup ("Retries");
  block->kind = kind;
  block->period = block->planned = (TrkPeriod){ start, end };
  g_ptr_array_add (blocks, block);
  return trk_plan_new_for_blocks (blocks, (TrkPeriod){ DAY_START, AT (24, 0) });
}

/* The first effect of the kinds that are about notices: "notify start rule", "" none. */
static char *
first_word (const GPtrArray *effects, TrkNoticeKind kind)
{
  for (guint i = 0; i < effects->len; i++)
    {
      const TrkEffect *effect = effects->pdata[i];

      if (effect->notice != NULL && effect->notice->kind == kind)
        return g_strjoin (" ", trk_effect_type_to_string (effect->type),
                          trk_reason_to_string (effect->reason), effect->rule, NULL);
    }
  return g_strdup ("");
}

typedef struct
{
  const char *name;
  gboolean notify_start;
  TrkInstant first, second; /* steps: before the block of 10:00–11:00, and then */
  TrkNoticeKind kind;
  const char *word;
} Decision;

static const Decision decisions[] = {
  { "given", TRUE, AT (9, 0), AT (10, 0), TRK_NOTICE_START,
    "notify block-start [policy focus] notify_start = yes" },
  { "not-wanted", FALSE, AT (9, 0), AT (10, 0), TRK_NOTICE_START,
    "withhold block-start [policy focus] notify_start = no" },
  { "passed", TRUE, AT (9, 0), AT (12, 0), TRK_NOTICE_START,
    "withhold late [policy focus] notify_start = yes" },
  { "lead", TRUE, AT (9, 0), AT (9, 55), TRK_NOTICE_LEAD, "notify lead [policy focus] lead = 5m" },
  { "lead-too-late", TRUE, AT (9, 0), AT (10, 0), TRK_NOTICE_LEAD,
    "withhold late [policy focus] lead = 5m" },
};

static void
test_decision (gconstpointer data)
{
  const Decision *row = data;
  g_autoptr (TrkZone) zone = trk_zone_new_utc ();
  TrkAlmanac almanac = { .zone = zone, .start_of_day = 4 * TRK_HOUR };
  TrkPolicies policies;
  g_autoptr (TrkPlan) plan = plan_of (TRK_KIND_FOCUS, AT (10, 0), AT (11, 0));
  g_autoptr (TrkEngine) engine = NULL;
  g_autoptr (GPtrArray) effects = NULL;
  g_autofree char *word = NULL;

  trk_policies_init (&policies);
  policies.of[TRK_KIND_FOCUS].notify_start = row->notify_start;
  engine = trk_engine_new (&policies, &almanac, NULL);
  g_ptr_array_unref (trk_engine_set_plan (engine, plan, row->first));
  effects = trk_engine_step (engine, row->second);
  word = first_word (effects, row->kind);
  g_assert_cmpstr (word, ==, row->word);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/notice-rule/blocks", test_rules);
  g_test_add_func ("/notice-rule/without-a-block", test_without_a_block);
  g_test_add_func ("/notice-rule/alarm", test_alarm);
  for (gsize i = 0; i < G_N_ELEMENTS (decisions); i++)
    {
      g_autofree char *path = g_strconcat ("/notice-rule/", decisions[i].name, NULL);

      g_test_add_data_func (path, &decisions[i], test_decision);
    }
  return g_test_run ();
}
