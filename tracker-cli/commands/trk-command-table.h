/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-command.h"

G_BEGIN_DECLS

typedef struct
{
  const char *heading;    /* of the overview */
  const TrkCommand *rows; /* ends with a NULL name */
} TrkCommandGroup;

/* All groups; ends with NULL rows. */
const TrkCommandGroup *trk_command_groups (void);

/* The command with exactly this name, NULL none. */
const TrkCommand *trk_command_named (const char *name);

/* Is @name the first word of two-word commands? */
gboolean trk_command_is_group (const char *name);

/* The command that @words (NULL-terminated) begin with, two words before one; @used gets how many.
 * TRK_ERROR_USAGE names what was typed and the nearest command. */
const TrkCommand *trk_command_find (const char *const *words, guint *used, GError **error);

/* The second word that @word, which came behind the group's first one, could have been meant as;
 * NULL none. Points into the table. */
const char *trk_command_nearest_within (const char *group, const char *word);

G_END_DECLS
