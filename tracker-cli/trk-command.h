/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-session.h"

G_BEGIN_DECLS

/* A command is a row of a const table; help, argument checks, completion and the manual's list all
 * come from it. One file per command (a group such as "task" may share one), which exports its rows
 * and contains nothing else that is public. */

typedef struct
{
  const char *name; /* long name without dashes */
  char letter;      /* short name, 0 none */
  const char *arg;  /* placeholder of its value ("MINUTES"); NULL: a flag */
  const char *help; /* one line */
} TrkOption;

/* Parsed words of one call. */
typedef struct _TrkArgs TrkArgs;
guint trk_args_count (const TrkArgs *args);
const char *trk_args_word (const TrkArgs *args, guint n);             /* NULL beyond the last */
char *trk_args_join (const TrkArgs *args, guint from);                /* words from there, spaces between */
gboolean trk_args_has (const TrkArgs *args, const char *option);
const char *trk_args_option (const TrkArgs *args, const char *option); /* the last one given, NULL none */
GStrv trk_args_options (const TrkArgs *args, const char *option);      /* all given; owned by caller */

/* Fails with TRK_ERROR; the caller turns the code into the exit status. A function that already
 * printed everything returns TRUE. */
typedef gboolean (*TrkCommandRun) (TrkSession *session, const TrkArgs *args, GError **error);

typedef struct
{
  const char *name;      /* "agenda", "task add" */
  const char *arguments; /* "[WHEN]" */
  guint min, max;        /* words; G_MAXUINT: any number */
  const char *summary;   /* one line for the overview */
  const char *help;      /* paragraphs for --help and the manual */
  const TrkOption *options; /* ends with a NULL name (nullable); --json, --help are everywhere
                               they make sense: json is listed by the reading commands themselves */
  TrkCommandRun run;
} TrkCommand;

G_END_DECLS
