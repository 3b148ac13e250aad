/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-ics-series.h"

G_BEGIN_DECLS

/* Changes of one event in a file's bytes. Each gives the new bytes of the whole file (owned by the
 * caller), or NULL with @error: TRK_ERROR_INVALID for what cannot be written in words of the event,
 * TRK_ERROR_STATE for what such a change cannot do. All times of the event keep their own form:
 * TZID, UTC, floating or DATE. */

/* Gives @occurrence the time @wanted. Of a series it becomes an override (RECURRENCE-ID), or the
 * one that it is already is changed. The length is rewritten only where it differs. */
GString *trk_ics_move (const TrkIcsSeries *series,
                       const TrkOccurrence *occurrence,
                       TrkPeriod wanted,
                       GError **error);

/* Moves the whole series by as much as @occurrence moves to @wanted, with its rule's end, its
 * exceptions and its overrides; those that had got another time keep it, and get their name
 * alone. */
GString *trk_ics_move_all (const TrkIcsSeries *series,
                           const TrkOccurrence *occurrence,
                           TrkPeriod wanted,
                           GError **error);

/* Takes @occurrence out: an EXDATE of its series, or the event itself when it is the only one. */
GString *
trk_ics_remove (const TrkIcsSeries *series, const TrkOccurrence *occurrence, GError **error);
GString *trk_ics_remove_all (const TrkIcsSeries *series, GError **error);

G_END_DECLS
