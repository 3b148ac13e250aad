/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-component.h"
#include "trk-occurrence.h"
#include "trk-value.h"

G_BEGIN_DECLS

/* What an event is about, beside its times: texts, people, alarms, the address of a conference.
 * Nothing here can make an event unusable; what cannot be read is passed over. @length is needed
 * for alarms that count from the end. */
void trk_about_fill (TrkOccurrence *about, const TrkComponent *component, TrkLength length);

G_END_DECLS
