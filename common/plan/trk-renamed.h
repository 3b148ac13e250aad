/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-plan.h"

G_BEGIN_DECLS

/* Events whose ID changed while the log has them: servers give new UIDs, a calendar gets another
 * name, and an event without a UID has one that is made of its text. RFC 5545 asks for UIDs that
 * stay (3.8.4.7), so nothing but time, title, kind and calendar can tell. */

/* Gives those of @blocks (of TrkBlock, nullable, as made of occurrences, before overlaps) that the
 * log does not have the ID under which it has them: that of a record whose event is not among
 * @blocks, at the same time in the calendar, and with the same title; where both have a UID that is
 * made of their text, also with another title, of the same kind in the same calendar. Only what
 * began or is over, but was not called off before, is looked for: nothing is known of the rest that
 * could stand twice. With another title it is not what the user left: that may be the reason for
 * it.
 * @records: of TrkBlockRecord (nullable), by start. */
void trk_renamed_take_ids (const GPtrArray *blocks, const GPtrArray *records);

G_END_DECLS
