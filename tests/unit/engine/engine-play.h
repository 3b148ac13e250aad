/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "engine-log.h"

/* clang-format off */
/* Plays a script of one day (2026-11-23, UTC) and compares every effect. Lines:
 *
 *   block focus 09:00-10:30 Payment    a block of the next plan; its ID is its title
 *   link TITLE URL, leads TITLE 15 5, list TITLE TEXT     more of that block
 *   event TITLE 09:00-12:00             it is a piece of an event of that time
 *   gone TITLE                          leaves the next plan
 *   cut TITLE 10:00-10:30               what the next plan leaves of it
 *   renamed TITLE NEW                   its title in the next plan; other lines name it by that
 *   left TITLE 10:10                    the log has it as skipped or done then
 *   note TITLE WORD                     the user's reason in the log
 *   ended TITLE                         what has just ended, for done
 *   since TITLE 10:10                   it runs, and began then
 *   owed Walk 12:00-12:30 by TITLE      a break that was squeezed
 *   policy dnd|auto|no-auto|strict|unmissable KIND, policy limit 8h, policy
 *   day-end
 *   brief                               hooks, and block states without an outcome, are left out
 *   notices                             nothing but notices, those that are withheld too
 *   rules                               the same, with the cause of those that are withheld
 *   08:00 plan                          the plan is (again) this one, now
 *   10:00 step                          one step
 *   11:00 run                           steps at every deadline up to then
 *   09:10 active|back|unknown           presence; "away FROM", "lock FROM",
 *                                       "switched FROM": since then
 *   09:10 untold                        nobody tells presence to an engine that starts from now on
 *   09:10 upgrade                       the log is of a version that did not keep the user's word
 *   09:10 busy|free                     in a call, or not any more
 *   09:10 front PROGRAM|-               a program that disturbs is in front, none is
 *   09:10 started PROGRAM
 *   09:10 guard back|allow|work [for 10m]
 *   09:50 slept 09:20-09:50 sleep       sleep, clock or not-running
 *   09:10 restart [MARK]                a new engine from the log, last awake at MARK, and the plan
 *   09:10 log 08:00-08:30 TITLE         written into the log by hand, after all that is in it
 *   09:10 open 08:00 TITLE [08:30]      the same of an open entry: of that block, or by hand until then
 *   09:10 kind TITLE focus              the log's entries of that title are of that kind after all
 *   09:10 undo TITLE                    the log has what ended that block taken back: it is on
 *   09:10 reload                        a new engine in place of the old one, same log
 *   09:10 zone Europe/Lisbon            the user's zone; times here stay UTC
 *   09:10 shutdown
 *   09:10 VERB …                        start KIND TITLE [for 50m] [at 09:05] [task 7], extend …;
 *                                       "kind focus" at the end: the user named the kind
 *   ! TEXT                              that was refused, with these words in the message
 *   = 09:00 notify start …              the next effect
 *
 * Every effect of a line must follow it, in order; one left over fails. NULL ends a script. */
/* clang-format on */
void engine_play (const char *const *script);

typedef struct
{
  const char *name;
  const char *const *script;
} EngineScript;

/* Registers each as the test /engine/NAME. */
void engine_play_add (const EngineScript *scripts, gsize n);
