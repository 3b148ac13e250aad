/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-command-table.h"
#include "trk-commands.h"
#include "trk-error.h"
#include "trk-help.h"

/* tracker help [COMMAND]: the overview, a command, or a group. */

static gboolean
run_help (TrkSession *session, const TrkArgs *args, GError **error)
{
  const char *words[] = { trk_args_word (args, 0), trk_args_word (args, 1), NULL };
  const TrkCommand *command;
  guint used;

  if (words[0] == NULL)
    {
      trk_help_overview (session);
      return TRUE;
    }
  if (words[1] == NULL && trk_command_named (words[0]) == NULL && trk_command_is_group (words[0]))
    {
      trk_help_group (session, words[0]);
      return TRUE;
    }
  command = trk_command_find (words, &used, error);
  if (command != NULL)
    trk_help_command (session, command);
  return command != NULL;
}

const TrkCommand trk_commands_help[] = {
  { "help", "[COMMAND]", 0, 2, "Explain a command, or list them all", NULL, NULL, run_help },
  { NULL },
};
