/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-command.h"

G_BEGIN_DECLS

/* What to say instead of the long option @name (without its dashes), which @command has not but
 * another command or program may have: "--at MOMENT", "tracker log add 09:10-10:00 TITLE". NULL:
 * nothing is known. Owned by the caller. */
char *trk_option_instead (const TrkCommand *command, const char *name);

G_END_DECLS
