/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-columns.h"
#include "trk-commands.h"
#include "trk-error.h"
#include "trk-format.h"
#include "trk-json-print.h"
#include "trk-reason-words.h"
#include "trk-simulated-day.h"

/* tracker simulate: what the daemon would do with a period's plan. */

/* What the effect is about, in the user's words; borrowed. */
static const char *
title_of (const TrkEffect *effect, const TrkPlan *plan)
{
  const TrkBlock *block;

  if (effect->notice != NULL)
    return effect->notice->title;
  if (effect->entry != NULL)
    return effect->entry->title;
  block = effect->block_id != NULL ? trk_plan_block (plan, effect->block_id) : NULL;
  return block != NULL ? block->title : NULL;
}

/* -- Text -------------------------------------------------------------------------------------- */

/* The word that says which of its kind the effect is. */
static const char *
detail_of (const TrkEffect *effect)
{
  if (effect->type == TRK_EFFECT_HOOK)
    return trk_hook_to_string (effect->hook);
  if (effect->notice != NULL)
    return trk_notice_kind_to_string (effect->notice->kind);
  if (effect->entry != NULL)
    return trk_kind_to_string (effect->entry->kind);
  if (effect->state != NULL && effect->state->outcome != TRK_OUTCOME_NONE)
    return trk_outcome_to_string (effect->state->outcome);
  return NULL;
}

/* What nobody sees: a note in the log that a notice was given, a moment at which a hook may run. */
static gboolean
is_bookkeeping (const TrkEffect *effect)
{
  if (effect->type == TRK_EFFECT_HOOK || effect->type == TRK_EFFECT_WITHHOLD
      || effect->type == TRK_EFFECT_ABSENCE)
    return TRUE;
  return effect->state != NULL && effect->state->outcome == TRK_OUTCOME_NONE;
}

static gboolean
shows_any (const GPtrArray *effects)
{
  for (guint i = 0; i < effects->len; i++)
    if (!is_bookkeeping (effects->pdata[i]))
      return TRUE;
  return FALSE;
}

/* What happens, in a word. */
static const char *
effect_words (const TrkEffect *effect)
{
  switch (effect->type)
    {
    case TRK_EFFECT_NOTIFY:
      return "notice";
    case TRK_EFFECT_ENTRY_OPEN:
      return "begins";
    case TRK_EFFECT_ENTRY_CLOSE:
      return "ends";
    case TRK_EFFECT_ENTRY_AMEND:
      return "changes";
    case TRK_EFFECT_BLOCK_STATE:
      return "outcome";
    case TRK_EFFECT_FOCUS_ON:
      return "quiet on";
    case TRK_EFFECT_FOCUS_OFF:
      return "quiet off";
    case TRK_EFFECT_LOCK:
      return "locks";
    default:
      return trk_effect_type_to_string (effect->type);
    }
}

/* What is announced before an end has the reason of that end. */
static const char *
why_of (const TrkEffect *effect)
{
  if (effect->notice != NULL && effect->notice->kind == TRK_NOTICE_ENDING)
    return "its time is nearly over";
  return effect->type == TRK_EFFECT_BLOCK_STATE
             ? trk_outcome_reason_said (effect->state->outcome, effect->reason)
             : trk_reason_said (effect->reason);
}

static void
print_text (TrkSession *session, const GPtrArray *effects, const TrkPlan *plan)
{
  TrkAlmanac almanac = trk_session_almanac (session);
  g_autoptr (TrkColumns) columns = trk_columns_new ("lllfo");
  TrkDay today = trk_almanac_day (&almanac, trk_session_now (session));
  TrkDay day = G_MININT32;

  for (guint i = 0; i < effects->len; i++)
    {
      const TrkEffect *effect = effects->pdata[i];
      g_autofree char *time = trk_zone_format_time (almanac.zone, effect->at);

      if (is_bookkeeping (effect))
        continue;
      if (trk_almanac_day (&almanac, effect->at) != day)
        {
          g_autofree char *heading = NULL;

          day = trk_almanac_day (&almanac, effect->at);
          heading = trk_format_day (day, today);
          trk_columns_add_heading (columns, heading);
        }
      trk_columns_add (columns, TRK_PAINT_PLAIN, time, effect_words (effect), detail_of (effect),
                       title_of (effect, plan), why_of (effect));
    }
  trk_columns_print (columns, session);
}

/* -- JSON -------------------------------------------------------------------------------------- */

static void
add_effect (TrkJson *builder, const TrkEffect *effect, const TrkPlan *plan)
{
  g_autofree char *line = trk_effect_to_line (effect);
  const TrkNotice *notice = effect->notice;

  trk_json_begin_object (builder);
  trk_json_instant (builder, "at", effect->at);
  trk_json_string (builder, "effect", trk_effect_type_to_string (effect->type));
  trk_json_string (builder, "detail", detail_of (effect));
  trk_json_string (builder, "reason", trk_reason_to_string (effect->reason));
  trk_json_string (builder, "block", effect->block_id);
  trk_json_string (builder, "title", title_of (effect, plan));
  trk_json_string (builder, "body", notice != NULL ? notice->body : NULL);
  trk_json_name (builder, "buttons");
  trk_json_begin_array (builder);
  for (guint i = 0; notice != NULL && i < notice->n_buttons; i++)
    trk_json_add_string (builder, trk_button_to_string (notice->buttons[i]));
  trk_json_end_array (builder);
  trk_json_string (builder, "line", line);
  trk_json_end_object (builder);
}

static void
print_json (TrkSession *session, const GPtrArray *effects, const TrkPlan *plan)
{
  g_autoptr (TrkJson) builder = trk_json_new ();

  trk_json_begin_array (builder);
  for (guint i = 0; i < effects->len; i++)
    add_effect (builder, effects->pdata[i], plan);
  trk_json_end_array (builder);
  trk_json_print (session, builder);
}

/* -- The command ------------------------------------------------------------------------------- */

static gboolean
read_user (const TrkArgs *args, TrkSimulatedUser *user, GError **error)
{
  const char *word = trk_args_option (args, "presence");

  *user = TRK_USER_FOLLOWS_PLAN;
  if (word == NULL || trk_simulated_user_from_string (word, user))
    return TRUE;
  g_set_error (error, TRK_ERROR, TRK_ERROR_USAGE,
               "--presence '%s' is none of plan, active, away, unknown", word);
  return FALSE;
}

static void
say_nothing (TrkSession *session, const TrkPlan *plan, const TrkAlmanac *almanac, TrkSpan span)
{
  g_autofree char *when = trk_format_empty (almanac, plan->period, span, trk_session_now (session));

  trk_session_say (session,
                   plan->blocks->len > 0
                       ? "Nothing would be done %s: what is planned asks for nothing."
                       : "Nothing is planned %s, so nothing would be done.",
                   when);
}

static gboolean
run (TrkSession *session, const TrkArgs *args, GError **error)
{
  g_autofree char *when = trk_args_count (args) > 0 ? trk_args_join (args, 0) : NULL;
  TrkConfig *config = trk_session_config (session, error);
  TrkAlmanac almanac = trk_session_almanac (session);
  g_auto (TrkSimulatedDay) day = { 0 };
  g_autoptr (GPtrArray) effects = NULL;
  TrkSimulatedUser user;
  TrkPeriod period;
  TrkSpan span;

  if (config == NULL || !read_user (args, &user, error)
      || !trk_session_when (session, when, &period, &span, error))
    return FALSE;
  if (!trk_simulated_day_load (&day, session, config, period, error))
    return FALSE;
  if (day.remembered)
    effects = trk_simulation_go_on (day.plan, (TrkPeriod){ trk_session_now (session), period.end },
                                    user, &config->policies, &almanac, &day.memory);
  else
    effects = trk_simulation_run (day.plan, period, user, &config->policies, &almanac);
  if (trk_session_json (session))
    print_json (session, effects, day.plan);
  else if (shows_any (effects))
    print_text (session, effects, day.plan);
  else
    say_nothing (session, day.plan, &almanac, span);
  return TRUE;
}

static const TrkOption options[] = {
  { "presence", 'p', "WORD",
    "Who is there: plan (away in breaks; default), active, away, unknown" },
  TRK_OPTION_JSON,
  { NULL },
};

const TrkCommand trk_commands_simulate[] = {
  { "simulate", "[WHEN]", 0, 3, "Show what the daemon would do, without doing it",
    "Steps the daemon's own engine through the plan of WHEN (today by default) from one deadline "
    "to the next and lists the effects: time, what would be done, about what, and why. Neither the "
    "log nor the desktop is touched. Where WHEN has this moment, it goes on from here and from "
    "what "
    "the log knows: what is kept, and what was skipped, done, moved or left; time that nobody "
    "kept, since no daemon runs, is not taken as kept. Where nothing tells who is there, so that "
    "what runs is kept as planned, --presence plan means unknown. Without a log, and "
    "for "
    "other days, the whole of them is told as planned. The text "
    "leaves out what nobody would see: hooks, and notices that would be withheld (withhold), whose "
    "reason tracker history --why tells of a real day.\n\n"
    "JSON: every effect, an array by time of at, effect (notify, withdraw, entry-open, "
    "entry-close, gap-open, "
    "gap-close, block-state, focus-on, focus-off, lock, hook, withhold), detail (the kind of "
    "notice or "
    "entry, an "
    "outcome, the hook's name, or null), reason, block (its ID or null), title, body and buttons "
    "(of a notice), line (the same as one line of text).",
    options, run },
  { NULL },
};
