/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "fuzz.h"

#include "trk-tz-rule.h"
#include "trk-tzif.h"

/* Zone files and POSIX rules; no offset is more than a day and two hours (the file's own limit),
 * whatever the bytes say. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *rule = g_strndup ((const char *) data, size);
  g_autoptr (TrkTzif) file = trk_tzif_new (data, size);
  g_autoptr (TrkTzif) text = trk_tzif_new_from_rule (rule);
  static const TrkInstant instants[] = { G_MININT64, -1, 0, 1795424400 * TRK_SECOND, TRK_NEVER };

  for (gsize i = 0; i < G_N_ELEMENTS (instants); i++)
    {
      if (file != NULL)
        g_assert_cmpint (ABS (trk_tzif_offset (file, instants[i])), <=, 26 * TRK_HOUR);
      if (text != NULL)
        g_assert_cmpint (ABS (trk_tzif_offset (text, instants[i])), <=, 26 * TRK_HOUR);
    }
  return 0;
}
