/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-terminal.h"

#include "trk-locale.h"

#include <sys/ioctl.h>
#include <unistd.h>

enum
{
  LEAST_COLUMNS = 20,
  DEFAULT_COLUMNS = 80,
  MOST_COLUMNS = 500
};

static guint
terminal_columns (int fd)
{
  struct winsize size;

  return ioctl (fd, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

/* 0: nobody knows. */
static guint64
known_columns (int fd)
{
  const char *given = g_getenv ("COLUMNS");
  guint64 columns = given != NULL ? g_ascii_strtoull (given, NULL, 10) : 0;

  return columns == 0 && fd >= 0 ? terminal_columns (fd) : columns;
}

static guint
columns_of (int fd)
{
  guint64 columns = known_columns (fd);

  return (guint) CLAMP (columns == 0 ? DEFAULT_COLUMNS : columns, LEAST_COLUMNS, MOST_COLUMNS);
}

gboolean
trk_terminal_has_width (FILE *stream)
{
  return known_columns (fileno (stream)) != 0;
}

static gboolean
has_colour (int fd)
{
  const char *no_color = g_getenv ("NO_COLOR");

  if (no_color != NULL && *no_color != '\0')
    return FALSE;
  return fd >= 0 && isatty (fd) && g_strcmp0 (g_getenv ("TERM"), "dumb") != 0;
}

TrkStyle
trk_terminal_style (FILE *stream)
{
  int fd = fileno (stream);
  TrkStyle style = { 0 };

  style.columns = columns_of (fd);
  style.colour = has_colour (fd);
  style.unicode = trk_locale_is_utf8 ();
  return style;
}
