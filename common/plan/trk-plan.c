/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-plan.h"

#include "trk-block-maker.h"
#include "trk-calendar.h"
#include "trk-known.h"
#include "trk-overlap.h"
#include "trk-renamed.h"
#include "trk-time-left.h"

static TrkPlan *
new_empty (TrkPeriod period)
{
  TrkPlan *plan = g_rc_box_new0 (TrkPlan);

  plan->period = period;
  plan->blocks = g_ptr_array_new_with_free_func ((GDestroyNotify) trk_block_unref);
  plan->squeezed = trk_squeezes_new ();
  return plan;
}

static void
clear_plan (gpointer data)
{
  TrkPlan *plan = data;

  g_ptr_array_unref (plan->blocks);
  g_array_unref (plan->squeezed);
}

TrkPlan *
trk_plan_ref (TrkPlan *plan)
{
  return g_rc_box_acquire (plan);
}

void
trk_plan_unref (TrkPlan *plan)
{
  if (plan != NULL)
    g_rc_box_release_full (plan, clear_plan);
}

/* -- The same event twice ---------------------------------------------------------------------- */

static guint
calendar_rank (const TrkPlanInput *input, const char *name)
{
  guint i = 0;

  for (; input->calendars != NULL && i < input->calendars->len; i++)
    {
      const TrkCalendar *calendar = g_ptr_array_index (input->calendars, i);

      if (g_strcmp0 (calendar->name, name) == 0)
        break;
    }
  return i;
}

/* An occurrence and the block that it makes. */
typedef struct
{
  const TrkOccurrence *occurrence; /* borrowed */
  TrkBlock *block;                 /* (owned) */
} Wish;

static void
wish_clear (gpointer wish)
{
  trk_block_unref (((Wish *) wish)->block);
}

/* Copies have UID and times in common; without a UID nothing is known to be the same. */
static gboolean
are_copies (const TrkOccurrence *x, const TrkOccurrence *y)
{
  return x->period.start == y->period.start && x->period.end == y->period.end && x->uid != NULL
         && x->uid[0] != '\0' && g_strcmp0 (x->uid, y->uid) == 0;
}

/* The copy that stays before the others: the one of the calendar that is configured first, then by
 * name. */
static gint
compare_copies (const TrkPlanInput *input, const TrkBlock *a, const TrkBlock *b)
{
  guint rank_a = calendar_rank (input, a->calendar);
  guint rank_b = calendar_rank (input, b->calendar);
  gint order = g_strcmp0 (a->calendar, b->calendar);

  if (rank_a != rank_b)
    return rank_a < rank_b ? -1 : 1;
  if (order == 0)
    order = g_strcmp0 (a->id, b->id);
  return order != 0 ? order : g_strcmp0 (a->title, b->title);
}

/* Copies beside each other, the best one first. */
static gint
compare_wishes (gconstpointer a, gconstpointer b, gpointer input)
{
  const Wish *x = a, *y = b;
  TrkPeriod one = x->occurrence->period, other = y->occurrence->period;
  gint order;

  if (one.start != other.start)
    return one.start < other.start ? -1 : 1;
  if (one.end != other.end)
    return one.end < other.end ? -1 : 1;
  order = g_strcmp0 (x->occurrence->uid, y->occurrence->uid);
  return order != 0 ? order : compare_copies (input, x->block, y->block);
}

static void
note_copy (GArray *squeezed, TrkBlock *copy, TrkBlock *kept)
{
  trk_squeezes_add (squeezed, (TrkSqueeze){
                                  .block = copy,
                                  .by = kept,
                                  .lost = copy->period,
                                  .whole = TRUE,
                                  .duplicate = TRUE,
                              });
}

/* Those that share texts, as most do not: whose they are → the first block of them, none yet. */
static GHashTable *
shared_texts (const GPtrArray *occurrences)
{
  GHashTable *shared = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < occurrences->len; i++)
    {
      TrkOccurrence *owner = ((TrkOccurrence *) g_ptr_array_index (occurrences, i))->texts_of;

      if (owner != NULL)
        g_hash_table_insert (shared, owner, NULL);
    }
  return shared;
}

/* The block of @occurrence, or NULL. */
static TrkBlock *
make_block (TrkOccurrence *occurrence, const TrkPlanInput *input, GHashTable *shared)
{
  TrkOccurrence *owner = occurrence->texts_of != NULL ? occurrence->texts_of : occurrence;
  gpointer first = NULL;
  TrkBlock *block;

  if (!g_hash_table_lookup_extended (shared, owner, NULL, &first))
    return trk_block_make (occurrence, input);
  if (first != NULL)
    return trk_block_make_again (first, occurrence, input);
  block = trk_block_make (occurrence, input);
  if (block != NULL)
    g_hash_table_insert (shared, owner, block);
  return block;
}

/* The index gives occurrences by time, so that as a rule all are in their order. */
static gboolean
are_in_order (GArray *wishes, const TrkPlanInput *input)
{
  for (guint i = 1; i < wishes->len; i++)
    if (compare_wishes (&g_array_index (wishes, Wish, i - 1), &g_array_index (wishes, Wish, i),
                        (gpointer) input)
        > 0)
      return FALSE;
  return TRUE;
}

/* Before anything is decided by their IDs. */
static void
take_ids (GArray *wishes, const GPtrArray *records)
{
  g_autoptr (GPtrArray) blocks = NULL;

  if (records == NULL || records->len == 0)
    return;
  blocks = g_ptr_array_sized_new (wishes->len);
  for (guint i = 0; i < wishes->len; i++)
    g_ptr_array_add (blocks, g_array_index (wishes, Wish, i).block);
  trk_renamed_take_ids (blocks, records);
}

static GArray *
wishes_of (const GPtrArray *occurrences, const TrkPlanInput *input)
{
  g_autoptr (GHashTable) shared = shared_texts (occurrences);
  g_autoptr (GHashTable) said = trk_said_categories_new ();
  TrkPlanInput remembering = *input;
  GArray *wishes = g_array_sized_new (FALSE, FALSE, sizeof (Wish), occurrences->len);

  remembering.said = said;
  g_array_set_clear_func (wishes, wish_clear);
  for (guint i = 0; i < occurrences->len; i++)
    {
      TrkOccurrence *occurrence = g_ptr_array_index (occurrences, i);
      Wish wish = { occurrence, make_block (occurrence, &remembering, shared) };

      if (wish.block != NULL)
        g_array_append_val (wishes, wish);
    }
  if (!are_in_order (wishes, input))
    g_array_sort_with_data (wishes, compare_wishes, (gpointer) input);
  take_ids (wishes, input->records);
  return wishes;
}

/* What is wanted: a block for each occurrence that makes one, without what it left again; copies go
 * to @squeezed when they reach into @period. */
static GPtrArray *
wanted_blocks (const GPtrArray *occurrences,
               const TrkPlanInput *input,
               TrkPeriod period,
               GArray *squeezed)
{
  GPtrArray *wanted = g_ptr_array_new_with_free_func ((GDestroyNotify) trk_block_unref);
  g_autoptr (GArray) wishes = wishes_of (occurrences, input);
  g_autoptr (GPtrArray) left = trk_time_left_records (input->left);
  const Wish *kept = NULL;

  for (guint i = 0; i < wishes->len; i++)
    {
      const Wish *wish = &g_array_index (wishes, Wish, i);

      if (kept == NULL || !are_copies (kept->occurrence, wish->occurrence))
        {
          kept = wish;
          trk_time_left_claim (wanted, wish->block, left, input->policies->smallest_piece);
        }
      else if (trk_block_reaches (wish->block, period))
        note_copy (squeezed, wish->block, kept->block);
    }
  return wanted;
}

/* -- From wanted to planned -------------------------------------------------------------------- */

static void
take_free_id (TrkBlock *block, GHashTable *used, GHashTable *counts)
{
  char *base = block->id;
  guint n = MAX (1, GPOINTER_TO_UINT (g_hash_table_lookup (counts, base)));

  block->id = NULL;
  do
    {
      g_free (block->id);
      block->id = g_strdup_printf ("%s#%u", base, ++n);
    }
  while (g_hash_table_contains (used, block->id));
  g_hash_table_insert (counts, base, GUINT_TO_POINTER (n));
}

/* Makes IDs unique: the pieces of one block, and events that share a UID, become id, id#2, … in the
 * order of time. */
static void
number_pieces (GPtrArray *placed)
{
  g_autoptr (GHashTable) used = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < placed->len; i++)
    {
      TrkBlock *block = g_ptr_array_index (placed, i);

      if (g_hash_table_insert (used, block->id, NULL)) /* what is there keeps its key */
        continue;
      take_free_id (block, used, counts);
      g_hash_table_insert (used, block->id, NULL);
    }
}

TrkPlan *
trk_plan_new (const GPtrArray *occurrences, TrkPeriod period, const TrkPlanInput *input)
{
  TrkPlan *plan = new_empty (period);
  g_autoptr (GPtrArray) wanted = wanted_blocks (occurrences, input, period, plan->squeezed);
  g_autoptr (GPtrArray) placed = g_ptr_array_new_with_free_func ((GDestroyNotify) trk_block_unref);

  trk_overlap_resolve (wanted, input->policies, period, placed, plan->squeezed);
  number_pieces (placed);
  trk_known_begin (placed, input->records);
  for (guint i = 0; i < placed->len; i++)
    {
      TrkBlock *block = g_ptr_array_index (placed, i);

      if (trk_period_overlaps (block->period, period))
        g_ptr_array_add (plan->blocks, trk_block_ref (block));
    }
  trk_squeezes_sort (plan->squeezed);
  return plan;
}

TrkPlan *
trk_plan_new_for_blocks (const GPtrArray *blocks, TrkPeriod period)
{
  TrkPlan *plan = new_empty (period);

  for (guint i = 0; i < blocks->len; i++)
    g_ptr_array_add (plan->blocks, trk_block_ref (g_ptr_array_index (blocks, i)));
  g_ptr_array_sort (plan->blocks, trk_block_compare);
  return plan;
}

/* -- Questions --------------------------------------------------------------------------------- */

TrkBlock *
trk_plan_block (const TrkPlan *plan, const char *id)
{
  for (guint i = 0; i < plan->blocks->len; i++)
    {
      TrkBlock *block = g_ptr_array_index (plan->blocks, i);

      if (g_str_equal (block->id, id))
        return block;
    }
  return NULL;
}

/* The number of blocks that start at or before @instant. */
static guint
n_started (const TrkPlan *plan, TrkInstant instant)
{
  guint low = 0, high = plan->blocks->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      const TrkBlock *block = g_ptr_array_index (plan->blocks, middle);

      if (block->period.start <= instant)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

TrkBlock *
trk_plan_at (const TrkPlan *plan, TrkInstant instant)
{
  /* Blocks of the log may overlap, so the one before the last may still run. */
  for (guint i = n_started (plan, instant); i > 0; i--)
    {
      TrkBlock *block = g_ptr_array_index (plan->blocks, i - 1);

      if (trk_period_contains (block->period, instant))
        return block;
    }
  return NULL;
}
