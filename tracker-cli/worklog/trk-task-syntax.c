/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-task-syntax.h"

#include "trk-duration.h"
#include "trk-error.h"
#include "trk-parse.h"
#include "trk-text.h"

#include <string.h>

#define MOST_POINTS 10000.0

/* "3p", "0.5p", "3pt", "3points". */
static gboolean
parse_points (const char *text, double *points)
{
  const char *rest;
  double value;

  if (!trk_parse_decimal (text, &value, &rest, NULL) || value < 0 || value > MOST_POINTS)
    return FALSE;
  if (strcmp (rest, "p") != 0 && strcmp (rest, "pt") != 0 && strcmp (rest, "points") != 0)
    return FALSE;
  *points = value;
  return TRUE;
}

gboolean
trk_task_syntax_estimate (const char *text, TrkDuration *estimate, double *points, GError **error)
{
  g_autofree char *shown = NULL;

  if (*text == '\0')
    {
      *estimate = 0;
      *points = 0;
      return TRUE;
    }
  if (parse_points (text, points) || trk_duration_parse (text, estimate, NULL))
    return TRUE;
  shown = trk_text_line (text, 40);
  g_set_error (error, TRK_ERROR, TRK_ERROR_USAGE,
               "~%s is no estimate; write ~30m or ~1h30 for time, ~3p for points", shown);
  return FALSE;
}

static gboolean
starts_word (const char *text)
{
  gunichar c = g_utf8_get_char (text);

  return g_unichar_isalnum (c) || c == '_';
}

/* Takes @word into @task when it is marked; TRUE in @taken then. */
static gboolean
take_word (const char *word, TrkTask *task, GStrvBuilder *tags, gboolean *taken, GError **error)
{
  *taken = FALSE;
  if (word[0] == '\0' || !starts_word (word + 1))
    return TRUE;
  if (word[0] == '+')
    g_strv_builder_add (tags, word + 1);
  else if (word[0] == '@')
    {
      g_free (task->project);
      task->project = g_strdup (word + 1);
    }
  else if (word[0] == '~' && g_ascii_isdigit (word[1]))
    {
      if (!trk_task_syntax_estimate (word + 1, &task->estimate, &task->points, error))
        return FALSE;
    }
  else
    return TRUE;
  *taken = TRUE;
  return TRUE;
}

gboolean
trk_task_syntax_parse (const char *text, TrkTask *task, GError **error)
{
  g_autofree char *line = trk_text_line (text, 0);
  g_auto (GStrv) words = g_strsplit (line, " ", -1);
  g_autoptr (GStrvBuilder) tags = g_strv_builder_new ();
  g_autoptr (GString) title = g_string_new (NULL);

  for (guint i = 0; words[i] != NULL; i++)
    {
      gboolean taken;

      if (!take_word (words[i], task, tags, &taken, error))
        return FALSE;
      if (!taken)
        g_string_append_printf (title, "%s%s", title->len > 0 ? " " : "", words[i]);
    }
  g_strfreev (task->tags);
  task->tags = g_strv_builder_end (tags);
  g_free (task->title);
  task->title = trk_parse_text (title->str, "title", error);
  return task->title != NULL;
}
