/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-figure-values.h"

G_BEGIN_DECLS

/* All figures of the period of @input: each of its parts has a file of its own. */
TrkFigures *trk_figures_new (const TrkFigureInput *input);

G_END_DECLS
