/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-command.h"

G_BEGIN_DECLS

/* Every group of commands, in the order of the overview, under the heading that it stands below
 * there. Each file exports `const TrkCommand trk_commands_NAME[]`, ended by a row without a name.
 * To add a command: a line here, its file in meson.build. */
#define TRK_COMMAND_GROUPS(X)                                                                      \
  X ("Now", status)                                                                                \
  X ("Now", live)                                                                                  \
  X ("Now", guard)                                                                                 \
  X ("Plan", agenda)                                                                               \
  X ("Plan", why)                                                                                  \
  X ("Plan", simulate)                                                                             \
  X ("Plan", block)                                                                                \
  X ("Plan", calendar)                                                                             \
  X ("Work", log)                                                                                  \
  X ("Work", gaps)                                                                                 \
  X ("Work", task)                                                                                 \
  X ("Work", sprint)                                                                               \
  X ("Work", metric)                                                                               \
  X ("Work", report)                                                                               \
  X ("Work", history)                                                                              \
  X ("Service", init)                                                                              \
  X ("Service", demo)                                                                              \
  X ("Service", hook)                                                                              \
  X ("Service", doctor)                                                                            \
  X ("Service", help)

#define TRK_DECLARE_COMMANDS(heading, name) extern const TrkCommand trk_commands_##name[];
TRK_COMMAND_GROUPS (TRK_DECLARE_COMMANDS)
#undef TRK_DECLARE_COMMANDS

G_END_DECLS
