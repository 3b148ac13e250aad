/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-calendar-write.h"

#include "trk-calendar-journal.h"
#include "trk-error.h"
#include "trk-ics-change.h"
#include "trk-ics-new.h"
#include "trk-index.h"
#include "trk-paths.h"
#include "trk-text.h"

/* -- Which calendar ---------------------------------------------------------------------------- */

static const TrkCalendar *
check_writable (const TrkCalendar *calendar, GError **error)
{
  g_autofree char *file = trk_path_config_file ();
  g_autofree char *shown = trk_path_display (file);

  if (calendar->url != NULL)
    g_set_error (error, TRK_ERROR, TRK_ERROR_STATE,
                 "the calendar '%s' is a copy of one that is elsewhere: change it there",
                 calendar->name);
  else if (!calendar->writable)
    g_set_error (error, TRK_ERROR, TRK_ERROR_STATE,
                 "the calendar '%s' is only read. To let commands change it: writable = yes below "
                 "[calendar %s] in %s",
                 calendar->name, calendar->name, shown);
  else
    return calendar;
  return NULL;
}

static const TrkCalendar *
only_writable (const TrkConfig *config, GError **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  const TrkCalendar *found = NULL;
  g_autofree char *all = NULL;

  for (guint i = 0; i < config->calendars->len; i++)
    {
      const TrkCalendar *calendar = g_ptr_array_index (config->calendars, i);

      if (!calendar->writable || calendar->url != NULL)
        continue;
      found = calendar;
      g_ptr_array_add (names, calendar->name);
    }
  if (names->len == 1)
    return found;
  g_ptr_array_add (names, NULL);
  all = g_strjoinv (", ", (GStrv) names->pdata);
  if (found != NULL)
    g_set_error (error, TRK_ERROR, TRK_ERROR_USAGE, "say which calendar by --calendar: %s", all);
  else
    g_set_error_literal (error, TRK_ERROR, TRK_ERROR_STATE,
                         "no calendar may be changed. To let commands change one: writable = yes "
                         "below its [calendar …] in trackerd.conf, or: tracker calendar add "
                         "--writable NAME FILE");
  return NULL;
}

const TrkCalendar *
trk_calendar_writable (TrkSession *session, const char *name, GError **error)
{
  TrkConfig *config = trk_session_config (session, error);
  const TrkCalendar *calendar;
  g_autofree char *shown = trk_text_line (name, 60);

  if (config == NULL)
    return NULL;
  if (name == NULL)
    return only_writable (config, error);
  calendar = trk_config_calendar (config, name);
  if (calendar != NULL)
    return check_writable (calendar, error);
  g_set_error (error, TRK_ERROR, TRK_ERROR_NOT_FOUND,
               "there is no calendar '%s'. See: tracker calendar list", shown);
  return NULL;
}

/* -- Which file -------------------------------------------------------------------------------- */

static gboolean
is_folder (const TrkCalendar *calendar)
{
  return g_file_test (calendar->path, G_FILE_TEST_IS_DIR);
}

/* The one file that holds the event. */
static char *
file_of_event (const TrkCalendar *calendar, const char *uid, GError **error)
{
  g_autofree char *index_path = trk_path_index ();
  g_autoptr (TrkIndex) index = trk_index_open (index_path, error);
  g_autoptr (GPtrArray) files = NULL;

  if (index != NULL)
    files = trk_index_event_files (index, calendar->name, uid, error);
  if (files == NULL)
    return NULL;
  if (files->len == 1)
    return g_strdup (g_ptr_array_index (files, 0));
  g_set_error (error, TRK_ERROR, TRK_ERROR_INVALID,
               files->len == 0 ? "no file of the calendar holds this event (any more)"
                               : "%u files of the calendar hold this event; none was changed",
               files->len);
  return NULL;
}

/* A folder has a file for each event, named by its UID: ours are plain. */
static char *
file_to_write (const TrkCalendar *calendar, const TrkBlockIntent *intent, GError **error)
{
  g_autofree char *name = g_strconcat (intent->occurrence->uid, ".ics", NULL);

  if (intent->act != TRK_BLOCK_ADD)
    return file_of_event (calendar, intent->occurrence->uid, error);
  return is_folder (calendar) ? g_build_filename (calendar->path, name, NULL)
                              : g_strdup (calendar->path);
}

/* -- What it becomes --------------------------------------------------------------------------- */

typedef struct
{
  TrkSession *session;
  const TrkCalendar *calendar;
  TrkBlockIntent intent;
  TrkCalendarFile *file; /* (owned) */
  GBytes *wanted;        /* NULL: the file goes (owned) */
} Writing;

static void
writing_clear (Writing *writing)
{
  g_clear_pointer (&writing->file, trk_calendar_file_close);
  g_clear_pointer (&writing->wanted, g_bytes_unref);
  g_clear_pointer (&writing->intent.zone, trk_zone_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Writing, writing_clear)

static GString *
add (const Writing *writing, const TrkIcsFile *ics, GError **error)
{
  const TrkOccurrence *occurrence = writing->intent.occurrence;
  const TrkIcsNewEvent event = { .uid = occurrence->uid,
                                 .summary = occurrence->summary,
                                 .kind = occurrence->kind,
                                 .period = occurrence->period,
                                 .weekdays = writing->intent.weekdays };
  const TrkZone *home = trk_session_zone (writing->session);
  TrkInstant now = trk_session_now (writing->session);

  return ics != NULL ? trk_ics_add (ics, &event, home, now, error)
                     : trk_ics_new_file (&event, home, now);
}

static GString *
change (Writing *writing, const TrkIcsFile *ics, GError **error)
{
  TrkBlockIntent *intent = &writing->intent;
  TrkConfig *config = trk_session_config (writing->session, NULL);
  g_autoptr (TrkIcsSeries) series = trk_ics_series_new (
      ics, intent->occurrence->uid, trk_session_zone (writing->session),
      (const char *const *) config->me, trk_session_now (writing->session), error);

  if (series == NULL)
    return NULL;
  if (series->clock != NULL && series->clock->zone != NULL)
    intent->zone = trk_zone_ref (series->clock->zone);
  intent->time = trk_ics_series_time (series);
  switch (intent->act)
    {
    case TRK_BLOCK_MOVE:
      return trk_ics_move (series, intent->occurrence, intent->wanted, error);
    case TRK_BLOCK_MOVE_ALL:
      return trk_ics_move_all (series, intent->occurrence, intent->wanted, error);
    case TRK_BLOCK_REMOVE:
      return trk_ics_remove (series, intent->occurrence, error);
    default:
      return trk_ics_remove_all (series, error);
    }
}

/* In a folder a file without events goes. */
static gboolean
is_over (const Writing *writing, const GString *text)
{
  g_autoptr (TrkIcsFile) ics = NULL;

  if (writing->intent.act != TRK_BLOCK_REMOVE && writing->intent.act != TRK_BLOCK_REMOVE_ALL)
    return FALSE;
  ics = trk_ics_file_new (text->str, text->len, NULL);
  return is_folder (writing->calendar) && ics != NULL && trk_ics_file_is_empty (ics);
}

/* FALSE with @error: it cannot be read. @ics gets NULL when there is nothing in it. */
static gboolean
parse_file (const TrkCalendarFile *file, TrkIcsFile **ics, GError **error)
{
  g_autofree char *shown = trk_path_display (file->path);
  gsize length;
  const char *bytes = g_bytes_get_data (file->bytes, &length);

  *ics = length > 0 ? trk_ics_file_new (bytes, length, error) : NULL;
  if (length > 0 && *ics == NULL)
    g_prefix_error (error, "%s: ", shown);
  return length == 0 || *ics != NULL;
}

static gboolean
find_wanted (Writing *writing, GError **error)
{
  g_autoptr (TrkIcsFile) ics = NULL;
  g_autoptr (GString) text = NULL;

  if (!parse_file (writing->file, &ics, error))
    return FALSE;
  if (writing->intent.act == TRK_BLOCK_ADD)
    text = add (writing, ics, error);
  else if (ics != NULL)
    text = change (writing, ics, error);
  else
    g_set_error_literal (error, TRK_ERROR, TRK_ERROR_NOT_FOUND, "the event's file is gone");
  if (text == NULL)
    return FALSE;
  if (!is_over (writing, text))
    writing->wanted = g_bytes_new (text->str, text->len);
  return TRUE;
}

/* -- Writing it -------------------------------------------------------------------------------- */

/* What somebody else wrote in this moment is no fault of the event's. */
static gboolean
prove (const Writing *writing, GError **error)
{
  TrkCalendarFile *file = writing->file;
  g_autoptr (GError) failure = NULL;

  if (trk_calendar_proof (&writing->intent, file->exists ? file->path : NULL,
                          trk_atomic_file_draft (file->atomic), trk_session_zone (writing->session),
                          trk_session_now (writing->session), trk_session_err (writing->session),
                          &failure))
    return TRUE;
  if (trk_calendar_file_is_unchanged (file, error))
    g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

static gboolean
draft (const Writing *writing, GError **error)
{
  if (writing->wanted == NULL) /* nothing stays that could be read wrongly */
    return TRUE;
  return trk_calendar_file_draft (writing->file, writing->wanted, error) && prove (writing, error);
}

gboolean
trk_calendar_write (TrkSession *session,
                    const TrkCalendar *calendar,
                    const TrkBlockIntent *intent,
                    GError **error)
{
  g_auto (Writing) writing = { .session = session, .calendar = calendar, .intent = *intent };
  g_autofree char *path = file_to_write (calendar, intent, error);

  writing.intent.zone = NULL;
  if (path == NULL)
    return FALSE;
  writing.file = trk_calendar_file_open (path, error);
  if (writing.file == NULL || !find_wanted (&writing, error) || !draft (&writing, error)
      || !trk_calendar_journal_replace (session, writing.file, writing.wanted, error))
    return FALSE;
  trk_session_tell_daemon (session);
  return TRUE;
}
