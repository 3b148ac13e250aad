/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define TRK_TYPE_PRESENCE_SOURCE (trk_presence_source_get_type ())
G_DECLARE_INTERFACE (TrkPresenceSource, trk_presence_source, TRK, PRESENCE_SOURCE, GObject)

/* Somebody who can tell that nobody types. Calls return at once; signals arrive on the main context
 * of the thread that made it, and never from inside a call. Until its first signal a source has
 * not answered, and nothing is known.
 *
 * "idle" (guint64 milliseconds): the user has been idle for so long, which is not less than the
 *   limit that is watched.
 * "active" (): the user is there. The first signal may be this one.
 * "told" (guint64 milliseconds): the answer to ask().
 * "failed" (const char *why, gboolean never): it cannot tell any more; no signal follows. @never:
 *   there is nothing of its kind in this session, so that trying again would be of no use. */
struct _TrkPresenceSourceInterface
{
  GTypeInterface parent;

  const char *(*name) (TrkPresenceSource *source);
  void (*watch) (TrkPresenceSource *source, guint limit);
  gboolean (*ask) (TrkPresenceSource *source);
};

const char *trk_presence_source_name (TrkPresenceSource *source); /* "mutter" … */

/* Watches for @limit milliseconds without input, in place of the limit before, if any. */
void trk_presence_source_watch (TrkPresenceSource *source, guint limit);

/* For how long has nobody typed, right now? FALSE: such a question cannot be put to it. */
gboolean trk_presence_source_ask (TrkPresenceSource *source);

/* For implementations: emit the signals. */
void trk_presence_source_emit_idle (gpointer source, guint64 milliseconds);
void trk_presence_source_emit_active (gpointer source);
void trk_presence_source_emit_told (gpointer source, guint64 milliseconds);
void trk_presence_source_emit_failed (gpointer source, const char *why, gboolean never);

G_END_DECLS
