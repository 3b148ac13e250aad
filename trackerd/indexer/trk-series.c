/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-series.h"

#include "trk-named.h"
#include "trk-starts.h"

static const TrkDuration one_day = 24 * TRK_HOUR;

enum
{
  MAX_STEPS = 1000000 /* of one master */
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

/* An override for what follows, too. */
typedef struct
{
  const TrkVevent *event;
  TrkInstant wall; /* where it begins to rule, in the wall clock of its master */
} Future;

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

static void
add_override (Series *series, const TrkVevent *event)
{
  Override added = { .event = event, .id = trk_moment_key (&event->id), .id_like = &event->id };

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

/* -- THISANDFUTURE ----------------------------------------------------------------------------- */

static gint
compare_futures (gconstpointer a, gconstpointer b)
{
  const Future *x = a, *y = b;

  return x->wall < y->wall ? -1 : x->wall > y->wall;
}

/* Those overrides that rule over what follows them in the series of @master, in order. Owned by the
 * caller. */
static GArray *
futures_of (const TrkVevent *master, const GArray *overrides)
{
  GArray *futures = g_array_new (FALSE, FALSE, sizeof (Future));

  for (guint i = 0; i < overrides->len; i++)
    {
      Future future = { .event = g_array_index (overrides, Override, i).event };

      if (!future.event->and_future)
        continue;
      future.wall = trk_starts_wall_of (&master->start, &future.event->id);
      g_array_append_val (futures, future);
    }
  g_array_sort (futures, compare_futures);
  return futures;
}

/* The one that rules at @wall, NULL: none. */
static const Future *
future_at (const GArray *futures, TrkInstant wall)
{
  guint low = 0, high = futures->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (futures, Future, middle).wall <= wall)
        low = middle + 1;
      else
        high = middle;
    }
  return low > 0 ? &g_array_index (futures, Future, low - 1) : NULL;
}

/* How far it moves what follows it. */
static TrkDuration
shift_of (const Future *future)
{
  return future->event->start.wall - future->wall;
}

/* How far from its own time a start may have an effect because of @futures. */
static TrkDuration
longest_shift (const GArray *futures)
{
  TrkDuration longest = 0;

  for (guint i = 0; i < futures->len; i++)
    {
      const Future *future = &g_array_index (futures, Future, i);
      TrkLength length = future->event->length;

      longest = MAX (longest, ABS (shift_of (future))
                                  + MAX (length.days * one_day + length.exact, 0) + 2 * one_day);
    }
  return longest;
}

/* -- Occurrences ------------------------------------------------------------------------------- */

static gboolean
in_window (TrkPeriod window, const TrkInstance *instance)
{
  gboolean anywhere = trk_moment_is_floating (&instance->event->start) || instance->end_is_apart;
  TrkDuration margin = anywhere ? zone_margin : 0;

  if (instance->start >= window.end + margin)
    return FALSE;
  return instance->end > window.start - margin
         || (instance->start >= window.start - margin && instance->end <= instance->start);
}

/* The occurrence of @event at @start; @key is its number (trk_moment_key), @id that of the instance
 * it is or stands in for, which reads like @id_like (NULL: it is the only one). */
static void
emit (Series *series,
      const TrkVevent *event,
      const TrkMoment *start,
      TrkInstant key,
      TrkLength length,
      const TrkMoment *id_like,
      TrkInstant id)
{
  TrkInstance instance = { .event = event,
                           .start = key,
                           .end = trk_moment_end (start, key, length),
                           .has_id = id_like != NULL,
                           .id = id,
                           .id_is_date = id_like != NULL && id_like->is_date,
                           .id_is_floating = id_like != NULL && trk_moment_is_floating (id_like) };

  if (id_like == NULL && event->end_is_apart)
    {
      instance.end = trk_moment_key (&event->end);
      instance.end_is_apart = TRUE;
    }
  if (in_window (series->window, &instance))
    g_array_append_val (series->out, instance);
}

static void
emit_override (Series *series, const Override *override)
{
  const TrkVevent *event = override->event;

  emit (series, event, &event->start, trk_moment_key (&event->start), event->length,
        override->id_like, override->id);
}

/* The instance of @master at @start, by the one of @futures that rules there. */
static void
emit_master (Series *series,
             const TrkVevent *master,
             const GArray *futures,
             const TrkStart *start,
             gboolean has_id)
{
  const Future *future = future_at (futures, start->wall);
  const TrkMoment *id_like = has_id ? &master->start : NULL;
  TrkMoment moment = future != NULL ? future->event->start : master->start;

  moment.wall = start->wall;
  if (future == NULL)
    {
      emit (series, master, &moment, start->key, start->has_length ? start->length : master->length,
            id_like, start->key);
      return;
    }
  moment.wall += shift_of (future);
  emit (series, future->event, &moment, trk_moment_key (&moment), future->event->length, id_like,
        start->key);
}

/* -- A master ---------------------------------------------------------------------------------- */

static TrkNamed *
excluded_of (const TrkVevent *master)
{
  TrkNamed *excluded = trk_named_new ();

  for (guint i = 0; i < master->excluded->len; i++)
    trk_named_add (excluded, &master->start, &g_array_index (master->excluded, TrkMoment, i),
                   excluded);
  return excluded;
}

static TrkNamed *
replaced_of (const TrkVevent *master, const GArray *overrides)
{
  TrkNamed *replaced = trk_named_new ();

  for (guint i = 0; i < overrides->len; i++)
    {
      Override *override = &g_array_index (overrides, Override, i);

      trk_named_add (replaced, &master->start, &override->event->id, override);
    }
  return replaced;
}

/* Emits @starts, but not those that are excluded or replaced. */
static void
emit_starts (Series *series,
             const TrkVevent *master,
             const GArray *futures,
             const GArray *starts,
             gboolean has_id)
{
  g_autoptr (TrkNamed) excluded = excluded_of (master);
  g_autoptr (TrkNamed) replaced = replaced_of (master, series->overrides);

  for (guint i = 0; i < starts->len; i++)
    {
      const TrkStart *start = &g_array_index (starts, TrkStart, i);
      Override *override = trk_named_lookup (replaced, start->key, start->wall);

      if (override != NULL && !override->matched)
        {
          override->matched = TRUE;
          override->id = start->key;
          override->id_like = &master->start;
        }
      if (override == NULL && trk_named_lookup (excluded, start->key, start->wall) == NULL)
        emit_master (series, master, futures, start, has_id);
    }
}

/* The same where there is nothing to exclude or replace: most events are so. */
static void
emit_plain (Series *series,
            const TrkVevent *master,
            const GArray *futures,
            const GArray *starts,
            gboolean has_id)
{
  for (guint i = 0; i < starts->len; i++)
    emit_master (series, master, futures, &g_array_index (starts, TrkStart, i), has_id);
}

/* Takes from the budget what going through the exceptions of @master costs: nothing, where it has
 * none, so that what happens once stays when all is used up. FALSE: it is more than there is. */
static gboolean
charge_exceptions (const Series *series, const TrkVevent *master, guint *budget)
{
  guint cost = master->excluded->len + master->dates->len + series->overrides->len;

  if (*budget < cost)
    return FALSE;
  *budget -= cost;
  return TRUE;
}

static void
expand_master (Series *series, TrkVevent *master, gboolean has_id)
{
  g_autoptr (GArray) starts = g_array_new (FALSE, FALSE, sizeof (TrkStart));
  g_autoptr (GArray) futures = NULL;
  guint budget = MIN (*series->budget, MAX_STEPS), before = budget;

  master->refused = !charge_exceptions (series, master, &budget);
  if (!master->refused)
    {
      futures = futures_of (master, series->overrides);
      master->refused =
          !trk_starts_collect (master, series->window, longest_shift (futures), &budget, starts);
    }
  *series->budget -= before - budget;
  if (master->refused)
    trk_file_findings_add (master->file->findings, master->line, "RRULE", TRUE,
                           "the rule takes more than a million steps or gives more than 50,000 "
                           "occurrences around now");
  else if (master->excluded->len == 0 && series->overrides->len == 0)
    emit_plain (series, master, futures, starts, has_id);
  else
    emit_starts (series, master, futures, starts, has_id);
}

static void
expand_all (const GPtrArray *events, TrkPeriod window, guint *budget, GArray *out)
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
    emit_override (&series, &g_array_index (overrides, Override, i));
}

/* Is @event all of its series, and is it once? Most are. */
static gboolean
is_once (const TrkVevent *event)
{
  return !event->has_id && !event->ended && event->rules->len == 0 && event->dates->len == 0
         && event->excluded->len == 0 && event->exceptions->len == 0;
}

static void
expand_once (const TrkVevent *event, TrkPeriod window, GArray *out)
{
  Series series = { .window = window, .out = out };

  emit (&series, event, &event->start, trk_moment_key (&event->start), event->length, NULL, 0);
}

void
trk_series_expand (const GPtrArray *events, TrkPeriod window, guint *budget, GArray *out)
{
  if (events->len == 1 && is_once (g_ptr_array_index (events, 0)))
    expand_once (g_ptr_array_index (events, 0), window, out);
  else if (events->len > 0)
    expand_all (events, window, budget, out);
}
