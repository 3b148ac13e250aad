/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What the environment asks for, without setlocale(3): that reads five files before a program can
 * say a word, and is global. */

/* The locale's name of @category ("LC_TIME"): from LC_ALL, the category's variable, or LANG (POSIX
 * 8.2); "C" when none is set. Borrowed from the environment. */
const char *trk_locale_name (const char *category);

/* Is its charset (LC_CTYPE) UTF-8? A name such as "de_DE.UTF-8" says so, whether this system has
 * that locale or not: a terminal far away may. Of one without a charset the C library knows it. */
gboolean trk_locale_is_utf8 (void);

G_END_DECLS
