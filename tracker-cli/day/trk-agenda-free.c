/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-agenda-free.h"

#include "trk-format.h"
#include "trk-text.h"

#include <string.h>

#define MAX_TITLE_CHARS 200

static void
event_free (gpointer data)
{
  TrkAgendaFree *event = data;

  g_free (event->title);
  g_free (event->why);
  g_free (event);
}

static void
add (GPtrArray *events,
     const TrkAgenda *agenda,
     TrkDay day,
     const TrkOccurrence *occurrence,
     const TrkVerdict *verdict)
{
  g_autofree char *title = trk_text_line (occurrence->summary, MAX_TITLE_CHARS);
  TrkPeriod time = trk_occurrence_time (occurrence, &agenda->almanac);
  TrkAgendaFree *event = g_new0 (TrkAgendaFree, 1);

  event->day = day;
  event->begun = trk_almanac_day (&agenda->almanac, time.start);
  event->occurrence = occurrence;
  event->title = *title != '\0' ? g_steal_pointer (&title) : g_strdup ("(no title)");
  event->no_block = verdict->no_block;
  event->why = g_strdup (verdict->why);
  g_ptr_array_add (events, event);
}

static void
add_days (GPtrArray *events, const TrkAgenda *agenda, const TrkOccurrence *occurrence)
{
  g_auto (TrkVerdict) verdict = trk_verdict (occurrence, &agenda->input);
  TrkPeriod time = trk_occurrence_time (occurrence, &agenda->almanac);
  TrkDay last = trk_almanac_day (&agenda->almanac, MAX (time.start, time.end - 1));

  if (verdict.makes_block
      || (verdict.no_block != TRK_NO_BLOCK_FREE && verdict.no_block != TRK_NO_BLOCK_ALL_DAY
          && !agenda->with_all_free))
    return;
  last = MIN (last, trk_almanac_day (&agenda->almanac, agenda->period.end - 1));
  for (TrkDay day = trk_almanac_day (&agenda->almanac, MAX (time.start, agenda->period.start));
       day <= last; day++)
    add (events, agenda, day, occurrence, &verdict);
}

static gint
compare (gconstpointer a, gconstpointer b)
{
  const TrkAgendaFree *x = *(const TrkAgendaFree *const *) a;
  const TrkAgendaFree *y = *(const TrkAgendaFree *const *) b;
  const TrkPeriod *first = &x->occurrence->period, *second = &y->occurrence->period;
  int titles;

  if (x->day != y->day)
    return x->day < y->day ? -1 : 1;
  if (first->start != second->start)
    return first->start < second->start ? -1 : 1;
  titles = strcmp (x->title, y->title);
  return titles != 0 ? titles : (first->end > second->end) - (first->end < second->end);
}

/* The same holiday of two feeds is one: copies of the one before go to the end, and out. */
static void
drop_copies (GPtrArray *sorted)
{
  gpointer *events = sorted->pdata;
  guint kept = 0;

  for (guint i = 0; i < sorted->len; i++)
    if (kept == 0 || compare (&events[kept - 1], &events[i]) != 0)
      {
        gpointer event = events[i];

        events[i] = events[kept];
        events[kept++] = event;
      }
  g_ptr_array_set_size (sorted, (gint) kept);
}

/* What makes a block is most of them: only these are looked at closely. */
static gboolean
may_be_free (const TrkAgenda *agenda, const TrkOccurrence *occurrence)
{
  return occurrence->all_day || occurrence->transparent || agenda->with_all_free;
}

GPtrArray *
trk_agenda_free_new (const TrkAgenda *agenda)
{
  GPtrArray *events = g_ptr_array_new_with_free_func (event_free);

  for (guint i = 0; agenda->occurrences != NULL && i < agenda->occurrences->len; i++)
    {
      const TrkOccurrence *occurrence = g_ptr_array_index (agenda->occurrences, i);

      if (may_be_free (agenda, occurrence))
        add_days (events, agenda, occurrence);
    }
  g_ptr_array_sort (events, compare);
  drop_copies (events);
  return events;
}

char *
trk_agenda_free_label (const TrkAgenda *agenda, const TrkAgendaFree *event)
{
  const TrkZone *zone = agenda->almanac.zone;
  TrkPeriod period = event->occurrence->period;
  g_autofree char *end = trk_zone_format_time (zone, period.end);

  if (event->occurrence->all_day)
    return g_strdup ("all day");
  if (event->day == event->begun)
    return trk_zone_format_time (zone, period.start);
  return trk_almanac_day (&agenda->almanac, period.end - 1) == event->day
             ? g_strdup_printf ("to %s", end)
             : g_strdup ("all day");
}

/* "until 14:00, ": of one that has a length, in the day in which it begins. */
static char *
end_words (const TrkAgenda *agenda, const TrkAgendaFree *event)
{
  TrkPeriod period = event->occurrence->period;
  g_autofree char *end = NULL;

  if (event->occurrence->all_day || event->day != event->begun || period.end <= period.start)
    return g_strdup ("");
  end = trk_format_moment (&agenda->almanac, period.end, event->day);
  return g_strdup_printf ("until %s, ", end);
}

char *
trk_agenda_free_words (const TrkAgenda *agenda, const TrkAgendaFree *event)
{
  g_autofree char *until = end_words (agenda, event);

  return g_strdup_printf ("%s (%s%s)", event->title, until,
                          event->no_block == TRK_NO_BLOCK_FREE ? "free, no block" : "no block");
}
