/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define TRK_TYPE_WINDOW_SOURCE (trk_window_source_get_type ())
G_DECLARE_INTERFACE (TrkWindowSource, trk_window_source, TRK, WINDOW_SOURCE, GObject)

/* Somebody who can tell which program is in front, or which one was started. Calls return at once;
 * signals arrive on the main context of the thread that made it, and never from inside a call. It
 * watches from watch() until it is disposed of; nothing is polled.
 *
 * A program goes by several names: its desktop ID, application ID or window class, the name of its
 * command and of its file. They come from strangers: valid UTF-8, of bounded length and number, and
 * nothing else is known of them.
 *
 * "front" (GStrv names): the program in front is this one now; an empty list: none, or one without
 *   a name. The first signal of a source that sees what is in front.
 * "started" (GStrv names): one was started. Of a source that sees starts.
 * "ready" (): it is connected, and sees starts alone: there is nothing to tell yet.
 * "blind" (const char *why): nobody tells at the moment; it waits for somebody to begin.
 * "failed" (const char *why, gboolean never): it cannot tell any more; no signal follows. @never:
 *   there is nothing of its kind in this session, so that trying again would be of no use. */
struct _TrkWindowSourceInterface
{
  GTypeInterface parent;

  const char *(*name) (TrkWindowSource *source);
  void (*watch) (TrkWindowSource *source);
};

/* What "front" and "started" may hold at most; longer names are left out. */
#define TRK_WINDOW_NAME_MOST 256 /* bytes */
#define TRK_WINDOW_NAMES_MOST 8

const char *trk_window_source_name (TrkWindowSource *source); /* "x11", "i3 IPC" … */
void trk_window_source_watch (TrkWindowSource *source);

/* -- For implementations ----------------------------------------------------------------------- */

/* Names to be told. What is empty, too long or no UTF-8 is left out. Owned by the caller. */
GPtrArray *trk_window_names_new (void);
void trk_window_names_add (GPtrArray *names, const char *name); /* (nullable) */
/* The names of the process @pid of this machine: of its command and of its file. @pid may be
 * anything; one that is not there, or of which nothing may be read, has none. */
void trk_window_names_add_process (GPtrArray *names, gint64 pid);

void trk_window_source_emit_front (gpointer source, const GPtrArray *names);
void trk_window_source_emit_started (gpointer source, const GPtrArray *names);
void trk_window_source_emit_ready (gpointer source);
void trk_window_source_emit_blind (gpointer source, const char *why);
void trk_window_source_emit_failed (gpointer source, const char *why, gboolean never);

G_END_DECLS
