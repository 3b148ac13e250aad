/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-command-table.h"
#include "trk-explain.h"
#include "trk-json.h"
#include "trk-sprint-explain.h"

#include <string.h>

/* Prints the table of commands as JSON while the project is built: completions and the manual's
 * list are made from it (data/completions, data/man), and the tests of manners read it. */

static void
add_names (TrkJson *builder, const char **names)
{
  for (const char **name = names; *name != NULL; name++)
    trk_json_add_string (builder, *name);
}

/* What --explain takes, which only the reports know. */
static void
add_figures (TrkJson *builder)
{
  g_autofree const char **figures = trk_figures_names ();
  g_autofree const char **of_sprint = trk_sprint_figure_names ();

  trk_json_name (builder, "values");
  trk_json_begin_array (builder);
  add_names (builder, figures);
  add_names (builder, of_sprint);
  trk_json_end_array (builder);
}

static void
add_option (TrkJson *builder, const TrkOption *option)
{
  char letter[] = { option->letter, '\0' };

  trk_json_begin_object (builder);
  trk_json_string (builder, "name", option->name);
  trk_json_string (builder, "letter", option->letter != 0 ? letter : NULL);
  trk_json_string (builder, "arg", option->arg);
  trk_json_string (builder, "help", option->help);
  if (strcmp (option->name, "explain") == 0)
    add_figures (builder);
  trk_json_end_object (builder);
}

static void
add_command (TrkJson *builder, const TrkCommand *command, const char *heading)
{
  trk_json_begin_object (builder);
  trk_json_string (builder, "name", command->name);
  trk_json_string (builder, "heading", heading);
  trk_json_string (builder, "arguments", command->arguments);
  trk_json_int (builder, "min", command->min);
  trk_json_string (builder, "summary", command->summary);
  trk_json_string (builder, "help", command->help);
  trk_json_name (builder, "options");
  trk_json_begin_array (builder);
  for (const TrkOption *o = command->options; o != NULL && o->name != NULL; o++)
    add_option (builder, o);
  trk_json_end_array (builder);
  trk_json_end_object (builder);
}

int
main (void)
{
  g_autoptr (TrkJson) builder = trk_json_new ();
  g_autofree char *text = NULL;

  trk_json_begin_array (builder);
  for (const TrkCommandGroup *group = trk_command_groups (); group->rows != NULL; group++)
    for (const TrkCommand *row = group->rows; row->name != NULL; row++)
      add_command (builder, row, group->heading);
  trk_json_end_array (builder);
  text = trk_json_text (builder);
  return puts (text) == EOF || fflush (stdout) != 0;
}
