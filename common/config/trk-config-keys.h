/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-config-values.h"

G_BEGIN_DECLS

typedef enum
{
  TRK_CONFIG_SECTION_NONE, /* before the first, or one that is not known */
  TRK_CONFIG_SECTION_GENERAL,
  TRK_CONFIG_SECTION_CALENDAR,
  TRK_CONFIG_SECTION_RULE,
  TRK_CONFIG_SECTION_POLICY,
  TRK_CONFIG_SECTION_GUARD,
} TrkConfigSection;

/* "trackerd", "calendar", "rule", "policy", "guard"; NULL-terminated, from
 * TRK_CONFIG_SECTION_GENERAL on. */
extern const char *const trk_config_section_names[];

/* A key: where it may stand, what it sets, how it is read. */
typedef struct
{
  TrkConfigSection section;
  const char *name;
  gsize offset; /* of the field in TrkConfig, TrkCalendar, TrkRule or TrkPolicy */
  const TrkConfigValue *value;
  gboolean required;
} TrkConfigKey;

/* The one table of all keys, which the manual page is tested against. */
extern const TrkConfigKey trk_config_keys[];
extern const gsize trk_config_n_keys;

/* NULL: no such key there. */
const TrkConfigKey *trk_config_key_find (TrkConfigSection section, const char *name);

/* The nearest name of a key of that section, or NULL. */
const char *trk_config_key_nearest (TrkConfigSection section, const char *name);

G_END_DECLS
