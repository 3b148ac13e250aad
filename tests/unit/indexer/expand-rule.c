/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-value.h"

#include <stdio.h>

/* Reads lines "DTSTART FROM TO RULE" and prints a line of instances for each, or "refused", so that
 * compare-recurrence.py can hold them against another implementation. */

static TrkInstant
wall (const char *text)
{
  TrkDateValue value = { 0 };

  trk_date_value_parse (text, &value, NULL);
  return value.wall;
}

static void
print_walls (const GArray *walls)
{
  for (guint i = 0; i < walls->len; i++)
    {
      TrkLocal local = trk_local_from_wall (g_array_index (walls, TrkInstant, i));
      int year, month, day, seconds = (int) (local.time / TRK_SECOND);

      trk_day_to_ymd (local.day, &year, &month, &day);
      printf ("%s%04d%02d%02dT%02d%02d%02d", i > 0 ? " " : "", year, month, day, seconds / 3600,
              seconds / 60 % 60, seconds % 60);
    }
  printf ("\n");
}

static void
expand (char **words)
{
  TrkDateValue until = { 0 };
  g_autoptr (TrkRecurrence) rule = trk_rule_parse (words[3], &until, NULL, NULL);
  g_autoptr (GArray) walls = g_array_new (FALSE, FALSE, sizeof (TrkInstant));
  guint budget = 10000000;

  if (rule != NULL)
    rule->until = until.wall;
  if (rule == NULL
      || !trk_recurrence_expand (rule, wall (words[0]), wall (words[1]), wall (words[2]), &budget,
                                 walls))
    printf ("refused\n");
  else
    print_walls (walls);
}

int
main (void)
{
  char line[8192];

  while (fgets (line, sizeof line, stdin) != NULL)
    {
      g_auto (GStrv) words = g_strsplit (g_strchomp (line), " ", 4);

      if (g_strv_length (words) == 4)
        expand (words);
    }
  return 0;
}
