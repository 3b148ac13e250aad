/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-hook-event.h"
#include <json-glib/json-glib.h>

#include <string.h>

#define AT G_GINT64_CONSTANT (1795392000000000) /* 2026-11-23T00:00:00Z */

static JsonObject *
read_back (const char *text, JsonParser *parser)
{
  g_assert_true (g_str_has_suffix (text, "}\n"));
  g_assert_true (strchr (text, '\n') == text + strlen (text) - 1);
  g_assert_true (json_parser_load_from_data (parser, text, -1, NULL));
  return json_node_get_object (json_parser_get_root (parser));
}

static void
test_whole (void)
{
  g_autoptr (TrkBlock) block = trk_block_new ();
  g_autoptr (TrkEntry) entry = trk_entry_new ();
  TrkHookEvent event = { TRK_HOOK_FOCUS_START, AT, TRK_REASON_BLOCK_START, block, entry, 0, FALSE };
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autofree char *text = NULL;
  JsonObject *object;

  block->id = g_strdup ("work/1");
  block->calendar = g_strdup ("work");
  block->title = g_strdup ("A \"block\"\n$(reboot) \x01 \xff");
  block->kind = TRK_KIND_FOCUS;
  block->period = (TrkPeriod){ AT, AT + TRK_HOUR };
  entry->title = g_strdup ("A task");
  entry->kind = TRK_KIND_FOCUS;
  entry->task = 7;
  entry->project = g_strdup ("billing");
  text = trk_hook_event_to_json (&event);
  object = read_back (text, parser);
  g_assert_cmpstr (json_object_get_string_member (object, "event"), ==, "focus-start");
  g_assert_cmpstr (json_object_get_string_member (object, "at"), ==, "2026-11-23T00:00:00Z");
  g_assert_cmpstr (json_object_get_string_member (object, "reason"), ==, "block-start");
  g_assert_cmpstr (json_object_get_string_member (object, "title"), ==, "A task");
  g_assert_cmpstr (json_object_get_string_member (object, "until"), ==, "2026-11-23T01:00:00Z");
  g_assert_cmpint (json_object_get_int_member (object, "task"), ==, 7);
  g_assert_cmpstr (json_object_get_string_member (object, "project"), ==, "billing");
  g_assert_false (json_object_get_boolean_member (object, "test"));
  object = json_object_get_object_member (object, "block");
  g_assert_cmpstr (json_object_get_string_member (object, "id"), ==, "work/1");
  g_assert_true (
      g_str_has_prefix (json_object_get_string_member (object, "title"), "A \"block\"\n$(reboot)"));
  g_assert_cmpstr (json_object_get_string_member (object, "end"), ==, "2026-11-23T01:00:00Z");
  g_assert_true (json_object_get_null_member (object, "link"));
}

static void
test_bare (void)
{
  TrkHookEvent event = { TRK_HOOK_AWAY, AT, TRK_REASON_LOCK, NULL, NULL, TRK_NEVER, TRUE };
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autofree char *text = trk_hook_event_to_json (&event);
  JsonObject *object = read_back (text, parser);
  static const char *const nulls[] = { "title", "kind", "until", "task", "project", "block" };

  for (guint i = 0; i < G_N_ELEMENTS (nulls); i++)
    g_assert_true (json_object_get_null_member (object, nulls[i]));
  g_assert_true (json_object_get_boolean_member (object, "test"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/hooks/event/whole", test_whole);
  g_test_add_func ("/hooks/event/bare", test_bare);
  return g_test_run ();
}
