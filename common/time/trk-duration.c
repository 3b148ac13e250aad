/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-duration.h"

#include "trk-error.h"
#include "trk-text.h"

#include <string.h>

typedef struct
{
  const char *names; /* separated by spaces */
  TrkDuration unit;
  TrkDuration next; /* unit of a bare number that follows: "1h30" */
} Unit;

static const Unit units[] = {
  { "m min mins minute minutes", TRK_MINUTE, TRK_SECOND },
  { "s sec secs second seconds", TRK_SECOND, 0 },
  { "h hr hrs hour hours", TRK_HOUR, TRK_MINUTE },
  { "d day days", 24 * TRK_HOUR, TRK_HOUR },
};

static gboolean
is_one_of (const char *names, const char *word, gsize length)
{
  for (const char *p = names; p != NULL; p = strchr (p, ' '))
    {
      p += *p == ' ' ? 1 : 0;
      if (g_ascii_strncasecmp (p, word, length) == 0 && (p[length] == ' ' || p[length] == '\0'))
        return TRUE;
    }
  return FALSE;
}

static const char *
skip_space (const char *text)
{
  while (*text == ' ' || *text == '\t')
    text++;
  return text;
}

/* "1", "1.5", "0,25" times @unit, in whole arithmetic. */
static gboolean
scan_number (const char **text, gint64 *whole, gint64 *millionths)
{
  const char *p = *text;
  int digits = 0;

  *whole = *millionths = 0;
  for (; g_ascii_isdigit (*p) && digits < 9; p++, digits++)
    *whole = *whole * 10 + (*p - '0');
  if ((*p == '.' || *p == ',') && g_ascii_isdigit (p[1]))
    {
      gint64 place = 100000;

      for (p++; g_ascii_isdigit (*p); p++, place /= 10, digits++)
        *millionths += (*p - '0') * place;
    }
  if (digits == 0 || g_ascii_isdigit (*p))
    return FALSE;
  *text = p;
  return TRUE;
}

/* The unit behind a number, if there is one; moves @text over it. FALSE: an unknown word. */
static gboolean
scan_unit (const char **text, const Unit **unit)
{
  const char *word = *text;
  gsize length = 0;

  *unit = NULL;
  while (g_ascii_isalpha (word[length]))
    length++;
  *text += length;
  for (gsize i = 0; length > 0 && i < G_N_ELEMENTS (units); i++)
    if (is_one_of (units[i].names, word, length))
      *unit = &units[i];
  return length == 0 || *unit != NULL;
}

/* "1:30" and "1:30:15". */
static gboolean
parse_clock (const char *text, TrkDuration *duration)
{
  gint64 parts[3] = { 0 }, fraction;
  gsize n = 0;

  do
    {
      const char *begin = text;

      if (n == 3 || !scan_number (&text, &parts[n], &fraction) || fraction != 0)
        return FALSE;
      if (n > 0 && (text - begin != 2 || parts[n] > 59))
        return FALSE;
      n++;
    }
  while (*text++ == ':');
  *duration = parts[0] * TRK_HOUR + parts[1] * TRK_MINUTE + parts[2] * TRK_SECOND;
  return n > 1 && text[-1] == '\0';
}

/* Numbers with units from the longest down: "1h 30m"; only the last may stand without. */
static gboolean
parse_units (const char *text, TrkDuration *duration)
{
  TrkDuration limit = TRK_DURATION_MOST, bare = TRK_MINUTE;

  *duration = 0;
  for (text = skip_space (text); *text != '\0'; text = skip_space (text))
    {
      const Unit *unit;
      TrkDuration length;
      gint64 whole, millionths;

      if (!scan_number (&text, &whole, &millionths))
        return FALSE;
      text = skip_space (text);
      if (!scan_unit (&text, &unit))
        return FALSE;
      length = unit != NULL ? unit->unit : bare;
      if ((unit == NULL && *text != '\0') || length == 0 || length >= limit
          || whole > TRK_DURATION_MOST / length)
        return FALSE;
      *duration += whole * length + millionths * (length / TRK_SECOND);
      limit = length;
      bare = unit != NULL ? unit->next : 0;
    }
  return TRUE;
}

gboolean
trk_duration_parse (const char *text, TrkDuration *duration, GError **error)
{
  g_autofree char *trimmed = g_strstrip (g_strndup (text, 64));
  g_autofree char *shown = NULL;
  TrkDuration parsed = 0;

  if ((parse_clock (trimmed, &parsed) || parse_units (trimmed, &parsed)) && parsed > 0
      && parsed <= TRK_DURATION_MOST && strlen (text) <= 64)
    {
      *duration = parsed;
      return TRUE;
    }
  shown = trk_text_line (text, 40);
  g_set_error (error, TRK_ERROR, TRK_ERROR_USAGE,
               "'%s' is not a length of time: write it like 50m, 1h30, 1:30 or 45s (a bare number "
               "is minutes; at most a year)",
               shown);
  return FALSE;
}

/* The digits without the sign; safe for the smallest number. */
static guint64
magnitude (TrkDuration duration)
{
  return duration < 0 ? -(guint64) duration : (guint64) duration;
}

char *
trk_duration_format (TrkDuration duration)
{
  guint64 seconds = magnitude (duration) / TRK_SECOND;
  guint64 minutes = seconds / 60;
  const char *sign = duration < 0 && seconds > 0 ? "-" : "";

  if (duration == TRK_NEVER)
    return g_strdup ("open");
  if (seconds > 0 && seconds < 60)
    return g_strdup_printf ("%s%d s", sign, (int) seconds);
  if (minutes < 60)
    return g_strdup_printf ("%s%d min", sign, (int) minutes);
  if (minutes % 60 == 0)
    return g_strdup_printf ("%s%" G_GUINT64_FORMAT " h", sign, minutes / 60);
  return g_strdup_printf ("%s%" G_GUINT64_FORMAT " h %02d", sign, minutes / 60,
                          (int) (minutes % 60));
}

char *
trk_duration_format_typed (TrkDuration duration)
{
  static const struct
  {
    TrkDuration length;
    char letter;
  } parts[] = { { TRK_HOUR, 'h' }, { TRK_MINUTE, 'm' }, { TRK_SECOND, 's' } };
  GString *text = g_string_new (NULL);
  TrkDuration rest = MAX (duration, 0);

  for (gsize i = 0; i < G_N_ELEMENTS (parts); rest %= parts[i].length, i++)
    if (rest >= parts[i].length)
      g_string_append_printf (text, "%" G_GINT64_FORMAT "%c", rest / parts[i].length,
                              parts[i].letter);
  if (text->len == 0)
    g_string_append (text, "0s");
  return g_string_free (text, FALSE);
}

/* Of less than ten hours, as nearly all are: printf() would be slow for the hundreds of a table. */
static char *
short_clock (guint minutes)
{
  char *text = g_strdup ("0:00");

  text[0] = (char) (text[0] + minutes / 60);
  text[2] = (char) (text[2] + minutes / 10 % 6);
  text[3] = (char) (text[3] + minutes % 10);
  return text;
}

char *
trk_duration_format_clock (TrkDuration duration)
{
  guint64 seconds = magnitude (duration) / TRK_SECOND;
  guint64 minutes = seconds / 60;

  if (duration == TRK_NEVER)
    return g_strdup ("open");
  if (seconds > 0 && minutes == 0)
    return g_strdup (duration > 0 ? "<0:01" : "0:00");
  if (duration >= 0 && minutes < 600)
    return short_clock ((guint) minutes);
  return g_strdup_printf ("%s%" G_GUINT64_FORMAT ":%02d", duration < 0 && minutes > 0 ? "-" : "",
                          minutes / 60, (int) (minutes % 60));
}
