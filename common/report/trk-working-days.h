/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-almanac.h"
#include "trk-block.h"

G_BEGIN_DECLS

/* Which days are working days: the one decision that every count of them asks. The days on which
 * work is planned; in a week of which no plan tells anything, Monday to Friday. */
typedef struct _TrkWorkingDays TrkWorkingDays;

/* @blocks: of TrkBlockRecord (nullable): no plan. @almanac says to which day a block belongs and
 * where weeks begin; it must outlive the result. */
TrkWorkingDays *trk_working_days_new (const GPtrArray *blocks, const TrkAlmanac *almanac);
void trk_working_days_free (TrkWorkingDays *days);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrkWorkingDays, trk_working_days_free)

gboolean trk_working_days_has (const TrkWorkingDays *days, TrkDay day);

/* Is work planned on @day? */
gboolean trk_working_days_is_planned (const TrkWorkingDays *days, TrkDay day);

/* Does a plan tell of the week of @day? */
gboolean trk_working_days_is_told (const TrkWorkingDays *days, TrkDay day);

/* Monday to Friday, whatever is planned: how long a sprint is made. The day on which @count (at
 * least 1) of them from @first on are complete, and how many there are from @first to @last. */
TrkDay trk_weekdays_last (TrkDay first, guint count);
guint trk_weekdays_count (TrkDay first, TrkDay last);

G_END_DECLS
