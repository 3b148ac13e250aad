/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-index-files.h"

G_BEGIN_DECLS

/* The files of a calendar, and how they looked. */
typedef struct
{
  gboolean is_folder; /* whose files they are */
  GPtrArray *names; /* of const char*, in strcmp()'s order: in the folder, or the path of a calendar
                       that is one file; (owned) */
  TrkFileStamp *stamps; /* of each; (owned) */
  GPtrArray *links;   /* of const char*: those that are symbolic links, or of which the folder does
                         not tell; (owned) */
  GStringChunk *text; /* where the names lie; (owned) */
} TrkListing;

/* The calendar files of @path, as they are now: itself, or the files of the folder that are named
 * like calendars (*.ics, *.ical, *.vcs; hidden ones and subfolders not). NULL with @error when it
 * does not exist or cannot be listed. */
TrkListing *trk_listing_new (const char *path, GError **error);

/* The same in two steps, for who can look at some files before the folder is listed: without the
 * stamps of a folder's files … */
TrkListing *trk_listing_begin (const char *path, GError **error);
/* … and with them. @looks (taken) are at the files of @known, in strcmp()'s order, which the folder
 * most likely has; the others are looked at now. */
void
trk_listing_end (TrkListing *listing, const char *path, const GPtrArray *known, TrkLooks *looks);

/* One that was kept: @stamps, and the names of trk_listing_join(). NULL when they do not belong
 * together. */
TrkListing *trk_listing_remember (gconstpointer names,
                                  gsize names_size,
                                  gconstpointer stamps,
                                  gsize stamps_size);
void trk_listing_free (TrkListing *listing);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrkListing, trk_listing_free)

/* The names one after the other, each ended by NUL. */
GString *trk_listing_join (const TrkListing *listing);

/* Looks at the files of @listing, which are those of @path, again. */
void trk_listing_look (TrkListing *listing, const char *path);
/* Are they as they were? */
gboolean trk_listing_is_fresh (const TrkListing *listing, const char *path);

/* Which one has that name; FALSE: none. */
gboolean trk_listing_find (const TrkListing *listing, const char *name, guint *place);

/* Where the file of that name of the calendar at @path lies; the caller's. */
char *trk_listing_path (const char *path, const char *name);

G_END_DECLS
