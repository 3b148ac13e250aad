/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-report.h"

G_BEGIN_DECLS

/* Planned and kept time side by side: a column a day up to a week, else a line a week. */
void trk_chart (GString *page, const TrkReport *report, const TrkStyle *style);

G_END_DECLS
