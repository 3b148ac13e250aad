/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-loose-index.h"

#include "trk-error.h"
#include "trk-index-progress.h"

#include <glib/gstdio.h>

struct _TrkLooseIndex
{
  char *folder;    /* (owned) */
  char *path;      /* (owned) */
  TrkIndex *index; /* (owned) (nullable) */
};

static TrkLooseIndex *
loose_new (GError **error)
{
  g_autoptr (GError) failure = NULL;
  char *folder = g_dir_make_tmp ("tracker-XXXXXX", &failure);
  TrkLooseIndex *loose;

  if (folder == NULL)
    {
      g_set_error (error, TRK_ERROR, TRK_ERROR_STORAGE, "%s", failure->message);
      return NULL;
    }
  loose = g_new0 (TrkLooseIndex, 1);
  loose->folder = folder;
  loose->path = g_build_filename (folder, "index.db", NULL);
  return loose;
}

TrkLooseIndex *
trk_loose_index_new (const GPtrArray *calendars, TrkPeriod window, FILE *err, GError **error)
{
  g_autoptr (TrkLooseIndex) loose = loose_new (error);
  TrkIndexRequest request = { .calendars = calendars, .window = window };

  if (loose == NULL)
    return NULL;
  request.index_path = loose->path;
  if (!trk_index_update_shown (&request, err, error))
    return NULL;
  loose->index = trk_index_open (loose->path, error);
  return loose->index != NULL ? g_steal_pointer (&loose) : NULL;
}

TrkIndex *
trk_loose_index_get (TrkLooseIndex *loose)
{
  return loose->index;
}

void
trk_loose_index_free (TrkLooseIndex *loose)
{
  static const char *const suffixes[] = { "", "-wal", "-shm", ".lock" };

  if (loose == NULL)
    return;
  trk_index_close (loose->index);
  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *name = g_strconcat (loose->path, suffixes[i], NULL);

      g_unlink (name);
    }
  g_rmdir (loose->folder);
  g_free (loose->path);
  g_free (loose->folder);
  g_free (loose);
}

gboolean
trk_loose_index_is_useless (TrkLooseIndex *loose, const char *calendar)
{
  g_autoptr (GPtrArray) summaries = trk_index_summaries (loose->index, NULL);

  for (guint i = 0; summaries != NULL && i < summaries->len; i++)
    {
      const TrkIndexSummary *summary = g_ptr_array_index (summaries, i);

      if (g_str_equal (summary->calendar, calendar))
        return summary->events == 0 && summary->left_out > 0;
    }
  return TRUE;
}
