/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-config-last.h"

#include "trk-atomic-file.h"
#include "trk-config-read.h"
#include "trk-paths.h"

#include <string.h>

gboolean
trk_config_keep (const char *path, const char *copy, GError **error)
{
  g_autofree char *text = NULL;
  g_autofree char *kept = NULL;
  g_autofree char *folder = g_path_get_dirname (copy);
  g_autoptr (TrkConfig) config = NULL;
  gsize length, kept_length;

  if (!trk_config_read_file (path, &text, &length, error)
      || !trk_config_read_file (copy, &kept, &kept_length, error))
    return FALSE;
  if (length == kept_length && memcmp (text, kept, length) == 0)
    return TRUE;
  config = trk_config_read (text, length, path, error);
  if (config == NULL)
    return FALSE; /* it has changed since */
  if (trk_path_ensure_dir (folder, error) && trk_atomic_file_save_sole (copy, text, length, error))
    return TRUE;
  g_prefix_error (error, "cannot keep a copy of the configuration: ");
  return FALSE;
}

TrkConfig *
trk_config_load_kept (const char *path, const char *copy)
{
  g_autofree char *text = NULL;
  gsize length;

  if (!g_file_test (copy, G_FILE_TEST_IS_REGULAR)
      || !trk_config_read_file (copy, &text, &length, NULL))
    return NULL;
  return trk_config_read (text, length, path, NULL);
}
