/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-capture.h"

G_BEGIN_DECLS

#define TRK_MICROPHONE "microphone"

/* Is a microphone recorded? PulseAudio's protocol tells, which PipeWire speaks as well; by events.
 * No microphone: the monitor of an output, a stream that is held (corked), one that only measures
 * the level, and one of the server's own modules. */
typedef struct _TrkMicrophone TrkMicrophone;

TrkMicrophone *trk_microphone_new (TrkCaptureTold told, gpointer data);
void trk_microphone_free (TrkMicrophone *microphone);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrkMicrophone, trk_microphone_free)

G_END_DECLS
