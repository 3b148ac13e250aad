/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-ask.h"

#include "trk-error.h"
#include "trk-text.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

enum
{
  MAX_LINE = 4200, /* bytes: an address fits */
  CTRL_C = 3
};

gboolean
trk_ask_possible (void)
{
  return isatty (STDIN_FILENO) && isatty (STDERR_FILENO);
}

/* Byte by byte, so that nothing is taken of what stands in the next line. FALSE: it was broken
 * off. */
static gboolean
read_line (char *line)
{
  gsize length = 0;
  char c = '\0';
  ssize_t n;

  while (((n = read (STDIN_FILENO, &c, 1)) == 1 && c != '\n' && c != CTRL_C && length < MAX_LINE)
         || (n < 0 && errno == EINTR))
    if (n == 1)
      line[length++] = c;
  line[length] = '\0';
  return c != CTRL_C;
}

static char *
ask (const char *question, const char *what, GError **error)
{
  g_autofree char *shown = trk_text_visible (question);
  char line[MAX_LINE + 1];
  char *answer = NULL;

  if (isatty (STDIN_FILENO))
    fprintf (stderr, "%s ", shown);
  if (!read_line (line))
    g_set_error (error, TRK_ERROR, TRK_ERROR_FAILED, "interrupted; nothing was changed");
  else if (*line == '\0')
    g_set_error (error, TRK_ERROR, TRK_ERROR_USAGE, "%s is wanted on standard input", what);
  else
    answer = g_strchomp (g_strdup (line));
  explicit_bzero (line, sizeof line);
  return answer;
}

char *
trk_ask_line (const char *question, const char *what, GError **error)
{
  return ask (question, what, error);
}

/* Signals are off meanwhile, since one of them would leave the terminal without echo; Ctrl-C is
 * read as a sign instead. */
char *
trk_ask_secret (const char *question, const char *what, GError **error)
{
  struct termios before, silent;
  gboolean terminal = tcgetattr (STDIN_FILENO, &before) == 0;
  char *answer;

  if (terminal)
    {
      silent = before;
      silent.c_lflag &= ~(tcflag_t) (ECHO | ISIG);
      tcsetattr (STDIN_FILENO, TCSAFLUSH, &silent);
    }
  answer = ask (question, what, error);
  if (terminal)
    {
      tcsetattr (STDIN_FILENO, TCSAFLUSH, &before);
      fputc ('\n', stderr);
    }
  return answer;
}
