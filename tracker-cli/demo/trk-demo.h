/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-session.h"

G_BEGIN_DECLS

/* What tracker demo was asked for. */
typedef struct
{
  const char *tracker;  /* the program that is shown: an absolute path */
  const char *calendar; /* the user's (nullable): the shipped schedule */
  guint seconds;        /* to watch for */
  gboolean keep;        /* leave the demo's home */
} TrkDemoRequest;

/* Shows the main job from end to end, in a home of its own that is gone afterwards. */
gboolean trk_demo_run (TrkSession *session, const TrkDemoRequest *request, GError **error);

G_END_DECLS
