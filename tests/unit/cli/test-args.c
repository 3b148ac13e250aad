/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-args.h"
#include "trk-error.h"

static const TrkOption options[] = {
  { "json", 0, NULL, "" },
  { "all", 'a', NULL, "" },
  { "brief", 'b', NULL, "" },
  { "kind", 'k', "KIND", "" },
  { NULL },
};

/* What was parsed, as text: "words|json all|kind=focus,off". */
static char *
describe (const TrkArgs *args)
{
  GString *out = g_string_new (NULL);
  g_auto (GStrv) kinds = trk_args_options (args, "kind");
  g_autofree char *joined = g_strjoinv (",", kinds);

  for (guint i = 0; i < trk_args_count (args); i++)
    g_string_append_printf (out, "%s<%s>", i > 0 ? " " : "", trk_args_word (args, i));
  for (guint i = 0; i < 3; i++)
    if (trk_args_has (args, options[i].name))
      g_string_append_printf (out, " %s", options[i].name);
  if (*joined != '\0')
    g_string_append_printf (out, " kind=%s last=%s", joined, trk_args_option (args, "kind"));
  if (trk_args_has (args, "help"))
    g_string_append (out, " help");
  return g_string_free (out, FALSE);
}

static void
test_table (void)
{
  static const struct
  {
    const char *line;     /* words, divided by "|" */
    const char *expected; /* as describe(); NULL: refused */
  } rows[] = {
    { "", "" },
    { "a|b", "<a> <b>" },
    { "a||b", "<a> <> <b>" },
    { "-", "<->" },
    { "-7d", "<-7d>" },
    { "-3.5|-.5", "<-3.5> <-.5>" },
    { "-.x", NULL },
    { "--json|a", "<a> json" },
    { "a|--json", "<a> json" },
    { "--|--json|-a", "<--json> <-a>" },
    { "a|--|--", "<a> <-->" },
    { "-a", " all" },
    { "-ab", " all brief" },
    { "-abk|focus", " all brief kind=focus last=focus" },
    { "-kfocus", " kind=focus last=focus" },
    { "-akfocus", " all kind=focus last=focus" },
    { "-k|focus|-k|off", " kind=focus,off last=off" },
    { "--kind=focus", " kind=focus last=focus" },
    { "--kind|focus|x", "<x> kind=focus last=focus" },
    { "--kind=", "" }, /* an empty value is one: see test_values() */
    { "--kind|--json", " kind=--json last=--json" },
    { "--kind|-10m", " kind=-10m last=-10m" },
    { "--kind=a=b", " kind=a=b last=a=b" },
    { "--kind", NULL },
    { "-k", NULL },
    { "--json=1", NULL },
    { "--json=", NULL },
    { "--jso", NULL },
    { "--jsonx", NULL },
    { "--=x", NULL },
    { "-x", NULL },
    { "-ax", NULL },
    { "-é", NULL },
    { "-h", " help" },
    { "--help|x", "<x> help" },
    { "-ah", " all help" },
    { "---json", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto (GStrv) words = g_strsplit (rows[i].line, "|", -1);
      g_autoptr (GError) error = NULL;
      g_autoptr (TrkArgs) args =
          trk_args_parse ("test", options, (const char *const *) words, NULL, &error);

      if (rows[i].expected == NULL)
        {
          g_assert_error (error, TRK_ERROR, TRK_ERROR_USAGE);
          g_assert_null (args);
          continue;
        }
      g_assert_no_error (error);
      g_autofree char *got = describe (args);
      g_assert_cmpstr (got, ==, rows[i].expected);
    }
}

static void
test_values (void)
{
  const char *words[] = { "--kind=", NULL };
  g_autoptr (TrkArgs) args = trk_args_parse ("test", options, words, NULL, NULL);

  g_assert_true (trk_args_has (args, "kind"));
  g_assert_cmpstr (trk_args_option (args, "kind"), ==, "");
  g_assert_null (trk_args_option (args, "json"));
  g_assert_null (trk_args_word (args, 0));
}

static void
test_without_options (void)
{
  const char *words[] = { "a", "-x", NULL };
  g_autoptr (GError) error = NULL;
  g_autofree char *unknown = NULL;

  g_assert_null (trk_args_parse ("test", NULL, words, &unknown, &error));
  g_assert_error (error, TRK_ERROR, TRK_ERROR_USAGE);
  g_assert_cmpstr (error->message, ==, "test has no option -x. See: tracker help test");
  g_assert_null (unknown);
}

static void
test_messages (void)
{
  static const struct
  {
    const char *word, *message, *unknown;
  } rows[] = {
    { "--jsno", "test has no option --jsno. Nearest: --json", "jsno" },
    { "--jsno=5", "test has no option --jsno. Nearest: --json", "jsno" },
    { "--kidn", "test has no option --kidn. Nearest: --kind", "kidn" },
    { "--hlep", "test has no option --hlep. Nearest: --help", "hlep" },
    { "--html", "test has no option --html. See: tracker help test", "html" },
    { "--kind", "test: --kind needs a value: --kind KIND" },
    { "--json=1", "test: --json takes no value" },
    { "--\033[31mred", "test has no option --[31mred. See: tracker help test", "[31mred" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const char *words[] = { rows[i].word, NULL };
      g_autoptr (GError) error = NULL;
      g_autofree char *unknown = NULL;

      g_assert_null (trk_args_parse ("test", options, words, &unknown, &error));
      g_assert_cmpstr (error->message, ==, rows[i].message);
      g_assert_cmpstr (unknown, ==, rows[i].unknown);
    }
}

static void
test_join (void)
{
  const char *words[] = { "until", "10:20", "", "x", NULL };
  g_autoptr (TrkArgs) args = trk_args_parse ("test", options, words, NULL, NULL);
  g_autofree char *all = trk_args_join (args, 0);
  g_autofree char *rest = trk_args_join (args, 1);
  g_autofree char *none = trk_args_join (args, 9);

  g_assert_cmpstr (all, ==, "until 10:20  x");
  g_assert_cmpstr (rest, ==, "10:20  x");
  g_assert_cmpstr (none, ==, "");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cli/args/table", test_table);
  g_test_add_func ("/cli/args/values", test_values);
  g_test_add_func ("/cli/args/without-options", test_without_options);
  g_test_add_func ("/cli/args/messages", test_messages);
  g_test_add_func ("/cli/args/join", test_join);
  return g_test_run ();
}
