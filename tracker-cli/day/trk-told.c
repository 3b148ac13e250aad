/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-told.h"

#include "trk-asked.h"
#include "trk-format.h"
#include "trk-times.h"

/* A start waits for a minute after the notice before it, and nothing goes before it then. */
#define LONGEST_TURN (2 * TRK_MINUTE)

TrkTold *
trk_told_new (TrkStore *store, const TrkBlockRecord *record, GError **error)
{
  g_autoptr (TrkTold) told = g_new0 (TrkTold, 1);

  told->record = record;
  told->first_trace = TRK_NEVER;
  if (store == NULL)
    {
      told->notices = g_ptr_array_new ();
      told->asked = g_ptr_array_new ();
      return g_steal_pointer (&told);
    }
  told->notices = trk_store_block_notices (store, record->block->id, error);
  told->asked = trk_store_block_interruptions (store, record->block->id, error);
  if (told->notices == NULL || told->asked == NULL
      || !trk_store_first_trace (store, &told->first_trace, error)
      || !trk_store_daemon_absence (store, record->block->period.start, &told->absence, error))
    return NULL;
  return g_steal_pointer (&told);
}

void
trk_told_free (TrkTold *told)
{
  if (told == NULL)
    return;
  g_clear_pointer (&told->notices, g_ptr_array_unref);
  g_clear_pointer (&told->asked, g_ptr_array_unref);
  g_free (told);
}

/* -- One notice -------------------------------------------------------------------------------- */

/* What was, instead of the user's working on it. */
static const char *
absence_word (TrkReason reason)
{
  switch (reason)
    {
    case TRK_REASON_AWAY:
      return "nobody was there";
    case TRK_REASON_LOCK:
      return "the screen was locked";
    case TRK_REASON_SWITCHED:
      return "another user, or another console, was on the screen";
    case TRK_REASON_SLEEP:
      return "the machine slept";
    case TRK_REASON_NOT_RUNNING:
      return "trackerd was not running";
    case TRK_REASON_SHUTDOWN:
      return "trackerd had been stopped";
    case TRK_REASON_PAUSE:
      return "it was paused";
    case TRK_REASON_STOP:
      return "it had been stopped";
    case TRK_REASON_BY_HAND:
      return "it was not what was worked on";
    default:
      return NULL;
    }
}

/* What the user did before its turn came; NULL: nothing. */
static const char *
deed_word (TrkReason reason)
{
  return trk_reason_is_deed (reason) || reason == TRK_REASON_SNOOZE || reason == TRK_REASON_EXTEND
                 || reason == TRK_REASON_RESUME
             ? trk_reason_to_string (reason)
             : NULL;
}

/* Words that say all, whatever the notice; NULL: it depends on it. */
static const char *
plain_words (TrkReason reason)
{
  switch (reason)
    {
    case TRK_REASON_TURN:
      return "it had to wait for its turn";
    case TRK_REASON_LATE:
      return "its time had passed when it could be given";
    case TRK_REASON_SWITCH:
      return "another one came in the same minute, and then it was not true any more";
    case TRK_REASON_CALL:
      return "it waits for the end of a call or a presentation";
    case TRK_REASON_OVERLAP:
      return "something else took its time";
    case TRK_REASON_PLAN:
      return "it left the calendar before its turn came";
    case TRK_REASON_SHUTDOWN:
      return "trackerd ended before its turn came";
    default:
      return NULL;
    }
}

const char *
trk_told_rest (const TrkNoticeRecord *record)
{
  return record->withheld && record->reason == TRK_REASON_AWAY && record->rule != NULL
                 && g_str_has_prefix (record->rule, "away ")
             ? record->rule
             : NULL;
}

char *
trk_told_withheld_words (const TrkNoticeRecord *record)
{
  TrkNoticeKind kind = record->notice->kind;
  gboolean of_work =
      (kind == TRK_NOTICE_ENDING || kind == TRK_NOTICE_END) && trk_told_rest (record) == NULL;
  TrkReason why = record->reason;

  if (plain_words (why) != NULL)
    return g_strdup (plain_words (why));
  if (of_work && why == TRK_REASON_BLOCK_START)
    return g_strdup ("the notice of the next block says it");
  if (why == TRK_REASON_BLOCK_START || (why == TRK_REASON_BLOCK_END && kind == TRK_NOTICE_START))
    return g_strdup ("the configuration wants none");
  if (why == TRK_REASON_BLOCK_END)
    return g_strdup ("it was over before its turn came");
  if (!of_work && why == TRK_REASON_AWAY)
    return g_strdup ("the break was taken already, by being away");
  if (of_work && absence_word (why) != NULL)
    return g_strdup (absence_word (why));
  if (deed_word (why) != NULL)
    return g_strdup_printf ("you had acted before its turn came (%s)", deed_word (why));
  return g_strdup (trk_reason_to_string (why));
}

static char *
fate (const TrkNoticeRecord *notice)
{
  if (notice->withheld)
    {
      g_autofree char *why = trk_told_withheld_words (notice);

      return g_strdup_printf ("not given%s: %s",
                              notice->reason == TRK_REASON_TURN ? " at once" : "", why);
    }
  if (notice->shown != 0)
    return g_strdup_printf ("shown by %s%s", notice->backend != NULL ? notice->backend : "a server",
                            notice->quiet ? " while do-not-disturb was wanted" : "");
  return g_strdup_printf ("not shown%s%s", notice->backend != NULL ? ": " : "",
                          notice->backend != NULL ? notice->backend : ", nobody could be asked");
}

static char *
answer_words (const TrkNoticeRecord *notice, const TrkZone *zone)
{
  g_autofree char *at = NULL;

  if (notice->withheld || notice->shown == 0)
    return g_strdup ("");
  if (notice->answered == 0)
    return g_strdup ("; no answer");
  at = trk_zone_format_time (zone, notice->answered);
  return g_strdup_printf ("; %s at %s", notice->answer, at);
}

/* Its time had passed when its event came into the calendar. */
static gboolean
is_before_its_event (const TrkNoticeRecord *notice, const TrkBlock *block)
{
  return notice->withheld && notice->notice->kind == TRK_NOTICE_LEAD
         && notice->reason == TRK_REASON_LATE && notice->at <= block->known;
}

/* What happened to one of @block's. Owned by the caller. */
static char *
fate_of (const TrkNoticeRecord *notice, const TrkBlock *block, const TrkZone *zone)
{
  g_autofree char *known = trk_zone_format_time (zone, block->known);

  return is_before_its_event (notice, block)
             ? g_strdup_printf ("not given: its event came into the calendar at %s, when that was "
                                "over",
                                known)
             : fate (notice);
}

char *
trk_told_notice_words (const TrkNoticeRecord *notice, const TrkBlock *block, const TrkZone *zone)
{
  g_autofree char *at = trk_zone_format_time (zone, notice->at);
  g_autofree char *what = fate_of (notice, block, zone);
  g_autofree char *answer = answer_words (notice, zone);

  return g_strdup_printf ("%s %s, %s%s%s%s", at, trk_notice_kind_to_string (notice->notice->kind),
                          what, answer, notice->rule != NULL ? " — " : "",
                          notice->rule != NULL ? notice->rule : "");
}

/* -- The start --------------------------------------------------------------------------------- */

/* The last word about a kind: one that was given counts, whatever was withheld before. */
static const TrkNoticeRecord *
find (const TrkTold *told, TrkNoticeKind kind)
{
  const TrkNoticeRecord *found = NULL;

  for (guint i = 0; i < told->notices->len; i++)
    {
      const TrkNoticeRecord *notice = g_ptr_array_index (told->notices, i);

      if (notice->notice->kind == kind && (found == NULL || found->withheld || !notice->withheld))
        found = notice;
    }
  return found;
}

static char *
absence_words (const TrkTold *told, const TrkAlmanac *almanac, TrkDay today)
{
  g_autofree char *from = NULL;
  g_autofree char *to = trk_format_moment (almanac, told->absence.end, today);

  if (told->absence.start == 0)
    return g_strdup_printf ("trackerd was first started at %s", to);
  from = trk_format_moment (almanac, told->absence.start, today);
  return g_strdup_printf ("trackerd was not running between %s (last sign of life) and %s", from,
                          to);
}

/* By what became of the block; NULL: that says nothing of it. */
static const char *
outcome_words (const TrkBlockState *state)
{
  if (state->outcome == TRK_OUTCOME_SKIPPED)
    return "it was skipped";
  if (state->outcome == TRK_OUTCOME_CANCELLED)
    return "it left the calendar";
  if (state->outcome == TRK_OUTCOME_DONE && state->outcome_reason == TRK_REASON_AWAY)
    return "the break was taken already, by being away";
  if (state->outcome_reason == TRK_REASON_OVERLAP)
    return "something else took all of its time";
  if (state->outcome_reason == TRK_REASON_LATE)
    return "its time passed while nobody could tell: asleep, or not running";
  return NULL;
}

/* Whether it still waits, or did when the daemon was killed. */
static char *
turn_words (const TrkTold *told, const TrkNoticeRecord *start, TrkInstant now)
{
  if (told->record->block->period.end > now && told->record->state->outcome == TRK_OUTCOME_NONE
      && now - start->at < LONGEST_TURN)
    return g_strdup_printf ("it waits for its turn (%s)", start->rule);
  return g_strdup ("it waited for its turn, and trackerd ended before that came");
}

static char *
why_no_record (const TrkTold *told, const TrkAlmanac *almanac, TrkInstant now)
{
  const TrkBlock *block = told->record->block;
  const TrkBlockState *state = told->record->state;
  TrkDay today = trk_almanac_day (almanac, now);

  if (state->start > now)
    {
      g_autofree char *to = trk_format_moment (almanac, state->start, today);

      return g_strdup_printf ("it was put off to %s", to);
    }
  if (state->outcome_reason == TRK_REASON_LATE && !trk_period_is_empty (told->absence))
    return absence_words (told, almanac, today);
  if (outcome_words (state) != NULL)
    return g_strdup (outcome_words (state));
  if (state->begun_early)
    return g_strdup ("you began it before its time");
  if (block->period.start > now)
    return g_strdup ("it has not begun");
  if (told->first_trace == TRK_NEVER || block->period.start < told->first_trace)
    return g_strdup ("nobody kept time yet");
  if (!trk_period_is_empty (told->absence))
    return absence_words (told, almanac, today);
  if (block->kind == TRK_KIND_OFF)
    return g_strdup ("off time is not announced");
  return g_strdup ("the log does not say: it may be older than these notes, or trackerd ended "
                   "then and has not come back");
}

char *
trk_told_why_not (const TrkTold *told, const TrkAlmanac *almanac, TrkInstant now)
{
  const TrkNoticeRecord *start = find (told, TRK_NOTICE_START);
  g_autofree char *absence = NULL;

  if (start == NULL)
    return why_no_record (told, almanac, now);
  if (!start->withheld)
    return start->shown != 0 ? NULL : fate (start);
  if (start->reason == TRK_REASON_TURN)
    return turn_words (told, start, now);
  if (start->reason == TRK_REASON_CALL && start->rule != NULL)
    return g_strdup_printf ("%s: %s", plain_words (start->reason), start->rule);
  if (trk_told_rest (start) != NULL)
    return g_strdup_printf ("the break was taken already: %s", start->rule);
  if (start->reason != TRK_REASON_LATE)
    return trk_told_withheld_words (start);
  if (trk_period_is_empty (told->absence))
    return g_strdup ("its time passed while the machine slept or stood still");
  return absence_words (told, almanac, trk_almanac_day (almanac, now));
}

/* -- JSON -------------------------------------------------------------------------------------- */

static void
add_notice (TrkJson *json, const TrkNoticeRecord *notice)
{
  trk_json_begin_object (json);
  trk_json_instant (json, "at", notice->at);
  trk_json_string (json, "kind", trk_notice_kind_to_string (notice->notice->kind));
  trk_json_string (json, "title", notice->notice->title);
  trk_json_bool (json, "withheld", notice->withheld);
  trk_json_string (json, "reason", trk_reason_to_string (notice->reason));
  trk_json_string (json, "rule", notice->rule);
  trk_json_instant (json, "shown", notice->shown);
  trk_json_string (json, "backend", notice->backend);
  trk_json_bool (json, "quiet", notice->quiet);
  trk_json_instant (json, "answered", notice->answered);
  trk_json_string (json, "answer", notice->answer);
  trk_json_end_object (json);
}

static void
add_said (TrkJson *json, const TrkTold *told)
{
  trk_json_name (json, "notices");
  trk_json_begin_array (json);
  for (guint i = 0; i < told->notices->len; i++)
    add_notice (json, g_ptr_array_index (told->notices, i));
  trk_json_end_array (json);
  trk_json_name (json, "asked");
  trk_json_begin_array (json);
  for (guint i = 0; i < told->asked->len; i++)
    trk_asked_to_json (g_ptr_array_index (told->asked, i), json);
  trk_json_end_array (json);
}

void
trk_told_to_json (const TrkTold *told, const TrkAlmanac *almanac, TrkInstant now, TrkJson *json)
{
  const TrkBlock *block = told->record->block;
  const TrkBlockState *state = told->record->state;
  g_autofree char *why_not = trk_told_why_not (told, almanac, now);

  trk_json_begin_object (json);
  trk_json_string (json, "block", block->id);
  trk_json_string (json, "title", block->title);
  trk_json_string (json, "kind", trk_kind_to_string (block->kind));
  trk_json_string (json, "kind_why", block->kind_why);
  trk_json_instant (json, "start", block->period.start);
  trk_json_instant (json, "end", block->period.end);
  trk_json_string (json, "outcome", trk_outcome_to_string (state->outcome));
  trk_json_string (json, "outcome_reason",
                   state->outcome != TRK_OUTCOME_NONE ? trk_reason_to_string (state->outcome_reason)
                                                      : NULL);
  trk_json_int (json, "postponed", state->postponed);
  trk_json_bool (json, "told", why_not == NULL);
  trk_json_string (json, "why_not", why_not);
  add_said (json, told);
  trk_json_end_object (json);
}
