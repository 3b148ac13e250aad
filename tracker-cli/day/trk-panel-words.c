/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-panel-words.h"

#include "trk-bus-address.h"
#include "trk-duration.h"
#include "trk-format.h"
#include "trk-now.h"
#include "trk-text.h"

#include <string.h>

enum
{
  LONGEST_TITLE = 60 /* a bar is shared */
};

static gboolean
has_end (const TrkDaemonStatus *status)
{
  return status->until > 0 && status->until != TRK_NEVER;
}

/* Time is running: kept, or a break's. What is paused stands still. */
static gboolean
is_running (const TrkDaemonStatus *status)
{
  return strcmp (status->state, "running") == 0 || strcmp (status->state, "break") == 0;
}

/* A state that this program knows; another daemon's is none. */
static const char *
state_of (const TrkDaemonStatus *status)
{
  static const char *const known[] = { "idle", "running", "paused", "break", "off" };

  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    if (strcmp (status->state, known[i]) == 0)
      return known[i];
  return "unknown";
}

/* Rounded down like everywhere; a bar does not count seconds. */
static char *
minutes (TrkDuration length)
{
  return length < TRK_MINUTE ? g_strdup ("<1 min") : trk_duration_format (length);
}

/* "10:30", "Mon 10:30": a word that stays true over midnight, as nothing would wake us then. */
static char *
moment (const TrkZone *zone, TrkInstant at, TrkInstant now)
{
  g_autofree char *time = trk_zone_format_time (zone, at);
  TrkDay day = trk_zone_local (zone, at).day;
  g_autofree char *name = NULL;

  if (day == trk_zone_local (zone, now).day)
    return g_steal_pointer (&time);
  name = trk_format_day_short (day, day);
  if (strchr (name, ' ') != NULL)
    *strchr (name, ' ') = '\0';
  return g_strdup_printf ("%s %s", name, time);
}

/* The title, else the kind; "" when there is neither. */
static char *
what (const char *title, const char *kind)
{
  char *line = trk_text_line (title, LONGEST_TITLE);

  if (*line != '\0')
    return line;
  g_free (line);
  return trk_text_line (kind, LONGEST_TITLE);
}

/* "52 min left", "5 min over", "for 38 min". */
static void
describe_running (TrkPanelWords *words, const TrkDaemonStatus *status, TrkInstant now)
{
  g_autofree char *title = what (status->title, status->kind);
  const char *name = *title != '\0' ? title : words->state;

  if (has_end (status))
    {
      words->over = status->until < now;
      words->brief = minutes (ABS (status->until - now));
      words->text =
          g_strdup_printf ("● %s %s %s", name, words->brief, words->over ? "over" : "left");
    }
  else if (status->since > 0)
    {
      words->brief = minutes (trk_now_told (status, now));
      words->text = g_strdup_printf ("● %s for %s", name, words->brief);
    }
  else
    {
      words->brief = g_strdup (words->state);
      words->text = g_strdup_printf ("● %s", name);
    }
}

static void
describe_paused (TrkPanelWords *words,
                 const TrkDaemonStatus *status,
                 const TrkZone *zone,
                 TrkInstant now)
{
  g_autofree char *title = what (status->title, status->kind);
  g_autofree char *since = status->since > 0 ? moment (zone, status->since, now) : NULL;

  words->brief = g_strdup (trk_daemon_status_is_away (status) ? "away" : "paused");
  words->text = g_strdup_printf ("◐ %s%s%s%s%s", title, *title != '\0' ? " " : "", words->brief,
                                 since != NULL ? " since " : "", since != NULL ? since : "");
}

static void
describe_idle (TrkPanelWords *words,
               const TrkDaemonStatus *status,
               const TrkZone *zone,
               TrkInstant now)
{
  g_autofree char *title = what (status->title, "");
  g_autofree char *next = what (status->next_title, status->next_kind);

  if (*title != '\0' && strcmp (words->state, "idle") == 0)
    words->text = g_strdup_printf ("○ %s not running", title);
  words->brief = status->next_start > 0 ? moment (zone, status->next_start, now) : g_strdup ("–");
  if (words->text != NULL)
    return;
  words->text = status->next_start > 0 ? g_strdup_printf ("○ %s %s", words->brief, next)
                                       : g_strdup ("○ nothing planned");
}

static char *
tooltip_of (const TrkPanelWords *words,
            const TrkDaemonStatus *status,
            const TrkZone *zone,
            TrkInstant now)
{
  g_autoptr (GString) lines = g_string_new (words->text);
  g_autofree char *next = what (status->next_title, status->next_kind);

  if (*words->kind != '\0')
    g_string_append_printf (lines, "\n%s", words->kind);
  if (status->since > 0 && is_running (status))
    {
      TrkPeriod span = { trk_now_start (status), has_end (status) ? status->until : TRK_NEVER };
      g_autofree char *text = trk_format_span (zone, span);

      g_string_append_printf (lines, "\n%s", text);
    }
  if (status->next_start > 0)
    {
      g_autofree char *at = moment (zone, status->next_start, now);
      g_autofree char *line = g_strdup_printf ("%s %s", at, next);

      if (!g_str_has_suffix (words->text, line)) /* where nothing runs it is all there is to say */
        g_string_append_printf (lines, "\nnext: %s", line);
    }
  return g_string_free (g_steal_pointer (&lines), FALSE);
}

/* In @sentence and @remedy: who keeps time, but is not reached. */
static void
describe_unseen (TrkPanelWords *words, const char *sentence, const char *remedy)
{
  words->text = g_strdup ("○ trackerd is not reached");
  words->tooltip = g_strdup_printf ("%s.\n%s", sentence, remedy);
}

static void
describe_nobody (TrkPanelWords *words)
{
  words->text = g_strdup ("○ no time is kept");
  words->tooltip = g_strdup ("Nobody is keeping time.\nTo begin: " TRK_BUS_START_ANYWHERE);
}

static void
describe_silence (TrkPanelWords *words, const TrkKeeper *keeper)
{
  g_autofree char *sentence = keeper != NULL ? trk_keeper_sentence (keeper) : NULL;
  g_autofree char *remedy = keeper != NULL ? trk_keeper_remedy (keeper) : NULL;

  words->state = "unknown";
  words->brief = g_strdup ("–");
  words->kind = g_strdup ("");
  if (sentence != NULL)
    describe_unseen (words, sentence, remedy);
  else
    describe_nobody (words);
}

TrkPanelWords *
trk_panel_words_new (const TrkDaemonStatus *status,
                     const TrkKeeper *keeper,
                     const TrkZone *zone,
                     TrkInstant now)
{
  TrkPanelWords *words = g_new0 (TrkPanelWords, 1);

  if (status == NULL)
    {
      describe_silence (words, keeper);
      return words;
    }
  words->state = state_of (status);
  words->kind = trk_text_line (status->kind, LONGEST_TITLE);
  if (is_running (status))
    describe_running (words, status, now);
  else if (strcmp (words->state, "paused") == 0)
    describe_paused (words, status, zone, now);
  else
    describe_idle (words, status, zone, now);
  if (trk_now_runs (status))
    words->percentage = (guint) (trk_now_share (status, trk_now_told (status, now)) * 100);
  words->tooltip = tooltip_of (words, status, zone, now);
  return words;
}

void
trk_panel_words_free (TrkPanelWords *words)
{
  if (words == NULL)
    return;
  g_free (words->text);
  g_free (words->brief);
  g_free (words->tooltip);
  g_free (words->kind);
  g_free (words);
}

TrkInstant
trk_panel_words_until (const TrkDaemonStatus *status, TrkInstant now)
{
  TrkDuration left;

  if (status == NULL || !is_running (status) || (!has_end (status) && status->since <= 0))
    return TRK_NEVER;
  if (!has_end (status))
    return now + TRK_MINUTE - trk_now_told (status, now) % TRK_MINUTE;
  left = status->until - now;
  if (left < 0)
    return now + TRK_MINUTE - -left % TRK_MINUTE;
  return now + left % TRK_MINUTE + 1;
}
