/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-lock.h"

#include "trk-error.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/file.h>
#include <unistd.h>

struct _TrkLock
{
  int fd;
};

static gint64
read_owner (int fd)
{
  char text[32] = "";

  if (pread (fd, text, sizeof text - 1, 0) <= 0)
    return 0;
  return g_ascii_strtoll (text, NULL, 10);
}

/* Only for people to read: a failure does no harm. */
static void
write_owner (int fd)
{
  g_autofree char *text = g_strdup_printf ("%d\n", (int) getpid ());

  if (ftruncate (fd, 0) != 0 || pwrite (fd, text, strlen (text), 0) < 0)
    g_debug ("the lock file cannot be written: %s", g_strerror (errno));
}

/* The lock that keeps others out cannot be asked for without being taken. This second one, of the
 * other kind, keeps nobody out (they do not meet) and can: the kernel says whose it is. */
static void
show_owner (int fd)
{
  struct flock all = { .l_type = F_WRLCK, .l_whence = SEEK_SET };

  if (fcntl (fd, F_SETLK, &all) != 0)
    g_debug ("the lock's owner cannot be shown: %s", g_strerror (errno));
}

gboolean
trk_lock_is_held (const char *path, gint64 *owner)
{
  struct flock any = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
  gboolean held;

  *owner = 0;
  if (fd < 0)
    return FALSE;
  held = fcntl (fd, F_GETLK, &any) == 0 && any.l_type != F_UNLCK;
  if (held)
    *owner = MAX (any.l_pid, 0);
  close (fd);
  return held;
}

/* @owner gets who has it when that is why not; else @error. */
static gboolean
keep_others_out (int fd, const char *path, gint64 *owner, GError **error)
{
  if (flock (fd, LOCK_EX | LOCK_NB) == 0)
    return TRUE;
  if (errno == EWOULDBLOCK)
    *owner = read_owner (fd);
  else
    g_set_error (error, TRK_ERROR, TRK_ERROR_STORAGE,
                 "cannot lock %s: %s; without a lock two daemons could write one log", path,
                 g_strerror (errno));
  return FALSE;
}

TrkLock *
trk_lock_take (const char *path, gint64 *owner, GError **error)
{
  int fd = open (path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  TrkLock *lock;

  *owner = 0;
  if (fd < 0)
    {
      g_set_error (error, TRK_ERROR, TRK_ERROR_STORAGE, "cannot open the lock file %s: %s", path,
                   g_strerror (errno));
      return NULL;
    }
  if (!keep_others_out (fd, path, owner, error))
    {
      close (fd);
      return NULL;
    }
  show_owner (fd);
  write_owner (fd);
  lock = g_new0 (TrkLock, 1);
  lock->fd = fd;
  return lock;
}

void
trk_lock_release (TrkLock *lock)
{
  if (lock == NULL)
    return;
  close (lock->fd);
  g_free (lock);
}
