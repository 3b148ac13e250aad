/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* One error domain for the whole project. The code says what kind of failure it is, so that the
 * command line can turn it into an exit status and D-Bus into an error name; the message says what
 * was wrong, where, and what to do next. */
typedef enum
{
  TRK_ERROR_FAILED,      /* it did not work; the message says why */
  TRK_ERROR_USAGE,       /* the caller's words are wrong: a bad argument, option or value */
  TRK_ERROR_NOT_FOUND,   /* nothing of that name, number or period */
  TRK_ERROR_UNREACHABLE, /* the daemon is needed and cannot be reached */
  TRK_ERROR_INVALID,     /* input from outside (calendar, configuration, import) is malformed */
  TRK_ERROR_CONFLICT,    /* it would break a rule of the log: an overlap, an end before a start */
  TRK_ERROR_STATE,       /* not possible now: nothing runs, already paused, nothing to undo */
  TRK_ERROR_STORAGE,     /* disk full, read-only, I/O error; nothing was changed */
  TRK_ERROR_CORRUPT,     /* a database that is damaged or not ours; it was left as it is */
  TRK_ERROR_NEWER,       /* a database of a newer program; it was left as it is */
  TRK_ERROR_BUSY,        /* somebody else is writing and did not finish in time */
} TrkErrorCode;

#define TRK_ERROR (trk_error_quark ())
GQuark trk_error_quark (void);

/* The exit status of a program that ends with @error: 1 failed, 2 usage, 3 the daemon cannot be
 * reached, 4 not found. @error may belong to any domain (then 1). */
int trk_error_exit_status (const GError *error);

G_END_DECLS
