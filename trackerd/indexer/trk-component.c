/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-component.h"

enum
{
  MAX_DEPTH = 8,
  MAX_LINES = 30000,  /* of a component with all that is in it; an attendee has … */
  MAX_PARAMS = 200000 /* … some six parameters */
};

static TrkComponent *
component_new (const char *name)
{
  TrkComponent *component = g_new0 (TrkComponent, 1);

  component->name = g_ascii_strup (name, -1);
  component->lines = g_ptr_array_new_with_free_func ((GDestroyNotify) trk_content_line_free);
  component->children = g_ptr_array_new_with_free_func ((GDestroyNotify) trk_component_free);
  component->strange = g_array_new (FALSE, FALSE, sizeof (guint));
  return component;
}

void
trk_component_free (TrkComponent *component)
{
  if (component == NULL)
    return;
  g_free (component->name);
  g_ptr_array_unref (component->lines);
  g_ptr_array_unref (component->children);
  g_array_unref (component->strange);
  g_free (component);
}

/* Opens a component inside the innermost of @stack. */
static void
begin (GPtrArray *stack, const char *name)
{
  TrkComponent *child = component_new (name);

  if (stack->len > 0)
    {
      TrkComponent *parent = g_ptr_array_index (stack, stack->len - 1);

      g_ptr_array_add (parent->children, child);
    }
  g_ptr_array_add (stack, child);
}

/* Puts one line where it belongs. @skipped counts the levels beyond what is kept. */
static void
place (GPtrArray *stack, TrkContentLine *line, guint *skipped)
{
  TrkComponent *inner = stack->len > 0 ? g_ptr_array_index (stack, stack->len - 1) : NULL;

  if (g_str_equal (line->name, "BEGIN"))
    {
      if (stack->len >= MAX_DEPTH)
        (*skipped)++;
      else
        begin (stack, g_strstrip (line->value));
    }
  else if (g_str_equal (line->name, "END"))
    {
      if (*skipped > 0)
        (*skipped)--;
      else if (stack->len > 1)
        g_ptr_array_set_size (stack, (gint) stack->len - 1);
    }
  else if (inner != NULL && *skipped == 0)
    {
      g_ptr_array_add (inner->lines, line);
      return;
    }
  trk_content_line_free (line);
}

TrkComponent *
trk_component_parse (const char *text, gsize length, guint first_line)
{
  g_autoptr (GPtrArray) stack = g_ptr_array_new ();
  g_autoptr (GString) raw = g_string_new (NULL);
  TrkComponent *root = NULL;
  TrkContentCursor cursor;
  guint number = 0, skipped = 0, lines = 0, params = 0;
  gboolean cut = FALSE;

  trk_content_cursor_init (&cursor, text, length, first_line);
  while (trk_content_next (&cursor, TRK_CONTENT_MAX_VALUE, raw, &number, NULL, &cut))
    {
      TrkContentLine *line = trk_content_line_parse (raw, number, cut);

      params += line != NULL && line->params != NULL ? line->params->len / 2 : 0;
      if (line != NULL)
        place (stack, line, &skipped);
      else if (root != NULL)
        g_array_append_val (root->strange, number);
      if (root == NULL && stack->len > 0)
        root = g_ptr_array_index (stack, 0);
      if (root != NULL && (++lines >= MAX_LINES || params > MAX_PARAMS))
        {
          root->too_long = TRUE;
          break;
        }
    }
  return root != NULL ? root : component_new ("");
}

const TrkContentLine *
trk_component_line (const TrkComponent *component, const char *name)
{
  for (guint i = 0; i < component->lines->len; i++)
    {
      const TrkContentLine *line = g_ptr_array_index (component->lines, i);

      if (*line->name == *name && g_str_equal (line->name, name)) /* most differ at once */
        return line;
    }
  return NULL;
}
