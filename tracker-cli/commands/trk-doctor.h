/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-session.h"

G_BEGIN_DECLS

typedef enum
{
  TRK_HEALTH_GOOD,
  TRK_HEALTH_WARNING, /* it works, but not as well as it could */
  TRK_HEALTH_BAD,     /* it does not work */
} TrkHealth;

/* What was found out about one part, by trying it. */
typedef struct
{
  const char *part; /* "log" (static) */
  TrkHealth health;
  char *text; /* what was seen and, when something is wrong, what to do (owned) */
} TrkFinding;

/* Tries every part. Array of TrkFinding, owned by the caller. */
GPtrArray *trk_doctor_examine (TrkSession *session);

G_END_DECLS
