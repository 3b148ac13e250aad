/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-when-words.h"

#include "trk-error.h"
#include "trk-text.h"

#include <string.h>

enum
{
  MAX_LENGTH = 80
};

char *
trk_when_normalise (const char *text)
{
  g_autoptr (GString) out = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p++)
    {
      if (p - text >= MAX_LENGTH)
        return NULL;
      if (!g_ascii_isspace (*p))
        g_string_append_c (out, g_ascii_tolower (*p));
      else if (out->len > 0 && out->str[out->len - 1] != ' ')
        g_string_append_c (out, ' ');
    }
  if (out->len > 0 && out->str[out->len - 1] == ' ')
    g_string_truncate (out, out->len - 1);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static gboolean
scan_digits (const char **text, int least, int most, int *value)
{
  int digits = 0;

  for (*value = 0; digits < most && g_ascii_isdigit (**text); digits++, (*text)++)
    *value = *value * 10 + (**text - '0');
  return digits >= least;
}

gboolean
trk_when_scan (const char *text, const char *pattern, int *values)
{
  for (; *pattern != '\0'; pattern++)
    {
      gboolean fits;

      if (*pattern == '2')
        fits = scan_digits (&text, 1, 2, values++);
      else if (*pattern == '4')
        fits = scan_digits (&text, 4, 4, values++);
      else if (*pattern == 'n')
        fits = scan_digits (&text, 1, 5, values++);
      else
        fits = *text != '\0' && *text++ == *pattern;
      if (!fits)
        return FALSE;
    }
  return *text == '\0';
}

/* The place, from 1, of the name that @word is or shortens to three letters or more. */
static gboolean
find_name (const char *const *names, const char *word, int *place)
{
  if (strlen (word) < 3)
    return FALSE;
  for (int i = 0; names[i] != NULL; i++)
    if (g_str_has_prefix (names[i], word))
      {
        *place = i + 1;
        return TRUE;
      }
  return FALSE;
}

gboolean
trk_when_weekday (const char *word, int *weekday)
{
  static const char *const names[] = { "monday", "tuesday",  "wednesday", "thursday",
                                       "friday", "saturday", "sunday",    NULL };

  return find_name (names, word, weekday);
}

gboolean
trk_when_month (const char *word, int *month)
{
  static const char *const names[] = { "january",  "february", "march",  "april",     "may",
                                       "june",     "july",     "august", "september", "october",
                                       "november", "december", NULL };

  return find_name (names, word, month);
}

gboolean
trk_when_fail (const char *text, const char *wanted, GError **error)
{
  g_autofree char *shown = trk_text_line (text, 40);

  g_set_error (error, TRK_ERROR, TRK_ERROR_USAGE, "'%s' is not %s", shown, wanted);
  return FALSE;
}
