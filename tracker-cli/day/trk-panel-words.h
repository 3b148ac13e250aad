/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-keeper.h"
#include "trk-zone.h"

G_BEGIN_DECLS

/* What a bar says, before it is written in the bar's own form: plain text, each one line but the
 * tooltip. */
typedef struct
{
  char *text;        /* "● Payment retries 52 min left" (owned) */
  char *brief;       /* where there is little room: "52 min" (owned) */
  char *tooltip;     /* lines (owned) */
  const char *state; /* idle, running, paused, break, off, unknown: no daemon answers */
  char *kind;        /* "" none (owned) */
  gboolean over;     /* it should have ended */
  guint percentage;  /* of its time that was kept, 0 to 100; 0 when it has no end */
} TrkPanelWords;

/* @status NULL: no daemon answers, and @keeper (nullable: nobody) says who is there all the
 * same. */
TrkPanelWords *trk_panel_words_new (const TrkDaemonStatus *status,
                                    const TrkKeeper *keeper,
                                    const TrkZone *zone,
                                    TrkInstant now);
void trk_panel_words_free (TrkPanelWords *words);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrkPanelWords, trk_panel_words_free)

/* When the words change although nothing happens: the next minute's edge of what runs, TRK_NEVER
 * when nothing does. */
TrkInstant trk_panel_words_until (const TrkDaemonStatus *status, TrkInstant now);

G_END_DECLS
