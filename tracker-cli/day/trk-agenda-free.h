/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-agenda.h"

G_BEGIN_DECLS

/* The all-day events that make no block though nobody called them off, once for each of the
 * agenda's days: of TrkAgendaFree, by day (owned). */
GPtrArray *trk_agenda_free_new (const TrkAgenda *agenda);

/* "Thanksgiving (free, no block)". Owned by the caller. */
char *trk_agenda_free_words (const TrkAgendaFree *event);

G_END_DECLS
