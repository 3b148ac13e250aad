/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-duration.h"
#include "trk-report-sections.h"
#include "trk-text.h"
#include "trk-times.h"

enum
{
  MOST_ROWS = 12,
  TOPIC_ROOM = 20,    /* beside the title of what was worked on, with a margin; … */
  LEAST_TITLE = 10,   /* … and what it keeps */
  LEGEND_COLUMNS = 55 /* of the timeline's, on one line */
};

/* What was worked on: entries of one title and task together. */
typedef struct
{
  const TrkEntry *entry;
  TrkDuration worked;
} Topic;

static Topic *
topic_of (GArray *topics, const TrkEntry *entry)
{
  for (guint i = 0; i < topics->len; i++)
    {
      Topic *topic = &g_array_index (topics, Topic, i);

      if (topic->entry->kind == entry->kind && topic->entry->task == entry->task
          && g_strcmp0 (topic->entry->title, entry->title) == 0)
        return topic;
    }
  g_array_append_vals (topics, &(Topic){ entry, 0 }, 1);
  return &g_array_index (topics, Topic, topics->len - 1);
}

static gint
most_first (gconstpointer a, gconstpointer b)
{
  const Topic *x = a, *y = b;

  if (x->worked != y->worked)
    return x->worked > y->worked ? -1 : 1;
  return g_strcmp0 (x->entry->title, y->entry->title);
}

static GArray *
topics_of (const TrkFigureInput *input)
{
  GArray *topics = g_array_new (FALSE, TRUE, sizeof (Topic));

  for (guint i = 0; i < input->entries->len; i++)
    {
      const TrkEntry *entry = g_ptr_array_index (input->entries, i);
      TrkPeriod period =
          trk_period_intersect (trk_period_until (entry->period, input->now), input->period);

      if (trk_kind_is_work (entry->kind) && !trk_period_is_empty (period))
        topic_of (topics, entry)->worked += trk_period_length (period);
    }
  g_array_sort (topics, most_first);
  return topics;
}

static void
add_topic (GString *page, const TrkStyle *style, const Topic *topic)
{
  g_autofree char *clock = trk_duration_format_clock (topic->worked);
  g_autofree char *task = topic->entry->task != 0
                              ? g_strdup_printf (" (task %" G_GINT64_FORMAT ")", topic->entry->task)
                              : g_strdup ("");
  gsize taken = TOPIC_ROOM + trk_text_width (task);
  g_autofree char *title =
      trk_text_line (topic->entry->title,
                     style->columns > taken + LEAST_TITLE ? style->columns - taken : LEAST_TITLE);

  g_string_append_printf (page, " %6s  %-8s %s%s\n", clock, trk_kind_to_string (topic->entry->kind),
                          title, task);
}

static void
worked_on (GString *page, const TrkReport *report, const TrkStyle *style)
{
  g_autoptr (GArray) topics = topics_of (report->input);
  TrkDuration rest = 0;

  for (guint i = 0; i < topics->len; i++)
    if (i < MOST_ROWS)
      add_topic (page, style, &g_array_index (topics, Topic, i));
    else
      rest += g_array_index (topics, Topic, i).worked;
  if (rest > 0)
    {
      g_autofree char *clock = trk_duration_format_clock (rest);

      g_string_append_printf (page, " %6s  %u more\n", clock, topics->len - MOST_ROWS);
    }
  if (topics->len > 0)
    g_string_append_c (page, '\n');
}

static void
timeline (GString *page, const TrkReport *report, const TrkStyle *style)
{
  guint width = style->columns > 60 ? 48 : 24;
  g_autofree char *line = trk_report_timeline (report->input, style, width);

  if (*line == '\0')
    return;
  g_string_append_printf (page, "\n %s\n", line);
  g_string_append (page, style->unicode ? "    █ focus  ▓ other work  ▒ break"
                                        : "    # focus  = other work  ~ break");
  g_string_append (page, style->columns < LEGEND_COLUMNS ? "\n    " : "  ");
  g_string_append_printf (
      page, "%s planned, %s\n\n", style->unicode ? "░" : "-",
      report->input->now < report->input->period.end ? "not done or still to come" : "not done");
}

char *
trk_report_day (const TrkReport *report, const TrkStyle *style)
{
  GString *page = g_string_new (NULL);

  trk_section_title (page, report, style);
  trk_section_headline (page, report, style);
  if (!trk_figures_is_empty (report->figures))
    {
      timeline (page, report, style);
      worked_on (page, report, style);
      trk_sections (page, report, style);
    }
  return trk_words_finish (page, style);
}
