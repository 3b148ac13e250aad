/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-subscription-copy.h"

#include "trk-error.h"
#include "trk-paths.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#define FIRST "BEGIN:VCALENDAR"
#define LAST "END:VCALENDAR"

enum
{
  HEAD = 512,              /* bytes within which the beginning must stand */
  TAIL = sizeof (LAST) - 1 /* bytes of the end that are remembered, blanks left out */
};

struct _TrkSubscriptionCopy
{
  char *path; /* (owned) */
  char *part; /* where it is written, (owned) */
  int fd;     /* of the part; -1: closed */
  int lock;
  gsize length;
  char head[HEAD];
  gboolean begun; /* the head is that of a calendar */
  char tail[TAIL];
  gsize tail_length;
  GChecksum *checksum; /* (owned) */
};

static gboolean
storage_error (GError **error, const char *what, const char *path)
{
  int saved = errno;
  g_autofree char *shown = trk_path_display (path);

  g_set_error (error, TRK_ERROR, TRK_ERROR_STORAGE, "cannot %s %s: %s; the copy is as it was", what,
               shown, g_strerror (saved));
  return FALSE;
}

/* -- Opening ----------------------------------------------------------------------------------- */

static gboolean
take_lock (TrkSubscriptionCopy *copy, GError **error)
{
  g_autofree char *path = g_strconcat (copy->path, ".lock", NULL);

  copy->lock = open (path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (copy->lock < 0)
    return storage_error (error, "open", path);
  if (flock (copy->lock, LOCK_EX | LOCK_NB) == 0)
    return TRUE;
  g_set_error (error, TRK_ERROR, TRK_ERROR_BUSY, "it is being fetched by another run just now");
  return FALSE;
}

TrkSubscriptionCopy *
trk_subscription_copy_new (const char *path, GError **error)
{
  g_autoptr (TrkSubscriptionCopy) copy = g_new0 (TrkSubscriptionCopy, 1);
  g_autofree char *folder = g_path_get_dirname (path);

  copy->fd = copy->lock = -1;
  copy->path = g_strdup (path);
  copy->checksum = g_checksum_new (G_CHECKSUM_SHA256);
  if (!trk_path_ensure_dir (folder, error) || !take_lock (copy, error))
    return NULL;
  copy->part = g_strconcat (path, ".part", NULL);
  g_unlink (copy->part); /* of a run that was killed: ours is the lock */
  copy->fd = open (copy->part, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (copy->fd < 0)
    return storage_error (error, "write", copy->part), NULL;
  return g_steal_pointer (&copy);
}

void
trk_subscription_copy_free (TrkSubscriptionCopy *copy)
{
  if (copy == NULL)
    return;
  if (copy->fd >= 0)
    {
      close (copy->fd);
      g_unlink (copy->part);
    }
  if (copy->lock >= 0)
    close (copy->lock);
  g_checksum_free (copy->checksum);
  g_free (copy->part);
  g_free (copy->path);
  g_free (copy);
}

/* -- What it looks like ------------------------------------------------------------------------ */

static gboolean
refuse (GError **error, const char *why)
{
  g_set_error (error, TRK_ERROR, TRK_ERROR_INVALID, "%s", why);
  return FALSE;
}

static gboolean
is_blank (char c)
{
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* Behind a byte order mark and blanks. */
static const char *
first_sign (const char *head, const char *end)
{
  if (end - head >= 3 && memcmp (head, "\xEF\xBB\xBF", 3) == 0)
    head += 3;
  while (head < end && is_blank (*head))
    head++;
  return head;
}

static gboolean
refuse_head (const char *at, const char *end, GError **error)
{
  if (at == end)
    return refuse (error, "it is empty");
  if (*at == '<')
    return refuse (error, "it is a web page, not a calendar; does the address need a login?");
  if (end - at >= 2 && memcmp (at, "\x1f\x8b", 2) == 0)
    return refuse (error, "it is compressed, not a calendar");
  return refuse (error, "it does not begin as a calendar (BEGIN:VCALENDAR)");
}

/* Is the head that of a calendar, as far as it is known? @whole: no more will come. */
static gboolean
check_head (TrkSubscriptionCopy *copy, gboolean whole, GError **error)
{
  const gsize wanted = strlen (FIRST);
  const char *end = copy->head + MIN (copy->length, HEAD);
  const char *at = first_sign (copy->head, end);
  gsize known = MIN ((gsize) (end - at), wanted);

  if (copy->begun || (!whole && copy->length < strlen ("\xEF\xBB\xBF")))
    return TRUE;
  if (g_ascii_strncasecmp (at, FIRST, known) != 0)
    return refuse_head (at, end, error);
  copy->begun = known == wanted;
  return copy->begun || (!whole && copy->length < HEAD) || refuse_head (at, end, error);
}

/* Keeps the last signs that are not blank. */
static void
remember_tail (TrkSubscriptionCopy *copy, const char *bytes, gsize length)
{
  char tail[TAIL];
  gsize n = 0;

  for (gsize i = length; i > 0 && n < TAIL; i--)
    if (!is_blank (bytes[i - 1]))
      tail[TAIL - ++n] = bytes[i - 1];
  for (gsize i = copy->tail_length; i > 0 && n < TAIL; i--)
    tail[TAIL - ++n] = copy->tail[i - 1];
  memcpy (copy->tail, tail + TAIL - n, n);
  copy->tail_length = n;
}

static gboolean
is_whole (const TrkSubscriptionCopy *copy)
{
  return copy->tail_length == TAIL && g_ascii_strncasecmp (copy->tail, LAST, TAIL) == 0;
}

/* -- Writing ----------------------------------------------------------------------------------- */

static gboolean
write_all (TrkSubscriptionCopy *copy, const char *bytes, gsize length, GError **error)
{
  while (length > 0)
    {
      ssize_t n = write (copy->fd, bytes, length);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return storage_error (error, "write", copy->part);
      bytes += n;
      length -= (gsize) n;
    }
  return TRUE;
}

gboolean
trk_subscription_copy_append (TrkSubscriptionCopy *copy,
                              gconstpointer bytes,
                              gsize length,
                              GError **error)
{
  if (length > TRK_CALENDAR_MAX_FILE - copy->length)
    return refuse (error, "it is larger than 64 MiB");
  if (copy->length < HEAD)
    memcpy (copy->head + copy->length, bytes, MIN (length, HEAD - copy->length));
  copy->length += length;
  if (!check_head (copy, FALSE, error))
    return FALSE;
  remember_tail (copy, bytes, length);
  g_checksum_update (copy->checksum, bytes, (gssize) length);
  return write_all (copy, bytes, length, error);
}

static gboolean
replace (TrkSubscriptionCopy *copy, GError **error)
{
  int fd = copy->fd;

  if (fsync (fd) != 0)
    return storage_error (error, "write", copy->part);
  copy->fd = -1;
  if (close (fd) == 0 && rename (copy->part, copy->path) == 0)
    return TRUE;
  storage_error (error, "write", copy->path);
  g_unlink (copy->part);
  return FALSE;
}

gboolean
trk_subscription_copy_commit (
    TrkSubscriptionCopy *copy, const char *old_hash, gboolean *changed, char **hash, GError **error)
{
  const char *new_hash;

  if (!check_head (copy, TRUE, error))
    return FALSE;
  if (!is_whole (copy))
    return refuse (error, "its end is missing (END:VCALENDAR)");
  new_hash = g_checksum_get_string (copy->checksum);
  *changed = g_strcmp0 (old_hash, new_hash) != 0;
  if (*changed && !replace (copy, error))
    return FALSE;
  *hash = g_strdup (new_hash);
  return TRUE;
}
