/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-session.h"

G_BEGIN_DECLS

/* The plan of a period as commands get it: from the session's configuration, its log and the index,
 * read once. */
typedef struct
{
  GPtrArray *records;     /* of TrkBlockRecord (owned) */
  GArray *squeezed;       /* of TrkSqueeze: what gave way (owned) */
  GPtrArray *occurrences; /* of TrkOccurrence, whether they make blocks or not (owned) */
  GPtrArray *warned;      /* of char *: what was told of the calendars, each once (owned) */
  gboolean looked;        /* at the calendars' files: once is enough for one command */
} TrkPlanView;

/* What is wrong with the calendars is told on the session's err, once by one view however often it
 * is loaded; what was loaded before is gone. A configuration that cannot be
 * read is an error: without it nobody knows which calendars there are. */
gboolean
trk_plan_view_load (TrkPlanView *view, TrkSession *session, TrkPeriod period, GError **error);
void trk_plan_view_clear (TrkPlanView *view);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TrkPlanView, trk_plan_view_clear)

/* The records alone; the caller's. */
GPtrArray *trk_plan_records (TrkSession *session, TrkPeriod period, GError **error);

G_END_DECLS
