/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-guard-figures.h"

gboolean
trk_guard_is_counted (const TrkFigureInput *input, const TrkInterruption *asked)
{
  return trk_period_contains (input->period, asked->at) && asked->at < input->now;
}

static TrkGuardCount *
count_of (GArray *counts, const char *program)
{
  for (guint i = 0; i < counts->len; i++)
    if (g_str_equal (g_array_index (counts, TrkGuardCount, i).program, program))
      return &g_array_index (counts, TrkGuardCount, i);
  g_array_append_vals (counts, &(TrkGuardCount){ .program = program }, 1);
  return &g_array_index (counts, TrkGuardCount, counts->len - 1);
}

static gint
most_first (gconstpointer a, gconstpointer b)
{
  const TrkGuardCount *x = a, *y = b;

  if (x->asked != y->asked)
    return x->asked > y->asked ? -1 : 1;
  return g_strcmp0 (x->program, y->program);
}

GArray *
trk_guard_counts_new (const TrkFigureInput *input)
{
  GArray *counts = g_array_new (FALSE, TRUE, sizeof (TrkGuardCount));

  for (guint i = 0; input->interruptions != NULL && i < input->interruptions->len; i++)
    {
      const TrkInterruption *asked = g_ptr_array_index (input->interruptions, i);
      TrkGuardCount *count;

      if (!trk_guard_is_counted (input, asked))
        continue;
      count = count_of (counts, asked->program);
      count->asked++;
      count->answers[asked->answer]++;
    }
  g_array_sort (counts, most_first);
  return counts;
}

char *
trk_guard_count_text (const TrkGuardCount *count)
{
  static const char *const words[] = { "not answered", "back to work", "allowed", "work" };
  g_autoptr (GString) text = g_string_new (NULL);

  for (int answer = TRK_GUARD_WORK; answer >= TRK_GUARD_NONE; answer--)
    if (count->answers[answer] > 0)
      g_string_append_printf (text, "%s%s %u", text->len > 0 ? ", " : "", words[answer],
                              count->answers[answer]);
  return g_string_free (g_steal_pointer (&text), FALSE);
}
