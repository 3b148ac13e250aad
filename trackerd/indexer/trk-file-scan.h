/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-file.h"

G_BEGIN_DECLS

/* Finds where the events and time zones of @file stand, and what its VCALENDARs say about all of
 * them; its text begins at @skip. Linear; looks at the first bytes of each line only. */
void trk_file_scan (TrkFile *file, gsize skip);

G_END_DECLS
