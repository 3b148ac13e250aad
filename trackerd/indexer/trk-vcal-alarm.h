/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-vevent-parse.h"

G_BEGIN_DECLS

/* The alarms of a vCalendar 1.0 event (2.4.1 "AALARM", 2.4.4 "DALARM"): "when;snooze;repeat;text".
 * They are instants; of an event that recurs they stand for so long before each of its starts,
 * which is how the telephones and organisers meant them that wrote such files. Both kinds count:
 * those programs often knew only the one that sounds. Added to the event's leads, each once. */
void trk_vcal_alarms_add (const TrkVeventParse *parse, const TrkComponent *component);

G_END_DECLS
