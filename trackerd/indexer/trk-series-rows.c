/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-series-rows.h"

#include "trk-series.h"

enum
{
  MAX_MEMBERS = 10000 /* components that share one UID */
};

static TrkVevent *
parse_member (TrkUpdate *update, const TrkMember *member)
{
  TrkFile *file = member->candidate->file;
  const TrkEventRange *range = &g_array_index (file->events, TrkEventRange, member->event);
  g_autofree char *hash = trk_file_event_hash (file, range);
  g_autofree char *aside = trk_index_writer_quarantine (update->writer, hash);

  if (aside != NULL)
    {
      trk_file_findings_add (file->findings, range->line, NULL, TRUE, "set aside: the indexer %s",
                             aside);
      return NULL;
    }
  trk_guard_enter (update->guard, file->path, range->line, hash);
  return trk_vevent_parse (file, range, hash, update->names);
}

static gboolean
write_event (TrkUpdate *update, const TrkVevent *event, gint64 source, gint64 *id, GError **error)
{
  const TrkIndexEvent row = { .about = event->about,
                              .hash = event->hash,
                              .line = event->line,
                              .anchor = event->start.wall,
                              .days = event->length.days,
                              .exact = event->length.exact,
                              .by_date = event->ends_by_date };

  g_free (event->about->calendar);
  event->about->calendar = g_strdup (event->file->findings->calendar);
  return trk_index_writer_add_event (update->writer, source, &row, id, error);
}

static gboolean
write_instance (
    TrkUpdate *update, const TrkInstance *instance, guint number, GHashTable *ids, GError **error)
{
  const gint64 *id = g_hash_table_lookup (ids, instance->event);
  const TrkIndexOccurrence row = {
    .event = *id,
    .number = number,
    .floating = instance->event->about->floating,
    .start = instance->start,
    .end = instance->end,
    .end_is_apart = instance->end_is_apart,
    .original = instance->id,
    .original_is = !instance->has_id          ? TRK_ORIGINAL_NONE
                   : instance->id_is_date     ? TRK_ORIGINAL_DATE
                   : instance->id_is_floating ? TRK_ORIGINAL_FLOATING
                                              : TRK_ORIGINAL_INSTANT,
  };

  return trk_index_writer_add_occurrence (update->writer, &row, error);
}

static gboolean
write_series (TrkUpdate *update,
              const GPtrArray *events,
              const GArray *sources,
              const GArray *instances,
              GError **error)
{
  g_autoptr (GHashTable) ids = g_hash_table_new (NULL, NULL);
  g_autofree gint64 *numbers = g_new0 (gint64, MAX (events->len, 1));

  for (guint i = 0; i < events->len; i++)
    {
      TrkVevent *event = g_ptr_array_index (events, i);

      if (event->refused)
        continue;
      if (!write_event (update, event, g_array_index (sources, gint64, i), &numbers[i], error))
        return FALSE;
      g_hash_table_insert (ids, event, &numbers[i]);
    }
  for (guint i = 0; i < instances->len; i++)
    if (!write_instance (update, &g_array_index (instances, TrkInstance, i), i, ids, error))
      return FALSE;
  return TRUE;
}

gboolean
trk_series_rows_write (TrkUpdate *update, const GArray *members, guint *budget, GError **error)
{
  g_autoptr (GPtrArray) events = g_ptr_array_new_with_free_func ((GDestroyNotify) trk_vevent_free);
  g_autoptr (GArray) sources = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) instances = g_array_new (FALSE, FALSE, sizeof (TrkInstance));

  for (guint i = 0; i < MIN (members->len, MAX_MEMBERS); i++)
    {
      const TrkMember *member = &g_array_index (members, TrkMember, i);
      TrkVevent *event = parse_member (update, member);

      if (event == NULL)
        continue;
      g_ptr_array_add (events, event);
      g_array_append_val (sources, member->candidate->source);
    }
  if (members->len > MAX_MEMBERS)
    trk_file_findings_add (g_array_index (members, TrkMember, 0).candidate->file->findings, 0,
                           "UID", members->len - MAX_MEMBERS,
                           "more than 10,000 VEVENTs have one UID; the other %u are left out",
                           members->len - MAX_MEMBERS);
  trk_series_expand (events, update->window, budget, instances);
  trk_guard_leave (update->guard);
  trk_guard_progress (update->guard, ++update->done, update->total);
  return write_series (update, events, sources, instances, error);
}
