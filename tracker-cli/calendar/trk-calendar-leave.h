/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-session.h"

G_BEGIN_DECLS

/* What becomes of the block that runs when its calendar is not read any more: after the
 * configuration was changed, and before the daemon is told. @before: as it was. @back: the command
 * that brings the calendar back. "Old focus ran from old and ends now …"; NULL when nothing runs
 * from a calendar that left. Owned by the caller. */
char *trk_calendar_leave_words (TrkSession *session, const TrkConfig *before, const char *back);

G_END_DECLS
