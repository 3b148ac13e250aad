/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How text for people may look; whoever writes to a terminal finds it out, whoever renders
 * obeys. */
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

/* Signs that stand in text; each has a form of plain ASCII. */
typedef enum
{
  TRK_SIGN_DOT,    /* " · " between parts of a line: "-" */
  TRK_SIGN_DASH,   /* "–" between two times, or for nothing: "-" */
  TRK_SIGN_DONE,   /* ✓ */
  TRK_SIGN_PART,   /* ◐ */
  TRK_SIGN_FAILED, /* ✗ */
  TRK_SIGN_NOW,    /* ▶ */
  TRK_SIGN_MORE,   /* … */
  TRK_SIGN_ARROW,  /* → */
  TRK_SIGN_TIMES,  /* × */
  TRK_SIGN_ON,     /* ● something runs */
} TrkSign;

/* @text in @paint, or as it is without colour. Owned by the caller. */
char *trk_style_paint (const TrkStyle *style, TrkPaint paint, const char *text);

/* The same, at the end of @out. */
void trk_style_add (const TrkStyle *style, GString *out, TrkPaint paint, const char *text);

/* Static. */
const char *trk_style_sign (const TrkStyle *style, TrkSign sign);

/* A bar of exactly @width columns, @fraction (0 to 1, clamped; not a number is 0) of it filled, in
 * eighths with Unicode, the rest dotted. Something is never shown as nothing, nor less than all as
 * all. Owned by the caller. */
char *trk_style_bar (const TrkStyle *style, double fraction, guint width);

/* The same with spaces for the rest: a column of a chart. */
char *trk_style_fill (const TrkStyle *style, double fraction, guint width);

/* @text, not yet painted, as @style can show it: nothing in it is obeyed (trk_text_visible), and
 * without Unicode our own signs and dashes become ASCII and what else is not ASCII becomes "?".
 * Owned by the caller. */
char *trk_style_text (const TrkStyle *style, const char *text);

/* The same for what is painted already and made of texts that nothing in is obeyed. */
char *trk_style_page (const TrkStyle *style, const char *page);

G_END_DECLS
