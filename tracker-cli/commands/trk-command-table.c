/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-command-table.h"

#include "trk-commands.h"
#include "trk-error.h"
#include "trk-text.h"

#include <string.h>

const TrkCommandGroup *
trk_command_groups (void)
{
#define GROUP(heading, name) { heading, trk_commands_##name },
  static const TrkCommandGroup groups[] = { TRK_COMMAND_GROUPS (GROUP){ NULL, NULL } };
#undef GROUP

  return groups;
}

const TrkCommand *
trk_command_named (const char *name)
{
  for (const TrkCommandGroup *group = trk_command_groups (); group->rows != NULL; group++)
    for (const TrkCommand *row = group->rows; row->name != NULL; row++)
      if (strcmp (row->name, name) == 0)
        return row;
  return NULL;
}

static gboolean
is_within (const TrkCommand *row, const char *group)
{
  gsize length = strlen (group);

  return strncmp (row->name, group, length) == 0 && row->name[length] == ' ';
}

gboolean
trk_command_is_group (const char *name)
{
  for (const TrkCommandGroup *group = trk_command_groups (); group->rows != NULL; group++)
    for (const TrkCommand *row = group->rows; row->name != NULL; row++)
      if (is_within (row, name))
        return TRUE;
  return FALSE;
}

/* What could have been meant: the first words of all commands, or all full names of @group. */
static GPtrArray *
candidates (const char *group)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);

  for (const TrkCommandGroup *g = trk_command_groups (); g->rows != NULL; g++)
    for (const TrkCommand *row = g->rows; row->name != NULL; row++)
      if (group == NULL)
        g_ptr_array_add (names, g_strndup (row->name, strcspn (row->name, " ")));
      else if (is_within (row, group))
        g_ptr_array_add (names, g_strdup (row->name));
  g_ptr_array_add (names, NULL);
  return names;
}

/* A beginning ("age") is nearer than anything that is spelled alike. */
static const char *
nearest (const char *typed, const GPtrArray *names)
{
  for (guint i = 0; i + 1 < names->len; i++)
    if (g_str_has_prefix (g_ptr_array_index (names, i), typed))
      return g_ptr_array_index (names, i);
  return trk_text_nearest (typed, (const char *const *) names->pdata);
}

static void
set_unknown (const char *group, const char *word, GError **error)
{
  g_autofree char *typed = group != NULL ? g_strconcat (group, " ", word, NULL) : g_strdup (word);
  g_autofree char *shown = trk_text_line (typed, 60);
  g_autoptr (GPtrArray) names = candidates (group);
  const char *near = nearest (shown, names);

  if (near != NULL)
    g_set_error (error, TRK_ERROR, TRK_ERROR_USAGE, "'%s' is not a command. Nearest: %s", shown,
                 near);
  else
    g_set_error (error, TRK_ERROR, TRK_ERROR_USAGE, "'%s' is not a command. See: tracker help%s%s",
                 shown, group != NULL ? " " : "", group != NULL ? group : "");
}

const char *
trk_command_nearest_within (const char *group, const char *word)
{
  g_autoptr (GPtrArray) seconds = g_ptr_array_new ();
  g_autofree char *shown = trk_text_line (word, 60);

  for (const TrkCommandGroup *g = trk_command_groups (); g->rows != NULL; g++)
    for (const TrkCommand *row = g->rows; row->name != NULL; row++)
      if (is_within (row, group))
        g_ptr_array_add (seconds, (gpointer) (row->name + strlen (group) + 1));
  g_ptr_array_add (seconds, NULL);
  return trk_text_nearest (shown, (const char *const *) seconds->pdata);
}

const TrkCommand *
trk_command_find (const char *const *words, guint *used, GError **error)
{
  const char *second = words[1] != NULL && !trk_args_is_option (words[1]) ? words[1] : NULL;
  g_autofree char *pair = second != NULL ? g_strconcat (words[0], " ", second, NULL) : NULL;
  const TrkCommand *single = trk_command_named (words[0]);
  const TrkCommand *both = pair != NULL ? trk_command_named (pair) : NULL;

  *used = both != NULL ? 2 : 1;
  if (both != NULL)
    return both;
  /* "task ad": a bare "task" that takes no words cannot have been meant. */
  if (trk_command_is_group (words[0]) && second != NULL && (single == NULL || single->max == 0))
    {
      set_unknown (words[0], second, error);
      return NULL;
    }
  if (single == NULL && trk_command_is_group (words[0]))
    g_set_error (error, TRK_ERROR, TRK_ERROR_USAGE, "%s needs a second word. See: tracker help %s",
                 words[0], words[0]);
  else if (single == NULL)
    set_unknown (NULL, words[0], error);
  return single;
}
