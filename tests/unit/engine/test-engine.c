/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "engine-play.h"

static const char *const focus_block[] = {
  "block focus 09:00-10:30 Payment", "08:00 active", "08:00 plan", "11:00 run", NULL,
};

static const struct
{
  const char *name;
  const char *const *script;
} scripts[] = {
  { "focus-block", focus_block },
};

static void
play (gconstpointer data)
{
  engine_play (data);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (scripts); i++)
    {
      g_autofree char *path = g_strconcat ("/engine/", scripts[i].name, NULL);

      g_test_add_data_func (path, scripts[i].script, play);
    }
  return g_test_run ();
}
