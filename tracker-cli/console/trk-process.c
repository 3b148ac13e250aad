/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-process.h"

#include <string.h>
#include <unistd.h>

/* The number behind @key at the beginning of a line of @text; FALSE when there is none. */
static gboolean
number_of_line (const char *text, const char *key, guint64 *number)
{
  gsize length = strlen (key);

  for (const char *line = text; line != NULL; line = strchr (line, '\n'))
    {
      line += *line == '\n';
      if (strncmp (line, key, length) == 0)
        {
          *number = g_ascii_strtoull (line + length, NULL, 10);
          return TRUE;
        }
    }
  return FALSE;
}

static gboolean
read_memory (guint pid, guint64 *memory)
{
  g_autofree char *path = g_strdup_printf ("/proc/%u/status", pid);
  g_autofree char *text = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL) || !number_of_line (text, "VmRSS:", memory))
    return FALSE;
  *memory *= 1024;
  return TRUE;
}

/* Field 22 of /proc/PID/stat: ticks since boot. The name in field 2 may hold spaces and brackets,
 * so that counting begins behind the last bracket. */
static gboolean
read_ticks (guint pid, guint64 *ticks)
{
  enum
  {
    BEHIND_NAME = 2,
    START_TIME = 22
  };
  g_autofree char *path = g_strdup_printf ("/proc/%u/stat", pid);
  g_autofree char *text = NULL;
  g_auto (GStrv) fields = NULL;
  const char *behind;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return FALSE;
  behind = strrchr (text, ')');
  if (behind == NULL)
    return FALSE;
  fields = g_strsplit (behind + 1, " ", -1);
  if (g_strv_length (fields) <= START_TIME - BEHIND_NAME)
    return FALSE;
  *ticks = g_ascii_strtoull (fields[START_TIME - BEHIND_NAME], NULL, 10);
  return TRUE;
}

gboolean
trk_process_look (guint pid, TrkProcess *process)
{
  g_autofree char *stat = NULL;
  guint64 boot, ticks;

  if (!g_file_get_contents ("/proc/stat", &stat, NULL, NULL)
      || !number_of_line (stat, "btime ", &boot) || !read_ticks (pid, &ticks)
      || !read_memory (pid, &process->memory))
    return FALSE;
  process->started =
      (TrkInstant) boot * TRK_SECOND
      + (TrkInstant) (ticks * (guint64) TRK_SECOND / (guint64) sysconf (_SC_CLK_TCK));
  return TRUE;
}
