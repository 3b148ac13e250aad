/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-style.h"

#include <stdio.h>

G_BEGIN_DECLS

/* What @stream can show: width from COLUMNS, else the terminal, else 80 (20 to 500); colour only on
 * a terminal that is not "dumb" and without a NO_COLOR (https://no-color.org: set and not empty);
 * Unicode when the locale's charset is UTF-8. */
TrkStyle trk_terminal_style (FILE *stream);

/* Has @stream a width that was measured, or given by COLUMNS? Then lines may be broken for it; what
 * a program reads from a pipe stays in whole lines. */
gboolean trk_terminal_has_width (FILE *stream);

G_END_DECLS
