/* SPDX-FileCopyrightText: The trackerd authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "trk-text.h"

#include <string.h>

/* Bidi: the embeddings, overrides, isolates and marks, and the byte order mark, which is shown as
 * nothing. */
gboolean
trk_text_is_control (gunichar c)
{
  if (c < 0xA0)
    return c < ' ' || c >= 0x7F;
  return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0x200E || c == 0x200F
         || c == 0x061C || c == 0xFEFF;
}

static gboolean
is_break (gunichar c)
{
  return c == '\n' || c == 0x2028 || c == 0x2029 || c == 0x85;
}

static gboolean
is_blank (gunichar c)
{
  if (c > ' ' && c <= '~') /* nearly all: they need no look into tables */
    return FALSE;
  return g_unichar_isspace (c) || is_break (c);
}

/* One more character; FALSE when there is no room for it. @mark is where the text can be cut so
 * that the "…" still fits. */
static gboolean
append (GString *out, gunichar c, gsize max_chars, gsize *chars, gsize *mark)
{
  if (++*chars > max_chars && max_chars > 0)
    return FALSE;
  if (*chars == max_chars)
    *mark = out->len;
  if (c < 0x80)
    g_string_append_c (out, (char) c);
  else
    g_string_append_unichar (out, c);
  return TRUE;
}

/* How many bytes of @text are clean as they stand: printable ASCII with single blanks between, not
 * too long. Most texts are it to their end. */
static gsize
clean_length (const char *text, gsize max_chars, gboolean keep_breaks)
{
  gboolean blank = TRUE; /* nothing yet, or one just now */
  gsize n = 0;

  for (; n < max_chars || max_chars == 0; n++)
    {
      gboolean graphic = text[n] > ' ' && text[n] <= '~';

      if (!graphic && (blank || (text[n] != ' ' && !(keep_breaks && text[n] == '\n'))))
        break;
      blank = !graphic;
    }
  return blank && n > 0 ? n - 1 : n;
}

static void
cut_at (GString *out, gsize mark)
{
  g_string_truncate (out, mark);
  g_strchomp (out->str);
  g_string_truncate (out, strlen (out->str));
  g_string_append (out, "…");
}

/* @text cleaned, of which the first @length bytes are clean. */
static char *
clean_rest (const char *text, gsize length, gsize max_chars, gboolean keep_breaks)
{
  g_autofree char *rest = g_utf8_make_valid (text + length, -1);
  GString *out = g_string_new_len (text, (gssize) length);
  gunichar pending = 0;
  gsize chars = length, mark = length > 0 ? length - 1 : 0;
  gboolean fits = TRUE;

  for (const char *p = rest; *p != '\0' && fits; p = g_utf8_next_char (p))
    {
      gunichar c = (guchar) *p < 0x80 ? (guchar) *p : g_utf8_get_char (p);

      if (keep_breaks && is_break (c))
        pending = '\n';
      else if (is_blank (c))
        pending = pending != 0 ? pending : ' ';
      else if (!trk_text_is_control (c))
        {
          if (pending != 0 && out->len > 0)
            fits = append (out, pending, max_chars, &chars, &mark);
          pending = 0;
          fits = fits && append (out, c, max_chars, &chars, &mark);
        }
    }
  if (!fits)
    cut_at (out, mark);
  return g_string_free (out, FALSE);
}

char *
trk_text_folded (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autofree char *folded = g_utf8_casefold (valid, -1);

  return g_utf8_normalize (folded, -1, G_NORMALIZE_NFC);
}

gboolean
trk_text_reads_same (const char *a, const char *b)
{
  g_autofree char *left = trk_text_folded (a);
  g_autofree char *right = trk_text_folded (b);

  return g_str_equal (left, right);
}

gboolean
trk_text_first_words (const char *title, const char *words)
{
  g_autofree char *whole = trk_text_folded (title);
  g_autofree char *first = trk_text_folded (words);
  gsize length = strlen (first);

  return length > 0 && g_str_has_prefix (whole, first)
         && !g_unichar_isalnum (g_utf8_get_char (whole + length))
         && !g_unichar_ismark (g_utf8_get_char (whole + length));
}

gboolean
trk_text_is_line (const char *text, gsize max_chars)
{
  return text != NULL && text[clean_length (text, max_chars, FALSE)] == '\0';
}

static char *
clean (const char *text, gsize max_chars, gboolean keep_breaks)
{
  gsize length = text != NULL ? clean_length (text, max_chars, keep_breaks) : 0;

  if (text == NULL)
    return g_strdup ("");
  return text[length] == '\0' ? g_strndup (text, length)
                              : clean_rest (text, length, max_chars, keep_breaks);
}

char *
trk_text_line (const char *text, gsize max_chars)
{
  return clean (text, max_chars, FALSE);
}

char *
trk_text_block (const char *text, gsize max_chars)
{
  return clean (text, max_chars, TRUE);
}

/* May a terminal have it as it is? */
static gboolean
is_plain (const char *text)
{
  while ((*text >= ' ' && *text <= '~') || *text == '\n')
    text++;
  if (!g_utf8_validate (text, -1, NULL))
    return FALSE;
  for (; *text != '\0'; text = g_utf8_next_char (text))
    if (*text != '\n' && trk_text_is_control (g_utf8_get_char (text)))
      return FALSE;
  return TRUE;
}

char *
trk_text_visible (const char *text)
{
  g_autofree char *valid = NULL;
  GString *out;

  if (is_plain (text))
    return g_strdup (text);
  valid = g_utf8_make_valid (text, -1);
  out = g_string_sized_new (strlen (valid));
  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      g_string_append_unichar (out, c != '\n' && trk_text_is_control (c) ? 0xFFFD : c);
    }
  return g_string_free (out, FALSE);
}

/* Of the character at @p. */
static gsize
width_at (const char *p)
{
  gunichar c;

  if ((guchar) *p < 0x80) /* nearly all: they need no look into tables */
    return 1;
  c = g_utf8_get_char (p);
  if (g_unichar_iszerowidth (c))
    return 0;
  return g_unichar_iswide (c) ? 2 : 1;
}

/* Behind the character at @p; never behind the end of a text that ends within one. */
static const char *
after (const char *p)
{
  return (guchar) *p < 0x80 ? p + 1 : g_utf8_find_next_char (p, NULL);
}

gsize
trk_text_width (const char *text)
{
  return trk_text_width_of (text, strlen (text));
}

gsize
trk_text_width_of (const char *text, gsize length)
{
  gsize width = 0;

  for (const char *p = text; p < text + length; p = after (p))
    width += width_at (p);
  return width;
}

static char *
padded (const char *text, gsize length, gsize blanks)
{
  char *out = g_malloc (length + blanks + 1);

  memcpy (out, text, length);
  memset (out + length, ' ', blanks);
  out[length + blanks] = '\0';
  return out;
}

/* @text, which is too wide, up to the "…" that says so. */
static char *
cut_short (const char *text, gsize columns)
{
  gsize limit = columns > 0 ? columns - 1 : 0, used = 0;
  const char *end = text;
  GString *out = g_string_new (NULL);

  for (; *end != '\0' && used + width_at (end) <= limit; end = after (end))
    used += width_at (end);
  g_string_append_len (out, text, end - text);
  if (columns > 0)
    g_string_append (out, "…");
  if (used < limit) /* a wide character had no room */
    g_string_append_c (out, ' ');
  return g_string_free (out, FALSE);
}

char *
trk_text_fit (const char *text, gsize columns)
{
  gsize length = strlen (text), width = trk_text_width_of (text, length);

  return width <= columns ? padded (text, length, columns - width) : cut_short (text, columns);
}

/* Optimal string alignment: insertions, deletions, substitutions and swaps of neighbours. Words of
 * the command line are short; longer ones than the table are "far". */
enum
{
  MAX_WORD = 32
};

static guint
distance (const char *a, const char *b)
{
  guint table[MAX_WORD + 1][MAX_WORD + 1];
  gsize n = strlen (a), m = strlen (b);

  if (n > MAX_WORD || m > MAX_WORD)
    return G_MAXUINT;
  for (gsize i = 0; i <= n; i++)
    table[i][0] = (guint) i;
  for (gsize j = 0; j <= m; j++)
    table[0][j] = (guint) j;
  for (gsize i = 1; i <= n; i++)
    for (gsize j = 1; j <= m; j++)
      {
        guint best = table[i - 1][j - 1] + (a[i - 1] != b[j - 1]);

        best = MIN (best, MIN (table[i - 1][j], table[i][j - 1]) + 1);
        if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
          best = MIN (best, table[i - 2][j - 2] + 1);
        table[i][j] = best;
      }
  return table[n][m];
}

const char *
trk_text_nearest (const char *word, const char *const *candidates)
{
  guint limit = (guint) strlen (word) / 3 + 1;
  const char *nearest = NULL;

  for (gsize i = 0; candidates[i] != NULL; i++)
    {
      guint d = distance (word, candidates[i]);

      if (d <= limit && (nearest == NULL || d < distance (word, nearest)))
        nearest = candidates[i];
    }
  return nearest;
}
