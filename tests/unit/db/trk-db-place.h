/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A folder of its own, and where a database would lie in it. */
typedef struct
{
  char *dir;  /* (owned) */
  char *path; /* (owned) */
} TrkDbPlace;

/* For g_test_add(). */
void trk_db_place_set_up (TrkDbPlace *place, gconstpointer data);
void trk_db_place_tear_down (TrkDbPlace *place, gconstpointer data);

/* Bytes of what lies beside the database: "-wal"; "" is itself. -1: it is not there. */
gint64 trk_db_place_size (const TrkDbPlace *place, const char *suffix);

G_END_DECLS
