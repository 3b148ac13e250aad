/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "fuzz.h"

#include "trk-config-read.h"

#include <string.h>

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (TrkConfig) config =
      trk_config_read (text, strlen (text), "/etc/x/trackerd.conf", &error);

  if (config == NULL)
    g_assert_true (error != NULL && g_utf8_validate (error->message, -1, NULL));
  for (guint i = 0; config != NULL && i < config->calendars->len; i++)
    g_assert_true (g_path_is_absolute (((TrkCalendar *) config->calendars->pdata[i])->path));
  return 0;
}
