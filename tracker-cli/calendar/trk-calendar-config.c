/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-calendar-config.h"

#include "trk-calendar-journal.h"
#include "trk-calendar-url.h"
#include "trk-config.h"
#include "trk-paths.h"

/* The configuration while this command changes it. */
typedef struct
{
  char *path;            /* (owned) */
  TrkCalendarFile *file; /* (owned) */
  char *text;            /* (owned) */
} Editing;

static void
editing_clear (Editing *editing)
{
  g_clear_pointer (&editing->file, trk_calendar_file_close);
  g_free (editing->path);
  g_free (editing->text);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Editing, editing_clear)

static gboolean
begin (Editing *editing, GError **error)
{
  gsize length;
  const char *bytes;

  editing->path = trk_path_config_file ();
  editing->file = trk_calendar_journal_open_config (editing->path, error);
  if (editing->file == NULL)
    return FALSE;
  bytes = g_bytes_get_data (editing->file->bytes, &length);
  editing->text = bytes != NULL ? g_strndup (bytes, length) : g_strdup ("");
  return TRUE;
}

/* One change may be of several calendars, which the user's words do not tell apart. */
static void
name_change (TrkSession *session, const TrkCalendar *calendar)
{
  g_autofree char *host = calendar->url != NULL ? trk_calendar_url_display (calendar->url) : NULL;
  const char *const words[] = { "calendar", "add", calendar->name,
                                host != NULL ? host : calendar->path, NULL };

  trk_session_set_command (session, words);
}

gboolean
trk_calendar_config_add (TrkSession *session, const TrkCalendar *calendar, GError **error)
{
  g_auto (Editing) editing = { NULL };
  g_autofree char *after = NULL;

  if (!begin (&editing, error))
    return FALSE;
  after = trk_config_with_calendar (editing.text, editing.path, calendar, error);
  if (after == NULL)
    return FALSE;
  name_change (session, calendar);
  return trk_calendar_journal_replace_config (session, editing.file, editing.path, after, error);
}

gboolean
trk_calendar_config_remove (TrkSession *session, const char *name, GError **error)
{
  g_auto (Editing) editing = { NULL };
  g_autofree char *after = NULL;

  if (!begin (&editing, error))
    return FALSE;
  after = trk_config_without_calendar (editing.text, editing.path, name, error);
  return after != NULL
         && trk_calendar_journal_replace_config (session, editing.file, editing.path, after, error);
}
