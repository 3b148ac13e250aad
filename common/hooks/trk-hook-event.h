/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-block.h"
#include "trk-entry.h"
#include "trk-hook.h"

G_BEGIN_DECLS

/* What a program is told, all borrowed. */
typedef struct
{
  TrkHook hook;
  TrkInstant at; /* when it took effect, which may be before now: away is known late */
  TrkReason reason;
  const TrkBlock *block; /* it is about (nullable) */
  const TrkEntry *entry; /* whose time is kept, or was (nullable) */
  TrkInstant until;      /* when that ends; 0, never: by @entry and @block */
  gboolean test;         /* tried by hand: nothing of it happened */
} TrkHookEvent;

/* One line of JSON with its line end, as in trackerd.conf(5). Text of calendars is data in it and
 * nothing else. Owned by the caller. */
char *trk_hook_event_to_json (const TrkHookEvent *event);

G_END_DECLS
