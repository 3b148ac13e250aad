/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-words.h"

G_BEGIN_DECLS

/* What common words say about the kind of an event. Case, accents' encoding, hyphens and other
 * punctuation do not matter: "Stand-up" is "stand up". */

/* Does @category name a kind or a known synonym of one ("Deep Work", "Lunch", "Out of office")? The
 * whole text must match. */
gboolean trk_kind_from_category (const char *category, TrkKind *kind);

/* Do whole words of @summary name a kind? Of several the longest decides. @phrase (static) gets the
 * words that did. */
gboolean trk_kind_from_summary (const char *summary, TrkKind *kind, const char **phrase);

G_END_DECLS
