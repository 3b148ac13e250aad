/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-calendar-file.h"
#include "trk-session.h"

G_BEGIN_DECLS

/* Files in the log: what a command changed in one of a calendar, or in the configuration, and
 * back. */

/* @file becomes its draft, or goes (@wanted NULL), as a change of this command that undo takes
 * back: the two happen, or neither. CONFLICT when it has changed since it was read. */
gboolean trk_calendar_journal_replace (TrkSession *session,
                                       TrkCalendarFile *file,
                                       GBytes *wanted,
                                       GError **error);

/* The configuration at @path, its folder made where it is missing (INVALID: it holds a NUL byte, so
 * it is no text); and as trk_calendar_journal_replace() @text in its place. */
TrkCalendarFile *trk_calendar_journal_open_config (const char *path, GError **error);
gboolean trk_calendar_journal_replace_config (
    TrkSession *session, TrkCalendarFile *file, const char *path, const char *text, GError **error);

/* A TrkStoreFiles: files follow what is undone or redone, all or none of them. A calendar's file
 * must be as the change left it; of the configuration only the section, which is looked for where
 * the user has edited the rest. */
gboolean trk_calendar_journal_follow (const GPtrArray *changes, gpointer data, GError **error);

G_END_DECLS
