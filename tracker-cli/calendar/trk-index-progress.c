/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-index-progress.h"

#include <unistd.h>

enum
{
  SILENT_CALLS = 5 /* half a second */
};

gboolean
trk_index_progress_tell (guint done, guint total, gpointer data)
{
  TrkIndexProgress *progress = data;

  if (progress->out == NULL || ++progress->calls <= SILENT_CALLS)
    return TRUE;
  fprintf (progress->out, "\rReading the calendars: %u of %u events", done, total);
  fflush (progress->out);
  progress->shown = TRUE;
  return TRUE;
}

void
trk_index_progress_end (TrkIndexProgress *progress)
{
  if (!progress->shown)
    return;
  fputs ("\r\033[K", progress->out); /* ECMA-48: erase the line */
  fflush (progress->out);
}

gboolean
trk_index_update_shown (const TrkIndexRequest *request, FILE *err, GError **error)
{
  TrkIndexProgress progress = { .out = err != NULL && isatty (fileno (err)) ? err : NULL };
  TrkIndexRequest shown = *request;
  gboolean updated;

  shown.progress = trk_index_progress_tell;
  shown.progress_data = &progress;
  updated = trk_index_update (&shown, error);
  trk_index_progress_end (&progress);
  return updated;
}
