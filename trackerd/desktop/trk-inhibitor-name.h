/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define TRK_GNOME_SESSION "org.gnome.SessionManager"

enum
{
  TRK_GNOME_IDLE = 8, /* the flag "inhibit the session being marked as idle" */
};

/* @program, as it names itself, and its @reason ("" none): each one line, bounded. NULL, NULL:
 * nobody says. */
typedef void (*TrkInhibitorNamed) (const char *program, const char *reason, gpointer data);

/* Which program keeps GNOME's session from being idle (org.gnome.SessionManager.Inhibitor)? The
 * first of those that do. @named is called once, never from inside this call, and not at all once
 * @ending is cancelled. */
void trk_inhibitor_name_find (GDBusConnection *bus,
                              GCancellable *ending,
                              TrkInhibitorNamed named,
                              gpointer data);

/* What is said of it, without a full stop: "PROGRAM kept the screen awake (REASON)". Both are the
 * program's own words, cut to a bounded line; NULL or "": it does not say. Owned by the caller. */
char *trk_inhibitor_sentence (const char *program, const char *reason);

G_END_DECLS
