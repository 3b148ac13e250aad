/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* clang-format off */

/* Lines of a script (engine-play.h) that has "block focus 09:00-… Payment" in its plan: the user is
 * there, the plan is known, and at AT the block runs. In a script that leaves hooks and states out
 * ("brief"), and in one of notices alone ("notices"). */
#define ENGINE_ANNOUNCED(AT)                                                                        \
  "08:00 active",                                                                                   \
  "08:00 plan",                                                                                     \
  AT " run",                                                                                        \
  "= 08:55 notify lead 'Focus in 5 min — Payment' lead",                                            \
  "= 09:00 notify start 'Focus — Payment' block-start"
#define ENGINE_RUNNING(AT)                                                                          \
  ENGINE_ANNOUNCED (AT),                                                                            \
  "= 09:00 entry-open focus 'Payment' observed block-start"

/* clang-format on */
