/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "engine-day.h"

#define CUT_UNTIL 570 /* minutes: the meeting that comes late lasts so long */

const char *const engine_day_ids[] = { "plan", "build", "rest", "review", "team", "over" };

static const struct
{
  TrkKind kind;
  int start, end; /* minutes of the day */
} blocks_of_day[] = {
  { TRK_KIND_ROUTINE, 520, 540 }, { TRK_KIND_FOCUS, 540, 600 },   { TRK_KIND_BREAK, 600, 615 },
  { TRK_KIND_SHALLOW, 615, 645 }, { TRK_KIND_MEETING, 645, 675 }, { TRK_KIND_OFF, 675, 900 },
};

static TrkBlock *
block_new (const char *id, TrkKind kind, int start, int end)
{
  TrkBlock *block = trk_block_new ();

  block->id = g_strdup (id);
  block->calendar = g_strdup ("work");
  block->title = g_strdup (id);
  block->kind = kind;
  block->period.start = ENGINE_DAY_START + start * TRK_MINUTE;
  block->period.end = ENGINE_DAY_START + end * TRK_MINUTE;
  block->planned = block->period;
  return block;
}

/* The calendar has a meeting now over the first half of the focus block. */
static TrkBlock *
new_meeting (void)
{
  return block_new ("new", TRK_KIND_MEETING, 535, CUT_UNTIL);
}

TrkPlan *
engine_day_plan (const EngineDay *day)
{
  g_autoptr (GPtrArray) blocks = g_ptr_array_new_with_free_func ((GDestroyNotify) trk_block_unref);

  for (guint i = 0; i < ENGINE_DAY_BLOCKS; i++)
    {
      gboolean focus = blocks_of_day[i].kind == TRK_KIND_FOCUS;
      TrkBlock *block;

      if (focus && day->gone)
        continue;
      block = block_new (engine_day_ids[i], blocks_of_day[i].kind,
                         blocks_of_day[i].start + (focus ? day->moved : 0), blocks_of_day[i].end);
      if (focus && day->cut)
        block->period.start = ENGINE_DAY_START + CUT_UNTIL * TRK_MINUTE;
      g_ptr_array_add (blocks, block);
    }
  if (day->cut)
    g_ptr_array_add (blocks, new_meeting ());
  return trk_plan_new_for_blocks (
      blocks, (TrkPeriod){ ENGINE_DAY_START, ENGINE_DAY_START + 24 * TRK_HOUR });
}
