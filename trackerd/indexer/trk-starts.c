/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-starts.h"

static const TrkDuration one_day = 24 * TRK_HOUR;

TrkInstant
trk_starts_wall_of (const TrkMoment *start, const TrkMoment *other)
{
  if (start->is_date)
    return trk_wall_midnight (other->wall);
  if (other->is_date)
    return other->wall + start->wall - trk_wall_midnight (start->wall);
  if (other->zone == start->zone || trk_timezone_is_floating (other->zone)
      || trk_timezone_is_floating (start->zone))
    return other->wall;
  return trk_timezone_wall (start->zone, trk_moment_key (other));
}

static TrkInstant
key_at (const TrkMoment *start, TrkInstant wall)
{
  TrkMoment moment = *start;

  moment.wall = wall;
  return trk_moment_key (&moment);
}

/* An RDATE of another zone keeps its own instant: its reading in the master's zone may exist
 * twice. */
static void
add_extra_date (const TrkMoment *start, const TrkExtraDate *date, GArray *starts)
{
  gboolean is_apart = !start->is_date && !date->at.is_date
                      && !trk_timezone_is_floating (date->at.zone)
                      && !trk_timezone_is_floating (start->zone);
  TrkStart added = { .wall = trk_starts_wall_of (start, &date->at),
                     .has_length = date->has_length,
                     .length = date->length };

  added.key = is_apart ? trk_moment_key (&date->at) : key_at (start, added.wall);
  g_array_append_val (starts, added);
}

/* Appends what @rule gives in @range to @walls; DTSTART only as the rule names it, or @with_start
 * in any case. */
static gboolean
expand_rule (const TrkVevent *event,
             const TrkRule *rule,
             gboolean with_start,
             TrkPeriod range,
             guint *budget,
             GArray *walls)
{
  guint kept = walls->len;
  gboolean (*expand) (const TrkRecurrence *, TrkInstant, TrkInstant, TrkInstant, guint *,
                      GArray *) = with_start ? trk_recurrence_expand : trk_recurrence_expand_named;

  if (!expand (rule->recurrence, event->start.wall, range.start, range.end, budget, walls))
    return FALSE;
  for (guint i = kept; i < walls->len; i++)
    {
      TrkInstant wall = g_array_index (walls, TrkInstant, i);

      if ((wall == event->start.wall && with_start) || rule->last == TRK_NEVER
          || key_at (&event->start, wall) <= rule->last)
        g_array_index (walls, TrkInstant, kept++) = wall;
    }
  g_array_set_size (walls, kept);
  return kept <= TRK_STARTS_MAX;
}

static gboolean
expand_rules (const TrkVevent *event,
              const GArray *rules,
              gboolean with_start,
              TrkPeriod range,
              guint *budget,
              GArray *walls)
{
  for (guint i = 0; i < rules->len; i++)
    if (!expand_rule (event, &g_array_index (rules, TrkRule, i), with_start, range, budget, walls))
      return FALSE;
  return TRUE;
}

/* Is DTSTART an instance of one of several RRULEs? Then it counts for the COUNT of those that name
 * it; else it is the first instance of each (3.8.5.3). */
static gboolean
one_names_start (const TrkVevent *event, guint *budget)
{
  const TrkPeriod start = { event->start.wall, event->start.wall + 1 };
  g_autoptr (GArray) named = g_array_new (FALSE, FALSE, sizeof (TrkInstant));

  return event->rules->len > 1 && expand_rules (event, event->rules, FALSE, start, budget, named)
         && named->len > 0;
}

static gint
compare_starts (gconstpointer a, gconstpointer b)
{
  const TrkStart *x = a, *y = b;

  if (x->key != y->key)
    return x->key < y->key ? -1 : 1;
  return y->has_length - x->has_length; /* the one that names its length wins */
}

static void
sort_unique (GArray *starts)
{
  guint kept = 0;

  g_array_sort (starts, compare_starts);
  for (guint i = 0; i < starts->len; i++)
    {
      TrkStart start = g_array_index (starts, TrkStart, i);

      if (kept == 0 || g_array_index (starts, TrkStart, kept - 1).key != start.key)
        g_array_index (starts, TrkStart, kept++) = start;
    }
  g_array_set_size (starts, kept);
}

/* How far before the window an occurrence may start and still reach into it. */
static TrkDuration
reach (const TrkVevent *event)
{
  TrkDuration longest = event->length.days * one_day + event->length.exact;

  for (guint i = 0; i < event->dates->len; i++)
    {
      const TrkExtraDate *date = &g_array_index (event->dates, TrkExtraDate, i);

      longest = MAX (longest, date->length.days * one_day + date->length.exact);
    }
  return MAX (longest, 0) + 2 * one_day;
}

/* Takes out of @starts what the EXRULEs name. */
static gboolean
leave_out (const TrkVevent *master, TrkPeriod range, guint *budget, GArray *starts)
{
  g_autoptr (GArray) walls = NULL;
  g_autoptr (GHashTable) out = NULL;
  guint kept = 0;

  if (master->exceptions->len == 0)
    return TRUE;
  walls = g_array_new (FALSE, FALSE, sizeof (TrkInstant));
  out = g_hash_table_new (g_int64_hash, g_int64_equal);
  if (!expand_rules (master, master->exceptions, FALSE, range, budget, walls))
    return FALSE;
  for (guint i = 0; i < walls->len; i++)
    g_hash_table_add (out, &g_array_index (walls, TrkInstant, i));
  for (guint i = 0; i < starts->len; i++)
    {
      TrkStart start = g_array_index (starts, TrkStart, i);

      if (!g_hash_table_contains (out, &start.wall))
        g_array_index (starts, TrkStart, kept++) = start;
    }
  g_array_set_size (starts, kept);
  return TRUE;
}

gboolean
trk_starts_collect (
    const TrkVevent *master, TrkPeriod window, TrkDuration shift, guint *budget, GArray *starts)
{
  const TrkPeriod range = { window.start - reach (master) - shift,
                            window.end + 2 * one_day + shift };
  g_autoptr (GArray) walls = g_array_new (FALSE, FALSE, sizeof (TrkInstant));

  if (master->rules->len > 0 || !master->ended)
    g_array_append_val (walls, master->start.wall);
  if (!expand_rules (master, master->rules, !one_names_start (master, budget), range, budget,
                     walls))
    return FALSE;
  for (guint i = 0; i < walls->len; i++)
    {
      TrkStart start = { .wall = g_array_index (walls, TrkInstant, i) };

      start.key = key_at (&master->start, start.wall);
      g_array_append_val (starts, start);
    }
  for (guint i = 0; i < master->dates->len; i++)
    add_extra_date (&master->start, &g_array_index (master->dates, TrkExtraDate, i), starts);
  sort_unique (starts);
  return leave_out (master, range, budget, starts);
}
