/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-moment.h"

TrkInstant
trk_moment_key (const TrkMoment *moment)
{
  return moment->is_date ? moment->wall : trk_timezone_instant (moment->zone, moment->wall);
}

TrkInstant
trk_moment_end (const TrkMoment *start, TrkInstant key, TrkLength length)
{
  TrkMoment end = *start;

  if (length.days == 0)
    return key + length.exact;
  end.wall += length.days * 24 * TRK_HOUR;
  return trk_moment_key (&end) + length.exact;
}

gboolean
trk_moment_is_floating (const TrkMoment *moment)
{
  return moment->is_date || trk_timezone_is_floating (moment->zone);
}
