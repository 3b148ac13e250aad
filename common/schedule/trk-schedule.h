/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-almanac.h"
#include "trk-config.h"
#include "trk-index.h"
#include "trk-plan.h"
#include "trk-store.h"

G_BEGIN_DECLS

/* Where the plan of a period comes from: the log for what is over (blocks are copied into it when
 * their day begins and are history once they end), the calendars for what is to come. The one
 * place that decides this; daemon and commands both ask here. */

/* Occurrences of @period from the index, which is brought up to date first when it is not fresh
 * (a child process; blocks). What went wrong with the calendars is no error: the last good state
 * is used and @warnings (of char*, nullable) gets a line. */
GPtrArray *trk_schedule_occurrences (const TrkConfig *config,
                                     const char *index_path,
                                     TrkPeriod period,
                                     const TrkZone *zone,
                                     TrkInstant now,
                                     GPtrArray *warnings,
                                     GError **error);

/* What trk_plan_new() needs, from the configuration; borrowed from it and from @almanac
 * (trk_config_almanac). Of the log it knows nothing. */
TrkPlanInput trk_schedule_plan_input (const TrkConfig *config, const TrkAlmanac *almanac);

/* What the plan of @period is made of: the occurrences that overlap it, and as many around it that
 * its borders decide neither a block's pieces nor their IDs. @watched: see trk_index_is_fresh(). */
GPtrArray *trk_schedule_surroundings (const TrkConfig *config,
                                      const char *index_path,
                                      TrkPeriod period,
                                      const TrkZone *zone,
                                      TrkInstant now,
                                      gboolean watched,
                                      GPtrArray *warnings,
                                      GError **error);

/* Is @block short enough for the plan of any period that it reaches into to be made of all that
 * lies around it? Else what it lost is told near the period alone. */
gboolean trk_schedule_sees_whole (const TrkBlock *block);

/* When a block may have been left that decides the plan of @period: an event of days was skipped
 * long before what would be the rest of it, or displaced one of which pieces are left there. */
TrkPeriod trk_schedule_left_in (TrkPeriod period);
/* @window, and all that a plan is made of, @around (trk_schedule_surroundings). */
TrkPeriod trk_schedule_span (const GPtrArray *around, TrkPeriod window);
/* The same as trk_schedule_left_in() for who knows that @span: where no event of days is in it,
 * days and not weeks. */
TrkPeriod trk_schedule_left_among (TrkPeriod span, TrkPeriod period);

/* The plan of @period by the calendars: the blocks that overlap it, uncut by its borders. More than
 * the period is looked at, so that neither a block's pieces nor their IDs depend on it. @records
 * (of TrkBlockRecord, nullable): what the log has of the period. @left (the same): what gave its
 * time back (trk_store_blocks_left, trk_schedule_left_in). */
TrkPlan *trk_schedule_plan (const TrkConfig *config,
                            const char *index_path,
                            TrkPeriod period,
                            const TrkZone *zone,
                            TrkInstant now,
                            const GPtrArray *records,
                            const GPtrArray *left,
                            GPtrArray *warnings,
                            GError **error);

/* Block records that overlap @period: of days that the log has kept, and of those on which a daemon
 * ran, the log's word on what is over, the calendars' plan for what is to come (with what the log
 * knows of it) and for days that nobody kept. A block belongs to the day in which it starts
 * (trk_almanac_day). What left the calendar before it began is cancelled when somebody was told of
 * it, else it is not there. @store may be NULL (no log yet). @watched: see trk_index_is_fresh();
 * never in the daemon itself, which would wait for its own work. Array of TrkBlockRecord by start.
 * Two more answers for who wants them (both nullable): @squeezed, an array of TrkSqueeze of the
 * calendars' plan (TrkPlan), and @occurrences, those of @period, whether they make blocks or
 * not. */
GPtrArray *trk_schedule_records (const TrkConfig *config,
                                 const char *index_path,
                                 TrkStore *store,
                                 TrkPeriod period,
                                 const TrkZone *zone,
                                 TrkInstant now,
                                 gboolean watched,
                                 GArray **squeezed,
                                 GPtrArray **occurrences,
                                 GPtrArray *warnings,
                                 GError **error);

G_END_DECLS
