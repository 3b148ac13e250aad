/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Calendars that other programs of the user keep, found by reading their configuration. Nothing is
 * started and nothing is changed. */
typedef struct
{
  const char *program; /* "khal", static */
  char *name;          /* as it calls it, one line; (owned) */
  char *place;         /* absolute path, or an address of trk_calendar_url_read(); (owned) */
  char *obstacle;      /* why it cannot be added; (owned) (nullable) */
} TrkFound;

/* All that is found, each place once. Owned by the caller. */
GPtrArray *trk_found_all (void); /* of TrkFound */

/* For those who look: adds one to @found, unless its place is there already. The others are
 * copied. */
void trk_found_add (GPtrArray *found,
                    const char *program,
                    const char *name,
                    const char *place,
                    const char *obstacle);

/* Adds the calendar at @path, or the collections in it when it holds such. */
void trk_found_add_folder (GPtrArray *found, const char *program, const char *path);

/* Of one program each. */
void trk_found_vdirsyncer (GPtrArray *found);
void trk_found_khal (GPtrArray *found);
void trk_found_evolution (GPtrArray *found);
void trk_found_calcurse (GPtrArray *found);

G_END_DECLS
