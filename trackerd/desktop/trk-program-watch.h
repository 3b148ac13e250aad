/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Which program is in front, and which one is started, as far as the desktop tells: of Hyprland,
 * sway and the X server the first that answers, and beside it the user's systemd. It lasts as long
 * as somebody wants to know; without it nothing is connected and nobody is woken up. A source that
 * goes away is looked for again with growing pauses (1 s to 64 s); where there is none, it is
 * waited for a display to come. */
typedef struct _TrkProgramWatch TrkProgramWatch;

/* Names are those of trk-window-source.h. They come on the main context of the thread that made the
 * watch, never from inside a call. */
typedef struct
{
  void (*front) (const char *const *names,
                 gpointer data); /* empty: none, or nobody tells any more */
  void (*started) (const char *const *names, gpointer data);
  void (*described) (gpointer data); /* what the questions below answer has changed */
} TrkProgramWatchEvents;

/* @bus: the session bus (nullable). @events is borrowed and must outlive the watch, and may have
 * NULL members. */
TrkProgramWatch *
trk_program_watch_new (GDBusConnection *bus, const TrkProgramWatchEvents *events, gpointer data);
void trk_program_watch_free (TrkProgramWatch *watch);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrkProgramWatch, trk_program_watch_free)

/* Who tells what is in front; NULL: nobody (yet). Borrowed until the watch is used again. */
const char *trk_program_watch_front_source (const TrkProgramWatch *watch);
/* Who tells of starts; NULL: nobody. */
const char *trk_program_watch_start_source (const TrkProgramWatch *watch);
/* Why nobody tells what is in front: "Hyprland is not there; …". Owned by the caller. */
char *trk_program_watch_why_not (const TrkProgramWatch *watch);
/* Everybody has answered or failed: what is said above is not going to change by itself. */
gboolean trk_program_watch_is_settled (const TrkProgramWatch *watch);

G_END_DECLS
