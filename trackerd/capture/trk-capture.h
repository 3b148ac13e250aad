/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Who records now, device by device, as one server tells. @user: of USED the program, in its own
 * words; of BLIND why nobody can tell; of FREE who would. */
typedef enum
{
  TRK_CAPTURE_BLIND,
  TRK_CAPTURE_FREE,
  TRK_CAPTURE_USED,
} TrkCaptureState;

typedef void (*TrkCaptureTold) (const char *device,
                                TrkCaptureState state,
                                const char *text,
                                gpointer data);

G_END_DECLS
