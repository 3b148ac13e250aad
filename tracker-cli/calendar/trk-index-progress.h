/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-index-update.h"

#include <stdio.h>

G_BEGIN_DECLS

/* One line on a terminal that says how far the calendars are read, from the half second on and gone
 * at the end. Nothing where no terminal is. */
typedef struct
{
  FILE *out;   /* borrowed; NULL: nothing is shown */
  guint calls; /* the indexer tells ten times a second */
  gboolean shown;
} TrkIndexProgress;

/* Runs trk_index_update(); its progress is told on @err (nullable) when that is a terminal. */
gboolean trk_index_update_shown (const TrkIndexRequest *request, FILE *err, GError **error);

/* Its parts; @progress is a TrkIndexProgress. Always TRUE. */
gboolean trk_index_progress_tell (guint done, guint total, gpointer progress);
void trk_index_progress_end (TrkIndexProgress *progress);

G_END_DECLS
