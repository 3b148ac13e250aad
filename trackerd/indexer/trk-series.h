/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-vevent.h"

G_BEGIN_DECLS

/* One occurrence: times as instants, or as wall clock when its event is floating or all-day. */
typedef struct
{
  const TrkVevent *event; /* what it looks like: the master, or the override */
  TrkInstant start, end;
  gboolean
      end_is_apart; /* @end is of the other kind: an instant though the start is wall clock … */
  gboolean has_id;
  TrkInstant id;       /* the original start (trk_moment_key) … */
  gboolean id_is_date; /* … and how it is to be read */
  gboolean id_is_floating;
} TrkInstance;

/* Expands the events of one UID of one calendar (of TrkVevent: masters and overrides, from one or
 * several files) to the occurrences that overlap @window (floating ones: in any zone of the earth).
 * Appends to @out (GArray of TrkInstance). @budget is what the rules may still cost, in candidates
 * looked at; a series that needs more is left out and told in its file's findings. */
void trk_series_expand (const GPtrArray *events, TrkPeriod window, guint *budget, GArray *out);

G_END_DECLS
