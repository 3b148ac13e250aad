/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-interruption.h"
#include "trk-json.h"
#include "trk-zone.h"

G_BEGIN_DECLS

/* What was answered about a program that the focus guard asked about: "back to work", "allowed
 * until 10:25", "it is work", "not answered". Owned by the caller. */
char *trk_asked_answer (const TrkInterruption *asked, const TrkZone *zone);

/* "10:20 asked about chess: allowed until 10:25, at 10:20". Owned by the caller. */
char *trk_asked_words (const TrkInterruption *asked, const TrkZone *zone);

/* An object, as the help of `tracker guard` documents it. */
void trk_asked_to_json (const TrkInterruption *asked, TrkJson *json);

G_END_DECLS
