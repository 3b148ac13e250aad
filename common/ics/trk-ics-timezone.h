/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-zone.h"

G_BEGIN_DECLS

/* A VTIMEZONE (RFC 5545 3.6.5) with the offsets of @zone from @year − 1 on, its lines ended by
 * @eol. When its changes of ten years follow a rule (the last Sunday of March) it holds for ever;
 * else (Casablanca, Jerusalem) those ten years are listed. Owned by the caller. */
char *trk_ics_timezone_text (const TrkZone *zone, const char *tzid, int year, const char *eol);

G_END_DECLS
