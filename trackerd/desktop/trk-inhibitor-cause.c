/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-inhibitor-cause.h"

void
trk_inhibitor_cause_set (TrkInhibitorCause *cause, char *text)
{
  g_autofree char *before = cause->text;

  cause->text = text;
  if (g_strcmp0 (before, text) != 0)
    cause->changed (cause->data);
}

void
trk_inhibitor_cause_forget (TrkInhibitorCause *cause)
{
  g_cancellable_cancel (cause->asking);
  g_clear_object (&cause->asking);
}

GCancellable *
trk_inhibitor_cause_ask (TrkInhibitorCause *cause)
{
  trk_inhibitor_cause_forget (cause);
  cause->asking = g_cancellable_new ();
  return cause->asking;
}

void
trk_inhibitor_cause_clear (TrkInhibitorCause *cause)
{
  trk_inhibitor_cause_forget (cause);
  g_clear_pointer (&cause->text, g_free);
}
