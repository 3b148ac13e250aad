/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-work.h"

G_BEGIN_DECLS

/* Reads one line as people jot a task down: "PDF invoices: endpoint +billing ~30m @acme". Words
 * with a sign before a letter or digit are taken out, the rest is the title: +word  a tag @word the
 * project (the last one counts) ~30m   an estimate    ~3p    points A sign alone, inside a word
 * ("C++", "a@b") or before anything else is text. Sets title, tags, project, estimate and points of
 * @task, which is new. TRK_ERROR_USAGE: no title is left, it is too long, or an estimate cannot be
 * read. */
gboolean trk_task_syntax_parse (const char *text, TrkTask *task, GError **error);

/* "30m" or "3p", as behind "~". An empty text is 0 of both. */
gboolean
trk_task_syntax_estimate (const char *text, TrkDuration *estimate, double *points, GError **error);

G_END_DECLS
