/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-config.h"

G_BEGIN_DECLS

/* How a value is read: @read fills @field, or leaves it alone and returns FALSE; then @expected
 * says in words what a value has to be. @folder: what relative paths are relative to. */
typedef struct
{
  gboolean (*read) (const char *value, const char *folder, gpointer field);
  const char *expected;
  gboolean secret; /* a message must not repeat it */
} TrkConfigValue;

extern const TrkConfigValue trk_config_length;        /* TrkDuration, positive */
extern const TrkConfigValue trk_config_length_or_off; /* TrkDuration, 0 is off */
extern const TrkConfigValue trk_config_time_of_day;   /* TrkDuration since midnight */
extern const TrkConfigValue trk_config_weekday;       /* int, 1 Monday … 7 */
extern const TrkConfigValue trk_config_switch;        /* gboolean */
extern const TrkConfigValue trk_config_count;         /* guint, 0–1000 */
extern const TrkConfigValue trk_config_text;          /* char* */
extern const TrkConfigValue trk_config_path;          /* char*, made absolute */
extern const TrkConfigValue trk_config_url;           /* char*, as trk_calendar_url_read() does */
extern const TrkConfigValue trk_config_interval;      /* TrkDuration, of at least 5 minutes */
extern const TrkConfigValue trk_config_limit;         /* TrkDuration, from 1 s to 10 minutes */
extern const TrkConfigValue trk_config_addresses;     /* GStrv */
extern const TrkConfigValue trk_config_programs;      /* GStrv, at most 64 */
extern const TrkConfigValue trk_config_pattern;       /* GRegex* */
extern const TrkConfigValue trk_config_precedence;    /* TrkKind[TRK_N_KINDS] */
extern const TrkConfigValue trk_config_calendar_kind; /* a whole TrkCalendar */
extern const TrkConfigValue trk_config_rule_kind;     /* a whole TrkRule */

G_END_DECLS
