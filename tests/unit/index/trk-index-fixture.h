/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-error.h"
#include "trk-index-update.h"

G_BEGIN_DECLS

/* The whole way: files → the real indexer in a process of its own → the index → its reader. */
typedef struct
{
  char *folder;         /* (owned) */
  char *index_path;     /* (owned) */
  GPtrArray *calendars; /* of TrkCalendar, (owned) */
  TrkPeriod window;
  guint taken_apart; /* series, by the last trk_index_bring_up() */
} TrkIndexFixture;

/* For g_test_add(): a folder of its own, no calendar, the window 2026. */
void trk_index_set_up (TrkIndexFixture *fixture, gconstpointer data);
void trk_index_tear_down (TrkIndexFixture *fixture, gconstpointer data);

TrkInstant trk_index_iso (const char *text);

/* A path in the fixture's folder. Owned by the caller. */
char *trk_index_path_of (TrkIndexFixture *fixture, const char *name);
void trk_index_write_bytes (TrkIndexFixture *fixture,
                            const char *name,
                            const char *bytes,
                            gssize length);
/* A whole calendar around @events. */
void trk_index_write_events (TrkIndexFixture *fixture, const char *name, const char *events);
void trk_index_add_calendar (TrkIndexFixture *fixture, const char *name, const char *file);

/* Runs the indexer, which must succeed, and opens what it wrote. */
TrkIndex *trk_index_bring_up (TrkIndexFixture *fixture);
/* Occurrences as "start/end summary" lines. Owned by the caller. */
char *trk_index_listing (TrkIndex *index, const char *zone_name, TrkPeriod period);
/* Does a diagnostic hold @words? */
gboolean trk_index_is_told (TrkIndex *index, const char *words);
/* Brings up to date and compares all of the window with @want; then the index must be fresh. */
void trk_index_expect (TrkIndexFixture *fixture, const char *want);

#define EVENT(uid, lines) "BEGIN:VEVENT\r\nUID:" uid "\r\n" lines "END:VEVENT\r\n"
#define GOOD EVENT ("good", "DTSTART:20261123T090000Z\r\nDURATION:PT1H\r\nSUMMARY:good\r\n")
#define GOOD_LINE "2026-11-23T09:00:00Z/2026-11-23T10:00:00Z good\n"

#define OTHER EVENT ("other", "DTSTART:20261124T090000Z\r\nSUMMARY:other\r\n")
#define OTHER_LINE "2026-11-24T09:00:00Z/2026-11-24T09:00:00Z other\n"

G_END_DECLS
