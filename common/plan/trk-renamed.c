/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-renamed.h"

#include <string.h>

#define MADE_UID_DIGITS 32

static GHashTable *
ids_of (const GPtrArray *blocks)
{
  GHashTable *ids = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < blocks->len; i++)
    {
      const TrkBlock *block = g_ptr_array_index (blocks, i);

      if (block != NULL)
        g_hash_table_add (ids, block->id);
    }
  return ids;
}

/* It is to come, or left the plan before it began: nothing hangs on its ID. What was put off may
 * have begun before that, and the user's word for it does. */
static gboolean
was_only_planned (const TrkBlockState *state)
{
  return !trk_block_state_began (state) && state->start == 0
         && (!trk_block_state_is_over (state) || state->outcome == TRK_OUTCOME_CANCELLED);
}

static gboolean
is_gone (const TrkBlockRecord *record, GHashTable *ids)
{
  const TrkBlock *block = record->block;
  g_autofree char *whole = NULL;

  if (block->calendar == NULL || was_only_planned (record->state)
      || g_hash_table_contains (ids, block->id))
    return FALSE;
  whole = trk_block_id_whole (block->id);
  return !g_hash_table_contains (ids, whole);
}

/* When it is in the calendar → of TrkBlockRecord, borrowed; NULL, as nearly always: none. */
static GHashTable *
gone_by_start (const GPtrArray *records, GHashTable *ids)
{
  GHashTable *gone = NULL;

  for (guint i = 0; i < records->len; i++)
    {
      TrkBlockRecord *record = g_ptr_array_index (records, i);
      GPtrArray *list;

      if (!is_gone (record, ids))
        continue;
      if (gone == NULL)
        gone = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL,
                                      (GDestroyNotify) g_ptr_array_unref);
      list = g_hash_table_lookup (gone, &record->block->planned.start);
      if (list == NULL)
        g_hash_table_insert (gone, &record->block->planned.start, list = g_ptr_array_new ());
      g_ptr_array_add (list, record);
    }
  return gone;
}

/* IDs without the numbers of pieces. */
static GHashTable *
logged_ids (const GPtrArray *records)
{
  GHashTable *ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < records->len; i++)
    {
      const TrkBlockRecord *record = g_ptr_array_index (records, i);

      g_hash_table_add (ids, trk_block_id_whole (record->block->id));
      g_hash_table_add (ids, g_strdup (record->block->id));
    }
  return ids;
}

typedef gboolean (*Was) (const TrkBlock *block, const TrkBlockRecord *record);

static gboolean
has_its_title (const TrkBlock *block, const TrkBlockRecord *record)
{
  return record->block->planned.end == block->planned.end
         && g_strcmp0 (record->block->title, block->title) == 0;
}

/* "20261123", "20261123T090000", "20261123T090000Z": which one of a series it is. */
static gboolean
is_instance (const char *text)
{
  gsize length = strlen (text);

  return (length == 8 || length == 15 || length == 16) && strspn (text, "0123456789TZ") == length;
}

/* Was its UID made of its text by the index? Events that have none get such a one: digits and
 * nothing else. Others make UIDs of such digits too, with a host behind or an address before. */
static gboolean
is_made_of_text (const TrkBlock *block)
{
  g_autofree char *id = trk_block_id_whole (block->id);
  gsize calendar = strlen (block->calendar);
  const char *uid = id + calendar + 1, *end;

  if (!g_str_has_prefix (id, block->calendar) || id[calendar] != '/')
    return FALSE;
  end = uid + strspn (uid, "0123456789abcdef");
  return end - uid == MADE_UID_DIGITS && (*end == '\0' || (*end == '@' && is_instance (end + 1)));
}

/* Another text makes another UID; what has one of its own is another event, be it at its time. */
static gboolean
has_its_place (const TrkBlock *block, const TrkBlockRecord *record)
{
  const TrkBlock *before = record->block;

  return before->planned.end == block->planned.end && before->kind == block->kind
         && g_strcmp0 (before->calendar, block->calendar) == 0 && is_made_of_text (before)
         && is_made_of_text (block) && trk_period_is_empty (trk_block_record_left (record));
}

/* The record goes from @list, with those of its other pieces: they were one event. */
static void
take_id (TrkBlock *block, GPtrArray *list, Was was)
{
  const TrkBlockRecord *found = NULL;

  for (guint i = 0; i < list->len && found == NULL; i++)
    if (was (block, g_ptr_array_index (list, i)))
      found = g_ptr_array_index (list, i);
  if (found == NULL)
    return;
  for (guint i = list->len; i > 0; i--)
    if (trk_blocks_are_of_one_event (
            ((const TrkBlockRecord *) g_ptr_array_index (list, i - 1))->block, found->block))
      g_ptr_array_remove_index (list, i - 1);
  g_free (block->id);
  block->id = trk_block_id_whole (found->block->id);
}

static void
take_ids (const GPtrArray *blocks, GHashTable *gone, GHashTable *logged, Was was)
{
  for (guint i = 0; i < blocks->len; i++)
    {
      TrkBlock *block = g_ptr_array_index (blocks, i);
      GPtrArray *list = block != NULL ? g_hash_table_lookup (gone, &block->planned.start) : NULL;

      if (list != NULL && !g_hash_table_contains (logged, block->id))
        take_id (block, list, was);
    }
}

/* What of @records is not among @blocks, as by gone_by_start(). */
static GHashTable *
gone_of (const GPtrArray *blocks, const GPtrArray *records)
{
  g_autoptr (GHashTable) ids = NULL; /* borrowed: not for longer than the blocks keep theirs */

  if (records == NULL || records->len == 0)
    return NULL;
  ids = ids_of (blocks);
  return gone_by_start (records, ids);
}

void
trk_renamed_take_ids (const GPtrArray *blocks, const GPtrArray *records)
{
  g_autoptr (GHashTable) gone = gone_of (blocks, records);
  g_autoptr (GHashTable) logged = gone != NULL ? logged_ids (records) : NULL;

  if (gone == NULL)
    return;
  take_ids (blocks, gone, logged, has_its_title);
  take_ids (blocks, gone, logged, has_its_place);
}
