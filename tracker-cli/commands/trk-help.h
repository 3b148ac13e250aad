/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-command.h"

G_BEGIN_DECLS

/* All commands, a line each, under their headings; groups as one line. On the session's out. */
void trk_help_overview (TrkSession *session);

/* One command: usage, paragraphs, options, the other commands of its group, and last the keys
 * of its JSON. */
void trk_help_command (TrkSession *session, const TrkCommand *command);

/* The commands of the group @name ("task"). */
void trk_help_group (TrkSession *session, const char *name);

G_END_DECLS
