/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-file-scan.h"

#include "trk-lost-lines.h"

#include <string.h>

enum
{
  MAX_UID = 512,
  SOME_EVENTS = 100000, /* of any file; more … */
  EVENT_BYTES = 160,    /* … where each has so many bytes (people's have twice as many), … */
  MAX_EVENTS = 250000,  /* … up to this */
  MAX_ZONES = 2000,
  MAX_DAYLIGHT = 200, /* lines of a vCalendar 1.0 */
  MAX_PIECES = 4,     /* that a line without its end may hold */
  SCAN_LINE = 4096    /* bytes of a line that are looked at when finding the events */
};

typedef struct
{
  TrkFile *file;
  TrkEventRange event; /* the open one; only with in_event */
  TrkZoneRange zone;   /* the open one; only with in_zone */
  char *tzid;          /* its name; (owned) (nullable) */
  gboolean in_event;
  gboolean started; /* the open event's DTSTART was seen */
  gboolean in_zone; /* in an event, too, when that has no END, or holds its zone */
  guint stray;      /* the line of a DTSTART outside any component: the BEGIN before it was lost */
  gboolean full;    /* there are more events than are read */
  guint depth;      /* components open that are not of interest, or inside one that is */
  guint inner;      /* with depth in an event: the line where the outermost of them begins */
  gsize searched;   /* so many bytes need not be searched for a lost beginning again */
} Scan;

static TrkVcalendar *
open_calendar (const Scan *scan)
{
  GArray *calendars = scan->file->calendars;

  return calendars->len > 0 ? &g_array_index (calendars, TrkVcalendar, calendars->len - 1) : NULL;
}

static void
begin_calendar (Scan *scan)
{
  const TrkVcalendar fresh = { 0 };

  g_array_append_val (scan->file->calendars, fresh);
  scan->depth = 0;
}

/* Which of the file's calendars is open; events without any are in one of their own. */
static guint
calendar_number (Scan *scan)
{
  if (open_calendar (scan) == NULL)
    begin_calendar (scan);
  return scan->file->calendars->len - 1;
}

/* -- Events ------------------------------------------------------------------------------------ */

static void
close_event (Scan *scan, gsize end, gboolean whole)
{
  TrkFile *file = scan->file;
  TrkEventRange *event = &scan->event;

  event->length = end - event->offset;
  event->whole = whole;
  if (event->uid == NULL)
    {
      g_autofree char *hash = trk_file_event_hash (file, event);

      event->uid = g_strndup (hash, 32);
    }
  g_array_append_val (file->events, *event);
  scan->searched = end;
  scan->in_event = FALSE;
  scan->depth = 0;
}

/* How many events of @file are read: what is nothing but beginnings and ends costs no more than a
 * calendar of its size. */
static guint
most_events (const TrkFile *file)
{
  return (guint) CLAMP (file->length / EVENT_BYTES, SOME_EVENTS, MAX_EVENTS);
}

static void
begin_event (Scan *scan, gsize offset, guint line)
{
  guint most = most_events (scan->file);

  if (scan->file->events->len >= most)
    {
      trk_file_findings_add (scan->file->findings, line, NULL, TRUE,
                             "the file has more than %u,%03u events, the most that is read of one "
                             "of its size; none from here on is. Split it to have them all",
                             most / 1000, most % 1000);
      scan->depth = 1;
      scan->full = TRUE;
      return;
    }
  scan->event =
      (TrkEventRange){ .offset = offset, .line = line, .calendar = calendar_number (scan) };
  scan->in_event = TRUE;
  scan->started = FALSE;
  scan->depth = 0;
  scan->stray = 0;
}

/* -- Time zones -------------------------------------------------------------------------------- */

static void
begin_zone (Scan *scan, gsize offset, guint line)
{
  scan->zone = (TrkZoneRange){ .offset = offset, .line = line, .calendar = calendar_number (scan) };
  scan->in_zone = TRUE;
  scan->depth = 0;
}

static void
close_zone (Scan *scan, gsize end)
{
  TrkFileZones *zones = scan->file->zones;

  scan->searched = end;
  scan->in_zone = FALSE;
  scan->depth = 0;
  scan->zone.length = end - scan->zone.offset;
  if (scan->tzid != NULL && zones->ranges->len < MAX_ZONES)
    trk_file_zones_add (zones, scan->tzid, &scan->zone);
  g_clear_pointer (&scan->tzid, g_free);
}

/* -- Components -------------------------------------------------------------------------------- */

/* Something begins or ends at @end that an open event or time zone cannot hold. */
static void
close_unclosed (Scan *scan, gsize end)
{
  if (scan->in_zone)
    close_zone (scan, end);
  if (!scan->in_event)
    return;
  trk_file_findings_add (scan->file->findings, scan->event.line, "BEGIN", FALSE,
                         "this VEVENT has no END");
  close_event (scan, end, TRUE);
}

static gboolean
begins_event (Scan *scan, const char *name, gsize offset, guint line)
{
  if (g_ascii_strcasecmp (name, "VEVENT") == 0)
    return TRUE;
  if (!trk_lost_fold (scan->file->bytes, scan->file->length, offset, name))
    return FALSE;
  trk_file_findings_add (scan->file->findings, line, "BEGIN", FALSE,
                         "“BEGIN:VEVENT” goes on in the line below; it is read as if it stood "
                         "alone, without “%.40s”",
                         name + strlen ("VEVENT"));
  return TRUE;
}

static void
begin_inner (Scan *scan, guint line)
{
  if (scan->depth++ == 0)
    scan->inner = line;
}

/* The open event ends, and something in it did not. */
static void
tell_unclosed_inner (const Scan *scan)
{
  if (scan->in_zone || scan->depth > 0)
    trk_file_findings_add (
        scan->file->findings, scan->in_zone ? scan->zone.line : scan->inner, "BEGIN", FALSE,
        "this component has no END; what follows it in its VEVENT is passed over");
}

static void
begin (Scan *scan, const char *name, gsize offset, guint line)
{
  gboolean calendar = g_ascii_strcasecmp (name, "VCALENDAR") == 0;
  gboolean event = begins_event (scan, name, offset, line);

  if (calendar || event)
    close_unclosed (scan, offset);
  if (calendar)
    begin_calendar (scan);
  else if (event)
    begin_event (scan, offset, line);
  else if (g_ascii_strcasecmp (name, "VTIMEZONE") == 0 && (!scan->in_event || scan->depth == 0))
    {
      if (scan->in_zone)
        close_zone (scan, offset);
      begin_zone (scan, offset, line);
    }
  else
    begin_inner (scan, line);
}

static void
end (Scan *scan, const char *name, guint line, gsize begin_of_line, gsize end_of_line)
{
  if (g_ascii_strcasecmp (name, "VCALENDAR") == 0)
    {
      close_unclosed (scan, begin_of_line);
      scan->file->complete = TRUE;
      scan->depth = 0;
    }
  else if (g_ascii_strcasecmp (name, "VEVENT") == 0 && scan->in_event)
    {
      tell_unclosed_inner (scan);
      if (scan->in_zone)
        close_zone (scan, begin_of_line);
      close_event (scan, end_of_line, TRUE);
    }
  else if (g_ascii_strcasecmp (name, "VEVENT") == 0 && scan->stray > 0)
    {
      trk_file_findings_add (scan->file->findings, line, "END", TRUE, "this VEVENT has no BEGIN");
      scan->stray = 0;
      scan->depth -= scan->depth > 0;
    }
  else if (g_ascii_strcasecmp (name, "VTIMEZONE") == 0 && scan->in_zone)
    close_zone (scan, end_of_line);
  else if (scan->depth > 0)
    scan->depth--;
}

/* -- Properties -------------------------------------------------------------------------------- */

/* One of the calendar's own. */
static void
calendar_property (Scan *scan, TrkVcalendar *calendar, const TrkContentLine *line)
{
  if (g_str_equal (line->name, "CALSCALE") && g_ascii_strcasecmp (line->value, "GREGORIAN") != 0)
    trk_file_findings_add (scan->file->findings, line->line, line->name, FALSE,
                           "“%.40s” is not supported (RFC 5545 3.7.1); dates are read as Gregorian",
                           line->value);
  else if (g_str_equal (line->name, "METHOD"))
    calendar->cancel = g_ascii_strcasecmp (line->value, "CANCEL") == 0;
  else if (g_str_equal (line->name, "VERSION"))
    calendar->is_first_version = g_str_equal (line->value, "1.0");
  else if (g_str_equal (line->name, "TZ") && calendar->home == NULL)
    calendar->home = g_strdup (line->value);
  else if (g_str_equal (line->name, "DAYLIGHT"))
    {
      if (calendar->daylight == NULL)
        calendar->daylight = g_ptr_array_new_with_free_func (g_free);
      if (calendar->daylight->len < MAX_DAYLIGHT)
        g_ptr_array_add (calendar->daylight, g_strdup (line->value));
    }
}

/* A property that is of interest before the events are taken apart. */
static void
property (Scan *scan, const TrkContentLine *line)
{
  if (scan->depth > 0)
    return;
  if (scan->in_zone)
    {
      if (g_str_equal (line->name, "TZID") && scan->tzid == NULL)
        scan->tzid = trk_file_zones_name (line->value);
    }
  else if (scan->in_event)
    {
      if (g_str_equal (line->name, "UID") && scan->event.uid == NULL && *line->value != '\0')
        scan->event.uid =
            g_utf8_substring (line->value, 0, MIN (MAX_UID, g_utf8_strlen (line->value, -1)));
    }
  else if (open_calendar (scan) != NULL)
    calendar_property (scan, open_calendar (scan), line);
}

/* The day that a raw DTSTART begins with; 0: none. */
static guint
day_of (const char *raw)
{
  const char *value = strrchr (raw, ':');
  guint day = 0;

  if (value == NULL)
    return 0;
  value += strspn (value, ": ");
  for (guint i = 0; i < 8 && g_ascii_isdigit (value[i]); i++)
    day = day * 10 + (guint) (value[i] - '0');
  return day;
}

/* -- Lines ------------------------------------------------------------------------------------- */

/* @name: capital letters only, which differ from small ones by that bit. */
static gboolean
begins_with (const char *raw, const char *name)
{
  while (*name != '\0' && (*raw & ~0x20) == *name)
    {
      raw++;
      name++;
    }
  return *name == '\0';
}

/* Is @raw a line of property @name (in capital letters), and not of one that only begins so? */
static gboolean
is_property (const char *raw, const char *name)
{
  if (!begins_with (raw, name))
    return FALSE;
  raw += strlen (name);
  raw += strspn (raw, " ");
  return *raw == ':' || *raw == ';';
}

/* Most lines are of no interest here, and their first letters tell. */
static gboolean
is_interesting (const char *raw)
{
  switch (*raw & ~0x20)
    {
    case 'B':
      return begins_with (raw, "BEGIN");
    case 'E':
      return begins_with (raw, "END");
    case 'U':
      return begins_with (raw, "UID");
    case 'T':
      return begins_with (raw, "TZ");
    case 'M':
      return begins_with (raw, "METHOD");
    case 'C':
      return begins_with (raw, "CALSCALE");
    case 'V':
      return begins_with (raw, "VERSION");
    case 'D':
      return begins_with (raw, "DAYLIGHT");
    default: /* the byte order mark of a file that was put behind another */
      return *raw == '\xef';
    }
}

/* Can the line at the cursor be told by its first letters to be none that scan_piece() looks at? */
static gboolean
is_passed_over (const TrkContentCursor *cursor)
{
  const gsize enough = strlen ("CALSCALE"); /* is the longest of what is looked for */
  const char *at = cursor->text + cursor->at;

  if (cursor->length - cursor->at < enough || !g_ascii_isalpha (*at)
      || memchr (at, '\n', enough) != NULL || memchr (at, '\r', enough) != NULL)
    return FALSE;
  return !is_interesting (at) && !begins_with (at, "DTSTART");
}

/* The component's name in a plain "BEGIN:NAME" or "END:NAME", which most of these lines are; NULL:
 * it is to be taken apart like any line. */
static const char *
component_of (const GString *raw, const char *what)
{
  gsize n = strlen (what);
  const char *name = raw->str + n;

  if (strncmp (raw->str, what, n) != 0 || *name == '\0'
      || strspn (name, "ABCDEFGHIJKLMNOPQRSTUVWXYZ-") != raw->len - n)
    return NULL;
  return name;
}

/* -- Beginnings that stand behind something -------------------------------------------------- */

/* A second event's property in an event, or one outside of all: a BEGIN was passed over, perhaps.
 * (An alarm may have a UID, RFC 9074 4, but no DTSTART; a VTODO has both.) */
static gboolean
tells_of_lost_begin (const Scan *scan, const char *raw)
{
  if (is_property (raw, "DTSTART"))
    return scan->in_event && !scan->in_zone ? scan->depth > 0 || scan->started : scan->depth == 0;
  return scan->in_event && !scan->in_zone && scan->depth == 0 && scan->event.uid != NULL
         && is_property (raw, "UID");
}

/* Where the event that the line at @offset belongs to begins behind something else; NULL: it does
 * not. No byte is searched twice. */
static const char *
lost_begin (Scan *scan, const char *raw, gsize offset)
{
  const char *bytes = scan->file->bytes, *found;
  gsize from = scan->searched;

  if (!tells_of_lost_begin (scan, raw))
    return NULL;
  if (scan->in_event)
    from = MAX (from, scan->event.offset + strlen ("BEGIN:VEVENT"));
  else if (scan->in_zone)
    from = MAX (from, scan->zone.offset);
  found = from < offset ? trk_lost_begin (bytes + from, bytes + offset) : NULL;
  scan->searched = MAX (scan->searched, offset);
  return found;
}

/* The line before the cursor belongs to an event whose BEGIN stands at the end of a line: back to
 * that one. */
static gboolean
go_back_to_begin (
    Scan *scan, TrkContentCursor *cursor, const GString *raw, guint number, gsize offset)
{
  const char *begin = lost_begin (scan, raw->str, offset);

  if (begin == NULL)
    return FALSE;
  number -= trk_lost_lines_in (begin, scan->file->bytes + offset);
  trk_file_findings_add (scan->file->findings, number, "BEGIN", FALSE,
                         "“BEGIN:VEVENT” stands at the end of a line (RFC 5545 3.1); it is read as "
                         "if it stood alone");
  trk_content_cursor_go_back (cursor, (gsize) (begin - cursor->text), number);
  return TRUE;
}

static void
see_start (Scan *scan, const char *raw, guint number)
{
  if (scan->in_event)
    {
      scan->event.day = day_of (raw);
      scan->started = TRUE;
    }
  else if (!scan->in_zone)
    scan->stray = number;
}

static void
scan_piece (Scan *scan, const GString *raw, guint number, gsize offset, gsize behind)
{
  g_autoptr (TrkContentLine) line = NULL;
  const char *name;

  if ((name = component_of (raw, "BEGIN:")) != NULL)
    {
      begin (scan, name, offset, number);
      return;
    }
  if ((name = component_of (raw, "END:")) != NULL)
    {
      end (scan, name, number, offset, behind);
      return;
    }
  if ((!scan->in_event || (scan->depth == 0 && !scan->in_zone && scan->event.day == 0))
      && is_property (raw->str, "DTSTART"))
    see_start (scan, raw->str, number);
  if (!is_interesting (raw->str))
    return;
  line = trk_content_line_parse (raw, number, FALSE);
  if (line == NULL)
    return;
  g_strstrip (line->value); /* some programs put spaces behind it */
  if (g_str_equal (line->name, "BEGIN"))
    begin (scan, line->value, offset, number);
  else if (g_str_equal (line->name, "END"))
    end (scan, line->value, number, offset, behind);
  else
    property (scan, line);
}

static void
scan_line (Scan *scan, GString *raw, guint number, gsize offset, gsize behind)
{
  gsize length = strchr ("BEbe", *raw->str) != NULL ? trk_lost_first_piece (raw->str) : 0;

  if (length > 0)
    trk_file_findings_add (scan->file->findings, number, "END", FALSE,
                           "what follows “%.*s” stands in a line of its own (RFC 5545 3.1); it is "
                           "read as if it did",
                           (int) MIN (length, 40), raw->str);
  for (guint pieces = 1; length > 0 && pieces < MAX_PIECES; pieces++)
    {
      g_autoptr (GString) piece = g_string_new_len (raw->str, (gssize) length);

      scan_piece (scan, piece, number, offset, offset + length);
      g_string_erase (raw, 0, (gssize) length);
      offset += length;
      length = trk_lost_first_piece (raw->str);
    }
  scan_piece (scan, raw, number, offset, behind);
}

/* The file ends inside an event. When its last line is whole, what is there is used. */
static void
end_of_file (Scan *scan)
{
  TrkFile *file = scan->file;
  gboolean line_is_whole = file->length > 0 && strchr ("\r\n", file->bytes[file->length - 1]);

  if (scan->in_event)
    {
      trk_file_findings_add (file->findings, scan->event.line, "BEGIN", !line_is_whole,
                             "the file ends inside this VEVENT");
      close_event (scan, file->length, line_is_whole);
    }
  else if (!file->complete && !scan->full && file->calendars->len > 0)
    trk_file_findings_add (file->findings, 0, NULL, FALSE,
                           "the file has no END:VCALENDAR; what is there is used");
  g_clear_pointer (&scan->tzid, g_free);
}

void
trk_file_scan (TrkFile *file, gsize skip)
{
  g_autoptr (GString) raw = g_string_new (NULL);
  Scan scan = { .file = file };
  TrkContentCursor cursor;
  guint number = 0;
  gsize offset = 0;
  gboolean cut = FALSE;

  trk_content_cursor_init (&cursor, file->bytes + skip, file->length - skip, 1);
  while (!scan.full)
    {
      if (is_passed_over (&cursor) && trk_content_skip (&cursor))
        continue;
      if (!trk_content_next (&cursor, SCAN_LINE, raw, &number, &offset, &cut))
        break;
      if (!go_back_to_begin (&scan, &cursor, raw, number, offset + skip))
        scan_line (&scan, raw, number, offset + skip, cursor.at + skip);
    }
  end_of_file (&scan);
}
