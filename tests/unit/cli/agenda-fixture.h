/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-agenda.h"
#include "trk-json-reader.h"
#include "trk-policy.h"

/* 2026-11-23 00:00 UTC, a Monday. */
#define DAY_START ((TrkInstant) 1795392000 * TRK_SECOND)
#define AT(hour, minute) (DAY_START + (hour) *TRK_HOUR + (minute) *TRK_MINUTE)

/* A day as it might have gone, and what the agenda says of it. */
typedef struct
{
  GPtrArray *occurrences, *records, *entries, *gaps;
  GArray *squeezed;
  TrkZone *zone;
  TrkPolicies policies;
  TrkAgenda agenda;
} Fixture;

void fixture_set_up (Fixture *f, gconstpointer data);
void fixture_tear_down (Fixture *f, gconstpointer data);

/* An event of the calendar "work" with that UID, title and X-TRACKERD-KIND. */
void
fixture_event (Fixture *f, const char *uid, const char *kind, TrkInstant start, TrkInstant end);
void fixture_plan (Fixture *f, TrkPeriod period);

/* What became of a block, by its ID "work/UID". */
TrkBlockState *fixture_state (Fixture *f, const char *id);
void fixture_settle (Fixture *f, const char *id, TrkOutcome outcome, TrkReason reason);
void
fixture_entry (Fixture *f, const char *block, const char *title, TrkInstant start, TrkInstant end);
void
fixture_gap (Fixture *f, const char *block, TrkReason reason, TrkInstant start, TrkInstant end);

void fixture_assert_text (Fixture *f, const TrkStyle *style, gboolean why, const char *expected);
JsonArray *fixture_json (Fixture *f, JsonNode **root);
