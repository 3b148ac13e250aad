/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-notice-text.h"

#include "trk-duration.h"

#define MIDDOT " · "

static const char *const kind_words[TRK_N_KINDS] = { "Focus", "Shallow", "Meeting",
                                                     "Break", "Routine", "Off" };

/* -- Pieces ------------------------------------------------------------------------------------ */

static char *
period_text (const TrkNoticeFacts *facts, TrkPeriod period)
{
  g_autofree char *from = trk_zone_format_time (facts->zone, period.start);
  g_autofree char *to = trk_zone_format_time (facts->zone, period.end);

  return g_strdup_printf ("%s–%s", from, to);
}

/* Rounded up: half a minute before the fifth "in 5 min" is the truth that helps. Below a minute the
 * seconds are, and at least one. */
static char *
left_text (TrkDuration left)
{
  TrkDuration unit = left > TRK_MINUTE - TRK_SECOND ? TRK_MINUTE : TRK_SECOND;

  return trk_duration_format (MAX (left + unit - 1, TRK_SECOND));
}

static char *
until_text (const TrkNoticeFacts *facts)
{
  g_autofree char *end = NULL;

  if (facts->span.end == TRK_NEVER)
    return g_strdup ("until you stop it");
  end = trk_zone_format_time (facts->zone, facts->span.end);
  return g_strdup_printf ("until %s", end);
}

static char *
next_text (const TrkNoticeFacts *facts)
{
  return facts->next != NULL ? g_strdup_printf ("next: %s", facts->next) : g_strdup ("");
}

/* Parts that say something, with a dot between them. */
static char *
join_parts (char *first, char *second)
{
  g_autofree char *a = first;
  g_autofree char *b = second;

  if (a == NULL || *a == '\0')
    return g_strdup (b != NULL ? b : "");
  return b != NULL && *b != '\0' ? g_strconcat (a, MIDDOT, b, NULL) : g_steal_pointer (&a);
}

/* -- One function a kind of notice ------------------------------------------------------------- */

static void
say_lead (TrkNotice *notice, const TrkNoticeFacts *facts)
{
  g_autofree char *in = left_text (facts->span.start - facts->now);

  notice->title =
      g_strdup_printf ("%s in %s — %s", kind_words[facts->block->kind], in, facts->block->title);
  notice->body = join_parts (period_text (facts, facts->span), g_strdup (facts->block->location));
  notice->transient = TRUE;
}

static void
say_start (TrkNotice *notice, const TrkNoticeFacts *facts)
{
  const TrkBlock *block = facts->block;

  notice->title = g_strdup_printf ("%s — %s", kind_words[block->kind], block->title);
  notice->body = until_text (facts);
  if (facts->late > 0)
    {
      g_autofree char *start = trk_zone_format_time (facts->zone, facts->span.start);
      g_autofree char *late = trk_duration_format (facts->late);

      notice->body = join_parts (g_strdup_printf ("since %s, %s late", start, late), notice->body);
    }
  if (block->kind == TRK_KIND_MEETING)
    notice->body = join_parts (notice->body, g_strdup (block->location));
  if (block->kind == TRK_KIND_ROUTINE && block->checklist != NULL && *block->checklist != '\0')
    {
      g_autofree char *head = notice->body;

      notice->body = g_strconcat (head, "\n", block->checklist, NULL);
    }
}

static void
say_ending (TrkNotice *notice, const TrkNoticeFacts *facts)
{
  g_autofree char *time = left_text (facts->span.end - facts->now);

  notice->title = g_strdup_printf ("%s left — %s", time, facts->block->title);
  notice->body = next_text (facts);
}

static void
say_end (TrkNotice *notice, const TrkNoticeFacts *facts)
{
  gboolean rest = facts->block->kind == TRK_KIND_BREAK;
  g_autofree char *kept = trk_duration_format (facts->worked);
  char *after =
      facts->cause != NULL ? g_strdup_printf ("%s goes on", facts->cause) : next_text (facts);

  notice->title =
      g_strdup_printf ("%s — %s", rest ? "Break is over" : "Time is up", facts->block->title);
  notice->body = join_parts (rest ? NULL : g_strdup_printf ("%s kept", kept), after);
}

static void
say_reminder (TrkNotice *notice, const TrkNoticeFacts *facts)
{
  gboolean rest = facts->block->kind == TRK_KIND_BREAK;

  notice->title =
      g_strdup_printf (rest ? "Still a break — %s" : "Waiting for you — %s", facts->block->title);
  notice->body = join_parts (
      until_text (facts), g_strdup_printf ("reminder %u of %u", facts->reminder, facts->reminders));
}

static void
say_owed (TrkNotice *notice, const TrkNoticeFacts *facts)
{
  notice->title = g_strdup_printf ("A break is owed — %s", facts->block->title);
  notice->body = g_strdup (facts->cause);
}

static void
say_overtime (TrkNotice *notice, const TrkNoticeFacts *facts)
{
  g_autofree char *worked = trk_duration_format (facts->worked);
  g_autofree char *since = trk_zone_format_time (facts->zone, facts->span.start);

  notice->title = g_strdup_printf ("Overtime %s — %s", worked, facts->cause);
  notice->body = g_strdup_printf ("%s since %s", facts->block->title, since);
}

/* The way out is always in the words, also where a server shows no buttons. */
static void
say_lock (TrkNotice *notice, const TrkNoticeFacts *facts)
{
  notice->title = g_strdup_printf ("The screen locks in 30 s — %s", facts->block->title);
  notice->body = facts->postpones > 0
                     ? g_strdup ("tracker break postpone or tracker skip keep it open")
                     : g_strdup ("tracker skip keeps it open");
}

static void
say_limit (TrkNotice *notice, const TrkNoticeFacts *facts)
{
  g_autofree char *worked = trk_duration_format (facts->worked);

  notice->title = g_strdup_printf ("%s worked today", worked);
  notice->body = join_parts (g_strdup ("as much as you meant to"), next_text (facts));
}

static void
say_day_end (TrkNotice *notice, const TrkNoticeFacts *facts)
{
  g_autofree char *worked = trk_duration_format (facts->worked);

  notice->title = g_strdup_printf ("The day is over — %s worked", worked);
  notice->body = next_text (facts);
}

/* Nothing goes on with what the user had started. Whether the machine was off too, nobody knows. */
static char *
cut_text (const TrkNoticeFacts *facts)
{
  g_autofree char *end = NULL;

  if (facts->cut == NULL)
    return NULL;
  end = trk_zone_format_time (facts->zone, facts->cut->period.end);
  return g_strdup_printf ("%s ended at %s, when trackerd went off", facts->cut->title, end);
}

static void
say_digest (TrkNotice *notice, const TrkNoticeFacts *facts)
{
  g_autofree char *gone = trk_duration_format (trk_period_length (facts->gone));
  char *missed = facts->missed != NULL ? g_strdup_printf ("missed: %s", facts->missed) : NULL;
  char *runs = facts->runs ? g_strdup_printf ("running now: %s", facts->block->title) : NULL;

  notice->title = g_strdup_printf (
      facts->off ? "While trackerd was off (%s)" : "While you were gone (%s)", gone);
  notice->body = join_parts (join_parts (cut_text (facts), missed), runs);
}

/* "what was it?", of time that the title names or not. */
static char *
question_text (const TrkNoticeFacts *facts, const char *it)
{
  if (facts->block == NULL)
    return g_strdup_printf ("what was %s?", it);
  return g_strdup_printf ("%s %s; what was %s?", facts->block->title,
                          facts->runs ? "goes on" : "was paused", it);
}

/* One notice for both: what passed may have been longer than what is asked about. */
static void
say_gap (TrkNotice *notice, const TrkNoticeFacts *facts)
{
  g_autofree char *gone = trk_duration_format (trk_period_length (facts->gone));
  g_autofree char *when = period_text (facts, facts->gone);

  if (facts->digest != NULL)
    {
      notice->title = g_strdup (facts->digest->title);
      notice->body = join_parts (g_strdup (facts->digest->body), question_text (facts, when));
      return;
    }
  notice->title = facts->changed ? g_strdup_printf ("Now without an entry: %s (%s)", gone, when)
                  : facts->off   ? g_strdup_printf ("trackerd was off %s (%s)", gone, when)
                                 : g_strdup_printf ("You were away %s (%s)", gone, when);
  notice->body =
      facts->block != NULL && !facts->changed ? question_text (facts, "it") : g_strdup ("");
}

static void
say_guard (TrkNotice *notice, const TrkNoticeFacts *facts)
{
  notice->title = g_strdup_printf (facts->started ? "%s was started — is it work?"
                                                  : "%s is in front — is it work?",
                                   facts->cause);
  notice->body = join_parts (g_strdup (facts->block->title), until_text (facts));
}

/* -- Buttons ----------------------------------------------------------------------------------- */

#define KIND(kind) (1u << TRK_KIND_##kind)
#define ANY_KIND ((1u << TRK_N_KINDS) - 1)

/* The first row that fits the notice and the block's kind. -1 ends a list; Join is left out where
 * there is no link. */
static const struct
{
  TrkNoticeKind notice;
  guint kinds;
  int buttons[TRK_MAX_BUTTONS];
} rows[] = {
  { TRK_NOTICE_LEAD, KIND (MEETING), { TRK_BUTTON_JOIN, -1 } },
  { TRK_NOTICE_START, KIND (MEETING), { TRK_BUTTON_JOIN, TRK_BUTTON_EXTEND, TRK_BUTTON_SKIP } },
  { TRK_NOTICE_START, KIND (BREAK), { TRK_BUTTON_BREAK, TRK_BUTTON_SNOOZE, TRK_BUTTON_SKIP } },
  { TRK_NOTICE_START, KIND (ROUTINE), { TRK_BUTTON_DONE, TRK_BUTTON_SNOOZE, TRK_BUTTON_SKIP } },
  { TRK_NOTICE_START, ANY_KIND, { TRK_BUTTON_SNOOZE, TRK_BUTTON_SKIP, TRK_BUTTON_STOP } },
  { TRK_NOTICE_ENDING, KIND (BREAK) | KIND (MEETING), { TRK_BUTTON_EXTEND, -1 } },
  { TRK_NOTICE_ENDING, ANY_KIND, { TRK_BUTTON_EXTEND, TRK_BUTTON_DONE, TRK_BUTTON_BREAK } },
  { TRK_NOTICE_END, KIND (BREAK) | KIND (MEETING), { TRK_BUTTON_EXTEND, -1 } },
  { TRK_NOTICE_END, ANY_KIND, { TRK_BUTTON_DONE, TRK_BUTTON_EXTEND, TRK_BUTTON_BREAK } },
  { TRK_NOTICE_REMINDER, KIND (BREAK), { TRK_BUTTON_BREAK, TRK_BUTTON_SNOOZE, TRK_BUTTON_SKIP } },
  { TRK_NOTICE_REMINDER, KIND (MEETING), { TRK_BUTTON_JOIN, TRK_BUTTON_SKIP, -1 } },
  { TRK_NOTICE_LOCK, ANY_KIND, { TRK_BUTTON_SNOOZE, TRK_BUTTON_SKIP, -1 } },
  { TRK_NOTICE_LIMIT, ANY_KIND, { TRK_BUTTON_STOP, -1 } },
  { TRK_NOTICE_REMINDER, ANY_KIND, { TRK_BUTTON_SNOOZE, TRK_BUTTON_SKIP, -1 } },
  { TRK_NOTICE_OWED, ANY_KIND, { TRK_BUTTON_BREAK, -1 } },
  { TRK_NOTICE_DIGEST, ANY_KIND, { TRK_BUTTON_JOIN, -1 } },
  { TRK_NOTICE_OVERTIME, ANY_KIND, { TRK_BUTTON_STOP, -1 } },
  { TRK_NOTICE_GUARD, ANY_KIND, { TRK_BUTTON_BACK, TRK_BUTTON_ALLOW, TRK_BUTTON_WORK } },
  { TRK_NOTICE_GAP, ANY_KIND, { TRK_BUTTON_BREAK, TRK_BUTTON_WORKED, TRK_BUTTON_DISCARD } },
};

static const char *const labels[] = { "Snooze",  "Skip",         "Stop",  "Extend",
                                      "Done",    "Break",        "Join",  "Worked",
                                      "Discard", "Back to work", "Allow", "It is work" };
G_STATIC_ASSERT (G_N_ELEMENTS (labels) == TRK_BUTTON_WORK + 1);

static char *
label_of (TrkButton button, const TrkNoticeFacts *facts)
{
  g_autofree char *length = NULL;

  if (button == TRK_BUTTON_SNOOZE)
    length = trk_duration_format (facts->policies->snooze);
  else if (button == TRK_BUTTON_EXTEND)
    length = trk_duration_format (facts->policies->extend);
  else if (button == TRK_BUTTON_ALLOW)
    length = trk_duration_format (facts->policies->guard_allow);
  if (button == TRK_BUTTON_SNOOZE && facts->block->kind == TRK_KIND_BREAK)
    return g_strdup_printf ("Postpone %s (%u left)", length, facts->postpones);
  return length != NULL ? g_strconcat (labels[button], " ", length, NULL)
                        : g_strdup (labels[button]);
}

/* What Join opens; NULL. */
static const char *
link_of (const TrkNoticeFacts *facts)
{
  if (facts->digest != NULL)
    return facts->digest->link;
  return facts->block != NULL ? facts->block->link : NULL;
}

/* Of three buttons Discard can be spared: what nobody answers is no work either. */
static TrkButton
button_of (int button, const TrkNoticeFacts *facts)
{
  if (button == TRK_BUTTON_DISCARD && facts->digest != NULL && facts->digest->link != NULL)
    return TRK_BUTTON_JOIN;
  return (TrkButton) button;
}

static void
add_buttons (TrkNotice *notice, const TrkNoticeFacts *facts)
{
  guint kind = facts->block != NULL ? 1u << facts->block->kind : ANY_KIND;
  const char *link = link_of (facts);
  gsize row = 0;

  while (rows[row].notice != notice->kind || (rows[row].kinds & kind) == 0)
    if (++row == G_N_ELEMENTS (rows))
      return;
  for (guint i = 0; i < TRK_MAX_BUTTONS && rows[row].buttons[i] >= 0; i++)
    {
      TrkButton button = button_of (rows[row].buttons[i], facts);
      g_autofree char *label = label_of (button, facts);

      if (button == TRK_BUTTON_JOIN && link == NULL)
        continue;
      if (button == TRK_BUTTON_SNOOZE && facts->block->kind == TRK_KIND_BREAK
          && facts->postpones == 0)
        continue;
      if (button == TRK_BUTTON_JOIN)
        notice->link = g_strdup (link);
      trk_notice_add_button (notice, button, label);
    }
}

/* -- The whole --------------------------------------------------------------------------------- */

static void (*const say[]) (TrkNotice *notice, const TrkNoticeFacts *facts) = {
  [TRK_NOTICE_LEAD] = say_lead,         [TRK_NOTICE_START] = say_start,
  [TRK_NOTICE_ENDING] = say_ending,     [TRK_NOTICE_END] = say_end,
  [TRK_NOTICE_REMINDER] = say_reminder, [TRK_NOTICE_OWED] = say_owed,
  [TRK_NOTICE_DIGEST] = say_digest,     [TRK_NOTICE_OVERTIME] = say_overtime,
  [TRK_NOTICE_GAP] = say_gap,           [TRK_NOTICE_LOCK] = say_lock,
  [TRK_NOTICE_LIMIT] = say_limit,       [TRK_NOTICE_DAY_END] = say_day_end,
  [TRK_NOTICE_GUARD] = say_guard,
};

TrkNotice *
trk_notice_compose (TrkNoticeKind kind, const char *key, const TrkNoticeFacts *facts)
{
  TrkNotice *notice = trk_notice_new (kind, key);

  say[kind](notice, facts);
  add_buttons (notice, facts);
  return notice;
}
