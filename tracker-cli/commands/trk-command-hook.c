/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-columns.h"
#include "trk-commands.h"
#include "trk-error.h"
#include "trk-format.h"
#include "trk-hook-call.h"
#include "trk-hook-event.h"
#include "trk-json-print.h"
#include "trk-paths.h"
#include "trk-text.h"

#include <string.h>

/* tracker hook: the user's programs, what they did, and a way to try them. */

/* -- list -------------------------------------------------------------------------------------- */

/* Without a log nothing was run. NULL with @error: nobody knows. */
static GPtrArray *
last_runs (TrkSession *session, GError **error)
{
  TrkStore *store;

  if (!trk_session_read_log (session, &store, error))
    return NULL;
  return store != NULL ? trk_store_last_hook_runs (store, error) : g_ptr_array_new ();
}

static const TrkHookRun *
find_run (const GPtrArray *runs, TrkHook hook, const char *name)
{
  for (guint i = 0; i < runs->len; i++)
    {
      const TrkHookRun *run = g_ptr_array_index (runs, i);

      if (g_str_equal (run->hook, trk_hook_to_string (hook)) && g_str_equal (run->program, name))
        return run;
    }
  return NULL;
}

/* Members of what a run did, in the object that is open. */
static void
add_run (TrkJson *json, const TrkHookRun *run)
{
  trk_json_instant (json, "at", run->at);
  trk_json_string (json, "ended", trk_hook_end_to_string (run->ended));
  trk_json_int (json, "status", run->status);
  trk_json_int (json, "milliseconds", run->length / 1000);
  trk_json_string (json, "output", run->output);
}

static void
add_program (TrkJson *json, TrkHook hook, const TrkHookProgram *program, const TrkHookRun *run)
{
  trk_json_begin_object (json);
  trk_json_string (json, "event", trk_hook_to_string (hook));
  trk_json_string (json, "program", program->name);
  trk_json_string (json, "path", program->path);
  trk_json_string (json, "refused", program->refusal);
  trk_json_name (json, "last");
  if (run != NULL)
    {
      trk_json_begin_object (json);
      add_run (json, run);
      trk_json_end_object (json);
    }
  else
    trk_json_add_null (json);
  trk_json_end_object (json);
}

static void
list_json (TrkSession *session, const GPtrArray *runs)
{
  g_autoptr (TrkJson) json = trk_json_new ();

  trk_json_begin_array (json);
  for (guint i = 0; i < TRK_N_HOOKS; i++)
    {
      g_autoptr (GPtrArray) programs = trk_hook_programs ((TrkHook) i);

      for (guint n = 0; n < programs->len; n++)
        {
          const TrkHookProgram *program = g_ptr_array_index (programs, n);

          add_program (json, (TrkHook) i, program, find_run (runs, (TrkHook) i, program->name));
        }
    }
  trk_json_end_array (json);
  trk_json_print (session, json);
}

static void
add_row (TrkSession *session,
         TrkColumns *columns,
         TrkHook hook,
         const TrkHookProgram *program,
         const TrkHookRun *run)
{
  TrkAlmanac almanac = trk_session_almanac (session);
  TrkDay today = trk_almanac_day (&almanac, trk_session_now (session));
  g_autofree char *name = trk_text_line (program->name, 60);
  g_autofree char *at = run != NULL ? trk_format_moment (&almanac, run->at, today) : NULL;
  g_autofree char *outcome = run != NULL ? trk_hook_run_describe (run) : g_strdup ("never run");
  g_autofree char *said = program->refusal != NULL
                              ? g_strconcat ("not run: ", program->refusal, NULL)
                              : g_strjoin (" ", outcome, at, NULL);
  g_autofree char *line = trk_text_line (said, 300);
  gboolean good = program->refusal == NULL && (run == NULL || trk_hook_run_worked (run));

  trk_columns_add (columns, good ? TRK_PAINT_PLAIN : TRK_PAINT_WARN, trk_hook_to_string (hook),
                   name, line);
}

static gboolean
list_text (TrkSession *session, const GPtrArray *runs)
{
  g_autoptr (TrkColumns) columns = trk_columns_new ("lln");
  gboolean any = FALSE;

  for (guint i = 0; i < TRK_N_HOOKS; i++)
    {
      g_autoptr (GPtrArray) programs = trk_hook_programs ((TrkHook) i);

      for (guint n = 0; n < programs->len; n++)
        {
          const TrkHookProgram *program = g_ptr_array_index (programs, n);

          add_row (session, columns, (TrkHook) i, program,
                   find_run (runs, (TrkHook) i, program->name));
          any = TRUE;
        }
    }
  trk_columns_print (columns, session);
  return any;
}

static void
say_how (TrkSession *session)
{
  g_autofree char *examples = trk_path_shared ("hooks");

  trk_session_say (session, "No program is linked. Examples are in %s; to use one:", examples);
  for (TrkHook hook = TRK_HOOK_FOCUS_START; hook <= TRK_HOOK_FOCUS_END; hook++)
    {
      g_autofree char *folder = trk_hook_folder (hook);
      g_autofree char *shown = trk_path_display (folder);

      trk_session_say (session, "  mkdir -p %s && ln -s %s/slack-status %s/", shown, examples,
                       shown);
    }
  trk_session_say (session, "Each example says at its top what it needs and where it belongs.");
}

static gboolean
run_list (TrkSession *session, const TrkArgs *args, GError **error)
{
  g_autoptr (GPtrArray) runs = last_runs (session, error);
  g_autoptr (GPtrArray) strangers = NULL;

  if (runs == NULL)
    return FALSE;
  strangers = trk_hook_strangers ();
  for (guint i = 0; i < strangers->len; i++)
    trk_session_warn (session, "hooks/%s is the folder of no event",
                      (const char *) g_ptr_array_index (strangers, i));
  if (trk_session_json (session))
    list_json (session, runs);
  else if (!list_text (session, runs))
    say_how (session);
  return TRUE;
}

/* -- log --------------------------------------------------------------------------------------- */

static void
log_json (TrkSession *session, const GPtrArray *runs)
{
  g_autoptr (TrkJson) json = trk_json_new ();

  trk_json_begin_array (json);
  for (guint i = 0; i < runs->len; i++)
    {
      const TrkHookRun *run = g_ptr_array_index (runs, i);

      trk_json_begin_object (json);
      trk_json_string (json, "event", run->hook);
      trk_json_string (json, "program", run->program);
      trk_json_string (json, "block", run->block_id);
      add_run (json, run);
      trk_json_end_object (json);
    }
  trk_json_end_array (json);
  trk_json_print (session, json);
}

static void
log_text (TrkSession *session, const GPtrArray *runs)
{
  g_autoptr (TrkColumns) columns = trk_columns_new ("lllrn");
  TrkAlmanac almanac = trk_session_almanac (session);
  TrkDay today = trk_almanac_day (&almanac, trk_session_now (session));

  for (guint i = 0; i < runs->len; i++)
    {
      const TrkHookRun *run = g_ptr_array_index (runs, i);
      g_autofree char *at = trk_format_moment (&almanac, run->at, today);
      g_autofree char *name = trk_text_line (run->program, 60);
      g_autofree char *length = g_strdup_printf ("%.2f s", (double) run->length / TRK_SECOND);
      g_autofree char *outcome = trk_hook_run_describe (run);
      g_autofree char *said = run->output != NULL && run->ended != TRK_HOOK_REFUSED
                                  ? g_strjoin (": ", outcome, run->output, NULL)
                                  : g_strdup (outcome);
      g_autofree char *line = trk_text_line (said, 300);

      trk_columns_add (columns, trk_hook_run_worked (run) ? TRK_PAINT_PLAIN : TRK_PAINT_WARN, at,
                       run->hook, name, length, line);
    }
  trk_columns_print (columns, session);
}

static gboolean
run_log (TrkSession *session, const TrkArgs *args, GError **error)
{
  g_autofree char *when = trk_args_join (args, 0);
  g_autoptr (GPtrArray) runs = NULL;
  TrkPeriod period;
  TrkSpan span;
  TrkStore *store;

  if (!trk_session_when (session, *when != '\0' ? when : NULL, &period, &span, error)
      || !trk_session_read_log (session, &store, error))
    return FALSE;
  runs = store != NULL ? trk_store_hook_runs (store, period, error) : g_ptr_array_new ();
  if (runs == NULL)
    return FALSE;
  if (trk_session_json (session))
    log_json (session, runs);
  else if (runs->len == 0)
    trk_session_say (session, "No program was run.");
  else
    log_text (session, runs);
  return TRUE;
}

/* -- run --------------------------------------------------------------------------------------- */

typedef struct
{
  TrkSession *session;
  GMainLoop *loop; /* (owned) */
  guint tried;
  gboolean failed;
} Trial;

static void
on_tried (TrkHookCall *call, TrkHookRun *run, gpointer data)
{
  Trial *trial = data;
  g_autoptr (TrkHookRun) owned = run;
  g_autofree char *name = trk_text_line (owned->program, 60);
  g_autofree char *outcome = trk_hook_run_describe (owned);
  const TrkStyle *style = trk_session_style (trial->session);
  g_autofree char *said =
      owned->output != NULL ? trk_style_text (style, owned->output) : g_strdup ("");

  if (owned->ended != TRK_HOOK_REFUSED && *said != '\0')
    fprintf (trk_session_out (trial->session), "%s%s", said,
             g_str_has_suffix (said, "\n") ? "" : "\n");
  trk_session_say (trial->session, "%s.d/%s: %s (%.2f s)", owned->hook, name, outcome,
                   (double) owned->length / TRK_SECOND);
  trial->failed |= !trk_hook_run_worked (owned);
  g_main_loop_quit (trial->loop);
}

static gboolean
event_of (const char *word, TrkHook *hook, GError **error)
{
  const char *names[TRK_N_HOOKS + 1] = { NULL };
  g_autofree char *list = NULL;

  if (trk_hook_from_string (word, hook))
    return TRUE;
  for (guint i = 0; i < TRK_N_HOOKS; i++)
    names[i] = trk_hook_to_string ((TrkHook) i);
  list = g_strjoinv (", ", (char **) names);
  g_set_error (error, TRK_ERROR, TRK_ERROR_USAGE, "'%s' is no event: %s", word, list);
  return FALSE;
}

/* What is known of now, so that a program has something to work with. */
static char *
example_of (TrkSession *session, TrkHook hook)
{
  TrkInstant now = trk_session_now (session);
  g_autoptr (TrkBlock) block = trk_block_new ();
  TrkHookEvent event = { .hook = hook, .at = now, .reason = TRK_REASON_BY_HAND, .test = TRUE };

  block->id = g_strdup ("test");
  block->title = g_strdup ("A block to try hooks");
  block->kind = trk_hook_pair (hook) == TRK_HOOK_PAIR_BREAK ? TRK_KIND_BREAK : TRK_KIND_FOCUS;
  block->period = block->planned = (TrkPeriod){ now, now + 25 * TRK_MINUTE };
  if (trk_hook_pair (hook) != TRK_HOOK_PAIR_PRESENCE)
    event.block = block;
  return trk_hook_event_to_json (&event);
}

static void
set_no_program (TrkHook hook, const char *only, GError **error)
{
  g_autofree char *folder = trk_hook_folder (hook);
  g_autofree char *shown = trk_path_display (folder);
  g_autofree char *name = trk_text_line (only, 60);

  if (only != NULL)
    g_set_error (error, TRK_ERROR, TRK_ERROR_NOT_FOUND,
                 "there is no such program in %s: %s. Those that there are: tracker hook", shown,
                 name);
  else
    g_set_error (error, TRK_ERROR, TRK_ERROR_NOT_FOUND,
                 "there is no such program: nothing lies in %s. What lies elsewhere, or how to "
                 "link one: tracker hook",
                 shown);
}

/* One after another. */
static void
try_programs (Trial *trial, const TrkHookOrder *example, const char *only)
{
  g_autoptr (GPtrArray) programs = trk_hook_programs (example->hook);

  trial->loop = g_main_loop_new (NULL, FALSE);
  for (guint i = 0; i < programs->len; i++)
    {
      TrkHookOrder order = *example;

      order.program = g_ptr_array_index (programs, i);
      if (only != NULL && !g_str_equal (only, order.program->name))
        continue;
      trial->tried++;
      trk_hook_call_start (&order, on_tried, trial);
      g_main_loop_run (trial->loop);
    }
  g_main_loop_unref (trial->loop);
}

static gboolean
run_run (TrkSession *session, const TrkArgs *args, GError **error)
{
  TrkConfig *config = trk_session_config (session, error);
  const char *only = trk_args_count (args) > 1 ? trk_args_word (args, 1) : NULL;
  g_autofree char *json = NULL;
  Trial trial = { .session = session };
  TrkHook hook;

  if (config == NULL || !event_of (trk_args_word (args, 0), &hook, error))
    return FALSE;
  json = example_of (session, hook);
  try_programs (&trial, &(TrkHookOrder){ .hook = hook, .json = json, .limit = config->hook_limit },
                only);
  if (trial.tried == 0)
    set_no_program (hook, only, error);
  else if (trial.failed)
    g_set_error (error, TRK_ERROR, TRK_ERROR_FAILED, "not every program worked");
  return trial.tried > 0 && !trial.failed;
}

/* -- The rows ---------------------------------------------------------------------------------- */

#define LIST_HELP                                                                                  \
  "What lies in hooks/EVENT.d beside the configuration is run when that happens: block-start, "    \
  "block-end, focus-start, focus-end, break-start, break-end, day-end, away, back; see HOOKS in "  \
  "trackerd.conf(5). Why a program is not run is told here.\n\n"                                   \
  "JSON: an array of event, program, path (that is run), refused (why it is not run, or null), "   \
  "last (null, or at, ended: exit, signal, timeout or refused, status, milliseconds, output)."

static const TrkOption json_options[] = { TRK_OPTION_JSON, { NULL } };

const TrkCommand trk_commands_hook[] = {
  { "hook", "", 0, 0, "Show your programs that are run when something happens", LIST_HELP,
    json_options, run_list },
  { "hook list", "", 0, 0, "Show your programs that are run when something happens", LIST_HELP,
    json_options, run_list },
  { "hook log", "[WHEN]", 0, G_MAXUINT, "What your programs did, and said",
    "JSON: an array of event, program, block (its ID or null), at, ended (exit, signal, timeout, "
    "refused), status, milliseconds, output.",
    json_options, run_log },
  { "hook run", "EVENT [PROGRAM]", 1, 2, "Try the programs of an event",
    "Runs them now, one after another as the daemon would, with an example to read whose \"test\" "
    "is true, and shows what they say. Nothing of it is logged. Exit status 1 when one did not "
    "work, 4 when there is none.\n\n"
    " tracker hook run focus-start slack-status",
    NULL, run_run },
  { NULL },
};
