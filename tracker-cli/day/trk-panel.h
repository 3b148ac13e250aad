/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "trk-keeper.h"
#include "trk-zone.h"

G_BEGIN_DECLS

/* Forms in which bars read what is now, one line each. */
typedef enum
{
  TRK_PANEL_TEXT,
  TRK_PANEL_JSON,     /* what the daemon says, for scripts */
  TRK_PANEL_WAYBAR,   /* waybar-custom(5), "return-type": "json" */
  TRK_PANEL_I3BLOCKS, /* i3blocks(1) format=json: the blocks of i3bar's protocol */
  TRK_PANEL_POLYBAR,  /* polybar's custom/script */
  TRK_PANEL_TMUX,     /* tmux(1), "#(…)" in the status line */
} TrkPanel;

/* "text", "json", "waybar" … */
const char *trk_panel_to_string (TrkPanel panel);
/* TRK_ERROR_USAGE names the formats there are. */
gboolean trk_panel_from_string (const char *text, TrkPanel *panel, GError **error);

/* One line without its end; @status NULL: no daemon answers, and @keeper (nullable: nobody) says
 * who keeps time all the same. Titles are strangers' text: what the bar would read as markup is
 * escaped by its rules. Owned by the caller. */
char *trk_panel_line (TrkPanel panel,
                      const TrkDaemonStatus *status,
                      const TrkKeeper *keeper,
                      const TrkZone *zone,
                      TrkInstant now);

G_END_DECLS
