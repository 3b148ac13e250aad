/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-hook.h"

/* Position in the table is the enum's value. */
static const struct
{
  const char *name;
  TrkHookPair pair;
  gboolean begins;
} hooks[] = {
  { "block-start", TRK_HOOK_PAIR_BLOCK, TRUE }, { "block-end", TRK_HOOK_PAIR_BLOCK, FALSE },
  { "focus-start", TRK_HOOK_PAIR_FOCUS, TRUE }, { "focus-end", TRK_HOOK_PAIR_FOCUS, FALSE },
  { "break-start", TRK_HOOK_PAIR_BREAK, TRUE }, { "break-end", TRK_HOOK_PAIR_BREAK, FALSE },
  { "day-end", TRK_HOOK_PAIR_DAY, TRUE },       { "away", TRK_HOOK_PAIR_PRESENCE, TRUE },
  { "back", TRK_HOOK_PAIR_PRESENCE, FALSE },
};
G_STATIC_ASSERT (G_N_ELEMENTS (hooks) == TRK_N_HOOKS);

const char *
trk_hook_to_string (TrkHook hook)
{
  return (gsize) hook < TRK_N_HOOKS ? hooks[hook].name : "unknown";
}

gboolean
trk_hook_from_string (const char *text, TrkHook *hook)
{
  for (guint i = 0; text != NULL && i < TRK_N_HOOKS; i++)
    if (g_str_equal (hooks[i].name, text))
      {
        *hook = (TrkHook) i;
        return TRUE;
      }
  return FALSE;
}

TrkHookPair
trk_hook_pair (TrkHook hook)
{
  return hooks[hook].pair;
}

gboolean
trk_hook_begins (TrkHook hook)
{
  return hooks[hook].begins;
}

/* -- What a program did ------------------------------------------------------------------------ */

static const char *const ends[] = { "exit", "signal", "timeout", "refused" };

const char *
trk_hook_end_to_string (TrkHookEnd end)
{
  return (gsize) end < G_N_ELEMENTS (ends) ? ends[end] : "unknown";
}

gboolean
trk_hook_end_from_string (const char *text, TrkHookEnd *end)
{
  for (guint i = 0; text != NULL && i < G_N_ELEMENTS (ends); i++)
    if (g_str_equal (ends[i], text))
      {
        *end = (TrkHookEnd) i;
        return TRUE;
      }
  return FALSE;
}

void
trk_hook_run_free (TrkHookRun *run)
{
  if (run == NULL)
    return;
  g_free (run->hook);
  g_free (run->program);
  g_free (run->block_id);
  g_free (run->output);
  g_free (run);
}

gboolean
trk_hook_run_worked (const TrkHookRun *run)
{
  return run->ended == TRK_HOOK_EXIT && run->status == 0;
}

char *
trk_hook_run_describe (const TrkHookRun *run)
{
  switch (run->ended)
    {
    case TRK_HOOK_SIGNAL:
      return g_strdup_printf ("ended by signal %d (%s)", run->status, g_strsignal (run->status));
    case TRK_HOOK_TIMEOUT:
      return g_strdup_printf ("ended after %.1f s, as it did not end by itself",
                              (double) run->length / TRK_SECOND);
    case TRK_HOOK_REFUSED:
      return g_strdup_printf ("not run: %s", run->output != NULL ? run->output : "unknown why");
    case TRK_HOOK_EXIT:
      break;
    }
  return run->status == 0 ? g_strdup ("worked") : g_strdup_printf ("exit status %d", run->status);
}
