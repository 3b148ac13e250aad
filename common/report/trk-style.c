/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-style.h"

#include "trk-text.h"

#include <math.h>

/* Position in the table is the enum's value. Only the eight basic colours: a terminal's theme has
 * made those readable on its own background. */
static const char *const paints[] = { "", "1", "2", "32", "33", "31", "1;36", "35", "32" };

G_STATIC_ASSERT (G_N_ELEMENTS (paints) == TRK_PAINT_BREAK + 1);

static const struct
{
  const char *unicode, *ascii;
} signs[] = {
  { "·", "-" }, { "–", "-" },   { "✓", "ok" }, { "◐", "part" }, { "✗", "no" },
  { "▶", ">" }, { "…", "..." }, { "→", "->" }, { "×", "x" },    { "●", "*" },
};

G_STATIC_ASSERT (G_N_ELEMENTS (signs) == TRK_SIGN_ON + 1);

void
trk_style_add (const TrkStyle *style, GString *out, TrkPaint paint, const char *text)
{
  if (!style->colour || paint == TRK_PAINT_PLAIN || *text == '\0')
    g_string_append (out, text);
  else
    g_string_append_printf (out, "\033[%sm%s\033[0m", paints[paint], text);
}

char *
trk_style_paint (const TrkStyle *style, TrkPaint paint, const char *text)
{
  GString *out = g_string_new (NULL);

  trk_style_add (style, out, paint, text);
  return g_string_free (out, FALSE);
}

const char *
trk_style_sign (const TrkStyle *style, TrkSign sign)
{
  return style->unicode ? signs[sign].unicode : signs[sign].ascii;
}

/* How many of @steps are filled: rounded, but 0 only for nothing and all only for everything. */
static guint
filled_steps (double fraction, guint steps)
{
  guint filled;

  if (isnan (fraction) || fraction <= 0 || steps == 0)
    return 0;
  if (fraction >= 1)
    return steps;
  filled = (guint) lround (fraction * steps);
  return steps > 1 ? CLAMP (filled, 1, steps - 1) : filled;
}

static char *
bar (const TrkStyle *style, double fraction, guint width, const char *rest)
{
  static const char *const eighths[] = { "", "▏", "▎", "▍", "▌", "▋", "▊", "▉" };
  guint per_column = style->unicode ? 8 : 1;
  guint filled = filled_steps (fraction, width * per_column);
  guint columns = filled / per_column;
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < columns; i++)
    g_string_append (out, style->unicode ? "█" : "#");
  if (filled % per_column != 0)
    {
      g_string_append (out, eighths[filled % per_column]);
      columns++;
    }
  for (; columns < width; columns++)
    g_string_append (out, rest);
  return g_string_free (out, FALSE);
}

char *
trk_style_bar (const TrkStyle *style, double fraction, guint width)
{
  return bar (style, fraction, width, style->unicode ? "·" : ".");
}

char *
trk_style_fill (const TrkStyle *style, double fraction, guint width)
{
  return bar (style, fraction, width, " ");
}

static const char *
ascii_of (const char *character)
{
  for (gsize i = 0; i < G_N_ELEMENTS (signs); i++)
    if (g_str_has_prefix (character, signs[i].unicode))
      return signs[i].ascii;
  if (g_str_has_prefix (character, "—") || g_str_has_prefix (character, "−"))
    return "-";
  if (g_str_has_prefix (character, "≥"))
    return ">=";
  return g_str_has_prefix (character, "’") ? "'" : "?";
}

char *
trk_style_page (const TrkStyle *style, const char *page)
{
  GString *out;

  if (style->unicode)
    return g_strdup (page);
  out = g_string_new (NULL);
  for (const char *p = page; *p != '\0'; p = g_utf8_next_char (p))
    if ((guchar) *p < 0x80)
      g_string_append_c (out, *p);
    else
      g_string_append (out, ascii_of (p));
  return g_string_free (out, FALSE);
}

char *
trk_style_text (const TrkStyle *style, const char *text)
{
  g_autofree char *visible = trk_text_visible (text);

  return style->unicode ? g_steal_pointer (&visible) : trk_style_page (style, visible);
}
