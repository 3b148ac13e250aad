/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-almanac.h"
#include "trk-calendar.h"
#include "trk-policy.h"

#include <glib.h>

G_BEGIN_DECLS

/* The user's configuration, read once and then unchanged. A key file (see trackerd.conf(5)):
 * [trackerd], [calendar NAME], [rule NAME], [policy KIND], [guard]. Refcounted. */
typedef struct
{
  GPtrArray *calendars; /* of TrkCalendar */
  GPtrArray *rules;     /* of TrkRule, in the file's order */
  TrkPolicies policies;
  TrkDuration start_of_day; /* default 04:00 */
  int week_start;           /* 1–7; the locale's unless set */
  TrkDuration focus_goal;   /* focus time wanted a day; 0: none set */
  TrkDuration hook_limit;   /* how long a program of the user's may run */
  GStrv me;                 /* the user's own addresses, for declined invitations */
  GStrv guarded;            /* programs that disturb during focus, safe to show; empty: none */
  GPtrArray *warnings;      /* of char*: "trackerd.conf:12: unknown key 'foo' in [trackerd] …" */
} TrkConfig;

/* Reads @path; a file that does not exist is the default configuration. An unknown section or key
 * is a warning with its line (nearest known key named), a bad value is an error with line, key,
 * value and what is expected: the caller keeps the configuration it had. */
TrkConfig *trk_config_load (const char *path, GError **error);
TrkConfig *trk_config_new_default (void);
TrkConfig *trk_config_ref (TrkConfig *config);
void trk_config_unref (TrkConfig *config);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrkConfig, trk_config_unref)

TrkAlmanac trk_config_almanac (const TrkConfig *config, const TrkZone *zone);
const TrkCalendar *trk_config_calendar (const TrkConfig *config, const char *name);

/* Changes by commands, of the file's @text (@path is for messages): comments and order are kept,
 * and the result is read before it is returned. Owned by the caller; NULL with @error. */
char *trk_config_with_calendar (const char *text,
                                const char *path,
                                const TrkCalendar *calendar,
                                GError **error);
char *
trk_config_without_calendar (const char *text, const char *path, const char *name, GError **error);
/* The same change once more, or back, in a text that has been edited since: of @gone and @come, the
 * lines of a calendar's section, one is empty. What is so already stays as it is; CONFLICT when the
 * section is not what it was. */
char *trk_config_follow (
    const char *text, const char *path, const char *gone, const char *come, GError **error);

/* Adds to the file (0600), which is made when missing. For one that nobody else writes. */
gboolean trk_config_add_calendar (const char *path, const TrkCalendar *calendar, GError **error);
/* The section that is added. Owned by the caller. */
char *trk_config_calendar_text (const TrkCalendar *calendar);

G_END_DECLS
