/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* One look at what is in front, for who asks whether the focus guard sees anything. It watches for
 * itself, until everybody has answered or @limit milliseconds are over. */
typedef struct _TrkProgramProbe TrkProgramProbe;

/* @source: who tells what is in front, or "none: " and why nobody does. @front: a name of it, from
 * strangers; "" nothing, or nobody tells. @starts: who tells of starts, "" nobody. */
typedef void (*TrkProgramAnswer) (gpointer call,
                                  const char *source,
                                  const char *front,
                                  const char *starts);

/* Answers later, and never from inside this call; then @done, so that nobody keeps the probe longer
 * than it is: it frees itself. @bus: nullable. */
TrkProgramProbe *trk_program_probe_new (GDBusConnection *bus,
                                        guint limit,
                                        TrkProgramAnswer answer,
                                        gpointer call,
                                        void (*done) (TrkProgramProbe *probe, gpointer data),
                                        gpointer data);
/* Answers what is known now. */
void trk_program_probe_end (TrkProgramProbe *probe);

G_END_DECLS
