/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-calendar.h"

G_BEGIN_DECLS

/* "~/work.ics:12: DTSTART: there is no such day; this event is left out", for people. What was
 * fetched is told by its calendar's name, for its file has none that anybody chose: "team:12: …";
 * before the first fetch, what to do about it. Not made safe to show. Owned by the caller. */
char *trk_diagnostic_text (const TrkDiagnostic *diagnostic);

G_END_DECLS
