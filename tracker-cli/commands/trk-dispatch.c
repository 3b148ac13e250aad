/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-dispatch.h"

#include "trk-command-table.h"
#include "trk-error.h"
#include "trk-help.h"
#include "trk-option-instead.h"
#include "trk-text.h"

#include "trk-build.h"

#include <errno.h>
#include <poll.h>
#include <string.h>

/* @words with the leading options ("--json agenda") moved behind the first word, so that the
 * command comes first. Without any word it is "status". The strings are borrowed. */
static GPtrArray *
command_first (const char *const *words)
{
  GPtrArray *sorted = g_ptr_array_new ();
  guint first = 0;

  while (words[first] != NULL && trk_args_is_option (words[first]))
    first++;
  g_ptr_array_add (sorted, (gpointer) (words[first] != NULL ? words[first] : "status"));
  if (words[first] != NULL && words[first + 1] != NULL && !trk_args_is_option (words[first + 1]))
    {
      first++;
      g_ptr_array_add (sorted, (gpointer) words[first]);
    }
  for (guint i = 0; words[i] != NULL; i++)
    if (i > first || trk_args_is_option (words[i]))
      g_ptr_array_add (sorted, (gpointer) words[i]);
  g_ptr_array_add (sorted, NULL);
  return sorted;
}

static gboolean
check_count (const TrkCommand *command, const TrkArgs *args, GError **error)
{
  guint count = trk_args_count (args);
  g_autofree char *extra = NULL;

  if (count >= command->min && count <= command->max)
    return TRUE;
  if (count < command->min)
    {
      g_set_error (error, TRK_ERROR, TRK_ERROR_USAGE, "%s needs more words: tracker %s %s",
                   command->name, command->name, command->arguments);
      return FALSE;
    }
  extra = trk_text_line (trk_args_word (args, command->max), 40);
  g_set_error (error, TRK_ERROR, TRK_ERROR_USAGE, "%s: '%s' is one word too many: tracker %s%s%s",
               command->name, extra, command->name, *command->arguments != '\0' ? " " : "",
               command->arguments);
  return FALSE;
}

/* "guard wrk" is no period of guard, and was meant as another command. */
static void
name_nearest (const TrkCommand *command, const TrkArgs *args, GError **error)
{
  const char *word = trk_args_count (args) > 0 ? trk_args_word (args, 0) : "";
  const char *near = trk_command_nearest_within (command->name, word);

  if (near == NULL || !g_error_matches (*error, TRK_ERROR, TRK_ERROR_USAGE))
    return;
  g_autofree char *message = g_strdup ((*error)->message);
  g_clear_error (error);
  g_set_error (error, TRK_ERROR, TRK_ERROR_USAGE, "%s. Nearest command: %s %s", message,
               command->name, near);
}

/* "log fill" is no day of log, and fill is a command of its own. */
static gboolean
name_own (const TrkCommand *command, const TrkArgs *args, GError **error)
{
  const char *word = trk_args_count (args) > 0 ? trk_args_word (args, 0) : "";
  const TrkCommand *own = trk_command_named (word);

  if (own == NULL || !g_error_matches (*error, TRK_ERROR, TRK_ERROR_USAGE)
      || strcmp (command->arguments, "[WHEN]") != 0) /* of other words it knows more itself */
    return FALSE;
  g_clear_error (error);
  g_set_error (error, TRK_ERROR, TRK_ERROR_USAGE, "%s has no '%s'; it is: tracker %s%s%s",
               command->name, own->name, own->name, *own->arguments != '\0' ? " " : "",
               own->arguments);
  return TRUE;
}

/* What is known to be meant is better than the nearest letters and than "see the help". */
static void
name_instead (const TrkCommand *command, const char *option, GError **error)
{
  g_autofree char *instead = trk_option_instead (command, option);

  if (instead == NULL)
    return;
  g_clear_error (error);
  g_set_error (error, TRK_ERROR, TRK_ERROR_USAGE, "%s has no option --%s. Instead: %s",
               command->name, option, instead);
}

static gboolean
run_command (TrkSession *session, const char *const *words, GError **error)
{
  g_autoptr (TrkArgs) args = NULL;
  g_autofree char *unknown = NULL;
  const TrkCommand *command;
  guint used;

  command = trk_command_find (words, &used, error);
  if (command == NULL)
    return FALSE;
  args = trk_args_parse (command->name, command->options, words + used, &unknown, error);
  if (unknown != NULL)
    name_instead (command, unknown, error);
  if (args == NULL)
    return FALSE;
  if (trk_args_has (args, "help"))
    {
      trk_help_command (session, command);
      return TRUE;
    }
  if (!check_count (command, args, error))
    return FALSE;
  trk_session_set_json (session, trk_args_has (args, "json"));
  if (command->run (session, args, error))
    return TRUE;
  if (!name_own (command, args, error))
    name_nearest (command, args, error);
  return FALSE;
}

static gboolean
dispatch (TrkSession *session, const char *const *words, GError **error)
{
  g_autoptr (GPtrArray) sorted = NULL;

  if (words[0] != NULL && strcmp (words[0], "--version") == 0)
    {
      fprintf (trk_session_out (session), "tracker %s\n", TRK_VERSION);
      return TRUE;
    }
  if (words[0] != NULL && words[1] == NULL
      && (strcmp (words[0], "--help") == 0 || strcmp (words[0], "-h") == 0))
    {
      trk_help_overview (session);
      return TRUE;
    }
  sorted = command_first (words);
  trk_session_set_command (session, words);
  return run_command (session, (const char *const *) sorted->pdata, error);
}

/* Whether @out is a pipe that nobody reads any more. */
static gboolean
reader_left (FILE *out)
{
  struct pollfd pipe = { .fd = fileno (out) };

  return poll (&pipe, 1, 0) > 0 && (pipe.revents & POLLERR) != 0;
}

/* Whether all that was printed arrived. A reader that left early (head) got what it wanted: quiet.
 * The last flush gives the reason again when there was something left to write, else the pipe is
 * asked. */
static int
finish_output (TrkSession *session)
{
  FILE *out = trk_session_out (session);
  gboolean failed = ferror (out) != 0;

  clearerr (out);
  errno = 0;
  if (fflush (out) == 0 && !failed)
    return 0;
  if (errno == EPIPE || (errno == 0 && reader_left (out)))
    return 0;
  trk_session_warn (session, "cannot write the output: %s%s",
                    errno != 0 ? g_strerror (errno) : "a write failed",
                    trk_session_saved (session) ? "; the change itself is saved" : "");
  return 1;
}

int
trk_dispatch_end (TrkSession *session, const GError *error)
{
  int written = finish_output (session);

  trk_session_tell_defaults (session, error);
  if (error == NULL)
    return written;
  trk_session_warn (session, "%s", error->message);
  return trk_error_exit_status (error);
}

int
trk_dispatch (TrkSession *session, const char *const *words)
{
  g_autoptr (GError) error = NULL;

  dispatch (session, words, &error);
  return trk_dispatch_end (session, error);
}
