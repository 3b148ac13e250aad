/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-subscription-copy.h"

#include "trk-atomic-file.h"
#include "trk-error.h"
#include "trk-paths.h"

#include <string.h>

#define FIRST "BEGIN:VCALENDAR"
#define LAST "END:VCALENDAR"
#define EVENT "begin:vevent" /* in lower case */

enum
{
  HEAD = 512,               /* bytes within which the beginning must stand */
  TAIL = sizeof (LAST) - 1, /* bytes of the end that are remembered, blanks left out */
  FAR = sizeof (EVENT)
};

struct _TrkSubscriptionCopy
{
  TrkAtomicFile *file; /* (owned) */
  gsize length;
  char head[HEAD];
  gboolean begun; /* the head is that of a calendar */
  char tail[TAIL];
  gsize tail_length;
  gsize matched;   /* how much of the line so far is EVENT; FAR: it is another one */
  gboolean broken; /* the line is broken here: a blank goes on with it */
  gboolean has_events;
  GChecksum *checksum; /* (owned) */
};

/* -- Opening ----------------------------------------------------------------------------------- */

TrkSubscriptionCopy *
trk_subscription_copy_new (const char *path, GError **error)
{
  g_autoptr (TrkSubscriptionCopy) copy = g_new0 (TrkSubscriptionCopy, 1);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GError) failure = NULL;

  copy->checksum = g_checksum_new (G_CHECKSUM_SHA256);
  if (!trk_path_ensure_dir (folder, error))
    return NULL;
  copy->file = trk_atomic_file_open_long (path, &failure);
  if (g_error_matches (failure, TRK_ERROR, TRK_ERROR_BUSY))
    g_set_error (error, TRK_ERROR, TRK_ERROR_BUSY, "it is being fetched by another run just now");
  else if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  else if (trk_atomic_file_begin (copy->file, error))
    return g_steal_pointer (&copy);
  return NULL;
}

void
trk_subscription_copy_free (TrkSubscriptionCopy *copy)
{
  if (copy == NULL)
    return;
  g_clear_pointer (&copy->file, trk_atomic_file_free);
  g_checksum_free (copy->checksum);
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

static void
look_at (TrkSubscriptionCopy *copy, char c)
{
  if (c == '\r' || c == '\n')
    {
      copy->has_events = copy->has_events || copy->matched == strlen (EVENT);
      copy->broken = TRUE;
      return;
    }
  if (copy->broken)
    {
      copy->broken = FALSE;
      if (c == ' ' || c == '\t')
        return;
      copy->matched = 0;
    }
  copy->matched = copy->matched < strlen (EVENT) && EVENT[copy->matched] == g_ascii_tolower (c)
                      ? copy->matched + 1
                      : FAR;
}

/* Looks for a line BEGIN:VEVENT, which may be folded (RFC 5545 3.1). */
static void
look_for_events (TrkSubscriptionCopy *copy, const char *bytes, gsize length)
{
  for (gsize i = 0; i < length && !copy->has_events; i++)
    look_at (copy, bytes[i]);
}

static gboolean
is_whole (const TrkSubscriptionCopy *copy)
{
  return copy->tail_length == TAIL && g_ascii_strncasecmp (copy->tail, LAST, TAIL) == 0;
}

/* -- Writing ----------------------------------------------------------------------------------- */

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
  look_for_events (copy, bytes, length);
  g_checksum_update (copy->checksum, bytes, (gssize) length);
  return trk_atomic_file_append (copy->file, bytes, length, error);
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
  if (*changed
      && (!trk_atomic_file_finish (copy->file, TRK_ATOMIC_PRIVATE, error)
          || !trk_atomic_file_commit (copy->file, FALSE, error)))
    return FALSE;
  *hash = g_strdup (new_hash);
  return TRUE;
}

gboolean
trk_subscription_copy_has_events (const TrkSubscriptionCopy *copy)
{
  return copy->has_events;
}
