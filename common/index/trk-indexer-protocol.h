/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-index-update.h"

G_BEGIN_DECLS

/* What trk_index_update() and trackerd-indexer agree on. The request lies in the child's standard
 * input (a sealed memory file, so neither side can block the other). A page of shared memory tells
 * the parent what the child is doing at this moment, whatever happens to it. The child's last words
 * (one line) come on standard error. */

enum
{
  TRK_INDEXER_STATUS_FD = 3
};

typedef struct
{
  guint done, total; /* series */
  guint steps;       /* grows with everything that is done: a sign of life */
  guint unused;
  guint64 hash; /* of the event or file that is being handled; 0: none */
} TrkIndexerStatus;

/* The request as bytes, and back: path, window and calendars (name, path), each ended by NUL. */
GBytes *trk_indexer_request_encode (const TrkIndexRequest *request);

typedef struct
{
  char *index_path; /* (owned) */
  TrkPeriod window;
  GPtrArray *calendars; /* of TrkCalendar, (owned) */
} TrkIndexerJob;

TrkIndexerJob *trk_indexer_request_decode (const char *bytes, gsize length, GError **error);
void trk_indexer_job_free (TrkIndexerJob *job);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrkIndexerJob, trk_indexer_job_free)

G_END_DECLS
