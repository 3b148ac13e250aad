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
