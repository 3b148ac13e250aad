/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-series.h"

static const TrkDuration one_day = 24 * TRK_HOUR;

enum
{
  MAX_INSTANCES = 50000, /* of one series in one window */
  MAX_STEPS = 1000000    /* of one series */
};

/* The zones of the earth lie within 26 hours; local wall clocks are that far from UTC at most. */
static const TrkDuration zone_margin = 26 * TRK_HOUR;

/* A RECURRENCE-ID component. */
typedef struct
{
  const TrkVevent *event;
  gboolean matched;         /* it stands in for an instance of a master … */
  TrkInstant id;            /* … with this number */
  const TrkMoment *id_like; /* how @id reads: the master's start, or its own RECURRENCE-ID */
} Override;

/* One start of a master, before exceptions. */
typedef struct
{
  TrkInstant wall;
  gboolean has_length;
  TrkLength length;
} Start;

typedef struct
{
  TrkPeriod window;
  guint *budget;
  GPtrArray *masters; /* of TrkVevent */
  GArray *overrides;  /* of Override */
  GArray *out;        /* of TrkInstance */
} Series;

/* -- Which of several versions counts ---------------------------------------------------------- */

/* Is @a a newer version than @b? (3.8.7.4; equal ones: the later in the list wins.) */
static gboolean
supersedes (const TrkVevent *a, const TrkVevent *b)
{
  if (a->sequence != b->sequence)
    return a->sequence > b->sequence;
  return a->stamp >= b->stamp;
}

static TrkInstant
override_key (const TrkVevent *event)
{
  return trk_moment_key (&event->id);
}

static void
add_override (Series *series, const TrkVevent *event)
{
  Override added = { .event = event, .id = override_key (event), .id_like = &event->id };

  for (guint i = 0; i < series->overrides->len; i++)
    {
      Override *other = &g_array_index (series->overrides, Override, i);

      if (other->id != added.id || other->event->id.is_date != event->id.is_date)
        continue;
      if (supersedes (event, other->event))
        *other = added;
      return;
    }
  g_array_append_val (series->overrides, added);
}

/* Masters of one file stay side by side, as its writer has them; of several files the newest
 * version's counts. */
static void
keep_newest_file (Series *series)
{
  const TrkVevent *newest = NULL;

  for (guint i = 0; i < series->masters->len; i++)
    {
      const TrkVevent *event = g_ptr_array_index (series->masters, i);

      if (newest == NULL || supersedes (event, newest))
        newest = event;
    }
  for (guint i = series->masters->len; i-- > 0;)
    {
      const TrkVevent *event = g_ptr_array_index (series->masters, i);

      if (event->file == newest->file)
        continue;
      trk_file_findings_add (event->file->findings, event->line, "UID", TRUE,
                             "%s has a newer version of this event", newest->file->path);
      g_ptr_array_remove_index (series->masters, i);
    }
}

static void
sort_out (Series *series, const GPtrArray *events)
{
  for (guint i = 0; i < events->len; i++)
    {
      TrkVevent *event = g_ptr_array_index (events, i);

      if (event->has_id)
        add_override (series, event);
      else
        g_ptr_array_add (series->masters, event);
    }
  keep_newest_file (series);
}

/* -- The starts of a master -------------------------------------------------------------------- */

/* Another date of the series in the wall clock of its start. */
static TrkInstant
as_wall_of (const TrkMoment *start, const TrkMoment *other)
{
  if (start->is_date)
    return other->wall - other->wall % one_day;
  if (other->is_date)
    return other->wall + start->wall % one_day;
  if (other->zone == start->zone || trk_timezone_is_floating (other->zone)
      || trk_timezone_is_floating (start->zone))
    return other->wall;
  return trk_timezone_wall (start->zone, trk_moment_key (other));
}

static void
add_start (GArray *starts, TrkInstant wall)
{
  Start start = { .wall = wall };

  g_array_append_val (starts, start);
}

static void
add_extra_dates (const TrkVevent *event, GArray *starts)
{
  for (guint i = 0; i < event->dates->len; i++)
    {
      const TrkExtraDate *date = &g_array_index (event->dates, TrkExtraDate, i);
      Start start = { .wall = as_wall_of (&event->start, &date->at),
                      .has_length = date->has_length,
                      .length = date->length };

      g_array_append_val (starts, start);
    }
}

/* Appends what @rules give between @from and @to. FALSE: out of budget. */
static gboolean
expand_rules (const TrkVevent *event,
              const GPtrArray *rules,
              TrkInstant from,
              TrkInstant to,
              guint *budget,
              GArray *walls)
{
  for (guint i = 0; i < rules->len; i++)
    if (!trk_recurrence_expand (g_ptr_array_index (rules, i), event->start.wall, from, to, budget,
                                walls)
        || walls->len > MAX_INSTANCES)
      return FALSE;
  return TRUE;
}

static gint
compare_starts (gconstpointer a, gconstpointer b)
{
  const Start *x = a, *y = b;

  if (x->wall != y->wall)
    return x->wall < y->wall ? -1 : 1;
  return y->has_length - x->has_length; /* the one that names its length wins */
}

static void
sort_unique (GArray *starts)
{
  guint kept = 0;

  g_array_sort (starts, compare_starts);
  for (guint i = 0; i < starts->len; i++)
    {
      Start start = g_array_index (starts, Start, i);

      if (kept == 0 || g_array_index (starts, Start, kept - 1).wall != start.wall)
        g_array_index (starts, Start, kept++) = start;
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

/* How far a THISANDFUTURE override moves what follows it. */
static TrkDuration
shift_of (const TrkVevent *master, const TrkVevent *override)
{
  return override->start.wall - as_wall_of (&master->start, &override->id);
}

static TrkDuration
longest_shift (const Series *series, const TrkVevent *master)
{
  TrkDuration longest = 0;

  for (guint i = 0; i < series->overrides->len; i++)
    {
      const TrkVevent *event = g_array_index (series->overrides, Override, i).event;

      if (event->and_future)
        longest = MAX (longest, ABS (shift_of (master, event)) + reach (event));
    }
  return longest;
}

/* All starts that may matter for the window, exceptions by EXRULE taken out. */
static gboolean
collect_starts (const Series *series, const TrkVevent *master, guint *budget, GArray *starts)
{
  TrkDuration shift = longest_shift (series, master);
  TrkInstant from = series->window.start - reach (master) - shift;
  TrkInstant to = series->window.end + 2 * one_day + shift;
  g_autoptr (GArray) walls = g_array_new (FALSE, FALSE, sizeof (TrkInstant));
  g_autoptr (GArray) without = g_array_new (FALSE, FALSE, sizeof (TrkInstant));
  g_autoptr (GHashTable) out = g_hash_table_new (g_int64_hash, g_int64_equal);

  if (!expand_rules (master, master->rules, from, to, budget, walls)
      || !expand_rules (master, master->exceptions, from, to, budget, without))
    return FALSE;
  for (guint i = 0; i < without->len; i++)
    g_hash_table_add (out, &g_array_index (without, TrkInstant, i));
  add_start (starts, master->start.wall);
  for (guint i = 0; i < walls->len; i++)
    if (!g_hash_table_contains (out, &g_array_index (walls, TrkInstant, i)))
      add_start (starts, g_array_index (walls, TrkInstant, i));
  if (g_hash_table_contains (out, &master->start.wall) && master->exceptions->len > 0)
    g_array_remove_index (starts, 0);
  add_extra_dates (master, starts);
  sort_unique (starts);
  return TRUE;
}

/* -- Exceptions -------------------------------------------------------------------------------- */

/* Starts that are named one by one, by their number or by their day alone. */
typedef struct
{
  GHashTable *keys; /* of gint64 → gpointer, (owned) */
  GHashTable *days; /* of gint64: the midnight of a wall clock → gpointer, (owned) */
} Named;

static Named
named_new (void)
{
  return (Named){ .keys = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL),
                  .days = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL) };
}

static void
named_clear (Named *named)
{
  g_hash_table_unref (named->keys);
  g_hash_table_unref (named->days);
}

static void
named_add (Named *named, const TrkMoment *start, const TrkMoment *moment, gpointer what)
{
  TrkInstant number;
  TrkMoment reading = *moment;

  if (start->is_date || moment->is_date)
    {
      number = moment->wall - moment->wall % one_day;
      g_hash_table_insert (named->days, g_memdup2 (&number, sizeof number), what);
      return;
    }
  if (trk_timezone_is_floating (moment->zone) || trk_timezone_is_floating (start->zone))
    reading.zone = start->zone;
  number = trk_moment_key (&reading);
  g_hash_table_insert (named->keys, g_memdup2 (&number, sizeof number), what);
}

static gpointer
named_lookup (const Named *named, TrkInstant key, TrkInstant wall)
{
  TrkInstant day = wall - (wall % one_day + one_day) % one_day;
  gpointer found = g_hash_table_lookup (named->keys, &key);

  return found != NULL ? found : g_hash_table_lookup (named->days, &day);
}

/* -- Occurrences ------------------------------------------------------------------------------- */

static gboolean
is_floating (const TrkMoment *moment)
{
  return moment->is_date || trk_timezone_is_floating (moment->zone);
}

static gboolean
in_window (TrkPeriod window, const TrkInstance *instance)
{
  gboolean anywhere = is_floating (&instance->event->start) || instance->end_is_apart;
  TrkDuration margin = anywhere ? zone_margin : 0;

  if (instance->start >= window.end + margin)
    return FALSE;
  return instance->end > window.start - margin
         || (instance->start >= window.start - margin && instance->end <= instance->start);
}

static void
emit (Series *series,
      const TrkVevent *event,
      TrkInstant wall,
      TrkLength length,
      const TrkMoment *id_like,
      TrkInstant id)
{
  TrkMoment start = event->start;
  TrkInstance instance;

  start.wall = wall;
  instance = (TrkInstance){ .event = event,
                            .start = trk_moment_key (&start),
                            .end = trk_moment_end (&start, length),
                            .has_id = id_like != NULL,
                            .id = id,
                            .id_is_date = id_like != NULL && id_like->is_date,
                            .id_is_floating = id_like != NULL && is_floating (id_like) };
  if (id_like == NULL && event->end_is_apart)
    {
      instance.end = trk_moment_key (&event->end);
      instance.end_is_apart = TRUE;
    }
  if (in_window (series->window, &instance))
    g_array_append_val (series->out, instance);
}

/* The THISANDFUTURE override that rules at @key, NULL: none. */
static const TrkVevent *
future_override (const Series *series, TrkInstant key)
{
  const TrkVevent *best = NULL;
  TrkInstant latest = G_MININT64;

  for (guint i = 0; i < series->overrides->len; i++)
    {
      const Override *override = &g_array_index (series->overrides, Override, i);

      if (override->event->and_future && override->id <= key && override->id > latest)
        {
          best = override->event;
          latest = override->id;
        }
    }
  return best;
}

static void
emit_master (
    Series *series, const TrkVevent *master, const Start *start, TrkInstant key, gboolean has_id)
{
  const TrkVevent *future = future_override (series, key);
  const TrkMoment *id_like = has_id ? &master->start : NULL;

  if (future == NULL)
    emit (series, master, start->wall, start->has_length ? start->length : master->length, id_like,
          key);
  else
    emit (series, future, start->wall + shift_of (master, future), future->length, id_like, key);
}

static void
expand_master (Series *series, TrkVevent *master, gboolean has_id)
{
  g_autoptr (GArray) starts = g_array_new (FALSE, FALSE, sizeof (Start));
  guint budget = MIN (*series->budget, MAX_STEPS), before = budget;
  Named excluded = named_new (), replaced = named_new ();
  gboolean complete = collect_starts (series, master, &budget, starts);

  *series->budget -= before - budget;
  master->refused = !complete;
  if (!complete)
    trk_file_findings_add (master->file->findings, master->line, "RRULE", TRUE,
                           "the rule takes more than a million steps or gives more than 50,000 "
                           "occurrences around now");
  for (guint i = 0; i < master->excluded->len; i++)
    named_add (&excluded, &master->start, &g_array_index (master->excluded, TrkMoment, i), series);
  for (guint i = 0; i < series->overrides->len; i++)
    {
      Override *override = &g_array_index (series->overrides, Override, i);

      named_add (&replaced, &master->start, &override->event->id, override);
    }
  for (guint i = 0; complete && i < starts->len; i++)
    {
      const Start *start = &g_array_index (starts, Start, i);
      TrkMoment moment = master->start;
      TrkInstant key;
      Override *override;

      moment.wall = start->wall;
      key = trk_moment_key (&moment);
      override = named_lookup (&replaced, key, start->wall);
      if (override != NULL && !override->matched)
        {
          override->matched = TRUE;
          override->id = key;
          override->id_like = &master->start;
        }
      if (override == NULL && named_lookup (&excluded, key, start->wall) == NULL)
        emit_master (series, master, start, key, has_id);
    }
  named_clear (&excluded);
  named_clear (&replaced);
}

void
trk_series_expand (const GPtrArray *events, TrkPeriod window, guint *budget, GArray *out)
{
  g_autoptr (GPtrArray) masters = g_ptr_array_new ();
  g_autoptr (GArray) overrides = g_array_new (FALSE, FALSE, sizeof (Override));
  Series series = {
    .window = window, .budget = budget, .masters = masters, .overrides = overrides, .out = out
  };

  sort_out (&series, events);
  for (guint i = 0; i < masters->len; i++)
    {
      TrkVevent *master = g_ptr_array_index (masters, i);
      gboolean recurs = master->rules->len > 0 || master->dates->len > 0 || overrides->len > 0;

      expand_master (&series, master, recurs || i > 0);
    }
  for (guint i = 0; i < overrides->len; i++)
    {
      const Override *override = &g_array_index (overrides, Override, i);

      emit (&series, override->event, override->event->start.wall, override->event->length,
            override->id_like, override->id);
    }
}
