/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-component.h"

G_BEGIN_DECLS

/* CHARSET of vCalendar 1.0: values in another encoding than UTF-8. By ICU, which has its tables in
 * memory; the C library would load a program for each, which the sandbox forbids. */
typedef struct _TrkCharsets TrkCharsets;

TrkCharsets *trk_charsets_new (void);
void trk_charsets_free (TrkCharsets *charsets);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrkCharsets, trk_charsets_free)

/* Reads the values of @component's lines that need it. The first line whose CHARSET nobody knows,
 * or NULL: its value stays a guess. */
const TrkContentLine *trk_charsets_read (TrkCharsets *charsets, const TrkComponent *component);

G_END_DECLS
