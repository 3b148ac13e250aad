/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* What went wrong where nobody waits for an answer, in words for the log of whoever asked. It may
 * come long after the call. */
typedef void (*TrkProblem) (const char *message);
