/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-hook-event.h"

#include "trk-json.h"

static void
add_block (TrkJson *json, const TrkBlock *block)
{
  trk_json_name (json, "block");
  if (block == NULL)
    {
      trk_json_add_null (json);
      return;
    }
  trk_json_begin_object (json);
  trk_json_string (json, "id", block->id);
  trk_json_string (json, "calendar", block->calendar);
  trk_json_string (json, "title", block->title);
  trk_json_string (json, "kind", trk_kind_to_string (block->kind));
  trk_json_instant (json, "start", block->period.start);
  trk_json_instant (json, "end", block->period.end);
  trk_json_string (json, "location", block->location);
  trk_json_string (json, "link", block->link);
  trk_json_end_object (json);
}

static TrkInstant
until_of (const TrkHookEvent *event)
{
  if (event->until != 0 && event->until != TRK_NEVER)
    return event->until;
  if (event->entry != NULL && event->entry->until != 0)
    return event->entry->until;
  return event->block != NULL ? event->block->period.end : 0;
}

/* What is kept, else what is planned: enough for most programs. */
static void
add_subject (TrkJson *json, const TrkHookEvent *event)
{
  const TrkBlock *block = event->block;
  const TrkEntry *entry = event->entry;
  const char *title = entry != NULL ? entry->title : block != NULL ? block->title : NULL;
  TrkInstant until = until_of (event);

  trk_json_string (json, "title", title);
  trk_json_string (json, "kind",
                   entry != NULL   ? trk_kind_to_string (entry->kind)
                   : block != NULL ? trk_kind_to_string (block->kind)
                                   : NULL);
  trk_json_instant (json, "until", until);
  trk_json_number (json, "task", entry != NULL ? entry->task : 0);
  trk_json_string (json, "project", entry != NULL ? entry->project : NULL);
}

char *
trk_hook_event_to_json (const TrkHookEvent *event)
{
  g_autoptr (TrkJson) json = trk_json_new_line ();
  g_autofree char *text = NULL;

  trk_json_begin_object (json);
  trk_json_string (json, "event", trk_hook_to_string (event->hook));
  trk_json_instant (json, "at", event->at);
  trk_json_string (json, "reason", trk_reason_to_string (event->reason));
  add_subject (json, event);
  add_block (json, event->block);
  trk_json_bool (json, "test", event->test);
  trk_json_end_object (json);
  text = trk_json_text (json);
  return g_strconcat (text, "\n", NULL);
}
