/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-agenda.h"

G_BEGIN_DECLS

/* The events that make no block though nobody called them off: all-day ones, and those that leave
 * their time free. Once for each of the agenda's days, by time; of TrkAgendaFree (owned). */
GPtrArray *trk_agenda_free_new (const TrkAgenda *agenda);

/* Its time as a row shows it: "all day", "13:00". Owned by the caller. */
char *trk_agenda_free_label (const TrkAgenda *agenda, const TrkAgendaFree *event);
/* "Thanksgiving (free, no block)", "Parcel (until 14:00, free, no block)". Owned by the caller. */
char *trk_agenda_free_words (const TrkAgenda *agenda, const TrkAgendaFree *event);

G_END_DECLS
