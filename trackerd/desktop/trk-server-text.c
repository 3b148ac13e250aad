/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-server-text.h"

#include "trk-text.h"

enum
{
  MAX_SUMMARY = 120, /* characters; what a notification shows before it wraps into a wall */
  MAX_BODY = 600,
  MAX_LINK = 200,
};

static char *
without_tags (const char *text)
{
  GString *out = g_string_new (text);

  g_string_replace (out, "<", "‹", 0);
  g_string_replace (out, ">", "›", 0);
  return g_string_free (out, FALSE);
}

char *
trk_server_text_summary (const TrkNotice *notice, const TrkServerCapabilities *capabilities)
{
  g_autofree char *line = trk_text_line (notice->title, MAX_SUMMARY);
  g_autofree char *body = NULL;

  if (*line == '\0')
    return g_strdup ("trackerd");
  if (capabilities->body)
    return g_steal_pointer (&line);
  body = trk_text_line (notice->body, MAX_SUMMARY);
  return *body != '\0' ? g_strdup_printf ("%s (%s)", line, body) : g_steal_pointer (&line);
}

/* What the button does, as a command: an answer stands behind the verb of its question. */
static char *
command_of (const TrkNotice *notice, TrkButton button)
{
  const char *verb = notice->kind == TRK_NOTICE_GUARD ? "guard "
                     : notice->kind == TRK_NOTICE_GAP ? "answer "
                                                      : "";

  return g_strconcat ("tracker ", verb, trk_button_to_string (button), NULL);
}

/* "tracker snooze · tracker skip"; Join has no command, the address itself is shown. */
static char *
commands (const TrkNotice *notice)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < notice->n_buttons; i++)
    {
      g_autofree char *link = trk_text_line (notice->link, MAX_LINK);
      g_autofree char *command = command_of (notice, notice->buttons[i]);

      if (notice->buttons[i] == TRK_BUTTON_JOIN && *link == '\0')
        continue;
      if (out->len > 0)
        g_string_append (out, " · ");
      g_string_append (out, notice->buttons[i] == TRK_BUTTON_JOIN ? link : command);
    }
  return g_string_free (out, FALSE);
}

char *
trk_server_text_body (const TrkNotice *notice, const TrkServerCapabilities *capabilities)
{
  g_autofree char *told = trk_text_block (notice->body, MAX_BODY);
  g_autofree char *does = capabilities->actions ? g_strdup ("") : commands (notice);
  g_autofree char *text =
      g_strconcat (told, *told != '\0' && *does != '\0' ? "\n" : "", does, NULL);

  return capabilities->body_markup ? g_markup_escape_text (text, -1) : without_tags (text);
}

char *
trk_server_text_tag (const TrkNotice *notice)
{
  g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, notice->key, -1);

  return g_strdup_printf ("trackerd-%.16s", sum);
}
