/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-ics-file.h"

#include "trk-error.h"
#include "trk-text.h"

#include <string.h>

enum
{
  MAX_UID = 512,   /* characters, as in the index */
  SCAN_LINE = 4096 /* bytes of a line that are looked at when finding the events */
};

typedef struct
{
  TrkIcsFile *file;
  GPtrArray *open;   /* names of the components that are open, upper case */
  TrkIcsEvent event; /* the open one */
  guint line;
  gsize offset, behind;
} Scan;

static void
event_clear (gpointer data)
{
  g_free (((TrkIcsEvent *) data)->uid);
}

static void
calendar_clear (gpointer data)
{
  g_hash_table_unref (((TrkIcsCalendar *) data)->zones);
}

void
trk_ics_file_free (TrkIcsFile *file)
{
  if (file == NULL)
    return;
  g_array_unref (file->events);
  g_array_unref (file->calendars);
  g_free (file);
}

static gboolean G_GNUC_PRINTF (3, 4) refuse (guint line, GError **error, const char *format, ...)
{
  g_autofree char *what = NULL;
  va_list arguments;

  va_start (arguments, format);
  what = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  if (line > 0)
    g_set_error (error, TRK_ERROR, TRK_ERROR_INVALID, "line %u: %s; it is read, but not written",
                 line, what);
  else
    g_set_error (error, TRK_ERROR, TRK_ERROR_INVALID, "%s; it is read, but not written", what);
  return FALSE;
}

/* -- Components -------------------------------------------------------------------------------- */

static TrkIcsCalendar *
calendar_of (Scan *scan)
{
  GArray *calendars = scan->file->calendars;

  return &g_array_index (calendars, TrkIcsCalendar, calendars->len - 1);
}

static const char *
innermost (const Scan *scan)
{
  return scan->open->len > 0 ? g_ptr_array_index (scan->open, scan->open->len - 1) : "";
}

static gboolean
begin (Scan *scan, const char *name, GError **error)
{
  gboolean calendar = g_str_equal (name, "VCALENDAR");

  if (calendar != (scan->open->len == 0))
    return refuse (scan->line, error,
                   calendar ? "a VCALENDAR inside another component"
                            : "a component outside of VCALENDAR");
  if (g_str_equal (name, "VEVENT") && scan->open->len > 1)
    return refuse (scan->line, error, "a VEVENT inside of %s", innermost (scan));
  if (calendar)
    {
      TrkIcsCalendar fresh = { .zones =
                                   g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL) };

      g_array_append_val (scan->file->calendars, fresh);
    }
  else if (g_str_equal (name, "VEVENT"))
    scan->event = (TrkIcsEvent){ .begin = scan->offset, .line = scan->line };
  else if (!g_str_equal (name, "VTIMEZONE") && scan->open->len == 1)
    calendar_of (scan)->others++;
  g_ptr_array_add (scan->open, g_strdup (name));
  return TRUE;
}

static gboolean
end (Scan *scan, const char *name, GError **error)
{
  if (!g_str_equal (innermost (scan), name))
    return refuse (scan->line, error, "an END that is not of %s",
                   scan->open->len > 0 ? innermost (scan) : "anything open");
  g_ptr_array_set_size (scan->open, (int) scan->open->len - 1);
  if (g_str_equal (name, "VCALENDAR"))
    calendar_of (scan)->end_line = scan->offset;
  if (!g_str_equal (name, "VEVENT"))
    return TRUE;
  scan->event.end_line = scan->offset;
  scan->event.behind = scan->behind;
  g_array_append_val (scan->file->events, scan->event);
  scan->event.uid = NULL;
  return TRUE;
}

/* -- Properties -------------------------------------------------------------------------------- */

static void
property (Scan *scan, const TrkContentLine *line)
{
  const char *inside = innermost (scan);

  if (g_str_equal (inside, "VEVENT") && g_str_equal (line->name, "UID"))
    {
      if (scan->event.uid == NULL && *line->value != '\0')
        scan->event.uid =
            g_utf8_substring (line->value, 0, MIN (MAX_UID, g_utf8_strlen (line->value, -1)));
    }
  else if (g_str_equal (inside, "VTIMEZONE") && g_str_equal (line->name, "TZID"))
    g_hash_table_add (calendar_of (scan)->zones, g_strdup (line->value));
  else if (g_str_equal (inside, "VCALENDAR") && g_str_equal (line->name, "VERSION"))
    calendar_of (scan)->is_first = g_str_equal (line->value, "1.0");
  else if (g_str_equal (inside, "VCALENDAR") && g_str_equal (line->name, "METHOD"))
    calendar_of (scan)->cancels = g_ascii_strcasecmp (line->value, "CANCEL") == 0;
}

static gboolean
is_interesting (const char *raw)
{
  static const char *const names[] = { "BEGIN", "END", "UID", "TZID", "METHOD", "VERSION" };

  if (strchr ("BEUTMVbeutmv\xef", *raw) == NULL)
    return FALSE;
  if (*raw == '\xef') /* a byte order mark */
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_ascii_strncasecmp (raw, names[i], strlen (names[i])) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
scan_line (Scan *scan, const GString *raw, GError **error)
{
  g_autoptr (TrkContentLine) line = NULL;
  g_autofree char *name = NULL;

  if (!is_interesting (raw->str))
    return TRUE;
  line = trk_content_line_parse (raw, scan->line, FALSE);
  if (line == NULL)
    return TRUE;
  name = g_ascii_strup (g_strstrip (line->value), -1);
  if (g_str_equal (line->name, "BEGIN"))
    return begin (scan, name, error);
  if (g_str_equal (line->name, "END"))
    return end (scan, name, error);
  property (scan, line);
  return TRUE;
}

/* -- Files ------------------------------------------------------------------------------------- */

static void
find_eol (TrkIcsFile *file)
{
  const char *lf = memchr (file->bytes, '\n', file->length);

  if (lf == NULL)
    g_strlcpy (file->eol, memchr (file->bytes, '\r', file->length) != NULL ? "\r" : "\r\n",
               sizeof file->eol);
  else
    g_strlcpy (file->eol, lf > file->bytes && lf[-1] == '\r' ? "\r\n" : "\n", sizeof file->eol);
}

static gboolean
is_sound (const Scan *scan, GError **error)
{
  const GArray *calendars = scan->file->calendars;

  if (scan->open->len > 0)
    return refuse (0, error, "the file ends inside of %s", innermost (scan));
  if (calendars->len == 0)
    return refuse (0, error, "there is no VCALENDAR in the file");
  for (guint i = 0; i < calendars->len; i++)
    if (g_array_index (calendars, TrkIcsCalendar, i).is_first)
      return refuse (0, error, "the file is vCalendar 1.0");
  return TRUE;
}

static gboolean
scan_all (Scan *scan, GError **error)
{
  g_autoptr (GString) raw = g_string_new (NULL);
  TrkIcsFile *file = scan->file;
  TrkContentCursor cursor;
  gboolean cut = FALSE;

  trk_content_cursor_init (&cursor, file->bytes, file->length, 1);
  while (trk_content_next (&cursor, SCAN_LINE, raw, &scan->line, &scan->offset, &cut))
    {
      scan->behind = cursor.at;
      if (!scan_line (scan, raw, error))
        return FALSE;
    }
  return is_sound (scan, error);
}

TrkIcsFile *
trk_ics_file_new (const char *bytes, gsize length, GError **error)
{
  g_autoptr (TrkIcsFile) file = g_new0 (TrkIcsFile, 1);
  g_autoptr (GPtrArray) open = g_ptr_array_new_with_free_func (g_free);
  Scan scan = { .file = file, .open = open };
  gboolean sound;

  file->bytes = bytes;
  file->length = length;
  file->events = g_array_new (FALSE, FALSE, sizeof (TrkIcsEvent));
  file->calendars = g_array_new (FALSE, FALSE, sizeof (TrkIcsCalendar));
  g_array_set_clear_func (file->events, event_clear);
  g_array_set_clear_func (file->calendars, calendar_clear);
  find_eol (file);
  sound = scan_all (&scan, error);
  g_free (scan.event.uid);
  return sound ? g_steal_pointer (&file) : NULL;
}

gboolean
trk_ics_file_is_empty (const TrkIcsFile *file)
{
  for (guint i = 0; i < file->calendars->len; i++)
    if (g_array_index (file->calendars, TrkIcsCalendar, i).others > 0)
      return FALSE;
  return file->events->len == 0;
}

/* -- Lines ------------------------------------------------------------------------------------- */

void
trk_ics_line_free (TrkIcsLine *line)
{
  trk_content_line_free (line->content);
  g_free (line);
}

static TrkIcsLine *
line_new (const TrkIcsFile *file, gsize offset, gsize behind, const GString *raw, gboolean cut)
{
  TrkIcsLine *line = g_new0 (TrkIcsLine, 1);

  line->offset = offset;
  line->behind = behind;
  for (line->text_end = behind; line->text_end > offset
                                && strchr ("\r\n", file->bytes[line->text_end - 1]) != NULL
                                && file->bytes[line->text_end - 1] != '\0';)
    line->text_end--;
  line->content = trk_content_line_parse (raw, 0, cut);
  return line;
}

GPtrArray *
trk_ics_event_lines (const TrkIcsFile *file, const TrkIcsEvent *event)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func ((GDestroyNotify) trk_ics_line_free);
  g_autoptr (GString) raw = g_string_new (NULL);
  TrkContentCursor cursor;
  gboolean cut = FALSE;
  gsize offset;
  guint depth = 0;

  trk_content_cursor_init (&cursor, file->bytes, event->end_line, 1);
  cursor.cr = g_str_equal (file->eol, "\r");
  cursor.at = event->begin;
  cursor.line_end = 0; /* not known */
  while (trk_content_next (&cursor, TRK_CONTENT_MAX_VALUE, raw, NULL, &offset, &cut))
    {
      gboolean begins = g_ascii_strncasecmp (raw->str, "BEGIN:", 6) == 0;
      gboolean ends = g_ascii_strncasecmp (raw->str, "END:", 4) == 0;

      if (!begins && !ends && depth == 1)
        g_ptr_array_add (lines, line_new (file, offset, cursor.at, raw, cut));
      depth = begins ? depth + 1 : depth - (ends && depth > 1);
    }
  return lines;
}

const TrkIcsLine *
trk_ics_line_named (const GPtrArray *lines, const char *name)
{
  for (guint i = 0; i < lines->len; i++)
    {
      const TrkIcsLine *line = g_ptr_array_index (lines, i);

      if (line->content != NULL && g_str_equal (line->content->name, name))
        return line;
    }
  return NULL;
}
