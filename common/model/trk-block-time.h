/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-words.h"

G_BEGIN_DECLS

/* Does time of the kind @kept that is tied to a block of the kind @planned count for what became of
 * it? A break is taken by rest and a block of work is worked on by work, of whatever kind: who
 * corrects an entry from the one to the other says that it was not what was planned. The one place
 * that says so. */
gboolean trk_kind_counts_for (TrkKind kept, TrkKind planned);

G_END_DECLS
