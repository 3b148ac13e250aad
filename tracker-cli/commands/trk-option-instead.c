/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-option-instead.h"

#include <string.h>

typedef struct
{
  const char *command;
  const char *options; /* with a blank around each */
  const char *instead;
} Row;

#define STARTS " start from since begin "
#define ENDS " end to until "
#define LENGTHS " for length duration "

static const Row rows[] = {
  { "log add", STARTS ENDS LENGTHS " at on title name ", "tracker log add 09:10-10:00 TITLE" },
  { "log edit", " at from since begin ", "--start MOMENT" },
  { "log edit", " to until " LENGTHS, "--end MOMENT" },
  { "log edit", " name ", "--title TEXT" },
  { "start", STARTS, "--at MOMENT" },
  { "start", ENDS " length duration ", "--for LENGTH" },
  { "start", " task ", "tracker start 12" },
  { "start", " title name ", "tracker start TITLE" },
  { "block add", STARTS " on ", "--at MOMENT" },
  { "block add", ENDS " length duration ", "--for LENGTH" },
  { "block move", STARTS ENDS, "--at MOMENT" },
  { "block move", " length duration ", "--for LENGTH" },
  { "fill", " break ", "--as break" },
  { "fill", " worked work ", "--as worked" },
  { "fill", " discard ", "--as discard" },
  { "extend", LENGTHS " by ", "tracker extend 15m" },
  { "break", LENGTHS, "tracker break 10m" },
  { "break postpone", LENGTHS " by ", "tracker break postpone 5m" },
  { "snooze", LENGTHS " by ", "tracker snooze 5m" },
  { "snooze", ENDS " at ", "tracker snooze until 10:20" },
  { "skip", " why reason note because ", "tracker skip WHY" },
};

/* Of every command that takes a WHEN. */
#define PERIODS " from since to until start end on date when days "
#define NAMED " today yesterday tomorrow week month sprint "

/* Lists that are joined have two blanks between them: what is no single word is none of them. */
static gboolean
holds (const char *options, const char *name)
{
  g_autofree char *word = g_strdup_printf (" %s ", name);

  return *name != '\0' && strchr (name, ' ') == NULL && strstr (options, word) != NULL;
}

char *
trk_option_instead (const TrkCommand *command, const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    if (strcmp (rows[i].command, command->name) == 0 && holds (rows[i].options, name))
      return g_strdup (rows[i].instead);
  if (strstr (command->arguments, "WHEN") == NULL)
    return NULL;
  if (holds (NAMED, name))
    return g_strdup_printf ("tracker %s %s", command->name, name);
  return holds (PERIODS, name) ? g_strdup_printf (
             "tracker %s WHEN, a day or a period: mon, 2026-11-23, -7d, A..B", command->name)
                               : NULL;
}
