/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-timezone.h"

#include "trk-error.h"
#include "trk-value.h"

#include <string.h>

enum
{
  MAX_ONSETS = 2000 /* of one observance: some years change the clock six times */
};

/* From @at on, local time is UTC plus @to; before it, UTC plus @from. */
typedef struct
{
  TrkInstant at;
  TrkDuration from, to;
} Transition;

struct _TrkTimezone
{
  TrkZone *zone;       /* (owned) (nullable) */
  GArray *transitions; /* of Transition, sorted; (owned) (nullable) */
};

static TrkTimezone *
timezone_new (TrkZone *zone, GArray *transitions)
{
  TrkTimezone *timezone = g_rc_box_new0 (TrkTimezone);

  timezone->zone = zone;
  timezone->transitions = transitions;
  return timezone;
}

TrkTimezone *
trk_timezone_new_floating (void)
{
  return timezone_new (NULL, NULL);
}

TrkTimezone *
trk_timezone_new_system (const char *id)
{
  TrkZone *zone = trk_zone_new (id, NULL);

  return zone != NULL ? timezone_new (zone, NULL) : NULL;
}

TrkTimezone *
trk_timezone_new_fixed (TrkDuration offset)
{
  GArray *transitions = g_array_new (FALSE, FALSE, sizeof (Transition));
  Transition only = { .at = 0, .from = offset, .to = offset };

  g_array_append_val (transitions, only);
  return timezone_new (NULL, transitions);
}

static void
clear (gpointer data)
{
  TrkTimezone *timezone = data;

  g_clear_pointer (&timezone->zone, trk_zone_unref);
  g_clear_pointer (&timezone->transitions, g_array_unref);
}

TrkTimezone *
trk_timezone_ref (TrkTimezone *timezone)
{
  return g_rc_box_acquire (timezone);
}

void
trk_timezone_unref (TrkTimezone *timezone)
{
  if (timezone != NULL)
    g_rc_box_release_full (timezone, clear);
}

gboolean
trk_timezone_is_floating (const TrkTimezone *timezone)
{
  return timezone->zone == NULL && timezone->transitions == NULL;
}

/* -- A VTIMEZONE's rules ----------------------------------------------------------------------- */

gboolean
trk_utc_offset_parse (const char *text, TrkDuration *offset)
{
  g_autoptr (GString) digits = g_string_new (NULL);
  int sign = *text == '-' ? -1 : 1;
  gint64 number;

  for (const char *p = text + (*text == '-' || *text == '+'); *p != '\0'; p++)
    if (g_ascii_isdigit (*p))
      g_string_append_c (digits, *p);
    else if (*p != ':' && *p != ' ')
      return FALSE;
  if (digits->len == 2)
    g_string_append (digits, "0000");
  if (digits->len == 4)
    g_string_append (digits, "00");
  if (digits->len != 6)
    return FALSE;
  number = g_ascii_strtoll (digits->str, NULL, 10);
  *offset =
      sign
      * (number / 10000 * TRK_HOUR + number / 100 % 100 * TRK_MINUTE + number % 100 * TRK_SECOND);
  return ABS (*offset) < 24 * TRK_HOUR;
}

static gboolean
unusable (GError **error, const char *what)
{
  g_set_error (error, TRK_ERROR, TRK_ERROR_INVALID, "this time zone's %s (RFC 5545 3.6.5)", what);
  return FALSE;
}

/* The onsets of one RRULE, in wall-clock time before the change. */
static gboolean
expand_rule (const char *text,
             TrkInstant start,
             TrkDuration from,
             guint *budget,
             GArray *onsets,
             GError **error)
{
  const TrkInstant first = trk_day_from_ymd (1900, 1, 1) * 24 * TRK_HOUR;
  const TrkInstant last = trk_day_from_ymd (2101, 1, 1) * 24 * TRK_HOUR;
  TrkDateValue until = { 0 };
  g_autoptr (TrkRecurrence) rule = trk_rule_parse (text, &until, NULL, error);

  if (rule == NULL)
    return FALSE;
  if (rule->freq < TRK_FREQ_DAILY)
    return unusable (error, "rule changes the clock several times a day");
  if (rule->has_until)
    rule->until = until.is_utc ? until.wall + from : until.wall;
  if (!trk_recurrence_expand (rule, start, MAX (start, first), last, budget, onsets)
      || onsets->len > MAX_ONSETS)
    return unusable (error, "rule takes too long");
  return TRUE;
}

static gboolean
add_dates (const char *value, TrkDuration from, GArray *onsets, GError **error)
{
  g_auto (GStrv) words = g_strsplit (value, ",", -1);

  for (char **word = words; *word != NULL; word++)
    {
      TrkDateValue date;

      if (!trk_date_value_parse (*word, &date, error))
        return FALSE;
      if (date.is_utc) /* RFC 5545 3.6.5 wants local time */
        date.wall += from;
      g_array_append_val (onsets, date.wall);
    }
  return TRUE;
}

static gboolean
collect_onsets (const TrkComponent *observance,
                TrkInstant start,
                TrkDuration from,
                guint *budget,
                GArray *onsets,
                GError **error)
{
  g_array_append_val (onsets, start);
  for (guint i = 0; i < observance->lines->len; i++)
    {
      const TrkContentLine *line = g_ptr_array_index (observance->lines, i);

      if (g_str_equal (line->name, "RRULE")
          && !expand_rule (line->value, start, from, budget, onsets, error))
        return FALSE;
      if (g_str_equal (line->name, "RDATE") && !add_dates (line->value, from, onsets, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
add_observance (const TrkComponent *observance, guint *budget, GArray *transitions, GError **error)
{
  const TrkContentLine *start = trk_component_line (observance, "DTSTART");
  const TrkContentLine *from = trk_component_line (observance, "TZOFFSETFROM");
  const TrkContentLine *to = trk_component_line (observance, "TZOFFSETTO");
  g_autoptr (GArray) onsets = g_array_new (FALSE, FALSE, sizeof (TrkInstant));
  Transition transition;
  TrkDateValue date;

  if (start == NULL || to == NULL || !trk_utc_offset_parse (to->value, &transition.to))
    return unusable (error, "observance has no start or no offset");
  if (from == NULL || !trk_utc_offset_parse (from->value, &transition.from))
    transition.from = transition.to;
  if (!trk_date_value_parse (start->value, &date, error)
      || !collect_onsets (observance, date.wall, transition.from, budget, onsets, error))
    return FALSE;
  if (*budget < onsets->len)
    return unusable (error, "definition is too long");
  *budget -= onsets->len;
  for (guint i = 0; i < onsets->len; i++)
    {
      transition.at = g_array_index (onsets, TrkInstant, i) - transition.from;
      g_array_append_val (transitions, transition);
    }
  return TRUE;
}

static gint
compare_transitions (gconstpointer a, gconstpointer b)
{
  const Transition *x = a, *y = b;

  return x->at < y->at ? -1 : x->at > y->at;
}

TrkTimezone *
trk_timezone_new_rules (const TrkComponent *vtimezone, guint *budget, GError **error)
{
  g_autoptr (GArray) transitions = g_array_new (FALSE, FALSE, sizeof (Transition));

  for (guint i = 0; i < vtimezone->children->len; i++)
    {
      const TrkComponent *child = g_ptr_array_index (vtimezone->children, i);

      if ((g_str_equal (child->name, "STANDARD") || g_str_equal (child->name, "DAYLIGHT"))
          && !add_observance (child, budget, transitions, error))
        return NULL;
    }
  if (transitions->len == 0)
    {
      unusable (error, "definition is empty");
      return NULL;
    }
  g_array_sort (transitions, compare_transitions);
  return timezone_new (NULL, g_steal_pointer (&transitions));
}

TrkTimezone *
trk_timezone_new_daylight (TrkDuration standard, const GArray *periods)
{
  GArray *transitions = g_array_new (FALSE, FALSE, sizeof (Transition));
  Transition first = { .at = G_MININT64, .from = standard, .to = standard };

  g_array_append_val (transitions, first);
  for (guint i = 0; i < periods->len; i++)
    {
      TrkDaylight period = g_array_index (periods, TrkDaylight, i);
      Transition on = { period.start - standard, standard, period.offset };
      Transition off = { period.end - period.offset, period.offset, standard };

      g_array_append_val (transitions, on);
      g_array_append_val (transitions, off);
    }
  g_array_sort (transitions, compare_transitions);
  return timezone_new (NULL, transitions);
}

/* -- Conversion -------------------------------------------------------------------------------- */

static TrkDuration
offset_at (const GArray *transitions, TrkInstant instant)
{
  guint low = 0, high = transitions->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (transitions, Transition, middle).at <= instant)
        low = middle + 1;
      else
        high = middle;
    }
  return low > 0 ? g_array_index (transitions, Transition, low - 1).to
                 : g_array_index (transitions, Transition, 0).from;
}

TrkInstant
trk_timezone_instant (const TrkTimezone *timezone, TrkInstant wall)
{
  TrkDuration before, after;

  if (timezone->zone != NULL)
    return trk_zone_instant (timezone->zone, trk_local_from_wall (wall));
  if (timezone->transitions == NULL)
    return wall;
  before = offset_at (timezone->transitions, wall - 24 * TRK_HOUR);
  if (offset_at (timezone->transitions, wall - before) == before)
    return wall - before;
  after = offset_at (timezone->transitions, wall + 24 * TRK_HOUR);
  return offset_at (timezone->transitions, wall - after) == after ? wall - after : wall - before;
}

TrkInstant
trk_timezone_wall (const TrkTimezone *timezone, TrkInstant instant)
{
  if (timezone->zone != NULL)
    return trk_local_to_wall (trk_zone_local (timezone->zone, instant));
  if (timezone->transitions == NULL)
    return instant;
  return instant + offset_at (timezone->transitions, instant);
}
