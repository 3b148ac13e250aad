/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-asked.h"
#include "trk-columns.h"
#include "trk-commands.h"
#include "trk-duration.h"
#include "trk-error.h"
#include "trk-format.h"
#include "trk-json-print.h"
#include "trk-parse.h"

/* tracker guard: what the focus guard asked, and the answers that its buttons give. */

/* Of @period, the oldest first; NULL with @error. */
static GPtrArray *
asked_in (TrkSession *session, TrkPeriod period, GError **error)
{
  TrkStore *store;

  if (!trk_session_read_log (session, &store, error))
    return NULL;
  return store != NULL ? trk_store_interruptions (store, period, error)
                       : g_ptr_array_new_with_free_func ((GDestroyNotify) trk_interruption_free);
}

/* -- Listing ----------------------------------------------------------------------------------- */

static void
print_json (TrkSession *session, const GPtrArray *rows)
{
  g_autoptr (TrkJson) builder = trk_json_new ();

  trk_json_begin_array (builder);
  for (guint i = 0; i < rows->len; i++)
    trk_asked_to_json (g_ptr_array_index (rows, i), builder);
  trk_json_end_array (builder);
  trk_json_print (session, builder);
}

static void
print_text (TrkSession *session, const GPtrArray *rows)
{
  TrkAlmanac almanac = trk_session_almanac (session);
  TrkDay today = trk_almanac_day (&almanac, trk_session_now (session));
  g_autoptr (TrkColumns) columns = trk_columns_new ("lllf");
  TrkDay shown = G_MININT32;

  for (guint i = 0; i < rows->len; i++)
    {
      const TrkInterruption *asked = g_ptr_array_index (rows, i);
      TrkDay day = trk_almanac_day (&almanac, asked->at);
      g_autofree char *at = trk_zone_format_time (almanac.zone, asked->at);
      g_autofree char *answer = trk_asked_answer (asked, almanac.zone);
      g_autofree char *heading = trk_format_day (day, today);

      if (day != shown)
        trk_columns_add_heading (columns, heading);
      shown = day;
      trk_columns_add (columns, TRK_PAINT_PLAIN, at, asked->program, answer,
                       asked->note != NULL ? asked->note : "");
    }
  trk_columns_print (columns, session);
}

static gboolean
run_guard (TrkSession *session, const TrkArgs *args, GError **error)
{
  g_autofree char *when = trk_args_count (args) > 0 ? trk_args_join (args, 0) : NULL;
  g_autoptr (GPtrArray) rows = NULL;
  TrkPeriod period;
  TrkSpan span;

  if (!trk_session_when (session, when, &period, &span, error))
    return FALSE;
  rows = asked_in (session, period, error);
  if (rows == NULL)
    return FALSE;
  if (trk_session_json (session))
    print_json (session, rows);
  else if (rows->len == 0)
    trk_session_say (session, "The focus guard asked about nothing.");
  else
    print_text (session, rows);
  return TRUE;
}

/* -- Answering --------------------------------------------------------------------------------- */

static gboolean
answer (TrkSession *session, const char *word, TrkDuration length, const char *why, GError **error)
{
  TrkInstant now = trk_session_now (session);
  g_autoptr (GVariant) result =
      trk_session_call (session, "Guard", g_variant_new ("(sxs)", word, length, why), error);
  g_autoptr (GPtrArray) rows = NULL;
  g_autofree char *text = NULL;
  const TrkInterruption *last;

  if (result == NULL)
    return FALSE;
  rows = asked_in (session, (TrkPeriod){ trk_instant_add (now, -24 * TRK_HOUR), TRK_NEVER }, NULL);
  if (rows == NULL || rows->len == 0)
    return TRUE;
  last = g_ptr_array_index (rows, rows->len - 1);
  text = trk_asked_answer (last, trk_session_zone (session));
  trk_session_say (session, "%s: %s", last->program, text);
  return TRUE;
}

/* All words are the reason; none is "". Owned by the caller; NULL with @error. */
static char *
reason_of (const TrkArgs *args, GError **error)
{
  g_autofree char *text = trk_args_join (args, 0);

  return *text == '\0' ? g_steal_pointer (&text) : trk_parse_text (text, "reason", error);
}

static gboolean
run_back (TrkSession *session, const TrkArgs *args, GError **error)
{
  g_autofree char *why = reason_of (args, error);

  return why != NULL && answer (session, "back", 0, why, error);
}

static gboolean
run_work (TrkSession *session, const TrkArgs *args, GError **error)
{
  g_autofree char *why = reason_of (args, error);

  return why != NULL && answer (session, "work", 0, why, error);
}

static gboolean
run_allow (TrkSession *session, const TrkArgs *args, GError **error)
{
  g_autofree char *text = trk_args_join (args, 0);
  TrkDuration length = 0;

  return (*text == '\0' || trk_duration_parse (text, &length, error))
         && answer (session, "allow", length, "", error);
}

static const TrkOption guard_options[] = { TRK_OPTION_JSON, { NULL } };

const TrkCommand trk_commands_guard[] = {
  { "guard", "[WHEN]", 0, 3, "Show what the focus guard asked about",
    "Programs that the configuration lists under [guard] and that were started or came to the "
    "front during focus, today or at WHEN, with what was answered. Nothing is ever closed; see "
    "trackerd.conf(5) for what the guard can see, and what it cannot enforce.\n\n"
    "JSON: an array of number, at, program, block (null: by hand), answer (none, back, allow, "
    "work), answered, until (null unless allowed), note.",
    guard_options, run_guard },
  { "guard back", "[WHY]", 0, G_MAXUINT, "Back to work: the program was a distraction",
    "Answers what the guard asked last, as the button does. In this block it is not asked about "
    "again. tracker undo takes the answer back.",
    NULL, run_back },
  { "guard allow", "[5m]", 0, 3, "Allow the program for a while",
    "Answers what the guard asked last, as the button does. When the time is over and the program "
    "is still in front, it is asked about again. tracker undo takes the answer back.",
    NULL, run_allow },
  { "guard work", "[WHY]", 0, G_MAXUINT, "The program is work",
    "Answers what the guard asked last, as the button does. In this block it is not asked about "
    "again. tracker undo takes the answer back.\n\n"
    " tracker guard work the customer writes there",
    NULL, run_work },
  { NULL },
};
