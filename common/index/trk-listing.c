/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-listing.h"

#include "trk-error.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DIR, closedir)

static gboolean
is_calendar_name (const char *name)
{
  static const char *const suffixes[] = { ".ics", ".ical", ".vcs" };
  const char *suffix = strrchr (name, '.');

  for (guint i = 0; suffix != NULL && i < G_N_ELEMENTS (suffixes); i++)
    if (*name != '.' && g_ascii_strcasecmp (suffix, suffixes[i]) == 0)
      return TRUE;
  return FALSE;
}

static TrkListing *
listing_alloc (gboolean is_folder)
{
  TrkListing *listing = g_new0 (TrkListing, 1);

  listing->is_folder = is_folder;
  listing->names = g_ptr_array_new ();
  listing->links = g_ptr_array_new ();
  listing->text = g_string_chunk_new (4096);
  return listing;
}

void
trk_listing_free (TrkListing *listing)
{
  if (listing == NULL)
    return;
  g_ptr_array_unref (listing->names);
  g_ptr_array_unref (listing->links);
  g_string_chunk_free (listing->text);
  g_free (listing->stamps);
  g_free (listing);
}

static gint
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* A folder that changes while it is listed may tell a name twice. */
static void
sort_names (GPtrArray *names)
{
  guint n = 0;

  g_ptr_array_sort (names, compare_names);
  for (guint i = 0; i < names->len; i++)
    if (n == 0 || !g_str_equal (names->pdata[i], names->pdata[n - 1]))
      names->pdata[n++] = names->pdata[i];
  g_ptr_array_set_size (names, (gint) n);
}

static void
read_names (TrkListing *listing, DIR *folder)
{
  const struct dirent *entry;

  while ((entry = readdir (folder)) != NULL)
    if (is_calendar_name (entry->d_name))
      {
        char *name = g_string_chunk_insert (listing->text, entry->d_name);

        g_ptr_array_add (listing->names, name);
        if (entry->d_type == DT_LNK || entry->d_type == DT_UNKNOWN)
          g_ptr_array_add (listing->links, name);
      }
  sort_names (listing->names);
}

/* Those of @names that are not in @known; both are sorted. */
static GPtrArray *
names_beside (const GPtrArray *names, const GPtrArray *known)
{
  GPtrArray *beside = g_ptr_array_new ();
  guint k = 0;

  for (guint i = 0; i < names->len; i++)
    {
      int order = 1;

      while (k < known->len && (order = strcmp (known->pdata[k], names->pdata[i])) < 0)
        k++;
      if (order == 0)
        k++;
      else
        g_ptr_array_add (beside, names->pdata[i]);
    }
  return beside;
}

/* How the files of @listing look: those of @known look like @now, the others are looked at. */
static void
take_stamps (TrkListing *listing, const char *path, const GPtrArray *known, const TrkFileStamp *now)
{
  g_autoptr (GPtrArray) others = names_beside (listing->names, known);
  g_autofree TrkFileStamp *theirs = trk_looks_end (trk_looks_begin (path, others));
  guint k = 0, o = 0;

  listing->stamps = g_new (TrkFileStamp, listing->names->len);
  for (guint i = 0; i < listing->names->len; i++)
    if (o < others->len && others->pdata[o] == listing->names->pdata[i])
      listing->stamps[i] = theirs[o++];
    else
      {
        while (!g_str_equal (known->pdata[k], listing->names->pdata[i]))
          k++;
        listing->stamps[i] = now[k++];
      }
}

static TrkListing *
list_folder (DIR *folder)
{
  TrkListing *listing = listing_alloc (TRUE);

  read_names (listing, folder);
  return listing;
}

static TrkListing *
list_file (const char *path, const TrkFileStamp *stamp)
{
  TrkListing *listing = listing_alloc (FALSE);

  g_ptr_array_add (listing->names, g_string_chunk_insert (listing->text, path));
  listing->stamps = g_memdup2 (stamp, sizeof *stamp);
  return listing;
}

TrkListing *
trk_listing_begin (const char *path, GError **error)
{
  g_autoptr (DIR) folder = opendir (path);
  int problem = errno;
  TrkFileStamp stamp;

  if (folder != NULL)
    return list_folder (folder);
  if (!trk_file_stamp (path, &stamp))
    g_set_error (error, TRK_ERROR, TRK_ERROR_NOT_FOUND, "there is no such file or folder");
  else if (problem != ENOTDIR)
    g_set_error (error, TRK_ERROR, TRK_ERROR_INVALID, "the folder cannot be listed: %s",
                 g_strerror (problem));
  else
    return list_file (path, &stamp);
  return NULL;
}

void
trk_listing_end (TrkListing *listing, const char *path, const GPtrArray *known, TrkLooks *looks)
{
  g_autofree TrkFileStamp *now = trk_looks_end (looks);

  if (listing->is_folder)
    take_stamps (listing, path, known, now);
}

TrkListing *
trk_listing_new (const char *path, GError **error)
{
  TrkListing *listing = trk_listing_begin (path, error);

  if (listing != NULL && listing->is_folder)
    trk_listing_look (listing, path);
  return listing;
}

TrkListing *
trk_listing_remember (gconstpointer names,
                      gsize names_size,
                      gconstpointer stamps,
                      gsize stamps_size)
{
  g_autoptr (TrkListing) listing = listing_alloc (FALSE);
  const char *name =
      g_string_chunk_insert_len (listing->text, names != NULL ? names : "", (gssize) names_size);
  const char *end = name + names_size;

  for (; name < end; name += strlen (name) + 1)
    g_ptr_array_add (listing->names, (gpointer) name);
  if (name != end || stamps_size != listing->names->len * sizeof (TrkFileStamp))
    return NULL;
  listing->stamps = g_memdup2 (stamps, stamps_size);
  return g_steal_pointer (&listing);
}

GString *
trk_listing_join (const TrkListing *listing)
{
  GString *joined = g_string_new (NULL);

  for (guint i = 0; i < listing->names->len; i++)
    g_string_append_len (joined, listing->names->pdata[i],
                         (gssize) strlen (listing->names->pdata[i]) + 1);
  return joined;
}

void
trk_listing_look (TrkListing *listing, const char *path)
{
  g_free (listing->stamps);
  listing->stamps = trk_looks_end (trk_looks_begin (path, listing->names));
}

gboolean
trk_listing_is_fresh (const TrkListing *listing, const char *path)
{
  const gsize n = listing->names->len;
  g_autofree TrkFileStamp *now = trk_looks_end (trk_looks_begin (path, listing->names));

  return n == 0 || memcmp (listing->stamps, now, n * sizeof *now) == 0;
}

gboolean
trk_listing_find (const TrkListing *listing, const char *name, guint *place)
{
  const gpointer *all = listing->names->pdata;
  const gpointer *found = listing->names->len > 0 ? bsearch (&name, all, listing->names->len,
                                                             sizeof *all, compare_names)
                                                  : NULL;

  if (found != NULL)
    *place = (guint) (found - all);
  return found != NULL;
}

char *
trk_listing_path (const char *path, const char *name)
{
  return g_path_is_absolute (name) ? g_strdup (name) : g_build_filename (path, name, NULL);
}
