/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-words.h"

G_BEGIN_DECLS

/* Reasons and answers as people say them. What is stored, sent and printed as JSON is
 * trk_reason_to_string() and trk_answer_to_string(). All results are static. */

/* "a break", "worked", "not work". */
const char *trk_answer_said (TrkAnswer answer);

/* What had happened, as an answer to "why": "its time was over", "you stopped it". */
const char *trk_reason_said (TrkReason reason);

/* The same, why @outcome came of a block: it may be missed by what the user did beside it, of which
 * nothing was said. */
const char *trk_outcome_reason_said (TrkOutcome outcome, TrkReason reason);

/* What a gap was, in a column: "away", "locked", "asleep". */
const char *trk_reason_short (TrkReason reason);

/* The same of a stored word; one that is no reason ("meeting") stays. Points to @word then. */
const char *trk_reason_short_of (const char *word);

G_END_DECLS
