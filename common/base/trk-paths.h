/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Where our files live, by the XDG Base Directory specification 0.8: the variable when it holds an
 * absolute path (a relative one is ignored, as the specification asks), else its default under
 * $HOME. Read from the environment at each call, so that a test can give each run a home of its
 * own. All results are owned by the caller. */
char *trk_path_config_home (void);   /* $XDG_CONFIG_HOME: of other programs, only read */
char *trk_path_data_home (void);     /* $XDG_DATA_HOME */
char *trk_path_cache_home (void);    /* $XDG_CACHE_HOME */
char *trk_path_config_dir (void);    /* $XDG_CONFIG_HOME/trackerd */
char *trk_path_config_file (void);   /* …/trackerd.conf */
char *trk_path_data_dir (void);      /* $XDG_DATA_HOME/trackerd */
char *trk_path_config_kept (void);   /* …/trackerd.conf.good: the last good configuration */
char *trk_path_log (void);           /* …/trackerd.db */
char *trk_path_lock (void);          /* …/trackerd.lock: held by the one daemon of this home */
char *trk_path_calendars (void);     /* …/calendars: copies made from templates */
char *trk_path_subscriptions (void); /* …/subscriptions: the last good copies */
char *trk_path_cache_dir (void);     /* $XDG_CACHE_HOME/trackerd */
char *trk_path_index (void);         /* …/index.db */

/* Creates @dir and what is missing above it with mode 0700, whatever the umask. An existing folder
 * is left as it is. Fails with TRK_ERROR_STORAGE and the path in the message. */
gboolean trk_path_ensure_dir (const char *dir, GError **error);

/* Expands a leading "~/" to the home folder; any other text is copied. Owned by the caller. */
char *trk_path_expand (const char *path);

/* @path with the home folder shown as "~", for messages. Owned by the caller. */
char *trk_path_display (const char *path);

/* A program of ours that is no command for people (the indexer): $TRACKERD_LIBEXEC_DIR/@name when
 * that variable holds an absolute path, else the one beside the running executable (a build
 * directory, with @subdir below it), else the installed one. Owned by the caller; the file need
 * not exist. */
char *trk_path_program (const char *subdir, const char *name);

/* A file of ours that is read only (schedule templates, the demo history): found like a program,
 * $TRACKERD_DATA_DIR first, else the source tree when running from a build directory, else the
 * installed one. Owned by the caller; the file need not exist. */
char *trk_path_shared (const char *relative);

G_END_DECLS
