/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-help.h"

#include "trk-command-table.h"
#include "trk-text.h"
#include "trk-wrap.h"

#include <string.h>

enum
{
  WIDEST_TEXT = 80, /* longer lines are hard to read, however wide the terminal */
  WIDEST_NAME = 18  /* what is longer gets its explanation on the next line */
};

static guint
text_columns (TrkSession *session)
{
  return MIN (trk_session_style (session)->columns, WIDEST_TEXT);
}

/* Text of ours (it has dashes and dots of Unicode) as the terminal can show it. */
static void
put (TrkSession *session, const char *text)
{
  g_autofree char *shown = trk_style_text (trk_session_style (session), text);

  fputs (shown, trk_session_out (session));
}

static void
put_heading (TrkSession *session, const char *heading)
{
  g_autofree char *painted = trk_style_paint (trk_session_style (session), TRK_PAINT_BOLD, heading);

  fprintf (trk_session_out (session), "\n%s\n", painted);
}

/* "  name      explanation", the explanation wrapped behind column @at. */
static void
put_pair (TrkSession *session, const char *name, const char *explanation, guint at)
{
  guint columns = text_columns (session);
  guint width = (guint) trk_text_width (name) + 2;
  guint indent = at + 16 > columns ? 6 : at;
  g_autofree char *wrapped = trk_wrap (explanation, columns, indent);
  g_autofree char *first = NULL;

  if (width + 1 > indent)
    first = g_strdup_printf ("  %s\n%s", name, wrapped);
  else
    first = g_strdup_printf ("  %s%*s%s", name, (int) (indent - width), "", wrapped + indent);
  put (session, first);
}

/* Column at which the explanations of the longest of @names begin. */
static guint
column_after (const GPtrArray *names)
{
  guint widest = 0;

  for (guint i = 0; i < names->len; i++)
    {
      guint width = (guint) trk_text_width (g_ptr_array_index (names, i));

      if (width <= WIDEST_NAME)
        widest = MAX (widest, width);
    }
  return widest + 4;
}

static char *
usage_of (const TrkCommand *command)
{
  if (*command->arguments == '\0')
    return g_strdup (command->name);
  return g_strconcat (command->name, " ", command->arguments, NULL);
}

/* "task" for "task add": the overview names a group once. */
static gboolean
is_part_of_group (const TrkCommand *row)
{
  return strchr (row->name, ' ') != NULL;
}

static GPtrArray *
overview_rows (void)
{
  GPtrArray *rows = g_ptr_array_new ();

  for (const TrkCommandGroup *group = trk_command_groups (); group->rows != NULL; group++)
    for (const TrkCommand *row = group->rows; row->name != NULL; row++)
      if (!is_part_of_group (row))
        g_ptr_array_add (rows, (gpointer) row);
  return rows;
}

static GPtrArray *
usages (const GPtrArray *rows)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < rows->len; i++)
    g_ptr_array_add (names, usage_of (g_ptr_array_index (rows, i)));
  return names;
}

static char *
words_of_group (const char *name)
{
  GString *out = g_string_new (NULL);
  gsize length = strlen (name);

  for (const TrkCommandGroup *group = trk_command_groups (); group->rows != NULL; group++)
    for (const TrkCommand *row = group->rows; row->name != NULL; row++)
      if (strncmp (row->name, name, length) == 0 && row->name[length] == ' ')
        g_string_append_printf (out, "%s%s", out->len > 0 ? ", " : "", row->name + length + 1);
  return g_string_free (out, FALSE);
}

static void
put_overview_row (TrkSession *session, const TrkCommand *row, const char *usage, guint at)
{
  g_autofree char *words = words_of_group (row->name);
  g_autofree char *more = NULL;

  if (*words != '\0')
    more = g_strdup_printf ("%s; also: %s", row->summary, words);
  put_pair (session, usage, more != NULL ? more : row->summary, at);
}

void
trk_help_overview (TrkSession *session)
{
  g_autoptr (GPtrArray) rows = overview_rows ();
  g_autoptr (GPtrArray) names = usages (rows);
  guint at = column_after (names);
  const char *heading = "";
  guint n = 0;

  put (session, "tracker — plan the day from calendars, keep time, report\n");
  put (session, "\nUsage: tracker [COMMAND] [WORDS] [OPTIONS]\n");
  for (const TrkCommandGroup *group = trk_command_groups (); group->rows != NULL; group++)
    {
      if (strcmp (group->heading, heading) != 0)
        put_heading (session, group->heading);
      heading = group->heading;
      for (const TrkCommand *row = group->rows; row->name != NULL; row++)
        if (!is_part_of_group (row))
          {
            put_overview_row (session, row, g_ptr_array_index (names, n), at);
            n++;
          }
    }
  put (session, "\nMore: tracker help COMMAND, man tracker\n");
}

static char *
option_usage (const TrkOption *option)
{
  g_autofree char *letter =
      option->letter != 0 ? g_strdup_printf ("-%c, ", option->letter) : g_strdup ("");

  return g_strconcat (letter, "--", option->name, option->arg != NULL ? " " : "", option->arg,
                      NULL);
}

static void
put_options (TrkSession *session, const TrkOption *options)
{
  static const TrkOption none = { NULL };
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  guint at;

  for (const TrkOption *o = options != NULL ? options : &none; o->name != NULL; o++)
    g_ptr_array_add (names, option_usage (o));
  g_ptr_array_add (names, g_strdup ("-h, --help"));
  at = column_after (names);
  put_heading (session, "Options");
  for (guint i = 0; i + 1 < names->len; i++)
    put_pair (session, g_ptr_array_index (names, i), options[i].help, at);
  put_pair (session, "-h, --help", "Show this help", at);
}

void
trk_help_group (TrkSession *session, const char *name)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();
  g_autoptr (GPtrArray) names = NULL;
  g_autofree char *heading = g_strdup_printf ("Commands of %s", name);
  gsize length = strlen (name);
  guint at;

  for (const TrkCommandGroup *group = trk_command_groups (); group->rows != NULL; group++)
    for (const TrkCommand *row = group->rows; row->name != NULL; row++)
      if (strncmp (row->name, name, length) == 0 && row->name[length] == ' ')
        g_ptr_array_add (rows, (gpointer) row);
  if (rows->len == 0)
    return;
  names = usages (rows);
  at = column_after (names);
  put_heading (session, heading);
  for (guint i = 0; i < rows->len; i++)
    {
      const TrkCommand *row = g_ptr_array_index (rows, i);

      put_pair (session, g_ptr_array_index (names, i), row->summary, at);
    }
}

/* Of scripts, long, and not what a person looks for first. */
static gboolean
is_about_json (const char *paragraph)
{
  return g_str_has_prefix (paragraph, "JSON");
}

/* The paragraphs of @help that are about the keys of JSON, or the others, each behind an empty
 * line. */
static void
put_paragraphs (TrkSession *session, const char *help, gboolean of_json)
{
  g_auto (GStrv) paragraphs = g_strsplit (help != NULL ? help : "", "\n\n", -1);

  for (char **p = paragraphs; *p != NULL; p++)
    if (is_about_json (*p) == of_json)
      {
        g_autofree char *wrapped = trk_wrap (*p, text_columns (session), 0);

        put (session, "\n");
        put (session, wrapped);
      }
}

void
trk_help_command (TrkSession *session, const TrkCommand *command)
{
  g_autofree char *usage = usage_of (command);
  g_autofree char *first = g_strdup_printf ("Usage: tracker %s\n\n", usage);
  g_autofree char *summary = g_strdup_printf ("%s.", command->summary);
  g_autofree char *wrapped = trk_wrap (summary, text_columns (session), 0);

  put (session, first);
  put (session, wrapped);
  put_paragraphs (session, command->help, FALSE);
  put_options (session, command->options);
  trk_help_group (session, command->name);
  put_paragraphs (session, command->help, TRUE);
}
