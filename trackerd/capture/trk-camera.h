/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-capture.h"

G_BEGIN_DECLS

#define TRK_CAMERA "camera"

/* Is a camera, or the screen, recorded? PipeWire's registry tells: a link from a source of video to
 * a program's stream. A program that opens the camera's device without PipeWire is not seen. */
typedef struct _TrkCamera TrkCamera;

TrkCamera *trk_camera_new (TrkCaptureTold told, gpointer data);
void trk_camera_free (TrkCamera *camera);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrkCamera, trk_camera_free)

G_END_DECLS
