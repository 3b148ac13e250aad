/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* One line of the key file. Not GKeyFile: that one knows no line numbers, and its escapes would eat
 * the backslashes of a regular expression. */
typedef enum
{
  TRK_CONFIG_LINE_NOTHING, /* blank, or a comment: "#" or ";" first */
  TRK_CONFIG_LINE_SECTION, /* "[first]" or "[first second]" */
  TRK_CONFIG_LINE_KEY,     /* "first = second", literally: no quotes, no escapes */
  TRK_CONFIG_LINE_BAD,
} TrkConfigLineType;

typedef struct
{
  TrkConfigLineType type;
  char *first;  /* (owned) (nullable) */
  char *second; /* (owned) (nullable) */
} TrkConfigLine;

/* @text: a line without its end. */
TrkConfigLine *trk_config_line_new (const char *text);
void trk_config_line_free (TrkConfigLine *line);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrkConfigLine, trk_config_line_free)

G_END_DECLS
