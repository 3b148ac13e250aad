/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-args.h"

#include "trk-error.h"
#include "trk-text.h"

#include <string.h>

typedef struct
{
  const TrkOption *option;
  char *value; /* (owned) (nullable) for a flag */
} Given;

struct _TrkArgs
{
  GPtrArray *words; /* of char* */
  GArray *given;    /* of Given */
};

/* One run of the parser. */
typedef struct
{
  const char *command;
  const TrkOption *options;
  const char *const *next; /* the word to read next */
  TrkArgs *args;
  char *unknown; /* long option (owned) (nullable) */
} Parser;

static const TrkOption help_option = { "help", 'h', NULL, "Show this help" };

static void
given_clear (gpointer data)
{
  g_free (((Given *) data)->value);
}

static TrkArgs *
args_new (void)
{
  TrkArgs *args = g_new0 (TrkArgs, 1);

  args->words = g_ptr_array_new_with_free_func (g_free);
  args->given = g_array_new (FALSE, FALSE, sizeof (Given));
  g_array_set_clear_func (args->given, given_clear);
  return args;
}

void
trk_args_free (TrkArgs *args)
{
  if (args == NULL)
    return;
  g_ptr_array_unref (args->words);
  g_array_unref (args->given);
  g_free (args);
}

gboolean
trk_args_is_option (const char *word)
{
  return word[0] == '-' && word[1] != '\0' && !g_ascii_isdigit (word[1])
         && !(word[1] == '.' && g_ascii_isdigit (word[2]));
}

static const TrkOption *
find_long (const Parser *parser, const char *name, gsize length)
{
  for (const TrkOption *o = parser->options; o != NULL && o->name != NULL; o++)
    if (strlen (o->name) == length && strncmp (o->name, name, length) == 0)
      return o;
  return length == 4 && strncmp (name, "help", 4) == 0 ? &help_option : NULL;
}

static const TrkOption *
find_short (const Parser *parser, char letter)
{
  for (const TrkOption *o = parser->options; o != NULL && o->name != NULL; o++)
    if (o->letter == letter)
      return o;
  return letter == 'h' ? &help_option : NULL;
}

/* Always FALSE: the caller returns it. */
static gboolean
fail_unknown (Parser *parser, const char *word, GError **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *typed = g_strndup (word, strcspn (word, "="));
  g_autofree char *shown = trk_text_line (typed, 40);
  const char *nearest;

  for (const TrkOption *o = parser->options; o != NULL && o->name != NULL; o++)
    g_ptr_array_add (names, g_strdup (o->name));
  g_ptr_array_add (names, g_strdup ("help"));
  g_ptr_array_add (names, NULL);
  /* The dashes that all begin with bring none nearer. */
  nearest = trk_text_nearest (shown + strspn (shown, "-"), (const char *const *) names->pdata);
  if (nearest != NULL)
    g_set_error (error, TRK_ERROR, TRK_ERROR_USAGE, "%s has no option %s. Nearest: --%s",
                 parser->command, shown, nearest);
  else
    g_set_error (error, TRK_ERROR, TRK_ERROR_USAGE, "%s has no option %s. See: tracker help %s",
                 parser->command, shown, parser->command);
  if (g_str_has_prefix (shown, "--"))
    parser->unknown = g_strdup (shown + strlen ("--"));
  return FALSE;
}

static void
give (Parser *parser, const TrkOption *option, const char *value)
{
  Given given = { option, g_strdup (value) };

  g_array_append_val (parser->args->given, given);
}

/* An option with a value takes the rest of its word (@attached) or else the next word, whatever
 * that looks like: "--at -10m" is what it says. */
static gboolean
give_value (Parser *parser, const TrkOption *option, const char *attached, GError **error)
{
  if (attached == NULL && *parser->next == NULL)
    {
      g_set_error (error, TRK_ERROR, TRK_ERROR_USAGE, "%s: --%s needs a value: --%s %s",
                   parser->command, option->name, option->name, option->arg);
      return FALSE;
    }
  give (parser, option, attached != NULL ? attached : *parser->next++);
  return TRUE;
}

static gboolean
parse_long (Parser *parser, const char *word, GError **error)
{
  gsize length = strcspn (word + 2, "=");
  const char *attached = word[2 + length] == '=' ? word + 2 + length + 1 : NULL;
  const TrkOption *option = find_long (parser, word + 2, length);

  if (option == NULL)
    return fail_unknown (parser, word, error);
  if (option->arg != NULL)
    return give_value (parser, option, attached, error);
  if (attached != NULL)
    {
      g_set_error (error, TRK_ERROR, TRK_ERROR_USAGE, "%s: --%s takes no value", parser->command,
                   option->name);
      return FALSE;
    }
  give (parser, option, NULL);
  return TRUE;
}

static gboolean
parse_cluster (Parser *parser, const char *word, GError **error)
{
  for (const char *p = word + 1; *p != '\0'; p++)
    {
      const TrkOption *option = find_short (parser, *p);

      if (option == NULL)
        return fail_unknown (parser, word, error);
      if (option->arg != NULL)
        return give_value (parser, option, p[1] != '\0' ? p + 1 : NULL, error);
      give (parser, option, NULL);
    }
  return TRUE;
}

static gboolean
parse_all (Parser *parser, GError **error)
{
  gboolean options_end = FALSE;

  while (*parser->next != NULL)
    {
      const char *word = *parser->next++;
      gboolean good = TRUE;

      if (options_end || !trk_args_is_option (word))
        g_ptr_array_add (parser->args->words, g_strdup (word));
      else if (strcmp (word, "--") == 0)
        options_end = TRUE;
      else if (word[1] == '-')
        good = parse_long (parser, word, error);
      else
        good = parse_cluster (parser, word, error);
      if (!good)
        return FALSE;
    }
  return TRUE;
}

TrkArgs *
trk_args_parse (const char *command,
                const TrkOption *options,
                const char *const *words,
                char **unknown,
                GError **error)
{
  g_autoptr (TrkArgs) args = args_new ();
  Parser parser = { command, options, words, args };
  gboolean good = parse_all (&parser, error);

  if (unknown != NULL)
    *unknown = g_steal_pointer (&parser.unknown);
  g_free (parser.unknown);
  return good ? g_steal_pointer (&args) : NULL;
}

guint
trk_args_count (const TrkArgs *args)
{
  return args->words->len;
}

const char *
trk_args_word (const TrkArgs *args, guint n)
{
  return n < args->words->len ? g_ptr_array_index (args->words, n) : NULL;
}

char *
trk_args_join (const TrkArgs *args, guint from)
{
  GString *out = g_string_new (NULL);

  for (guint i = from; i < args->words->len; i++)
    {
      if (i > from)
        g_string_append_c (out, ' ');
      g_string_append (out, g_ptr_array_index (args->words, i));
    }
  return g_string_free (out, FALSE);
}

static const Given *
last_given (const TrkArgs *args, const char *option)
{
  for (guint i = args->given->len; i > 0; i--)
    {
      const Given *given = &g_array_index (args->given, Given, i - 1);

      if (strcmp (given->option->name, option) == 0)
        return given;
    }
  return NULL;
}

gboolean
trk_args_has (const TrkArgs *args, const char *option)
{
  return last_given (args, option) != NULL;
}

gboolean
trk_args_has_any (const TrkArgs *args)
{
  return args->given->len > 0;
}

const char *
trk_args_option (const TrkArgs *args, const char *option)
{
  const Given *given = last_given (args, option);

  return given != NULL ? given->value : NULL;
}

GStrv
trk_args_options (const TrkArgs *args, const char *option)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < args->given->len; i++)
    {
      const Given *given = &g_array_index (args->given, Given, i);

      if (strcmp (given->option->name, option) == 0 && given->value != NULL)
        g_strv_builder_add (builder, given->value);
    }
  return g_strv_builder_end (builder);
}
