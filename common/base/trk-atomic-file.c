/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-atomic-file.h"

#include "trk-error.h"
#include "trk-file-access.h"
#include "trk-paths.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define DRAFT ".trackerd-" /* and six more signs: hidden, and no name of a calendar */

enum
{
  PATIENCE = 100, /* looks for the lock … */
  LOOK = 50000    /* … and µs between them */
};

struct _TrkAtomicFile
{
  char *path;   /* (owned) */
  char *name;   /* in the folder (owned) */
  int folder;   /* -1: not open */
  int lock;     /* -1: the folder is the lock */
  char *given;  /* the draft's path where it is always the same (owned) (nullable) */
  char *draft;  /* (owned) (nullable): none begun */
  int draft_fd; /* -1: finished, or none begun */
};

static gboolean
fail (const char *path, TrkErrorCode code, const char *why, GError **error)
{
  g_autofree char *shown = trk_path_display (path);

  g_set_error (error, TRK_ERROR, (gint) code, "cannot write %s: %s; nothing was changed", shown,
               why);
  return FALSE;
}

static gboolean
fail_errno (const char *path, GError **error)
{
  return fail (path, TRK_ERROR_STORAGE, g_strerror (errno), error);
}

/* -- Opening ----------------------------------------------------------------------------------- */

/* Where @path leads, also through a link to what does not exist yet. Owned by the caller. */
static char *
behind_links (const char *path)
{
  char *real = realpath (path, NULL);
  g_autofree char *copy = g_strdup (real);
  g_autofree char *target = NULL;
  g_autofree char *folder = g_path_get_dirname (path);

  free (real);
  if (copy != NULL)
    return g_steal_pointer (&copy);
  target = g_file_read_link (path, NULL);
  return target != NULL ? g_canonicalize_filename (target, folder) : g_strdup (path);
}

static TrkAtomicFile *
open_folder (char *path, GError **error)
{
  g_autoptr (TrkAtomicFile) file = g_new0 (TrkAtomicFile, 1);
  g_autofree char *folder = g_path_get_dirname (path);

  file->path = path;
  file->name = g_path_get_basename (path);
  file->lock = file->draft_fd = -1;
  file->folder = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (file->folder < 0)
    return fail_errno (folder, error), NULL;
  return g_steal_pointer (&file);
}

static gboolean
lock_folder (const TrkAtomicFile *file, GError **error)
{
  for (int i = 0; i < PATIENCE; i++)
    {
      if (flock (file->folder, LOCK_EX | LOCK_NB) == 0)
        return TRUE;
      if (errno != EWOULDBLOCK && errno != EINTR)
        return fail_errno (file->path, error);
      g_usleep (LOOK);
    }
  return fail (file->path, TRK_ERROR_BUSY, "another command is changing files in its folder",
               error);
}

/* What a command that was killed left beside the files; nobody else is at work here now. */
static void
clear_drafts (const TrkAtomicFile *file)
{
  g_autofree char *folder = g_path_get_dirname (file->path);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_prefix (name, DRAFT) && strlen (name) == strlen (DRAFT "XXXXXX"))
      unlinkat (file->folder, name, 0);
}

TrkAtomicFile *
trk_atomic_file_open (const char *path, GError **error)
{
  g_autoptr (TrkAtomicFile) file = open_folder (behind_links (path), error);

  if (file == NULL || !lock_folder (file, error))
    return NULL;
  clear_drafts (file);
  return g_steal_pointer (&file);
}

TrkAtomicFile *
trk_atomic_file_open_long (const char *path, GError **error)
{
  g_autoptr (TrkAtomicFile) file = open_folder (g_strdup (path), error);
  g_autofree char *lock = g_strconcat (path, ".lock", NULL);

  if (file == NULL)
    return NULL;
  file->lock = open (lock, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (file->lock < 0)
    return fail_errno (lock, error), NULL;
  if (flock (file->lock, LOCK_EX | LOCK_NB) != 0)
    return fail (path, TRK_ERROR_BUSY, "another run is writing it just now", error), NULL;
  file->given = g_strconcat (path, ".part", NULL);
  return g_steal_pointer (&file);
}

static void
drop_draft (TrkAtomicFile *file)
{
  if (file->draft_fd >= 0)
    close (file->draft_fd);
  file->draft_fd = -1;
  if (file->draft != NULL)
    unlink (file->draft);
  g_clear_pointer (&file->draft, g_free);
}

void
trk_atomic_file_free (TrkAtomicFile *file)
{
  if (file == NULL)
    return;
  drop_draft (file);
  if (file->lock >= 0)
    close (file->lock);
  if (file->folder >= 0)
    close (file->folder);
  g_free (file->given);
  g_free (file->name);
  g_free (file->path);
  g_free (file);
}

const char *
trk_atomic_file_path (const TrkAtomicFile *file)
{
  return file->path;
}

const char *
trk_atomic_file_draft (const TrkAtomicFile *file)
{
  return file->draft;
}

/* -- The draft --------------------------------------------------------------------------------- */

/* Its descriptor, -1 with errno; @path gets its name. */
static int
make_draft (const TrkAtomicFile *file, char **path)
{
  g_autofree char *folder = g_path_get_dirname (file->path);

  if (file->given == NULL)
    {
      *path = g_build_filename (folder, DRAFT "XXXXXX", NULL);
      return g_mkstemp_full (*path, O_RDWR | O_CLOEXEC, 0600);
    }
  *path = g_strdup (file->given);
  unlink (*path); /* of a run that was killed: ours is the lock */
  return open (*path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
}

gboolean
trk_atomic_file_begin (TrkAtomicFile *file, GError **error)
{
  g_autofree char *path = NULL;

  drop_draft (file);
  file->draft_fd = make_draft (file, &path);
  if (file->draft_fd < 0)
    return fail_errno (file->path, error);
  file->draft = g_steal_pointer (&path);
  return TRUE;
}

gboolean
trk_atomic_file_append (TrkAtomicFile *file, gconstpointer bytes, gsize length, GError **error)
{
  const char *at = bytes;

  while (length > 0)
    {
      ssize_t n = write (file->draft_fd, at, length);

      if (n < 0 && errno != EINTR)
        return fail_errno (file->path, error);
      at += MAX (n, 0);
      length -= (gsize) MAX (n, 0);
    }
  return TRUE;
}

/* As the old file has it; FALSE with errno. */
static gboolean
keep_access (const TrkAtomicFile *file)
{
  int old = openat (file->folder, file->name, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
  gboolean kept;
  int reason;

  if (old < 0)
    return errno == ENOENT && fchmod (file->draft_fd, 0600) == 0;
  kept = trk_file_access_copy (old, file->draft_fd);
  reason = errno;
  close (old);
  errno = reason;
  return kept;
}

gboolean
trk_atomic_file_finish (TrkAtomicFile *file, TrkAtomicAccess access, GError **error)
{
  int fd = file->draft_fd;

  if (!(access == TRK_ATOMIC_ALIKE ? keep_access (file) : fchmod (fd, 0600) == 0)
      || fsync (fd) != 0)
    return fail_errno (file->path, error);
  file->draft_fd = -1;
  return close (fd) == 0 || fail_errno (file->path, error);
}

/* -- The name ---------------------------------------------------------------------------------- */

/* A draft that keeps its other name is none the less taken, and cleared by the next of us. */
static gboolean
take_new_name (const TrkAtomicFile *file, const char *draft)
{
  int folder = file->folder;

  if (renameat2 (folder, draft, folder, file->name, RENAME_NOREPLACE) == 0)
    return TRUE;
  if (errno != EINVAL || linkat (folder, draft, folder, file->name, 0) != 0)
    return FALSE;
  unlinkat (folder, draft, 0);
  return TRUE;
}

gboolean
trk_atomic_file_commit (TrkAtomicFile *file, gboolean new, GError **error)
{
  g_autofree char *draft = g_path_get_basename (file->draft);
  gboolean taken = new ? take_new_name (file, draft)
                       : renameat (file->folder, draft, file->folder, file->name) == 0;

  if (!taken)
    return fail_errno (file->path, error);
  g_clear_pointer (&file->draft, g_free);
  fsync (file->folder); /* the name: the change is made, whatever this says */
  return TRUE;
}

gboolean
trk_atomic_file_remove (TrkAtomicFile *file, GError **error)
{
  if (unlinkat (file->folder, file->name, 0) != 0)
    return fail_errno (file->path, error);
  fsync (file->folder);
  return TRUE;
}

static gboolean
replace (TrkAtomicFile *file, gconstpointer bytes, gsize length, GError **error)
{
  return trk_atomic_file_begin (file, error) && trk_atomic_file_append (file, bytes, length, error)
         && trk_atomic_file_finish (file, TRK_ATOMIC_PRIVATE, error)
         && trk_atomic_file_commit (file, FALSE, error);
}

gboolean
trk_atomic_file_save (const char *path, gconstpointer bytes, gsize length, GError **error)
{
  g_autoptr (TrkAtomicFile) file = trk_atomic_file_open (path, error);

  return file != NULL && replace (file, bytes, length, error);
}

gboolean
trk_atomic_file_save_sole (const char *path, gconstpointer bytes, gsize length, GError **error)
{
  g_autoptr (TrkAtomicFile) file = open_folder (behind_links (path), error);

  if (file == NULL)
    return FALSE;
  file->given = g_strconcat (file->path, ".part", NULL);
  return replace (file, bytes, length, error);
}
