/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-ics-edit.h"

typedef struct
{
  gsize offset, length;
  GString *text; /* (owned) */
} Splice;

struct _TrkIcsEdit
{
  const char *bytes;
  gsize length;
  GArray *splices; /* by offset */
};

static void
splice_clear (gpointer data)
{
  g_string_free (((Splice *) data)->text, TRUE);
}

TrkIcsEdit *
trk_ics_edit_new (const char *bytes, gsize length)
{
  TrkIcsEdit *edit = g_new0 (TrkIcsEdit, 1);

  edit->bytes = bytes;
  edit->length = length;
  edit->splices = g_array_new (FALSE, FALSE, sizeof (Splice));
  g_array_set_clear_func (edit->splices, splice_clear);
  return edit;
}

void
trk_ics_edit_free (TrkIcsEdit *edit)
{
  if (edit == NULL)
    return;
  g_array_unref (edit->splices);
  g_free (edit);
}

/* An insertion stands before the change of the bytes at its place. */
static gboolean
stands_before (const Splice *a, const Splice *b)
{
  if (a->offset != b->offset)
    return a->offset < b->offset;
  return a->length == 0 || b->length > 0;
}

static void
add (TrkIcsEdit *edit, gsize offset, gsize length, GString *text)
{
  const Splice splice = { offset, length, text };
  guint at = edit->splices->len;

  while (at > 0 && !stands_before (&g_array_index (edit->splices, Splice, at - 1), &splice))
    at--;
  g_array_insert_val (edit->splices, at, splice);
}

void
trk_ics_edit_replace (TrkIcsEdit *edit, gsize offset, gsize length, const char *text)
{
  add (edit, offset, length, g_string_new (text));
}

void
trk_ics_edit_insert (TrkIcsEdit *edit, gsize offset, const GString *bytes)
{
  add (edit, offset, 0, g_string_new_len (bytes->str, (gssize) bytes->len));
}

GString *
trk_ics_edit_apply (const TrkIcsEdit *edit, gsize begin, gsize end)
{
  GString *out = g_string_sized_new (end - begin + 512);
  gsize at = begin;

  for (guint i = 0; i < edit->splices->len; i++)
    {
      const Splice *splice = &g_array_index (edit->splices, Splice, i);

      if (splice->offset < at || splice->offset + splice->length > end)
        continue;
      g_string_append_len (out, edit->bytes + at, (gssize) (splice->offset - at));
      g_string_append_len (out, splice->text->str, (gssize) splice->text->len);
      at = splice->offset + splice->length;
    }
  g_string_append_len (out, edit->bytes + at, (gssize) (end - at));
  return out;
}
