/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-screen-file.h"

#include "trk-atomic-file.h"

#include <glib/gstdio.h>

enum
{
  MOST = 64, /* notifications; a server shows a handful */
};

void
trk_screen_file_save (const char *path, const char *server, const GArray *ids)
{
  g_autoptr (GString) text = g_string_new (server);
  g_autoptr (GError) error = NULL;

  if (ids->len == 0)
    {
      g_unlink (path);
      return;
    }
  g_string_append_c (text, '\n');
  for (guint i = 0; i < MIN (ids->len, MOST); i++)
    g_string_append_printf (text, "%u\n", g_array_index (ids, guint32, i));
  if (!trk_atomic_file_save_sole (path, text->str, text->len, &error))
    g_debug ("what is on the screen cannot be written down: %s", error->message);
}

GArray *
trk_screen_file_load (const char *path, const char *server)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return ids;
  lines = g_strsplit (text, "\n", MOST + 2);
  if (g_strcmp0 (lines[0], server) != 0)
    return ids;
  for (guint i = 1; lines[i] != NULL && ids->len < MOST; i++)
    {
      guint64 number;

      if (!g_ascii_string_to_unsigned (lines[i], 10, 1, G_MAXUINT32, &number, NULL))
        break;
      g_array_append_vals (ids, &(guint32){ (guint32) number }, 1);
    }
  return ids;
}
