/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-agenda-note.h"

#include "trk-duration.h"
#include "trk-format.h"

static const TrkBlockState *
state_of (const TrkAgendaRow *row)
{
  return row->record != NULL ? row->record->state : NULL;
}

/* Over, as the log or the user said: no row of it is what goes on now. */
static gboolean
is_settled (const TrkAgendaRow *row)
{
  return row->record == NULL || row->record->state->outcome != TRK_OUTCOME_NONE;
}

gboolean
trk_agenda_is_now (const TrkAgenda *agenda, const TrkAgendaRow *row)
{
  TrkPeriod held = { row->period.start, row->end };

  if (row->open)
    return TRUE;
  return !is_settled (row) && trk_period_contains (held, agenda->now)
         && trk_almanac_day (&agenda->almanac, agenda->now) == row->part.day;
}

/* Stopped by hand: it does not run, and nothing takes it up by itself. */
static gboolean
is_stopped (const TrkAgendaRow *row)
{
  const TrkBlockState *state = state_of (row);

  return state != NULL && !row->open && state->outcome == TRK_OUTCOME_NONE
         && state->outcome_reason == TRK_REASON_STOP;
}

/* -- Its parts: each returns NULL when there is nothing to say --------------------------------- */

static char *
time_left (const TrkAgenda *agenda, const TrkAgendaRow *row)
{
  g_autofree char *left = NULL;
  gboolean plain;

  if (row->record == NULL || !trk_agenda_is_now (agenda, row))
    return NULL;
  if (is_stopped (row))
    return g_strdup ("stopped");
  if (row->end <= agenda->now)
    return g_strdup ("over its time");
  left = trk_duration_format (row->end - agenda->now);
  plain = row->open || row->kind == TRK_KIND_OFF || state_of (row)->runs_unplanned;
  return g_strdup_printf ("%s%s left", plain ? "" : "planned now, ", left);
}

static char *
outcome_words (const TrkAgenda *agenda, const TrkAgendaRow *row)
{
  const TrkBlockState *state = state_of (row);

  switch (trk_agenda_outcome (agenda, row))
    {
    case TRK_OUTCOME_SKIPPED:
      return state->note != NULL ? g_strdup_printf ("skipped: %s", state->note)
                                 : g_strdup ("skipped");
    case TRK_OUTCOME_MISSED:
    case TRK_OUTCOME_CANCELLED:
      return g_strdup (trk_outcome_to_string (trk_agenda_outcome (agenda, row)));
    case TRK_OUTCOME_DONE:
      return row->kind == TRK_KIND_BREAK && state->outcome_reason == TRK_REASON_AWAY
                 ? g_strdup ("away")
                 : NULL;
    default:
      return NULL;
    }
}

gboolean
trk_agenda_is_unplanned (const TrkAgendaRow *row)
{
  return row->record == NULL && row->on_plan == 0;
}

/* It goes on, or went on to its end, by the user's word. */
static char *
left_calendar (const TrkAgendaRow *row)
{
  const TrkBlockState *state = state_of (row);

  return state != NULL && state->runs_unplanned ? g_strdup ("no longer in the calendar") : NULL;
}

/* Time without a block is no less on plan in the time of focus that was planned. */
static char *
on_plan (const TrkAgendaRow *row)
{
  g_autofree char *length = NULL;

  if (row->record != NULL || row->on_plan == 0)
    return NULL;
  if (row->on_plan == row->actual)
    return g_strdup ("in planned focus time");
  length = trk_duration_format (row->on_plan);
  return g_strdup_printf ("%s in planned focus time", length);
}

static char *
lateness (const TrkAgenda *agenda, const TrkAgendaRow *row)
{
  TrkDuration late = row->first - row->period.start;
  g_autofree char *at = NULL;

  if (row->record == NULL || !trk_agenda_is_begun (row) || row->first == 0
      || ABS (late) < TRK_MINUTE)
    return NULL;
  /* In the event's time, of which something took the beginning away later, nothing is early. */
  if (late < 0 && row->first >= row->record->block->planned.start)
    return NULL;
  if (late > 0)
    return g_strdup_printf ("+%d late", (int) (late / TRK_MINUTE));
  at = trk_zone_format_time (agenda->almanac.zone, row->first);
  return g_strdup_printf ("early, at %s", at);
}

static const char *
gap_word (TrkReason reason)
{
  switch (reason)
    {
    case TRK_REASON_LOCK:
      return "locked";
    case TRK_REASON_SWITCHED:
      return "switched away";
    case TRK_REASON_SLEEP:
      return "asleep";
    case TRK_REASON_PAUSE:
      return "paused";
    case TRK_REASON_NOT_RUNNING:
    case TRK_REASON_SHUTDOWN:
    case TRK_REASON_EDIT: /* an end that was taken back late */
      return "not kept";
    default:
      return "away";
    }
}

static char *
interruptions (const TrkAgenda *agenda, const TrkAgendaRow *row)
{
  const TrkGap *gap = row->gaps != NULL ? g_ptr_array_index (row->gaps, 0) : NULL;
  g_autofree char *text = NULL;
  TrkPeriod day;
  TrkDuration sum = 0;

  if (gap == NULL)
    return NULL;
  if (row->gaps->len == 1)
    {
      text = trk_format_span (agenda->almanac.zone, gap->period);
      return g_strdup_printf ("%s %s", gap_word (gap->reason), text);
    }
  day = trk_almanac_day_period (&agenda->almanac, row->part.day);
  for (guint i = 0; i < row->gaps->len; i++)
    {
      TrkPeriod period = ((const TrkGap *) g_ptr_array_index (row->gaps, i))->period;

      period.end = MIN (period.end, agenda->now);
      sum += trk_period_length (trk_period_intersect (period, day));
    }
  text = trk_duration_format (sum);
  return g_strdup_printf ("%u gaps, %s", row->gaps->len, text);
}

/* "3 min", what was lost without being taken; NULL: nothing. */
static char *
too_short (const TrkSqueeze *squeeze)
{
  TrkDuration rest =
      trk_period_length (squeeze->lost) - trk_period_length (trk_agenda_squeeze_taken (squeeze));

  return rest > 0 ? trk_duration_format (rest) : NULL;
}

static char *
cut (const TrkAgenda *agenda, const TrkAgendaRow *row, const TrkSqueeze *squeeze)
{
  g_autofree char *span = trk_agenda_squeeze_span (&agenda->almanac, squeeze, row->part.day);
  g_autofree char *rest = too_short (squeeze);

  return g_strconcat ("cut ", span, " by ", squeeze->by->title, rest != NULL ? ", " : NULL, rest,
                      " beside it too short", NULL);
}

static char *
moved (const TrkAgenda *agenda, const char *word, TrkInstant to)
{
  g_autofree char *time = to != 0 ? trk_zone_format_time (agenda->almanac.zone, to) : NULL;

  return time != NULL ? g_strconcat (word, " ", time, NULL) : NULL;
}

/* What lies in other days. Time off is not summed: when it ends says enough. */
static char *
elsewhere (const TrkAgenda *agenda, const TrkAgendaRow *row)
{
  gboolean ends_here = row->part.last <= row->part.day;
  g_autofree char *rest = NULL;
  g_autofree char *first = NULL;
  g_autofree char *last = NULL;
  g_autofree char *end = NULL;
  TrkDay today;

  if (row->part.before == 0 && row->part.after == 0) /* of nearly all */
    return NULL;
  today = trk_almanac_day (&agenda->almanac, agenda->now);
  rest = trk_day_part_words (&row->part, today);
  first = trk_format_day_short (row->part.first, today);
  last = trk_format_day_short (row->part.last, today);
  end = trk_zone_format_time (agenda->almanac.zone, row->period.end);
  if (row->kind == TRK_KIND_OFF && row->part.before > 0)
    return g_strdup_printf ("begun %s%s%s", first, ends_here ? "" : ", to ", ends_here ? "" : last);
  if (row->kind == TRK_KIND_OFF)
    return g_strdup_printf ("to %s", last);
  return g_strdup_printf ("until %s, %s", end, rest);
}

/* -- Together ---------------------------------------------------------------------------------- */

/* @sign: the length of the sign that @note begins with. */
static void
add_part (GString *note, gsize sign, char *part)
{
  if (part != NULL && note->len > 0)
    g_string_append (note, note->len == sign ? " " : ", ");
  if (part != NULL)
    g_string_append (note, part);
  g_free (part);
}

static const char *
sign_of (const TrkAgenda *agenda, const TrkAgendaRow *row, TrkPaint *paint)
{
  *paint = TRK_PAINT_PLAIN;
  switch (trk_agenda_outcome (agenda, row))
    {
    case TRK_OUTCOME_DONE:
      *paint = TRK_PAINT_GOOD;
      return "✓";
    case TRK_OUTCOME_PARTIAL:
      *paint = TRK_PAINT_WARN;
      return "◐";
    case TRK_OUTCOME_MISSED:
      *paint = TRK_PAINT_BAD;
      return "✗";
    case TRK_OUTCOME_SKIPPED:
    case TRK_OUTCOME_CANCELLED:
      *paint = TRK_PAINT_DIM;
      return "–";
    default:
      return row->open ? "…" : NULL;
    }
}

const char *
trk_agenda_end_word (const TrkBlockState *state, TrkPeriod planned)
{
  gboolean moved =
      state->start > planned.start && state->end - state->start <= trk_period_length (planned);

  return moved ? "until" : "extended to";
}

char *
trk_agenda_note (const TrkAgenda *agenda, const TrkAgendaRow *row, TrkPaint *paint)
{
  const TrkBlockState *state = state_of (row);
  GString *note = g_string_new (sign_of (agenda, row, paint));
  gsize sign = note->len;

  if (state != NULL && trk_agenda_is_begun (row)
      && (state->start > row->period.start || state->start > agenda->now))
    add_part (note, sign, moved (agenda, "→", state->start));
  if (state == NULL || state->start <= agenda->now)
    add_part (note, sign, time_left (agenda, row));
  add_part (note, sign, outcome_words (agenda, row));
  add_part (note, sign, left_calendar (row));
  add_part (note, sign, elsewhere (agenda, row));
  add_part (note, sign, trk_agenda_is_unplanned (row) ? g_strdup ("unplanned") : on_plan (row));
  add_part (note, sign, lateness (agenda, row));
  add_part (note, sign, interruptions (agenda, row));
  for (guint i = 0; row->cuts != NULL && i < row->cuts->len; i++)
    add_part (note, sign, cut (agenda, row, g_ptr_array_index (row->cuts, i)));
  if (state != NULL && row->end > row->period.end)
    add_part (note, sign,
              moved (agenda, trk_agenda_end_word (state, row->record->block->period), row->end));
  return g_string_free (note, FALSE);
}

TrkPeriod
trk_agenda_squeeze_taken (const TrkSqueeze *squeeze)
{
  TrkPeriod taken = trk_period_intersect (squeeze->lost, squeeze->by->period);

  /* Beyond a limit of cuts a block is lost whole to one that has no more of it than others. */
  return trk_period_is_empty (taken) ? squeeze->lost : taken;
}

/* Who goes first, and by what. */
static char *
precedence (const TrkSqueeze *squeeze)
{
  const TrkBlock *loser = squeeze->block, *winner = squeeze->by;
  TrkDuration loser_length = trk_period_length (loser->planned);
  TrkDuration winner_length = trk_period_length (winner->planned);

  if (squeeze->duplicate)
    return g_strdup_printf ("the same event in the calendar %s", winner->calendar);
  if (loser->kind != winner->kind)
    return g_strdup_printf ("%s goes before %s", trk_kind_to_string (winner->kind),
                            trk_kind_to_string (loser->kind));
  return g_strdup (winner_length < loser_length ? "of two of one kind the shorter goes first"
                                                : "of two alike the earlier goes first");
}

char *
trk_agenda_squeeze_reason (const TrkSqueeze *squeeze)
{
  g_autofree char *rest = too_short (squeeze);
  g_autofree char *why = precedence (squeeze);

  return g_strconcat (why, rest != NULL ? "; " : NULL, rest, " beside it too short to keep", NULL);
}

/* Does @lost lie in @day, or in the night behind it, before the clock comes round to the start of
 * what began in that day? */
static gboolean
is_about_day (const TrkAlmanac *almanac, TrkInstant begun, TrkInstant lost, TrkDay day)
{
  TrkLocal first, then;

  if (trk_almanac_day (almanac, lost) == day)
    return TRUE;
  first = trk_zone_local (almanac->zone, begun);
  then = trk_zone_local (almanac->zone, lost);
  return trk_almanac_day (almanac, begun) == day
         && (then.day == first.day || (then.day == first.day + 1 && then.time < first.time));
}

char *
trk_agenda_squeeze_span (const TrkAlmanac *almanac, const TrkSqueeze *squeeze, TrkDay day)
{
  TrkPeriod taken = trk_agenda_squeeze_taken (squeeze);
  g_autofree char *span = trk_format_span (almanac->zone, taken);
  g_autofree char *date = NULL;

  if (is_about_day (almanac, squeeze->block->period.start, taken.start, day))
    return g_steal_pointer (&span);
  date = trk_format_day_short (trk_zone_local (almanac->zone, taken.start).day, day);
  return g_strconcat (date, " ", span, NULL);
}
