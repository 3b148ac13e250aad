/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-report.h"
#include "trk-session.h"

G_BEGIN_DECLS

/* What a report is made of, read from the log and the calendars in one go: the period, the four
 * before it for comparison, and the last weeks for findings and streak. */
typedef struct
{
  GPtrArray *entries, *gaps, *interruptions, *blocks, *tasks, *task_entries, *metrics; /* (owned) */
  TrkEntryPool *pool;   /* of @entries (owned) */
  TrkFigureInput input; /* of the period; borrows the arrays */
  TrkFigures *figures;  /* (owned) */
  GArray *comparisons;  /* (owned) */
  GPtrArray *findings;  /* (owned) */
  GPtrArray *uncounted; /* block records that were over before the log's first trace (owned) */
  TrkReport report;     /* borrows all of it */
} TrkReportData;

/* @explained: entries are numbered, for the rows that a figure opens to. */
TrkReportData *trk_report_load (
    TrkSession *session, TrkPeriod period, TrkSpan span, gboolean explained, GError **error);
void trk_report_data_free (TrkReportData *data);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrkReportData, trk_report_data_free)

G_END_DECLS
