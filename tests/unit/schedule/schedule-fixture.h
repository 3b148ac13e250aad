/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-schedule.h"

/* A home of its own with calendars as files, read by the real indexer. Local time is Berlin's, now
 * is Monday 2026-11-23 10:00 there. */
typedef struct
{
  char *home;
  char *index_path;
  TrkConfig *config;
  TrkZone *zone;
  TrkInstant now;
  GPtrArray *warnings;
  TrkStore *store; /* in memory */
} Fixture;

void fixture_set_up (Fixture *f, gconstpointer data);
void fixture_tear_down (Fixture *f, gconstpointer data);

/* "2026-11-23 09:00", local. */
TrkInstant fixture_at (const Fixture *f, const char *local);
TrkPeriod fixture_day (const Fixture *f, const char *date);

/* Writes the calendar @name with @events ("focus A 20261123T090000/20261123T103000", one a line)
 * and configures it. Written again, it replaces what it was. */
void fixture_write (Fixture *f, const char *name, const char *events);
/* Configures a file that is there, or is not. */
void fixture_add_path (Fixture *f, const char *name, const char *path);

TrkPlan *fixture_plan (Fixture *f, TrkPeriod period);

/* "0900-1030 focus A" and so on, one a line. */
char *fixture_plan_text (Fixture *f, const TrkPlan *plan);
