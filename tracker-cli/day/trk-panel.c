/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-panel.h"

#include "trk-error.h"
#include "trk-json.h"
#include "trk-panel-words.h"
#include "trk-status.h"
#include "trk-text.h"

#include <string.h>

#define GREY "#888888"
#define RED "#dd4444"

/* Position in the table is the enum's value. */
static const char *const names[] = {
  "text", "json", "waybar", "i3blocks", "polybar", "tmux", NULL
};
G_STATIC_ASSERT (G_N_ELEMENTS (names) == TRK_PANEL_TMUX + 2);

const char *
trk_panel_to_string (TrkPanel panel)
{
  return names[panel];
}

gboolean
trk_panel_from_string (const char *text, TrkPanel *panel, GError **error)
{
  g_autofree char *shown = NULL;

  for (guint i = 0; names[i] != NULL; i++)
    if (strcmp (text, names[i]) == 0)
      {
        *panel = (TrkPanel) i;
        return TRUE;
      }
  shown = trk_text_line (text, 40);
  g_set_error (error, TRK_ERROR, TRK_ERROR_USAGE,
               "'%s' is not a format: text, json, waybar, i3blocks, polybar, tmux", shown);
  return FALSE;
}

/* -- What each bar takes as markup ------------------------------------------------------------- */

/* @text with @insert between each @a and the @b that follows it. */
static char *
parted (const char *text, char a, char b, const char *insert)
{
  GString *out = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p++)
    {
      g_string_append_c (out, *p);
      if (p[0] == a && p[1] == b)
        g_string_append (out, insert);
    }
  return g_string_free (out, FALSE);
}

/* A tag begins with "%{". "%%" for "%" is read by newer versions only (before, "%%{" would still
 * begin a tag), so the two are parted. */
static char *
polybar_text (const char *text)
{
  return parted (text, '%', '{', " ");
}

/* "##" is "#" for both who read it: the expansion of the command's output, and the drawing, which
 * looks for "#[". */
static char *
tmux_text (const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, "#", -1);

  return g_strjoinv ("##", parts);
}

/* -- The lines --------------------------------------------------------------------------------- */

static void
add_markup (TrkJson *json, const char *key, const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  trk_json_string (json, key, escaped);
}

/* Text and tooltip are Pango markup there; "class" may be several. */
static void
add_waybar (TrkJson *json, const TrkPanelWords *words)
{
  add_markup (json, "text", words->text);
  trk_json_string (json, "alt", words->state);
  add_markup (json, "tooltip", words->tooltip);
  trk_json_name (json, "class");
  trk_json_begin_array (json);
  trk_json_add_string (json, words->state);
  if (*words->kind != '\0' && strcmp (words->kind, words->state) != 0)
    trk_json_add_string (json, words->kind);
  if (words->over)
    trk_json_add_string (json, "over");
  trk_json_end_array (json);
  trk_json_int (json, "percentage", words->percentage);
}

/* Without "markup" a setting of the user's for all blocks would make a title markup. */
static void
add_i3blocks (TrkJson *json, const TrkPanelWords *words)
{
  trk_json_string (json, "full_text", words->text);
  trk_json_string (json, "short_text", words->brief);
  if (words->over)
    trk_json_string (json, "color", RED);
  else if (strcmp (words->state, "running") != 0 && strcmp (words->state, "break") != 0)
    trk_json_string (json, "color", GREY);
  trk_json_string (json, "markup", "none");
}

static void
add_next (TrkJson *json, const TrkDaemonStatus *status)
{
  trk_json_name (json, "next");
  if (status == NULL || status->next_start == 0)
    {
      trk_json_add_null (json);
      return;
    }
  trk_json_begin_object (json);
  trk_json_string (json, "title", status->next_title);
  trk_json_string (json, "kind", status->next_kind);
  trk_json_instant (json, "start", status->next_start);
  trk_json_end_object (json);
}

/* Why nothing is known, NULL when somebody keeps time. Owned by the caller. */
static char *
why_not (const TrkDaemonStatus *status, const TrkKeeper *keeper)
{
  g_autofree char *sentence = keeper != NULL ? trk_keeper_sentence (keeper) : NULL;

  if (status != NULL)
    return NULL;
  return sentence != NULL ? g_steal_pointer (&sentence) : g_strdup ("nobody is keeping time");
}

static char *
json_line (TrkPanel panel,
           const TrkDaemonStatus *status,
           const TrkKeeper *keeper,
           const TrkPanelWords *words,
           TrkInstant now)
{
  g_autoptr (TrkJson) json = trk_json_new_line ();

  trk_json_begin_object (json);
  if (panel == TRK_PANEL_WAYBAR)
    add_waybar (json, words);
  else if (panel == TRK_PANEL_I3BLOCKS)
    add_i3blocks (json, words);
  else
    {
      g_autofree char *reason = why_not (status, keeper);

      trk_status_add_daemon (json, status, reason, keeper != NULL ? keeper->process : 0, now);
      add_next (json, status);
    }
  trk_json_end_object (json);
  return trk_json_text (json);
}

char *
trk_panel_line (TrkPanel panel,
                const TrkDaemonStatus *status,
                const TrkKeeper *keeper,
                const TrkZone *zone,
                TrkInstant now)
{
  g_autoptr (TrkPanelWords) words = trk_panel_words_new (status, keeper, zone, now);

  switch (panel)
    {
    case TRK_PANEL_TEXT:
      return g_steal_pointer (&words->text);
    case TRK_PANEL_POLYBAR:
      return polybar_text (words->text);
    case TRK_PANEL_TMUX:
      return tmux_text (words->text);
    case TRK_PANEL_JSON:
    case TRK_PANEL_WAYBAR:
    case TRK_PANEL_I3BLOCKS:
      break;
    }
  return json_line (panel, status, keeper, words, now);
}
