/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How text for people may look; whoever writes to a terminal finds it out, whoever renders obeys. */
typedef struct
{
  guint columns;    /* width to fill at most; 80 when not a terminal */
  gboolean colour;  /* ANSI colours: never the only carrier of a meaning */
  gboolean unicode; /* else bars are "#" and "." and ticks are words */
} TrkStyle;

typedef enum
{
  TRK_PAINT_PLAIN,
  TRK_PAINT_BOLD,
  TRK_PAINT_DIM,
  TRK_PAINT_GOOD,
  TRK_PAINT_WARN,
  TRK_PAINT_BAD,
  TRK_PAINT_FOCUS,
  TRK_PAINT_MEETING,
  TRK_PAINT_BREAK,
} TrkPaint;

/* @text in @paint, or as it is without colour. Owned by the caller. */
char *trk_style_paint (const TrkStyle *style, TrkPaint paint, const char *text);

/* A bar of @width columns, @fraction (0 to 1, clamped) of it filled, in eighths with Unicode. */
char *trk_style_bar (const TrkStyle *style, double fraction, guint width);

G_END_DECLS
