/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-index-lists.h"

#define SEPARATOR "\x1f"

char *
trk_index_join_texts (const GStrv texts)
{
  GString *out;

  if (texts == NULL || texts[0] == NULL)
    return NULL;
  out = g_string_new (NULL);
  for (guint i = 0; texts[i] != NULL; i++)
    {
      g_autofree char *text = g_strdelimit (g_strdup (texts[i]), SEPARATOR, ' ');

      g_string_append_printf (out, "%s%s", i > 0 ? SEPARATOR : "", text);
    }
  return g_string_free (out, FALSE);
}

GStrv
trk_index_split_texts (const char *joined)
{
  return joined != NULL ? g_strsplit (joined, SEPARATOR, -1) : NULL;
}

char *
trk_index_join_durations (const GArray *durations)
{
  GString *out;

  if (durations == NULL || durations->len == 0)
    return NULL;
  out = g_string_new (NULL);
  for (guint i = 0; i < durations->len; i++)
    g_string_append_printf (out, "%s%" G_GINT64_FORMAT, i > 0 ? " " : "",
                            g_array_index (durations, TrkDuration, i));
  return g_string_free (out, FALSE);
}

GArray *
trk_index_split_durations (const char *joined)
{
  GArray *durations;
  char *end = NULL;

  if (joined == NULL)
    return NULL;
  durations = g_array_new (FALSE, FALSE, sizeof (TrkDuration));
  for (const char *at = joined; *at != '\0'; at = *end == ' ' ? end + 1 : "")
    {
      TrkDuration duration = g_ascii_strtoll (at, &end, 10);

      g_array_append_val (durations, duration);
    }
  return durations;
}
