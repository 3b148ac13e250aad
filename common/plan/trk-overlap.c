/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-overlap.h"

/* Blocks are placed strongest first, each into the time that is still free. What a block wants
 * is then a row of segments, each free or taken by a stronger block; everything else follows
 * from it. */
typedef struct
{
  TrkPeriod period;
  TrkBlock *by; /* borrowed; NULL: free */
} Segment;

typedef struct
{
  const TrkPolicies *policies;
  TrkPeriod period; /* of whose blocks losses are told */
  GTree *taken;     /* set of TrkBlock, disjoint, by time */
  GArray *segments; /* of Segment, of the block that is being placed */
  GArray *squeezed;
  gsize cuts_left; /* see MAX_CUTS */
} Resolver;

/* A calendar in which thousands of long blocks are each cut by thousands of short ones is no plan
 * but an attack on time and memory: beyond so many cuts the weakest blocks are lost whole. */
#define MAX_CUTS(n_blocks) (8 * (gsize) (n_blocks) + 10000)

/* -- Who is stronger --------------------------------------------------------------------------- */

/* The place of each kind in the order of precedence. */
typedef struct
{
  guint of[TRK_N_KINDS];
} Ranks;

static Ranks
ranks_of (const TrkPolicies *policies)
{
  Ranks ranks = { { 0 } };

  for (guint rank = 0; rank < TRK_N_KINDS; rank++)
    ranks.of[policies->precedence[rank]] = rank;
  return ranks;
}

static int
compare_numbers (gint64 a, gint64 b)
{
  return (a > b) - (a < b);
}

static gint
compare_strength (gconstpointer a, gconstpointer b, gpointer data)
{
  const Ranks *ranks = data;
  const TrkBlock *x = *(const TrkBlock *const *) a;
  const TrkBlock *y = *(const TrkBlock *const *) b;
  int order = compare_numbers (ranks->of[x->kind], ranks->of[y->kind]);

  if (order == 0)
    order = compare_numbers (trk_period_length (x->period), trk_period_length (y->period));
  if (order == 0)
    order = compare_numbers (x->period.start, y->period.start);
  return order != 0 ? order : g_strcmp0 (x->id, y->id);
}

/* -- One block's segments ---------------------------------------------------------------------- */

static gint
compare_ends (gconstpointer a, gconstpointer b, gpointer data)
{
  return compare_numbers (((const TrkBlock *) a)->period.end, ((const TrkBlock *) b)->period.end);
}

/* The first placed block that ends after @start. */
static GTreeNode *
first_after (GTree *taken, TrkInstant start)
{
  TrkBlock key = { .period = { start, start } };

  return g_tree_upper_bound (taken, &key);
}

static void
add_segment (GArray *segments, TrkPeriod period, TrkBlock *by)
{
  Segment segment = { period, by };

  if (!trk_period_is_empty (period))
    g_array_append_val (segments, segment);
}

static void
divide (Resolver *resolver, const TrkBlock *wanted)
{
  GArray *segments = g_array_set_size (resolver->segments, 0);
  TrkPeriod rest = wanted->period;
  GTreeNode *node = first_after (resolver->taken, rest.start);

  for (; node != NULL; node = g_tree_node_next (node))
    {
      TrkBlock *by = g_tree_node_key (node);

      if (by->period.start >= rest.end)
        break;
      if (resolver->cuts_left == 0)
        {
          g_array_set_size (segments, 0);
          add_segment (segments, wanted->period, by);
          return;
        }
      resolver->cuts_left--;
      add_segment (segments, (TrkPeriod){ rest.start, by->period.start }, NULL);
      add_segment (segments, trk_period_intersect (rest, by->period), by);
      rest.start = MAX (rest.start, MIN (rest.end, by->period.end));
    }
  add_segment (segments, rest, NULL);
}

/* A piece that is too small to be kept goes to the winner beside it. */
static void
drop_small_pieces (GArray *segments, TrkDuration smallest)
{
  for (guint i = 0; segments->len > 1 && i < segments->len;)
    {
      Segment *segment = &g_array_index (segments, Segment, i);

      if (segment->by != NULL || trk_period_length (segment->period) >= smallest)
        {
          i++;
          continue;
        }
      if (i > 0)
        segment[-1].period.end = segment->period.end;
      else
        segment[1].period.start = segment->period.start;
      g_array_remove_index (segments, i);
    }
}

/* -- What becomes of them ---------------------------------------------------------------------- */

/* The last of the meetings that together took more than half of the break @wanted; else -1. */
static int
owed_segment (const TrkBlock *wanted, const GArray *segments)
{
  TrkDuration lost = 0;
  int last = -1;

  for (guint i = 0; wanted->kind == TRK_KIND_BREAK && i < segments->len; i++)
    {
      const Segment *segment = &g_array_index (segments, Segment, i);

      if (segment->by == NULL || segment->by->kind != TRK_KIND_MEETING)
        continue;
      lost += trk_period_length (segment->period);
      last = (int) i;
    }
  return lost > trk_period_length (wanted->period) / 2 ? last : -1;
}

static gboolean
is_free (const GArray *segments)
{
  for (guint i = 0; i < segments->len; i++)
    if (g_array_index (segments, Segment, i).by == NULL)
      return TRUE;
  return FALSE;
}

static void
note_losses (Resolver *resolver, TrkBlock *wanted)
{
  const GArray *segments = resolver->segments;
  gboolean told = trk_block_reaches (wanted, resolver->period);
  gboolean whole = !is_free (segments);
  int owed = owed_segment (wanted, segments);

  for (guint i = 0; told && i < segments->len; i++)
    {
      const Segment *segment = &g_array_index (segments, Segment, i);

      if (segment->by == NULL)
        continue;
      trk_squeezes_add (resolver->squeezed, (TrkSqueeze){
                                                .block = wanted,
                                                .by = segment->by,
                                                .lost = segment->period,
                                                .whole = whole,
                                                .owed = (int) i == owed,
                                            });
    }
}

/* A later piece has no alarm of its own: the event's alarms are about its start. */
static TrkBlock *
piece_of (TrkBlock *wanted, TrkPeriod period, gboolean first)
{
  TrkBlock *piece;

  if (period.start == wanted->period.start && period.end == wanted->period.end)
    return trk_block_ref (wanted);
  piece = trk_block_with_period (wanted, period);
  if (!first)
    g_clear_pointer (&piece->leads, g_array_unref);
  return piece;
}

static void
take_what_is_free (Resolver *resolver, TrkBlock *wanted)
{
  gboolean first = TRUE;

  for (guint i = 0; i < resolver->segments->len; i++)
    {
      const Segment *segment = &g_array_index (resolver->segments, Segment, i);

      if (segment->by != NULL)
        continue;
      g_tree_insert (resolver->taken, piece_of (wanted, segment->period, first), NULL);
      first = FALSE;
    }
}

static void
place (Resolver *resolver, TrkBlock *wanted)
{
  divide (resolver, wanted);
  drop_small_pieces (resolver->segments, resolver->policies->smallest_piece);
  note_losses (resolver, wanted);
  take_what_is_free (resolver, wanted);
}

static gboolean
hand_over (gpointer block, gpointer value, gpointer placed)
{
  g_ptr_array_add (placed, trk_block_ref (block));
  return FALSE;
}

void
trk_overlap_resolve (const GPtrArray *wanted,
                     const TrkPolicies *policies,
                     TrkPeriod period,
                     GPtrArray *placed,
                     GArray *squeezed)
{
  g_autoptr (GPtrArray) order = g_ptr_array_sized_new (wanted->len);
  g_autoptr (GTree) taken =
      g_tree_new_full (compare_ends, NULL, (GDestroyNotify) trk_block_unref, NULL);
  g_autoptr (GArray) segments = g_array_new (FALSE, FALSE, sizeof (Segment));
  Ranks ranks = ranks_of (policies);
  Resolver resolver = {
    .policies = policies,
    .period = period,
    .taken = taken,
    .segments = segments,
    .squeezed = squeezed,
    .cuts_left = MAX_CUTS (wanted->len),
  };

  for (guint i = 0; i < wanted->len; i++)
    g_ptr_array_add (order, g_ptr_array_index (wanted, i));
  g_ptr_array_sort_with_data (order, compare_strength, &ranks);
  for (guint i = 0; i < order->len; i++)
    place (&resolver, g_ptr_array_index (order, i));
  g_tree_foreach (taken, hand_over, placed);
}
