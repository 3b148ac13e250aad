/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-parse.h"

#include "trk-error.h"
#include "trk-text.h"

#include <math.h>
#include <string.h>

gboolean
trk_parse_number (const char *text, const char *what, gint64 *number, GError **error)
{
  const char *digits = *text == '#' ? text + 1 : text;
  g_autofree char *shown = NULL;
  guint64 value;

  if (g_ascii_string_to_unsigned (digits, 10, 1, G_MAXINT64, &value, NULL))
    {
      *number = (gint64) value;
      return TRUE;
    }
  shown = trk_text_line (text, 40);
  g_set_error (error, TRK_ERROR, TRK_ERROR_USAGE, "'%s' is not the number of %s", shown, what);
  return FALSE;
}

gboolean
trk_parse_kind (const char *text, TrkKind *kind, GError **error)
{
  const char *names[TRK_N_KINDS + 1] = { NULL };
  g_autofree char *shown = NULL;
  g_autofree char *all = NULL;
  const char *near;

  if (trk_kind_from_string (text, kind))
    return TRUE;
  for (guint i = 0; i < TRK_N_KINDS; i++)
    names[i] = trk_kind_to_string ((TrkKind) i);
  shown = trk_text_line (text, 40);
  near = trk_text_nearest (shown, names);
  all = g_strjoinv (", ", (GStrv) names);
  g_set_error (error, TRK_ERROR, TRK_ERROR_USAGE, "'%s' is not a kind. %s%s", shown,
               near != NULL ? "Nearest: " : "There are: ", near != NULL ? near : all);
  return FALSE;
}

gboolean
trk_parse_decimal (const char *text, double *value, const char **rest, GError **error)
{
  g_autofree char *shown = NULL;
  char *end = NULL;
  gboolean digits = strpbrk (text, "0123456789") != NULL && strpbrk (text, "xX") == NULL;
  double parsed = digits ? g_ascii_strtod (text, &end) : 0;
  gboolean behind = end != NULL && *end != '\0';

  if (digits && end != text && isfinite (parsed) && (!behind || (rest != NULL && *end != ',')))
    {
      *value = parsed;
      if (rest != NULL)
        *rest = end;
      return TRUE;
    }
  shown = trk_text_line (text, 40);
  g_set_error (error, TRK_ERROR, TRK_ERROR_USAGE, "'%s' is not a number; write it like 83.2",
               shown);
  return FALSE;
}

char *
trk_parse_text (const char *text, const char *what, GError **error)
{
  g_autofree char *line = trk_text_line (text, 0);
  glong length = g_utf8_strlen (line, -1);

  if (length == 0)
    {
      g_set_error (error, TRK_ERROR, TRK_ERROR_USAGE, "the %s is empty", what);
      return NULL;
    }
  if (length > TRK_LONGEST_TEXT)
    {
      g_set_error (error, TRK_ERROR, TRK_ERROR_USAGE,
                   "the %s has %ld characters; at most %d fit. Details go into --note", what,
                   length, TRK_LONGEST_TEXT);
      return NULL;
    }
  return g_steal_pointer (&line);
}
