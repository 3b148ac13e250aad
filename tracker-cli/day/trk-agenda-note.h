/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-agenda.h"

G_BEGIN_DECLS

/* What stands behind a row: its outcome and what disturbed it, "✓ +4 late, away 10:05–10:12". Not
 * yet fitted to a style. @paint gets how it looks. Owned by the caller. */
char *trk_agenda_note (const TrkAgenda *agenda, const TrkAgendaRow *row, TrkPaint *paint);

/* Should @row be going on now, or is time kept for it? The latter alone runs: row->open. */
gboolean trk_agenda_is_now (const TrkAgenda *agenda, const TrkAgendaRow *row);

/* Is it time without a block that the reports do not count as on plan either? */
gboolean trk_agenda_is_unplanned (const TrkAgendaRow *row);

/* What became of the end of a block planned for @planned, when @state has a later one: "until"
 * where the block moved as a whole, else "extended to". */
const char *trk_agenda_end_word (const TrkBlockState *state, TrkPeriod planned);

/* What @squeeze->by took itself; the rest of what was lost lies beside it and was too short to be
 * kept. */
TrkPeriod trk_agenda_squeeze_taken (const TrkSqueeze *squeeze);

/* Why @squeeze went as it did: "meeting goes before focus", "of two of one kind the
 * shorter goes first; 3 min beside it too short to keep". Owned by the caller. */
char *trk_agenda_squeeze_reason (const TrkSqueeze *squeeze);

/* When what was taken in @squeeze was to be, as it is told under @day: "12:02–12:45", and "Tue 24
 * Nov 12:02–12:45" where a time alone would be taken for that of another day. Owned by the
 * caller. */
char *trk_agenda_squeeze_span (const TrkAlmanac *almanac, const TrkSqueeze *squeeze, TrkDay day);

G_END_DECLS
