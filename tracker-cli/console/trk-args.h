/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  const char *name; /* long name without dashes */
  char letter;      /* short name, 0 none */
  const char *arg;  /* placeholder of its value ("MINUTES"); NULL: a flag */
  const char *help; /* one line */
} TrkOption;

/* Parsed words of one call. */
typedef struct _TrkArgs TrkArgs;

/* Sorts @words (NULL-terminated) into words and @options (ends with a NULL name; nullable). The
 * manners are GNU's: "--opt value", "--opt=value", "-o value", "-ovalue", flags in one cluster
 * "-ab", options after words, and "--" ends them. A lone "-" and a dash with a digit ("-7d",
 * "-3.5") are words. --help (-h) is known without being listed. TRK_ERROR_USAGE names @command, the
 * option and the nearest one; when what is wrong is a long option that is none, @unknown (nullable)
 * is its name, without dashes and safe to show (owned by the caller), else NULL. @options is
 * borrowed. */
TrkArgs *trk_args_parse (const char *command,
                         const TrkOption *options,
                         const char *const *words,
                         char **unknown,
                         GError **error);
void trk_args_free (TrkArgs *args);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrkArgs, trk_args_free)

guint trk_args_count (const TrkArgs *args);
const char *trk_args_word (const TrkArgs *args, guint n); /* NULL beyond the last */
char *trk_args_join (const TrkArgs *args, guint from);    /* words from there, spaces between */
gboolean trk_args_has (const TrkArgs *args, const char *option);
gboolean trk_args_has_any (const TrkArgs *args); /* is any option given? */
const char *trk_args_option (const TrkArgs *args,
                             const char *option); /* the last one given, NULL none */
GStrv trk_args_options (const TrkArgs *args, const char *option); /* all given; owned by caller */

/* Is @word an option rather than a word ("-7d" and "-" are words)? */
gboolean trk_args_is_option (const char *word);

G_END_DECLS
