/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-calendar-journal.h"

#include "trk-config.h"
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

/* Does a line begin at @at? Behind the last byte one does. */
static gboolean
is_line (const char *bytes, gsize length, gsize at)
{
  return at == 0 || at == length || bytes[at - 1] == '\n';
}

/* The bytes that differ; @by_lines: the lines, so that a section of the configuration is whole. */
static TrkFileChange *
differ (const TrkCalendarFile *file, GBytes *wanted, gboolean by_lines)
{
  TrkFileChange *change = g_new0 (TrkFileChange, 1);
  gsize old_length, new_length = 0, at, tail = 0;
  const char *old = g_bytes_get_data (file->bytes, &old_length);
  const char *new = wanted != NULL ? g_bytes_get_data (wanted, &new_length) : NULL;

  at = common_start (old, old_length, new, new_length);
  while (by_lines && !(is_line (old, old_length, at) && is_line (new, new_length, at)))
    at--;
  if (old_length > at && new_length > at)
    tail = common_end (old + at, old_length - at, new + at, new_length - at);
  while (by_lines
         && !(is_line (old, old_length, old_length - tail)
              && is_line (new, new_length, new_length - tail)))
    tail--;
  change->path = g_strdup (file->path);
  change->old_hash = g_strdup (file->hash);
  change->new_hash = wanted != NULL ? trk_calendar_file_hash (wanted) : NULL;
  change->at = at;
  change->old_bytes = g_bytes_new (old != NULL ? old + at : NULL, old_length - at - tail);
  change->new_bytes = g_bytes_new (new != NULL ? new + at : NULL, new_length - at - tail);
  return change;
}

/* -- Writing ----------------------------------------------------------------------------------- */

/* The change @command was not made after all; where the log cannot be told, @error says so too. */
static void
take_back (TrkSession *session, gint64 command, GError **error)
{
  g_autoptr (GError) cause = NULL;
  g_autoptr (GError) failure = NULL;
  TrkStore *store = trk_session_store (session, TRK_STORE_WRITE, &failure);

  if (store != NULL && trk_store_drop (store, command, trk_session_now (session), &failure))
    return;
  cause = g_steal_pointer (error);
  g_set_error (error, cause->domain, cause->code,
               "%s. But the history still shows it as done (change %" G_GINT64_FORMAT
               "), because %s. To correct that: tracker undo",
               cause->message, command, failure->message);
}

/* First the log, then the file: killed between, there is a change to undo that the file has not
 * seen, and undoing it finds nothing to do. The other way round it could not be undone. */
static gboolean
replace (TrkSession *session, TrkCalendarFile *file, const TrkFileChange *change, GError **error)
{
  g_autoptr (GError) failure = NULL;
  TrkStore *store;
  gint64 command;

  if (!trk_calendar_file_is_unchanged (file, error))
    return FALSE;
  store = trk_session_begin (session, error);
  if (store == NULL || !trk_store_add_file_change (store, change, error))
    return FALSE;
  command = trk_store_command (store);
  if (!trk_session_save (session, error))
    return FALSE;
  if (trk_calendar_file_replace (file, &failure))
    return TRUE;
  take_back (session, command, &failure);
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

gboolean
trk_calendar_journal_replace (TrkSession *session,
                              TrkCalendarFile *file,
                              GBytes *wanted,
                              GError **error)
{
  g_autoptr (TrkFileChange) change = differ (file, wanted, FALSE);

  return replace (session, file, change, error);
}

/* -- The configuration ------------------------------------------------------------------------- */

/* It is edited as text, which would end there. */
static gboolean
is_text (const TrkCalendarFile *file, const char *path, GError **error)
{
  g_autofree char *shown = trk_path_display (path);
  gsize length;
  const char *bytes = g_bytes_get_data (file->bytes, &length);

  if (length == 0 || memchr (bytes, '\0', length) == NULL)
    return TRUE;
  g_set_error (error, TRK_ERROR, TRK_ERROR_INVALID, "%s holds a NUL byte; nothing was changed",
               shown);
  return FALSE;
}

TrkCalendarFile *
trk_calendar_journal_open_config (const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (TrkCalendarFile) file =
      trk_path_ensure_dir (folder, error) ? trk_calendar_file_open (path, error) : NULL;

  if (file == NULL || !is_text (file, path, error))
    return NULL;
  file->access = TRK_ATOMIC_PRIVATE; /* addresses in it may be secret */
  return g_steal_pointer (&file);
}

gboolean
trk_calendar_journal_replace_config (
    TrkSession *session, TrkCalendarFile *file, const char *path, const char *text, GError **error)
{
  g_autoptr (GBytes) wanted = g_bytes_new (text, strlen (text));
  g_autoptr (TrkFileChange) change = differ (file, wanted, TRUE);

  g_free (change->path);
  change->path = g_strdup (path); /* by its own name, which undo knows it by */
  return trk_calendar_file_draft (file, wanted, error) && replace (session, file, change, error);
}

static char *
text_of (GBytes *bytes)
{
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);

  return data == NULL ? g_strdup ("") : g_strndup (data, length);
}

/* @state where the file was edited since: its section alone follows. */
static GByteArray *
follow_section (const GByteArray *state, const TrkFileChange *change, GError **error)
{
  g_autofree char *text = g_strndup ((const char *) state->data, state->len);
  g_autofree char *gone = text_of (change->old_bytes);
  g_autofree char *come = text_of (change->new_bytes);
  g_autofree char *after = NULL;
  GByteArray *next;

  after = trk_config_follow (text, change->path, gone, come, error);
  if (after == NULL)
    return NULL;
  next = g_byte_array_new ();
  return g_byte_array_append (next, (const guint8 *) after, (guint) strlen (after));
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
  GByteArray *bytes;  /* (owned) */
  char *hash;         /* NULL: no such file (owned) */
  gboolean is_config; /* of which a section can follow by itself */
} State;

static void
state_clear (State *state)
{
  g_clear_pointer (&state->bytes, g_byte_array_unref);
  g_free (state->hash);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (State, state_clear)

/* The file as the change expects it becomes what it was before, to the byte. */
static GByteArray *
follow_exactly (const State *state, const TrkFileChange *change)
{
  g_autoptr (GByteArray) next = NULL;
  g_autofree char *hash = NULL;

  if (g_strcmp0 (state->hash, change->old_hash) != 0)
    return NULL;
  next = splice (state->bytes, change);
  hash = next != NULL && change->new_hash != NULL ? hash_of (next) : NULL;
  return next != NULL && g_strcmp0 (hash, change->new_hash) == 0 ? g_steal_pointer (&next) : NULL;
}

static gboolean
take (State *state, const TrkFileChange *change, GError **error)
{
  GByteArray *next;
  gboolean exactly;

  if (g_strcmp0 (state->hash, change->new_hash) == 0) /* done before somebody ended us */
    return TRUE;
  next = follow_exactly (state, change);
  exactly = next != NULL;
  if (!exactly && !state->is_config)
    return refuse (change, error);
  if (!exactly)
    next = follow_section (state->bytes, change, error);
  if (next == NULL)
    return FALSE;
  g_byte_array_unref (state->bytes);
  state->bytes = next;
  g_free (state->hash);
  state->hash = exactly && change->new_hash == NULL ? NULL : hash_of (next);
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
  g_autofree char *config = trk_path_config_file ();
  g_auto (State) state = { .is_config = g_str_equal (path, config) };
  g_autoptr (TrkCalendarFile) file = state.is_config
                                         ? trk_calendar_journal_open_config (path, error)
                                         : trk_calendar_file_open (path, error);

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
