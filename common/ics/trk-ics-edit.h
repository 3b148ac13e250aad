/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Changes of a text that leave every byte between them as it is. */
typedef struct _TrkIcsEdit TrkIcsEdit;

/* @bytes is borrowed. */
TrkIcsEdit *trk_ics_edit_new (const char *bytes, gsize length);
void trk_ics_edit_free (TrkIcsEdit *edit);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrkIcsEdit, trk_ics_edit_free)

/* The @length bytes at @offset become @text; a length of 0 inserts before @offset, several at one
 * place in the order of the calls. Changes must not overlap. */
void trk_ics_edit_replace (TrkIcsEdit *edit, gsize offset, gsize length, const char *text);

/* Inserts @bytes, whatever they are, before @offset. */
void trk_ics_edit_insert (TrkIcsEdit *edit, gsize offset, const GString *bytes);

/* What the bytes from @begin to @end become. Owned by the caller. */
GString *trk_ics_edit_apply (const TrkIcsEdit *edit, gsize begin, gsize end);

G_END_DECLS
