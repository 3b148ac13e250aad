/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "engine-world.h"

/* The same day twice. In one world the daemon runs on; in the other it is stopped in order at some
 * moment and started again at once. From then on, after each event, both show the same:
 * engine-shown.h. */
typedef struct _Twins Twins;

/* @late: a daemon that starts while nobody is there is told so after its first plan. */
Twins *twins_new (gboolean late);
void twins_free (Twins *twins);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Twins, twins_free)

void twins_do (Twins *twins, Event event, guint minutes);
/* Stops the daemon of one world and starts it again, once a day. FALSE: not now. */
gboolean twins_stop (Twins *twins);
void twins_end (Twins *twins);                 /* of the day */
const char *twins_broken (const Twins *twins); /* what differs, and after what; NULL: nothing */
