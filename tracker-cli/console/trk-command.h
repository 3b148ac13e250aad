/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-args.h"
#include "trk-session.h"

G_BEGIN_DECLS

/* A command is a row of a const table; help, argument checks, completion and the manual's list all
 * come from it. One file per command (a group such as "task" may share one), which exports its rows
 * and contains nothing else that is public; trk-commands.h names them all. */

/* Fails with TRK_ERROR; the caller turns the code into the exit status. A function that already
 * printed everything returns TRUE. */
typedef gboolean (*TrkCommandRun) (TrkSession *session, const TrkArgs *args, GError **error);

typedef struct
{
  const char *name;      /* "agenda", "task add" */
  const char *arguments; /* "[WHEN]" */
  guint min, max;        /* words; G_MAXUINT: any number */
  const char *summary;   /* one line for the overview, no full stop */
  const char *help;      /* for --help and the manual: paragraphs with an empty line between; a line
                            that begins with a space is kept as it is (an example). (nullable) */
  const TrkOption *options; /* ends with a NULL name (nullable). --help is everywhere; --json is
                               listed by the reading commands themselves: TRK_OPTION_JSON */
  TrkCommandRun run;
} TrkCommand;

/* The row of --json, so that it reads the same everywhere; main gives it to trk_session_json(). */
#define TRK_OPTION_JSON                                                                            \
  {                                                                                                \
    "json", 0, NULL, "Print JSON with documented keys"                                             \
  }

G_END_DECLS
