/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-session.h"

G_BEGIN_DECLS

/* Rows of cells under each other, as wide as the terminal. A letter for each column: 'l' left,
 * 'r' right, 'f' left and takes what is left of the width (cut with "…"), 't' as 'f' but in as many
 * lines as a title takes, 'p' as 'f' but whole: a cell that is too wide stands on a line of its own
 * below, and a path in it is never broken; 'o' left and left out where it is narrow, 'n' (the last)
 * as 'o', but a note that may not be missing: where it is narrow it stands below. Columns that are
 * empty in every row are left out. */
typedef struct _TrkColumns TrkColumns;

TrkColumns *trk_columns_new (const char *letters);
void trk_columns_free (TrkColumns *columns);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrkColumns, trk_columns_free)

/* A row: a const char* for each column (NULL: empty), copied. */
void trk_columns_add (TrkColumns *columns, TrkPaint paint, ...);

/* Text over the following rows, outside the columns. */
void trk_columns_add_heading (TrkColumns *columns, const char *heading);

void trk_columns_print (const TrkColumns *columns, TrkSession *session);

G_END_DECLS
