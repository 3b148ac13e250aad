/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-instant.h"

#include "trk-error.h"
#include "trk-iso.h"
#include "trk-text.h"

TrkInstant
trk_instant_add (TrkInstant instant, TrkDuration duration)
{
  TrkInstant sum;

  if (instant == TRK_NEVER)
    return TRK_NEVER;
  if (__builtin_add_overflow (instant, duration, &sum))
    return duration > 0 ? TRK_NEVER : G_MININT64;
  return sum;
}

char *
trk_instant_to_iso (TrkInstant instant)
{
  TrkLocal local = trk_local_from_wall (instant);
  int year, month, mday, seconds = (int) (local.time / TRK_SECOND);

  if (instant == TRK_NEVER)
    return g_strdup ("never");
  trk_day_to_ymd (local.day, &year, &month, &mday);
  return g_strdup_printf ("%04d-%02d-%02dT%02d:%02d:%02dZ", year, month, mday, seconds / 3600,
                          seconds / 60 % 60, seconds % 60);
}

gboolean
trk_instant_from_iso (const char *text, TrkInstant *instant, GError **error)
{
  g_autofree char *shown = NULL;
  TrkIso iso;

  if (trk_iso_scan (text, &iso) && iso.has_offset)
    {
      *instant = trk_iso_instant (&iso);
      return TRUE;
    }
  shown = trk_text_line (text, 40);
  g_set_error (error, TRK_ERROR, TRK_ERROR_USAGE,
               "'%s' is not an instant: write it like 2026-11-23T09:00:00Z or "
               "2026-11-23T09:00:00+01:00",
               shown);
  return FALSE;
}
