/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-figure-values.h"

G_BEGIN_DECLS

/* What the last weeks show clearly enough to say it: at most three short texts, each with the
 * numbers that it rests on. @input's period is the time looked at: several weeks. An array of char*
 * owned by the caller; empty where the evidence does not suffice. */
GPtrArray *trk_findings_new (const TrkFigureInput *input);

G_END_DECLS
