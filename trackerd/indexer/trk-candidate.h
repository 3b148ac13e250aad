/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-file.h"
#include "trk-update.h"

G_BEGIN_DECLS

/* Which files of a calendar are read in this update, and which of their events are taken apart:
 * those that changed since the last one, and all that share a UID with what changed, because only
 * together they say when an event is. */

/* A file of the calendar that is read in this update. */
typedef struct
{
  char *path;            /* (owned) */
  const char *name;      /* in the listing, borrowed */
  TrkFileStamp *stamp;   /* from before it was read; the listing's */
  gint64 source;         /* its number in the index; 0: not yet */
  guint64 known_context; /* what its events depended on when the index last saw them; 0: never */
  gboolean kept;         /* it is unusable: the index keeps what it has of it */
  TrkFile *file;         /* read; (owned) (nullable) */
  guint64 context;       /* what its events depend on besides themselves */
  guint64 *hashes;       /* of its events; (owned) */
  gint64 *rows;          /* the events of the index that are the same; 0: none; (owned) */
  gboolean all_new;      /* none of its events is in the index */
} TrkCandidate;

/* What was found in the file, into the index. */
gboolean trk_candidate_write_findings (const TrkCandidate *candidate,
                                       TrkIndexWriter *writer,
                                       GError **error);

/* The files of a calendar and what is known to have changed. */
typedef struct
{
  TrkUpdate *update;           /* borrowed */
  const TrkCalendar *calendar; /* borrowed */
  TrkListing *listing;         /* its files, borrowed */
  GPtrArray *files;    /* of TrkCandidate, each in its place in the listing; NULL there: it is
                          not read; (owned) */
  GPtrArray *missing;  /* of const char*, borrowed: the files left the folder; (owned) */
  gboolean shared;     /* several files may hold a UID */
  GHashTable *changed; /* UIDs (owned) of which something changed; when not @shared, those of
                          files that are all new are not in it */
} TrkCandidates;

/* The file in that place of the listing when it was read and is used, else NULL. */
static inline TrkCandidate *
trk_candidates_at (const TrkCandidates *candidates, guint place)
{
  TrkCandidate *candidate = g_ptr_array_index (candidates->files, place);

  return candidate != NULL && candidate->file != NULL ? candidate : NULL;
}

/* The files of @calendar in @listing, compared with what they were @before; all must outlive it.
 * NULL with @error. */
TrkCandidates *trk_candidates_new (TrkUpdate *update,
                                   const TrkCalendar *calendar,
                                   TrkListing *listing,
                                   const TrkListing *before,
                                   GError **error);
void trk_candidates_free (TrkCandidates *candidates);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrkCandidates, trk_candidates_free)

/* Forgets the sources whose files left the folder. */
gboolean trk_candidates_remove_missing (TrkCandidates *candidates, GError **error);

/* Reads all that matters. A file that is unusable now and was usable before is kept as it was. What
 * is left of the others in the index is the same in them. */
gboolean trk_candidates_read (TrkCandidates *candidates, GError **error);

/* Is event @i of @candidate to be taken apart? */
gboolean
trk_candidates_is_changed (const TrkCandidates *candidates, const TrkCandidate *candidate, guint i);

G_END_DECLS
