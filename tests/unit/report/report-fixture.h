/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-figures.h"
#include "trk-report.h"

/* A log written down in lines, for tests: times are local readings in the fixture's zone. */
typedef struct
{
  TrkZone *zone;
  GPtrArray *entries, *gaps, *blocks, *tasks, *metrics;
  TrkFigureInput input;
} Fixture;

Fixture *fixture_new (const char *zone);
void fixture_free (Fixture *fixture);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Fixture, fixture_free)

TrkInstant fixture_at (const Fixture *fixture, const char *local); /* "2026-11-23 09:00" */
TrkPeriod fixture_period (const Fixture *fixture, const char *from, const char *to);

/* Each returns what it added, owned by the fixture. @to NULL: still open. @block NULL: none. */
TrkEntry *
fixture_entry (Fixture *fixture, const char *from, const char *to, TrkKind kind, const char *block);
TrkBlockRecord *
fixture_block (Fixture *fixture, const char *id, const char *from, const char *to, TrkKind kind);
TrkGap *fixture_gap (Fixture *fixture, const char *from, const char *to, TrkReason reason);
TrkTask *fixture_task (Fixture *fixture, gint64 number, TrkDuration estimate, double points);

/* Figures of [from, to) as seen at @now. */
TrkFigures *fixture_figures (Fixture *fixture, const char *from, const char *to, const char *now);
