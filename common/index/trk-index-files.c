/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-index-files.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum
{
  WORTH_A_THREAD = 512, /* files: half a millisecond */
  AT_ONCE = 64
};

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

/* -- Looking at many --------------------------------------------------------------------------- */

struct _TrkLooks
{
  const char *folder;
  const GPtrArray *names;
  TrkFileStamp *stamps;
  guint next; /* the first that no thread has taken yet */
  GThread *other;
};

/* Some at once until all are taken. */
static gpointer
look (gpointer data)
{
  TrkLooks *looks = data;
  const guint n = looks->names->len;
  int folder = open (looks->folder, O_PATH | O_DIRECTORY | O_CLOEXEC);
  guint from;

  while ((from = (guint) g_atomic_int_add (&looks->next, AT_ONCE)) < n)
    for (guint i = from; i < MIN (from + AT_ONCE, n); i++)
      stamp_at (folder, looks->names->pdata[i], &looks->stamps[i]);
  if (folder >= 0)
    close (folder);
  return NULL;
}

TrkLooks *
trk_looks_begin (const char *path, const GPtrArray *names)
{
  TrkLooks *looks = g_new0 (TrkLooks, 1);

  looks->folder = path;
  looks->names = names;
  looks->stamps = g_new (TrkFileStamp, names->len);
  if (names->len >= WORTH_A_THREAD)
    looks->other = g_thread_try_new ("look", look, looks, NULL);
  return looks;
}

TrkFileStamp *
trk_looks_end (TrkLooks *looks)
{
  TrkFileStamp *stamps = looks->stamps;

  look (looks);
  if (looks->other != NULL)
    g_thread_join (looks->other);
  g_free (looks);
  return stamps;
}
