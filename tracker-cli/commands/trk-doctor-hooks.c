/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-doctor-hooks.h"

#include "trk-format.h"
#include "trk-hook-folder.h"

static void
add (GString *text, const char *folder, const char *name, const char *what)
{
  g_string_append_printf (text, "; %s/%s: %s", folder, name, what);
}

/* The last run of @program for @event (nullable). */
static const TrkHookRun *
last_of (const GPtrArray *runs, const char *event, const char *program)
{
  for (guint i = 0; runs != NULL && i < runs->len; i++)
    {
      const TrkHookRun *run = g_ptr_array_index (runs, i);

      if (g_str_equal (run->hook, event) && g_str_equal (run->program, program))
        return run;
    }
  return NULL;
}

/* Adds what is wrong with the programs of @hook to @text. */
static guint
examine (TrkHook hook, const GPtrArray *runs, GString *text)
{
  const char *event = trk_hook_to_string (hook);
  g_autoptr (GPtrArray) programs = trk_hook_programs (hook);
  g_autofree char *folder = g_strconcat (event, ".d", NULL);

  for (guint i = 0; i < programs->len; i++)
    {
      const TrkHookProgram *program = g_ptr_array_index (programs, i);
      const TrkHookRun *run = last_of (runs, event, program->name);
      g_autofree char *outcome = run != NULL ? trk_hook_run_describe (run) : NULL;
      g_autofree char *last = g_strconcat ("the last time ", outcome, NULL);

      if (program->refusal != NULL)
        add (text, folder, program->name, program->refusal);
      else if (run != NULL && !trk_hook_run_worked (run))
        add (text, folder, program->name, last);
    }
  return programs->len;
}

char *
trk_doctor_hooks (TrkSession *session, TrkHealth *health)
{
  g_autoptr (GError) error = NULL;
  TrkStore *store = trk_session_store (session, TRK_STORE_READ, &error);
  g_autoptr (GPtrArray) runs = store != NULL ? trk_store_last_hook_runs (store, &error) : NULL;
  g_autoptr (GPtrArray) strangers = trk_hook_strangers ();
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *count = NULL;
  guint n = 0;

  for (guint i = 0; i < TRK_N_HOOKS; i++)
    n += examine ((TrkHook) i, runs, text);
  for (guint i = 0; i < strangers->len; i++)
    add (text, "hooks", g_ptr_array_index (strangers, i), "is the folder of no event");
  if (error != NULL)
    g_string_append_printf (text, "; what they did is not known: %s", error->message);
  *health = text->len > 0 ? TRK_HEALTH_WARNING : TRK_HEALTH_GOOD;
  count = trk_format_count (n, "program", NULL);
  g_string_prepend (text, count);
  if (*health != TRK_HEALTH_GOOD)
    g_string_append (text, ". See: tracker hook log");
  return g_string_free (g_steal_pointer (&text), FALSE);
}
