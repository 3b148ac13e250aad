/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-calendar-journal.h"

#include "trk-error.h"
#include "trk-paths.h"

#include <string.h>

/* -- What changed ------------------------------------------------------------------------------ */

static gsize
common_start (const char *a, gsize a_length, const char *b, gsize b_length)
{
  gsize n = 0, most = MIN (a_length, b_length);

  while (n < most && a[n] == b[n])
    n++;
  return n;
}

static gsize
common_end (const char *a, gsize a_length, const char *b, gsize b_length)
{
  gsize n = 0, most = MIN (a_length, b_length);

  while (n < most && a[a_length - n - 1] == b[b_length - n - 1])
    n++;
  return n;
}

TrkFileChange *
trk_calendar_journal_change (const TrkCalendarFile *file, GBytes *wanted)
{
  TrkFileChange *change = g_new0 (TrkFileChange, 1);
  gsize old_length, new_length = 0, tail;
  const char *old = g_bytes_get_data (file->bytes, &old_length);
  const char *new = wanted != NULL ? g_bytes_get_data (wanted, &new_length) : NULL;

  change->path = g_strdup (file->path);
  change->old_hash = g_strdup (file->hash);
  change->new_hash = wanted != NULL ? trk_calendar_file_hash (wanted) : NULL;
  change->at = common_start (old, old_length, new, new_length);
  old_length -= change->at;
  new_length -= change->at;
  tail = old_length > 0 && new_length > 0
             ? common_end (old + change->at, old_length, new + change->at, new_length)
             : 0;
  change->old_bytes = g_bytes_new (old != NULL ? old + change->at : NULL, old_length - tail);
  change->new_bytes = g_bytes_new (new != NULL ? new + change->at : NULL, new_length - tail);
  return change;
}

/* -- Following --------------------------------------------------------------------------------- */

static gboolean
refuse (const TrkFileChange *change, GError **error)
{
  g_autofree char *shown = trk_path_display (change->path);

  g_set_error (error, TRK_ERROR, TRK_ERROR_CONFLICT, "%s has changed since", shown);
  return FALSE;
}

/* @state with the change made; NULL when the bytes are not those of the change. */
static GByteArray *
splice (const GByteArray *state, const TrkFileChange *change)
{
  gsize old_length, new_length;
  const guint8 *old = g_bytes_get_data (change->old_bytes, &old_length);
  const guint8 *new = g_bytes_get_data (change->new_bytes, &new_length);
  g_autoptr (GByteArray) out = g_byte_array_new ();

  if (change->at > state->len || old_length > state->len - change->at
      || (old_length > 0 && memcmp (state->data + change->at, old, old_length) != 0))
    return NULL;
  g_byte_array_append (out, state->data, (guint) change->at);
  g_byte_array_append (out, new, (guint) new_length);
  g_byte_array_append (out, state->data + change->at + old_length,
                       state->len - (guint) (change->at + old_length));
  return g_steal_pointer (&out);
}

static char *
hash_of (const GByteArray *bytes)
{
  return g_compute_checksum_for_data (G_CHECKSUM_SHA256, bytes->data, bytes->len);
}

/* A file on its way through several changes. */
typedef struct
{
  GByteArray *bytes; /* (owned) */
  char *hash;        /* NULL: no such file (owned) */
} State;

static void
state_clear (State *state)
{
  g_clear_pointer (&state->bytes, g_byte_array_unref);
  g_free (state->hash);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (State, state_clear)

static gboolean
take (State *state, const TrkFileChange *change, GError **error)
{
  g_autoptr (GByteArray) next = NULL;
  g_autofree char *hash = NULL;

  if (g_strcmp0 (state->hash, change->new_hash) == 0) /* done before somebody ended us */
    return TRUE;
  if (g_strcmp0 (state->hash, change->old_hash) != 0)
    return refuse (change, error);
  next = splice (state->bytes, change);
  hash = next != NULL && change->new_hash != NULL ? hash_of (next) : NULL;
  if (next == NULL || g_strcmp0 (hash, change->new_hash) != 0)
    return refuse (change, error);
  g_free (state->hash);
  state->hash = g_steal_pointer (&hash);
  g_byte_array_unref (state->bytes);
  state->bytes = g_steal_pointer (&next);
  return TRUE;
}

/* What all changes of the file's path make of it. */
static gboolean
find_state (const TrkCalendarFile *file,
            const char *path,
            const GPtrArray *changes,
            State *state,
            GError **error)
{
  gsize length;
  const guint8 *bytes = g_bytes_get_data (file->bytes, &length);

  state->bytes = g_byte_array_new ();
  g_byte_array_append (state->bytes, bytes, (guint) length);
  state->hash = g_strdup (file->hash);
  for (guint i = 0; i < changes->len; i++)
    {
      const TrkFileChange *change = g_ptr_array_index (changes, i);

      if (g_str_equal (change->path, path) && !take (state, change, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
write_state (TrkCalendarFile *file, const State *state, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (state->bytes->data, state->bytes->len);

  if (g_strcmp0 (file->hash, state->hash) == 0)
    return TRUE;
  return (state->hash == NULL || trk_calendar_file_draft (file, bytes, error))
         && trk_calendar_file_replace (file, error);
}

/* Makes the file at @path follow; only looks whether it can unless @really. */
static gboolean
follow (const char *path, const GPtrArray *changes, gboolean really, GError **error)
{
  g_autoptr (TrkCalendarFile) file = trk_calendar_file_open (path, error);
  g_auto (State) state = { NULL };

  return file != NULL && find_state (file, path, changes, &state, error)
         && (!really || write_state (file, &state, error));
}

static gboolean
is_first (const GPtrArray *changes, guint n)
{
  const TrkFileChange *change = g_ptr_array_index (changes, n);

  for (guint i = 0; i < n; i++)
    if (g_str_equal (((const TrkFileChange *) g_ptr_array_index (changes, i))->path, change->path))
      return FALSE;
  return TRUE;
}

static gboolean
follow_all (const GPtrArray *changes, gboolean really, GError **error)
{
  guint followed = 0;

  for (guint i = 0; i < changes->len; i++)
    {
      const TrkFileChange *change = g_ptr_array_index (changes, i);

      if (!is_first (changes, i))
        continue;
      if (!follow (change->path, changes, really, error))
        {
          if (really && followed > 0)
            g_prefix_error (
                error, "%u of the files followed; the same again goes on from there: ", followed);
          return FALSE;
        }
      followed++;
    }
  return TRUE;
}

gboolean
trk_calendar_journal_follow (const GPtrArray *changes, gpointer data, GError **error)
{
  return follow_all (changes, FALSE, error) && follow_all (changes, TRUE, error);
}
