/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-file.h"

#include "trk-error.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum
{
  MAX_UID = 512,
  MAX_EVENTS = 250000,
  ZONE_STEPS = 1000000, /* what the rules of all VTIMEZONEs of a file may cost */
  SCAN_LINE = 4096      /* bytes of a line that are looked at when finding the events */
};

/* A VTIMEZONE of the file; its rules are read when an event needs them. */
typedef struct
{
  gsize offset, length;
  guint line;
  TrkTimezone *timezone; /* (owned) (nullable) until then, and when it is unusable */
  gboolean tried;
} ZoneRange;

/* -- Reading ----------------------------------------------------------------------------------- */

static gboolean
fail (GError **error, TrkErrorCode code, const char *why)
{
  g_set_error (error, TRK_ERROR, (gint) code, "%s", why);
  return FALSE;
}

static const char *
kind_of_file (mode_t mode)
{
  if (S_ISDIR (mode))
    return "it is a folder";
  if (S_ISFIFO (mode))
    return "it is a pipe, not a file";
  if (S_ISSOCK (mode))
    return "it is a socket, not a file";
  return "it is a device, not a file";
}

static gboolean
read_all (int fd, GByteArray *bytes)
{
  guint8 chunk[65536];
  ssize_t n;

  do
    {
      n = read (fd, chunk, sizeof chunk);
      if (n > 0)
        g_byte_array_append (bytes, chunk, (guint) n);
    }
  while ((n > 0 && bytes->len <= TRK_CONTENT_MAX_FILE) || (n < 0 && errno == EINTR));
  return n >= 0;
}

static char *
read_fd (int fd, gsize *length, GError **error)
{
  g_autoptr (GByteArray) bytes = NULL;
  struct stat status;

  if (fstat (fd, &status) != 0)
    return fail (error, TRK_ERROR_INVALID, g_strerror (errno)), NULL;
  if (!S_ISREG (status.st_mode))
    return fail (error, TRK_ERROR_INVALID, kind_of_file (status.st_mode)), NULL;
  if (status.st_size > TRK_CONTENT_MAX_FILE)
    return fail (error, TRK_ERROR_INVALID, "it is larger than 64 MB"), NULL;
  bytes = g_byte_array_sized_new ((guint) status.st_size + 1);
  if (!read_all (fd, bytes))
    return fail (error, TRK_ERROR_INVALID, g_strerror (errno)), NULL;
  if (bytes->len > TRK_CONTENT_MAX_FILE)
    return fail (error, TRK_ERROR_INVALID, "it is larger than 64 MB"), NULL;
  *length = bytes->len;
  g_byte_array_append (bytes, (const guint8 *) "", 1);
  return (char *) g_byte_array_free (g_steal_pointer (&bytes), FALSE);
}

char *
trk_file_read_bytes (const char *path, gsize *length, GError **error)
{
  int fd = open (path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
  int saved = errno;
  char *bytes;

  if (fd < 0)
    {
      fail (error, saved == ENOENT ? TRK_ERROR_NOT_FOUND : TRK_ERROR_INVALID, g_strerror (saved));
      return NULL;
    }
  bytes = read_fd (fd, length, error);
  close (fd);
  return bytes;
}

/* A zone's name is text in TZID and plain in a parameter, and not everyone keeps to that: the same
 * without backslashes and surrounding spaces. Owned by the caller. */
static char *
zone_name (const char *written)
{
  GString *name = g_string_new (NULL);

  for (const char *p = written; *p != '\0'; p++)
    if (*p != '\\')
      g_string_append_c (name, *p);
  g_strstrip (name->str);
  return g_string_free (name, FALSE);
}

/* -- Finding the events ------------------------------------------------------------------------ */

typedef struct
{
  TrkFile *file;
  TrkEventRange event; /* the open one; only with in_event */
  gboolean in_event;
  gboolean in_zone;
  gboolean full;   /* there are more events than are read */
  ZoneRange *zone; /* the open one (owned) */
  char *tzid;      /* (owned) */
  guint depth;     /* components open that are not of interest, or inside one that is */
} Scan;

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
  scan->in_event = FALSE;
  scan->depth = 0;
}

static void
unclosed_event (Scan *scan, gsize end)
{
  if (!scan->in_event)
    return;
  trk_file_findings_add (scan->file->findings, scan->event.line, "BEGIN", FALSE,
                         "this VEVENT has no END");
  close_event (scan, end, TRUE);
}

static void
begin_event (Scan *scan, gsize offset, guint line)
{
  static const TrkVcalendar none = { 0 };

  unclosed_event (scan, offset);
  if (scan->file->events->len >= MAX_EVENTS)
    {
      trk_file_findings_add (scan->file->findings, line, NULL, TRUE,
                             "the file has more than 250,000 events; none from here on is read");
      scan->depth = 1;
      scan->full = TRUE;
      return;
    }
  if (scan->file->calendars->len == 0)
    g_array_append_val (scan->file->calendars, none);
  scan->event =
      (TrkEventRange){ .offset = offset, .line = line, .calendar = scan->file->calendars->len - 1 };
  scan->in_event = TRUE;
  scan->depth = 0;
}

static void
begin (Scan *scan, const char *name, gsize offset, guint line)
{
  const TrkVcalendar fresh = { 0 };

  if (g_ascii_strcasecmp (name, "VCALENDAR") == 0)
    {
      unclosed_event (scan, offset);
      g_array_append_val (scan->file->calendars, fresh);
      scan->depth = 0;
    }
  else if (g_ascii_strcasecmp (name, "VEVENT") == 0)
    begin_event (scan, offset, line);
  else if (g_ascii_strcasecmp (name, "VTIMEZONE") == 0 && !scan->in_event && !scan->in_zone)
    {
      scan->zone = g_new0 (ZoneRange, 1);
      scan->zone->offset = offset;
      scan->zone->line = line;
      scan->in_zone = TRUE;
    }
  else
    scan->depth++;
}

static void
close_zone (Scan *scan, gsize end)
{
  scan->in_zone = FALSE;
  scan->zone->length = end - scan->zone->offset;
  if (scan->tzid != NULL && !g_hash_table_contains (scan->file->zones, scan->tzid))
    g_hash_table_insert (scan->file->zones, g_steal_pointer (&scan->tzid),
                         g_steal_pointer (&scan->zone));
  g_clear_pointer (&scan->tzid, g_free);
  g_clear_pointer (&scan->zone, g_free);
}

static void
end (Scan *scan, const char *name, gsize begin_of_line, gsize end_of_line)
{
  if (g_ascii_strcasecmp (name, "VCALENDAR") == 0)
    {
      unclosed_event (scan, begin_of_line);
      scan->file->complete = TRUE;
      scan->depth = 0;
    }
  else if (g_ascii_strcasecmp (name, "VEVENT") == 0 && scan->in_event)
    close_event (scan, end_of_line, TRUE);
  else if (g_ascii_strcasecmp (name, "VTIMEZONE") == 0 && scan->in_zone)
    close_zone (scan, end_of_line);
  else if (scan->depth > 0)
    scan->depth--;
}

/* A property that is of interest before the events are taken apart. */
static void
property (Scan *scan, const TrkContentLine *line)
{
  GArray *calendars = scan->file->calendars;
  TrkVcalendar *calendar = NULL;

  if (scan->depth > 0)
    return;
  if (calendars->len > 0)
    calendar = &g_array_index (calendars, TrkVcalendar, calendars->len - 1);
  if (scan->in_event && g_str_equal (line->name, "UID") && scan->event.uid == NULL
      && *line->value != '\0')
    scan->event.uid =
        g_utf8_substring (line->value, 0, MIN (MAX_UID, g_utf8_strlen (line->value, -1)));
  else if (scan->in_zone && g_str_equal (line->name, "TZID") && scan->tzid == NULL)
    scan->tzid = zone_name (line->value);
  else if (calendar == NULL || scan->in_event || scan->in_zone)
    return;
  else if (g_str_equal (line->name, "METHOD"))
    calendar->cancel = g_ascii_strcasecmp (line->value, "CANCEL") == 0;
}

/* Most lines are of no interest here, and their first letter tells. */
static gboolean
is_interesting (const char *raw)
{
  return strchr ("BEUTMbeutm", *raw) != NULL
         && (g_ascii_strncasecmp (raw, "BEGIN", 5) == 0 || g_ascii_strncasecmp (raw, "END", 3) == 0
             || g_ascii_strncasecmp (raw, "UID", 3) == 0
             || g_ascii_strncasecmp (raw, "TZID", 4) == 0
             || g_ascii_strncasecmp (raw, "METHOD", 6) == 0);
}

static void
scan_line (Scan *scan, const GString *raw, guint number, gsize offset, gsize behind)
{
  g_autoptr (TrkContentLine) line = NULL;

  if (!is_interesting (raw->str))
    return;
  line = trk_content_line_parse (raw, number, FALSE);
  if (line == NULL)
    return;
  if (g_str_equal (line->name, "BEGIN"))
    begin (scan, g_strstrip (line->value), offset, number);
  else if (g_str_equal (line->name, "END"))
    end (scan, g_strstrip (line->value), offset, behind);
  else
    property (scan, line);
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
  g_clear_pointer (&scan->zone, g_free);
  g_clear_pointer (&scan->tzid, g_free);
}

/* -- What kind of file is it? ------------------------------------------------------------------ */

/* The first content line that is not UTF-8 (a fold may stand inside a character), 0: none. */
static guint
first_foreign_line (const TrkFile *file, gsize skip, gboolean *has_nul)
{
  g_autoptr (GString) raw = g_string_new (NULL);
  TrkContentCursor cursor;
  guint number = 0;
  gboolean cut = FALSE;

  if (g_utf8_validate_len (file->bytes, file->length, NULL))
    return 0;
  trk_content_cursor_init (&cursor, file->bytes + skip, file->length - skip, 1);
  while (trk_content_next (&cursor, TRK_CONTENT_MAX_VALUE, raw, &number, NULL, &cut))
    if (!g_utf8_validate_len (raw->str, raw->len, NULL) && !cut)
      {
        *has_nul = memchr (raw->str, '\0', raw->len) != NULL;
        return number;
      }
  return 0;
}

static void
tell_encoding (TrkFile *file, gsize skip)
{
  gboolean has_nul = FALSE;
  guint line = first_foreign_line (file, skip, &has_nul);

  if (line > 0 && has_nul)
    trk_file_findings_add (file->findings, line, NULL, FALSE, "NUL bytes in the text are replaced");
  else if (line > 0)
    trk_file_findings_add (file->findings, line, NULL, FALSE,
                           "not UTF-8 (RFC 5545 6); such lines are read as ISO 8859-1");
}

static gboolean
begins_with (const TrkFile *file, const char *bytes, gsize n)
{
  return file->length >= n && memcmp (file->bytes, bytes, n) == 0;
}

/* Why the file cannot be a calendar; NULL: it may be one. */
static const char *
foreign_format (const TrkFile *file)
{
  if (file->length == 0)
    return "the file is empty";
  if (begins_with (file, "\xff\xfe", 2) || begins_with (file, "\xfe\xff", 2)
      || (file->length > 3 && (file->bytes[0] == '\0') != (file->bytes[1] == '\0')))
    return "the file is UTF-16; a calendar is UTF-8 (RFC 5545 6)";
  if (begins_with (file, "\x1f\x8b", 2))
    return "the file is compressed (gzip), not a calendar";
  if (begins_with (file, "PK\x03\x04", 4))
    return "the file is a ZIP archive, not a calendar";
  if (*file->bytes == '<')
    return "the file is HTML or XML, not a calendar";
  return NULL;
}

static void
scan_file (TrkFile *file)
{
  const gsize bom = begins_with (file, "\xef\xbb\xbf", 3) ? 3 : 0;
  const char *foreign = foreign_format (file);
  g_autoptr (GString) raw = g_string_new (NULL);
  Scan scan = { .file = file };
  TrkContentCursor cursor;
  guint number = 0;
  gsize offset = 0;
  gboolean cut = FALSE;

  if (foreign != NULL)
    {
      trk_file_findings_add (file->findings, 0, NULL, TRUE, "%s", foreign);
      return;
    }
  tell_encoding (file, bom);
  trk_content_cursor_init (&cursor, file->bytes + bom, file->length - bom, 1);
  while (!scan.full && trk_content_next (&cursor, SCAN_LINE, raw, &number, &offset, &cut))
    scan_line (&scan, raw, number, offset + bom, cursor.at + bom);
  end_of_file (&scan);
  if (file->calendars->len == 0)
    trk_file_findings_add (file->findings, 0, NULL, TRUE, "no iCalendar data in this file");
}

/* -- The object -------------------------------------------------------------------------------- */

static void
clear_event (gpointer event)
{
  g_free (((TrkEventRange *) event)->uid);
}

static void
free_zone (gpointer data)
{
  ZoneRange *zone = data;

  trk_timezone_unref (zone->timezone);
  g_free (zone);
}

TrkFile *
trk_file_new (const char *calendar, const char *path, char *bytes, gsize length)
{
  TrkFile *file = g_new0 (TrkFile, 1);

  file->path = g_strdup (path);
  file->bytes = bytes;
  file->length = length;
  file->zone_budget = ZONE_STEPS;
  file->events = g_array_new (FALSE, FALSE, sizeof (TrkEventRange));
  g_array_set_clear_func (file->events, clear_event);
  file->calendars = g_array_new (FALSE, TRUE, sizeof (TrkVcalendar));
  file->zones = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_zone);
  file->findings = trk_file_findings_new (calendar, path);
  if (bytes != NULL)
    scan_file (file);
  return file;
}

void
trk_file_free (TrkFile *file)
{
  if (file == NULL)
    return;
  g_free (file->path);
  g_free (file->bytes);
  g_array_unref (file->events);
  g_array_unref (file->calendars);
  g_hash_table_unref (file->zones);
  trk_file_findings_free (file->findings);
  g_free (file);
}

gboolean
trk_file_is_calendar (const TrkFile *file)
{
  return file->calendars->len > 0;
}

/* The zone of the file's own VTIMEZONE of that name; NULL: none, or unusable (told). */
static TrkTimezone *
own_zone (TrkFile *file, const char *tzid)
{
  ZoneRange *range = g_hash_table_lookup (file->zones, tzid);
  g_autoptr (TrkComponent) component = NULL;
  g_autoptr (GError) error = NULL;

  if (range == NULL || range->tried)
    return range != NULL ? range->timezone : NULL;
  range->tried = TRUE;
  component = trk_component_parse (file->bytes + range->offset, range->length, range->line);
  range->timezone = trk_timezone_new_rules (component, &file->zone_budget, &error);
  if (range->timezone == NULL)
    trk_file_findings_add (file->findings, range->line, "VTIMEZONE", FALSE, "“%s”: %s", tzid,
                           error->message);
  return range->timezone;
}

TrkTimezone *
trk_file_zone (
    TrkFile *file, TrkZoneNames *names, const char *written, guint line, const char *property_name)
{
  g_autofree char *tzid = zone_name (written);
  TrkTimezone *timezone = trk_zone_names_system (names, tzid);

  if (timezone == NULL)
    timezone = own_zone (file, tzid);
  if (timezone == NULL)
    timezone = trk_zone_names_foreign (names, tzid);
  if (timezone != NULL)
    return timezone;
  trk_file_findings_add (file->findings, line, property_name, FALSE,
                         "the time zone “%.80s” is not known; read as your own", tzid);
  return trk_zone_names_floating (names);
}

char *
trk_file_event_hash (const TrkFile *file, const TrkEventRange *range)
{
  return g_compute_checksum_for_data (G_CHECKSUM_SHA256,
                                      (const guchar *) file->bytes + range->offset, range->length);
}
