/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "fuzz.h"

#include "trk-duration.h"
#include "trk-when.h"

/* What every answer has to be, whatever was asked. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autoptr (TrkZone) zone = trk_zone_new ("Australia/Lord_Howe", NULL);
  TrkAlmanac almanac = { zone, TRK_DEFAULT_START_OF_DAY, 1 };
  TrkInstant now = 1795424400 * TRK_SECOND, instant;
  TrkPeriod period;
  TrkDuration duration;
  TrkSpan span;
  g_autoptr (GError) error = NULL;

  if (trk_when_parse (text, &almanac, now, &period, &span, &error))
    g_assert_false (trk_period_is_empty (period));
  else
    g_assert_true (error != NULL && g_utf8_validate (error->message, -1, NULL));
  g_clear_error (&error);
  if (trk_when_parse_period (text, &almanac, now, &period, &error))
    g_assert_false (trk_period_is_empty (period));
  g_clear_error (&error);
  trk_when_parse_instant (text, &almanac, now, &instant, NULL);
  trk_zone_parse (zone, text, &instant, NULL);
  if (trk_duration_parse (text, &duration, NULL))
    g_assert_true (duration > 0 && duration <= 366 * 24 * TRK_HOUR);
  return 0;
}
