/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The median of @values (of double), the mean of the middle two when their number is even. FALSE
 * when there are none. Sorts the array. */
gboolean trk_median (GArray *values, double *median);

G_END_DECLS
