/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-index-files.h"

#include "trk-error.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DIR, closedir)

enum
{
  WORTH_A_THREAD = 512 /* files: half a millisecond */
};

/* -- Stamps ------------------------------------------------------------------------------------ */

/* In ns. A file may be of any time: what is too far off is the last that they can say. */
static gint64
nanoseconds (struct timespec time)
{
  gint64 all;

  if (__builtin_mul_overflow ((gint64) time.tv_sec, G_GINT64_CONSTANT (1000000000), &all)
      || __builtin_add_overflow (all, (gint64) time.tv_nsec, &all))
    return time.tv_sec < 0 ? G_MININT64 : G_MAXINT64;
  return all;
}

/* A name in @folder, an open one: the system need not walk the way to it again. */
static gboolean
stamp_at (int folder, const char *name, TrkFileStamp *stamp)
{
  struct stat status;

  memset (stamp, 0, sizeof *stamp);
  if (fstatat (folder, name, &status, 0) != 0)
    return FALSE;
  stamp->device = (gint64) status.st_dev;
  stamp->inode = (gint64) status.st_ino;
  stamp->size = status.st_size;
  stamp->mtime = nanoseconds (status.st_mtim);
  return TRUE;
}

gboolean
trk_file_stamp (const char *path, TrkFileStamp *stamp)
{
  return stamp_at (AT_FDCWD, path, stamp);
}

gboolean
trk_file_stamp_equal (const TrkFileStamp *a, const TrkFileStamp *b)
{
  return memcmp (a, b, sizeof *a) == 0;
}

/* Files that one thread looks at. */
typedef struct
{
  const char *folder;
  gpointer *names;
  TrkFileStamp *stamps;
  guint n;
} Stretch;

/* Nothing but a name with the whole way to it can be looked at where there is no such folder. */
static gpointer
look_at_stretch (gpointer data)
{
  const Stretch *stretch = data;
  int folder = open (stretch->folder, O_PATH | O_DIRECTORY | O_CLOEXEC);

  for (guint i = 0; i < stretch->n; i++)
    stamp_at (folder, stretch->names[i], &stretch->stamps[i]);
  if (folder >= 0)
    close (folder);
  return NULL;
}

/* How the files of @path of these names look now. Nearly all of the time is the kernel's, a
 * microsecond a file, and another processor's kernel takes half of them. */
static void
look_at (const char *path, const GPtrArray *names, TrkFileStamp *stamps)
{
  const guint half = names->len / 2;
  Stretch first = { path, names->pdata, stamps, half };
  Stretch second = { path, names->pdata + half, stamps + half, names->len - half };
  GThread *other = names->len >= WORTH_A_THREAD
                       ? g_thread_try_new ("look", look_at_stretch, &second, NULL)
                       : NULL;

  look_at_stretch (&first);
  if (other != NULL)
    g_thread_join (other);
  else
    look_at_stretch (&second);
}

/* -- Listings ---------------------------------------------------------------------------------- */

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

static TrkListing *
not_listed (GError **error, int problem)
{
  g_set_error (error, TRK_ERROR, TRK_ERROR_INVALID, "the folder cannot be listed: %s",
               g_strerror (problem));
  return NULL;
}

TrkListing *
trk_listing_new (const char *path, GError **error)
{
  g_autoptr (DIR) folder = opendir (path);
  int problem = errno;
  TrkFileStamp stamp;
  TrkListing *listing;

  if (folder == NULL && !trk_file_stamp (path, &stamp))
    {
      g_set_error (error, TRK_ERROR, TRK_ERROR_NOT_FOUND, "there is no such file or folder");
      return NULL;
    }
  if (folder == NULL && problem != ENOTDIR)
    return not_listed (error, problem);
  listing = listing_alloc (folder != NULL);
  if (folder != NULL)
    read_names (listing, folder);
  else
    g_ptr_array_add (listing->names, g_string_chunk_insert (listing->text, path));
  listing->stamps = g_new (TrkFileStamp, listing->names->len);
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
  look_at (path, listing->names, listing->stamps);
}

gboolean
trk_listing_is_fresh (const TrkListing *listing, const char *path)
{
  const gsize n = listing->names->len;
  g_autofree TrkFileStamp *now = g_new (TrkFileStamp, n);

  look_at (path, listing->names, now);
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
