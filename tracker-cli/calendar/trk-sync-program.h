/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Running trackerd-sync. What is secret (an address, a password) reaches it on its standard input,
 * never as an argument. */

/* A line that it prints, "name: what came of it". */
typedef void (*TrkSyncLine) (const char *line, gpointer data);

/* @words: its options. @input: of @length bytes (nullable). @line is called as lines come
 * (nullable). Its own message and exit status become @error; FAILED also when this trackerd was
 * built without it. */
gboolean trk_sync_program_run (const char *const *words,
                               const char *input,
                               gsize length,
                               TrkSyncLine line,
                               gpointer data,
                               GError **error);

/* Has systemd's user manager start it every few minutes. FALSE where there is no such manager or
 * the unit is not installed; @why (owned by the caller) says what to do instead. */
gboolean trk_sync_program_enable_timer (char **why);

G_END_DECLS
