/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-status.h"

#include "trk-bus-address.h"
#include "trk-duration.h"
#include "trk-format.h"
#include "trk-now.h"
#include "trk-report.h"
#include "trk-text.h"
#include "trk-wrap.h"

#include <string.h>

enum
{
  BAR = 22,           /* columns of the bar of what runs */
  NARROW = 60,        /* columns below which a line is broken in two */
  LEAST_DAY_BAR = 12, /* columns below which the day's bar says nothing */
  MOST_DAY_BAR = 48,
  DAY_LABEL = 9,  /* "  today  " */
  DAY_EDGES = 18, /* the label, the hours at both ends of the bar, and a column that stays free */
  DAY_GAP = 3     /* behind the bar */
};

/* @left and @right on one line, @left cut to what is free; two lines where it is narrow. */
static void
put_line (const TrkStatusView *view, TrkPaint paint, const char *left, const char *right)
{
  const TrkStyle *style = trk_session_style (view->session);
  FILE *out = trk_session_out (view->session);
  g_autofree char *shown_left = trk_style_text (style, left);
  g_autofree char *shown_right = trk_style_text (style, right);
  guint columns = MIN (style->columns, 100);
  guint width = (guint) trk_text_width (shown_right);
  gboolean narrow = columns < NARROW || *right == '\0';
  g_autofree char *fitted =
      trk_text_fit (shown_left, narrow || width + 3 > columns ? columns : columns - width - 3);
  g_autofree char *painted = trk_style_paint (style, paint, g_strchomp (fitted));
  guint used = (guint) trk_text_width (fitted);

  if (narrow && *right != '\0')
    fprintf (out, "%s\n  %s\n", painted, shown_right);
  else if (narrow)
    fprintf (out, "%s\n", painted);
  else
    fprintf (out, "%s%*s%s\n", painted, (int) (columns - width - used), "", shown_right);
}

/* @text behind @sign, on as many lines as it needs: it names what is to be typed. */
static void
put_text (const TrkStatusView *view, TrkPaint paint, const char *sign, const char *text)
{
  const TrkStyle *style = trk_session_style (view->session);
  g_autofree char *wrapped = trk_wrap (text, MIN (style->columns, 100), 2);
  g_auto (GStrv) lines = g_strsplit (g_strchomp (wrapped), "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_autofree char *line = g_strconcat (i == 0 ? sign : " ", lines[i] + 1, NULL);

      put_line (view, paint, line, "");
    }
}

/* "09:00–10:30   52 min left", "09:00–   kept 38 min". */
static char *
time_of (const TrkStatusView *view)
{
  const TrkDaemonStatus *status = view->daemon;
  TrkInstant now = trk_session_now (view->session);
  gboolean ends = status->until != 0 && status->until != TRK_NEVER;
  TrkPeriod period = { trk_now_start (status), ends ? status->until : TRK_NEVER };
  g_autofree char *span = NULL;
  g_autofree char *length = NULL;

  if (period.start == 0)
    return g_strdup ("");
  span = trk_format_span (view->almanac.zone, period);
  if (!ends)
    {
      length = trk_duration_format (trk_status_view_kept (view));
      return g_strdup_printf ("%s   kept %s", span, length);
    }
  length = trk_duration_format (ABS (status->until - now));
  return g_strdup_printf ("%s   %s %s", span, length, status->until < now ? "over" : "left");
}

static void
print_first_line (const TrkStatusView *view)
{
  const TrkDaemonStatus *status = view->daemon;
  g_autofree char *what = trk_now_what (status);
  g_autofree char *right = time_of (view);
  gboolean paused = strcmp (status->state, "paused") == 0;
  gboolean idle = strcmp (status->state, "idle") == 0;

  if (paused && *right == '\0' && !trk_daemon_status_is_away (status))
    put_line (view, TRK_PAINT_WARN, what, "to go on: tracker resume");
  else if (idle)
    put_line (view, TRK_PAINT_PLAIN, what, "to begin: tracker start");
  else
    put_line (view, paused ? TRK_PAINT_WARN : TRK_PAINT_FOCUS, what, right);
}

/* The gap that began when @last ended; NULL: without an end to come it left none. */
static const TrkGap *
gap_after (const TrkStatusView *view, const TrkEntry *last)
{
  for (guint i = 0; i < view->gaps->len; i++)
    {
      const TrkGap *gap = g_ptr_array_index (view->gaps, i);

      if (gap->period.start == last->period.end)
        return gap;
    }
  return NULL;
}

/* What ended without a word because machine or trackerd did, until something else is kept, or the
 * user said what was then. */
static void
print_interrupted (const TrkStatusView *view)
{
  const TrkEntry *last = NULL;
  const TrkGap *gap;
  g_autofree char *at = NULL;
  g_autofree char *line = NULL;

  for (guint i = 0; i < view->entries->len; i++)
    {
      const TrkEntry *entry = g_ptr_array_index (view->entries, i);

      if (last == NULL || entry->period.end > last->period.end)
        last = entry;
    }
  if (strcmp (view->daemon->state, "idle") != 0 || last == NULL || trk_entry_is_open (last)
      || last->end_reason != TRK_REASON_NOT_RUNNING || last->period.end < view->day.start)
    return;
  gap = gap_after (view, last);
  if (gap != NULL && gap->answer != TRK_ANSWER_NONE)
    return;
  at = trk_format_moment (&view->almanac, last->period.end, view->today);
  line = g_strdup_printf ("%s  %s ended at %s: trackerd or the machine was not running%s",
                          trk_kind_to_string (last->kind), last->title, at,
                          gap != NULL ? "; to say what was then: tracker gaps" : "");
  put_text (view, TRK_PAINT_WARN, "·", line);
}

/* "task 12 · PDF invoices / middleware · 38 min of ~1 h". */
static void
print_task (const TrkStatusView *view)
{
  g_autofree char *worked = trk_duration_format (view->task_worked);
  g_autofree char *estimate = NULL;
  g_autofree char *line = NULL;

  if (view->task == NULL)
    return;
  estimate = trk_duration_format (view->task->estimate);
  line = g_strdup_printf ("  task %" G_GINT64_FORMAT " · %s%s%s · %s%s%s", view->task->number,
                          view->parent != NULL ? view->parent->title : "",
                          view->parent != NULL ? " / " : "", view->task->title, worked,
                          view->task->estimate > 0 ? " of ~" : "",
                          view->task->estimate > 0 ? estimate : "");
  put_line (view, TRK_PAINT_PLAIN, line, "");
}

/* What the kept time rests on: that of what runs, else of what of it was kept last. */
static const char *
evidence_of (const TrkStatusView *view)
{
  for (guint i = view->entries->len; *view->daemon->evidence == '\0' && i > 0; i--)
    {
      const TrkEntry *entry = g_ptr_array_index (view->entries, i - 1);

      if (trk_now_is_of (view->daemon, entry))
        return trk_evidence_to_string (entry->evidence);
    }
  return view->daemon->evidence;
}

/* Where that is worth a word: being there is the ordinary case. */
static const char *
evidence_word (const TrkStatusView *view)
{
  const char *evidence = evidence_of (view);

  if (g_str_equal (evidence, trk_evidence_to_string (TRK_EVIDENCE_PLAN)))
    return "unverified";
  return g_str_equal (evidence, trk_evidence_to_string (TRK_EVIDENCE_OBSERVED)) ? "" : evidence;
}

/* " · 2 interruptions"; only those of focus are counted. */
static char *
interruptions_text (const TrkStatusView *view)
{
  guint interruptions = trk_status_view_interruptions (view);
  g_autofree char *count = trk_format_count (interruptions, "interruption", NULL);

  if (g_strcmp0 (view->daemon->kind, trk_kind_to_string (TRK_KIND_FOCUS)) != 0)
    return g_strdup ("");
  return g_strconcat (" · ", interruptions == 0 ? "no interruption" : count, NULL);
}

static void
print_progress (const TrkStatusView *view)
{
  const TrkDaemonStatus *status = view->daemon;
  const TrkStyle *style = trk_session_style (view->session);
  TrkDuration kept = trk_status_view_kept (view);
  gboolean ends = status->until != TRK_NEVER && status->until > trk_now_start (status);
  g_autofree char *length = trk_duration_format (kept);
  g_autofree char *interrupted = NULL;
  g_autofree char *bar = NULL;
  const char *evidence = evidence_word (view);

  if (!trk_now_runs (status) || *status->title == '\0' || !ends || trk_now_start (status) == 0)
    return;
  interrupted = interruptions_text (view);
  bar = trk_style_bar (style, trk_now_share (status, kept), BAR);
  trk_session_say (view->session, "  %s  kept %s%s%s%s", bar, length, interrupted,
                   *evidence != '\0' ? " · " : "", evidence);
}

/* What runs by the user's word alone, because its event was deleted. */
static void
print_unplanned (const TrkStatusView *view)
{
  const TrkBlockRecord *running = trk_status_view_running (view);

  if (running != NULL && running->state->runs_unplanned)
    put_text (view, TRK_PAINT_DIM, " ",
              "its event is no longer in the calendar; it goes on by hand, as you began it or "
              "went on with it");
}

/* ", 15 min of it off plan": no moments, which every start that is not to the second has. */
static char *
off_plan_text (const TrkFigures *figures)
{
  g_autofree char *length = trk_duration_format (figures->time[TRK_TIME_OFF_PLAN]);

  if (figures->time[TRK_TIME_PLANNED] == 0 || figures->time[TRK_TIME_OFF_PLAN] < TRK_MINUTE)
    return g_strdup ("");
  return g_strdup_printf (", %s of it off plan", length);
}

/* "2 h 10 of 5 h 30 focus · 41 % share": all focus of the day beside all that is planned. */
static char *
day_text (const TrkStatusView *view)
{
  const TrkFigures *figures = view->figures;
  gboolean has_plan = figures->time[TRK_TIME_PLANNED] > 0;
  g_autofree char *focus = trk_duration_format (figures->time[TRK_TIME_FOCUS]);
  g_autofree char *planned = trk_duration_format (figures->time[TRK_TIME_PLANNED]);
  g_autofree char *off_plan = off_plan_text (figures);
  g_autofree char *share =
      figures->focus_share.known
          ? g_strdup_printf (" · %.0f %% share", figures->focus_share.value * 100)
          : g_strdup ("");

  return g_strdup_printf ("%s%s%s focus%s%s", focus, has_plan ? " of " : "",
                          has_plan ? planned : "", off_plan, share);
}

/* The words stand behind the bar, below it where that leaves too little of it. It holds characters
 * that the terminal can show already; trk_session_say() would ask again. */
static void
print_day (const TrkStatusView *view)
{
  const TrkStyle *style = trk_session_style (view->session);
  g_autofree char *text = day_text (view);
  g_autofree char *shown = trk_style_text (style, text);
  gint alone = (gint) style->columns - DAY_EDGES;
  gint beside = alone - DAY_GAP - (gint) trk_text_width (shown);
  gint width = beside < LEAST_DAY_BAR ? alone : beside;
  g_autofree char *bar =
      width < LEAST_DAY_BAR
          ? g_strdup ("")
          : trk_report_timeline (&view->input, style, (guint) MIN (width, MOST_DAY_BAR));
  FILE *out = trk_session_out (view->session);

  if (*bar == '\0')
    fprintf (out, "  today  %s\n", shown);
  else if (width == beside)
    fprintf (out, "  today  %s%*s%s\n", bar, DAY_GAP, "", shown);
  else
    {
      fprintf (out, "  today  %s\n", bar);
      trk_session_say_indented (view->session, DAY_LABEL, text);
    }
}

static char *
block_text (const TrkStatusView *view, const TrkBlock *block)
{
  const TrkInstant start = trk_status_view_time (view, block).start;
  g_autofree char *at = trk_format_coming (&view->almanac, start, trk_session_now (view->session));
  g_autofree char *length = trk_duration_format (trk_period_length (block->period));
  g_autofree char *from = NULL;

  if (start <= block->period.start)
    return g_strdup_printf ("%s  %s (%s)", at, block->title, length);
  from = trk_zone_format_time (view->almanac.zone, block->period.start);
  return g_strdup_printf ("%s  %s (moved from %s)", at, block->title, from);
}

static void
put_plain (const TrkStatusView *view, const char *left, const char *right)
{
  put_line (view, TRK_PAINT_PLAIN, left, right);
}

/* Behind @next, or below it: what is next may not be cut for what comes after it. */
static void
put_then (const TrkStatusView *view, const char *next, const TrkBlock *then)
{
  guint columns = trk_session_style (view->session)->columns;
  g_autofree char *at = trk_format_coming (&view->almanac, trk_status_view_time (view, then).start,
                                           trk_session_now (view->session));
  g_autofree char *title =
      trk_text_fit (then->title, MIN (columns / 3, trk_text_width (then->title)));
  g_autofree char *behind = g_strdup_printf ("then  %s  %s", at, title);
  g_autofree char *below = g_strdup_printf ("  then   %s  %s", at, then->title);

  if (trk_text_width (next) + 3 + trk_text_width (behind) <= MIN (columns, 100))
    {
      put_plain (view, next, behind);
      return;
    }
  put_plain (view, next, "");
  put_plain (view, below, "");
}

/* On a narrow terminal, or where its own time is told, the words of @next need the room. */
static gboolean
needs_the_line (const TrkStatusView *view, const TrkBlock *next)
{
  return trk_session_style (view->session)->columns < NARROW
         || trk_status_view_time (view, next).start > next->period.start;
}

static void
print_next (const TrkStatusView *view)
{
  const TrkBlock *next = trk_status_view_next (view, 0);
  const TrkBlock *then = trk_status_view_next (view, 1);
  g_autofree char *text = next != NULL ? block_text (view, next) : NULL;
  g_autofree char *line = g_strconcat ("  next   ", text, NULL);

  if (next == NULL)
    put_plain (view,
               view->plan_known ? "  next   nothing is planned today or tomorrow"
                                : "  next   not known: the plan cannot be read",
               "");
  else if (then == NULL || needs_the_line (view, next))
    put_plain (view, line, "");
  else
    put_then (view, line, then);
}

/* What is wrong with the bus of this terminal: there may be another one, and somebody on it. */
static char *
nobody_on_bus (const char *address, const char *problem)
{
  return g_strdup_printf ("Nobody is keeping time, and the session bus at %s cannot be reached: %s",
                          address, problem);
}

/* Why the daemon told nothing, where it is more than that none runs. */
static char *
nobody_words (const TrkStatusView *view)
{
  g_autofree char *address = trk_bus_session_address ();
  const char *problem = address != NULL ? trk_session_no_client (view->session) : NULL;
  const char *why;
  TrkBusReply reply = trk_session_reply (view->session, &why);

  if (address == NULL)
    return g_strdup ("Nobody is keeping time");
  if (problem != NULL)
    return nobody_on_bus (address, problem);
  if (view->why_not == NULL || reply == TRK_BUS_NO_DAEMON)
    return g_strdup ("Nobody is keeping time");
  return g_strdup_printf ("Nobody is keeping time as far as can be told: %s",
                          why != NULL ? why : view->why_not);
}

/* Who is not reached keeps time all the same. */
static void
print_keeper (const TrkStatusView *view)
{
  g_autofree char *sentence = trk_keeper_sentence (&view->keeper);
  g_autofree char *remedy = trk_keeper_remedy (&view->keeper);
  g_autofree char *nobody = nobody_words (view);

  put_text (view, TRK_PAINT_WARN, "·", sentence != NULL ? sentence : nobody);
  put_text (view, TRK_PAINT_DIM, " ",
            remedy != NULL ? remedy : "to begin: " TRK_BUS_START_ANYWHERE);
}

/* What becomes of an entry that is open while nobody keeps time: trackerd(1). */
static char *
unkept_words (const TrkStatusView *view, const TrkEntry *entry)
{
  g_autofree char *known = NULL;

  if (!entry->unkept)
    return g_strdup ("");
  known = trk_format_moment (&view->almanac, entry->period.end, view->today);
  return g_strdup_printf ("; counted up to %s, last known awake, and closed then", known);
}

/* No daemon answers: that is said first, then what plan and log know. */
static void
print_without_daemon (const TrkStatusView *view)
{
  const TrkBlock *planned = trk_status_view_planned (view);

  print_keeper (view);
  if (planned != NULL)
    {
      g_autofree char *span =
          trk_format_span (view->almanac.zone, trk_status_view_time (view, planned));
      g_autofree char *kind = trk_now_capital (trk_kind_to_string (planned->kind));
      g_autofree char *line = g_strdup_printf ("  plan   %s  %s  %s", span, kind, planned->title);

      put_line (view, TRK_PAINT_PLAIN, line, "");
    }
  for (guint i = 0; i < view->entries->len; i++)
    {
      const TrkEntry *entry = g_ptr_array_index (view->entries, i);
      g_autofree char *at = trk_format_moment (&view->almanac, entry->period.start, view->today);
      g_autofree char *unkept = unkept_words (view, entry);
      g_autofree char *line =
          g_strdup_printf ("  open   %s  %s (since %s%s)", trk_kind_to_string (entry->kind),
                           entry->title, at, unkept);

      if (trk_entry_is_open (entry) || entry->unkept)
        trk_session_say (view->session, "%s", line);
    }
}

void
trk_status_view_print (const TrkStatusView *view)
{
  if (view->daemon == NULL)
    print_without_daemon (view);
  else
    {
      print_first_line (view);
      print_interrupted (view);
      print_task (view);
      print_progress (view);
      print_unplanned (view);
    }
  fputc ('\n', trk_session_out (view->session));
  print_next (view);
  print_day (view);
}
