/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-vevent.h"

G_BEGIN_DECLS

/* Instances of a series that are named one by one, as EXDATE and RECURRENCE-ID do: by their start,
 * or, where a date stands against a time, by their day alone. Each name leads to something. */
typedef struct
{
  GHashTable *keys; /* of trk_moment_key() → gpointer, (owned) */
  GHashTable *days; /* of the midnight of a wall clock → gpointer, (owned) */
} TrkNamed;

TrkNamed *trk_named_new (void);
void trk_named_free (TrkNamed *named);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrkNamed, trk_named_free)

/* @moment names an instance of the series that starts with @start; @what (not NULL, borrowed) is
 * what it leads to. A later one of the same name takes the place of an earlier one. */
void
trk_named_add (TrkNamed *named, const TrkMoment *start, const TrkMoment *moment, gpointer what);

/* What the instance at @key, whose wall clock is @wall, was named for; NULL: it was not. */
gpointer trk_named_lookup (const TrkNamed *named, TrkInstant key, TrkInstant wall);

G_END_DECLS
