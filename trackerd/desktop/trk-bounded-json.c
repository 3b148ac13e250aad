/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-bounded-json.h"

enum
{
  DEEPEST = 256, /* a tree of windows nests by two for each split */
};

/* Brackets in strings do not count. json-glib takes comments and '…' too, in which a quotation mark
 * would mean something else than here: they are no JSON (RFC 8259), and refused. */
static gboolean
is_refused (const char *text, gsize length)
{
  int depth = 0;
  gboolean quoted = FALSE;

  for (gsize i = 0; i < length; i++)
    {
      if (quoted && text[i] == '\\')
        i++;
      else if (text[i] == '"')
        quoted = !quoted;
      else if (!quoted && (text[i] == '{' || text[i] == '['))
        depth++;
      else if (!quoted && (text[i] == '}' || text[i] == ']'))
        depth--;
      else if (!quoted && (text[i] == '/' || text[i] == '\''))
        return TRUE;
      if (depth > DEEPEST)
        return TRUE;
    }
  return FALSE;
}

JsonNode *
trk_bounded_json_parse (const char *text, gsize length)
{
  g_autoptr (JsonParser) parser = NULL;

  if (length == 0 || is_refused (text, length) || !g_utf8_validate (text, (gssize) length, NULL))
    return NULL;
  parser = json_parser_new ();
  if (!json_parser_load_from_data (parser, text, (gssize) length, NULL))
    return NULL;
  return json_parser_steal_root (parser);
}

static JsonNode *
member_of (JsonObject *object, const char *member, JsonNodeType type)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, member) : NULL;

  return node != NULL && json_node_get_node_type (node) == type ? node : NULL;
}

static JsonNode *
value_of (JsonObject *object, const char *member, GType type)
{
  JsonNode *node = member_of (object, member, JSON_NODE_VALUE);

  return node != NULL && json_node_get_value_type (node) == type ? node : NULL;
}

const char *
trk_bounded_json_string (JsonObject *object, const char *member)
{
  JsonNode *node = value_of (object, member, G_TYPE_STRING);

  return node != NULL ? json_node_get_string (node) : NULL;
}

gint64
trk_bounded_json_int (JsonObject *object, const char *member)
{
  JsonNode *node = value_of (object, member, G_TYPE_INT64);

  return node != NULL ? json_node_get_int (node) : 0;
}

gboolean
trk_bounded_json_bool (JsonObject *object, const char *member)
{
  JsonNode *node = value_of (object, member, G_TYPE_BOOLEAN);

  return node != NULL && json_node_get_boolean (node);
}

JsonObject *
trk_bounded_json_object (JsonObject *object, const char *member)
{
  JsonNode *node = member_of (object, member, JSON_NODE_OBJECT);

  return node != NULL ? json_node_get_object (node) : NULL;
}

JsonArray *
trk_bounded_json_array (JsonObject *object, const char *member)
{
  JsonNode *node = member_of (object, member, JSON_NODE_ARRAY);

  return node != NULL ? json_node_get_array (node) : NULL;
}

JsonObject *
trk_bounded_json_root (JsonNode *node)
{
  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}
