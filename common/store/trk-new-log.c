/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-new-log.h"

#include "trk-error.h"
#include "trk-paths.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

enum
{
  PATIENCE = 100, /* looks for the lock … */
  LOOK = 50000    /* … and µs between them */
};

struct _TrkNewLog
{
  char *path;   /* (owned) */
  char *draft;  /* (owned) */
  char *folder; /* of both (owned) */
  char *root;   /* the nearest folder that was there before (owned) */
  int lock;     /* the draft's descriptor: the kernel ends it with us; -1 none */
};

static gboolean
fail (const TrkNewLog *log, TrkErrorCode code, const char *why, GError **error)
{
  g_autofree char *shown = trk_path_display (log->path);

  g_set_error (error, TRK_ERROR, (gint) code, "cannot create %s: %s; nothing was changed", shown,
               why);
  return FALSE;
}

static TrkNewLog *
new_log_new (const char *path)
{
  TrkNewLog *log = g_new0 (TrkNewLog, 1);

  log->path = g_strdup (path);
  log->draft = g_strconcat (path, ".new", NULL);
  log->folder = g_path_get_dirname (path);
  log->root = g_strdup (log->folder);
  while (access (log->root, F_OK) != 0 && errno == ENOENT && !g_str_equal (log->root, "/"))
    {
      char *parent = g_path_get_dirname (log->root);

      g_free (log->root);
      log->root = parent;
    }
  log->lock = -1;
  return log;
}

/* SQLite's own files beside the draft. */
static void
clear_beside (const TrkNewLog *log)
{
  static const char *const ends[] = { "-journal", "-wal", "-shm" };

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      g_autofree char *name = g_strconcat (log->draft, ends[i], NULL);

      unlink (name);
    }
}

/* Only the file that still has the name is the lock: whoever was before us takes it away. */
static gboolean
has_name (const TrkNewLog *log)
{
  struct stat ours, named;

  return fstat (log->lock, &ours) == 0 && lstat (log->draft, &named) == 0
         && ours.st_dev == named.st_dev && ours.st_ino == named.st_ino;
}

/* Has it another name, too? Then it is a log that kept this one (take_name()), wherever the user
 * has put it since: it must not be emptied. */
static gboolean
is_kept (const TrkNewLog *log)
{
  struct stat status;

  return fstat (log->lock, &status) == 0 && status.st_nlink > 1;
}

/* Is the locked file ours to write on? One that is not any more goes, for the next look. */
static gboolean
is_draft (const TrkNewLog *log)
{
  if (!has_name (log))
    return FALSE;
  if (is_kept (log))
    {
      unlink (log->draft);
      return FALSE;
    }
  return TRUE;
}

/* FALSE with errno; EWOULDBLOCK: somebody else has it. */
static gboolean
try_lock (TrkNewLog *log)
{
  log->lock = open (log->draft, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (log->lock < 0)
    return FALSE;
  if (flock (log->lock, LOCK_EX | LOCK_NB) == 0 && is_draft (log))
    return TRUE;
  close (log->lock);
  log->lock = -1;
  errno = EWOULDBLOCK;
  return FALSE;
}

static gboolean
is_there (const TrkNewLog *log)
{
  struct stat status;

  return lstat (log->path, &status) == 0; /* also a link to nowhere: it is the user's */
}

/* What a run that was killed left must not become the log. */
static gboolean
make_empty (const TrkNewLog *log, GError **error)
{
  clear_beside (log);
  return ftruncate (log->lock, 0) == 0 || fail (log, TRK_ERROR_STORAGE, g_strerror (errno), error);
}

TrkNewLog *
trk_new_log_begin (const char *path, GError **error)
{
  g_autoptr (TrkNewLog) log = new_log_new (path);

  for (int i = 0; i < PATIENCE; i++)
    {
      if (is_there (log))
        return NULL;
      if (!trk_path_ensure_dir (log->folder, error))
        return NULL;
      if (try_lock (log))
        return !is_there (log) && make_empty (log, error) ? g_steal_pointer (&log) : NULL;
      if (errno != EWOULDBLOCK && errno != EINTR && errno != ENOENT)
        return fail (log, TRK_ERROR_STORAGE, g_strerror (errno), error), NULL;
      g_usleep (LOOK);
    }
  fail (log, TRK_ERROR_BUSY, "another command is about to", error);
  return NULL;
}

const char *
trk_new_log_path (const TrkNewLog *log)
{
  return log->draft;
}

/* Changes that SQLite could not move from its write-ahead log would be lost with the name. */
static gboolean
is_whole (const TrkNewLog *log)
{
  g_autofree char *name = g_strconcat (log->draft, "-wal", NULL);
  struct stat status;

  return stat (name, &status) != 0 || status.st_size == 0;
}

/* A draft that keeps its other name is none the less taken. */
static gboolean
take_name (const TrkNewLog *log)
{
  if (renameat2 (AT_FDCWD, log->draft, AT_FDCWD, log->path, RENAME_NOREPLACE) == 0)
    return TRUE;
  if (errno != EINVAL || link (log->draft, log->path) != 0)
    return FALSE;
  unlink (log->draft);
  return TRUE;
}

/* The name comes to the disk with its folder; where a file system cannot flush one, it does by
 * itself. The name is taken, whatever this says, and cannot be given back: others may use it. */
static gboolean
flush_folder (const TrkNewLog *log, GError **error)
{
  g_autofree char *shown = trk_path_display (log->path);
  int folder = open (log->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  gboolean flushed = folder >= 0 && (fsync (folder) == 0 || errno == EINVAL || errno == ENOTSUP);

  if (!flushed)
    g_set_error (
        error, TRK_ERROR, TRK_ERROR_STORAGE,
        "%s was made and the change is in it, but the disk does not confirm that: %s; look "
        "after the disk, for both may be gone after a power cut",
        shown, g_strerror (errno));
  if (folder >= 0)
    close (folder);
  return flushed;
}

gboolean
trk_new_log_keep (TrkNewLog *log, GError **error)
{
  if (!is_whole (log))
    return fail (log, TRK_ERROR_STORAGE, "it could not be written whole (is the disk full?)",
                 error);
  if (!take_name (log))
    return errno == EEXIST
               ? fail (log, TRK_ERROR_BUSY, "another program did in this moment; try again", error)
               : fail (log, TRK_ERROR_STORAGE, g_strerror (errno), error);
  return flush_folder (log, error);
}

/* As far as they are empty: what else came there meanwhile keeps them. */
static void
remove_folders (const TrkNewLog *log)
{
  g_autofree char *folder = g_strdup (log->folder);

  while (!g_str_equal (folder, log->root) && rmdir (folder) == 0)
    {
      char *parent = g_path_get_dirname (folder);

      g_free (folder);
      folder = parent;
    }
}

void
trk_new_log_free (TrkNewLog *log)
{
  if (log == NULL)
    return;
  if (log->lock >= 0 && has_name (log))
    {
      clear_beside (log);
      unlink (log->draft); /* the last, for it is the lock */
    }
  if (log->lock >= 0)
    close (log->lock);
  remove_folders (log);
  g_free (log->path);
  g_free (log->draft);
  g_free (log->folder);
  g_free (log->root);
  g_free (log);
}
