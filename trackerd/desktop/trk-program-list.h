/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The programs of [guard], and which of them a window or a process is: by its desktop ID with or
 * without ".desktop", its application ID, its window class, or the name of its command. Letters are
 * compared without regard to case, and of a name like org.mozilla.firefox the last part is enough.
 * A listed program whose desktop file is installed answers to that file's StartupWMClass too
 * (Desktop Entry Specification 1.5). */
typedef struct _TrkProgramList TrkProgramList;

/* @programs: as the user wrote them, NULL-terminated. Looks for their desktop files. */
TrkProgramList *trk_program_list_new (const char *const *programs);
void trk_program_list_free (TrkProgramList *list);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrkProgramList, trk_program_list_free)

/* The first one that one of @names (NULL-terminated, from strangers) is, as the user wrote it;
 * NULL: none. Borrowed from @list. */
const char *trk_program_list_find (const TrkProgramList *list, const char *const *names);

G_END_DECLS
