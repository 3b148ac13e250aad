/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-interruption.h"

static const char *const answers[] = { "none", "back", "allow", "work" };

const char *
trk_guard_answer_to_string (TrkGuardAnswer answer)
{
  return (guint) answer < G_N_ELEMENTS (answers) ? answers[answer] : "unknown";
}

gboolean
trk_guard_answer_from_string (const char *text, TrkGuardAnswer *answer)
{
  for (guint i = 0; text != NULL && i < G_N_ELEMENTS (answers); i++)
    if (g_ascii_strcasecmp (answers[i], text) == 0)
      {
        *answer = (TrkGuardAnswer) i;
        return TRUE;
      }
  return FALSE;
}

TrkInterruption *
trk_interruption_new (void)
{
  return g_new0 (TrkInterruption, 1);
}

TrkInterruption *
trk_interruption_copy (const TrkInterruption *interruption)
{
  TrkInterruption *copy = g_memdup2 (interruption, sizeof *interruption);

  copy->id = g_strdup (interruption->id);
  copy->program = g_strdup (interruption->program);
  copy->block_id = g_strdup (interruption->block_id);
  copy->note = g_strdup (interruption->note);
  return copy;
}

void
trk_interruption_free (TrkInterruption *interruption)
{
  if (interruption == NULL)
    return;
  g_free (interruption->id);
  g_free (interruption->program);
  g_free (interruption->block_id);
  g_free (interruption->note);
  g_free (interruption);
}
