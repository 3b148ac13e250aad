/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-notice.h"

static const char *const kinds[] = { "lead",  "start",   "ending",   "end", "reminder",
                                     "owed",  "digest",  "overtime", "gap", "lock",
                                     "limit", "day-end", "guard" };
static const char *const buttons[] = { "snooze", "skip",   "stop",    "extend", "done",  "break",
                                       "join",   "worked", "discard", "back",   "allow", "work" };

const char *
trk_notice_kind_to_string (TrkNoticeKind kind)
{
  return (gsize) kind < G_N_ELEMENTS (kinds) ? kinds[kind] : "unknown";
}

gboolean
trk_notice_kind_from_string (const char *text, TrkNoticeKind *kind)
{
  for (gsize i = 0; text != NULL && i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (kinds[i], text))
      {
        *kind = (TrkNoticeKind) i;
        return TRUE;
      }
  return FALSE;
}

const char *
trk_button_to_string (TrkButton button)
{
  return (gsize) button < G_N_ELEMENTS (buttons) ? buttons[button] : "unknown";
}

gboolean
trk_button_from_string (const char *text, TrkButton *button)
{
  for (gsize i = 0; text != NULL && i < G_N_ELEMENTS (buttons); i++)
    if (g_str_equal (buttons[i], text))
      {
        *button = (TrkButton) i;
        return TRUE;
      }
  return FALSE;
}

TrkNotice *
trk_notice_new (TrkNoticeKind kind, const char *key)
{
  TrkNotice *notice = g_new0 (TrkNotice, 1);

  notice->kind = kind;
  notice->key = g_strdup (key);
  return notice;
}

TrkNotice *
trk_notice_copy (const TrkNotice *notice)
{
  TrkNotice *copy = g_memdup2 (notice, sizeof *notice);

  copy->key = g_strdup (notice->key);
  copy->title = g_strdup (notice->title);
  copy->body = g_strdup (notice->body);
  copy->link = g_strdup (notice->link);
  for (guint i = 0; i < notice->n_buttons; i++)
    copy->button_labels[i] = g_strdup (notice->button_labels[i]);
  return copy;
}

void
trk_notice_free (TrkNotice *notice)
{
  if (notice == NULL)
    return;
  g_free (notice->key);
  g_free (notice->title);
  g_free (notice->body);
  g_free (notice->link);
  for (guint i = 0; i < notice->n_buttons; i++)
    g_free (notice->button_labels[i]);
  g_free (notice);
}

void
trk_notice_add_button (TrkNotice *notice, TrkButton button, const char *label)
{
  if (notice->n_buttons == TRK_MAX_BUTTONS)
    return;
  notice->buttons[notice->n_buttons] = button;
  notice->button_labels[notice->n_buttons++] = g_strdup (label);
}
