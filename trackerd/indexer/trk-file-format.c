/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-file-format.h"

#include <string.h>

enum
{
  LOOKED_AT = 32 /* UTF-16's units, to tell it from what only holds NULs */
};

/* The first content line that is not UTF-8 (a fold may stand inside a character), 0: none. */
static guint
first_foreign_line (const TrkFile *file, gsize skip, gboolean *has_nul)
{
  g_autoptr (GString) raw = g_string_new (NULL);
  TrkContentCursor cursor;
  guint number = 0;
  gboolean cut = FALSE;

  if (trk_content_is_text (file->bytes, file->length))
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
    trk_file_findings_add (
        file->findings, line, NULL, FALSE,
        "not UTF-8 (RFC 5545 6); such lines are read as ISO 8859-1 or Windows' 1252");
}

static gboolean
begins_with (const TrkFile *file, const char *bytes, gsize n)
{
  return file->length >= n && memcmp (file->bytes, bytes, n) == 0;
}

/* How long is what stands before the file's first line: the byte order marks of each program that
 * it went through, be they UTF-16's before what is UTF-8, and NULs. */
static gsize
marks (const TrkFile *file)
{
  static const char mark[] = "\xef\xbb\xbf";
  gsize length = 0;

  for (;;)
    {
      const char *at = file->bytes + length;

      if (file->length >= length + strlen (mark) && memcmp (at, mark, strlen (mark)) == 0)
        length += strlen (mark);
      else if (file->length > length && memchr ("\0\xff\xfe", *at, 3) != NULL)
        length++;
      else
        return length;
    }
}

/* Does it begin as HTML or XML do? */
static gboolean
begins_as_page (const TrkFile *file)
{
  return *file->bytes == '<';
}

/* A calendar may stand in a web page, or behind the warnings of the program that wrote it. */
static gboolean
holds_event (const TrkFile *file)
{
  static const char begin[] = "\nBEGIN:VEVENT";

  return memmem (file->bytes, file->length, begin, strlen (begin)) != NULL;
}

/* Why the file cannot be a calendar; NULL: it may be one. */
static const char *
foreign_format (const TrkFile *file)
{
  if (file->length == 0)
    return "the file is empty";
  if (begins_with (file, "\x1f\x8b", 2))
    return "the file is compressed (gzip), not a calendar";
  if (begins_with (file, "PK\x03\x04", 4))
    return "the file is a ZIP archive, not a calendar";
  if (begins_as_page (file) && !holds_event (file))
    return "the file is HTML or XML, not a calendar";
  return NULL;
}

/* Are most of the file's first characters ASCII in UTF-16, as a calendar's are? A byte order mark
 * alone, or a NUL, says nothing. */
static gboolean
is_wide (const TrkFile *file, gboolean big)
{
  gsize units = MIN (file->length / 2, LOOKED_AT), ascii = 0;

  for (gsize i = 0; i < units; i++)
    {
      const char *unit = file->bytes + 2 * i;

      ascii += unit[big ? 0 : 1] == '\0' && unit[big ? 1 : 0] != '\0';
    }
  return 2 * ascii > units;
}

/* UTF-16's name; NULL: the file is none. */
static const char *
wide_encoding (const TrkFile *file)
{
  if (is_wide (file, FALSE))
    return "UTF-16LE";
  return is_wide (file, TRUE) ? "UTF-16BE" : NULL;
}

/* Is @units[i] a half of a character, without its other half? */
static gboolean
is_half (const gunichar2 *units, gsize n, gsize i)
{
  if ((units[i] & 0xFC00) == 0xD800)
    return i + 1 == n || (units[i + 1] & 0xFC00) != 0xDC00;
  return (units[i] & 0xFC00) == 0xDC00 && (i == 0 || (units[i - 1] & 0xFC00) != 0xD800);
}

/* The file's UTF-16 as UTF-8, with U+FFFD for what is no character. GLib's own, because the C
 * library's converters are programs to be loaded, which the sandbox forbids. */
static char *
read_wide (const TrkFile *file, gboolean big, gsize *length)
{
  gsize n = file->length / 2, at = n > 0 && begins_with (file, big ? "\xfe\xff" : "\xff\xfe", 2);
  g_autofree gunichar2 *units = g_new (gunichar2, n + 1);
  glong written = 0;
  char *text;

  memcpy (units, file->bytes, 2 * n);
  for (gsize i = 0; i < n; i++)
    units[i] = big ? GUINT16_FROM_BE (units[i]) : GUINT16_FROM_LE (units[i]);
  for (gsize i = 0; i < n; i++)
    if (units[i] == 0 || is_half (units, n, i)) /* GLib would end there */
      units[i] = 0xFFFD;
  text = g_utf16_to_utf8 (units + at, (glong) (n - at), NULL, &written, NULL);
  *length = (gsize) written;
  return text;
}

/* FALSE: it cannot be had as UTF-8. */
static gboolean
narrow (TrkFile *file, const char *encoding)
{
  gsize length = 0;
  char *bytes = read_wide (file, g_str_equal (encoding, "UTF-16BE"), &length);

  trk_file_findings_add (file->findings, 0, NULL, bytes == NULL,
                         "the file is UTF-16; a calendar is UTF-8 (RFC 5545 6)%s",
                         bytes != NULL ? "; it is read all the same" : "");
  if (bytes == NULL)
    return FALSE;
  g_free (file->bytes);
  file->bytes = bytes;
  file->length = length;
  return TRUE;
}

gboolean
trk_file_format_check (TrkFile *file, gsize *skip)
{
  const char *wide = wide_encoding (file);
  const char *foreign;

  if (wide != NULL && !narrow (file, wide))
    return FALSE;
  foreign = foreign_format (file);
  if (foreign != NULL)
    {
      trk_file_findings_add (file->findings, 0, NULL, TRUE, "%s", foreign);
      return FALSE;
    }
  if (begins_as_page (file))
    trk_file_findings_add (file->findings, 1, NULL, FALSE,
                           "the file begins as HTML or XML; the calendar in it is read");
  *skip = marks (file);
  tell_encoding (file, *skip);
  return TRUE;
}
