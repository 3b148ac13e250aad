/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-content.h"

G_BEGIN_DECLS

/* A component taken apart: its own lines and the components in it (VALARM in VEVENT, STANDARD in
 * VTIMEZONE). */
typedef struct
{
  char *name;          /* "VEVENT", upper case; (owned) */
  GPtrArray *lines;    /* of TrkContentLine; (owned) */
  GPtrArray *children; /* of TrkComponent; (owned) */
  gboolean too_long;   /* more lines or parameters than are kept: what is missing may matter */
  GArray *strange;     /* of guint: numbers of lines that are no content lines; (owned) */
} TrkComponent;

/* Parses @text, which begins with the component's BEGIN line, numbered @first_line. Deeper nesting
 * than eight is skipped. Never NULL. */
TrkComponent *trk_component_parse (const char *text, gsize length, guint first_line);
void trk_component_free (TrkComponent *component);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrkComponent, trk_component_free)

/* The first line of @name, or NULL. */
const TrkContentLine *trk_component_line (const TrkComponent *component, const char *name);

G_END_DECLS
