/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-ics-series.h"

#include "trk-error.h"
#include "trk-ics-text.h"

#include <string.h>

static void
member_free (gpointer data)
{
  TrkIcsMember *member = data;

  g_ptr_array_unref (member->lines);
  g_free (member);
}

void
trk_ics_series_free (TrkIcsSeries *series)
{
  if (series == NULL)
    return;
  g_ptr_array_unref (series->members);
  trk_ics_clock_free (series->clock);
  g_free (series);
}

static gboolean
refuse (const TrkIcsEvent *event, const char *why, GError **error)
{
  g_set_error (error, TRK_ERROR, TRK_ERROR_INVALID, "line %u: %s; nothing was changed", event->line,
               why);
  return FALSE;
}

static gboolean
add_member (TrkIcsSeries *series, const TrkIcsEvent *event, GError **error)
{
  TrkIcsMember *member = g_new0 (TrkIcsMember, 1);

  member->event = event;
  member->lines = trk_ics_event_lines (series->file, event);
  member->id = trk_ics_line_named (member->lines, "RECURRENCE-ID");
  g_ptr_array_add (series->members, member);
  if (trk_ics_line_named (member->lines, "DTSTART") == NULL)
    return refuse (event, "the event has no DTSTART", error);
  if (member->id != NULL)
    return TRUE;
  if (series->master != NULL)
    return refuse (event, "the event is in the file a second time", error);
  series->master = member;
  return TRUE;
}

static gboolean
read_clock (TrkIcsSeries *series, GError **error)
{
  const TrkIcsLine *start =
      series->master != NULL ? trk_ics_line_named (series->master->lines, "DTSTART") : NULL;

  if (series->master == NULL)
    return TRUE;
  if (start != NULL)
    series->clock = trk_ics_clock_of_line (start->content, series->home);
  return series->clock != NULL
         || refuse (series->master->event, "the event has no DTSTART that can be changed", error);
}

/* Has @file an event without a UID? Its occurrences have one that the index made up. */
static gboolean
has_nameless (const TrkIcsFile *file)
{
  for (guint i = 0; i < file->events->len; i++)
    {
      const char *uid = g_array_index (file->events, TrkIcsEvent, i).uid;

      if (uid == NULL || *uid == '\0')
        return TRUE;
    }
  return FALSE;
}

TrkIcsSeries *
trk_ics_series_new (const TrkIcsFile *file,
                    const char *uid,
                    const TrkZone *home,
                    const char *const *me,
                    TrkInstant now,
                    GError **error)
{
  g_autoptr (TrkIcsSeries) series = g_new0 (TrkIcsSeries, 1);

  series->file = file;
  series->home = home;
  series->me = me;
  series->now = now;
  series->members = g_ptr_array_new_with_free_func (member_free);
  for (guint i = 0; i < file->events->len; i++)
    {
      const TrkIcsEvent *event = &g_array_index (file->events, TrkIcsEvent, i);

      if (g_strcmp0 (event->uid, uid) == 0 && !add_member (series, event, error))
        return NULL;
    }
  if (series->members->len == 0)
    {
      g_set_error_literal (
          error, TRK_ERROR, TRK_ERROR_NOT_FOUND,
          has_nameless (file)
              ? "the event has no UID, by which alone it could be found again; give it one in a "
                "calendar program. Nothing was changed"
              : "the file has no event of that UID (any more); nothing was changed");
      return NULL;
    }
  return read_clock (series, error) ? g_steal_pointer (&series) : NULL;
}

/* The RECURRENCE-ID as the index writes it; NULL when its zone is not known. */
static char *
id_of (const TrkIcsSeries *series, const TrkIcsLine *line)
{
  g_autoptr (TrkIcsClock) clock = trk_ics_clock_of_line (line->content, series->home);
  TrkInstant instant;

  if (clock == NULL)
    return NULL;
  if (clock->form != TRK_ICS_ZONED)
    return g_strdup (line->content->value);
  if (!trk_ics_clock_read (clock, line->content->value, &instant))
    return NULL;
  return trk_ics_time_write (trk_local_from_wall (instant), TRK_ICS_UTC);
}

TrkIcsMember *
trk_ics_series_instance (const TrkIcsSeries *series, const char *recurrence_id)
{
  for (guint i = 0; i < series->members->len; i++)
    {
      TrkIcsMember *member = g_ptr_array_index (series->members, i);
      g_autofree char *id = member->id != NULL ? id_of (series, member->id) : NULL;

      if (id != NULL && g_strcmp0 (id, recurrence_id) == 0)
        return member;
    }
  return NULL;
}

/* -- Lines ------------------------------------------------------------------------------------- */

/* @line's bytes without folds and line end. */
static char *
unfolded (const TrkIcsFile *file, const TrkIcsLine *line)
{
  g_autoptr (GString) raw = g_string_new (NULL);
  TrkContentCursor cursor;
  gboolean cut = FALSE;

  trk_content_cursor_init (&cursor, file->bytes, line->behind, 1);
  cursor.cr = g_str_equal (file->eol, "\r");
  cursor.at = line->offset;
  cursor.line_end = 0; /* not known */
  trk_content_next (&cursor, TRK_CONTENT_MAX_VALUE, raw, NULL, NULL, &cut);
  return cut ? NULL : g_strndup (raw->str, raw->len);
}

static char *
eol_of (const TrkIcsSeries *series, const TrkIcsLine *line)
{
  const char *bytes = series->file->bytes;

  return line != NULL ? g_strndup (bytes + line->text_end, line->behind - line->text_end)
                      : g_strdup (series->file->eol);
}

/* @text folded, in the line ends of @like; without the last one when @open. */
static char *
folded (const TrkIcsSeries *series, const char *text, const TrkIcsLine *like, gboolean open)
{
  g_autofree char *eol = eol_of (series, like);
  g_autoptr (GString) out = g_string_new (NULL);

  trk_ics_append_line (out, text, eol);
  if (open)
    g_string_truncate (out, out->len - strlen (eol));
  return g_strndup (out->str, out->len);
}

void
trk_ics_set_line (const TrkIcsSeries *series,
                  TrkIcsEdit *edit,
                  const TrkIcsLine *line,
                  const TrkIcsLine *after,
                  const char *text)
{
  g_autofree char *bytes = folded (series, text, line != NULL ? line : after, line != NULL);

  if (line != NULL)
    trk_ics_edit_replace (edit, line->offset, line->text_end - line->offset, bytes);
  else
    trk_ics_edit_replace (edit, after->behind, 0, bytes);
}

TrkDuration
trk_ics_series_time (const TrkIcsSeries *series)
{
  const TrkIcsLine *start =
      series->master != NULL ? trk_ics_line_named (series->master->lines, "DTSTART") : NULL;
  TrkIcsTime time;

  if (start == NULL || !trk_ics_time_read (start->content->value, &time))
    return 0;
  return time.local.time;
}

gboolean
trk_ics_set_value (const TrkIcsSeries *series,
                   TrkIcsEdit *edit,
                   const TrkIcsLine *line,
                   const char *value)
{
  g_autofree char *raw = unfolded (series->file, line);
  gsize whole = raw != NULL ? strlen (raw) : 0, old = strlen (line->content->value);
  g_autofree char *text = NULL;

  if (whole <= old || raw[whole - old - 1] != ':'
      || !g_str_equal (raw + whole - old, line->content->value))
    return FALSE;
  text = g_strdup_printf ("%.*s%s", (int) (whole - old), raw, value);
  trk_ics_set_line (series, edit, line, NULL, text);
  return TRUE;
}

static gboolean
is_ours (const TrkIcsSeries *series, const TrkIcsMember *member)
{
  const TrkIcsLine *organizer = trk_ics_line_named (member->lines, "ORGANIZER");
  const char *address = organizer != NULL ? organizer->content->value : NULL;

  if (address == NULL)
    return TRUE;
  if (g_ascii_strncasecmp (address, "mailto:", 7) == 0)
    address += 7;
  for (const char *const *me = series->me; me != NULL && *me != NULL; me++)
    if (g_ascii_strcasecmp (address, *me) == 0)
      return TRUE;
  return FALSE;
}

static void
set_property (const TrkIcsSeries *series,
              TrkIcsEdit *edit,
              const TrkIcsMember *member,
              const char *name,
              const char *value)
{
  const TrkIcsLine *line = trk_ics_line_named (member->lines, name);
  g_autofree char *text = g_strconcat (name, ":", value, NULL);

  if (line == NULL || !trk_ics_set_value (series, edit, line, value))
    trk_ics_set_line (series, edit, line, trk_ics_line_named (member->lines, "DTSTART"), text);
}

void
trk_ics_set_stamps (const TrkIcsSeries *series, TrkIcsEdit *edit, const TrkIcsMember *member)
{
  const TrkIcsLine *sequence = trk_ics_line_named (member->lines, "SEQUENCE");
  g_autofree char *now = trk_ics_time_write (trk_local_from_wall (series->now), TRK_ICS_UTC);
  g_autofree char *next = NULL;
  guint64 number = 0;

  set_property (series, edit, member, "DTSTAMP", now);
  set_property (series, edit, member, "LAST-MODIFIED", now);
  if (sequence != NULL
      && !g_ascii_string_to_unsigned (sequence->content->value, 10, 0, G_MAXINT32 - 1, &number,
                                      NULL))
    return;
  next = g_strdup_printf ("%" G_GUINT64_FORMAT, number + 1);
  if (is_ours (series, member))
    set_property (series, edit, member, "SEQUENCE", next);
}
