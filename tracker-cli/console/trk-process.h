/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-instant.h"

G_BEGIN_DECLS

/* What /proc says of a running process (proc(5)). */
typedef struct
{
  guint64 memory;     /* bytes in RAM (VmRSS) */
  TrkInstant started; /* to a hundredth of a second */
} TrkProcess;

/* FALSE when there is no such process or /proc does not tell. */
gboolean trk_process_look (guint pid, TrkProcess *process);

G_END_DECLS
