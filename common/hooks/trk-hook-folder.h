/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-hook.h"

G_BEGIN_DECLS

/* The user's programs for an event: what lies in $XDG_CONFIG_HOME/trackerd/hooks/<event>.d, usually
 * links to the examples or to scripts of the user's. */
typedef struct
{
  char *name;    /* of the file (owned) */
  char *path;    /* of what is run: links are followed (owned) (nullable) when there is none */
  char *refusal; /* why it is not run, in words (owned) (nullable): it is */
} TrkHookProgram;
void trk_hook_program_free (TrkHookProgram *program);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrkHookProgram, trk_hook_program_free)

/* …/hooks, and …/hooks/<event>.d. Owned by the caller. */
char *trk_hook_root (void);
char *trk_hook_folder (TrkHook hook);

/* Of TrkHookProgram, by name, those that are refused too; empty when there is no folder. Hidden
 * files and what an editor or a package manager left ("~", ".bak" …) are none. Never NULL.
 *
 * A program is run only when nobody else can change what runs: the file that a link leads to, the
 * folder of the event and every folder on the way to both belong to the user or to root, and nobody
 * else may write there; but for folders like /tmp, where only who owns a file may replace it. */
GPtrArray *trk_hook_programs (TrkHook hook);

/* Folders in …/hooks that are of no event ("focus_start.d"): of char*, by name. Never NULL. */
GPtrArray *trk_hook_strangers (void);

G_END_DECLS
