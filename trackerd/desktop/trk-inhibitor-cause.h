/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What one keeper of a list says holds the screen, and what it was asked last. */
typedef struct
{
  void (*changed) (gpointer data);
  gpointer data;
  GCancellable *asking; /* what was asked last (owned) (nullable) */
  char *text;           /* NULL: nobody holds it (owned) */
} TrkInhibitorCause;

/* @text: owned by @cause from now on (nullable). Tells when it is another one. */
void trk_inhibitor_cause_set (TrkInhibitorCause *cause, char *text);
/* Whatever was asked is of no interest any more. */
void trk_inhibitor_cause_forget (TrkInhibitorCause *cause);
/* For the next question, which takes the place of the last one. Borrowed. */
GCancellable *trk_inhibitor_cause_ask (TrkInhibitorCause *cause);
void trk_inhibitor_cause_clear (TrkInhibitorCause *cause); /* tells nobody */

G_END_DECLS
