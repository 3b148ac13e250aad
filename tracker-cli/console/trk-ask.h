/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Asking a person. Answers are read from standard input; questions go to standard error, and only
 * when standard input is a terminal. */

/* A line, without echo on a terminal. TRK_ERROR_USAGE when there is none or it is empty. Owned by
 * the caller. @what ("a password") is named in the error. */
char *trk_ask_secret (const char *question, const char *what, GError **error);

/* The same with echo. */
char *trk_ask_line (const char *question, const char *what, GError **error);

/* Is there a person to ask? */
gboolean trk_ask_possible (void);

G_END_DECLS
